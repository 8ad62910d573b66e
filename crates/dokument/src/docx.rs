//! DOCX (ISO/IEC 29500) by a small writer of our own.
//!
//! Own, because what boards' readers need is just what the ready ones lack: header rows in
//! tables (`w:tblHeader`), alternative texts (`descr`) and the language of the text. Bytes
//! repeat: entries have a fixed order and the zip's own epoch as their time.

mod bild;
mod delar;
mod kropp;
mod tabell;

use std::io::{Cursor, Write as _};

use utfall_domain::rapport::{Dokument, SattFel};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use kropp::Kropp;

/// Sets the document.
pub(crate) fn satt(dokument: &Dokument) -> Result<Vec<u8>, SattFel> {
    let kropp = Kropp::skriv(dokument).map_err(SattFel::Sattning)?;
    packa(dokument, &kropp).map_err(|fel| SattFel::Sattning(fel.to_string()))
}

fn packa(dokument: &Dokument, kropp: &Kropp) -> zip::result::ZipResult<Vec<u8>> {
    let val = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut fil = |namn: &str, data: &[u8]| -> zip::result::ZipResult<()> {
        zip.start_file(namn, val)?;
        zip.write_all(data)?;
        Ok(())
    };
    // Readers tell the kind of a package by its first entry.
    fil(
        "[Content_Types].xml",
        delar::innehallstyper(kropp).as_bytes(),
    )?;
    fil("_rels/.rels", delar::RELATIONER.as_bytes())?;
    fil("docProps/core.xml", delar::egenskaper(dokument).as_bytes())?;
    fil("docProps/app.xml", delar::PROGRAM.as_bytes())?;
    fil("word/document.xml", kropp.xml.as_bytes())?;
    fil(
        "word/_rels/document.xml.rels",
        delar::kroppens_relationer(kropp).as_bytes(),
    )?;
    fil("word/styles.xml", delar::stilar(dokument).as_bytes())?;
    fil(
        "word/settings.xml",
        delar::installningar(dokument).as_bytes(),
    )?;
    fil(
        "word/numbering.xml",
        delar::numrering(kropp.listor).as_bytes(),
    )?;
    fil("word/header1.xml", delar::sidhuvud(dokument).as_bytes())?;
    fil("word/footer1.xml", delar::sidfot(dokument).as_bytes())?;
    for (nr, bild) in kropp.bilder.iter().enumerate() {
        fil(&format!("word/media/figur-{nr}.png"), &bild.png)?;
        fil(&format!("word/media/figur-{nr}.svg"), bild.svg.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
