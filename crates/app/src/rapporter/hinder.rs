//! What must be done before a report can be issued: deviations that nobody has explained, and a
//! requisition that nobody has certified.

use super::sammanstall::prova_rekvisition;
use crate::lasning::Bok;
use crate::uppfoljning::{Saknad, saknade_kommentarer};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::rapporter::Rapportslag;

/// The deviations above the limit that a report to the board would leave unexplained: of the
/// insatser it is about. Empty for reports of other kinds.
#[must_use]
pub fn oforklarade(bok: &Bok, slag: &Rapportslag) -> Vec<Saknad> {
    let Rapportslag::Ekonomirapport {
        ar,
        till_manad,
        namnd,
    } = slag
    else {
        return Vec::new();
    };
    let med = |s: &Saknad| match namnd {
        Some(namnd) => bok
            .insats(s.insats)
            .is_some_and(|i| i.ansvariga.contains(namnd)),
        None => true,
    };
    let alla = saknade_kommentarer(bok, *ar, *till_manad).into_iter();
    alla.filter(med).collect()
}

/// Refuses to issue what is not ready, with everything that is missing.
///
/// # Errors
/// `rapport-oforklarat` with each insats that deviates; the refusals of a requisition.
pub(super) fn prova(bok: &Bok, slag: &Rapportslag) -> Result<(), Problem> {
    if let Rapportslag::Rekvisition { sak } = slag {
        return prova_rekvisition(&bok.poster(), *sak);
    }
    let saknade = oforklarade(bok, slag);
    if saknade.is_empty() {
        return Ok(());
    }
    let namn = saknade.iter().filter_map(|s| {
        let i = bok.insats(s.insats)?;
        Some(format!("{} ({}\u{a0}kr)", i.namn, Ore(s.avvikelse)))
    });
    let namn: Vec<String> = namn.collect();
    let hur_manga = match namn.len() {
        1 => "En avvikelse är större än gränsen och inte förklarad".to_owned(),
        n => format!("{n} avvikelser är större än gränsen och inte förklarade"),
    };
    Err(Problem::ogiltigt(
        "rapport-oforklarat",
        format!("{hur_manga}: {}.", namn.join(", ")),
        "Förklara dem under Uppföljning, så kommer orden med i rapporten.",
    ))
}
