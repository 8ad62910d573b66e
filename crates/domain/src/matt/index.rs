//! The facts in force, arranged so that a figure reads only those that can be its own.
//!
//! Invariant: what a calculation gets from [`Index`] is what it would have kept of a scan of
//! all facts, in the same order. A page with a thousand rows then costs a thousand rows and
//! not a thousand ledgers.

use super::Urval;
use crate::faktum::{Faktum, FaktumSlag, gallande};
use crate::id::{BidragId, FaktumId, InsatsId, OrganisationId};
use crate::tid::PerDag;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Where a calculation finds the facts in force.
pub trait Liggare {
    /// Facts of a kind that can be of a selection, in the ledger's order. Others may be
    /// among them: the calculation chooses.
    fn mojliga<'a>(&'a self, slag: FaktumSlag, urval: &Urval) -> Vec<&'a Faktum>;

    /// Those of these numbers that are in force, in any order.
    fn med<'a>(&'a self, nummer: &HashSet<FaktumId>) -> Vec<&'a Faktum>;
}

/// A plain list is read from one end to the other.
impl Liggare for [&Faktum] {
    fn mojliga<'a>(&'a self, slag: FaktumSlag, _: &Urval) -> Vec<&'a Faktum> {
        self.iter()
            .map(kort)
            .filter(|f| f.fakta.slag == slag)
            .collect()
    }

    fn med<'a>(&'a self, nummer: &HashSet<FaktumId>) -> Vec<&'a Faktum> {
        self.iter()
            .map(kort)
            .filter(|f| nummer.contains(&f.id))
            .collect()
    }
}

impl Liggare for Vec<&Faktum> {
    fn mojliga<'a>(&'a self, slag: FaktumSlag, urval: &Urval) -> Vec<&'a Faktum> {
        self.as_slice().mojliga(slag, urval)
    }

    fn med<'a>(&'a self, nummer: &HashSet<FaktumId>) -> Vec<&'a Faktum> {
        self.as_slice().med(nummer)
    }
}

/// For no longer than the list itself.
fn kort<'a>(f: &'a &Faktum) -> &'a Faktum {
    f
}

/// Places in a ledger, in its order.
type Platser = Vec<usize>;

/// Where the facts in force as of a day stand in a ledger.
#[derive(Debug, Default)]
pub struct Index {
    alla: Platser,
    nummer: HashMap<FaktumId, usize>,
    slag: HashMap<FaktumSlag, Platser>,
    bidrag: HashMap<(FaktumSlag, BidragId), Platser>,
    insats: HashMap<(FaktumSlag, InsatsId), Platser>,
    organisation: HashMap<(FaktumSlag, OrganisationId), Platser>,
    om_insats: HashMap<InsatsId, Platser>,
}

impl Index {
    /// Arranges the facts of a ledger that hold as of a day (now when `None`).
    #[must_use]
    pub fn ny(fakta: &[Faktum], per: Option<PerDag>) -> Self {
        let galler: HashSet<FaktumId> = gallande(fakta, per).iter().map(|f| f.id).collect();
        let mut index = Self::default();
        for (plats, f) in fakta.iter().enumerate() {
            if galler.contains(&f.id) {
                index.lagg(plats, f);
            }
        }
        index
    }

    fn lagg(&mut self, plats: usize, f: &Faktum) {
        fn till<K: Eq + Hash>(karta: &mut HashMap<K, Platser>, nyckel: K, plats: usize) {
            karta.entry(nyckel).or_default().push(plats);
        }
        let (slag, galler) = (f.fakta.slag, f.galler());
        self.alla.push(plats);
        self.nummer.insert(f.id, plats);
        till(&mut self.slag, slag, plats);
        if let Some(bidrag) = galler.bidrag {
            till(&mut self.bidrag, (slag, bidrag), plats);
        }
        if let Some(insats) = galler.insats {
            till(&mut self.insats, (slag, insats), plats);
            till(&mut self.om_insats, insats, plats);
        }
        if let Some(organisation) = galler.organisation {
            till(&mut self.organisation, (slag, organisation), plats);
        }
    }

    /// The index with the ledger it was made of.
    #[must_use]
    pub const fn over<'a>(&'a self, fakta: &'a [Faktum]) -> Indexerat<'a> {
        Indexerat { index: self, fakta }
    }

    /// The shortest list that holds every fact of the kind within the selection.
    fn kortaste(&self, slag: FaktumSlag, urval: &Urval) -> &[usize] {
        let av_insats = urval.insats.map(|id| self.insats.get(&(slag, id)));
        let av_organisation = urval
            .organisation
            .map(|id| self.organisation.get(&(slag, id)));
        let av_bidrag = urval.bidrag.map(|id| self.bidrag.get(&(slag, id)));
        [av_insats, av_organisation, av_bidrag]
            .into_iter()
            .flatten()
            .chain([self.slag.get(&slag)])
            .map(|platser| platser.map_or(&[][..], Vec::as_slice))
            .min_by_key(|platser| platser.len())
            .unwrap_or_default()
    }
}

/// A ledger and where the facts in force stand in it.
#[derive(Clone, Copy, Debug)]
pub struct Indexerat<'a> {
    index: &'a Index,
    fakta: &'a [Faktum],
}

impl<'a> Indexerat<'a> {
    fn pa(&self, platser: &[usize]) -> Vec<&'a Faktum> {
        platser.iter().filter_map(|p| self.fakta.get(*p)).collect()
    }

    /// Every fact in force, in the ledger's order.
    #[must_use]
    pub fn alla(&self) -> Vec<&'a Faktum> {
        self.pa(&self.index.alla)
    }

    /// A fact in force, by its number.
    #[must_use]
    pub fn faktum(&self, nummer: FaktumId) -> Option<&'a Faktum> {
        let plats = self.index.nummer.get(&nummer)?;
        self.fakta.get(*plats)
    }

    /// The facts in force about an initiative, in the ledger's order.
    #[must_use]
    pub fn om_insats(&self, insats: InsatsId) -> Vec<&'a Faktum> {
        let platser = self.index.om_insats.get(&insats);
        platser.map_or_else(Vec::new, |platser| self.pa(platser))
    }
}

impl Liggare for Indexerat<'_> {
    fn mojliga<'a>(&'a self, slag: FaktumSlag, urval: &Urval) -> Vec<&'a Faktum> {
        self.pa(self.index.kortaste(slag, urval))
    }

    fn med<'a>(&'a self, nummer: &HashSet<FaktumId>) -> Vec<&'a Faktum> {
        nummer.iter().filter_map(|id| self.faktum(*id)).collect()
    }
}
