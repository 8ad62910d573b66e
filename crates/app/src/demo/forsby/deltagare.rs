//! Invented participants in two of Forsby's initiatives, and who may see them. Their numbers are
//! of the tax agency's series for tests (birth numbers 980–999), which nobody is given.

use super::{FORSBY, insats};
use crate::deltagare::{RegistreraDeltagare, SkrivSteg, TilldelaUppdrag};
use crate::demo::varld::Byggare;
use jiff::ToSpan;
use jiff::civil::Date;
use utfall_behorighet::Roll;
use utfall_domain::deltagare::deltagande::{
    Arbete, Bakgrund, Deltagandesteg, Forsorjning, Intrade, Omfattning, Situation, Uppfoljning,
    Uttrade, Vag,
};
use utfall_domain::deltagare::samtycke::{Behandling, Information, Informationssatt};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Inskrivet};
use utfall_domain::id::{DeltagandeId, InsatsId, OrganisationId};
use utfall_domain::problem::Problem;

/// Somebody invented: the number without its last digit, a name, when they began (days before
/// today), and how it ended, when it has.
struct Pahittad {
    nio: &'static str,
    namn: &'static str,
    kon: &'static str,
    borjade: i64,
    fore: (&'static str, &'static str),
    slut: Option<Slut>,
}

