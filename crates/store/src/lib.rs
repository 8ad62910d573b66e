//! The only crate with SQL: SQLite and PostgreSQL behind one façade, one text for both.
//!
//! `db` is the façade: how a connection is opened, who may write and when a write is
//! durable. Everything above it is feature modules with private rows that are parsed into
//! domain types. Nothing outside this crate can send a statement: the verbs that take SQL
//! are private to it, so a use case can only call the functions written here.
//!
//! Invariant: every function that reads or writes what a huvudman owns takes a `Permit` and
//! filters on its huvudman; the exceptions are `inloggning`, `installation`, the list of
//! publishers in `publik`, the clearing out of what has expired, and what the opening of the
//! key file asks (`nycklar::las_minne` and `nycklar::personer`).

#![cfg_attr(not(test), warn(clippy::string_slice))]

pub mod anvandare;
pub mod bocker;
pub mod bokforing;
pub mod db;
pub mod deltagare;
pub mod fakta;
mod falt;
pub mod fordelning;
pub mod idempotens;
pub mod inloggning;
pub mod insatser;
pub mod installation;
pub mod iofel;
pub mod journal;
mod lov;
pub mod medel;
pub(crate) mod medelsposter;
pub mod nycklar;
pub mod organisation;
pub mod publicering;
pub mod publik;
pub mod rapporter;
#[cfg(test)]
mod texter;
mod tillampa;
pub mod underlag;

#[cfg(test)]
mod prov;

pub use db::{Db, DbFel, Installningar, Las, Mal, Skriv, Svar};
pub use medelsposter::markera_oppnade;
pub use nycklar::Nyckelring;
pub use tillampa::{tillampa, tillampa_alla};
