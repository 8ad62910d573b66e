//! Participants: entered, followed and seen by those who have an assignment, and by nobody else.
//!
//! Invariant: nothing about a person is shown before the journal says who asked, for whom and on
//! which page ([`lasning`]). The journal's words and data hold numbers of ours and never anything
//! about the person.

mod anonyma;
mod gallring;
mod las_in;
mod lasning;
mod lista;
mod matt;
pub mod ord;
mod registrera;
mod samtycka;
mod siffror;
mod skriva;
mod uppdrag;
mod utdrag;

pub use anonyma::{RaknaAnonyma, Raknat};
pub use gallring::{AterkallaGallring, BekraftaGallring, ForberedGallring, LaggGallringsregel};
pub use las_in::{FLEST, Inlast, LasInDeltagare};
pub use lasning::{Deltagarlista, Deltagarpost, Sida};
pub use lista::{Lista, Vantande, Vantrum};
pub use matt::{Deltagarmatt, Mattabell, Mattcell, Mattfraga, Mattrad};
pub use registrera::RegistreraDeltagare;
pub use samtycka::SkrivSamtycke;
pub use siffror::{Egnasiffror, Insatssiffror};
pub use skriva::{RattaUppgifter, SkrivSteg};
pub use uppdrag::{AvslutaUppdrag, TilldelaUppdrag, Uppdragslista};
pub use utdrag::Utdragsformat;
pub use utfall_store::deltagare::Gallringslage;
pub use utfall_store::deltagare::{Deltagarbild, Insatsnamn, Raknade, Registrerat, Uppdragsrad};

use crate::Tjanst;
use utfall_domain::deltagare::andring::Fro;
use utfall_domain::id::{DeltagandeId, InsatsId, OrganisationId};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::deltagare::Behorighet;

impl Tjanst {
    /// Random bytes for one write about a person.
    #[must_use]
    pub fn fro(&self) -> Fro {
        Fro::ny(|bytes| self.slump.fyll(bytes))
    }
}

/// Refuses what is outside the assignments, in the words for what does not exist.
fn prova_oppen(
    b: &Behorighet,
    insats: InsatsId,
    organisation: OrganisationId,
) -> Result<(), Problem> {
    if b.oppnar(insats, organisation) {
        return Ok(());
    }
    Err(Problem::finns_inte())
}

/// How the journal names a participation.
fn objekt(id: DeltagandeId) -> String {
    format!("deltagande {id}")
}

/// The name of an open initiative.
fn insatsnamn(insatser: &[store::deltagare::Insatsnamn], insats: InsatsId) -> String {
    let namn = insatser.iter().find(|i| i.id == insats);
    namn.map_or_else(String::new, |i| i.namn.clone())
}

/// The first of what was refused.
fn forsta(fel: Vec<Problem>) -> Problem {
    fel.into_iter().next().unwrap_or_else(Problem::finns_inte)
}
