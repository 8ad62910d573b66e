//! What is to be destroyed, what has been, and what stays of it.
//!
//! Invariant: what gallring reads of a participant is how old, what happened and when, and never
//! who it is. A person goes in two transactions: the first says that the person is gone and what
//! stays, and from then no reader opens the key; the second writes the tombstone on the disk
//! and destroys the key. Cut off between them, the next start does the rest
//! ([`crate::nycklar::personer`]).

use std::collections::BTreeMap;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::deltagare::gallring::{
    Forslagslage, Forslagsrad, Gallringsandring, Gallringsbeslut, Gallringsforslag, Gallringsregel,
    Gallringsslag, Gallringsunderlag, Protokoll,
};
use utfall_domain::deltagare::grovt::Grovrad;
use utfall_domain::deltagare::rad::Deltagarrad;
use utfall_domain::id::{
    AnvandareId, DeltagandeId, GallringsforslagId, GallringsprotokollId, GallringsregelId,
    InsatsId, OrganisationId, PersonId,
};
use utfall_domain::insatser::Insats;
use utfall_domain::organisation::Huvudman;
use utfall_domain::tid;

use super::matt;
use crate::anvandare::{self, Konto};
use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};
use crate::nycklar::personer;
use crate::{insatser, nycklar, organisation};

sql! {
    REGLER = "SELECT id, slag, manader, beslutad, beteckning, fran, till FROM gallringsregel \
              WHERE huvudman = $1 ORDER BY id";
    FORSLAG = "SELECT f.id, f.regel, f.registrerad, f.registrerad_av, a.forslag AS aterkallat, \
               p.id AS protokoll FROM gallringsforslag f LEFT JOIN gallringsaterkallelse a \
               ON a.huvudman = f.huvudman AND a.forslag = f.id LEFT JOIN gallringsprotokoll p \
               ON p.huvudman = f.huvudman AND p.forslag = f.id WHERE f.huvudman = $1 ORDER BY f.id";
    FORSLAGSRADER = "SELECT forslag, deltagande, rader FROM gallringsforslagsrad \
                     WHERE huvudman = $1 ORDER BY forslag, deltagande";
    PROTOKOLL = "SELECT p.id, p.innehall, COUNT(d.id) AS kvar FROM gallringsprotokoll p \
                 LEFT JOIN deltagarperson d ON d.huvudman = p.huvudman AND d.gallras = p.id \
                 AND d.nyckel IS NOT NULL WHERE p.huvudman = $1 GROUP BY p.id, p.innehall \
                 ORDER BY p.id";
    GROVA = "SELECT person, insats, organisation, innehall FROM grovt \
             WHERE huvudman = $1 ORDER BY person, nr";
    FORSLAGETS = "SELECT registrerad_av FROM gallringsforslag WHERE huvudman = $1 AND id = $2";
    FINNS = "SELECT id FROM gallringsprotokoll WHERE huvudman = $1 AND id = $2";
    MARK = "UPDATE deltagarperson SET gallras = $3 \
            WHERE huvudman = $1 AND id = $2 AND gallras IS NULL";
}

infogning! {
    NY_REGEL = "gallringsregel" (
        "id", "huvudman", "slag", "manader", "beslutad", "beteckning", "fran", "till",
        "registrerad", "registrerad_av",
    );
    NYTT_FORSLAG = "gallringsforslag" (
        "id", "huvudman", "regel", "registrerad", "registrerad_av",
    );
    NY_FORSLAGSRAD = "gallringsforslagsrad" (
        "huvudman", "forslag", "deltagande", "rader", "registrerad", "registrerad_av",
    );
    NY_ATERKALLELSE = "gallringsaterkallelse" (
        "huvudman", "forslag", "registrerad", "registrerad_av",
    );
    NYTT_PROTOKOLL = "gallringsprotokoll" (
        "id", "huvudman", "forslag", "forberett_av", "innehall", "registrerad", "registrerad_av",
    );
    NYTT_GROVT = "grovt" ("huvudman", "person", "nr", "insats", "organisation", "innehall");
}

/// The actions of gallring.
const GALLRING: &[Atgard] = &[
    Atgard::LasaGallring,
    Atgard::ForberedaGallring,
    Atgard::BekraftaGallring,
];

/// Where gallring is.
#[derive(Clone, Debug)]
pub struct Gallringslage {
    /// Whose books.
    pub huvudman: Huvudman,
    /// Every rule there is and has been.
    pub regler: Vec<Gallringsregel>,
    /// Every proposal.
    pub forslag: Vec<Gallringsforslag>,
    /// Every protocol.
    pub protokoll: Vec<Protokoll>,
    /// Every participation that is kept.
    pub underlag: Vec<Gallringsunderlag>,
    /// The initiatives.
    pub insatser: Vec<Insats>,
    /// The accounts.
    pub konton: Vec<Konto>,
}

