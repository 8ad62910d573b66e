//! Setting up: huvudmän and accounts. The operator's work at the command line.

mod anvandare;
mod huvudman;

pub use anvandare::NyttKonto;
pub use huvudman::NyHuvudman;
