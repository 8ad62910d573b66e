//! The act of publication: nothing is public by being saved (ARCHITECTURE.md invariant 9).
//!
//! Tillstand: publicering

use crate::bocker::Bocker;
use crate::id::{AnvandareId, BidragId, InsatsId, PubliceringId, RapportId};
use crate::insatser::{Fortsattning, Insats, InsatsText};
use crate::organisation::Huvudman;
use crate::tid::PerDag;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "slag", content = "id", rename_all = "snake_case")]
pub enum Publicerat {
    /// A grant and how its money was distributed.
    Bidrag(BidragId),
    /// An initiative.
    Insats(InsatsId),
    /// An issued report.
    Rapport(RapportId),
}

impl Publicerat {
    /// Code in the database.
    #[must_use]
    pub const fn kod(self) -> &'static str {
        match self {
            Self::Bidrag(_) => "bidrag",
            Self::Insats(_) => "insats",
            Self::Rapport(_) => "rapport",
        }
    }

    /// Number of the thing published.
    #[must_use]
    pub const fn nummer(self) -> i64 {
        match self {
            Self::Bidrag(id) => id.nummer(),
            Self::Insats(id) => id.nummer(),
            Self::Rapport(id) => id.nummer(),
        }
    }

    /// The thing a code and a number stand for.
    #[must_use]
    pub fn av_kod(kod: &str, nummer: i64) -> Option<Self> {
        match kod {
            "bidrag" => BidragId::ny(nummer).map(Self::Bidrag),
            "insats" => InsatsId::ny(nummer).map(Self::Insats),
            "rapport" => RapportId::ny(nummer).map(Self::Rapport),
            _ => None,
        }
    }

    /// As a word in an address: `insats-30`.
    #[must_use]
    pub fn nyckel(self) -> String {
        format!("{}-{}", self.kod(), self.nummer())
    }

    /// The thing a word in an address stands for. One spelling only.
    #[must_use]
    pub fn av_nyckel(nyckel: &str) -> Option<Self> {
        let (kod, nummer) = nyckel.split_once('-')?;
        Self::av_kod(kod, nummer.parse().ok()?).filter(|vad| vad.nyckel() == nyckel)
    }
}

/// What people have written about an initiative, and the years it is said to run, frozen when
/// it is published: what is edited afterwards, or read from a new version of its paper, is
/// not public by being saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insatsinnehall {
    /// Its texts.
    pub text: InsatsText,
    /// What happens afterwards.
    pub fortsattning: Fortsattning,
    /// First year it is said to run; `None` also in acts made before years were frozen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_ar: Option<i16>,
    /// Last year, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slut_ar: Option<i16>,
}

impl Insatsinnehall {
    /// What an initiative says now.
    #[must_use]
    pub fn av(insats: &Insats) -> Self {
        Self {
            text: insats.text.clone(),
            fortsattning: insats.fortsattning,
            start_ar: insats.start_ar,
            slut_ar: insats.slut_ar,
        }
    }
}

/// An act of publication or withdrawal. Append-only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publicering {
    /// Its number.
    pub id: PubliceringId,
    /// What.
    pub vad: Publicerat,
    /// As of when the figures are shown.
    pub per: PerDag,
    /// When it was done.
    pub tid: Timestamp,
    /// By whom. Never shown to the public.
    pub av: AnvandareId,
    /// The publication this act withdraws; `None` when it publishes.
    pub drar_tillbaka: Option<PubliceringId>,
    /// Why.
    pub kommentar: String,
    /// The texts and years of a published initiative; `None` for other acts and for those
    /// made before texts were frozen.
    pub innehall: Option<Insatsinnehall>,
}

impl Publicering {
    /// The last instant of registration the act shows: neither after its day nor after the
    /// act itself, so that what comes later the same day waits for the next act.
    #[must_use]
    pub fn senast(&self) -> Timestamp {
        let grans = self.per.grans();
        self.tid
            .min(grans.checked_sub(1.nanosecond()).unwrap_or(grans))
    }
}

/// What the public may read of one huvudman.
///
/// Invariant: each of the books holds only the facts in force that its act shows, and nobody's
/// name. A page about one thing reads that thing's own books, so that what another act shows
/// later or earlier never enters it (ARCHITECTURE.md invariant 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OppnaBocker {
    /// Whose they are.
    pub huvudman: Huvudman,
    /// As [`Bocker::lage`].
    pub lage: i64,
    /// The acts in force, without names and texts, in order of what they show.
    pub akter: Vec<Publicering>,
    /// Everything published, for pages about several things: each fact follows the act of its
    /// own grant, and one without grant the act of its initiative.
    pub samlat: Arc<Bocker>,
    /// By thing: what the thing's own act shows.
    pub egna: BTreeMap<Publicerat, Arc<Bocker>>,
}

/// The acts in force: for each thing the latest publication, unless it has been withdrawn.
#[must_use]
pub fn gallande(alla: &[Publicering]) -> Vec<&Publicering> {
    let mut senaste: BTreeMap<Publicerat, &Publicering> = BTreeMap::new();
    for akt in alla {
        senaste.insert(akt.vad, akt);
    }
    senaste
        .into_values()
        .filter(|akt| akt.drar_tillbaka.is_none())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acts are kept as they were written, and their sums with them.
    #[test]
    fn an_act_from_before_years_were_frozen_is_read_and_written_as_it_was() {
        let nu = Insatsinnehall {
            text: InsatsText::default(),
            fortsattning: Fortsattning::Ordinarie,
            start_ar: Some(2021),
            slut_ar: None,
        };
        let gammal = Insatsinnehall {
            start_ar: None,
            ..nu.clone()
        };
        let skrivet = serde_json::to_string(&gammal).unwrap();
        assert!(!skrivet.contains("_ar"), "{skrivet}");
        let last = |json: &str| serde_json::from_str::<Insatsinnehall>(json).unwrap();
        assert_eq!(last(&skrivet), gammal);
        let skrivet = serde_json::to_string(&nu).unwrap();
        assert_eq!(last(&skrivet), nu);
    }

    #[test]
    fn a_thing_has_one_word_in_an_address() {
        let insats = Publicerat::Insats(InsatsId::FORSTA);
        assert_eq!(insats.nyckel(), "insats-1");
        assert_eq!(Publicerat::av_nyckel("insats-1"), Some(insats));
        for fel in [
            "",
            "insats",
            "insats-",
            "insats-0",
            "insats-01",
            "insats--1",
            "insats-+1",
            "x-1",
        ] {
            assert_eq!(Publicerat::av_nyckel(fel), None, "{fel}");
        }
    }
}
