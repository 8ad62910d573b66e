//! Reading a paper: file or text, preview, then yes. Nothing is saved before the yes.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::falt::Fil;
use crate::fynd;
use crate::siffror::{antal, dag};
use crate::svar::{Fel, Svar};
use utfall_app::granskning::{Funnet, Fyndlage, nyckel};
use utfall_app::underlag::{ErsattUnderlag, Forhandsvisning, ImporteraUnderlag};
use utfall_domain::granskning::{Fynd, granska};
use utfall_domain::id::UnderlagId;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::svensk;
use utfall_domain::tid;
use utfall_domain::underlag::{self as u, Underlag};
use utfall_vyer::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use utfall_vyer::komponent::{Fakta, FyndRad, Lage, LageSlag, Lank, Text};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Andringsrad, Ersattningsvisning, Importvisning, Radfel, UnderlagImport};

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
    let mut fil = Falt::ny("fil", "Välj en fil", FaltSlag::Fil(".json".to_owned()))
        .hjalp("Ett underlag i JSON.")
        .ettdera();
    let klistrad = Falt::ny("text", "Eller klistra in texten", FaltSlag::Lang(6))
        .varde(text)
        .ettdera();
    let mut ram = a.ram();
    if let Some(fel) = fel {
        let plats = fel
            .plats
            .as_ref()
            .map(|p| format!("{p}: "))
            .unwrap_or_default();
        fil = fil.fel(format!("{plats}{} {}", fel.text, fel.atgard));
        ram.fel = Felsammanfattning::av("Papperet lästes inte in", [&fil]);
    } else if let Some(v) = &visning {
        ram.fel = fel_i(v);
    }
    UnderlagImport {
        ram,
        huvud: Sidhuvud::ny(
            "Läs in ett underlag",
            "Du ser vad som skulle läsas in, och vad som inte stämmer, innan något sparas.",
        )
        .under(vec![Lank::ny("Underlag", adress::underlag())]),
        formular: a.ett_formular(adress::importera()).med_filer(),
        format_href: adress::hjalp().vid("format").into(),
        fil,
        text: klistrad,
        offentligt: offentligt(a),
        visning,
    }
}

