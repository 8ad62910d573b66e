//! What a person is told when something cannot be done: a stable code, what is wrong,
//! where, and how to put it right.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A refusal or error for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct Problem {
    /// Stable code, such as `underlag-okant-falt`. Scripts and tests rely on it.
    pub kod: &'static str,
    /// What is wrong, in one or two plain sentences.
    pub text: String,
    /// How to put it right.
    pub atgard: String,
    /// Where: file, row, JSON path or page.
    pub plats: Option<String>,
    /// The form field concerned.
    pub falt: Option<String>,
    /// What kind of refusal it is.
    pub slag: ProblemSlag,
}

/// The kind of refusal; decides the HTTP status and the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemSlag {
    /// What was given breaks a rule and can be corrected.
    Ogiltigt,
    /// There is no such thing, or not for this person.
    FinnsInte,
    /// The role does not allow it.
    Nekad,
    /// Somebody else changed it in between.
    Konflikt,
    /// Too busy just now; trying again helps.
    Upptaget,
    /// Broken inside; nothing the person did.
    Internt,
}

impl Problem {
    /// A broken rule.
    #[must_use]
    pub fn ogiltigt(kod: &'static str, text: impl Into<String>, atgard: impl Into<String>) -> Self {
        Self::nytt(ProblemSlag::Ogiltigt, kod, text, atgard)
    }

    /// A refusal of this kind.
    #[must_use]
    pub fn nytt(
        slag: ProblemSlag,
        kod: &'static str,
        text: impl Into<String>,
        atgard: impl Into<String>,
    ) -> Self {
        Self {
            kod,
            text: text.into(),
            atgard: atgard.into(),
            plats: None,
            falt: None,
            slag,
        }
    }

    /// The answer for what does not exist, and for what belongs to somebody else: the same.
    #[must_use]
    pub fn finns_inte() -> Self {
        Self::nytt(
            ProblemSlag::FinnsInte,
            "finns-inte",
            "Sidan finns inte.",
            "Kontrollera adressen eller gå till startsidan.",
        )
    }

    /// Names the place.
    #[must_use]
    pub fn pa(mut self, plats: impl Into<String>) -> Self {
        self.plats = Some(plats.into());
        self
    }

    /// Names the form field.
    #[must_use]
    pub fn i_falt(mut self, falt: impl Into<String>) -> Self {
        self.falt = Some(falt.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(plats) = &self.plats {
            write!(f, "{plats}: ")?;
        }
        write!(f, "{} {} [{}]", self.text, self.atgard, self.kod)
    }
}
