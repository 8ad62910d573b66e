//! Accounts and their roles.

use std::collections::BTreeMap;

use utfall_behorighet::{Aktor, Atgard, Permit, Roll};
use utfall_domain::andring::NyAnvandare;
use utfall_domain::id::{AnvandareId, HuvudmanId};
use utfall_domain::journal::Hash;
use utfall_domain::konto::Kontolage;

use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT id, inloggning, visningsnamn, lage, demo FROM anvandare \
            WHERE huvudman = $1 ORDER BY id";
    ALLA_ROLLER = "SELECT anvandare, roll FROM anvandare_roll WHERE huvudman = $1 \
                   ORDER BY anvandare, roll";
    ROLLER = "SELECT anvandare, roll FROM anvandare_roll WHERE huvudman = $1 AND anvandare = $2 \
              ORDER BY roll";
    NAMN = "SELECT id, visningsnamn FROM anvandare WHERE huvudman = $1 OR id = 1";
    EGET = "SELECT id, inloggning, losenord, lage, demo FROM anvandare \
            WHERE huvudman = $1 AND id = $2";
    TA_ROLLER = "DELETE FROM anvandare_roll WHERE huvudman = $1 AND anvandare = $2";
    SATT_LAGE = "UPDATE anvandare SET lage = $3 WHERE huvudman = $1 AND id = $2";
    SATT_LOSENORD = "UPDATE anvandare SET losenord = $3, lage = $4 \
                     WHERE huvudman = $1 AND id = $2";
    AVSLUTA_ALLA = "DELETE FROM session WHERE huvudman = $1 AND anvandare = $2";
    AVSLUTA_ANDRA = "DELETE FROM session WHERE huvudman = $1 AND anvandare = $2 \
                     AND token_hash <> $3";
}

infogning! {
    NY = "anvandare" (
        "id", "huvudman", "inloggning", "visningsnamn", "losenord", "lage", "demo", "registrerad",
        "registrerad_av",
    );
    NY_ROLL = "anvandare_roll" ("huvudman", "anvandare", "roll");
}

/// An account as the administrator sees it. Never the password's hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Konto {
    /// Its number.
    pub id: AnvandareId,
    /// Its number among the huvudman's own, from 1: what addresses hold, so that they say
    /// nothing of what others have. Accounts are never removed, so it does not change.
    pub nr: i64,
    /// The name to sign in with.
    pub inloggning: String,
    /// The name shown.
    pub visningsnamn: String,
    /// Its roles, by code.
    pub roller: Vec<Roll>,
    /// Where it is in its life.
    pub lage: Kontolage,
    /// A demo account.
    pub demo: bool,
}

/// One's own account, as needed to change its password.
#[derive(Clone, PartialEq, Eq)]
pub struct EgetKonto {
    /// Its number.
    pub id: AnvandareId,
    /// The name to sign in with.
    pub inloggning: String,
    /// The password as an argon2id hash in PHC form.
    pub losenord: String,
    /// Where it is in its life.
    pub lage: Kontolage,
    /// A demo account.
    pub demo: bool,
}

impl std::fmt::Debug for EgetKonto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EgetKonto").field("id", &self.id).finish()
    }
}

/// The account the permit was given to.
pub fn eget(k: &mut Las, permit: &Permit) -> Result<EgetKonto, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::BytaLosenord])?;
    let jag = lov::skribent(permit)?;
    k.en(&EGET, p![huvudman, jag], |rad| {
        let f = Falt::ny(rad, "anvandare", "id")?;
        Ok(EgetKonto {
            id: f.id("id", AnvandareId::ny)?,
            inloggning: f.text("inloggning")?,
            losenord: f.text("losenord")?,
            lage: f.kod("lage", Kontolage::av_kod)?,
            demo: f.bool("demo")?,
        })
    })
}

/// The huvudman's accounts, oldest first.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Konto>, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::HanteraAnvandare])?;
    i_huvudman(k, huvudman)
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Konto>, DbFel> {
    let mut konton = k.alla(&ALLA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "anvandare", "id")?;
        Ok(Konto {
            id: f.id("id", AnvandareId::ny)?,
            nr: 0,
            inloggning: f.text("inloggning")?,
            visningsnamn: f.text("visningsnamn")?,
            roller: Vec::new(),
            lage: f.kod("lage", Kontolage::av_kod)?,
            demo: f.bool("demo")?,
        })
    })?;
    let mut roller: BTreeMap<AnvandareId, Vec<Roll>> = BTreeMap::new();
    for (id, roll) in k.alla(&ALLA_ROLLER, p![huvudman], roll_rad)? {
        roller.entry(id).or_default().push(roll);
    }
    for (nr, konto) in (1..).zip(&mut konton) {
        konto.nr = nr;
        konto.roller = roller.remove(&konto.id).unwrap_or_default();
    }
    Ok(konton)
}

/// Whether somebody else than the permit's own account may do what it allows: an account of
/// the huvudman that is in use, with one of the action's roles.
pub fn nagon_annan_far(k: &mut Las, permit: &Permit) -> Result<bool, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::OppnaAr])?;
    let lagen = k.alla(&ALLA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "anvandare", "id")?;
        let lage = f.kod("lage", Kontolage::av_kod)?;
        Ok((f.id("id", AnvandareId::ny)?, lage))
    })?;
    let som_far = utfall_behorighet::policy::roller(Atgard::OppnaAr);
    let i_bruk = |id: AnvandareId| lagen.iter().any(|(v, l)| *v == id && l.far_logga_in());
    let roller = k.alla(&ALLA_ROLLER, p![huvudman], roll_rad)?;
    Ok(roller
        .into_iter()
        .any(|(id, roll)| Some(id) != permit.anvandare() && som_far.contains(&roll) && i_bruk(id)))
}

