//! A participation: a person's way through an initiative, from the day it began to what became
//! of it two years later. It holds codes and days and never who the person is.
//!
//! Tillstand: deltagande
//!
//! Each participation counts by itself: the same person may take part several times and in
//! several initiatives (SUS' rule, doman.md 1.2). Nothing is overwritten: a step that turns out
//! wrong is followed by one that corrects it.

mod provning;
mod situation;

pub use provning::Listor;
pub use situation::{Arbete, Bakgrund, Forsorjning, Omfattning, Situation};

use crate::faktum::kodat;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How it began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intrade {
    /// First day.
    pub dag: Date,
    /// Home municipality, SCB's four digits; `None` when it is not known.
    pub kommun: Option<String>,
    /// Sex, as the person says: a code of the list.
    pub kon: String,
    /// What was so before.
    pub bakgrund: Bakgrund,
    /// What the person lived on and did directly before: within one week (doman.md 1.2).
    pub situation: Situation,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uttrade {
    /// Last day.
    pub dag: Date,
    /// Why it ended.
    pub anledning: String,
    /// How far the person came.
    pub fullfoljande: String,
    /// Why it was not completed; when it was not, and only then.
    pub avbrottsorsak: Option<String>,
    /// Where it ended: one.
    pub sluttillstand: String,
    /// Help beside it, overlapping.
    pub stod: Vec<String>,
    /// What the person lives on and does directly after.
    pub situation: Situation,
}

kodat! {
    /// When a person is asked again, after the last day.
    Vag {
        /// Three months.
        Tre = "3", "3 månader";
        /// Six.
        Sex = "6", "6 månader";
        /// Twelve.
        Tolv = "12", "12 månader";
        /// Twenty-four.
        Tjugofyra = "24", "24 månader";
    }
}

/// What was told when the person was asked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uppfoljning {
    /// Which time.
    pub vag: Vag,
    /// The day that it is about.
    pub dag: Date,
    /// Whether there was an answer.
    pub svar: String,
    /// The answer; when there was one, and only then.
    pub situation: Option<Situation>,
}

/// A step, as a row says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "steg", rename_all = "snake_case")]
pub enum Deltagandesteg {
    /// Began, or what was said of the beginning was wrong.
    Borja(Intrade),
    /// Ended, or what was said of the end was wrong.
    Avsluta(Uttrade),
    /// Was asked again, or what was said of that was wrong.
    FoljUpp(Uppfoljning),
    /// Goes on after all. The end stays among the steps and no longer holds.
    Ateruppta {
        /// First day anew.
        dag: Date,
    },
    /// Should never have been registered (SUS: always an exit with this reason).
    Felregistrera {
        /// The day of the exit.
        dag: Date,
    },
}

/// Where it is, with what that state has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lage {
    /// Goes on.
    Pagaende,
    /// Ended, with what has been told since.
    Avslutat {
        /// How.
        uttrade: Box<Uttrade>,
        /// What was told, time by time.
        uppfoljt: BTreeMap<Vag, Uppfoljning>,
    },
    /// Never was. Counts in nothing.
    Felregistrerat {
        /// The day of the exit.
        dag: Date,
    },
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vagran {
    /// It has not begun.
    InteBorjat,
    /// It goes on: nothing has ended that could be followed up or taken up again.
    Pagar,
    /// It should never have been registered.
    Felregistrerat,
    /// The day is before a day that it must not be before.
    FelDag,
}

/// A participation as its steps have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deltagande {
    /// How it began.
    pub intrade: Intrade,
    /// Where it is.
    pub lage: Lage,
}

impl Vag {
    const fn manader(self) -> i64 {
        match self {
            Self::Tre => 3,
            Self::Sex => 6,
            Self::Tolv => 12,
            Self::Tjugofyra => 24,
        }
    }

    /// The day when it is time; `None` beyond the last year there is.
    #[must_use]
    pub fn dag(self, efter: Date) -> Option<Date> {
        efter.checked_add(self.manader().months()).ok()
    }
}

/// Asked so long before its time, a person has answered about that time; earlier it is another.
fn i_god_tid() -> Span {
    1.month()
}

impl Deltagande {
    /// What its first step makes of it.
    ///
    /// # Errors
    /// [`Vagran::InteBorjat`] when the first step is not that it began.
    pub fn forsta(steg: &Deltagandesteg) -> Result<Self, Vagran> {
        match steg {
            Deltagandesteg::Borja(intrade) => Ok(Self {
                intrade: intrade.clone(),
                lage: Lage::Pagaende,
            }),
            _ => Err(Vagran::InteBorjat),
        }
    }

