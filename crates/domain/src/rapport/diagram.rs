//! Bar charts as SVG, the same on screen, on paper and in Word.
//!
//! One row for each thing: its name, a contour as wide as the budget, a bar as wide as what was
//! used, and both numbers in words. Nothing is told by colour alone: budget is a contour, use
//! is filled, what exceeds the budget is striped, and a missing figure is hatched and named.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::modell::{Text, stada};
use crate::varde::Varde;

/// At most so many bars fit on one page; see [`Staplar::storsta`].
pub const MAX_STAPLAR: usize = 18;

/// Width of the picture in its own units; text is 13 of them high.
const BREDD: i64 = 680;
/// Where the figures end: a reader with another font must not cut the last digit.
const SLUT: i64 = 672;
/// Where the bars begin, and how far the longest may reach.
const NOLL: i64 = 236;
const LANGST: i64 = 270;
/// Characters in a line of a name.
const NAMNRAD: usize = 33;
const RAD: i64 = 17;
const INK: &str = "#1c211e";
const TALL: &str = "#1b5a41";

/// Budget against use, one row for each thing. Amounts in öre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staplar {
    /// The rows, in the order they are drawn.
    pub rader: Vec<Stapel>,
}

/// One row of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stapel {
    /// What the row is about.
    pub namn: String,
    /// The contour, in öre.
    pub budget: Varde,
    /// The bar, in öre.
    pub utfall: Varde,
}

impl Staplar {
    /// The rows with the largest budgets, at most [`MAX_STAPLAR`], in their own order.
    #[must_use]
    pub fn storsta(rader: Vec<Stapel>) -> Self {
        if rader.len() <= MAX_STAPLAR {
            return Self { rader };
        }
        let mut i_storlek: Vec<_> = rader.into_iter().enumerate().collect();
        i_storlek.sort_by_key(|(plats, rad)| (std::cmp::Reverse(rad.langd()), *plats));
        i_storlek.truncate(MAX_STAPLAR);
        i_storlek.sort_by_key(|(plats, _)| *plats);
        Self {
            rader: i_storlek.into_iter().map(|(_, rad)| rad).collect(),
        }
    }

    /// The picture. `id` makes its inner names unique within a page: `[a-z0-9-]`.
    ///
    /// The text is escaped; the picture holds no scripts and refers to nothing outside.
    #[must_use]
    pub fn svg(&self, id: &str) -> String {
        let hogst = self
            .rader
            .iter()
            .map(Stapel::langd)
            .max()
            .unwrap_or(0)
            .max(1);
        let mut kropp = String::new();
        let mut y = self.nyckel(id, &mut kropp);
        for rad in &self.rader {
            y += rad.rita(id, y, hogst, &mut kropp);
        }
        let _ = write!(
            kropp,
            "<path d=\"M{NOLL} 30V{y}\" stroke=\"{INK}\" stroke-width=\"1.2\" fill=\"none\"/>"
        );
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {BREDD} {h}\" \
             font-family=\"Source Sans 3, system-ui, sans-serif\" font-size=\"13\" \
             fill=\"{INK}\"><defs>{defs}</defs>{kropp}</svg>",
            h = y + 4,
            defs = monster(id),
        )
    }

    /// The key: only the marks that are used.
    fn nyckel(&self, id: &str, ut: &mut String) -> i64 {
        let over = self.rader.iter().any(|r| r.over() > 0);
        let saknas = self.rader.iter().any(|r| r.utfall.kant().is_none());
        let mut x = NOLL;
        let mut post = |fyllning: &str, kant: &str, ord: &str, bredd: i64| {
            let _ = write!(
                ut,
                "<rect x=\"{x}\" y=\"6\" width=\"22\" height=\"9\" fill=\"{fyllning}\" \
                 stroke=\"{kant}\"/><text x=\"{}\" y=\"15\">{ord}</text>",
                x + 28
            );
            x += bredd;
        };
        post("none", INK, "Budget", 88);
        post(TALL, TALL, "Använt", 82);
        if over {
            post(&format!("url(#{id}-over)"), TALL, "Över budget", 118);
        }
        if saknas {
            post(&format!("url(#{id}-saknas)"), INK, "Uppgift saknas", 130);
        }
        30
    }
}

impl Stapel {
    fn langd(&self) -> i64 {
        let tal = |varde: Varde| varde.kant().unwrap_or(0).max(0);
        tal(self.budget).max(tal(self.utfall))
    }

    fn over(&self) -> i64 {
        match (self.budget.kant(), self.utfall.kant()) {
            (Some(budget), Some(utfall)) => utfall.saturating_sub(budget.max(0)).max(0),
            _ => 0,
        }
    }

