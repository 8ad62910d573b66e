//! What is booked, kept in memory until something is booked: the pages about the accounts read
//! every sum there is, and people look at them while a large file is being read in.

use super::analys::Okopplad;
use super::laddat::Bokfort;
use crate::Tjanst;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use utfall_behorighet::Permit;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{HuvudmanId, KonteringId};
use utfall_domain::medel::kontering::{Andrad, Behall, Delning, Faktanyckel, Okopplat};
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
    /// The facts that are one grant's share of what several pay.
    pub delningar: BTreeMap<Faktanyckel, Delning>,
    /// The facts that would change if they were counted again: the distribution is another than
    /// when they were.
    pub andrade: Vec<Andrad>,
    /// The moment.
    lage: Bokforingslage,
    /// The same without what may not be seen: by most, and by those who may see names of
    /// people. `None` inside when nothing is hidden from them.
    synligt: [OnceLock<Option<Arc<Uppslag>>>; 2],
}

impl Uppslag {
    /// As it is shown to those who may see what can name people (`far`), and to others. The
    /// shelf has the whole of it: nothing leaves the program but through this.
    pub(super) fn synligt(self: &Arc<Self>, far: bool) -> Arc<Self> {
        let [andra, fa] = &self.synligt;
        let plats = if far { fa } else { andra };
        let synligt = plats.get_or_init(|| self.avskalat(far).map(Arc::new));
        synligt
            .as_ref()
            .map_or_else(|| Arc::clone(self), Arc::clone)
    }

    fn avskalat(&self, far: bool) -> Option<Self> {
        let regler = self.bokfort.regler();
        let synliga = regler.behall.synliga(far);
        let mut konton = self.bokfort.konteringar.values();
        let i_regler = !far && regler.namngivande().next().is_some();
        if !i_regler
            && !konton.any(|(k, _)| k.doljs(&synliga))
            && !self.namn.iter().any(|n| doljs(n, &synliga))
        {
            return None;
        }
        let mut nytt = self.clone();
        for (k, _) in nytt.bokfort.konteringar.values_mut() {
            *k = std::mem::take(k).synlig(&synliga);
        }
        for o in &mut nytt.okopplade {
            o.kontering = std::mem::take(&mut o.kontering).synlig(&synliga);
        }
        nytt.namn.retain(|n| !doljs(n, &synliga));
        if !far {
            for v in nytt.bokfort.koppling.iter_mut().chain(&mut nytt.versioner) {
                v.koppling = v.koppling.dold();
            }
        }
        nytt.synligt = Default::default();
        Some(nytt)
    }
}

/// A name of something that can name people and is not shown.
pub(super) fn doljs(namn: &Bokforingsnamn, synliga: &BTreeSet<u32>) -> bool {
    let dim = namn.slag.parse::<u32>();
    dim.is_ok_and(|dim| Behall::kan_namnge(dim) && !synliga.contains(&dim))
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
        let (vill, andrade) = bokfort.andringar(&bokfort.regler()).unwrap_or_default();
        Ok(Uppslag {
            versioner: store::bokforing::koppling::versioner(k, permit)?,
            namn: store::bokforing::namn(k, permit)?,
            okopplade: okopplade(&bokfort, vill.okopplade),
            delningar: vill.delningar,
            andrade,
            bokfort,
            lage,
            synligt: Default::default(),
        })
    }
}

fn okopplade(bokfort: &Bokfort, alla: BTreeMap<KonteringId, Okopplat>) -> Vec<Okopplad> {
    let rader = alla.into_iter().filter_map(|(id, o)| {
        Some(Okopplad {
            kontering: bokfort.konteringar.get(&id)?.0.clone(),
            slag: o.slag,
            ore: o.ore,
            antal: o.antal,
            varfor: o.varfor,
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
