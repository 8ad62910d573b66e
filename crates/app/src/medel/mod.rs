//! Use cases of money.

mod fordela;
mod skapa;

pub use fordela::{AndraFordelning, Andrad, andrad_av_annan, version};
pub(crate) use fordela::{ensam, prova_ryms};
pub use skapa::{Bidragsar, SkapaBidrag};
