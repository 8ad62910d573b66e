//! Money that a paper says in more than one way: counted once, and never lost.

use super::*;
use serde_json::{Value, json};
use utfall_domain::id::{BidragId, InsatsId};

/// A paper of Exempelby's with these sections.
fn papper(avsnitt: &Value) -> Bok {
    let mut rot = json!({
        "format": "utfall-underlag/1",
        "dokument": { "titel": "Prov", "slag": "aterrapport", "kalla": "Påhittat",
            "huvudman": { "slug": "exempelby", "namn": "Exempelby kommun", "slag": "kommun",
                          "pahittat": true } },
        "organisationer": [
            { "id": "verket", "namn": "Stödverket", "slag": "myndighet" },
            { "id": "regionen", "namn": "Regionen", "slag": "region" },
            { "id": "an", "namn": "Arbetsnämnden", "slag": "namnd" },
            { "id": "sn", "namn": "Socialnämnden", "slag": "namnd" },
        ],
    });
    let falt = rot.as_object_mut().unwrap();
    falt.extend(avsnitt.as_object().unwrap().clone());
    bok("prov", &rot.to_string())
}

fn en(belopp: &str) -> Value {
    json!([{ "belopp": belopp, "plats": "s. 1" }])
}

fn bidrag(id: &str, finansiar: &str, ar: &Value) -> Value {
    json!({ "id": id, "namn": id, "finansiar": finansiar, "plats": "s. 1", "ar": ar })
}

fn insats(id: &str, bidrag: &str, ekonomi: &Value) -> Value {
    json!({ "id": id, "namn": id, "bidrag": bidrag, "ansvariga": ["an"], "plats": "s. 2",
            "ekonomi": ekonomi })
}

fn fordelning(id: &str, bidrag: &[&str], status: &str, rader: &Value) -> Value {
    json!({ "id": id, "titel": id, "bidrag": bidrag, "status": status, "plats": "s. 4",
            "rader": rader })
}

fn b(bok: &Bok, slug: &str) -> BidragId {
    bok.bidrag.iter().find(|b| b.slug == slug).unwrap().id
}

fn i(bok: &Bok, slug: &str) -> InsatsId {
    bok.insatser.iter().find(|i| i.slug == slug).unwrap().id
}

/// Two grants that each carried money over, in one distribution.
fn tva_bidrag(rader: &Value) -> Bok {
    papper(&json!({
        "bidrag": [
            bidrag("ett", "verket", &json!([{ "ar": 2025, "status": "slutlig",
                "tilldelat": en("1 000 000 kr"), "overfort_in": en("300 000 kr") }])),
            bidrag("tva", "regionen", &json!([{ "ar": 2025, "status": "slutlig",
                "tilldelat": en("500 000 kr"), "overfort_in": en("100 000 kr") }])),
        ],
        "insatser": [insats("cafe", "ett", &json!([])), insats("cykel", "tva", &json!([]))],
        "fordelningar": [fordelning("f", &["ett", "tva"], "beslutad", rader)],
    }))
}

#[test]
fn each_grant_keeps_its_carried_over_money_in_a_distribution_of_several() {
    let belopp = |nytt: &str, over: &str| json!([{ "ar": 2025, "nytt": nytt, "overfort": over }]);
    let (ett, tva) = (
        belopp("1 000 000 kr", "300 000 kr"),
        belopp("500 000 kr", "100 000 kr"),
    );
    // By initiative, by funder, and by both.
    for (insats, finansiar) in [(true, false), (false, true), (true, true)] {
        let rad = |insats_: &str, betalar: &str, belopp: &Value| {
            let mut rad = json!({ "etikett": insats_, "belopp": belopp });
            if insats {
                rad["insats"] = insats_.into();
            }
            if finansiar {
                rad["finansiar"] = betalar.into();
            }
            rad
        };
        let bok = tva_bidrag(&json!([
            rad("cafe", "verket", &ett),
            rad("cykel", "regionen", &tva)
        ]));
        for (slug, over, allt) in [("ett", 300_000, 1_300_000), ("tva", 100_000, 600_000)] {
            let u = Urval::bidrag(b(&bok, slug)).ar(2025);
            assert_eq!(bok.varde(Matt::OverfortIn, &u), kr(over), "{slug}");
            assert_eq!(bok.varde(Matt::Tillgangligt, &u), kr(allt), "{slug}");
            assert_eq!(bok.varde(Matt::Fordelat, &u), kr(allt), "{slug}");
            assert_eq!(bok.varde(Matt::KvarAttFordela, &u), kr(0), "{slug}");
        }
        assert_eq!(bok.varde(Matt::OverfortIn, &Urval::default()), kr(400_000));
    }
}

