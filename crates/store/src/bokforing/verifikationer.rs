//! Vouchers: those that are known when a file comes, and those that a page shows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{InlasningId, KonteringId, VerifikationId};
use utfall_domain::journal::Hash;
use utfall_domain::medel::verifikation::{Bokforingsar, Kand, Listad, Rad as Verrad, Verifikation};

use super::{BOKFORING, i_kraft};
use crate::db::{DbFel, Las, p, sql};
use crate::falt::{Falt, datum};
use crate::lov;

sql! {
    KANDA = "SELECT v.id, v.inlasning, v.identitet, v.innehall FROM verifikation v \
             JOIN sie_inlasning i ON i.huvudman = v.huvudman AND i.id = v.inlasning \
             WHERE v.huvudman = $1 AND i.orgnr = $2 AND i.ar_fran = $3 AND i.ar_till = $4";
    BLAND = "SELECT id, identitet, innehall FROM verifikation WHERE huvudman = $1 \
             AND inlasning = $2 AND datum >= $3 AND datum <= $4";
    ERSATTA = "SELECT inlasning, verifikation FROM verifikation_ersatt WHERE huvudman = $1";
    RADER = "SELECT nr, kontering, ore FROM verifikationsrad \
             WHERE huvudman = $1 AND verifikation = $2 ORDER BY nr";
    DATUM = "SELECT id, datum FROM verifikation WHERE huvudman = $1 AND id = $2";
    ALLA = "SELECT id, inlasning, serie, nummer, datum FROM verifikation \
            WHERE huvudman = $1 AND datum >= $2 AND datum <= $3";
    PA_KONTERING = "SELECT r.verifikation, r.ore FROM verifikationsrad r \
                    JOIN verifikation v ON v.huvudman = r.huvudman AND v.id = r.verifikation \
                    WHERE r.huvudman = $1 AND r.kontering = $2 AND v.datum >= $3 \
                    AND v.datum <= $4";
    DEBET = "SELECT r.verifikation, COUNT(*) AS antal, \
             CAST(SUM(CASE WHEN r.ore > 0 THEN r.ore ELSE 0 END) AS bigint) AS ore \
             FROM verifikationsrad r \
             JOIN verifikation v ON v.huvudman = r.huvudman AND v.id = r.verifikation \
             WHERE r.huvudman = $1 AND v.datum >= $2 AND v.datum <= $3 GROUP BY r.verifikation";
    MED_BELOPP = "SELECT r.verifikation FROM verifikationsrad r \
                  JOIN verifikation v ON v.huvudman = r.huvudman AND v.id = r.verifikation \
                  WHERE r.huvudman = $1 AND (r.ore = $2 OR r.ore = $3) AND v.datum >= $4 \
                  AND v.datum <= $5";
    EN = "SELECT id, inlasning, serie, nummer, datum FROM verifikation \
          WHERE huvudman = $1 AND id = $2";
    ERSATTER = "SELECT verifikation, inlasning FROM verifikation_ersatt \
                WHERE huvudman = $1 AND av = $2";
    ERSATT_AV = "SELECT av, inlasning FROM verifikation_ersatt \
                 WHERE huvudman = $1 AND verifikation = $2 ORDER BY inlasning";
    LAGDA_AT_SIDAN = "SELECT verifikation FROM verifikation_ersatt \
                      WHERE huvudman = $1 AND inlasning = $2 AND av IS NULL ORDER BY verifikation";
    TEXTER_AV = "SELECT nr, text FROM verifikationstext WHERE huvudman = $1 AND verifikation = $2";
}

