//! The façade over the two engines.
//!
//! The rules it keeps (docs/drift/databas.md tells why each was measured to be needed):
//! one writer thread per process, group commit with an answer only after COMMIT, readers
//! that cannot write, bounded queues, a time limit on every statement, and a connection
//! that is thrown away after a panic. The words that differ between the engines live in
//! `fasad/` and nowhere else.

mod anslutning;
mod fasad;
mod fel;
mod ko;
mod lasare;
mod migrering;
mod problem;
mod skrivare;
mod sql;
mod svar;
mod tidtagare;
mod varde;

#[cfg(test)]
pub(crate) mod prov;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use anslutning::{Las, Skriv};
pub use fasad::Motorregel;
pub use fel::DbFel;
pub use migrering::Migrering;
pub use svar::Svar;

#[cfg(test)]
pub(crate) use anslutning::TEXTER;
pub(crate) use fasad::Rad;
pub(crate) use sql::{Infoga, Sql, infogning, sql};
pub(crate) use varde::{P, p};

use crate::nycklar::Nyckelring;
use anslutning::Nycklar;
use ko::Ko;
use lasare::{LasJobb, Lasare};
use skrivare::{SkrivJobb, Skrivare};
use svar::Uppdrag;
use tidtagare::Tidtagare;

/// Where the data is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mal {
    /// One SQLite file; it is made, readable by its owner only, if it does not exist.
    Sqlite(PathBuf),
    /// A `postgres://` address. The connection is not encrypted, so it stays on the machine
    /// unless the address says `sslmode=disable`: see docs/drift/databas.md.
    Postgres(String),
}

/// Bounds of the façade. `Installningar::default()` is what the server uses.
#[derive(Debug, Clone)]
pub struct Installningar {
    /// Reader threads, each with its own connection. `None` = 4 on SQLite, 8 on PostgreSQL.
    pub lasare: Option<usize>,
    /// Jobs that may wait for the writer before the next is refused with [`DbFel::Full`].
    pub skrivko: usize,
    /// Jobs that may wait for a reader before the next is refused with [`DbFel::Full`].
    pub lasko: usize,
    /// The most jobs that share one COMMIT.
    pub grupp: usize,
    /// Reruns of a group after a conflict or a lost connection, then [`DbFel::Upptagen`].
    pub omforsok: u32,
    /// How long to wait for another process's write lock, and for a lost server to come back.
    pub vantan: Duration,
    /// Time limit of one statement in a reader.
    pub tidsgrans_las: Duration,
    /// Time limit of one statement in a grouped write.
    pub tidsgrans_skriv: Duration,
    /// Time limit of one statement in a write that runs alone.
    pub tidsgrans_ensam: Duration,
    /// Highest number of SQLite pages (4 096 bytes each); `None` = what the disk holds.
    pub sidtak: Option<u32>,
}

impl Default for Installningar {
    fn default() -> Self {
        Self {
            lasare: None,
            skrivko: 256,
            lasko: 1024,
            grupp: 64,
            omforsok: 50,
            vantan: Duration::from_secs(10),
            tidsgrans_las: Duration::from_secs(10),
            tidsgrans_skriv: Duration::from_secs(10),
            tidsgrans_ensam: Duration::from_secs(600),
            sidtak: None,
        }
    }
}

/// An open database. Cheap to clone; the threads end when the last clone is dropped.
#[derive(Clone)]
pub struct Db(Arc<Inre>);

struct Inre {
    skrivko: Arc<Ko<SkrivJobb>>,
    lasko: Arc<Ko<LasJobb>>,
    nycklar: Nycklar,
    tradar: Vec<std::thread::JoinHandle<()>>,
}

