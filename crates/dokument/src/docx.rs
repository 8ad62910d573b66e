use utfall_domain::rapport::{Dokument, SattFel};

/// Not written yet.
pub(crate) fn satt(_: &Dokument) -> Result<Vec<u8>, SattFel> {
    Err(SattFel::Sattning("DOCX finns inte än".to_owned()))
}
