//! The typed input of a report, whichever kind it is: what is frozen when it is issued.

use serde::Serialize;

use super::aterrapport::{self, Aterrapport, Bakom, Siffra};
use super::sammanstallning::{self, Sammanstallning};
use super::{Dokument, kanonisk};

/// The input of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Indata {
    /// To a funder.
    Aterrapport(Box<Aterrapport>),
    /// Of any other kind.
    Sammanstallning(Box<Sammanstallning>),
}

impl Indata {
    /// Reads what was frozen. Only the other kinds than the återrapport say which they are: those
    /// were the only reports once, and are written as they were then.
    ///
    /// # Errors
    /// When it is the input of no report.
    pub fn las(json: &str) -> Result<Self, serde_json::Error> {
        let varde: serde_json::Value = serde_json::from_str(json)?;
        match varde.get("slag") {
            Some(_) => serde_json::from_str(json).map(|s| Self::Sammanstallning(Box::new(s))),
            None => serde_json::from_str(json).map(|a| Self::Aterrapport(Box::new(a))),
        }
    }

    /// As it is frozen.
    ///
    /// # Errors
    /// As [`kanonisk::json`].
    pub fn json(&self) -> Result<String, serde_json::Error> {
        kanonisk::json(self)
    }

    /// The report as a document.
    #[must_use]
    pub fn dokument(&self) -> Dokument {
        match self {
            Self::Aterrapport(a) => aterrapport::dokument(a),
            Self::Sammanstallning(s) => s.dokument(),
        }
    }

    /// It is set by the template of today as by the one that set it.
    #[must_use]
    pub fn har_dagens_mall(&self) -> bool {
        match self {
            Self::Aterrapport(a) => a.har_dagens_mall(),
            Self::Sammanstallning(s) => s
                .bakom
                .as_ref()
                .is_some_and(|b| b.mall == sammanstallning::MALL),
        }
    }

    /// Every figure it prints.
    #[must_use]
    pub fn siffror(&self) -> Vec<&Siffra> {
        match self {
            Self::Aterrapport(a) => a.siffror().collect(),
            Self::Sammanstallning(s) => s.stallen().into_iter().map(|s| s.siffra).collect(),
        }
    }

    /// The rows behind the figures; `None` in drafts and in the first reports.
    #[must_use]
    pub fn bakom(&self) -> Option<&Bakom> {
        match self {
            Self::Aterrapport(a) => a.bakom.as_ref(),
            Self::Sammanstallning(s) => s.bakom.as_ref(),
        }
    }

    /// The återrapport, when it is one.
    #[must_use]
    pub fn aterrapport(&self) -> Option<&Aterrapport> {
        match self {
            Self::Aterrapport(a) => Some(a),
            Self::Sammanstallning(_) => None,
        }
    }
}
