//! What does not add up in a paper, said in plain Swedish.
//!
//! The rules are pure functions of the statements and know nothing of any particular paper.
//! They work equally on an underlag that was imported and on one built from entered data.
//! A rule speaks only of what it can show; every finding says what is stated, what comes out
//! when it is computed, by how much they differ, what may explain it, and what to do.
//!
//! Invariant: an amount is never held to more than it says. `680 tkr` is 680 000 ± 500, and a
//! difference within the joint precision is at most an [`Allvar::Upplysning`]. "Cirka" does
//! not widen it (ARCHITECTURE.md invariant 1).

mod antal;
mod bidrag;
mod bokfort;
mod finansiering;
mod fordelning;
mod fynd;
mod handbok;
mod insatser;
mod kontext;
mod mellan;
mod mojligt;
mod namnder;
mod period;
mod personer;
mod rakning;
mod regler;
mod storhet;
mod summor;
mod tid;
mod uppgifter;

use crate::underlag::Underlag;

pub use bokfort::Bokfortsagt;
pub use fynd::{Allvar, Enhet, Fynd, FyndVarde, RADER_MAX, Rad};
pub use handbok::{handboksindex, handbokssida};
pub use mellan::{Papperssagt, Sagt};
pub use regler::{REGLER, Regel};

/// All findings in a paper: errors first, then warnings, then notes; by place within each.
#[must_use]
pub fn granska(underlag: &Underlag) -> Vec<Fynd> {
    let k = kontext::Kontext::ny(underlag);
    let regler = REGLER.iter().filter_map(|r| match r.kor {
        regler::Kor::Papper(kor) => Some(kor),
        regler::Kor::Mellan(_) | regler::Kor::Bokfort(_) => None,
    });
    ordnade(regler.flat_map(|kor| kor(&k)))
}

/// What several papers say differently of the same things, in the order they were imported.
/// What is wrong within one of them is for [`granska`].
#[must_use]
pub fn granska_mellan(papper: &[Papperssagt]) -> Vec<Fynd> {
    let regler = REGLER.iter().filter_map(|r| match r.kor {
        regler::Kor::Mellan(kor) => Some(kor),
        regler::Kor::Papper(_) | regler::Kor::Bokfort(_) => None,
    });
    ordnade(regler.flat_map(|kor| kor(papper)))
}

/// What boards report otherwise than is booked of the same grant and year.
#[must_use]
pub fn granska_bokfort(sagt: &[Bokfortsagt]) -> Vec<Fynd> {
    let regler = REGLER.iter().filter_map(|r| match r.kor {
        regler::Kor::Bokfort(kor) => Some(kor),
        regler::Kor::Papper(_) | regler::Kor::Mellan(_) => None,
    });
    ordnade(regler.flat_map(|kor| kor(sagt)))
}

fn ordnade(fynd: impl Iterator<Item = Fynd>) -> Vec<Fynd> {
    let mut fynd: Vec<Fynd> = fynd.map(mojligt::med_forklaringar).collect();
    fynd.sort_by_cached_key(Fynd::ordning);
    fynd
}

#[cfg(test)]
mod tests;
