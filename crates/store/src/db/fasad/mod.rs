//! The one place that knows which engine it talks to.
//!
//! What differs: opening, BEGIN, binding, rows, error codes, and the words of migrations.
//! A new difference needs a line in docs/drift/databas.md and a test on both engines.

mod ord;
mod pg;
mod rad;
mod sqlite;

use std::time::Duration;

pub(crate) use rad::Rad;

use super::{DbFel, Installningar, Mal, P};

/// What a connection is for; the engine is told, and refuses the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uppgift {
    Lasa,
    Skriva,
}

/// One connection to one of the two engines.
pub(super) enum Motor {
    Sqlite(sqlite::Anslutning),
    Postgres(Box<pg::Anslutning>),
}

/// Sends the same call to whichever engine it is.
macro_rules! bada {
    ($self:ident, $a:ident => $e:expr) => {
        match $self {
            Motor::Sqlite($a) => $e,
            Motor::Postgres($a) => $e,
        }
    };
}

impl Motor {
    pub(super) fn oppna(mal: &Mal, inst: &Installningar, uppgift: Uppgift) -> Result<Self, DbFel> {
        match mal {
            Mal::Sqlite(fil) => Ok(Self::Sqlite(sqlite::Anslutning::oppna(fil, inst, uppgift)?)),
            Mal::Postgres(url) => Ok(Self::Postgres(Box::new(pg::Anslutning::oppna(
                url, inst, uppgift,
            )?))),
        }
    }

    /// Runs a query; the outer error is the engine's, the inner one is from `f`.
    pub(super) fn fraga(
        &mut self,
        sql: &str,
        par: &[P<'_>],
        f: &mut dyn FnMut(&Rad<'_>) -> Result<(), DbFel>,
    ) -> Result<Result<(), DbFel>, DbFel> {
        bada!(self, a => a.fraga(sql, par, f))
    }

    /// Runs a statement; the number of rows it touched.
    pub(super) fn kor(&mut self, sql: &str, par: &[P<'_>]) -> Result<u64, DbFel> {
        bada!(self, a => a.kor(sql, par))
    }

    /// Runs a script of statements without parameters.
    pub(super) fn skript(&mut self, sql: &str) -> Result<(), DbFel> {
        bada!(self, a => a.skript(sql))
    }

    /// Takes the one write lock and begins.
    pub(super) fn borja_skriva(&mut self) -> Result<(), DbFel> {
        self.skript(match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            // One message. LOCK takes no snapshot, so the snapshot comes after the lock.
            Self::Postgres(_) => {
                "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE skrivlas IN EXCLUSIVE MODE"
            }
        })
    }

    /// Begins a read where every statement sees the same moment.
    pub(super) fn borja_lasa(&mut self) -> Result<(), DbFel> {
        self.skript(match self {
            Self::Sqlite(_) => "BEGIN",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })
    }

    /// Begins a migration: as a write, but before the table `skrivlas` exists.
    pub(super) fn borja_migrera(&mut self) -> Result<(), DbFel> {
        self.skript(match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN; SELECT pg_advisory_xact_lock(8515240)",
        })
    }

    pub(super) fn bekrafta(&mut self) -> Result<(), DbFel> {
        self.skript("COMMIT")
    }

    pub(super) fn angra(&mut self) -> Result<(), DbFel> {
        self.skript("ROLLBACK")
    }

    pub(super) fn sparpunkt(&mut self) -> Result<(), DbFel> {
        self.skript("SAVEPOINT jobb")
    }

    pub(super) fn slapp_sparpunkt(&mut self) -> Result<(), DbFel> {
        self.skript("RELEASE SAVEPOINT jobb")
    }

    pub(super) fn angra_till_sparpunkt(&mut self) -> Result<(), DbFel> {
        self.skript("ROLLBACK TO SAVEPOINT jobb; RELEASE SAVEPOINT jobb")
    }

    /// False when the engine itself has undone the transaction (full disk, time limit).
    pub(super) fn i_transaktion(&self) -> bool {
        bada!(self, a => a.i_transaktion())
    }

    /// Sets the time limit of each statement from now on.
    pub(super) fn tidsgrans(&mut self, grans: Duration) -> Result<(), DbFel> {
        bada!(self, a => a.tidsgrans(grans))
    }

    /// How this connection and its engine are set, against the rules of this crate.
    pub(super) fn regler(&mut self) -> Result<Vec<Motorregel>, DbFel> {
        bada!(self, a => a.regler())
    }

    /// What the engine finds wrong with its own file.
    pub(super) fn undersok(&mut self) -> Result<Vec<String>, DbFel> {
        match self {
            Self::Sqlite(a) => a.undersok(),
            Self::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// A migration's text in this engine's words.
    pub(super) fn oversatt(&self, text: &str) -> String {
        match self {
            Self::Sqlite(_) => ord::till_sqlite(text),
            Self::Postgres(_) => ord::till_postgres(text),
        }
    }

    /// Prepares a statement and tells what the engine makes of it.
    #[cfg(test)]
    pub(super) fn beskriv(&mut self, sql: &str) -> Result<Beskrivning, DbFel> {
        bada!(self, a => a.beskriv(sql))
    }
}

/// A rule of the engine, as it is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motorregel {
    /// What is so: `journal_mode är wal`.
    pub text: String,
    /// Whether it is as it must be.
    pub bra: bool,
    /// Why it matters and what to do otherwise.
    pub atgard: &'static str,
}

impl Motorregel {
    fn ny(namn: &str, ar: &str, ska: &str, atgard: &'static str) -> Self {
        Self {
            text: format!("{namn} är {ar}"),
            bra: ar == ska,
            atgard,
        }
    }
}

/// What an engine says of a prepared statement.
#[cfg(test)]
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beskrivning {
    pub(super) parametrar: usize,
    /// Name and type (`bigint`, `text`, `bytea`, `bool`); `None` where SQLite does not know.
    pub(super) kolumner: Vec<(String, Option<&'static str>)>,
    /// Types of the parameters, where the engine knows them.
    pub(super) parametertyper: Option<Vec<&'static str>>,
}
