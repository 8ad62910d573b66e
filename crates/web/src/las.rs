//! What most handlers begin with: the books as of the day asked for, and the thing the
//! address names. What does not exist and what is another's answer alike.

use crate::adress::Adress;
use crate::anrop::Inloggat;
use crate::felen::mening;
use crate::siffror::dag as i_ord;
use crate::svar::{Fel, Svar};
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::Problem;
use utfall_domain::rapporter::Rapport;
use utfall_domain::tid::{self, PerDag};
use utfall_vyer::Sida;
use utfall_vyer::formular::{FaltFel, Felsammanfattning};
use utfall_vyer::komponent::{PerDatum, Text};
use utfall_vyer::ram::Ram;
use utfall_vyer::sidor::Ekonomisida;

impl Inloggat {
    /// The books, for the route's action, as of `per` in the query (now without it).
    ///
    /// # Errors
    /// What went wrong in the database.
    pub async fn bok(&self) -> Result<Bok, Fel> {
        let atgard = self.rutt.atgard().unwrap_or(Atgard::LasaMedel);
        Ok(self
            .webb
            .tjanst
            .bok(&self.session.aktor, atgard, self.per())
            .await?)
    }

    /// The day in the query, when it is one that has been; today is now.
    #[must_use]
    pub fn per(&self) -> Option<PerDag> {
        let dag = self.fraga.text("per").parse().ok()?;
        (dag < tid::dag(self.nu)).then_some(PerDag(dag))
    }

    /// The day the page's figures are from.
    #[must_use]
    pub fn dag(&self, bok: &Bok) -> Date {
        bok.per_dag().map_or_else(|| tid::dag(self.nu), |per| per.0)
    }

    /// Why the day in the query cannot be shown; `None` when it can, or none is asked for.
    #[must_use]
    fn per_fel(&self) -> Option<Problem> {
        let skrivet = self.fraga.text("per");
        if skrivet.is_empty() {
            return None;
        }
        let idag = tid::dag(self.nu);
        let fel = |text: String, atgard: &str| {
            Some(Problem::ogiltigt("per-dag", text, atgard).i_falt("per"))
        };
        match skrivet.parse::<Date>() {
            Err(_) => fel(
                format!("Dagen ”{skrivet}” finns inte."),
                "Skriv den som 2022-01-20. Sidan visar hur det är nu.",
            ),
            Ok(dag) if dag > idag => fel(
                format!("Den {} har inte varit än.", i_ord(dag)),
                "Välj i dag eller en dag före. Sidan visar hur det är nu.",
            ),
            Ok(_) => None,
        }
    }

    /// The as-of form of a page, with what is wrong with the day asked for.
    #[must_use]
    pub fn perdatum(&self, bok: &Bok, mal: Adress, dolda: Vec<(String, String)>) -> PerDatum {
        let idag = tid::dag(self.nu);
        PerDatum {
            rubrik: "Så såg det ut en annan dag".to_owned(),
            etikett: "Visa som det var den".to_owned(),
            mal: mal.into(),
            dolda,
            varde: bok.per_dag().map_or(idag, |per| per.0).to_string(),
            senast: idag.to_string(),
            fel: self.per_fel().as_ref().map(mening),
            sedan_dess: fore_det_forsta(bok),
        }
    }

    /// The frame of a page with an as-of form: what is wrong with the day comes first.
    #[must_use]
    pub fn ram_per(&self, per: &PerDatum) -> Ram {
        let mut ram = self.ram();
        ram.fel = per.fel.as_ref().map(|text| Felsammanfattning {
            rubrik: "Dagen går inte att visa".to_owned(),
            fel: vec![FaltFel {
                falt: "per".to_owned(),
                text: text.clone(),
            }],
        });
        ram
    }

    /// Whether this person may do something: for links and buttons.
    #[must_use]
    pub fn far(&self, atgard: Atgard) -> bool {
        self.session.aktor.far(atgard)
    }
}

/// A page with an as-of form: one whose day cannot be shown is a form with an error.
///
/// # Errors
/// As [`Svar::sida`].
pub fn svar_per(sida: &impl Sida, per: &PerDatum) -> Result<Svar, Fel> {
    if per.fel.is_some() {
        Svar::formularfel(sida)
    } else {
        Svar::sida(sida)
    }
}

