//! The block model.

use icu_normalizer::ComposingNormalizerBorrowed;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::diagram::Staplar;
use super::rakning::{Exakt, Kolumnrakning, Led};
use crate::pengar::{Ore, heltal};
use crate::varde::{Tecken, Varde};

/// A whole document, ready to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dokument {
    /// Which template wrote it, with version: `aterrapport-1`. A new wording is a new version,
    /// so that a frozen input can be set again by the template that first set it.
    pub mallversion: String,
    /// The title, set first and kept in the file's metadata.
    pub titel: String,
    /// A line under the title; may be empty.
    pub underrubrik: String,
    /// Language as a BCP 47 tag: `sv-SE`.
    pub sprak: String,
    /// Who answers for the document; stands in the running head.
    pub organisation: String,
    /// The date printed on the document.
    pub datum: Date,
    /// The instant written into the file's metadata. Passed in, so that bytes repeat.
    pub skapad: Timestamp,
    /// What identifies the document for ever, for example `rapport-17`. Hashed into the PDF.
    pub ident: String,
    /// Words for the file's metadata.
    pub nyckelord: Vec<String>,
    /// A mark that every page must carry, such as "Påhittade uppgifter" or "Utkast".
    pub markning: Option<String>,
    /// The content, in reading order.
    pub block: Vec<Block>,
}

/// One piece of content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "slag", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Rubrik(Rubrik),
    /// A paragraph.
    Stycke {
        /// Its text.
        text: Vec<Text>,
    },
    /// A list of points.
    Lista {
        /// Numbered instead of marked with a dash.
        numrerad: bool,
        /// The points; each is one paragraph.
        punkter: Vec<Vec<Text>>,
    },
    /// A table.
    Tabell(Tabell),
    /// A figure with the table that holds the same numbers.
    Figur(Figur),
    /// A notice that stands out from the text.
    Besked(Besked),
    /// Facts as label and value.
    Faktaruta(Faktaruta),
    /// The table of contents, made from the headings of levels 1 and 2.
    Innehall {
        /// Its heading. It is not one of the headings it lists.
        rubrik: String,
    },
    /// Lines to sign on.
    Underskrifter {
        /// Who signs.
        namn: Vec<Underskrift>,
    },
    /// What follows starts on a new page, where there are pages.
    Sidbrytning,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rubrik {
    /// 1 is the highest under the title; at most 4.
    pub niva: u8,
    /// Its text.
    pub text: String,
    /// What a link `#ankare` within the document leads to; unique, `[a-z0-9-]`, a letter first.
    pub ankare: String,
}

/// Text within a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "slag", rename_all = "snake_case")]
pub enum Text {
    /// Text as it is.
    Ren {
        /// The text.
        text: String,
    },
    /// Text with weight.
    Stark {
        /// The text.
        text: String,
    },
    /// A link.
    Lank {
        /// The words to follow.
        text: String,
        /// `https:`, `http:`, `mailto:` or `#ankare`.
        url: String,
    },
    /// A figure or the sign that stands in its place.
    Tal(Tal),
}

/// A figure as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tal {
    /// Digits with U+00A0 between thousands and U+2212 as minus, or the word for the sign.
    pub text: String,
    /// Why there is no number; `None` when `text` is one.
    pub tecken: Option<Tecken>,
    /// Where the figure explains itself, as an absolute address.
    pub url: Option<String>,
    /// Of a sum with a missing part, what is known: printed after the sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kand_del: Option<String>,
    /// The number itself, for those who calculate with it; `None` when `text` is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tal: Option<Exakt>,
}

impl Tal {
    /// What is said of a sum of which only a part is known.
    #[must_use]
    pub fn forbehall(&self) -> Option<String> {
        let kand = self.kand_del.as_deref()?;
        Some(format!("känd del\u{a0}{kand}"))
    }

