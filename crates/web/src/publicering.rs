//! Publicering: what the public sees, and the act of showing or withdrawing it.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::{med_fel, mening};
use crate::fynd;
use crate::rapporter::Utgavor;
use crate::siffror::{dag, klockslag};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::publicering::{DraTillbaka, Publicera};
use utfall_behorighet::Atgard;
use utfall_domain::id::PubliceringId;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::publicering::{self as p, Publicerat, gallande};
use utfall_domain::rapporter::{Rapportlage, Rapportslag};
use utfall_domain::tid::{self, PerDag};
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning};
use utfall_vyer::komponent::{Handelse, Lage, LageSlag, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{self, PubliceringRad};

mod andrat;

pub use andrat::publicera_igen;

/// GET `/publicering`.
pub async fn visa(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    Svar::sida(&sida(&a, &bok, None))
}

fn sida(a: &Inloggat, bok: &Bok, fel: Option<&Problem>) -> sidor::Publicering {
    let oppet = gallande(&bok.publiceringar);
    let falt = falt(a, bok, fel);
    let rader: Vec<PubliceringRad> = oppet.iter().map(|akt| rad(a, bok, akt, fel)).collect();
    let mut ram = a.ram();
    ram.fel = fel.map(|fel| {
        let rubrik = if a.stig.text("publicering").is_empty() {
            "Inget publicerades"
        } else {
            "Publiceringen drogs inte tillbaka"
        };
        let skal = rader.iter().filter_map(|r| r.dra_tillbaka.as_ref());
        Felsammanfattning::av(rubrik, falt.iter().chain(skal.map(|(_, falt)| falt)))
            .unwrap_or_else(|| Felsammanfattning::utan_falt(rubrik, mening(fel)))
    });
    let ingress = match oppet.len() {
        0 => "Inget är publicerat. Det som sparas syns inte utanför förrän någon publicerar det."
            .to_owned(),
        1 => "En sak är öppen för alla.".to_owned(),
        n => format!("{n} saker är öppna för alla."),
    };
    let kan = a.far(Atgard::Publicera) && !(bok.bidrag.is_empty() && bok.insatser.is_empty());
    sidor::Publicering {
        ram,
        huvud: Sidhuvud::ny("Publicering", ingress),
        rader,
        andrat: a
            .far(Atgard::Publicera)
            .then(|| andrat::del(a, bok))
            .flatten(),
        publicera: kan.then(|| (a.ett_formular(adress::publicering()), falt)),
        akter: akter(bok).into(),
    }
}

fn falt(a: &Inloggat, bok: &Bok, fel: Option<&Problem>) -> [Falt; 3] {
    let mut val = Vec::new();
    for b in &bok.bidrag {
        val.push((format!("bidrag:{}", b.id), format!("Bidrag: {}", b.namn)));
    }
    for i in &bok.insatser {
        // A reserve may be shown as the row it is; it gets no page.
        let slag = if i.reserv { "Reserv" } else { "Insats" };
        val.push((format!("insats:{}", i.id), format!("{slag}: {}", i.namn)));
    }
    for r in &bok.rapporter {
        // A requisition is between two parties and is never public.
        let handling = matches!(r.slag, Rapportslag::Rekvisition { .. });
        if matches!(r.lage, Rapportlage::Utfardad { .. }) && !handling {
            let namn = Utgavor::av(bok, r).namn();
            val.push((format!("rapport:{}", r.id), format!("Rapport: {namn}")));
        }
    }
    let skrivet = |namn: &str| a.formular.text(namn).to_owned();
    let per = match skrivet("per") {
        tom if tom.is_empty() => tid::dag(a.nu).to_string(),
        ifyllt => ifyllt,
    };
    [
        Falt::ny("vad", "Vad", FaltSlag::Val(val)).varde(skrivet("vad")),
        Falt::ny("per", "Siffrorna per", FaltSlag::Datum)
            .hjalp("Det som registreras efter den dagen syns inte.")
            .varde(per),
        Falt::ny("kommentar", "Kommentar till läsaren", FaltSlag::Text)
            .hjalp("Till exempel vad som har rättats.")
            .varde(skrivet("kommentar"))
            .frivilligt(),
    ]
    .map(|falt| med_fel(falt, fel))
}

/// The name of what is published, and its public page.
fn om(bok: &Bok, vad: Publicerat) -> (String, String) {
    let h = &bok.huvudman.slug;
    match vad {
        Publicerat::Bidrag(id) => bok.bidrag(id).map_or_else(Default::default, |b| {
            (b.namn.clone(), adress::publik_bidrag(h, &b.slug).into())
        }),
        Publicerat::Insats(id) => bok.insats(id).map_or_else(Default::default, |i| {
            let sida = if i.reserv {
                adress::publik_pengar(h)
            } else {
                adress::publik_insats(h, &i.slug)
            };
            (i.namn.clone(), sida.into())
        }),
        Publicerat::Rapport(id) => bok.rapport(id).map_or_else(Default::default, |r| {
            let namn = Utgavor::av(bok, r).namn();
            (namn, adress::publik_rapport(h, &r.slug).into())
        }),
    }
}

/// The field that the reason for withdrawing is written in.
fn skalfalt(id: PubliceringId) -> String {
    format!("skal-{id}")
}

fn rad(a: &Inloggat, bok: &Bok, akt: &p::Publicering, fel: Option<&Problem>) -> PubliceringRad {
    let (namn, href) = om(bok, akt.vad);
    let andrat = !andrat::andringar(bok, akt).is_empty();
    let lage = if andrat {
        Lage::ny("Ändrat sedan dess", LageSlag::Varning)
    } else {
        Lage::ny("Publicerad", LageSlag::Lugn)
    };
    let kan = a.far(Atgard::DraTillbaka);
    PubliceringRad {
        lank: Lank::ny(namn, href),
        under: format!(
            "Siffrorna per {}. Publicerad {} av {}.",
            dag(akt.per.0),
            klockslag(akt.tid),
            fynd::namn(bok, akt.av)
        ),
        lage,
        dra_tillbaka: kan.then(|| {
            let skal = Falt::ny(skalfalt(akt.id), "Skäl", FaltSlag::Text)
                .varde(a.formular.text(&skalfalt(akt.id)));
            (
                a.ett_formular(adress::dra_tillbaka(&akt.id.to_string())),
                med_fel(skal, fel),
            )
        }),
    }
}

fn akter(bok: &Bok) -> Vec<Handelse> {
    bok.publiceringar
        .iter()
        .rev()
        .enumerate()
        .map(|(nr, akt)| {
            let namn = om(bok, akt.vad).0;
            let text = match akt.drar_tillbaka {
                Some(_) => format!("{namn} drogs tillbaka. {}", akt.kommentar),
                None => format!(
                    "{namn} publicerades med siffrorna per {}. {}",
                    dag(akt.per.0),
                    akt.kommentar
                ),
            };
            Handelse {
                nar: klockslag(akt.tid),
                datum: tid::dag(akt.tid).to_string(),
                text: text.trim().into(),
                nu: nr == 0,
            }
        })
        .collect()
}

/// POST `/publicering`.
pub async fn publicera(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let valt = a.formular.text("vad").split_once(':');
    let vad = valt.and_then(|(kod, id)| Publicerat::av_kod(kod, id.parse().ok()?));
    let Some(vad) = vad else {
        let fel = Problem::ogiltigt(
            "publicering-val",
            "Inget är valt att publicera.",
            "Välj ett bidrag, en insats eller en utfärdad rapport.",
        )
        .i_falt("vad");
        return Svar::formularfel(&sida(&a, &bok, Some(&fel)));
    };
    let Ok(per) = a.formular.text("per").parse() else {
        let fel = Problem::ogiltigt(
            "publicering-dag",
            "Siffrorna per: dagen går inte att läsa.",
            "Skriv år, månad och dag, till exempel 2022-02-02.",
        )
        .i_falt("per");
        return Svar::formularfel(&sida(&a, &bok, Some(&fel)));
    };
    let fall = Publicera {
        vad,
        per: PerDag(per),
        kommentar: a.formular.lang("kommentar"),
    };
    match a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(_) => Ok(Svar::vidare(adress::publicering())),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            Svar::formularfel(&sida(&a, &bok, Some(&fel)))
        }
        Err(fel) => Err(fel.into()),
    }
}

/// POST `/publicering/{publicering}/dra-tillbaka`.
pub async fn dra_tillbaka(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let id = a.stig.tal("publicering").and_then(PubliceringId::ny);
    let id = id.ok_or_else(Problem::finns_inte)?;
    if !bok.publiceringar.iter().any(|akt| akt.id == id) {
        return Err(Problem::finns_inte().into());
    }
    let fall = DraTillbaka {
        publicering: id,
        skal: a.formular.lang(&skalfalt(id)),
    };
    match a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(_) => Ok(Svar::vidare(adress::publicering())),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            Svar::formularfel(&sida(&a, &bok, Some(&fel.i_falt(skalfalt(id)))))
        }
        Err(fel) => Err(fel.into()),
    }
}
