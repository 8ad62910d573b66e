//! What is thrown at the readers of what comes from outside: any bytes at all. A target is a
//! function that panics when a promise is broken; finding no such bytes is the proof.
//!
//! The same file is built into the ordinary suite (`tests/it/fientligt.rs`), where each target
//! gets the committed corpus and some thousand mutations of it.

use utfall_domain::granskning::granska;
use utfall_domain::pengar::Belopp;
use utfall_domain::tid::{PerDag, dag, i_ord, veckodag};
use utfall_domain::underlag::{las, skriv};

/// What takes any bytes at all.
pub type Mal = fn(&[u8]);

/// Every target by the name of its folder in `korpus/`.
pub const MAL: &[(&str, Mal)] = &[("underlag", underlag), ("belopp", belopp), ("datum", datum)];

/// A paper is refused with reasons and remedies, or read, reviewed, and read again the same.
///
/// # Panics
/// When it is not.
pub fn underlag(bytes: &[u8]) {
    match las("prov", bytes) {
        Ok(papper) => {
            let fynd = granska(&papper);
            for f in &fynd {
                assert!(!f.text.is_empty() && !f.atgard.is_empty(), "{f:?}");
            }
            let igen = las("prov", skriv(&papper).to_string().as_bytes());
            assert_eq!(igen.map(|u| granska(&u)), Ok(fynd));
        }
        Err(problem) => {
            assert!(!problem.is_empty());
            for p in problem {
                assert!(!p.text.is_empty() && !p.atgard.is_empty(), "{p:?}");
            }
        }
    }
}

/// An amount is refused, or read, written and read again the same.
///
/// # Panics
/// When it is not.
pub fn belopp(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(belopp) = Belopp::las(text) else {
        return;
    };
    let skrivet = belopp.som_skrivet();
    let igen = Belopp::las(&skrivet);
    assert_eq!(
        igen.map(|b| b.ore),
        Ok(belopp.ore),
        "{text:?} skrevs {skrivet:?}"
    );
}

/// A day as it stands in an address: it can be written in words, and *as of* it ends at the
/// midnight that follows.
///
/// # Panics
/// When it cannot.
pub fn datum(bytes: &[u8]) {
    let Some(datum) = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse::<jiff::civil::Date>().ok())
    else {
        return;
    };
    assert!(!i_ord(datum).is_empty() && !veckodag(datum).is_empty());
    let grans = PerDag(datum).grans();
    assert!(!PerDag(datum).omfattar(grans));
    if let Ok(nyss) = grans.checked_sub(jiff::Span::new().nanoseconds(1))
        && grans != jiff::Timestamp::MAX
    {
        assert!(PerDag(datum).omfattar(nyss));
        assert_eq!(dag(nyss), datum);
    }
}
