//! A clock that is set by hand: for the history of the demo world, and for tests.

use jiff::Timestamp;
use std::sync::Mutex;
use std::sync::PoisonError;
use utfall_domain::tid::Klocka;

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct StalldKlocka(Mutex<Timestamp>);

impl StalldKlocka {
    /// A clock that shows this instant.
    #[must_use]
    pub const fn ny(nu: Timestamp) -> Self {
        Self(Mutex::new(nu))
    }

    /// Sets it.
    pub fn stall(&self, nu: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = nu;
    }
}

impl Klocka for StalldKlocka {
    fn nu(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