#[test]
fn a_row_of_no_known_grant_takes_no_carried_over_money_from_any() {
    let bok = tva_bidrag(&json!([
        { "etikett": "Gemensamt", "belopp": [{ "ar": 2025, "nytt": "200 000 kr",
            "overfort": "400 000 kr" }] },
    ]));
    let u = |slug: &str| Urval::bidrag(b(&bok, slug)).ar(2025);
    assert_eq!(bok.varde(Matt::OverfortIn, &u("ett")), kr(300_000));
    assert_eq!(bok.varde(Matt::OverfortIn, &u("tva")), kr(100_000));
    let alla = Urval::default().ar(2025);
    assert_eq!(bok.varde(Matt::OverfortIn, &alla), kr(400_000));
    assert_eq!(bok.varde(Matt::Tillgangligt, &alla), kr(1_900_000));
    assert_eq!(bok.varde(Matt::Fordelat, &alla), kr(600_000));
}

#[test]
fn money_out_of_one_year_and_on_the_rows_of_the_next_is_the_same_money() {
    let bok = papper(&json!({
        "bidrag": [bidrag("ett", "verket", &json!([
            { "ar": 2024, "status": "slutlig", "overfort_ut": en("300 000 kr") },
            { "ar": 2025, "status": "slutlig", "tilldelat": en("1 000 000 kr") },
        ]))],
        "insatser": [insats("cafe", "ett", &json!([]))],
        "fordelningar": [fordelning("f", &["ett"], "beslutad",
            &rad("cafe", &json!({ "ar": 2025, "overfort": "250 000 kr" })))],
    }));
    let u = Urval::bidrag(b(&bok, "ett"));
    assert_eq!(
        bok.varde(Matt::OverfortIn, &u.clone().ar(2025)),
        kr(300_000)
    );
    assert_eq!(bok.varde(Matt::OverfortUt, &u.ar(2024)), kr(300_000));
}

#[test]
fn rows_that_carry_over_more_than_the_grant_says_leave_no_negative_rest() {
    let bok = tva_bidrag(&json!([
        { "etikett": "cafe", "insats": "cafe", "belopp": [{ "ar": 2025, "nytt": "1 kr",
            "overfort": "350 000 kr" }] },
    ]));
    assert!(
        bok.fakta
            .iter()
            .all(|f| f.varde().kant().is_none_or(|tal| tal >= 0))
    );
    let u = Urval::bidrag(b(&bok, "ett")).ar(2025);
    assert_eq!(bok.varde(Matt::OverfortIn, &u), kr(350_000));
}

/// One grant of 2025 with one initiative, its budget, and these tables.
fn ett_bidrag(budget: &Value, fordelningar: &Value) -> Bok {
    papper(&json!({
        "bidrag": [bidrag("ett", "verket", &json!([{ "ar": 2025, "status": "slutlig",
            "tilldelat": en("1 000 000 kr"), "overfort_in": en("300 000 kr") }]))],
        "insatser": [insats("cafe", "ett", budget), insats("cykel", "ett", &json!([]))],
        "fordelningar": fordelningar,
    }))
}

fn rad(insats: &str, belopp: &Value) -> Value {
    json!([{ "etikett": insats, "insats": insats, "belopp": [belopp] }])
}

#[test]
fn what_a_proposal_carries_over_is_not_taken_from_the_grant() {
    let beslutad = rad("cafe", &json!({ "ar": 2025, "nytt": "600 000 kr" }));
    let forslag = rad("cykel", &json!({ "ar": 2025, "overfort": "300 000 kr" }));
    let bok = ett_bidrag(
        &json!([]),
        &json!([
            fordelning("beslut", &["ett"], "beslutad", &beslutad),
            fordelning("forslag", &["ett"], "forslag", &forslag),
        ]),
    );
    let u = Urval::bidrag(b(&bok, "ett")).ar(2025);
    assert_eq!(bok.varde(Matt::OverfortIn, &u), kr(300_000));
    assert_eq!(bok.varde(Matt::Fordelat, &u), kr(600_000));
}

#[test]
fn a_proposal_beside_a_decision_takes_no_budget_away() {
    let bok = ett_bidrag(
        &json!([{ "ar": 2025, "budget": en("400 000 kr") }]),
        &json!([
            fordelning(
                "beslut",
                &["ett"],
                "beslutad",
                &rad("cykel", &json!({ "ar": 2025, "nytt": "600 000 kr" }))
            ),
            fordelning(
                "forslag",
                &["ett"],
                "forslag",
                &rad("cafe", &json!({ "ar": 2025, "nytt": "300 000 kr" }))
            ),
        ]),
    );
    let u = Urval::bidrag(b(&bok, "ett")).ar(2025);
    assert_eq!(bok.varde(Matt::Fordelat, &u), kr(1_000_000));
    assert_eq!(
        bok.varde(Matt::Fordelat, &u.for_insats(i(&bok, "cafe"))),
        kr(400_000)
    );
}

