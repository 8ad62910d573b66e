//! What is typed in a report: saved, or issued with what is typed. None of it is ever lost: what
//! cannot be saved stays in its fields, or is shown to be copied.

use super::{kvarvarande, sida};
use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::svar::{Fel, Svar};
use axum::http::StatusCode;
use utfall_app::rapporter::{SparaRapport, Utfardande, Utkast};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::tid::{self, PerDag};
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor;

/// What a person sent of a draft.
pub(super) struct Skrivet {
    /// The chapters as they were typed.
    pub utkast: Utkast,
    /// The version that was changed. Not that of now: somebody may have saved in between.
    pub version: i64,
    /// The findings are said to be read.
    pub last: bool,
}

/// What stopped it: what did not happen, and why.
pub(super) struct Stopp<'a> {
    pub rubrik: &'static str,
    pub fel: &'a Problem,
}

const INTE_SPARAD: &str = "Rapporten sparades inte";
const INTE_UTFARDAD: &str = "Rapporten utfärdades inte";

/// The chapters as typed. One that was not sent is as it is saved.
fn skrivet(a: &Inloggat, r: &Rapport, sparat: &Utkast) -> Skrivet {
    let f = &a.formular;
    let mut utkast = sparat.clone();
    for mall in r.slag.kapitel() {
        if f.som_sant(mall.namn).is_some() {
            utkast.skriv(mall.namn, f.lang(mall.namn));
        }
    }
    Skrivet {
        utkast,
        version: f.tal("version").unwrap_or_default(),
        last: f.text("last") == "ja",
    }
}

/// The chapters that are saved, or were frozen.
async fn sparat(a: &Inloggat, r: &Rapport) -> Result<Utkast, Fel> {
    let adress = &a.webb.installningar.adress;
    let tjanst = &a.webb.tjanst;
    let nu = tjanst
        .forhandsvisa_rapport(&a.session.aktor, r.id, None, adress)
        .await?;
    Ok(nu.utkast)
}

/// POST `/rapporter/{rapport}`.
pub async fn spara(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    let skrivet = skrivet(&a, r, &sparat(&a, r).await?);
    let fall = SparaRapport {
        rapport: r.id,
        version: skrivet.version,
        utkast: skrivet.utkast.clone(),
    };
    let tjanst = &a.webb.tjanst;
    match tjanst
        .utfor(&a.session.aktor, Some(a.nyckel()?), fall)
        .await
    {
        Ok(_) => Ok(Svar::vidare(adress::rapport(&r.slug))),
        Err(fel) => stoppad(&a, &skrivet, INTE_SPARAD, fel).await,
    }
}

/// POST `/rapporter/{rapport}/utfarda`: with the chapters as they stand in the form.
pub async fn utfarda(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    let skrivet = skrivet(&a, r, &sparat(&a, r).await?);
    let funna = a.webb.tjanst.granska(&a.session.aktor).await?;
    if !kvarvarande(&bok, &funna, r).is_empty() && !skrivet.last {
        let fel = Problem::ogiltigt(
            "rapport-olasta-fynd",
            "Det finns fynd som inte är förklarade.",
            "Läs dem och kryssa i att du vill utfärda ändå, eller rätta dem först.",
        )
        .i_falt("last");
        return stoppad(&a, &skrivet, INTE_UTFARDAD, fel).await;
    }
    let utfardande = Utfardande {
        rapport: r.id,
        version: skrivet.version,
        skrivet: Some(skrivet.utkast.clone()),
    };
    let per = PerDag(tid::dag(a.nu));
    let adress = &a.webb.installningar.adress;
    let (tjanst, aktor) = (&a.webb.tjanst, &a.session.aktor);
    match tjanst
        .utfarda_rapport(aktor, Some(a.nyckel()?), utfardande, per, adress)
        .await
    {
        Ok(_) => Ok(Svar::vidare(adress::rapport(&r.slug))),
        Err(fel) => stoppad(&a, &skrivet, INTE_UTFARDAD, fel).await,
    }
}

/// The page again with everything that was typed; both texts where somebody saved in between.
async fn stoppad(a: &Inloggat, skrivet: &Skrivet, rubrik: &'static str, fel: Problem) -> Resultat {
    if !matches!(fel.slag, ProblemSlag::Ogiltigt | ProblemSlag::Konflikt) {
        return Err(fel.into());
    }
    // The books are read again: a conflict says that they have changed.
    let bok = a.bok().await?;
    let r = las::rapport(&bok, a.stig.text("rapport"))?;
    if let Rapportlage::Utkast { version, .. } = &r.lage
        && *version != skrivet.version
    {
        let deras = sparat(a, r).await?;
        if deras != skrivet.utkast {
            return konflikt(a, (r, *version), (&skrivet.utkast, &deras), rubrik);
        }
    }
    let stopp = Stopp { rubrik, fel: &fel };
    let sida = sida(a, Some(skrivet), Some(&stopp)).await?;
    Ok(Svar::sida(&sida)?.med_status(Fel::from(fel).status()))
}

/// Somebody else saved first: both texts of each chapter that differs.
fn konflikt(
    a: &Inloggat,
    (r, version): (&Rapport, i64),
    (mitt, deras): (&Utkast, &Utkast),
    stopp: &str,
) -> Resultat {
    let mut formular = a
        .ett_formular(adress::rapport(&r.slug))
        .med_version(version);
    let mut rader = Vec::new();
    for mall in r.slag.kapitel() {
        let namn = mall.namn;
        let (ditt, deras) = (mitt.text(namn), deras.text(namn));
        if ditt == deras {
            formular = formular.med_dolt(namn, ditt);
            continue;
        }
        rader.push(sidor::KonfliktRad {
            namn: namn.to_owned(),
            etikett: mall.rubrik.to_owned(),
            ditt: ditt.to_owned(),
            deras: deras.to_owned(),
            ord: None,
        });
    }
    let sida = sidor::Konflikt {
        ram: a.ram(),
        huvud: Sidhuvud::ny(
            "Någon annan hann spara före dig",
            format!(
                "{stopp}: {} ändrades medan du skrev. Välj vad som ska gälla.{}",
                r.titel,
                if stopp == INTE_UTFARDAD {
                    " Valet sparas; utfärda rapporten efteråt."
                } else {
                    ""
                }
            ),
        ),
        formular,
        rader,
        avbryt_href: adress::rapport(&r.slug).into(),
    };
    Ok(Svar::sida(&sida)?.med_status(StatusCode::CONFLICT))
}

/// What was typed and differs from what was issued meanwhile: to be copied.
pub(super) fn osparat(r: &Rapport, skrivet: &Skrivet, gallande: &Utkast) -> Vec<sidor::Osparat> {
    let text = |u: &Utkast, namn: &str| u.text(namn).to_owned();
    r.slag
        .kapitel()
        .iter()
        .map(|k| (k, text(&skrivet.utkast, k.namn), text(gallande, k.namn)))
        .filter(|(_, ditt, deras)| ditt != deras && !ditt.trim().is_empty())
        .map(|(k, ditt, _)| sidor::Osparat {
            rubrik: k.rubrik.to_owned(),
            text: ditt,
        })
        .collect()
}
