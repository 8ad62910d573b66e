//! The world outside: the clock, randomness, the log, and where the data lies.

use crate::slut::Slut;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use utfall_app::{Slump, Tjanst};
use utfall_dokument::Sattverk;
use utfall_domain::tid::Klocka;
use utfall_store::{Db, Installningar, Mal};

/// The computer's clock.
pub struct Systemklocka;

impl Klocka for Systemklocka {
    #[expect(
        clippy::disallowed_methods,
        reason = "den enda plats där klockan läses"
    )]
    fn nu(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The system's randomness.
pub struct Systemslump;

impl Slump for Systemslump {
    #[expect(clippy::disallowed_methods, reason = "den enda plats där slump hämtas")]
    fn fyll(&self, buffert: &mut [u8]) {
        // Without randomness no token is safe: better no service than a guessable one.
        if getrandom::fill(buffert).is_err() {
            tracing::error!("systemet kan inte ge slumptal");
            std::process::abort();
        }
    }
}

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Plats {
    /// A folder with one SQLite file.
    Mapp(PathBuf),
    /// A PostgreSQL address.
    Databas(String),
}

impl Plats {
    /// Opens the database there, making the folder and the file when they do not exist.
    pub fn oppna(&self) -> Result<Db, Slut> {
        let mal = match self {
            Self::Mapp(mapp) => {
                skapa_mapp(mapp).map_err(|e| {
                    Slut::Fel(format!(
                        "Mappen {} går inte att använda: {e}. Välj en mapp som du får skriva i.",
                        mapp.display()
                    ))
                })?;
                Mal::Sqlite(mapp.join("utfall.db"))
            }
            Self::Databas(adress) => Mal::Postgres(adress.clone()),
        };
        Db::oppna(&mal, &Installningar::default()).map_err(|e| Slut::Fel(e.to_string()))
    }

    /// The use cases over the database there.
    pub fn tjanst(&self) -> Result<Tjanst, Slut> {
        Ok(tjanst(self.oppna()?))
    }
}

/// The use cases with the real world outside.
pub fn tjanst(db: Db) -> Tjanst {
    Tjanst::ny(
        db,
        Arc::new(Systemklocka),
        Arc::new(Systemslump),
        Arc::new(Sattverk),
    )
}

/// Makes a folder that only its owner can look into, if it does not exist.
#[cfg(unix)]
fn skapa_mapp(mapp: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(mapp)
}

#[cfg(not(unix))]
fn skapa_mapp(mapp: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(mapp)
}

/// Runs something that waits.
pub fn vanta<T>(framtid: impl Future<Output = Result<T, Slut>>) -> Result<T, Slut> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Slut::Fel(format!("Programmet kunde inte starta: {e}.")))?
        .block_on(framtid)
}

/// Logs warnings and errors to standard error; `UTFALL_LOGG` says otherwise.
#[expect(clippy::disallowed_methods, reason = "miljön läses bara här")]
pub fn logga() {
    let filter = std::env::var("UTFALL_LOGG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}
