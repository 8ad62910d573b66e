//! Use cases of money.

mod fordela;

pub(crate) use fordela::{ensam, prova_ryms};
pub use fordela::{andrad_av_annan, version};

pub use fordela::{AndraFordelning, Andrad};
