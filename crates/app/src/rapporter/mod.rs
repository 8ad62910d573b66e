//! Use cases of reports: written as drafts, then issued and never changed again.

mod bokfort;
mod bygg;
mod fil;
mod hinder;
mod sammanstall;
mod siffra;
mod skriv;
mod tillagg;
mod utfarda;
mod verifiera;

use jiff::civil::Date;
use utfall_domain::problem::Problem;
use utfall_domain::tid::PerDag;

pub use bokfort::Bokforingsbesked;
pub use bygg::{Ram, Utkast, bygg};
pub use fil::Bidragsrapport;
pub use hinder::oforklarade;
pub use sammanstall::{Onskad, SkapaSammanstallning, forslag, period, sammanstall};
pub use siffra::Rapportsiffra;
pub use skriv::{SkapaRapport, SparaRapport, senast_utfardad};
pub use utfarda::{Forhandsvisning, UtfardaRapport, Utfardande};
pub use verifiera::{Rapportprov, Rapportutslag, Skillnad};

/// Nobody knows what the books will say on a day to come.
fn prova_dag(per: PerDag, i_dag: Date) -> Result<(), Problem> {
    if per.0 <= i_dag {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "rapport-framtid",
        format!("Dagen {} har inte varit än.", per.0),
        "Välj i dag eller en tidigare dag.",
    )
    .i_falt("per"))
}
