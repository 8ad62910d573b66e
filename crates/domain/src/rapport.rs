//! Documents as data: what a report says, before anyone has set a single line of it.
//!
//! A report is written once, as a [`Dokument`] of typed blocks, and set as PDF, DOCX, XLSX and
//! HTML from that one value. The four can therefore not differ in a figure, and the value
//! itself can be frozen: its [canonical JSON](kanonisk) has one SHA-256.
//!
//! Invariant: a block holds text as data. Nothing here is markup in any language, so what a
//! user wrote can never become an instruction to a typesetter.

pub mod aterrapport;
mod bredd;
pub mod diagram;
mod indata;
pub mod kanonisk;
mod modell;
mod provning;
mod rakning;
pub mod sammanstallning;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use indata::Indata;
pub use modell::{
    Besked, Beskedsslag, Block, Dokument, Faktarad, Faktaruta, Figur, Kolumn, Kolumnslag, Rad,
    Radslag, Rubrik, Tabell, Tal, Text, Underskrift, stada,
};
pub use provning::{Brist, prova};
pub use rakning::{Exakt, Formel, Kolumnrakning, Led};

/// The file formats every document can be set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// PDF/A-2a and PDF/UA-1 in one file.
    Pdf,
    /// `WordprocessingML` (ISO/IEC 29500), for those who must go on writing.
    Docx,
    /// One standalone page without scripts.
    Html,
    /// A workbook (`SpreadsheetML`, ISO/IEC 29500) with a sheet for each table and sums that
    /// are formulas.
    Xlsx,
}

impl Format {
    /// All formats, in the order they are offered to a user.
    pub const ALLA: [Self; 4] = [Self::Pdf, Self::Docx, Self::Xlsx, Self::Html];

    /// The file name's ending, without a dot.
    #[must_use]
    pub const fn andelse(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type to serve the file as.
    #[must_use]
    pub const fn mediatyp(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format a file ending means, in any case; `None` for other endings.
    #[must_use]
    pub fn av_andelse(andelse: &str) -> Option<Self> {
        Self::ALLA
            .into_iter()
            .find(|f| f.andelse().eq_ignore_ascii_case(andelse))
    }
}

/// The typesetter. `app` knows only this; the composition root gives it the real one.
pub trait Sattare: Send + Sync {
    /// Sets a document. The same document and format give the same bytes, always.
    ///
    /// # Errors
    /// [`SattFel::Brister`] if the document breaks a rule of [`prova`]; [`SattFel::Sattning`]
    /// if the typesetter fails, which is a fault in this program.
    fn satt(&self, dokument: &Dokument, format: Format) -> Result<Vec<u8>, SattFel>;
}

/// Why a document could not be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SattFel {
    /// The document itself is not fit to print; every fault is listed.
    Brister(Vec<Brist>),
    /// The typesetter failed; the text is for the log, not for the reader.
    Sattning(String),
}

impl fmt::Display for SattFel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Brister(brister) => {
                f.write_str("dokumentet kan inte sättas:")?;
                brister.iter().try_for_each(|brist| write!(f, " {brist};"))
            }
            Self::Sattning(orsak) => write!(f, "sättningen misslyckades: {orsak}"),
        }
    }
}

impl std::error::Error for SattFel {}

#[cfg(test)]
mod tests;
