//! Use cases of follow-up: settings, forecast methods, settled forecasts and explained
//! deviations.

mod faststall;
mod kommentera;
mod laget;
mod medfinansiering;
mod metod;
mod parametrar;
mod personal;
mod rackvidd;
mod tjanst;

pub use faststall::FaststallPrognos;
pub use kommentera::KommenteraAvvikelse;
pub use laget::{Laget, Saknad, laget, metodord, planerad_start, saknade_kommentarer};
pub use medfinansiering::{Lofte, Medfinansierat, RegistreraMedfinansiering};
pub use metod::ValjPrognosmetod;
pub use parametrar::{Satt, SattParametrar};
pub use personal::Personalkop;
pub use rackvidd::{
    avslutsmanad, bockerna, foljd_manad, halva, sista_anvanda, sista_hela, sista_hela_av,
};
pub use tjanst::Tjanstekostnad;

use jiff::civil::Date;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, NyttFaktum, gallande};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::problem::Problem;

/// The first day of a month, or a refusal at the field.
fn forsta_dagen(ar: i16, manad: i8) -> Result<Date, Problem> {
    Date::new(ar, manad, 1).map_err(|_| {
        Problem::ogiltigt(
            "uppfoljning-manad",
            "Månaden finns inte.",
            "Välj en månad i listan.",
        )
        .i_falt("manad")
    })
}

/// The fact in force of a kind about an insats and a year.
fn gallande_om(bocker: &Bocker, slag: FaktumSlag, insats: InsatsId, ar: i16) -> Option<&Faktum> {
    gallande(&bocker.fakta, None).into_iter().rfind(|f| {
        f.fakta.slag == slag && f.galler().insats == Some(insats) && f.galler().ar == Some(ar)
    })
}

/// One fact as a write.
fn skriv(id: FaktumId, faktum: NyttFaktum) -> Andring {
    Andring::NyttFaktum {
        id,
        faktum: Box::new(faktum),
    }
}

#[cfg(test)]
mod tests;
