//! Numbered schema changes: one text for both engines, frozen by checksum.

use sha2::{Digest, Sha256};

use super::fasad::Motor;
use super::{DbFel, Skriv};

/// One schema change.
#[derive(Debug, Clone, Copy)]
pub struct Migrering {
    /// 1, 2, 3 … without gaps.
    pub version: i64,
    /// The text, in the words of `fasad/ord.rs`.
    pub text: &'static str,
}

impl Migrering {
    /// What the façade itself needs; always the first.
    pub const GRUND: Self = Self {
        version: 1,
        text: include_str!("../../migrations/0001_grund.sql"),
    };

    /// SHA-256 of the text, in hexadecimal.
    pub fn sha256(&self) -> String {
        use std::fmt::Write as _;
        let mut ut = String::with_capacity(64);
        for b in Sha256::digest(self.text.as_bytes()) {
            // Writing to a String cannot fail.
            let _ = write!(ut, "{b:02x}");
        }
        ut
    }
}

/// Runs what is missing, in one transaction each, after checking what is there.
pub(super) fn kor(k: &mut Skriv, migreringar: &[Migrering]) -> Result<(), DbFel> {
    let motor = k.motor();
    for migrering in migreringar {
        motor.borja_migrera()?;
        let svar = motor
            .skript(&motor.oversatt(SCHEMA))
            .and_then(|()| en(motor, migrering, migreringar));
        if let Err(fel) = svar.and_then(|()| motor.bekrafta()) {
            // The first error is the one to tell.
            let _ = motor.angra();
            return Err(fel);
        }
    }
    Ok(())
}

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS schema (
version {ID},
sha256 text NOT NULL
);
";

fn en(motor: &mut Motor, migrering: &Migrering, alla: &[Migrering]) -> Result<(), DbFel> {
    let gjorda = gjorda(motor)?;
    let program = alla.iter().map(|m| m.version).max().unwrap_or(0);
    if let Some((databas, _)) = gjorda.iter().find(|(v, _)| *v > program) {
        return Err(DbFel::NyareDatabas {
            databas: *databas,
            program,
        });
    }
    if let Some((_, summa)) = gjorda.iter().find(|(v, _)| *v == migrering.version) {
        return if *summa == migrering.sha256() {
            Ok(())
        } else {
            Err(DbFel::AndradMigrering {
                version: migrering.version,
            })
        };
    }
    motor.skript(&motor.oversatt(migrering.text))?;
    let par = super::p![migrering.version, migrering.sha256()];
    motor.kor("INSERT INTO schema (version, sha256) VALUES ($1, $2)", par)?;
    tracing::info!(
        version = migrering.version,
        "databasens schema är uppdaterat"
    );
    Ok(())
}

/// Version and checksum of what has been run.
fn gjorda(motor: &mut Motor) -> Result<Vec<(i64, String)>, DbFel> {
    let mut ut = Vec::new();
    motor.fraga(
        "SELECT version, sha256 FROM schema ORDER BY version DESC",
        &[],
        &mut |r| {
            ut.push((r.tal("version")?, r.text("sha256")?));
            Ok(())
        },
    )??;
    Ok(ut)
}
