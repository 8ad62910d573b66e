//! The accounts, among what is to be done: where they are read in month by month and a month
//! is not there yet.

use crate::adress;
use crate::anrop::Inloggat;
use jiff::civil::Date;
use utfall_app::Bok;
use utfall_app::uppfoljning::sista_hela;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::tid::manad;
use utfall_vyer::komponent::{Lage, LageSlag, Lank, Uppgift, UppgiftsGrupp};

/// The next month to read in, for those who may.
pub fn grupp(a: &Inloggat, bok: &Bok, idag: Date) -> UppgiftsGrupp {
    let sist = if a.far(Atgard::ImporteraSie) {
        sist_bokforda(bok)
    } else {
        None
    };
    let uppgifter = sist
        .filter(|sist| *sist < idag.first_of_month())
        .map(|sist| {
            let nasta = sist.saturating_add(jiff::Span::new().months(1));
            Uppgift {
                lank: Lank::ny("Läs in bokföringen", adress::las_in_bokforing()).om(format!(
                    "från {} {}",
                    manad(nasta.month()),
                    nasta.year()
                )),
                under: format!(
                    "Den är inläst till och med {} {}. Sedan kan du göra rapporten till styrelsen.",
                    manad(sist.month()),
                    sist.year()
                ),
                vad: "Bokföring".to_owned(),
                frist: String::new(),
                frist_ord: String::new(),
                brattom: false,
                lage: Lage::ny("Kommer", LageSlag::Upplysning),
            }
        });
    UppgiftsGrupp {
        id: "bokforing".to_owned(),
        rubrik: "Bokföringen".to_owned(),
        uppgifter: uppgifter.into_iter().collect(),
    }
}

/// The first day of the last month that the accounts cover in full; `None` where nothing is
/// read in. A month that is booked halfway is still to be read in.
fn sist_bokforda(bok: &Bok) -> Option<Date> {
    let sist = bok
        .fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Anvant && f.fakta.bokforing.is_some())
        .filter_map(|f| f.galler().period_fran)
        .max()?;
    match sista_hela(bok, sist.year()) {
        None => Some(sist),
        Some(0) => Date::new(sist.year().saturating_sub(1), 12, 1).ok(),
        Some(m) => Date::new(sist.year(), m, 1).ok(),
    }
}
