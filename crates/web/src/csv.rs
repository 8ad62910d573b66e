//! Tables as CSV: the only place that writes it.
//!
//! A file is made of the very table the page shows, so that the two cannot differ: the same
//! rows in the same order, and figures that come from the register of measures. Semicolons,
//! UTF-8 with a byte order mark, CRLF and decimal commas, as Swedish spreadsheets read it.
//!
//! A column of figures becomes two: the bare number, and in words what a number cannot say
//! (`noll`, `okänt`, `ej beslutat`, `ej inrapporterat`, `sekretess`, `känd del`, `ej beslutat
//! ingår inte`). Text that a spreadsheet would run as a formula gets an apostrophe before it;
//! numbers stay numbers.

use crate::svar::{Fel, Svar};
use csv::{Terminator, WriterBuilder};
use jiff::civil::Date;
use utfall_vyer::komponent::{Bit, Text};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::TalVy;

const TYP: &str = "text/csv; charset=utf-8";
/// Without it Excel reads å, ä and ö as something else.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A file with these tables, which share their columns. The name tells what it is and the day
/// the figures are from.
///
/// # Errors
/// A fault in the program, when it cannot be written.
pub fn svar(namn: &str, dag: Date, tabeller: &[(&str, &Tabell)]) -> Result<Svar, Fel> {
    let bytes = skriv(tabeller).map_err(|fel| Fel::internt(&fel))?;
    Ok(Svar::fil(TYP, &format!("{namn}-{dag}.csv"), bytes))
}

fn skriv(tabeller: &[(&str, &Tabell)]) -> Result<Vec<u8>, csv::Error> {
    let mut ut = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(BOM.to_vec());
    let flera = tabeller.len() > 1;
    let kolumner = tabeller.first().map_or_else(Vec::new, |(_, t)| platt(t));
    let grupper = tabeller
        .iter()
        .any(|(_, t)| t.grupper.iter().any(|g| !g.rubrik.is_empty()));
    ut.write_record(huvud(&kolumner, flera, grupper))?;
    for (namn, tabell) in tabeller {
        for grupp in &tabell.grupper {
            for rad in &grupp.rader {
                let mut falt = Vec::new();
                if flera {
                    falt.push(ofarlig(namn));
                }
                if grupper {
                    falt.push(ofarlig(&grupp.rubrik));
                }
                falt.push(slag(rad).to_owned());
                falt.extend(celler(rad, &kolumner));
                ut.write_record(falt)?;
            }
        }
    }
    ut.into_inner().map_err(|fel| fel.into_error().into())
}

/// The columns of the body, each with the headings above it.
fn platt(tabell: &Tabell) -> Vec<Kolumn> {
    let mut ut: Vec<Kolumn> = Vec::new();
    let mut under = tabell.huvud.get(1).into_iter().flatten();
    for k in tabell.huvud.first().into_iter().flatten() {
        let egna = tabell.huvud.len() > 1 && k.hojd < 2;
        if !egna {
            ut.push(k.clone());
            continue;
        }
        for mindre in under.by_ref().take(k.bredd) {
            let mut hel = mindre.clone();
            hel.rubrik = format!("{}, {}", k.rubrik, mindre.rubrik);
            ut.push(hel);
        }
    }
    ut
}

fn huvud(kolumner: &[Kolumn], flera: bool, grupper: bool) -> Vec<String> {
    let mut ut = Vec::new();
    if flera {
        ut.push("Tabell".to_owned());
    }
    if grupper {
        ut.push("Grupp".to_owned());
    }
    ut.push("Rad".to_owned());
    for k in kolumner {
        let rubrik = k.rubrik.lines().collect::<Vec<_>>().join(", ");
        if !k.tal {
            ut.push(ofarlig(&rubrik));
            continue;
        }
        let med_enhet = if k.enhet.is_empty() {
            rubrik.clone()
        } else {
            format!("{rubrik} ({})", k.enhet)
        };
        ut.extend([
            ofarlig(&med_enhet),
            ofarlig(&format!("{rubrik}, anmärkning")),
        ]);
    }
    ut
}

/// What a row is: sums are told from what they are sums of.
const fn slag(rad: &Rad) -> &'static str {
    match rad.slag {
        RadSlag::Vanlig => "rad",
        RadSlag::Delsumma => "delsumma",
        RadSlag::Summa => "summa",
        RadSlag::Ersatt => "ersatt",
    }
}

