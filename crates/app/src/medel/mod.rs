//! Use cases of money.

mod fordela;

pub use fordela::{andrad_av_annan, version};
pub(crate) use fordela::{ensam, prova_ryms};

pub use fordela::{AndraFordelning, Andrad};
