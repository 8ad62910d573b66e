//! Whose wrapped keys the database has, and how they are destroyed: what the opening of the
//! key file needs of the table of persons (`app::nyckelfil`).

use jiff::Timestamp;
use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};

use super::{Nyckelring, Registrerad};
use crate::db::{DbFel, Las, Skriv, p, sql};
use crate::falt::Falt;

sql! {
    ALLA = "SELECT id, huvudman, organisation FROM deltagarperson WHERE nyckel IS NOT NULL";
    MARKTA = "SELECT d.id, d.huvudman, d.organisation, d.gallras, p.registrerad \
              FROM deltagarperson d JOIN gallringsprotokoll p \
              ON p.huvudman = d.huvudman AND p.id = d.gallras \
              WHERE d.nyckel IS NOT NULL ORDER BY d.id";
    FORSTOR = "UPDATE deltagarperson SET nyckel = NULL, blind = NULL \
               WHERE huvudman = $1 AND organisation = $2 AND id = $3";
}

/// Somebody whose key is to be destroyed by a protocol.
#[derive(Clone, Copy, Debug)]
pub struct Markt {
    /// Who.
    pub vem: Registrerad,
    /// The protocol's number.
    pub protokoll: i64,
    /// When that was confirmed.
    pub nar: Timestamp,
}

/// Everybody who is gone by a protocol and whose wrapped key the database has still.
///
/// # Errors
/// When the database fails.
pub fn marka(k: &mut Las) -> Result<Vec<Markt>, DbFel> {
    k.alla(&MARKTA, p![], |rad| {
        let f = Falt::ny(rad, "deltagarperson", "id")?;
        Ok(Markt {
            vem: registrerad(&f)?,
            protokoll: f.tal("gallras")?,
            nar: f.tid("registrerad")?,
        })
    })
}

/// Writes their tombstones, and then destroys their keys. Done again it does the rest.
///
/// # Errors
/// [`DbFel::Nyckel`] when a tombstone cannot be written: no key is destroyed then.
pub fn begrav_marka(k: &mut Skriv, ring: &Nyckelring, alla: &[Markt]) -> Result<(), DbFel> {
    for m in alla {
        ring.begrav(m.vem, m.nar, &format!("gallringsprotokoll {}", m.protokoll))?;
    }
    let borta: Vec<Registrerad> = alla.iter().map(|m| m.vem).collect();
    forstor(k, &borta)
}

fn registrerad(f: &Falt<'_>) -> Result<Registrerad, DbFel> {
    Ok(Registrerad {
        huvudman: f.id("huvudman", HuvudmanId::ny)?,
        organisation: f.id("organisation", OrganisationId::ny)?,
        person: f.id("id", PersonId::ny)?,
    })
}

/// Everybody whose wrapped key the database has, in every huvudman's books.
///
/// # Errors
/// When the database fails.
pub fn alla(k: &mut Las) -> Result<Vec<Registrerad>, DbFel> {
    k.alla(&ALLA, p![], |rad| {
        registrerad(&Falt::ny(rad, "deltagarperson", "id")?)
    })
}

/// Destroys the wrapped keys of those who are gone, and what they were found by.
///
/// # Errors
/// When the database fails.
pub fn forstor(k: &mut Skriv, borta: &[Registrerad]) -> Result<(), DbFel> {
    for vem in borta {
        let var = p![
            vem.huvudman.nummer(),
            vem.organisation.nummer(),
            vem.person.nummer()
        ];
        k.kor(&FORSTOR, var)?;
    }
    Ok(())
}
