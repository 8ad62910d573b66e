//! What is booked, kept in memory until something is booked: the pages about the accounts read
//! every sum there is, and people look at them while a large file is being read in.

use super::analys::Okopplad;
use super::laddat::Bokfort;
use crate::{Brister, Tjanst};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use utfall_behorighet::Permit;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{HuvudmanId, InlasningId, KonteringId};
use utfall_domain::medel::kontering::{
    Andrad, Behall, Delning, Faktanyckel, Koppling, Okopplat, Onskade,
};
use utfall_domain::medel::verifikation::{Bokforingsnamn, Kopplingsversion};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::bokforing::{Bokforingslage, Inbokat};

/// What was last looked up, per huvudman.
#[derive(Debug, Default)]
pub struct Hylla {
    platser: Mutex<HashMap<HuvudmanId, Plats>>,
    /// How many times it has been worked out anew.
    omraknad: AtomicU64,
}

#[derive(Clone, Debug, Default)]
struct Plats {
    star: Option<Arc<Uppslag>>,
    /// What an import on its way in makes of it, once it is in force.
    pa_vag: Option<Arc<Raknat>>,
    /// One at a time reads it anew: the others wait for what that one finds.
    ko: Arc<tokio::sync::Mutex<()>>,
}

impl Hylla {
    fn plats(&self, huvudman: HuvudmanId) -> Plats {
        let mut platser = self.platser.lock().unwrap_or_else(PoisonError::into_inner);
        platser.entry(huvudman).or_default().clone()
    }

    fn andra(&self, huvudman: HuvudmanId, gor: impl FnOnce(&mut Plats)) {
        let mut platser = self.platser.lock().unwrap_or_else(PoisonError::into_inner);
        gor(platser.entry(huvudman).or_default());
    }

    /// Puts what was looked up on the shelf. Two readers need not be done in the order they
    /// began: newer that stands there stays.
    fn stall(&self, last: &Arc<Uppslag>) {
        self.andra(last.bokfort.bocker.huvudman.id, |plats| {
            let star = plats.star.as_ref().map(|u| u.lage);
            if star.is_none_or(|star| star < last.lage) {
                plats.star = Some(Arc::clone(last));
            }
        });
    }
}

/// The facts that should be and those that change, or why there are none.
type Andringar = Result<(Arc<Onskade>, Vec<Andrad>), Problem>;

/// What a use case has read, with what it has worked out of it before the writer's turn.
#[derive(Clone, Debug)]
pub struct Beraknat {
    pub(super) bokfort: Bokfort,
    /// The facts that should be and those that change, or why there are none; `None` until it
    /// has been worked out.
    pub(super) andringar: Option<Andringar>,
    /// What is wrong with a mapping; `None` until it has been looked for.
    pub(super) brister: Option<Brister>,
}

impl From<Bokfort> for Beraknat {
    fn from(bokfort: Bokfort) -> Self {
        Self {
            bokfort,
            andringar: None,
            brister: None,
        }
    }
}

impl Beraknat {
    /// With what a mapping changes worked out, if it has not been already; beginning from what
    /// was worked out before, when that still is of what was read.
    pub(super) fn med_andringar(mut self, koppling: &Koppling, fore: Option<&Raknat>) -> Self {
        if self.andringar.is_none() {
            let bokfort = &self.bokfort;
            let vill = match fore.and_then(|fore| fore.av(bokfort)) {
                Some(vill) => Ok(vill),
                None => bokfort.onskade(koppling).map(Arc::new),
            };
            self.andringar = Some(vill.map(|vill| {
                let andrade = bokfort.skillnad(&vill);
                (vill, andrade)
            }));
        }
        self
    }

    /// What is booked, and what changes.
    pub(super) fn delar(
        self,
        koppling: &Koppling,
    ) -> Result<(Bokfort, Arc<Onskade>, Vec<Andrad>), Problem> {
        let klart = self.med_andringar(koppling, None);
        let (vill, andrade) = klart.andringar.unwrap_or_else(|| Ok(Default::default()))?;
        Ok((klart.bokfort, vill, andrade))
    }
}

/// What is booked with the facts that should be, as they were worked out of it.
#[derive(Clone, Debug)]
pub(super) struct Raknat {
    bokfort: Bokfort,
    vill: Arc<Onskade>,
}

impl Raknat {
    pub(super) fn ny(bokfort: Bokfort) -> Result<Self, Problem> {
        let vill = Arc::new(bokfort.onskade(&bokfort.regler())?);
        Ok(Self { bokfort, vill })
    }

