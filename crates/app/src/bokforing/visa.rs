//! What pages show: the imports, the mapping with what belongs nowhere, and the vouchers
//! behind a figure.

use super::analys::{FLEST_VISADE, Saknad};
use super::delat::andras;
use super::koppling::prova_namn;
use super::laddat::Bokfort;
use super::las_in::STILLA;
use super::uppslag::Uppslag;
use crate::Tjanst;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::medel::kontering::{
    Behall, Delning, Faktanyckel, Konteringar, Koppling, Tolkning,
};
use utfall_domain::medel::verifikation::{
    Bokforingsnamn, Handverifikation, Inlasning, Inlasningslage, Listad, Verifikation,
    Verifikationsurval,
};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::bokforing::verifikationer::{Sokning, Traff};

/// What is booked, for the pages about it.
#[derive(Clone, Debug)]
pub struct Bokforing {
    /// What stands still until something is booked, as the one who asked may see it.
    pub uppslag: Arc<Uppslag>,
    /// The same with what can name people.
    helt: Arc<Uppslag>,
    /// The one who asked may see what can name people.
    pub far_namn: bool,
    /// The import under way, how many vouchers are done, and whether it still moves.
    pub pagar: Option<(InlasningId, i64, bool)>,
}

impl Bokforing {
    /// The rules as they are, to be saved with a change: never shown.
    #[must_use]
    pub fn hela_regler(&self) -> Koppling {
        self.helt.bokfort.regler()
    }

    /// Refuses a mapping that changes rules about an employee, a customer or a supplier, from
    /// those who may not see such.
    ///
    /// # Errors
    /// `koppling-namn`.
    pub fn prova_namn(&self, ny: &Koppling) -> Result<(), Problem> {
        prova_namn(self.far_namn, &self.hela_regler(), ny)
    }
}

impl std::ops::Deref for Bokforing {
    type Target = Uppslag;

    fn deref(&self) -> &Uppslag {
        &self.uppslag
    }
}

/// Where a voucher comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kalla {
    /// A file.
    Fil(Box<Listad>),
    /// By hand.
    Hand(Box<Handverifikation>),
}

/// A voucher in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifikationsrad {
    /// The voucher.
    pub kalla: Kalla,
    /// What its rows come to within the choice, in öre and as the figure counts them.
    pub ore: i64,
}

/// A part of a list of vouchers.
#[derive(Clone, Debug, Default)]
pub struct Sida {
    /// The vouchers of the part, by day.
    pub rader: Vec<Verifikationsrad>,
    /// How many there are in all.
    pub antal: usize,
    /// What all of them come to, in öre; `None` when nothing is chosen.
    pub summa: Option<i64>,
    /// Of the rows' sum, what is counted at other grants, in öre: the sum is without it.
    pub andras: Option<i64>,
    /// What the fact is a share of; of the chosen accounts alone, when accounts are chosen.
    pub delning: Option<Delning>,
    /// Other grants pay a part of these vouchers, and the choice is of such parts of rows that
    /// nobody can say how much: the amounts are whole.
    pub hela_belopp: bool,
    /// The fact would be another if it were counted again: the distribution has changed.
    pub inaktuell: bool,
    /// The amounts are those of the chosen accounts; else what each voucher debited.
    pub av_konton: bool,
    /// The imports in force, latest first.
    pub inlasningar: Vec<Inlasning>,
    /// The fact that the list is of.
    pub faktum: Option<Faktum>,
}

