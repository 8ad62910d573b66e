//! What is booked, as facts should say it, and what that changes.

use super::{ANNAN_INTAKT, Kontering, Konteringsslag, Kontotyp, Koppling, Krock, Till, Tolkning};
use crate::faktum::{Bokforingskalla, Faktum, FaktumSlag, Galler, NyttFaktum};
use crate::id::{BidragId, FaktumId, InsatsId, KonteringId, OrganisationId};
use crate::medel::dela::efter_vikt;
use crate::pengar::Ore;
use crate::varde::Varde;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the rows of a month come to on an account, in öre, debit positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Summa {
    /// The account with its objects.
    pub kontering: KonteringId,
    /// First day of the month.
    pub manad: Date,
    /// Debit less credit.
    pub ore: i64,
    /// How many rows; 0 when the last one is gone.
    pub antal: i64,
}

/// The accounts that there are rows on, with what their charts say they are.
pub type Konteringar = BTreeMap<KonteringId, (Kontering, Option<Kontotyp>)>;

/// What a booked fact is about. There is at most one in force of each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Faktanyckel {
    /// Spent, or grant income.
    pub slag: FaktumSlag,
    /// The initiative.
    pub insats: InsatsId,
    /// The grant.
    pub bidrag: Option<BidragId>,
    /// The board or party.
    pub organisation: Option<OrganisationId>,
    /// The cost kind.
    pub kategori: Option<String>,
    /// First day of the month.
    pub manad: Date,
}

/// Where what is booked on an insats belongs in a year, as far as a rule or a voucher says and
/// else by the year's distribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hemvist {
    /// What pays.
    pub betalas: Betalas,
    /// The board or party; the one that answers for the insats when none is said.
    pub organisation: Option<OrganisationId>,
}

/// What pays an insats in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Betalas {
    /// No grant: the insats has none.
    #[default]
    UtanBidrag,
    /// These, by what each distributes to it that year (öre, above zero). One alone pays all.
    Av(Vec<(BidragId, i64)>),
    /// A grant should, and none does.
    Inget(Varfor),
}

/// Why rows are counted nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Varfor {
    /// No rule says where they belong.
    IngenRegel,
    /// Nothing is distributed to the insats that year, and its own grant does not have it.
    IngetBidrag(InsatsId, i16),
    /// The grant does not have that year.
    UtanforBidraget(BidragId, i16),
}

/// A fact that is one grant's share of what several pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delning {
    /// All of it, in öre.
    pub helt: i64,
    /// The share, in öre: the shares add up to `helt`.
    pub del: i64,
    /// What the grant distributes to the insats that year, in öre.
    pub vikt: i64,
    /// What all of them do.
    pub vikter: i64,
}

impl Faktanyckel {
    /// The facts that rows of this are counted in, each with its weight: one for each grant
    /// that pays.
    ///
    /// # Errors
    /// Why they are counted in none.
    pub fn hemma(
        &self,
        hemvist: impl Fn(Till, i16) -> Hemvist,
    ) -> Result<Vec<(Self, i64)>, Varfor> {
        let till = Till {
            insats: self.insats,
            bidrag: self.bidrag,
            organisation: self.organisation,
        };
        let Hemvist {
            betalas,
            organisation,
        } = hemvist(till, self.manad.year());
        let med = |bidrag: Option<BidragId>| Self {
            bidrag,
            organisation,
            ..self.clone()
        };
        match betalas {
            Betalas::UtanBidrag => Ok(vec![(med(None), 1)]),
            Betalas::Av(alla) => Ok(alla
                .into_iter()
                .map(|(bidrag, vikt)| (med(Some(bidrag)), vikt))
                .collect()),
            Betalas::Inget(varfor) => Err(varfor),
        }
    }

    /// As facts say it.
    #[must_use]
    pub fn galler(&self) -> Galler {
        Galler {
            insats: Some(self.insats),
            bidrag: self.bidrag,
            organisation: self.organisation,
            kategori: self.kategori.clone(),
            ar: Some(self.manad.year()),
            period_fran: Some(self.manad),
            period_till: Some(self.manad.last_of_month()),
            ..Galler::default()
        }
    }

    /// Of a fact that is a sum of booked rows.
    #[must_use]
    pub fn av(f: &NyttFaktum) -> Option<Self> {
        f.bokforing?;
        Some(Self {
            slag: f.slag,
            insats: f.galler.insats?,
            bidrag: f.galler.bidrag,
            organisation: f.galler.organisation,
            kategori: f.galler.kategori.clone(),
            manad: f.galler.period_fran?,
        })
    }

