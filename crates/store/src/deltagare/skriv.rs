//! Writes about participants: each seals what it is given before it goes anywhere.

use utfall_behorighet::Permit;
use utfall_domain::deltagare::andring::{Deltagarandring, Fro, NyttDeltagande, Person};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Kand, Uppgifter};
use utfall_domain::id::{DeltagandeId, HuvudmanId, OrganisationId, PersonId, PersonradId};

use super::sigill;
use super::{anonyma, gallring, uppdrag};
use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::Skribent;
use crate::nycklar::{self, Blindvarde, Inslagen, Personnyckel, Registrerad};

sql! {
    PERSONEN = "SELECT p.id, p.organisation, \
                CASE WHEN p.gallras IS NULL THEN p.nyckel END AS nyckel FROM deltagarperson p \
                WHERE p.huvudman = $1 AND p.id = $2";
    DELTAGANDETS_PERSON = "SELECT d.person AS id, p.organisation, \
                           CASE WHEN p.gallras IS NULL THEN p.nyckel END AS nyckel \
                           FROM deltagande d JOIN deltagarperson p \
                           ON p.huvudman = d.huvudman AND p.id = d.person \
                           WHERE d.huvudman = $1 AND d.id = $2";
    SISTA_STEG = "SELECT MAX(nr) AS nr FROM deltagandesteg WHERE huvudman = $1 AND deltagande = $2";
    SISTA_UPPGIFT = "SELECT MAX(nr) AS nr FROM deltagaruppgift \
                     WHERE huvudman = $1 AND deltagande = $2";
    SISTA_SAMTYCKE = "SELECT MAX(nr) AS nr FROM samtyckessteg \
                      WHERE huvudman = $1 AND deltagande = $2 AND samtycke = $3";
    BLIND = "UPDATE deltagarperson SET blind = $3 WHERE huvudman = $1 AND id = $2";
}

infogning! {
    NY_PERSON = "deltagarperson" (
        "id", "huvudman", "organisation", "nyckel", "blind", "registrerad", "registrerad_av",
    );
    NYTT_DELTAGANDE = "deltagande" (
        "id", "huvudman", "person", "insats", "organisation", "registrerad", "registrerad_av",
    );
    NY_UPPGIFT = "deltagaruppgift" (
        "id", "huvudman", "deltagande", "nr", "nummer", "ord", "registrerad", "registrerad_av",
    );
    NYTT_STEG = "deltagandesteg" (
        "id", "huvudman", "deltagande", "nr", "innehall", "registrerad", "registrerad_av",
    );
    NYTT_SAMTYCKESSTEG = "samtyckessteg" (
        "id", "huvudman", "deltagande", "samtycke", "nr", "innehall", "registrerad",
        "registrerad_av",
    );
}

/// Where the steps lie.
pub(super) const STEG: &str = "deltagandesteg";
/// Where the steps of consents lie.
pub(super) const SAMTYCKE: &str = "samtyckessteg";

/// Carries out a write.
///
/// # Errors
/// [`DbFel::Version`] when somebody has written a step meanwhile; [`DbFel::Unik`] when an
/// assignment has ended already; [`DbFel::Nyckel`] when the person is gone or the key file is
/// not here; [`DbFel::IngenRad`] for what is not there or not open to who writes.
pub(crate) fn tillampa(
    k: &mut Skriv,
    permit: &Permit,
    av: Skribent,
    andring: &Deltagarandring,
) -> Result<(), DbFel> {
    use Deltagarandring as A;
    match andring {
        A::Gallring(g) => gallring::tillampa(k, av, g),
        A::NyttUppdrag(u) => uppdrag::nytt(k, av, u),
        A::AvslutaUppdrag { uppdrag, sist } => uppdrag::slut(k, av, *uppdrag, *sist),
        A::NyttDeltagande(ny) => {
            let idag = utfall_domain::tid::dag(av.tid()?);
            let b = uppdrag::behorighet(k, permit, idag)?;
            if !b.oppnar(ny.insats, ny.organisation) {
                return Err(DbFel::IngenRad);
            }
            nytt_deltagande(k, av, ny)
        }
        A::Steg { deltagande, .. }
        | A::Uppgifter { deltagande, .. }
        | A::Samtycke { deltagande, .. } => {
            let idag = utfall_domain::tid::dag(av.tid()?);
            let b = uppdrag::behorighet(k, permit, idag)?;
            if !uppdrag::prova(k, &b, *deltagande)? {
                return Err(DbFel::IngenRad);
            }
            vidare(k, av, andring)
        }
        A::Anonyma(ny) => {
            let idag = utfall_domain::tid::dag(av.tid()?);
            let b = uppdrag::behorighet(k, permit, idag)?;
            if !b.oppnar(ny.anonyma.insats, ny.anonyma.organisation) {
                return Err(DbFel::IngenRad);
            }
            anonyma::skriv(k, av, ny)
        }
    }
}

