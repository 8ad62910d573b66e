//! Acts of publication and withdrawal. Append-only.

use utfall_behorighet::Permit;
use utfall_domain::id::{AnvandareId, PubliceringId};
use utfall_domain::publicering::{Insatsinnehall, Publicerat, Publicering};
use utfall_domain::tid::PerDag;

use crate::db::{DbFel, Las, Rad, Skriv, Sql, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT id, slag, objekt, per, registrerad, registrerad_av, drar_tillbaka, kommentar, \
            innehall FROM publicering WHERE huvudman = $1 ORDER BY id";
    EN = "SELECT id, slag, objekt, per, registrerad, registrerad_av, drar_tillbaka, kommentar, \
          innehall FROM publicering WHERE huvudman = $1 AND id = $2";
    HAR_BIDRAG = "SELECT id FROM bidrag WHERE huvudman = $1 AND id = $2";
    HAR_INSATS = "SELECT id FROM insats WHERE huvudman = $1 AND id = $2";
    HAR_RAPPORT = "SELECT rapport AS id FROM utfardad_rapport WHERE huvudman = $1 \
                   AND rapport = $2";
}

infogning! {
    NY = "publicering" (
        "id", "huvudman", "slag", "objekt", "per", "drar_tillbaka", "kommentar",
        "innehall", "registrerad", "registrerad_av",
    );
}

/// Every act, in order of number.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Publicering>, DbFel> {
    i_huvudman(k, lov::las(permit, lov::BOCKER)?)
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Publicering>, DbFel> {
    k.alla(&ALLA, p![huvudman], publicering_rad)
}

fn publicering_rad(rad: &Rad<'_>) -> Result<Publicering, DbFel> {
    let f = Falt::ny(rad, "publicering", "id")?;
    let objekt = f.tal("objekt")?;
    Ok(Publicering {
        id: f.id("id", PubliceringId::ny)?,
        vad: f.kod("slag", |kod| Publicerat::av_kod(kod, objekt))?,
        per: PerDag(f.datum("per")?),
        tid: f.tid("registrerad")?,
        av: f.id("registrerad_av", AnvandareId::ny)?,
        drar_tillbaka: f.id_eller_null("drar_tillbaka", PubliceringId::ny)?,
        kommentar: f.text("kommentar")?,
        innehall: f
            .text_eller_null("innehall")?
            .map(|json| serde_json::from_str(&json).map_err(|e| f.omojlig("innehall", &e)))
            .transpose()?,
    })
}

/// Refused with [`DbFel::IngenRad`] if the thing does not exist here, or is a report that
/// has not been issued.
pub(crate) fn publicera(
    k: &mut Skriv,
    av: Skribent,
    id: PubliceringId,
    (vad, per): (Publicerat, PerDag),
    (kommentar, innehall): (&str, Option<&Insatsinnehall>),
) -> Result<(), DbFel> {
    let finns: &Sql = match vad {
        Publicerat::Bidrag(_) => &HAR_BIDRAG,
        Publicerat::Insats(_) => &HAR_INSATS,
        Publicerat::Rapport(_) => &HAR_RAPPORT,
    };
    k.en(finns, p![av.huvudman, vad.nummer()], |r| r.tal("id"))?;
    infoga(k, av, id, (vad, per, None), (kommentar, innehall))
}

/// Refused with [`DbFel::IngenRad`] if there is no such publication, and with
/// [`DbFel::Unik`] if it is already withdrawn.
pub(crate) fn dra_tillbaka(
    k: &mut Skriv,
    av: Skribent,
    id: PubliceringId,
    publicering: PubliceringId,
    skal: &str,
) -> Result<(), DbFel> {
    let akt = k.en(&EN, p![av.huvudman, publicering.nummer()], publicering_rad)?;
    if akt.drar_tillbaka.is_some() {
        return Err(DbFel::IngenRad);
    }
    infoga(
        k,
        av,
        id,
        (akt.vad, akt.per, Some(publicering)),
        (skal, None),
    )
}

fn infoga(
    k: &mut Skriv,
    av: Skribent,
    id: PubliceringId,
    (vad, per, drar): (Publicerat, PerDag, Option<PubliceringId>),
    (kommentar, innehall): (&str, Option<&Insatsinnehall>),
) -> Result<(), DbFel> {
    let innehall = innehall
        .map(serde_json::to_string)
        .transpose()
        .map_err(|e| DbFel::Regel {
            detalj: format!("innehållet går inte att skriva som JSON: {e}"),
        })?;
    let mut rad = p![
        id.nummer(),
        av.huvudman,
        vad.kod(),
        vad.nummer(),
        datum(per.0),
        drar.map(PubliceringId::nummer),
        kommentar,
        innehall,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad]).map(drop)
}
