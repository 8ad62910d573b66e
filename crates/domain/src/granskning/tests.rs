use super::*;
use crate::underlag::{Underlag, las};
use std::collections::BTreeSet;
use std::fs;

mod egenskaper;
mod egna;
mod generatorer;
mod golden;
mod mellan;
mod mojligt;

const HANDBOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/handbok/granskning");

/// Every page of the handbook that the registry gives, by file name.
fn sidor() -> Vec<(String, String)> {
    let index = ("README.md".to_owned(), handboksindex());
    let sida = |r: &Regel| (format!("{}.md", r.kod), handbokssida(r));
    [index].into_iter().chain(REGLER.iter().map(sida)).collect()
}

#[test]
fn the_handbook_says_what_the_registry_says() {
    for (namn, text) in sidor() {
        let fil = fs::read_to_string(format!("{HANDBOK}/{namn}")).unwrap_or_default();
        assert!(
            fil == text,
            "docs/handbok/granskning/{namn} är gammal; kör \
             cargo test -p utfall-domain write_the_handbook -- --ignored"
        );
    }
    let finns = fs::read_dir(HANDBOK).expect("handboken").count();
    assert_eq!(finns, sidor().len(), "en sida hör inte till någon regel");
}

#[test]
#[ignore = "writes docs/handbok/granskning"]
fn write_the_handbook() {
    fs::create_dir_all(HANDBOK).expect("skapad");
    for (namn, text) in sidor() {
        fs::write(format!("{HANDBOK}/{namn}"), text).expect("skriven");
    }
}

#[test]
fn codes_are_unique_and_usable_as_file_names() {
    let koder: BTreeSet<_> = REGLER.iter().map(|r| r.kod).collect();
    assert_eq!(koder.len(), REGLER.len());
    for r in REGLER {
        assert!(
            r.kod.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "{}",
            r.kod
        );
        assert!(r.allvar.ends_with('.') && r.varfor.ends_with('.') && r.jamfor.ends_with('.'));
        assert_eq!(Regel::med_kod(r.kod).map(|r| r.titel), Some(r.titel));
    }
}

#[test]
fn the_complete_sample_of_the_format_agrees_with_itself() {
    let bytes = include_bytes!("../underlag/tests/komplett.json");
    let underlag = las("komplett", bytes).expect("giltigt");
    let allvarliga: Vec<_> = granska(&underlag)
        .into_iter()
        .filter(|f| f.allvar != Allvar::Upplysning)
        .collect();
    assert!(allvarliga.is_empty(), "{allvarliga:#?}");
}

#[test]
fn numbers_of_a_finding_are_json_numbers_and_decimals_stay_decimals() {
    let json = |v| serde_json::to_string(&v).expect("skrivbart");
    assert_eq!(json(FyndVarde::Tal(8_052_000_000)), "8052000");
    assert_eq!(json(FyndVarde::Tal(5_600)), "5.6");
    assert_eq!(json(FyndVarde::Tal(-810_000)), "-810");
    assert_eq!(json(FyndVarde::Tal(-100)), "-0.1");
    assert_eq!(
        json(FyndVarde::Dag(jiff::civil::date(2021, 9, 10))),
        "\"2021-09-10\""
    );
    assert_eq!(json(FyndVarde::Ar(2020)), "\"2020\"");
}

#[test]
fn findings_are_sorted_by_seriousness_and_then_by_place_as_people_count() {
    let fynd = |allvar, plats: &str| Fynd {
        regel: "",
        allvar,
        dokument: String::new(),
        plats: plats.to_owned(),
        angivet: None,
        beraknat: None,
        skillnad: None,
        enhet: Enhet::Kr,
        ar: Vec::new(),
        text: String::new(),
        mojligt: Vec::new(),
        atgard: String::new(),
        rader: Vec::new(),
    };
    let mut alla = [
        fynd(Allvar::Upplysning, "s. 1"),
        fynd(Allvar::Fel, "s. 10"),
        fynd(Allvar::Fel, "s. 2"),
        fynd(Allvar::Varning, "s. 1"),
    ];
    alla.sort_by_key(Fynd::ordning);
    let platser: Vec<_> = alla
        .iter()
        .map(|f| (f.allvar.kod(), f.plats.as_str()))
        .collect();
    let vantat = [
        ("fel", "s. 2"),
        ("fel", "s. 10"),
        ("varning", "s. 1"),
        ("upplysning", "s. 1"),
    ];
    assert_eq!(platser, vantat);
}

/// The years of each finding of a rule.
fn aren(underlag: &Underlag, regel: &str) -> Vec<Vec<i16>> {
    let fynd = granska(underlag).into_iter();
    fynd.filter(|f| f.regel == regel).map(|f| f.ar).collect()
}

#[test]
fn a_finding_carries_its_years_as_data_whatever_things_are_called() {
    let mut papper: serde_json::Value =
        serde_json::from_str(include_str!("../../../../exempel/uppsala.json")).expect("json");
    papper["bidrag"][0]["namn"] = "Stöd år 2019 och år 2030".into();
    papper["insatser"][0]["namn"] = "Lov år 1999".into();
    let papper = las("uppsala", papper.to_string().as_bytes()).expect("giltigt");
    for regel in [
        "samma-uppgift",
        "rekvirerat-anvant-aterbetalt",
        "forklaring-mot-avvikelse",
        "overskridande-bakom-avrundning",
        "pastaende-mot-belopp",
    ] {
        assert_eq!(aren(&papper, regel), [[2021]], "{regel}");
    }
    assert_eq!(aren(&papper, "namnd-mot-insatser"), [[2021], [2021]]);

    // Money that moves between two years concerns both; a text about no year none.
    let ett = |ar: i16, falt: &str, kr: &str| {
        serde_json::json!({ "ar": ar, "status": "slutlig",
            falt: [{ "belopp": kr, "plats": "s. 1" }] })
    };
    let mut tva: serde_json::Value =
        serde_json::from_str(include_str!("../../../../exempel/ragunda.json")).expect("json");
    for delen in ["insatser", "fordelningar", "antal", "tabeller", "personer"] {
        tva.as_object_mut().expect("objekt").remove(delen);
    }
    tva["bidrag"][0]["ar"] = serde_json::json!([
        ett(2025, "overfort_ut", "10 kr"),
        ett(2026, "overfort_in", "12 kr"),
    ]);
    let tva = las("tva", tva.to_string().as_bytes()).expect("giltigt");
    assert_eq!(aren(&tva, "overfort-mellan-ar"), [[2025, 2026]]);
    assert_eq!(aren(&tva, "paragraf-mot-ar"), [[0_i16; 0]]);
}
