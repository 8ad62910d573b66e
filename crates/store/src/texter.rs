//! Every SQL text of the store, for the test that prepares them all on both engines.

use crate::db::{self, Infoga, Sql};

/// The statements, module by module.
const TEXTER: &[&[Sql]] = &[db::TEXTER];

/// The bulk inserts, module by module.
const INFOGNINGAR: &[&[Infoga]] = &[];

pub(crate) fn alla() -> impl Iterator<Item = Sql> {
    TEXTER.iter().flat_map(|m| m.iter().copied())
}

pub(crate) fn infogningar() -> impl Iterator<Item = Infoga> {
    INFOGNINGAR.iter().flat_map(|m| m.iter().copied())
}

/// How many `sql!` and `infogning!` blocks the lists above name.
pub(crate) fn antal_moduler() -> usize {
    TEXTER.len() + INFOGNINGAR.len()
}
