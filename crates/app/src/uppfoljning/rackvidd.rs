//! Which month a year is followed up through: the last one that the accounts cover in full.

use crate::lasning::Bok;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::InlasningId;
use utfall_domain::matt::Urval;
use utfall_domain::medel::rackvidd::{Rackvidd, rackvidder};

/// Accounts that lie further behind the others than this have come to an end, or stand still:
/// they are told of, but do not hold the others back. In months.
const EFTER: i8 = 2;

/// What is used in a year, of a grant or of all.
fn anvant<'a>(bok: &'a Bok, urval: &Urval) -> Vec<&'a Faktum> {
    bok.fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Anvant && f.galler().ar == urval.ar)
        .filter(|f| urval.bidrag.is_none() || f.galler().bidrag == urval.bidrag)
        .collect()
}

/// The accounts that what is used of the selection's grant and year comes from; those of every
/// company with that year when the facts do not say. Empty where no file is read in.
#[must_use]
pub fn bockerna(bok: &Bok, urval: &Urval) -> Vec<Rackvidd> {
    let fakta = anvant(bok, urval);
    let Some(ar) = urval
        .ar
        .filter(|_| fakta.iter().any(|f| f.fakta.bokforing.is_some()))
    else {
        return Vec::new();
    };
    let ur: BTreeSet<Option<InlasningId>> = fakta
        .iter()
        .filter_map(|f| f.fakta.bokforing)
        .map(|b| b.inlasning)
        .collect();
    let foretagen: BTreeSet<&str> = bok
        .inlasta
        .iter()
        .filter(|i| ur.contains(&Some(i.inlasning)))
        .map(|i| i.ar.orgnr.as_str())
        .collect();
    // A sum that the mapping changed, or an undone import, does not say whose it is.
    let alla = ur.contains(&None) || foretagen.is_empty();
    rackvidder(&bok.inlasta, bok.per_dag())
        .into_iter()
        .filter(|r| alla || foretagen.contains(r.ar.orgnr.as_str()))
        .filter(|r| r.sista_hela(ar).is_some())
        .collect()
}

/// The last month of a year that the accounts cover in full, 0 when not even January is;
/// `None` where no file is read in.
#[must_use]
pub fn sista_hela(bok: &Bok, ar: i16) -> Option<i8> {
    sista_hela_av(bok, &Urval::default().ar(ar))
}

/// As [`sista_hela`], of the accounts that a selection's grant and year come from.
#[must_use]
pub fn sista_hela_av(bok: &Bok, urval: &Urval) -> Option<i8> {
    let ar = urval.ar?;
    let hela: Vec<i8> = bockerna(bok, urval)
        .iter()
        .filter_map(|r| r.sista_hela(ar))
        .collect();
    let langst = hela.iter().max().copied()?;
    hela.into_iter()
        .filter(|m| langst.saturating_sub(*m) <= EFTER)
        .min()
}

/// The accounts that do not cover a month in full though figures are shown through it.
#[must_use]
pub fn halva(bok: &Bok, ar: i16, manad: i8) -> Vec<Rackvidd> {
    bockerna(bok, &Urval::default().ar(ar))
        .into_iter()
        .filter(|r| !r.hel(ar, manad))
        .collect()
}

/// The last month that anything is used in, by the facts themselves.
#[must_use]
pub fn sista_anvanda(bok: &Bok, urval: &Urval) -> Option<i8> {
    let manader = anvant(bok, urval).into_iter();
    manader
        .filter_map(|f| f.galler().period_fran)
        .map(|dag| dag.month())
        .max()
}

/// The month a year is followed up through when nobody has chosen: the last one that the
/// accounts cover in full, or that something is used in where no file is read in; a year
/// without either is over, or has come to this month.
#[must_use]
pub fn foljd_manad(bok: &Bok, ar: i16, i_dag: Date) -> i8 {
    sista_hela(bok, ar)
        .map(|m| m.max(1))
        .or_else(|| sista_anvanda(bok, &Urval::default().ar(ar)))
        .unwrap_or_else(|| {
            if ar == i_dag.year() {
                i_dag.month()
            } else {
                12
            }
        })
}

/// The month that a year's closing is counted through: the whole of a year that is over.
#[must_use]
pub fn avslutsmanad(bok: &Bok, ar: i16, i_dag: Date) -> i8 {
    if ar < i_dag.year() {
        12
    } else {
        foljd_manad(bok, ar, i_dag)
    }
}
