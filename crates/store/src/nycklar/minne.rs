//! What the database remembers of the key file and the tombstones: which installation they
//! are of, and how far the tombstones had come. Never a key.
//!
//! The row is written before the files are made, so that a database never takes up files of
//! another installation that happen to lie in the place: `skapad` says that they were made.

use utfall_domain::id::PersonId;

use super::{Gravhuvud, InstallationsId};
use crate::db::{DbFel, Las, Skriv, p, sql};
use crate::falt::Falt;

sql! {
    LAS = "SELECT nr, installation, skapad, gravstenar, summa FROM nyckelfil";
    BORJA = "INSERT INTO nyckelfil (nr, installation, skapad, gravstenar, summa) \
             VALUES (1, $1, $2, $3, $4)";
    MINNS = "UPDATE nyckelfil SET skapad = $1, gravstenar = $2, summa = $3 \
             WHERE nr = 1 AND gravstenar <= $2";
    HOJ = "UPDATE idserie SET sista = $1 WHERE nr = 1 AND sista < $1";
}

/// What the database remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nyckelminne {
    /// Which installation it is.
    pub id: InstallationsId,
    /// The files have been made: from now on none are made anew.
    pub skapad: bool,
    /// The tombstones that have been seen.
    pub huvud: Gravhuvud,
}

/// What is remembered; `None` in a database that has never been opened with keys.
///
/// # Errors
/// When the row is impossible, or the database fails.
pub fn las_minne(k: &mut Las) -> Result<Option<Nyckelminne>, DbFel> {
    k.kanske(&LAS, p![], |rad| {
        let f = Falt::ny(rad, "nyckelfil", "nr")?;
        let antal = rad.tal("gravstenar")?;
        let antal = usize::try_from(antal).map_err(|e| f.omojlig("gravstenar", &e))?;
        let summa = f.hash("summa")?;
        Ok(Nyckelminne {
            id: f.kod("installation", InstallationsId::ur_text)?,
            skapad: rad.bool("skapad")?,
            huvud: Gravhuvud { antal, summa },
        })
    })
}

/// Decides which installation the database is, before there are any files.
///
/// # Errors
/// [`DbFel::Unik`] when it is decided.
pub fn borja(k: &mut Skriv, id: InstallationsId) -> Result<(), DbFel> {
    let tomt = Gravhuvud::tomt(id);
    let id = id.to_string();
    k.kor(&BORJA, p![&id, false, 0_i64, &tomt.summa])?;
    Ok(())
}

/// Remembers that the files are there, and how far the tombstones have come. Never less than
/// before: of two that write, the one that has seen more stands.
///
/// # Errors
/// When the database fails.
pub fn minns(k: &mut Skriv, huvud: &Gravhuvud) -> Result<(), DbFel> {
    let antal = i64::try_from(huvud.antal).unwrap_or(i64::MAX);
    k.kor(&MINNS, p![true, antal, &huvud.summa])?;
    Ok(())
}

/// Lets the series of ids go on above a person who is gone: an older database that is read
/// back must not give the number to somebody else.
///
/// # Errors
/// When the database fails.
pub fn hoj_serien(k: &mut Skriv, over: PersonId) -> Result<(), DbFel> {
    k.kor(&HOJ, p![over.nummer()])?;
    Ok(())
}
