//! What is booked: the imports with where they are in their lives, the accounts with their
//! sums, and vouchers entered by hand.
//!
//! Invariant: an import's rows are read only when it is in force, or by the one that brings
//! them in; every sum here is over the imports in force.

pub(crate) mod inbokat;
pub mod koppling;
pub(crate) mod rackvidd;
pub mod skriv;
pub mod stada;
pub mod verifikationer;

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::id::{
    AnvandareId, BidragId, InlasningId, InsatsId, OrganisationId, VerifikationId,
};
use utfall_domain::medel::kontering::{Konteringsslag, Till};
use utfall_domain::medel::verifikation::{
    Bokforingsar, Handverifikation, Inlasning, Inlasningslage, Inlasningsutfall,
};

pub use inbokat::Inbokat;

use crate::db::{DbFel, Las, Skriv, infogning, p, sql};
use crate::falt::{Falt, datum};
use crate::lov::{self, Skribent};

/// Actions that read what is booked.
pub(crate) const BOKFORING: &[Atgard] = &[
    Atgard::LasaBokforing,
    Atgard::LasaVerifikationstext,
    Atgard::ImporteraSie,
    Atgard::AngraInlasning,
    Atgard::AndraKoppling,
    Atgard::BokforForHand,
    Atgard::ExporteraSie,
];

sql! {
    INLASNINGAR = "SELECT id, sha256, filnamn, orgnr, ar_fran, ar_till, foretag, program, \
                   kodning, verifikationer, rader, komplett, registrerad, registrerad_av \
                   FROM sie_inlasning WHERE huvudman = $1 ORDER BY id DESC";
    LAGEN = "SELECT inlasning, lage, orsak, nya, lika, andrade, saknas, registrerad, \
             registrerad_av FROM sie_lage WHERE huvudman = $1 ORDER BY inlasning";
    PAGAR = "SELECT inlasning, klara, senast FROM sie_pagar WHERE huvudman = $1";
    INLASNINGSLAGE = "SELECT (SELECT COALESCE(MAX(id), 0) FROM sie_inlasning \
                      WHERE huvudman = $1) AS sist, (SELECT COUNT(*) FROM sie_lage \
                      WHERE huvudman = $1) AS steg";
    FOR_HAND = "SELECT id, nummer, datum, insats, bidrag, organisation, slag, kostnadsslag, \
                ore, vad, referens, rattar, registrerad, registrerad_av FROM handverifikation \
                WHERE huvudman = $1 ORDER BY nummer";
}

infogning! {
    NY_FOR_HAND = "handverifikation" (
        "id", "huvudman", "nummer", "datum", "insats", "bidrag", "organisation", "slag",
        "kostnadsslag", "ore", "vad", "referens", "rattar", "registrerad", "registrerad_av",
    );
}

/// A step in an import's life.
struct Steg {
    lage: Inlasningslage,
    orsak: Option<String>,
    utfall: Inlasningsutfall,
    nar: (Timestamp, AnvandareId),
}

/// The files read in, latest first, those that were stopped or taken back too.
pub fn inlasningar(k: &mut Las, permit: &Permit) -> Result<Vec<Inlasning>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let mut steg = steg(k, huvudman)?;
    k.alla(&INLASNINGAR, p![huvudman], |rad| {
        let f = Falt::ny(rad, "sie_inlasning", "id")?;
        let id = f.id("id", InlasningId::ny)?;
        let nar = (
            f.tid("registrerad")?,
            f.id("registrerad_av", AnvandareId::ny)?,
        );
        let steg = steg.remove(&id).unwrap_or_default();
        let sist = steg.iter().max_by_key(|s| ordning(s.lage));
        Ok(Inlasning {
            id,
            sha256: f.hash("sha256")?,
            filnamn: f.text("filnamn")?,
            ar: Bokforingsar {
                orgnr: f.text("orgnr")?,
                fran: f.datum("ar_fran")?,
                till: f.datum("ar_till")?,
            },
            foretag: f.text("foretag")?,
            program: f.text("program")?,
            kodning: f.text("kodning")?,
            verifikationer: f.tal("verifikationer")?,
            rader: f.tal("rader")?,
            komplett: f.bool("komplett")?,
            lage: sist.map_or(Inlasningslage::Paborjad, |s| s.lage),
            utfall: steg
                .iter()
                .find(|s| s.lage == Inlasningslage::Galler)
                .map_or_else(Inlasningsutfall::default, |s| s.utfall),
            registrerad: nar.0,
            registrerad_av: nar.1,
            andrad: sist.map_or(nar, |s| s.nar),
            orsak: sist.and_then(|s| s.orsak.clone()),
        })
    })
}

const fn ordning(lage: Inlasningslage) -> u8 {
    match lage {
        Inlasningslage::Paborjad => 0,
        Inlasningslage::Galler | Inlasningslage::Avbruten => 1,
        Inlasningslage::Angrad => 2,
    }
}

