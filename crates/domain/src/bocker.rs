//! The books of one huvudman: everything a page or a report reads from, in one snapshot.
//!
//! The store fills it in one consistent read (`store::bocker::las(k, &permit)`), and the
//! app keeps it for as long as the journal has not grown (`store::bocker::lage(k, &permit)`
//! is the number of the huvudman's last journal entry). Pages are then arithmetic.

use crate::faktum::Faktum;
use crate::id::{AnvandareId, BidragId, InsatsId, OrganisationId, RapportId, UnderlagId};
use crate::insatser::Insats;
use crate::journal::Hash;
use crate::medel::post::Medelspost;
use crate::medel::rackvidd::Inlast;
use crate::medel::{Beslut, Bidrag};
use crate::organisation::{Huvudman, Organisation};
use crate::publicering::Publicering;
use crate::rapporter::Rapport;
use crate::tid::PerDag;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One huvudman's books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bocker {
    /// Whose they are.
    pub huvudman: Huvudman,
    /// Number of the huvudman's last journal entry when they were read; 0 when none.
    pub lage: i64,
    /// The register, in Swedish order of present name.
    pub organisationer: Vec<Organisation>,
    /// The grants, in Swedish order.
    pub bidrag: Vec<Bidrag>,
    /// The decisions, by date and paragraph.
    pub beslut: Vec<Beslut>,
    /// What has happened to the grants besides their figures, in order of number.
    pub medelsposter: Vec<Medelspost>,
    /// The initiatives, in Swedish order.
    pub insatser: Vec<Insats>,
    /// Every fact ever registered, corrected ones too, in order of number.
    pub fakta: Vec<Faktum>,
    /// The imported papers, without their bytes, in order of number.
    pub underlag: Vec<UnderlagHuvud>,
    /// The findings somebody has explained.
    pub accepterade: Vec<AccepteratFynd>,
    /// Every act of publication, in order of number.
    pub publiceringar: Vec<Publicering>,
    /// The reports, without their files, in order of number.
    pub rapporter: Vec<Rapport>,
    /// The files of accounts that have been in the books, in order of number: how far what is
    /// booked reaches.
    pub inlasta: Vec<Inlast>,
    /// Names of accounts, for "registered by".
    pub anvandare: BTreeMap<AnvandareId, String>,
}

/// An imported paper, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderlagHuvud {
    /// Its number.
    pub id: UnderlagId,
    /// The file's stem: `uppsala`.
    pub dokument: String,
    /// Its title.
    pub titel: String,
    /// Already public.
    pub offentligt: bool,
    /// SHA-256 of the bytes.
    pub sha256: Hash,
    /// When it was imported.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
    /// The earlier version it replaced, when it was imported as a new version of a paper.
    pub ersatter: Option<Ersatter>,
}

/// That a paper is a new version of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ersatter {
    /// The earlier version.
    pub underlag: UnderlagId,
    /// Why it was replaced.
    pub orsak: String,
}

/// A finding somebody has explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccepteratFynd {
    /// The paper.
    pub underlag: UnderlagId,
    /// The finding's key (rule and place).
    pub nyckel: String,
    /// The explanation.
    pub motivering: String,
    /// When.
    pub registrerad: Timestamp,
    /// By whom.
    pub registrerad_av: AnvandareId,
}

impl Bocker {
    /// The organisation with this id.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisationer.iter().find(|o| o.id == id)
    }

    /// Its present name; empty when it does not exist.
    #[must_use]
    pub fn organisationsnamn(&self, id: OrganisationId) -> &str {
        self.organisation(id).map_or("", Organisation::namn_nu)
    }

    /// The grant with this id.
    #[must_use]
    pub fn bidrag(&self, id: BidragId) -> Option<&Bidrag> {
        self.bidrag.iter().find(|b| b.id == id)
    }

    /// The initiative with this id.
    #[must_use]
    pub fn insats(&self, id: InsatsId) -> Option<&Insats> {
        self.insatser.iter().find(|i| i.id == id)
    }

    /// The report with this id.
    #[must_use]
    pub fn rapport(&self, id: RapportId) -> Option<&Rapport> {
        self.rapporter.iter().find(|r| r.id == id)
    }

    /// The paper with this id.
    #[must_use]
    pub fn underlag(&self, id: UnderlagId) -> Option<&UnderlagHuvud> {
        self.underlag.iter().find(|u| u.id == id)
    }

    /// The version that replaced a paper, as of a day (now when `None`).
    #[must_use]
    pub fn ersatt_av(&self, id: UnderlagId, per: Option<PerDag>) -> Option<&UnderlagHuvud> {
        self.underlag
            .iter()
            .filter(|u| per.is_none_or(|per| per.omfattar(u.registrerad)))
            .find(|u| u.ersatter.as_ref().is_some_and(|e| e.underlag == id))
    }

    /// The papers that hold as of a day: imported by then, and replaced by none by then.
    #[must_use]
    pub fn gallande_underlag(&self, per: Option<PerDag>) -> Vec<&UnderlagHuvud> {
        self.underlag
            .iter()
            .filter(|u| per.is_none_or(|per| per.omfattar(u.registrerad)))
            .filter(|u| self.ersatt_av(u.id, per).is_none())
            .collect()
    }

    /// A paper and the earlier versions of it, newest first.
    #[must_use]
    pub fn versioner(&self, id: UnderlagId) -> Vec<UnderlagId> {
        let fore = |id: &UnderlagId| {
            let ersatter = self.underlag(*id)?.ersatter.as_ref()?;
            // Numbers grow, so a chain of versions always ends.
            (ersatter.underlag < *id).then_some(ersatter.underlag)
        };
        std::iter::successors(Some(id), fore).collect()
    }
}