#[test]
fn a_stated_total_tells_the_part_that_the_row_leaves_out() {
    let belopp = |belopp: Value| {
        let f = fordelning("f", &["ett"], "beslutad", &rad("cafe", &belopp));
        let bok = ett_bidrag(&json!([]), &json!([f]));
        let u = Urval::insats(i(&bok, "cafe")).ar(2025);
        [Matt::FordelatNytt, Matt::FordelatOverfort, Matt::Fordelat].map(|m| bok.varde(m, &u))
    };
    let (a, c) = ("100 000 kr", "600 000 kr");
    let vantat = [kr(500_000), kr(100_000), kr(600_000)];
    assert_eq!(
        belopp(json!({ "ar": 2025, "overfort": a, "totalt": c })),
        vantat
    );
    let nytt = json!({ "ar": 2025, "nytt": "500 000 kr", "totalt": c });
    assert_eq!(belopp(nytt), vantat);
    // The total of thousands is nothing more than what was carried over.
    let avrundat = json!({ "ar": 2025, "overfort": "599 700 kr", "totalt": "600 tkr" });
    assert_eq!(belopp(avrundat)[0], kr(0));
    // Carried over and no more said: that is what there is.
    let bara = belopp(json!({ "ar": 2025, "overfort": a }));
    assert_eq!(bara, [Varde::EjBeslutat, kr(100_000), kr(100_000)]);
}

#[test]
fn a_budget_beside_a_row_is_the_same_money() {
    let med = |budget: &str, belopp: Value| {
        let f = fordelning("f", &["ett"], "beslutad", &rad("cafe", &belopp));
        let bok = ett_bidrag(&json!([{ "ar": 2025, "budget": en(budget) }]), &json!([f]));
        let u = Urval::bidrag(b(&bok, "ett"));
        assert_eq!(
            bok.varde(Matt::Fordelat, &u.clone().ar(2025)),
            bok.varde(Matt::Fordelat, &u)
        );
        bok.varde(Matt::Fordelat, &u)
    };
    let over = json!({ "ar": 2025, "overfort": "300 000 kr" });
    assert_eq!(med("300 000 kr", over.clone()), kr(300_000));
    assert_eq!(med("500 000 kr", over.clone()), kr(500_000));
    assert_eq!(med("200 000 kr", over), kr(300_000));
    let totalt = json!({ "ar": 2025, "overfort": "300 000 kr", "totalt": "300 000 kr" });
    assert_eq!(med("300 000 kr", totalt), kr(300_000));
    assert_eq!(
        med("500 000 kr", json!({ "nytt": "500 000 kr" })),
        kr(500_000)
    );
    assert_eq!(
        med("500 000 kr", json!({ "ar": 2025, "nytt": "400 000 kr" })),
        kr(400_000)
    );
}

#[test]
fn a_table_printed_twice_is_counted_once_and_another_decision_is_added() {
    let tabell = |cafe: &str, cykel: &str| {
        json!([
            { "etikett": "cafe", "insats": "cafe", "belopp": [{ "ar": 2025, "nytt": cafe }] },
            { "etikett": "cykel", "insats": "cykel", "belopp": [{ "ar": 2025, "nytt": cykel }] },
        ])
    };
    let tva = |andra: &Value| {
        let forsta = tabell("400 tkr", "200 000 kr");
        let f = |id, rader| fordelning(id, &["ett"], "beslutad", rader);
        let bok = ett_bidrag(
            &json!([]),
            &json!([f("beslut", &forsta), f("bilaga", andra)]),
        );
        bok.varde(Matt::Fordelat, &Urval::bidrag(b(&bok, "ett")).ar(2025))
    };
    // The most exact of two printings holds.
    assert_eq!(tva(&tabell("400 200 kr", "200 000 kr")), kr(600_200));
    // Printed again with one amount wrong: the first holds, and granskning tells.
    assert_eq!(tva(&tabell("400 tkr", "20 000 kr")), kr(600_000));
    assert_eq!(
        tva(&rad("cafe", &json!({ "ar": 2025, "nytt": "400 tkr" }))),
        kr(600_000)
    );
    // More money to one of them, and money to a year of its own.
    assert_eq!(
        tva(&rad("cafe", &json!({ "ar": 2025, "nytt": "50 000 kr" }))),
        kr(650_000)
    );
    assert_eq!(
        tva(&rad("cafe", &json!({ "ar": 2026, "nytt": "400 tkr" }))),
        kr(600_000)
    );
}

