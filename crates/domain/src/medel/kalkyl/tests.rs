use super::*;
use proptest::prelude::*;

fn kr(kr: i64) -> Ore {
    Ore(kr * 100)
}

fn tjanst(manadslon: i64, andel: i64, (fran, till): (i16, i16)) -> Tjanstrad {
    Tjanstrad {
        benamning: "Processledare".into(),
        antal: 1,
        andel,
        fran_manad: fran,
        till_manad: till,
        manadslon: Ore(manadslon),
        po: 40_150,
        semester: Semester::Ingar,
    }
}

fn rad(benamning: &str, utrakning: &str) -> Kostnadsrad {
    Kostnadsrad {
        benamning: benamning.into(),
        utrakning: Utrakning::las(utrakning).unwrap(),
        kalla: String::new(),
        kalla_ar: None,
        schablon: None,
    }
}

/// The paper's own table: nine rows, of which management is 5,5 per cent of the pay. With the
/// telephone as the paper writes it, 828 555; as its own words count it, 810 more.
fn jobbtorg(telefon: &str) -> Kalkyl {
    let mut lokal = rad("En arbetsplats", "1 plats × 31 000 kr");
    lokal.kalla = "Serviceförvaltningens schablon".into();
    lokal.kalla_ar = Some(2021);
    Kalkyl {
        // The pay that gives the paper's 703 000 with its 40,15 per cent.
        tjanster: vec![tjanst(4_180_045, HEL, (1, 12))],
        ledning: vec![Ledningsrad {
            benamning: "Ledning".into(),
            arskostnad: kr(703_000),
            regel: Andelsregel::las("5,5 %").unwrap(),
            manader: 12,
        }],
        rader: vec![
            lokal,
            rad("Dator och program", "12 mån × 190 kr + 4 500 kr"),
            rad("Telefon", telefon),
            rad("Friskvård", "1 500"),
            rad("Kommunikation", "20 000"),
            rad("Resor och utbildning", "15 000"),
            rad("Övrigt", "10 000"),
        ],
    }
}

#[test]
fn the_papers_calculation_comes_to_its_sum_and_its_telephone_to_what_its_words_say() {
    let svar = jobbtorg("2 610").rakna().unwrap();
    assert_eq!(svar.summa, kr(828_555));
    let belopp: Vec<i64> = svar.rader.iter().map(|r| r.belopp.0 / 100).collect();
    assert_eq!(
        belopp,
        [
            703_000, 38_665, 31_000, 6_780, 2_610, 1_500, 20_000, 15_000, 10_000
        ]
    );
    let raknad = jobbtorg("12 mån × 135 kr + 12 mån x 150 kr")
        .rakna()
        .unwrap();
    let telefon = &raknad.rader[4];
    assert_eq!(telefon.belopp, kr(3_420));
    assert_eq!(
        telefon.kommentar.replace('\u{a0}', " "),
        "12 mån × 135 kr + 12 mån × 150 kr = 3 420 kr."
    );
    assert_eq!(raknad.summa, kr(828_555 + 810));
    assert_eq!(
        raknad.rader[2].kalla,
        "Serviceförvaltningens schablon, 2021"
    );
    let lon = raknad.rader[0].kommentar.replace('\u{a0}', " ");
    for del in [
        "1 tjänst på 100 %",
        "41 800,45 kr",
        "PO 40,15 %",
        "Vikarie ingår inte",
    ] {
        assert!(lon.contains(del), "{del}: {lon}");
    }
}

#[test]
fn one_of_eighteen_is_kept_as_the_rule_and_not_as_a_rounded_share() {
    let regel = Andelsregel::las("1/18").unwrap();
    assert_eq!(regel, Andelsregel::Av { del: 1, av: 18 });
    assert_eq!(Andelsregel::las("1 av 18"), Some(regel));
    let l = Ledningsrad {
        benamning: "Ledning".into(),
        arskostnad: kr(703_000),
        regel,
        manader: 12,
    };
    // 39 055,56: neither the 38 665 of 5,5 per cent nor the 42 180 of 6.
    assert_eq!(l.rakna().unwrap().belopp, kr(39_056));
    let halva = Ledningsrad { manader: 6, ..l };
    let svar = halva.rakna().unwrap();
    assert_eq!((svar.belopp, svar.helar), (kr(19_528), kr(39_056)));
    for fel in [
        "",
        "18",
        "0/18",
        "19/18",
        "1/0",
        "120 %",
        "1/18/2",
        "en av arton",
    ] {
        let las = Andelsregel::las(fel);
        assert!(fel == "18" || las.is_none(), "{fel}: {las:?}");
    }
}

