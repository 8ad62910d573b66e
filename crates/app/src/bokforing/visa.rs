//! What pages show: the imports, the mapping with what belongs nowhere, and the vouchers
//! behind a figure.

use super::analys::{FLEST_VISADE, Saknad};
use super::laddat::Bokfort;
use super::las_in::STILLA;
use super::uppslag::{Uppslag, doljs, stall};
use crate::Tjanst;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::medel::kontering::{Behall, Faktanyckel, Konteringar, Koppling, Tolkning};
use utfall_domain::medel::verifikation::{
    Bokforingsnamn, Handverifikation, Inlasning, Inlasningslage, Listad, Verifikation,
    Verifikationsurval,
};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::bokforing::verifikationer::Sokning;

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
        if self.far_namn || ny.namngivande().eq(self.hela_regler().namngivande()) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "koppling-namn",
            "Regler om anställda, kunder och leverantörer (dimension 7, 8 och 9) ändras bara av \
             den som får se dem.",
            "Be en ekonom om det.",
        )
        .i_falt("regler"))
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
        let slag_upp = self.uppslagning(permit.huvudman());
        let svar = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let pagar = store::bokforing::pagar(k, &permit)?;
            Ok((slag_upp.las(k, &permit)?, pagar))
        });
        let (helt, pagar) = svar.await?;
        stall(&self.bokfort, &helt);
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
        let slag_upp = self.uppslagning(permit.huvudman());
        let svar = self.db.las_samtidigt(move |k| -> Result<_, Problem> {
            let uppslag = slag_upp.las(k, &permit)?;
            let sida = sida(k, &permit, &uppslag.bokfort, &urval, (hoppa, antal))?;
            Ok((sida, uppslag))
        });
        let (sida, uppslag) = svar.await?;
        stall(&self.bokfort, &uppslag);
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
    ) -> Result<(Verifikation, Konteringar, Vec<Bokforingsnamn>), Problem> {
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        let med_text = prova(aktor, Atgard::LasaVerifikationstext).ok();
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                let lov = med_text.as_ref().unwrap_or(&permit);
                let v = store::bokforing::verifikationer::en(k, lov, id)?;
                let mut v = v.ok_or_else(Problem::finns_inte)?;
                let galler = store::bokforing::koppling::gallande(k, &permit)?;
                let behall = galler.map(|v| v.koppling.behall).unwrap_or_default();
                utan_texter(&mut v, &behall);
                let synliga = behall.synliga(med_text.is_some());
                let mut konteringar = store::bokforing::konteringar(k, &permit, (None, None))?;
                for (kontering, _) in konteringar.values_mut() {
                    *kontering = std::mem::take(kontering).synlig(&synliga);
                }
                let mut namn = store::bokforing::namn(k, &permit)?;
                namn.retain(|n| !doljs(n, &synliga));
                Ok((v, konteringar, namn))
            })
            .await
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
    bokfort: &Bokfort,
    urval: &Verifikationsurval,
    (hoppa, antal): (usize, usize),
) -> Result<Sida, Problem> {
    let val = Val::av(bokfort, urval)?;
    let sokning = val.sokning(urval);
    let traffar = if val.alls() {
        store::bokforing::verifikationer::sok(k, permit, &sokning)?
    } else {
        Vec::new()
    };
    let for_hand = val.for_hand(bokfort, urval);
    let mut sida = Sida {
        faktum: val.faktum.clone(),
        antal: traffar.len().saturating_add(for_hand.len()),
        av_konton: val.konteringar.is_some(),
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
    sida.summa = sokning.med_summor.then_some(summa);
    let inlasningar = bokfort.inlasningar.iter();
    sida.inlasningar = inlasningar
        .filter(|i| i.lage == Inlasningslage::Galler)
        .cloned()
        .collect();
    Ok(sida)
}

/// Whether the choice is of where things belong.
fn vart(urval: &Verifikationsurval) -> bool {
    urval.insats.is_some() || urval.bidrag.is_some() || urval.organisation.is_some()
}

/// What a choice comes to: a period, the accounts with the sign they are counted with, and the
/// fact when it is of one.
struct Val {
    fran: Date,
    till: Date,
    konteringar: Option<BTreeSet<KonteringId>>,
    tecken: i64,
    nyckel: Option<Faktanyckel>,
    faktum: Option<Faktum>,
}

impl Val {
    fn av(bokfort: &Bokfort, urval: &Verifikationsurval) -> Result<Self, Problem> {
        prova_sokt(&urval.objekt)?;
        let mut val = Self {
            fran: urval.fran.unwrap_or(Date::MIN),
            till: urval.till.unwrap_or(Date::MAX),
            konteringar: None,
            tecken: 1,
            nyckel: None,
            faktum: None,
        };
        if let Some(id) = urval.faktum {
            let faktum = bokfort.bocker.fakta.iter().find(|f| f.id == id);
            let faktum = faktum.ok_or_else(Problem::finns_inte)?;
            let nyckel = Faktanyckel::av(&faktum.fakta).ok_or_else(Problem::finns_inte)?;
            (val.fran, val.till) = (nyckel.manad, nyckel.manad.last_of_month());
            if nyckel.slag == FaktumSlag::BokfortBidrag {
                val.tecken = -1;
            }
            (val.nyckel, val.faktum) = (Some(nyckel), Some(faktum.clone()));
        }
        if val.nyckel.is_some()
            || vart(urval)
            || !urval.konton.is_empty()
            || !urval.objekt.is_empty()
        {
            let koppling = bokfort.regler();
            let med = bokfort.konteringar.iter().filter(|(_, (k, typ))| {
                (urval.konton.is_empty() || urval.konton.iter().any(|i| i.har(k.konto)))
                    && urval.objekt.iter().all(|o| k.objekt.contains(o))
                    && val.passar(bokfort, &koppling, urval, (k, *typ))
            });
            val.konteringar = Some(med.map(|(id, _)| *id).collect());
        }
        Ok(val)
    }

    fn passar(
        &self,
        bokfort: &Bokfort,
        koppling: &Koppling,
        urval: &Verifikationsurval,
        (k, typ): (
            &utfall_domain::medel::kontering::Kontering,
            Option<utfall_domain::medel::kontering::Kontotyp>,
        ),
    ) -> bool {
        if self.nyckel.is_none() && !vart(urval) {
            return true;
        }
        let Ok(tolkning @ Tolkning::Raknas { till, .. }) = koppling.tolka(k, typ) else {
            return false;
        };
        let hemvist = bokfort.hemvist(till.insats);
        let bidrag = till.bidrag.or(hemvist.bidrag);
        let organisation = till.organisation.or(hemvist.organisation);
        if urval.insats.is_some_and(|vald| vald != till.insats)
            || urval.bidrag.is_some_and(|vald| Some(vald) != bidrag)
            || urval
                .organisation
                .is_some_and(|vald| Some(vald) != organisation)
        {
            return false;
        }
        let Some(vill) = &self.nyckel else {
            return true;
        };
        let nyckel = Faktanyckel::for_rader(&tolkning, vill.manad, |i| bokfort.hemvist(i));
        nyckel.is_some_and(|(n, _)| n == *vill)
    }

    /// Whether any voucher of a file can be within the choice.
    fn alls(&self) -> bool {
        self.konteringar.as_ref().is_none_or(|k| !k.is_empty())
    }

    /// The choice, as the store is asked for it.
    fn sokning<'a>(&'a self, urval: &'a Verifikationsurval) -> Sokning<'a> {
        Sokning {
            inom: (self.fran, self.till),
            inlasning: urval.inlasning,
            konteringar: self.konteringar.as_ref(),
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
            let hemvist = bokfort.hemvist(v.till.insats);
            let bidrag = v.till.bidrag.or(hemvist.bidrag);
            let organisation = v.till.organisation.or(hemvist.organisation);
            urval.bidrag.is_none_or(|vald| Some(vald) == bidrag)
                && urval
                    .organisation
                    .is_none_or(|vald| Some(vald) == organisation)
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
            .filter(|v| urval.insats.is_none_or(|insats| v.till.insats == insats))
            .filter(|v| hor_hit(v))
            .filter(|v| {
                self.nyckel.as_ref().is_none_or(|vill| {
                    let nyckel = v.summa().map(|(n, _)| n.hemma(|i| bokfort.hemvist(i)));
                    nyckel.is_some_and(|n| n == *vill)
                })
            })
            .collect()
    }
}
