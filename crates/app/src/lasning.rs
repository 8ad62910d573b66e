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
        let bocker = match self.las_om_andrat(aktor, atgard)?.await? {
            Some(nya) => self.till_hyllan(nya),
            None => self.kanda(aktor)?,
        };
        Ok(Bok { bocker, per })
    }

    /// Reads the books unless the ones on the shelf still hold.
    fn las_om_andrat(
        &self,
        aktor: &Aktor,
        atgard: Atgard,
    ) -> Result<store::Svar<Option<Bocker>, Problem>, Problem> {
        let permit = prova(aktor, atgard)?;
        let kand = self.fran_hyllan(permit.huvudman());
        Ok(self
            .db
            .las_samtidigt(move |k| -> Result<Option<Bocker>, Problem> {
                let lage = store::bocker::lage(k, &permit)?;
                match &kand {
                    Some(bocker) if bocker.lage == lage => Ok(None),
                    _ => Ok(Some(store::bocker::las(k, &permit)?)),
                }
            }))
    }

    fn kanda(&self, aktor: &Aktor) -> Result<Arc<Bocker>, Problem> {
        let kanda = self.fran_hyllan(aktor.huvudman());
        kanda.ok_or_else(|| crate::fel::trasig("hyllan tömdes under läsning"))
    }

    fn fran_hyllan(&self, huvudman: HuvudmanId) -> Option<Arc<Bocker>> {
        let hylla = self.bocker.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.get(&huvudman).cloned()
    }

    fn till_hyllan(&self, nya: Bocker) -> Arc<Bocker> {
        let nya = Arc::new(nya);
        let mut hylla = self.bocker.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.insert(nya.huvudman.id, Arc::clone(&nya));
        nya
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
