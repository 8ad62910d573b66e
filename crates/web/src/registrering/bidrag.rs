//! A new grant.

use super::{Blankett, ar, falt, organisationer, orsaksfalt, samla, tal, val};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::medel::{Bidragsar, SkapaBidrag};
use utfall_domain::faktum::{Enhet, Sakerhet};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Faltdel, Registrering};

/// Years that the form has room for, in words. More are registered afterwards.
const RADER: [&str; 5] = [
    "Första året",
    "Andra året",
    "Tredje året",
    "Fjärde året",
    "Femte året",
];

/// GET `/registrera/bidrag`.
pub async fn nytt_bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sida(&a, &bok, &[]))
}

fn sida(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Registrering {
    let mut delar = vec![om(a, bok)];
    for (nr, rubrik) in RADER.iter().enumerate() {
        let rad = Faltdel::rad(*rubrik, arsfalt(a, nr + 1));
        delar.push(if nr == 0 {
            rad.hjalp("Rader som du lämnar tomma räknas inte.")
        } else {
            rad
        });
    }
    delar.push(Faltdel::ny("Källa", vec![orsaksfalt(a)]));
    Blankett {
        rubrik: "Lägg upp ett bidrag".to_owned(),
        ingress: "Ett bidrag är pengar från en finansiär. Skriv vilka år det gäller och vad som \
                  är beviljat.",
        under: vec![Lank::ny("Medel", adress::medel())],
        mal: adress::nytt_bidrag(),
        knapp: "Spara bidraget",
        foljd: "Bidraget syns genast under Medel. Sedan kan du fördela pengarna på insatser.",
        inte_sparat: "Bidraget sparades inte",
        avbryt: adress::medel(),
    }
    .sida(a, delar, fel)
}

fn om(a: &Inloggat, bok: &Bok) -> Faltdel {
    let overforing = val(
        "Okänt",
        [("ja", "Ja, till nästa år"), ("nej", "Nej")].map(|(v, o)| (v.to_owned(), o.to_owned())),
    );
    Faltdel::ny(
        "",
        vec![
            falt(a, "namn", "Bidragets namn", FaltSlag::Text),
            falt(a, "finansiar", "Finansiär", organisationer(bok))
                .hjalp("Den som ger pengarna. En ny läggs till i registret."),
            falt(a, "program", "Program eller utlysning", FaltSlag::Text).frivilligt(),
            falt(a, "andamal", "Ändamål", FaltSlag::Lang(2))
                .hjalp("Vad pengarna är till för.")
                .frivilligt(),
            falt(a, "diarienummer", "Diarienummer", FaltSlag::Text).frivilligt(),
            falt(
                a,
                "overforing",
                "Får pengar som blir över föras över?",
                overforing,
            )
            .frivilligt(),
        ],
    )
}

fn arsfalt(a: &Inloggat, nr: usize) -> Vec<Falt> {
    let lagen = [
        ("slutlig", "Beslutat"),
        ("preliminar", "Preliminärt"),
        ("ej-beslutat", "Ej beslutat"),
        ("okant", "Okänt"),
    ];
    let lagen = lagen.map(|(v, o)| (v.to_owned(), o.to_owned())).to_vec();
    let (namn_ar, namn_belopp, namn_lage) = falten(nr);
    let mut falten = vec![
        falt(a, &namn_ar, "År", FaltSlag::Tal),
        falt(a, &namn_belopp, "Beviljat, kronor", FaltSlag::Tal),
        falt(a, &namn_lage, "Läge", FaltSlag::Val(lagen)),
    ];
    for (plats, falt) in falten.iter_mut().enumerate() {
        // The first year is demanded; what it gives may be unknown.
        falt.frivilligt = nr > 1 || plats > 0;
    }
    falten
}

/// The names of a row's fields.
fn falten(nr: usize) -> (String, String, String) {
    (
        format!("ar-{nr}"),
        format!("belopp-{nr}"),
        format!("lage-{nr}"),
    )
}

/// A row of the form; `None` when nothing is written in it.
fn rad(a: &Inloggat, nr: usize) -> Result<Option<Bidragsar>, Problem> {
    let (namn_ar, namn_belopp, namn_lage) = falten(nr);
    let (skrivet, lage) = (a.formular.text(&namn_belopp), a.formular.text(&namn_lage));
    let Some(ar) = ar(a, &namn_ar)? else {
        if skrivet.is_empty() {
            return Ok(None);
        }
        return Err(Problem::ogiltigt(
            "bidrag-belopp-utan-ar",
            "Beloppet har inget år.",
            "Skriv vilket år det gäller.",
        )
        .i_falt(namn_ar));
    };
    let (tilldelat, precision) = tal::varde(skrivet, lage, (Enhet::Ore, "kr"), &namn_belopp)?;
    let sakerhet = if matches!(lage, "preliminar" | "ej-beslutat") {
        Sakerhet::Preliminar
    } else {
        Sakerhet::Slutlig
    };
    Ok(Some(Bidragsar {
        rad: nr,
        ar,
        tilldelat,
        precision,
        sakerhet,
    }))
}

/// POST `/registrera/bidrag`.
pub async fn spara_bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let mut fel = Vec::new();
    let aren = (1..=RADER.len())
        .filter_map(|nr| samla(rad(&a, nr), &mut fel).flatten())
        .collect();
    if !fel.is_empty() {
        return Svar::formularfel(&sida(&a, &bok, &fel));
    }
    let f = &a.formular;
    let fall = SkapaBidrag {
        namn: f.lang("namn"),
        finansiar: f.lang("finansiar"),
        program: f.lang("program"),
        andamal: f.lang("andamal"),
        diarienummer: f.lang("diarienummer"),
        overforing: match f.text("overforing") {
            "ja" => Some(true),
            "nej" => Some(false),
            _ => None,
        },
        ar: aren,
        orsak: f.lang("orsak"),
    };
    let nyckel = Some(a.nyckel()?);
    match a.webb.tjanst.utfor(&a.session.aktor, nyckel, fall).await {
        Ok(slug) => Ok(Svar::vidare(
            adress::bidrag(&slug).fraga("sparat", "upplagt"),
        )),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => Svar::formularfel(&sida(&a, &bok, &[fel])),
        Err(fel) => Err(fel.into()),
    }
}
