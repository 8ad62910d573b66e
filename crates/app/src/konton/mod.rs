//! The accounts of a huvudman: the administrator's work, and each person's own password.
//!
//! Invariant: no change leaves a huvudman without an administrator who can sign in.

mod avsluta;
mod losenord;
mod roller;
mod stang_av;
mod startlosenord;
#[cfg(test)]
mod tests;

pub use avsluta::AvslutaSessioner;
pub use losenord::BytLosenord;
pub use roller::AndraRoller;
pub use stang_av::StangAv;
pub use startlosenord::NyttStartlosenord;
pub use utfall_store::anvandare::Konto;

use crate::Tjanst;
use utfall_behorighet::{Aktor, Atgard, Roll, prova};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;

impl Tjanst {
    /// The huvudman's accounts, oldest first.
    ///
    /// # Errors
    /// When the role may not handle accounts, or the database fails.
    pub async fn konton(&self, aktor: &Aktor) -> Result<Vec<Konto>, Problem> {
        let permit = prova(aktor, Atgard::HanteraAnvandare)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::anvandare::alla(k, &permit)?)
            })
            .await
    }
}

/// Whether somebody can still hand out accounts.
#[must_use]
pub fn har_administrator(konton: &[Konto]) -> bool {
    konton
        .iter()
        .any(|k| k.lage.far_logga_in() && k.roller.contains(&Roll::Administrator))
}

fn hitta(konton: &[Konto], nr: i64) -> Result<&Konto, Problem> {
    konton
        .iter()
        .find(|k| k.nr == nr)
        .ok_or_else(Problem::finns_inte)
}

/// Refuses when the account as it will be leaves nobody to hand out accounts.
fn kvar_finns_administrator(konton: &[Konto], efter: &Konto) -> Result<(), Problem> {
    let blir: Vec<Konto> = konton
        .iter()
        .map(|k| if k.nr == efter.nr { efter } else { k })
        .cloned()
        .collect();
    if har_administrator(&blir) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "konto-sista-administratoren",
        "Kontot är det enda som kan lägga upp konton, och ni skulle låsa er ute.",
        "Ge först rollen administratör till ett konto till.",
    ))
}

/// The demo's accounts share a password that everybody knows: it stays as it is.
fn ej_demo(demo: bool) -> Result<(), Problem> {
    if demo {
        return Err(Problem::nytt(
            ProblemSlag::Ogiltigt,
            "konto-demo",
            "Demokontona har ett gemensamt lösenord, som inte går att byta.",
            "Lägg upp ett eget konto om du vill pröva.",
        ));
    }
    Ok(())
}
