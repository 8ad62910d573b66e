//! A new grant.

use super::{Blankett, ar, falt, organisationer, orsaksfalt, tal, val};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::svar::Svar;
use utfall_app::medel::{Bidragsar, SkapaBidrag};
use utfall_app::{Bok, Brister};
use utfall_domain::faktum::{Enhet, Sakerhet};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::sidor::{Delknapp, Faltdel, Registrering};

/// Years that the form has room for, in words. More are registered afterwards.
const RADER: [&str; 10] = [
    "Första året",
    "Andra året",
    "Tredje året",
    "Fjärde året",
    "Femte året",
    "Sjätte året",
    "Sjunde året",
    "Åttonde året",
    "Nionde året",
    "Tionde året",
];

/// The button that shows one more year, by what it sends as `steg`.
const FLER: &str = "fler-ar";

/// How many years are shown: at first one, then those that were sent, and one more when that
/// is asked for.
fn antal_ar(a: &Inloggat) -> usize {
    let skickat = |nr: &usize| {
        let (ar, belopp, lage) = falten(*nr);
        [ar, belopp, lage]
            .iter()
            .any(|namn| a.formular.som_sant(namn).is_some())
    };
    let skickade = (1..=RADER.len()).rev().find(skickat).unwrap_or(0);
    let fler = usize::from(a.formular.text("steg") == FLER);
    skickade.saturating_add(fler).clamp(1, RADER.len())
}

/// GET `/registrera/bidrag`.
pub async fn nytt_bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sida(&a, &bok, &[]))
}

fn sida(a: &Inloggat, bok: &Bok, fel: &[Problem]) -> Registrering {
    let mut delar = vec![om(a, bok)];
    let antal = antal_ar(a);
    for (nr, rubrik) in (1..=antal).zip(RADER) {
        let mut rad = Faltdel::rad(rubrik, arsfalt(a, nr));
        if nr == antal && nr < RADER.len() {
            // Leads to the new row: nobody has to look for it.
            let mal = adress::nytt_bidrag().vid(&falten(nr.saturating_add(1)).0);
            rad = rad.knapp(Delknapp::ny("Lägg till ett år", "steg", FLER, mal));
        }
        if nr == antal && nr > 1 {
            rad = rad.hjalp("Ett år som du lämnar tomt räknas inte.");
        }
        delar.push(rad);
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

/// A row of the form; `None` when nothing is written in it, or the year cannot be read.
fn rad(a: &Inloggat, nr: usize, fel: &mut Brister) -> Option<Bidragsar> {
    let (namn_ar, namn_belopp, namn_lage) = falten(nr);
    let (skrivet, lage) = (a.formular.text(&namn_belopp), a.formular.text(&namn_lage));
    let ar = fel.prova(ar(a, &namn_ar));
    if ar == Some(None) && skrivet.is_empty() && matches!(lage, "" | "slutlig") {
        return None;
    }
    let varde = fel.prova(tal::varde(skrivet, lage, (Enhet::Ore, "kr"), &namn_belopp));
    if ar == Some(None) {
        let vad = if skrivet.is_empty() {
            "Läget"
        } else {
            "Beloppet"
        };
        fel.prova::<()>(Err(Problem::ogiltigt(
            "bidrag-belopp-utan-ar",
            format!("{vad} har inget år."),
            "Skriv vilket år det gäller.",
        )
        .i_falt(namn_ar)));
    }
    // A year whose amount cannot be read is still a year; nothing is saved.
    let (tilldelat, precision) = varde.unwrap_or((Varde::Okant, Precision::EXAKT));
    let sakerhet = if matches!(lage, "preliminar" | "ej-beslutat") {
        Sakerhet::Preliminar
    } else {
        Sakerhet::Slutlig
    };
    Some(Bidragsar {
        rad: nr,
        ar: ar.flatten()?,
        tilldelat,
        precision,
        sakerhet,
    })
}

/// POST `/registrera/bidrag`.
pub async fn spara_bidrag(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    if a.formular.text("steg") == FLER {
        return Svar::sida(&sida(&a, &bok, &[]));
    }
    let mut olasligt = Brister::default();
    let aren = (1..=RADER.len())
        .filter_map(|nr| rad(&a, nr, &mut olasligt))
        .collect();
    let ar_skrivet = !olasligt.inga();
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
    match a.utfor(fall, olasligt).await? {
        Ok(slug) => Ok(Svar::vidare(
            adress::bidrag(&slug).fraga("sparat", "upplagt"),
        )),
        Err(mut fel) => {
            // Where a year could not be read it is not also missing.
            fel.retain(|p| !(ar_skrivet && p.kod == "bidrag-utan-ar"));
            Svar::formularfel(&sida(&a, &bok, &fel))
        }
    }
}
