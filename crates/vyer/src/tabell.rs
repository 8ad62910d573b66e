//! Tables. Every table has a caption, column and row headings, its own scroll region and, when
//! its figures use signs, a legend of exactly those signs.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::komponent::{Bit, Lage, Lank, Text};
use crate::tal::{TalVy, Teckenrad};

/// A cell of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kolumn {
    /// Heading; `\n` breaks the line.
    pub rubrik: String,
    /// The column holds figures and is set to the right.
    pub tal: bool,
    /// How many columns it covers.
    pub bredd: usize,
    /// How many head rows it covers.
    pub hojd: usize,
    /// What its figures are counted in, where they leave the page without their caption.
    pub enhet: &'static str,
}

impl Kolumn {
    /// A column of words.
    pub fn ord(rubrik: impl Into<String>) -> Self {
        Self {
            rubrik: rubrik.into(),
            tal: false,
            bredd: 1,
            hojd: 1,
            enhet: "",
        }
    }

    /// A column of figures.
    pub fn tal(rubrik: impl Into<String>) -> Self {
        Self {
            tal: true,
            ..Self::ord(rubrik)
        }
    }

    /// A column of amounts in kronor.
    pub fn kr(rubrik: impl Into<String>) -> Self {
        Self {
            enhet: "kr",
            ..Self::tal(rubrik)
        }
    }

    /// A heading over several columns.
    pub fn grupp(rubrik: impl Into<String>, bredd: usize) -> Self {
        Self {
            bredd,
            ..Self::ord(rubrik)
        }
    }

    fn scope(&self) -> &'static str {
        if self.bredd > 1 { "colgroup" } else { "col" }
    }
}

/// A bar in a row heading. Weights are whole numbers on one scale for the whole table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stapel {
    /// The weight that fills the whole width.
    pub hel: i64,
    /// Pale track: the budget, or what there is.
    pub spar: Option<i64>,
    /// Contour without fill: nothing is reported yet.
    pub kontur: Option<i64>,
    /// Filled: what is used.
    pub fylld: Option<i64>,
    /// Hatched: what has no row.
    pub gles: Option<i64>,
    /// A tick: the budget.
    pub streck: Option<i64>,
}

impl Stapel {
    /// Widths in percent of the scale: track, contour, filled, hatched, tick.
    fn bredder(&self) -> [Option<String>; 5] {
        [self.spar, self.kontur, self.fylld, self.gles, self.streck]
            .map(|vikt| vikt.map(|v| procent(v, self.hel)))
    }
}

/// `del` of `hel` in percent with two decimals, kept within 0–100. Integers all the way.
#[must_use]
pub fn procent(del: i64, hel: i64) -> String {
    if hel <= 0 {
        return "0%".to_owned();
    }
    let hundradelar =
        (i128::from(del.clamp(0, hel)) * 10_000 + i128::from(hel) / 2) / i128::from(hel);
    format!("{}.{:02}%", hundradelar / 100, hundradelar % 100)
}

/// The heading of a row: what the row is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Radrubrik {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: Option<String>,
    /// A second, smaller line.
    pub under: Option<String>,
    /// What is wrong in the row, with the id that its field points at.
    pub fel: Option<(String, String)>,
    /// A bar beside the words.
    pub stapel: Option<Stapel>,
}

/// An input in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFalt {
    /// Name in the form; also the element's id.
    pub namn: String,
    /// What is in it.
    pub varde: String,
    /// Row, column and unit in words, for those who do not see where it stands.
    pub etikett: String,
    /// Id of the text that says what is wrong.
    pub fel_id: Option<String>,
    /// Its row and column, for the script that adds up.
    pub rad: String,
    /// See `rad`.
    pub kol: String,
    /// What is saved, in öre; empty for nothing.
    pub fore: String,
}

