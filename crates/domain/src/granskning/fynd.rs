//! A finding: what a rule has to say, for people and for machines.

use super::storhet::Storhet;
use crate::underlag::{Ar, Matt};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// How serious a finding is. The order is the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Allvar {
    /// Two things in the paper cannot both be right.
    Fel,
    /// Something is missing or needs an explanation.
    Varning,
    /// Worth knowing; nothing has to be done.
    Upplysning,
}

impl Allvar {
    /// The word on the page and in the JSON.
    #[must_use]
    pub const fn kod(self) -> &'static str {
        match self {
            Self::Fel => "fel",
            Self::Varning => "varning",
            Self::Upplysning => "upplysning",
        }
    }
}

/// What the numbers of a finding are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Enhet {
    /// Kronor, whatever unit the paper uses.
    Kr,
    /// Persons.
    Personer,
    /// Other counts, and months.
    Antal,
    /// Per cent; differences are percentage points.
    Procent,
    /// Dates as ISO text; differences are days.
    Datum,
}

/// One number or date of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FyndVarde {
    /// A number in thousandths of the unit.
    Tal(i128),
    /// A day.
    Dag(Date),
    /// A year, where the day is not known.
    Ar(i16),
}

/// The number as text with a decimal point and no trailing zeros, or the ISO date.
impl fmt::Display for FyndVarde {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dag(dag) => write!(f, "{dag}"),
            Self::Ar(ar) => write!(f, "{ar:04}"),
            Self::Tal(tal) => {
                let (hela, rest) = (tal.unsigned_abs() / 1000, tal.unsigned_abs() % 1000);
                let tecken = if *tal < 0 { "-" } else { "" };
                write!(f, "{tecken}{hela}")?;
                if rest == 0 {
                    return Ok(());
                }
                write!(f, ".{}", format!("{rest:03}").trim_end_matches('0'))
            }
        }
    }
}

/// Whole numbers as JSON integers and decimals as written, never computed with floats.
impl Serialize for FyndVarde {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if let Self::Tal(tal) = self {
            if tal % 1000 == 0
                && let Ok(hela) = i64::try_from(tal / 1000)
            {
                return s.serialize_i64(hela);
            }
            let text = self.to_string();
            return match text.parse::<serde_json::Number>() {
                Ok(tal) => tal.serialize(s),
                Err(_) => s.serialize_str(&text),
            };
        }
        s.serialize_str(&self.to_string())
    }
}

/// One statement that a finding rests on, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rad {
    /// The JSON path within the underlag: `insatser[3].ekonomi[0].utfall[1]`.
    pub sokvag: String,
    /// What it is.
    pub etikett: String,
    /// The value as stated.
    pub varde: String,
    /// Where in the paper.
    pub plats: String,
    /// The paper it stands in, when it is another than the finding's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dokument: Option<String>,
}

/// Rows that a finding shows. A sum may have more, but nobody reads them in a finding.
pub const RADER_MAX: usize = 200;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fynd {
    /// The rule's code.
    pub regel: &'static str,
    /// How serious it is.
    pub allvar: Allvar,
    /// The underlag's short name.
    pub dokument: String,
    /// Where in the paper, or which object.
    pub plats: String,
    /// What is stated; none with the reason in `text`.
    pub angivet: Option<FyndVarde>,
    /// What comes out when it is computed.
    pub beraknat: Option<FyndVarde>,
    /// Stated − computed.
    pub skillnad: Option<FyndVarde>,
    /// What the three are in.
    pub enhet: Enhet,
    /// The years it concerns, in order; empty when it concerns none or them all.
    pub ar: Vec<i16>,
    /// The sentences that a person reads.
    pub text: String,
    /// What may explain it, as far as that can be computed: a sentence each.
    pub mojligt: Vec<String>,
    /// What to do.
    pub atgard: String,
    /// The statements it rests on.
    pub rader: Vec<Rad>,
}

impl Fynd {
    /// A finding without numbers; the text says why.
    pub(super) fn utan_tal(allvar: Allvar, plats: &str, enhet: Enhet) -> Self {
        Self {
            regel: "",
            allvar,
            dokument: String::new(),
            plats: plats.to_owned(),
            angivet: None,
            beraknat: None,
            skillnad: None,
            enhet,
            ar: Vec::new(),
            text: String::new(),
            mojligt: Vec::new(),
            atgard: String::new(),
            rader: Vec::new(),
        }
    }

    /// A finding about a stated value and the one that comes out.
    pub(super) fn tal(allvar: Allvar, plats: &str, angivet: Storhet, beraknat: Storhet) -> Self {
        Self {
            angivet: Some(FyndVarde::Tal(angivet.tusendelar())),
            beraknat: Some(FyndVarde::Tal(beraknat.tusendelar())),
            skillnad: Some(FyndVarde::Tal(angivet.minus(beraknat).tusendelar())),
            ..Self::utan_tal(allvar, plats, enhet(angivet.matt))
        }
    }

    /// Gives the sentences.
    pub(super) fn sager(mut self, text: impl Into<String>, atgard: impl Into<String>) -> Self {
        self.text = text.into();
        self.atgard = atgard.into();
        self
    }

    /// Adds a possible explanation, to the text and by itself.
    pub(super) fn kan_bero_pa(mut self, mening: impl Into<String>) -> Self {
        let mening = mening.into();
        self.text.push(' ');
        self.text.push_str(&mening);
        self.mojligt.push(mening);
        self
    }

    /// Says which years it concerns.
    pub(super) fn for_ar(mut self, ar: impl IntoIterator<Item = Ar>) -> Self {
        self.ar.extend(ar.into_iter().map(|ar| ar.0));
        self.ar.sort_unstable();
        self.ar.dedup();
        self
    }

    /// Gives the statements it rests on.
    pub(super) fn pa(mut self, mut rader: Vec<Rad>) -> Self {
        rader.truncate(RADER_MAX);
        self.rader = rader;
        self
    }

    /// The order of findings on a page: seriousness, then place with `s. 2` before `s. 10`.
    pub(super) fn ordning(&self) -> (Allvar, Vec<(u64, String)>, &'static str, String) {
        (
            self.allvar,
            naturlig(&self.plats),
            self.regel,
            self.text.clone(),
        )
    }
}

/// The unit of a measure. Per mille is shown as per cent.
pub(super) const fn enhet(matt: Matt) -> Enhet {
    match matt {
        Matt::Kronor => Enhet::Kr,
        Matt::Procent | Matt::Promille => Enhet::Procent,
        Matt::Personer => Enhet::Personer,
        Matt::Antal => Enhet::Antal,
    }
}

/// A key that sorts numbers in a text by size.
fn naturlig(text: &str) -> Vec<(u64, String)> {
    let mut delar: Vec<(u64, String)> = Vec::new();
    let mut ord = String::new();
    let mut siffror = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            siffror.push(c);
            continue;
        }
        if !siffror.is_empty() {
            let tal = siffror.parse().unwrap_or(u64::MAX);
            delar.push((0, std::mem::take(&mut ord)));
            delar.push((tal, String::new()));
            siffror.clear();
        }
        ord.extend(c.to_lowercase());
    }
    delar.push((0, ord));
    delar
}
