//! The outline of the sample report, kept as a text that a person can read.

use std::fmt::Write as _;

use utfall_domain::rapport::aterrapport::dokument;
use utfall_domain::rapport::{Block, Dokument};

use super::rapport;

/// One line for each block: its kind, and enough of it to be known again.
fn disposition(dokument: &Dokument) -> String {
    let mut ut = format!("{}\n{}\n", dokument.titel, dokument.underrubrik);
    for block in &dokument.block {
        let _ = match block {
            Block::Rubrik(r) => {
                let indrag = "  ".repeat(usize::from(r.niva));
                writeln!(ut, "{indrag}{} (#{})", r.text, r.ankare)
            }
            Block::Tabell(t) => {
                writeln!(
                    ut,
                    "      [tabell {} × {}] {}",
                    t.rader.len(),
                    t.kolumner.len(),
                    t.rubrik
                )
            }
            Block::Figur(f) => {
                let rader = f.tabell.as_ref().map_or(0, |t| t.rader.len());
                writeln!(ut, "      [figur, tabell med {rader} rader] {}", f.rubrik)
            }
            Block::Stycke { .. } => writeln!(ut, "      [stycke]"),
            Block::Lista { punkter, .. } => writeln!(ut, "      [lista {}]", punkter.len()),
            Block::Besked(b) => writeln!(ut, "      [besked {}]", b.slag.ord()),
            Block::Faktaruta(f) => writeln!(ut, "      [fakta {}]", f.rader.len()),
            Block::Innehall { .. } => writeln!(ut, "      [innehåll]"),
            Block::Underskrifter { namn } => writeln!(ut, "      [underskrifter {}]", namn.len()),
            Block::Sidbrytning => writeln!(ut, "      [ny sida]"),
        };
    }
    ut
}

#[test]
fn the_sample_has_the_outline_that_was_last_approved() {
    let nu = disposition(&dokument(&rapport()));
    let godkand = include_str!("disposition.txt");
    assert!(
        nu == godkand,
        "Granska och spara i src/tests/disposition.txt:\n{nu}"
    );
}
