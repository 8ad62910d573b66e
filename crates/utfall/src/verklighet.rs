//! The world outside: the clock, randomness, the log, and where the data lies.

use crate::slut::Slut;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use utfall_app::nyckelfil::{self, Nyckelplats};
use utfall_app::{Slump, Tjanst};
use utfall_dokument::Sattverk;
use utfall_domain::problem::Problem;
use utfall_domain::tid::Klocka;
use utfall_store::iofel::skal;
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
                        "Mappen {} går inte att använda: {}. Välj en mapp som du får skriva i.",
                        mapp.display(),
                        skal(&e)
                    ))
                })?;
                Mal::Sqlite(mapp.join("utfall.db"))
            }
            Self::Databas(adress) => Mal::Postgres(adress.clone()),
        };
        Db::oppna(&mal, &Installningar::default()).map_err(|e| {
            let problem = Problem::from(e);
            Slut::Databas(problem.text, problem.atgard).vid(&self.var())
        })
    }

    /// Where its key file is: as asked for, or beside the SQLite file. A PostgreSQL database
    /// has nothing beside it on this machine, and a place that nobody chose would be lost.
    pub fn nyckelplats(&self, onskad: Option<&Path>) -> Result<Nyckelplats, Slut> {
        match (onskad, self) {
            (Some(fil), _) => Ok(Nyckelplats::vid(fil.to_owned())),
            (None, Self::Mapp(mapp)) => Ok(Nyckelplats::i_mapp(mapp)),
            (None, Self::Databas(_)) => Err(Slut::Fel(
                "Med --database behövs --nyckel FIL: var nyckelfilen ligger, eller ska läggas. \
                 Välj en mapp som bara kontot för Utfall kommer åt och som inte kopieras \
                 tillsammans med databasen, till exempel --nyckel /var/lib/utfall/utfall.nyckel."
                    .into(),
            )),
        }
    }

    /// Where it is, for messages. A password in an address is not repeated.
    pub fn var(&self) -> String {
        match self {
            Self::Mapp(mapp) => mapp.display().to_string(),
            Self::Databas(adress) => utan_losenord(adress),
        }
    }

    /// As it is written on a command line. A password in an address is not repeated.
    pub fn ord(&self) -> String {
        match self {
            Self::Mapp(mapp) => format!("--data {}", citerat(&mapp.display().to_string())),
            Self::Databas(adress) => format!("--database {}", citerat(&utan_losenord(adress))),
        }
    }

    /// The use cases over the database there.
    pub fn tjanst(&self) -> Result<Tjanst, Slut> {
        Ok(tjanst(self.oppna()?))
    }
}

/// In quotes when a shell would otherwise take it apart.
pub fn citerat(ord: &str) -> String {
    let enkelt = |c: char| c.is_alphanumeric() || "/._-:@%+=,".contains(c);
    if !ord.is_empty() && ord.chars().all(enkelt) {
        return ord.to_owned();
    }
    format!("'{}'", ord.replace('\'', "'\\''"))
}

/// A database's address with `LÖSENORD` where one stands.
fn utan_losenord(adress: &str) -> String {
    let Some((schema, resten)) = adress.split_once("://") else {
        return "URL".to_owned();
    };
    let slut = resten.find('/').unwrap_or(resten.len());
    let Some((vem, vard)) = resten
        .split_at_checked(slut)
        .and_then(|(fore, _)| fore.rsplit_once('@'))
    else {
        return adress.to_owned();
    };
    let Some((namn, _)) = vem.split_once(':') else {
        return adress.to_owned();
    };
    let efter = resten.get(slut..).unwrap_or("");
    format!("{schema}://{namn}:LÖSENORD@{vard}{efter}")
}

/// Opens the keys of persons, or makes them for a database that has never had any. Without
/// them nothing is served.
pub fn oppna_nycklar(db: &Db, plats: &Nyckelplats) -> Result<(), Slut> {
    let slump: Arc<dyn Slump> = Arc::new(Systemslump);
    nyckelfil::oppna(db, &slump, plats)?;
    Ok(())
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
    let motor = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Slut::Fel(format!("Programmet kunde inte starta: {}.", skal(&e))))?;
    let svar = motor.block_on(framtid);
    // A page that nobody waits for any longer must not keep the program from ending.
    motor.shutdown_timeout(std::time::Duration::from_secs(5));
    svar
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
