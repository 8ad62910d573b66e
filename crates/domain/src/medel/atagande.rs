//! Money promised for coming years, and what hangs on it: calls, links and how one is paid.

use super::post::{Innehall, Medelspost};
use crate::faktum::kodat;
use crate::id::{InsatsId, MedelspostId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

kodat! {
    /// How settled a commitment is.
    Atagandelage {
        /// The application is not filed.
        EjInlamnad = "ej-inlamnad", "ansökan är inte inlämnad";
        /// Applied for.
        Ansokt = "ansokt", "ansökt";
        /// Approved, and planned into a coming budget.
        Planerat = "planerat", "godkänt och planerat i kommande budget";
        /// Decided.
        Beslutat = "beslutat", "beslutat";
        /// Did not come about.
        Utgatt = "utgatt", "blev inte av";
    }
}

impl Atagandelage {
    /// Whether the money is bound: it is taken of what there is in a coming year.
    #[must_use]
    pub const fn binder(self) -> bool {
        matches!(self, Self::Planerat | Self::Beslutat)
    }
}

/// A commitment to an initiative: its amounts are facts, one a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Atagande {
    /// How settled it is.
    pub lage: Atagandelage,
    /// Year and öre.
    pub belopp: Vec<(i16, i64)>,
}

impl Atagande {
    /// What it comes to in all years.
    #[must_use]
    pub fn totalt(&self) -> i64 {
        let alla = self.belopp.iter().map(|(_, ore)| *ore);
        alla.fold(0, i64::saturating_add)
    }
}

kodat! {
    /// Where a call is.
    Utlysningslage {
        /// Nobody knows whether it comes.
        BeskedSaknas = "besked-saknas", "besked saknas";
        /// Announced.
        Utlyst = "utlyst", "utlyst";
        /// Applied for.
        Ansokt = "ansokt", "ansökt";
        /// Granted.
        Beviljad = "beviljad", "beviljad";
        /// Refused, or never came.
        Nekad = "nekad", "nekad eller inställd";
    }
}

/// A call from a funder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utlysning {
    /// Its name.
    pub namn: String,
    /// Where it is.
    pub lage: Utlysningslage,
    /// When an answer is expected.
    pub besked: Option<Date>,
    /// Last day to apply.
    pub soks_senast: Option<Date>,
}

/// How an initiative hangs on something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "vad", rename_all = "snake_case")]
pub enum Koppling {
    /// Its staff and activity depend on a call.
    Beroende {
        /// The call: the number of its first row.
        utlysning: MedelspostId,
        /// The day contracts end.
        avtal_till: Option<Date>,
    },
    /// It is an add-on to another initiative.
    Tillagg {
        /// The one it belongs to.
        till: InsatsId,
    },
    /// The money is passed on to the row's organisation, which reports back.
    Vidare {
        /// When it reports.
        redovisas: Option<Date>,
        /// What it reports.
        plikt: String,
    },
    /// What is known of its funding in a coming year (the row's year).
    Fortsattning {
        /// What it needs, in öre.
        behov: i64,
    },
}

/// How an organisation is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Betalningsuppgift {
    /// Plusgiro.
    pub plusgiro: Option<String>,
    /// Bankgiro.
    pub bankgiro: Option<String>,
    /// Reference or cost code.
    pub referens: Option<String>,
}

/// The commitments as they stand, each with its last row.
#[must_use]
pub fn ataganden(poster: &[Medelspost]) -> Vec<(&Medelspost, &Atagande)> {
    super::post::sista(poster)
        .into_iter()
        .filter_map(|p| match &p.post.innehall {
            Innehall::Atagande(a) => Some((p, a)),
            _ => None,
        })
        .collect()
}

/// The calls as they stand, each with its last row.
#[must_use]
pub fn utlysningar(poster: &[Medelspost]) -> Vec<(&Medelspost, &Utlysning)> {
    let mut ut: Vec<(&Medelspost, &Utlysning)> = Vec::new();
    for p in poster {
        let Innehall::Utlysning(u) = &p.post.innehall else {
            continue;
        };
        match ut.iter_mut().find(|(q, _)| q.post.sak == p.post.sak) {
            Some(plats) => *plats = (p, u),
            None => ut.push((p, u)),
        }
    }
    ut
}
