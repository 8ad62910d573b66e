//! Reports put together of figures: to the board, to those who decide, in the annual accounts.
//!
//! [`Sammanstallning`] is the whole input, frozen when the report is issued; its document is a
//! pure function of it. Every figure is a [`Siffra`] that leads to its derivation. What is counted
//! of figures beside each other in a row (a difference, a share) is not kept but counted when the
//! document is made.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::aterrapport::{Bakom, Fritext, Siffra, Siffrenhet, absolut, fritext, saknas, upplagt};
use super::modell::{
    Besked, Beskedsslag, Block, Dokument, Faktarad, Faktaruta, Kolumn, Rad, Radslag, Rubrik,
    Tabell, Text, Underskrift,
};
use super::rakning::{Kolumnrakning, Led};
use crate::rapporter::Rapportslag;
use crate::tid::i_ord;
use crate::varde::Varde;

/// The template's name and version; see [`Dokument::mallversion`].
pub const MALL: &str = "sammanstallning-2";

/// Everything a report says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sammanstallning {
    /// What it is, and about what.
    pub slag: Rapportslag,
    /// What identifies the report for ever.
    pub ident: String,
    /// A mark every page must carry.
    pub markning: Option<String>,
    /// Whose books.
    pub huvudman: String,
    /// Its title.
    pub titel: String,
    /// The line under it.
    pub underrubrik: String,
    /// What it is, as names and values.
    pub fakta: Vec<(String, Vec<Ord>)>,
    /// The content, in reading order.
    pub delar: Vec<Del>,
    /// The chapters that were written, by field name, as they were written.
    pub texter: Vec<(String, String)>,
    /// Figures are those registered up to and including this day.
    pub per_dag: Date,
    /// The date printed on the report.
    pub datum: Date,
    /// The instant written into the files.
    pub skapad: Timestamp,
    /// Who signs; may be empty.
    pub underskrifter: Vec<Underskrift>,
    /// The address that paths are joined to.
    pub adress: String,
    /// The rows behind the figures; `None` in drafts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bakom: Option<Bakom>,
}

/// A piece of content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "del", rename_all = "snake_case")]
pub enum Del {
    /// A heading of level 1 or 2.
    Rubrik {
        /// 1 or 2.
        niva: u8,
        /// Its text.
        text: String,
        /// What leads to it: `[a-z0-9-]`.
        ankare: String,
    },
    /// A paragraph.
    Stycke {
        /// Its words and figures.
        ord: Vec<Ord>,
    },
    /// Points.
    Lista {
        /// One each.
        punkter: Vec<Vec<Ord>>,
    },
    /// What somebody has written.
    Fritext {
        /// The text.
        stycken: Fritext,
        /// It is asked for: that nobody has written it is said.
        kravs: bool,
    },
    /// A table of figures.
    Tabell(Siffertabell),
    /// Something to look at.
    Besked {
        /// How serious.
        allvar: Beskedsslag,
        /// What.
        ord: Vec<Ord>,
    },
    /// What follows starts on a new page.
    NySida,
}

/// Words or a figure within a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ord {
    /// Words.
    Text(String),
    /// Words with weight.
    Stark(String),
    /// A figure with its unit.
    Siffra(Siffra),
    /// Words that lead somewhere.
    Lank {
        /// The words.
        text: String,
        /// A path from `/`, or a whole address.
        url: String,
    },
}

/// A table of figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Siffertabell {
    /// The caption: what is counted, and in which unit.
    pub rubrik: String,
    /// The columns; the first is that of the row headings.
    pub kolumner: Vec<Kolumn>,
    /// The rows.
    pub rader: Vec<Sifferrad>,
    /// What a reader must know; may be empty.
    pub not: String,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sifferrad {
    /// What part it plays.
    pub slag: Radslag,
    /// The row heading.
    pub namn: String,
    /// One for each column but the first.
    pub celler: Vec<Siffercell>,
    /// How it counts in the sum under it.
    #[serde(default, skip_serializing_if = "Led::ar_plus")]
    pub led: Led,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Siffercell {
    /// A figure of the books.
    Siffra(Siffra),
    /// Words.
    Text(String),
    /// What the column is of the other cells in the row.
    Raknad,
    /// The sum of the rows above, since the last heading or sum. Only what is added in one unit.
    Summerad,
}

/// A figure with where it stands: for who compares a report with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stalle<'a> {
    /// `Per insats: Lotsen, Budget`.
    pub var: String,
    /// The figure.
    pub siffra: &'a Siffra,
}

