//! What most handlers begin with: the books as of the day asked for, and the thing the
//! address names. What does not exist and what is another's answer alike.

use crate::anrop::Inloggat;
use crate::svar::Fel;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::Problem;
use utfall_domain::rapporter::Rapport;
use utfall_domain::tid::{self, PerDag};

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

    /// The day in the query, when it is one that has been; a day to come is now.
    #[must_use]
    pub fn per(&self) -> Option<PerDag> {
        let dag = self.fraga.text("per").parse().ok()?;
        (dag < tid::dag(self.nu)).then_some(PerDag(dag))
    }

    /// Whether this person may do something: for links and buttons.
    #[must_use]
    pub fn far(&self, atgard: Atgard) -> bool {
        self.session.aktor.far(atgard)
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
