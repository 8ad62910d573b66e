//! Reading: the books of a huvudman, kept until somebody changes them.

use crate::Tjanst;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Faktum;
use utfall_domain::id::{FaktumId, HuvudmanId, InsatsId};
use utfall_domain::matt::{Harledning, Index, Indexerat, Matt, Urval, berakna};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::problem::Problem;
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;
use utfall_store as store;

/// The books last read, per huvudman.
pub type Hylla = Mutex<HashMap<HuvudmanId, Uppslaget>>;

/// A snapshot of the books with the indexes that have been made of it.
#[derive(Clone, Debug)]
pub struct Uppslaget {
    bocker: Arc<Bocker>,
    index: Arc<Indexhylla>,
}

/// One index a day that somebody has asked about.
type Indexhylla = Mutex<BTreeMap<Option<PerDag>, Arc<OnceLock<Index>>>>;

/// Days whose index is kept: those that people look at, not all of a history.
const FLEST_INDEX: usize = 8;

/// The books as of a day (now when `None`): what every page and report calculates from.
#[derive(Clone, Debug)]
pub struct Bok {
    uppslaget: Uppslaget,
    per: Option<PerDag>,
    index: Arc<OnceLock<Index>>,
}

impl Uppslaget {
    fn ny(bocker: Arc<Bocker>) -> Self {
        Self {
            bocker,
            index: Arc::default(),
        }
    }

    fn per(&self, per: Option<PerDag>) -> Bok {
        let mut hylla = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if hylla.len() >= FLEST_INDEX && !hylla.contains_key(&per) {
            // Today's is the one that is always wanted.
            hylla.retain(|dag, _| dag.is_none());
        }
        let index = Arc::clone(hylla.entry(per).or_default());
        drop(hylla);
        Bok {
            uppslaget: self.clone(),
            per,
            index,
        }
    }
}

impl Tjanst {
    /// The books, for somebody who may do `atgard`.
    ///
    /// They are kept in memory until the huvudman's journal has grown, here or in another
    /// process.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn bok(
        &self,
        aktor: &Aktor,
        atgard: Atgard,
        per: Option<PerDag>,
    ) -> Result<Bok, Problem> {
        let uppslaget = self.gallande_bocker(aktor, atgard)?.await?;
        stall(&self.bocker, &uppslaget);
        Ok(uppslaget.per(per))
    }

    /// The books on the shelf when they still hold, and otherwise read again. What was found to
    /// hold is what is answered with: the shelf may have changed meanwhile.
    fn gallande_bocker(
        &self,
        aktor: &Aktor,
        atgard: Atgard,
    ) -> Result<store::Svar<Uppslaget, Problem>, Problem> {
        let permit = prova(aktor, atgard)?;
        let kand = self.fran_hyllan(permit.huvudman());
        Ok(self
            .db
            .las_samtidigt(move |k| -> Result<Uppslaget, Problem> {
                let lage = store::bocker::lage(k, &permit)?;
                match &kand {
                    Some(uppslaget) if uppslaget.bocker.lage == lage => Ok(uppslaget.clone()),
                    _ => Ok(Uppslaget::ny(Arc::new(store::bocker::las(k, &permit)?))),
                }
            }))
    }

    /// The books on the shelf, whether they still hold or not.
    pub(crate) fn bocker_pa_hyllan(&self, huvudman: HuvudmanId) -> Option<Arc<Bocker>> {
        Some(self.fran_hyllan(huvudman)?.bocker)
    }

    /// Puts books that were read beside something else on the shelf.
    pub(crate) fn stall_bocker(&self, bocker: &Arc<Bocker>) {
        let nya = self.fran_hyllan(bocker.huvudman.id);
        if nya.is_none_or(|star| star.bocker.lage < bocker.lage) {
            stall(&self.bocker, &Uppslaget::ny(Arc::clone(bocker)));
        }
    }

    fn fran_hyllan(&self, huvudman: HuvudmanId) -> Option<Uppslaget> {
        let hylla = self.bocker.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.get(&huvudman).cloned()
    }
}