/// A grant whose boards have used this of it.
fn namnder(totalt: Option<&str>, an: Option<&str>, sn: Option<&str>) -> Bok {
    let namnd = |id: &str, anvant: Option<&str>| {
        let mut n = json!({ "organisation": id, "fordelat": en("500 000 kr") });
        if let Some(anvant) = anvant {
            n["anvant"] = en(anvant);
        }
        n
    };
    let mut ar = json!({ "ar": 2025, "status": "slutlig", "rekvirerat": en("1 000 000 kr"),
                         "namnder": [namnd("an", an), namnd("sn", sn)] });
    if let Some(totalt) = totalt {
        ar["anvant"] = en(totalt);
    }
    papper(&json!({ "bidrag": [bidrag("ett", "verket", &json!([ar]))] }))
}

#[test]
fn a_board_that_has_not_reported_does_not_become_the_rest() {
    let varden = |bok: &Bok| {
        let u = Urval::bidrag(b(bok, "ett")).ar(2025);
        let sn = bok.organisationer.iter().find(|o| o.heter("Socialnämnden"));
        let sn = u.clone().for_organisation(sn.unwrap().id);
        [
            bok.varde(Matt::Anvant, &u),
            bok.varde(Matt::AttAterbetala, &u),
            bok.varde(Matt::Anvant, &sn),
        ]
    };
    let (hela, del) = (Some("1 000 000 kr"), Some("700 000 kr"));
    let vantas = Varde::EjInrapporterat;
    assert_eq!(
        varden(&namnder(hela, del, None)),
        [kr(1_000_000), kr(0), vantas]
    );
    assert_eq!(varden(&namnder(None, del, None)), [vantas, vantas, vantas]);
    assert_eq!(
        varden(&namnder(hela, None, None)),
        [kr(1_000_000), kr(0), vantas]
    );
    let alla = namnder(hela, del, Some("200 000 kr"));
    assert_eq!(varden(&alla), [kr(900_000), kr(100_000), kr(200_000)]);
    let u = Urval::bidrag(b(&alla, "ett"));
    assert_eq!(
        namnder(None, del, None)
            .matt(Matt::Anvant, &u)
            .utfall
            .kand_del,
        Some(70_000_000)
    );
}

#[test]
fn people_in_all_and_year_by_year_are_the_same_people() {
    let p = |ar: Option<i16>, totalt: i64| {
        json!({ "rubrik": "Deltagare", "insats": "cafe", "ar": ar, "totalt": totalt,
                "plats": "s. 1", "utfall": [{ "utfall": "arbete", "antal": totalt / 5 }] })
    };
    let bok = papper(&json!({
        "bidrag": [bidrag("ett", "verket", &json!([]))],
        "insatser": [insats("cafe", "ett", &json!([]))],
        "personer": [p(None, 60), p(Some(2024), 35), p(Some(2025), 25)],
    }));
    let u = Urval::insats(i(&bok, "cafe"));
    for (matt, alla, forsta) in [(Matt::Deltagare, 60, 35), (Matt::Resultat, 12, 7)] {
        assert_eq!(bok.varde(matt, &u), Varde::Kant(alla));
        assert_eq!(bok.varde(matt, &u.clone().ar(2024)), Varde::Kant(forsta));
    }
}

#[test]
fn what_was_awaited_is_filled_in_by_the_next_paper() {
    let forst = namnder(None, Some("700 000 kr"), None);
    let ar = json!([{ "ar": 2025, "status": "slutlig", "namnder": [
        { "organisation": "sn", "anvant": en("250 000 kr") },
        { "organisation": "an", "anvant": en("1 kr") },
    ] }]);
    let rot = json!({
        "format": "utfall-underlag/1",
        "dokument": { "titel": "Senare", "slag": "aterrapport", "kalla": "Påhittat",
            "huvudman": { "slug": "exempelby", "namn": "Exempelby kommun", "slag": "kommun",
                          "pahittat": true } },
        "organisationer": [
            { "id": "verket", "namn": "Stödverket", "slag": "myndighet" },
            { "id": "an", "namn": "Arbetsnämnden", "slag": "namnd" },
            { "id": "sn", "namn": "Socialnämnden", "slag": "namnd" },
        ],
        "bidrag": [bidrag("ett", "verket", &ar)],
    });
    let papper = las("senare", rot.to_string().as_bytes()).unwrap();
    let mut miljo = Miljo::ny(jiff::Timestamp::UNIX_EPOCH, 1_000);
    let id = miljo.underlag();
    let plan = oversatt(&papper, id, &forst, &mut miljo).unwrap();
    let nya: Vec<_> = plan
        .andringar
        .iter()
        .filter_map(|a| match a {
            Andring::NyttFaktum { faktum, .. } => Some(faktum),
            _ => None,
        })
        .collect();
    // What the first paper says holds; what it waited for is filled in.
    assert_eq!(nya.len(), 1, "{nya:#?}");
    assert_eq!(nya[0].varde, kr(250_000));
    let vantat = forst.fakta.iter().find(|f| Some(f.id) == nya[0].rattar);
    assert_eq!(vantat.unwrap().varde(), Varde::EjInrapporterat);
}
