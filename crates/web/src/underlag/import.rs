//! Reading a paper: file or text, preview, then yes. Nothing is saved before the yes.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::falt::Fil;
use crate::fynd;
use crate::siffror::antal;
use crate::svar::{Fel, Svar};
use utfall_app::granskning::{Funnet, nyckel};
use utfall_app::underlag::ImporteraUnderlag;
use utfall_domain::granskning::granska;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::svensk;
use utfall_domain::underlag::{self as u, Underlag};
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use utfall_vyer::komponent::{Fakta, FyndRad, Lank};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Importvisning, Radfel, UnderlagImport};

/// GET `/underlag/importera`.
pub async fn formular(a: Inloggat) -> Resultat {
    Svar::sida(&sida(&a, "", None, None))
}

fn sida(
    a: &Inloggat,
    text: &str,
    fel: Option<&Problem>,
    visning: Option<Importvisning>,
) -> UnderlagImport {
    let mut fil = Falt::ny("fil", "Fil", FaltSlag::Fil(".json".to_owned()))
        .hjalp("Ett underlag i JSON. Formatet står under Hjälp.")
        .frivilligt();
    let klistrad = Falt::ny("text", "Eller klistra in texten", FaltSlag::Lang(6))
        .varde(text)
        .frivilligt();
    let mut ram = a.ram();
    if let Some(fel) = fel {
        let plats = fel
            .plats
            .as_ref()
            .map(|p| format!("{p}: "))
            .unwrap_or_default();
        fil = fil.fel(format!("{plats}{} {}", fel.text, fel.atgard));
        ram.fel = Felsammanfattning::av("Papperet lästes inte in", [&fil]);
    }
    UnderlagImport {
        ram,
        huvud: Sidhuvud::ny(
            "Läs in ett underlag",
            "Du ser vad som skulle läsas in, och vad som inte stämmer, innan något sparas.",
        )
        .under(vec![Lank::ny("Underlag", adress::underlag())]),
        formular: a.ett_formular(adress::importera()).med_filer(),
        fil,
        text: klistrad,
        offentligt: offentligt(a),
        visning,
    }
}

/// Off from the start: a paper is public when somebody says so.
fn offentligt(a: &Inloggat) -> Falt {
    Falt::ny(
        "offentligt",
        "Papperet är redan offentligt",
        FaltSlag::Kryss,
    )
    .hjalp(
        "Kryssa bara i om vem som helst redan kan läsa papperet, till exempel i ett \
         nämndprotokoll. Då får antal personer och hänvisningar till papperet visas på de \
         öppna sidorna när bidraget eller insatsen publiceras.",
    )
    .varde(a.formular.text("offentligt"))
    .frivilligt()
}

/// What was sent: the name and the bytes.
struct Sant {
    stam: String,
    bytes: Vec<u8>,
}

impl Sant {
    fn av(a: &Inloggat) -> Option<Self> {
        let stam = |namn: &str| {
            let stam = namn.strip_suffix(".json").unwrap_or(namn);
            svensk::slug(stam)
        };
        if let Some(Fil { namn, innehall }) = a.fil.clone().filter(|f| !f.innehall.is_empty()) {
            return Some(Self {
                stam: stam(&namn),
                bytes: innehall,
            });
        }
        if let Some(bytes) = av_hex(a.formular.text("papper")) {
            return Some(Self {
                stam: stam(a.formular.text("stam")),
                bytes,
            });
        }
        let text = a.formular.som_sant("text").unwrap_or("");
        if text.trim().is_empty() {
            return None;
        }
        Some(Self {
            stam: stam_ur_text(text),
            bytes: text.as_bytes().to_vec(),
        })
    }
}

/// A pasted paper is named after its title.
fn stam_ur_text(text: &str) -> String {
    let titel = serde_json::from_str::<serde_json::Value>(text)
        .ok()
        .and_then(|v| v.pointer("/dokument/titel")?.as_str().map(svensk::slug));
    titel
        .filter(|t| !t.is_empty())
        .unwrap_or_else(|| "inklistrat".to_owned())
}

