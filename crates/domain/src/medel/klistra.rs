//! What is pasted from a spreadsheet: a block of cells, the amounts in them, and where in the
//! table they belong.
//!
//! The page's script does the same in the browser (`vyer/static/rutnat.js`); both are held to
//! `klistra/fixturer.json`, so that a form with and without scripts reads a block alike.

use crate::pengar::{Belopp, BeloppFel, Enhet, MINUS, NBSP, Ore};
use serde::{Deserialize, Serialize};

/// The most cells that are read.
pub const FLEST: usize = 20_000;

/// Rows of cells, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block(pub Vec<Vec<String>>);

/// Why a cell holds no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum CellFel {
    /// No number at all.
    #[error("inget tal")]
    IngetTal,
    /// A word after the number that is no unit of money.
    #[error("enheten är inte kr, tkr eller Mkr")]
    Enhet,
    /// Digits that do not form a number.
    #[error("talet är felskrivet")]
    Felskrivet,
    /// More decimals than there are öre.
    #[error("fler decimaler än ören")]
    Decimaler,
    /// Larger than the books can hold.
    #[error("för stort")]
    ForStort,
}

impl From<BeloppFel> for CellFel {
    fn from(fel: BeloppFel) -> Self {
        match fel {
            BeloppFel::IngetTal => Self::IngetTal,
            BeloppFel::Enhet => Self::Enhet,
            BeloppFel::Felskrivet => Self::Felskrivet,
            BeloppFel::Decimaler => Self::Decimaler,
            BeloppFel::ForStort => Self::ForStort,
        }
    }
}

impl Block {
    /// Reads tab-separated text as Excel and LibreOffice put it on the clipboard: any line
    /// break, a last line break that ends nothing, and cells in quotation marks with line
    /// breaks and doubled quotation marks inside. A quotation mark that is never closed is a
    /// character like any other. Empty rows at the end are left out.
    #[must_use]
    pub fn las(text: &str) -> Self {
        let mut rader: Vec<Vec<String>> = Vec::new();
        let mut rad: Vec<String> = Vec::new();
        let mut antal = 0_usize;
        let mut rest = text;
        while antal < FLEST {
            let (cell, slut, efter) = en_cell(rest);
            rad.push(cell);
            antal = antal.saturating_add(1);
            rest = efter;
            match slut {
                Slut::Tabb => {}
                Slut::Rad => rader.push(std::mem::take(&mut rad)),
                Slut::Text => break,
            }
        }
        rader.push(rad);
        while rader
            .last()
            .is_some_and(|r| r.iter().all(|c| rent(c).is_empty()))
        {
            rader.pop();
        }
        Self(rader)
    }

    /// Columns of the widest row.
    #[must_use]
    pub fn bredd(&self) -> usize {
        self.0.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// What ends a cell.
enum Slut {
    Tabb,
    Rad,
    Text,
}

fn en_cell(text: &str) -> (String, Slut, &str) {
    let (mut cell, kvar) = match text.strip_prefix('"').and_then(citat) {
        Some((inne, efter)) => (inne, efter),
        None => (String::new(), text),
    };
    let Some(plats) = kvar.find(['\t', '\n', '\r']) else {
        cell.push_str(kvar);
        return (cell, Slut::Text, "");
    };
    let (mer, efter) = kvar.split_at_checked(plats).unwrap_or((kvar, ""));
    cell.push_str(mer);
    if let Some(efter) = efter.strip_prefix('\t') {
        return (cell, Slut::Tabb, efter);
    }
    let efter = efter
        .strip_prefix("\r\n")
        .or_else(|| efter.strip_prefix(['\n', '\r']))
        .unwrap_or("");
    (cell, Slut::Rad, efter)
}

/// What stands before the closing quotation mark and after it; `None` when it is never closed
/// before the cell must end.
fn citat(text: &str) -> Option<(String, &str)> {
    let mut ut = String::new();
    let mut rest = text;
    loop {
        let (fore, efter) = rest.split_once('"')?;
        ut.push_str(fore);
        if let Some(mer) = efter.strip_prefix('"') {
            ut.push('"');
            rest = mer;
        } else if efter.is_empty() || efter.starts_with(['\t', '\n', '\r']) {
            return Some((ut, efter));
        } else {
            return None;
        }
    }
}

/// Without spaces around, of whatever kind, and on one line.
fn rent(text: &str) -> String {
    let rader = text.replace(['\n', '\r', '\t'], " ");
    rader
        .replace('\u{2007}', "\u{a0}")
        .trim_matches(|c: char| c.is_whitespace() || c == NBSP || c == '\u{feff}')
        .to_owned()
}

/// The amount in a cell, in öre; `None` for an empty cell and for the lone dash that
/// spreadsheets print for nothing. A bare number is in `enhet`; `kr`, `tkr` and `Mkr` after it
/// say their own. A minus sign stands before or after, or the number is in parentheses.
///
/// # Errors
/// [`CellFel`] names what is wrong; nothing is guessed.
pub fn belopp(text: &str, enhet: Enhet) -> Result<Option<Ore>, CellFel> {
    let text = rent(text);
    if matches!(
        text.as_str(),
        "" | "-" | "\u{2013}" | "\u{2014}" | "\u{2212}"
    ) {
        return Ok(None);
    }
    let (inom, parentes) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inom) => (rent(inom), true),
        None => (text, false),
    };
    let utan = inom
        .strip_prefix("kr ")
        .or_else(|| inom.strip_prefix("SEK "))
        .map_or_else(|| inom.clone(), rent);
    let slut = utan
        .char_indices()
        .rfind(|(_, c)| c.is_ascii_digit())
        .map(|(i, _)| i.saturating_add(1))
        .ok_or(CellFel::IngetTal)?;
    let (tal, efter) = utan.split_at_checked(slut).ok_or(CellFel::IngetTal)?;
    let efter = rent(efter);
    let minus_sist = efter.starts_with(['-', MINUS, '\u{2013}']);
    let ord = if minus_sist {
        rent(efter.trim_start_matches(['-', MINUS, '\u{2013}']))
    } else {
        efter
    };
    let las = if ord.is_empty() {
        Belopp::las_tal(tal, enhet)?
    } else {
        Belopp::las(&format!("{tal} {ord}"))?
    };
    match (las.ore, parentes || minus_sist) {
        (ore, false) => Ok(Some(ore)),
        // Minus twice is not a way to write an amount.
        (ore, true) if ore < Ore::NOLL || (parentes && minus_sist) => Err(CellFel::Felskrivet),
        (ore, true) => Ok(Some(Ore(ore.0.saturating_neg()))),
    }
}

