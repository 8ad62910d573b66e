//! What is counted of figures beside each other, and what is asked for and not written.

use super::*;
use crate::rapport::{Formel, prova};
use crate::rapporter::Rapportslag;

fn siffra(varde: Varde) -> Siffra {
    Siffra {
        varde,
        kand_del: None,
        enhet: Siffrenhet::Ore,
        precision: crate::pengar::Precision::EXAKT,
        harledning: Some("/harledning/budget?ar=2026".into()),
    }
}

fn rapport(delar: Vec<Del>) -> Sammanstallning {
    Sammanstallning {
        slag: Rapportslag::Insatsnot { ar: 2026 },
        ident: "a/b".into(),
        markning: None,
        huvudman: "Forsby".into(),
        titel: "Not om insatser 2026".into(),
        underrubrik: "Forsby".into(),
        fakta: vec![("År".into(), vec![Ord::Text("2026".into())])],
        delar,
        texter: vec![("kommentar".into(), "Ett ord.".into())],
        per_dag: jiff::civil::date(2026, 11, 22),
        datum: jiff::civil::date(2026, 11, 22),
        skapad: jiff::Timestamp::UNIX_EPOCH,
        underskrifter: Vec::new(),
        adress: "https://utfall.test".into(),
        bakom: None,
    }
}

fn tabell(varden: &[[Varde; 2]]) -> Del {
    let rad = |v: &[Varde; 2]| Sifferrad {
        slag: Radslag::Vanlig,
        namn: "Lotsen".into(),
        celler: vec![
            Siffercell::Siffra(siffra(v[0])),
            Siffercell::Siffra(siffra(v[1])),
            Siffercell::Raknad,
            Siffercell::Raknad,
        ],
        led: Led::Plus,
    };
    Del::Tabell(Siffertabell {
        rubrik: "Per insats, kronor.".into(),
        kolumner: vec![
            Kolumn::ord("Insats"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Avvikelse", 1, 2),
            Kolumn::andel("Del", 2, 1),
        ],
        rader: varden.iter().map(rad).collect(),
        not: String::new(),
    })
}

fn forsta_tabellen(dokument: &Dokument) -> &Tabell {
    let funnen = dokument.block.iter().find_map(|b| match b {
        Block::Tabell(t) => Some(t),
        _ => None,
    });
    funnen.unwrap()
}

#[test]
fn a_counted_cell_is_a_formula_and_what_is_missing_is_said() {
    use Varde::{EjInrapporterat, Kant};
    let dokument = rapport(vec![tabell(&[
        [Kant(80_000), Kant(20_000)],
        [Kant(80_000), EjInrapporterat],
        [Kant(0), Kant(100)],
    ])])
    .dokument();
    assert_eq!(prova(&dokument), Ok(()));
    let t = forsta_tabellen(&dokument);
    let cell = |rad: usize, kolumn: usize| t.rader[rad].celler[kolumn - 1][0].visas();
    assert_eq!([cell(0, 3), cell(0, 4)], ["600", "25,0\u{a0}%"]);
    assert!(matches!(t.formel(0, 3), Some(Formel::Kolumner(_))));
    assert!(matches!(t.formel(0, 4), Some(Formel::Kolumner(_))));
    assert!(cell(1, 3).contains("ej inrapporterat") && t.formel(1, 3).is_none());
    // Of nothing there is no share.
    assert_eq!(cell(2, 4), "\u{2013}");
}

#[test]
fn what_is_asked_for_and_not_written_is_said_to_be_missing() {
    let fritext = |text: &str, kravs| Del::Fritext {
        stycken: text.lines().map(str::to_owned).collect(),
        kravs,
    };
    let text = |del: Del| {
        let dokument = rapport(vec![del]).dokument();
        crate::rapport::kanonisk::json(&dokument).unwrap()
    };
    assert!(text(fritext("", true)).contains("Saknas."));
    assert!(!text(fritext("", false)).contains("Saknas."));
    assert!(!text(fritext("Därför.", true)).contains("Saknas."));
    assert!(text(fritext("- ett\n- två", true)).contains("\"slag\":\"lista\""));
}

#[test]
fn every_figure_has_its_place_and_its_link() {
    let r = rapport(vec![
        Del::Rubrik {
            niva: 1,
            text: "Per insats".into(),
            ankare: "insatser".into(),
        },
        Del::Stycke {
            ord: vec![Ord::Siffra(siffra(Varde::Kant(100))), Ord::Text(".".into())],
        },
        tabell(&[[Varde::Kant(200), Varde::Kant(100)]]),
    ]);
    let stallen: Vec<String> = r.stallen().into_iter().map(|s| s.var).collect();
    let vantat = [
        "Per insats",
        "Per insats: Lotsen, Budget",
        "Per insats: Lotsen, Använt",
    ];
    assert_eq!(stallen, vantat);
    let json = crate::rapport::kanonisk::json(&r.dokument()).unwrap();
    let lank = "https://utfall.test/harledning/budget?ar=2026";
    assert_eq!(json.matches(lank).count(), 3);
}

#[test]
fn frozen_input_is_read_back_and_told_from_an_aterrapport() {
    use crate::rapport::Indata;
    let r = rapport(vec![tabell(&[[Varde::Kant(1), Varde::Okant]]), Del::NySida]);
    let indata = Indata::Sammanstallning(Box::new(r));
    let json = indata.json().unwrap();
    assert_eq!(Indata::las(&json).unwrap(), indata);
    assert!(Indata::las("{}").is_err());
    assert!(Indata::las(&json.replace("\"titel\"", "\"rubriken\"")).is_err());
}
