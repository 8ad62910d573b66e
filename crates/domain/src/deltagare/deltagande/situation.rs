//! What a person lives on and does at a point in time, and what was so before the start.

use serde::{Deserialize, Serialize};

/// An extent in whole per cent, 1 to 100. Of work, 100 is 40 hours a week, always (doman.md
/// 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Omfattning(u8);

impl Omfattning {
    /// `None` outside 1–100.
    #[must_use]
    pub fn ny(procent: u8) -> Option<Self> {
        (1..=100).contains(&procent).then_some(Self(procent))
    }

    /// Whole per cent.
    #[must_use]
    pub const fn procent(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Omfattning {
    type Error = &'static str;

    fn try_from(procent: u8) -> Result<Self, Self::Error> {
        Self::ny(procent).ok_or("en omfattning är 1 till 100 procent")
    }
}

impl From<Omfattning> for u8 {
    fn from(omfattning: Omfattning) -> Self {
        omfattning.0
    }
}

/// One of the sources that a person lives on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forsorjning {
    /// A code of the list.
    pub kod: String,
    /// How much of it; `None` when that is not told.
    pub omfattning: Option<Omfattning>,
}

/// The work of who works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arbete {
    /// A code of the list.
    pub typ: String,
    /// How much; `None` when that is not told.
    pub omfattning: Option<Omfattning>,
}

/// What a person lives on and does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// The sources, at least one: what is not known is a code.
    pub forsorjning: Vec<Forsorjning>,
    /// What was actually done: employed but on sick leave is not at work (doman.md 1.2).
    pub sysselsattning: String,
    /// The work; of who works, and only then.
    pub arbete: Option<Arbete>,
}

/// What was so before the start. Codes, and no more of them than are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bakgrund {
    /// Highest completed education; a foreign one by its Swedish level.
    pub utbildning: String,
    /// Time in public support; gaps of up to a month are ignored.
    pub tid_i_forsorjning: String,
    /// How long since work or studies.
    pub startlage: String,
    /// Target groups, several; may be none.
    pub malgrupper: Vec<String>,
    /// Who referred the person.
    pub remittent: String,
    /// What must be arranged; never why (dataskyddsförordningen 5.1 c).
    pub behov: Vec<String>,
    /// Authority by authority, how the person stands with it.
    pub status: Vec<(String, String)>,
}
