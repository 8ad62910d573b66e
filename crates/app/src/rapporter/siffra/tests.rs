use super::*;
use utfall_domain::rapport::aterrapport::Aterrapport;
use utfall_domain::rapporter::Aterrapportmall;

use crate::prov::{bidrag, bocker, faktum, utfardad};
use crate::rapporter::bygg::{Ram, Utkast, bygg};
use jiff::civil::date;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BidragId, FaktumId};
use utfall_domain::tid::PerDag;

fn rad(nr: i64, slag: FaktumSlag, kr: i64) -> Faktum {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let nytt = NyttFaktum {
        orsak: Some("verifikation 17, Anna".into()),
        ..NyttFaktum::nytt(slag, galler, Varde::Kant(kr * 100))
    };
    Faktum {
        id: FaktumId::ny(nr).unwrap(),
        ..faktum(nytt, utfardad())
    }
}

fn indata(utfardas: Option<&str>) -> Aterrapport {
    let ram = Ram {
        ident: "x",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        bokforing: None,
        utfardas,
    };
    let utkast = Utkast {
        ar: 2021,
        ..Utkast::default()
    };
    let fakta = vec![
        rad(1, FaktumSlag::Rekvirerat, 900),
        rad(2, FaktumSlag::AnvantNamnd, 700),
        rad(3, FaktumSlag::Medfinansiering, 5),
    ];
    let bok = Bok::av(Arc::new(Bocker { fakta, ..bocker() }), None);
    bygg(&bok, (&bidrag(), Aterrapportmall::Allman), &utkast, &ram)
}

fn siffra(indata: &Aterrapport, matt: Matt) -> Option<Varde> {
    let urval = Urval::bidrag(BidragId::FORSTA).ar(2021);
    let indata = Indata::Aterrapport(Box::new(indata.clone()));
    Rapportsiffra::i(&indata, &bocker().huvudman, matt, &urval).map(|s| s.varde)
}

#[test]
fn a_printed_figure_and_its_terms_are_told_from_the_frozen_rows_and_nothing_else_is() {
    let fryst = indata(Some("r"));
    let kr = |kr: i64| Some(Varde::Kant(kr * 100));
    assert_eq!(siffra(&fryst, Matt::AttAterbetala), kr(200));
    assert_eq!(siffra(&fryst, Matt::Anvant), kr(700));
    // A term of what is to be repaid, in no line of its own.
    assert_eq!(siffra(&fryst, Matt::RekvireratOchOverfort), kr(900));
    // Known to the books, but not to the report: its rows are not there.
    assert_eq!(siffra(&fryst, Matt::Medfinansiering), None);
    assert_eq!(siffra(&fryst, Matt::Tilldelat), None);
    let annat_ar = Urval::bidrag(BidragId::FORSTA).ar(2020);
    let huvudman = bocker().huvudman;
    let fryst = Indata::Aterrapport(Box::new(fryst));
    assert!(Rapportsiffra::i(&fryst, &huvudman, Matt::Anvant, &annat_ar).is_none());
}

#[test]
fn every_printed_figure_is_counted_again_from_the_frozen_rows() {
    let fryst = indata(Some("r"));
    let bok = Bok::av(
        Arc::new(fryst.bakom.as_ref().unwrap().bocker(bocker().huvudman)),
        None,
    );
    let mut antal = 0;
    for s in fryst.siffror() {
        let (matt, urval) = s.fraga().unwrap();
        assert_eq!(bok.varde(matt, &urval), s.varde, "{matt:?} {urval:?}");
        antal += 1;
    }
    assert!(antal >= 9, "{antal}");
}

#[test]
fn frozen_rows_name_nobody_and_hold_no_other_rows() {
    let json = serde_json::to_string(&indata(Some("r"))).unwrap();
    assert!(!json.contains("Anna"), "{json}");
    let rader = &indata(Some("r")).bakom.unwrap().rader;
    let ids: Vec<i64> = rader.iter().map(|r| r.id.nummer()).collect();
    assert_eq!(ids, [1, 2]);
}

#[test]
fn a_report_from_before_the_rows_were_frozen_tells_the_printed_number_alone() {
    let mut gammal = indata(Some("r"));
    gammal.bakom = None;
    assert_eq!(siffra(&gammal, Matt::Anvant), Some(Varde::Kant(70_000)));
    assert_eq!(siffra(&gammal, Matt::RekvireratOchOverfort), None);
}

#[test]
fn a_draft_leads_behind_sign_in_and_freezes_nothing() {
    let utkast = indata(None);
    assert_eq!(utkast.bakom, None);
    let till = utkast.rekvirerat.harledning.unwrap();
    assert!(till.starts_with("/harledning/rekvirerat?"), "{till}");
    assert!(till.ends_with("&per=2022-02-02"), "{till}");
    let till = indata(Some("r")).rekvirerat.harledning.unwrap();
    assert!(
        till.starts_with("/a/rapporter/r/harledning/rekvirerat?"),
        "{till}"
    );
}