/// The schema of the store, oldest first. Frozen: a change is a new number.
pub(crate) const MIGRERINGAR: &[Migrering] = &[
    Migrering::GRUND,
    Migrering {
        version: 2,
        text: include_str!("../../migrations/0002_register.sql"),
    },
    Migrering {
        version: 3,
        text: include_str!("../../migrations/0003_medel_och_insatser.sql"),
    },
    Migrering {
        version: 4,
        text: include_str!("../../migrations/0004_fakta.sql"),
    },
    Migrering {
        version: 5,
        text: include_str!("../../migrations/0005_rapporter_och_journal.sql"),
    },
    Migrering {
        version: 6,
        text: include_str!("../../migrations/0006_publicerat_innehall.sql"),
    },
    Migrering {
        version: 7,
        text: include_str!("../../migrations/0007_konton.sql"),
    },
    Migrering {
        version: 8,
        text: include_str!("../../migrations/0008_reserver.sql"),
    },
    Migrering {
        version: 9,
        text: include_str!("../../migrations/0009_underlag_ersattning.sql"),
    },
    Migrering {
        version: 10,
        text: include_str!("../../migrations/0010_antal_tjanster.sql"),
    },
    Migrering {
        version: 11,
        text: include_str!("../../migrations/0011_mal.sql"),
    },
    Migrering {
        version: 12,
        text: include_str!("../../migrations/0012_rapportslag.sql"),
    },
    Migrering {
        version: 13,
        text: include_str!("../../migrations/0013_bokforing.sql"),
    },
    Migrering {
        version: 14,
        text: include_str!("../../migrations/0014_fordelning.sql"),
    },
    Migrering {
        version: 15,
        text: include_str!("../../migrations/0015_medel.sql"),
    },
    Migrering {
        version: 16,
        text: include_str!("../../migrations/0016_rackvidd.sql"),
    },
    Migrering {
        version: 17,
        text: include_str!("../../migrations/0017_kopplingens_ar.sql"),
    },
    Migrering {
        version: 18,
        text: include_str!("../../migrations/0018_vad_som_ersatter.sql"),
    },
    Migrering {
        version: 19,
        text: include_str!("../../migrations/0019_nyckelfil.sql"),
    },
    Migrering {
        version: 20,
        text: include_str!("../../migrations/0020_deltagare.sql"),
    },
    Migrering {
        version: 21,
        text: include_str!("../../migrations/0021_anonyma.sql"),
    },
    Migrering {
        version: 22,
        text: include_str!("../../migrations/0022_gallring.sql"),
    },
];

impl Db {
    /// Opens the database, brings its schema up to date and starts the threads.
    ///
    /// # Errors
    /// [`DbFel::NyareDatabas`], [`DbFel::AndradMigrering`], [`DbFel::SkrivskyddadDisk`],
    /// [`DbFel::KanInteOppna`] and whatever a migration meets.
    pub fn oppna(mal: &Mal, installningar: &Installningar) -> Result<Self, DbFel> {
        Self::oppna_med(mal, installningar, MIGRERINGAR)
    }

    /// As [`Db::oppna`], with another list of migrations (it begins with the same first).
    pub(crate) fn oppna_med(
        mal: &Mal,
        installningar: &Installningar,
        migreringar: &[Migrering],
    ) -> Result<Self, DbFel> {
        let nycklar = Nycklar::default();
        let forsta = oppna_forsta(mal, installningar, migreringar, &nycklar)?;
        let skrivko = Arc::new(Ko::ny(installningar.skrivko));
        let lasko = Arc::new(Ko::ny(installningar.lasko));
        let mut tradar = Vec::new();
        let skrivare = Skrivare::ny(
            mal.clone(),
            installningar.clone(),
            Arc::clone(&skrivko),
            Arc::clone(&nycklar),
            forsta,
        );
        tradar.push(starta("utfall-skrivare", move || {
            ge_vika(SKRIVARENS_STEG);
            skrivare.kor();
        })?);
        let antal = installningar.lasare.unwrap_or(match mal {
            Mal::Sqlite(_) => 4,
            Mal::Postgres(_) => 8,
        });
        for nr in 0..antal.max(1) {
            let lasare = Lasare::ny(
                mal.clone(),
                installningar.clone(),
                Arc::clone(&lasko),
                Arc::clone(&nycklar),
            );
            tradar.push(starta(&format!("utfall-lasare-{nr}"), move || {
                lasare.kor()
            })?);
        }
        Ok(Self(Arc::new(Inre {
            skrivko,
            lasko,
            nycklar,
            tradar,
        })))
    }

    /// Gives the connections the keys of persons, opened with what the database itself
    /// remembers of them. Done once; a second time the first ones stand.
    ///
    /// # Errors
    /// [`DbFel::Nyckel`] when others than the first are of another installation.
    pub fn ge_nycklar(&self, ring: Nyckelring) -> Result<Arc<Nyckelring>, DbFel> {
        let id = ring.id();
        let ring = self.0.nycklar.get_or_init(|| Arc::new(ring));
        ring.hor_till(id)?;
        Ok(Arc::clone(ring))
    }

