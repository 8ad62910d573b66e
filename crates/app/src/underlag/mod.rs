//! Use cases of papers: an imported underlag becomes grants, initiatives and facts.

mod importera;

pub(crate) use importera::hex;
mod oversatt;

pub use importera::{ImporteraUnderlag, Importerat};
pub use oversatt::{Oversatt, oversatt};
