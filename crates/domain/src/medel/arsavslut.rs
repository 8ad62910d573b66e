//! A grant's year is closed: after that nothing changes in it unseen.
//!
//! Tillstand: arsavslut

use super::post::{Innehall, Medelspost};
use crate::id::BidragId;
use serde::{Deserialize, Serialize};

/// A step: closed with a decision, or opened again with a reason (the row's `orsak`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Avslutssteg {
    /// Closed: later facts about the year are refused, unless made as corrections after it.
    Stang,
    /// Opened again.
    Oppna,
}

/// The last row about a grant's year; `None` when it has never been closed.
#[must_use]
pub fn sista(poster: &[Medelspost], bidrag: BidragId, ar: i16) -> Option<&Medelspost> {
    poster.iter().rev().find(|p| {
        (p.post.om.bidrag, p.post.om.ar) == (Some(bidrag), Some(ar))
            && matches!(p.post.innehall, Innehall::Arsavslut(_))
    })
}

/// Whether a grant's year is closed.
#[must_use]
pub fn stangt(poster: &[Medelspost], bidrag: BidragId, ar: i16) -> bool {
    sista(poster, bidrag, ar)
        .is_some_and(|p| p.post.innehall == Innehall::Arsavslut(Avslutssteg::Stang))
}