/// POST `/underlag/importera`: shows what would be read, or reads it (`steg=bekrafta`).
pub async fn las_in(a: Inloggat) -> Resultat {
    let Some(sant) = Sant::av(&a) else {
        let fel = Problem::ogiltigt(
            "underlag-inget",
            "Ingen fil är vald och ingen text är inklistrad.",
            "Välj en fil eller klistra in ett underlag.",
        );
        return Svar::formularfel(&sida(&a, "", Some(&fel), None));
    };
    let text = String::from_utf8_lossy(&sant.bytes).into_owned();
    let underlag = match u::las(&sant.stam, &sant.bytes) {
        Ok(underlag) => underlag,
        Err(problem) => {
            let visning = visning_av_fel(&sant, &problem);
            return Svar::formularfel(&sida(&a, &text, None, Some(visning)));
        }
    };
    if a.formular.text("steg") != "bekrafta" {
        let visning = visning(&a, &sant, &underlag);
        return Svar::sida(&sida(&a, "", None, Some(visning)));
    }
    let fall = ImporteraUnderlag {
        underlag,
        innehall: sant.bytes,
        offentligt: ar_offentligt(&a),
    };
    match a
        .webb
        .tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(importerat) => Ok(Svar::vidare(adress::ett_underlag(&importerat.dokument))),
        Err(fel) if matches!(fel.slag, ProblemSlag::Ogiltigt | ProblemSlag::Konflikt) => {
            Svar::formularfel(&sida(&a, &text, Some(&fel), None))
        }
        Err(fel) => Err(Fel::from(fel)),
    }
}

fn visning(a: &Inloggat, sant: &Sant, underlag: &Underlag) -> Importvisning {
    let fynd = granska(underlag);
    let rad = |namn: &str, n: usize| Fakta::ny(namn, n.to_string());
    Importvisning {
        rubrik: format!(
            "{}.json: {} och {}",
            sant.stam,
            antal(
                underlag.insatser.len(),
                "inga insatser",
                "en insats",
                "insatser"
            ),
            antal(fynd.len(), "inga fynd", "ett fynd", "fynd"),
        ),
        antal: vec![
            Fakta::ny("Titel", underlag.dokument.titel.as_str()),
            Fakta::ny(
                "Redan offentligt",
                if ar_offentligt(a) { "ja" } else { "nej" },
            ),
            Fakta::ny("Huvudman", underlag.dokument.huvudman.namn.as_str()),
            rad("Organisationer", underlag.organisationer.len()),
            rad("Bidrag", underlag.bidrag.len()),
            rad("Beslut", underlag.beslut.len()),
            rad("Insatser", underlag.insatser.len()),
            rad("Tabeller", underlag.tabeller.len()),
            rad("Volymer", underlag.volymer.len()),
            rad("Personer", underlag.personer.len()),
        ],
        radfel: Vec::new(),
        fynd: fynd.into_iter().map(fyndrad).collect(),
        bekrafta: Some(bekrafta(a, sant)),
    }
}

/// The paper is sent along with the yes, so that nothing is kept on the server before it.
/// In hexadecimal: as text the browser would change its line breaks, and so its checksum.
fn bekrafta(a: &Inloggat, sant: &Sant) -> Formular {
    let papper: String = sant
        .bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    a.ett_formular(adress::importera())
        .med_filer()
        .med_dolt("steg", "bekrafta")
        .med_dolt("stam", sant.stam.clone())
        .med_dolt("papper", papper)
        .med_dolt("offentligt", if ar_offentligt(a) { "ja" } else { "" })
}

fn ar_offentligt(a: &Inloggat) -> bool {
    a.formular.text("offentligt") == "ja"
}

fn av_hex(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    let par = (0..text.len()).step_by(2).map(|i| text.get(i..i + 2));
    par.map(|par| u8::from_str_radix(par?, 16).ok()).collect()
}

/// A finding in a paper that has not been saved has no page to lead to yet.
fn fyndrad(f: utfall_domain::granskning::Fynd) -> FyndRad {
    let funnet = Funnet {
        nyckel: nyckel(&f),
        fynd: f,
        underlag: None,
        bidrag: std::collections::BTreeSet::new(),
        accepterat: None,
    };
    let utan = |tal: Option<utfall_vyer::tal::TalVy>| {
        tal.map(|t| utfall_vyer::tal::TalVy { href: None, ..t })
    };
    let rad = fynd::rad_utan_bok(&funnet);
    FyndRad {
        lank: None,
        angivet: utan(rad.angivet.clone()),
        beraknat: utan(rad.beraknat.clone()),
        skillnad: utan(rad.skillnad.clone()),
        ..rad
    }
}

fn visning_av_fel(sant: &Sant, problem: &[Problem]) -> Importvisning {
    Importvisning {
        rubrik: format!(
            "{}.json: {}",
            sant.stam,
            antal(
                problem.len(),
                "inga fel",
                "ett fel att rätta",
                "fel att rätta"
            )
        ),
        antal: Vec::new(),
        radfel: problem
            .iter()
            .map(|p| Radfel {
                plats: p.plats.clone().unwrap_or_default(),
                text: p.text.clone(),
                atgard: p.atgard.clone(),
                regel: p.kod.to_owned(),
            })
            .collect(),
        fynd: Vec::new(),
        bekrafta: None,
    }
}
