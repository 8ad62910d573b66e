//! What happens to a grant besides its figures: an append-only row for each event.
//!
//! Invariant: a row is never changed. A thing (a requisition, a year's closing) is the fold of
//! its rows, so that who did what and when is always there; amounts that become figures are
//! facts in the ledger, and the row points at them.

use super::arsavslut::Avslutssteg;
use super::atagande::{Atagande, Koppling, Utlysning};
use super::aterbetalning::{Aterbetalningssteg, Medgivande};
use super::betalning::Betalningsuppgift;
use super::export::Exportsteg;
use super::rekvisition::Rekvisitionssteg;
use super::tilldelning::Tilldelningsversion;
use super::villkor::Villkor;
use crate::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, InsatsId, MedelspostId, OrganisationId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a row is about. All that is known is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Postgaller {
    /// The grant.
    pub bidrag: Option<BidragId>,
    /// The initiative.
    pub insats: Option<InsatsId>,
    /// The party, payee or funder.
    pub organisation: Option<OrganisationId>,
    /// The decision behind it.
    pub beslut: Option<BeslutId>,
    /// The fact in the ledger that it made or tells of.
    pub faktum: Option<FaktumId>,
    /// The year.
    pub ar: Option<i16>,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "slag", content = "sager", rename_all = "snake_case")]
pub enum Innehall {
    /// A version of a grant's terms.
    Villkor(Villkor),
    /// Which version of a year's allocation a fact is.
    Tilldelning(Tilldelningsversion),
    /// A step of a requisition.
    Rekvisition(Rekvisitionssteg),
    /// The funder's consent to carry money over.
    Medgivande(Medgivande),
    /// A step of a repayment.
    Aterbetalning(Aterbetalningssteg),
    /// A year of a grant is closed or opened again.
    Arsavslut(Avslutssteg),
    /// Money promised for coming years.
    Atagande(Atagande),
    /// A call from a funder.
    Utlysning(Utlysning),
    /// An initiative depends on a call, hangs on another or passes money on.
    Koppling(Koppling),
    /// How an organisation is paid.
    Betalning(Betalningsuppgift),
    /// A step of a file handed over to the accounts.
    Export(Exportsteg),
}

impl Innehall {
    /// Stable code in the database.
    #[must_use]
    pub const fn kod(&self) -> &'static str {
        match self {
            Self::Villkor(_) => "villkor",
            Self::Tilldelning(_) => "tilldelning",
            Self::Rekvisition(_) => "rekvisition",
            Self::Medgivande(_) => "medgivande",
            Self::Aterbetalning(_) => "aterbetalning",
            Self::Arsavslut(_) => "arsavslut",
            Self::Atagande(_) => "atagande",
            Self::Utlysning(_) => "utlysning",
            Self::Koppling(_) => "koppling",
            Self::Betalning(_) => "betalning",
            Self::Export(_) => "export",
        }
    }
}

/// A row as a use case plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NyMedelspost {
    /// Its number.
    pub id: MedelspostId,
    /// The thing it belongs to: the number of the thing's first row.
    pub sak: MedelspostId,
    /// Its place among the thing's rows, from 1. Two cannot have the same: whoever saved on
    /// what somebody else had changed is refused.
    pub nr: i64,
    /// What it is about.
    pub om: Postgaller,
    /// What it says.
    pub innehall: Innehall,
    /// Why, or where it comes from.
    pub orsak: Option<String>,
}

impl NyMedelspost {
    /// The first row of a new thing.
    #[must_use]
    pub const fn forsta(id: MedelspostId, om: Postgaller, innehall: Innehall) -> Self {
        Self {
            id,
            sak: id,
            nr: 1,
            om,
            innehall,
            orsak: None,
        }
    }

    /// The row after this one in the same thing.
    #[must_use]
    pub fn efter(forra: &Medelspost, id: MedelspostId, innehall: Innehall) -> Self {
        Self {
            id,
            sak: forra.post.sak,
            nr: forra.post.nr.saturating_add(1),
            om: Postgaller {
                beslut: None,
                faktum: None,
                ..forra.post.om
            },
            innehall,
            orsak: None,
        }
    }

    /// With why, or where it comes from.
    #[must_use]
    pub fn med_orsak(mut self, orsak: impl Into<String>) -> Self {
        self.orsak = Some(orsak.into());
        self
    }
}

/// A row in the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medelspost {
    /// When it was registered (UTC).
    pub registrerad: Timestamp,
    /// Who registered it.
    pub registrerad_av: AnvandareId,
    /// What it says.
    #[serde(flatten)]
    pub post: NyMedelspost,
}

/// The last row of each thing, in the order the things began.
#[must_use]
pub fn sista(poster: &[Medelspost]) -> Vec<&Medelspost> {
    let mut ut: Vec<&Medelspost> = Vec::new();
    for post in poster {
        match ut.iter_mut().find(|p| p.post.sak == post.post.sak) {
            Some(plats) => *plats = post,
            None => ut.push(post),
        }
    }
    ut
}

/// The rows of one thing, in order.
#[must_use]
pub fn sakens(poster: &[Medelspost], sak: MedelspostId) -> Vec<&Medelspost> {
    poster.iter().filter(|p| p.post.sak == sak).collect()
}
