//! SQLite: one file, WAL, every COMMIT on disk before it is answered.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, ToSql};

use super::super::tidtagare::Tidtagare;
use super::super::{DbFel, Installningar, P};
use super::{Motorregel, Rad, Uppgift};

/// Virtual-machine steps between two looks at the clock: some tens of microseconds.
const STEG: std::ffi::c_int = 2_000;

pub(in super::super) struct Anslutning {
    db: Connection,
    uppgift: Uppgift,
    klocka: Arc<Klocka>,
    grans: Duration,
}

/// The time at which the running statement is stopped, in milliseconds after `start`.
struct Klocka {
    start: Tidtagare,
    slut: AtomicU64,
}

impl Klocka {
    fn nu(&self) -> u64 {
        u64::try_from(self.start.gatt().as_millis()).unwrap_or(u64::MAX)
    }

    fn har_gatt_ut(&self) -> bool {
        self.nu() >= self.slut.load(Ordering::Relaxed)
    }
}

impl Anslutning {
    pub(super) fn oppna(fil: &Path, inst: &Installningar, uppgift: Uppgift) -> Result<Self, DbFel> {
        if uppgift == Uppgift::Skriva {
            forbered_fil(fil)?;
        }
        // Readers too open for writing: in WAL mode they share the index file. What keeps
        // them from writing is query_only.
        let flaggor = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let oversatt = |e: rusqlite::Error| fel(&e, uppgift);
        let mut db = Connection::open_with_flags(fil, flaggor).map_err(oversatt)?;
        db.busy_timeout(inst.vantan).map_err(oversatt)?;
        db.set_prepared_statement_cache_capacity(256);
        let lage: String = db
            .query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0))
            .map_err(oversatt)?;
        if lage != "wal" {
            return Err(DbFel::KanInteOppna {
                detalj: "Filsystemet klarar inte det som databasen behöver (WAL). Lägg \
                         datamappen på en lokal disk."
                    .to_owned(),
            });
        }
        // recursive_triggers: else REPLACE would remove rows without the triggers that
        // protect append-only tables. secure_delete: a key that is
        // destroyed is overwritten where it lay; FAST leaves only whole pages that are given
        // back, and keys are blanked in rows that stay. ON costs others a tenth of their wait.
        db.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;
             PRAGMA trusted_schema = OFF; PRAGMA secure_delete = FAST;",
        )
        .map_err(oversatt)?;
        if let Some(sidor) = inst.sidtak {
            db.pragma_update(None, "max_page_count", sidor)
                .map_err(oversatt)?;
        }
        let grans = match uppgift {
            Uppgift::Lasa => {
                db.execute_batch("PRAGMA query_only = ON")
                    .map_err(oversatt)?;
                inst.tidsgrans_las
            }
            Uppgift::Skriva => inst.tidsgrans_skriv,
        };
        let klocka = Arc::new(Klocka {
            start: Tidtagare::start(),
            slut: AtomicU64::new(u64::MAX),
        });
        let vakt = Arc::clone(&klocka);
        db.progress_handler(STEG, Some(move || vakt.har_gatt_ut()))
            .map_err(oversatt)?;
        Ok(Self {
            db,
            uppgift,
            klocka,
            grans,
        })
    }

    pub(super) fn fraga(
        &mut self,
        sql: &str,
        par: &[P<'_>],
        f: &mut dyn FnMut(&Rad<'_>) -> Result<(), DbFel>,
    ) -> Result<Result<(), DbFel>, DbFel> {
        self.stall_klocka();
        let uppgift = self.uppgift;
        let oversatt = |e: rusqlite::Error| fel(&e, uppgift);
        let mut sats = self.db.prepare_cached(&namnlosa(sql)).map_err(oversatt)?;
        bind(&mut sats, par)?;
        let mut rader = sats.raw_query();
        while let Some(rad) = rader.next().map_err(oversatt)? {
            if let Err(e) = f(&Rad::Sqlite(rad)) {
                return Ok(Err(e));
            }
        }
        Ok(Ok(()))
    }

    pub(super) fn kor(&mut self, sql: &str, par: &[P<'_>]) -> Result<u64, DbFel> {
        self.stall_klocka();
        let uppgift = self.uppgift;
        let mut sats = self
            .db
            .prepare_cached(&namnlosa(sql))
            .map_err(|e| fel(&e, uppgift))?;
        bind(&mut sats, par)?;
        let antal = sats.raw_execute().map_err(|e| fel(&e, uppgift))?;
        Ok(u64::try_from(antal).unwrap_or(u64::MAX))
    }

    pub(super) fn skript(&mut self, sql: &str) -> Result<(), DbFel> {
        // BEGIN, COMMIT and ROLLBACK must not be stopped half-way by the clock.
        self.klocka.slut.store(u64::MAX, Ordering::Relaxed);
        self.db
            .execute_batch(sql)
            .map_err(|e| fel(&e, self.uppgift))
    }

    pub(super) fn i_transaktion(&self) -> bool {
        !self.db.is_autocommit()
    }

    // The same signature as on PostgreSQL, where it is a statement and can fail.
    pub(super) fn tidsgrans(&mut self, grans: Duration) -> Result<(), DbFel> {
        self.grans = grans;
        Ok(())
    }

    /// The settings that durability and the walls rest on.
    pub(super) fn regler(&mut self) -> Result<Vec<Motorregel>, DbFel> {
        let uppgift = self.uppgift;
        let las = |namn: &str| {
            self.db
                .query_row(&format!("PRAGMA {namn}"), [], |r| r.get::<_, Value>(0))
                .map(|varde| match varde {
                    Value::Integer(tal) => tal.to_string(),
                    Value::Text(text) => text,
                    annat => format!("{annat:?}"),
                })
                .map_err(|e| fel(&e, uppgift))
        };
        let ska = [
            (
                "journal_mode",
                "wal",
                "Lägg datamappen på en lokal disk: där finns WAL.",
            ),
            (
                "synchronous",
                "2",
                "Det kvitterade kan försvinna. Rapportera felet.",
            ),
            (
                "foreign_keys",
                "1",
                "Väggarna prövas inte. Rapportera felet.",
            ),
            ("query_only", "1", "En läsare kan skriva. Rapportera felet."),
        ];
        ska.into_iter()
            .map(|(namn, ska, atgard)| Ok(Motorregel::ny(namn, &las(namn)?, ska, atgard)))
            .collect()
    }

    /// Every page, every index and every foreign key. Has no time limit.
    pub(super) fn undersok(&mut self) -> Result<Vec<String>, DbFel> {
        self.klocka.slut.store(u64::MAX, Ordering::Relaxed);
        let uppgift = self.uppgift;
        let las = |sql: &str, kolumn: usize| {
            let mut sats = self.db.prepare(sql)?;
            let rader = sats.query_map([], |r| r.get::<_, String>(kolumn))?;
            rader.collect::<rusqlite::Result<Vec<String>>>()
        };
        let mut fel_i = las("PRAGMA integrity_check", 0).map_err(|e| fel(&e, uppgift))?;
        fel_i.retain(|rad| rad != "ok");
        let brutna = las("PRAGMA foreign_key_check", 0).map_err(|e| fel(&e, uppgift))?;
        fel_i.extend(
            brutna
                .into_iter()
                .map(|tabell| format!("främmande nyckel i {tabell}")),
        );
        Ok(fel_i)
    }

    fn stall_klocka(&self) {
        let grans = u64::try_from(self.grans.as_millis()).unwrap_or(u64::MAX);
        self.klocka
            .slut
            .store(self.klocka.nu().saturating_add(grans), Ordering::Relaxed);
    }

    #[cfg(test)]
    pub(super) fn beskriv(&mut self, sql: &str) -> Result<super::Beskrivning, DbFel> {
        let sats = self
            .db
            .prepare(&namnlosa(sql))
            .map_err(|e| fel(&e, self.uppgift))?;
        let kolumner = sats
            .columns()
            .map(|k| {
                let typ = k.decl_type().map(|t| match t {
                    "INTEGER" => "bigint",
                    "TEXT" => "text",
                    "BLOB" => "bytea",
                    _ => "okänd",
                });
                (k.name().to_owned(), typ)
            })
            .collect();
        Ok(super::Beskrivning {
            parametrar: sats.parameter_count(),
            kolumner,
            parametertyper: None,
        })
    }
}

/// Makes the file, readable by its owner only, and refuses one that is marked read-only.
fn forbered_fil(fil: &Path) -> Result<(), DbFel> {
    let io = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            DbFel::SkrivskyddadDisk
        }
        std::io::ErrorKind::StorageFull => DbFel::FullDisk,
        _ => DbFel::KanInteOppna {
            detalj: format!("Filen {}: {}.", fil.display(), crate::iofel::skal(&e)),
        },
    };
    let mut val = std::fs::OpenOptions::new();
    val.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut val, 0o600);
    let oppnad = val.open(fil).map_err(io)?;
    // The superuser may write what is marked read-only; the mark is meant all the same.
    if oppnad.metadata().map_err(io)?.permissions().readonly() {
        return Err(DbFel::SkrivskyddadDisk);
    }
    Ok(())
}