/// Every figure that parts print, with where: under the heading they stand, the first under
/// `under`.
#[must_use]
pub fn stallen<'a>(under: &str, delar: &'a [Del]) -> Vec<Stalle<'a>> {
    let mut ut = Vec::new();
    let mut under = under.to_owned();
    for del in delar {
        match del {
            Del::Rubrik { text, .. } => under.clone_from(text),
            Del::Stycke { ord } | Del::Besked { ord, .. } => i_ord_av(&under, ord, &mut ut),
            Del::Lista { punkter } => {
                punkter
                    .iter()
                    .for_each(|ord| i_ord_av(&under, ord, &mut ut));
            }
            Del::Tabell(tabell) => tabell.stallen(&under, &mut ut),
            Del::Fritext { .. } | Del::NySida => {}
        }
    }
    ut
}

impl Sammanstallning {
    /// Every figure it prints, with where.
    #[must_use]
    pub fn stallen(&self) -> Vec<Stalle<'_>> {
        let mut ut = Vec::new();
        for (namn, ord) in &self.fakta {
            i_ord_av(namn, ord, &mut ut);
        }
        ut.extend(stallen(&self.titel, &self.delar));
        ut
    }

    /// What somebody wrote in a chapter.
    #[must_use]
    pub fn text(&self, namn: &str) -> &str {
        let funnen = self.texter.iter().find(|(n, _)| n == namn);
        funnen.map_or("", |(_, text)| text)
    }

    /// The report as a document.
    #[must_use]
    pub fn dokument(&self) -> Dokument {
        let mut block = vec![self.faktaruta()];
        for del in &self.delar {
            block.extend(som_block(del, &self.adress));
        }
        block.extend(self.tillkomst());
        Dokument {
            mallversion: MALL.to_owned(),
            titel: self.titel.clone(),
            underrubrik: self.underrubrik.clone(),
            sprak: "sv-SE".to_owned(),
            organisation: self.huvudman.clone(),
            datum: self.datum,
            skapad: self.skapad,
            ident: self.ident.clone(),
            nyckelord: vec![self.slag.text().to_lowercase()],
            markning: self.markning.clone(),
            block,
        }
    }

    fn faktaruta(&self) -> Block {
        let rad = |(namn, ord): &(String, Vec<Ord>)| Faktarad {
            namn: namn.clone(),
            varde: orden(ord, &self.adress),
        };
        Block::Faktaruta(Faktaruta {
            rubrik: "Om rapporten".to_owned(),
            rader: self.fakta.iter().map(rad).collect(),
        })
    }

    fn tillkomst(&self) -> Vec<Block> {
        let harledning = match self.bakom {
            Some(_) => "raderna bakom, som de var när rapporten utfärdades",
            None => "raderna bakom och vem som registrerade dem",
        };
        let text = format!(
            "Talen är de som var registrerade till och med {}. Varje tal är en länk till sin \
             härledning: formeln och {harledning}. Okänt, ej beslutat och ej inrapporterat är \
             inte noll och skrivs därför ut med egna tecken.",
            i_ord(self.per_dag)
        );
        let rubrik = |text: &str, ankare: &str| {
            Block::Rubrik(Rubrik {
                niva: 1,
                text: text.to_owned(),
                ankare: ankare.to_owned(),
            })
        };
        let mut block = vec![
            rubrik("Så är rapporten gjord", "tillkomst"),
            Block::Stycke {
                text: vec![Text::ren(text)],
            },
        ];
        if !self.underskrifter.is_empty() {
            block.push(rubrik("Underskrift", "underskrift"));
            block.push(Block::Underskrifter {
                namn: self.underskrifter.clone(),
            });
        }
        block
    }

    /// An address of the installation as a whole one.
    #[must_use]
    pub fn absolut(&self, vag: &str) -> String {
        absolut(&self.adress, vag)
    }
}

