//! DOCX (ISO/IEC 29500) by a small writer of our own.
//!
//! Own, because what boards' readers need is just what the ready ones lack: header rows in
//! tables (`w:tblHeader`), alternative texts (`descr`) and the language of the text. Bytes
//! repeat: entries have a fixed order and the zip's own epoch as their time.

pub(crate) mod bild;
mod delar;
mod kropp;
mod tabell;

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use utfall_domain::rapport::{Dokument, SattFel};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use kropp::Kropp;

/// Sets the document.
pub(crate) fn satt(dokument: &Dokument) -> Result<Vec<u8>, SattFel> {
    let kropp = Kropp::skriv(dokument).map_err(SattFel::Sattning)?;
    let delar = delarna(dokument, &kropp);
    for (namn, xml) in &delar {
        valformad(namn, xml)?;
    }
    packa(&delar, &kropp).map_err(|fel| SattFel::Sattning(fel.to_string()))
}

/// The parts that are XML, in their order.
fn delarna<'a>(dokument: &Dokument, kropp: &'a Kropp) -> Vec<(String, Cow<'a, str>)> {
    let mut ut: Vec<(String, Cow<'a, str>)> = Vec::new();
    let mut fil = |namn: &str, xml: Cow<'a, str>| ut.push((namn.to_owned(), xml));
    // Readers tell the kind of a package by its first entry.
    fil("[Content_Types].xml", delar::innehallstyper(kropp).into());
    fil("_rels/.rels", delar::RELATIONER.into());
    fil("docProps/core.xml", delar::egenskaper(dokument).into());
    fil("docProps/app.xml", delar::PROGRAM.into());
    fil("word/document.xml", kropp.xml.as_str().into());
    fil(
        "word/_rels/document.xml.rels",
        delar::kroppens_relationer(kropp).into(),
    );
    fil("word/styles.xml", delar::stilar(dokument).into());
    fil("word/settings.xml", delar::installningar(dokument).into());
    fil("word/numbering.xml", delar::numrering(kropp.listor).into());
    fil("word/header1.xml", delar::sidhuvud(dokument).into());
    fil("word/footer1.xml", delar::sidfot(dokument).into());
    for (nr, bild) in kropp.bilder.iter().enumerate() {
        let svg = bild.svg.as_str().into();
        fil(&format!("word/media/figur-{nr}.svg"), svg);
    }
    ut
}

/// Read once here, so that no file is kept for ever that Word cannot open.
fn valformad(namn: &str, xml: &str) -> Result<(), SattFel> {
    match resvg::usvg::roxmltree::Document::parse(xml) {
        Ok(_) => Ok(()),
        Err(fel) => Err(SattFel::Sattning(format!("{namn} är ingen XML: {fel}"))),
    }
}

fn packa(delar: &[(String, Cow<'_, str>)], kropp: &Kropp) -> zip::result::ZipResult<Vec<u8>> {
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
    for (namn, xml) in delar {
        fil(namn, xml.as_bytes())?;
    }
    for (nr, bild) in kropp.bilder.iter().enumerate() {
        fil(&format!("word/media/figur-{nr}.png"), &bild.png)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_no_xml_is_never_packed() {
        assert_eq!(valformad("x", "<a>hej &amp; h\u{e5}</a>"), Ok(()));
        for ond in [
            "<a>\u{ffff}</a>",
            "<a>\u{fffe}</a>",
            "<a>\u{1}</a>",
            "<a><b></a>",
            "<a>&b;</a>",
        ] {
            assert!(
                matches!(valformad("x", ond), Err(SattFel::Sattning(_))),
                "{ond:?}"
            );
        }
    }
}