    /// The words that lead to the derivation: the figure, or the sign and its word.
    #[must_use]
    pub fn visas(&self) -> String {
        match self.tecken {
            Some(tecken) if self.text.is_empty() => tecken.tecken().to_owned(),
            Some(tecken) => format!("{}\u{a0}{}", tecken.tecken(), self.text),
            None => self.text.clone(),
        }
    }
}

impl Text {
    /// Plain text.
    pub fn ren(text: impl Into<String>) -> Self {
        Self::Ren { text: text.into() }
    }

    /// Text with weight.
    pub fn stark(text: impl Into<String>) -> Self {
        Self::Stark { text: text.into() }
    }

    /// A link.
    pub fn lank(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self::Lank {
            text: text.into(),
            url: url.into(),
        }
    }

    /// A whole number, or the sign for why there is none.
    #[must_use]
    pub fn antal(varde: Varde, url: Option<String>) -> Self {
        Self::med(varde, heltal, Exakt::Antal, url)
    }

    /// An amount in öre, printed in kronor; ören are printed only when there are some.
    #[must_use]
    pub fn ore(varde: Varde, url: Option<String>) -> Self {
        Self::med(varde, |ore| Ore(ore).to_string(), Exakt::Ore, url)
    }

    /// A part of a whole in percent with one decimal; `None` of nothing, which has no parts.
    #[must_use]
    pub fn andel(del: i64, av: i64) -> Option<Self> {
        let (delen, hela) = (i128::from(del), i128::from(av));
        let dubbel = (delen.abs() * 2_000).checked_add(hela.abs())?;
        let promille = dubbel.checked_div(hela.abs() * 2)?;
        let minus = if promille != 0 && (delen < 0) != (hela < 0) {
            "\u{2212}"
        } else {
            ""
        };
        let (hela, tiondel) = (promille / 10, promille % 10);
        Some(Self::Tal(Tal {
            text: format!("{minus}{hela},{tiondel}\u{a0}%"),
            tecken: None,
            url: None,
            kand_del: None,
            tal: Some(Exakt::Andel { del, av }),
        }))
    }

    fn med(
        varde: Varde,
        skriv: fn(i64) -> String,
        exakt: fn(i64) -> Exakt,
        url: Option<String>,
    ) -> Self {
        let tecken = varde.tecken();
        let text = match (varde.kant(), tecken) {
            (Some(tal), _) => skriv(tal),
            (None, Some(tecken)) => tecken.ord().to_owned(),
            (None, None) => String::new(),
        };
        Self::Tal(Tal {
            text,
            tecken,
            url,
            kand_del: None,
            tal: varde.kant().map(exakt),
        })
    }

    /// The words a reader sees.
    #[must_use]
    pub fn visas(&self) -> String {
        match self {
            Self::Ren { text } | Self::Stark { text } | Self::Lank { text, .. } => text.clone(),
            Self::Tal(tal) => match tal.forbehall() {
                Some(del) => format!("{}, {del}", tal.visas()),
                None => tal.visas(),
            },
        }
    }
}

/// A table. The first column heads its rows; the first row heads its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabell {
    /// The caption: what is counted, and in which unit.
    pub rubrik: String,
    /// The columns; the first is that of the row headings.
    pub kolumner: Vec<Kolumn>,
    /// The rows.
    pub rader: Vec<Rad>,
    /// What a reader must know to read the figures; may be empty.
    pub not: Vec<Text>,
}

