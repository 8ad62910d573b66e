//! The answer to a job, and the job as the threads see it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::DbFel;

/// The answer to a read or a write: a future, or [`Svar::vanta`] where there is no runtime.
///
/// Dropping it does not stop the job.
#[must_use = "svaret säger om ändringen sparades"]
pub struct Svar<T, E>(oneshot::Receiver<Result<T, E>>);

impl<T, E: From<DbFel>> Svar<T, E> {
    /// Blocks the thread until the answer is there.
    ///
    /// For the command line, tests and plain threads. Inside an async task use `.await`:
    /// there this call panics, as every blocking call there would stop the server.
    pub fn vanta(self) -> Result<T, E> {
        self.0
            .blocking_recv()
            .unwrap_or_else(|_| Err(E::from(DbFel::Stangd)))
    }
}

impl<T, E: From<DbFel>> Future for Svar<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0)
            .poll(cx)
            .map(|svar| svar.unwrap_or_else(|_| Err(E::from(DbFel::Stangd))))
    }
}

/// A job without its types. `K` is [`super::Las`] or [`super::Skriv`].
pub(super) trait Jobb<K>: Send {
    /// Runs the job and keeps its result; false if the job itself refused.
    fn kor(&mut self, k: &mut K) -> bool;
    /// Replaces the kept result: the database failed though the job said nothing.
    fn ersatt(&mut self, fel: DbFel);
    /// Sends the kept result.
    fn svara(self: Box<Self>);
    /// Sends an error instead of a result.
    fn neka(self: Box<Self>, fel: DbFel);
}

pub(super) struct Uppdrag<F, T, E> {
    f: F,
    resultat: Option<Result<T, E>>,
    till: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Uppdrag<F, T, E> {
    pub(super) fn ny(f: F) -> (Self, Svar<T, E>) {
        let (till, fran) = oneshot::channel();
        (
            Self {
                f,
                resultat: None,
                till,
            },
            Svar(fran),
        )
    }
}

impl<K, F, T, E> Jobb<K> for Uppdrag<F, T, E>
where
    F: FnMut(&mut K) -> Result<T, E> + Send,
    T: Send,
    E: From<DbFel> + Send,
{
    fn kor(&mut self, k: &mut K) -> bool {
        let resultat = (self.f)(k);
        let ja = resultat.is_ok();
        self.resultat = Some(resultat);
        ja
    }

    fn ersatt(&mut self, fel: DbFel) {
        if !matches!(self.resultat, Some(Err(_))) {
            self.resultat = Some(Err(E::from(fel)));
        }
    }

    fn svara(self: Box<Self>) {
        let resultat = self.resultat.unwrap_or_else(|| Err(E::from(DbFel::Stangd)));
        // Nobody waits any more: the result is of no use to anyone.
        let _ = self.till.send(resultat);
    }

    fn neka(self: Box<Self>, fel: DbFel) {
        let _ = self.till.send(Err(E::from(fel)));
    }
}
