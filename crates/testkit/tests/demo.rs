//! The demo world stands, and its figures are those of the papers.

#![expect(
    clippy::too_many_lines,
    reason = "ett prov som berättar ett helt år läses bäst i ett stycke"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_app::fakta::RegistreraFaktum;
use utfall_app::medel::forslag;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::granskning::Allvar;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::arsavslut::stangt;
use utfall_domain::medel::aterbetalning::{en, medgivande};
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, alla};
use utfall_domain::publicering::Publicerat;
use utfall_domain::varde::Varde;
use utfall_testkit::{Demomall, Snabbsattare, Varld};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_world_can_be_built_and_read() {
    let v = Varld::demo().await;
    for slug in [
        "forsby",
        "uppsala",
        "sandviken",
        "ragunda",
        "strangnas",
        "ornskoldsvik",
    ] {
        let aktor = v.aktor(slug, Roll::Ekonom).await;
        let bok = v.tjanst.bok(&aktor, Atgard::LasaMedel, None).await.unwrap();
        let fynd = v.tjanst.granska(&aktor).await.unwrap();
        let antal = |a| fynd.iter().filter(|f| f.fynd.allvar == a).count();
        println!(
            "{slug}: {} fakta, {} insatser, {} bidrag, {} fel, {} varningar, {} upplysningar",
            bok.fakta.len(),
            bok.insatser.len(),
            bok.bidrag.len(),
            antal(Allvar::Fel),
            antal(Allvar::Varning),
            antal(Allvar::Upplysning),
        );
        assert!(!bok.fakta.is_empty());
        assert!(!bok.publiceringar.is_empty() || bok.insatser.is_empty());
    }
}

/// Forsby has something in every stage of a grant's life, and nothing is entered before it
/// has happened.
#[tokio::test(flavor = "multi_thread")]
async fn forsby_has_grants_in_every_stage() {
    let v = Varld::demo().await;
    let ekonom = v.aktor("forsby", Roll::Ekonom).await;
    let tjanst = &v.tjanst;
    let bok = tjanst.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
    let bidrag = |slug: &str| bok.bidrag.iter().find(|b| b.slug == slug).unwrap();
    let tilldelat = |slug: &str| {
        let urval = Urval::bidrag(bidrag(slug).id).ar(2026);
        bok.matt(Matt::Tilldelat, &urval).utfall
    };

    // Applied for: there is no amount, and the public is told nothing.
    let sokt = bidrag("vagen-in-2027-2028-sokt");
    let urval = Urval::bidrag(sokt.id).ar(2027);
    assert_eq!(bok.varde(Matt::Tilldelat, &urval), Varde::EjBeslutat);
    let publicerat = |id| {
        let mut alla = bok.publiceringar.iter();
        alla.any(|p| p.vad == Publicerat::Bidrag(id))
    };
    assert!(!publicerat(sokt.id) && publicerat(bidrag("unga-2023").id));
    // Preliminary, and decided.
    assert!(tilldelat("sprak-yrke-2026").preliminar);
    assert!(!tilldelat("unga-i-arbete").preliminar);
    // Proposals beside what is in force.
    let forslagen = forslag(&bok, bidrag("sprak-yrke-2026").id);
    assert_eq!(forslagen.len(), 2, "{forslagen:?}");

    // Requested: every state there is but one, and none later than today.
    let rekvisitioner = alla(&bok.medelsposter);
    let lagen: BTreeSet<&str> = rekvisitioner.iter().map(|r| r.lage.text()).collect();
    let vantade = ["beviljad", "inskickad", "utbetald", "utkast", "återkallad"];
    assert_eq!(lagen.into_iter().collect::<Vec<_>>(), vantade);
    let delvis = |r: &Rekvisition| match r.lage {
        Lage::Beviljad { belopp, .. } => belopp < r.uppgift.belopp,
        _ => false,
    };
    assert!(rekvisitioner.iter().any(delvis), "granted in part");

    // To be carried over with consent.
    let ensamhet = bidrag("mot-ensamhet-2026").id;
    assert!(medgivande(&bok.medelsposter, ensamhet, 2026, 2027).is_some());
    // Repaid, repaid in part, and closed and locked.
    let kvar = |slug, ar| {
        let sak = en(&bok.medelsposter, bidrag(slug).id, ar).unwrap();
        (sak.belopp, sak.kvar())
    };
    assert_eq!(kvar("psykisk-halsa", 2025), (6_000_000, 0));
    assert_eq!(kvar("digitalt-2025", 2025), (33_000_000, 20_000_000));
    let stangda: Vec<&str> = bok
        .bidrag
        .iter()
        .filter(|b| b.ar.iter().any(|ar| stangt(&bok.medelsposter, b.id, *ar)))
        .map(|b| b.slug.as_str())
        .collect();
    assert_eq!(stangda, ["unga-2023"]);
    let last = RegistreraFaktum {
        faktum: NyttFaktum {
            orsak: Some("Prov".into()),
            ..NyttFaktum::nytt(
                FaktumSlag::Anvant,
                Galler {
                    insats: bok
                        .insatser
                        .iter()
                        .find(|i| i.slug == "studiecoach")
                        .map(|i| i.id),
                    bidrag: Some(bidrag("unga-2023").id),
                    ar: Some(2023),
                    ..Galler::default()
                },
                Varde::Kant(100),
            )
        },
        tillkommer: true,
    };
    let nej = tjanst.utfor(&ekonom, None, last).await.unwrap_err();
    assert_eq!(nej.kod, "aret-avslutat", "{nej}");

    // The three files are in, and November's is left to try.
    let b = tjanst.bokforing(&ekonom).await.unwrap();
    let filer: Vec<&str> = b
        .bokfort
        .inlasningar
        .iter()
        .map(|i| i.filnamn.as_str())
        .collect();
    let namn = |manad| format!("forsby-2026-{manad}.se");
    assert_eq!(filer, [namn("oktober"), namn("augusti"), namn("april")]);
    // The sums of the boards have what is booked.
    let namnd = bok
        .organisationer
        .iter()
        .find(|o| o.namn_nu() == "Socialnämnden");
    let urval = Urval::default()
        .ar(2026)
        .for_organisation(namnd.unwrap().id);
    assert!(
        bok.varde(Matt::AnvantInsats, &urval)
            .kant()
            .is_some_and(|ore| ore > 100_000_000)
    );
    let nu = utfall_testkit::nu();
    assert!(bok.fakta.iter().all(|f| f.registrerad <= nu));
    let tider = bok.fakta.iter().map(|f| f.registrerad);
    assert!(tider.is_sorted(), "nothing is entered before what is there");
}

/// A world of an earlier day does not know of what comes later, and can be built.
#[tokio::test(flavor = "multi_thread")]
async fn a_world_of_an_earlier_day_books_nothing_of_what_comes_later() {
    for (dag, filer) in [("2026-01-15", 0), ("2026-08-01", 0), ("2026-11-25", 3)] {
        let nu: jiff::Timestamp = format!("{dag}T09:00:00Z").parse().unwrap();
        let v = Demomall::vid(Arc::new(Snabbsattare), nu).varld();
        let ekonom = v.aktor("forsby", Roll::Ekonom).await;
        let b = v.tjanst.bokforing(&ekonom).await.unwrap();
        assert_eq!(b.bokfort.inlasningar.len(), filer, "{dag}");
    }
}