impl Tabell {
    /// The signs in use with what they mean, in a fixed order: exactly these are explained
    /// under the table.
    #[must_use]
    pub fn tecken(&self) -> Vec<Tecken> {
        let mut funna: Vec<Tecken> = self
            .rader
            .iter()
            .flat_map(|rad| rad.celler.iter().flatten())
            .filter_map(|text| match text {
                Text::Tal(tal) => tal.tecken,
                _ => None,
            })
            .collect();
        funna.sort_unstable();
        funna.dedup();
        funna
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kolumn {
    /// Its heading; never empty.
    pub rubrik: String,
    /// How its cells are set.
    pub slag: Kolumnslag,
    /// What its cells are by other columns; `None` when they are figures of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rakning: Option<Kolumnrakning>,
}

impl Kolumn {
    /// A column of words.
    #[must_use]
    pub fn ord(rubrik: impl Into<String>) -> Self {
        Self {
            rubrik: rubrik.into(),
            slag: Kolumnslag::Text,
            rakning: None,
        }
    }

    /// A column of figures.
    #[must_use]
    pub fn tal(rubrik: impl Into<String>) -> Self {
        Self {
            slag: Kolumnslag::Tal,
            ..Self::ord(rubrik)
        }
    }

    /// A column of one column minus another, counted from 0, the row heading.
    #[must_use]
    pub fn skillnad(rubrik: impl Into<String>, fran: usize, minus: usize) -> Self {
        Self {
            rakning: Some(Kolumnrakning::Skillnad { fran, minus }),
            ..Self::tal(rubrik)
        }
    }

    /// A column of one column as a part of another, in percent.
    #[must_use]
    pub fn andel(rubrik: impl Into<String>, del: usize, av: usize) -> Self {
        Self {
            rakning: Some(Kolumnrakning::Andel { del, av }),
            ..Self::tal(rubrik)
        }
    }
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kolumnslag {
    /// Words, from the left.
    Text,
    /// Figures, to the right with digits in columns.
    Tal,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// What part it plays.
    pub slag: Radslag,
    /// The row heading.
    pub rubrik: Vec<Text>,
    /// One cell for each column but the first; none in a group row.
    pub celler: Vec<Vec<Text>>,
    /// How it counts in the sum under it.
    #[serde(default, skip_serializing_if = "Led::ar_plus")]
    pub led: Led,
}

/// The part a row plays in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Radslag {
    /// A row of data.
    Vanlig,
    /// A heading over the rows that follow.
    Grupp,
    /// A sum of some rows above: a single rule.
    Delsumma,
    /// The sum that closes the account: a double rule.
    Summa,
}

/// A figure. Its title is what it shows, not what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figur {
    /// What to draw, as data; the picture itself is made by [`Staplar::svg`].
    pub bild: Staplar,
    /// The picture in words, for those who do not see it.
    pub alt: String,
    /// The finding, as a sentence.
    pub rubrik: String,
    /// How to read the marks; may be empty.
    pub lashjalp: String,
    /// The same numbers; `None` if the table stands elsewhere in the document.
    pub tabell: Option<Tabell>,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Besked {
    /// How serious it is.
    #[serde(rename = "allvar")]
    pub slag: Beskedsslag,
    /// What it says; the word for its kind is set before it.
    pub text: Vec<Text>,
}

/// How serious a notice is; told by word and frame, never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beskedsslag {
    /// Something is wrong.
    Fel,
    /// Something needs a look.
    Varning,
    /// Something to know.
    Upplysning,
}

impl Beskedsslag {
    /// The word that begins the notice.
    #[must_use]
    pub const fn ord(self) -> &'static str {
        match self {
            Self::Fel => "Fel",
            Self::Varning => "Varning",
            Self::Upplysning => "Upplysning",
        }
    }
}

/// Facts as label and value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faktaruta {
    /// What the facts are about, for those who hear the page.
    pub rubrik: String,
    /// The facts.
    pub rader: Vec<Faktarad>,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faktarad {
    /// What it is.
    pub namn: String,
    /// What it is worth.
    pub varde: Vec<Text>,
}

/// Someone who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Underskrift {
    /// The name under the line; may be empty and is then written by hand.
    pub namn: String,
    /// In what capacity.
    pub roll: String,
}

impl Dokument {
    /// The same document with every text [cleaned](stada), as the setters print it.
    #[must_use]
    pub fn stadad(&self) -> Self {
        self.med_text(&stada)
    }

