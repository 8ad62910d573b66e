//! Who may do what: actor × action → permit.
//!
//! Pure: no async, no SQL, no HTTP, no clock. The whole policy is one table
//! ([`policy::roller`]) and its golden copy `docs/behorighet.txt`.
//!
//! Invariant: no permit, no data. A [`Permit`] is made by [`prova`] and nowhere else; its
//! fields are private, so neither a page, a command nor a test can make one for itself
//! (invariant 5). Invariant: the office sees no persons; the roles that do cannot be
//! held together with the office's, and no setting changes it (invariant 6).

#![cfg_attr(not(test), warn(clippy::string_slice))]

mod aktor;
mod atgard;
mod permit;
pub mod policy;
mod roll;

pub use aktor::{Aktor, OforenligaRoller};
pub use atgard::Atgard;
pub use permit::{FelPermit, Nekad, Permit, prova};
pub use roll::{Roll, far_ha_tillsammans};
