//! The parts of the package around the body.

use std::fmt::Write as _;

use utfall_domain::rapport::Dokument;
use utfall_domain::tid::i_ord;

use super::kropp::Kropp;
use crate::text::xml;

const HUVUD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const REL: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const ODOC: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const ORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What leads from the package to its parts.
pub(super) const RELATIONER: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/",
    "relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/",
    "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/",
    "relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>",
);

/// Which program wrote it.
pub(super) const PROGRAM: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/",
    "extended-properties\"><Application>Utfall</Application></Properties>",
);

pub(super) fn innehallstyper(kropp: &Kropp) -> String {
    let bilder = if kropp.bilder.is_empty() {
        ""
    } else {
        "<Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>"
    };
    let del = |namn: &str, slag: &str| {
        format!("<Override PartName=\"/word/{namn}.xml\" ContentType=\"{ORD}.{slag}+xml\"/>")
    };
    let delar = [
        del("document", "document.main"),
        del("styles", "styles"),
        del("settings", "settings"),
        del("numbering", "numbering"),
        del("header1", "header"),
        del("footer1", "footer"),
    ];
    format!(
        "{HUVUD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{bilder}{}\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.\
         openxmlformats-officedocument.extended-properties+xml\"/></Types>",
        delar.concat()
    )
}

/// Title, author, language and the given instant, in whole seconds.
pub(super) fn egenskaper(dokument: &Dokument) -> String {
    let tid = dokument.skapad.strftime("%Y-%m-%dT%H:%M:%SZ");
    let organisation = xml(&dokument.organisation);
    format!(
        "{HUVUD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/\
         metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:subject>{}</dc:subject><dc:creator>{organisation}</dc:creator>\
         <cp:keywords>{}</cp:keywords><cp:lastModifiedBy>{organisation}</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{tid}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{tid}</dcterms:modified>\
         <dc:identifier>{}</dc:identifier><dc:language>{}</dc:language></cp:coreProperties>",
        xml(&dokument.titel),
        xml(dokument.markning.as_deref().unwrap_or_default()),
        xml(&dokument.nyckelord.join(", ")),
        xml(&dokument.ident),
        xml(&dokument.sprak),
    )
}

pub(super) fn stilar(dokument: &Dokument) -> String {
    include_str!("../mall/docx/styles.xml").replace("{SPRAK}", &xml(&dokument.sprak))
}

pub(super) fn installningar(dokument: &Dokument) -> String {
    include_str!("../mall/docx/settings.xml").replace("{SPRAK}", &xml(&dokument.sprak))
}

/// Relationships of the body: the fixed parts, then links and pictures as the body met them.
pub(super) fn kroppens_relationer(kropp: &Kropp) -> String {
    let mut ut = format!("{HUVUD}<Relationships xmlns=\"{REL}\">");
    for (id, slag, mal) in [
        ("rStilar", "styles", "styles.xml"),
        ("rVal", "settings", "settings.xml"),
        ("rNummer", "numbering", "numbering.xml"),
        ("rHuvud", "header", "header1.xml"),
        ("rFot", "footer", "footer1.xml"),
    ] {
        let _ = write!(
            ut,
            "<Relationship Id=\"{id}\" Type=\"{ODOC}/{slag}\" Target=\"{mal}\"/>"
        );
    }
    for (nr, url) in kropp.lankar.iter().enumerate() {
        let _ = write!(
            ut,
            "<Relationship Id=\"rLank{nr}\" Type=\"{ODOC}/hyperlink\" Target=\"{}\" \
             TargetMode=\"External\"/>",
            xml(url)
        );
    }
    for nr in 0..kropp.bilder.len() {
        for form in ["png", "svg"] {
            let _ = write!(
                ut,
                "<Relationship Id=\"rBild{nr}{form}\" Type=\"{ODOC}/image\" \
                 Target=\"media/figur-{nr}.{form}\"/>"
            );
        }
    }
    ut + "</Relationships>"
}

/// One dash list for all, and one numbered list for each, so that each starts at 1.
pub(super) fn numrering(listor: usize) -> String {
    let niva = |format: &str, text: &str| {
        format!(
            "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
             <w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr></w:lvl>"
        )
    };
    let mut ut = format!(
        "{HUVUD}<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        niva("bullet", "–"),
        niva("decimal", "%1."),
    );
    for nr in 0..listor {
        let _ = write!(
            ut,
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
             <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            nr + 2
        );
    }
    ut + "</w:numbering>"
}

pub(super) fn sidhuvud(dokument: &Dokument) -> String {
    let mut text = xml(&dokument.organisation);
    if let Some(markning) = &dokument.markning {
        let _ = write!(text, " · {}", xml(markning));
    }
    format!(
        "{HUVUD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r>\
         <w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:hdr>"
    )
}

pub(super) fn sidfot(dokument: &Dokument) -> String {
    let ord = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let falt = |kod: &str| {
        format!("<w:fldSimple w:instr=\" {kod} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    format!(
        "{HUVUD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}<w:r><w:tab/></w:r>\
         {}{}{}{}</w:p></w:ftr>",
        ord(&i_ord(dokument.datum)),
        ord("Sida "),
        falt("PAGE"),
        ord(" av "),
        falt("NUMPAGES"),
    )
}
