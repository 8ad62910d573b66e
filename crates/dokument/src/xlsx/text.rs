//! The first sheet: the running text in order, with the way to each table.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, RowNum, Worksheet, XlsxError};
use utfall_domain::rapport::{Block, Dokument, Faktaruta, Text};
use utfall_domain::tid::i_ord;

use super::celler::{Plats, Stil, Visning, enda_lank, enda_tal, ord};
use super::{Blad, FORSTA, huvudrad};

/// Widths of the two columns, in characters.
const BREDD_TEXT: u16 = 90;
const BREDD_VARDE: u16 = 34;
/// The most a printed head or foot may hold.
const LANGSTA_HUVUD: usize = 200;

/// Writes the sheet.
pub(super) fn blad(
    blad: &mut Worksheet,
    dokument: &Dokument,
    tabeller: &[Blad<'_>],
) -> Result<(), XlsxError> {
    blad.set_name(FORSTA)?;
    blad.set_column_width(0, BREDD_TEXT)?;
    blad.set_column_width(1, BREDD_VARDE)?;
    let mut sida = Sida {
        ankare: ankare(dokument),
        blad,
        rad: 0,
    };
    sida.titel(dokument)?;
    let mut tabeller = tabeller.iter();
    for block in &dokument.block {
        sida.block(block, &mut tabeller)?;
    }
    sida.blad.set_paper_size(9);
    sida.blad.set_print_fit_to_pages(1, 0);
    sidhuvud(sida.blad, dokument);
    Ok(())
}

/// What is printed on every page of a sheet.
pub(super) fn sidhuvud(blad: &mut Worksheet, dokument: &Dokument) {
    let text = huvudrad(dokument).replace('&', "&&");
    let text = super::kapad(&text, LANGSTA_HUVUD).trim_end_matches('&');
    blad.set_header(format!("&L{text}"));
    blad.set_footer(format!("&L{}&RSida &P av &N", i_ord(dokument.datum)));
}

/// How many rows a block takes: told beforehand, so that links may lead forward.
fn rader(block: &Block) -> RowNum {
    let antal = match block {
        Block::Rubrik(_) => 2,
        Block::Stycke { .. } | Block::Besked(_) | Block::Tabell(_) => 1,
        Block::Figur(figur) => 1 + usize::from(figur.tabell.is_some()),
        Block::Lista { punkter, .. } => punkter.len(),
        Block::Faktaruta(ruta) => ruta.rader.len().saturating_add(1),
        Block::Underskrifter { namn } => namn.len(),
        Block::Innehall { .. } | Block::Sidbrytning => 0,
    };
    RowNum::try_from(antal).unwrap_or(RowNum::MAX)
}

/// The rows over the first block: title, what stands under it, mark, date, and one that is empty.
const FORE: RowNum = 5;

/// The row of each heading, from 0.
fn ankare(dokument: &Dokument) -> BTreeMap<&str, RowNum> {
    let mut rad = FORE;
    let mut ut = BTreeMap::new();
    for block in &dokument.block {
        if let Block::Rubrik(rubrik) = block {
            ut.insert(rubrik.ankare.as_str(), rad.saturating_add(1));
        }
        rad = rad.saturating_add(rader(block));
    }
    ut
}

struct Sida<'a, 'b> {
    blad: &'a mut Worksheet,
    rad: RowNum,
    ankare: BTreeMap<&'b str, RowNum>,
}

impl Sida<'_, '_> {
    fn titel(&mut self, dokument: &Dokument) -> Result<(), XlsxError> {
        self.skriv(&dokument.titel, Stil::Stark, Some(16), None)?;
        self.skriv(&dokument.underrubrik, Stil::Vanlig, None, None)?;
        self.skriv(&huvudrad(dokument), Stil::Vanlig, None, None)?;
        self.skriv(&i_ord(dokument.datum), Stil::Vanlig, None, None)?;
        self.rad = FORE;
        Ok(())
    }

    /// A row of text in the first column; an empty one only takes its place.
    fn skriv(
        &mut self,
        text: &str,
        stil: Stil,
        storlek: Option<u8>,
        lank: Option<&str>,
    ) -> Result<(), XlsxError> {
        let mut format = stil.format().set_text_wrap().set_align(FormatAlign::Top);
        if let Some(storlek) = storlek {
            format = format.set_font_size(storlek);
        }
        if !text.is_empty() {
            let lank = lank.map(|lank| self.lank(lank));
            let (rad, blad) = (self.rad, &mut *self.blad);
            let plats = Plats {
                blad,
                rad,
                kolumn: 0,
                format,
            };
            plats.text(text, lank.as_deref())?;
        }
        self.rad = self.rad.saturating_add(1);
        Ok(())
    }

    /// A link within the document leads to the row of its heading.
    fn lank(&self, url: &str) -> String {
        match url.strip_prefix('#').and_then(|a| self.ankare.get(a)) {
            Some(rad) => format!("internal:'{FORSTA}'!A{}", rad.saturating_add(1)),
            None => url.to_owned(),
        }
    }

    fn block<'t>(
        &mut self,
        block: &Block,
        tabeller: &mut impl Iterator<Item = &'t Blad<'t>>,
    ) -> Result<(), XlsxError> {
        match block {
            Block::Rubrik(rubrik) => {
                self.rad = self.rad.saturating_add(1);
                let storlek = match rubrik.niva {
                    1 => 14,
                    2 => 12,
                    _ => 11,
                };
                self.skriv(&rubrik.text, Stil::Stark, Some(storlek), None)
            }
            Block::Stycke { text } => self.rad_text(text, ""),
            Block::Besked(besked) => {
                let ord = format!("{}: ", besked.slag.ord());
                self.rad_text(&besked.text, &ord)
            }
            Block::Lista { numrerad, punkter } => {
                for (nr, punkt) in (1..).zip(punkter) {
                    let fore = match numrerad {
                        true => format!("{nr}. "),
                        false => "\u{2013} ".to_owned(),
                    };
                    self.rad_text(punkt, &fore)?;
                }
                Ok(())
            }
            Block::Tabell(_) => self.till_tabell(tabeller),
            Block::Figur(figur) => {
                self.skriv(&figur.rubrik, Stil::Stark, None, None)?;
                match figur.tabell {
                    Some(_) => self.till_tabell(tabeller),
                    None => Ok(()),
                }
            }
            Block::Faktaruta(ruta) => self.fakta(ruta),
            Block::Underskrifter { namn } => {
                for den in namn {
                    let text = format!("{} {}", den.namn, den.roll);
                    self.skriv(text.trim(), Stil::Vanlig, None, None)?;
                }
                Ok(())
            }
            Block::Innehall { .. } | Block::Sidbrytning => Ok(()),
        }
    }

    fn rad_text(&mut self, text: &[Text], fore: &str) -> Result<(), XlsxError> {
        let ord = format!("{fore}{}", ord(text));
        self.skriv(&ord, Stil::Vanlig, None, enda_lank(text))
    }

    fn till_tabell<'t>(
        &mut self,
        tabeller: &mut impl Iterator<Item = &'t Blad<'t>>,
    ) -> Result<(), XlsxError> {
        let Some(blad) = tabeller.next() else {
            return Ok(());
        };
        let lank = format!("internal:'{}'!A1", blad.namn);
        let text = format!("Tabell: {}", blad.tabell.rubrik);
        self.skriv(&text, Stil::Vanlig, None, Some(&lank))
    }

    /// Name and value beside each other; a value that is one figure is a number.
    fn fakta(&mut self, ruta: &Faktaruta) -> Result<(), XlsxError> {
        self.skriv(&ruta.rubrik, Stil::Stark, None, None)?;
        for fakta in &ruta.rader {
            let lank = enda_lank(&fakta.varde).map(|l| self.lank(l));
            let rad = self.rad;
            self.skriv(&fakta.namn, Stil::Vanlig, None, None)?;
            let grund = Stil::Vanlig.format().set_align(FormatAlign::Top);
            if let Some((tal, enhet)) = enda_tal(&fakta.varde) {
                let visning = (Visning::av(tal), enhet.as_str());
                let hoger = grund.clone().set_align(FormatAlign::Right);
                let plats = self.varde(rad, hoger);
                if plats.tal(tal, visning, None, lank.as_deref())? {
                    continue;
                }
            }
            let vanster = grund.set_text_wrap().set_align(FormatAlign::Left);
            self.varde(rad, vanster)
                .text(&ord(&fakta.varde), lank.as_deref())?;
        }
        Ok(())
    }

    fn varde(&mut self, rad: RowNum, format: Format) -> Plats<'_> {
        Plats {
            blad: &mut *self.blad,
            rad,
            kolumn: 1,
            format,
        }
    }
}
