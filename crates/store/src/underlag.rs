//! Imported papers as they came, and the findings in them that somebody has explained.

use std::collections::HashMap;

use utfall_behorighet::Permit;
use utfall_domain::andring::NyttUnderlag;
use utfall_domain::bocker::{AccepteratFynd, Ersatter, UnderlagHuvud};
use utfall_domain::id::{AnvandareId, UnderlagId};
use utfall_domain::journal::Hash;

use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    HUVUDEN = "SELECT id, dokument, titel, offentligt, sha256, registrerad, registrerad_av \
               FROM underlag WHERE huvudman = $1 ORDER BY id";
    ERSATTNINGAR = "SELECT underlag, ersatter, orsak FROM underlag_ersattning \
                    WHERE huvudman = $1 ORDER BY underlag";
    INNEHALL = "SELECT innehall FROM underlag WHERE huvudman = $1 AND id = $2";
    MED_SUMMA = "SELECT id FROM underlag WHERE huvudman = $1 AND sha256 = $2";
    FYND = "SELECT underlag, nyckel, motivering, registrerad, registrerad_av \
            FROM accepterat_fynd WHERE huvudman = $1 ORDER BY underlag, nyckel";
}

infogning! {
    NYTT = "underlag" (
        "id", "huvudman", "dokument", "titel", "offentligt", "sha256", "innehall",
        "registrerad", "registrerad_av",
    );
    NY_ERSATTNING = "underlag_ersattning" (
        "huvudman", "underlag", "ersatter", "orsak", "registrerad", "registrerad_av",
    );
    NYTT_FYND = "accepterat_fynd" (
        "huvudman", "underlag", "nyckel", "motivering", "registrerad", "registrerad_av",
    );
}

/// The papers without their bytes, in order of number.
pub fn huvuden(k: &mut Las, permit: &Permit) -> Result<Vec<UnderlagHuvud>, DbFel> {
    huvuden_i(k, lov::las(permit, lov::BOCKER)?)
}

pub(crate) fn huvuden_i(k: &mut Las, huvudman: i64) -> Result<Vec<UnderlagHuvud>, DbFel> {
    let mut ersattningar = ersattningar_i(k, huvudman)?;
    k.alla(&HUVUDEN, p![huvudman], |rad| {
        let f = Falt::ny(rad, "underlag", "id")?;
        let id = f.id("id", UnderlagId::ny)?;
        Ok(UnderlagHuvud {
            id,
            ersatter: ersattningar.remove(&id),
            dokument: f.text("dokument")?,
            titel: f.text("titel")?,
            offentligt: f.bool("offentligt")?,
            sha256: f.hash("sha256")?,
            registrerad: f.tid("registrerad")?,
            registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
        })
    })
}

/// What each new version of a paper replaced.
fn ersattningar_i(k: &mut Las, huvudman: i64) -> Result<HashMap<UnderlagId, Ersatter>, DbFel> {
    let alla = k.alla(&ERSATTNINGAR, p![huvudman], |rad| {
        let f = Falt::ny(rad, "underlag_ersattning", "underlag")?;
        let ersatter = Ersatter {
            underlag: f.id("ersatter", UnderlagId::ny)?,
            orsak: f.text("orsak")?,
        };
        Ok((f.id("underlag", UnderlagId::ny)?, ersatter))
    })?;
    Ok(alla.into_iter().collect())
}

/// A paper's bytes as they came; `None` if it does not exist or is another huvudman's.
pub fn innehall(k: &mut Las, permit: &Permit, id: UnderlagId) -> Result<Option<Vec<u8>>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    k.kanske(&INNEHALL, p![huvudman, id.nummer()], |r| {
        r.bytes("innehall")
    })
}

/// The paper with these bytes, if it has been imported before.
pub fn med_summa(k: &mut Las, permit: &Permit, sha256: &Hash) -> Result<Option<UnderlagId>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    k.kanske(&MED_SUMMA, p![huvudman, sha256], |rad| {
        Falt::ny(rad, "underlag", "id")?.id("id", UnderlagId::ny)
    })
}

pub(crate) fn fynd_i(k: &mut Las, huvudman: i64) -> Result<Vec<AccepteratFynd>, DbFel> {
    k.alla(&FYND, p![huvudman], fynd_rad)
}

fn fynd_rad(rad: &Rad<'_>) -> Result<AccepteratFynd, DbFel> {
    let f = Falt::ny(rad, "accepterat_fynd", "underlag")?;
    Ok(AccepteratFynd {
        underlag: f.id("underlag", UnderlagId::ny)?,
        nyckel: f.text("nyckel")?,
        motivering: f.text("motivering")?,
        registrerad: f.tid("registrerad")?,
        registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
    })
}

/// Refused with [`DbFel::Unik`] if the same bytes are here, and with [`DbFel::Regel`] if the
/// sum is not theirs.
pub(crate) fn nytt(k: &mut Skriv, av: Skribent, ny: &NyttUnderlag) -> Result<(), DbFel> {
    crate::falt::ratt_summa("underlag", &ny.innehall, &ny.sha256)?;
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.dokument,
        &ny.titel,
        ny.offentligt,
        &ny.sha256,
        &ny.innehall,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT, [rad]).map(drop)
}

/// Refused with [`DbFel::Unik`] if the earlier version has been replaced already, and with
/// [`DbFel::Regel`] if either is another huvudman's.
pub(crate) fn ersatt(
    k: &mut Skriv,
    av: Skribent,
    (underlag, ersatter): (UnderlagId, UnderlagId),
    orsak: &str,
) -> Result<(), DbFel> {
    let mut rad = p![av.huvudman, underlag.nummer(), ersatter.nummer(), orsak].to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_ERSATTNING, [rad]).map(drop)
}

pub(crate) fn acceptera(
    k: &mut Skriv,
    av: Skribent,
    underlag: UnderlagId,
    nyckel: &str,
    motivering: &str,
) -> Result<(), DbFel> {
    let mut rad = p![av.huvudman, underlag.nummer(), nyckel, motivering].to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT_FYND, [rad]).map(drop)
}
