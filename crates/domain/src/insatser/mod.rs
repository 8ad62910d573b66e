//! Initiatives: what the money is spent on, and by whom.

use crate::faktum::kodat;
use crate::id::{BidragId, InsatsId, OrganisationId};
use serde::{Deserialize, Serialize};

kodat! {
    /// What happens to an initiative afterwards.
    Fortsattning {
        /// Nobody has said.
        Okand = "okand", "okänt om den fortsätter";
        /// Goes on in ordinary operations.
        Ordinarie = "ordinarie", "fortsätter i ordinarie verksamhet";
        /// Goes on with full funding.
        Finansierad = "finansierad", "fortsätter med full finansiering";
        /// Goes on with part of the funding.
        Delvis = "delvis", "fortsätter med delvis finansiering";
        /// Waits for a call from the funder.
        VantarUtlysning = "vantar_utlysning", "väntar på besked från finansiären";
        /// Has no funding to go on.
        SaknarFinansiering = "saknar_finansiering", "saknar finansiering för att fortsätta";
        /// Is done.
        Avslutad = "avslutad", "avslutad";
    }
}

/// The texts of an initiative that a person edits. All may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InsatsText {
    /// What it does and for whom.
    pub beskrivning: String,
    /// Who it is for.
    pub malgrupp: String,
    /// What the money was used for, and why it deviates from the budget.
    pub kommentar: String,
    /// What came of it, and the assessed effect.
    pub resultat: String,
    /// What happens next, in words.
    pub fortsattning: String,
}

/// An initiative: a project or an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insats {
    /// Its number.
    pub id: InsatsId,
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub namn: String,
    /// The grant that pays it, when one does.
    pub bidrag: Option<BidragId>,
    /// First year.
    pub start_ar: Option<i16>,
    /// Last year.
    pub slut_ar: Option<i16>,
    /// The boards or bodies responsible: one or several.
    pub ansvariga: Vec<OrganisationId>,
    /// Its texts.
    pub text: InsatsText,
    /// What happens afterwards.
    pub fortsattning: Fortsattning,
    /// A reserve: a row of a distribution that nobody has got yet. It has its row and is no
    /// initiative to the public.
    #[serde(default)]
    pub reserv: bool,
    /// Positions paid.
    pub tjanster: Vec<Tjanst>,
    /// Row version: counts up each time a person saves.
    pub version: i64,
}

/// A position paid by an initiative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tjanst {
    /// What the person does, never who.
    pub beskrivning: String,
    /// How many such positions.
    pub antal: i16,
    /// Share of full time in per cent; `None` when the paper does not say.
    pub procent: Option<i16>,
    /// The year.
    pub ar: Option<i16>,
    /// First month, 1–12.
    pub fran_manad: Option<i16>,
    /// Last month, 1–12.
    pub till_manad: Option<i16>,
}

impl Tjanst {
    /// Full-year positions in hundredths: antal × share × months / 12, when all is known.
    #[must_use]
    pub fn helarstjanster_hundradelar(&self) -> Option<i64> {
        let manader = i64::from(self.till_manad? - self.fran_manad? + 1);
        if manader < 1 {
            return None;
        }
        Some(i64::from(self.antal) * i64::from(self.procent?) * manader / 12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_positions_for_half_a_year_are_two_full_years() {
        let t = Tjanst {
            beskrivning: "socialsekreterare".into(),
            antal: 4,
            procent: Some(100),
            ar: Some(2021),
            fran_manad: Some(7),
            till_manad: Some(12),
        };
        assert_eq!(t.helarstjanster_hundradelar(), Some(200));
    }
}
