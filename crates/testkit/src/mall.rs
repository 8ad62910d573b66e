//! The demo world built once, to be copied for each test that wants one of its own.

use crate::databas::{Kopia, Testdb};
use crate::{Fro, Varld, nu};
use jiff::Timestamp;
use std::sync::Arc;
use utfall_app::demo::{Demokonto, StalldKlocka, bygg, bygg_fore_bokforingen};
use utfall_app::{Slump, Tjanst};
use utfall_domain::rapport::Sattare;

/// The demo world as it was when it had been built.
pub struct Demomall {
    kopia: Kopia,
    konton: Vec<Demokonto>,
    nu: Timestamp,
    sattare: Arc<dyn Sattare>,
}

impl Demomall {
    /// Builds it. Blocks: it has a runtime of its own.
    ///
    /// # Panics
    /// When it cannot be built: then no test has a meaning.
    #[must_use]
    pub fn ny(sattare: Arc<dyn Sattare>) -> Self {
        Self::av(sattare, nu(), true)
    }

    /// As [`Self::ny`], with nothing booked in Forsby.
    ///
    /// # Panics
    /// When it cannot be built: then no test has a meaning.
    #[must_use]
    pub fn fore_bokforingen(sattare: Arc<dyn Sattare>) -> Self {
        Self::av(sattare, nu(), false)
    }

    /// As [`Self::ny`], of another day.
    ///
    /// # Panics
    /// When it cannot be built: then no test has a meaning.
    #[must_use]
    pub fn vid(sattare: Arc<dyn Sattare>, nu: Timestamp) -> Self {
        Self::av(sattare, nu, true)
    }

    fn av(sattare: Arc<dyn Sattare>, nu: Timestamp, bokforing: bool) -> Self {
        let db = Testdb::ny();
        let (oppen, for_bygget) = (db.oppna(), Arc::clone(&sattare));
        let trad = std::thread::spawn(move || {
            let slump: Arc<dyn Slump> = Arc::new(Fro::ny(1));
            let adress = "http://127.0.0.1:8080";
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("en körmiljö")
                .block_on(async {
                    if bokforing {
                        bygg(oppen, slump, for_bygget, nu, adress).await
                    } else {
                        bygg_fore_bokforingen(oppen, slump, for_bygget, nu, adress).await
                    }
                })
                .expect("visningsvärlden går att bygga")
        });
        let varld = trad.join().expect("visningsvärlden går att bygga");
        Self {
            kopia: db.till_kopia(),
            konton: varld.konton,
            nu,
            sattare,
        }
    }

    /// A database with the demo world in it.
    #[must_use]
    pub fn databas(&self) -> Testdb {
        Testdb::av(&self.kopia)
    }

    /// A world of its own.
    #[must_use]
    pub fn varld(&self) -> Varld {
        let db = self.databas();
        let klocka = Arc::new(StalldKlocka::ny(self.nu));
        let slump: Arc<dyn Slump> = Arc::new(Fro::ny(2));
        let (tid, sattare) = (Arc::clone(&klocka) as Arc<_>, Arc::clone(&self.sattare));
        let tjanst = Tjanst::ny(db.oppna(), tid, slump, sattare);
        Varld {
            tjanst,
            klocka,
            konton: self.konton.clone(),
            db,
        }
    }
}
