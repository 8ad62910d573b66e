//! Participants, sealed under a key per person, and who may see them.
//!
//! Invariant: nothing of a participant is read or written but through [`Behorighet`], which only
//! [`uppdrag::behorighet`] makes, of the assignments that the account has on that day. What lies
//! outside them answers like what does not exist.
//!
//! What is in clear in the database: that a number took part in an initiative at an organisation,
//! how many steps there are, and when and by whom each was entered. Everything else is sealed.

pub mod anonyma;
pub mod gallring;
pub mod las;
pub mod matt;
mod sigill;
pub(crate) mod skriv;
pub mod uppdrag;

pub use anonyma::Raknade;
pub use gallring::Gallringslage;
pub use las::{Deltagarbild, Insatsnamn, Registrerat};
pub use matt::Matunderlag;
pub use uppdrag::{Behorighet, Uppdragslista, Uppdragsrad};
