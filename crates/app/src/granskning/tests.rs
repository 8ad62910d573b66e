mod antal;
mod pengar;
mod rattat;
mod stallen;

use super::*;
use crate::fakta::Rattelse;
use crate::underlag::prov::{Minne, andrad};
use serde_json::{Value, json};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::varde::Varde;

const UPPSALA: &str = include_str!("../../../../exempel/uppsala.json");
const RAGUNDA: &str = include_str!("../../../../exempel/ragunda.json");

fn uppsala() -> Minne {
    let mut m = Minne::ny("uppsala");
    m.importera("uppsala", UPPSALA);
    m
}

fn lage(m: &Minne, regel: &str) -> Vec<Fyndlage> {
    let alla = m.fynd(None).into_iter();
    alla.filter(|f| f.fynd.regel == regel)
        .map(|f| f.lage)
        .collect()
}

#[test]
fn a_finding_is_settled_when_the_corrected_fact_in_its_place_silences_the_rule() {
    let mut m = uppsala();
    let fore = m.fynd(None);
    assert!(fore.iter().all(Funnet::kvar), "inget är rättat än");
    let rekvirerat = m.faktum(FaktumSlag::Rekvirerat, 805_200_000);
    m.ratta(rekvirerat, Varde::Kant(800_500_000));
    let nytt = m.bocker.fakta.last().unwrap().id;
    assert_eq!(lage(&m, "samma-uppgift"), [Fyndlage::Rattat(vec![nytt])]);
    // The repayment was reckoned on the wrong requisition: it is still wrong.
    assert_eq!(lage(&m, "rekvirerat-anvant-aterbetalt"), [Fyndlage::Kvar]);
    let tillbaka = m.faktum(FaktumSlag::Aterbetalning, 76_415_900);
    m.ratta(tillbaka, Varde::Kant(71_715_900));
    let lagen = lage(&m, "rekvirerat-anvant-aterbetalt");
    assert!(matches!(lagen.as_slice(), [Fyndlage::Rattat(r)] if r.len() == 2));
    // What no fact is behind cannot be corrected in the books.
    assert_eq!(lage(&m, "forklaring-mot-avvikelse"), [Fyndlage::Kvar]);
    // The findings themselves are those of the paper, which says what it said.
    let efter = m.fynd(None);
    let nycklar =
        |alla: &[Funnet]| -> Vec<String> { alla.iter().map(|f| f.nyckel.clone()).collect() };
    assert_eq!(nycklar(&fore), nycklar(&efter));
}

#[test]
fn a_correction_that_does_not_go_all_the_way_settles_nothing() {
    let mut m = uppsala();
    let tillbaka = m.faktum(FaktumSlag::Aterbetalning, 76_415_900);
    // One krona off: the text of the finding would be another, but it is still wrong.
    m.ratta(tillbaka, Varde::Kant(71_715_800));
    assert_eq!(lage(&m, "rekvirerat-anvant-aterbetalt"), [Fyndlage::Kvar]);
}

#[test]
fn a_struck_fact_settles_what_rested_on_it() {
    let mut m = uppsala();
    let tillbaka = m.faktum(FaktumSlag::Aterbetalning, 76_415_900);
    m.ratta_till(tillbaka, Rattelse::Stryk);
    let lagen = lage(&m, "rekvirerat-anvant-aterbetalt");
    assert!(
        matches!(lagen.as_slice(), [Fyndlage::Rattat(_)]),
        "{lagen:?}"
    );
}

#[test]
fn a_finding_as_of_a_day_knows_only_the_corrections_of_that_day() {
    let mut m = uppsala();
    let forr = m.nasta_dag();
    let rekvirerat = m.faktum(FaktumSlag::Rekvirerat, 805_200_000);
    m.ratta(rekvirerat, Varde::Kant(800_500_000));
    let da = m.fynd(Some(forr));
    let da = da.iter().find(|f| f.fynd.regel == "samma-uppgift").unwrap();
    assert_eq!(da.lage, Fyndlage::Kvar);
    assert!(!lage(&m, "samma-uppgift").contains(&Fyndlage::Kvar));
}

#[test]
fn the_facts_behind_a_finding_are_those_that_can_be_corrected() {
    let m = uppsala();
    let fynd = m.fynd(None);
    let f = fynd
        .iter()
        .find(|f| f.fynd.regel == "samma-uppgift")
        .unwrap();
    assert!(
        f.bakom
            .contains(&m.faktum(FaktumSlag::Rekvirerat, 805_200_000))
    );
}

/// Ragunda's paper again under another name, with what 2021 was granted changed.
fn andra_papperet(belopp: &str) -> String {
    andrad(
        RAGUNDA,
        &[
            ("/dokument/titel", json!("Bilagan")),
            ("/bidrag/0/ar/0/tilldelat/0/belopp", json!(belopp)),
        ],
    )
}

fn mellan(m: &Minne) -> Vec<Funnet> {
    let alla = m.fynd(None).into_iter();
    alla.filter(|f| f.fynd.regel == "samma-uppgift-i-papper")
        .collect()
}

