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

impl Default for Fortsattning {
    /// Nobody has said.
    fn default() -> Self {
        Self::Okand
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
    /// What it shall reach: a goal a line.
    pub mal: String,
    /// What the money was used for, and why it deviates from the budget.
    pub kommentar: String,
    /// What came of it, and the assessed effect.
    pub resultat: String,
    /// What happens next, in words.
    pub fortsattning: String,
}

impl InsatsText {
    /// The goals, one by one.
    pub fn malen(&self) -> impl Iterator<Item = &str> {
        self.mal
            .lines()
            .map(str::trim)
            .filter(|rad| !rad.is_empty())
    }
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
    /// How many such positions; `None` when the paper does not say.
    pub antal: Option<i64>,
    /// Share of full time in thousandths of a per cent (37,5 % is 37 500); `None` when the
    /// paper does not say.
    pub andel: Option<i64>,
    /// The year it begins.
    pub ar: Option<i16>,
    /// The year it ends.
    pub till_ar: Option<i16>,
    /// First month, 1–12, of `ar`.
    pub fran_manad: Option<i16>,
    /// Last month, 1–12, of `till_ar`.
    pub till_manad: Option<i16>,
}

/// What a paper says of an initiative besides its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insatsbeskrivning {
    /// Its texts.
    pub text: InsatsText,
    /// What happens afterwards.
    pub fortsattning: Fortsattning,
    /// First year.
    pub start_ar: Option<i16>,
    /// Last year.
    pub slut_ar: Option<i16>,
    /// Positions paid.
    pub tjanster: Vec<Tjanst>,
}

impl Insats {
    /// What the books say of it besides its figures.
    #[must_use]
    pub fn beskrivning(&self) -> Insatsbeskrivning {
        Insatsbeskrivning {
            text: self.text.clone(),
            fortsattning: self.fortsattning,
            start_ar: self.start_ar,
            slut_ar: self.slut_ar,
            tjanster: self.tjanster.clone(),
        }
    }
}

impl Tjanst {
    /// How many months it lasts, when both ends are known and in order.
    #[must_use]
    pub fn manader(&self) -> Option<i64> {
        let ar = self.till_ar.zip(self.ar);
        let ar = ar.map_or(0, |(till, fran)| i64::from(till) - i64::from(fran));
        let manader = i64::from(self.till_manad?) - i64::from(self.fran_manad?);
        let manader = ar.checked_mul(12)?.checked_add(manader)?.checked_add(1)?;
        (manader >= 1).then_some(manader)
    }

    /// Full-year positions in hundredths: antal × share × months / 12, when all is known.
    #[must_use]
    pub fn helarstjanster_hundradelar(&self) -> Option<i64> {
        let tal = self.antal?.checked_mul(self.andel?)?;
        Some(tal.checked_mul(self.manader()?)? / 12_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tjanst(antal: i64, andel: i64, till_ar: i16) -> Tjanst {
        Tjanst {
            beskrivning: "socialsekreterare".into(),
            antal: Some(antal),
            andel: Some(andel),
            ar: Some(2021),
            till_ar: Some(till_ar),
            fran_manad: Some(7),
            till_manad: Some(12),
        }
    }

    #[test]
    fn four_positions_for_half_a_year_are_two_full_years() {
        assert_eq!(
            tjanst(4, 100_000, 2021).helarstjanster_hundradelar(),
            Some(200)
        );
    }

    #[test]
    fn positions_nobody_has_counted_are_no_full_years() {
        let okant = Tjanst {
            antal: None,
            ..tjanst(1, 100_000, 2021)
        };
        assert_eq!(okant.helarstjanster_hundradelar(), None);
        assert_eq!(
            tjanst(40_000, 100_000, 2021).helarstjanster_hundradelar(),
            Some(2_000_000)
        );
    }

    #[test]
    fn months_are_counted_over_the_turn_of_the_year() {
        let t = tjanst(1, 37_500, 2022);
        assert_eq!(t.manader(), Some(18));
        // 37,5 per cent for eighteen months: 0,5625 full years.
        assert_eq!(t.helarstjanster_hundradelar(), Some(56));
        assert_eq!(
            tjanst(1, 37_500, 2020).manader(),
            None,
            "slutar före början"
        );
    }
}