/// Where gallring is.
///
/// # Errors
/// [`DbFel::FelPermit`] for a permit that is for something else; [`DbFel::Nyckel`] when
/// something does not open.
pub fn las(k: &mut Las, permit: &Permit) -> Result<Gallringslage, DbFel> {
    let huvudman = lov::las(permit, GALLRING)?;
    let mut forslag = k.alla(&FORSLAG, p![huvudman], forslagsrad)?;
    for (id, rad) in k.alla(&FORSLAGSRADER, p![huvudman], rad_i_forslag)? {
        if let Some(f) = forslag.iter_mut().find(|f| f.id == id) {
            f.rader.push(rad);
        }
    }
    let mut underlag = Vec::new();
    matt::varje(k, huvudman, |levande| {
        underlag.extend(gallringsunderlag(&levande))
    })?;
    Ok(Gallringslage {
        huvudman: organisation::egen_huvudman(k, permit)?,
        regler: k.alla(&REGLER, p![huvudman], regelrad)?,
        forslag,
        protokoll: k.alla(&PROTOKOLL, p![huvudman], protokollrad)?,
        underlag,
        insatser: insatser::i_huvudman(k, huvudman)?,
        konton: anvandare::i_huvudman(k, huvudman)?,
    })
}

/// `None` of steps that do not go together: that is for who has the participant to see to, and
/// the person is not destroyed meanwhile.
fn gallringsunderlag(l: &matt::Levande) -> Option<Gallringsunderlag> {
    let deltagande = l.deltagande()?;
    let registrerat = l.steg.iter().map(|(dag, _)| *dag).max()?;
    Some(Gallringsunderlag {
        id: l.id,
        person: l.person,
        insats: l.insats,
        organisation: l.organisation,
        alder: l.alder(deltagande.intrade.dag),
        deltagande,
        rader: l.rader,
        registrerat,
    })
}

/// What stays of those who are gone, as participations that figures are made of.
///
/// # Errors
/// [`DbFel::FelPermit`] for a permit that is for something else.
pub fn grova(k: &mut Las, permit: &Permit) -> Result<Vec<Deltagarrad>, DbFel> {
    let huvudman = lov::las(permit, &[Atgard::LasaDeltagarmatt])?;
    k.alla(&GROVA, p![huvudman], grovrad)
}

fn grovrad(rad: &Rad<'_>) -> Result<Deltagarrad, DbFel> {
    let f = Falt::ny(rad, "grovt", "person")?;
    let grovt = serde_json::from_str(&f.text("innehall")?);
    let rad = Grovrad {
        insats: f.id("insats", InsatsId::ny)?,
        organisation: f.id("organisation", OrganisationId::ny)?,
        person: f.id("person", PersonId::ny)?,
        grovt: grovt.map_err(|e| f.omojlig("innehall", &e))?,
    };
    let hor_inte_ihop = || f.omojlig("innehall", &"kvartalen och längden går inte ihop");
    rad.rad().ok_or_else(hor_inte_ihop)
}

fn regelrad(rad: &Rad<'_>) -> Result<Gallringsregel, DbFel> {
    let f = Falt::ny(rad, "gallringsregel", "id")?;
    let manader = u16::try_from(f.tal("manader")?).map_err(|e| f.omojlig("manader", &e))?;
    Ok(Gallringsregel {
        id: f.id("id", GallringsregelId::ny)?,
        slag: f.kod("slag", Gallringsslag::av_kod)?,
        manader,
        beslut: Gallringsbeslut {
            dag: f.datum("beslutad")?,
            beteckning: f.text("beteckning")?,
        },
        fran: f.datum("fran")?,
        till: f.datum_eller_null("till")?,
    })
}

fn forslagsrad(rad: &Rad<'_>) -> Result<Gallringsforslag, DbFel> {
    let f = Falt::ny(rad, "gallringsforslag", "id")?;
    let protokoll = f.id_eller_null("protokoll", GallringsprotokollId::ny)?;
    let aterkallat = f.id_eller_null("aterkallat", GallringsforslagId::ny)?;
    Ok(Gallringsforslag {
        id: f.id("id", GallringsforslagId::ny)?,
        regel: f.id("regel", GallringsregelId::ny)?,
        rader: Vec::new(),
        av: f.id("registrerad_av", AnvandareId::ny)?,
        dag: tid::dag(f.tid("registrerad")?),
        lage: match (protokoll, aterkallat) {
            (Some(id), _) => Forslagslage::Verkstallt(id),
            (None, Some(_)) => Forslagslage::Aterkallat,
            (None, None) => Forslagslage::Forberett,
        },
    })
}

fn rad_i_forslag(rad: &Rad<'_>) -> Result<(GallringsforslagId, Forslagsrad), DbFel> {
    let f = Falt::ny(rad, "gallringsforslagsrad", "deltagande")?;
    let vad = Forslagsrad {
        deltagande: f.id("deltagande", DeltagandeId::ny)?,
        rader: f.tal("rader")?,
    };
    Ok((f.id("forslag", GallringsforslagId::ny)?, vad))
}

