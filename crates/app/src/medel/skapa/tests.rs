use super::*;
use crate::prov::tomma;
use jiff::Timestamp;

fn bocker() -> Bocker {
    tomma("a")
}

fn ar(rad: usize, ar: i16, tilldelat: i64) -> Bidragsar {
    Bidragsar {
        rad,
        ar,
        tilldelat: Varde::Kant(tilldelat),
        precision: Precision::EXAKT,
        sakerhet: Sakerhet::Slutlig,
    }
}

fn bidraget(ar: Vec<Bidragsar>) -> SkapaBidrag {
    SkapaBidrag {
        namn: "Unga framåt".into(),
        finansiar: "Länsstyrelsen".into(),
        program: String::new(),
        andamal: String::new(),
        diarienummer: String::new(),
        overforing: None,
        ar,
        orsak: "Beslut 12 maj".into(),
    }
}

#[test]
fn every_fault_of_a_grant_is_found_at_once_in_the_order_of_the_form() {
    let idag = jiff::civil::date(2026, 1, 1);
    let falten = |fall: &SkapaBidrag| -> Vec<String> {
        let alla = fall.brister(&bocker(), idag).alla();
        alla.into_iter().filter_map(|p| p.falt).collect()
    };
    let ratt = bidraget(vec![ar(1, 2026, 5), ar(2, 2027, 0)]);
    assert_eq!(falten(&ratt), Vec::<String>::new());
    let fel = SkapaBidrag {
        namn: " ".into(),
        finansiar: "!".into(),
        orsak: "x".into(),
        ..bidraget(vec![ar(1, 1066, 5), ar(2, 2027, -1), ar(4, 2027, 5)])
    };
    let alla = ["namn", "finansiar", "ar-1", "belopp-2", "ar-4", "orsak"];
    assert_eq!(falten(&fel), alla);
    assert_eq!(falten(&bidraget(Vec::new())), ["ar-1"]);
    // The plan refuses with the first of it.
    let mut miljo = Miljo::ny(Timestamp::UNIX_EPOCH, 1);
    let nekad = fel.planera(bocker(), &mut miljo).unwrap_err();
    assert_eq!(nekad.falt.as_deref(), Some("namn"));
    assert!(ratt.planera(bocker(), &mut miljo).is_ok());
}
