//! Use cases of initiatives.

mod andra;
mod skapa;

pub use andra::AndraInsats;
pub use skapa::SkapaInsats;
