//! New reports of many grants: a form for each kind, with what is most likely chosen already.

use super::listsida;
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::felen::med_fel;
use crate::svar::{Fel, Svar};
use std::collections::BTreeSet;
use utfall_app::Bok;
use utfall_app::rapporter::{SkapaSammanstallning, forslag};
use utfall_behorighet::Atgard;
use utfall_domain::id::{MedelspostId, OrganisationId};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapporter::Rapportslag;
use utfall_domain::tid;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::sidor::{Formulardel, NyRapport};

/// The kinds, as a form says them.
const EKONOMI: &str = "ekonomirapport";
const MEMO: &str = "fordelningsmemo";
const NOT: &str = "insatsnot";
pub(super) const REKVISITION: &str = "rekvisition";

/// A form for each kind.
pub(super) fn formularen(a: &Inloggat, bok: &Bok, fel: Option<&Problem>) -> Vec<NyRapport> {
    let (ar, manad) = forslag(bok, tid::dag(a.nu));
    let form = |slag: &str| a.ett_formular(adress::rapporter()).med_dolt("slag", slag);
    let val = |namn: &str, etikett: &str, val: Vec<(String, String)>, valt: String| {
        let valt = match a.formular.text(namn) {
            "" => valt,
            skickat => skickat.to_owned(),
        };
        med_fel(Falt::ny(namn, etikett, FaltSlag::Val(val)).varde(valt), fel)
    };
    let aren = aren(bok, ar);
    let ars = |namn: &str, valt: i16| {
        let alla = aren.iter().map(|ar| (ar.to_string(), ar.to_string()));
        val(namn, "År", alla.collect(), valt.to_string())
    };
    let mut falt = vec![val(
        "till",
        "Till och med",
        manaderna(&aren),
        format!("{ar}-{manad:02}"),
    )];
    let namnder = namnder(bok);
    if !namnder.is_empty() {
        let alla = (String::new(), format!("Hela {}", bok.huvudman.namn));
        let alla = std::iter::once(alla).chain(namnder).collect();
        falt.push(val("namnd", "Gäller", alla, String::new()).frivilligt());
    }
    vec![
        NyRapport {
            id: "ny-ekonomi".to_owned(),
            rubrik: "Ny ekonomirapport".to_owned(),
            text: "Till nämnden eller styrelsen: budget, använt och avvikelse, med svaret först."
                .to_owned(),
            formular: form(EKONOMI),
            falt,
            knapp: "Skriv ekonomirapporten".to_owned(),
        },
        NyRapport {
            id: "ny-memo".to_owned(),
            rubrik: "Nytt fördelningsmemo".to_owned(),
            text: "Inför beslut om fördelning: det kommande året bredvid det förra.".to_owned(),
            formular: form(MEMO),
            falt: vec![ars("memoar", ar.saturating_add(1))],
            knapp: "Skriv memot".to_owned(),
        },
        NyRapport {
            id: "ny-not".to_owned(),
            rubrik: "Ny not om insatser".to_owned(),
            text: "Till årsredovisningen: kostnader för insatser mot budget och mot året före."
                .to_owned(),
            formular: form(NOT),
            falt: vec![ars("notar", ar)],
            knapp: "Skriv noten".to_owned(),
        },
    ]
}

/// One press to the board's report: for the pages where the figures are followed. `None` for
/// those who write no reports.
#[must_use]
pub fn till_rapporten(a: &Inloggat, period: Option<(i16, i8)>) -> Option<Formulardel> {
    if !a.far(Atgard::SkapaRapport) {
        return None;
    }
    let mut formular = a
        .ett_formular(adress::rapporter())
        .med_dolt("slag", EKONOMI);
    let mut vad =
        "Siffrorna är redan hämtade, till och med den senast bokförda månaden.".to_owned();
    if let Some((ar, manad)) = period {
        formular = formular.med_dolt("till", format!("{ar}-{manad:02}"));
        let period = utfall_app::rapporter::period(ar, manad);
        vad = format!("Siffrorna är redan hämtade för {period}.");
    }
    let del = Formulardel::ny(formular, Vec::new(), "Skriv ekonomirapporten");
    Some(del.under(
        "till-rapporten",
        "Rapporten till nämnden eller styrelsen".to_owned(),
        vad + " Du får ett utkast som PDF, Word och Excel.",
    ))
}