fn celler(rad: &Rad, kolumner: &[Kolumn]) -> Vec<String> {
    let mut ut = Vec::new();
    let mut kolumn = kolumner.iter();
    for cell in &rad.celler {
        let bredd = match cell {
            Cell::Bred(_, bredd) => *bredd,
            _ => 1,
        };
        for (nr, k) in kolumn.by_ref().take(bredd).enumerate() {
            if nr > 0 {
                ut.push(String::new());
            } else if k.tal {
                let (tal, ord) = talfalt(cell);
                ut.extend([tal, ord]);
            } else {
                ut.push(ofarlig(&i_ord(cell)));
            }
        }
    }
    ut
}

/// The number and what is to be said of it.
fn talfalt(cell: &Cell) -> (String, String) {
    match cell {
        Cell::Tal(tal) => talet(tal),
        Cell::TalMedLage(tal, lage) => {
            let (tal, ord) = talet(tal);
            let ord = [ord, lage.ord.to_lowercase()];
            let ord: Vec<String> = ord.into_iter().filter(|o| !o.is_empty()).collect();
            (tal, ord.join(", "))
        }
        annat => {
            let text = i_ord(annat);
            bart(&text).map_or_else(
                || (String::new(), ofarlig(&text)),
                |tal| (tal, String::new()),
            )
        }
    }
}

fn talet(tal: &TalVy) -> (String, String) {
    let ord = tal.tecken.map_or("", |t| t.ord());
    if let Some(kand) = &tal.kand_del {
        return (bart(kand).unwrap_or_default(), format!("{ord}, känd del"));
    }
    match bart(&tal.text) {
        Some(siffror) => (siffror, tal.forbehall().unwrap_or_else(|| ord.to_owned())),
        None => (
            String::new(),
            if ord.is_empty() {
                ofarlig(&tal.text)
            } else {
                ord.to_owned()
            },
        ),
    }
}

/// `−1 234,50` as `-1234,50`; `None` for what is no number.
fn bart(text: &str) -> Option<String> {
    let mut ut = String::new();
    for (plats, tecken) in text.chars().enumerate() {
        match tecken {
            '\u{a0}' | ' ' => {}
            '\u{2212}' | '-' if plats == 0 => ut.push('-'),
            '+' if plats == 0 => {}
            c if c.is_ascii_digit() || c == ',' => ut.push(c),
            _ => return None,
        }
    }
    ut.chars().any(|c| c.is_ascii_digit()).then_some(ut)
}

/// A cell in words.
fn i_ord(cell: &Cell) -> String {
    match cell {
        Cell::Rubrik(r) => r.text.clone(),
        Cell::Tal(t) | Cell::TalMedLage(t, _) => t.text.clone(),
        Cell::Text(text) => text_i_ord(text),
        Cell::Kort(text, _) | Cell::Bred(text, _) => text.clone(),
        Cell::Lage(lage) => lage.ord.clone(),
        Cell::LageLank(lage, lank) => format!("{} {}", lage.ord, lank.text),
        Cell::Lank(lank) => lank.text.clone(),
        Cell::Falt(falt) => falt.varde.clone(),
        Cell::Raknad(r) => r.tal.text.clone(),
    }
}

fn text_i_ord(text: &Text) -> String {
    text.bitar
        .iter()
        .map(|bit| match bit {
            Bit::Ord(ord) => ord.clone(),
            Bit::Tal(tal) => tal.text.clone(),
            Bit::Lank(lank) => match &lank.dold {
                Some(dold) => format!("{dold}, {}", lank.text),
                None => lank.text.clone(),
            },
        })
        .collect()
}

/// Text that no spreadsheet takes for a formula: one that begins as a formula does, also
/// after blanks, gets an apostrophe first. Hard spaces become plain ones.
fn ofarlig(text: &str) -> String {
    let rent = text.replace('\u{a0}', " ");
    let farlig = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let forst = rent.trim_start().starts_with(farlig);
    if forst || rent.starts_with(['\t', '\r', '\n']) {
        return format!("'{rent}");
    }
    rent
}

#[cfg(test)]
mod tests;
