//! Use cases of initiatives.

mod andra;

pub use andra::AndraInsats;
