//! What is booked, kept in memory until something is booked: the pages about the accounts read
//! every sum there is, and people look at them while a large file is being read in.

use super::analys::Okopplad;
use super::laddat::Bokfort;
use crate::Tjanst;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use utfall_behorighet::Permit;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::HuvudmanId;
use utfall_domain::medel::verifikation::{Bokforingsnamn, Kopplingsversion};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::bokforing::Bokforingslage;

/// What was last looked up, per huvudman.
pub type Hylla = Mutex<HashMap<HuvudmanId, Arc<Uppslag>>>;

/// What is booked at a moment, without what vouchers by hand are for.
#[derive(Clone, Debug)]
pub struct Uppslag {
    /// The snapshot.
    pub bokfort: Bokfort,
    /// Every version of the mapping, latest first, without rules.
    pub versioner: Vec<Kopplingsversion>,
    /// Names of accounts and objects.
    pub namn: Vec<Bokforingsnamn>,
    /// What belongs nowhere yet.
    pub okopplade: Vec<Okopplad>,
    /// The moment.
    lage: Bokforingslage,
}

/// What stood on the shelves when somebody asked: it is used if it still holds.
pub(super) struct Uppslagning {
    kand: Option<Arc<Uppslag>>,
    bocker: Option<Arc<Bocker>>,
}

impl Tjanst {
    pub(super) fn uppslagning(&self, huvudman: HuvudmanId) -> Uppslagning {
        let hylla = self.bokfort.lock().unwrap_or_else(PoisonError::into_inner);
        Uppslagning {
            kand: hylla.get(&huvudman).cloned(),
            bocker: self.bocker_pa_hyllan(huvudman),
        }
    }
}

impl Uppslagning {
    /// What is booked, read again only when it has changed.
    pub(super) fn las(&self, k: &mut Las, permit: &Permit) -> Result<Arc<Uppslag>, Problem> {
        let lage = store::bokforing::lage(k, permit)?;
        match &self.kand {
            Some(kand) if kand.lage == lage => Ok(Arc::clone(kand)),
            _ => Ok(Arc::new(self.las_om(k, permit, lage)?)),
        }
    }

    fn las_om(
        &self,
        k: &mut Las,
        permit: &Permit,
        lage: Bokforingslage,
    ) -> Result<Uppslag, Problem> {
        let bocker = match &self.bocker {
            Some(bocker) if bocker.lage == lage.journal => Arc::clone(bocker),
            _ => Arc::new(store::bocker::las(k, permit)?),
        };
        let bokfort = Bokfort::med_bocker(k, permit, bocker, (None, None))?;
        Ok(Uppslag {
            versioner: store::bokforing::koppling::versioner(k, permit)?,
            namn: store::bokforing::namn(k, permit)?,
            okopplade: okopplade(&bokfort),
            bokfort,
            lage,
        })
    }
}

fn okopplade(bokfort: &Bokfort) -> Vec<Okopplad> {
    let Ok((vill, _)) = bokfort.andringar(&bokfort.regler()) else {
        return Vec::new();
    };
    let rader = vill.okopplade.into_iter().filter_map(|(id, o)| {
        Some(Okopplad {
            kontering: bokfort.konteringar.get(&id)?.0.clone(),
            slag: o.slag,
            ore: o.ore,
            antal: o.antal,
        })
    });
    rader.collect()
}

/// Puts what was looked up on the shelf. Two readers need not be done in the order they began:
/// newer that stands there stays.
pub(super) fn stall(hylla: &Hylla, last: &Arc<Uppslag>) {
    let mut hylla = hylla.lock().unwrap_or_else(PoisonError::into_inner);
    let huvudman = last.bokfort.bocker.huvudman.id;
    let star = hylla.get(&huvudman).map(|u| u.lage);
    if star.is_none_or(|star| star < last.lage) {
        hylla.insert(huvudman, Arc::clone(last));
    }
}
