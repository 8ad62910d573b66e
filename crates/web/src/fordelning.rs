//! Fördelning: insats × year, with running sums and what is left.

mod ifyllt;
mod tabell;

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::insatser::mening;
use crate::las;
use crate::siffror::Siffror;
use crate::svar::{Fel, Svar};
use ifyllt::Ifyllt;
use utfall_app::Bok;
use utfall_app::medel::{AndraFordelning, version};
use utfall_behorighet::Atgard;
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Flik, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;

/// GET `/medel/{bidrag}/fordelning`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&sida(&a, &bok, b, None, None))
}

fn kan_andras(a: &Inloggat) -> bool {
    a.far(Atgard::AndraFordelning) && a.per().is_none()
}

fn sida(
    a: &Inloggat,
    bok: &Bok,
    b: &Bidrag,
    ifyllt: Option<&Ifyllt>,
    fel: Option<&Problem>,
) -> sidor::Fordelning {
    let s = Siffror::ny(bok);
    let t = tabell::Tabellen {
        s: &s,
        b,
        ifyllt,
        fel,
        andras: kan_andras(a),
    };
    let orsak = Falt::ny("orsak", "Varför ändras beloppen?", FaltSlag::Text)
        .hjalp("Till exempel ett beslut med sin paragraf.")
        .varde(a.formular.text("orsak"));
    let orsak = crate::insatser::med_fel(orsak, fel);
    let mut ram = a.ram();
    ram.fel = felen(ifyllt, fel, &orsak);
    let (rubrik, ingress) = huvud(&s, b);
    sidor::Fordelning {
        ram,
        huvud: Sidhuvud::ny(rubrik, ingress)
            .overrad(bok.organisationsnamn(b.finansiar).to_owned())
            .under(vec![
                Lank::ny("Medel", adress::medel()),
                Lank::ny(b.namn.clone(), adress::bidrag(&b.slug)),
            ]),
        nyckeltal: nyckeltal(&s, b).into(),
        versioner: vec![Flik::ny("Gällande", adress::fordelning(&b.slug), true)],
        caption: if kan_andras(a) {
            "Kronor. Fält med ram går att ändra.".to_owned()
        } else {
            "Kronor".to_owned()
        },
        kolumner: t.kolumner(),
        rader: t.rader(),
        formular: kan_andras(a).then(|| {
            let sedd = version(bok, b.id).map_or(0, FaktumId::nummer);
            a.ett_formular(adress::fordelning(&b.slug))
                .med_version(sedd)
        }),
        orsak: kan_andras(a).then_some(orsak),
        forhandsvisning: ifyllt
            .filter(|i| i.fel().is_empty())
            .map(|i| i.forhandsvisning(&s, b)),
        besked: Vec::new(),
        beslut: crate::medel::beslut(&s, b).into(),
    }
}

/// What stopped the form: each field that cannot be read, or what the use case refused.
fn felen(
    ifyllt: Option<&Ifyllt>,
    fel: Option<&Problem>,
    orsak: &Falt,
) -> Option<Felsammanfattning> {
    let rubrik = "Fördelningen sparades inte";
    let falt = ifyllt.map(Ifyllt::fel).unwrap_or_default();
    if !falt.is_empty() {
        return Some(Felsammanfattning {
            rubrik: rubrik.to_owned(),
            fel: falt,
        });
    }
    let fel = fel?;
    Some(
        Felsammanfattning::av(rubrik, [orsak])
            .unwrap_or_else(|| Felsammanfattning::utan_falt(rubrik, mening(fel))),
    )
}

fn huvud(s: &Siffror<'_>, b: &Bidrag) -> (String, Text) {
    let rubrik = format!("Fördelning, {}", b.namn);
    let mut text = Text::default();
    for ar in &b.ar {
        let urval = Urval::bidrag(b.id).ar(*ar);
        if s.kant(Matt::KvarAttFordela, &urval).is_some() {
            text = text
                .ord(format!("{ar}: "))
                .tal(s.med_enhet(Matt::KvarAttFordela, &urval))
                .ord(" är kvar att fördela. ");
        }
    }
    if text.tom() {
        text = "Hur bidraget är fördelat på insatser och år.".into();
    }
    (rubrik, text)
}

fn nyckeltal(s: &Siffror<'_>, b: &Bidrag) -> Vec<Nyckeltal> {
    let urval = Urval::bidrag(b.id);
    [
        (Matt::Tillgangligt, "alla år"),
        (Matt::Fordelat, "alla år"),
        (Matt::Medfinansiering, "vid sidan av bidraget"),
    ]
    .into_iter()
    .filter(|(matt, _)| s.finns(*matt, &urval))
    .map(|(matt, villkor)| Nyckeltal::ny(matt.text(), s.med_enhet(matt, &urval), villkor))
    .collect()
}

/// POST `/medel/{bidrag}/fordelning`: counts again, or saves (`steg=spara`).
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let ifyllt = Ifyllt::av(&a.formular, &bok, b);
    if !ifyllt.fel().is_empty() {
        return Svar::formularfel(&sida(&a, &bok, b, Some(&ifyllt), None));
    }
    if a.formular.text("steg") != "spara" {
        return Svar::sida(&sida(&a, &bok, b, Some(&ifyllt), None));
    }
    let fall = AndraFordelning {
        bidrag: b.id,
        sedd: a.formular.tal("version").and_then(FaktumId::ny),
        celler: ifyllt.celler(),
        beslut: None,
        orsak: a.formular.lang("orsak"),
    };
    match a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(_) => Ok(Svar::vidare(adress::fordelning(&b.slug))),
        Err(fel) => {
            let status = match fel.slag {
                ProblemSlag::Ogiltigt => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                ProblemSlag::Konflikt => axum::http::StatusCode::CONFLICT,
                _ => return Err(Fel::from(fel)),
            };
            // After a conflict the page is made of the new books: what is there now beside
            // what this person wrote.
            let bok = a.bok().await?;
            let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
            let svar = Svar::sida(&sida(&a, &bok, b, Some(&ifyllt), Some(&fel)))?;
            Ok(svar.med_status(status))
        }
    }
}