fn vidare(k: &mut Skriv, av: Skribent, andring: &Deltagarandring) -> Result<(), DbFel> {
    use Deltagarandring as A;
    match andring {
        A::Steg {
            rad,
            deltagande,
            nr,
            steg,
            fro,
        } => {
            folj(k, &SISTA_STEG, p![av.huvudman, deltagande.nummer()], *nr)?;
            let nyckel = deltagandets_nyckel(k, av.huvudman, *deltagande)?;
            let innehall = sigill::steg(&nyckel, STEG, (fro, *rad), steg)?;
            skriv_steg(k, av, (*rad, *deltagande, *nr), innehall)
        }
        A::Uppgifter {
            rad,
            deltagande,
            nr,
            uppgifter,
            grund,
            fro,
        } => {
            folj(k, &SISTA_UPPGIFT, p![av.huvudman, deltagande.nummer()], *nr)?;
            let nyckel = deltagandets_nyckel(k, av.huvudman, *deltagande)?;
            satt_blind(k, av, nyckel.vems(), uppgifter)?;
            skriv_uppgift(
                k,
                av,
                &nyckel,
                (*rad, *deltagande, *nr),
                (uppgifter, grund, fro),
            )
        }
        A::Samtycke { .. } => samtyckets_steg(k, av, andring),
        _ => Err(DbFel::Regel {
            detalj: "ändringen är ingen fortsättning".to_owned(),
        }),
    }
}

fn samtyckets_steg(k: &mut Skriv, av: Skribent, andring: &Deltagarandring) -> Result<(), DbFel> {
    let Deltagarandring::Samtycke {
        rad,
        deltagande,
        samtycke,
        nr,
        steg,
        fro,
    } = andring
    else {
        return Ok(());
    };
    let var = p![av.huvudman, deltagande.nummer(), samtycke.nummer()];
    folj(k, &SISTA_SAMTYCKE, var, *nr)?;
    let nyckel = deltagandets_nyckel(k, av.huvudman, *deltagande)?;
    let innehall = sigill::steg(&nyckel, SAMTYCKE, (fro, *rad), steg)?;
    let mut ny = p![
        rad.nummer(),
        av.huvudman,
        deltagande.nummer(),
        samtycke.nummer(),
        *nr,
        innehall
    ]
    .to_vec();
    ny.extend(av.stampel());
    k.infoga(&NYTT_SAMTYCKESSTEG, [ny]).map(drop)
}

/// Refuses a place that is not the next.
fn folj(
    k: &mut Skriv,
    sista: &crate::db::Sql,
    var: &[crate::db::P<'_>],
    nr: i64,
) -> Result<(), DbFel> {
    let sista = k.en(sista, var, |r| r.tal_eller_null("nr"))?;
    if sista.unwrap_or(0).saturating_add(1) == nr {
        return Ok(());
    }
    Err(DbFel::Version)
}

fn nytt_deltagande(k: &mut Skriv, av: Skribent, ny: &NyttDeltagande) -> Result<(), DbFel> {
    let (person, nyckel) = match ny.person {
        Person::Ny(id) => (id, ny_person(k, av, id, ny)?),
        Person::Kand(id) => (id, personens_nyckel(k, av.huvudman, id, ny.organisation)?),
    };
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        person.nummer(),
        ny.insats.nummer(),
        ny.organisation.nummer()
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NYTT_DELTAGANDE, [rad])?;
    skriv_uppgift(
        k,
        av,
        &nyckel,
        (ny.uppgiftsrad, ny.id, 1),
        (&ny.uppgifter, &ny.grund, &ny.fro),
    )?;
    let borjan = utfall_domain::deltagare::deltagande::Deltagandesteg::Borja(ny.intrade.clone());
    let innehall = sigill::steg(&nyckel, STEG, (&ny.fro, ny.stegrad), &borjan)?;
    skriv_steg(k, av, (ny.stegrad, ny.id, 1), innehall)
}

fn ny_person(
    k: &mut Skriv,
    av: Skribent,
    id: PersonId,
    ny: &NyttDeltagande,
) -> Result<Personnyckel, DbFel> {
    let vem = Registrerad {
        huvudman: huvudman(av)?,
        organisation: ny.organisation,
        person: id,
    };
    let ring = k.nycklar()?;
    let (nyckel, inslagen) = ring.ny_personnyckel(
        vem,
        &mut nycklar::ur_fro(&ny.fro, b"personnyckel"),
        sigill::nonce(&ny.fro, ny.uppgiftsrad, "omslag"),
    )?;
    let blind = blindvarde(k, vem, &ny.uppgifter)?;
    let mut rad = p![
        id.nummer(),
        av.huvudman,
        ny.organisation.nummer(),
        inslagen.bytes(),
        blind.as_ref().map(|b| b.bytes().to_vec()),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_PERSON, [rad])?;
    Ok(nyckel)
}