/// A figure made of the fields of its row, its column or both: the script counts it again as
/// they are typed, and the server when it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raknad {
    /// The figure as the server counts it.
    pub tal: TalVy,
    /// A state under it.
    pub lage: Option<Lage>,
    /// Only fields of this row.
    pub rad: Option<String>,
    /// Only fields of this column.
    pub kol: Option<String>,
    /// What it is without the fields, in öre.
    pub bas: i64,
    /// The fields are taken from it instead of added.
    pub minskar: bool,
    /// Said under it when it is below nothing; empty where that is nothing special.
    pub over: &'static str,
    /// A difference: more than nothing has a plus sign.
    pub plus: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/cell.html")]
pub enum Cell {
    /// The row's heading.
    Rubrik(Radrubrik),
    /// A figure or a sign.
    Tal(TalVy),
    /// A figure with a state under it.
    TalMedLage(TalVy, Lage),
    /// Words, with or without links.
    Text(Text),
    /// Short words that must not break: a date, an uncertainty. Set to the right if `true`.
    Kort(String, bool),
    /// A state.
    Lage(Lage),
    /// A state that leads somewhere.
    LageLank(Lage, Lank),
    /// A link.
    Lank(Lank),
    /// An input for an amount.
    Falt(CellFalt),
    /// A figure made of inputs.
    Raknad(Raknad),
    /// Words over several columns.
    Bred(String, usize),
}

impl HtmlSafe for Cell {}

impl Cell {
    /// A row heading of words alone.
    pub fn rubrik(text: impl Into<String>) -> Self {
        Self::Rubrik(Radrubrik {
            text: text.into(),
            ..Radrubrik::default()
        })
    }

    /// A row heading that leads somewhere, with a second line.
    pub fn rubriklank(
        text: impl Into<String>,
        href: impl Into<String>,
        under: Option<String>,
    ) -> Self {
        let href = Some(href.into());
        Self::Rubrik(Radrubrik {
            text: text.into(),
            href,
            under,
            ..Radrubrik::default()
        })
    }

    /// How exactly an amount is stated: `± 500`, or in words when it is exact.
    #[must_use]
    pub fn sakerhet(text: &str) -> Self {
        let text = if text.is_empty() { "exakt" } else { text };
        Self::Kort(text.to_owned(), true)
    }

    /// Text, or what stands instead of none.
    #[must_use]
    pub fn text_eller(text: &Text, annars: &str) -> Self {
        let tomt = |b: &Bit| matches!(b, Bit::Ord(ord) if ord.trim().is_empty());
        if text.bitar.iter().all(tomt) {
            annars.into()
        } else {
            Self::Text(text.clone())
        }
    }

    /// A figure, or a word where there is none to tell.
    #[must_use]
    pub fn tal_eller(tal: Option<TalVy>, annars: &str) -> Self {
        tal.map_or_else(|| Self::Kort(annars.to_owned(), true), Self::Tal)
    }

    fn talvy(&self) -> Option<&TalVy> {
        match self {
            Self::Tal(t) | Self::TalMedLage(t, _) => Some(t),
            Self::Raknad(r) => Some(&r.tal),
            _ => None,
        }
    }
}

impl From<TalVy> for Cell {
    fn from(tal: TalVy) -> Self {
        Self::Tal(tal)
    }
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RadSlag {
    /// An ordinary row.
    #[default]
    Vanlig,
    /// Part of a sum, set under a rule.
    Delsumma,
    /// Closes the account, with a double rule.
    Summa,
    /// Replaced by another row: struck through, and not part of any sum.
    Ersatt,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rad {
    /// What it is.
    pub slag: RadSlag,
    /// Anchor that findings and derivations lead to.
    pub id: Option<String>,
    /// The cells, heading first.
    pub celler: Vec<Cell>,
}

impl Rad {
    /// An ordinary row.
    #[must_use]
    pub fn ny(celler: Vec<Cell>) -> Self {
        Self {
            celler,
            ..Self::default()
        }
    }

    /// A row of another kind.
    #[must_use]
    pub fn av(slag: RadSlag, celler: Vec<Cell>) -> Self {
        Self {
            slag,
            celler,
            ..Self::default()
        }
    }

    /// With an anchor.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    fn klass(&self) -> Option<&'static str> {
        match self.slag {
            RadSlag::Vanlig => None,
            RadSlag::Delsumma => Some("delsumma"),
            RadSlag::Summa => Some("summa"),
            RadSlag::Ersatt => Some("ersatt"),
        }
    }
}

/// Rows under a common heading (or none).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Radgrupp {
    /// The heading; empty for rows without one.
    pub rubrik: String,
    /// The rows.
    pub rader: Vec<Rad>,
}

