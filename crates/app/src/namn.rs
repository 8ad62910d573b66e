//! Names of things somebody enters: what a name must be, the address it gets, and the
//! register entry a name means.

use crate::miljo::Miljo;
use std::collections::BTreeSet;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::OrganisationId;
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationSlag, OrganisationsNamn};
use utfall_domain::problem::Problem;
use utfall_domain::svensk::slug;

/// The longest name, in characters.
pub const LANGSTA_NAMN: usize = 200;

/// Years that can be entered by hand.
pub const AR: std::ops::RangeInclusive<i16> = 1990..=2100;

/// The name without spaces around it.
///
/// # Errors
/// When there is none, or it is too long. `vad` is what is named, as in a sentence.
pub(crate) fn prova_namn(namn: &str, vad: &str, falt: &str) -> Result<String, Problem> {
    let namn = namn.trim();
    let tecken = namn.chars().count();
    let fel = |text: String, atgard: String| {
        Err(Problem::ogiltigt("namn-ogiltigt", text, atgard).i_falt(falt))
    };
    if tecken == 0 {
        return fel(format!("Namnet på {vad} saknas."), "Skriv ett namn.".into());
    }
    // An address needs at least a letter or a digit.
    if !namn.chars().any(char::is_alphanumeric) {
        return fel(
            format!("Namnet på {vad} har varken bokstäver eller siffror."),
            "Skriv ett namn som går att läsa.".into(),
        );
    }
    if tecken > LANGSTA_NAMN {
        return fel(
            format!("Namnet på {vad} är {tecken} tecken."),
            format!("Korta det till högst {LANGSTA_NAMN} tecken."),
        );
    }
    Ok(namn.to_owned())
}

/// Checks a year somebody typed.
pub(crate) fn prova_ar(ar: i16, falt: &str) -> Result<i16, Problem> {
    if AR.contains(&ar) {
        return Ok(ar);
    }
    Err(Problem::ogiltigt(
        "ar-orimligt",
        "Året är inte rimligt.",
        format!("Skriv ett år från {} till {}.", AR.start(), AR.end()),
    )
    .i_falt(falt))
}

/// A free address part for a name: `lovjobb`, then `lovjobb-2` and so on.
pub(crate) fn ledig<'a>(
    namn: &str,
    upptagna: impl Iterator<Item = &'a str>,
) -> Result<String, Problem> {
    let grund = Some(slug(namn))
        .filter(|s| !s.is_empty())
        .unwrap_or_else(|| "utan-namn".into());
    let upptagna: BTreeSet<&str> = upptagna.collect();
    std::iter::once(grund.clone())
        .chain((2..10_000).map(|nr| format!("{grund}-{nr}")))
        .find(|kandidat| !upptagna.contains(kandidat.as_str()))
        .ok_or_else(|| {
            Problem::ogiltigt(
                "namn-utan-adress",
                format!("Det finns ingen ledig adress för {namn}."),
                "Välj ett annat namn.",
            )
            .i_falt("namn")
        })
}

/// The organisation with a name, in the register already or entered with the thing that
/// needs it, and the write that enters it.
pub(crate) fn organisation(
    bocker: &Bocker,
    namn: &str,
    slag: OrganisationSlag,
    miljo: &mut Miljo,
) -> Result<(OrganisationId, Option<Andring>), Problem> {
    if let Some(finns) = bocker.organisationer.iter().find(|o| o.heter(namn)) {
        return Ok((finns.id, None));
    }
    let id = miljo.organisation();
    let upptagna = bocker.organisationer.iter().map(|o| o.slug.as_str());
    let ny = Organisation {
        id,
        slug: ledig(namn, upptagna)?,
        slag,
        orgnr: None,
        overordnad: None,
        namn: vec![OrganisationsNamn {
            namn: namn.to_owned(),
            art: NamnArt::Namn,
            fran: None,
        }],
    };
    Ok((id, Some(Andring::NyOrganisation(ny))))
}
