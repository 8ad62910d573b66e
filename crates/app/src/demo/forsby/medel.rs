//! Grants that are under way: terms, a preliminary amount that became final, and a decision.
//! All of it invented.

use super::{FORSBY, beslutet, bidrag, som};
use crate::demo::varld::Byggare;
use crate::medel::{AndraVillkor, Beslutsuppgift, NyTilldelning, RegistreraBeslut};
use jiff::civil::date;
use utfall_domain::faktum::Sakerhet;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::villkor::{Aterkravsgrund, Grans, Overforing, Villkor};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;

/// Preliminary, and asked for in parts.
pub(super) const SPRAK: &str = "sprak-yrke-2026";
/// Final since the spring, and paid in two parts.
pub(super) const UNGA: &str = "unga-i-arbete";
/// Paid at once; what is left may be carried over with the funder's consent.
pub(super) const ENSAMHET: &str = "mot-ensamhet-2026";

pub(super) async fn varen(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    for (slug, ar, villkor) in [
        (SPRAK, None, sprakets_villkor()),
        (UNGA, Some(2026), ungas_villkor()),
        (ENSAMHET, None, ensamhetens_villkor()),
    ] {
        let fall = AndraVillkor {
            bidrag: bidrag(&bok, slug)?,
            ar,
            villkor,
            sedd: None,
            orsak: "Finansiärens beslut (påhittat)".into(),
        };
        som(b, fall).await?;
    }
    let sprak = RegistreraBeslut {
        beslut: Beslutsuppgift {
            diarienummer: "KS 2026-0009".into(),
            villkor: "Redovisas till kommunstyrelsen i november.".into(),
            ..beslutet("31", date(2026, 3, 11), "Ta emot bidraget Språk och yrke")
        },
        bidrag: Some(bidrag(&bok, SPRAK)?),
    };
    som(b, sprak).await?;
    slutligt(b).await
}

/// What Unga i arbete gives 2026 was preliminary in the paper, and is final.
async fn slutligt(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let unga = bidrag(&bok, UNGA)?;
    let urval = Urval::bidrag(unga).ar(2026);
    let fall = NyTilldelning {
        bidrag: unga,
        ar: 2026,
        belopp: 400_000_000,
        precision: Precision::EXAKT,
        sakerhet: Sakerhet::Slutlig,
        benamning: "Slutlig".into(),
        datum: Some(date(2025, 12, 18)),
        sedd: bok.matt(Matt::Tilldelat, &urval).rader.first().copied(),
        orsak: "Inkluderingsverkets beslut den 18 december (påhittat)".into(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}

fn sprakets_villkor() -> Villkor {
    Villkor {
        program: Some("Språk och yrke".into()),
        program_ar: Some((2026, 2027)),
        behorighet: Some("Kommuner där många är nya i Sverige och saknar arbete.".into()),
        mottagare: Some("Forsby kommun (påhittad)".into()),
        andamal: Some("Språk på arbetsplatsen för den som är ny i Sverige.".into()),
        fran: Some(date(2026, 1, 1)),
        till: Some(date(2027, 12, 31)),
        overforing: Overforing::MedMedgivande,
        grans: Some(Grans::Promille(100)),
        rekvireras: Some(date(2026, 12, 15)),
        redovisas: Some(date(2027, 3, 1)),
        aterbetalas: Some(date(2027, 3, 31)),
        aterkrav: vec![
            Aterkravsgrund::AnnatAndamal,
            Aterkravsgrund::IngenRedovisning,
        ],
        rekvisitionsform: Some("Verkets blankett, med intygande av ekonomichefen.".into()),
        lagstod: Some("Påhittad förordning om språk och yrke, 4 §".into()),
        diarienummer: Some("IV 2026-118".into()),
        ..Villkor::default()
    }
}

fn ungas_villkor() -> Villkor {
    Villkor {
        program: Some("Unga i arbete".into()),
        program_ar: Some((2024, 2027)),
        mottagare: Some("Forsby kommun (påhittad)".into()),
        andamal: Some("Unga utan skola och arbete ska komma i gång.".into()),
        fran: Some(date(2024, 1, 1)),
        till: Some(date(2027, 12, 31)),
        overforing: Overforing::Nej,
        rekvireras: Some(date(2026, 11, 30)),
        redovisas: Some(date(2027, 2, 15)),
        aterbetalas: Some(date(2027, 3, 31)),
        aterkrav: vec![Aterkravsgrund::FelGrund, Aterkravsgrund::AnnatAndamal],
        rekvisitionsform: Some("Två gånger om året, med uppgift om hittills använt.".into()),
        lagstod: Some("Påhittad förordning om unga i arbete, 7 §".into()),
        diarienummer: Some("IV 2024-007".into()),
        ..Villkor::default()
    }
}

fn ensamhetens_villkor() -> Villkor {
    Villkor {
        program: Some("Tillsammans mot ensamhet".into()),
        program_ar: Some((2026, 2026)),
        mottagare: Some("Forsby kommun (påhittad)".into()),
        andamal: Some("Färre äldre som är ensamma mot sin vilja.".into()),
        fran: Some(date(2026, 1, 1)),
        till: Some(date(2027, 12, 31)),
        overforing: Overforing::MedMedgivande,
        grans: Some(Grans::Belopp(60_000_000)),
        redovisas: Some(date(2027, 2, 28)),
        aterbetalas: Some(date(2027, 4, 30)),
        aterkrav: vec![Aterkravsgrund::AnnatAndamal],
        diarienummer: Some("TF 2026-033".into()),
        ..Villkor::default()
    }
}
