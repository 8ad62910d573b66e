//! Tests of the façade, on every engine there is.
//!
//! `UTFALL_TEST_PG` is the address of a PostgreSQL cluster where tests may make databases.
//! `UTFALL_TEST_MOTOR` = `sqlite` or `postgres` narrows to one engine; with `postgres` a
//! missing cluster fails the test. Without either, SQLite runs, and PostgreSQL if it is there.

mod avbrott;
mod migrerat;
mod processer;
mod regler;
mod skrivning;

use std::sync::atomic::{AtomicU32, Ordering};

use super::{Db, DbFel, Installningar, Mal, Migrering, Skriv, p, sql};

/// A database of its own for one test; removed afterwards.
pub(crate) struct Provbas {
    pub(crate) mal: Mal,
    _mapp: tempfile::TempDir,
    stada: Option<(String, String)>,
}

impl Provbas {
    fn sqlite() -> Self {
        let mapp = tempfile::tempdir().unwrap();
        let mal = Mal::Sqlite(mapp.path().join("utfall.db"));
        Self {
            mal,
            _mapp: mapp,
            stada: None,
        }
    }

    fn postgres(kluster: &str) -> Self {
        static NASTA: AtomicU32 = AtomicU32::new(0);
        let nr = NASTA.fetch_add(1, Ordering::Relaxed);
        let namn = format!("utfall_prov_{}_{nr}", std::process::id());
        ra_klient(kluster)
            .batch_execute(&format!("CREATE DATABASE {namn}"))
            .unwrap();
        let (start, _) = kluster.rsplit_once('/').unwrap();
        Self {
            mal: Mal::Postgres(format!("{start}/{namn}")),
            _mapp: tempfile::tempdir().unwrap(),
            stada: Some((kluster.to_owned(), namn)),
        }
    }

    pub(crate) fn ar_postgres(&self) -> bool {
        matches!(self.mal, Mal::Postgres(_))
    }

    /// The address, for tests that break the rules on purpose.
    pub(crate) fn url(&self) -> &str {
        let Mal::Postgres(url) = &self.mal else {
            panic!("inte PostgreSQL")
        };
        url
    }

    pub(crate) fn fil(&self) -> &std::path::Path {
        let Mal::Sqlite(fil) = &self.mal else {
            panic!("inte SQLite")
        };
        fil
    }

    fn oppna(&self) -> Db {
        self.oppna_med(&Installningar::default())
    }

    fn oppna_med(&self, inst: &Installningar) -> Db {
        Db::oppna_med(&self.mal, inst, PROVSCHEMA).unwrap()
    }
}

impl Drop for Provbas {
    fn drop(&mut self) {
        if let Some((kluster, namn)) = &self.stada {
            let _ = ra_klient(kluster)
                .batch_execute(&format!("DROP DATABASE IF EXISTS {namn} WITH (FORCE)"));
        }
    }
}

pub(crate) fn ra_klient(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).expect("PostgreSQL svarar inte")
}

#[expect(
    clippy::disallowed_methods,
    reason = "provens inställning kommer ur miljön"
)]
fn ur_miljon(namn: &str) -> Option<String> {
    std::env::var(namn).ok().filter(|v| !v.is_empty())
}

/// Every engine that this run is about, each with an empty database.
pub(crate) fn baser() -> Vec<Provbas> {
    let kluster = ur_miljon("UTFALL_TEST_PG");
    match ur_miljon("UTFALL_TEST_MOTOR").as_deref() {
        Some("sqlite") => vec![Provbas::sqlite()],
        Some("postgres") => {
            let kluster = kluster.expect("UTFALL_TEST_PG saknas: ge adressen till ett kluster");
            vec![Provbas::postgres(&kluster)]
        }
        None => std::iter::once(Provbas::sqlite())
            .chain(kluster.as_deref().map(Provbas::postgres))
            .collect(),
        Some(annat) => panic!("UTFALL_TEST_MOTOR={annat}: sqlite eller postgres"),
    }
}

/// The PostgreSQL database alone, for what only it can show.
fn bara_postgres() -> Option<Provbas> {
    baser().into_iter().find(Provbas::ar_postgres)
}