/// A cell of the table, from the top left: row and column.
pub type Plats = (usize, usize);

/// A cell of the block that got no place in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// Row and column of the block.
    pub plats: Plats,
    /// What stands in it.
    pub text: String,
    /// Why.
    pub skal: OverSkal,
}

/// Why a cell got no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverSkal {
    /// Below the last row or right of the last column.
    Utanfor,
    /// Its row begins with a name that the table has no row for.
    OkandRad,
}

/// Where the cells of a block belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placering {
    /// Cells with a place, as text.
    pub celler: Vec<(Plats, String)>,
    /// Cells without one.
    pub over: Vec<Over>,
    /// Every cell has a place and holds an amount or nothing, and no heading was passed over:
    /// nothing to ask about.
    pub rakt: bool,
}

/// Places a block in a table whose rows and columns have these names, its first amount at
/// `fran`. A first row that repeats the columns' names, or holds words only, is a heading, and
/// a first column of words is the rows' names; where they are the table's own names, they
/// decide the place.
#[must_use]
pub fn placera(
    block: &Block,
    (radnamn, kolumnnamn): (&[&str], &[&str]),
    fran: Plats,
    enhet: Enhet,
) -> Placering {
    let ar_ord = |c: &str| !rent(c).is_empty() && belopp(c, enhet).is_err();
    let huvud = huvudrad(block, kolumnnamn, &ar_ord);
    let rader = || block.0.iter().enumerate().skip(usize::from(huvud));
    let etiketter = block.bredd() > 1
        && rader().next().is_some()
        && rader().all(|(_, r)| r.first().is_some_and(|c| ar_ord(c)));
    let forsta = usize::from(etiketter);
    let hitta = |namnen: &[&str], text: &str| {
        let sokt = jamforbart(text);
        namnen.iter().position(|n| jamforbart(n) == sokt)
    };
    let egna_rader =
        etiketter && rader().any(|(_, r)| r.first().is_some_and(|c| hitta(radnamn, c).is_some()));
    let rubriker = block.0.first().filter(|_| huvud);
    let kolumn = |k: usize| match rubriker {
        Some(r) if r.iter().any(|c| hitta(kolumnnamn, c).is_some()) => {
            r.get(k).and_then(|c| hitta(kolumnnamn, c))
        }
        _ => k.checked_sub(forsta).and_then(|k| k.checked_add(fran.1)),
    };
    let mut ut = Placering::default();
    let mut alla_tal = true;
    for (nr, (r, rad)) in rader().enumerate() {
        let till = if egna_rader {
            rad.first().and_then(|c| hitta(radnamn, c))
        } else {
            nr.checked_add(fran.0)
        };
        for (k, text) in rad.iter().enumerate().skip(forsta) {
            let plats = till.zip(kolumn(k));
            match plats.filter(|(r, k)| *r < radnamn.len() && *k < kolumnnamn.len()) {
                Some(plats) => {
                    alla_tal &= !ar_ord(text);
                    ut.celler.push((plats, rent(text)));
                }
                None if rent(text).is_empty() => {}
                None => ut.over.push(Over {
                    plats: (r, k),
                    text: rent(text),
                    skal: if till.is_none() {
                        OverSkal::OkandRad
                    } else {
                        OverSkal::Utanfor
                    },
                }),
            }
        }
    }
    ut.rakt = alla_tal && ut.over.is_empty() && !huvud && !etiketter;
    ut
}

/// Is the first row a heading: the columns' own names, or words alone with rows below?
fn huvudrad(block: &Block, kolumnnamn: &[&str], ar_ord: &impl Fn(&str) -> bool) -> bool {
    let Some((forsta, resten)) = block.0.split_first() else {
        return false;
    };
    let fyllda: Vec<&String> = forsta.iter().filter(|c| !rent(c).is_empty()).collect();
    let namn = |c: &&String| kolumnnamn.iter().any(|n| jamforbart(n) == jamforbart(c));
    // Some of the columns' names, and otherwise words: "Insats", "2021", "2022", "Summa".
    let upprepar = fyllda.iter().any(namn) && fyllda.iter().all(|c| namn(c) || ar_ord(c));
    !resten.is_empty() && !fyllda.is_empty() && (upprepar || fyllda.iter().all(|c| ar_ord(c)))
}

/// A name without regard to case and spaces.
fn jamforbart(text: &str) -> String {
    let ord: Vec<String> = rent(text)
        .replace(NBSP, " ")
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    ord.join(" ")
}

#[cfg(test)]
mod tests;
