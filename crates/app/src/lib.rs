//! The use cases: everything a person, the command line or a scheduled job can do.
//!
//! Invariant: every change goes through [`Tjanst::utfor`], the one door: authorise → load →
//! validate → plan (pure) → write and journal, in one transaction (invariant 3).

#![cfg_attr(not(test), warn(clippy::string_slice))]

pub mod bokforing;
mod brister;
pub mod deltagare;
pub mod demo;
pub mod dorr;
pub mod fakta;
pub mod granskning;
pub mod inloggning;
pub mod insatser;
pub mod installation;
pub mod journalen;
pub mod konton;
pub mod lasning;
pub mod medel;
pub mod miljo;
mod namn;
pub mod nyckelfil;
pub mod organisationer;
#[cfg(test)]
mod prov;
pub mod publicering;
mod publik;
pub mod rapporter;
mod registret;
pub mod stadning;
pub mod underlag;
pub mod uppfoljning;

pub use brister::Brister;
pub use dorr::{Anvandningsfall, Idempotensnyckel, Plan};
pub use lasning::Bok;
pub use miljo::{Miljo, Slump};
pub use publik::Oppet;

use std::sync::Arc;
use utfall_domain::rapport::Sattare;
use utfall_domain::tid::Klocka;
use utfall_store::Db;

/// The use cases with what they need from the world outside.
#[derive(Clone)]
pub struct Tjanst {
    pub(crate) db: Db,
    pub(crate) klocka: Arc<dyn Klocka>,
    pub(crate) slump: Arc<dyn Slump>,
    pub(crate) sattare: Arc<dyn Sattare + Send + Sync>,
    pub(crate) bocker: Arc<lasning::Hylla>,
    pub(crate) publika: Arc<publik::Hylla>,
    pub(crate) fynd: Arc<granskning::Fyndhylla>,
    pub(crate) bank: Arc<bokforing::Bank>,
    pub(crate) bokfort: Arc<bokforing::Hylla>,
    pub(crate) vantrum: Arc<deltagare::Vantrum>,
}

impl Tjanst {
    /// Puts the parts together. Called by the binary and by the tests' toolbox.
    #[must_use]
    pub fn ny(
        db: Db,
        klocka: Arc<dyn Klocka>,
        slump: Arc<dyn Slump>,
        sattare: Arc<dyn Sattare + Send + Sync>,
    ) -> Self {
        Self {
            db,
            klocka,
            slump,
            sattare,
            bocker: Arc::default(),
            publika: Arc::default(),
            fynd: Arc::default(),
            bank: Arc::default(),
            bokfort: Arc::default(),
            vantrum: Arc::default(),
        }
    }

    /// The database, for the functions of signing in that have no permit yet.
    #[must_use]
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// Files of accounts that wait for a yes.
    #[must_use]
    pub fn bank(&self) -> &bokforing::Bank {
        &self.bank
    }

    /// The clock everything is dated by.
    #[must_use]
    pub fn klocka(&self) -> &dyn Klocka {
        self.klocka.as_ref()
    }

    /// The source of randomness for tokens and salts.
    #[must_use]
    pub fn slump(&self) -> &dyn Slump {
        self.slump.as_ref()
    }
}
