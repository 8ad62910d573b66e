//! Forsby's invented year, part by part: what people there would have done by hand, in the
//! order they did it.

mod avslut;
pub mod bokforing;
mod budget;
mod deltagare;
mod deltagarhistorik;
mod framat;
mod kommande;
mod medel;
mod prognos;
mod rekvisitioner;

use super::varld::Byggare;
use crate::Anvandningsfall;
use crate::lasning::Bok;
use crate::medel::{Beslutsuppgift, Beslutsval};
use jiff::civil::{Date, date};
use utfall_behorighet::Roll;
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::problem::Problem;

/// Forsby's part of addresses.
const FORSBY: &str = "forsby";

/// The year before the other papers are read in: the clock never goes backwards, and nothing
/// is entered before the day it speaks of. `bokforing` is whether the accounts are read in.
pub(super) async fn bygg(b: &Byggare, bokforing: bool) -> Result<(), Problem> {
    b.dagar_sedan(200);
    prognos::installningar(b).await?;
    deltagarhistorik::las_in(b).await?;
    if bokforing {
        bokforing::koppla(b).await?;
        bokforing::las_in(b, bokforing::APRIL).await?;
    }
    varen(b).await?;
    b.dagar_sedan(80);
    if bokforing {
        bokforing::las_in(b, bokforing::AUGUSTI).await?;
    }
    hosten(b).await?;
    b.dagar_sedan(19);
    november(b).await?;
    if bokforing {
        bokforing::las_in(b, bokforing::OKTOBER).await?;
        prognos::november(b).await?;
        if b.klockans_dag() > date(2026, 10, 31) {
            budget::till_bokforingen(b).await?;
        }
    }
    Ok(())
}

async fn varen(b: &Byggare) -> Result<(), Problem> {
    if b.klockans_dag() <= date(2026, 4, 30) {
        return Ok(());
    }
    prognos::varen(b).await?;
    medel::varen(b).await?;
    budget::varen(b).await?;
    rekvisitioner::varen(b).await?;
    avslut::varen(b).await
}

async fn hosten(b: &Byggare) -> Result<(), Problem> {
    if b.klockans_dag() <= date(2026, 8, 31) {
        return Ok(());
    }
    prognos::hosten(b).await?;
    rekvisitioner::hosten(b).await?;
    budget::hosten(b).await?;
    kommande::hosten(b).await
}

async fn november(b: &Byggare) -> Result<(), Problem> {
    if b.klockans_dag() <= date(2026, 10, 31) {
        return Ok(());
    }
    rekvisitioner::november(b).await?;
    avslut::november(b).await?;
    kommande::november(b).await?;
    framat::november(b).await?;
    deltagare::november(b).await
}

async fn som<F: Anvandningsfall>(b: &Byggare, fall: F) -> Result<F::Svar, Problem> {
    b.som(FORSBY, Roll::Ekonom, fall).await
}

/// A grant by its part of addresses.
fn bidrag(bok: &Bok, slug: &str) -> Result<BidragId, Problem> {
    let funnet = bok.bidrag.iter().find(|b| b.slug == slug);
    funnet.map(|b| b.id).ok_or_else(Problem::finns_inte)
}

/// An initiative by its name, or its part of addresses.
fn insats(bok: &Bok, vad: &str) -> Result<InsatsId, Problem> {
    let funnen = bok.insatser.iter().find(|i| i.slug == vad || i.namn == vad);
    funnen.map(|i| i.id).ok_or_else(Problem::finns_inte)
}

fn organisation(bok: &Bok, namn: &str) -> Result<OrganisationId, Problem> {
    let funnen = bok.organisationer.iter().find(|o| o.namn_nu() == namn);
    funnen.map(|o| o.id).ok_or_else(Problem::finns_inte)
}

/// A decision of the municipal board.
fn beslutet(paragraf: &str, datum: Date, rubrik: &str) -> Beslutsuppgift {
    Beslutsuppgift {
        instans: "Kommunstyrelsen".into(),
        paragraf: paragraf.into(),
        datum: Some(datum),
        diarienummer: String::new(),
        rubrik: format!("{rubrik} (påhittat)"),
        villkor: String::new(),
    }
}

fn nytt_beslut(paragraf: &str, datum: Date, rubrik: &str) -> Beslutsval {
    Beslutsval::Nytt(beslutet(paragraf, datum, rubrik))
}
