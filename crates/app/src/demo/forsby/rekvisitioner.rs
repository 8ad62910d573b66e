//! Requisitions in every state: a draft, sent, granted in part, paid, taken back, and one from
//! a board. All of it invented; what is paid agrees with the accounts.

use super::medel::{SPRAK, UNGA};
use super::{FORSBY, bidrag, insats, organisation, som};
use crate::demo::varld::Byggare;
use crate::medel::{Rekvisitionshandling as H, SkrivRekvisition, StegRekvisition};
use jiff::civil::{Date, date};
use utfall_domain::id::MedelspostId;
use utfall_domain::medel::rekvisition::{Riktning, Uppgift, alla};
use utfall_domain::problem::Problem;

/// In January Unga i arbete's first half is asked for and paid.
pub(super) async fn varen(b: &Byggare) -> Result<(), Problem> {
    let sak = till_finansiar(b, UNGA, (1, 6), 2_000_000, false).await?;
    skicka(b, sak, date(2026, 1, 26)).await?;
    steg(b, sak, H::Bevilja(200_000_000), date(2026, 2, 9)).await?;
    steg(b, sak, H::Betala, date(2026, 2, 16)).await
}

/// The second half too; the language grant's first one is granted in part.
pub(super) async fn hosten(b: &Byggare) -> Result<(), Problem> {
    let sak = till_finansiar(b, UNGA, (7, 12), 2_000_000, true).await?;
    skicka(b, sak, date(2026, 7, 1)).await?;
    steg(b, sak, H::Bevilja(200_000_000), date(2026, 8, 10)).await?;
    steg(b, sak, H::Betala, date(2026, 8, 17)).await?;

    let sak = till_finansiar(b, SPRAK, (1, 6), 1_200_000, false).await?;
    skicka(b, sak, date(2026, 7, 3)).await?;
    steg(b, sak, H::Bevilja(110_000_000), date(2026, 8, 28)).await?;

    let sak = fran_socialnamnden(b, (1, 6), 280_000).await?;
    skicka(b, sak, date(2026, 7, 8)).await?;
    steg(b, sak, H::Bevilja(26_000_000), date(2026, 7, 15)).await?;
    steg(b, sak, H::Betala, date(2026, 7, 31)).await
}

/// One is taken back and sent again, one waits for an answer, and one is being written.
pub(super) async fn november(b: &Byggare) -> Result<(), Problem> {
    let fel = till_finansiar(b, SPRAK, (7, 9), 590_000, false).await?;
    skicka(b, fel, date(2026, 10, 5)).await?;
    steg(b, fel, H::Aterkalla, date(2026, 10, 6)).await?;
    let sak = till_finansiar(b, SPRAK, (7, 9), 490_000, false).await?;
    skicka(b, sak, date(2026, 10, 6)).await?;
    till_finansiar(b, SPRAK, (10, 12), 700_000, true).await?;
    let sak = fran_socialnamnden(b, (7, 9), 150_000).await?;
    skicka(b, sak, date(2026, 10, 12)).await
}

/// Of the funder, from the first day of a month of 2026 to the last day of another.
async fn till_finansiar(
    b: &Byggare,
    slug: &str,
    manader: (i8, i8),
    kronor: i64,
    sista: bool,
) -> Result<MedelspostId, Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = SkrivRekvisition {
        utkast: None,
        bidrag: bidrag(&bok, slug)?,
        insats: None,
        organisation: None,
        uppgift: uppgift(Riktning::TillFinansiar, manader, kronor, sista),
    };
    som(b, fall).await
}

/// The social board asks for what Anhörigstöd has cost.
async fn fran_socialnamnden(
    b: &Byggare,
    manader: (i8, i8),
    kronor: i64,
) -> Result<MedelspostId, Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = SkrivRekvisition {
        utkast: None,
        bidrag: bidrag(&bok, "psykisk-halsa")?,
        insats: Some(insats(&bok, "Anhörigstöd")?),
        organisation: Some(organisation(&bok, "Socialnämnden")?),
        uppgift: uppgift(Riktning::FranPart, manader, kronor, false),
    };
    som(b, fall).await
}

fn uppgift(riktning: Riktning, (fran, till): (i8, i8), kronor: i64, sista: bool) -> Uppgift {
    let till = date(2026, till, 1).last_of_month();
    Uppgift {
        riktning,
        belopp: kronor.saturating_mul(100),
        fran: date(2026, fran, 1),
        till,
        sista,
        retroaktiv: None,
        senast: (riktning == Riktning::TillFinansiar).then(|| senast(till)),
    }
}

/// Ten weeks after the period, but always in time for the closing of the year.
fn senast(till: Date) -> Date {
    let dag = till.saturating_add(jiff::Span::new().weeks(10));
    dag.min(date(2026, 12, 15))
}

async fn skicka(b: &Byggare, sak: MedelspostId, dag: Date) -> Result<(), Problem> {
    let intygande = "Kostnaderna för perioden finns i bokföringen.".to_owned();
    steg(b, sak, H::Skicka { intygande }, dag).await
}

async fn steg(b: &Byggare, sak: MedelspostId, handling: H, dag: Date) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let nu = alla(&bok.medelsposter).into_iter().find(|r| r.id == sak);
    let orsak = match handling {
        H::Aterkalla => "Beloppet var fel",
        _ => "",
    };
    let fall = StegRekvisition {
        sak,
        version: nu.ok_or_else(Problem::finns_inte)?.version,
        handling,
        dag: Some(dag),
        orsak: orsak.to_owned(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}
