//! Vouchers: those that are known when a file comes, and those that a page shows.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::medel::verifikation::{Bokforingsar, Kand, Rad as Verrad, Verifikation};

use super::{BOKFORING, i_kraft};
use crate::db::{DbFel, Las, Rad, p, sql};
use crate::falt::{Falt, datum};
use crate::lov;

sql! {
    KANDA = "SELECT v.id, v.inlasning, v.identitet, v.innehall FROM verifikation v \
             JOIN sie_inlasning i ON i.huvudman = v.huvudman AND i.id = v.inlasning \
             WHERE v.huvudman = $1 AND i.orgnr = $2 AND i.ar_fran = $3 AND i.ar_till = $4";
    ERSATTA = "SELECT inlasning, verifikation FROM verifikation_ersatt WHERE huvudman = $1";
    RADER = "SELECT nr, kontering, ore FROM verifikationsrad \
             WHERE huvudman = $1 AND verifikation = $2 ORDER BY nr";
    DATUM = "SELECT id, datum FROM verifikation WHERE huvudman = $1 AND id = $2";
    ALLA = "SELECT id, inlasning, datum FROM verifikation \
            WHERE huvudman = $1 AND datum >= $2 AND datum <= $3";
    MED_KONTERING = "SELECT v.id, v.inlasning, v.datum FROM verifikationsrad r \
                     JOIN verifikation v ON v.huvudman = r.huvudman AND v.id = r.verifikation \
                     WHERE r.huvudman = $1 AND r.kontering = $2 AND v.datum >= $3 \
                     AND v.datum <= $4";
    EN = "SELECT id, inlasning, serie, nummer, datum FROM verifikation \
          WHERE huvudman = $1 AND id = $2";
    ERSATTER = "SELECT verifikation, inlasning FROM verifikation_ersatt \
                WHERE huvudman = $1 AND av = $2";
    ERSATT_AV = "SELECT av, inlasning FROM verifikation_ersatt \
                 WHERE huvudman = $1 AND verifikation = $2 ORDER BY inlasning";
    TEXTER_AV = "SELECT nr, text FROM verifikationstext WHERE huvudman = $1 AND verifikation = $2";
}

/// The vouchers in force of a company's year.
pub fn kanda(k: &mut Las, permit: &Permit, ar: &Bokforingsar) -> Result<Vec<Kand>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let (kraft, ersatta) = (i_kraft(k, huvudman)?, ersatta(k, huvudman)?);
    let par = p![huvudman, &ar.orgnr, datum(ar.fran), datum(ar.till)];
    let mut ut = Vec::new();
    let alla = k.alla(&KANDA, par, |rad| {
        let f = Falt::ny(rad, "verifikation", "id")?;
        let id = f.id("id", VerifikationId::ny)?;
        if !kraft.contains(&f.id("inlasning", InlasningId::ny)?) || ersatta.contains(&id) {
            return Ok(None);
        }
        Ok(Some(Kand {
            identitet: f.hash("identitet")?,
            innehall: f.hash("innehall")?,
            id,
        }))
    })?;
    ut.extend(alla.into_iter().flatten());
    Ok(ut)
}

/// Vouchers put aside by an import in force.
fn ersatta(k: &mut Las, huvudman: i64) -> Result<HashSet<VerifikationId>, DbFel> {
    let kraft = i_kraft(k, huvudman)?;
    let alla = k.alla(&ERSATTA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "verifikation_ersatt", "verifikation")?;
        let av = f.id("inlasning", InlasningId::ny)?;
        Ok((av, f.id("verifikation", VerifikationId::ny)?))
    })?;
    let i_kraft = alla.into_iter().filter(|(av, _)| kraft.contains(av));
    Ok(i_kraft.map(|(_, id)| id).collect())
}

/// The rows of vouchers: account, first day of the month and öre.
pub fn rader_av(
    k: &mut Las,
    permit: &Permit,
    verifikationer: &[VerifikationId],
) -> Result<Vec<(KonteringId, Date, i64)>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let mut ut = Vec::new();
    for id in verifikationer {
        let dag = k.en(&DATUM, p![huvudman, id.nummer()], |rad| {
            Falt::ny(rad, "verifikation", "id")?.datum("datum")
        })?;
        let rader = rader(k, huvudman, *id)?;
        ut.extend(
            rader
                .into_iter()
                .map(|r| (r.kontering, dag.first_of_month(), r.ore)),
        );
    }
    Ok(ut)
}

