//! The life of one of Forsby's grants: terms, a decision and a requisition that is sent. All of
//! it invented.

use crate::demo::varld::Byggare;
use crate::medel::{
    AndraVillkor, Beslutsuppgift, RegistreraBeslut, Rekvisitionshandling, SkrivRekvisition,
    StegRekvisition,
};
use jiff::civil::date;
use utfall_behorighet::Roll;
use utfall_domain::medel::rekvisition::{Riktning, Uppgift};
use utfall_domain::medel::villkor::{Aterkravsgrund, Grans, Overforing, Villkor};
use utfall_domain::problem::Problem;

/// The grant that is under way.
const BIDRAG: &str = "sprak-och-yrke-2026-2027";

pub(in crate::demo) async fn bygg(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok("forsby").await?;
    let Some(bidrag) = bok.bidrag.iter().find(|x| x.slug == BIDRAG).map(|x| x.id) else {
        return Ok(());
    };
    let villkor = AndraVillkor {
        bidrag,
        ar: None,
        villkor: villkoren(),
        sedd: None,
        orsak: "Inkluderingsverkets beslut (påhittat)".into(),
    };
    b.som("forsby", Roll::Ekonom, villkor).await?;
    // A world of an earlier day does not know of what comes later.
    if b.idag() < date(2026, 9, 1) {
        return Ok(());
    }
    let beslut = RegistreraBeslut {
        beslut: Beslutsuppgift {
            instans: "Kommunstyrelsen".into(),
            paragraf: "31".into(),
            datum: Some(date(2026, 2, 10)),
            diarienummer: "KS 2026-0009".into(),
            rubrik: "Ta emot bidraget Språk och yrke (påhittat)".into(),
            villkor: "Redovisas till kommunstyrelsen i november.".into(),
        },
        bidrag: Some(bidrag),
    };
    b.som("forsby", Roll::Ekonom, beslut).await?;
    let skriv = SkrivRekvisition {
        utkast: None,
        bidrag,
        insats: None,
        organisation: None,
        uppgift: Uppgift {
            riktning: Riktning::TillFinansiar,
            belopp: 120_000_000,
            fran: date(2026, 1, 1),
            till: date(2026, 6, 30),
            sista: false,
            retroaktiv: None,
            senast: Some(date(2026, 9, 1)),
        },
    };
    let sak = b.som("forsby", Roll::Ekonom, skriv).await?;
    let skicka = StegRekvisition {
        sak,
        version: 1,
        handling: Rekvisitionshandling::Skicka {
            intygande: "Kostnaderna för första halvåret finns i bokföringen.".into(),
        },
        dag: None,
        orsak: String::new(),
        efter_avslut: false,
    };
    b.som("forsby", Roll::Ekonom, skicka).await.map(drop)
}

/// What the funder has decided.
fn villkoren() -> Villkor {
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
