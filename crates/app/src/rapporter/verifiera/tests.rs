use super::*;
use crate::prov::{bidrag, bocker, faktum, rapport, utfardad};
use crate::rapporter::bygg::{Ram, Utkast, bygg};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use std::sync::Arc;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::BidragId;

fn rekvirerat(kr: i64, registrerad: Timestamp) -> Faktum {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let varde = Varde::Kant(kr * 100);
    faktum(
        NyttFaktum::nytt(FaktumSlag::Rekvirerat, galler, varde),
        registrerad,
    )
}

fn bok(fakta: Vec<Faktum>) -> Bok {
    Bok::av(Arc::new(Bocker { fakta, ..bocker() }), None)
}

/// How many figures differ once `fakta` are in the books of a report issued without them.
fn skillnader(fakta: Vec<Faktum>) -> usize {
    let ram = Ram {
        ident: "x",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        utfardas: Some("r"),
    };
    let utkast = Utkast {
        ar: 2021,
        ..Utkast::default()
    };
    let fryst = bygg(&bok(Vec::new()), &bidrag(), &utkast, &ram);
    skiljer(&bok(fakta), &rapport(), &fryst).len()
}

#[test]
fn what_is_registered_later_on_the_reports_day_is_no_difference() {
    assert_eq!(skillnader(vec![rekvirerat(7, utfardad() + 1.hours())]), 0);
    assert!(skillnader(vec![rekvirerat(7, utfardad() - 1.hours())]) > 0);
}
