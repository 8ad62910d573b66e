//! Cells: exact numbers, texts that stay texts, formulas with their figures, links.

use rust_xlsxwriter::{
    ColNum, Format, FormatBorder, Formula, RowNum, Worksheet, XlsxError, utility,
};
use utfall_domain::rapport::{Exakt, Formel, Kolumnrakning, Led, Text};

/// The most characters a cell holds are 32 767 UTF-16 units.
const LANGSTA_TEXT: usize = 32_000;
/// The longest address a link may have, in UTF-16 units.
const LANGSTA_LANK: usize = 2_000;
/// A spreadsheet keeps fifteen digits: a number with more is written as text, never rounded.
const STORSTA: u64 = 999_999_999_999_999;
/// The colour of links.
const LANKFARG: u32 = 0x14_53_3B;

/// The row of the header and of the first data row on a table's sheet, from 0.
pub(super) const HUVUD: RowNum = 3;
pub(super) const DATA: RowNum = 4;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visning {
    /// Kronor without decimals.
    Kronor,
    /// Kronor with two: some amount in the column has öre.
    MedOre,
    /// Whole things.
    Antal,
    /// Percent with one decimal.
    Procent,
}

impl Visning {
    /// How a number is written where no other stands beside it.
    pub(super) const fn av(tal: Exakt) -> Self {
        match tal {
            Exakt::Ore(ore) if ore % 100 != 0 => Self::MedOre,
            Exakt::Ore(_) => Self::Kronor,
            Exakt::Antal(_) => Self::Antal,
            Exakt::Andel { .. } => Self::Procent,
        }
    }

    /// The number format: the reader's own signs for thousands and decimals, and the minus sign
    /// of the other formats. `enhet` follows the number.
    fn format(self, enhet: &str) -> String {
        let tal = match self {
            Self::Kronor | Self::Antal => "#,##0",
            Self::MedOre => "#,##0.00",
            Self::Procent => "0.0\u{a0}%",
        };
        let enhet = match enhet {
            "" => String::new(),
            enhet => format!("\"{enhet}\""),
        };
        format!("{tal}{enhet};\"\u{2212}\"{tal}{enhet}")
    }
}

/// The look of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stil {
    Vanlig,
    Stark,
    Delsumma,
    Summa,
    Huvud,
}

impl Stil {
    pub(super) fn format(self) -> Format {
        let grund = Format::new();
        match self {
            Self::Vanlig => grund,
            Self::Stark => grund.set_bold(),
            Self::Delsumma => grund.set_bold().set_border_top(FormatBorder::Thin),
            Self::Summa => grund
                .set_bold()
                .set_border_top(FormatBorder::Thin)
                .set_border_bottom(FormatBorder::Double),
            Self::Huvud => grund
                .set_bold()
                .set_text_wrap()
                .set_border_top(FormatBorder::Medium)
                .set_border_bottom(FormatBorder::Thin),
        }
    }
}

/// A number as a spreadsheet reads it, in kronor, pieces or as a part of 1; `None` when it has
/// more digits than a spreadsheet keeps.
pub(super) fn tal(exakt: Exakt) -> Option<String> {
    match exakt {
        Exakt::Ore(ore) if ore.unsigned_abs() <= STORSTA => {
            let (kr, rest) = (ore.unsigned_abs() / 100, ore.unsigned_abs() % 100);
            let minus = if ore < 0 { "-" } else { "" };
            Some(match rest {
                0 => format!("{minus}{kr}"),
                rest => format!("{minus}{kr}.{rest:02}"),
            })
        }
        Exakt::Antal(antal) if antal.unsigned_abs() <= STORSTA => Some(antal.to_string()),
        Exakt::Andel { del, av } => {
            let del: f64 = tal(Exakt::Antal(del))?.parse().ok()?;
            let av: f64 = tal(Exakt::Antal(av))?.parse().ok()?;
            Some((del / av).to_string())
        }
        Exakt::Ore(_) | Exakt::Antal(_) => None,
    }
}

/// Where a cell is, and how it looks.
pub(super) struct Plats<'a> {
    pub(super) blad: &'a mut Worksheet,
    pub(super) rad: RowNum,
    pub(super) kolumn: ColNum,
    pub(super) format: Format,
}