    /// The facts that should be of what is booked, when they need not be worked out again.
    pub(super) fn av(&self, bokfort: &Bokfort) -> Option<Arc<Onskade>> {
        let samma = self.bokfort.samma_underlag(bokfort);
        samma.then(|| Arc::clone(&self.vill))
    }

    /// The books that it was worked out of.
    pub(super) const fn bocker(&self) -> &Arc<Bocker> {
        &self.bokfort.bocker
    }

    /// What the imports had booked.
    pub(super) const fn inbokat(&self) -> &Inbokat {
        &self.bokfort.inbokat
    }
}

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
    /// The facts that should be; `None` when rules quarrel.
    vill: Option<Arc<Onskade>>,
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
        let konteringar = Arc::make_mut(&mut nytt.bokfort.konteringar);
        for (k, _) in konteringar.values_mut() {
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

/// What stood on the shelves when somebody asked: it is used if it still holds, and read on
/// from if it does not.
struct Uppslagning {
    hylla: Arc<Hylla>,
    kand: Option<Arc<Uppslag>>,
    pa_vag: Option<Arc<Raknat>>,
    bocker: Option<Arc<Bocker>>,
}

impl Tjanst {
    fn uppslagning(&self, huvudman: HuvudmanId) -> Uppslagning {
        let plats = self.bokfort.plats(huvudman);
        Uppslagning {
            hylla: Arc::clone(&self.bokfort),
            kand: plats.star,
            pa_vag: plats.pa_vag,
            bocker: self.bocker_pa_hyllan(huvudman),
        }
    }

    /// What is booked, and what is read beside it in the same moment. Of those who come when it
    /// has changed one reads it anew, and the others wait for that.
    pub(super) async fn med_uppslag<T: Send + 'static>(
        &self,
        permit: &Permit,
        las: impl Fn(&mut Las, &Arc<Uppslag>) -> Result<T, Problem> + Clone + Send + 'static,
    ) -> Result<(Arc<Uppslag>, T), Problem> {
        let huvudman = permit.huvudman();
        let (kand, lov, bredvid) = (self.uppslagning(huvudman), permit.clone(), las.clone());
        let svar = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let Some(uppslag) = kand.om_det_haller(k, &lov)? else {
                return Ok(None);
            };
            let bredvid = bredvid(k, &uppslag)?;
            Ok(Some((uppslag, bredvid)))
        });
        if let Some(svar) = svar.await? {
            return Ok(svar);
        }
        let ko = self.bokfort.plats(huvudman).ko;
        let _ensam = ko.lock().await;
        // What stands there now may be what another has read meanwhile.
        let (kand, lov) = (self.uppslagning(huvudman), permit.clone());
        let svar = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let uppslag = kand.las(k, &lov)?;
            let bredvid = las(k, &uppslag)?;
            Ok((uppslag, bredvid))
        });
        let (uppslag, bredvid) = svar.await?;
        self.stall(&uppslag);
        Ok((uppslag, bredvid))
    }

    /// How many times what is booked has been worked out, for any huvudman, since the program
    /// began.
    #[must_use]
    pub fn bokfort_omraknat(&self) -> u64 {
        self.bokfort.omraknad.load(Ordering::Relaxed)
    }

    /// Reads what is booked anew, so that it stands there for those who come, where somebody has
    /// looked before. Blocks: for a thread of its own.
    pub(super) fn varm(&self, permit: &Permit) -> Result<(), Problem> {
        let huvudman = permit.huvudman();
        let plats = self.bokfort.plats(huvudman);
        if plats.star.is_none() {
            return Ok(());
        }
        let _ensam = plats.ko.blocking_lock();
        let (kand, lov) = (self.uppslagning(huvudman), permit.clone());
        let svar = self.db.las_samtidigt(move |k| kand.las(k, &lov));
        self.stall(&svar.vanta()?);
        Ok(())
    }

    fn stall(&self, uppslag: &Arc<Uppslag>) {
        self.bokfort.stall(uppslag);
        self.stall_bocker(&uppslag.bokfort.bocker);
    }

    /// Works out what will be booked once an import whose rows are written is in force, and lays
    /// it ready for whoever comes first when it is. Nobody sees it before. Blocks.
    pub(super) fn rakna_pa_vag(
        &self,
        permit: &Permit,
        inlasning: InlasningId,
    ) -> Result<Arc<Raknat>, Problem> {
        let huvudman = permit.huvudman();
        let (kand, lov) = (self.uppslagning(huvudman), permit.clone());
        let med = (Some(inlasning), None);
        let las = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let bocker = kand.bocker(k, &lov)?;
            let fore = kand.kand.as_ref().map(|u| &u.bokfort.inbokat);
            Bokfort::las_vidare(k, &lov, bocker, med, fore)
        });
        let raknat = Arc::new(Raknat::ny(las.vanta()?)?);
        self.bokfort.andra(huvudman, |plats| {
            plats.pa_vag = Some(Arc::clone(&raknat));
        });
        Ok(raknat)
    }

    /// There is no longer anything on its way.
    pub(super) fn inget_pa_vag(&self, huvudman: HuvudmanId) {
        self.bokfort.andra(huvudman, |plats| plats.pa_vag = None);
    }
}

