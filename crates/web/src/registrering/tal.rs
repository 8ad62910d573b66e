//! What somebody typed as an amount or a number.

use crate::rattelse::belopp;
use utfall_domain::faktum::Enhet;
use utfall_domain::pengar::{self, Belopp, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;

/// A value and how exactly it was stated.
pub type Tal = (Varde, Precision);

/// An amount of money. The unit chosen beside it holds unless one is written.
///
/// # Errors
/// What is wrong, at the field.
pub fn pengar(skrivet: &str, vald: &str, falt: &str) -> Result<Tal, Problem> {
    let enhet = match vald {
        "tkr" => pengar::Enhet::Tkr,
        "Mkr" => pengar::Enhet::Mkr,
        _ => pengar::Enhet::Kr,
    };
    let bart = skrivet
        .chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_digit());
    if skrivet.trim().is_empty() {
        let atgard = "Skriv till exempel 503 586 eller 680 tkr.";
        let nej = Problem::ogiltigt("belopp-olasligt", "Beloppet saknas.", atgard);
        return Err(nej.i_falt(falt));
    }
    let last = if bart && enhet != pengar::Enhet::Kr {
        Belopp::las_tal(skrivet, enhet)
            .map_err(|fel| format!("Beloppet ”{skrivet}” går inte att läsa: {fel}."))
    } else {
        belopp(skrivet)
    };
    let b = last.map_err(|text| {
        let atgard = "Skriv till exempel 503 586 eller 680 tkr.";
        Problem::ogiltigt("belopp-olasligt", text, atgard).i_falt(falt)
    })?;
    Ok((Varde::Kant(b.ore.0), b.precision))
}

/// A number of people or things.
///
/// # Errors
/// What is wrong, at the field.
pub fn antal(skrivet: &str, falt: &str) -> Result<Tal, Problem> {
    let siffror: String = skrivet.chars().filter(|c| !c.is_whitespace()).collect();
    match siffror.parse::<i64>() {
        Ok(tal) if tal >= 0 => Ok((Varde::Kant(tal), Precision::EXAKT)),
        _ => Err(Problem::ogiltigt(
            "antal-olasligt",
            format!("”{skrivet}” är inget antal."),
            "Skriv ett helt tal, till exempel 77.",
        )
        .i_falt(falt)),
    }
}

/// Why there is no number, when the code says so.
#[must_use]
pub fn inget_tal(kod: &str) -> Option<Varde> {
    match kod {
        "okant" => Some(Varde::Okant),
        "ej-beslutat" => Some(Varde::EjBeslutat),
        "ej-inrapporterat" => Some(Varde::EjInrapporterat),
        _ => None,
    }
}

/// A number with what is said about it: a number where there shall be one, and none where
/// there shall not.
///
/// # Errors
/// What is wrong, at the field.
pub fn varde(skrivet: &str, lage: &str, enhet: (Enhet, &str), falt: &str) -> Result<Tal, Problem> {
    match (inget_tal(lage), skrivet.is_empty()) {
        (Some(varde), true) => Ok((varde, Precision::EXAKT)),
        (Some(varde), false) => {
            let ord = varde.tecken().map_or("", |t| t.ord());
            Err(Problem::ogiltigt(
                "tal-trots-lage",
                format!("Det står ett tal, men också att det är {ord}."),
                "Ta bort talet, eller välj att talet gäller.",
            )
            .i_falt(falt))
        }
        (None, true) => Err(Problem::ogiltigt(
            "tal-saknas",
            "Talet saknas.",
            "Skriv det, eller välj varför det inte finns något.",
        )
        .i_falt(falt)),
        (None, false) => match enhet {
            (Enhet::Ore, vald) => pengar(skrivet, vald, falt),
            _ => antal(skrivet, falt),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_unit_holds_before_the_chosen_one() {
        let tkr = (Varde::Kant(68_000_000), Precision::TUSENTAL);
        assert_eq!(pengar("680", "tkr", "b"), Ok(tkr));
        assert_eq!(pengar("680 tkr", "kr", "b"), Ok(tkr));
        assert_eq!(pengar("680 tkr", "Mkr", "b"), Ok(tkr));
        let kr = (Varde::Kant(50_358_600), Precision::EXAKT);
        assert_eq!(pengar("503 586", "kr", "b"), Ok(kr));
        assert_eq!(
            pengar("tio", "kr", "b").unwrap_err().falt.as_deref(),
            Some("b")
        );
    }

    #[test]
    fn a_number_and_a_reason_for_none_do_not_go_together() {
        let kr = (Enhet::Ore, "kr");
        assert_eq!(
            varde("", "okant", kr, "b"),
            Ok((Varde::Okant, Precision::EXAKT))
        );
        for (skrivet, lage) in [("5", "okant"), ("", "tal"), ("", "")] {
            assert!(varde(skrivet, lage, kr, "b").is_err(), "{skrivet} {lage}");
        }
        let st = (Enhet::Personer, "kr");
        assert_eq!(
            varde("1 077", "tal", st, "b"),
            Ok((Varde::Kant(1077), Precision::EXAKT))
        );
        assert!(varde("-1", "tal", st, "b").is_err());
    }
}
