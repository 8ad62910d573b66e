//! How long something has lasted: for waits and time limits, never for what is stored.

use std::time::{Duration, Instant};

/// A stopwatch, started when it is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tidtagare(Instant);

impl Tidtagare {
    #[expect(
        clippy::disallowed_methods,
        reason = "en väntan på databasen mäts i verklig tid; inget värde sparas"
    )]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn gatt(self) -> Duration {
        self.0.elapsed()
    }
}
