//! The rule between papers: ten pairs in which it must speak, ten in which it must be silent.

use super::generatorer::Slump;
use super::*;
use crate::faktum::{FaktumSlag, Galler, Sakerhet};
use crate::id::{BidragId, InsatsId, OrganisationId};
use crate::pengar::Precision;

pub(super) const KOD: &str = "samma-uppgift-i-papper";

const SLAG: &[FaktumSlag] = &[
    FaktumSlag::Tilldelat,
    FaktumSlag::Rekvirerat,
    FaktumSlag::Anvant,
    FaktumSlag::Deltagare,
    FaktumSlag::Volym,
];

fn sagt(slag: FaktumSlag, varde: i64) -> Sagt {
    Sagt {
        slag,
        galler: Galler {
            bidrag: Some(BidragId::FORSTA),
            ar: Some(2021),
            ..Galler::default()
        },
        etikett: format!("{} 2021", slag.text()),
        varde,
        precision: Precision::EXAKT,
        cirka: false,
        sakerhet: Sakerhet::Slutlig,
        skrivet: varde.to_string(),
        plats: "s. 1".into(),
        sokvag: "bidrag[0].ar[0].tilldelat".into(),
    }
}

fn papper(dokument: &str, sagt: Vec<Sagt>) -> Papperssagt {
    Papperssagt {
        dokument: dokument.into(),
        titel: format!("Papper {dokument}"),
        for_hand: false,
        sagt,
    }
}

/// Two papers about the same thing: that agree, or that differ by so many steps.
fn generator(s: &mut Slump, trasig: bool) -> ([Papperssagt; 2], i128) {
    let slag = s.val(SLAG);
    let pengar = slag.enhet() == crate::faktum::Enhet::Ore;
    // In thousands of kronor, so that the same may be said in either unit.
    let varde = s.tal(1_000, 90_000) * if pengar { 100_000 } else { 1 };
    let fore = sagt(slag, varde);
    let mut sedan = sagt(slag, varde);
    match (trasig, pengar, s.tal(0, 2)) {
        (true, ..) => {
            let steg = if pengar { 100 } else { 1 };
            let skillnad = s.val(&[-1, 1]) * s.tal(1, 900);
            sedan.varde += skillnad * steg;
            let mut andra = vec![sedan];
            // What they agree about beside it changes nothing.
            let mut lika = sagt(FaktumSlag::Aterbetalning, 0);
            lika.galler.bidrag = BidragId::ny(2);
            andra.push(lika.clone());
            let skillnad = i128::from(skillnad) * 1000;
            return (
                [papper("a", vec![fore, lika]), papper("b", andra)],
                skillnad,
            );
        }
        (false, true, 1) => {
            // Rounded to thousands, it is still the same amount.
            sedan.varde += s.tal(-500, 500) * 100;
            let mut grov = fore;
            grov.precision = Precision::TUSENTAL;
            return ([papper("a", vec![grov]), papper("b", vec![sedan])], 0);
        }
        (false, _, 2) => {
            // About something else: another year, or an initiative of its own.
            sedan.varde += 7;
            if s.tal(0, 1) == 0 {
                sedan.galler.ar = Some(2022);
            } else {
                sedan.galler.insats = InsatsId::ny(9);
            }
        }
        (false, ..) => {}
    }
    ([papper("a", vec![fore]), papper("b", vec![sedan])], 0)
}

#[test]
fn two_papers_that_differ_are_told_with_both_places_and_the_difference() {
    for fro in 0..10 {
        let (papper, skillnad) = generator(&mut Slump::ny(fro), true);
        let fynd = granska_mellan(&papper);
        let [ett] = fynd.as_slice() else {
            panic!("{fro}: {fynd:#?}")
        };
        assert_eq!((ett.regel, ett.dokument.as_str()), (KOD, "b"));
        assert_eq!(ett.allvar, Allvar::Varning);
        assert_eq!(ett.skillnad, Some(FyndVarde::Tal(skillnad)), "{ett:#?}");
        let dokument: Vec<_> = ett.rader.iter().map(|r| r.dokument.as_deref()).collect();
        assert_eq!(dokument, [None, Some("a")]);
        assert!(ett.text.contains("Papper a") && ett.text.contains("Papper b"));
        assert!(ett.text.ends_with('.') && ett.atgard.ends_with('.'));
    }
}

#[test]
fn two_papers_that_agree_or_speak_of_different_things_are_not_told() {
    for fro in 0..10 {
        let (papper, _) = generator(&mut Slump::ny(fro), false);
        let fynd = granska_mellan(&papper);
        assert!(fynd.is_empty(), "{fro}: {papper:#?}\n{fynd:#?}");
    }
}

#[test]
fn rows_of_one_initiative_are_compared_together() {
    let rad = |varde| sagt(FaktumSlag::Anvant, varde);
    let delat = papper("a", vec![rad(40_000), rad(60_000)]);
    let helt = papper("b", vec![rad(100_000)]);
    assert!(granska_mellan(&[delat.clone(), helt]).is_empty());
    let annat = papper("b", vec![rad(100_100)]);
    assert_eq!(granska_mellan(&[delat, annat]).len(), 1);
}

#[test]
fn what_nobody_owns_is_not_compared_but_an_organisations_own_budget_is() {
    let mut a = sagt(FaktumSlag::Volym, 3);
    a.galler.bidrag = None;
    let b = Sagt {
        varde: 4,
        ..a.clone()
    };
    let par = |a: &Sagt, b: &Sagt| [papper("a", vec![a.clone()]), papper("b", vec![b.clone()])];
    assert!(granska_mellan(&par(&a, &b)).is_empty());
    for x in [&mut a, &mut b.clone()] {
        x.slag = FaktumSlag::Intakt;
        x.galler.organisation = Some(OrganisationId::FORSTA);
    }
    let b = Sagt {
        varde: 900,
        ..a.clone()
    };
    assert_eq!(granska_mellan(&par(&a, &b)).len(), 1);
}

#[test]
fn a_preliminary_amount_is_named_as_an_explanation() {
    let mut fore = sagt(FaktumSlag::Tilldelat, 500_000);
    fore.sakerhet = Sakerhet::Preliminar;
    let sedan = sagt(FaktumSlag::Tilldelat, 700_000);
    let fynd = granska_mellan(&[papper("a", vec![fore]), papper("b", vec![sedan])]);
    let mojligt = &fynd[0].mojligt;
    assert!(
        mojligt.iter().any(|m| m.contains("preliminärt")),
        "{mojligt:?}"
    );
}
