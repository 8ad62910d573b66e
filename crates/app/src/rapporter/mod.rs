//! Use cases of reports: written as drafts, then issued and never changed again.

mod bygg;
mod fil;
mod siffra;
mod skriv;
mod utfarda;
mod verifiera;

pub use bygg::{Utkast, bygg};
pub use fil::Bidragsrapport;
pub use siffra::Rapportsiffra;
pub use skriv::{SkapaRapport, SparaRapport, senast_utfardad};
pub use utfarda::{Forhandsvisning, UtfardaRapport};
pub use verifiera::{Rapportprov, Rapportutslag};
