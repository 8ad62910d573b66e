//! Places for pages at work, so that no page can stop the others.
//!
//! A page is computed beside the threads that answer sockets, so that these always answer.
//! So many are at work at once, and of one huvudman only half of them: who has large books
//! waits for itself.

use crate::anrop::{Framtid, Resultat};
use crate::svar::Fel;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{AcquireError, Semaphore};
use utfall_domain::id::HuvudmanId;
use utfall_domain::problem::{Problem, ProblemSlag};

/// Whose books a page is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Vem {
    /// Behind sign-in.
    Inloggad(HuvudmanId),
    /// What is published under this address.
    Publik(String),
}

/// Huvudmän whose places are remembered before those that nobody holds are forgotten.
const FLEST: usize = 1_000;

/// How many at once.
#[derive(Clone, Debug)]
pub struct Platstal {
    /// Pages at work.
    pub alla: usize,
    /// Of them of one huvudman.
    pub egna: usize,
    /// Of one huvudman that wait, beside those at work.
    pub ko: usize,
    /// How long one waits.
    pub vantan: Duration,
}

impl Default for Platstal {
    fn default() -> Self {
        Self {
            alla: 16,
            egna: 8,
            ko: 100,
            vantan: Duration::from_secs(20),
        }
    }
}

/// The places.
pub(crate) struct Platser {
    tal: Platstal,
    alla: Arc<Semaphore>,
    egna: Mutex<HashMap<Vem, Arc<Egna>>>,
}

/// One huvudman's places.
struct Egna {
    inne: Arc<Semaphore>,
    arbete: Arc<Semaphore>,
}

impl Platser {
    /// So many places.
    pub(crate) fn ny(tal: Platstal) -> Self {
        Self {
            alla: Arc::new(Semaphore::new(tal.alla)),
            egna: Mutex::default(),
            tal,
        }
    }

    /// Does the work at a place of its own.
    ///
    /// # Errors
    /// 503 when too many wait already, or it waited too long.
    pub(crate) async fn kor(&self, vem: Vem, arbete: Framtid) -> Resultat {
        let egna = self.egna(vem);
        let Ok(inne) = Arc::clone(&egna.inne).try_acquire_owned() else {
            return Err(fullt());
        };
        let plats = async {
            // One's own place first: those who wait for themselves keep nobody out.
            let egen = Arc::clone(&egna.arbete).acquire_owned().await?;
            Ok::<_, AcquireError>((egen, Arc::clone(&self.alla).acquire_owned().await?))
        };
        let Ok(Ok(plats)) = tokio::time::timeout(self.tal.vantan, plats).await else {
            return Err(fullt());
        };
        let plats = (plats, inne, egna);
        let motor = tokio::runtime::Handle::current();
        let arbete = tokio::task::spawn_blocking(move || {
            let svar = motor.block_on(arbete);
            // Held until the work has ended, also when nobody waits for it any longer.
            drop(plats);
            svar
        });
        match arbete.await {
            Ok(svar) => svar,
            Err(fel) if fel.is_panic() => std::panic::resume_unwind(fel.into_panic()),
            Err(fel) => Err(Fel::internt(&fel)),
        }
    }

    fn egna(&self, vem: Vem) -> Arc<Egna> {
        let mut alla = self.egna.lock().unwrap_or_else(PoisonError::into_inner);
        if alla.len() >= FLEST {
            alla.retain(|_, egna| Arc::strong_count(egna) > 1);
        }
        let egna = alla.entry(vem).or_insert_with(|| {
            let inne = self.tal.egna.saturating_add(self.tal.ko);
            Arc::new(Egna {
                inne: Arc::new(Semaphore::new(inne)),
                arbete: Arc::new(Semaphore::new(self.tal.egna)),
            })
        });
        Arc::clone(egna)
    }
}