/// The vouchers in force of a company's year.
pub fn kanda(k: &mut Las, permit: &Permit, ar: &Bokforingsar) -> Result<Vec<Kand>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let (kraft, ersatta) = (i_kraft(k, huvudman)?, ersatta(k, huvudman)?);
    let par = p![huvudman, &ar.orgnr, datum(ar.fran), datum(ar.till)];
    let mut ut = Vec::new();
    k.alla(&KANDA, par, |rad| {
        let f = Falt::ny(rad, "verifikation", "id")?;
        let id = f.id("id", VerifikationId::ny)?;
        if kraft.contains(&f.id("inlasning", InlasningId::ny)?) && !ersatta.contains(&id) {
            ut.push(Kand {
                identitet: f.hash("identitet")?,
                innehall: f.hash("innehall")?,
                id,
            });
        }
        Ok(())
    })?;
    Ok(ut)
}

/// Of vouchers in force that some imports brought within some days, those that somebody knows by
/// what they are known by and what they hold: the import of each. They are gone through one by
/// one, and only those are kept that were known.
pub fn bland(
    k: &mut Las,
    permit: &Permit,
    (inlasningar, inom): &(Vec<InlasningId>, (Date, Date)),
    kand: impl Fn(&Hash, &Hash) -> bool,
) -> Result<Vec<InlasningId>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let kraft = i_kraft(k, huvudman)?;
    let mut funna: HashMap<VerifikationId, InlasningId> = HashMap::new();
    for av in inlasningar.iter().filter(|av| kraft.contains(av)) {
        let par = p![huvudman, av.nummer(), datum(inom.0), datum(inom.1)];
        k.alla(&BLAND, par, |rad| {
            let f = Falt::ny(rad, "verifikation", "id")?;
            if kand(&f.hash("identitet")?, &f.hash("innehall")?) {
                funna.insert(f.id("id", VerifikationId::ny)?, *av);
            }
            Ok(())
        })?;
    }
    if !funna.is_empty() {
        k.alla(&ERSATTA, p![huvudman], |rad| {
            let f = Falt::ny(rad, "verifikation_ersatt", "verifikation")?;
            if kraft.contains(&f.id("inlasning", InlasningId::ny)?) {
                funna.remove(&f.id("verifikation", VerifikationId::ny)?);
            }
            Ok(())
        })?;
    }
    Ok(funna.into_values().collect())
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

/// The vouchers that an import put aside without putting others in their place.
pub fn lagda_at_sidan(
    k: &mut Las,
    permit: &Permit,
    inlasning: InlasningId,
) -> Result<Vec<VerifikationId>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    k.alla(&LAGDA_AT_SIDAN, p![huvudman, inlasning.nummer()], |rad| {
        Falt::ny(rad, "verifikation_ersatt", "verifikation")?.id("verifikation", VerifikationId::ny)
    })
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

/// What a list of vouchers is narrowed to.
#[derive(Clone, Debug)]
pub struct Sokning<'a> {
    /// First and last day.
    pub inom: (Date, Date),
    /// Of one import.
    pub inlasning: Option<InlasningId>,
    /// With a row on any of these accounts.
    pub konteringar: Option<&'a BTreeSet<KonteringId>>,
    /// Of a series.
    pub serie: Option<&'a str>,
    /// With a number.
    pub nummer: Option<&'a str>,
    /// With a row of this many öre, debit or credit.
    pub belopp: Option<i64>,
    /// Whether sums are wanted; they cost.
    pub med_summor: bool,
}

/// A voucher of a list, with what its rows within the choice come to: öre and how many. Those
/// are debit less credit on the accounts of the choice, else what was debited; `None` when
/// sums were not wanted.
pub type Traff = (Listad, Option<(i64, i64)>);

/// The rows of a choice by voucher: öre, how many, and whether one has the amount asked for.
type Summor = HashMap<VerifikationId, (i64, i64, bool)>;

