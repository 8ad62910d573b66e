//! The body: every block as `WordprocessingML`.

use std::fmt::Write as _;

use utfall_domain::rapport::{
    Besked, Beskedsslag, Block, Dokument, Faktaruta, Figur, Rubrik, Tal, Text, Underskrift,
};
use utfall_domain::tid::i_ord;

use super::bild::Bild;
use crate::text::xml;

/// Width of the text area, 160 mm, in EMU.
const BREDD_EMU: u64 = 5_760_000;

const BORJAN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"",
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"",
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"",
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"",
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n",
);

/// A4 with 25 mm to the sides.
const SLUT: &str = concat!(
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHuvud\"/>",
    "<w:footerReference w:type=\"default\" r:id=\"rFot\"/>",
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1644\" w:right=\"1418\"",
    " w:bottom=\"1418\" w:left=\"1418\" w:header=\"850\" w:footer=\"737\" w:gutter=\"0\"/>",
    "</w:sectPr></w:body></w:document>",
);

/// The body under way, and what the package must hold for it.
pub(super) struct Kropp {
    pub(super) xml: String,
    /// Outside addresses, in the order first met; their place is their relationship.
    pub(super) lankar: Vec<String>,
    pub(super) bilder: Vec<Bild>,
    /// Numbered lists so far.
    pub(super) listor: usize,
    /// Anchors in the order of their headings; a bookmark is called by its place, for Word
    /// allows no hyphens in them and at most 40 characters.
    ankare: Vec<String>,
    /// The next paragraph begins a page.
    ny_sida: bool,
}

impl Kropp {
    pub(super) fn skriv(dokument: &Dokument) -> Result<Self, String> {
        let ankare = dokument.block.iter().filter_map(|block| match block {
            Block::Rubrik(rubrik) => Some(rubrik.ankare.clone()),
            _ => None,
        });
        let mut kropp = Self {
            xml: BORJAN.to_owned(),
            lankar: Vec::new(),
            bilder: Vec::new(),
            listor: 0,
            ankare: ankare.collect(),
            ny_sida: false,
        };
        kropp.huvud(dokument);
        for block in &dokument.block {
            kropp.block(block, dokument)?;
        }
        kropp.xml.push_str(SLUT);
        Ok(kropp)
    }

    fn huvud(&mut self, dokument: &Dokument) {
        self.stycke("Title", "", &lop(&dokument.titel, ""));
        if !dokument.underrubrik.is_empty() {
            self.stycke("Subtitle", "", &lop(&dokument.underrubrik, ""));
        }
        self.stycke("Date", "", &lop(&i_ord(dokument.datum), ""));
        if let Some(markning) = &dokument.markning {
            let text = vec![Text::ren(markning.clone())];
            self.besked(&Besked {
                slag: Beskedsslag::Varning,
                text,
            });
        }
    }

    fn block(&mut self, block: &Block, dokument: &Dokument) -> Result<(), String> {
        match block {
            Block::Rubrik(rubrik) => self.rubrik(rubrik),
            Block::Stycke { text } => {
                let text = self.inom(text);
                self.stycke("Normal", "", &text);
            }
            Block::Lista { numrerad, punkter } => self.lista(*numrerad, punkter),
            Block::Tabell(tabell) => self.tabell(tabell),
            Block::Figur(figur) => self.figur(figur)?,
            Block::Besked(besked) => self.besked(besked),
            Block::Faktaruta(ruta) => self.faktaruta(ruta),
            Block::Innehall { rubrik } => self.innehall(rubrik, dokument),
            Block::Underskrifter { namn } => self.underskrifter(namn),
            Block::Sidbrytning => self.ny_sida = true,
        }
        Ok(())
    }

    /// A paragraph; `egenskaper` are those after the style, in the order of the schema.
    pub(super) fn stycke(&mut self, stil: &str, egenskaper: &str, innehall: &str) {
        let sida = if std::mem::take(&mut self.ny_sida) {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        let _ = writeln!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"{stil}\"/>{sida}{egenskaper}</w:pPr>{innehall}</w:p>"
        );
    }

