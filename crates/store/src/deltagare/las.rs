//! Participants opened, for who has an assignment.

use std::collections::BTreeMap;

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::deltagare::deltagande::Deltagandesteg;
use utfall_domain::deltagare::identitet::Identitetsnummer;
use utfall_domain::deltagare::samtycke::Samtyckessteg;
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Uppgifter};
use utfall_domain::id::{
    AnvandareId, DeltagandeId, HuvudmanId, InsatsId, OrganisationId, PersonId, PersonradId,
    SamtyckeId,
};

use super::sigill::{self, Forseglat};
use super::skriv::{self, Nyckelrad, SAMTYCKE, STEG};
use super::uppdrag::{self, Behorighet};
use crate::db::{DbFel, Las, P, Rad, p, sql};
use crate::falt::Falt;
use crate::lov;
use crate::nycklar::{Nyckelfel, Personnyckel};
use crate::organisation;

sql! {
    INSATSENS = "SELECT d.id AS deltagande, d.insats, d.person AS id, p.organisation, \
            CASE WHEN p.gallras IS NULL THEN p.nyckel END AS nyckel \
                 FROM deltagande d JOIN deltagarperson p \
                 ON p.huvudman = d.huvudman AND p.id = d.person \
                 WHERE d.huvudman = $1 AND d.insats = $2 AND d.organisation = $3 ORDER BY d.id";
    ETT = "SELECT d.id AS deltagande, d.insats, d.person AS id, p.organisation, \
            CASE WHEN p.gallras IS NULL THEN p.nyckel END AS nyckel \
           FROM deltagande d JOIN deltagarperson p \
           ON p.huvudman = d.huvudman AND p.id = d.person WHERE d.huvudman = $1 AND d.id = $2";
    INSATSENS_UPPGIFTER = "SELECT u.id, u.deltagande, u.nummer, u.ord, u.nr, u.registrerad, \
                           u.registrerad_av FROM deltagaruppgift u JOIN deltagande d \
                           ON d.huvudman = u.huvudman AND d.id = u.deltagande \
                           WHERE d.huvudman = $1 AND d.insats = $2 AND d.organisation = $3 \
                           ORDER BY u.deltagande, u.nr";
    ETTS_UPPGIFTER = "SELECT id, deltagande, nummer, ord, nr, registrerad, registrerad_av \
                      FROM deltagaruppgift WHERE huvudman = $1 AND deltagande = $2 ORDER BY nr";
    INSATSENS_STEG = "SELECT s.id, s.deltagande, s.innehall, s.registrerad, s.registrerad_av \
                      FROM deltagandesteg s JOIN deltagande d \
                      ON d.huvudman = s.huvudman AND d.id = s.deltagande \
                      WHERE d.huvudman = $1 AND d.insats = $2 AND d.organisation = $3 \
                      ORDER BY s.deltagande, s.nr";
    ETTS_STEG = "SELECT id, deltagande, innehall, registrerad, registrerad_av \
                 FROM deltagandesteg WHERE huvudman = $1 AND deltagande = $2 ORDER BY nr";
    ETTS_SAMTYCKEN = "SELECT id, samtycke, innehall, registrerad, registrerad_av \
                      FROM samtyckessteg WHERE huvudman = $1 AND deltagande = $2 \
                      ORDER BY samtycke, nr";
    KAND = "SELECT id FROM deltagarperson WHERE huvudman = $1 AND organisation = $2 \
            AND blind = $3 AND gallras IS NULL";
    INSATS = "SELECT id, slug, namn FROM insats WHERE huvudman = $1 AND id = $2";
}

/// Something that was entered, with when and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registrerat<T> {
    /// What.
    pub vad: T,
    /// When.
    pub tid: Timestamp,
    /// By whom.
    pub av: AnvandareId,
}

/// A participation, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deltagarbild {
    /// Its number.
    pub id: DeltagandeId,
    /// Whose.
    pub person: PersonId,
    /// In which initiative.
    pub insats: InsatsId,
    /// Who answers for the data.
    pub organisation: OrganisationId,
    /// Who it is, as last said.
    pub uppgifter: Uppgifter,
    /// On what ground it is kept.
    pub grund: Behandlingsgrund,
    /// How many times it has been said who it is.
    pub uppgiftsversion: i64,
    /// The steps, in their order.
    pub steg: Vec<Registrerat<Deltagandesteg>>,
}

/// An initiative that an assignment is for, as its participants' pages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insatsnamn {
    /// Its number.
    pub id: InsatsId,
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub namn: String,
    /// Its performer in this assignment.
    pub organisation: OrganisationId,
}

/// The initiatives that the assignments are for.
///
/// # Errors
/// What the database says.
pub fn insatser(k: &mut Las, b: &Behorighet) -> Result<Vec<Insatsnamn>, DbFel> {
    let en = |(insats, organisation): &(InsatsId, OrganisationId)| {
        k.en(&INSATS, p![b.huvudman(), insats.nummer()], |rad| {
            let f = Falt::ny(rad, "insats", "id")?;
            Ok(Insatsnamn {
                id: *insats,
                slug: f.text("slug")?,
                namn: f.text("namn")?,
                organisation: *organisation,
            })
        })
    };
    b.oppna().iter().map(en).collect()
}

