use super::*;
use crate::medel::angra::tests::insats;
use crate::prov::bocker;
use utfall_domain::medel::kalkyl::{Andelsregel, Utrakning};

fn laddat() -> Laddat {
    let mut bocker = bocker();
    bocker.insatser.push(insats(1));
    Laddat {
        bocker,
        stod: Fordelningsstod::default(),
    }
}

fn fall(kalkyl: Kalkyl) -> SparaKalkyl {
    SparaKalkyl {
        insats: InsatsId::FORSTA,
        ar: 2026,
        kalkyl,
        sedd: None,
    }
}

fn tjanst() -> Tjanstrad {
    Tjanstrad {
        benamning: "Coach".into(),
        antal: 1,
        andel: 50_000,
        fran_manad: 6,
        till_manad: 12,
        manadslon: Ore(4_000_000),
        po: 40_150,
        semester: Semester::Ingar,
    }
}

fn koder(kalkyl: Kalkyl) -> Vec<String> {
    let idag = jiff::civil::date(2026, 1, 1);
    let fel = fall(kalkyl).brister(&laddat(), idag).alla();
    fel.into_iter().filter_map(|p| p.falt).collect()
}

#[test]
fn a_calculation_is_saved_with_what_it_came_to() {
    let kalkyl = Kalkyl {
        tjanster: vec![tjanst()],
        ..Kalkyl::default()
    };
    let plan =
        fall(kalkyl.clone()).planera(laddat(), &mut Miljo::ny(jiff::Timestamp::UNIX_EPOCH, 7));
    let plan = plan.unwrap();
    let [Andring::NyKalkyl(ny)] = plan.andringar.as_slice() else {
        panic!("{:?}", plan.andringar)
    };
    assert_eq!((ny.summa, &ny.kalkyl), (Ore(19_621_000), &kalkyl));
    assert!(
        !plan.handelse.text.contains("40"),
        "lönen står inte i journalen"
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_its_field() {
    assert_eq!(koder(Kalkyl::default()), ["t-1-vad"]);
    let fel = Tjanstrad {
        benamning: String::new(),
        antal: 0,
        andel: 100_001,
        fran_manad: 8,
        till_manad: 7,
        manadslon: Ore(0),
        po: -1,
        semester: Semester::Ersattning { procent: 0 },
    };
    let ledning = Ledningsrad {
        benamning: "Ledning".into(),
        arskostnad: Ore(0),
        regel: Andelsregel::Av { del: 1, av: 18 },
        manader: 13,
    };
    let rad = Kostnadsrad {
        benamning: "Lokal".into(),
        utrakning: Utrakning::las("31 000").unwrap(),
        kalla: String::new(),
        kalla_ar: Some(2026),
        schablon: None,
    };
    let alla = Kalkyl {
        tjanster: vec![tjanst(), fel],
        ledning: vec![ledning],
        rader: vec![rad],
    };
    assert_eq!(
        koder(alla),
        [
            "t-2-vad",
            "t-2-antal",
            "t-2-andel",
            "t-2-till",
            "t-2-lon",
            "t-2-po",
            "t-2-semester",
            "l-1-kostnad",
            "l-1-manader",
            "k-1-kalla",
        ]
    );
    assert_eq!(
        koder(Kalkyl {
            tjanster: vec![tjanst()],
            ..Kalkyl::default()
        }),
        [""; 0]
    );
}

#[test]
fn only_the_calculation_that_was_seen_is_followed_by_a_new_one() {
    let kalkyl = Kalkyl {
        tjanster: vec![tjanst()],
        ..Kalkyl::default()
    };
    let mut l = laddat();
    l.stod.kalkyler.push(utfall_domain::medel::SparadKalkyl {
        ny: NyKalkyl {
            id: KalkylId::FORSTA,
            insats: InsatsId::FORSTA,
            ar: 2026,
            kalkyl: kalkyl.clone(),
            summa: Ore(1),
        },
        registrerad: jiff::Timestamp::UNIX_EPOCH,
        registrerad_av: utfall_domain::id::AnvandareId::FORSTA,
    });
    let mut miljo = Miljo::ny(jiff::Timestamp::UNIX_EPOCH, 7);
    let fel = fall(kalkyl.clone()).planera(l, &mut miljo).unwrap_err();
    assert_eq!(fel.kod, "kalkyl-andrad-av-annan");
}

/// The use case trusts no rate that the settings do not have: neither one that is gone nor
/// one that has changed since the page was shown.
#[test]
fn only_the_rate_that_the_settings_have_for_the_year_is_saved() {
    use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
    use utfall_domain::medel::kalkyl::Schablonsats;
    use utfall_domain::medel::parameter::SCHABLON;
    use utfall_domain::varde::Varde;
    let mut l = laddat();
    let galler = Galler {
        ar: Some(2026),
        kategori: Some(format!("{SCHABLON}Plats")),
        ..Galler::default()
    };
    let ny = NyttFaktum {
        orsak: Some("Beslut".into()),
        ..NyttFaktum::nytt(FaktumSlag::Parameterbelopp, galler, Varde::Kant(3_100_000))
    };
    l.bocker
        .fakta
        .push(crate::prov::faktum(ny, jiff::Timestamp::UNIX_EPOCH));
    let kod = |namn: &str, ore: i64, ar: i16| {
        let rad = Kostnadsrad {
            benamning: "Lokal".into(),
            utrakning: Utrakning::las("1 plats").unwrap(),
            kalla: String::new(),
            kalla_ar: None,
            schablon: Some(Schablonsats {
                namn: namn.into(),
                belopp: Ore(ore),
                fran_ar: Some(2026),
                kalla: "Beslut".into(),
            }),
        };
        let rader = vec![rad];
        let fall = SparaKalkyl {
            ar,
            ..fall(Kalkyl {
                rader,
                ..Kalkyl::default()
            })
        };
        let fel = fall.brister(&l, jiff::civil::date(2026, 1, 1)).alla();
        fel.into_iter().map(|p| p.kod).collect::<Vec<_>>()
    };
    assert!(kod("Plats", 3_100_000, 2026).is_empty());
    assert_eq!(kod("Plats", 3_000_000, 2026), ["kalkyl-schablon-andrad"]);
    assert_eq!(kod("Plats", 3_100_000, 2025), ["kalkyl-schablon-saknas"]);
    assert_eq!(kod("Dator", 1, 2026), ["kalkyl-schablon-saknas"]);
}