/// Puts books on the shelf. Two readers need not be done in the order they began: newer ones
/// that stand there stay.
fn stall(hylla: &Hylla, lasta: &Uppslaget) {
    let mut hylla = hylla.lock().unwrap_or_else(PoisonError::into_inner);
    let huvudman = lasta.bocker.huvudman.id;
    let star = hylla.get(&huvudman).map(|u| u.bocker.lage);
    if star.is_none_or(|star| star < lasta.bocker.lage) {
        hylla.insert(huvudman, lasta.clone());
    }
}

/// The facts that were registered by an instant: what somebody could know who acted then.
#[must_use]
pub(crate) fn kanda(fakta: &[Faktum], tid: Timestamp) -> Vec<Faktum> {
    let kand = |f: &&Faktum| f.registrerad <= tid;
    fakta.iter().filter(kand).cloned().collect()
}

impl Bok {
    /// Books read some other way: by a use case inside its transaction.
    #[must_use]
    pub fn av(bocker: Arc<Bocker>, per: Option<PerDag>) -> Self {
        Uppslaget::ny(bocker).per(per)
    }

    /// The same books as of another day.
    #[must_use]
    pub fn per(&self, per: Option<PerDag>) -> Self {
        self.uppslaget.per(per)
    }

    /// The day they are read as of; `None` is now.
    #[must_use]
    pub const fn per_dag(&self) -> Option<PerDag> {
        self.per
    }

    /// The facts in force, arranged: made once for each snapshot and day.
    #[must_use]
    pub fn index(&self) -> Indexerat<'_> {
        let fakta = &self.uppslaget.bocker.fakta;
        self.index
            .get_or_init(|| Index::ny(fakta, self.per))
            .over(fakta)
    }

    /// What had happened to the grants besides their figures, the day the books are read as of.
    #[must_use]
    pub fn poster(&self) -> Vec<Medelspost> {
        let kand = |p: &&Medelspost| self.per.is_none_or(|per| per.omfattar(p.registrerad));
        let alla = self.uppslaget.bocker.medelsposter.iter();
        alla.filter(kand).cloned().collect()
    }

    /// The facts in force.
    #[must_use]
    pub fn fakta(&self) -> Vec<&Faktum> {
        self.index().alla()
    }

    /// A fact in force, by its number.
    #[must_use]
    pub fn faktum(&self, nummer: FaktumId) -> Option<&Faktum> {
        self.index().faktum(nummer)
    }

    /// The facts in force about an initiative.
    #[must_use]
    pub fn om_insats(&self, insats: InsatsId) -> Vec<&Faktum> {
        self.index().om_insats(insats)
    }

    /// A figure with its derivation.
    #[must_use]
    pub fn matt(&self, matt: Matt, urval: &Urval) -> Harledning {
        berakna(matt, urval, &self.index())
    }

    /// A figure.
    #[must_use]
    pub fn varde(&self, matt: Matt, urval: &Urval) -> Varde {
        self.matt(matt, urval).utfall.varde
    }
}

impl std::ops::Deref for Bok {
    type Target = Bocker;

    fn deref(&self) -> &Bocker {
        &self.uppslaget.bocker
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prov::tomma;

    #[test]
    fn newer_books_on_the_shelf_are_not_replaced_by_older() {
        let hylla = Hylla::default();
        let lage = |lage| Uppslaget::ny(Arc::new(Bocker { lage, ..tomma("a") }));
        for (lasta, star) in [(2, 2), (1, 2), (3, 3)] {
            stall(&hylla, &lage(lasta));
            let lage = hylla.lock().unwrap()[&HuvudmanId::FORSTA].bocker.lage;
            assert_eq!(lage, star);
        }
    }
}
