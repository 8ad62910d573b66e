//! Whose wrapped keys the database has, and how they are destroyed: what the opening of the
//! key file needs of the table of persons (`app::nyckelfil`).

use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};

use super::Registrerad;
use crate::db::{DbFel, Las, Skriv, p, sql};
use crate::falt::Falt;

sql! {
    ALLA = "SELECT id, huvudman, organisation FROM deltagarperson WHERE nyckel IS NOT NULL";
    FORSTOR = "UPDATE deltagarperson SET nyckel = NULL, blind = NULL \
               WHERE huvudman = $1 AND organisation = $2 AND id = $3";
}

/// Everybody whose wrapped key the database has, in every huvudman's books.
///
/// # Errors
/// When the database fails.
pub fn alla(k: &mut Las) -> Result<Vec<Registrerad>, DbFel> {
    k.alla(&ALLA, p![], |rad| {
        let f = Falt::ny(rad, "deltagarperson", "id")?;
        Ok(Registrerad {
            huvudman: f.id("huvudman", HuvudmanId::ny)?,
            organisation: f.id("organisation", OrganisationId::ny)?,
            person: f.id("id", PersonId::ny)?,
        })
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
