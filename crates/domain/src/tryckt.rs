//! What an already public paper has printed.
//!
//! Counts are shown in public only as statements from such a paper (ARCHITECTURE.md
//! invariant 9). A person's confirmation of one takes nothing out of print.

use crate::bocker::Bocker;
use crate::faktum::{Faktum, Kalla};
use crate::id::{FaktumId, UnderlagId};
use std::collections::{HashMap, HashSet};
use std::iter::successors;

/// The facts and the public papers of some books.
#[derive(Clone, Debug)]
pub struct Tryckta<'a> {
    fakta: HashMap<FaktumId, &'a Faktum>,
    offentliga: HashSet<UnderlagId>,
}

impl<'a> Tryckta<'a> {
    /// Of all the facts of the books, also the corrected ones.
    #[must_use]
    pub fn i(bocker: &'a Bocker) -> Self {
        let offentliga = bocker.underlag.iter().filter(|u| u.offentligt);
        Self {
            fakta: bocker.fakta.iter().map(|f| (f.id, f)).collect(),
            offentliga: offentliga.map(|u| u.id).collect(),
        }
    }

    /// Where a public paper prints the figure: the fact's own source, or that of what it
    /// corrects without saying anything else.
    #[must_use]
    pub fn kalla<'f>(&'f self, faktum: &'f Faktum) -> Option<&'f Kalla> {
        successors(Some(faktum), |f| self.bekraftat(f))
            .filter_map(|f| f.fakta.kalla.as_ref())
            .find(|kalla| self.offentliga.contains(&kalla.underlag))
    }

    /// What the fact says once more: the one it corrects, when that says the same figure of
    /// the same thing, as exactly.
    fn bekraftat(&self, faktum: &Faktum) -> Option<&'a Faktum> {
        let fore = *self.fakta.get(&faktum.fakta.rattar?)?;
        let (a, b) = (&faktum.fakta, &fore.fakta);
        let samma = (a.slag, &a.galler, a.varde) == (b.slag, &b.galler, b.varde)
            && (a.precision, a.cirka, a.struken) == (b.precision, b.cirka, b.struken);
        // A correction has the higher number, so no chain goes round.
        (samma && fore.id < faktum.id).then_some(fore)
    }
}

#[cfg(test)]
mod tests;
