//! XLSX (`SpreadsheetML`, ISO/IEC 29500): the running text on the first sheet, and a sheet for
//! each table, with header rows that stay and sums that are formulas.
//!
//! A cell is a formula only where [`Tabell::formel`] says that it gives the printed figure, and
//! every formula is kept with that figure: who opens the file sees the report's own figures, and
//! so does who recalculates it. What somebody has typed is always a text, whatever it begins
//! with. Bytes repeat: the time in the file is the document's.

mod blad;
mod celler;
mod text;

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use utfall_domain::rapport::{Block, Dokument, Figur, SattFel, Tabell};

/// The sheet of the running text.
const FORSTA: &str = "Rapport";
/// The longest sheet name, in UTF-16 units.
const LANGSTA_NAMN: usize = 31;

/// A table with the name of its sheet.
struct Blad<'a> {
    namn: String,
    tabell: &'a Tabell,
    figur: Option<&'a Figur>,
}

/// Sets the document.
pub(crate) fn satt(dokument: &Dokument) -> Result<Vec<u8>, SattFel> {
    arbetsbok(dokument).map_err(|fel| SattFel::Sattning(fel.to_string()))
}

fn arbetsbok(dokument: &Dokument) -> Result<Vec<u8>, XlsxError> {
    let tabeller = tabeller(dokument);
    let mut bok = Workbook::new();
    bok.set_properties(&egenskaper(dokument)?);
    text::blad(bok.add_worksheet(), dokument, &tabeller)?;
    for blad in &tabeller {
        blad::skriv(bok.add_worksheet(), dokument, blad)?;
    }
    for (nr, blad) in (2..).zip(&tabeller) {
        let (namn, cell) = blad::rubrikomrade(nr, blad);
        bok.define_name(namn, &cell)?;
    }
    bok.save_to_buffer()
}

/// What a table counts, without its unit: `Eget kapital vid slutet av 2026`.
fn vad<'a>(tabell: &'a Tabell, annars: &'a str) -> &'a str {
    let forst = tabell.rubrik.split([',', '.', ':']).next();
    forst
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .unwrap_or(annars)
}

/// The tables in reading order, each with a sheet name made of the heading it stands under, or of
/// what it counts where the heading has another already.
fn tabeller(dokument: &Dokument) -> Vec<Blad<'_>> {
    let mut upptagna = BTreeMap::from([(FORSTA.to_lowercase(), 1)]);
    let mut under = dokument.titel.as_str();
    let mut forsta = true;
    let mut ut = Vec::new();
    for block in &dokument.block {
        let (tabell, figur) = match block {
            Block::Rubrik(rubrik) if rubrik.niva <= 2 => {
                (under, forsta) = (rubrik.text.as_str(), true);
                continue;
            }
            Block::Tabell(tabell) => (tabell, None),
            Block::Figur(figur) => match &figur.tabell {
                Some(tabell) => (tabell, Some(figur)),
                None => continue,
            },
            _ => continue,
        };
        // The next under the same heading is told from the first by what it counts.
        let heter = if forsta { under } else { vad(tabell, under) };
        forsta = false;
        ut.push(Blad {
            namn: bladnamn(heter, &mut upptagna),
            tabell,
            figur,
        });
    }
    ut
}

/// A sheet name of a heading: without the characters that may not stand in one, short enough,
/// and unlike every other in any case of letters.
fn bladnamn(rubrik: &str, upptagna: &mut BTreeMap<String, u32>) -> String {
    let rent: String = rubrik
        .chars()
        .map(|c| match c {
            '[' | '{' => '(',
            ']' | '}' => ')',
            ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
            c => c,
        })
        .collect();
    let rent = rent.split_whitespace().collect::<Vec<_>>().join(" ");
    // Excel keeps this name for itself.
    let rent = match rent.as_str() {
        "" => "Tabell",
        namn if namn.eq_ignore_ascii_case("history") => "Historik",
        namn => namn,
    };
    let mut nr = 1_u32;
    loop {
        let slut = match nr {
            1 => String::new(),
            nr => format!(" ({nr})"),
        };
        let ryms = LANGSTA_NAMN - slut.len();
        let namn = match kapad(rent, ryms) {
            helt if helt == rent => format!("{helt}{slut}"),
            _ => format!("{}…{slut}", kapad(rent, ryms - 1)),
        };
        if upptagna.insert(namn.to_lowercase(), nr).is_none() {
            return namn;
        }
        nr = nr.saturating_add(1);
    }
}

/// The beginning of a text, at most so many UTF-16 units, without a space at its end.
fn kapad(text: &str, langst: usize) -> &str {
    let mut langd = 0;
    let slut = text.char_indices().find_map(|(plats, tecken)| {
        langd += tecken.len_utf16();
        (langd > langst).then_some(plats)
    });
    let kapad = slut.and_then(|slut| text.get(..slut)).unwrap_or(text);
    kapad.trim_end()
}

fn egenskaper(dokument: &Dokument) -> Result<DocProperties, XlsxError> {
    let skapad = ExcelDateTime::from_timestamp(dokument.skapad.as_second())?;
    let amne = dokument
        .markning
        .as_deref()
        .unwrap_or(&dokument.underrubrik);
    Ok(DocProperties::new()
        .set_title(dokument.titel.as_str())
        .set_subject(amne)
        .set_author(dokument.organisation.as_str())
        .set_company(dokument.organisation.as_str())
        .set_keywords(dokument.nyckelord.join(", "))
        .set_comment(format!("Utfall, {}", dokument.mallversion))
        .set_creation_datetime(&skapad)
        .set_custom_property("Language", dokument.sprak.as_str())
        .set_custom_property("Identifier", dokument.ident.as_str()))
}

/// What must stand on every sheet: the mark, the title and who answers for it.
fn huvudrad(dokument: &Dokument) -> String {
    let delar = dokument.markning.iter();
    delar
        .chain([&dokument.titel, &dokument.organisation])
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests;