    fn rubrik(&mut self, rubrik: &Rubrik) {
        let marke = self.marke(&rubrik.ankare);
        let nr = self
            .ankare
            .iter()
            .position(|a| *a == rubrik.ankare)
            .unwrap_or_default();
        let text = lop(&rubrik.text, "");
        let innehall = format!(
            "<w:bookmarkStart w:id=\"{nr}\" w:name=\"{marke}\"/>{text}\
             <w:bookmarkEnd w:id=\"{nr}\"/>"
        );
        self.stycke(&format!("Heading{}", rubrik.niva), "", &innehall);
    }

    fn marke(&self, ankare: &str) -> String {
        let nr = self
            .ankare
            .iter()
            .position(|a| a == ankare)
            .unwrap_or_default();
        format!("_Ref{nr}")
    }

    fn lista(&mut self, numrerad: bool, punkter: &[Vec<Text>]) {
        let (stil, nummer) = if numrerad {
            self.listor += 1;
            ("ListNumber", self.listor + 1)
        } else {
            ("ListBullet", 1)
        };
        let egenskaper =
            format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{nummer}\"/></w:numPr>");
        for punkt in punkter {
            let text = self.inom(punkt);
            self.stycke(stil, &egenskaper, &text);
        }
    }

    fn besked(&mut self, besked: &Besked) {
        let ord = besked.slag.ord();
        let text =
            lop(&format!("{ord}: "), "<w:rStyle w:val=\"Strong\"/>") + &self.inom(&besked.text);
        self.stycke(&format!("Besked{ord}"), "", &text);
    }

    fn faktaruta(&mut self, ruta: &Faktaruta) {
        for rad in &ruta.rader {
            let namn = lop(&rad.namn, "<w:rStyle w:val=\"Strong\"/>");
            let text = format!("{namn}<w:r><w:tab/></w:r>{}", self.inom(&rad.varde));
            self.stycke("Fakta", "", &text);
        }
    }

    /// A field that Word can make anew, with its present entries as links.
    fn innehall(&mut self, rubrik: &str, dokument: &Dokument) {
        self.stycke("TOCHeading", "", &lop(rubrik, ""));
        let falt = |slag: &str| format!("<w:r><w:fldChar w:fldCharType=\"{slag}\"/></w:r>");
        let mut fore = format!(
            "{}<w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\n \\h </w:instrText>\
             </w:r>{}",
            falt("begin"),
            falt("separate")
        );
        let rader: Vec<&Rubrik> = dokument
            .block
            .iter()
            .filter_map(|block| match block {
                Block::Rubrik(rubrik) if rubrik.niva <= 2 => Some(rubrik),
                _ => None,
            })
            .collect();
        for (nr, rad) in rader.iter().enumerate() {
            let marke = self.marke(&rad.ankare);
            let efter = if nr + 1 == rader.len() {
                falt("end")
            } else {
                String::new()
            };
            let text = format!(
                "{}<w:hyperlink w:anchor=\"{marke}\" w:history=\"1\">{}</w:hyperlink>{efter}",
                std::mem::take(&mut fore),
                lop(&rad.text, "")
            );
            self.stycke(&format!("TOC{}", rad.niva), "", &text);
        }
    }

    fn underskrifter(&mut self, namn: &[Underskrift]) {
        for den in namn {
            let rad = if den.namn.is_empty() {
                String::new()
            } else {
                lop(&den.namn, "") + "<w:r><w:br/></w:r>"
            };
            let text = rad + &lop(&den.roll, "<w:rStyle w:val=\"Tecken\"/>");
            self.stycke("Underskrift", "", &text);
        }
    }

    fn figur(&mut self, figur: &Figur) -> Result<(), String> {
        let nr = self.bilder.len();
        let bild = Bild::ny(figur.bild.svg(&format!("figur-{nr}")))?;
        let (bredd, hojd) = (u64::from(bild.storlek.0.max(1)), u64::from(bild.storlek.1));
        let hojd = BREDD_EMU * hojd / bredd;
        self.bilder.push(bild);
        self.stycke("Figurrubrik", "", &lop(&figur.rubrik, ""));
        if !figur.lashjalp.is_empty() {
            self.stycke("Caption", "", &lop(&figur.lashjalp, ""));
        }
        let namn = format!(
            "id=\"{}\" name=\"Figur {}\" descr=\"{}\"",
            nr + 1,
            nr + 1,
            xml(&figur.alt)
        );
        let text = format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{BREDD_EMU}\" cy=\"{hojd}\"/><wp:docPr {namn}/>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>\
             </wp:cNvGraphicFramePr><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
             <pic:nvPicPr><pic:cNvPr {namn}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"rBild{nr}png\"><a:extLst>\
             <a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip \
             xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" \
             r:embed=\"rBild{nr}svg\"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/>\
             </a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{BREDD_EMU}\" cy=\"{hojd}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>\
             </w:r>"
        );
        self.stycke("Normal", "", &text);
        if let Some(tabell) = &figur.tabell {
            self.tabell(tabell);
        }
        Ok(())
    }

    /// Text within a line.
    pub(super) fn inom(&mut self, delar: &[Text]) -> String {
        delar.iter().map(|del| self.del(del)).collect()
    }

    /// A row heading. Its links within the document are quiet, like figures: a table whose
    /// first column shouts is hard to read.
    pub(super) fn radrubrik(&mut self, delar: &[Text]) -> String {
        delar
            .iter()
            .map(|del| match del {
                Text::Lank { text, url } if url.starts_with('#') => {
                    let text = lop(text, "<w:rStyle w:val=\"Tal\"/>");
                    self.lank(url, &text)
                }
                annat => self.del(annat),
            })
            .collect()
    }

    fn del(&mut self, del: &Text) -> String {
        match del {
            Text::Ren { text } => lop(text, ""),
            Text::Stark { text } => lop(text, "<w:rStyle w:val=\"Strong\"/>"),
            Text::Lank { text, url } => {
                let text = lop(text, "<w:rStyle w:val=\"Hyperlink\"/>");
                self.lank(url, &text)
            }
            Text::Tal(tal) => self.siffra(tal),
        }
    }

    fn siffra(&mut self, tal: &Tal) -> String {
        let stil = match (&tal.url, tal.tecken) {
            (_, Some(_)) => "<w:rStyle w:val=\"Tecken\"/>",
            (Some(_), None) => "<w:rStyle w:val=\"Tal\"/>",
            (None, None) => "",
        };
        let text = lop(&tal.visas(), stil);
        let mut satt = match &tal.url {
            Some(url) => self.lank(url, &text),
            None => text,
        };
        if let Some(del) = tal.forbehall() {
            satt.push_str(&lop(&format!(", {del}"), stil));
        }
        satt
    }

    fn lank(&mut self, url: &str, text: &str) -> String {
        if let Some(ankare) = url.strip_prefix('#') {
            let marke = self.marke(ankare);
            return format!(
                "<w:hyperlink w:anchor=\"{marke}\" w:history=\"1\">{text}</w:hyperlink>"
            );
        }
        let nr = self
            .lankar
            .iter()
            .position(|kand| kand == url)
            .unwrap_or_else(|| {
                self.lankar.push(url.to_owned());
                self.lankar.len() - 1
            });
        format!("<w:hyperlink r:id=\"rLank{nr}\" w:history=\"1\">{text}</w:hyperlink>")
    }
}

/// A run of text with its properties.
pub(super) fn lop(text: &str, egenskaper: &str) -> String {
    let egenskaper = match egenskaper {
        "" => String::new(),
        dessa => format!("<w:rPr>{dessa}</w:rPr>"),
    };
    format!(
        "<w:r>{egenskaper}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        xml(text)
    )
}
