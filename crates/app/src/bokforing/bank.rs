//! Files that have been looked at and wait for a yes. They live in this process, and go when
//! it does: nothing of them is saved.

use super::analys::Analys;
use super::fil::Siefil;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use utfall_domain::id::{AnvandareId, HuvudmanId};

/// How long a file waits.
const VANTAR: SignedDuration = SignedDuration::from_hours(2);
/// How many wait at once, of one huvudman: more than anybody has use for.
const FLEST: usize = 4;

/// A file with what it was found to be.
#[derive(Debug)]
pub struct Uppladdad {
    /// Whose.
    pub huvudman: HuvudmanId,
    /// By whom.
    pub av: Option<AnvandareId>,
    /// The file.
    pub fil: Arc<Siefil>,
    /// What it is and would do.
    pub analys: Analys,
    /// When it came.
    pub nar: Timestamp,
}

/// The files that wait, by their keys.
#[derive(Debug, Default)]
pub struct Bank(Mutex<HashMap<String, Arc<Uppladdad>>>);

impl Bank {
    /// Puts a file by, under a key that nobody can guess. Old ones go.
    pub fn lagg(&self, nyckel: String, ny: Uppladdad) {
        let mut alla = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        alla.retain(|_, u| ny.nar.duration_since(u.nar).abs() < VANTAR);
        let mut egna: Vec<(Timestamp, String)> = alla
            .iter()
            .filter(|(_, u)| u.huvudman == ny.huvudman)
            .map(|(nyckel, u)| (u.nar, nyckel.clone()))
            .collect();
        egna.sort();
        let bort = egna.len().saturating_sub(FLEST.saturating_sub(1));
        for (_, aldst) in egna.into_iter().take(bort) {
            alla.remove(&aldst);
        }
        alla.insert(nyckel, Arc::new(ny));
    }

    /// The file under a key, for those in the same books.
    #[must_use]
    pub fn ta_fram(&self, nyckel: &str, huvudman: HuvudmanId) -> Option<Arc<Uppladdad>> {
        let alla = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        alla.get(nyckel).filter(|u| u.huvudman == huvudman).cloned()
    }

    /// Takes a file out: it is being read in, or is not wanted.
    pub fn ta_bort(&self, nyckel: &str, huvudman: HuvudmanId) -> Option<Arc<Uppladdad>> {
        self.ta_fram(nyckel, huvudman)?;
        let mut alla = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        alla.remove(nyckel)
    }
}