/// The organisations that one can tell, and be told by, in Swedish order.
///
/// # Errors
/// What the database says.
pub fn organisationer(k: &mut Las, b: &Behorighet) -> Result<Vec<(OrganisationId, String)>, DbFel> {
    let alla = organisation::i_huvudman(k, b.huvudman())?;
    Ok(alla
        .into_iter()
        .map(|o| (o.id, o.namn_nu().to_owned()))
        .collect())
}

/// Every participation of an initiative at a performer; none when it is not open to who asks.
/// Who is gone is left out.
///
/// # Errors
/// [`DbFel::Nyckel`] when something does not open.
pub fn insatsens(
    k: &mut Las,
    b: &Behorighet,
    (insats, organisation): (InsatsId, OrganisationId),
) -> Result<Vec<Deltagarbild>, DbFel> {
    if !b.oppnar(insats, organisation) {
        return Ok(Vec::new());
    }
    let var = [b.huvudman(), insats.nummer(), organisation.nummer()].map(P::from);
    let deltaganden = k.alla(&INSATSENS, &var, deltaganderad)?;
    let uppgifter = per_deltagande(k.alla(&INSATSENS_UPPGIFTER, &var, uppgiftsrad)?);
    let steg = per_deltagande(k.alla(&INSATSENS_STEG, &var, |rad| stegrad(rad, STEG))?);
    bilder(k, b, deltaganden, uppgifter, steg)
}

/// A participation; `None` when there is none, when the person is gone, and when it is not open
/// to who asks.
///
/// # Errors
/// [`DbFel::Nyckel`] when something does not open.
pub fn ett(k: &mut Las, b: &Behorighet, id: DeltagandeId) -> Result<Option<Deltagarbild>, DbFel> {
    if !uppdrag::prova(k, b, id)? {
        return Ok(None);
    }
    let var = [b.huvudman(), id.nummer()].map(P::from);
    let deltaganden = k.alla(&ETT, &var, deltaganderad)?;
    let uppgifter = per_deltagande(k.alla(&ETTS_UPPGIFTER, &var, uppgiftsrad)?);
    let steg = per_deltagande(k.alla(&ETTS_STEG, &var, |rad| stegrad(rad, STEG))?);
    Ok(bilder(k, b, deltaganden, uppgifter, steg)?.pop())
}

/// The consents of a participation, each with its steps; none when it is not open to who asks.
///
/// # Errors
/// [`DbFel::Nyckel`] when something does not open.
pub fn samtycken(
    k: &mut Las,
    b: &Behorighet,
    id: DeltagandeId,
) -> Result<BTreeMap<SamtyckeId, Vec<Registrerat<Samtyckessteg>>>, DbFel> {
    let mut ut: BTreeMap<SamtyckeId, Vec<Registrerat<Samtyckessteg>>> = BTreeMap::new();
    if !uppdrag::prova(k, b, id)? {
        return Ok(ut);
    }
    let var = [b.huvudman(), id.nummer()].map(P::from);
    let Some((_, _, vem)) = k.kanske(&ETT, &var, deltaganderad)? else {
        return Ok(ut);
    };
    let Some(nyckel) = levande(k, b, vem)? else {
        return Ok(ut);
    };
    let rader = k.alla(&ETTS_SAMTYCKEN, &var, |rad| {
        let f = Falt::ny(rad, SAMTYCKE, "id")?;
        Ok((f.id("samtycke", SamtyckeId::ny)?, raden(rad, SAMTYCKE)?))
    })?;
    for (samtycke, rad) in rader {
        let vad = sigill::oppna_steg(&nyckel, SAMTYCKE, rad.rad, &rad.innehall)?;
        ut.entry(samtycke).or_default().push(rad.med(vad));
    }
    Ok(ut)
}

/// The person with this number in an organisation's records, if it has any. Tells nothing of
/// who asks for what: only a use case that enters a participation may know, to use one key.
///
/// # Errors
/// [`DbFel::FelPermit`] for a permit that enters nobody.
pub fn kand(
    k: &mut Las,
    permit: &Permit,
    organisation: OrganisationId,
    nummer: &Identitetsnummer,
) -> Result<Option<PersonId>, DbFel> {
    let av = lov::las(
        permit,
        &[
            Atgard::RegistreraDeltagare,
            Atgard::ImporteraDeltagare,
            Atgard::SkrivaDeltagande,
        ],
    )?;
    let huvudman = HuvudmanId::ny(av).ok_or(DbFel::IngenRad)?;
    let siffror = nummer.tolv_siffror();
    let varden = k
        .nycklar()?
        .blindvarden(huvudman, organisation, siffror.som_str())?;
    for varde in varden {
        let var = p![av, organisation.nummer(), varde.bytes().to_vec()];
        let funnen = k.kanske(&KAND, var, |rad| {
            Falt::ny(rad, "deltagarperson", "id")?.id("id", PersonId::ny)
        })?;
        if funnen.is_some() {
            return Ok(funnen);
        }
    }
    Ok(None)
}

