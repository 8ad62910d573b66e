//! A database of the engine under test, gone when the test is.
//!
//! `UTFALL_TEST_MOTOR` is `sqlite` (or nothing) or `postgres`; for the latter
//! `UTFALL_TEST_PG` is the address of a cluster where databases may be made and dropped.

use std::sync::atomic::{AtomicU64, Ordering};
use utfall_store::{Db, Installningar, Mal};

static NUMMER: AtomicU64 = AtomicU64::new(0);

/// A database of its own for one test.
pub struct Testdb {
    mal: Mal,
    skrap: Skrap,
}

enum Skrap {
    Mapp { _mapp: tempfile::TempDir },
    Databas { kluster: String, namn: String },
}

impl Testdb {
    /// A new, empty one.
    ///
    /// # Panics
    /// When the engine under test is missing: a suite that skips an engine proves nothing.
    #[must_use]
    pub fn ny() -> Self {
        match std::env::var("UTFALL_TEST_MOTOR").as_deref() {
            Ok("postgres") => Self::postgres(),
            _ => Self::sqlite(),
        }
    }

    fn sqlite() -> Self {
        let mapp = tempfile::tempdir().expect("en tillfällig mapp");
        let mal = Mal::Sqlite(mapp.path().join("utfall.db"));
        Self {
            mal,
            skrap: Skrap::Mapp { _mapp: mapp },
        }
    }

    fn postgres() -> Self {
        let kluster = std::env::var("UTFALL_TEST_PG")
            .expect("UTFALL_TEST_PG ska vara adressen till ett PostgreSQL för prov");
        let nummer = NUMMER.fetch_add(1, Ordering::Relaxed);
        let namn = format!("utfall_prov_{}_{nummer}", std::process::id());
        kor(&kluster, &format!("CREATE DATABASE {namn}"));
        let (adress, fraga) = kluster.split_once('?').unwrap_or((&kluster, ""));
        let grund = adress.rsplit_once('/').map_or(adress, |(grund, _)| grund);
        let fraga = if fraga.is_empty() {
            String::new()
        } else {
            format!("?{fraga}")
        };
        let mal = Mal::Postgres(format!("{grund}/{namn}{fraga}"));
        Self {
            mal,
            skrap: Skrap::Databas { kluster, namn },
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn mal(&self) -> &Mal {
        &self.mal
    }

    /// Opens it; may be done several times.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn oppna(&self) -> Db {
        Db::oppna(&self.mal, &Installningar::default()).expect("databasen går att öppna")
    }
}

impl Drop for Testdb {
    fn drop(&mut self) {
        if let Skrap::Databas { kluster, namn } = &self.skrap {
            kor(
                kluster,
                &format!("DROP DATABASE IF EXISTS {namn} WITH (FORCE)"),
            );
        }
    }
}

fn kor(kluster: &str, sql: &str) {
    let mut klient = postgres::Client::connect(kluster, postgres::NoTls).expect("klustret svarar");
    klient.batch_execute(sql).expect("satsen går att köra");
}
