//! What has had its time is cleared away: once when the server starts and once a day.
//!
//! Sessions that nobody can use and keys of forms that nobody sends again. Nothing of it is
//! anybody's books, so it has no permit and is not in the journal.

use crate::Tjanst;
use crate::inloggning::session;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};
use utfall_domain::problem::Problem;
use utfall_store as store;

/// How long a form's key is remembered: a form that has lain open longer is a new one.
pub const NYCKLAR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How often it is done.
pub const ALLTEFTER: SignedDuration = SignedDuration::from_hours(24);

/// When it was last done, by this server.
#[derive(Debug, Default)]
pub struct Stadning(Mutex<Option<Timestamp>>);

/// What was cleared away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stadat {
    /// Sessions.
    pub sessioner: u64,
    /// Keys of forms.
    pub nycklar: u64,
}

impl Stadning {
    /// Whether it is time, by the clock that everything is dated by. A clock that has been
    /// turned back makes it time as well.
    fn dags(&self, nu: Timestamp) -> bool {
        let mut senast = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let dags = senast.is_none_or(|nar| nu.duration_since(nar).abs() >= ALLTEFTER);
        if dags {
            *senast = Some(nu);
        }
        dags
    }

    /// It did not go through: it is time again at once.
    fn glom(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Tjanst {
    /// Clears away what has had its time, if a day has passed; `None` when it has not.
    ///
    /// # Errors
    /// What went wrong in the database; the next call tries again.
    pub async fn stada_om_dags(&self, stadning: &Stadning) -> Result<Option<Stadat>, Problem> {
        let nu = self.klocka.nu();
        if !stadning.dags(nu) {
            return Ok(None);
        }
        let svar = self
            .db
            .skriv(move |k| -> Result<Stadat, Problem> {
                let (vilat, levt) = (nu - session::VILA, nu - session::LIVSTID);
                Ok(Stadat {
                    sessioner: store::inloggning::stada(k, vilat, levt)?,
                    nycklar: store::idempotens::stada(k, nu - NYCKLAR)?,
                })
            })
            .await;
        if svar.is_err() {
            stadning.glom();
        }
        svar.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_a_day_and_again_when_it_failed_or_the_clock_went_back() {
        let start: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let om = |timmar| start + SignedDuration::from_hours(timmar);
        let stadning = Stadning::default();
        assert!(stadning.dags(om(0)));
        assert!(!stadning.dags(om(23)));
        assert!(stadning.dags(om(24)));
        assert!(!stadning.dags(om(25)));
        stadning.glom();
        assert!(stadning.dags(om(25)));
        assert!(stadning.dags(om(-100)));
    }
}