/// Vouchers in force within a choice, in order of day.
pub fn sok(k: &mut Las, permit: &Permit, s: &Sokning<'_>) -> Result<Vec<Traff>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let (kraft, ersatta) = (i_kraft(k, huvudman)?, ersatta(k, huvudman)?);
    let summor = summor(k, huvudman, s)?;
    let mut funna: BTreeMap<(Date, VerifikationId), Traff> = BTreeMap::new();
    let (fran, till) = (datum(s.inom.0), datum(s.inom.1));
    k.alla(&ALLA, p![huvudman, &fran, &till], |rad| {
        let f = Falt::ny(rad, "verifikation", "id")?;
        let id = f.id("id", VerifikationId::ny)?;
        let av = f.id("inlasning", InlasningId::ny)?;
        let rader = summor.as_ref().map(|s| s.get(&id).copied());
        // Sums are there of every voucher that is within the choice.
        let Some(egna) = rader.map_or(Some(None), |egna| egna.map(Some)) else {
            return Ok(());
        };
        let ratt_belopp = s.belopp.is_none() || egna.is_some_and(|(.., har)| har);
        if !kraft.contains(&av) || ersatta.contains(&id) || !ratt_belopp {
            return Ok(());
        }
        let (serie, nummer) = (f.text("serie")?, f.text("nummer")?);
        let lika = |vill: Option<&str>, har: &str| vill.is_none_or(|vill| vill == har);
        if s.inlasning.is_some_and(|vald| vald != av)
            || !lika(s.serie, &serie)
            || !lika(s.nummer, &nummer)
        {
            return Ok(());
        }
        let dag = f.datum("datum")?;
        let listad = Listad {
            id,
            namn: Verifikation::namn_av(&serie, &nummer),
            datum: dag,
            rader: egna.map_or(0, |(_, antal, _)| antal),
        };
        funna.insert(
            (dag, id),
            (listad, egna.map(|(ore, antal, _)| (ore, antal))),
        );
        Ok(())
    })?;
    Ok(funna.into_values().collect())
}

/// What the rows come to by voucher; `None` when that is not needed.
fn summor(k: &mut Las, huvudman: i64, s: &Sokning<'_>) -> Result<Option<Summor>, DbFel> {
    let (fran, till) = (datum(s.inom.0), datum(s.inom.1));
    let mut ut = Summor::new();
    let for_stort = || DbFel::Regel {
        detalj: "en summa är större än böckerna rymmer".to_owned(),
    };
    if let Some(nycklar) = s.konteringar {
        for nyckel in nycklar {
            let par = p![huvudman, nyckel.nummer(), &fran, &till];
            k.alla(&PA_KONTERING, par, |rad| {
                let f = Falt::ny(rad, "verifikationsrad", "verifikation")?;
                let id = f.id("verifikation", VerifikationId::ny)?;
                let ore = f.tal("ore")?;
                let rad = ut.entry(id).or_insert((0, 0, false));
                rad.0 = rad.0.checked_add(ore).ok_or_else(for_stort)?;
                rad.1 = rad.1.saturating_add(1);
                rad.2 |= s
                    .belopp
                    .is_some_and(|b| ore.unsigned_abs() == b.unsigned_abs());
                Ok(())
            })?;
        }
        return Ok(Some(ut));
    }
    if !s.med_summor && s.belopp.is_none() {
        return Ok(None);
    }
    k.alla(&DEBET, p![huvudman, &fran, &till], |rad| {
        let f = Falt::ny(rad, "verifikationsrad", "verifikation")?;
        let id = f.id("verifikation", VerifikationId::ny)?;
        ut.insert(id, (f.tal("ore")?, f.tal("antal")?, false));
        Ok(())
    })?;
    if let Some(belopp) = s.belopp {
        let par = p![huvudman, belopp, belopp.saturating_neg(), &fran, &till];
        k.alla(&MED_BELOPP, par, |rad| {
            let f = Falt::ny(rad, "verifikationsrad", "verifikation")?;
            if let Some(rad) = ut.get_mut(&f.id("verifikation", VerifikationId::ny)?) {
                rad.2 = true;
            }
            Ok(())
        })?;
    }
    Ok(Some(ut))
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