#[test]
fn two_papers_that_differ_are_told_until_somebody_decides() {
    let mut m = Minne::ny("ragunda");
    m.importera("ragunda", RAGUNDA);
    m.importera("bilagan", &andra_papperet("1 800 tkr"));
    let fynd = mellan(&m);
    assert_eq!(fynd.len(), 1, "{fynd:#?}");
    assert_eq!(fynd[0].underlag, Some(m.bocker.underlag[1].id));
    assert!(fynd[0].kvar());
    let slug = &m.bocker.bidrag[0].slug;
    assert!(fynd[0].bidrag.contains(slug), "{fynd:#?}");
    let tilldelat = m.faktum(FaktumSlag::Tilldelat, 175_000_000);
    m.ratta(tilldelat, Varde::Kant(180_000_000));
    let fynd = mellan(&m);
    assert!(matches!(fynd[0].lage, Fyndlage::Rattat(_)), "{fynd:#?}");
    // A third paper that came after the decision, and disagrees with it.
    m.importera("tredje", &andra_papperet("1 700 tkr"));
    let fynd = mellan(&m);
    let kvar: Vec<&Funnet> = fynd.iter().filter(|f| f.kvar()).collect();
    assert_eq!(kvar.len(), 1, "{fynd:#?}");
    assert!(kvar[0].fynd.text.contains("i böckerna"), "{kvar:#?}");
    assert_eq!(kvar[0].underlag, Some(m.bocker.underlag[2].id));
}

#[test]
fn a_paper_that_says_otherwise_than_what_was_entered_before_it_is_told() {
    let mut m = Minne::ny("ragunda");
    m.importera("ragunda", RAGUNDA);
    let mut for_hand = m.bocker.fakta[0].fakta.clone();
    assert_eq!(for_hand.slag, FaktumSlag::Tilldelat);
    (for_hand.kalla, for_hand.galler.ar) = (None, Some(2031));
    m.registrera(for_hand.clone());
    let mut papper: Value = serde_json::from_str(RAGUNDA).unwrap();
    papper["bidrag"][0]["ar"][0]["ar"] = json!(2031);
    let samma = papper.to_string();
    papper["bidrag"][0]["ar"][0]["tilldelat"][0]["belopp"] = json!("9 tkr");
    m.importera("nasta", &papper.to_string());
    let fynd = mellan(&m);
    assert_eq!(fynd.len(), 1, "{fynd:#?}");
    assert!(fynd[0].fynd.text.contains("registrerat för hand"));
    m.ersatt("nasta", &samma).unwrap();
    assert!(mellan(&m).is_empty(), "{:#?}", mellan(&m));
}

#[test]
fn two_papers_that_say_the_same_within_their_precision_are_silent() {
    let mut m = Minne::ny("ragunda");
    m.importera("ragunda", RAGUNDA);
    m.importera("bilagan", &andra_papperet("1,75 Mkr"));
    assert!(mellan(&m).is_empty(), "{:#?}", mellan(&m));
}

#[test]
fn the_papers_of_the_demo_contradict_each_other_in_nothing() {
    let mut per: std::collections::BTreeMap<String, Minne> = std::collections::BTreeMap::new();
    for p in crate::demo::PAPPER {
        let papper: Value = serde_json::from_str(p.json).unwrap();
        let slug = papper["dokument"]["huvudman"]["slug"].as_str().unwrap();
        let m = per
            .entry(slug.to_owned())
            .or_insert_with(|| Minne::ny(slug));
        m.importera(p.stam, p.json);
    }
    assert!(per.values().any(|m| m.bocker.underlag.len() > 4));
    for m in per.values() {
        assert!(mellan(m).is_empty(), "{:#?}", mellan(m));
        let fynd = m.fynd(None);
        assert!(fynd.iter().all(Funnet::kvar), "{fynd:#?}");
    }
}

#[test]
fn a_second_paper_with_new_years_gives_the_grant_its_years() {
    let mut m = Minne::ny("ragunda");
    m.importera("ragunda", RAGUNDA);
    let fore = m.bocker.bidrag[0].ar.clone();
    let mut papper: Value = serde_json::from_str(RAGUNDA).unwrap();
    for delen in ["insatser", "fordelningar", "beslut", "antal", "tabeller"] {
        papper.as_object_mut().unwrap().remove(delen);
    }
    papper["bidrag"][0]["ar"] = json!([{
        "ar": 2031, "status": "slutlig",
        "tilldelat": [{ "belopp": "1 600 tkr", "plats": "s. 1" }],
    }]);
    m.importera("nasta-ar", &papper.to_string());
    let nu = &m.bocker.bidrag[0].ar;
    assert!(!fore.contains(&2031) && nu.contains(&2031), "{nu:?}");
    assert_eq!(nu.len(), fore.len() + 1, "åren som fanns står kvar");
    assert_eq!(m.bocker.bidrag.len(), 1);
}

#[test]
fn rounded_amounts_are_as_exact_in_the_books_as_in_the_paper() {
    let mut m = uppsala();
    // With any correction the whole grant is put before the rules, rounded amounts too.
    let rekvirerat = m.faktum(FaktumSlag::Rekvirerat, 805_200_000);
    m.ratta(rekvirerat, Varde::Kant(800_500_000));
    let registrets = |m: &Minne| -> Vec<Funnet> {
        let alla = m.fynd(None).into_iter();
        alla.filter(|f| f.underlag.is_none()).collect()
    };
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    // What is entered wrong is told, once, with the facts that it is about.
    let anvant = m.faktum(FaktumSlag::AnvantNamnd, 143_284_100);
    m.ratta(anvant, Varde::Kant(153_284_100));
    let nytt = m.bocker.fakta.last().unwrap().id;
    let funna = registrets(&m);
    let om_anvant = funna.iter().find(|f| f.bakom.contains(&nytt));
    assert!(om_anvant.is_some(), "{funna:#?}");
}
