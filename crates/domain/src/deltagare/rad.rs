//! A participation without who it is: what figures are made of.

use super::deltagande::{Deltagande, Lage, Uttrade};
use crate::id::{InsatsId, OrganisationId, PersonId};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A participation, de-identified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deltagarrad {
    /// In which initiative.
    pub insats: InsatsId,
    /// At which performer.
    pub organisation: OrganisationId,
    /// Whose: only to count persons once, never to be shown.
    pub person: PersonId,
    /// Whole years on the first day; `None` when the number is not known.
    pub alder: Option<u16>,
    /// What its steps have made of it.
    pub deltagande: Deltagande,
}

/// Participants without any data but year and sex: those who did not want to be registered. They
/// belong to one calendar year and are entered again the next (SUS' rule, doman.md 1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anonyma {
    /// In which initiative.
    pub insats: InsatsId,
    /// At which performer.
    pub organisation: OrganisationId,
    /// The calendar year.
    pub ar: i16,
    /// How many of each sex, by its code.
    pub antal: BTreeMap<String, u64>,
}

/// Days from the first to the last, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first day.
    pub fran: Date,
    /// The last day.
    pub till: Date,
}

impl Period {
    /// A calendar year; `None` beyond the years there are.
    #[must_use]
    pub fn ar(ar: i16) -> Option<Self> {
        Some(Self {
            fran: Date::new(ar, 1, 1).ok()?,
            till: Date::new(ar, 12, 31).ok()?,
        })
    }

    /// Whether a day is in it.
    #[must_use]
    pub fn har(self, dag: Date) -> bool {
        self.fran <= dag && dag <= self.till
    }
}

impl Deltagarrad {
    /// Whether it counts at all: what should never have been registered does not.
    #[must_use]
    pub const fn raknas(&self) -> bool {
        !matches!(self.deltagande.lage, Lage::Felregistrerat { .. })
    }

    /// How it ended, when it has.
    #[must_use]
    pub const fn uttrade(&self) -> Option<&Uttrade> {
        match &self.deltagande.lage {
            Lage::Avslutat { uttrade, .. } => Some(uttrade),
            _ => None,
        }
    }

    /// Whether it went on on any day of a period.
    #[must_use]
    pub fn deltog(&self, period: Period) -> bool {
        let slut = self.uttrade().map(|u| u.dag);
        self.raknas()
            && self.deltagande.intrade.dag <= period.till
            && slut.is_none_or(|dag| period.fran <= dag)
    }

    /// Days from the first to the last, both counted; `None` while it goes on.
    #[must_use]
    pub fn langd(&self) -> Option<u32> {
        let slut = self.uttrade()?.dag;
        let dagar = (slut - self.deltagande.intrade.dag).get_days();
        u32::try_from(dagar).ok()?.checked_add(1)
    }
}

#[cfg(test)]
pub(crate) mod prov;
