//! Use cases of the ledger: entering a fact by hand and correcting one.

mod ratta;
mod registrera;

pub use ratta::{RattaFaktum, Rattelse};
pub use registrera::{RegistreraFaktum, om_bidrag, om_insats};

use utfall_domain::problem::Problem;

/// A reason a person gives: needed, and at most this many characters.
const LANGSTA_ORSAK: usize = 500;

/// Checks that a reason says something.
pub(crate) fn prova_orsak(orsak: &str) -> Result<String, Problem> {
    let orsak = orsak.trim();
    let tecken = orsak.chars().count();
    if (3..=LANGSTA_ORSAK).contains(&tecken) {
        return Ok(orsak.to_owned());
    }
    let text = if tecken < 3 {
        "Skälet saknas.".to_owned()
    } else {
        format!("Skälet är {tecken} tecken. Det får vara högst {LANGSTA_ORSAK}.")
    };
    Err(Problem::ogiltigt(
        "orsak",
        text,
        "Skriv kort varför, så att den som läser förstår.",
    )
    .i_falt("orsak"))
}
