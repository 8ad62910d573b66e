//! What is left of the years that are over: repaid and closed, to be repaid, and to be carried
//! over with the funder's consent. All of it invented.

use super::medel::ENSAMHET;
use super::{FORSBY, bidrag, nytt_beslut, som};
use crate::demo::varld::Byggare;
use crate::medel::{BeslutaAterbetalning, BetalaAterbetalning, RegistreraMedgivande};
use crate::uppfoljning::{KommenteraAvvikelse, saknade_kommentarer};
use jiff::civil::{Date, date};
use utfall_behorighet::Roll;
use utfall_domain::id::MedelspostId;
use utfall_domain::medel::aterbetalning::{Medgivande, en};
use utfall_domain::medel::prognos::Avvikelseorsak;
use utfall_domain::medel::villkor::Grans;
use utfall_domain::problem::Problem;

/// Account of debts to the state.
const KONTO: &str = "2890";

/// The oldest year is repaid and closed, and last year's repayments are decided.
pub(super) async fn varen(b: &Byggare) -> Result<(), Problem> {
    let unga = ("unga-2023", 2023);
    let beslut = ("22", date(2024, 3, 13));
    let sak = besluta(b, unga, 140_000, date(2024, 3, 31), beslut).await?;
    betala(b, unga, sak, (140_000, date(2024, 3, 22))).await?;
    avsluta(b, unga, ("61", date(2024, 5, 15))).await?;

    let halsa = ("halsa-2023", 2023);
    let beslut = ("23", date(2024, 3, 13));
    let sak = besluta(b, halsa, 90_000, date(2024, 4, 30), beslut).await?;
    betala(b, halsa, sak, (90_000, date(2024, 4, 25))).await?;

    let psykisk = ("psykisk-halsa", 2025);
    let beslut = ("24", date(2026, 3, 11));
    let sak = besluta(b, psykisk, 60_000, date(2026, 4, 30), beslut).await?;
    betala(b, psykisk, sak, (60_000, date(2026, 4, 21))).await?;

    let digitalt = ("digitalt-2025", 2025);
    let beslut = ("25", date(2026, 3, 11));
    let sak = besluta(b, digitalt, 330_000, date(2026, 12, 15), beslut).await?;
    betala(b, digitalt, sak, (130_000, date(2026, 4, 28))).await
}

/// The funder lets what is left of 2026 be used 2027.
pub(super) async fn november(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = RegistreraMedgivande {
        bidrag: bidrag(&bok, ENSAMHET)?,
        fran_ar: 2026,
        medgivande: Medgivande {
            av: "Trygghetsfondens kansli (påhittat)".into(),
            datum: date(2026, 10, 21),
            till_ar: 2027,
            grans: Some(Grans::Belopp(45_000_000)),
            villkor: Some("Bara till Besök hemma, och senast den 30 juni 2027.".into()),
        },
        orsak: "Fondens brev den 21 oktober (påhittat)".into(),
    };
    som(b, fall).await.map(drop)
}

/// A grant by its part of addresses, and a year of it.
type Bidragsar = (&'static str, i16);

async fn besluta(
    b: &Byggare,
    (slug, ar): Bidragsar,
    kronor: i64,
    forfaller: Date,
    (paragraf, dag): (&str, Date),
) -> Result<MedelspostId, Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = BeslutaAterbetalning {
        bidrag: bidrag(&bok, slug)?,
        ar,
        belopp: kronor.saturating_mul(100),
        forfaller: Some(forfaller),
        konto: KONTO.to_owned(),
        beslut: nytt_beslut(paragraf, dag, "Återbetala det som blev över"),
        version: 0,
        orsak: "Enligt beslutet".to_owned(),
        efter_avslut: false,
    };
    som(b, fall).await
}

async fn betala(
    b: &Byggare,
    (slug, ar): Bidragsar,
    sak: MedelspostId,
    (kronor, dag): (i64, Date),
) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let nu = en(&bok.medelsposter, bidrag(&bok, slug)?, ar);
    let fall = BetalaAterbetalning {
        sak,
        version: nu.ok_or_else(Problem::finns_inte)?.version,
        belopp: kronor.saturating_mul(100),
        dag: Some(dag),
    };
    som(b, fall).await.map(drop)
}

/// Closes the year: it is locked from then on.
async fn avsluta(
    b: &Byggare,
    (slug, ar): Bidragsar,
    (paragraf, dag): (&str, Date),
) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let id = bidrag(&bok, slug)?;
    // What the paper said of each initiative, now said of the year's deviation.
    for saknad in saknade_kommentarer(&bok, ar, 12) {
        let egen = bok.insats(saknad.insats).filter(|i| i.bidrag == Some(id));
        let Some(i) = egen else { continue };
        let fall = KommenteraAvvikelse {
            insats: i.id,
            ar,
            manad: 12,
            orsak: Avvikelseorsak::Annat,
            ord: i.text.kommentar.clone(),
        };
        som(b, fall).await?;
    }
    let beslut = nytt_beslut(paragraf, dag, "Avsluta bidragets år");
    let avslut = (id, ar);
    b.avsluta_ar(FORSBY, Roll::Ekonom, avslut, beslut).await
}