impl Tjanst {
    /// What is booked.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn bokforing(&self, aktor: &Aktor) -> Result<Bokforing, Problem> {
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        let nu = self.klocka.nu();
        let lov = permit.clone();
        let pagar = move |k: &mut Las, _: &Arc<Uppslag>| Ok(store::bokforing::pagar(k, &lov)?);
        let (helt, pagar) = self.med_uppslag(&permit, pagar).await?;
        let far_namn = far_namn(aktor);
        Ok(Bokforing {
            uppslag: helt.synligt(far_namn),
            helt,
            far_namn,
            pagar: pagar.map(|(id, klara, nar)| (id, klara, nu.duration_since(nar) < STILLA)),
        })
    }

    /// Vouchers within a choice, a part of them.
    ///
    /// # Errors
    /// When the role does not allow it, the fact is no sum of booked rows, or the database
    /// fails.
    pub async fn verifikationer(
        &self,
        aktor: &Aktor,
        urval: Verifikationsurval,
        (hoppa, antal): (usize, usize),
    ) -> Result<Sida, Problem> {
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        let lov = permit.clone();
        let las = move |k: &mut Las, uppslag: &Arc<Uppslag>| {
            sida(k, &lov, uppslag, &urval, (hoppa, antal))
        };
        let (_, sida) = self.med_uppslag(&permit, las).await?;
        Ok(sida)
    }

    /// The vouchers that an import in force put aside, the first of them.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn lagda_at_sidan(
        &self,
        aktor: &Aktor,
        inlasning: InlasningId,
    ) -> Result<Vec<Saknad>, Problem> {
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                let alla = store::bokforing::inlasningar(k, &permit)?;
                let galler = |i: &Inlasning| i.id == inlasning && i.lage == Inlasningslage::Galler;
                if !alla.iter().any(galler) {
                    return Ok(Vec::new());
                }
                let ids = store::bokforing::verifikationer::lagda_at_sidan(k, &permit, inlasning)?;
                let mut ut = Vec::new();
                for id in ids.into_iter().take(FLEST_VISADE) {
                    let v = store::bokforing::verifikationer::en(k, &permit, id)?;
                    ut.extend(v.as_ref().map(Saknad::av));
                }
                Ok(ut)
            })
            .await
    }

    /// A voucher from a file, with what can name people for those who may read it, so far as
    /// the mapping in force still keeps it.
    ///
    /// # Errors
    /// `finns-inte` when there is none in the books; else as the database says.
    pub async fn verifikation(
        &self,
        aktor: &Aktor,
        id: VerifikationId,
    ) -> Result<(Verifikation, Arc<Konteringar>, Vec<Bokforingsnamn>), Problem> {
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        let med_text = prova(aktor, Atgard::LasaVerifikationstext).ok();
        let far_namn = med_text.is_some();
        let lov = med_text.unwrap_or_else(|| permit.clone());
        let las = move |k: &mut Las, _: &Arc<Uppslag>| {
            let v = store::bokforing::verifikationer::en(k, &lov, id)?;
            v.ok_or_else(Problem::finns_inte)
        };
        let (uppslag, mut v) = self.med_uppslag(&permit, las).await?;
        utan_texter(&mut v, &uppslag.bokfort.regler().behall);
        let synligt = uppslag.synligt(far_namn);
        let konteringar = Arc::clone(&synligt.bokfort.konteringar);
        Ok((v, konteringar, synligt.namn.clone()))
    }

    /// The vouchers by hand, with what they are for when that may be read.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn for_hand(&self, aktor: &Aktor) -> Result<Vec<store::bokforing::ForHand>, Problem> {
        let permit = prova(aktor, Atgard::LasaVerifikationstext)
            .or_else(|_| prova(aktor, Atgard::LasaBokforing))?;
        self.db
            .las(move |k| -> Result<_, Problem> {
                Ok(store::bokforing::handverifikationer(k, &permit)?)
            })
            .await
    }
}

/// Whether somebody may see what can name people.
pub(super) fn far_namn(aktor: &Aktor) -> bool {
    prova(aktor, Atgard::LasaVerifikationstext).is_ok()
}

/// What was kept once and is no longer, is shown to nobody.
fn utan_texter(v: &mut Verifikation, behall: &Behall) {
    if !behall.signatur {
        v.signatur = None;
    }
    if !behall.text {
        v.text = None;
        for rad in &mut v.rader {
            rad.text = None;
        }
    }
}