#[test]
fn a_part_of_a_position_for_a_part_of_a_year_has_its_full_year() {
    // The paper: a fifth of a position, and one from June to December.
    let del = tjanst(4_000_000, 20_000, (1, 12));
    assert_eq!(del.heltidsmanader(), 240_000);
    let svar = del.rakna().unwrap();
    assert_eq!(svar.belopp, kr(134_544)); // 40 000 × 12 × 1,4015 / 5
    assert_eq!(svar.helar, svar.belopp, "den går redan hela året");

    let ett_halvar = tjanst(4_000_000, HEL, (6, 12));
    assert_eq!(ett_halvar.manader(), 7);
    assert_eq!(arsarbetare_i_ord(ett_halvar.heltidsmanader()), "0,58");
    let svar = ett_halvar.rakna().unwrap();
    assert_eq!(svar.belopp, kr(392_420));
    assert_eq!(
        svar.helar,
        kr(672_720),
        "vad det kostar att fortsätta ett helt år"
    );

    let fyra = Tjanstrad {
        antal: 4,
        ..tjanst(4_000_000, HEL, (7, 12))
    };
    assert_eq!(arsarbetare_i_ord(fyra.heltidsmanader()), "2");
    let k = Kalkyl {
        tjanster: vec![fyra],
        ..Kalkyl::default()
    };
    assert_eq!(k.rakna().unwrap().per_heltid(), Some(kr(672_720)));
}

#[test]
fn a_known_amount_is_compared_by_the_full_year() {
    // 440 tkr for one from June to December.
    let t = tjanst(0, HEL, (6, 12)).heltidsmanader();
    assert_eq!(per_heltid(kr(440_000), t), Some(kr(754_286)));
    assert_eq!(per_heltid(kr(440_000), 0), None, "inget att dela med");
    assert_eq!(Kalkylsvar::default().per_heltid(), None);
}

#[test]
fn holidays_are_in_the_pay_or_added_by_the_day_or_paid_out() {
    let med = |semester| Tjanstrad {
        semester,
        po: 0,
        ..tjanst(3_000_000, HEL, (1, 12))
    };
    let kostar = |semester| med(semester).rakna().unwrap().belopp;
    assert_eq!(kostar(Semester::Ingar), kr(360_000));
    // 25 days of 0,605 per cent of 30 000.
    let dagar = Semester::Dagtillagg {
        dagar: 25,
        per_dag: 605,
    };
    assert_eq!(kostar(dagar), Ore(36_453_800));
    assert_eq!(
        kostar(Semester::Ersattning { procent: 12_000 }),
        kr(403_200)
    );
    let rad = med(dagar).rakna().unwrap().kommentar;
    assert!(rad.contains("25 dagar × 0,605"), "{rad}");
}

#[test]
fn what_is_no_formula_is_named() {
    for (text, fel) in [
        ("", UtrakningFel::Tom),
        ("12 × ", UtrakningFel::Tom),
        ("12 × många", UtrakningFel::IngetTal("många".into())),
        ("12 × 1.5", UtrakningFel::IngetTal("1.5".into())),
        ("-3 × 100", UtrakningFel::IngetTal("-3".into())),
    ] {
        assert_eq!(Utrakning::las(text), Err(fel), "{text}");
    }
    let manga = vec!["1"; 41].join("+");
    assert_eq!(Utrakning::las(&manga), Err(UtrakningFel::ForManga));
    let u = Utrakning::las("0,5 tjänst × 12 × 1 000,50 kr").unwrap();
    assert_eq!(u.belopp(), Ok(kr(6_003)));
    assert_eq!(
        Utrakning::las(&u.to_string()),
        Ok(u),
        "det går att skriva tillbaka"
    );
}

#[test]
fn percentages_are_read_and_written_alike() {
    for (text, tal, skrivet) in [
        ("40,15", 40_150, "40,15 %"),
        ("40,15 %", 40_150, "40,15 %"),
        ("100", 100_000, "100 %"),
        ("0,605%", 605, "0,605 %"),
    ] {
        assert_eq!(las_procent(text), Some(tal), "{text}");
        assert_eq!(procent(tal).replace('\u{a0}', " "), skrivet);
    }
    for fel in ["", "fyrtio", "40.15", "-4", "40,1555", "12345", "40,"] {
        assert_eq!(las_procent(fel), None, "{fel}");
    }
}

#[test]
fn amounts_that_do_not_fit_are_errors() {
    let stor = Tjanstrad {
        antal: i64::MAX,
        po: i64::MAX,
        ..tjanst(i64::MAX, i64::MAX, (1, 12))
    };
    let k = Kalkyl {
        tjanster: vec![stor],
        ..Kalkyl::default()
    };
    assert_eq!(k.rakna(), Err(Overflow));
}