    /// What the steps make of it, in their order.
    ///
    /// # Errors
    /// The first reason that one of them cannot be taken.
    pub fn av(steg: &[Deltagandesteg]) -> Result<Self, Vagran> {
        let (forsta, rest) = steg.split_first().ok_or(Vagran::InteBorjat)?;
        rest.iter()
            .try_fold(Self::forsta(forsta)?, |d, steg| d.ga(steg))
    }

    /// What the step makes of it.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn ga(self, steg: &Deltagandesteg) -> Result<Self, Vagran> {
        use Deltagandesteg as S;
        if matches!(self.lage, Lage::Felregistrerat { .. }) {
            return Err(Vagran::Felregistrerat);
        }
        match steg {
            S::Borja(intrade) => self.rattad(intrade),
            S::Avsluta(uttrade) => self.avslutad(uttrade),
            S::FoljUpp(svar) => self.uppfoljd(svar),
            S::Ateruppta { dag } => match &self.lage {
                Lage::Avslutat { uttrade, .. } if *dag < uttrade.dag => Err(Vagran::FelDag),
                Lage::Avslutat { .. } => Ok(Self {
                    lage: Lage::Pagaende,
                    ..self
                }),
                _ => Err(Vagran::Pagar),
            },
            S::Felregistrera { dag } if *dag < self.intrade.dag => Err(Vagran::FelDag),
            S::Felregistrera { dag } => Ok(Self {
                lage: Lage::Felregistrerat { dag: *dag },
                ..self
            }),
        }
    }

    fn rattad(self, intrade: &Intrade) -> Result<Self, Vagran> {
        let slut = match &self.lage {
            Lage::Avslutat { uttrade, .. } => Some(uttrade.dag),
            _ => None,
        };
        if slut.is_some_and(|slut| slut < intrade.dag) {
            return Err(Vagran::FelDag);
        }
        Ok(Self {
            intrade: intrade.clone(),
            ..self
        })
    }

    /// A corrected end keeps what has been told since, where that is still after it.
    fn avslutad(self, uttrade: &Uttrade) -> Result<Self, Vagran> {
        if uttrade.dag < self.intrade.dag {
            return Err(Vagran::FelDag);
        }
        let uppfoljt = match self.lage {
            Lage::Avslutat { uppfoljt, .. } => uppfoljt,
            _ => BTreeMap::new(),
        };
        if uppfoljt.values().any(|u| !i_tid(u.vag, uttrade.dag, u.dag)) {
            return Err(Vagran::FelDag);
        }
        Ok(Self {
            lage: Lage::Avslutat {
                uttrade: Box::new(uttrade.clone()),
                uppfoljt,
            },
            ..self
        })
    }

    fn uppfoljd(self, svar: &Uppfoljning) -> Result<Self, Vagran> {
        let Lage::Avslutat {
            uttrade,
            mut uppfoljt,
        } = self.lage
        else {
            return Err(Vagran::Pagar);
        };
        if !i_tid(svar.vag, uttrade.dag, svar.dag) {
            return Err(Vagran::FelDag);
        }
        uppfoljt.insert(svar.vag, svar.clone());
        Ok(Self {
            lage: Lage::Avslutat { uttrade, uppfoljt },
            ..self
        })
    }

    /// The times to ask that nothing has been told of, each with its day, the earliest first.
    /// None before it has ended, and none of who has died.
    #[must_use]
    pub fn att_folja_upp(&self) -> Vec<(Vag, Date)> {
        let Lage::Avslutat { uttrade, uppfoljt } = &self.lage else {
            return Vec::new();
        };
        if uttrade.anledning == AVLIDEN {
            return Vec::new();
        }
        let kvar = Vag::ALLA.iter().filter(|vag| !uppfoljt.contains_key(vag));
        kvar.filter_map(|vag| Some((*vag, vag.dag(uttrade.dag)?)))
            .collect()
    }

    /// Whether the person takes part on a day. An end counts as a day of it.
    #[must_use]
    pub fn deltar(&self, dag: Date) -> bool {
        let slut = match &self.lage {
            Lage::Pagaende => None,
            Lage::Avslutat { uttrade, .. } => Some(uttrade.dag),
            Lage::Felregistrerat { .. } => return false,
        };
        self.intrade.dag <= dag && slut.is_none_or(|slut| dag <= slut)
    }
}

/// Whether what was told on a day is about this time after the end.
fn i_tid(vag: Vag, slut: Date, dag: Date) -> bool {
    let tidigast = vag
        .dag(slut)
        .and_then(|nar| nar.checked_sub(i_god_tid()).ok());
    tidigast.is_some_and(|tidigast| tidigast <= dag)
}

/// The code of the list of reasons for who has died.
const AVLIDEN: &str = "avliden";

#[cfg(test)]
mod tests;