/// Nobody is searched for: not by the ones who may see them either.
///
/// # Errors
/// `urval-namn`.
pub fn prova_sokt(objekt: &[(u32, String)]) -> Result<(), Problem> {
    if !objekt.iter().any(|(dim, _)| Behall::kan_namnge(*dim)) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "urval-namn",
        "Anställda, kunder och leverantörer (dimension 7, 8 och 9) går inte att söka på.",
        "Välj projekt, kostnadsställe eller en annan dimension.",
    )
    .i_falt("objekt"))
}

fn sida(
    k: &mut Las,
    permit: &Permit,
    uppslag: &Uppslag,
    urval: &Verifikationsurval,
    (hoppa, antal): (usize, usize),
) -> Result<Sida, Problem> {
    let bokfort = &uppslag.bokfort;
    let val = Val::av(uppslag, urval)?;
    let traffar = val.sok(k, permit, urval)?;
    let for_hand = val.for_hand(bokfort, urval);
    let mut sida = Sida {
        faktum: val.faktum.clone(),
        antal: traffar.len().saturating_add(for_hand.len()),
        av_konton: val.delar.iter().any(|d| d.konteringar.is_some()),
        ..Sida::default()
    };
    let visas = |plats: usize| plats >= hoppa && plats < hoppa.saturating_add(antal);
    let mut summa = 0_i64;
    let mut rakna = |ore: i64| {
        summa = summa.checked_add(ore).ok_or_else(super::for_stort)?;
        Ok::<_, Problem>(())
    };
    let antal_i_filer = traffar.len();
    for (plats, (mut listad, ore)) in traffar.into_iter().enumerate() {
        let ore = match ore {
            Some((ore, _)) => ore,
            None if visas(plats) => val.debet(k, permit, &mut listad)?,
            None => continue,
        };
        let ore = ore.checked_mul(val.tecken).ok_or_else(super::for_stort)?;
        rakna(ore)?;
        if visas(plats) {
            let kalla = Kalla::Fil(Box::new(listad));
            sida.rader.push(Verifikationsrad { kalla, ore });
        }
    }
    for (plats, v) in (antal_i_filer..).zip(for_hand) {
        let ore = v.summa().map_or(0, |(_, ore)| ore);
        rakna(ore)?;
        if visas(plats) {
            let kalla = Kalla::Hand(Box::new(v.clone()));
            sida.rader.push(Verifikationsrad { kalla, ore });
        }
    }
    let andras = andras(uppslag, urval, ((val.fran, val.till), val.nyckel.as_ref()));
    if let Some(ore) = andras.ore {
        rakna(ore)?;
        (sida.andras, sida.delning) = (Some(ore), andras.delning);
    }
    sida.hela_belopp = andras.hela;
    sida.inaktuell = val.inaktuell;
    sida.summa = (*urval != Verifikationsurval::default()).then_some(summa);
    sida.inlasningar = i_kraft(bokfort);
    Ok(sida)
}

fn i_kraft(bokfort: &Bokfort) -> Vec<Inlasning> {
    let galler = |i: &&Inlasning| i.lage == Inlasningslage::Galler;
    let alla = bokfort.inlasningar.iter();
    alla.filter(galler).cloned().collect()
}

/// Whether the choice is of where things belong.
fn vart(urval: &Verifikationsurval) -> bool {
    urval.insats.is_some() || urval.bidrag.is_some() || urval.organisation.is_some()
}

/// What a choice comes to: the accounts in each part of the period, with the sign they are
/// counted with, and the fact when it is of one.
struct Val {
    fran: Date,
    till: Date,
    /// In order of time, the parts beside each other: rules and grants follow the year.
    delar: Vec<Del>,
    tecken: i64,
    nyckel: Option<Faktanyckel>,
    faktum: Option<Faktum>,
    /// The fact is in force, and counted again it would be another.
    inaktuell: bool,
}