proptest! {
    /// Against fractions computed another way: within half a krona, and twelve equal parts of
    /// a year within six kronor of the year.
    #[test]
    fn a_position_costs_its_share_of_the_year(
        lon in 1_i64..20_000_000, andel in 1_i64..=HEL, antal in 1_i64..50, po in 0_i64..80_000,
        fran in 1_i16..=12, langd in 0_i16..12,
    ) {
        let till = (fran + langd).min(12);
        let t = Tjanstrad { antal, po, ..tjanst(lon, andel, (fran, till)) };
        let svar = t.rakna().unwrap();
        let manader = i128::from(till - fran + 1);
        let exakt = i128::from(lon) * manader * i128::from(andel) * i128::from(antal)
            * i128::from(100_000 + po);
        let fel = (i128::from(svar.belopp.0) * 10_000_000_000 - exakt).abs();
        prop_assert!(fel <= 50 * 10_000_000_000);
        let per_manad = Tjanstrad { fran_manad: 1, till_manad: 1, ..t }.rakna().unwrap();
        prop_assert!((per_manad.belopp.0 * 12 - svar.helar.0).abs() <= 600);
    }
}

#[test]
fn positions_of_a_paper_have_their_months_of_each_year_or_none_at_all() {
    let t = Tjanst {
        beskrivning: "socialarbetare".into(),
        antal: Some(1),
        andel: Some(HEL),
        ar: Some(2021),
        till_ar: Some(2022),
        fran_manad: Some(6),
        till_manad: Some(3),
    };
    let ar = |ar| heltidsmanader_ar(std::slice::from_ref(&t), ar);
    assert_eq!(
        (ar(2020), ar(2021), ar(2022)),
        (None, Some(7 * HEL), Some(3 * HEL))
    );
    let okant = Tjanst {
        andel: None,
        ..t.clone()
    };
    assert_eq!(
        heltidsmanader_ar(&[t.clone(), okant], 2021),
        None,
        "okänt är inte noll"
    );
    assert_eq!(per_heltid(kr(440_000), 7 * HEL), Some(kr(754_286)));
}

/// R57: the rate of the table by the number of places, with its source and year in words.
#[test]
fn a_standard_rate_from_the_settings_is_multiplied_and_named() {
    let mut lokal = rad("Arbetsplatser", "2 platser + 0,5 plats");
    lokal.schablon = Some(Schablonsats {
        namn: "Arbetsplats".into(),
        belopp: kr(31_000),
        fran_ar: Some(2021),
        kalla: "Serviceförvaltningens schablon.".into(),
    });
    let svar = Kalkyl {
        rader: vec![lokal.clone()],
        ..Kalkyl::default()
    };
    let svar = svar.rakna().unwrap();
    let [svar] = svar.rader.as_slice() else {
        panic!("{svar:?}")
    };
    assert_eq!((svar.belopp, svar.helar), (kr(77_500), kr(77_500)));
    assert_eq!(
        svar.kommentar.replace(NBSP, " "),
        "2 platser × 31 000 kr + 0,50 plats × 31 000 kr = 77 500 kr."
    );
    assert_eq!(
        svar.kalla,
        "schablonen Arbetsplats i inställningarna, gäller från 2021 (Serviceförvaltningens \
         schablon)"
    );
    // A rate of nothing is a rate, and what is kept is what it was.
    lokal.schablon.as_mut().unwrap().belopp = Ore::NOLL;
    assert_eq!(lokal.rakna().unwrap().belopp, Ore::NOLL);
    let text = serde_json::to_string(&lokal).unwrap();
    assert_eq!(serde_json::from_str::<Kostnadsrad>(&text).unwrap(), lokal);
}

/// A formula is multiplied exactly and rounded once: small shares are no zeros.
#[test]
fn small_shares_are_multiplied_exactly() {
    let belopp = |text: &str| Utrakning::las(text).unwrap().belopp().unwrap();
    assert_eq!(belopp("0,25 tjänst × 0,1 × 12 mån × 40 000 kr"), kr(12_000));
    assert_eq!(belopp("0,05 × 0,05 × 1 000 000"), kr(2_500));
    assert_eq!(belopp("1 000 000 × 0,05 × 0,05"), kr(2_500));
    // A half and a half are one: the sum is rounded, and not its terms.
    assert_eq!(belopp("0,5 × 1 + 0,1 × 5"), kr(1));
    assert_eq!(belopp("0,01 × 0,01 × 0"), kr(0));
}

proptest! {
    /// Nobody gets another sum by writing the same factors in another order.
    #[test]
    fn the_order_of_factors_and_terms_is_of_no_importance(
        hundradelar in proptest::collection::vec(
            proptest::collection::vec(0_i64..500_000, 1..6), 1..4),
        vand in any::<bool>(),
    ) {
        let termer = hundradelar.iter().map(|t| {
            let tal = t.iter().map(|h| utrakning::Faktor { hundradelar: *h, ord: String::new() });
            utrakning::Term(tal.collect())
        });
        let en = Utrakning(termer.collect());
        let mut annan = en.clone();
        if vand {
            annan.0.reverse();
        }
        for term in &mut annan.0 {
            term.0.reverse();
            let steg = term.0.len() / 2;
            term.0.rotate_left(steg);
        }
        prop_assert_eq!(en.belopp().ok(), annan.belopp().ok());
    }
}
