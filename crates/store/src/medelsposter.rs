//! What happens to grants besides their figures. Append-only: the engine itself refuses UPDATE
//! and DELETE.

use std::collections::{BTreeSet, HashMap};

use utfall_behorighet::Permit;
use utfall_domain::andring::Andring;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{
    AnvandareId, BeslutId, BidragId, FaktumId, InsatsId, MedelspostId, OrganisationId,
};
use utfall_domain::medel::arsavslut::{Avslutssteg, omfattas};
use utfall_domain::medel::post::{Innehall, Medelspost, NyMedelspost, Postgaller};

use crate::db::{DbFel, Las, Rad, Skriv, infogning, p, sql};
use crate::falt::Falt;
use crate::lov::{self, Skribent};

sql! {
    ALLA = "SELECT id, sak, nr, bidrag, insats, organisation, beslut, faktum, ar, innehall, \
            orsak, registrerad, registrerad_av FROM medelspost WHERE huvudman = $1 ORDER BY id";
    AVSLUT = "SELECT id, sak, nr, bidrag, insats, organisation, beslut, faktum, ar, innehall, \
              orsak, registrerad, registrerad_av FROM medelspost \
              WHERE huvudman = $1 AND slag = 'arsavslut' ORDER BY id";
    INSATSENS_BIDRAG = "SELECT bidrag FROM insats WHERE huvudman = $1 AND id = $2";
    SAKENS_SISTA = "SELECT MAX(nr) AS nr FROM medelspost WHERE huvudman = $1 AND sak = $2";
}

infogning! {
    NY = "medelspost" (
        "id", "huvudman", "sak", "nr", "slag", "bidrag", "insats", "organisation", "beslut",
        "faktum", "ar", "innehall", "orsak", "registrerad", "registrerad_av",
    );
}

pub(crate) fn i_huvudman(k: &mut Las, huvudman: i64) -> Result<Vec<Medelspost>, DbFel> {
    k.alla(&ALLA, p![huvudman], rad)
}

fn rad(rad: &Rad<'_>) -> Result<Medelspost, DbFel> {
    let f = Falt::ny(rad, "medelspost", "id")?;
    let text = f.text("innehall")?;
    let innehall: Innehall = serde_json::from_str(&text).map_err(|e| f.omojlig("innehall", &e))?;
    Ok(Medelspost {
        registrerad: f.tid("registrerad")?,
        registrerad_av: f.id("registrerad_av", AnvandareId::ny)?,
        post: NyMedelspost {
            id: f.id("id", MedelspostId::ny)?,
            sak: f.id("sak", MedelspostId::ny)?,
            nr: f.tal("nr")?,
            om: Postgaller {
                bidrag: f.id_eller_null("bidrag", BidragId::ny)?,
                insats: f.id_eller_null("insats", InsatsId::ny)?,
                organisation: f.id_eller_null("organisation", OrganisationId::ny)?,
                beslut: f.id_eller_null("beslut", BeslutId::ny)?,
                faktum: f.id_eller_null("faktum", FaktumId::ny)?,
                ar: f.litet_eller_null("ar")?,
            },
            innehall,
            orsak: f.text_eller_null("orsak")?,
        },
    })
}

/// Refused with [`DbFel::Version`] when somebody has added a row to the thing meanwhile.
pub(crate) fn ny(k: &mut Skriv, av: Skribent, ny: &NyMedelspost) -> Result<(), DbFel> {
    let sista = k.en(&SAKENS_SISTA, p![av.huvudman, ny.sak.nummer()], |r| {
        r.tal_eller_null("nr")
    })?;
    if sista.unwrap_or(0).saturating_add(1) != ny.nr {
        return Err(DbFel::Version);
    }
    let innehall = serde_json::to_string(&ny.innehall).map_err(|e| DbFel::Regel {
        detalj: e.to_string(),
    })?;
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        ny.sak.nummer(),
        ny.nr,
        ny.innehall.kod(),
        ny.om.bidrag.map(BidragId::nummer),
        ny.om.insats.map(InsatsId::nummer),
        ny.om.organisation.map(OrganisationId::nummer),
        ny.om.beslut.map(BeslutId::nummer),
        ny.om.faktum.map(FaktumId::nummer),
        ny.om.ar.map(i64::from),
        innehall,
        ny.orsak.as_deref(),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY, [rad]).map(drop)
}

/// Refuses facts about a grant's year that is closed, unless they say that they are made after
/// it. Here, under every use case there is: an import or a correction that forgot would
/// otherwise change what is settled, unseen.
///
/// A payment to the funder is let through: it changes nothing of what the year came to.
pub(crate) fn prova_oppna<'a>(
    k: &mut Skriv,
    huvudman: i64,
    fakta: impl IntoIterator<Item = &'a NyttFaktum>,
) -> Result<(), DbFel> {
    let aren = avslutade(k, huvudman)?;
    if aren.is_empty() {
        return Ok(());
    }
    let fakta: Vec<&NyttFaktum> = fakta.into_iter().filter(|f| !f.efter_avslut).collect();
    let gamla = rattade(k, huvudman, fakta.iter().copied())?;
    let mut bidragen = Insatsbidrag::new();
    for f in fakta {
        let rord = rorda((&mut *k, huvudman), f, &gamla, &mut bidragen)?;
        if let Some((_, ar)) = rord.iter().find(|rord| aren.get(rord) == Some(&STANGT)) {
            return Err(DbFel::AretAvslutat { ar: *ar });
        }
    }
    Ok(())
}

