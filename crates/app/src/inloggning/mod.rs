//! Signing in and out, and the session in between.

pub mod losenord;
pub mod session;
pub mod vakt;

pub use session::{Session, Token};
pub use vakt::Forsoksvakt;
