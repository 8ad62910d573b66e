//! Tables in Word: header row, row headings, caption, and the rules of the look.

use std::fmt::Write as _;

use utfall_domain::rapport::{Kolumnslag, Rad, Radslag, Tabell};

use super::kropp::{Kropp, lop};
use crate::text::xml;

/// Widths in twentieths of a point: the text area, a narrow table, a column of figures (wider
/// when signs with words stand in it, and in a narrow table).
const BREDD: usize = 9_070;
const SMAL: usize = 5_620;
const TAL: usize = 1_330;
const TAL_MED_TECKEN: usize = 1_520;
const SMALT_TAL: usize = 1_900;
/// In a table of many columns, where signs stand without words.
const BRETT_TAL: usize = 1_120;
/// A table with at most so many rows stays on one page.
const KORT: usize = 8;

const TUNG: &str = "w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"1C211E\"";
const TUNN: &str = "w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"1C211E\"";
const DUBBEL: &str = "w:val=\"double\" w:sz=\"6\" w:space=\"0\" w:color=\"1C211E\"";
const FIN: &str = "w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"CFCBBF\"";

impl Kropp {
    pub(super) fn tabell(&mut self, tabell: &Tabell) {
        self.stycke("Caption", "", &lop(&tabell.rubrik, ""));
        let bredder = bredder(tabell);
        let summa: usize = bredder.iter().sum();
        let _ = writeln!(
            self.xml,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{summa}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"06A0\" w:firstRow=\"1\" \
             w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" \
             w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
            xml(&tabell.rubrik),
            bredder
                .iter()
                .map(|b| format!("<w:gridCol w:w=\"{b}\"/>"))
                .collect::<String>(),
        );
        self.huvudrad(tabell, &bredder);
        for (nr, rad) in tabell.rader.iter().enumerate() {
            // A sum never stands alone at the top of a page.
            let kort = tabell.rader.len() <= KORT;
            let fore_summa = tabell
                .rader
                .get(nr + 1)
                .is_some_and(|nasta| nasta.slag == Radslag::Summa);
            let hall_ihop = nr + 1 < tabell.rader.len() && (kort || fore_summa);
            self.tabellrad(tabell, rad, &bredder, hall_ihop);
        }
        self.xml.push_str("</w:tbl>\n");
        self.forklaring(tabell);
    }

    fn huvudrad(&mut self, tabell: &Tabell, bredder: &[usize]) {
        self.xml
            .push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (kolumn, bredd) in tabell.kolumner.iter().zip(bredder) {
            self.cell(*bredd, 1, (Some(TUNG), TUNN), |kropp| {
                let hoger = if kolumn.slag == Kolumnslag::Tal {
                    HOGER
                } else {
                    ""
                };
                kropp.stycke("Tabellhuvud", hoger, &lop(&kolumn.rubrik, ""));
            });
        }
        self.xml.push_str("</w:tr>\n");
    }

    fn tabellrad(&mut self, tabell: &Tabell, rad: &Rad, bredder: &[usize], hall_ihop: bool) {
        let streck = match rad.slag {
            Radslag::Vanlig | Radslag::Grupp => (None, FIN),
            Radslag::Delsumma => (Some(TUNN), FIN),
            Radslag::Summa => (Some(TUNN), DUBBEL),
        };
        let stil = if rad.slag == Radslag::Vanlig {
            "Tabelltext"
        } else {
            "Tabellhuvud"
        };
        let ihop = if hall_ihop { "<w:keepNext/>" } else { SLAPP };
        let (bredd, spann) = match rad.slag {
            Radslag::Grupp => (bredder.iter().sum(), bredder.len()),
            _ => (bredder.first().copied().unwrap_or_default(), 1),
        };
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        self.cell(bredd, spann, streck, |kropp| {
            let text = kropp.radrubrik(&rad.rubrik);
            kropp.stycke(stil, ihop, &text);
        });
        let kolumner = tabell.kolumner.iter().zip(bredder).skip(1);
        for (cell, (kolumn, bredd)) in rad.celler.iter().zip(kolumner) {
            self.cell(*bredd, 1, streck, |kropp| {
                let hoger = if kolumn.slag == Kolumnslag::Tal {
                    HOGER
                } else {
                    ""
                };
                let text = kropp.inom(cell);
                kropp.stycke(stil, &format!("{ihop}{hoger}"), &text);
            });
        }
        self.xml.push_str("</w:tr>\n");
    }

    fn cell(
        &mut self,
        bredd: usize,
        spann: usize,
        (ovan, under): (Option<&str>, &str),
        innehall: impl FnOnce(&mut Self),
    ) {
        let spann = match spann {
            1 => String::new(),
            flera => format!("<w:gridSpan w:val=\"{flera}\"/>"),
        };
        let ovan = ovan
            .map(|stil| format!("<w:top {stil}/>"))
            .unwrap_or_default();
        let _ = write!(
            self.xml,
            "<w:tc><w:tcPr><w:tcW w:w=\"{bredd}\" w:type=\"dxa\"/>{spann}<w:tcBorders>{ovan}\
             <w:bottom {under}/></w:tcBorders><w:vAlign w:val=\"bottom\"/></w:tcPr>"
        );
        innehall(self);
        self.xml.push_str("</w:tc>");
    }

    /// What must be known to read the figures. Word needs a paragraph after a table anyway.
    fn forklaring(&mut self, tabell: &Tabell) {
        if !tabell.not.is_empty() || tabell.tecken().is_empty() {
            let text = self.inom(&tabell.not);
            self.stycke("Tabellnot", "", &text);
        }
        for tecken in tabell.tecken() {
            let (sign, ord, betyder) = (tecken.tecken(), tecken.ord(), tecken.forklaring());
            self.stycke(
                "Tabellnot",
                "",
                &lop(&format!("{sign}\u{a0}{ord}: {betyder}"), ""),
            );
        }
    }
}

const HOGER: &str = "<w:jc w:val=\"right\"/>";
/// Undoes the style's keep-with-next, in a sum row that may end a page.
const SLAPP: &str = "<w:keepNext w:val=\"0\"/>";

fn bredder(tabell: &Tabell) -> Vec<usize> {
    let antal = tabell.kolumner.len();
    let hela = if antal == 2 { SMAL } else { BREDD };
    let ord = tabell
        .kolumner
        .iter()
        .filter(|k| k.slag == Kolumnslag::Text)
        .count()
        .max(1);
    // Figures get their column; should there be very many, all share alike.
    let tal = match (antal, tabell.tecken().is_empty()) {
        (2, _) => SMALT_TAL,
        _ if tabell.bred() => BRETT_TAL,
        (_, true) => TAL,
        (_, false) => TAL_MED_TECKEN,
    };
    let tal = tal.min(hela / antal.max(1));
    let till_ord = hela - tal * (antal - ord.min(antal));
    let forsta = match ord {
        1 => till_ord,
        _ if tabell.bred() => till_ord * 2 / 3,
        _ => till_ord / 2,
    };
    let ovriga = (till_ord - forsta) / (ord - 1).max(1);
    let kolumner = tabell.kolumner.iter().enumerate();
    kolumner
        .map(|(nr, kolumn)| match kolumn.slag {
            Kolumnslag::Tal => tal,
            Kolumnslag::Text if nr == 0 => forsta,
            Kolumnslag::Text => ovriga,
        })
        .collect()
}