    /// What the rules say that rows on this account in this month are, and whether they change
    /// sign; [`Self::hemma`] says which facts that is.
    #[must_use]
    pub fn for_rader(tolkning: &Tolkning, manad: Date) -> Option<(Self, i64)> {
        let Tolkning::Raknas {
            till,
            slag,
            kostnadsslag,
        } = tolkning
        else {
            return None;
        };
        let (fakta, kategori, tecken) = match slag {
            Konteringsslag::Kostnad => (FaktumSlag::Anvant, kostnadsslag.clone(), 1),
            Konteringsslag::AnnanIntakt => {
                let ord = kostnadsslag.clone().unwrap_or_else(|| ANNAN_INTAKT.into());
                (FaktumSlag::Anvant, Some(ord), 1)
            }
            Konteringsslag::Bidragsintakt => (FaktumSlag::BokfortBidrag, None, -1),
            Konteringsslag::Balans => return None,
        };
        let nyckel = Self {
            slag: fakta,
            insats: till.insats,
            bidrag: till.bidrag,
            organisation: till.organisation,
            kategori,
            manad,
        };
        Some((nyckel, tecken))
    }
}

/// What is booked, as facts should say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Onskade {
    /// The facts with their values in öre.
    pub fakta: BTreeMap<Faktanyckel, i64>,
    /// Accounts with rows that are counted nowhere: what they come to, and how many rows.
    pub okopplade: BTreeMap<KonteringId, Okopplat>,
    /// Of the facts, those that are a share of what several grants pay.
    pub delningar: BTreeMap<Faktanyckel, Delning>,
}

/// An account with rows that are counted nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Okopplat {
    /// What it is by itself.
    pub slag: Konteringsslag,
    /// Debit less credit in öre.
    pub ore: i64,
    /// Rows.
    pub antal: i64,
    /// Why, in order; several when the years differ.
    pub varfor: Vec<Varfor>,
}

/// Why facts cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hinder {
    /// Two rules say different things of this account.
    #[error("två lika nära regler säger olika")]
    Krock(Krock, KonteringId),
    /// A sum is larger than the books hold.
    #[error("en summa är större än böckerna rymmer")]
    ForStort,
}

/// The facts that the rows in force make through a mapping, with those of vouchers entered by
/// hand (`direkta`), which need none. What several grants pay is divided month by month, so that
/// the shares add up to it to the öre.
///
/// # Errors
/// [`Hinder`].
pub fn onskade(
    konteringar: &Konteringar,
    summor: &[Summa],
    direkta: &[(Faktanyckel, i64)],
    koppling: &Koppling,
    hemvist: impl Fn(Till, i16) -> Hemvist,
) -> Result<Onskade, Hinder> {
    let mut ut = Onskade::default();
    let mut sagda: BTreeMap<Faktanyckel, i64> = BTreeMap::new();
    // They come account by account, and month by month: one at a time is remembered.
    let mut sist: Option<((KonteringId, i16), Tolkning)> = None;
    for summa in summor.iter().filter(|s| s.antal != 0 || s.ore != 0) {
        let Some((kontering, typ)) = konteringar.get(&summa.kontering) else {
            continue;
        };
        let ar = summa.manad.year();
        let vad = (summa.kontering, ar);
        let tolkad = match sist.take().filter(|(da, _)| *da == vad) {
            Some(tolkad) => tolkad,
            None => {
                let ny = koppling.tolka(kontering, *typ, ar);
                (vad, ny.map_err(|krock| Hinder::Krock(krock, vad.0))?)
            }
        };
        let (_, tolkning) = sist.insert(tolkad);
        if let Tolkning::Okopplad(slag) = tolkning {
            utan_plats(&mut ut, (summa.kontering, *slag), summa, Varfor::IngenRegel)?;
            continue;
        }
        let Some((nyckel, tecken)) = Faktanyckel::for_rader(tolkning, summa.manad) else {
            continue;
        };
        if let (Err(varfor), Tolkning::Raknas { slag, .. }) = (nyckel.hemma(&hemvist), tolkning) {
            utan_plats(&mut ut, (summa.kontering, *slag), summa, varfor)?;
            continue;
        }
        let ore = summa.ore.checked_mul(tecken).ok_or(Hinder::ForStort)?;
        lagg(&mut sagda, nyckel, ore)?;
    }
    // A voucher by hand has said its initiative: it counts there, whatever pays.
    for (nyckel, ore) in direkta {
        lagg(&mut sagda, nyckel.clone(), *ore)?;
    }
    placera(&mut ut, sagda, hemvist)?;
    Ok(ut)
}

