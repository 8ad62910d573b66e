//! What of the participants may be counted for those who must see no person.
//!
//! Invariant: rows never leave this file. [`Matunderlag`] has no way to ask for them, only for a
//! year's tables with what is few hidden ([`arstabell`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::deltagare::deltagande::Deltagandesteg;
use utfall_domain::deltagare::rad::{Anonyma, Deltagarrad};
use utfall_domain::deltagare::tabeller::{Arstabell, arstabell, kant_den};
use utfall_domain::deltagare::uppgifter::Kand;
use utfall_domain::id::{DeltagandeId, InsatsId, PersonradId};
use utfall_domain::tid;

use super::sigill::{self, Forseglat};
use super::skriv::{self, Nyckelrad, STEG};
use crate::db::{DbFel, Las, Rad, p, sql};
use crate::falt::Falt;
use crate::lov;
use crate::nycklar::{Nyckelfel, Personnyckel};

sql! {
    ALLA = "SELECT d.id AS deltagande, d.insats, d.person AS id, p.organisation, p.nyckel \
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
    let deltaganden = k.alla(&ALLA, p![huvudman], deltaganderad)?;
    let mut uppgifter: BTreeMap<DeltagandeId, (PersonradId, Forseglat)> = BTreeMap::new();
    // In their order, so the latest is what is left.
    uppgifter.extend(k.alla(&UPPGIFTER, p![huvudman], uppgiftsrad)?);
    let mut steg: BTreeMap<DeltagandeId, Vec<Slutet>> = BTreeMap::new();
    for (id, rad) in k.alla(&ALLAS_STEG, p![huvudman], stegrad)? {
        steg.entry(id).or_default().push(rad);
    }
    let mut rader = Vec::with_capacity(deltaganden.len());
    for (id, insats, vem) in deltaganden {
        let (person, organisation) = (vem.0, vem.1);
        let Some(nyckel) = levande(k, huvudman, vem)? else {
            continue;
        };
        let stegen = oppnade(&nyckel, steg.remove(&id).unwrap_or_default())?;
        let Some(deltagande) = kant_den(matdag, &stegen) else {
            continue;
        };
        let alder = match uppgifter.get(&id) {
            Some((rad, forseglat)) => {
                let (vem, _) = sigill::oppna_uppgifter(&nyckel, *rad, forseglat)?;
                alder(&vem.kand, deltagande.intrade.dag)
            }
            None => None,
        };
        rader.push(Deltagarrad {
            insats,
            organisation,
            person,
            alder,
            deltagande,
        });
    }
    Ok(Matunderlag {
        rader,
        anonyma: super::anonyma::kanda(k, huvudman, matdag)?,
        matdag,
    })
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
