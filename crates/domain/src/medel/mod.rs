//! Money: grants and the decisions about them. The amounts are facts in the ledger.

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub mod dela;
pub mod kalkyl;
pub mod klistra;
pub mod kontering;
pub mod parameter;
pub mod prognos;
pub mod rackvidd;
pub mod varning;
pub mod verifikation;

use crate::id::{AnvandareId, BeslutId, BidragId, InsatsId, KalkylId, OrganisationId};
use crate::pengar::Ore;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub mod arsavslut;
pub mod atagande;
pub mod aterbetalning;
pub mod avrakning;
pub mod betalning;
pub mod export;
pub mod post;
pub mod rekvisition;
pub mod tilldelning;
pub mod villkor;

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
    /// What was decided on condition of, in the decision's words.
    pub villkor: Option<String>,
}

/// A cost calculation on its way into the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyKalkyl {
    /// Its number.
    pub id: KalkylId,
    /// The initiative.
    pub insats: InsatsId,
    /// The year.
    pub ar: i16,
    /// What it is made of.
    pub kalkyl: kalkyl::Kalkyl,
    /// What it came to when it was saved.
    pub summa: Ore,
}

/// A saved cost calculation. The last of an initiative and year holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparadKalkyl {
    /// The calculation.
    pub ny: NyKalkyl,
    /// When.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
}

impl Beslut {
    /// `Kommunstyrelsen § 220/2020`.
    #[must_use]
    pub fn kort(&self) -> String {
        format!("{}{}", self.instans, self.nummer())
    }

    /// `Kommunstyrelsen 12 maj 2021 § 74`: the name with the date, when it is known.
    #[must_use]
    pub fn med_datum(&self) -> String {
        let datum = self
            .datum
            .map(|d| format!(" {}", crate::tid::i_ord(d)))
            .unwrap_or_default();
        format!("{}{datum}{}", self.instans, self.nummer())
    }

    fn nummer(&self) -> String {
        match (&self.paragraf, self.ar) {
            (Some(p), Some(ar)) => format!(" §\u{a0}{p}/{ar}"),
            (Some(p), None) => format!(" §\u{a0}{p}"),
            (None, _) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_decision_is_named_by_what_is_known_of_it() {
        let mut beslut = Beslut {
            id: BeslutId::FORSTA,
            instans: "Kommunstyrelsen".into(),
            paragraf: Some("220".into()),
            ar: Some(2020),
            datum: None,
            diarienummer: None,
            rubrik: "Fördelning".into(),
            bidrag: None,
            villkor: None,
        };
        assert_eq!(beslut.kort(), "Kommunstyrelsen §\u{a0}220/2020");
        (beslut.paragraf, beslut.datum) = (None, Some(date(2021, 5, 12)));
        assert_eq!(beslut.med_datum(), "Kommunstyrelsen 12 maj 2021");
    }
}
