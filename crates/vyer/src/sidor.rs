//! The pages.

mod felsida;
mod fordelning;
mod granskning;
mod harledning;
mod insats;
mod logga_in;
mod medel;
mod start;

pub use felsida::FelSida;
pub use fordelning::{
    Andring, Fordelning, FordelningCell, FordelningKolumner, FordelningRad, Forhandsvisning,
};
pub use granskning::{FyndGrupp, Granskning};
pub use harledning::{
    Definition, FormelRad, Harledning, HistorikRad, PerDatum, Tecknad, Underlagsrad, Underlagsrader,
};
pub use insats::{Insats, InsatsAr, Resultatrad, Tjanst};
pub use logga_in::{DemoGrupp, DemoKonto, LoggaIn};
pub use medel::{BidragRad, InsatsGrupp, InsatsRad, InsatsTabell, Medel, MedelDel, TreTal};
pub use start::Start;
