//! The demo world: the five papers and the invented Forsby, built through the same use
//! cases a person would use.
//!
//! The five papers' huvudmän hold only what the papers state. Everything invented lives in
//! Forsby and says so.

mod forsby;
mod klocka;
mod papper;
mod varld;

pub use forsby::bokforing::PROJEKT;
pub use klocka::StalldKlocka;
pub use papper::{PAPPER, Papper};
pub use varld::{Demokonto, Demovarld, LOSENORD, bygg, bygg_fore_bokforingen};
