//! What is booked, as facts should say it, and what that changes.

use super::{ANNAN_INTAKT, Kontering, Konteringsslag, Kontotyp, Koppling, Krock, Tolkning};
use crate::faktum::{Bokforingskalla, Faktum, FaktumSlag, Galler, NyttFaktum};
use crate::id::{BidragId, FaktumId, InsatsId, KonteringId, OrganisationId};
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

/// Where what is booked on an insats belongs when nobody has said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hemvist {
    /// The grant that pays the insats.
    pub bidrag: Option<BidragId>,
    /// The one board that answers for it.
    pub organisation: Option<OrganisationId>,
}

impl Faktanyckel {
    /// The same, of the insats' own grant and board where none is said.
    #[must_use]
    pub fn hemma(mut self, hemvist: impl Fn(InsatsId) -> Hemvist) -> Self {
        if self.bidrag.is_none() || self.organisation.is_none() {
            let hemvist = hemvist(self.insats);
            self.bidrag = self.bidrag.or(hemvist.bidrag);
            self.organisation = self.organisation.or(hemvist.organisation);
        }
        self
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

    /// Where rows on this account in this month are counted, and whether they change sign.
    #[must_use]
    pub fn for_rader(
        tolkning: &Tolkning,
        manad: Date,
        hemvist: impl Fn(InsatsId) -> Hemvist,
    ) -> Option<(Self, i64)> {
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
        Some((nyckel.hemma(hemvist), tecken))
    }
}

/// What is booked, as facts should say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Onskade {
    /// The facts with their values in öre.
    pub fakta: BTreeMap<Faktanyckel, i64>,
    /// Accounts that belong nowhere yet: what they come to in all, and how many rows.
    pub okopplade: BTreeMap<KonteringId, Okopplat>,
}

/// An account that nobody has said where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Okopplat {
    /// What it is by itself.
    pub slag: Konteringsslag,
    /// Debit less credit in öre.
    pub ore: i64,
    /// Rows.
    pub antal: i64,
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
/// hand (`direkta`), which need none.
///
/// # Errors
/// [`Hinder`].
pub fn onskade(
    konteringar: &Konteringar,
    summor: &[Summa],
    direkta: &[(Faktanyckel, i64)],
    koppling: &Koppling,
    hemvist: impl Fn(InsatsId) -> Hemvist,
) -> Result<Onskade, Hinder> {
    let mut ut = Onskade::default();
    let mut tolkade: BTreeMap<KonteringId, Tolkning> = BTreeMap::new();
    for summa in summor.iter().filter(|s| s.antal != 0 || s.ore != 0) {
        let Some((kontering, typ)) = konteringar.get(&summa.kontering) else {
            continue;
        };
        let tolkning = match tolkade.get(&summa.kontering) {
            Some(tolkning) => tolkning,
            None => {
                let ny = koppling
                    .tolka(kontering, *typ)
                    .map_err(|krock| Hinder::Krock(krock, summa.kontering))?;
                tolkade.entry(summa.kontering).or_insert(ny)
            }
        };
        if let Tolkning::Okopplad(slag) = tolkning {
            let rad = ut.okopplade.entry(summa.kontering).or_insert(Okopplat {
                slag: *slag,
                ore: 0,
                antal: 0,
            });
            rad.ore = rad.ore.checked_add(summa.ore).ok_or(Hinder::ForStort)?;
            rad.antal = rad.antal.saturating_add(summa.antal);
            continue;
        }
        let Some((nyckel, tecken)) = Faktanyckel::for_rader(tolkning, summa.manad, &hemvist) else {
            continue;
        };
        let ore = summa.ore.checked_mul(tecken).ok_or(Hinder::ForStort)?;
        lagg(&mut ut.fakta, nyckel, ore)?;
    }
    for (nyckel, ore) in direkta {
        lagg(&mut ut.fakta, nyckel.clone().hemma(&hemvist), *ore)?;
    }
    Ok(ut)
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
