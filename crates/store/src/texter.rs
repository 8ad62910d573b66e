//! Every SQL text of the store, for the test that prepares them all on both engines.

use crate::db::{self, Infoga, Sql};
use crate::{
    anvandare, bokforing, deltagare, fakta, fordelning, idempotens, inloggning, insatser,
    installation, journal, medel, medelsposter, nycklar, organisation, publicering, publik,
    rapporter, underlag,
};

/// The statements, module by module.
const TEXTER: &[&[Sql]] = &[
    anvandare::TEXTER,
    bokforing::TEXTER,
    bokforing::inbokat::TEXTER,
    bokforing::koppling::TEXTER,
    bokforing::rackvidd::TEXTER,
    bokforing::skriv::TEXTER,
    bokforing::stada::TEXTER,
    bokforing::verifikationer::TEXTER,
    db::TEXTER,
    deltagare::anonyma::TEXTER,
    deltagare::gallring::TEXTER,
    deltagare::las::TEXTER,
    deltagare::matt::TEXTER,
    deltagare::skriv::TEXTER,
    deltagare::uppdrag::TEXTER,
    fakta::TEXTER,
    fordelning::TEXTER,
    idempotens::TEXTER,
    inloggning::TEXTER,
    insatser::TEXTER,
    installation::TEXTER,
    journal::TEXTER,
    medel::TEXTER,
    medelsposter::TEXTER,
    nycklar::TEXTER[0],
    nycklar::TEXTER[1],
    organisation::TEXTER,
    publicering::TEXTER,
    publik::TEXTER,
    rapporter::TEXTER,
    underlag::TEXTER,
];

/// The bulk inserts, module by module.
const INFOGNINGAR: &[&[Infoga]] = &[
    anvandare::INFOGNINGAR,
    bokforing::INFOGNINGAR,
    bokforing::koppling::INFOGNINGAR,
    bokforing::skriv::INFOGNINGAR,
    bokforing::stada::INFOGNINGAR,
    deltagare::anonyma::INFOGNINGAR,
    deltagare::gallring::INFOGNINGAR,
    deltagare::skriv::INFOGNINGAR,
    deltagare::uppdrag::INFOGNINGAR,
    fakta::INFOGNINGAR,
    fordelning::INFOGNINGAR,
    idempotens::INFOGNINGAR,
    inloggning::INFOGNINGAR,
    insatser::INFOGNINGAR,
    journal::INFOGNINGAR,
    medel::INFOGNINGAR,
    medelsposter::INFOGNINGAR,
    organisation::INFOGNINGAR,
    publicering::INFOGNINGAR,
    rapporter::INFOGNINGAR,
    underlag::INFOGNINGAR,
];

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
