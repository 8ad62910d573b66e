//! The explanations that can be computed: each has a case where it is said and one where not.

use super::generatorer::{bidrag, insats, kr, papper, tkr, uppgift};
use super::*;
use serde_json::{Value, json};

fn forklaringar(anvant: Value, utfall: &[&str]) -> Vec<String> {
    let insatser: Vec<Value> = utfall
        .iter()
        .enumerate()
        .map(|(nr, u)| insats(nr, "namnd-a", 2021, json!([]), json!([uppgift(*u, "s. 3")])))
        .collect();
    let arets = json!({ "anvant": [uppgift(anvant, "s. 1")] });
    let mut s = generatorer::Slump::ny(1);
    let avsnitt = json!({ "bidrag": bidrag(2021, arets), "insatser": insatser });
    let text = papper(&mut s, "pm", avsnitt).to_string();
    let underlag = las("prov", text.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}"));
    let fynd = granska(&underlag);
    assert_eq!(fynd.len(), 1, "{fynd:#?}");
    fynd[0].mojligt.clone()
}

fn sager(alla: &[String], vad: &str) -> bool {
    alla.iter().any(|m| m.contains(vad))
}

#[test]
fn a_row_as_large_as_the_difference_is_pointed_out() {
    let glomd = forklaringar(kr(700).into(), &["300 kr", "410 kr", "250 kr"]);
    assert!(!sager(&glomd, "lika stor som"), "{glomd:?}");
    let dubbel = forklaringar(kr(700).into(), &["300 kr", "400 kr", "300 kr"]);
    assert!(sager(&dubbel, "lika stor som ”Insats 0”"), "{dubbel:?}");
    assert!(sager(&dubbel, "räknad två gånger"), "{dubbel:?}");
}

#[test]
fn a_row_with_the_wrong_sign_is_half_the_difference() {
    let alla = forklaringar(kr(900).into(), &["800 kr", "450 kr", "250 kr"]);
    assert!(!sager(&alla, "dubbelt så stor"), "{alla:?}");
    let alla = forklaringar(kr(900).into(), &["800 kr", "350 kr", "250 kr"]);
    assert!(sager(&alla, "dubbelt så stor som ”Insats 2”"), "{alla:?}");
}

#[test]
fn two_digits_that_changed_places_in_a_row_are_pointed_out() {
    // 5 470 for 4 570 makes a difference of 900.
    let alla = forklaringar(kr(10_570).into(), &["5470 kr", "6000 kr"]);
    assert!(sager(&alla, "bytt plats i ”Insats 0”"), "{alla:?}");
    let alla = forklaringar(kr(10_571).into(), &["5470 kr", "6000 kr"]);
    assert!(!sager(&alla, "bytt plats"), "{alla:?}");
}

#[test]
fn a_unit_that_is_wrong_is_pointed_out() {
    let alla = forklaringar(kr(7_000).into(), &["3000000 kr", "4000000 kr"]);
    assert!(sager(&alla, "tusen gånger"), "{alla:?}");
    let alla = forklaringar(kr(7_001).into(), &["3000000 kr", "4000000 kr"]);
    assert!(!sager(&alla, "gånger det andra"), "{alla:?}");
}

#[test]
fn it_is_said_how_far_rounding_goes() {
    let alla = forklaringar(tkr(900).into(), &["400 tkr", "400 tkr"]);
    assert!(sager(&alla, "högst 1\u{a0}500\u{a0}kr"), "{alla:?}");
    let alla = forklaringar(kr(900).into(), &["400 kr", "410 kr"]);
    assert!(!sager(&alla, "Avrundningen"), "{alla:?}");
}

#[test]
fn what_a_rule_says_may_explain_it_stands_in_the_text_too() {
    let mut med = 0;
    let exempel = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel/uppsala.json");
    let underlag = las("uppsala", &fs::read(exempel).expect("finns")).expect("giltigt");
    for f in granska(&underlag) {
        med += usize::from(f.allvar != Allvar::Upplysning && !f.mojligt.is_empty());
        assert!(f.mojligt.iter().all(|m| m.ends_with('.')), "{f:#?}");
    }
    assert!(med >= 3, "{med}");
}

#[test]
fn less_requested_than_allocated_is_said_and_not_that_a_part_is_counted_twice() {
    let orsak = |tilldelat: i64| {
        let namnder = json!([
            { "organisation": "namnd-a", "fordelat": [uppgift(kr(300_000), "s. 2")] },
            { "organisation": "namnd-b", "fordelat": [uppgift(kr(200_000), "s. 2")] },
        ]);
        let arets = json!({
            "tilldelat": [uppgift(kr(tilldelat), "s. 1")],
            "rekvirerat": [uppgift(kr(440_000), "s. 1")],
            "namnder": namnder,
        });
        let mut s = generatorer::Slump::ny(1);
        let avsnitt = json!({ "bidrag": bidrag(2021, arets) });
        let text = papper(&mut s, "aterrapport", avsnitt).to_string();
        let underlag = las("prov", text.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}"));
        let alla = granska(&underlag);
        let fynd = alla.iter().find(|f| f.regel == "summa-mot-delar").unwrap();
        fynd.mojligt.clone()
    };
    let alla = orsak(500_000);
    assert!(sager(&alla, "Mindre är rekvirerat än"), "{alla:?}");
    assert!(!sager(&alla, "två gånger"), "{alla:?}");
    // Where no more was granted either, a part may be.
    let alla = orsak(440_000);
    assert!(sager(&alla, "två gånger"), "{alla:?}");
}