fn i_ord_av<'a>(var: &str, ord: &'a [Ord], ut: &mut Vec<Stalle<'a>>) {
    let siffror = ord.iter().filter_map(|del| match del {
        Ord::Siffra(siffra) => Some(siffra),
        Ord::Text(_) | Ord::Stark(_) | Ord::Lank { .. } => None,
    });
    ut.extend(siffror.map(|siffra| Stalle {
        var: var.to_owned(),
        siffra,
    }));
}

impl Siffertabell {
    fn stallen<'a>(&'a self, under: &str, ut: &mut Vec<Stalle<'a>>) {
        for rad in &self.rader {
            for (nr, cell) in (1..).zip(&rad.celler) {
                let Siffercell::Siffra(siffra) = cell else {
                    continue;
                };
                let kolumn = self.kolumner.get(nr).map_or("", |k| &k.rubrik);
                ut.push(Stalle {
                    var: format!("{under}: {}, {kolumn}", rad.namn),
                    siffra,
                });
            }
        }
    }
}

fn orden(ord: &[Ord], adress: &str) -> Vec<Text> {
    let mut ut = Vec::new();
    for del in ord {
        match del {
            Ord::Text(text) => ut.push(Text::ren(text.clone())),
            Ord::Stark(text) => ut.push(Text::stark(text.clone())),
            Ord::Siffra(siffra) => ut.extend(siffra.med_enhet(adress)),
            Ord::Lank { text, url } => {
                ut.push(Text::lank(text.clone(), absolut(adress, url)));
            }
        }
    }
    ut
}

/// A part as blocks, its addresses joined to `adress`.
pub(super) fn som_block(del: &Del, adress: &str) -> Vec<Block> {
    match del {
        Del::Rubrik { niva, text, ankare } => vec![Block::Rubrik(Rubrik {
            niva: *niva,
            text: text.clone(),
            ankare: ankare.clone(),
        })],
        Del::Stycke { ord } => vec![Block::Stycke {
            text: orden(ord, adress),
        }],
        Del::Lista { punkter } => vec![Block::Lista {
            numrerad: false,
            punkter: punkter.iter().map(|ord| orden(ord, adress)).collect(),
        }],
        Del::Fritext { stycken, kravs } => match (upplagt(stycken), kravs) {
            (skrivet, true) if skrivet.is_empty() => vec![saknas()],
            (_, false) => fritext(stycken),
            (skrivet, true) => skrivet,
        },
        Del::Tabell(tabell) => vec![Block::Tabell(satt(tabell, adress))],
        Del::Besked { allvar, ord } => vec![Block::Besked(Besked {
            slag: *allvar,
            text: orden(ord, adress),
        })],
        Del::NySida => vec![Block::Sidbrytning],
    }
}

fn satt(tabell: &Siffertabell, adress: &str) -> Tabell {
    Tabell {
        rubrik: tabell.rubrik.clone(),
        kolumner: tabell.kolumner.clone(),
        rader: (0..)
            .zip(&tabell.rader)
            .map(|(plats, rad)| Rad {
                slag: rad.slag,
                rubrik: vec![Text::ren(rad.namn.clone())],
                celler: (1..)
                    .zip(&rad.celler)
                    .map(|(nr, cell)| match cell {
                        Siffercell::Siffra(siffra) => vec![siffra.text(adress)],
                        Siffercell::Text(text) => vec![Text::ren(text.clone())],
                        Siffercell::Raknad => {
                            let kolumn = tabell.kolumner.get(nr);
                            raknad(tabell, (plats, rad), kolumn.and_then(|k| k.rakning))
                        }
                        Siffercell::Summerad => match summerad(tabell, plats, nr) {
                            Some((enhet, varde)) => vec![skrivet(enhet, varde)],
                            None => streck(),
                        },
                    })
                    .collect(),
                led: rad.led,
            })
            .collect(),
        not: match tabell.not.as_str() {
            "" => Vec::new(),
            not => vec![Text::ren(not)],
        },
    }
}

fn streck() -> Vec<Text> {
    vec![Text::ren("\u{2013}")]
}