fn protokollrad(rad: &Rad<'_>) -> Result<Protokoll, DbFel> {
    let f = Falt::ny(rad, "gallringsprotokoll", "id")?;
    let innehall = serde_json::from_str(&f.text("innehall")?);
    Ok(Protokoll {
        id: f.id("id", GallringsprotokollId::ny)?,
        innehall: innehall.map_err(|e| f.omojlig("innehall", &e))?,
        klart: f.tal("kvar")? == 0,
    })
}

/// Carries out a write of gallring.
///
/// # Errors
/// [`DbFel::IngenRad`] for what is not there, [`DbFel::Unik`] for what is done already,
/// [`DbFel::Version`] when a person in it is gone by another protocol, and [`DbFel::Nyckel`]
/// when the tombstones cannot be written: nothing is destroyed then.
pub(super) fn tillampa(
    k: &mut Skriv,
    av: Skribent,
    andring: &Gallringsandring,
) -> Result<(), DbFel> {
    use Gallringsandring as G;
    match andring {
        G::NyRegel(r) => ny_regel(k, av, r),
        G::NyttForslag { id, regel, rader } => nytt_forslag(k, av, (*id, *regel), rader),
        G::Aterkalla(id) => {
            let mut rad = p![av.huvudman, id.nummer()].to_vec();
            rad.extend(av.stampel());
            k.infoga(&NY_ATERKALLELSE, [rad]).map(drop)
        }
        G::Verkstall {
            id,
            forslag,
            innehall,
            personer,
            grova,
        } => {
            let text = json(innehall)?;
            let konto = p![av.huvudman, forslag.nummer()];
            let forberett_av = k.en(&FORSLAGETS, konto, |rad| rad.tal("registrerad_av"))?;
            let mut rad = p![
                id.nummer(),
                av.huvudman,
                forslag.nummer(),
                forberett_av,
                text
            ]
            .to_vec();
            rad.extend(av.stampel());
            k.infoga(&NYTT_PROTOKOLL, [rad])?;
            for person in personer {
                let antal = k.kor(&MARK, p![av.huvudman, person.nummer(), id.nummer()])?;
                if antal != 1 {
                    return Err(DbFel::Version);
                }
            }
            skriv_grova(k, av, grova)
        }
        G::Forstor(id) => forstor(k, av, *id),
    }
}

fn ny_regel(k: &mut Skriv, av: Skribent, r: &Gallringsregel) -> Result<(), DbFel> {
    let mut rad = p![
        r.id.nummer(),
        av.huvudman,
        r.slag.kod(),
        i64::from(r.manader),
        datum(r.beslut.dag),
        r.beslut.beteckning.clone(),
        datum(r.fran),
        r.till.map(datum),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_REGEL, [rad]).map(drop)
}

fn nytt_forslag(
    k: &mut Skriv,
    av: Skribent,
    (id, regel): (GallringsforslagId, GallringsregelId),
    rader: &[Forslagsrad],
) -> Result<(), DbFel> {
    let mut ny = p![id.nummer(), av.huvudman, regel.nummer()].to_vec();
    ny.extend(av.stampel());
    k.infoga(&NYTT_FORSLAG, [ny])?;
    let rad = |r: &Forslagsrad| {
        let mut rad = p![av.huvudman, id.nummer(), r.deltagande.nummer(), r.rader].to_vec();
        rad.extend(av.stampel());
        rad
    };
    let alla: Vec<_> = rader.iter().map(rad).collect();
    k.infoga(&NY_FORSLAGSRAD, alla).map(drop)
}

fn skriv_grova(k: &mut Skriv, av: Skribent, grova: &[Grovrad]) -> Result<(), DbFel> {
    let mut rader = Vec::with_capacity(grova.len());
    // A person goes in one protocol: all there is of the person is numbered here.
    let mut nummer: BTreeMap<PersonId, i64> = BTreeMap::new();
    for g in grova {
        let nr = nummer.entry(g.person).or_default();
        *nr = nr.saturating_add(1);
        let platser = [g.insats.nummer(), g.organisation.nummer()];
        let rad = p![
            av.huvudman,
            g.person.nummer(),
            *nr,
            platser[0],
            platser[1],
            json(&g.grovt)?
        ];
        rader.push(rad.to_vec());
    }
    k.infoga(&NYTT_GROVT, rader).map(drop)
}

/// The tombstones outlive a transaction that is not kept: that is why what stays is kept before,
/// and why doing it again does no harm.
fn forstor(k: &mut Skriv, av: Skribent, id: GallringsprotokollId) -> Result<(), DbFel> {
    k.en(&FINNS, p![av.huvudman, id.nummer()], |rad| rad.tal("id"))?;
    let ring = k.nycklar()?;
    let mut alla = personer::marka(k)?;
    alla.retain(|m| (m.vem.huvudman.nummer(), m.protokoll) == (av.huvudman, id.nummer()));
    personer::begrav_marka(k, &ring, &alla)?;
    nycklar::minns(k, &ring.huvud()?)
}

fn json<T: serde::Serialize>(sak: &T) -> Result<String, DbFel> {
    serde_json::to_string(sak).map_err(|e| DbFel::Regel {
        detalj: e.to_string(),
    })
}
