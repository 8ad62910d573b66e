//! PostgreSQL 15 or later, over the synchronous driver: a thread is a connection.

use std::collections::HashMap;
use std::error::Error as _;
use std::net::IpAddr;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};

use super::super::{DbFel, Installningar, P};
use super::{Motorregel, Rad, Uppgift};

/// Prepared statements kept per connection.
const MINNE: usize = 256;

pub(in super::super) struct Anslutning {
    klient: Client,
    uppgift: Uppgift,
    satser: HashMap<String, (u64, Statement)>,
    anvandningar: u64,
}

impl Anslutning {
    pub(super) fn oppna(url: &str, inst: &Installningar, uppgift: Uppgift) -> Result<Self, DbFel> {
        let mut config: Config = url.parse().map_err(|e: postgres::Error| {
            // The address may hold a password: it is not repeated.
            tracing::debug!(orsak = %e, "databasens adress går inte att läsa");
            DbFel::KanInteOppna {
                detalj: "Adressen går inte att läsa. Skriv den som \
                         postgres://ANVÄNDARE:LÖSENORD@DATOR:5432/DATABAS."
                    .to_owned(),
            }
        })?;
        if let Some(skal) = oskyddad(&config) {
            return Err(DbFel::KanInteOppna {
                detalj: skal.to_owned(),
            });
        }
        config
            .application_name("utfall")
            .connect_timeout(inst.vantan);
        let klient = config.connect(NoTls).map_err(|e| match fel(&e, uppgift) {
            DbFel::TappadAnslutning => DbFel::TappadAnslutning,
            _ => DbFel::KanInteOppna { detalj: vagrad(&e) },
        })?;
        let mut jag = Self {
            klient,
            uppgift,
            satser: HashMap::new(),
            anvandningar: 0,
        };
        let (bara_las, grans) = match uppgift {
            Uppgift::Lasa => ("on", inst.tidsgrans_las),
            Uppgift::Skriva => ("off", inst.tidsgrans_skriv),
        };
        let lasvantan = inst.vantan.as_millis();
        jag.skript(&format!(
            "SET default_transaction_read_only = {bara_las}; SET lock_timeout = {lasvantan}; \
             SET synchronous_commit = on; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'"
        ))?;
        jag.tidsgrans(grans)?;
        Ok(jag)
    }

