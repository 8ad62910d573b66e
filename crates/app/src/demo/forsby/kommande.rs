//! What is not there yet: a grant that is applied for, and proposals for how a preliminary one
//! may be shared. All of it invented.

use super::medel::SPRAK;
use super::{FORSBY, bidrag, insats, organisation, som};
use crate::demo::varld::Byggare;
use crate::medel::{
    AndraFordelning, Andrad, Beslutsval, Bidragsar, RegistreraUtlysning, SkapaBidrag, SkapaForslag,
    version_av,
};
use jiff::civil::date;
use utfall_domain::faktum::Sakerhet;
use utfall_domain::medel::atagande::{Utlysning, Utlysningslage};
use utfall_domain::pengar::{Belopp, Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;

const GIVARE: &str = "Inkluderingsverket (påhittat)";

/// A call is applied to, and the grant it may become is there without an amount.
pub(super) async fn hosten(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = RegistreraUtlysning {
        fore: None,
        finansiar: Some(organisation(&bok, GIVARE)?),
        utlysning: Utlysning {
            namn: "Vägen in 2027 (påhittad)".into(),
            lage: Utlysningslage::Ansokt,
            besked: Some(date(2026, 12, 18)),
            soks_senast: Some(date(2026, 9, 15)),
        },
        orsak: "Verkets utlysning i juni (påhittad)".into(),
    };
    som(b, fall).await?;
    let ar = |rad, ar| Bidragsar {
        rad,
        ar,
        tilldelat: Varde::EjBeslutat,
        precision: Precision::EXAKT,
        sakerhet: Sakerhet::Slutlig,
    };
    let fall = SkapaBidrag {
        namn: "Vägen in 2027–2028 (sökt)".into(),
        finansiar: GIVARE.into(),
        program: "Vägen in".into(),
        andamal: "Den första anställningen, med stöd på arbetsplatsen".into(),
        diarienummer: "KS 2026-0044".into(),
        overforing: None,
        ar: vec![ar(1, 2027), ar(2, 2028)],
        orsak: "Ansökan den 28 augusti (påhittad); besked väntas i december".into(),
    };
    som(b, fall).await.map(drop)
}

/// Two ways of sharing the language grant, side by side.
pub(super) async fn november(b: &Byggare) -> Result<(), Problem> {
    for (orsak, delar) in [
        (
            "Till nämnden i december: hela bidraget fördelas",
            [("Språk på jobbet", 1_450_000), ("Yrkessvenska", 950_000)],
        ),
        (
            "Till nämnden i december: mer till det som är fullt",
            [("Språk på jobbet", 1_700_000), ("Yrkessvenska", 700_000)],
        ),
    ] {
        forslag(b, orsak, delar).await?;
    }
    Ok(())
}

async fn forslag(b: &Byggare, orsak: &str, delar: [(&str, i64); 2]) -> Result<(), Problem> {
    let sprak = bidrag(&b.bok(FORSBY).await?, SPRAK)?;
    let fall = SkapaForslag {
        bidrag: sprak,
        fran: None,
        orsak: orsak.to_owned(),
    };
    let namn = som(b, fall).await?;
    let bok = b.bok(FORSBY).await?;
    let mut celler = Vec::new();
    for (namn, kronor) in delar {
        celler.push(Andrad {
            insats: insats(&bok, namn)?,
            ar: 2026,
            belopp: Some(Belopp::exakt(Ore(kronor.saturating_mul(100)))),
        });
    }
    let fall = AndraFordelning {
        bidrag: sprak,
        sedd: version_av(&bok, sprak, Some(&namn)),
        version: Some(namn),
        celler,
        beslut: Beslutsval::Saknas,
        orsak: orsak.to_owned(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}
