//! A fact with its corrections as one chain: what it was first, and what it is now.

use std::collections::HashMap;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler};
use utfall_domain::id::FaktumId;
use utfall_domain::tid::PerDag;

/// A fact and what it has become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kedja<'a> {
    /// The fact as it was first registered.
    pub(crate) rot: &'a Faktum,
    /// Its last correction; the same when there is none.
    pub(crate) sist: &'a Faktum,
    /// A person said the last word, not a paper.
    pub(crate) for_hand: bool,
}

impl<'a> Kedja<'a> {
    /// What makes two facts facts about the same thing. The first of the chain says it: a
    /// correction by hand may fill in more.
    pub(crate) fn nyckel(&self) -> (FaktumSlag, &'a Galler) {
        (self.rot.fakta.slag, self.rot.galler())
    }
}

/// Every chain as of a day (now when `None`), in order of its first fact.
pub(crate) fn kedjor(fakta: &[Faktum], per: Option<PerDag>) -> Vec<Kedja<'_>> {
    let kand = |f: &&Faktum| per.is_none_or(|dag| dag.omfattar(f.registrerad));
    let rattelser: HashMap<FaktumId, &Faktum> = fakta
        .iter()
        .filter(kand)
        .filter_map(|f| Some((f.fakta.rattar?, f)))
        .collect();
    let rotter = fakta
        .iter()
        .filter(kand)
        .filter(|f| f.fakta.rattar.is_none());
    rotter.map(|rot| till_slutet(rot, &rattelser)).collect()
}

fn till_slutet<'a>(rot: &'a Faktum, rattelser: &HashMap<FaktumId, &'a Faktum>) -> Kedja<'a> {
    let (mut sist, mut for_hand) = (rot, rot.fakta.kalla.is_none());
    // A correction is always of a fact before it, so the chain ends.
    while let Some(nasta) = rattelser.get(&sist.id).filter(|f| f.id > sist.id) {
        for_hand = !av_papper(nasta, sist);
        sist = nasta;
    }
    Kedja {
        rot,
        sist,
        for_hand,
    }
}

/// A correction is a paper's when it names a paper that the corrected fact did not: striking
/// by hand keeps the place, and another value by hand has none.
fn av_papper(ny: &Faktum, fore: &Faktum) -> bool {
    let papper = |f: &Faktum| f.fakta.kalla.as_ref().map(|k| k.underlag);
    papper(ny).is_some() && papper(ny) != papper(fore)
}
