//! The whole suite in its order, each step with its time, and a closing summary.
//!
//! Dependencies are compiled once: the steps share one build in which `clippy-driver` stands
//! in for `rustc` on our own crates (docs/adr/0010). Therefore every cargo call here has the
//! same environment and the same package selection; another selection would be another build.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::kommando::{kor as kor_program, program};
use crate::pg::{Kluster, Syfte};
use crate::{Svar, tidy, varningar, verktyg};

/// One step of the suite.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Steg {
    /// Formatet
    Fmt,
    /// Bygget, med clippy och varningar som fel
    Clippy,
    /// Husets regler
    Tidy,
    /// Rust-sviten på SQLite
    Sqlite,
    /// Rust-sviten på PostgreSQL
    Postgres,
    /// Dokumentens validerare
    Dokument,
    /// Webbläsarsviten
    E2e,
}

impl Steg {
    fn namn(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Tidy => "tidy",
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Dokument => "dokument",
            Self::E2e => "e2e",
        }
    }

    /// A step that cannot mean anything when the build failed.
    fn behover_bygget(self) -> bool {
        matches!(
            self,
            Self::Sqlite | Self::Postgres | Self::Dokument | Self::E2e
        )
    }

    fn kor(self, rot: &Path) -> Svar<()> {
        match self {
            Self::Fmt => kor_program(program("cargo", rot).args(["fmt", "--all", "--check"])),
            Self::Clippy => varningar::bygg(bygge(rot).args(["--no-run", "--no-fail-fast"])),
            Self::Tidy => tidy::kommando(rot, false),
            Self::Sqlite => sqlite(rot),
            Self::Postgres => postgres(rot),
            Self::Dokument => dokument(rot),
            Self::E2e => e2e(rot),
        }
    }
}

/// Runs the steps (all of them when the list is empty) and prints the summary.
///
/// # Errors
/// When any step failed; the text names them.
pub fn kor(rot: &Path, bara: &[Steg]) -> Svar<()> {
    let valda: Vec<Steg> = Steg::value_variants()
        .iter()
        .copied()
        .filter(|steg| bara.is_empty() || bara.contains(steg))
        .collect();
    let mut rader = Vec::new();
    let mut bygget_foll = false;
    for (plats, steg) in valda.iter().enumerate() {
        if bygget_foll && steg.behover_bygget() {
            rader.push((*steg, Duration::ZERO, Some("bygget föll".to_owned())));
            continue;
        }
        println!("\n== {}/{} {}", plats + 1, valda.len(), steg.namn());
        let start = Instant::now();
        let svar = steg.kor(rot);
        if let Err(fel) = &svar {
            println!("{fel}");
            bygget_foll |= fel == varningar::BYGGET_FOLL;
        }
        println!("== {} {:.1} s", steg.namn(), start.elapsed().as_secs_f64());
        rader.push((*steg, start.elapsed(), svar.err()));
    }
    sammanfatta(&rader)
}

fn sammanfatta(rader: &[(Steg, Duration, Option<String>)]) -> Svar<()> {
    println!("\nSammanfattning");
    for (steg, tid, fel) in rader {
        let utfall = match fel {
            None => "klar",
            Some(_) => "FEL",
        };
        println!(
            "  {:<10} {:>7.1} s  {utfall}",
            steg.namn(),
            tid.as_secs_f64()
        );
    }
    let hela: Duration = rader.iter().map(|(_, tid, _)| *tid).sum();
    println!("  {:<10} {:>7.1} s", "allt", hela.as_secs_f64());
    let fallna: Vec<&str> = rader
        .iter()
        .filter(|(_, _, fel)| fel.is_some())
        .map(|(steg, ..)| steg.namn())
        .collect();
    if fallna.is_empty() {
        Ok(())
    } else {
        Err(format!("Föll: {}", fallna.join(", ")))
    }
}

/// `cargo test` over the whole workspace with clippy as the compiler of our own crates.
fn bygge(rot: &Path) -> Command {
    delat(rot, "test")
}

/// The programs alone, from the same build: examples, too, are built with the tests' features.
fn program_och_exempel(rot: &Path) -> Command {
    let mut cargo = delat(rot, "build");
    cargo.args(["--bins", "--examples"]);
    cargo
}

fn delat(rot: &Path, vad: &str) -> Command {
    let mut cargo = program("cargo", rot);
    cargo.args([vad, "--workspace"]);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    if std::env::var_os("CI").is_some() {
        // A clean machine builds each crate once; incremental state would only be written.
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

fn sqlite(rot: &Path) -> Svar<()> {
    // The tests of reports read their PDF as a reader does.
    verktyg::ordna(rot, &[&verktyg::POPPLER])?;
    kor_program(
        bygge(rot)
            .arg("--no-fail-fast")
            .env("UTFALL_TEST_MOTOR", "sqlite"),
    )
}

fn postgres(rot: &Path) -> Svar<()> {
    verktyg::ordna(rot, &[&verktyg::POSTGRESQL, &verktyg::POPPLER])?;
    let kluster = Kluster::starta(Syfte::Snabbhet)?;
    // The examples in the documentation know no database, so the second round leaves them out.
    kor_program(
        bygge(rot)
            .args(["--no-fail-fast", "--lib", "--bins", "--tests"])
            .env("UTFALL_TEST_MOTOR", "postgres")
            .env("UTFALL_TEST_PG", kluster.adress()),
    )
}

fn dokument(rot: &Path) -> Svar<()> {
    verktyg::ordna(rot, &[&verktyg::POPPLER, &verktyg::PYTHON])?;
    let validerare = verktyg::validerare(rot)?;
    kor_program(&mut program_och_exempel(rot))?;
    let mapp = tempfile::tempdir().map_err(|fel| format!("Kunde inte skapa en mapp: {fel}"))?;
    let exempel = byggmapp(rot)
        .join("debug")
        .join("examples")
        .join("aterrapport");
    kor_program(program(exempel, rot).arg(mapp.path()))?;
    for skript in ["granska.py", "lasordning.py"] {
        let mut python = program(validerare.join("python"), rot);
        // Nothing is left in the tree that was not there before.
        python.env("PYTHONDONTWRITEBYTECODE", "1");
        kor_program(
            python
                .arg(rot.join("xtask/dokument").join(skript))
                .arg(mapp.path()),
        )?;
    }
    Ok(())
}

fn e2e(rot: &Path) -> Svar<()> {
    verktyg::ordna(rot, &[&verktyg::CHROMIUM, &verktyg::NODE, &verktyg::NPM])?;
    verktyg::nodmoduler(rot)?;
    kor_program(&mut program_och_exempel(rot))?;
    let byggt = byggmapp(rot).join("debug");
    kor_program(
        program("npm", &rot.join("e2e"))
            .arg("test")
            .env("UTFALL_BIN", byggt.join("utfall"))
            .env("UTFALL_GALLERI", byggt.join("examples").join("galleri")),
    )
}

/// Where cargo puts what it builds.
pub fn byggmapp(rot: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| rot.join("target"), |mapp| rot.join(mapp))
}
