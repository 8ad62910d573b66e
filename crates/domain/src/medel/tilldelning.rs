//! Versions of a year's allocation: preliminary 1, preliminary 2, final. The amounts are the
//! facts; each version says what it was called and when it came.

use super::post::{Innehall, Medelspost};
use crate::faktum::{Faktum, FaktumSlag, Sakerhet};
use crate::id::{BidragId, FaktumId};
use crate::varde::Varde;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a version of the allocation was called, and the day it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tilldelningsversion {
    /// `Preliminär 1`, `Slutlig`.
    pub benamning: String,
    /// The day of the letter or decision.
    pub datum: Date,
}

/// A version of a year's allocation, with what it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<'a> {
    /// The fact.
    pub faktum: &'a Faktum,
    /// What it was called, when somebody has said.
    pub benamning: Option<&'a Tilldelningsversion>,
    /// This amount less the one before, when both are known.
    pub andring: Option<i64>,
}

impl Version<'_> {
    /// Its name: as entered, else by how settled it is.
    #[must_use]
    pub fn namn(&self) -> String {
        match (self.benamning, self.faktum.fakta.sakerhet) {
            (Some(b), _) => b.benamning.clone(),
            (None, Sakerhet::Preliminar) => "Preliminär".to_owned(),
            (None, Sakerhet::Slutlig) => "Slutlig".to_owned(),
        }
    }
}

/// The versions of a grant's year, oldest first: every fact about it that was ever in force.
#[must_use]
pub fn versioner<'a>(
    fakta: &'a [Faktum],
    poster: &'a [Medelspost],
    bidrag: BidragId,
    ar: i16,
) -> Vec<Version<'a>> {
    let kedjan = fakta.iter().filter(|f| {
        let g = f.galler();
        f.fakta.slag == FaktumSlag::Tilldelat
            && (g.bidrag, g.ar) == (Some(bidrag), Some(ar))
            && g.version.is_none()
            && g.insats.is_none()
            && !f.fakta.struken
    });
    let mut fore: Option<&Faktum> = None;
    kedjan
        .map(|faktum| {
            let kant = |v: Varde| v.kant();
            let andring = fore
                .filter(|f| faktum.fakta.rattar == Some(f.id))
                .and_then(|f| kant(faktum.varde())?.checked_sub(kant(f.varde())?));
            fore = Some(faktum);
            Version {
                faktum,
                benamning: benamning(poster, faktum.id),
                andring,
            }
        })
        .collect()
}

fn benamning(poster: &[Medelspost], faktum: FaktumId) -> Option<&Tilldelningsversion> {
    poster.iter().find_map(|p| match &p.post.innehall {
        Innehall::Tilldelning(t) if p.post.om.faktum == Some(faktum) => Some(t),
        _ => None,
    })
}
