//! Use cases of the ledger: entering a fact by hand and correcting one.

mod ratta;
mod registrera;

pub use ratta::{RattaFaktum, Rattelse, kraver_beslut};
pub use registrera::{RegistreraFaktum, far_registreras_av, om_bidrag, om_insats};

use utfall_domain::problem::Problem;

/// A reason a person gives: needed, and at most this many characters.
const LANGSTA_ORSAK: usize = 500;

/// Checks that a reason says something.
pub(crate) fn prova_orsak(orsak: &str) -> Result<String, Problem> {
    let gor = "Skriv kort varför, så att den som läser förstår.";
    sager_nagot(orsak, "Skälet", gor)
}

/// Checks that what is said of where a new figure comes from says something.
pub(crate) fn prova_kalla(kalla: &str) -> Result<String, Problem> {
    let gor = "Skriv varifrån uppgiften kommer, till exempel vilket beslut.";
    sager_nagot(kalla, "Källan", gor)
}

fn sager_nagot(skrivet: &str, vad: &str, gor: &str) -> Result<String, Problem> {
    let skrivet = skrivet.trim();
    let text = match skrivet.chars().count() {
        3..=LANGSTA_ORSAK => return Ok(skrivet.to_owned()),
        0 => format!("{vad} saknas."),
        1 | 2 => format!("{vad} är för kort för att säga något."),
        tecken => format!("{vad} är {tecken} tecken. Det får vara högst {LANGSTA_ORSAK}."),
    };
    Err(Problem::ogiltigt("orsak", text, gor).i_falt("orsak"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_by_its_own_name() {
        for (skrivet, skal, kalla) in [
            (" ", "Skälet saknas.", "Källan saknas."),
            ("x", "Skälet är för kort", "Källan är för kort"),
        ] {
            assert!(prova_orsak(skrivet).unwrap_err().text.starts_with(skal));
            let fel = prova_kalla(skrivet).unwrap_err();
            assert!(fel.text.starts_with(kalla) && fel.atgard.contains("varifrån"));
        }
        let langt = "å".repeat(LANGSTA_ORSAK + 1);
        assert!(prova_kalla(&langt).unwrap_err().text.contains("501 tecken"));
        assert_eq!(prova_kalla(" Beslut § 4 ").unwrap(), "Beslut § 4");
    }
}
