//! Answers to POSTs, so that sending one twice does it once.

use jiff::Timestamp;
use utfall_behorighet::Permit;

use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::mikro;
use crate::lov;

sql! {
    HITTA = "SELECT svar FROM idempotensnyckel WHERE huvudman = $1 AND anvandare = $2 \
             AND atgard = $3 AND nyckel = $4";
    STADA = "DELETE FROM idempotensnyckel WHERE tid < $1";
}

infogning! {
    NY = "idempotensnyckel" ("huvudman", "anvandare", "atgard", "nyckel", "svar", "tid");
}

/// The answer saved under the key, if this account has done this action with it before.
pub fn hitta(k: &mut Las, permit: &Permit, nyckel: &str) -> Result<Option<String>, DbFel> {
    let vem = lov::skribent(permit)?;
    let par = p![
        permit.huvudman().nummer(),
        vem,
        permit.atgard().kod(),
        nyckel
    ];
    k.kanske(&HITTA, par, |r| r.text("svar"))
}

/// Saves the answer in the transaction that did the work.
///
/// # Errors
/// [`DbFel::Unik`] if the key is taken: somebody did not look first.
pub fn spara(
    k: &mut Skriv,
    permit: &Permit,
    nu: Timestamp,
    nyckel: &str,
    svar: &str,
) -> Result<(), DbFel> {
    let vem = lov::skribent(permit)?;
    let huvudman = permit.huvudman().nummer();
    let rad = p![
        huvudman,
        vem,
        permit.atgard().kod(),
        nyckel,
        svar,
        mikro(nu)
    ];
    k.infoga(&NY, [rad.to_vec()]).map(drop)
}

/// Forgets the keys of every tenant that are older than this; how many there were.
pub fn stada(k: &mut Skriv, fore: Timestamp) -> Result<u64, DbFel> {
    k.kor(&STADA, p![mikro(fore)])
}
