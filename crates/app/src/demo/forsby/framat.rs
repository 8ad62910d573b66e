//! Money of coming years in Forsby: a call without an answer and the staff that waits for it,
//! commitments in every state, an add-on, money that is passed on, and an account that nobody
//! has confirmed. All of it invented.

use super::{FORSBY, insats, nytt_beslut, organisation, som};
use crate::demo::varld::Byggare;
use crate::medel::{
    AndraBetalning, BekraftaBetalning, Beslutsval, KopplaInsats, RegistreraAtagande,
    RegistreraUtlysning,
};
use crate::organisationer::LaggTill;
use jiff::civil::{Date, date};
use utfall_behorighet::Roll;
use utfall_domain::medel::atagande::{
    Ansokan, Atagande, Atagandelage, Koppling, Utlysning, Utlysningslage,
};
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::problem::Problem;

const GIVARE: &str = "Region Skogsbygd (påhittad)";
const FORENINGEN: &str = "Forsens grannskapsförening (påhittad)";
const BOLAGET: &str = "Forsbybostäder (påhittat)";

/// What is known of the coming years in November.
pub(super) async fn november(b: &Byggare) -> Result<(), Problem> {
    vantan(b).await?;
    for (namn, ar, kronor) in [
        ("Anhörigstöd", 2027, 620_000),
        ("Rörelse på recept", 2027, 300_000),
        ("Samtal på vårdcentralen", 2027, 450_000),
    ] {
        let behov = Koppling::Fortsattning {
            behov: i64::saturating_mul(kronor, 100),
        };
        koppla(b, namn, (behov, None, Some(ar))).await?;
    }
    ataganden(b).await?;
    let till = insats(&b.bok(FORSBY).await?, "Digital vardag")?;
    koppla(b, "Datorlån", (Koppling::Tillagg { till }, None, None)).await?;
    vidare(b).await?;
    konton(b).await
}

async fn koppla(
    b: &Byggare,
    namn: &str,
    (koppling, till, ar): (Koppling, Option<&str>, Option<i16>),
) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = KopplaInsats {
        fore: None,
        insats: insats(&bok, namn)?,
        koppling,
        organisation: till.map(|namn| organisation(&bok, namn)).transpose()?,
        ar,
        orsak: "Förvaltningens planering i oktober (påhittad)".into(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}

/// Nobody knows whether the call comes, and contracts end with the year.
async fn vantan(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = RegistreraUtlysning {
        fore: None,
        finansiar: Some(organisation(&bok, GIVARE)?),
        utlysning: Utlysning {
            namn: "Psykisk hälsa nära 2027 (påhittad)".into(),
            lage: Utlysningslage::BeskedSaknas,
            besked: Some(date(2026, 11, 13)),
            soks_senast: None,
        },
        orsak: "Regionens brev i september (påhittat)".into(),
    };
    let utlysning = som(b, fall).await?;
    for (namn, omfattning, dag) in [
        (
            "Anhörigstöd",
            "En och en halv tjänst, och samtalsgrupperna",
            date(2026, 12, 31),
        ),
        ("Samtal på vårdcentralen", "En tjänst", date(2027, 3, 31)),
    ] {
        let hanger = Koppling::Beroende {
            utlysning,
            avtal_till: Some(dag),
            omfattning: omfattning.into(),
        };
        koppla(b, namn, (hanger, None, None)).await?;
    }
    Ok(())
}

/// Bound for three years, bound in part, asked for, and not filed yet.
async fn ataganden(b: &Byggare) -> Result<(), Problem> {
    let kr = |kronor: i64| kronor.saturating_mul(100);
    let i_oktober = || nytt_beslut("96", date(2026, 10, 27), "Medel till insatser framåt");
    atagande(
        b,
        "Besök hemma",
        (
            Atagandelage::Planerat,
            vec![
                (2027, kr(250_000)),
                (2028, kr(300_000)),
                (2029, kr(300_000)),
            ],
        ),
        ("Ansökan om besök hemma, tre år", None),
        i_oktober(),
    )
    .await?;
    atagande(
        b,
        "Rörelse på recept",
        (Atagandelage::Beslutat, vec![(2027, kr(180_000))]),
        ("", None),
        nytt_beslut("97", date(2026, 10, 27), "Eget tillskott"),
    )
    .await?;
    atagande(
        b,
        "Yrkessvenska",
        (Atagandelage::Ansokt, vec![(2028, kr(900_000))]),
        ("Yrkessvenska, fortsättning 2028", None),
        Beslutsval::Saknas,
    )
    .await?;
    atagande(
        b,
        "Språk på jobbet",
        (
            Atagandelage::EjInlamnad,
            vec![(2028, kr(640_000)), (2029, kr(655_000))],
        ),
        ("Språk på fler arbetsplatser", Some(date(2026, 12, 15))),
        Beslutsval::Saknas,
    )
    .await
}

async fn atagande(
    b: &Byggare,
    namn: &str,
    (lage, belopp): (Atagandelage, Vec<(i16, i64)>),
    (ansokan, lamnas_senast): (&str, Option<Date>),
    beslut: Beslutsval,
) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let fall = RegistreraAtagande {
        fore: None,
        insats: insats(&bok, namn)?,
        atagande: Atagande {
            ansokan: Ansokan {
                namn: ansokan.into(),
                lamnas_senast,
                utlysning: None,
            },
            ..Atagande::ny(lage, belopp)
        },
        beslut,
        orsak: "Nämndernas planer (påhittade)".into(),
        efter_avslut: false,
    };
    som(b, fall).await.map(drop)
}

