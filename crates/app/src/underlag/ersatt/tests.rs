use super::super::prov::{Minne, andrad};
use super::*;
use crate::fakta::Rattelse;
use crate::granskning::Fyndlage;
use crate::lasning::Bok;
use serde_json::{Value, json};
use utfall_domain::faktum::{FaktumSlag, gallande};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::varde::Varde;

const UPPSALA: &str = include_str!("../../../../../exempel/uppsala.json");
const RAGUNDA: &str = include_str!("../../../../../exempel/ragunda.json");
const REKVIRERAT: &str = "/bidrag/0/ar/0/rekvirerat";

fn kr(belopp: i64) -> Varde {
    Varde::Kant(belopp * 100)
}

/// Uppsala's paper with the requisition said once, and the repayment that follows from it.
fn rattad() -> String {
    let uppgift = |belopp: &str| json!([{ "belopp": belopp, "plats": "§ 64, rad 19" }]);
    andrad(
        UPPSALA,
        &[
            (REKVIRERAT, uppgift("8 005 000 kr")),
            ("/bidrag/0/ar/0/aterbetalas", uppgift("717 159 kr")),
        ],
    )
}

fn uppsala() -> Minne {
    let mut m = Minne::ny("uppsala");
    m.importera("uppsala", UPPSALA);
    m
}

fn varde(bok: &Bok, matt: Matt) -> Varde {
    bok.varde(matt, &Urval::bidrag(bok.bidrag[0].id).ar(2021))
}

fn fel(m: &Minne, per: Option<utfall_domain::tid::PerDag>) -> Vec<String> {
    m.fynd(per)
        .iter()
        .filter(|f| f.kvar() && f.fynd.allvar == utfall_domain::granskning::Allvar::Fel)
        .map(|f| f.fynd.regel.to_owned())
        .collect()
}

#[test]
fn a_corrected_version_takes_the_findings_away_and_the_figures_with_it() {
    let mut m = uppsala();
    assert!(fel(&m, None).contains(&"samma-uppgift".to_owned()));
    let forr = m.nasta_dag();
    let fore = m.bocker.fakta.len();
    let svar = m.ersatt("uppsala", &rattad()).unwrap();
    let s = &svar.skillnad;
    assert_eq!((s.nya.len(), s.andrade.len(), s.strukna.len()), (0, 2, 0));
    assert_eq!(s.lika + 2, fore, "resten står orört");
    assert_eq!(m.bocker.fakta.len(), fore + 2);
    let rekvirerat = s.andrade.iter().find(|p| p.vad.contains("Rekvirerat"));
    let rekvirerat = rekvirerat.unwrap();
    assert!(
        rekvirerat
            .fore
            .as_ref()
            .unwrap()
            .contains("8\u{a0}052\u{a0}000")
    );
    assert!(
        rekvirerat
            .nu
            .as_ref()
            .unwrap()
            .contains("8\u{a0}005\u{a0}000")
    );

    let kvar = fel(&m, None);
    assert!(!kvar.contains(&"samma-uppgift".to_owned()), "{kvar:?}");
    assert!(
        !kvar.contains(&"rekvirerat-anvant-aterbetalt".to_owned()),
        "{kvar:?}"
    );
    // What the new version says as wrongly as before is still wrong.
    assert!(
        kvar.contains(&"forklaring-mot-avvikelse".to_owned()),
        "{kvar:?}"
    );
    assert_eq!(varde(&m.bok(None), Matt::Rekvirerat), kr(8_005_000));
    assert_eq!(varde(&m.bok(None), Matt::Aterbetalning), kr(717_159));
    // As of the day before, all is as it was.
    assert_eq!(varde(&m.bok(Some(forr)), Matt::Rekvirerat), kr(8_052_000));
    assert!(fel(&m, Some(forr)).contains(&"samma-uppgift".to_owned()));
    // The new facts say where they stand, and what they correct.
    let nya = &m.bocker.fakta[fore..];
    for f in nya {
        let kalla = f.fakta.kalla.as_ref().unwrap();
        assert_eq!(kalla.underlag, svar.id);
        assert!(f.fakta.rattar.is_some() && f.fakta.orsak.is_some(), "{f:?}");
    }
}

#[test]
fn what_is_no_longer_stated_is_struck_and_comes_back_when_it_is() {
    let mut m = uppsala();
    let utan = {
        let mut papper: Value = serde_json::from_str(UPPSALA).unwrap();
        papper["insatser"][4]["ekonomi"][0]
            .as_object_mut()
            .unwrap()
            .remove("utfall");
        papper.to_string()
    };
    let svar = m.ersatt("uppsala", &utan).unwrap();
    let s = &svar.skillnad;
    assert_eq!((s.nya.len(), s.andrade.len(), s.strukna.len()), (0, 0, 1));
    assert!(s.strukna[0].nu.is_none() && s.strukna[0].fore.is_some());
    let struket = m.bocker.fakta.last().unwrap();
    assert!(struket.fakta.struken);
    let orsak = struket.fakta.orsak.as_ref().unwrap();
    assert!(orsak.contains("Rättad av nämnden"), "{orsak}");
    let anvant = |m: &Minne| {
        let fakta = gallande(&m.bocker.fakta, None).into_iter();
        fakta.filter(|f| f.fakta.slag == FaktumSlag::Anvant).count()
    };
    let (utan, med) = (anvant(&m), {
        m.ersatt("uppsala", &format!("{UPPSALA}\n")).unwrap();
        anvant(&m)
    });
    assert_eq!(utan + 1, med);
    assert_eq!(m.bocker.versioner(m.bocker.underlag[2].id).len(), 3);
}

