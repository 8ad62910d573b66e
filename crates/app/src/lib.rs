//! Use cases.
pub mod inloggning;
