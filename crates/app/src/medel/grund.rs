//! What several use cases of a grant's life check.

use jiff::civil::Date;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{DELREKVISITION, FaktumSlag};
use utfall_domain::id::{BidragId, FaktumId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::avrakning::Poster;
use utfall_domain::medel::post::Innehall;
use utfall_domain::medel::rekvisition::{Riktning, alla};
use utfall_domain::problem::Problem;

use crate::lasning::Bok;

/// `1 januari 2026 till 30 juni 2026`.
pub(super) fn mellan(fran: Date, till: Date) -> String {
    let ord = utfall_domain::tid::i_ord;
    format!("{} till {}", ord(fran), ord(till))
}

/// A day that has been.
pub(super) fn prova_dag(dag: Option<Date>, idag: Date, falt: &str) -> Result<Date, Problem> {
    match dag {
        Some(dag) if dag <= idag => Ok(dag),
        Some(dag) => Err(Problem::ogiltigt(
            "dag-framtid",
            format!("Dagen {} har inte varit.", utfall_domain::tid::i_ord(dag)),
            format!(
                "Skriv en dag som är senast {}.",
                utfall_domain::tid::i_ord(idag)
            ),
        )
        .i_falt(falt)),
        None => Err(
            Problem::ogiltigt("dag-saknas", "Dagen saknas.", "Skriv vilken dag det var.")
                .i_falt(falt),
        ),
    }
}

/// The fact belongs to something that keeps it right: what that thing is, in words.
pub(crate) fn agare(bocker: &Bocker, id: FaktumId) -> Option<&'static str> {
    let f = bocker.fakta.iter().find(|f| f.id == id)?;
    match f.fakta.slag {
        FaktumSlag::Atagande | FaktumSlag::VantatAtagande => return Some("åtagandet"),
        FaktumSlag::Behov => return Some("insatsens finansiering framåt"),
        _ => {}
    }
    bocker
        .medelsposter
        .iter()
        .filter(|p| p.post.om.faktum == Some(id))
        .find_map(|p| match p.post.innehall {
            Innehall::Rekvisition(_) => Some("rekvisitionen"),
            Innehall::Aterbetalning(_) => Some("återbetalningen"),
            _ => None,
        })
}

/// Whether a grant's year has a requisition that is sent.
pub(crate) fn rekvirerat(bocker: &Bocker, bidrag: BidragId, ar: i16) -> bool {
    alla(&bocker.medelsposter).iter().any(|r| {
        r.tar_av_ramen()
            && r.uppgift.riktning == Riktning::TillFinansiar
            && (r.om.bidrag, r.om.ar) == (Some(bidrag), Some(ar))
    })
}

/// Whether all of a grant's year is requested: the last requisition is granted, or the whole is
/// told of without any. Parts of it are not the whole.
#[must_use]
pub fn helt_rekvirerat(bok: &Bok, bidrag: BidragId, ar: i16) -> bool {
    helt(bok, Matt::Rekvirerat, &Urval::bidrag(bidrag).ar(ar))
}

/// Whether nothing more of a grant's year is to be asked for: the last requisition is sent,
/// whether the funder has answered it or not.
#[must_use]
pub fn helt_begart(bok: &Bok, bidrag: BidragId, ar: i16) -> bool {
    let urval = Urval::bidrag(bidrag).ar(ar);
    helt(bok, Matt::Begart, &urval) || helt(bok, Matt::Rekvirerat, &urval)
}

fn helt(bok: &Bok, matt: Matt, urval: &Urval) -> bool {
    let sagt = bok.matt(matt, urval);
    sagt.utfall.varde.kant().is_some()
        && sagt.rader.iter().any(|id| {
            let kategori = bok.faktum(*id).and_then(|f| f.galler().kategori.as_deref());
            kategori != Some(DELREKVISITION)
        })
}

/// What is known of a grant's year; `None` when what came in or what was used is not known.
#[must_use]
pub fn poster(bok: &Bok, bidrag: BidragId, ar: i16) -> Option<Poster> {
    let urval = Urval::bidrag(bidrag).ar(ar);
    let tal = |matt| bok.varde(matt, &urval).kant();
    let frivilligt = |matt| {
        if bok.matt(matt, &urval).utfall.har_fakta {
            tal(matt)
        } else {
            Some(0)
        }
    };
    Some(Poster {
        mottaget: tal(Matt::Rekvirerat)?,
        overfort_in: frivilligt(Matt::OverfortIn)?,
        anvant: tal(Matt::Anvant)?,
        overfort_ut: frivilligt(Matt::OverfortUt)?,
        aterbetalas: frivilligt(Matt::Aterbetalning)?,
    })
}
