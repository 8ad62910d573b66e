//! Requirements that the papers gave, on cases of our own: each with one where the rule speaks,
//! with its figures, and one where it is silent.

use super::generatorer::{Slump, bidrag, insats, kr, papper, uppgift};
use super::*;
use serde_json::{Value, json};

/// What one rule says of these sections.
fn av(regel: &str, avsnitt: Value) -> Vec<Fynd> {
    let text = papper(&mut Slump::ny(3), "pm", avsnitt).to_string();
    let underlag = las("prov", text.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}"));
    let mut fynd = granska(&underlag);
    fynd.retain(|f| f.regel == regel);
    fynd
}

/// Stated, computed and the difference, in kronor.
fn talen(f: &Fynd) -> [Option<FyndVarde>; 3] {
    [f.angivet, f.beraknat, f.skillnad]
}

fn kronor(hela: i128) -> Option<FyndVarde> {
    Some(FyndVarde::Tal(hela * 1000))
}

/// R16: what a board is said to have used is what its initiatives used; the board that does
/// not reconcile is the one told of.
#[test]
fn what_a_board_used_reconciles_to_its_initiatives() {
    let fall = |b_anvant: i64| {
        let namnder = json!([
            { "organisation": "namnd-a", "anvant": [uppgift(kr(700_000), "s. 2")] },
            { "organisation": "namnd-b", "anvant": [uppgift(kr(b_anvant), "s. 2")] },
        ]);
        let anvant = |nr, namnd, kronor| {
            let utfall = json!([uppgift(kr(kronor), "s. 3")]);
            insats(nr, namnd, 2026, json!([]), utfall)
        };
        av(
            "namnd-mot-insatser",
            json!({
                "bidrag": bidrag(2026, json!({ "namnder": namnder })),
                "insatser": [
                    anvant(0, "namnd-a", 400_000),
                    anvant(1, "namnd-a", 300_000),
                    anvant(2, "namnd-b", 250_000),
                ],
            }),
        )
    };
    let [f] = fall(261_000).try_into().unwrap();
    assert_eq!(
        talen(&f),
        [kronor(261_000), kronor(250_000), kronor(11_000)]
    );
    assert!(f.text.contains("Nämnd B"), "{}", f.text);
    assert!(!f.text.contains("Nämnd A"), "{}", f.text);
    assert_eq!(f.ar, [2026]);
    assert!(fall(250_000).is_empty());
}

/// R30: nobody says that a decision costs nothing while money is to be paid back.
#[test]
fn no_economic_consequences_is_answered_with_the_repayment() {
    let fall = |aterbetalas: Option<i64>| {
        let mut arets = json!({ "rekvirerat": [uppgift(kr(900_000), "s. 1")] });
        if let Some(kronor) = aterbetalas {
            arets["aterbetalas"] = json!([uppgift(kr(kronor), "s. 2")]);
        }
        av(
            "pastaende-mot-belopp",
            json!({
                "bidrag": bidrag(2026, arets),
                "pastaenden": [{ "id": "inga", "slag": "inga-ekonomiska-konsekvenser",
                                 "text": "Beslutet kostar inget.", "plats": "s. 4" }],
            }),
        )
    };
    let [f] = fall(Some(84_500)).try_into().unwrap();
    assert_eq!((f.allvar, f.plats.as_str()), (Allvar::Varning, "s. 4"));
    assert!(
        f.text.replace('\u{a0}', " ").contains("84 500 kr"),
        "{}",
        f.text
    );
    assert!(fall(None).is_empty());
}

/// R60: applied for and own money is each year's cost; a year that differs is told of, and
/// that it evens out over the years is said as the explanation it needs.
#[test]
fn each_year_costs_what_is_applied_for_and_put_in() {
    let fall = |sokt: [&str; 2]| {
        av(
            "finansiering-mot-kostnad",
            json!({ "tabeller": [{
                "id": "ekonomi", "titel": "Kostnader och pengar", "plats": "s. 5",
                "kolumner": [{ "rubrik": "2026", "ar": 2026 }, { "rubrik": "2027", "ar": 2027 }],
                "rader": [
                    { "id": "lon", "etikett": "Löner", "slag": "kostnad",
                      "varden": ["400 000 kr", "420 000 kr"] },
                    { "id": "sokt", "etikett": "Sökt", "slag": "finansiering",
                      "varden": sokt },
                    { "id": "eget", "etikett": "Egna pengar", "slag": "finansiering",
                      "varden": ["100 000 kr", "100 000 kr"] },
                ],
            }] }),
        )
    };
    let fynd = fall(["360 000 kr", "260 000 kr"]);
    let skillnader: Vec<_> = fynd.iter().map(|f| (f.ar.clone(), f.skillnad)).collect();
    assert_eq!(
        skillnader,
        [(vec![2026], kronor(60_000)), (vec![2027], kronor(-60_000))]
    );
    for f in &fynd {
        assert!(f.text.contains("måste flyttas mellan åren"), "{}", f.text);
        assert!(f.atgard.contains("flyttas mellan åren"), "{}", f.atgard);
    }
    let utan = fall(["360 000 kr", "320 000 kr"]);
    assert_eq!(utan.len(), 1);
    assert!(!utan[0].text.contains("måste flyttas"), "{}", utan[0].text);
    assert!(fall(["300 000 kr", "320 000 kr"]).is_empty());
}

/// R70: the shares of a project's funders make its budget; what no funder pays is named, and
/// more than the budget is a fault.
#[test]
fn what_no_funder_pays_of_a_project_must_have_a_source() {
    let fall = |eget: i64| {
        av(
            "kallor-mot-budget",
            json!({
                "bidrag": bidrag(2026, json!({})),
                "insatser": [insats(0, "namnd-a", 2026, json!([]), json!([]))],
                "finansiering": [{
                    "id": "f", "rubrik": "Ungdomsspåret", "insats": "insats-0", "plats": "s. 6",
                    "budget": [uppgift(kr(1_000_000), "s. 6")],
                    "kallor": [
                        { "finansiar": "givaren", "belopp": kr(600_000), "plats": "s. 6" },
                        { "finansiar": "namnd-b", "belopp": kr(eget), "plats": "s. 6" },
                    ],
                }],
            }),
        )
    };
    let [f] = fall(150_000).try_into().unwrap();
    assert_eq!(
        talen(&f),
        [kronor(1_000_000), kronor(750_000), kronor(250_000)]
    );
    assert_eq!(f.allvar, Allvar::Varning);
    assert!(
        f.text
            .replace('\u{a0}', " ")
            .contains("250 000 kr saknar källa")
    );
    let kallor: Vec<&str> = f.rader.iter().map(|r| r.etikett.as_str()).collect();
    assert_eq!(kallor[1..], ["Bidragsgivaren", "Nämnd B"]);
    let [for_mycket] = fall(450_000).try_into().unwrap();
    assert_eq!(for_mycket.allvar, Allvar::Fel);
    assert!(fall(400_000).is_empty());
}
