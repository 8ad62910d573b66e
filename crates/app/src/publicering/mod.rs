//! Use cases of publication: nothing is public by being saved.

mod dra_tillbaka;
mod publicera;

pub use dra_tillbaka::DraTillbaka;
pub use publicera::{Publicera, PubliceraIgen};
