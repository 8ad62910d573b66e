//! Participants who are only counted (doman.md 1.2): how many of each sex, in a calendar year.

use std::collections::BTreeMap;

use jiff::civil::Date;
use utfall_domain::deltagare::andring::NyttAnonymantal;
use utfall_domain::deltagare::rad::Anonyma;
use utfall_domain::id::{InsatsId, OrganisationId};
use utfall_domain::tid;

use super::uppdrag::Behorighet;
use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::Skribent;

sql! {
    ALLA = "SELECT insats, organisation, ar, nr, kon, antal, registrerad FROM anonyma \
            WHERE huvudman = $1 ORDER BY insats, organisation, ar, nr, kon";
}

infogning! {
    NYA = "anonyma" (
        "huvudman", "insats", "organisation", "ar", "nr", "kon", "antal", "registrerad",
        "registrerad_av",
    );
}

type Nyckel = (InsatsId, OrganisationId, i16);

struct Antalsrad {
    var: Nyckel,
    nr: i64,
    kon: String,
    antal: u64,
    dag: Date,
}

/// How many were only counted, with how many times it has been said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raknade {
    /// What holds.
    pub anonyma: Anonyma,
    /// The number of the statement, from 1.
    pub nr: i64,
}

/// What the open initiatives have said.
///
/// # Errors
/// What the database says.
pub fn oppna(k: &mut Las, b: &Behorighet) -> Result<Vec<Raknade>, DbFel> {
    let rader = k.alla(&ALLA, p![b.huvudman()], antalsrad)?;
    let egna = rader.into_iter().filter(|r| b.oppnar(r.var.0, r.var.1));
    Ok(gallande(egna))
}

/// What had been said by a day.
pub(super) fn kanda(k: &mut Las, huvudman: i64, dag: Date) -> Result<Vec<Anonyma>, DbFel> {
    let rader = k.alla(&ALLA, p![huvudman], antalsrad)?;
    let kanda = rader.into_iter().filter(|r| r.dag <= dag);
    Ok(gallande(kanda).into_iter().map(|r| r.anonyma).collect())
}

/// The latest of each: the rows are in the order of their numbers.
fn gallande(rader: impl Iterator<Item = Antalsrad>) -> Vec<Raknade> {
    let mut ut: BTreeMap<Nyckel, Raknade> = BTreeMap::new();
    for rad in rader {
        let (insats, organisation, ar) = rad.var;
        let tom = |nr| Raknade {
            anonyma: Anonyma {
                insats,
                organisation,
                ar,
                antal: BTreeMap::new(),
            },
            nr,
        };
        let plats = ut.entry(rad.var).or_insert_with(|| tom(rad.nr));
        if plats.nr < rad.nr {
            *plats = tom(rad.nr);
        }
        plats.anonyma.antal.insert(rad.kon, rad.antal);
    }
    ut.into_values().collect()
}

fn antalsrad(rad: &Rad<'_>) -> Result<Antalsrad, DbFel> {
    let f = Falt::ny(rad, "anonyma", "insats")?;
    let antal = u64::try_from(f.tal("antal")?).map_err(|e| f.omojlig("antal", &e))?;
    Ok(Antalsrad {
        var: (
            f.id("insats", InsatsId::ny)?,
            f.id("organisation", OrganisationId::ny)?,
            f.litet("ar")?,
        ),
        nr: f.tal("nr")?,
        kon: f.text("kon")?,
        antal,
        dag: tid::dag(f.tid("registrerad")?),
    })
}

/// [`DbFel::Unik`] when somebody else has said the same number meanwhile.
pub(super) fn skriv(k: &mut Skriv, av: Skribent, ny: &NyttAnonymantal) -> Result<(), DbFel> {
    let rad = |(kon, antal): (&String, &u64)| {
        let mut rad = p![
            av.huvudman,
            ny.anonyma.insats.nummer(),
            ny.anonyma.organisation.nummer(),
            i64::from(ny.anonyma.ar),
            ny.nr,
            kon.clone(),
            i64::try_from(*antal).unwrap_or(i64::MAX),
        ]
        .to_vec();
        rad.extend(av.stampel());
        rad
    };
    let rader: Vec<_> = ny.anonyma.antal.iter().map(rad).collect();
    k.infoga(&NYA, rader).map(drop)
}
