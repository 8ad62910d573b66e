//! Sets documents as PDF, DOCX, XLSX and HTML.
//!
//! The one implementation of [`utfall_domain::rapport::Sattare`]. What is said is decided in
//! `domain`; this crate decides only how it looks on paper, in Word, in a spreadsheet and in a
//! browser.
//!
//! Invariants: no network and no disk (fonts and template are in the binary); the same document
//! gives the same bytes; what a user wrote is data to every setter, never an instruction.

#![cfg_attr(not(test), warn(clippy::string_slice))]

mod docx;
mod html;
mod pdf;
mod text;
mod typsnitt;
mod xlsx;

use utfall_domain::rapport::{Dokument, Format, SattFel, Sattare, prova};

/// The setter. It has no state; fonts are loaded once for the process, on first use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sattverk;

impl Sattare for Sattverk {
    fn satt(&self, dokument: &Dokument, format: Format) -> Result<Vec<u8>, SattFel> {
        prova(dokument).map_err(SattFel::Brister)?;
        let dokument = dokument.stadad();
        match format {
            Format::Pdf => pdf::satt(&dokument.for_papper()),
            Format::Docx => docx::satt(&dokument.for_papper()),
            Format::Xlsx => xlsx::satt(&dokument),
            Format::Html => Ok(html::satt(&dokument).into_bytes()),
        }
    }
}

#[cfg(test)]
mod tests;
