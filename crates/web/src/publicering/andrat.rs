//! What has changed since it was published, and publishing all of it again.

use super::om;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::harledning::om_faktum;
use crate::las;
use crate::siffror::{enhet, text};
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::publicering::PubliceraIgen;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Faktum;
use utfall_domain::problem::ProblemSlag;
use utfall_domain::publicering::{Insatsinnehall, Publicerat, Publicering, gallande};
use utfall_domain::tid::{self, PerDag};
use utfall_domain::varde::Varde;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::{Andrat, AndratRad};

/// Changes told of each thing.
const FLEST: usize = 6;

/// The field for a word to the readers of all of it.
const KOMMENTAR: &str = "allas-kommentar";

/// What a reader would see change if it were published again, a sentence each.
pub(super) fn andringar(bocker: &Bocker, akt: &Publicering) -> Vec<String> {
    let mut ut: Vec<String> = bocker
        .fakta
        .iter()
        .filter(|f| f.registrerad > akt.senast() && f.galler().version.is_none())
        .filter(|f| match akt.vad {
            Publicerat::Bidrag(id) => f.galler().bidrag == Some(id),
            Publicerat::Insats(id) => f.galler().insats == Some(id),
            Publicerat::Rapport(_) => false,
        })
        .map(|f| andring(bocker, f))
        .collect();
    if let (Publicerat::Insats(id), Some(visat)) = (akt.vad, &akt.innehall)
        && let Some(nu) = bocker.insats(id).map(Insatsinnehall::av)
    {
        ut.extend(i_beskrivningen(visat, &nu));
    }
    ut
}

/// What has changed in how an initiative is described.
fn i_beskrivningen(visat: &Insatsinnehall, nu: &Insatsinnehall) -> Vec<String> {
    let mut ut = Vec::new();
    if (&visat.text, visat.fortsattning) != (&nu.text, nu.fortsattning) {
        ut.push("Texterna om insatsen är ändrade.".to_owned());
    }
    let tid = |i: &Insatsinnehall| las::ar(i.start_ar, i.slut_ar);
    let (fore, efter) = (tid(visat), tid(nu));
    if fore != efter {
        ut.push(format!("Tid: {fore} blir {efter}."));
    }
    ut
}

/// `Använt av insats, Lovjobb, 2021: 680 000 kr blir 720 000 kr.`
fn andring(bocker: &Bocker, f: &Faktum) -> String {
    let slag = crate::ram::stor_forst(f.fakta.slag.text());
    let (vad, _) = om_faktum(bocker, f);
    let fore = f
        .fakta
        .rattar
        .and_then(|id| bocker.fakta.iter().find(|fore| fore.id == id))
        .map(|fore| skrivet(fore, fore.varde()));
    let nu = skrivet(f, f.varde());
    let andring = match fore {
        Some(fore) if f.fakta.struken => format!("{fore} stryks"),
        Some(fore) => format!("{fore} blir {nu}"),
        None => format!("{nu} är nytt"),
    };
    format!("{slag}, {vad}: {andring}.")
}

fn skrivet(f: &Faktum, varde: Varde) -> String {
    let i = f.fakta.slag.enhet();
    match (varde, varde.tecken()) {
        (Varde::Kant(tal), _) => format!("{}\u{a0}{}", text(tal, i), enhet(i)),
        (_, tecken) => tecken.map_or_else(String::new, |t| t.ord().to_owned()),
    }
}

fn andrade(bocker: &Bocker) -> Vec<(&Publicering, Vec<String>)> {
    gallande(&bocker.publiceringar)
        .into_iter()
        .map(|akt| (akt, andringar(bocker, akt)))
        .filter(|(_, andringar)| !andringar.is_empty())
        .collect()
}

/// The part of the page; `None` when nothing has changed.
pub(super) fn del(a: &Inloggat, bok: &Bok) -> Option<Andrat> {
    let andrade = andrade(bok);
    if andrade.is_empty() {
        return None;
    }
    let vad: Vec<String> = andrade
        .iter()
        .map(|(akt, _)| format!("{}:{}", akt.vad.kod(), akt.vad.nummer()))
        .collect();
    let rader = andrade
        .into_iter()
        .map(|(akt, mut andringar)| {
            let fler = andringar.len().saturating_sub(FLEST);
            andringar.truncate(FLEST);
            if fler > 0 {
                andringar.push(format!("Och {fler} ändringar till."));
            }
            AndratRad {
                namn: om(bok, akt.vad).0,
                andringar,
            }
        })
        .collect();
    Some(Andrat {
        formular: a
            .ett_formular(adress::publicera_igen())
            .med_dolt("vad", vad.join(" ")),
        kommentar: Falt::ny(KOMMENTAR, "Kommentar till läsaren", FaltSlag::Text)
            .hjalp("Till exempel vad som har rättats.")
            .varde(a.formular.text(KOMMENTAR))
            .frivilligt(),
        rader,
    })
}

/// POST `/publicering/andrat`: what was listed, and nothing else.
pub async fn publicera_igen(a: Inloggat) -> Resultat {
    let vad = a
        .formular
        .text("vad")
        .split_whitespace()
        .filter_map(|par| {
            let (kod, id) = par.split_once(':')?;
            Publicerat::av_kod(kod, id.parse().ok()?)
        })
        .collect();
    let fall = PubliceraIgen {
        vad,
        per: PerDag(tid::dag(a.nu)),
        kommentar: a.formular.lang(KOMMENTAR),
    };
    let svar = a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await;
    match svar {
        Ok(_) => Ok(Svar::vidare(adress::publicering())),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            let bok = a.bok().await?;
            Svar::formularfel(&super::sida(&a, &bok, Some(&fel)))
        }
        Err(fel) => Err(fel.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use utfall_domain::insatser::{Fortsattning, InsatsText};

    #[test]
    fn other_years_are_told_of_and_not_taken_for_texts() {
        let visat = Insatsinnehall {
            text: InsatsText::default(),
            fortsattning: Fortsattning::Okand,
            start_ar: Some(2020),
            slut_ar: Some(2021),
        };
        let senare = Insatsinnehall {
            slut_ar: Some(2022),
            ..visat.clone()
        };
        assert!(i_beskrivningen(&visat, &visat).is_empty());
        assert_eq!(
            i_beskrivningen(&visat, &senare),
            ["Tid: 2020–2021 blir 2020–2022."]
        );
        let ord = Insatsinnehall {
            fortsattning: Fortsattning::Avslutad,
            ..visat.clone()
        };
        assert_eq!(
            i_beskrivningen(&visat, &ord),
            ["Texterna om insatsen är ändrade."]
        );
        let okant = Insatsinnehall {
            start_ar: None,
            slut_ar: None,
            ..visat.clone()
        };
        assert_eq!(
            i_beskrivningen(&okant, &visat),
            ["Tid: ej angivet blir 2020–2021."]
        );
    }
}