fn roll_rad(rad: &crate::db::Rad<'_>) -> Result<(AnvandareId, Roll), DbFel> {
    let f = Falt::ny(rad, "anvandare_roll", "anvandare")?;
    Ok((
        f.id("anvandare", AnvandareId::ny)?,
        f.kod("roll", Roll::av_kod)?,
    ))
}

/// An account as somebody who can act. Stored roles that may not be held together are an
/// impossible row.
pub(crate) fn aktor(
    k: &mut Las,
    anvandare: AnvandareId,
    huvudman: HuvudmanId,
) -> Result<Aktor, DbFel> {
    let par = p![huvudman.nummer(), anvandare.nummer()];
    let roller: Vec<Roll> = k
        .alla(&ROLLER, par, roll_rad)?
        .into_iter()
        .map(|(_, roll)| roll)
        .collect();
    Aktor::ny(anvandare, huvudman, &roller).map_err(|e| DbFel::OmojligRad {
        tabell: "anvandare_roll",
        kolumn: "roll",
        id: anvandare.nummer(),
        detalj: e.to_string(),
    })
}

/// Names for "registered by", the operator's too.
pub(crate) fn namn_i(k: &mut Las, huvudman: i64) -> Result<BTreeMap<AnvandareId, String>, DbFel> {
    let rader = k.alla(&NAMN, p![huvudman], |rad| {
        let f = Falt::ny(rad, "anvandare", "id")?;
        Ok((f.id("id", AnvandareId::ny)?, f.text("visningsnamn")?))
    })?;
    Ok(rader.into_iter().collect())
}

/// Refused with [`DbFel::Regel`] if a role does not exist or the roles cannot be combined.
pub(crate) fn ny(k: &mut Skriv, av: Skribent, ny: &NyAnvandare) -> Result<(), DbFel> {
    let aktor = som_far(av, ny.id, &ny.roller)?;
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.inloggning,
        &ny.visningsnamn,
        &ny.losenord,
        ny.lage.kod(),
        ny.demo,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad])?;
    ge_roller(k, av, ny.id, &aktor)
}

/// The account with these roles, if one person may hold them together.
fn som_far(av: Skribent, id: AnvandareId, koder: &[String]) -> Result<Aktor, DbFel> {
    let regel = |detalj: String| DbFel::Regel { detalj };
    let roller = koder
        .iter()
        .map(|kod| Roll::av_kod(kod).ok_or_else(|| regel(format!("okänd roll {kod:?}"))))
        .collect::<Result<Vec<_>, _>>()?;
    let huvudman = HuvudmanId::ny(av.huvudman).ok_or_else(|| regel("huvudman".to_owned()))?;
    Aktor::ny(id, huvudman, &roller).map_err(|e| regel(e.to_string()))
}

fn ge_roller(k: &mut Skriv, av: Skribent, id: AnvandareId, aktor: &Aktor) -> Result<(), DbFel> {
    let rader = aktor
        .roller()
        .iter()
        .map(|roll| p![av.huvudman, id.nummer(), roll.kod()].to_vec());
    k.infoga(&NY_ROLL, rader).map(drop)
}

/// The roles instead of those there were. Refused as [`ny`] is.
pub(crate) fn satt_roller(
    k: &mut Skriv,
    av: Skribent,
    id: AnvandareId,
    koder: &[String],
) -> Result<(), DbFel> {
    let aktor = som_far(av, id, koder)?;
    k.kor(&TA_ROLLER, p![av.huvudman, id.nummer()])?;
    ge_roller(k, av, id, &aktor)
}

pub(crate) fn stang_av(k: &mut Skriv, av: Skribent, id: AnvandareId) -> Result<(), DbFel> {
    let par = p![av.huvudman, id.nummer(), Kontolage::Avstangt.kod()];
    nagon(k.kor(&SATT_LAGE, par)?)
}

/// Refused with [`DbFel::FelPermit`] when somebody who may only change the own password
/// changes another's.
pub(crate) fn byt_losenord(
    k: &mut Skriv,
    av: Skribent,
    id: AnvandareId,
    losenord: &str,
    lage: Kontolage,
) -> Result<(), DbFel> {
    eget_eller_alla(av, id)?;
    let par = p![av.huvudman, id.nummer(), losenord, lage.kod()];
    nagon(k.kor(&SATT_LOSENORD, par)?)
}

/// Ends an account's sessions, all or all but one. Refused as [`byt_losenord`] is.
pub(crate) fn avsluta_sessioner(
    k: &mut Skriv,
    av: Skribent,
    id: AnvandareId,
    utom: Option<&Hash>,
) -> Result<(), DbFel> {
    eget_eller_alla(av, id)?;
    match utom {
        Some(hash) => k.kor(&AVSLUTA_ANDRA, p![av.huvudman, id.nummer(), hash]),
        None => k.kor(&AVSLUTA_ALLA, p![av.huvudman, id.nummer()]),
    }
    .map(drop)
}

fn eget_eller_alla(av: Skribent, id: AnvandareId) -> Result<(), DbFel> {
    if av.atgard == Atgard::BytaLosenord && av.anvandare != id.nummer() {
        return Err(DbFel::FelPermit {
            detalj: format!("konto {} ändrar konto {id}", av.anvandare),
        });
    }
    Ok(())
}

/// An account of another huvudman is one that does not exist.
fn nagon(antal: u64) -> Result<(), DbFel> {
    if antal == 0 {
        return Err(DbFel::IngenRad);
    }
    Ok(())
}
