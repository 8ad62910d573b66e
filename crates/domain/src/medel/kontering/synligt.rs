//! What can name people, as those who may not see it see it: the dimensions 7 (employee),
//! 8 (customer) and 9 (supplier).

use super::{Behall, Kontering, Koppling, Regel};
use std::collections::BTreeSet;

/// Stands for an object that is not shown.
pub const DOLT: &str = "visas inte";

impl Behall {
    /// Whether objects of a dimension can name people.
    #[must_use]
    pub fn kan_namnge(dim: u32) -> bool {
        Self::PERSONER.contains(&dim)
    }

    /// Which of the dimensions that can name people are shown: those that are kept, and to
    /// those who may see such. What was kept once and is no longer is shown to nobody.
    #[must_use]
    pub fn synliga(&self, far: bool) -> BTreeSet<u32> {
        if far {
            self.dimensioner.clone()
        } else {
            BTreeSet::new()
        }
    }
}

impl Kontering {
    /// Whether it is marked with something that can name people and is not among `synliga`.
    #[must_use]
    pub fn doljs(&self, synliga: &BTreeSet<u32>) -> bool {
        let doljs = |dim: &u32| Behall::kan_namnge(*dim) && !synliga.contains(dim);
        self.objekt.iter().any(|(dim, _)| doljs(dim))
    }

    /// Without what can name people, but for the dimensions that are shown.
    #[must_use]
    pub fn synlig(mut self, synliga: &BTreeSet<u32>) -> Self {
        self.objekt
            .retain(|(dim, _)| !Behall::kan_namnge(*dim) || synliga.contains(dim));
        self
    }
}

impl Regel {
    /// Whether it is about something that can name people.
    #[must_use]
    pub fn namnger(&self) -> bool {
        self.objekt.iter().any(|(dim, _)| Behall::kan_namnge(*dim))
    }

    /// As those see it who may not see what can name people.
    #[must_use]
    pub fn dold(mut self) -> Self {
        for (dim, objekt) in &mut self.objekt {
            if Behall::kan_namnge(*dim) {
                DOLT.clone_into(objekt);
            }
        }
        self
    }
}

impl Koppling {
    /// As those see it who may not see what can name people: which rules there are, and that
    /// some are about an employee, a customer or a supplier, but not about which.
    #[must_use]
    pub fn dold(&self) -> Self {
        Self {
            regler: self.regler.iter().cloned().map(Regel::dold).collect(),
            behall: self.behall.clone(),
        }
    }

    /// The rules that are about something that can name people.
    pub fn namngivande(&self) -> impl Iterator<Item = &Regel> {
        self.regler.iter().filter(|r| r.namnger())
    }
}
