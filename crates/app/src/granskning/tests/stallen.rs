//! Each fact leads to its own statement in its paper.

use super::*;
use crate::granskning::stallen::i_papperet;
use std::collections::HashMap;
use utfall_domain::faktum::Faktum;
use utfall_domain::underlag as u;

/// Where the facts of the only paper stand in it.
fn stallen(m: &Minne, json: &str) -> HashMap<FaktumId, String> {
    let papper = u::las("papperet", json.as_bytes()).unwrap();
    let fakta: Vec<&Faktum> = m.bocker.fakta.iter().collect();
    let id = m.bocker.underlag[0].id;
    i_papperet(&m.bok(None), id, &papper, &fakta)
}

#[test]
fn every_fact_of_a_paper_leads_to_the_statement_it_was_read_from() {
    let mut m = uppsala();
    let alla = stallen(&m, UPPSALA);
    let papper: Value = serde_json::from_str(UPPSALA).unwrap();
    for f in &m.bocker.fakta {
        let sokvag = alla.get(&f.id).unwrap_or_else(|| panic!("{f:#?}"));
        let pekare = format!("/{}", sokvag.replace(['[', '.'], "/").replace(']', ""));
        let sagt = papper
            .pointer(&pekare)
            .unwrap_or_else(|| panic!("{sokvag}"));
        let last = f.fakta.kalla.as_ref().unwrap();
        if let Some(plats) = sagt.get("plats") {
            assert_eq!(plats.as_str(), Some(last.plats.as_str()), "{sokvag}");
        }
    }
    let lovjobb = m.faktum(FaktumSlag::Anvant, 68_000_000);
    assert!(alla[&lovjobb].starts_with("insatser[") && alla[&lovjobb].ends_with(".utfall[0]"));
    // What was entered by hand stands in no paper, and what it replaced stands where it stood.
    m.ratta(lovjobb, Varde::Kant(70_000_000));
    let nytt = m.bocker.fakta.last().unwrap().id;
    let efter = stallen(&m, UPPSALA);
    assert_eq!(efter.get(&lovjobb), alla.get(&lovjobb));
    assert_eq!(efter.get(&nytt), None);
}
