//! The sums below a board's rows, and the figure of what goes back to a funder.

use crate::siffror::Siffror;
use jiff::civil::Date;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_vyer::sidor::TreTal;
use utfall_vyer::tal::{TalVy, Tecken};

/// Which figure tells what goes back of a grant's year: what the year left over, and once
/// something is paid, or something else is decided, what is left to pay. While the year runs
/// only what is decided: what is not used yet is nothing that goes back.
#[must_use]
pub fn aterbetalningsmatt(s: &Siffror<'_>, urval: &Urval, i_dag: Date) -> Matt {
    let pagar = urval.ar.is_some_and(|ar| ar >= i_dag.year());
    let beslutat = s.kant(Matt::Aterbetalning, urval);
    let annat = beslutat.is_some() && beslutat != s.kant(Matt::AttAterbetala, urval);
    if s.finns(Matt::Aterbetalt, urval) || (pagar && s.finns(Matt::Aterbetalning, urval)) || annat {
        Matt::KvarAttAterbetala
    } else if pagar {
        Matt::Aterbetalning
    } else {
        Matt::AttAterbetala
    }
}

/// The sum of the board's insatser, so that the rows above add up to it: of the initiatives and
/// not of what names the board, which what is said of an initiative need not do. What the board
/// reports for itself stands among the grant's boards, and granskning tells them apart.
pub(super) fn gruppsumma(s: &Siffror<'_>, urval: &Urval, insatser: &[&Insats]) -> TreTal {
    let egna = insatser.iter().map(|i| i.id);
    let alla = super::tre_tal(s, &urval.clone().for_insatser(egna));
    let okand = |i: &&Insats| {
        let urval = urval.clone().for_insats(i.id);
        s.kant(Matt::AnvantInsats, &urval).is_none()
    };
    if !insatser.iter().any(okand) {
        return alla;
    }
    TreTal {
        anvant: utan_alla(alla.anvant, true),
        kvar: utan_alla(alla.kvar, false),
        ..alla
    }
}

/// A sum that some of its rows are missing from: the sign for that, and what is known, unless
/// something is taken away, which may be more than what is known. It leads nowhere: no measure
/// is the sum of what somebody has not told.
pub fn utan_alla(tal: TalVy, kand_del: bool) -> TalVy {
    let tecken = TalVy::tecken(Tecken::EjInrapporterat);
    if kand_del && tal.tecken.is_none() {
        tecken.kand_del(tal.text)
    } else {
        tecken
    }
}
