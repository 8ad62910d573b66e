//! What stands beside a distribution: cost calculations and explained warnings. Append-only.

use utfall_behorighet::Permit;
use utfall_domain::id::{AnvandareId, BidragId, InsatsId, KalkylId};
use utfall_domain::medel::varning::{Godtagen, VarningRegel};
use utfall_domain::medel::{NyKalkyl, SparadKalkyl};
use utfall_domain::pengar::Ore;

use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    KALKYLER = "SELECT id, insats, ar, innehall, summa, registrerad, registrerad_av FROM kalkyl \
                WHERE huvudman = $1 ORDER BY id";
    GODTAGNA = "SELECT bidrag, insats, ar, regel, belopp, motivering, registrerad, \
                registrerad_av FROM godtagen_varning WHERE huvudman = $1 \
                ORDER BY registrerad, bidrag, insats, ar, regel, belopp";
}

infogning! {
    NY_KALKYL = "kalkyl" (
        "id", "huvudman", "insats", "ar", "innehall", "summa", "registrerad", "registrerad_av",
    );
    NY_GODTAGEN = "godtagen_varning" (
        "huvudman", "bidrag", "insats", "ar", "regel", "belopp", "motivering", "registrerad",
        "registrerad_av",
    );
}

/// Every calculation ever saved, in order of number; the last of an initiative and year holds.
///
/// # Errors
/// [`DbFel::FelPermit`] for those who may not read the books.
pub fn kalkyler(k: &mut Las, permit: &Permit) -> Result<Vec<SparadKalkyl>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    k.alla(&KALKYLER, p![huvudman], kalkyl_rad)
}

fn kalkyl_rad(rad: &Rad<'_>) -> Result<SparadKalkyl, DbFel> {
    let f = Falt::ny(rad, "kalkyl", "id")?;
    let innehall = serde_json::from_str(&f.text("innehall")?);
    Ok(SparadKalkyl {
        ny: NyKalkyl {
            id: f.id("id", KalkylId::ny)?,
            insats: f.id("insats", InsatsId::ny)?,
            ar: f.litet("ar")?,
            kalkyl: innehall.map_err(|e| f.omojlig("innehall", &e))?,
            summa: Ore(f.tal("summa")?),
        },
        registrerad: f.tid("registrerad")?,
        registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
    })
}

/// Every warning that somebody has explained.
///
/// # Errors
/// [`DbFel::FelPermit`] for those who may not read the books.
pub fn godtagna(k: &mut Las, permit: &Permit) -> Result<Vec<Godtagen>, DbFel> {
    let huvudman = lov::las(permit, lov::BOCKER)?;
    k.alla(&GODTAGNA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "godtagen_varning", "bidrag")?;
        Ok(Godtagen {
            bidrag: f.id("bidrag", BidragId::ny)?,
            insats: f.id("insats", InsatsId::ny)?,
            ar: f.litet("ar")?,
            regel: f.kod("regel", VarningRegel::av_kod)?,
            belopp: Ore(f.tal("belopp")?),
            motivering: f.text("motivering")?,
            registrerad: f.tid("registrerad")?,
            registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
        })
    })
}

pub(crate) fn ny_kalkyl(k: &mut Skriv, av: Skribent, ny: &NyKalkyl) -> Result<(), DbFel> {
    let innehall = serde_json::to_string(&ny.kalkyl).map_err(|e| DbFel::Regel {
        detalj: format!("kalkylen går inte att skriva: {e}"),
    })?;
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        ny.insats.nummer(),
        i64::from(ny.ar),
        innehall,
        ny.summa.0,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_KALKYL, [rad]).map(drop)
}

/// Refused with [`DbFel::Unik`] if the same warning about the same amount is explained already.
pub(crate) fn godta(
    k: &mut Skriv,
    av: Skribent,
    (bidrag, insats, ar): (BidragId, InsatsId, i16),
    (regel, belopp): (VarningRegel, Ore),
    motivering: &str,
) -> Result<(), DbFel> {
    let mut rad = p![
        av.huvudman,
        bidrag.nummer(),
        insats.nummer(),
        i64::from(ar),
        regel.kod(),
        belopp.0,
        motivering,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_GODTAGEN, [rad]).map(drop)
}