/// A page of the economy, whose as-of form stands only where there are facts.
///
/// # Errors
/// As [`Svar::sida`].
pub fn svar_ekonomi(sida: &Ekonomisida) -> Result<Svar, Fel> {
    match &sida.per {
        Some(per) => svar_per(sida, per),
        None => Svar::sida(sida),
    }
}

/// `som det var den 20 januari 2022` above the heading of a page as of a day; empty now.
#[must_use]
pub fn overrad_per(bok: &Bok) -> String {
    som_det_var(bok).trim_start_matches(" · ").to_owned()
}

/// ` · som det var den 20 januari 2022` for a page as of a day; empty now.
#[must_use]
pub fn som_det_var(bok: &Bok) -> String {
    bok.per_dag().map_or_else(String::new, |per| {
        format!(" · som det var den {}", i_ord(per.0))
    })
}

/// Said when nothing was registered by the day shown: all is missing, and that is why.
fn fore_det_forsta(bok: &Bok) -> Text {
    let forst = bok.fakta.iter().map(|f| f.registrerad).min();
    match (bok.per_dag(), forst) {
        (Some(per), Some(forst)) if !per.omfattar(forst) => Text::from(format!(
            "Den {} var inget registrerat än. Den första uppgiften registrerades {}.",
            i_ord(per.0),
            i_ord(tid::dag(forst)),
        )),
        _ => Text::default(),
    }
}

/// The grant with this address part.
///
/// # Errors
/// When there is none in these books.
pub fn bidrag<'a>(bocker: &'a Bocker, slug: &str) -> Result<&'a Bidrag, Fel> {
    Ok(bocker
        .bidrag
        .iter()
        .find(|b| b.slug == slug)
        .ok_or_else(Problem::finns_inte)?)
}

/// The initiative with this address part.
///
/// # Errors
/// When there is none in these books.
pub fn insats<'a>(bocker: &'a Bocker, slug: &str) -> Result<&'a Insats, Fel> {
    Ok(bocker
        .insatser
        .iter()
        .find(|i| i.slug == slug)
        .ok_or_else(Problem::finns_inte)?)
}

/// The paper with this short name: its newest version.
///
/// # Errors
/// When there is none in these books.
pub fn underlag<'a>(bocker: &'a Bocker, dokument: &str) -> Result<&'a UnderlagHuvud, Fel> {
    let funnet = bocker.underlag.iter().rfind(|u| u.dokument == dokument);
    Ok(funnet.ok_or_else(Problem::finns_inte)?)
}

/// A version of the paper with this short name: 1 is the first; the newest without a number.
///
/// # Errors
/// When there is none in these books.
pub fn version<'a>(
    bocker: &'a Bocker,
    dokument: &str,
    nummer: Option<i64>,
) -> Result<&'a UnderlagHuvud, Fel> {
    let Some(nummer) = nummer else {
        return underlag(bocker, dokument);
    };
    let nr = usize::try_from(nummer).ok().and_then(|n| n.checked_sub(1));
    let mut alla = bocker.underlag.iter().filter(|u| u.dokument == dokument);
    let funnet = nr.and_then(|nr| alla.nth(nr));
    Ok(funnet.ok_or_else(Problem::finns_inte)?)
}

/// The report with this address part.
///
/// # Errors
/// When there is none in these books.
pub fn rapport<'a>(bocker: &'a Bocker, slug: &str) -> Result<&'a Rapport, Fel> {
    Ok(bocker
        .rapporter
        .iter()
        .find(|r| r.slug == slug)
        .ok_or_else(Problem::finns_inte)?)
}

/// The bodies responsible, as one text.
#[must_use]
pub fn ansvariga(bocker: &Bocker, ids: &[OrganisationId]) -> String {
    if ids.is_empty() {
        return "Ansvarig är inte angiven".to_owned();
    }
    let namn: Vec<&str> = ids.iter().map(|id| bocker.organisationsnamn(*id)).collect();
    namn.join(", ")
}

/// Years in short: `2021`, `2020–2022`, or what is known of them.
#[must_use]
pub fn ar(start: Option<i16>, slut: Option<i16>) -> String {
    match (start, slut) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("från {a}"),
        (None, Some(b)) => format!("till {b}"),
        (None, None) => "ej angivet".to_owned(),
    }
}
