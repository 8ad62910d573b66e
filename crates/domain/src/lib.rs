//! The vocabulary and the arithmetic of Utfall.
//!
//! Pure: no async, no SQL, no HTTP, no clock, no randomness. Everything a court or an
//! auditor would ask about (money, facts, measures, findings) can be read and tested here
//! without starting anything.

#![warn(clippy::float_arithmetic)]
#![cfg_attr(not(test), warn(clippy::string_slice))]

pub mod andring;
pub mod bocker;
pub mod deltagare;
pub mod faktum;
pub mod granskning;
pub mod id;
pub mod insatser;
pub mod journal;
pub mod kommun;
pub mod konto;
pub mod matt;
pub mod medel;
pub mod organisation;
pub mod pengar;
pub mod problem;
pub mod publicering;
pub mod rapport;
pub mod rapporter;
pub mod svensk;
pub mod tecken;
pub mod tid;
pub mod tryckt;
pub mod underlag;
pub mod varde;