/// The accounts of a choice from a day to another; `None` is all of them.
struct Del {
    inom: (Date, Date),
    konteringar: Option<BTreeSet<KonteringId>>,
}

impl Del {
    /// Whether any voucher of a file can be within it.
    fn alls(&self) -> bool {
        self.konteringar.as_ref().is_none_or(|k| !k.is_empty())
    }
}

impl Val {
    fn av(uppslag: &Uppslag, urval: &Verifikationsurval) -> Result<Self, Problem> {
        prova_sokt(&urval.objekt)?;
        let bokfort = &uppslag.bokfort;
        let mut val = Self {
            fran: urval.fran.unwrap_or(Date::MIN),
            till: urval.till.unwrap_or(Date::MAX),
            delar: Vec::new(),
            tecken: 1,
            nyckel: None,
            faktum: None,
            inaktuell: false,
        };
        if let Some(id) = urval.faktum {
            let faktum = bokfort.bocker.fakta.iter().find(|f| f.id == id);
            let faktum = faktum.ok_or_else(Problem::finns_inte)?;
            let nyckel = Faktanyckel::av(&faktum.fakta).ok_or_else(Problem::finns_inte)?;
            val.fran = val.fran.max(nyckel.manad);
            val.till = val.till.min(nyckel.manad.last_of_month());
            if nyckel.slag == FaktumSlag::BokfortBidrag {
                val.tecken = -1;
            }
            val.inaktuell = uppslag.andrade.iter().any(|a| a.faktum == Some(id));
            (val.nyckel, val.faktum) = (Some(nyckel), Some(faktum.clone()));
        }
        val.delar = val.per_ar(bokfort, urval);
        Ok(val)
    }

    /// The accounts of each year with rows, those years together that have the same.
    fn per_ar(&self, bokfort: &Bokfort, urval: &Verifikationsurval) -> Vec<Del> {
        let hela = (self.fran, self.till);
        let efter_kopplingen = self.nyckel.is_some() || vart(urval);
        let konton = !urval.konton.is_empty() || !urval.objekt.is_empty();
        let koppling = bokfort.regler();
        let av = |ar: i16| -> BTreeSet<KonteringId> {
            let alla = bokfort.konteringar.iter().filter(|(_, (k, typ))| {
                (urval.konton.is_empty() || urval.konton.iter().any(|i| i.har(k.konto)))
                    && urval.objekt.iter().all(|o| k.objekt.contains(o))
                    && (!efter_kopplingen
                        || self.passar(bokfort, urval, koppling.tolka(k, *typ, ar).ok(), ar))
            });
            alla.map(|(id, _)| *id).collect()
        };
        if !efter_kopplingen {
            let konteringar = konton.then(|| av(0));
            return vec![Del {
                inom: hela,
                konteringar,
            }];
        }
        let aren: BTreeSet<i16> = bokfort.summor.iter().map(|s| s.manad.year()).collect();
        let mut ut: Vec<Del> = Vec::new();
        for ar in aren {
            let inom = (hela.0.max(date(ar, 1, 1)), hela.1.min(date(ar, 12, 31)));
            if inom.0 > inom.1 {
                continue;
            }
            let konteringar = Some(av(ar));
            match ut.last_mut() {
                Some(fore) if fore.konteringar == konteringar => fore.inom.1 = inom.1,
                _ => ut.push(Del { inom, konteringar }),
            }
        }
        ut
    }

    /// Whether rows that the rules say this of in a year are within the choice.
    fn passar(
        &self,
        bokfort: &Bokfort,
        urval: &Verifikationsurval,
        tolkning: Option<Tolkning>,
        ar: i16,
    ) -> bool {
        let manad = self.nyckel.as_ref().map_or(date(ar, 1, 1), |n| n.manad);
        let nyckel = tolkning.and_then(|t| Faktanyckel::for_rader(&t, manad));
        nyckel.is_some_and(|(n, _)| self.hor_hit(bokfort, urval, &n))
    }

