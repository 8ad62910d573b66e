//! The accounts: files read in and taken back, how accounts lead to initiatives, vouchers by
//! hand, and what a page shows of it.

mod analys;
mod angra;
mod anmarkning;
mod bank;
mod delat;
mod dubbelt;
mod exportera;
mod exportfil;
mod fil;
mod foljder;
mod for_hand;
mod foretag;
mod igenkand;
mod koppling;
mod kopplingsfil;
mod laddat;
mod las_in;
mod mot;
mod slutfor;
mod uppslag;
mod vid_sidan;
mod visa;

pub use analys::{Analys, AndradVerifikation, FLEST_VISADE, Okopplad, Saknad};
pub use angra::{AngraInlasning, Angrat};
pub use anmarkning::Radanm;
pub use bank::{Bank, Uppladdad};
pub use exportera::{ExporteraBokforing, TaTillbakaExport};
pub use exportfil::{Underlag, Utkast, skriv as skriv_exportfil};
pub use fil::{FLEST_VERIFIKATIONER, STORSTA_FIL, Siefil};
pub use for_hand::{NyForHand, TaTillbaka};
pub use foretag::{Dubbla, NyEnhet};
pub use koppling::{Kopplat, SparaKoppling};
pub use kopplingsfil::{las_koppling, skriv_koppling};
pub use laddat::{Bokfort, delning_i_ord};
pub use las_in::{Bekraftat, Inlast, OVERGIVEN, Paborjad, STILLA};
pub use uppslag::{Beraknat, Hylla, Uppslag};
pub use vid_sidan::vid_sidan;
pub use visa::{Bokforing, Kalla, Sida, Verifikationsrad, prova_sokt};

use utfall_domain::medel::verifikation::Bokforingsar;
use utfall_domain::problem::Problem;
use utfall_domain::tid::i_ord;

/// With a capital first letter and a full stop.
fn mening(text: &str) -> String {
    let mut tecken = text.chars();
    let borjan: String = tecken
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{borjan}{}.", tecken.as_str().trim_end_matches('.'))
}

/// A financial year in words: `2026`, or `1 juli 2026 till 30 juni 2027`.
fn aret(ar: &Bokforingsar) -> String {
    let (fran, till) = (ar.fran, ar.till);
    let kalenderar = fran == fran.first_of_year() && till == fran.last_of_year();
    if kalenderar {
        return fran.year().to_string();
    }
    format!("{} till {}", i_ord(fran), i_ord(till))
}

fn for_stort() -> Problem {
    Problem::ogiltigt(
        "bokfort-for-stort",
        "En summa i bokföringen är större än böckerna rymmer.",
        "Kontrollera beloppen i ekonomisystemet.",
    )
}
