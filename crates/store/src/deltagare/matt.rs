//! What of the participants may be counted for those who must see no person.
//!
//! Invariant: rows never leave this file. [`Matunderlag`] has no way to ask for them, only for a
//! year's tables with what is few hidden ([`arstabell`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::deltagare::deltagande::{Deltagande, Deltagandesteg};
use utfall_domain::deltagare::rad::{Anonyma, Deltagarrad};
use utfall_domain::deltagare::tabeller::{Arstabell, arstabell, kant_den};
use utfall_domain::deltagare::uppgifter::Kand;
use utfall_domain::id::{DeltagandeId, InsatsId, OrganisationId, PersonId, PersonradId};
use utfall_domain::tid;

use super::sigill::{self, Forseglat};
use super::skriv::{self, Nyckelrad, STEG};
use crate::db::{DbFel, Las, Rad, p, sql};
use crate::falt::Falt;
use crate::lov;
use crate::nycklar::{Nyckelfel, Personnyckel};

sql! {
    ALLA = "SELECT d.id AS deltagande, d.insats, d.person AS id, p.organisation, \
            CASE WHEN p.gallras IS NULL THEN p.nyckel END AS nyckel \
            FROM deltagande d JOIN deltagarperson p \
            ON p.huvudman = d.huvudman AND p.id = d.person WHERE d.huvudman = $1 ORDER BY d.id";
    UPPGIFTER = "SELECT id, deltagande, nummer, ord FROM deltagaruppgift \
                 WHERE huvudman = $1 ORDER BY deltagande, nr";
    ALLAS_STEG = "SELECT id, deltagande, innehall, registrerad FROM deltagandesteg \
                  WHERE huvudman = $1 ORDER BY deltagande, nr";
}

/// What was known on a day about the participants of a huvudman: only as tables.
pub struct Matunderlag {
    rader: Vec<Deltagarrad>,
    anonyma: Vec<Anonyma>,
    matdag: Date,
}

impl Matunderlag {
    /// The day on which it was known.
    #[must_use]
    pub const fn matdag(&self) -> Date {
        self.matdag
    }

    /// The calendar years that somebody took part in, in order. Years between have nobody.
    #[must_use]
    pub fn aren(&self) -> BTreeSet<i16> {
        let borjade = self.rader.iter().map(|r| r.deltagande.intrade.dag.year());
        let raknade = self.anonyma.iter().map(|a| a.ar);
        let forsta = borjade.chain(raknade).min();
        let sista = self.matdag.year();
        forsta.map_or_else(BTreeSet::new, |forsta| (forsta..=sista).collect())
    }

    /// A year, with what is few hidden.
    #[must_use]
    pub fn arstabell(&self, ar: i16) -> Arstabell {
        arstabell(&self.rader, &self.anonyma, ar, self.matdag)
    }
}

/// Everything that was registered by a day, to be counted.
///
/// # Errors
/// [`DbFel::FelPermit`] for a permit that is for something else; [`DbFel::Nyckel`] when
/// something does not open.
pub fn underlag(k: &mut Las, permit: &Permit, matdag: Date) -> Result<Matunderlag, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::LasaDeltagarmatt])?;
    let mut rader = Vec::new();
    varje(k, huvudman, |l| {
        if let Some(deltagande) = kant_den(matdag, &l.steg) {
            rader.push(Deltagarrad {
                insats: l.insats,
                organisation: l.organisation,
                person: l.person,
                alder: l.alder(deltagande.intrade.dag),
                deltagande,
            });
        }
    })?;
    // Nobody goes before the tables of an ended quarter have it (`gallring::forfallna`).
    rader.extend(super::gallring::grova(k, permit)?);
    Ok(Matunderlag {
        rader,
        anonyma: super::anonyma::kanda(k, huvudman, matdag)?,
        matdag,
    })
}

/// A participation of who is not gone, without a name: its number opens only an age.
pub(super) struct Levande {
    pub(super) id: DeltagandeId,
    pub(super) person: PersonId,
    pub(super) insats: InsatsId,
    pub(super) organisation: OrganisationId,
    kand: Option<Kand>,
    /// The steps, each with the day it was entered.
    pub(super) steg: Vec<(Date, Deltagandesteg)>,
    /// How many rows there are about it, consents aside.
    pub(super) rader: i64,
}

impl Levande {
    /// Age on a day; `None` of who is known by a code.
    pub(super) fn alder(&self, dag: Date) -> Option<u16> {
        alder(self.kand.as_ref()?, dag)
    }

