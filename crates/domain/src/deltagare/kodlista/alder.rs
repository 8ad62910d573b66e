//! Age bands: configurable, and never with a gap that somebody falls through.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};

/// The bands, by the age that each starts at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aldersband {
    /// First age of each band, in whole years, rising. The last band has no end.
    pub fran: Vec<u16>,
    /// Where they come from.
    pub kalla: String,
    /// Proposed by us.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forslag: bool,
}

/// A band of ages in whole years, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band {
    /// First age; `None`: everybody younger than the first band.
    pub fran: Option<u16>,
    /// Last age; `None`: no end.
    pub till: Option<u16>,
}

impl Aldersband {
    /// Every band in order, after the one of those younger than the first.
    #[must_use]
    pub fn alla(&self) -> Vec<Band> {
        let nedre = std::iter::once(None).chain(self.fran.iter().map(|f| Some(*f)));
        let ovre = self.fran.iter().map(|f| f.checked_sub(1));
        nedre
            .zip(ovre.chain(std::iter::once(None)))
            .map(|(fran, till)| Band { fran, till })
            .collect()
    }

    /// The band of an age. Everybody has one.
    #[must_use]
    pub fn band(&self, alder: u16) -> Band {
        let fran = self
            .fran
            .iter()
            .copied()
            .filter(|fran| *fran <= alder)
            .max();
        let nasta = self.fran.iter().copied().filter(|f| *f > alder).min();
        Band {
            fran,
            till: nasta.and_then(|f| f.checked_sub(1)),
        }
    }

    /// What is wrong with them.
    #[must_use]
    pub fn prova(&self) -> Vec<Problem> {
        let stigande = self.fran.is_sorted_by(|a, b| a < b);
        let mojliga = self.fran.iter().all(|fran| (1..=120).contains(fran));
        if stigande && mojliga && !self.fran.is_empty() {
            return Vec::new();
        }
        vec![Problem::ogiltigt(
            "aldersband",
            "Åldersbanden ska börja vid stigande åldrar, från 1 till 120 år.",
            "Skriv åldrarna i ordning, var och en en gång.",
        )]
    }
}

impl Band {
    /// `16–19`, `60+`, `under 16`.
    #[must_use]
    pub fn text(&self) -> String {
        match (self.fran, self.till) {
            (Some(fran), Some(till)) if fran == till => fran.to_string(),
            (Some(fran), Some(till)) => format!("{fran}–{till}"),
            (Some(fran), None) => format!("{fran}+"),
            (None, Some(till)) => format!("under {}", till.saturating_add(1)),
            (None, None) => "alla".to_owned(),
        }
    }
}