fn steg(k: &mut Las, huvudman: i64) -> Result<HashMap<InlasningId, Vec<Steg>>, DbFel> {
    let mut ut: HashMap<InlasningId, Vec<Steg>> = HashMap::new();
    let alla = k.alla(&LAGEN, p![huvudman], |rad| {
        let f = Falt::ny(rad, "sie_lage", "inlasning")?;
        let steg = Steg {
            lage: f.kod("lage", Inlasningslage::av_kod)?,
            orsak: f.text_eller_null("orsak")?,
            utfall: Inlasningsutfall {
                nya: f.tal("nya")?,
                lika: f.tal("lika")?,
                andrade: f.tal("andrade")?,
                saknas: f.tal("saknas")?,
            },
            nar: (
                f.tid("registrerad")?,
                f.id("registrerad_av", AnvandareId::ny)?,
            ),
        };
        Ok((f.id("inlasning", InlasningId::ny)?, steg))
    })?;
    for (id, steg) in alla {
        ut.entry(id).or_default().push(steg);
    }
    Ok(ut)
}

/// The imports in force.
pub(crate) fn i_kraft(k: &mut Las, huvudman: i64) -> Result<BTreeSet<InlasningId>, DbFel> {
    let alla = steg(k, huvudman)?;
    let galler = |steg: &[Steg]| {
        let ar = |lage| steg.iter().any(|s| s.lage == lage);
        ar(Inlasningslage::Galler) && !ar(Inlasningslage::Angrad)
    };
    Ok(alla
        .into_iter()
        .filter(|(_, steg)| galler(steg))
        .map(|(id, _)| id)
        .collect())
}

/// The imports in force.
///
/// # Errors
/// As the database says.
pub fn inbokat_nu(k: &mut Las, permit: &Permit) -> Result<BTreeSet<InlasningId>, DbFel> {
    i_kraft(k, lov::las(permit, BOKFORING)?)
}

/// A moment of what is booked: while it stands still, what was read before still holds.
///
/// An import has rows of its own before the journal says anything of it, and when it is
/// stopped. What it brings on its way is in no sum until the journal says that it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bokforingslage {
    /// The number of the huvudman's last journal entry.
    pub journal: i64,
    /// The number of the last import that was begun.
    sist: i64,
    /// How many steps the imports have taken.
    steg: i64,
}

/// The moment that what is booked is read at.
///
/// # Errors
/// [`DbFel::FelPermit`] for those who may not read the accounts or the books: neither may they
/// have them from memory.
pub fn lage(k: &mut Las, permit: &Permit) -> Result<Bokforingslage, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let journal = crate::bocker::lage(k, permit)?;
    k.en(&INLASNINGSLAGE, p![huvudman], |rad| {
        Ok(Bokforingslage {
            journal,
            sist: rad.tal("sist")?,
            steg: rad.tal("steg")?,
        })
    })
}

/// The import under way: which, how many vouchers are done, and when it last moved.
pub fn pagar(k: &mut Las, permit: &Permit) -> Result<Option<(InlasningId, i64, Timestamp)>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    k.kanske(&PAGAR, p![huvudman], |rad| {
        let f = Falt::ny(rad, "sie_pagar", "inlasning")?;
        Ok((
            f.id("inlasning", InlasningId::ny)?,
            f.tal("klara")?,
            f.tid("senast")?,
        ))
    })
}

/// A voucher entered by hand, with when and by whom.
pub type ForHand = (Handverifikation, Timestamp, AnvandareId);

/// The vouchers entered by hand. What they are for is left out unless the permit is for the
/// texts.
pub fn handverifikationer(k: &mut Las, permit: &Permit) -> Result<Vec<ForHand>, DbFel> {
    let huvudman = lov::las(permit, BOKFORING)?;
    let med_text = permit.atgard() == Atgard::LasaVerifikationstext;
    k.alla(&FOR_HAND, p![huvudman], |rad| {
        let f = Falt::ny(rad, "handverifikation", "id")?;
        let text = |kolumn| {
            if med_text {
                f.text(kolumn)
            } else {
                Ok(String::new())
            }
        };
        let v = Handverifikation {
            id: f.id("id", VerifikationId::ny)?,
            nummer: f.tal("nummer")?,
            datum: f.datum("datum")?,
            till: Till {
                insats: f.id("insats", InsatsId::ny)?,
                bidrag: f.id_eller_null("bidrag", BidragId::ny)?,
                organisation: f.id_eller_null("organisation", OrganisationId::ny)?,
            },
            slag: f.kod("slag", Konteringsslag::av_kod)?,
            kostnadsslag: f.text_eller_null("kostnadsslag")?,
            ore: f.tal("ore")?,
            vad: text("vad")?,
            referens: text("referens")?,
            rattar: f.id_eller_null("rattar", VerifikationId::ny)?,
        };
        Ok((
            v,
            f.tid("registrerad")?,
            f.id("registrerad_av", AnvandareId::ny)?,
        ))
    })
}

pub(crate) fn ny_handverifikation(
    k: &mut Skriv,
    av: Skribent,
    ny: &Handverifikation,
) -> Result<(), DbFel> {
    let mut rad = p![
        ny.id.nummer(),
        av.huvudman,
        ny.nummer,
        datum(ny.datum),
        ny.till.insats.nummer(),
        ny.till.bidrag.map(BidragId::nummer),
        ny.till.organisation.map(OrganisationId::nummer),
        ny.slag.kod(),
        ny.kostnadsslag.as_deref(),
        ny.ore,
        &ny.vad,
        &ny.referens,
        ny.rattar.map(VerifikationId::nummer),
    ]
    .to_vec();
    rad.extend(av.stampel());
    k.infoga(&NY_FOR_HAND, [rad]).map(drop)
}