    /// Draws the row at `y` and says how high it became.
    fn rita(&self, id: &str, y: i64, hogst: i64, ut: &mut String) -> i64 {
        let namn = rader(&stada(&self.namn));
        let hojd = RAD * i64::try_from(namn.len()).unwrap_or(1) + 9;
        for (nr, rad) in (0_i64..).zip(&namn) {
            let _ = write!(
                ut,
                "<text x=\"0\" y=\"{}\">{}</text>",
                y + 15 + nr * RAD,
                xml(rad)
            );
        }
        let topp = y + 4;
        let skala = |varde: i64| skalad(varde, hogst);
        let utfall = self.utfall.kant();
        if let Some(utfall) = utfall {
            let inom = utfall.max(0).saturating_sub(self.over());
            stapel(ut, topp + 3, 8, "0", &skala(inom), TALL);
            if self.over() > 0 {
                let fyllning = format!("url(#{id}-over)");
                stapel(
                    ut,
                    topp + 3,
                    8,
                    &skala(inom),
                    &skala(self.over()),
                    &fyllning,
                );
            }
        }
        if let Some(budget) = self.budget.kant().filter(|b| *b > 0) {
            let fyllning = match utfall {
                Some(_) => "none".to_owned(),
                None => format!("url(#{id}-saknas)"),
            };
            let _ = write!(
                ut,
                "<rect x=\"{NOLL}\" y=\"{topp}\" width=\"{}\" height=\"14\" \
                 fill=\"{fyllning}\" stroke=\"{INK}\"/>",
                skala(budget)
            );
        }
        let _ = write!(
            ut,
            "<text x=\"{SLUT}\" y=\"{}\" text-anchor=\"end\">{} av {}</text>",
            y + 15,
            tal(self.utfall),
            tal(self.budget),
        );
        hojd
    }
}

/// A figure, or the word for why there is none. Its sign is left to the table: few fonts have
/// them all, and a picture takes a whole line from the font that has.
fn tal(varde: Varde) -> String {
    match varde.tecken() {
        Some(tecken) => xml(tecken.ord()),
        None => xml(&Text::ore(varde, None).visas()),
    }
}

fn stapel(ut: &mut String, y: i64, hojd: i64, fran: &str, bredd: &str, fyllning: &str) {
    let _ = write!(
        ut,
        "<rect transform=\"translate({NOLL} 0)\" x=\"{fran}\" y=\"{y}\" width=\"{bredd}\" \
         height=\"{hojd}\" fill=\"{fyllning}\"/>"
    );
}

/// A length in tenths of a unit, without floats so that every machine writes the same.
fn skalad(varde: i64, hogst: i64) -> String {
    let tiondelar = i128::from(varde) * i128::from(LANGST) * 10 / i128::from(hogst);
    format!("{}.{}", tiondelar / 10, tiondelar % 10)
}

fn monster(id: &str) -> String {
    format!(
        "<pattern id=\"{id}-over\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#fff\"/>\
         <rect width=\"3\" height=\"5\" fill=\"{TALL}\"/></pattern>\
         <pattern id=\"{id}-saknas\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(-45)\"><rect width=\"1\" height=\"6\" fill=\"{INK}\"/>\
         </pattern>"
    )
}

/// A name broken at spaces into at most two lines; the rest becomes an ellipsis.
fn rader(namn: &str) -> Vec<String> {
    let mut ut = vec![String::new()];
    let mut langd = 0;
    for ord in namn.split_whitespace() {
        let bredd = ord.chars().count();
        if langd > 0 && langd + 1 + bredd > NAMNRAD {
            ut.push(String::new());
            langd = 0;
        }
        if let Some(rad) = ut.last_mut() {
            if langd > 0 {
                rad.push(' ');
            }
            rad.push_str(ord);
            langd += bredd + 1;
        }
    }
    let kapad = ut.len() > 2;
    ut.truncate(2);
    for rad in &mut ut {
        if rad.chars().count() > NAMNRAD {
            *rad = rad.chars().take(NAMNRAD - 1).chain(['…']).collect();
        }
    }
    if let Some(rad) = ut.last_mut().filter(|rad| kapad && !rad.ends_with('…')) {
        rad.push('…');
    }
    ut
}

/// Text as XML character data.
fn xml(text: &str) -> String {
    let mut ut = String::with_capacity(text.len());
    for tecken in text.chars() {
        match tecken {
            '&' => ut.push_str("&amp;"),
            '<' => ut.push_str("&lt;"),
            '>' => ut.push_str("&gt;"),
            '"' => ut.push_str("&quot;"),
            tecken => ut.push(tecken),
        }
    }
    ut
}