impl Uppslag {
    fn raknat(&self) -> Option<(&Bokfort, &Arc<Onskade>)> {
        Some((&self.bokfort, self.vill.as_ref()?))
    }
}

impl Uppslagning {
    fn om_det_haller(&self, k: &mut Las, permit: &Permit) -> Result<Option<Arc<Uppslag>>, Problem> {
        let lage = store::bokforing::lage(k, permit)?;
        let haller = |kand: &&Arc<Uppslag>| kand.lage == lage;
        Ok(self.kand.as_ref().filter(haller).cloned())
    }

    /// What is booked, read again only when it has changed.
    fn las(&self, k: &mut Las, permit: &Permit) -> Result<Arc<Uppslag>, Problem> {
        match self.om_det_haller(k, permit)? {
            Some(kand) => Ok(kand),
            None => Ok(Arc::new(self.las_om(k, permit)?)),
        }
    }

    fn bocker(&self, k: &mut Las, permit: &Permit) -> Result<Arc<Bocker>, Problem> {
        let lage = store::bocker::lage(k, permit)?;
        match &self.bocker {
            Some(bocker) if bocker.lage == lage => Ok(Arc::clone(bocker)),
            _ => Ok(Arc::new(store::bocker::las(k, permit)?)),
        }
    }

    fn las_om(&self, k: &mut Las, permit: &Permit) -> Result<Uppslag, Problem> {
        self.hylla.omraknad.fetch_add(1, Ordering::Relaxed);
        let lage = store::bokforing::lage(k, permit)?;
        let bocker = self.bocker(k, permit)?;
        let kraft = store::bokforing::inbokat_nu(k, permit)?;
        let pa_vag = self.pa_vag.as_deref().map(Raknat::inbokat);
        let kand = self.kand.as_ref().map(|u| &u.bokfort.inbokat);
        let fore = pa_vag.filter(|i| i.ar_av(&kraft)).or(kand);
        let bokfort = Bokfort::las_vidare(k, permit, bocker, (None, None), fore)?;
        let vill = self.vill(&bokfort);
        let andrade = vill.as_ref().map(|vill| bokfort.skillnad(vill));
        let inga = Onskade::default();
        let sagt = vill.as_deref().unwrap_or(&inga);
        Ok(Uppslag {
            versioner: store::bokforing::koppling::versioner(k, permit)?,
            namn: bokfort.inbokat.namn(),
            okopplade: okopplade(&bokfort, &sagt.okopplade),
            delningar: sagt.delningar.clone(),
            andrade: andrade.unwrap_or_default(),
            bokfort,
            vill,
            lage,
            synligt: Default::default(),
        })
    }

    /// The facts that should be: as they were worked out before when nothing that they follow
    /// from has changed.
    fn vill(&self, bokfort: &Bokfort) -> Option<Arc<Onskade>> {
        if let Some(vill) = self.pa_vag.as_ref().and_then(|r| r.av(bokfort)) {
            return Some(vill);
        }
        let forra = self.kand.as_ref().and_then(|u| u.raknat());
        match forra {
            Some((av, vill)) if av.samma_underlag(bokfort) => Some(Arc::clone(vill)),
            _ => bokfort.onskade(&bokfort.regler()).ok().map(Arc::new),
        }
    }
}

fn okopplade(bokfort: &Bokfort, alla: &BTreeMap<KonteringId, Okopplat>) -> Vec<Okopplad> {
    let rader = alla.iter().filter_map(|(id, o)| {
        Some(Okopplad {
            kontering: bokfort.konteringar.get(id)?.0.clone(),
            slag: o.slag,
            ore: o.ore,
            antal: o.antal,
            varfor: o.varfor.clone(),
        })
    });
    rader.collect()
}
