//! Everything a huvudman's pages and reports read from, in one snapshot.

use utfall_behorighet::Permit;
use utfall_domain::bocker::Bocker;

use crate::db::{DbFel, Las};
use crate::{
    anvandare, bokforing, fakta, insatser, journal, lov, medel, medelsposter, organisation,
};
use crate::{publicering, rapporter, underlag};

/// Number of the huvudman's last journal entry, 0 when there is none: while it stands still
/// the books read before are the books.
///
/// # Errors
/// [`DbFel::FelPermit`] as [`las`]: who may not read the books may not have them from memory.
pub fn lage(k: &mut Las, permit: &Permit) -> Result<i64, DbFel> {
    journal::lage_i(k, lov::las(permit, lov::BOCKER)?)
}

/// The books. Run it where every statement sees the same moment: `las_samtidigt`, or inside
/// a write.
///
/// # Errors
/// [`DbFel::FelPermit`] for the public and for those who have nothing to do with money;
/// [`DbFel::IngenRad`] if there is no such huvudman.
pub fn las(k: &mut Las, permit: &Permit) -> Result<Bocker, DbFel> {
    let nr = lov::las(permit, lov::BOCKER)?;
    alla(k, permit, nr)
}

/// Without asking what the permit is for: the public reader cuts away before it answers.
pub(crate) fn alla(k: &mut Las, permit: &Permit, nr: i64) -> Result<Bocker, DbFel> {
    Ok(Bocker {
        huvudman: organisation::egen_huvudman(k, permit)?,
        lage: journal::lage_i(k, nr)?,
        organisationer: organisation::i_huvudman(k, nr)?,
        bidrag: medel::bidrag_i(k, nr)?,
        beslut: medel::beslut_i(k, nr)?,
        medelsposter: medelsposter::i_huvudman(k, nr)?,
        insatser: insatser::i_huvudman(k, nr)?,
        fakta: fakta::i_huvudman(k, nr)?,
        underlag: underlag::huvuden_i(k, nr)?,
        accepterade: underlag::fynd_i(k, nr)?,
        publiceringar: publicering::i_huvudman(k, nr)?,
        rapporter: rapporter::i_huvudman(k, nr)?,
        inlasta: bokforing::rackvidd::inlasta_i(k, nr)?,
        anvandare: anvandare::namn_i(k, nr)?,
    })
}
