//! What imports that never came into the books have left is cleared away, a little at a time.
//!
//! Nothing of it is anybody's books, so it needs no permit: as with sessions that have ended.

use jiff::Timestamp;
use utfall_domain::id::AnvandareId;
use utfall_domain::medel::verifikation::Inlasningslage;

use crate::db::{DbFel, Skriv, infogning, p, sql};
use crate::falt::mikro;

/// Vouchers taken away in one transaction.
const VARV: i64 = 400;

sql! {
    OVERGIVNA = "SELECT i.huvudman AS huvudman, i.id AS id FROM sie_inlasning i WHERE NOT EXISTS \
                 (SELECT 1 FROM sie_lage l WHERE l.huvudman = i.huvudman AND l.inlasning = i.id) \
                 AND NOT EXISTS (SELECT 1 FROM sie_pagar p WHERE p.huvudman = i.huvudman \
                 AND p.inlasning = i.id AND p.senast >= $1) ORDER BY i.id";
    SLAPP = "DELETE FROM sie_pagar WHERE huvudman = $1 AND inlasning = $2";
    AVBRUTNA = "SELECT l.huvudman AS huvudman, l.inlasning AS id FROM sie_lage l \
                WHERE l.lage = 'avbruten' AND (EXISTS (SELECT 1 FROM verifikation v \
                WHERE v.huvudman = l.huvudman AND v.inlasning = l.inlasning) \
                OR EXISTS (SELECT 1 FROM bokforingsnamn n WHERE n.huvudman = l.huvudman \
                AND n.inlasning = l.inlasning)) ORDER BY l.inlasning";
    KVAR = "SELECT id FROM verifikation WHERE huvudman = $1 AND inlasning = $2 ORDER BY id \
            LIMIT $3";
    BORT_RADER = "DELETE FROM verifikationsrad WHERE huvudman = $1 AND inlasning = $2 \
                  AND verifikation >= $3 AND verifikation <= $4";
    BORT_TEXTER = "DELETE FROM verifikationstext WHERE huvudman = $1 AND inlasning = $2 \
                   AND verifikation >= $3 AND verifikation <= $4";
    BORT_ERSATTA = "DELETE FROM verifikation_ersatt WHERE huvudman = $1 AND inlasning = $2";
    BORT_VERIFIKATIONER = "DELETE FROM verifikation WHERE huvudman = $1 AND inlasning = $2 \
                           AND id >= $3 AND id <= $4";
    BORT_SUMMOR = "DELETE FROM konteringssumma WHERE huvudman = $1 AND inlasning = $2";
    BORT_NAMN = "DELETE FROM bokforingsnamn WHERE huvudman = $1 AND inlasning = $2";
}

infogning! {
    NYTT_LAGE = "sie_lage" (
        "huvudman", "inlasning", "lage", "orsak", "nya", "lika", "andrade", "saknas",
        "registrerad", "registrerad_av",
    );
}

/// Marks imports whose process is no more as stopped (they have not moved since `fore`), and
/// takes away some of what stopped imports have left. True while there is more to take.
pub fn stada(k: &mut Skriv, nu: Timestamp, fore: Timestamp) -> Result<bool, DbFel> {
    let nyckel = |rad: &crate::db::Rad<'_>| Ok((rad.tal("huvudman")?, rad.tal("id")?));
    for (huvudman, id) in k.alla(&OVERGIVNA, p![mikro(fore)], nyckel)? {
        k.kor(&SLAPP, p![huvudman, id])?;
        let lage = Inlasningslage::Avbruten.kod();
        let orsak = "Servern eller kommandot slutade innan allt var inläst.";
        let rad = p![
            huvudman,
            id,
            lage,
            orsak,
            0_i64,
            0_i64,
            0_i64,
            0_i64,
            mikro(nu),
            AnvandareId::DRIFT.nummer(),
        ];
        k.infoga(&NYTT_LAGE, [rad.to_vec()])?;
    }
    let Some((huvudman, id)) = k.alla(&AVBRUTNA, p![], nyckel)?.into_iter().next() else {
        return Ok(false);
    };
    k.kor(&BORT_ERSATTA, p![huvudman, id])?;
    k.kor(&BORT_SUMMOR, p![huvudman, id])?;
    let kvar = k.alla(&KVAR, p![huvudman, id, VARV], |rad| rad.tal("id"))?;
    match kvar.first().zip(kvar.last()) {
        Some((forst, sist)) => {
            for sats in [&BORT_RADER, &BORT_TEXTER, &BORT_VERIFIKATIONER] {
                // From the first too: the rows of all other imports come before it.
                k.kor(sats, p![huvudman, id, *forst, *sist])?;
            }
        }
        // Last: while there are names there may be something left.
        None => {
            k.kor(&BORT_NAMN, p![huvudman, id])?;
        }
    }
    Ok(true)
}
