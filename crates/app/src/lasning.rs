//! Reading: the books of a huvudman, kept until somebody changes them.

use crate::Tjanst;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, gallande};
use utfall_domain::id::HuvudmanId;
use utfall_domain::matt::{Harledning, Matt, Urval, berakna};
use utfall_domain::problem::Problem;
use utfall_domain::tid::PerDag;
use utfall_domain::varde::Varde;
use utfall_store as store;

/// The books last read, per huvudman.
pub type Hylla = Mutex<HashMap<HuvudmanId, Arc<Bocker>>>;

/// The books as of a day (now when `None`): what every page and report calculates from.
#[derive(Clone, Debug)]
pub struct Bok {
    bocker: Arc<Bocker>,
    per: Option<PerDag>,
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
        let bocker = self.gallande_bocker(aktor, atgard)?.await?;
        stall(&self.bocker, &bocker);
        Ok(Bok { bocker, per })
    }

    /// The books on the shelf when they still hold, and otherwise read again. What was found to
    /// hold is what is answered with: the shelf may have changed meanwhile.
    fn gallande_bocker(
        &self,
        aktor: &Aktor,
        atgard: Atgard,
    ) -> Result<store::Svar<Arc<Bocker>, Problem>, Problem> {
        let permit = prova(aktor, atgard)?;
        let kand = self.fran_hyllan(permit.huvudman());
        Ok(self
            .db
            .las_samtidigt(move |k| -> Result<Arc<Bocker>, Problem> {
                let lage = store::bocker::lage(k, &permit)?;
                match &kand {
                    Some(bocker) if bocker.lage == lage => Ok(Arc::clone(bocker)),
                    _ => Ok(Arc::new(store::bocker::las(k, &permit)?)),
                }
            }))
    }

    fn fran_hyllan(&self, huvudman: HuvudmanId) -> Option<Arc<Bocker>> {
        let hylla = self.bocker.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.get(&huvudman).cloned()
    }
}

/// Puts books on the shelf. Two readers need not be done in the order they began: newer ones
/// that stand there stay.
fn stall(hylla: &Hylla, lasta: &Arc<Bocker>) {
    let mut hylla = hylla.lock().unwrap_or_else(PoisonError::into_inner);
    let star = hylla.get(&lasta.huvudman.id).map(|bocker| bocker.lage);
    if star.is_none_or(|star| star < lasta.lage) {
        hylla.insert(lasta.huvudman.id, Arc::clone(lasta));
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
        Self { bocker, per }
    }

    /// The same books as of another day.
    #[must_use]
    pub fn per(&self, per: Option<PerDag>) -> Self {
        Self {
            bocker: Arc::clone(&self.bocker),
            per,
        }
    }

    /// The day they are read as of; `None` is now.
    #[must_use]
    pub const fn per_dag(&self) -> Option<PerDag> {
        self.per
    }

    /// The facts in force.
    #[must_use]
    pub fn fakta(&self) -> Vec<&Faktum> {
        gallande(&self.bocker.fakta, self.per)
    }

    /// A figure with its derivation.
    #[must_use]
    pub fn matt(&self, matt: Matt, urval: &Urval) -> Harledning {
        berakna(matt, urval, &self.fakta())
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
        &self.bocker
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prov::tomma;

    #[test]
    fn newer_books_on_the_shelf_are_not_replaced_by_older() {
        let hylla = Hylla::default();
        let lage = |lage| Arc::new(Bocker { lage, ..tomma("a") });
        for (lasta, star) in [(2, 2), (1, 2), (3, 3)] {
            stall(&hylla, &lage(lasta));
            let bocker = hylla.lock().unwrap()[&HuvudmanId::FORSTA].lage;
            assert_eq!(bocker, star);
        }
    }
}
