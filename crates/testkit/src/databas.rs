//! A database of the engine under test, gone when the test is.
//!
//! `UTFALL_TEST_MOTOR` is `sqlite` (or nothing) or `postgres`; for the latter
//! `UTFALL_TEST_PG` is the address of a cluster where databases may be made and dropped.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use utfall_app::Slump;
use utfall_app::nyckelfil::{self, Nyckelplats};
use utfall_store::{Db, Installningar, Mal};

use crate::Fro;

static NUMMER: AtomicU64 = AtomicU64::new(0);

#[expect(
    clippy::disallowed_methods,
    reason = "provens inställning kommer ur miljön"
)]
fn ur_miljon(namn: &str) -> Option<String> {
    std::env::var(namn).ok()
}

/// Whether PostgreSQL is the engine under test.
#[must_use]
pub fn provar_postgres() -> bool {
    ur_miljon("UTFALL_TEST_MOTOR").as_deref() == Some("postgres")
}

/// A database of its own for one test.
pub struct Testdb {
    mal: Mal,
    /// The keys, and the SQLite file.
    mapp: tempfile::TempDir,
    /// The cluster and the database to drop.
    skrap: Option<(String, String)>,
}

impl Testdb {
    /// A new, empty one.
    ///
    /// # Panics
    /// When the engine under test is missing: a suite that skips an engine proves nothing.
    #[must_use]
    pub fn ny() -> Self {
        match ur_miljon("UTFALL_TEST_MOTOR").as_deref() {
            Some("postgres") => Self::postgres(),
            _ => Self::sqlite(),
        }
    }

    /// A new one with the same contents as `kopia`.
    ///
    /// # Panics
    /// When it cannot be copied.
    #[must_use]
    pub fn av(kopia: &Kopia) -> Self {
        let (ny, nycklar) = match kopia {
            Kopia::Fil(bytes, nycklar) => {
                let ny = Self::sqlite();
                if let Mal::Sqlite(fil) = &ny.mal {
                    std::fs::write(fil, bytes).expect("kopian går att skriva");
                }
                (ny, nycklar.clone())
            }
            Kopia::Databas(mall) => (Self::postgres_av(Some(mall)), mall.nycklar()),
        };
        for (namn, bytes) in nycklar {
            let mut val = std::fs::OpenOptions::new();
            let mut fil = val
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(ny.mapp.path().join(namn))
                .expect("kopian går att skriva");
            std::io::Write::write_all(&mut fil, &bytes).expect("kopian går att skriva");
        }
        ny
    }

    /// The key file and the tombstones, when it has been opened with them.
    fn nycklar(&self) -> Nycklar {
        let plats = self.nyckelplats();
        [plats.nyckelfil, plats.gravstenar]
            .into_iter()
            .filter_map(|fil| {
                let namn = fil.file_name()?.to_str()?.to_owned();
                Some((namn, std::fs::read(&fil).ok()?))
            })
            .collect()
    }

    /// Where its key file is.
    #[must_use]
    pub fn nyckelplats(&self) -> Nyckelplats {
        Nyckelplats::i_mapp(self.mapp.path())
    }