fn fullt() -> Fel {
    Problem::nytt(
        ProblemSlag::Upptaget,
        "for-manga-sidor",
        "Många sidor om samma uppgifter räknas fram just nu. Inget har sparats.",
        "Vänta en halv minut och försök igen.",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::svar::Svar;
    use axum::http::StatusCode;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::time::Duration;

    fn tal(alla: usize, egna: usize, ko: usize, vantan: Duration) -> Platstal {
        Platstal {
            alla,
            egna,
            ko,
            vantan,
        }
    }

    /// A page that computes and computes, without ever waiting for anything, until told.
    struct Tung {
        samtidiga: AtomicUsize,
        flest: AtomicUsize,
        klar: AtomicBool,
    }

    impl Tung {
        fn ny() -> Arc<Self> {
            Arc::new(Self {
                samtidiga: AtomicUsize::new(0),
                flest: AtomicUsize::new(0),
                klar: AtomicBool::new(false),
            })
        }

        fn arbete(self: &Arc<Self>) -> Framtid {
            let jag = Arc::clone(self);
            Box::pin(async move {
                let nu = jag.samtidiga.fetch_add(1, Ordering::SeqCst) + 1;
                jag.flest.fetch_max(nu, Ordering::SeqCst);
                while !jag.klar.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                jag.samtidiga.fetch_sub(1, Ordering::SeqCst);
                Ok(Svar::bytes("text/plain", "klar"))
            })
        }

        async fn borjat(&self, antal: usize) {
            while self.samtidiga.load(Ordering::SeqCst) < antal {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }

    fn latt() -> Framtid {
        Box::pin(async { Ok(Svar::bytes("text/plain", "klar")) })
    }

    fn vem(namn: &str) -> Vem {
        Vem::Publik(namn.to_owned())
    }

    // One thread for everything that waits: a page computed on it would stop the test.
    #[tokio::test]
    async fn heavy_pages_of_one_leave_room_for_another_and_for_what_waits() {
        let platser = Arc::new(Platser::ny(tal(4, 2, 20, Duration::from_secs(60))));
        let tung = Tung::ny();
        let tunga: Vec<_> = (0..4)
            .map(|_| {
                let (platser, arbete) = (Arc::clone(&platser), tung.arbete());
                tokio::spawn(async move { platser.kor(vem("stor"), arbete).await })
            })
            .collect();
        tung.borjat(2).await;
        // The heavy ones are at work for as long as this takes.
        for _ in 0..20 {
            assert!(platser.kor(vem("liten"), latt()).await.is_ok());
        }
        tung.klar.store(true, Ordering::SeqCst);
        for tung in tunga {
            assert!(tung.await.unwrap().is_ok());
        }
        assert_eq!(tung.flest.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn who_finds_it_full_or_waits_too_long_is_told_when_to_come_back() {
        let platser = Arc::new(Platser::ny(tal(4, 1, 1, Duration::from_millis(100))));
        let tung = Tung::ny();
        let forsta = {
            let (platser, arbete) = (Arc::clone(&platser), tung.arbete());
            tokio::spawn(async move { platser.kor(vem("stor"), arbete).await })
        };
        tung.borjat(1).await;
        let (vantar, full) = tokio::join!(
            platser.kor(vem("stor"), latt()),
            platser.kor(vem("stor"), latt())
        );
        for svar in [vantar, full] {
            let fel = svar.unwrap_err();
            assert_eq!(fel.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(fel.problem().kod, "for-manga-sidor");
        }
        tung.klar.store(true, Ordering::SeqCst);
        assert!(forsta.await.unwrap().is_ok());
        assert!(platser.kor(vem("stor"), latt()).await.is_ok());
    }

    #[tokio::test]
    async fn a_panic_gives_the_place_back() {
        let platser = Arc::new(Platser::ny(tal(1, 1, 0, Duration::from_secs(60))));
        let egna = Arc::clone(&platser);
        let trasig: Framtid = Box::pin(async { panic!("provets panik") });
        let svar = tokio::spawn(async move { egna.kor(vem("a"), trasig).await });
        assert!(svar.await.unwrap_err().is_panic());
        assert!(platser.kor(vem("a"), latt()).await.is_ok());
    }
}
