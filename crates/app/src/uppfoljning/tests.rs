use super::*;
use crate::dorr::Anvandningsfall as _;
use crate::miljo::Miljo;
use crate::prov::{faktum, tomma};
use utfall_domain::faktum::Galler;
use utfall_domain::medel::parameter::Parameter;
use utfall_domain::varde::Varde;

fn satt(varden: &[(Parameter, i64)]) -> SattParametrar {
    SattParametrar {
        ar: 2026,
        varden: varden
            .iter()
            .map(|(p, varde)| Satt {
                namn: p.kod().to_owned(),
                varde: *varde,
            })
            .collect(),
        beslut: None,
        kalla: "Styrelsen § 3".into(),
    }
}

fn miljo() -> Miljo {
    Miljo::ny("2026-11-20T09:00:00Z".parse().unwrap(), 10)
}

/// Books where the on-costs of 2026 are set.
fn med_po() -> Bocker {
    let galler = Galler {
        ar: Some(2026),
        kategori: Some(Parameter::Po.kod().into()),
        ..Galler::default()
    };
    let po = NyttFaktum::nytt(FaktumSlag::Parameterandel, galler, Varde::Kant(4_000));
    Bocker {
        fakta: vec![faktum(po, jiff::Timestamp::UNIX_EPOCH)],
        ..tomma("a")
    }
}

#[test]
fn a_setting_of_the_same_year_is_corrected_and_of_another_stands_beside() {
    let plan = |fall: SattParametrar| fall.planera(med_po(), &mut miljo()).unwrap();
    let ny = |fall: SattParametrar| match plan(fall).andringar.into_iter().next() {
        Some(Andring::NyttFaktum { faktum, .. }) => *faktum,
        annat => panic!("{annat:?}"),
    };
    let samma = ny(satt(&[(Parameter::Po, 4_100)]));
    assert_eq!(samma.rattar, Some(FaktumId::FORSTA));
    let annat = ny(SattParametrar {
        ar: 2027,
        ..satt(&[(Parameter::Po, 4_100)])
    });
    assert_eq!((annat.rattar, annat.galler.ar), (None, Some(2027)));
}

#[test]
fn what_cannot_be_is_told_all_at_once() {
    let koder = |fall: SattParametrar| -> Vec<&'static str> {
        let fel = fall.brister(&med_po(), jiff::civil::date(2026, 11, 20));
        fel.alla().iter().map(|p| p.kod).collect()
    };
    let ingen: Vec<&str> = Vec::new();
    assert_eq!(koder(satt(&[(Parameter::Po, 4_100)])), ingen);
    assert_eq!(
        koder(satt(&[(Parameter::Po, 4_000)])),
        ["parameter-oforandrad"]
    );
    assert_eq!(koder(satt(&[(Parameter::Po, 10_001)])), ["parameter-varde"]);
    let utan_kalla = SattParametrar {
        kalla: String::new(),
        ..satt(&[
            (Parameter::NyckelStat, 5_000),
            (Parameter::NyckelKommun, 2_500),
        ])
    };
    assert_eq!(koder(utan_kalla), ["parameter-nyckel", "orsak"]);
    let hel = [
        (Parameter::NyckelStat, 5_000),
        (Parameter::NyckelRegion, 0),
        (Parameter::NyckelKommun, 5_000),
    ];
    assert_eq!(koder(satt(&hel)), ingen);
}
