//! From the database's errors to what a person is told.

use crate::dorr::internt;
use utfall_domain::problem::Problem;

/// A stored row that cannot be what it says: logged, never guessed around.
pub(crate) fn trasig(vad: &str) -> Problem {
    internt(&vad)
}
