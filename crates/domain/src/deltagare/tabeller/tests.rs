//! The tables of published figures, and that each person is in one outcome.

use super::*;
use crate::deltagare::deltagande::Uttrade;
use crate::deltagare::rad::prov::{borja, situation, slut, uttrade};
use crate::id::OrganisationId;
use jiff::civil::date;
use std::collections::BTreeMap;

const AR: i16 = 2018;
const EFTER: Date = date(2019, 3, 31);

fn avslut(dag: Date, tillstand: &str) -> Uttrade {
    uttrade(
        dag,
        "fullfoljt",
        tillstand,
        &[],
        situation(&[], "ingen", None),
    )
}

fn manga(antal: usize, tillstand: &str) -> Vec<Deltagarrad> {
    (1..=i64::try_from(antal).unwrap())
        .map(|nr| {
            let r = borja(nr, date(2018, 2, 1), situation(&[], "ingen", None));
            slut(r, avslut(date(2018, 10, 1), tillstand))
        })
        .collect()
}

/// TUNA 2018 (Strängnäs' answer): 51 = 10 to work, 21 to rehabilitation, 4 to daily occupation,
/// and 16 that nothing is said of.
fn tuna() -> Vec<Deltagarrad> {
    [
        manga(10, "arbete"),
        manga(21, "rehabilitering"),
        manga(4, "meningsfull"),
        manga(16, "okant"),
    ]
    .concat()
}

fn alla_utfall(t: &Arstabell) -> Vec<(&'static str, Visat)> {
    Utfall::ALLA.iter().map(|u| (u.kod(), t.med(*u))).collect()
}

#[test]
fn tuna_of_2018_adds_up_to_fifty_one_with_sixteen_unknown() {
    let t = arstabell(&tuna(), &[], AR, EFTER);
    assert_eq!(t.alla(), Visat::Tal(51));
    let fran = t.fran("0486").unwrap();
    assert_eq!(t.rad(&fran), Visat::Tal(51));
    for (utfall, antal) in [
        (Utfall::Arbete, 10),
        (Utfall::Steg, 25),
        (Utfall::Okant, 16),
        (Utfall::Pagar, 0),
    ] {
        assert_eq!(t.med(utfall), Visat::Tal(antal));
        assert_eq!(t.utfall(&fran, utfall), Visat::Tal(antal));
        assert_eq!(t.utfall(&Rad::Insats(0), utfall), Visat::Tal(antal));
    }
    assert_eq!(t.bada(0, &fran), Visat::Tal(51));
    assert_eq!(t.tackning(), Some(100));
    assert!(t.fran("0180").is_none());
}

#[test]
fn parts_are_all_that_took_part_and_those_only_counted_are_one_of_them() {
    let anonyma = Anonyma {
        insats: InsatsId::FORSTA,
        organisation: OrganisationId::FORSTA,
        ar: AR,
        antal: BTreeMap::from([("kvinna".to_owned(), 9), ("okant".to_owned(), 6)]),
    };
    let t = arstabell(&tuna(), &[anonyma], AR, EFTER);
    let delar = summa(Utfall::ALLA.iter().map(|u| t.med(*u)));
    assert_eq!((t.alla(), delar.minst), (Visat::Tal(66), 66));
    assert!(!delar.nagot_dolt);
    // 51 of 66.
    assert_eq!(t.tackning(), Some(77));
}

#[test]
fn an_end_after_the_year_or_after_the_day_of_the_tables_has_not_come() {
    let sent = (0..6).map(|nr| {
        let r = borja(nr + 1, date(2018, 2, 1), situation(&[], "ingen", None));
        slut(r, avslut(date(2019, 1, 1), "arbete"))
    });
    let rader: Vec<_> = sent.collect();
    let forst = arstabell(&rader, &[], 2018, EFTER);
    assert_eq!(
        forst.med(Utfall::Pagar),
        Visat::Tal(6),
        "{:?}",
        alla_utfall(&forst)
    );
    let sedan = arstabell(&rader, &[], 2019, EFTER);
    assert_eq!(sedan.med(Utfall::Arbete), Visat::Tal(6));
    assert_eq!(arstabell(&rader, &[], 2020, EFTER).alla(), Visat::Tal(0));
    let tidigt = arstabell(&rader, &[], 2018, date(2018, 1, 31));
    assert_eq!(tidigt.alla(), Visat::Tal(0));
}

#[test]
fn few_are_hidden_in_every_table_that_has_them() {
    let mut rader = tuna();
    for r in rader.iter_mut().take(3) {
        r.deltagande.intrade.kommun = Some("0484".to_owned());
    }
    let t = arstabell(&rader, &[], AR, EFTER);
    let fa = t.fran("0484").unwrap();
    let fler = t.fran("0486").unwrap();
    assert_eq!(t.alla(), Visat::Tal(51));
    // 51 less 48 would be 3.
    assert_eq!((t.rad(&fa), t.rad(&fler)), (Visat::Dolt, Visat::Dolt));
    assert_eq!(t.utfall(&fa, Utfall::Arbete), Visat::Dolt);
    assert_eq!(t.utfall(&fler, Utfall::Arbete), Visat::Dolt);
    assert_eq!(t.med(Utfall::Arbete), Visat::Tal(10));
    let summan = summa([t.rad(&fa), t.rad(&fler)]);
    assert!(summan.nagot_dolt);
    assert_eq!(summan.minst, 0);
}

#[test]
fn what_was_registered_after_the_quarter_is_not_told_yet() {
    assert_eq!(matdag(date(2026, 11, 23)), date(2026, 9, 30));
    assert_eq!(matdag(date(2026, 10, 1)), date(2026, 9, 30));
    assert_eq!(matdag(date(2026, 9, 30)), date(2026, 6, 30));
    assert_eq!(matdag(date(2026, 1, 1)), date(2025, 12, 31));
    let r = borja(1, date(2018, 2, 1), situation(&[], "ingen", None));
    let steg = [
        (
            date(2018, 2, 3),
            Deltagandesteg::Borja(r.deltagande.intrade),
        ),
        (
            date(2018, 11, 2),
            Deltagandesteg::Avsluta(avslut(date(2018, 9, 1), "arbete")),
        ),
        (
            date(2019, 2, 2),
            Deltagandesteg::Felregistrera {
                dag: date(2018, 9, 1),
            },
        ),
    ];
    assert_eq!(kant_den(date(2018, 2, 2), &steg), None);
    let pagick = kant_den(date(2018, 9, 30), &steg).unwrap();
    assert_eq!(pagick.lage, Lage::Pagaende);
    let slutade = kant_den(date(2018, 12, 31), &steg).unwrap();
    assert!(matches!(slutade.lage, Lage::Avslutat { .. }));
    assert_eq!(kant_den(date(2019, 3, 31), &steg), None);
}

#[test]
fn every_age_is_in_one_of_the_bands_and_the_unknown_in_its_own() {
    let alla = aldersband();
    for alder in 0..=120 {
        let i_band = alla.iter().filter(|b| **b == band(Some(alder))).count();
        assert_eq!((i_band, band(Some(alder)).is_some()), (1, true), "{alder}");
    }
    assert_eq!((alla.last(), band(None)), (Some(&None), None));
}
