//! Use cases of papers: an imported underlag becomes grants, initiatives and facts.

mod ersatt;
mod importera;
mod kedja;
pub(crate) mod ord;
mod oversatt;
mod rattat;
mod skillnad;
mod texter;

pub use ersatt::{Ersatt, ErsattUnderlag, Forhandsvisning};
pub(crate) use importera::hex;
pub use importera::{ImporteraUnderlag, Importerat};
pub(crate) use kedja::{Kedja, kedjor};
pub(crate) use ord::Namn;
pub use oversatt::{Oversatt, oversatt};
pub(crate) use oversatt::{Stalle, Tolkat, Uttalande};
pub(crate) use rattat::{kopplade, med_varden, tolka_igen};
pub use skillnad::{Post, Skillnad};
pub use texter::Textskillnad;

#[cfg(test)]
pub(crate) mod prov;