    /// The contents, to make new ones of. Nobody may have it open.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn till_kopia(self) -> Kopia {
        let Mal::Sqlite(fil) = &self.mal else {
            return Kopia::Databas(self);
        };
        // One more connection that is the last to close: what stood in the log is then in
        // the file.
        drop(self.rader());
        let bytes = std::fs::read(fil).expect("databasen går att läsa");
        Kopia::Fil(bytes, self.nycklar())
    }

    fn sqlite() -> Self {
        let mapp = tempfile::tempdir().expect("en tillfällig mapp");
        let mal = Mal::Sqlite(mapp.path().join("utfall.db"));
        Self {
            mal,
            mapp,
            skrap: None,
        }
    }

    fn postgres() -> Self {
        Self::postgres_av(None)
    }

    fn postgres_av(mall: Option<&Self>) -> Self {
        let kluster = ur_miljon("UTFALL_TEST_PG")
            .expect("UTFALL_TEST_PG ska vara adressen till ett PostgreSQL för prov");
        let nummer = NUMMER.fetch_add(1, Ordering::Relaxed);
        let namn = format!("utfall_prov_{}_{nummer}", std::process::id());
        let mall = match mall.and_then(|m| m.skrap.as_ref()) {
            Some((_, namn)) => format!(" TEMPLATE {namn}"),
            None => String::new(),
        };
        kor(&kluster, &format!("CREATE DATABASE {namn}{mall}"));
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
            mapp: tempfile::tempdir().expect("en tillfällig mapp"),
            skrap: Some((kluster, namn)),
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn mal(&self) -> &Mal {
        &self.mal
    }

    /// Where it is, as the command line is told it.
    ///
    /// # Panics
    /// When the address cannot be written as text.
    #[must_use]
    pub fn ord(&self) -> [String; 2] {
        match &self.mal {
            Mal::Sqlite(fil) => {
                let mapp = fil.parent().unwrap_or(Path::new("."));
                ["--data".to_owned(), mapp.display().to_string()]
            }
            Mal::Postgres(adress) => ["--database".to_owned(), adress.clone()],
        }
    }

    /// As [`Testdb::ord`], for a command that opens the key file too.
    #[must_use]
    pub fn ord_med_nyckel(&self) -> Vec<String> {
        let mut ord = self.ord().to_vec();
        if matches!(self.mal, Mal::Postgres(_)) {
            let fil = self.nyckelplats().nyckelfil;
            ord.extend(["--nyckel".to_owned(), fil.display().to_string()]);
        }
        ord
    }

    /// How many rows each table holds: what "nothing was stored" is measured by.
    ///
    /// # Panics
    /// When the database does not answer.
    #[must_use]
    pub fn rader(&self) -> BTreeMap<String, i64> {
        match &self.mal {
            Mal::Sqlite(fil) => rader_i_fil(fil),
            Mal::Postgres(adress) => rader_i_kluster(adress),
        }
    }

    /// What every table holds, row by row, as text: what "it is nowhere in the database" is
    /// measured by. Bytes stand as numbers or in hexadecimal.
    ///
    /// # Panics
    /// When the database does not answer.
    #[must_use]
    pub fn innehall(&self) -> String {
        let tabeller: Vec<String> = self.rader().into_keys().collect();
        let innehall = match &self.mal {
            Mal::Sqlite(fil) => innehall_i_fil(fil, &tabeller),
            Mal::Postgres(adress) => innehall_i_kluster(adress, &tabeller),
        };
        innehall.concat().join("\n")
    }

    /// What every table holds, row by row, as one number each: what "nothing was changed" is
    /// measured by. Two are the same when the contents are.
    ///
    /// # Panics
    /// When the database does not answer.
    #[must_use]
    pub fn avtryck(&self) -> BTreeMap<String, u64> {
        let tabeller: Vec<String> = self.rader().into_keys().collect();
        let innehall = match &self.mal {
            Mal::Sqlite(fil) => innehall_i_fil(fil, &tabeller),
            Mal::Postgres(adress) => innehall_i_kluster(adress, &tabeller),
        };
        let summor = innehall.into_iter().map(|mut rader| {
            rader.sort_unstable();
            let mut summa = DefaultHasher::new();
            rader.hash(&mut summa);
            summa.finish()
        });
        tabeller.iter().cloned().zip(summor).collect()
    }

    /// Runs a statement beside the program: for what only a fault or an intruder does.
    ///
    /// # Panics
    /// When the statement fails.
    pub fn ingrip(&self, sats: &str) {
        ingrip_i(&self.mal, sats);
    }

    /// Opens it, with its keys; may be done several times.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn oppna(&self) -> Db {
        self.oppna_som(4)
    }

    /// As [`Testdb::oppna`], with a key file made of other randomness where there is none: of
    /// another installation.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn oppna_som(&self, fro: u64) -> Db {
        i_egen_trad(|| {
            let db = Db::oppna(&self.mal, &Installningar::default());
            let db = db.expect("databasen går att öppna");
            let slump: Arc<dyn Slump> = Arc::new(Fro::ny(fro));
            nyckelfil::oppna(&db, &slump, &self.nyckelplats()).expect("nycklarna går att öppna");
            db
        })
    }
}

/// As [`Testdb::ingrip`], in a database that the test keeps itself.
///
/// # Panics
/// When the statement fails.
pub fn ingrip_i(mal: &Mal, sats: &str) {
    match mal {
        Mal::Sqlite(fil) => rusqlite::Connection::open(fil)
            .and_then(|k| k.execute_batch(sats))
            .expect("satsen går att köra"),
        Mal::Postgres(adress) => kor(adress, sats),
    }
}