    /// The same document with every text a reader sees passed through `andra`.
    ///
    /// Addresses, anchors and identifiers are not texts and stay as they are.
    #[must_use]
    pub fn med_text(&self, andra: &dyn Fn(&str) -> String) -> Self {
        let mut ut = self.clone();
        let falt = [&mut ut.titel, &mut ut.underrubrik, &mut ut.organisation];
        for text in falt
            .into_iter()
            .chain(&mut ut.nyckelord)
            .chain(&mut ut.markning)
        {
            *text = andra(text);
        }
        ut.block.iter_mut().for_each(|block| block.med_text(andra));
        ut
    }
}

type Andra<'a> = &'a dyn Fn(&str) -> String;

fn rad_med_text(rad: &mut [Text], andra: Andra<'_>) {
    for text in rad {
        if let Text::Tal(Tal {
            kand_del: Some(kand),
            ..
        }) = text
        {
            *kand = andra(kand);
        }
        let (Text::Ren { text }
        | Text::Stark { text }
        | Text::Lank { text, .. }
        | Text::Tal(Tal { text, .. })) = text;
        *text = andra(text);
    }
}

impl Block {
    fn med_text(&mut self, andra: Andra<'_>) {
        match self {
            Self::Rubrik(Rubrik { text, .. }) | Self::Innehall { rubrik: text } => {
                *text = andra(text);
            }
            Self::Stycke { text } | Self::Besked(Besked { text, .. }) => rad_med_text(text, andra),
            Self::Lista { punkter, .. } => {
                punkter
                    .iter_mut()
                    .for_each(|punkt| rad_med_text(punkt, andra));
            }
            Self::Tabell(tabell) => tabell.med_text(andra),
            Self::Figur(figur) => figur.med_text(andra),
            Self::Faktaruta(ruta) => {
                ruta.rubrik = andra(&ruta.rubrik);
                for rad in &mut ruta.rader {
                    rad.namn = andra(&rad.namn);
                    rad_med_text(&mut rad.varde, andra);
                }
            }
            Self::Underskrifter { namn } => {
                for den in namn {
                    den.namn = andra(&den.namn);
                    den.roll = andra(&den.roll);
                }
            }
            Self::Sidbrytning => {}
        }
    }
}

impl Figur {
    fn med_text(&mut self, andra: Andra<'_>) {
        for text in [&mut self.alt, &mut self.rubrik, &mut self.lashjalp] {
            *text = andra(text);
        }
        for stapel in &mut self.bild.rader {
            stapel.namn = andra(&stapel.namn);
        }
        if let Some(tabell) = &mut self.tabell {
            tabell.med_text(andra);
        }
    }
}

impl Tabell {
    fn med_text(&mut self, andra: Andra<'_>) {
        self.rubrik = andra(&self.rubrik);
        self.kolumner
            .iter_mut()
            .for_each(|k| k.rubrik = andra(&k.rubrik));
        for rad in &mut self.rader {
            rad_med_text(&mut rad.rubrik, andra);
            rad.celler
                .iter_mut()
                .for_each(|cell| rad_med_text(cell, andra));
        }
        rad_med_text(&mut self.not, andra);
    }
}

/// Text as it may be printed: composed (NFC); line breaks and tabs become spaces; control
/// characters, marks
/// that reverse the direction of other text, invisible characters and private code points go.
///
/// Such characters make a printed page say something else than the stored text (a name can
/// be shown backwards), and PDF/A-2a forbids the private ones.
#[must_use]
pub fn stada(text: &str) -> String {
    let mut ut = String::with_capacity(text.len());
    for tecken in ComposingNormalizerBorrowed::new_nfc()
        .normalize(text)
        .chars()
    {
        match tecken {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ut.push(' '),
            c if crate::tecken::ar_otillatet(c) || osynlig(c) => {}
            c => ut.push(c),
        }
    }
    ut
}

/// Characters without a shape of their own, and those whose meaning is private.
const fn osynlig(tecken: char) -> bool {
    matches!(
        tecken,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{10ffff}'
    )
}
