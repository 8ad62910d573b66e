//! SIE 4: the format in which Swedish accounting systems hand over accounts, balances and
//! vouchers (SIE-gruppen's specification 4B). Types 1 to 4, both 4E and 4I.
//!
//! Four layers, each usable alone:
//!
//! * [`Lasare`] gives a file's records one by one, with memory for one line. It knows what a
//!   record looks like, and reads what real programs write: code page 437 as the format says,
//!   and Latin-1 and UTF-8, which it does not allow.
//! * [`Granskare`] takes the records and says what does not hold together: vouchers that do
//!   not balance, accounts that are not declared, a checksum that is another.
//! * [`Inlasning`] joins the two and gives whole vouchers, one at a time: what an importer wants.
//! * [`Skrivare`] writes records that the reader reads back, and [`Exportfil`] whole files that
//!   hold together.
//!
//! Amounts are whole hundredths of the currency in `i64`, debit positive, credit negative.
//! Nothing here panics, whatever the bytes.

mod ersatt;
mod export;
mod falt;
mod fel;
mod gissa;
mod granska;
mod inlasning;
mod kodning;
mod ksumma;
mod lasare;
mod poster;
mod rader;
mod skriv;
mod sok;
mod tal;
mod tolka;

pub use ersatt::Ersattning;
pub use export::{Exportfil, Exportrad, Exportverifikation, Handelse, Hinder, Plats, Skriven};
pub use falt::{Falt, Objekt};
pub use fel::{Fel, Felslag};
pub use granska::{
    Allvar, Anmarkning, Dimension, FLEST_ANMARKNINGAR, Granskad, Granskare, Konto, Oversikt,
    Register, Sak,
};
pub use inlasning::{FLEST_RADER, Inlasning, Verifikation, Verifikationsrad};
pub use kodning::{Kodning, Text};
pub use ksumma::Raknad;
pub use lasare::{Avsteg, Lasare};
pub use poster::{
    Kontotyp, ORDNINGSPOSTER, Periodslag, Post, Radslag, Saldoslag, Sietyp, Ver, Verrad,
};
pub use rader::LANGSTA_RAD;
pub use skriv::{NyRad, NyVer, Skrivare, Skrivfel};
pub use tolka::FLEST_OBJEKT;

#[cfg(test)]
mod prov;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Lasmig;