/// What stops a paper that is shown: rows that cannot be read, or a reason that is missing.
fn fel_i(v: &Importvisning) -> Option<Felsammanfattning> {
    if let Some(ersatter) = &v.ersatter {
        return Felsammanfattning::av("Papperet ersattes inte", [&ersatter.orsak]);
    }
    (!v.radfel.is_empty()).then(|| {
        let rader = antal(v.radfel.len(), "", "En rad är fel", "rader är fel");
        let text = format!("{rader}. Vad som är fel står i tabellen nedan.");
        Felsammanfattning::utan_falt("Papperet går inte att läsa in", text)
    })
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
    if !text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{')
    {
        return Svar::formularfel(&sida(&a, "", Some(&ingen_json()), None));
    }
    let underlag = match u::las(&sant.stam, &sant.bytes) {
        Ok(underlag) => underlag,
        Err(problem) => {
            let visning = visning_av_fel(&sant, &problem);
            return Svar::formularfel(&sida(&a, &text, None, Some(visning)));
        }
    };
    match a.formular.text("steg") {
        "bekrafta" => {}
        "ersatt" => return ersatt(&a, sant, underlag).await,
        _ => return forhandsvisa(&a, &sant, &underlag, &text).await,
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

/// Said at once, before a parser speaks of lines and columns.
fn ingen_json() -> Problem {
    Problem::ogiltigt(
        "underlag-ingen-json",
        "Filen är ingen JSON.",
        "Har du en tabell i Excel eller CSV? Den går inte att läsa som den är: skriv av den \
         som ett underlag. Hur det ser ut, med ett exempel, står under Hjälp.",
    )
}

/// What the paper says; of a paper that is there already, what it would change.
async fn forhandsvisa(a: &Inloggat, sant: &Sant, underlag: &Underlag, text: &str) -> Resultat {
    let tjanst = &a.webb.tjanst;
    match tjanst
        .prova_ersattning(&a.session.aktor, underlag, &sant.bytes)
        .await
    {
        Ok(fore) => {
            let mut visning = visning(a, sant, underlag);
            if let Some(fore) = fore {
                visning.bekrafta = None;
                let bort = fynd_som_gar(a, &fore, underlag).await?;
                visning.ersatter = Some(ersattning(a, sant, (&fore, &bort), None));
            }
            Svar::sida(&sida(a, "", None, Some(visning)))
        }
        Err(fel) if matches!(fel.slag, ProblemSlag::Ogiltigt | ProblemSlag::Konflikt) => {
            Svar::formularfel(&sida(a, text, Some(&fel), None))
        }
        Err(fel) => Err(fel.into()),
    }
}

/// Replaces the earlier version that the person has seen (`steg=ersatt`).
async fn ersatt(a: &Inloggat, sant: Sant, underlag: Underlag) -> Resultat {
    let tjanst = &a.webb.tjanst;
    let fall = ErsattUnderlag {
        underlag: underlag.clone(),
        innehall: sant.bytes.clone(),
        offentligt: ar_offentligt(a),
        orsak: a.formular.lang("orsak"),
        sedd: a.formular.tal("sedd").and_then(UnderlagId::ny),
    };
    match tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(svar) => Ok(Svar::vidare(adress::ett_underlag(&svar.dokument))),
        Err(fel) if fel.falt.as_deref() == Some("orsak") => {
            let fore = tjanst
                .prova_ersattning(&a.session.aktor, &underlag, &sant.bytes)
                .await?
                .ok_or_else(Problem::finns_inte)?;
            let mut visning = visning(a, &sant, &underlag);
            visning.bekrafta = None;
            let bort = fynd_som_gar(a, &fore, &underlag).await?;
            visning.ersatter = Some(ersattning(a, &sant, (&fore, &bort), Some(&fel)));
            Svar::formularfel(&sida(a, "", None, Some(visning)))
        }
        Err(fel) if matches!(fel.slag, ProblemSlag::Ogiltigt | ProblemSlag::Konflikt) => {
            let text = String::from_utf8_lossy(&sant.bytes).into_owned();
            Svar::formularfel(&sida(a, &text, Some(&fel), None))
        }
        Err(fel) => Err(fel.into()),
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
        bekrafta: Some(bekrafta(a, sant, "bekrafta")),
        ersatter: None,
    }
}

/// Changes shown before the yes; of more there is only the number.
const FLEST_ANDRINGAR: usize = 200;

fn ersattning(
    a: &Inloggat,
    sant: &Sant,
    (fore, bort): (&Forhandsvisning, &[String]),
    fel: Option<&Problem>,
) -> Ersattningsvisning {
    let s = &fore.skillnad;
    let grupper = [
        (&s.andrade, "Ändras", LageSlag::Pagar),
        (&s.nya, "Ny", LageSlag::Upplysning),
        (&s.strukna, "Stryks", LageSlag::Varning),
        (&s.behallna, "Behålls som den är", LageSlag::Lugn),
        (&s.texter.andrade, "Ändras", LageSlag::Pagar),
        (&s.texter.behallna, "Behålls som den är", LageSlag::Lugn),
    ];
    let alla = grupper.iter().flat_map(|(poster, ord, slag)| {
        poster.iter().map(|p| Andringsrad {
            slag: Lage::ny(*ord, *slag),
            vad: p.vad.clone(),
            fore: p.fore.clone().unwrap_or_default(),
            nu: p.nu.clone().unwrap_or_default(),
        })
    });
    let rader: Vec<Andringsrad> = alla.collect();
    let fler = rader.len().saturating_sub(FLEST_ANDRINGAR);
    let orsak = Falt::ny("orsak", "Varför ersätts papperet?", FaltSlag::Lang(3))
        .hjalp("Skälet syns på papperet och vid varje uppgift som ändras.")
        .varde(a.formular.text("orsak"));
    Ersattningsvisning {
        ingress: ersattningens_ingress(fore, bort),
        rader: rader.into_iter().take(FLEST_ANDRINGAR).collect(),
        fler,
        orsak: crate::felen::med_fel(orsak, fel),
        formular: bekrafta(a, sant, "ersatt").med_dolt("sedd", fore.ersatter.id.to_string()),
    }
}

/// The findings in the earlier version that the new one does not have, in short.
async fn fynd_som_gar(
    a: &Inloggat,
    fore: &Forhandsvisning,
    underlag: &Underlag,
) -> Result<Vec<String>, Fel> {
    let bok = a.bok().await?;
    let tjanst = &a.webb.tjanst;
    let tidigare = tjanst
        .papper(&a.session.aktor, &bok, fore.ersatter.id)
        .await?;
    let kvar = granska(underlag);
    let ar_kvar = |f: &Fynd| {
        kvar.iter()
            .any(|k| (k.regel, &k.plats) == (f.regel, &f.plats))
    };
    Ok(granska(&tidigare.underlag)
        .iter()
        .filter(|f| !ar_kvar(f))
        .map(|f| format!("{} ({})", fynd::titel(f.regel), fynd::i_korthet(f)))
        .collect())
}

/// Findings that go are named up to this many; of more there is only the number.
const FLEST_FYND: usize = 5;

/// The findings that go, in a sentence; nothing when none does.
fn fynd_i_ord(bort: &[String]) -> String {
    match bort {
        [] => String::new(),
        [ett] => format!(" Ett fynd finns inte i den nya versionen: {ett}."),
        flera => {
            let (namnda, fler) = flera.split_at(flera.len().min(FLEST_FYND));
            let till = match fler.len() {
                0 => String::new(),
                n => format!(" och {n} till"),
            };
            let (alla, namnda) = (flera.len(), namnda.join("; "));
            format!(" {alla} fynd finns inte i den nya versionen: {namnda}{till}.")
        }
    }
}

fn ersattningens_ingress(fore: &Forhandsvisning, bort: &[String]) -> Text {
    let s = &fore.skillnad;
    let nar = dag(tid::dag(fore.ersatter.registrerad));
    let uppgifter = |n: usize| antal(n, "ingen uppgift", "en uppgift", "uppgifter");
    let mut text = format!(
        "Ett papper med samma namn lästes in {nar}. Ersätter du det ändras {}, {} är nya och {} \
         stryks. {} sägs lika i båda och står orörda. Den tidigare versionen går att läsa även \
         sedan, och siffrorna per en tidigare dag ändras inte.",
        uppgifter(s.andrade.len()),
        s.nya.len(),
        s.strukna.len(),
        s.lika,
    );
    if !s.behallna.is_empty() {
        text.push_str(&format!(
            " {} har någon bestämt för hand: de behålls, och granskningen säger till om den nya \
             versionen säger något annat.",
            s.behallna.len()
        ));
    }
    let texter = |n: usize| antal(n, "", "En text eller uppgift", "texter eller uppgifter");
    match s.texter.andrade.len() {
        0 => {}
        n => text.push_str(&format!(
            " {} om insatserna följer med den nya versionen.",
            texter(n)
        )),
    }
    match s.texter.behallna.len() {
        0 => {}
        n => text.push_str(&format!(
            " {} om insatserna står annorlunda i registret än i den tidigare versionen, och \
             behålls som i registret.",
            texter(n)
        )),
    }
    text.push_str(&fynd_i_ord(bort));
    text.push_str(" Är det ett annat papper: ge filen ett annat namn.");
    text.into()
}

/// The paper is sent along with the yes, so that nothing is kept on the server before it.
/// In hexadecimal: as text the browser would change its line breaks, and so its checksum.
fn bekrafta(a: &Inloggat, sant: &Sant, steg: &str) -> Formular {
    let papper: String = sant
        .bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    a.ett_formular(adress::importera())
        .med_filer()
        .med_dolt("steg", steg)
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
        bakom: Vec::new(),
        radernas: Vec::new(),
        lage: Fyndlage::Kvar,
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
        ersatter: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_findings_that_go_are_named_and_the_rest_counted() {
        let bort = |n: usize| (1..=n).map(|nr| format!("F{nr}")).collect::<Vec<_>>();
        assert_eq!(fynd_i_ord(&bort(0)), "");
        assert!(fynd_i_ord(&bort(1)).ends_with(": F1."));
        assert!(
            fynd_i_ord(&bort(5))
                .ends_with(" 5 fynd finns inte i den nya versionen: F1; F2; F3; F4; F5.")
        );
        assert!(
            fynd_i_ord(&bort(12)).ends_with(
                " 12 fynd finns inte i den nya versionen: F1; F2; F3; F4; F5 och 7 till."
            )
        );
    }
}
