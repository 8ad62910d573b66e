//! Use cases of money.

mod fordela;

pub(crate) use fordela::ensam;
pub use fordela::version;

pub use fordela::{AndraFordelning, Andrad};
