//! A grant's year is closed: after that nothing changes in it unseen.
//!
//! Tillstand: arsavslut

use super::post::{Innehall, Medelspost};
use crate::bocker::Bocker;
use crate::faktum::{Enhet, Faktum, FaktumSlag, Galler, NyttFaktum};
use crate::id::BidragId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

/// Whether a fact that is marked as made after the closing was made while what it changes was
/// open again: each year that it is about, and each that what it takes the place of was about,
/// looked up by itself. A year that was never closed holds nothing. Facts and rows are numbered
/// in one series, so their numbers tell their order.
#[must_use]
pub fn vid_oppnat_igen(bocker: &Bocker, bidrag: BidragId, f: &Faktum) -> bool {
    let gammalt = f.fakta.rattar;
    let gammalt = gammalt.and_then(|id| bocker.fakta.iter().rev().find(|g| g.id == id));
    let om_gammalt = gammalt.and_then(|g| {
        let insats = g.galler().insats.and_then(|id| bocker.insats(id));
        let om = g.galler().bidrag.or_else(|| insats.and_then(|i| i.bidrag));
        Some((om?, g.galler()))
    });
    let aren: BTreeSet<(BidragId, i16)> = std::iter::once((bidrag, f.galler()))
        .chain(om_gammalt)
        .flat_map(|(om, g)| {
            [g.ar, g.fran_ar]
                .into_iter()
                .flatten()
                .map(move |ar| (om, ar))
        })
        .collect();
    let sist = |(om, ar): (BidragId, i16)| {
        bocker
            .medelsposter
            .iter()
            .filter(|p| (p.post.om.bidrag, p.post.om.ar) == (Some(om), Some(ar)))
            .filter(|p| p.post.id.nummer() < f.id.nummer())
            .filter_map(|p| match p.post.innehall {
                Innehall::Arsavslut(steg) => Some(steg),
                _ => None,
            })
            .next_back()
    };
    let stegen: Vec<Avslutssteg> = aren.into_iter().filter_map(sist).collect();
    let oppna = stegen.iter().all(|steg| *steg == Avslutssteg::Oppna);
    f.fakta.efter_avslut && oppna && !stegen.is_empty()
}

/// Whether the closing of a year holds what is said of this: money in force. A payment to the
/// funder is let through, since it changes nothing of what the year came to.
#[must_use]
pub fn omfattas(slag: FaktumSlag, galler: &Galler) -> bool {
    slag != FaktumSlag::Aterbetalt && galler.version.is_none() && slag.enhet() == Enhet::Ore
}

/// The closed years that a new fact changes: those it is about, and those of the fact that it
/// takes the place of.
#[must_use]
pub fn ror(bocker: &Bocker, ny: &NyttFaktum) -> BTreeSet<i16> {
    let gammalt = ny
        .rattar
        .and_then(|id| bocker.fakta.iter().rev().find(|f| f.id == id));
    let om =
        std::iter::once((ny.slag, &ny.galler)).chain(gammalt.map(|f| (f.fakta.slag, f.galler())));
    let mut ut = BTreeSet::new();
    for (_, g) in om.filter(|(slag, g)| omfattas(*slag, g)) {
        let insats = g.insats.and_then(|id| bocker.insats(id));
        let Some(bidrag) = g.bidrag.or_else(|| insats.and_then(|i| i.bidrag)) else {
            continue;
        };
        let aren = [g.ar, g.fran_ar].into_iter().flatten();
        ut.extend(aren.filter(|ar| stangt(&bocker.medelsposter, bidrag, *ar)));
    }
    ut
}

#[cfg(test)]
mod tests;