/// An association cooks the dinners, in rooms that it gets from a company.
async fn vidare(b: &Byggare) -> Result<(), Problem> {
    for (namn, slag) in [
        (FORENINGEN, OrganisationSlag::Forening),
        (BOLAGET, OrganisationSlag::KommunaltBolag),
    ] {
        let fall = LaggTill {
            namn: namn.into(),
            slag,
            orgnr: String::new(),
            overordnad: String::new(),
        };
        b.som(FORSBY, Roll::Administrator, fall).await?;
    }
    let bok = b.bok(FORSBY).await?;
    for (fran, till, plikt, dag) in [
        (
            None,
            FORENINGEN,
            "Antal middagar, och vad de har kostat",
            date(2026, 12, 10),
        ),
        (
            Some(organisation(&bok, FORENINGEN)?),
            BOLAGET,
            "Kvitton på hyrda lokaler",
            date(2026, 11, 30),
        ),
    ] {
        let led = Koppling::Vidare {
            fran,
            redovisas: Some(dag),
            plikt: plikt.into(),
            redovisat: None,
        };
        koppla(b, "Middag tillsammans", (led, Some(till), None)).await?;
    }
    Ok(())
}

/// Two have seen the association's account; then it is changed, and nobody has seen that.
async fn konton(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let id = organisation(&bok, FORENINGEN)?;
    let slug = bok.organisation(id).map(|o| o.slug.clone());
    let slug = slug.ok_or_else(Problem::finns_inte)?;
    let andra = |sedd, bankgiro: &str, orsak: &str| AndraBetalning {
        slug: slug.clone(),
        sedd,
        bankgiro: bankgiro.into(),
        plusgiro: String::new(),
        referens: "Middag 2026".into(),
        orsak: orsak.into(),
    };
    som(b, andra(0, "999-9996", "Avtalet med föreningen (påhittat)")).await?;
    let bekrafta = BekraftaBetalning {
        slug: slug.clone(),
        sedd: 1,
        hur: "Ringde föreningen på numret i avtalet (påhittat)".into(),
    };
    b.som(FORSBY, Roll::Forbundschef, bekrafta).await?;
    som(b, andra(2, "999-9988", "Mejl om nytt konto (påhittat)")).await
}