type Deltaganderad = (DeltagandeId, InsatsId, Nyckelrad);

fn deltaganderad(rad: &Rad<'_>) -> Result<Deltaganderad, DbFel> {
    let f = Falt::ny(rad, "deltagande", "deltagande")?;
    Ok((
        f.id("deltagande", DeltagandeId::ny)?,
        f.id("insats", InsatsId::ny)?,
        skriv::nyckelrad(rad)?,
    ))
}

/// A sealed row of a participation.
struct Sluten<T> {
    rad: PersonradId,
    innehall: T,
    tid: Timestamp,
    av: AnvandareId,
}

impl<T> Sluten<T> {
    const fn med<V>(&self, vad: V) -> Registrerat<V> {
        Registrerat {
            vad,
            tid: self.tid,
            av: self.av,
        }
    }
}

fn raden(rad: &Rad<'_>, tabell: &'static str) -> Result<Sluten<Vec<u8>>, DbFel> {
    let f = Falt::ny(rad, tabell, "id")?;
    Ok(Sluten {
        rad: f.id("id", PersonradId::ny)?,
        innehall: rad.bytes("innehall")?,
        tid: f.tid("registrerad")?,
        av: f.id("registrerad_av", AnvandareId::ny)?,
    })
}

fn stegrad(rad: &Rad<'_>, tabell: &'static str) -> Result<(DeltagandeId, Sluten<Vec<u8>>), DbFel> {
    let f = Falt::ny(rad, tabell, "id")?;
    Ok((f.id("deltagande", DeltagandeId::ny)?, raden(rad, tabell)?))
}

fn uppgiftsrad(rad: &Rad<'_>) -> Result<(DeltagandeId, Sluten<(i64, Forseglat)>), DbFel> {
    let f = Falt::ny(rad, "deltagaruppgift", "id")?;
    let sluten = Sluten {
        rad: f.id("id", PersonradId::ny)?,
        innehall: (
            f.tal("nr")?,
            Forseglat {
                nummer: rad.bytes_eller_null("nummer")?,
                ord: rad.bytes("ord")?,
            },
        ),
        tid: f.tid("registrerad")?,
        av: f.id("registrerad_av", AnvandareId::ny)?,
    };
    Ok((f.id("deltagande", DeltagandeId::ny)?, sluten))
}

fn per_deltagande<T>(rader: Vec<(DeltagandeId, T)>) -> BTreeMap<DeltagandeId, Vec<T>> {
    let mut ut: BTreeMap<DeltagandeId, Vec<T>> = BTreeMap::new();
    for (id, sak) in rader {
        ut.entry(id).or_default().push(sak);
    }
    ut
}

/// The person's key; `None` of who is gone, also while the database has the key still.
fn levande(k: &mut Las, b: &Behorighet, vem: Nyckelrad) -> Result<Option<Personnyckel>, DbFel> {
    if vem.2.is_none() {
        return Ok(None);
    }
    match skriv::oppna(k, b.huvudman(), vem) {
        Err(DbFel::Nyckel(Nyckelfel::Begravd)) => Ok(None),
        annat => annat.map(Some),
    }
}

fn bilder(
    k: &mut Las,
    b: &Behorighet,
    deltaganden: Vec<Deltaganderad>,
    mut uppgifter: BTreeMap<DeltagandeId, Vec<Sluten<(i64, Forseglat)>>>,
    mut steg: BTreeMap<DeltagandeId, Vec<Sluten<Vec<u8>>>>,
) -> Result<Vec<Deltagarbild>, DbFel> {
    let mut ut = Vec::with_capacity(deltaganden.len());
    for (id, insats, vem) in deltaganden {
        let (person, organisation) = (vem.0, vem.1);
        let Some(nyckel) = levande(k, b, vem)? else {
            continue;
        };
        let sist = uppgifter.remove(&id).and_then(|mut u| u.pop());
        let sist = sist.ok_or(DbFel::IngenRad)?;
        let (uppgiftsversion, forseglat) = &sist.innehall;
        let (vem, grund) = sigill::oppna_uppgifter(&nyckel, sist.rad, forseglat)?;
        let oppna = |rad: Sluten<Vec<u8>>| {
            let vad = sigill::oppna_steg(&nyckel, STEG, rad.rad, &rad.innehall)?;
            Ok(rad.med(vad))
        };
        let stegen = steg.remove(&id).unwrap_or_default().into_iter();
        ut.push(Deltagarbild {
            id,
            person,
            insats,
            organisation,
            uppgifter: vem,
            grund,
            uppgiftsversion: *uppgiftsversion,
            steg: stegen.map(oppna).collect::<Result<_, DbFel>>()?,
        });
    }
    Ok(ut)
}