    /// Whether what the rules or a voucher say is of the choice: it is counted in a fact of it.
    fn hor_hit(&self, bokfort: &Bokfort, urval: &Verifikationsurval, sagt: &Faktanyckel) -> bool {
        let hemma = sagt.hemma(|till, ar| bokfort.hemvist(till, ar));
        let hemma = hemma.unwrap_or_else(|_| vec![(sagt.clone(), 1)]);
        let valt = |n: &Faktanyckel| {
            urval.insats.is_none_or(|vald| vald == n.insats)
                && urval.bidrag.is_none_or(|vald| Some(vald) == n.bidrag)
                && urval
                    .organisation
                    .is_none_or(|vald| Some(vald) == n.organisation)
        };
        // Counted again a fact can be another grant's: then its vouchers are those of any.
        let samma = |n: &Faktanyckel, vill: &Faktanyckel| {
            let bidrag = if self.inaktuell {
                vill.bidrag
            } else {
                n.bidrag
            };
            Faktanyckel {
                bidrag,
                ..n.clone()
            } == *vill
        };
        let inom = |n: &Faktanyckel| valt(n) && self.nyckel.as_ref().is_none_or(|v| samma(n, v));
        hemma.iter().any(|(n, _)| inom(n))
    }

    /// The vouchers of files within the choice, in order of day.
    fn sok(
        &self,
        k: &mut Las,
        permit: &Permit,
        urval: &Verifikationsurval,
    ) -> Result<Vec<Traff>, Problem> {
        let mut ut = Vec::new();
        for del in self.delar.iter().filter(|d| d.alls()) {
            let sokning = self.sokning(del, urval);
            ut.extend(store::bokforing::verifikationer::sok(k, permit, &sokning)?);
        }
        Ok(ut)
    }

    /// The choice, as the store is asked for a part of it.
    fn sokning<'a>(&self, del: &'a Del, urval: &'a Verifikationsurval) -> Sokning<'a> {
        Sokning {
            inom: del.inom,
            inlasning: urval.inlasning,
            konteringar: del.konteringar.as_ref(),
            serie: urval.serie.as_deref(),
            nummer: urval.nummer.as_deref(),
            belopp: urval.belopp,
            med_summor: *urval != Verifikationsurval::default(),
        }
    }

    /// What a voucher of no particular choice debited.
    fn debet(&self, k: &mut Las, permit: &Permit, listad: &mut Listad) -> Result<i64, Problem> {
        let v = store::bokforing::verifikationer::en(k, permit, listad.id)?;
        let rader = v.map(|v| v.rader).unwrap_or_default();
        listad.rader = i64::try_from(rader.len()).unwrap_or(i64::MAX);
        let mut debet = rader.iter().map(|r| r.ore).filter(|ore| *ore > 0);
        let summa = debet.try_fold(0_i64, i64::checked_add);
        summa.ok_or_else(super::for_stort)
    }

    fn for_hand<'a>(
        &self,
        bokfort: &'a Bokfort,
        urval: &Verifikationsurval,
    ) -> Vec<&'a Handverifikation> {
        let i_filer = urval.inlasning.is_some()
            || urval.serie.is_some()
            || !urval.konton.is_empty()
            || !urval.objekt.is_empty();
        if i_filer {
            return Vec::new();
        }
        let hor_hit = |v: &Handverifikation| {
            let sagt = v.summa().map(|(n, _)| n);
            sagt.is_some_and(|n| self.hor_hit(bokfort, urval, &n))
                && urval
                    .nummer
                    .as_ref()
                    .is_none_or(|nr| *nr == v.nummer.to_string())
                && urval
                    .belopp
                    .is_none_or(|b| v.ore.unsigned_abs() == b.unsigned_abs())
        };
        bokfort
            .for_hand
            .iter()
            .filter(|v| v.datum >= self.fran && v.datum <= self.till)
            .filter(|v| hor_hit(v))
            .collect()
    }
}
