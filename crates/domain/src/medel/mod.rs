//! Money: grants and the decisions about them. The amounts are facts in the ledger.

use crate::id::{BeslutId, BidragId, OrganisationId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A grant from a funder. Programme years and decided years are apart: a year that the
/// programme covers but nobody has decided is `ej beslutat`, never 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bidrag {
    /// Its number.
    pub id: BidragId,
    /// Its part of addresses, such as `socialstyrelsen-2021`.
    pub slug: String,
    /// Its name.
    pub namn: String,
    /// Who gives it.
    pub finansiar: OrganisationId,
    /// The programme or call it belongs to.
    pub program: Option<String>,
    /// First and last year of the programme.
    pub program_ar: Option<(i16, i16)>,
    /// The years this grant has been decided for, or is expected for.
    pub ar: Vec<i16>,
    /// What it is for.
    pub andamal: Option<String>,
    /// Whether unspent money may be carried over; `None` when the terms are unknown.
    pub overforing_tillaten: Option<bool>,
    /// Diary number of the case.
    pub diarienummer: Option<String>,
}

/// A decision: body, paragraph and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beslut {
    /// Its number.
    pub id: BeslutId,
    /// The body that decided.
    pub instans: String,
    /// Paragraph, such as `64`.
    pub paragraf: Option<String>,
    /// The year the paragraph belongs to.
    pub ar: Option<i16>,
    /// The day, when known.
    pub datum: Option<Date>,
    /// Diary number.
    pub diarienummer: Option<String>,
    /// What was decided, in a few words.
    pub rubrik: String,
    /// The grant it concerns.
    pub bidrag: Option<BidragId>,
}

impl Beslut {
    /// `Kommunstyrelsen § 220/2020`.
    #[must_use]
    pub fn kort(&self) -> String {
        match (&self.paragraf, self.ar) {
            (Some(p), Some(ar)) => format!("{} §\u{a0}{p}/{ar}", self.instans),
            (Some(p), None) => format!("{} §\u{a0}{p}", self.instans),
            (None, _) => self.instans.clone(),
        }
    }
}
