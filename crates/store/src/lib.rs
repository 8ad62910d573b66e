//! The only crate with SQL: SQLite and PostgreSQL behind one façade, one text for both.
//!
//! `db` is the façade: how a connection is opened, who may write and when a write is
//! durable. Everything above it is feature modules with private rows that are parsed into
//! domain types. Nothing outside this crate can send a statement: the verbs that take SQL
//! are private to it, so a use case can only call the functions written here.

pub mod db;
mod kommande;
mod problem;
#[cfg(test)]
mod texter;

pub use db::{Db, DbFel, Installningar, Las, Mal, Skriv, Svar};
pub use kommande::*;
