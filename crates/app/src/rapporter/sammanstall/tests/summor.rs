//! A table's sum is the sum of its rows, and its figures are of the same day.

use super::*;
use utfall_domain::id::OrganisationId;

const FINANSIAR: Option<OrganisationId> = Some(OrganisationId::FORSTA);

/// The report through March, and one of its tables.
fn tabell(mer: Vec<(FaktumSlag, Galler, i64)>, ord: &str) -> Vec<Tabell> {
    let dokument = rapport_om(&bok_med(mer), &EKONOMI, None).dokument();
    let alla = tabeller(&dokument).into_iter().cloned();
    alla.filter(|t| t.rubrik.contains(ord)).collect()
}

fn av(vem: Option<OrganisationId>, kategori: Option<&str>) -> Galler {
    Galler {
        organisation: vem,
        ar: Some(AR),
        kategori: kategori.map(Into::into),
        ..Galler::default()
    }
}

#[test]
fn funders_rows_add_up_although_an_initiative_has_a_budget_of_its_own() {
    // What the grant gives is the initiative's budget; its own plan is not one more.
    let plan = Galler {
        bidrag: None,
        ..galler(1)
    };
    let utan = Galler {
        finansiar: FINANSIAR,
        ..galler(2)
    };
    let mer = vec![
        (FaktumSlag::Budget, plan, 90_000),
        (FaktumSlag::Fordelat, utan, 30_000),
    ];
    let alla = tabell(mer, "efter vem som betalar");
    let t = &alla[0];
    assert_eq!(raden(t, "Alla insatser")[0], "2\u{a0}700");
    let namn: Vec<String> = t.rader.iter().map(|r| r.rubrik[0].visas()).collect();
    assert!(!namn.iter().any(|n| n == "Utan bidrag"), "{namn:?}");
}

#[test]
fn one_associations_capital_is_not_anothers() {
    let (ena, andra) = (OrganisationId::ny(7), OrganisationId::ny(8));
    let mer = vec![
        (FaktumSlag::EgetKapital, av(ena, None), 100_000),
        (FaktumSlag::Partsmedel, av(ena, Some("Kommunen")), 200_000),
        (FaktumSlag::EgetKapital, av(andra, None), 10_000),
        (FaktumSlag::Partsmedel, av(andra, Some("Kommunen")), 300_000),
    ];
    let alla = tabell(mer, "Eget kapital");
    let over: Vec<String> = alla
        .iter()
        .map(|t| raden(t, "= Över taket").remove(0))
        .collect();
    // A fifth of what each is given: 1 000 − 400, and 100 − 600.
    assert_eq!(over, ["600", "\u{2212}500"]);
    assert!(alla.iter().all(|t| t.rubrik.contains(", ")), "vems det är");
    assert!(tabell(Vec::new(), "Eget kapital").is_empty());
}

#[test]
fn what_is_not_used_yet_is_of_the_reports_month() {
    // Somebody has booked a part of April already.
    let april = (FaktumSlag::Anvant, manad(1, 4, "Personal"), 5_000);
    let alla = tabell(vec![april], "Använt till och med mars");
    let raden = raden(&alla[0], "B");
    assert_eq!(raden[..2], ["3\u{a0}000", "700"]);
    assert_eq!(raden[4], "2\u{a0}300");
}

#[test]
fn a_budget_line_that_nobody_reports_on_is_not_unused() {
    let mer = vec![
        (FaktumSlag::Budgetkostnad, av(None, Some("Resor")), 12_000),
        (FaktumSlag::AnvantRad, av(None, Some("Resor")), 2_000),
        (FaktumSlag::Budgetkostnad, av(None, Some("Arvoden")), 6_000),
    ];
    let alla = tabell(mer, "Budget och använt");
    assert_eq!(raden(&alla[0], "Resor")[2], "100");
    let summa = raden(&alla[0], "Alla budgetrader");
    assert_eq!(summa[0], "180");
    assert!(!summa[2].contains("160"), "{summa:?}");
}