    pub(super) fn fraga(
        &mut self,
        sql: &str,
        par: &[P<'_>],
        f: &mut dyn FnMut(&Rad<'_>) -> Result<(), DbFel>,
    ) -> Result<Result<(), DbFel>, DbFel> {
        let sats = self.forbered(sql)?;
        let uppgift = self.uppgift;
        let oversatt = |e: postgres::Error| fel(&e, uppgift);
        let mut rader = self.klient.query_raw(&sats, par.iter()).map_err(oversatt)?;
        while let Some(rad) = rader.next().map_err(oversatt)? {
            if let Err(e) = f(&Rad::Postgres(&rad)) {
                return Ok(Err(e));
            }
        }
        Ok(Ok(()))
    }

    /// The settings that durability and the walls rest on.
    pub(super) fn regler(&mut self) -> Result<Vec<Motorregel>, DbFel> {
        let ska = [
            (
                "fsync",
                "on",
                "Det kvitterade kan försvinna. Sätt fsync = on i postgresql.conf.",
            ),
            (
                "full_page_writes",
                "on",
                "En sida kan bli halv vid strömavbrott. Sätt full_page_writes = on.",
            ),
            (
                "synchronous_commit",
                "on",
                "Det kvitterade kan försvinna. Rapportera felet.",
            ),
            (
                "server_encoding",
                "UTF8",
                "Gör en ny databas med ENCODING 'UTF8'.",
            ),
            (
                "default_transaction_read_only",
                "on",
                "En läsare kan skriva. Rapportera felet.",
            ),
        ];
        let mut ut = Vec::new();
        for (namn, ska, atgard) in ska {
            let ar = self.visa(&format!("SHOW {namn}"))?;
            ut.push(Motorregel::ny(namn, &ar, ska, atgard));
        }
        let version = self.visa("SHOW server_version_num")?;
        ut.push(Motorregel {
            text: format!("PostgreSQL har version {version}"),
            bra: version.parse::<u32>().is_ok_and(|v| v >= 150_000),
            atgard: "Uppgradera till PostgreSQL 15 eller senare.",
        });
        Ok(ut)
    }

    fn visa(&mut self, sql: &str) -> Result<String, DbFel> {
        let uppgift = self.uppgift;
        let rad = self
            .klient
            .query_one(sql, &[])
            .map_err(|e| fel(&e, uppgift))?;
        rad.try_get(0).map_err(|e| fel(&e, uppgift))
    }

    pub(super) fn kor(&mut self, sql: &str, par: &[P<'_>]) -> Result<u64, DbFel> {
        let sats = self.forbered(sql)?;
        let par: Vec<&(dyn ToSql + Sync)> = par.iter().map(|p| p as _).collect();
        self.klient
            .execute(&sats, &par)
            .map_err(|e| fel(&e, self.uppgift))
    }

    pub(super) fn skript(&mut self, sql: &str) -> Result<(), DbFel> {
        self.klient
            .batch_execute(sql)
            .map_err(|e| fel(&e, self.uppgift))
    }

    /// A failed transaction stays open here until it is undone; only a lost connection
    /// ends it.
    pub(super) fn i_transaktion(&self) -> bool {
        !self.klient.is_closed()
    }

    pub(super) fn tidsgrans(&mut self, grans: Duration) -> Result<(), DbFel> {
        self.skript(&format!("SET statement_timeout = {}", grans.as_millis()))
    }

    fn forbered(&mut self, sql: &str) -> Result<Statement, DbFel> {
        self.anvandningar += 1;
        if let Some((senast, sats)) = self.satser.get_mut(sql) {
            *senast = self.anvandningar;
            return Ok(sats.clone());
        }
        let sats = self
            .klient
            .prepare(sql)
            .map_err(|e| fel(&e, self.uppgift))?;
        if self.satser.len() >= MINNE {
            let aldst = self.satser.iter().min_by_key(|(_, (nar, _))| *nar);
            if let Some(aldst) = aldst.map(|(text, _)| text.clone()) {
                self.satser.remove(&aldst);
            }
        }
        self.satser
            .insert(sql.to_owned(), (self.anvandningar, sats.clone()));
        Ok(sats)
    }

    #[cfg(test)]
    pub(super) fn beskriv(&mut self, sql: &str) -> Result<super::Beskrivning, DbFel> {
        let sats = self
            .klient
            .prepare(sql)
            .map_err(|e| fel(&e, self.uppgift))?;
        let typ = |t: &Type| match *t {
            Type::INT8 => "bigint",
            Type::TEXT => "text",
            Type::BYTEA => "bytea",
            Type::BOOL => "bool",
            _ => "okänd",
        };
        let kolumner = sats
            .columns()
            .iter()
            .map(|k| (k.name().to_owned(), Some(typ(k.type_()))))
            .collect();
        Ok(super::Beskrivning {
            parametrar: sats.params().len(),
            kolumner,
            parametertyper: Some(sats.params().iter().map(typ).collect()),
        })
    }
}

/// Why the connection may not be made: it is not encrypted, so it stays on the machine unless
/// the address itself says that plain text is meant (`sslmode=disable`).
fn oskyddad(config: &Config) -> Option<&'static str> {
    match config.get_ssl_mode() {
        SslMode::Disable => None,
        SslMode::Require => Some(
            "Adressen kräver kryptering (sslmode=require), som programmet inte kan. Låt det nå \
             databasen genom en tunnel, eller på samma maskin.",
        ),
        _ if pa_maskinen(config) => None,
        _ => Some(
            "Databasen ligger på en annan maskin, och programmet krypterar inte anslutningen: \
             lösenord och uppgifter skulle gå i klartext. Lägg den i en tunnel (WireGuard, \
             stunnel) som slutar på 127.0.0.1. Är nätet redan krypterat: skriv sslmode=disable \
             i adressen, så säger du att det är meningen.",
        ),
    }
}

/// Whether every host of the address is this machine: a socket file or loopback.
fn pa_maskinen(config: &Config) -> bool {
    let namnen = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(namn) => {
            let ip = namn.trim_matches(['[', ']']).parse::<IpAddr>();
            namn == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    // Given beside the names, the addresses are where it connects.
    let adresserna = config.get_hostaddrs();
    if adresserna.is_empty() {
        namnen
    } else {
        adresserna.iter().all(IpAddr::is_loopback)
    }
}

impl ToSql for P<'_> {
    fn to_sql(
        &self,
        typ: &Type,
        ut: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, typ) {
            (P::Tal(v), &Type::INT8) => v.to_sql(typ, ut),
            (P::Text(v), &Type::TEXT) => v.as_deref().to_sql(typ, ut),
            (P::Bytes(v), &Type::BYTEA) => v.as_deref().to_sql(typ, ut),
            (P::Bool(v), &Type::BOOL) => v.to_sql(typ, ut),
            _ => Err(format!("parametern {self:?} passar inte typen {typ}").into()),
        }
    }

    fn accepts(typ: &Type) -> bool {
        matches!(*typ, Type::INT8 | Type::TEXT | Type::BYTEA | Type::BOOL)
    }

    to_sql_checked!();
}

/// <https://www.postgresql.org/docs/15/errcodes-appendix.html>
fn fel(e: &postgres::Error, uppgift: Uppgift) -> DbFel {
    let Some(db) = e.as_db_error() else {
        let bruten = e.is_closed()
            || e.source()
                .is_some_and(|s| s.downcast_ref::<std::io::Error>().is_some());
        return if bruten {
            DbFel::TappadAnslutning
        } else {
            DbFel::Ovrigt {
                kod: "PostgreSQL".to_owned(),
                detalj: beskriv(e),
            }
        };
    };
    let detalj = || {
        db.constraint()
            .map_or_else(|| db.message().to_owned(), ToOwned::to_owned)
    };
    match db.code().code() {
        "40001" | "40P01" => DbFel::Konflikt,
        "55P03" => DbFel::Upptagen,
        "57014" => DbFel::Tidsgrans,
        "23505" => DbFel::Unik { detalj: detalj() },
        "23503" => DbFel::FrammandeNyckel { detalj: detalj() },
        "UT001" => DbFel::BaraTillagg,
        "22021" => DbFel::OgiltigText,
        "25006" if uppgift == Uppgift::Lasa => DbFel::LasareSkriver,
        "25006" => DbFel::SkrivskyddadDisk,
        "53100" => DbFel::FullDisk,
        "53300" => DbFel::Full,
        "XX001" | "XX002" => DbFel::Skadad { detalj: detalj() },
        "57P01" | "57P02" | "57P03" | "25P03" => DbFel::TappadAnslutning,
        kod if kod.starts_with("08") => DbFel::TappadAnslutning,
        kod if kod.starts_with("23") => DbFel::Regel { detalj: detalj() },
        kod => DbFel::Ovrigt {
            kod: format!("PostgreSQL {kod}"),
            detalj: beskriv(e),
        },
    }
}

fn beskriv(e: &postgres::Error) -> String {
    e.source()
        .map_or_else(|| e.to_string(), |s| format!("{e}: {s}"))
}

/// Why the server would not let the program in. Its own words are in its own language, and
/// go to the log.
fn vagrad(e: &postgres::Error) -> String {
    tracing::error!(orsak = %beskriv(e), "PostgreSQL tog inte emot programmet");
    let ord = match e.code().map(postgres::error::SqlState::code) {
        Some("28P01" | "28000") => "Användaren finns inte där, eller lösenordet är fel.",
        Some("3D000") => "Databasen finns inte där. Skapa den först (createdb).",
        Some("42501") => "Användaren får inte använda databasen.",
        Some(_) => "Servern tog inte emot programmet. Skälet står i serverns logg.",
        None => "Servern svarade inte som PostgreSQL ska.",
    };
    ord.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_leaves_the_machine_only_when_the_address_says_so() {
        let skal = |url: &str| oskyddad(&url.parse().unwrap());
        for hemma in [
            "postgres://utfall@127.0.0.1:5432/utfall",
            "postgres://utfall@localhost/utfall",
            "postgres://utfall@%2Frun%2Fpostgresql/utfall",
            "host=::1 user=utfall",
            "host=db.example.se hostaddr=127.0.0.1 user=utfall",
            "postgres://utfall@db.example.se/utfall?sslmode=disable",
        ] {
            assert_eq!(skal(hemma), None, "{hemma}");
        }
        for borta in [
            "postgres://utfall@db.example.se/utfall",
            "postgres://utfall@10.0.0.7/utfall?sslmode=prefer",
            "postgres://utfall@127.0.0.1,db.example.se/utfall",
            "postgres://utfall@localhost.example.se/utfall",
            "host=localhost hostaddr=10.0.0.7 user=utfall",
        ] {
            let skal = skal(borta);
            assert!(
                skal.is_some_and(|s| s.contains("klartext")),
                "{borta}: {skal:?}"
            );
        }
        let kraver = skal("postgres://utfall@127.0.0.1/utfall?sslmode=require");
        assert!(kraver.is_some_and(|s| s.contains("sslmode=require")));
    }
}