/// The names and contents of the key file and the tombstones.
type Nycklar = Vec<(String, Vec<u8>)>;

/// The contents of a database.
pub enum Kopia {
    /// A file's bytes, and its keys'.
    Fil(Vec<u8>, Nycklar),
    /// A database that others are made after.
    Databas(Testdb),
}

fn rader_i_fil(fil: &Path) -> BTreeMap<String, i64> {
    let kanal = rusqlite::Connection::open(fil).expect("databasen går att öppna");
    let mut fraga = kanal
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .expect("satsen är rätt");
    let namn: Vec<String> = fraga
        .query_map([], |rad| rad.get(0))
        .expect("schemat går att läsa")
        .map(|namn| namn.expect("ett namn"))
        .filter(|namn: &String| !namn.starts_with("sqlite_"))
        .collect();
    let antal = |tabell: &String| {
        kanal
            .query_row(&format!("SELECT COUNT(*) FROM \"{tabell}\""), [], |rad| {
                rad.get(0)
            })
            .expect("tabellen går att räkna")
    };
    namn.iter().map(|t| (t.clone(), antal(t))).collect()
}

fn rader_i_kluster(adress: &str) -> BTreeMap<String, i64> {
    let adress = adress.to_owned();
    // The client has a runtime of its own, which must not be started inside another.
    let trad = std::thread::spawn(move || {
        let mut klient =
            postgres::Client::connect(&adress, postgres::NoTls).expect("klustret svarar");
        let tabeller = klient
            .query(
                "SELECT table_name::text FROM information_schema.tables \
                 WHERE table_schema = 'public'",
                &[],
            )
            .expect("schemat går att läsa");
        let namn: Vec<String> = tabeller.iter().map(|rad| rad.get(0)).collect();
        namn.into_iter()
            .map(|tabell| {
                let sats = format!("SELECT COUNT(*) FROM \"{tabell}\"");
                let rad = klient
                    .query_one(&sats, &[])
                    .expect("tabellen går att räkna");
                (tabell, rad.get(0))
            })
            .collect()
    });
    trad.join().expect("klustret svarar")
}

/// The tables' rows, each as one text.
fn innehall_i_fil(fil: &Path, tabeller: &[String]) -> Vec<Vec<String>> {
    let kanal = rusqlite::Connection::open(fil).expect("databasen går att öppna");
    let en = |tabell: &String| {
        let sats = format!("SELECT * FROM \"{tabell}\"");
        let mut fraga = kanal.prepare(&sats).expect("satsen är rätt");
        let bredd = fraga.column_count();
        let rader = fraga.query_map([], |rad| {
            let falt: Result<Vec<rusqlite::types::Value>, _> =
                (0..bredd).map(|nr| rad.get(nr)).collect();
            Ok(format!("{:?}", falt?))
        });
        let rader = rader.expect("tabellen går att läsa");
        rader.map(|rad| rad.expect("en rad")).collect()
    };
    tabeller.iter().map(en).collect()
}

fn innehall_i_kluster(adress: &str, tabeller: &[String]) -> Vec<Vec<String>> {
    i_egen_trad(|| {
        let mut klient =
            postgres::Client::connect(adress, postgres::NoTls).expect("klustret svarar");
        let en = |tabell: &String| {
            let sats = format!("SELECT t::text FROM \"{tabell}\" t");
            let rader = klient.query(&sats, &[]).expect("tabellen går att läsa");
            rader.iter().map(|rad| rad.get(0)).collect()
        };
        tabeller.iter().map(en).collect()
    })
}

impl Drop for Testdb {
    fn drop(&mut self) {
        if let Some((kluster, namn)) = &self.skrap {
            kor(
                kluster,
                &format!("DROP DATABASE IF EXISTS {namn} WITH (FORCE)"),
            );
        }
    }
}

fn kor(kluster: &str, sql: &str) {
    i_egen_trad(|| {
        let mut klient =
            postgres::Client::connect(kluster, postgres::NoTls).expect("klustret svarar");
        klient.batch_execute(sql).expect("satsen går att köra");
    });
}

/// Runs something that blocks on a thread of its own: the driver has a runtime inside and
/// refuses to start it within a test's.
fn i_egen_trad<T: Send>(f: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|trad| trad.spawn(f).join().expect("tråden går att vänta in"))
}