/// How many days before today it ended, where the person went, on what they live and what they
/// do.
type Slut = (i64, &'static str, &'static str, &'static str);

const fn en(
    nio: &'static str,
    namn: &'static str,
    kon: &'static str,
    borjade: i64,
    fore: (&'static str, &'static str),
    slut: Option<Slut>,
) -> Pahittad {
    Pahittad {
        nio,
        namn,
        kon,
        borjade,
        fore,
        slut,
    }
}

const BISTAND: (&str, &str) = ("forsorjningsstod", "ingen");
const SJUK: (&str, &str) = ("sjukpenning", "ingen");
const NARA: (&str, &str) = ("narstaende", "arbetssokande");

const FORSTA_JOBBET: [Pahittad; 8] = [
    en(
        "199803129",
        "Påhittad Al",
        "kvinna",
        540,
        BISTAND,
        Some((300, "arbete", "lon", "arbete")),
    ),
    en(
        "199511209",
        "Påhittad Asp",
        "man",
        520,
        BISTAND,
        Some((290, "studier", "studiestod", "studier")),
    ),
    en(
        "200101159",
        "Påhittad Björk",
        "kvinna",
        500,
        NARA,
        Some((280, "arbete", "lon", "arbete")),
    ),
    en(
        "199907079",
        "Påhittad Bok",
        "man",
        410,
        BISTAND,
        Some((120, "oforandrat", "forsorjningsstod", "ingen")),
    ),
    en(
        "200212249",
        "Påhittad Ek",
        "man",
        260,
        NARA,
        Some((60, "praktik", "forsorjningsstod", "program")),
    ),
    en("199705059", "Påhittad En", "kvinna", 200, BISTAND, None),
    en("200006309", "Påhittad Fläder", "kvinna", 150, NARA, None),
    en("199609189", "Påhittad Gran", "man", 40, BISTAND, None),
];

const SPRAK: [Pahittad; 5] = [
    en(
        "198502109",
        "Påhittad Hassel",
        "kvinna",
        450,
        BISTAND,
        Some((210, "arbete", "lon", "arbete")),
    ),
    en(
        "197910019",
        "Påhittad Hägg",
        "kvinna",
        430,
        SJUK,
        Some((200, "rehabilitering", "sjukpenning", "ingen")),
    ),
    en(
        "199004149",
        "Påhittad Idegran",
        "man",
        300,
        BISTAND,
        Some((90, "okant", "okant", "okant")),
    ),
    en("198808089", "Påhittad Lind", "kvinna", 180, SJUK, None),
    en("197506219", "Påhittad Lönn", "man", 75, BISTAND, None),
];

/// Accounts let in, and people entered, ended and followed up.
pub(super) async fn november(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    for (namn, alla) in [
        ("Första jobbet", FORSTA_JOBBET.as_slice()),
        ("Språk på jobbet", SPRAK.as_slice()),
    ] {
        let id = insats(&bok, namn)?;
        let ansvarig = bok.insatser.iter().find(|i| i.id == id);
        let organisation = ansvarig.and_then(|i| i.ansvariga.first().copied());
        let var = (id, organisation.ok_or_else(Problem::finns_inte)?);
        uppdrag(b, var).await?;
        for (nr, vem) in alla.iter().enumerate() {
            person(b, var, vem, nr).await?;
        }
    }
    Ok(())
}

fn dagar_fore(b: &Byggare, dagar: i64) -> Date {
    let idag = b.klockans_dag();
    idag.checked_sub(dagar.days()).unwrap_or(idag)
}

async fn uppdrag(b: &Byggare, (insats, organisation): Var) -> Result<(), Problem> {
    let fall = TilldelaUppdrag {
        konto: b.konto(FORSBY, Roll::Deltagaransvarig)?,
        insats: Some(insats),
        organisation: Some(organisation),
        fran: dagar_fore(b, 600),
        till: None,
        utbildad: dagar_fore(b, 610),
    };
    b.som(FORSBY, Roll::Insatsansvarig, fall).await.map(drop)
}

type Var = (InsatsId, OrganisationId);

/// The number with its last digit (Luhn's, of the nine after the century).
pub(super) fn nummer(nio: &str, lopnummer: usize) -> String {
    // The birth number is 980–999: its first digit stands in `nio`, and even numbers are
    // women's. Each in a list gets its own.
    let utan = format!("{nio}{:02}", 80 + lopnummer);
    let mut summa = 0;
    for (nr, siffra) in utan.chars().skip(2).enumerate() {
        let v = siffra.to_digit(10).unwrap_or(0) * if nr % 2 == 0 { 2 } else { 1 };
        summa += v / 10 + v % 10;
    }
    format!("{utan}{}", (10 - summa % 10) % 10)
}

pub(super) fn situation((pa, gor): (&str, &str)) -> Situation {
    Situation {
        forsorjning: vec![Forsorjning {
            kod: pa.to_owned(),
            omfattning: None,
        }],
        sysselsattning: gor.to_owned(),
        arbete: (gor == "arbete").then(|| Arbete {
            typ: "visstid".to_owned(),
            omfattning: Omfattning::ny(75),
        }),
    }
}

async fn person(b: &Byggare, var: Var, vem: &Pahittad, nr: usize) -> Result<(), Problem> {
    let (insats, organisation) = var;
    let idag = b.klockans_dag();
    let borjade = dagar_fore(b, vem.borjade);
    let lopnummer = nr * 2 + usize::from(vem.kon == "man");
    let fall = RegistreraDeltagare {
        insats,
        organisation,
        vem: Inskrivet::ny(&nummer(vem.nio, lopnummer), vem.namn, false),
        grund: Behandlingsgrund {
            grund: Behandling::AllmantIntresse,
            information: Information {
                text: "deltagare-2026-1".to_owned(),
                sprak: "sv".to_owned(),
                dag: borjade,
                satt: Informationssatt::Papper,
            },
        },
        intrade: Intrade {
            dag: borjade,
            kommun: Some("9901".to_owned()),
            kon: vem.kon.to_owned(),
            bakgrund: Bakgrund {
                utbildning: "gymnasial".to_owned(),
                tid_i_forsorjning: "1-2".to_owned(),
                startlage: "1-2".to_owned(),
                malgrupper: vec!["langtidsbidragare".to_owned()],
                remittent: "socialtjansten".to_owned(),
                behov: Vec::new(),
                status: vec![("arbetsformedlingen".to_owned(), "avslutad".to_owned())],
            },
            situation: situation(vem.fore),
        },
        fro: b.fro(),
        idag,
    };
    let id = b.som(FORSBY, Roll::Deltagaransvarig, fall).await?;
    match vem.slut {
        Some(slut) => avsluta(b, id, slut).await,
        None => Ok(()),
    }
}

async fn avsluta(
    b: &Byggare,
    id: DeltagandeId,
    (dagar, sluttillstand, pa, gor): Slut,
) -> Result<(), Problem> {
    let sist = dagar_fore(b, dagar);
    let kom_fram = matches!(sluttillstand, "arbete" | "studier" | "praktik");
    let fullfoljande = if kom_fram { "fullfoljt" } else { "okant" };
    let slut = Uttrade {
        dag: sist,
        anledning: if kom_fram { "enligt-plan" } else { "annat" }.to_owned(),
        fullfoljande: fullfoljande.to_owned(),
        avbrottsorsak: None,
        sluttillstand: sluttillstand.to_owned(),
        stod: vec!["vagledning".to_owned()],
        situation: situation((pa, gor)),
    };
    skriv(b, id, (1, Deltagandesteg::Avsluta(slut))).await?;
    let vagen = Vag::Tre.dag(sist).filter(|dag| *dag <= b.klockans_dag());
    // The first of them have been asked; the others are still to be.
    match vagen {
        Some(dag) if dagar >= 280 => {
            let svar = Uppfoljning {
                vag: Vag::Tre,
                dag,
                svar: "svarade".to_owned(),
                situation: Some(situation((pa, gor))),
            };
            skriv(b, id, (2, Deltagandesteg::FoljUpp(svar))).await
        }
        _ => Ok(()),
    }
}

async fn skriv(
    b: &Byggare,
    deltagande: DeltagandeId,
    (sedda, steg): (i64, Deltagandesteg),
) -> Result<(), Problem> {
    let fall = SkrivSteg {
        deltagande,
        sedda,
        steg,
        fro: b.fro(),
        idag: b.klockans_dag(),
    };
    b.som(FORSBY, Roll::Deltagaransvarig, fall).await
}
