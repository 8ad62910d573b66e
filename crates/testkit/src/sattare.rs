//! A typesetter for tests that are not about type: the document's canonical JSON as bytes.

use utfall_domain::rapport::{Dokument, Format, SattFel, Sattare, kanonisk};

/// Sets a document as its own canonical JSON behind the format's name.
#[derive(Debug)]
pub struct Snabbsattare;

impl Sattare for Snabbsattare {
    fn satt(&self, dokument: &Dokument, format: Format) -> Result<Vec<u8>, SattFel> {
        let json = kanonisk::json(dokument).unwrap_or_default();
        Ok(format!("{}\n{json}", format.andelse()).into_bytes())
    }
}