/// The years to choose among: those of the grants and the facts, and the ones around the
/// suggested; the latest first.
fn aren(bok: &Bok, ar: i16) -> Vec<i16> {
    let av_bidrag = bok.bidrag.iter().flat_map(|b| b.ar.iter().copied());
    let runt = [ar.saturating_sub(1), ar, ar.saturating_add(1)];
    let alla: BTreeSet<i16> = av_bidrag.chain(runt).collect();
    alla.into_iter().rev().collect()
}

/// Every month of the years, the latest first.
fn manaderna(aren: &[i16]) -> Vec<(String, String)> {
    let manad = |ar: i16, nr: i8| {
        let slag = Rapportslag::Ekonomirapport {
            ar,
            till_manad: nr,
            namnd: None,
        };
        (format!("{ar}-{nr:02}"), perioden(&slag))
    };
    aren.iter()
        .flat_map(|ar| (1..=12).rev().map(|nr| manad(*ar, nr)))
        .collect()
}

/// `januari–mars 2026`.
fn perioden(slag: &Rapportslag) -> String {
    match slag {
        Rapportslag::Ekonomirapport { ar, till_manad, .. } => {
            utfall_app::rapporter::period(*ar, *till_manad)
        }
        _ => String::new(),
    }
}

/// The boards that answer for insatser.
fn namnder(bok: &Bok) -> Vec<(String, String)> {
    let ids: BTreeSet<OrganisationId> = bok
        .insatser
        .iter()
        .flat_map(|i| i.ansvariga.iter().copied())
        .collect();
    let namnd = |id: OrganisationId| (id.to_string(), bok.organisationsnamn(id).to_owned());
    ids.into_iter().map(namnd).collect()
}

/// The kind that a form asks for; `None` for an återrapport. What is not chosen is what is most
/// likely: one press elsewhere makes the board's report.
pub(super) fn slag(a: &Inloggat, bok: &Bok) -> Result<Option<Rapportslag>, Fel> {
    let f = &a.formular;
    let (ar, manad) = forslag(bok, tid::dag(a.nu));
    let arsval = |namn: &str, annars: i16| f.text(namn).parse().unwrap_or(annars);
    Ok(match f.text("slag") {
        EKONOMI => {
            let (ar, till_manad) = match f.text("till").split_once('-') {
                Some((ar, manad)) => (
                    ar.parse().unwrap_or_default(),
                    manad.parse().unwrap_or_default(),
                ),
                None => (ar, manad),
            };
            let namnd = match f.text("namnd") {
                "" => None,
                vald => {
                    let id = vald.parse().ok().and_then(OrganisationId::ny);
                    Some(id.ok_or_else(Problem::finns_inte)?)
                }
            };
            Some(Rapportslag::Ekonomirapport {
                ar,
                till_manad,
                namnd,
            })
        }
        MEMO => Some(Rapportslag::Fordelningsmemo {
            ar: arsval("memoar", ar.saturating_add(1)),
            bidrag: Vec::new(),
        }),
        NOT => Some(Rapportslag::Insatsnot {
            ar: arsval("notar", ar),
        }),
        REKVISITION => {
            let sak = f.tal("rekvisition").and_then(MedelspostId::ny);
            let sak = sak.ok_or_else(Problem::finns_inte)?;
            Some(Rapportslag::Rekvisition { sak })
        }
        _ => None,
    })
}

/// Starts the report and goes to it.
pub(super) async fn skapa(a: &Inloggat, bok: &Bok, slag: Rapportslag) -> Resultat {
    let fall = SkapaSammanstallning { slag };
    let tjanst = &a.webb.tjanst;
    match tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(slug) => Ok(Svar::vidare(adress::rapport(&slug))),
        Err(fel) if fel.slag == ProblemSlag::Ogiltigt => {
            Svar::formularfel(&listsida(a, bok, Some(&fel)))
        }
        Err(fel) => Err(fel.into()),
    }
}
