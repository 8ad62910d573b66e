//! The long proofs: too slow for every push, each with its own command and its own report.

use std::path::Path;

use crate::{Svar, kommando};

/// One long proof: its name, what it shows, and the program that runs it.
struct Prov {
    namn: &'static str,
    visar: &'static str,
    argument: &'static [&'static str],
}

/// Grows as the proofs are written; kills, power cuts and hostile files go here.
const LISTA: &[Prov] = &[];

/// Runs the named proof, or shows the list when no name is given.
///
/// # Errors
/// When the name is unknown or the proof fails.
pub fn kor(rot: &Path, namn: Option<&str>) -> Svar<()> {
    let Some(namn) = namn else {
        println!("Långa prov ({}):", LISTA.len());
        for prov in LISTA {
            println!("  {:<20} {}", prov.namn, prov.visar);
        }
        return Ok(());
    };
    let prov = LISTA
        .iter()
        .find(|prov| prov.namn == namn)
        .ok_or_else(|| format!("Provet {namn} finns inte. `cargo xtask prov` visar listan."))?;
    kommando::kor(kommando::program("cargo", rot).args(prov.argument))
}
