//! A bounded queue for several producers and several consumers.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::DbFel;

pub(super) struct Ko<T> {
    inre: Mutex<Inre<T>>,
    finns: Condvar,
    tak: usize,
}

struct Inre<T> {
    rader: VecDeque<T>,
    stangd: bool,
}

impl<T> Ko<T> {
    pub(super) fn ny(tak: usize) -> Self {
        Self {
            inre: Mutex::new(Inre {
                rader: VecDeque::new(),
                stangd: false,
            }),
            finns: Condvar::new(),
            tak,
        }
    }

    /// Adds last, or gives the item back with why it was refused.
    pub(super) fn lagg(&self, sak: T) -> Result<(), (T, DbFel)> {
        let mut inre = self.las();
        if inre.stangd {
            return Err((sak, DbFel::Stangd));
        }
        if inre.rader.len() >= self.tak {
            return Err((sak, DbFel::Full));
        }
        inre.rader.push_back(sak);
        drop(inre);
        self.finns.notify_one();
        Ok(())
    }

    /// Waits for the first item; `None` when the queue is closed and empty.
    pub(super) fn ta(&self) -> Option<T> {
        let mut inre = self.las();
        loop {
            if let Some(sak) = inre.rader.pop_front() {
                return Some(sak);
            }
            if inre.stangd {
                return None;
            }
            inre = self
                .finns
                .wait(inre)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes the first item if there is one and it passes `villkor`; never waits.
    pub(super) fn ta_om(&self, villkor: impl FnOnce(&T) -> bool) -> Option<T> {
        let mut inre = self.las();
        if inre.rader.front().is_some_and(villkor) {
            inre.rader.pop_front()
        } else {
            None
        }
    }

    /// Refuses new items; what is already here is still handed out.
    pub(super) fn stang(&self) {
        self.las().stangd = true;
        self.finns.notify_all();
    }

    // Nothing in this file panics while it holds the lock, so a poisoned lock is still whole.
    fn las(&self) -> MutexGuard<'_, Inre<T>> {
        self.inre.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
