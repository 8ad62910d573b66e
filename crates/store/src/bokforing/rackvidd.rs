//! How far what is booked reaches: the last voucher of each import that has been in the books.

use std::collections::HashMap;

use jiff::Timestamp;
use utfall_domain::id::InlasningId;
use utfall_domain::medel::rackvidd::Inlast;
use utfall_domain::medel::verifikation::{Bokforingsar, Inlasningslage};

use crate::db::{DbFel, Las, p, sql};
use crate::falt::Falt;

sql! {
    // A voucher that an import in force puts aside is no longer booked. Most imports hold only
    // what is new in them, so the first voucher from the end is nearly always the one; where a
    // later file has them all otherwise, every one is looked up. The imports come first in the
    // join (SQLite keeps the order of a CROSS JOIN): the few there are, and not all of what any
    // import has put aside, again for each voucher.
    SIST = "SELECT i.id, i.orgnr, i.ar_fran, i.ar_till, i.foretag, \
            (SELECT v.datum FROM verifikation v \
             WHERE v.huvudman = i.huvudman AND v.inlasning = i.id AND NOT EXISTS \
             (SELECT 1 FROM sie_lage g CROSS JOIN verifikation_ersatt e \
              WHERE g.huvudman = v.huvudman AND g.lage = 'galler' \
              AND e.huvudman = v.huvudman AND e.inlasning = g.inlasning \
              AND e.verifikation = v.id AND NOT EXISTS \
              (SELECT 1 FROM sie_lage a WHERE a.huvudman = e.huvudman \
               AND a.inlasning = e.inlasning AND a.lage = 'angrad')) \
             ORDER BY v.datum DESC, v.id DESC LIMIT 1) AS sist \
            FROM sie_inlasning i JOIN sie_lage l ON l.huvudman = i.huvudman \
            AND l.inlasning = i.id AND l.lage = 'galler' \
            WHERE i.huvudman = $1 ORDER BY i.id";
    STEG = "SELECT inlasning, lage, registrerad FROM sie_lage WHERE huvudman = $1";
}

/// The imports that are, or have been, in the books.
pub(crate) fn inlasta_i(k: &mut Las, huvudman: i64) -> Result<Vec<Inlast>, DbFel> {
    let steg: HashMap<(InlasningId, Inlasningslage), Timestamp> = k
        .alla(&STEG, p![huvudman], |rad| {
            let f = Falt::ny(rad, "sie_lage", "inlasning")?;
            let lage = f.kod("lage", Inlasningslage::av_kod)?;
            let nyckel = (f.id("inlasning", InlasningId::ny)?, lage);
            Ok((nyckel, f.tid("registrerad")?))
        })?
        .into_iter()
        .collect();
    let alla = k.alla(&SIST, p![huvudman], |rad| {
        let f = Falt::ny(rad, "sie_inlasning", "id")?;
        let id = f.id("id", InlasningId::ny)?;
        let sist = match f.text_eller_null("sist")? {
            Some(_) => Some(f.datum("sist")?),
            None => None,
        };
        let Some(galler) = steg.get(&(id, Inlasningslage::Galler)).copied() else {
            return Ok(None);
        };
        Ok(Some(Inlast {
            inlasning: id,
            ar: Bokforingsar {
                orgnr: f.text("orgnr")?,
                fran: f.datum("ar_fran")?,
                till: f.datum("ar_till")?,
            },
            foretag: f.text("foretag")?,
            sist,
            galler,
            angrad: steg.get(&(id, Inlasningslage::Angrad)).copied(),
        }))
    })?;
    Ok(alla.into_iter().flatten().collect())
}
