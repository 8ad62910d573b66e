//! Setting up: huvudmän and accounts. The operator's work at the command line.

mod anvandare;
mod huvudman;

pub use anvandare::NyttKonto;
pub(crate) use anvandare::prova_roller;
pub use huvudman::NyHuvudman;