fn utan_plats(
    ut: &mut Onskade,
    (id, slag): (KonteringId, Konteringsslag),
    summa: &Summa,
    varfor: Varfor,
) -> Result<(), Hinder> {
    let rad = ut.okopplade.entry(id).or_insert_with(|| Okopplat {
        slag,
        ore: 0,
        antal: 0,
        varfor: Vec::with_capacity(1),
    });
    rad.ore = rad.ore.checked_add(summa.ore).ok_or(Hinder::ForStort)?;
    rad.antal = rad.antal.saturating_add(summa.antal);
    if let Err(plats) = rad.varfor.binary_search(&varfor) {
        rad.varfor.insert(plats, varfor);
    }
    Ok(())
}

/// Puts sums where they belong: first those that come to the same grants are added, and then
/// what several pay is divided.
fn placera(
    ut: &mut Onskade,
    sagda: BTreeMap<Faktanyckel, i64>,
    hemvist: impl Fn(Till, i16) -> Hemvist,
) -> Result<(), Hinder> {
    let mut delas: BTreeMap<Vec<(Faktanyckel, i64)>, i64> = BTreeMap::new();
    for (nyckel, ore) in sagda {
        let mut delar = nyckel.hemma(&hemvist).unwrap_or_else(|_| {
            let utan = Faktanyckel {
                bidrag: None,
                ..nyckel
            };
            vec![(utan, 1)]
        });
        match (delar.pop(), delar.is_empty()) {
            (Some((ensam, _)), true) => lagg(&mut ut.fakta, ensam, ore)?,
            (Some(sist), false) => {
                delar.push(sist);
                let summa = delas.entry(delar).or_insert(0);
                *summa = summa.checked_add(ore).ok_or(Hinder::ForStort)?;
            }
            (None, _) => {}
        }
    }
    for (delar, helt) in delas {
        let vikter: Vec<i64> = delar.iter().map(|(_, vikt)| *vikt).collect();
        let andelar = efter_vikt(Ore(helt), &vikter).map_err(|_| Hinder::ForStort)?;
        let summa = vikter.iter().fold(0_i64, |s, v| s.saturating_add(*v));
        for ((nyckel, vikt), Ore(del)) in delar.into_iter().zip(andelar.unwrap_or_default()) {
            let delning = Delning {
                helt,
                del,
                vikt,
                vikter: summa,
            };
            ut.delningar.insert(nyckel.clone(), delning);
            lagg(&mut ut.fakta, nyckel, del)?;
        }
    }
    Ok(())
}

fn lagg(
    fakta: &mut BTreeMap<Faktanyckel, i64>,
    nyckel: Faktanyckel,
    ore: i64,
) -> Result<(), Hinder> {
    let summa = fakta.entry(nyckel).or_insert(0);
    *summa = summa.checked_add(ore).ok_or(Hinder::ForStort)?;
    Ok(())
}

/// A fact that changes: what it is about, what it was and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andrad {
    /// The fact in force; `None` when it is new.
    pub faktum: Option<FaktumId>,
    /// What it is about.
    pub nyckel: Faktanyckel,
    /// What it was, in öre.
    pub fore: Option<i64>,
    /// What it becomes; `None` when it is struck.
    pub nu: Option<i64>,
    /// What it is a share of, when several grants pay.
    pub delning: Option<Delning>,
}

/// The facts that change, in the order of their keys.
#[must_use]
pub fn skillnad(
    onskade: &BTreeMap<Faktanyckel, i64>,
    gallande: impl IntoIterator<Item = impl std::borrow::Borrow<Faktum>>,
) -> Vec<Andrad> {
    let mut fore: BTreeMap<Faktanyckel, (FaktumId, Option<i64>)> = BTreeMap::new();
    for f in gallande {
        let f = f.borrow();
        if let Some(nyckel) = Faktanyckel::av(&f.fakta) {
            fore.insert(nyckel, (f.id, f.varde().kant()));
        }
    }
    let nycklar: BTreeSet<&Faktanyckel> = onskade.keys().chain(fore.keys()).collect();
    let mut ut = Vec::new();
    for nyckel in nycklar {
        let (nu, innan) = (onskade.get(nyckel).copied(), fore.get(nyckel));
        let varde = innan.and_then(|(_, v)| *v);
        if nu.is_some() && innan.is_some() && nu == varde {
            continue;
        }
        ut.push(Andrad {
            faktum: innan.map(|(id, _)| *id),
            nyckel: nyckel.clone(),
            fore: varde,
            nu,
            delning: None,
        });
    }
    ut
}

impl Andrad {
    /// The fact that makes it so.
    #[must_use]
    pub fn faktum(&self, kalla: Bokforingskalla, orsak: &str) -> NyttFaktum {
        let varde = self.nu.or(self.fore).unwrap_or(0);
        NyttFaktum {
            rattar: self.faktum,
            struken: self.nu.is_none(),
            orsak: Some(orsak.to_owned()),
            bokforing: Some(kalla),
            ..NyttFaktum::nytt(self.nyckel.slag, self.nyckel.galler(), Varde::Kant(varde))
        }
    }
}