#[test]
fn what_a_person_has_decided_is_kept_and_told() {
    let mut m = uppsala();
    let rekvirerat = m.faktum(FaktumSlag::Rekvirerat, 805_200_000);
    m.ratta(rekvirerat, kr(8_001_000));
    let svar = m.ersatt("uppsala", &rattad()).unwrap();
    let s = &svar.skillnad;
    assert_eq!((s.andrade.len(), s.behallna.len()), (1, 1), "{s:#?}");
    assert_eq!(varde(&m.bok(None), Matt::Rekvirerat), kr(8_001_000));
    // The books and the paper now say different things, and granskning says so.
    let fynd = m.fynd(None);
    let olika: Vec<_> = fynd
        .iter()
        .filter(|f| f.fynd.regel == "samma-uppgift-i-papper")
        .collect();
    assert_eq!(olika.len(), 1, "{olika:#?}");
    assert!(olika[0].fynd.text.contains("i böckerna"), "{olika:#?}");
    assert_eq!(olika[0].lage, Fyndlage::Kvar);
    // Correcting it again, now that the new version is known, settles it.
    let nu = m.faktum(FaktumSlag::Rekvirerat, 800_100_000);
    m.ratta(nu, kr(8_005_000));
    let kvar = m.fynd(None);
    let mut kvar = kvar.iter().filter(|f| f.kvar());
    assert!(!kvar.any(|f| f.fynd.regel == "samma-uppgift-i-papper"));
}

#[test]
fn what_a_person_has_struck_stays_struck() {
    let mut m = uppsala();
    let aterbetalning = m.faktum(FaktumSlag::Aterbetalning, 76_415_900);
    m.ratta_till(aterbetalning, Rattelse::Stryk);
    let svar = m.ersatt("uppsala", &rattad()).unwrap();
    assert_eq!(svar.skillnad.behallna.len(), 1, "{:#?}", svar.skillnad);
    let bok = m.bok(None);
    let fakta = bok.fakta();
    assert!(
        fakta
            .iter()
            .all(|f| f.fakta.slag != FaktumSlag::Aterbetalning)
    );
}

#[test]
fn what_another_paper_states_too_becomes_that_papers() {
    let mut m = Minne::ny("ragunda");
    m.importera("ragunda", RAGUNDA);
    let annat = andrad(RAGUNDA, &[("/dokument/titel", json!("Samma igen"))]);
    m.importera("ragunda-bilaga", &annat);
    let fore = gallande(&m.bocker.fakta, None).len();
    let mut papper: Value = serde_json::from_str(RAGUNDA).unwrap();
    papper["bidrag"][0]["ar"][0]
        .as_object_mut()
        .unwrap()
        .remove("tilldelat");
    let svar = m.ersatt("ragunda", &papper.to_string()).unwrap();
    assert!(svar.skillnad.strukna.is_empty(), "{:#?}", svar.skillnad);
    assert_eq!(gallande(&m.bocker.fakta, None).len(), fore);
    let bilaga = m.bocker.underlag[1].id;
    let ny = m.bocker.fakta.last().unwrap();
    assert_eq!(ny.fakta.kalla.as_ref().unwrap().underlag, bilaga);
}

#[test]
fn the_same_paper_no_paper_and_another_version_than_the_one_seen_are_refused() {
    let mut m = uppsala();
    let nej = |svar: Result<Ersatt, Problem>| svar.unwrap_err().kod;
    assert_eq!(nej(m.ersatt("uppsala", UPPSALA)), "underlag-redan-inlast");
    assert_eq!(
        nej(m.ersatt("nagot-annat", &rattad())),
        "underlag-inget-att-ersatta"
    );
    let forsta = m.bocker.underlag[0].id;
    m.ersatt_sedd("uppsala", &rattad(), Some(forsta)).unwrap();
    let igen = format!("{UPPSALA}\n");
    assert_eq!(
        nej(m.ersatt_sedd("uppsala", &igen, Some(forsta))),
        "underlag-version"
    );
    let annan = andrad(&igen, &[("/dokument/huvudman/slug", json!("ragunda"))]);
    assert_eq!(nej(m.ersatt("uppsala", &annan)), "underlag-annan-huvudman");
}

#[test]
fn every_paper_can_be_read_again_without_changing_a_fact() {
    for p in crate::demo::PAPPER {
        let papper: Value = serde_json::from_str(p.json).unwrap();
        let slug = papper["dokument"]["huvudman"]["slug"].as_str().unwrap();
        let mut m = Minne::ny(slug);
        m.importera(p.stam, p.json);
        let (objekt, fakta) = (m.bocker.insatser.len(), m.bocker.fakta.len());
        let svar = m.ersatt(p.stam, &format!("{}\n", p.json)).unwrap();
        assert_eq!(
            svar.skillnad.lika, fakta,
            "{}: {:#?}",
            p.stam, svar.skillnad
        );
        assert_eq!(m.bocker.fakta.len(), fakta, "{}", p.stam);
        assert_eq!(m.bocker.insatser.len(), objekt, "{}", p.stam);
    }
}
