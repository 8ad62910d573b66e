//! The tests' toolbox: a database of either engine, a clock that is set by hand, seeded
//! randomness, a typesetter that is fast, a browser in process, a server in another, and
//! the demo world built through the use cases.
//!
//! Dev only: nothing here is in the program.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "bara prov: utan sin värld visar ett prov ingenting, och då ska det falla"
)]

mod databas;
mod mall;
pub mod natet;
mod sattare;
pub mod webb;

pub use databas::{Kopia, Testdb, ingrip_i, provar_postgres};
pub use mall::Demomall;
pub use sattare::Snabbsattare;

use jiff::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use utfall_app::demo::{Demokonto, StalldKlocka};
use utfall_app::{Slump, Tjanst};
use utfall_behorighet::{Aktor, Roll};
use utfall_domain::problem::Problem;

/// The instant at which the demo world is built in tests.
///
/// # Panics
/// Never: the text is a valid instant.
#[must_use]
pub fn nu() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().expect("giltig tidpunkt")
}

/// Randomness that is the same every time.
#[derive(Debug)]
pub struct Fro(AtomicU64);

impl Fro {
    /// Seeded with a number.
    #[must_use]
    pub const fn ny(fro: u64) -> Self {
        Self(AtomicU64::new(fro))
    }
}

impl Slump for Fro {
    fn fyll(&self, buffert: &mut [u8]) {
        for byte in buffert {
            // SplitMix64: small, and good enough for tests.
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = z.to_be_bytes()[0];
        }
    }
}

/// A decision that stands behind a change. Without a paragraph it may be entered any number
/// of times.
#[must_use]
pub fn beslut() -> utfall_app::medel::Beslutsval {
    utfall_app::medel::Beslutsval::Nytt(utfall_app::medel::Beslutsuppgift {
        instans: "Kommunstyrelsen".into(),
        datum: Some(jiff::civil::date(2020, 1, 31)),
        rubrik: "Fördelning".into(),
        ..Default::default()
    })
}

/// A world under test.
pub struct Varld {
    /// The use cases.
    pub tjanst: Tjanst,
    /// The clock, to be set.
    pub klocka: Arc<StalldKlocka>,
    /// The demo accounts.
    pub konton: Vec<Demokonto>,
    /// The database; dropped last.
    pub db: Testdb,
}

impl Varld {
    /// The demo world on the engine under test, set by the fast typesetter. It is built once
    /// and copied for each test.
    ///
    /// # Panics
    /// When it cannot be built: then no test has a meaning.
    pub async fn demo() -> Self {
        static MALL: OnceLock<Demomall> = OnceLock::new();
        let mall = || MALL.get_or_init(|| Demomall::ny(Arc::new(Snabbsattare)));
        tokio::task::spawn_blocking(move || mall().varld())
            .await
            .expect("visningsvärlden går att bygga")
    }

    /// The demo world with nothing booked in Forsby, for who wants to read in its accounts.
    ///
    /// # Panics
    /// When it cannot be built: then no test has a meaning.
    pub async fn fore_bokforingen() -> Self {
        static MALL: OnceLock<Demomall> = OnceLock::new();
        let mall = || MALL.get_or_init(|| Demomall::fore_bokforingen(Arc::new(Snabbsattare)));
        tokio::task::spawn_blocking(move || mall().varld())
            .await
            .expect("visningsvärlden går att bygga")
    }

    /// The actor of a demo account.
    ///
    /// # Panics
    /// When there is no such account.
    pub async fn aktor(&self, huvudman: &str, roll: Roll) -> Aktor {
        let inloggning = self
            .konton
            .iter()
            .find(|k| k.huvudman == huvudman && k.roll == roll)
            .map(|k| k.inloggning.clone())
            .expect("kontot finns");
        let konto = self
            .tjanst
            .db()
            .las(move |k| -> Result<_, Problem> {
                Ok(utfall_store::inloggning::konto(k, &inloggning)?)
            })
            .await
            .expect("databasen svarar")
            .expect("kontot finns");
        Aktor::ny(konto.anvandare, konto.huvudman, &[roll]).expect("förenliga roller")
    }
}