fn skrivet(enhet: Siffrenhet, varde: Varde) -> Text {
    match enhet {
        Siffrenhet::Ore => Text::ore(varde, None),
        Siffrenhet::Personer | Siffrenhet::Antal => Text::antal(varde, None),
    }
}

/// A figure of a row, in a column counted from 1: of the books, or a sum of rows.
fn i_cellen(tabell: &Siffertabell, rad: usize, kolumn: usize) -> Option<(Siffrenhet, Varde)> {
    let celler = &tabell.rader.get(rad)?.celler;
    match celler.get(kolumn.checked_sub(1)?)? {
        Siffercell::Siffra(siffra) => Some((siffra.enhet, siffra.varde)),
        Siffercell::Summerad => summerad(tabell, rad, kolumn),
        _ => None,
    }
}

/// The sum of the data rows above a row since the last heading or sum: the sign of what is
/// missing, where a part of it is.
fn summerad(tabell: &Siffertabell, rad: usize, kolumn: usize) -> Option<(Siffrenhet, Varde)> {
    let ovan = tabell.rader.get(..rad)?;
    let forsta = ovan
        .iter()
        .rposition(|r| r.slag != Radslag::Vanlig)
        .map_or(0, |nr| nr.saturating_add(1));
    let mut ut: Option<(Siffrenhet, Varde)> = None;
    for nr in forsta..rad {
        let Some((enhet, varde)) = i_cellen(tabell, nr, kolumn) else {
            continue;
        };
        ut = Some(match ut {
            None => (enhet, varde),
            Some((forra, _)) if forra != enhet => return None,
            Some((_, hittills)) => match (hittills.kant(), varde.kant()) {
                (Some(a), Some(b)) => (enhet, Varde::Kant(a.checked_add(b)?)),
                (Some(_), None) => (enhet, varde),
                (None, _) => (enhet, hittills),
            },
        });
    }
    ut
}

/// What a column is of the figures beside it: the sign of what is missing, where something is.
fn raknad(
    tabell: &Siffertabell,
    (plats, rad): (usize, &Sifferrad),
    rakning: Option<Kolumnrakning>,
) -> Vec<Text> {
    let (Some(Kolumnrakning::Skillnad { fran: a, minus: b })
    | Some(Kolumnrakning::Andel { del: a, av: b })) = rakning
    else {
        return streck();
    };
    // A difference may itself be a part of the whole.
    let tal = |kolumn: usize| match i_cellen(tabell, plats, kolumn) {
        Some(tal) => Some(tal),
        None => skillnad(tabell, (plats, rad), kolumn),
    };
    let (Some((enhet, a)), Some((_, b))) = (tal(a), tal(b)) else {
        return streck();
    };
    let (Some(ena), Some(andra)) = (a.kant(), b.kant()) else {
        let saknas = [a, b].into_iter().find(|v| v.kant().is_none());
        return vec![Text::antal(saknas.unwrap_or(Varde::Okant), None)];
    };
    match rakning {
        Some(Kolumnrakning::Andel { .. }) => {
            Text::andel(ena, andra).map_or_else(streck, |text| vec![text])
        }
        _ => ena
            .checked_sub(andra)
            .map_or_else(streck, |tal| vec![skrivet(enhet, Varde::Kant(tal))]),
    }
}

/// A counted difference of a row, as a number.
fn skillnad(
    tabell: &Siffertabell,
    (plats, rad): (usize, &Sifferrad),
    kolumn: usize,
) -> Option<(Siffrenhet, Varde)> {
    let cell = rad.celler.get(kolumn.checked_sub(1)?)?;
    let Some(Kolumnrakning::Skillnad { fran, minus }) = tabell.kolumner.get(kolumn)?.rakning else {
        return None;
    };
    if *cell != Siffercell::Raknad {
        return None;
    }
    let (enhet, fran) = i_cellen(tabell, plats, fran)?;
    let (_, minus) = i_cellen(tabell, plats, minus)?;
    let varde = match (fran.kant(), minus.kant()) {
        (Some(a), Some(b)) => Varde::Kant(a.checked_sub(b)?),
        (None, _) => fran,
        (_, None) => minus,
    };
    Some((enhet, varde))
}

#[cfg(test)]
mod tests;