impl Plats<'_> {
    /// A text. What begins like a formula is marked as text, so that it stays one when somebody
    /// edits the cell or saves the sheet as something else.
    pub(super) fn text(self, text: &str, lank: Option<&str>) -> Result<(), XlsxError> {
        let text = super::kapad(text, LANGSTA_TEXT);
        let (lank, format) = self.lank(lank)?;
        let format = if text.starts_with(['=', '+', '-', '@', '\u{2212}']) {
            format.set_quote_prefix()
        } else {
            format
        };
        lank.blad
            .write_string_with_format(lank.rad, lank.kolumn, text, &format)?;
        Ok(())
    }

    /// A number, or the formula that gives it, with the unit after it.
    pub(super) fn tal(
        self,
        exakt: Exakt,
        (visning, enhet): (Visning, &str),
        formel: Option<&Formel>,
        lank: Option<&str>,
    ) -> Result<bool, XlsxError> {
        let Some(skrivet) = tal(exakt) else {
            return Ok(false);
        };
        let (plats, format) = self.lank(lank)?;
        let format = format.set_num_format(visning.format(enhet));
        let (rad, kolumn) = (plats.rad, plats.kolumn);
        match formel {
            Some(formel) => {
                let formel = Formula::new(text_av(formel, rad, kolumn)).set_result(skrivet);
                plats
                    .blad
                    .write_formula_with_format(rad, kolumn, formel, &format)?;
            }
            None => {
                let tal: f64 = skrivet
                    .parse()
                    .map_err(|_| XlsxError::ParameterError(skrivet))?;
                plats
                    .blad
                    .write_number_with_format(rad, kolumn, tal, &format)?;
            }
        }
        Ok(true)
    }

    /// Makes the cell a link. What is written to it afterwards is what is followed.
    fn lank(self, lank: Option<&str>) -> Result<(Self, Format), XlsxError> {
        let format = self.format.clone();
        match lank.filter(|l| l.encode_utf16().count() <= LANGSTA_LANK) {
            None => Ok((self, format)),
            Some(lank) => {
                let format = format
                    .set_font_color(LANKFARG)
                    .set_underline(rust_xlsxwriter::FormatUnderline::Single);
                self.blad
                    .write_url_with_text(self.rad, self.kolumn, lank, "länk")?;
                Ok((self, format))
            }
        }
    }
}

/// A formula in the words of a spreadsheet.
fn text_av(formel: &Formel, rad: RowNum, kolumn: ColNum) -> String {
    let i_kolumnen = |nr: usize| cell(rad_av(nr), kolumn);
    match formel {
        Formel::Summa(spann) => {
            let spann: Vec<String> = spann
                .iter()
                .map(|(fran, till)| match fran == till {
                    true => i_kolumnen(*fran),
                    false => format!("{}:{}", i_kolumnen(*fran), i_kolumnen(*till)),
                })
                .collect();
            format!("=SUM({})", spann.join(","))
        }
        Formel::Led(led) => {
            let mut ut = "=".to_owned();
            for (nr, (led, rad)) in led.iter().enumerate() {
                match (led, nr) {
                    (Led::Plus, 0) => {}
                    (Led::Plus, _) => ut.push('+'),
                    (Led::Minus, _) => ut.push('-'),
                }
                ut.push_str(&i_kolumnen(*rad));
            }
            ut
        }
        Formel::Kolumner(Kolumnrakning::Skillnad { fran, minus }) => {
            format!("={}-{}", cell(rad, kol(*fran)), cell(rad, kol(*minus)))
        }
        Formel::Kolumner(Kolumnrakning::Andel { del, av }) => {
            format!("={}/{}", cell(rad, kol(*del)), cell(rad, kol(*av)))
        }
    }
}

/// The sheet's row of a table's row.
pub(super) fn rad_av(nr: usize) -> RowNum {
    RowNum::try_from(nr).map_or(RowNum::MAX, |nr| nr.saturating_add(DATA))
}

/// The sheet's column of a table's column.
pub(super) fn kol(nr: usize) -> ColNum {
    ColNum::try_from(nr).unwrap_or(ColNum::MAX)
}

/// `B5`.
pub(super) fn cell(rad: RowNum, kolumn: ColNum) -> String {
    utility::row_col_to_cell(rad, kolumn)
}

/// The words of a line, as a reader sees them.
pub(super) fn ord(text: &[Text]) -> String {
    text.iter().map(Text::visas).collect()
}

/// Where a line leads, when it has one link only.
pub(super) fn enda_lank(text: &[Text]) -> Option<&str> {
    let mut lankar = text.iter().filter_map(|del| match del {
        Text::Lank { url, .. } => Some(url.as_str()),
        Text::Tal(tal) => tal.url.as_deref(),
        Text::Ren { .. } | Text::Stark { .. } => None,
    });
    let forsta = lankar.next()?;
    lankar.next().is_none().then_some(forsta)
}

/// The number of a line that is one figure, and the unit written after it.
pub(super) fn enda_tal(text: &[Text]) -> Option<(Exakt, String)> {
    let (Text::Tal(tal), resten) = text.split_first()? else {
        return None;
    };
    let enhet = ord(resten);
    let bara_ord = resten.iter().all(|del| matches!(del, Text::Ren { .. }));
    let skrivbar = enhet.chars().count() <= 40
        && enhet
            .chars()
            .all(|c| c.is_alphanumeric() || c.is_whitespace());
    (bara_ord && skrivbar).then_some((tal.tal?, enhet))
}
