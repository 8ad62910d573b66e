//! Use cases of money.

mod angra;
mod dela;
mod fordela;
mod kalkyl;
mod skapa;
mod stod;

pub use crate::namn::AR;
pub use angra::{AngraFordelning, Cellbyte, Sparning, sparningar};
pub use dela::{Del, DelaFordelning, Delstorlek, cellens_fakta};
pub use fordela::{AndraFordelning, Andrad, andrad_av_annan, version};
pub(crate) use fordela::{ensam, prova_ryms};
pub use kalkyl::{FLEST_RADER, SparaKalkyl};
pub use skapa::{Bidragsar, SkapaBidrag};
pub use stod::{Fordelningsstod, varningar_i};
