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

#[test]
fn sandviken() {
    ska_ge(
        "sandviken",
        &[
            ("fel", "rader-mot-summa", "14000000", "13287000", "713000"),
            ("fel", "antal-mot-rader", "16", "15", "1"),
            ("varning", "obligatorisk-uppgift", "–", "–", "–"),
        ],
    );
}

#[test]
fn jobbtorg() {
    ska_ge(
        "jobbtorg",
        &[
            ("fel", "kalkyl-mot-resultat", "2610", "3420", "-810"),
            ("upplysning", "andel-mot-antal", "6", "5.6", "0.4"),
        ],
    );
}

#[test]
fn asf() {
    ska_ge(
        "asf",
        &[
            (
                "fel",
                "finansiering-mot-kostnad",
                "261750",
                "93750",
                "168000",
            ),
            (
                "fel",
                "finansiering-mot-kostnad",
                "330000",
                "424000",
                "-94000",
            ),
            (
                "fel",
                "finansiering-mot-kostnad",
                "350000",
                "424000",
                "-74000",
            ),
            ("varning", "manader-mot-belopp", "2", "3", "-1"),
            ("varning", "obligatorisk-uppgift", "–", "–", "–"),
        ],
    );
}

#[test]
fn helarsekvivalenter() {
    ska_ge(
        "helarsekvivalenter",
        &[("upplysning", "rader-mot-summa", "13.4", "13.3", "0.1")],
    );
}

#[test]
fn protokoll() {
    ska_ge(
        "protokoll",
        &[(
            "varning",
            "datum-mot-omnamnande",
            "2022-09-10",
            "2021-09-10",
            "365",
        )],
    );
}

#[test]
fn volymer() {
    ska_ge(
        "volymer",
        &[("varning", "framtida-manad-noll", "0", "–", "–")],
    );
}

/// Three columns of income, cost and result that all add up.
#[test]
fn nns() {
    ska_ge("nns", &[]);
}

#[test]
fn strangnas() {
    ska_ge(
        "strangnas",
        &[
            ("fel", "personer-mot-delar", "77", "73", "4"),
            (
                "varning",
                "kallor-mot-budget",
                "12645673",
                "8735098",
                "3910575",
            ),
            (
                "varning",
                "kallor-mot-budget",
                "9405600",
                "4150500",
                "5255100",
            ),
            ("varning", "utfall-mot-personer", "23", "9", "14"),
            ("varning", "utfall-mot-personer", "51", "35", "16"),
            ("varning", "obligatorisk-uppgift", "–", "–", "–"),
            ("varning", "antal-mot-rader", "4", "3", "1"),
        ],
    );
}

/// The words that the order of the findings asks for, beside the numbers.
#[test]
fn the_explanations_that_can_be_computed_are_given() {
    let sagt: &[(&str, &str, &str)] = &[
        (
            "uppsala",
            "samma-uppgift",
            "stämmer med nämndernas delar och insatsernas budget",
        ),
        (
            "uppsala",
            "rekvirerat-anvant-aterbetalt",
            "också vad nämnderna har kvar",
        ),
        ("uppsala", "namnd-mot-insatser", "503 586 kr"),
        ("uppsala", "namnd-mot-insatser", "skiljer bara 745 kr"),
        ("ragunda", "rader-mot-summa", "258 680 kr från tidigare år"),
        (
            "sandviken",
            "rader-mot-summa",
            "En rad på 713 000 kr kan saknas",
        ),
        (
            "sandviken",
            "antal-mot-rader",
            "Med en rad på 713 000 kr går också summan ihop",
        ),
        (
            "jobbtorg",
            "kalkyl-mot-resultat",
            "räknas 6 gånger i stället för 12",
        ),
        ("jobbtorg", "kalkyl-mot-resultat", "829 365 kr"),
        (
            "asf",
            "finansiering-mot-kostnad",
            "Över alla år går det ihop (941 750 kr)",
        ),
        (
            "helarsekvivalenter",
            "rader-mot-summa",
            "Avrundningen av raderna förklarar den",
        ),
        ("protokoll", "datum-mot-omnamnande", "som är en lördag"),
    ];
    for (stam, regel, text) in sagt {
        let fynd = granska(&papper(stam));
        let sager = |f: &&Fynd| f.regel == *regel && f.text.replace('\u{a0}', " ").contains(text);
        assert!(
            fynd.iter().any(|f| sager(&f)),
            "{stam} {regel}: {text}\n{fynd:#?}"
        );
    }
}

/// Every row of a finding leads to a statement that is there.
#[test]
fn every_row_of_a_finding_has_its_path_and_place() {
    for stam in [
        "uppsala",
        "ragunda",
        "sandviken",
        "jobbtorg",
        "asf",
        "strangnas",
        "volymer",
    ] {
        let underlag = papper(stam);
        let json = crate::underlag::skriv(&underlag);
        for f in granska(&underlag) {
            for rad in &f.rader {
                let pekare = rad.sokvag.replace(['.', '['], "/").replace(']', "");
                let finns = json.pointer(&format!("/{pekare}"));
                assert!(finns.is_some() || rad.varde == "saknas", "{stam}: {rad:?}");
                assert!(!rad.plats.is_empty(), "{stam}: {rad:?}");
            }
        }
    }
}
