use super::*;
use utfall_vyer::komponent::{Lage, LageSlag};
use utfall_vyer::tal::Tecken;

fn tabell() -> Tabell {
    let rader = vec![
        Rad::ny(vec![
            Cell::rubrik("Lovjobb; \"sommar\""),
            TalVy::utan_lank("1\u{a0}234\u{a0}567,50").into(),
        ]),
        Rad::ny(vec![
            Cell::rubrik("=SUMMA(A1:A9)"),
            TalVy::utan_lank("\u{2212}3\u{a0}586").into(),
        ]),
        Rad::av(
            RadSlag::Summa,
            vec![Cell::rubrik("Summa"), TalVy::utan_lank("0").into()],
        ),
    ];
    Tabell::ny(
        "t",
        "Kronor",
        vec![Kolumn::ord("Insats"), Kolumn::kr("Budget")],
        rader,
    )
}

fn text(tabeller: &[(&str, &Tabell)]) -> String {
    let bytes = skriv(tabeller).unwrap();
    let utan = bytes.strip_prefix(BOM).expect("BOM först");
    String::from_utf8(utan.to_vec()).unwrap()
}

#[test]
fn a_table_is_written_as_swedish_spreadsheets_read_it() {
    assert_eq!(
        text(&[("Medel", &tabell())]),
        "Rad;Insats;Budget (kr);Budget, anmärkning\r\n\
         rad;\"Lovjobb; \"\"sommar\"\"\";1234567,50;\r\n\
         rad;'=SUMMA(A1:A9);-3586;\r\n\
         summa;Summa;0;noll\r\n"
    );
}

#[test]
fn each_kind_of_no_number_has_its_word_and_no_number() {
    let tecken = [
        Tecken::Noll,
        Tecken::Okant,
        Tecken::EjBeslutat,
        Tecken::EjInrapporterat,
        Tecken::Sekretess,
    ];
    let mut sedda = std::collections::BTreeSet::new();
    for t in tecken {
        let (tal, ord) = talet(&TalVy::tecken(t));
        assert_eq!(tal, if t == Tecken::Noll { "0" } else { "" });
        assert!(!ord.is_empty() && sedda.insert(ord));
    }
    let del = TalVy::tecken(Tecken::EjInrapporterat).kand_del("680\u{a0}000");
    assert_eq!(
        talet(&del),
        ("680000".to_owned(), "ej inrapporterat, känd del".to_owned())
    );
    let lage = Cell::TalMedLage(
        TalVy::utan_lank("\u{2212}5"),
        Lage::ny("För mycket", LageSlag::Fel),
    );
    assert_eq!(talfalt(&lage), ("-5".to_owned(), "för mycket".to_owned()));
}

#[test]
fn nothing_typed_becomes_a_formula_and_a_negative_number_stays_one() {
    for farlig in [
        "=1+1", "+46", "-1", "@SUM", "\t=1", " =1", "\u{a0}=1", "＝1",
    ] {
        let ut = ofarlig(farlig);
        assert!(ut.starts_with('\''), "{farlig:?} blev {ut:?}");
    }
    for vanlig in ["Lovjobb", "20–64 år", "a=b", "", "'=1"] {
        assert_eq!(ofarlig(vanlig), vanlig);
    }
    assert_eq!(bart("\u{2212}3\u{a0}586,50").as_deref(), Some("-3586,50"));
    assert_eq!(bart("+5\u{a0}000").as_deref(), Some("5000"));
    for inget in ["", "-", "1-2", "±\u{a0}500", "2021–2022", "=1"] {
        assert_eq!(bart(inget), None, "{inget}");
    }
}

#[test]
fn headings_over_several_columns_follow_each_of_them() {
    let mut t = tabell();
    t.huvud = vec![
        vec![
            Kolumn {
                hojd: 2,
                ..Kolumn::ord("Insats")
            },
            Kolumn::grupp("Länsstyrelsen", 1),
        ],
        vec![Kolumn::kr("2022\nnya medel")],
    ];
    let ut = text(&[("Fördelning", &t)]);
    let huvud = ut.lines().next().unwrap();
    let kolumn = "Länsstyrelsen, 2022, nya medel";
    assert_eq!(
        huvud,
        format!("Rad;Insats;{kolumn} (kr);{kolumn}, anmärkning")
    );
}

#[test]
fn several_tables_name_themselves_in_each_row() {
    let (ett, tva) = (tabell(), tabell());
    let ut = text(&[("+Ena", &ett), ("Andra", &tva)]);
    assert_eq!(ut.lines().count(), 7);
    assert!(ut.starts_with("Tabell;Rad;Insats"));
    assert_eq!(
        ut.lines().filter(|rad| rad.starts_with("'+Ena;")).count(),
        3
    );
}

#[test]
fn a_word_over_several_columns_keeps_the_columns_in_place() {
    let kolumner = ["Uppgift", "Så står det", "Plats"]
        .map(Kolumn::ord)
        .to_vec();
    let kolumner = [kolumner, vec![Kolumn::tal("Belopp")]].concat();
    let rader = vec![Rad::av(
        RadSlag::Summa,
        vec![
            Cell::rubrik("Använt"),
            Cell::Bred("Summan av raderna".into(), 2),
            TalVy::utan_lank("5").into(),
        ],
    )];
    let t = Tabell::ny("t", "", kolumner, rader);
    let ut = text(&[("", &t)]);
    assert_eq!(
        ut.lines().nth(1),
        Some("summa;Använt;Summan av raderna;;5;")
    );
}
