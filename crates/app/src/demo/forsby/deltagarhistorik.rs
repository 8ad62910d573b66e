//! Invented participants of years gone by, read in from a register that is no more: three of
//! Forsby's initiatives since 2018, from three invented municipalities. Who read them in no longer
//! has the assignment.

use super::deltagare::{nummer, situation};
use super::{FORSBY, insats};
use crate::deltagare::{Inlast, LaggGallringsregel, LasInDeltagare, TilldelaUppdrag};
use crate::demo::varld::Byggare;
use jiff::ToSpan;
use jiff::civil::Date;
use utfall_behorighet::Roll;
use utfall_domain::deltagare::deltagande::{Bakgrund, Intrade, Uttrade};
use utfall_domain::deltagare::gallring::Gallringsbeslut;
use utfall_domain::deltagare::samtycke::{Behandling, Information, Informationssatt};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Inskrivet};
use utfall_domain::problem::Problem;

const INSATSER: [&str; 3] = ["uppsokande-team", "coach-komvux", "rorelse"];
const FORSTA_AR: i16 = 2018;
/// That begin in a year, in all three.
const OM_ARET: usize = 110;

/// Where they went, on what they live and what they do: of twenty.
const SLUT: [(usize, &str, &str, &str); 7] = [
    (7, "arbete", "lon", "arbete"),
    (11, "studier", "studiestod", "studier"),
    (13, "rehabilitering", "sjukpenning", "ingen"),
    (14, "praktik", "forsorjningsstod", "program"),
    (15, "egenforsorjning", "sjukersattning", "ingen"),
    (18, "oforandrat", "forsorjningsstod", "ingen"),
    (20, "okant", "okant", "okant"),
];

/// Spreads without chance: the same world is built the same.
const fn spritt(nr: usize, steg: usize, av: usize) -> usize {
    (nr * steg + nr / 7) % av
}

fn dagen(ar: i16, nr: usize) -> Date {
    let manad = i8::try_from(spritt(nr, 5, 12)).unwrap_or(0) + 1;
    let dag = i8::try_from(spritt(nr, 11, 28)).unwrap_or(0) + 1;
    Date::new(ar, manad, dag).unwrap_or(Date::MIN)
}

/// Reads them in, with an assignment that ends the same day.
pub(super) async fn las_in(b: &Byggare) -> Result<(), Problem> {
    let bok = b.bok(FORSBY).await?;
    let idag = b.klockans_dag();
    for (nr, namn) in INSATSER.into_iter().enumerate() {
        let id = insats(&bok, namn)?;
        let ansvarig = bok.insatser.iter().find(|i| i.id == id);
        let organisation = ansvarig.and_then(|i| i.ansvariga.first().copied());
        let organisation = organisation.ok_or_else(Problem::finns_inte)?;
        let uppdrag = TilldelaUppdrag {
            konto: b.konto(FORSBY, Roll::Deltagaransvarig)?,
            insats: Some(id),
            organisation: Some(organisation),
            fran: idag,
            till: Some(idag),
            utbildad: idag,
        };
        b.som(FORSBY, Roll::Insatsansvarig, uppdrag).await?;
        let fall = LasInDeltagare {
            insats: id,
            organisation,
            rader: deltagarna(b, nr),
            idag,
        };
        b.som(FORSBY, Roll::Deltagaransvarig, fall).await?;
    }
    gallringsregel(b, idag).await
}

/// What ended so long ago that everything about it has been told for five years goes.
async fn gallringsregel(b: &Byggare, idag: Date) -> Result<(), Problem> {
    let fall = LaggGallringsregel {
        manader: 60,
        beslut: Gallringsbeslut {
            dag: idag,
            beteckning: "KS 2026/311 § 44 (påhittat)".to_owned(),
        },
        fran: idag,
        till: None,
    };
    b.som(FORSBY, Roll::Gallringsansvarig, fall).await.map(drop)
}

fn deltagarna(b: &Byggare, insats: usize) -> Vec<Inlast> {
    let idag = b.klockans_dag();
    let aren = FORSTA_AR..=idag.year();
    let alla = aren.flat_map(|ar| (0..OM_ARET).map(move |nr| (ar, nr)));
    alla.enumerate()
        .filter(|(alla, _)| alla % INSATSER.len() == insats)
        .filter(|(_, (ar, nr))| dagen(*ar, *nr) <= idag)
        .map(|(alla, (ar, _))| en(b, alla, ar))
        .enumerate()
        .map(|(rad, inlast)| Inlast {
            rad: rad + 2,
            ..inlast
        })
        .collect()
}

fn en(b: &Byggare, nr: usize, ar: i16) -> Inlast {
    let borjade = dagen(ar, nr % OM_ARET);
    let man = nr % 13 < 6;
    let fodd = ar - 18 - i16::try_from(spritt(nr, 29, 38)).unwrap_or(0);
    let fodelsedag = dagen(fodd, nr);
    let nio = format!("{fodd}{:02}{:02}9", fodelsedag.month(), fodelsedag.day());
    let lopnummer = 2 * (nr % 10) + usize::from(man);
    let kommun = match (nr % 37, spritt(nr / 3, 7, 10)) {
        (0, _) => "9903",
        (_, 0..=6) => "9901",
        _ => "9902",
    };
    Inlast {
        rad: 0,
        vem: Inskrivet::ny(&nummer(&nio, lopnummer), &format!("Påhittad {nr}"), false),
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
            kommun: Some(kommun.to_owned()),
            kon: if man { "man" } else { "kvinna" }.to_owned(),
            bakgrund: bakgrund(),
            situation: situation(("forsorjningsstod", "ingen")),
        },
        uttrade: slutet(nr, borjade, b.klockans_dag()),
        uppfoljt: Vec::new(),
        fro: b.fro(),
    }
}

fn bakgrund() -> Bakgrund {
    Bakgrund {
        utbildning: "forgymnasial".to_owned(),
        tid_i_forsorjning: "3-5".to_owned(),
        startlage: "3-5".to_owned(),
        malgrupper: vec!["langtidsbidragare".to_owned()],
        remittent: "socialtjansten".to_owned(),
        behov: Vec::new(),
        status: Vec::new(),
    }
}

fn slutet(nr: usize, borjade: Date, idag: Date) -> Option<Uttrade> {
    let dagar = 120 + i64::try_from(spritt(nr, 37, 300)).unwrap_or(0);
    let dag = borjade.checked_add(dagar.days()).ok()?;
    if idag < dag {
        return None;
    }
    let av_tjugo = spritt(nr, 13, 20);
    let (_, tillstand, pa, gor) = *SLUT.iter().find(|(till, ..)| av_tjugo < *till)?;
    let fullfoljt = !matches!(tillstand, "oforandrat" | "okant");
    Some(Uttrade {
        dag,
        anledning: if fullfoljt { "enligt-plan" } else { "annat" }.to_owned(),
        fullfoljande: if fullfoljt { "fullfoljt" } else { "okant" }.to_owned(),
        avbrottsorsak: None,
        sluttillstand: tillstand.to_owned(),
        stod: vec!["vagledning".to_owned()],
        situation: situation((pa, gor)),
    })
}
