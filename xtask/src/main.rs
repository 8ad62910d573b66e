//! `cargo xtask`: the project's own tools. `cargo xtask test` is the whole suite.
//!
//! Knows nothing of the product's code; it starts programs and reads files.

#![expect(
    clippy::disallowed_methods,
    reason = "a build tool reads its surroundings and times its steps; nothing here is served"
)]
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the scanner walks in text by places it has just found; a panic here is a red test"
)]

mod kommando;
mod paket;
mod pg;
mod prov;
mod svit;
mod tidy;
mod varningar;
mod verktyg;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Why a tool stopped: one Swedish text that says what is wrong and how to put it right.
pub type Svar<T> = Result<T, String>;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Utfalls egna verktyg",
    disable_help_subcommand = true
)]
struct Argument {
    #[command(subcommand)]
    vad: Vad,
}

#[derive(Subcommand)]
enum Vad {
    /// Hela sviten: format, clippy, tidy, SQLite, PostgreSQL, dokument, webbläsare
    Test {
        /// Kör bara dessa steg (kan anges flera gånger)
        #[arg(long, value_name = "STEG", value_enum)]
        bara: Vec<svit::Steg>,
    },
    /// Husets regler: längd, kanter, förbjudna ord, länkar, migrationer
    Tidy {
        /// Frys migrationer som ännu inte har en kontrollsumma
        #[arg(long)]
        frys: bool,
    },
    /// Ett eget PostgreSQL-kluster för utveckling
    Pg {
        /// `start` skriver adressen, `stop` tar bort klustret
        #[arg(value_enum)]
        vad: pg::Order,
    },
    /// Webbläsarsviten
    E2e,
    /// De långa proven; utan namn visas listan
    Prov {
        /// Provets namn
        namn: Option<String>,
        /// Hur många gånger, för prov som räknar
        #[arg(long, value_name = "ANTAL")]
        antal: Option<u32>,
        /// Hur länge, för prov som pågår
        #[arg(long, value_name = "SEKUNDER")]
        sekunder: Option<u32>,
    },
}

fn main() -> ExitCode {
    let rot = projektrot();
    let svar = match Argument::parse().vad {
        Vad::Test { bara } => svit::kor(&rot, &bara),
        Vad::Tidy { frys } => tidy::kommando(&rot, frys),
        Vad::Pg { vad } => pg::kommando(&rot, vad),
        Vad::E2e => svit::kor(&rot, &[svit::Steg::E2e]),
        Vad::Prov {
            namn,
            antal,
            sekunder,
        } => prov::kor(&rot, namn.as_deref(), prov::Mangd { antal, sekunder }),
    };
    match svar {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

/// The folder that holds the workspace: xtask's own folder is one level below it.
fn projektrot() -> PathBuf {
    let har = Path::new(env!("CARGO_MANIFEST_DIR"));
    har.parent().unwrap_or(har).to_path_buf()
}