fn rader(k: &mut Las, huvudman: i64, id: VerifikationId) -> Result<Vec<Verrad>, DbFel> {
    k.alla(&RADER, p![huvudman, id.nummer()], |rad| {
        let f = Falt::ny(rad, "verifikationsrad", "nr")?;
        Ok(Verrad {
            kontering: f.id("kontering", KonteringId::ny)?,
            ore: f.tal("ore")?,
            text: None,
        })
    })
}

/// Days of vouchers in force within a period, of one import if it is named, with a row on any
/// of these accounts when there are any. In order of day.
pub fn sok(
    k: &mut Las,
    permit: &Permit,
    (fran, till): (Date, Date),
    inlasning: Option<InlasningId>,
    konteringar: Option<&BTreeSet<KonteringId>>,
) -> Result<Vec<VerifikationId>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let (kraft, ersatta) = (i_kraft(k, huvudman)?, ersatta(k, huvudman)?);
    let mut funna: BTreeMap<(Date, VerifikationId), ()> = BTreeMap::new();
    let mut ta = |rad: &Rad<'_>| -> Result<(), DbFel> {
        let f = Falt::ny(rad, "verifikation", "id")?;
        let (id, av) = (
            f.id("id", VerifikationId::ny)?,
            f.id("inlasning", InlasningId::ny)?,
        );
        let galler = kraft.contains(&av) && !ersatta.contains(&id);
        if galler && inlasning.is_none_or(|vald| vald == av) {
            funna.insert((f.datum("datum")?, id), ());
        }
        Ok(())
    };
    let (fran, till) = (datum(fran), datum(till));
    match konteringar {
        None => {
            k.alla(&ALLA, p![huvudman, &fran, &till], &mut ta)?;
        }
        Some(nycklar) => {
            for nyckel in nycklar {
                let par = p![huvudman, nyckel.nummer(), &fran, &till];
                k.alla(&MED_KONTERING, par, &mut ta)?;
            }
        }
    }
    Ok(funna.into_keys().map(|(_, id)| id).collect())
}

/// A voucher, in force or not; `None` if it does not exist, is another huvudman's, or its
/// import is not and never was in the books. Texts come only with the permit for them.
pub fn en(k: &mut Las, permit: &Permit, id: VerifikationId) -> Result<Option<Verifikation>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let funnen = k.kanske(&EN, p![huvudman, id.nummer()], |rad| {
        let f = Falt::ny(rad, "verifikation", "id")?;
        Ok(Verifikation {
            id,
            inlasning: f.id("inlasning", InlasningId::ny)?,
            serie: f.text("serie")?,
            nummer: f.text("nummer")?,
            datum: f.datum("datum")?,
            ersatter: None,
            ersatt_av: None,
            text: None,
            signatur: None,
            rader: Vec::new(),
        })
    })?;
    let kraft = i_kraft(k, huvudman)?;
    let Some(mut v) = funnen.filter(|v| kraft.contains(&v.inlasning)) else {
        return Ok(None);
    };
    v.rader = rader(k, huvudman, id)?;
    v.ersatter = k.kanske(&ERSATTER, p![huvudman, id.nummer()], |rad| {
        Falt::ny(rad, "verifikation_ersatt", "verifikation")?.id("verifikation", VerifikationId::ny)
    })?;
    let efter = k.alla(&ERSATT_AV, p![huvudman, id.nummer()], |rad| {
        let f = Falt::ny(rad, "verifikation_ersatt", "inlasning")?;
        let av = f.id_eller_null("av", VerifikationId::ny)?;
        Ok((f.id("inlasning", InlasningId::ny)?, av))
    })?;
    let galler = efter.into_iter().find(|(av, _)| kraft.contains(av));
    v.ersatt_av = galler.map(|(_, av)| av.unwrap_or(id));
    if permit.atgard() == Atgard::LasaVerifikationstext {
        texter(k, huvudman, &mut v)?;
    }
    Ok(Some(v))
}

fn texter(k: &mut Las, huvudman: i64, v: &mut Verifikation) -> Result<(), DbFel> {
    let alla = k.alla(&TEXTER_AV, p![huvudman, v.id.nummer()], |rad| {
        Ok((rad.tal("nr")?, rad.text("text")?))
    })?;
    for (nr, text) in alla {
        match nr {
            -1 => v.signatur = Some(text),
            0 => v.text = Some(text),
            nr => {
                let plats = usize::try_from(nr.saturating_sub(1)).unwrap_or(usize::MAX);
                if let Some(rad) = v.rader.get_mut(plats) {
                    rad.text = Some(text);
                }
            }
        }
    }
    Ok(())
}
