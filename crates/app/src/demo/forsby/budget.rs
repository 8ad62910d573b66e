//! What Forsby's initiatives live on besides grants: base funding from a board, income of
//! their own, and a neighbour's share of a project that two municipalities have together. And
//! a distribution that was changed by decision, and a file for the accounts. All of it invented.

use super::medel::{ENSAMHET, SPRAK};
use super::{FORSBY, bidrag, insats, nytt_beslut, organisation, som};
use crate::bokforing::ExporteraBokforing;
use crate::demo::varld::Byggare;
use crate::fakta::{RegistreraFaktum, om_insats};
use crate::medel::{AndraFordelning, Andrad, version_av};
use crate::organisationer::LaggTill;
use jiff::civil::date;
use utfall_behorighet::Roll;
use utfall_domain::faktum::{FaktumSlag, NyttFaktum};
use utfall_domain::medel::export::{Exportkonton, Exporturval};
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;

const GRANNEN: &str = "Sågmo kommun (påhittad)";
const VI: &str = "Forsby kommun, vår del (påhittad)";

/// The organisation number in Forsby's own accounts: no legal form has one that begins so.
const ORGNR: &str = "999900-0004";

/// The plans of the year.
pub(super) async fn varen(b: &Byggare) -> Result<(), Problem> {
    for namn in [GRANNEN, VI] {
        let fall = LaggTill {
            namn: namn.into(),
            slag: OrganisationSlag::Kommun,
            orgnr: String::new(),
            overordnad: String::new(),
        };
        b.som(FORSBY, Roll::Administrator, fall).await?;
    }
    use FaktumSlag as F;
    let namnden = Some("Arbetsmarknadsnämnden");
    for (namn, slag, (vem, kategori), kronor) in [
        (
            "Sommarjobb för alla",
            F::Grundfinansiering,
            (namnden, None),
            900_000,
        ),
        (
            "Middag tillsammans",
            F::Kostnad,
            (None, Some("Mat, lokaler och personal")),
            1_020_000,
        ),
        (
            "Middag tillsammans",
            F::Intaktsbudget,
            (None, Some("Försäljning av måltider")),
            120_000,
        ),
        ("Första jobbet", F::Budget, (None, None), 800_000),
        ("Första jobbet", F::Budgetandel, (Some(VI), None), 560_000),
        (
            "Första jobbet",
            F::Budgetandel,
            (Some(GRANNEN), None),
            240_000,
        ),
    ] {
        uppgift(b, namn, (slag, vem, kategori), kronor).await?;
    }
    Ok(())
}

async fn uppgift(
    b: &Byggare,
    namn: &str,
    (slag, vem, kategori): (FaktumSlag, Option<&str>, Option<&str>),
    kronor: i64,
) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let mut galler = om_insats(&bok, insats(&bok, namn)?);
    if let Some(vem) = vem {
        galler.organisation = Some(organisation(&bok, vem)?);
    }
    galler.kategori = kategori.map(str::to_owned);
    galler.ar = Some(2026);
    let varde = Varde::Kant(kronor.saturating_mul(100));
    let faktum = NyttFaktum {
        orsak: Some("Verksamhetsplanen för 2026 (påhittad)".into()),
        ..NyttFaktum::nytt(slag, galler, varde)
    };
    let fall = RegistreraFaktum {
        faktum,
        tillkommer: false,
    };
    som(b, fall).await.map(drop)
}

/// A decision moves money between two initiatives of a grant.
pub(super) async fn hosten(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let ensamhet = bidrag(&bok, ENSAMHET)?;
    let mut celler = Vec::new();
    for (namn, kronor) in [
        ("Middag tillsammans", 920_000_i64),
        ("Besök hemma", 680_000),
    ] {
        celler.push(Andrad {
            insats: insats(&bok, namn)?,
            ar: 2026,
            belopp: Some(Belopp::exakt(Ore(kronor.saturating_mul(100)))),
        });
    }
    let fall = AndraFordelning {
        bidrag: ensamhet,
        version: None,
        sedd: version_av(&bok, ensamhet, None),
        celler,
        beslut: nytt_beslut("71", date(2026, 8, 26), "Fler middagar i höst"),
        orsak: "Fler vill komma till middagarna (påhittat)".into(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}

/// What has been granted of the language grant is handed over to the accounts.
pub(super) async fn till_bokforingen(b: &Byggare) -> Result<(), Problem> {
    let sprak = bidrag(&b.bok(FORSBY).await?, SPRAK)?;
    let fall = ExporteraBokforing {
        urval: Exporturval {
            ar: 2026,
            bidrag: Some(sprak),
            rekvisitioner: true,
            fordelning: false,
        },
        konton: Exportkonton {
            fordran: Some(1510),
            intakt: Some(3510),
            kostnad: Some(4630),
            skuld: Some(2440),
        },
        serie: "U".into(),
        orgnr: ORGNR.into(),
        sedd: None,
    };
    som(b, fall).await.map(drop)
}
