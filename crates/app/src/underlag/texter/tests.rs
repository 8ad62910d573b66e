use super::super::prov::{Minne, andrad};
use super::*;
use serde_json::{Value, json};
use utfall_domain::insatser::Fortsattning;

const UPPSALA: &str = include_str!("../../../../../exempel/uppsala.json");

/// Uppsala's paper with new texts, years and positions for its first initiative.
fn omskriven() -> String {
    andrad(
        UPPSALA,
        &[
            (
                "/insatser/0/beskrivning",
                json!("En tredje socialarbetare."),
            ),
            ("/insatser/0/kommentar", json!("Lön i sex månader.")),
            ("/insatser/0/fortsattning/status", json!("avslutas")),
            ("/insatser/0/period/till", json!("2023-06")),
            ("/insatser/0/tjanster/0/antal", json!(3)),
        ],
    )
}

fn uppsala() -> Minne {
    let mut m = Minne::ny("uppsala");
    m.importera("uppsala", UPPSALA);
    m
}

fn forsta(m: &Minne) -> &Insats {
    let mut alla = m.bocker.insatser.iter();
    let ratt = |i: &&Insats| i.slug == "socialarbetare-mellanstadiet";
    alla.find(ratt).unwrap()
}

fn vad(poster: &[Post]) -> Vec<&str> {
    let vad = poster.iter().map(|p| p.vad.split(',').next().unwrap());
    vad.collect()
}

#[test]
fn texts_years_and_positions_follow_the_paper_that_replaces() {
    let mut m = uppsala();
    let fore = m.bocker.insatser.clone();
    let svar = m.ersatt("uppsala", &omskriven()).unwrap();
    let nu = forsta(&m);
    assert_eq!(nu.text.beskrivning, "En tredje socialarbetare.");
    assert_eq!(nu.text.kommentar, "Lön i sex månader.");
    assert_eq!(nu.fortsattning, Fortsattning::Avslutad);
    assert_eq!((nu.start_ar, nu.slut_ar), (Some(2021), Some(2023)));
    assert_eq!(nu.tjanster[0].antal, Some(3));
    // Who has the form open is told that it has changed.
    assert_eq!(nu.version, 2);
    let texter = &svar.skillnad.texter;
    assert_eq!(
        vad(&texter.andrade),
        [
            "Beskrivning",
            "Kommentar",
            "Om den fortsätter",
            "Sista året",
            "Tjänster"
        ]
    );
    assert!(texter.behallna.is_empty(), "{texter:#?}");
    // The others are untouched, and their version with them.
    let andra = |alla: &[Insats]| -> Vec<Insats> {
        let alla = alla.iter().filter(|i| i.id != forsta(&m).id);
        alla.cloned().collect()
    };
    assert_eq!(andra(&fore), andra(&m.bocker.insatser));
}

#[test]
fn what_somebody_has_written_since_is_kept_and_told() {
    let mut m = uppsala();
    let id = forsta(&m).id;
    let insats = m.bocker.insatser.iter_mut().find(|i| i.id == id).unwrap();
    insats.text.beskrivning = "Min egen text".into();
    insats.text.mal = "Femtio unga får jobb".into();
    insats.text.resultat = "Skrivet här, och inte i papperet".into();
    insats.version = 2;
    let svar = m.ersatt("uppsala", &omskriven()).unwrap();
    let nu = forsta(&m);
    assert_eq!(nu.text.beskrivning, "Min egen text");
    assert_eq!(nu.text.mal, "Femtio unga får jobb");
    assert_eq!(nu.text.resultat, "Skrivet här, och inte i papperet");
    // What nobody has touched follows all the same.
    assert_eq!(nu.text.kommentar, "Lön i sex månader.");
    assert_eq!(nu.tjanster[0].antal, Some(3));
    assert_eq!(nu.version, 3);
    let behallna = &svar.skillnad.texter.behallna;
    // Of what both versions say alike there is nothing to tell.
    assert_eq!(vad(behallna), ["Beskrivning"], "{behallna:#?}");
    assert_eq!(behallna[0].fore.as_deref(), Some("Min egen text"));
    assert_eq!(behallna[0].nu.as_deref(), Some("En tredje socialarbetare."));
    // The next version is held against the one it replaces, and the own text still stands.
    let nasta = andrad(&omskriven(), &[("/insatser/0/beskrivning", json!("Igen"))]);
    m.ersatt("uppsala", &nasta).unwrap();
    assert_eq!(forsta(&m).text.beskrivning, "Min egen text");
    // Unless somebody writes what the paper says.
    let insats = m.bocker.insatser.iter_mut().find(|i| i.id == id).unwrap();
    insats.text.beskrivning = "Igen".into();
    m.ersatt("uppsala", &format!("{}\n", omskriven())).unwrap();
    assert_eq!(forsta(&m).text.beskrivning, "En tredje socialarbetare.");
}

#[test]
fn a_count_that_the_paper_leaves_out_is_unknown_and_a_large_one_is_itself() {
    let med = |antal: Value| {
        let mut m = Minne::ny("uppsala");
        let papper = andrad(UPPSALA, &[("/insatser/0/tjanster/0/antal", antal)]);
        m.importera("uppsala", &papper);
        (forsta(&m).tjanster[0].antal, m)
    };
    assert_eq!(med(Value::Null).0, None);
    assert_eq!(med(json!(32_768)).0, Some(32_768));
    assert_eq!(med(json!(0)).0, Some(0));
    // What was registered as one when the paper said nothing is no edit: it follows.
    let (_, mut m) = med(Value::Null);
    let id = forsta(&m).id;
    let insats = m.bocker.insatser.iter_mut().find(|i| i.id == id).unwrap();
    insats.tjanster[0].antal = Some(1);
    let utan = andrad(
        UPPSALA,
        &[
            ("/insatser/0/tjanster/0/antal", Value::Null),
            ("/dokument/titel", json!("Ny version")),
        ],
    );
    m.ersatt("uppsala", &utan).unwrap();
    assert_eq!(forsta(&m).tjanster[0].antal, None);
}

#[test]
fn a_long_text_is_shown_where_it_differs() {
    let lang = "a".repeat(300);
    let (a, b) = (format!("{lang}B{lang}"), format!("{lang}C{lang}"));
    let visat = utdrag(&a, &b);
    assert!(visat.starts_with('…') && visat.ends_with('…'), "{visat}");
    assert!(visat.contains('B') && visat.chars().count() <= UTDRAG + 2);
    assert_eq!(utdrag("kort", &a), "kort");
    assert!(utdrag(&lang, "").starts_with('a'));
}