    /// Runs `f` on a reader: each statement sees what was committed when it began.
    ///
    /// Use [`Db::las_samtidigt`] when several statements must agree. `f` is run again, once,
    /// if the connection was lost, and must have no effect outside `k`.
    pub fn las<T, E, F>(&self, f: F) -> Svar<T, E>
    where
        F: FnMut(&mut Las) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFel> + Send + 'static,
    {
        self.lagg_las(f, false)
    }

    /// Runs `f` on a reader where every statement sees the same moment.
    pub fn las_samtidigt<T, E, F>(&self, f: F) -> Svar<T, E>
    where
        F: FnMut(&mut Las) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFel> + Send + 'static,
    {
        self.lagg_las(f, true)
    }

    /// Runs `f` in a write transaction; the answer comes after COMMIT.
    ///
    /// An `Err` from `f` undoes everything it wrote. `f` shares its transaction with other
    /// jobs and is run again when the group is, so it must have no effect outside `k`.
    pub fn skriv<T, E, F>(&self, f: F) -> Svar<T, E>
    where
        F: FnMut(&mut Skriv) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFel> + Send + 'static,
    {
        self.lagg_skriv(f, false)
    }

    /// Runs `f` in a write transaction of its own, with the long time limit: for imports.
    pub fn skriv_ensam<T, E, F>(&self, f: F) -> Svar<T, E>
    where
        F: FnMut(&mut Skriv) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFel> + Send + 'static,
    {
        self.lagg_skriv(f, true)
    }

    fn lagg_las<T, E, F>(&self, f: F, samtidigt: bool) -> Svar<T, E>
    where
        F: FnMut(&mut Las) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFel> + Send + 'static,
    {
        let (uppdrag, svar) = Uppdrag::ny(f);
        let jobb = LasJobb {
            uppdrag: Box::new(uppdrag),
            samtidigt,
        };
        if let Err((jobb, fel)) = self.0.lasko.lagg(jobb) {
            jobb.uppdrag.neka(fel);
        }
        svar
    }

    fn lagg_skriv<T, E, F>(&self, f: F, ensam: bool) -> Svar<T, E>
    where
        F: FnMut(&mut Skriv) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbFel> + Send + 'static,
    {
        let (uppdrag, svar) = Uppdrag::ny(f);
        let jobb = SkrivJobb {
            uppdrag: Box::new(uppdrag),
            ensam,
        };
        if let Err((jobb, fel)) = self.0.skrivko.lagg(jobb) {
            jobb.uppdrag.neka(fel);
        }
        svar
    }
}

/// Another process may be making or migrating the same database: then wait for it.
fn oppna_forsta(
    mal: &Mal,
    installningar: &Installningar,
    migreringar: &[Migrering],
    nycklar: &Nycklar,
) -> Result<Skriv, DbFel> {
    let start = Tidtagare::start();
    loop {
        let svar = Skriv::anslut(mal, installningar, nycklar).and_then(|mut k| {
            migrering::kor(&mut k, migreringar)?;
            Ok(k)
        });
        match svar {
            Err(fel) if fel.ar_konflikt() => {
                if start.gatt() >= installningar.vantan {
                    return Err(DbFel::Upptagen);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            svar => return svar,
        }
    }
}

/// How far the writer steps back for those who read: a page is waited for, and a large import
/// keeps the writer busy for a long time.
const SKRIVARENS_STEG: i32 = 5;

/// Lets other threads go before this one when there are more than the machine has cores, for
/// as long as it lives. `steg` is what is added to the thread's nice value, 0 to 19.
///
/// Only Linux has it for a thread of its own; elsewhere nothing happens.
pub fn ge_vika(steg: i32) {
    #[cfg(target_os = "linux")]
    if let Err(fel) = rustix::process::nice(steg) {
        tracing::debug!(%fel, "tråden fick inte lägre prioritet");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = steg;
}

fn starta(
    namn: &str,
    f: impl FnOnce() + Send + 'static,
) -> Result<std::thread::JoinHandle<()>, DbFel> {
    std::thread::Builder::new()
        .name(namn.to_owned())
        .spawn(f)
        .map_err(|e| DbFel::KanInteOppna {
            detalj: e.to_string(),
        })
}

impl Drop for Inre {
    fn drop(&mut self) {
        self.skrivko.stang();
        self.lasko.stang();
        let jag = std::thread::current().id();
        for trad in self.tradar.drain(..) {
            // The last clone may be dropped by a job: a thread cannot wait for itself.
            if trad.thread().id() != jag && trad.join().is_err() {
                tracing::error!("en databastråd slutade oväntat");
            }
        }
    }
}
