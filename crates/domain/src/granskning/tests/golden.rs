//! The findings in the five papers: exactly these and no others.

use super::*;

/// Severity, rule, stated, computed, difference, as in the JSON.
type Rad = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const EXEMPEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel");

fn papper(stam: &str) -> Underlag {
    let bytes = fs::read(format!("{EXEMPEL}/{stam}.json")).expect("exemplet finns");
    las(stam, &bytes).unwrap_or_else(|p| panic!("{stam}: {p:#?}"))
}

#[track_caller]
fn ska_ge(stam: &str, vantat: &[Rad]) {
    let fynd = granska(&papper(stam));
    let mut fick: Vec<Vec<String>> = fynd
        .iter()
        .map(|f| {
            let tal = |v: Option<FyndVarde>| v.map_or("–".to_owned(), |v| v.to_string());
            let (a, b, s) = (tal(f.angivet), tal(f.beraknat), tal(f.skillnad));
            vec![f.allvar.kod().to_owned(), f.regel.to_owned(), a, b, s]
        })
        .collect();
    fick.sort();
    let mut vantat: Vec<Vec<String>> = vantat
        .iter()
        .map(|(allvar, regel, a, b, s)| [allvar, regel, a, b, s].map(|s| s.to_string()).to_vec())
        .collect();
    vantat.sort();
    assert_eq!(fick, vantat, "{fynd:#?}");
    for f in &fynd {
        assert_eq!(f.dokument, stam);
        assert!(!f.plats.is_empty() && !f.rader.is_empty(), "{f:#?}");
        assert!(f.text.ends_with('.') && f.atgard.ends_with('.'), "{f:#?}");
    }
}

#[test]
fn uppsala() {
    ska_ge(
        "uppsala",
        &[
            ("fel", "samma-uppgift", "8052000", "8005000", "47000"),
            (
                "fel",
                "rekvirerat-anvant-aterbetalt",
                "764159",
                "717159",
                "47000",
            ),
            (
                "fel",
                "forklaring-mot-avvikelse",
                "764159",
                "720000",
                "44159",
            ),
            (
                "varning",
                "namnd-mot-insatser",
                "1432841",
                "1430000",
                "2841",
            ),
            (
                "upplysning",
                "namnd-mot-insatser",
                "503586",
                "502841",
                "745",
            ),
            (
                "varning",
                "overskridande-bakom-avrundning",
                "503586",
                "500000",
                "3586",
            ),
            ("varning", "pastaende-mot-belopp", "–", "764159", "–"),
        ],
    );
}

#[test]
fn ragunda() {
    ska_ge(
        "ragunda",
        &[
            ("fel", "rader-mot-summa", "2008680", "1923000", "85680"),
            (
                "varning",
                "fordelat-mot-tillgangligt",
                "1750000",
                "1745000",
                "5000",
            ),
            ("varning", "paragraf-mot-ar", "2021", "2020", "–"),
        ],
    );
}