fn bara_sqlite() -> Option<Provbas> {
    baser().into_iter().find(|b| !b.ar_postgres())
}

const PROVSCHEMA: &[Migrering] = &[
    Migrering::GRUND,
    Migrering {
        version: 2,
        text: "CREATE TABLE raknare (
  id {ID},
  varde bigint NOT NULL
);
CREATE TABLE logg (
  id {ID},
  raknare bigint NOT NULL,
  nr bigint NOT NULL,
  kedja bytea NOT NULL,
  publik bool NOT NULL,
  namn text,
  UNIQUE (nr),
  CHECK (nr > 0),
  FOREIGN KEY (raknare) REFERENCES raknare (id)
);
{BARA_TILLAGG logg}
INSERT INTO raknare (id, varde) VALUES (1, 0);
",
    },
];

sql! {
    LAS_VARDE = "SELECT varde FROM raknare WHERE id = $1";
    SATT_VARDE = "UPDATE raknare SET varde = $2 WHERE id = $1";
    NY_RAKNARE = "INSERT INTO raknare (id, varde) VALUES ($1, $2)";
    NY_LOGG = "INSERT INTO logg (id, raknare, nr, kedja, publik, namn) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    LAS_LOGG = "SELECT id, raknare, nr, kedja, publik, namn FROM logg ORDER BY nr";
    SISTA_KEDJA = "SELECT kedja FROM logg ORDER BY nr DESC LIMIT 1";
    SKRIV_I_LASNING = "INSERT INTO raknare (id, varde) VALUES (99, 1) RETURNING id";
    ANDRA_LOGG = "UPDATE logg SET namn = $1";
    TA_BORT_LOGG = "DELETE FROM logg";
    SUMMA = "SELECT CAST(SUM(varde) AS bigint) AS summa FROM raknare WHERE id > $1";
    TUNG = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS bigint) UNION ALL \
            SELECT i + 1 FROM n WHERE i < 2000000000) SELECT COUNT(*) AS antal FROM n";
    ALLA_RAKNARE = "SELECT id, varde FROM raknare ORDER BY id";
}

/// One read-modify-write, and a link in a chain: what the concurrency tests repeat.
fn oka(k: &mut Skriv) -> Result<i64, DbFel> {
    let nr = k.en(&LAS_VARDE, p![1_i64], |r| r.tal("varde"))? + 1;
    k.kor(&SATT_VARDE, p![1_i64, nr])?;
    let forra = k
        .kanske(&SISTA_KEDJA, p![], |r| r.bytes("kedja"))?
        .unwrap_or_default();
    let id = k.tag_id(1)?;
    let lank = lank(&forra, nr);
    k.kor(&NY_LOGG, p![id, 1_i64, nr, lank, nr % 2 == 0, Some("Åsa")])?;
    Ok(nr)
}

fn lank(forra: &[u8], nr: i64) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    Sha256::new()
        .chain_update(forra)
        .chain_update(nr.to_be_bytes())
        .finalize()
        .to_vec()
}

/// The counter, the number of rows and every link agree; gives the counter.
fn stammer(db: &Db) -> i64 {
    let (varde, rader) = db
        .las_samtidigt(|k| {
            let varde = k.en(&LAS_VARDE, p![1_i64], |r| r.tal("varde"))?;
            let rader = k.alla(&LAS_LOGG, p![], |r| {
                Ok((r.tal("id")?, r.tal("nr")?, r.bytes("kedja")?))
            })?;
            Ok::<_, DbFel>((varde, rader))
        })
        .vanta()
        .unwrap();
    assert_eq!(
        i64::try_from(rader.len()).unwrap(),
        varde,
        "rader och räknare"
    );
    let mut forra = Vec::new();
    for ((id, nr, kedja), vantat) in rader.into_iter().zip(1..) {
        assert_eq!(nr, vantat, "ingen lucka");
        assert_eq!(id, vantat, "id i följd");
        assert_eq!(kedja, lank(&forra, nr), "länk {nr}");
        forra = kedja;
    }
    varde
}