fn blindvarde(
    k: &mut Skriv,
    vem: Registrerad,
    uppgifter: &Uppgifter,
) -> Result<Option<Blindvarde>, DbFel> {
    let Kand::Nummer(nummer) = &uppgifter.kand else {
        return Ok(None);
    };
    let siffror = nummer.tolv_siffror();
    let ring = k.nycklar()?;
    let varde = ring.blindvarde(vem.huvudman, vem.organisation, siffror.som_str())?;
    Ok(Some(varde))
}

/// What was said of who somebody is may have been wrong: the person is found by what holds.
fn satt_blind(
    k: &mut Skriv,
    av: Skribent,
    vem: Registrerad,
    uppgifter: &Uppgifter,
) -> Result<(), DbFel> {
    let blind = blindvarde(k, vem, uppgifter)?;
    let par = p![
        av.huvudman,
        vem.person.nummer(),
        blind.as_ref().map(|b| b.bytes().to_vec())
    ];
    k.kor(&BLIND, par).map(drop)
}

fn skriv_uppgift(
    k: &mut Skriv,
    av: Skribent,
    nyckel: &Personnyckel,
    (rad, deltagande, nr): (PersonradId, DeltagandeId, i64),
    (uppgifter, grund, fro): (&Uppgifter, &Behandlingsgrund, &Fro),
) -> Result<(), DbFel> {
    let f = sigill::uppgifter(nyckel, (fro, rad), uppgifter, grund)?;
    let mut ny = p![
        rad.nummer(),
        av.huvudman,
        deltagande.nummer(),
        nr,
        f.nummer,
        f.ord
    ]
    .to_vec();
    ny.extend(av.stampel());
    k.infoga(&NY_UPPGIFT, [ny]).map(drop)
}

fn skriv_steg(
    k: &mut Skriv,
    av: Skribent,
    (rad, deltagande, nr): (PersonradId, DeltagandeId, i64),
    innehall: Vec<u8>,
) -> Result<(), DbFel> {
    let mut ny = p![rad.nummer(), av.huvudman, deltagande.nummer(), nr, innehall].to_vec();
    ny.extend(av.stampel());
    k.infoga(&NYTT_STEG, [ny]).map(drop)
}

fn huvudman(av: Skribent) -> Result<HuvudmanId, DbFel> {
    HuvudmanId::ny(av.huvudman).ok_or(DbFel::IngenRad)
}

/// The key of a person of this organisation.
fn personens_nyckel(
    k: &mut Las,
    huvudman: i64,
    id: PersonId,
    organisation: OrganisationId,
) -> Result<Personnyckel, DbFel> {
    let vem = k.en(&PERSONEN, p![huvudman, id.nummer()], nyckelrad)?;
    let nyckel = oppna(k, huvudman, vem)?;
    if nyckel.vems().organisation == organisation {
        return Ok(nyckel);
    }
    Err(DbFel::IngenRad)
}

/// The key of the person whose participation it is.
fn deltagandets_nyckel(
    k: &mut Las,
    huvudman: i64,
    id: DeltagandeId,
) -> Result<Personnyckel, DbFel> {
    let par = p![huvudman, id.nummer()];
    let vem = k.en(&DELTAGANDETS_PERSON, par, nyckelrad)?;
    oppna(k, huvudman, vem)
}

/// Whose a key is, and the key as it is kept; none is kept of who is gone.
pub(super) type Nyckelrad = (PersonId, OrganisationId, Option<Vec<u8>>);

pub(super) fn nyckelrad(r: &crate::db::Rad<'_>) -> Result<Nyckelrad, DbFel> {
    let f = Falt::ny(r, "deltagarperson", "id")?;
    Ok((
        f.id("id", PersonId::ny)?,
        f.id("organisation", OrganisationId::ny)?,
        r.bytes_eller_null("nyckel")?,
    ))
}

/// Opens a person's key.
pub(super) fn oppna(
    k: &mut Las,
    huvudman: i64,
    (person, organisation, bytes): Nyckelrad,
) -> Result<Personnyckel, DbFel> {
    let bytes = bytes.ok_or(DbFel::Nyckel(nycklar::Nyckelfel::Begravd))?;
    let vem = Registrerad {
        huvudman: HuvudmanId::ny(huvudman).ok_or(DbFel::IngenRad)?,
        organisation,
        person,
    };
    let inslagen = Inslagen::ur_bytes(&bytes)?;
    Ok(k.nycklar()?.oppna_personnyckel(vem, &inslagen)?)
}