    /// What the steps have made of it; `None` when they do not go together.
    pub(super) fn deltagande(&self) -> Option<Deltagande> {
        let steg: Vec<_> = self.steg.iter().map(|(_, steg)| steg.clone()).collect();
        Deltagande::av(&steg).ok()
    }
}

/// Every participation of who is not gone, one at a time.
///
/// # Errors
/// [`DbFel::Nyckel`] when something does not open.
pub(super) fn varje(k: &mut Las, huvudman: i64, mut ta: impl FnMut(Levande)) -> Result<(), DbFel> {
    let deltaganden = k.alla(&ALLA, p![huvudman], deltaganderad)?;
    let mut uppgifter: BTreeMap<DeltagandeId, (i64, PersonradId, Forseglat)> = BTreeMap::new();
    // In their order, so the latest is what is left.
    for (id, (rad, forseglat)) in k.alla(&UPPGIFTER, p![huvudman], uppgiftsrad)? {
        let antal = uppgifter.get(&id).map_or(0, |u| u.0).saturating_add(1);
        uppgifter.insert(id, (antal, rad, forseglat));
    }
    let mut steg: BTreeMap<DeltagandeId, Vec<Slutet>> = BTreeMap::new();
    for (id, rad) in k.alla(&ALLAS_STEG, p![huvudman], stegrad)? {
        steg.entry(id).or_default().push(rad);
    }
    for (id, insats, vem) in deltaganden {
        let (person, organisation) = (vem.0, vem.1);
        let Some(nyckel) = levande(k, huvudman, vem)? else {
            continue;
        };
        let steg = oppnade(&nyckel, steg.remove(&id).unwrap_or_default())?;
        let (versioner, kand) = match uppgifter.remove(&id) {
            Some((antal, rad, forseglat)) => {
                let (vem, _) = sigill::oppna_uppgifter(&nyckel, rad, &forseglat)?;
                (antal, Some(vem.kand))
            }
            None => (0, None),
        };
        let rader = i64::try_from(steg.len()).unwrap_or(i64::MAX);
        ta(Levande {
            id,
            person,
            insats,
            organisation,
            kand,
            steg,
            rader: rader.saturating_add(versioner),
        });
    }
    Ok(())
}

fn alder(kand: &Kand, dag: Date) -> Option<u16> {
    match kand {
        Kand::Nummer(nummer) => nummer.alder(dag),
        Kand::Kod(_) => None,
    }
}

/// The person's key; `None` of who is gone.
fn levande(k: &mut Las, huvudman: i64, vem: Nyckelrad) -> Result<Option<Personnyckel>, DbFel> {
    if vem.2.is_none() {
        return Ok(None);
    }
    match skriv::oppna(k, huvudman, vem) {
        Err(DbFel::Nyckel(Nyckelfel::Begravd)) => Ok(None),
        annat => annat.map(Some),
    }
}

type Slutet = (PersonradId, Vec<u8>, Date);

fn oppnade(
    nyckel: &Personnyckel,
    rader: Vec<Slutet>,
) -> Result<Vec<(Date, Deltagandesteg)>, DbFel> {
    let oppna =
        |(rad, bytes, dag): Slutet| Ok((dag, sigill::oppna_steg(nyckel, STEG, rad, &bytes)?));
    rader.into_iter().map(oppna).collect()
}

type Deltaganderad = (DeltagandeId, InsatsId, Nyckelrad);

fn deltaganderad(rad: &Rad<'_>) -> Result<Deltaganderad, DbFel> {
    let f = Falt::ny(rad, "deltagande", "deltagande")?;
    Ok((
        f.id("deltagande", DeltagandeId::ny)?,
        f.id("insats", InsatsId::ny)?,
        skriv::nyckelrad(rad)?,
    ))
}

fn uppgiftsrad(rad: &Rad<'_>) -> Result<(DeltagandeId, (PersonradId, Forseglat)), DbFel> {
    let f = Falt::ny(rad, "deltagaruppgift", "id")?;
    let forseglat = Forseglat {
        nummer: rad.bytes_eller_null("nummer")?,
        ord: rad.bytes("ord")?,
    };
    let id = f.id("deltagande", DeltagandeId::ny)?;
    Ok((id, (f.id("id", PersonradId::ny)?, forseglat)))
}

fn stegrad(rad: &Rad<'_>) -> Result<(DeltagandeId, Slutet), DbFel> {
    let f = Falt::ny(rad, STEG, "id")?;
    Ok((
        f.id("deltagande", DeltagandeId::ny)?,
        (
            f.id("id", PersonradId::ny)?,
            rad.bytes("innehall")?,
            tid::dag(f.tid("registrerad")?),
        ),
    ))
}
