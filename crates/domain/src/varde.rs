//! A value that may be missing, in four different ways.
//!
//! Invariant: unknown is a value and never zero (ARCHITECTURE.md invariant 8).

use serde::{Deserialize, Serialize};

/// A figure, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Varde {
    /// Known; the unit is stated beside it. Zero is known to be zero.
    Kant(i64),
    /// Nobody knows and nobody will: the paper or the register says so.
    Okant,
    /// Depends on a decision that has not been taken.
    EjBeslutat,
    /// Expected, but not yet reported.
    EjInrapporterat,
    /// Known, but secret to the reader.
    Sekretess,
}

impl Varde {
    /// The number when there is one.
    #[must_use]
    pub const fn kant(self) -> Option<i64> {
        match self {
            Self::Kant(tal) => Some(tal),
            _ => None,
        }
    }

    /// Whether there will be a number: a decision or a report is waited for.
    #[must_use]
    pub const fn vantas(self) -> bool {
        matches!(self, Self::EjBeslutat | Self::EjInrapporterat)
    }

    /// The sign that stands where the number would have stood; `None` for a number.
    #[must_use]
    pub const fn tecken(self) -> Option<Tecken> {
        match self {
            Self::Kant(_) => None,
            Self::Okant => Some(Tecken::Okant),
            Self::EjBeslutat => Some(Tecken::EjBeslutat),
            Self::EjInrapporterat => Some(Tecken::EjInrapporterat),
            Self::Sekretess => Some(Tecken::Sekretess),
        }
    }

    /// Code in the database.
    #[must_use]
    pub const fn kod(self) -> &'static str {
        match self {
            Self::Kant(_) => "kant",
            Self::Okant => "okant",
            Self::EjBeslutat => "ej_beslutat",
            Self::EjInrapporterat => "ej_inrapporterat",
            Self::Sekretess => "sekretess",
        }
    }

    /// The value a code and a number stand for; `None` if they do not belong together.
    #[must_use]
    pub fn av_kod(kod: &str, tal: Option<i64>) -> Option<Self> {
        match (kod, tal) {
            ("kant", Some(tal)) => Some(Self::Kant(tal)),
            ("okant", None) => Some(Self::Okant),
            ("ej_beslutat", None) => Some(Self::EjBeslutat),
            ("ej_inrapporterat", None) => Some(Self::EjInrapporterat),
            ("sekretess", None) => Some(Self::Sekretess),
            _ => None,
        }
    }
}

/// The signs shown: all differ from zero and from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tecken {
    /// `–`
    Okant,
    /// `◇`
    EjBeslutat,
    /// `□`
    EjInrapporterat,
    /// `..`
    Sekretess,
}

impl Tecken {
    /// The visible sign.
    #[must_use]
    pub const fn tecken(self) -> &'static str {
        match self {
            Self::Okant => "–",
            Self::EjBeslutat => "◇",
            Self::EjInrapporterat => "□",
            Self::Sekretess => "..",
        }
    }

    /// The words read aloud and printed in legends.
    #[must_use]
    pub const fn ord(self) -> &'static str {
        match self {
            Self::Okant => "okänt",
            Self::EjBeslutat => "ej beslutat",
            Self::EjInrapporterat => "ej inrapporterat",
            Self::Sekretess => "sekretess",
        }
    }

    /// What the sign means, for the legend under a table.
    #[must_use]
    pub const fn forklaring(self) -> &'static str {
        match self {
            Self::Okant => "uppgiften går inte att få fram",
            Self::EjBeslutat => "beslutet är inte fattat",
            Self::EjInrapporterat => "uppgiften väntas",
            Self::Sekretess => "uppgiften visas inte, för att ingen ska kunna pekas ut",
        }
    }
}