/// A table in its scroll region, with legend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "komponent/tabell.html")]
pub struct Tabell {
    /// Id of the caption, unique in the page.
    pub id: String,
    /// Unit, day and how to read the marks.
    pub caption: String,
    /// Classes of the table: `bredd`, `smal`, `jamn`, `staplar`, `uppst`, `ihop`.
    pub klass: &'static str,
    /// Head rows; the last names each column.
    pub huvud: Vec<Vec<Kolumn>>,
    /// The body.
    pub grupper: Vec<Radgrupp>,
    /// What stands instead of rows when there are none, in a sentence.
    pub tomt: String,
    /// Where the same table is fetched as CSV.
    pub csv: Option<String>,
    /// To the other parts of a long table. Sums are of all its rows, also of those elsewhere.
    pub bladdra: Vec<Lank>,
    /// Its inputs are a grid of amounts in this unit (`kr`, `tkr`), for the script.
    pub rutnat: Option<&'static str>,
}

impl HtmlSafe for Tabell {}

impl Tabell {
    /// A table with one head row and one group of rows.
    pub fn ny(
        id: impl Into<String>,
        caption: impl Into<String>,
        kolumner: Vec<Kolumn>,
        rader: Vec<Rad>,
    ) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            huvud: vec![kolumner],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader,
            }],
            ..Self::default()
        }
    }

    /// With classes of the stylesheet.
    #[must_use]
    pub fn klass(mut self, klass: &'static str) -> Self {
        self.klass = klass;
        self
    }

    /// With a sentence for when there are no rows.
    #[must_use]
    pub fn tomt(mut self, tomt: impl Into<String>) -> Self {
        self.tomt = tomt.into();
        self
    }

    /// With an address where the same table is fetched as CSV.
    #[must_use]
    pub fn csv(mut self, href: Option<String>) -> Self {
        self.csv = href;
        self
    }

    /// With the ways to its other parts.
    #[must_use]
    pub fn bladdra(mut self, lankar: Vec<Lank>) -> Self {
        self.bladdra = lankar;
        self
    }

    /// The link to the same table as CSV; none where there are no rows.
    fn csvlank(&self) -> Option<Lank> {
        let href = self.csv.as_ref().filter(|_| !self.tom())?;
        Some(Lank::ny("Ladda ner tabellen (CSV)", href).om(self.caption.trim_end_matches('.')))
    }

    /// Number of columns of the body.
    #[must_use]
    pub fn antal_kolumner(&self) -> usize {
        self.huvud
            .first()
            .map_or(0, |rad| rad.iter().map(|k| k.bredd).sum())
    }

    /// No rows at all.
    #[must_use]
    pub fn tom(&self) -> bool {
        self.grupper.iter().all(|g| g.rader.is_empty())
    }

    /// Every figure of the table, in reading order.
    pub fn tal(&self) -> impl Iterator<Item = &TalVy> {
        let rader = self.grupper.iter().flat_map(|g| &g.rader);
        rader.flat_map(|r| &r.celler).filter_map(Cell::talvy)
    }

    /// The legend: exactly the signs used.
    #[must_use]
    pub fn teckenrad(&self) -> Teckenrad {
        Teckenrad::av(self.tal())
    }
}

#[cfg(test)]
mod tests;