/// `$1` is a name to SQLite and found by searching; `?1` is a place.
fn namnlosa(sql: &str) -> String {
    sql.replace('$', "?")
}

fn bind(sats: &mut Statement<'_>, par: &[P<'_>]) -> Result<(), DbFel> {
    let vantade = sats.parameter_count();
    if vantade != par.len() {
        return Err(DbFel::Ovrigt {
            kod: "parametrar".to_owned(),
            detalj: format!("{vantade} väntade, {} givna", par.len()),
        });
    }
    for (nr, p) in (1..).zip(par) {
        sats.raw_bind_parameter(nr, p)
            .map_err(|e| fel(&e, Uppgift::Skriva))?;
    }
    Ok(())
}

impl ToSql for P<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            P::Tal(Some(n)) => ToSqlOutput::Owned(Value::Integer(*n)),
            P::Bool(Some(b)) => ToSqlOutput::Owned(Value::Integer(i64::from(*b))),
            P::Text(Some(t)) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            P::Bytes(Some(b)) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
            P::Tal(None) | P::Bool(None) | P::Text(None) | P::Bytes(None) => {
                ToSqlOutput::Owned(Value::Null)
            }
        })
    }
}

/// <https://sqlite.org/rescode.html>
fn fel(e: &rusqlite::Error, uppgift: Uppgift) -> DbFel {
    let kod = match e {
        rusqlite::Error::SqliteFailure(f, _) => f.extended_code,
        rusqlite::Error::SqlInputError { error, .. } => error.extended_code,
        _ => {
            return DbFel::Ovrigt {
                kod: "sqlite".to_owned(),
                detalj: e.to_string(),
            };
        }
    };
    av_kod(kod, e.to_string(), uppgift)
}

