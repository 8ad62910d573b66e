//! What is thrown at the readers of what comes from outside: any bytes at all. A target is a
//! function that panics when a promise is broken; finding no such bytes is the proof.
//!
//! The same file is built into the ordinary suite (`tests/it/fientligt.rs`), where each target
//! gets the committed corpus and some thousand mutations of it.

use utfall_domain::granskning::granska;
use utfall_domain::pengar::Belopp;
use utfall_domain::tid::{PerDag, dag, i_ord, veckodag};
use utfall_domain::underlag::{las, skriv};
use utfall_sie::{Granskare, Kodning, Lasare, NyRad, NyVer, Post, Radslag, Skrivare};

/// What takes any bytes at all.
pub type Mal = fn(&[u8]);

/// Every target by the name of its folder in `korpus/`.
pub const MAL: &[(&str, Mal)] = &[
    ("underlag", underlag),
    ("belopp", belopp),
    ("datum", datum),
    ("sie", sie),
];

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

/// A row that counts: account and amount.
type Rad = (u32, i64);

/// What the rows that count are, voucher by voucher.
fn rader(bytes: &[u8], kodning: Kodning) -> Vec<Vec<Rad>> {
    let mut lasare = Lasare::ny(bytes, kodning);
    let mut alla: Vec<Vec<Rad>> = Vec::new();
    while let Some(post) = lasare.nasta() {
        match post {
            Ok((_, Post::Ver(_))) => alla.push(Vec::new()),
            Ok((_, Post::Rad(rad))) if rad.slag == Radslag::Trans => {
                if let Some(sista) = alla.last_mut() {
                    sista.push((rad.konto, rad.belopp));
                }
            }
            _ => {}
        }
    }
    alla
}

/// An accounting file is read to its end with reasons for what is wrong, and the rows that
/// count are the same when they have been written and read again.
///
/// # Panics
/// When they are not.
pub fn sie(bytes: &[u8]) {
    let kodning = Kodning::gissa(bytes);
    let granskad = Granskare::granska(bytes, kodning);
    for a in &granskad.anmarkningar {
        assert!(!a.to_string().is_empty(), "{a:?}");
    }
    let forst = rader(bytes, kodning);
    let mut skrivare = Skrivare::ny(Vec::new());
    let datum = jiff::civil::Date::constant(2024, 1, 1);
    for (nr, ver) in forst.iter().enumerate() {
        let nummer = nr.to_string();
        let huvud = NyVer {
            serie: "A",
            nummer: &nummer,
            datum,
            ..NyVer::default()
        };
        let nya: Vec<NyRad<'_>> = ver
            .iter()
            .map(|(konto, belopp)| NyRad {
                konto: *konto,
                belopp: *belopp,
                ..NyRad::default()
            })
            .collect();
        skrivare
            .verifikation(huvud, &nya)
            .expect("en vektor tar emot allt");
    }
    let skrivet = skrivare.klar().expect("en vektor tar emot allt");
    assert_eq!(rader(&skrivet, Kodning::Cp437), forst);
}
