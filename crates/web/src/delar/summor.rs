//! The sums below a board's rows, and the figure of what goes back to a funder.

use crate::siffror::Siffror;
use jiff::civil::Date;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Ore;
use utfall_vyer::sidor::TreTal;
use utfall_vyer::tal::TalVy;

/// Which figure tells what goes back of a grant's year: what the year left over, and once
/// something is paid what is left to pay. While the year runs only what is decided: what is not
/// used yet is nothing that goes back.
#[must_use]
pub fn aterbetalningsmatt(s: &Siffror<'_>, urval: &Urval, i_dag: Date) -> Matt {
    let pagar = urval.ar.is_some_and(|ar| ar >= i_dag.year());
    if s.finns(Matt::Aterbetalt, urval) || (pagar && s.finns(Matt::Aterbetalning, urval)) {
        Matt::KvarAttAterbetala
    } else if pagar {
        Matt::Aterbetalning
    } else {
        Matt::AttAterbetala
    }
}

/// The sum of the board's insatser, so that the rows above add up to it. What the board
/// reports for itself stands among the grant's boards, and granskning tells them apart.
pub(super) fn gruppsumma(s: &Siffror<'_>, urval: &Urval) -> Option<TreTal> {
    let finns = s.finns(Matt::Fordelat, urval) || s.finns(Matt::AnvantInsats, urval);
    finns.then(|| TreTal {
        budget: s.tal(Matt::Fordelat, urval),
        anvant: s.tal(Matt::AnvantInsats, urval),
        kvar: s.tal(Matt::Avvikelse, urval),
    })
}

/// The sums of a board's rows where every row is known: what is said of an initiative need not
/// name the board, and a sum of what does is not the sum of the rows above it.
pub(super) fn radsumma(
    s: &Siffror<'_>,
    urval: &Urval,
    insatser: &[&Insats],
    matt: Option<TreTal>,
) -> Option<TreTal> {
    let egen = |m: Matt, uppmatt: Option<TalVy>| {
        let rader = insatser.iter().map(|i| {
            let urval = urval.clone().for_insats(i.id);
            s.kant(m, &urval)
        });
        let summa = rader.sum::<Option<i64>>();
        match (summa.map(|ore| Ore(ore).to_string()), uppmatt) {
            (Some(text), Some(tal)) if text == tal.text => Some(tal),
            (Some(text), _) => Some(TalVy::utan_lank(text)),
            (None, uppmatt) => uppmatt,
        }
    };
    let (budget, anvant, kvar) = match matt {
        Some(m) => (Some(m.budget), Some(m.anvant), Some(m.kvar)),
        None => (None, None, None),
    };
    Some(TreTal {
        budget: egen(Matt::Budget, budget)?,
        anvant: egen(Matt::AnvantInsats, anvant)?,
        kvar: egen(Matt::Avvikelse, kvar)?,
    })
}