/// Marks what is planned about a grant's year that has been closed and is open again: also that
/// is made after the year was settled, and is seen as it. Under every use case, as the lock is.
/// What touches a year that is closed is left to be refused. Answers with the years.
///
/// # Errors
/// [`DbFel::FelPermit`] if the permit's action makes no facts, and those of the database.
pub fn markera_oppnade(
    k: &mut Skriv,
    permit: &Permit,
    andringar: &mut [Andring],
) -> Result<BTreeSet<i16>, DbFel> {
    let mut ut = BTreeSet::new();
    let fakta = andringar.iter_mut().filter_map(|andring| match andring {
        Andring::NyttFaktum { faktum, .. } if !faktum.efter_avslut => Some(faktum),
        _ => None,
    });
    let fakta: Vec<_> = fakta.collect();
    if fakta.is_empty() {
        return Ok(ut);
    }
    let huvudman = lov::las(permit, crate::tillampa::FAKTA)?;
    let aren = avslutade(k, huvudman)?;
    if !aren.values().any(|stangt| *stangt == OPPET_IGEN) {
        return Ok(ut);
    }
    let gamla = rattade(k, huvudman, fakta.iter().map(|f| &***f))?;
    let mut bidragen = Insatsbidrag::new();
    for f in fakta {
        let rord = rorda((&mut *k, huvudman), f, &gamla, &mut bidragen)?;
        let avslutade = || rord.iter().filter_map(|r| Some((r.1, *aren.get(r)?)));
        if avslutade().any(|(_, stangt)| stangt == STANGT) || avslutade().next().is_none() {
            continue;
        }
        f.efter_avslut = true;
        ut.extend(avslutade().map(|(ar, _)| ar));
    }
    Ok(ut)
}

type Insatsbidrag = HashMap<InsatsId, Option<BidragId>>;

/// What facts say and what they are about.
type Sagt = HashMap<FaktumId, (FaktumSlag, Galler)>;

/// What is corrected by some facts. A re-count corrects thousands, in the writer's turn.
fn rattade<'a>(
    k: &mut Skriv,
    huvudman: i64,
    fakta: impl Iterator<Item = &'a NyttFaktum>,
) -> Result<Sagt, DbFel> {
    let vilka: Vec<FaktumId> = fakta.filter_map(|f| f.rattar).collect();
    crate::fakta::om(k, huvudman, &vilka)
}

/// The grants' years that a fact changes: what it is about, and what the fact that it takes the
/// place of is about.
fn rorda(
    (k, huvudman): (&mut Skriv, i64),
    f: &NyttFaktum,
    gamla: &Sagt,
    bidragen: &mut Insatsbidrag,
) -> Result<Vec<(BidragId, i16)>, DbFel> {
    let gammalt = f.rattar.and_then(|id| gamla.get(&id)).cloned();
    let om = std::iter::once((f.slag, f.galler.clone())).chain(gammalt);
    let mut ut = Vec::new();
    for (_, galler) in om.filter(|(slag, galler)| omfattas(*slag, galler)) {
        let bidrag = match (galler.bidrag, galler.insats) {
            (Some(bidrag), _) => Some(bidrag),
            (None, Some(insats)) => match bidragen.get(&insats) {
                Some(bidrag) => *bidrag,
                None => {
                    let bidrag = insatsens_bidrag(k, huvudman, insats)?;
                    bidragen.insert(insats, bidrag);
                    bidrag
                }
            },
            (None, None) => None,
        };
        let aren = [galler.ar, galler.fran_ar].into_iter().flatten();
        ut.extend(aren.filter_map(|ar| Some((bidrag?, ar))));
    }
    Ok(ut)
}

fn insatsens_bidrag(
    k: &mut Skriv,
    huvudman: i64,
    insats: InsatsId,
) -> Result<Option<BidragId>, DbFel> {
    let nr = k.kanske(&INSATSENS_BIDRAG, p![huvudman, insats.nummer()], |r| {
        r.tal_eller_null("bidrag")
    })?;
    Ok(nr.flatten().and_then(BidragId::ny))
}

const STANGT: bool = true;
const OPPET_IGEN: bool = false;

/// The grants' years that have ever been closed: [`STANGT`] now, or [`OPPET_IGEN`].
fn avslutade(k: &mut Skriv, huvudman: i64) -> Result<HashMap<(BidragId, i16), bool>, DbFel> {
    let mut ut = HashMap::new();
    for p in k.alla(&AVSLUT, p![huvudman], rad)? {
        let (Some(bidrag), Some(ar)) = (p.post.om.bidrag, p.post.om.ar) else {
            continue;
        };
        match p.post.innehall {
            Innehall::Arsavslut(Avslutssteg::Stang) => ut.insert((bidrag, ar), STANGT),
            Innehall::Arsavslut(Avslutssteg::Oppna) => ut.insert((bidrag, ar), OPPET_IGEN),
            _ => None,
        };
    }
    Ok(ut)
}
