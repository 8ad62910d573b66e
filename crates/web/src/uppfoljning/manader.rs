//! A year month by month: what is used in each and up to it, beside the year before. A month that
//! is booked halfway says so, and after the last month there is no sum that looks like news.

use crate::ram::stor_forst;
use crate::siffror::Siffror;
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_app::uppfoljning::{bockerna, halva, sista_anvanda};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::tid;
use utfall_vyer::tabell::{Cell, Kolumn, Rad};
use utfall_vyer::tal::{TalVy, Tecken};

/// The columns of the rows.
pub(super) fn kolumner() -> Vec<Kolumn> {
    vec![
        Kolumn::ord("Månad"),
        Kolumn::kr("Utfall"),
        Kolumn::kr("Till och med månaden"),
        Kolumn::kr("Samma månad förra året"),
    ]
}

/// The months of a year, of a selection of it.
pub(super) fn rader(s: &Siffror<'_>, ar: i16, urval: &Urval) -> Vec<Rad> {
    let forra = ar.checked_sub(1);
    let sist = sista_anvanda(s.bok, urval).max(sist_bokford(s.bok, ar));
    let manad = |ar: Option<i16>, m: i8| Urval {
        ar,
        period: ar.and_then(|ar| Date::new(ar, m, 1).ok()),
        ..urval.clone()
    };
    let rad = |m: i8| {
        let nu = manad(Some(ar), m);
        let hittills = match sist {
            Some(sist) if m > sist => TalVy::tecken(Tecken::EjInrapporterat),
            _ => s.tal(Matt::AnvantTill, &nu),
        };
        Rad::ny(vec![
            Cell::rubrik(stor_forst(tid::manad(m)) + &halv(s.bok, ar, m)),
            s.tal(Matt::AnvantInsats, &nu).into(),
            hittills.into(),
            s.tal(Matt::AnvantInsats, &manad(forra, m)).into(),
        ])
    };
    (1..=12).map(rad).collect()
}

/// The last month of a year that the accounts have come to, in full or not.
fn sist_bokford(bok: &Bok, ar: i16) -> Option<i8> {
    let alla = bockerna(bok, &Urval::default().ar(ar));
    let slutar = alla.iter().map(|r| r.till()).filter(|dag| dag.year() >= ar);
    slutar
        .map(|dag| if dag.year() > ar { 12 } else { dag.month() })
        .max()
}

/// `, till den 15`, where the accounts end within the month.
fn halv(bok: &Bok, ar: i16, m: i8) -> String {
    let halva = halva(bok, ar, m);
    let slutar = halva.iter().map(|r| r.till());
    let mut dagar: Vec<i8> = slutar
        .filter(|dag| (dag.year(), dag.month()) == (ar, m))
        .map(Date::day)
        .collect();
    dagar.sort_unstable();
    dagar.dedup();
    match dagar.as_slice() {
        [] => String::new(),
        [dag] => format!(", till den {dag}"),
        _ => ", delvis".to_owned(),
    }
}

/// What the whole of a year's use is called while the accounts do not reach its end.
pub(super) fn hela_arets(bok: &Bok, ar: i16) -> String {
    let alla = bockerna(bok, &Urval::default().ar(ar));
    let slutar = alla
        .iter()
        .map(|r| r.till())
        .filter(|dag| dag.year() <= ar)
        .max();
    match slutar {
        Some(dag) if dag.year() == ar && dag.month() < 12 => {
            format!("Utfall till {} {}", dag.day(), tid::manad(dag.month()))
        }
        _ => "Utfall hela året".to_owned(),
    }
}