/// The extended code says more where it matters; every other is what its primary code is.
fn av_kod(kod: std::ffi::c_int, detalj: String, uppgift: Uppgift) -> DbFel {
    match (kod, kod & 0xff) {
        (2067 | 1555 | 2579, _) => DbFel::Unik {
            detalj: detalj.rsplit(": ").next().unwrap_or_default().to_owned(),
        },
        (787, _) => DbFel::FrammandeNyckel { detalj },
        (1811, _) if detalj.contains("UT001") => DbFel::BaraTillagg,
        (_, 19 | 20) => DbFel::Regel { detalj },
        (5 | 517 | 261, _) | (_, 6) => DbFel::Konflikt,
        (_, 9) => DbFel::Tidsgrans,
        (_, 8) if uppgift == Uppgift::Lasa => DbFel::LasareSkriver,
        (_, 8) => DbFel::SkrivskyddadDisk,
        // SHMSIZE: the index file cannot be made larger.
        (4874, _) | (_, 13) => DbFel::FullDisk,
        (_, 10) => DbFel::Diskfel { detalj },
        (_, 11 | 26) => DbFel::Skadad { detalj },
        (_, 14) => {
            tracing::error!(%detalj, "databasfilen går inte att öppna");
            DbFel::KanInteOppna {
                detalj: "Filen går inte att öppna.".to_owned(),
            }
        }
        (_, 3 | 23) => DbFel::SkrivskyddadDisk,
        (_, 5) => DbFel::Konflikt,
        _ => DbFel::Ovrigt {
            kod: format!("SQLite {kod}"),
            detalj,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// <https://sqlite.org/rescode.html#extrc>: the extended codes of IOERR, FULL, CANTOPEN,
    /// CORRUPT, READONLY, BUSY and LOCKED in use.
    const UTVIDGADE: [std::ffi::c_int; 52] = [
        266, 522, 778, 1034, 1290, 1546, 1802, 2058, 2314, 2570, 2826, 3082, 3338, 3594, 3850,
        4106, 4362, 4618, 4874, 5130, 5386, 5642, 5898, 6154, 6410, 6666, 6922, 7178, 7434, 7690,
        7946, 8202, 8458, 8714, 13, 270, 526, 782, 1038, 1294, 1550, 267, 523, 779, 264, 520, 776,
        1288, 261, 517, 773, 262,
    ];

    #[test]
    fn no_extended_code_of_the_disk_is_unexpected() {
        for kod in UTVIDGADE {
            let fel = av_kod(kod, "x".into(), Uppgift::Skriva);
            assert!(!matches!(fel, DbFel::Ovrigt { .. }), "{kod}: {fel:?}");
        }
        assert_eq!(av_kod(4874, "x".into(), Uppgift::Skriva), DbFel::FullDisk);
        let okand = av_kod(1, "x".into(), Uppgift::Skriva);
        assert!(matches!(okand, DbFel::Ovrigt { .. }));
    }
}
