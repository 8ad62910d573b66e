//! Reports as objects: a draft that is written, then issued and never changed again.
//!
//! Tillstand: rapport

mod slag;

pub use slag::{Aterrapportdel, Aterrapportmall, Kapitelmall, Rapportslag};

use crate::id::{AnvandareId, BidragId, RapportId};
use crate::journal::Hash;
use crate::tid::PerDag;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rapport {
    /// Its number.
    pub id: RapportId,
    /// Its part of addresses.
    pub slug: String,
    /// Its title.
    pub titel: String,
    /// The grant it reports; `None` in reports of more than one, or of none.
    pub bidrag: Option<BidragId>,
    /// What kind of report it is.
    pub slag: Rapportslag,
    /// Draft or issued.
    pub lage: Rapportlage,
}

impl Rapport {
    /// Whether it is the report of a grant's year. A report's title ends with its year; the
    /// grant's name before it may hold other years, as in "2024–2027".
    #[must_use]
    pub fn om_bidragsaret(&self, bidrag: BidragId, ar: i16) -> bool {
        self.bidrag == Some(bidrag) && self.titel.ends_with(&ar.to_string())
    }

    /// Whether it is issued.
    #[must_use]
    pub const fn utfardad(&self) -> bool {
        matches!(self.lage, Rapportlage::Utfardad { .. })
    }
}

/// Where a report is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lage", rename_all = "snake_case")]
pub enum Rapportlage {
    /// Being written.
    Utkast {
        /// The free-text chapters as canonical JSON.
        text: String,
        /// Row version.
        version: i64,
    },
    /// Issued: frozen.
    Utfardad {
        /// The figures are as of this day.
        per: PerDag,
        /// When it was issued.
        tid: Timestamp,
        /// By whom.
        av: AnvandareId,
        /// SHA-256 of the frozen input.
        indata_sha256: Hash,
        /// SHA-256 of the PDF.
        pdf_sha256: Hash,
    },
}

/// What is frozen when a report is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtfardadRapport {
    /// Which report.
    pub rapport: RapportId,
    /// The version of the draft the person saw.
    pub vantad_version: i64,
    /// The figures are as of this day.
    pub per: PerDag,
    /// The typed input as canonical JSON: enough to typeset it again, without persons.
    pub indata: String,
    /// The accessible PDF.
    pub pdf: Vec<u8>,
    /// The Word file.
    pub docx: Vec<u8>,
    /// The page.
    pub html: Vec<u8>,
    /// The workbook; `None` in reports issued before there were any.
    pub xlsx: Option<Vec<u8>>,
    /// SHA-256 of `indata`.
    pub indata_sha256: Hash,
    /// SHA-256 of `pdf`.
    pub pdf_sha256: Hash,
}
