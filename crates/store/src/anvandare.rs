//! Accounts and their roles.

use std::collections::BTreeMap;

use utfall_behorighet::{Aktor, Atgard, Permit, Roll};
use utfall_domain::andring::NyAnvandare;
use utfall_domain::id::{AnvandareId, HuvudmanId};

use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT id, inloggning, visningsnamn, demo FROM anvandare WHERE huvudman = $1 \
            ORDER BY inloggning, id";
    ALLA_ROLLER = "SELECT anvandare, roll FROM anvandare_roll WHERE huvudman = $1 \
                   ORDER BY anvandare, roll";
    ROLLER = "SELECT anvandare, roll FROM anvandare_roll WHERE huvudman = $1 AND anvandare = $2 \
              ORDER BY roll";
    NAMN = "SELECT id, visningsnamn FROM anvandare WHERE huvudman = $1 OR id = 1";
}

infogning! {
    NY = "anvandare" (
        "id", "huvudman", "inloggning", "visningsnamn", "losenord", "demo", "registrerad",
        "registrerad_av",
    );
    NY_ROLL = "anvandare_roll" ("huvudman", "anvandare", "roll");
}

/// An account as the administrator sees it. Never the password's hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Konto {
    /// Its number.
    pub id: AnvandareId,
    /// The name to sign in with.
    pub inloggning: String,
    /// The name shown.
    pub visningsnamn: String,
    /// Its roles, by code.
    pub roller: Vec<Roll>,
    /// A demo account.
    pub demo: bool,
}

/// The huvudman's accounts.
pub fn alla(k: &mut Las, permit: &Permit) -> Result<Vec<Konto>, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::HanteraAnvandare])?;
    let mut konton = k.alla(&ALLA, p![huvudman], |rad| {
        let f = Falt::ny(rad, "anvandare", "id")?;
        Ok(Konto {
            id: f.id("id", AnvandareId::ny)?,
            inloggning: f.text("inloggning")?,
            visningsnamn: f.text("visningsnamn")?,
            roller: Vec::new(),
            demo: f.bool("demo")?,
        })
    })?;
    let mut roller: BTreeMap<AnvandareId, Vec<Roll>> = BTreeMap::new();
    for (id, roll) in k.alla(&ALLA_ROLLER, p![huvudman], roll_rad)? {
        roller.entry(id).or_default().push(roll);
    }
    for konto in &mut konton {
        konto.roller = roller.remove(&konto.id).unwrap_or_default();
    }
    Ok(konton)
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
    let regel = |detalj: String| DbFel::Regel { detalj };
    let roller = ny
        .roller
        .iter()
        .map(|kod| Roll::av_kod(kod).ok_or_else(|| regel(format!("okänd roll {kod:?}"))))
        .collect::<Result<Vec<_>, _>>()?;
    let huvudman = HuvudmanId::ny(av.huvudman).ok_or_else(|| regel("huvudman".to_owned()))?;
    let aktor = Aktor::ny(ny.id, huvudman, &roller).map_err(|e| regel(e.to_string()))?;
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        &ny.inloggning,
        &ny.visningsnamn,
        &ny.losenord,
        ny.demo,
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad])?;
    let rader = aktor
        .roller()
        .iter()
        .map(|roll| p![av.huvudman, ny.id.nummer(), roll.kod()].to_vec());
    k.infoga(&NY_ROLL, rader).map(drop)
}
