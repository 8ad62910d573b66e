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
use utfall_app::medel::{AndraFordelning, andrad_av_annan, version};
use utfall_behorighet::Atgard;
use utfall_domain::id::FaktumId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Flik, Lank, Nyckeltal, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;
use utfall_vyer::tal::TalVy;

/// GET `/medel/{bidrag}/fordelning`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    Svar::sida(&sida(&a, &bok, b, Skrivet::inget(&bok, b)))
}

fn kan_andras(a: &Inloggat) -> bool {
    a.far(Atgard::AndraFordelning) && a.per().is_none()
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Skrivet<'a> {
    ifyllt: Option<&'a Ifyllt>,
    fel: Option<&'a Problem>,
    /// The distribution the person saw. It stays the same through previews, so that what
    /// somebody else saved meanwhile is never overwritten unseen.
    sedd: Option<FaktumId>,
}

impl Skrivet<'_> {
    fn inget(bok: &Bok, b: &Bidrag) -> Self {
        Self {
            ifyllt: None,
            fel: None,
            sedd: version(bok, b.id),
        }
    }
}

fn sida(a: &Inloggat, bok: &Bok, b: &Bidrag, skrivet: Skrivet<'_>) -> sidor::Fordelning {
    let Skrivet { ifyllt, fel, sedd } = skrivet;
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
            a.ett_formular(adress::fordelning(&b.slug))
                .med_version(sedd.map_or(0, FaktumId::nummer))
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
    let kvar = |ar: &i16| s.kant(Matt::KvarAttFordela, &Urval::bidrag(b.id).ar(*ar));
    if !b.ar.is_empty() && b.ar.iter().all(|ar| kvar(ar) == Some(0)) {
        return (rubrik, "Allt är fördelat.".into());
    }
    for ar in &b.ar {
        let urval = Urval::bidrag(b.id).ar(*ar);
        if let Some(kvar) = s.kant(Matt::KvarAttFordela, &urval) {
            let (tal, efter) = kvar_i_ord(s, &urval, kvar);
            text = text
                .ord(format!("{ar}: "))
                .tal(tal)
                .ord(format!("{efter}. "));
        }
    }
    if text.tom() {
        text = "Hur bidraget är fördelat på insatser och år.".into();
    }
    (rubrik, text)
}

/// What is left to distribute and the words after it. Nobody reads "−173 000 kr är kvar".
pub fn kvar_i_ord(s: &Siffror<'_>, urval: &Urval, kvar: i64) -> (TalVy, &'static str) {
    let mut tal = s.med_enhet(Matt::KvarAttFordela, urval);
    if kvar >= 0 {
        return (tal, " är kvar att fördela");
    }
    tal.text = tal.text.trim_start_matches('\u{2212}').to_owned();
    (tal, " för mycket är fördelat")
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
    let sedd = a.formular.tal("version").and_then(FaktumId::ny);
    let skrivet = Skrivet {
        ifyllt: Some(&ifyllt),
        fel: None,
        sedd,
    };
    if !ifyllt.fel().is_empty() {
        return Svar::formularfel(&sida(&a, &bok, b, skrivet));
    }
    if a.formular.text("steg") != "spara" {
        if version(&bok, b.id) != sedd {
            return konflikt(&a, ifyllt, sedd, &andrad_av_annan()).await;
        }
        return Svar::sida(&sida(&a, &bok, b, skrivet));
    }
    let fall = AndraFordelning {
        bidrag: b.id,
        sedd,
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
        Err(fel) => match fel.slag {
            ProblemSlag::Ogiltigt => {
                let skrivet = Skrivet {
                    ifyllt: Some(&ifyllt),
                    fel: Some(&fel),
                    sedd,
                };
                Svar::formularfel(&sida(&a, &bok, b, skrivet))
            }
            ProblemSlag::Konflikt => konflikt(&a, ifyllt, sedd, &fel).await,
            _ => Err(Fel::from(fel)),
        },
    }
}

/// Somebody else saved first. The page is made of the new books: cells this person left as
/// they were show what is there now, and the others what was typed, beside what they replace.
async fn konflikt(a: &Inloggat, ifyllt: Ifyllt, sedd: Option<FaktumId>, fel: &Problem) -> Resultat {
    let bok = a.bok().await?;
    let b = las::bidrag(&bok, a.stig.text("bidrag"))?;
    let ifyllt = ifyllt.bara_andrade(&bok, b, sedd);
    let skrivet = Skrivet {
        ifyllt: Some(&ifyllt),
        fel: Some(fel),
        sedd: version(&bok, b.id),
    };
    let svar = Svar::sida(&sida(a, &bok, b, skrivet))?;
    Ok(svar.med_status(axum::http::StatusCode::CONFLICT))
}
