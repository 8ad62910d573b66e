//! Use cases of reports: written as drafts, then issued and never changed again.

mod bygg;
mod skriv;
mod utfarda;
mod verifiera;

pub use bygg::{Utkast, bygg};
pub use skriv::{SkapaRapport, SparaRapport};
pub use utfarda::{Forhandsvisning, UtfardaRapport};
pub use verifiera::{Rapportprov, Rapportutslag};
