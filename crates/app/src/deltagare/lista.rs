//! A list of participants is looked at, waits for a yes, and is read in. It waits in this process
//! only, for the one who sent it: nothing of it lies on a disk before it is sealed.

use super::las_in::{Inlast, LasInDeltagare};
use crate::Tjanst;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use utfall_behorighet::Aktor;
use utfall_domain::deltagare::inlasning::{Kolumn, Mappning, Tolkad};
use utfall_domain::id::{AnvandareId, HuvudmanId};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_store::deltagare::Insatsnamn;

/// How long a list waits.
const VANTAR: SignedDuration = SignedDuration::from_mins(30);
/// How many wait at once, of all: more than anybody has use for.
const FLEST: usize = 16;

/// A list that could be read in, with what it is.
#[derive(Clone, Debug)]
pub struct Vantande {
    huvudman: HuvudmanId,
    av: Option<AnvandareId>,
    nar: Timestamp,
    /// In which initiative.
    pub insats: Insatsnamn,
    /// The columns that were read.
    pub lases: Vec<Kolumn>,
    /// The headings that were not.
    pub lases_inte: Vec<String>,
    rader: Vec<Tolkad>,
}

impl Vantande {
    /// How many participants.
    #[must_use]
    pub fn antal(&self) -> usize {
        self.rader.len()
    }

    /// How many of them have ended.
    #[must_use]
    pub fn avslutade(&self) -> usize {
        self.rader.iter().filter(|r| r.uttrade.is_some()).count()
    }

    /// The earliest and the latest first day.
    #[must_use]
    pub fn borjade(&self) -> Option<(Date, Date)> {
        let dagar = || self.rader.iter().map(|r| r.intrade.dag);
        dagar().min().zip(dagar().max())
    }
}

/// The lists that wait, by their keys.
#[derive(Debug, Default)]
pub struct Vantrum(Mutex<HashMap<String, Arc<Vantande>>>);

impl Vantrum {
    fn lagg(&self, nyckel: String, ny: Vantande) {
        let mut alla = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        alla.retain(|_, v| ny.nar.duration_since(v.nar).abs() < VANTAR);
        if alla.len() >= FLEST {
            let aldst = alla.iter().min_by_key(|(_, v)| v.nar);
            if let Some(nyckel) = aldst.map(|(nyckel, _)| nyckel.clone()) {
                alla.remove(&nyckel);
            }
        }
        alla.insert(nyckel, Arc::new(ny));
    }

    fn ta_fram(&self, nyckel: &str, aktor: &Aktor, nu: Timestamp) -> Option<Arc<Vantande>> {
        let alla = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let funnen = alla.get(nyckel)?;
        let egen = funnen.huvudman == aktor.huvudman() && funnen.av == aktor.anvandare();
        let kvar = nu.duration_since(funnen.nar).abs() < VANTAR;
        (egen && kvar).then(|| Arc::clone(funnen))
    }

    fn ta_bort(&self, nyckel: &str) {
        let mut alla = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        alla.remove(nyckel);
    }
}

/// What there is to read: the headings, and each row with its number.
pub type Lista = (Vec<String>, Vec<(usize, Vec<String>)>);

impl Tjanst {
    fn inlasningen(&self, insats: &Insatsnamn, rader: &[Tolkad]) -> LasInDeltagare {
        let rad = |t: &Tolkad| Inlast {
            rad: t.rad,
            vem: t.vem.clone(),
            grund: t.grund.clone(),
            intrade: t.intrade.clone(),
            uttrade: t.uttrade.clone(),
            uppfoljt: Vec::new(),
            fro: self.fro(),
        };
        LasInDeltagare {
            insats: insats.id,
            organisation: insats.organisation,
            rader: rader.iter().map(rad).collect(),
            idag: tid::dag(self.klocka.nu()),
        }
    }

    /// Looks at a list. When nothing is wrong with it, it waits under the key for a yes; otherwise
    /// everything that is wrong comes back, and nothing waits.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn prova_deltagarlista(
        &self,
        aktor: &Aktor,
        insats: Insatsnamn,
        (rubriker, rader): Lista,
        (nyckel, informationstext): (String, &str),
    ) -> Result<Vec<Problem>, Problem> {
        let mappning = match Mappning::av(&rubriker) {
            Ok(mappning) => mappning,
            Err(fel) => return Ok(fel),
        };
        let (mut tolkade, mut fel) = (Vec::with_capacity(rader.len()), Vec::new());
        for (nr, celler) in &rader {
            match mappning.tolka(*nr, celler, informationstext) {
                Ok(tolkad) => tolkade.push(tolkad),
                Err(radens) => fel.extend(radens),
            }
        }
        let fall = self.inlasningen(&insats, &tolkade);
        fel.extend(self.brister(aktor, fall).await?.alla());
        if fel.is_empty() {
            let ny = Vantande {
                huvudman: aktor.huvudman(),
                av: aktor.anvandare(),
                nar: self.klocka.nu(),
                insats,
                lases: mappning.lases().collect(),
                lases_inte: mappning.lases_inte,
                rader: tolkade,
            };
            self.vantrum.lagg(nyckel, ny);
        }
        Ok(fel)
    }

    /// The list that waits under a key, for the one who sent it.
    #[must_use]
    pub fn vantande_deltagarlista(&self, aktor: &Aktor, nyckel: &str) -> Option<Arc<Vantande>> {
        self.vantrum.ta_fram(nyckel, aktor, self.klocka.nu())
    }

    /// Reads in the list that waits under a key; how many there were.
    ///
    /// # Errors
    /// [`Problem::finns_inte`] when none waits, or what is wrong with it now.
    pub async fn las_in_deltagarlista(
        &self,
        aktor: &Aktor,
        nyckel: &str,
    ) -> Result<usize, Problem> {
        let vantar = self.vantande_deltagarlista(aktor, nyckel);
        let vantar = vantar.ok_or_else(Problem::finns_inte)?;
        let fall = self.inlasningen(&vantar.insats, &vantar.rader);
        let antal = self.utfor(aktor, None, fall).await?;
        self.vantrum.ta_bort(nyckel);
        Ok(antal)
    }
}
