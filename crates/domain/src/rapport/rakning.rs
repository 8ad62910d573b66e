//! What a spreadsheet may calculate in a table: the numbers behind the printed figures, and the
//! formulas that give exactly them.
//!
//! Invariant: a cell has a formula only when the formula over the other cells of the table gives
//! the figure that is printed in it. Where rows and sum do not add up, the printed figure stands
//! as it is: a spreadsheet that recalculates never shows another figure than the report.

use serde::{Deserialize, Serialize};

use super::modell::{Radslag, Tabell, Text};

/// The number behind a printed figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exakt {
    /// Öre; printed in kronor.
    Ore(i64),
    /// Whole things.
    Antal(i64),
    /// A part of a whole, both in the same unit; printed in percent. `av` is never 0.
    Andel {
        /// The part.
        del: i64,
        /// The whole.
        av: i64,
    },
}

/// How a row counts in the sum under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Led {
    /// It is added.
    #[default]
    Plus,
    /// It is taken away.
    Minus,
}

impl Led {
    /// It is added, as rows are when nothing else is said.
    #[must_use]
    pub fn ar_plus(&self) -> bool {
        *self == Self::Plus
    }
}

/// What the cells of a column are, by other columns of the same row. Columns are counted from 0,
/// the row heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kolumnrakning {
    /// One column minus another.
    Skillnad {
        /// What is taken from.
        fran: usize,
        /// What is taken away.
        minus: usize,
    },
    /// One column as a part of another.
    Andel {
        /// The part.
        del: usize,
        /// The whole.
        av: usize,
    },
}

/// A formula that gives the figure of its cell. Rows are those of [`Tabell::rader`], from 0;
/// columns as in [`Kolumnrakning`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formel {
    /// The sum over runs of rows in its own column: first and last row of each.
    Summa(Vec<(usize, usize)>),
    /// Rows of its own column, added and taken away.
    Led(Vec<(Led, usize)>),
    /// Of two columns in its own row.
    Kolumner(Kolumnrakning),
}

impl Tabell {
    /// The number in a cell; `None` for words, signs, headings and what is outside the table.
    #[must_use]
    pub fn exakt(&self, rad: usize, kolumn: usize) -> Option<Exakt> {
        let cell = self.rader.get(rad)?.celler.get(kolumn.checked_sub(1)?)?;
        let (forsta, resten) = cell.split_first()?;
        let Text::Tal(tal) = forsta else { return None };
        let ord = |text: &Text| matches!(text, Text::Ren { .. });
        tal.tal.filter(|_| resten.iter().all(ord))
    }

    /// The formula of a cell: `None` where the figure is not made of others in the table.
    #[must_use]
    pub fn formel(&self, rad: usize, kolumn: usize) -> Option<Formel> {
        let svar = self.exakt(rad, kolumn)?;
        let slag = self.rader.get(rad)?.slag;
        let av_kolumner = self.kolumner.get(kolumn)?.rakning.map(Formel::Kolumner);
        let av_rader = match (slag, av_kolumner.as_ref()) {
            (_, Some(Formel::Kolumner(Kolumnrakning::Andel { .. })))
            | (Radslag::Vanlig | Radslag::Grupp, _) => Vec::new(),
            (Radslag::Delsumma, _) => vec![self.summa(self.sedan(rad, false), kolumn)],
            (Radslag::Summa, _) => {
                let alla = self.sedan(rad, true);
                vec![
                    self.summa(self.delsummor(&alla), kolumn),
                    self.summa(alla, kolumn),
                ]
            }
        };
        av_rader
            .into_iter()
            .flatten()
            .chain(av_kolumner)
            .find(|formel| self.ger(formel, rad, kolumn) == Some(svar))
    }

    /// The data rows and subtotals above a row: since the last heading or sum of any kind, or
    /// (`hela`) since the last closing sum.
    fn sedan(&self, rad: usize, hela: bool) -> Vec<usize> {
        let slag = |nr: usize| self.rader.get(nr).map(|r| r.slag);
        let grans = |nr: usize| match slag(nr) {
            Some(Radslag::Summa) => true,
            Some(Radslag::Grupp | Radslag::Delsumma) => !hela,
            _ => false,
        };
        let forsta = (0..rad).rfind(|nr| grans(*nr)).map_or(0, |nr| nr + 1);
        (forsta..rad)
            .filter(|nr| matches!(slag(*nr), Some(Radslag::Vanlig | Radslag::Delsumma)))
            .collect()
    }

    /// The subtotals, and the data rows that are in none of them.
    fn delsummor(&self, rader: &[usize]) -> Vec<usize> {
        let ar_delsumma = |nr: &usize| {
            let rad = self.rader.get(*nr);
            rad.is_some_and(|r| r.slag == Radslag::Delsumma)
        };
        if !rader.iter().any(ar_delsumma) {
            return Vec::new();
        }
        let i_delsumma: Vec<usize> = rader
            .iter()
            .filter(|nr| ar_delsumma(nr))
            .flat_map(|nr| self.sedan(*nr, false))
            .collect();
        let fri = |nr: &&usize| !i_delsumma.contains(nr);
        rader.iter().filter(fri).copied().collect()
    }

    /// The formula that adds these rows, as short as it can be told.
    fn summa(&self, rader: Vec<usize>, kolumn: usize) -> Option<Formel> {
        let har_delsumma = |nr: &usize| {
            let rad = self.rader.get(*nr);
            rad.is_some_and(|r| r.slag == Radslag::Delsumma)
        };
        let blandat = rader.iter().any(har_delsumma) && !rader.iter().all(har_delsumma);
        let led: Vec<(Led, usize)> = rader
            .iter()
            .filter_map(|nr| Some((self.rader.get(*nr)?.led, *nr)))
            .collect();
        if led.iter().any(|(led, _)| *led == Led::Minus) || blandat && led.len() < 8 {
            let alla_kanda = rader.iter().all(|nr| self.exakt(*nr, kolumn).is_some());
            return alla_kanda.then_some(Formel::Led(led));
        }
        let mut spann: Vec<(usize, usize)> = Vec::new();
        for nr in rader {
            match spann.last_mut() {
                Some((_, sista)) if self.bara_rubriker(*sista, nr) => *sista = nr,
                _ => spann.push((nr, nr)),
            }
        }
        (!spann.is_empty()).then_some(Formel::Summa(spann))
    }

    /// Nothing that counts stands between two rows.
    fn bara_rubriker(&self, fran: usize, till: usize) -> bool {
        let grupp = |nr| {
            let rad = self.rader.get(nr);
            rad.is_some_and(|r: &super::modell::Rad| r.slag == Radslag::Grupp)
        };
        (fran + 1..till).all(grupp)
    }

    /// What a formula gives when a spreadsheet calculates it: `None` when it is no number, or
    /// its parts are of different kinds.
    #[must_use]
    pub fn ger(&self, formel: &Formel, rad: usize, kolumn: usize) -> Option<Exakt> {
        match formel {
            Formel::Summa(spann) => {
                let rader = spann.iter().flat_map(|(fran, till)| *fran..=*till);
                // As SUM does: words are no numbers and are passed over.
                let tal = rader.filter_map(|nr| self.exakt(nr, kolumn));
                addera(tal.map(|tal| (Led::Plus, tal)))
            }
            Formel::Led(led) => {
                let tal = led
                    .iter()
                    .map(|(led, nr)| Some((*led, self.exakt(*nr, kolumn)?)))
                    .collect::<Option<Vec<_>>>()?;
                addera(tal.into_iter())
            }
            Formel::Kolumner(Kolumnrakning::Skillnad { fran, minus }) => {
                let (fran, minus) = (self.exakt(rad, *fran)?, self.exakt(rad, *minus)?);
                addera([(Led::Plus, fran), (Led::Minus, minus)].into_iter())
            }
            Formel::Kolumner(Kolumnrakning::Andel { del, av }) => {
                match (self.exakt(rad, *del)?, self.exakt(rad, *av)?) {
                    (Exakt::Ore(del), Exakt::Ore(av)) | (Exakt::Antal(del), Exakt::Antal(av))
                        if av != 0 =>
                    {
                        Some(Exakt::Andel { del, av })
                    }
                    _ => None,
                }
            }
        }
    }
}

/// The sum of numbers of one kind.
fn addera(tal: impl Iterator<Item = (Led, Exakt)>) -> Option<Exakt> {
    let mut summa: Option<Exakt> = None;
    for (led, tal) in tal {
        let lagg = |summa: i64, tal: i64| match led {
            Led::Plus => summa.checked_add(tal),
            Led::Minus => summa.checked_sub(tal),
        };
        summa = Some(match (summa, tal) {
            (None, Exakt::Ore(tal)) => Exakt::Ore(lagg(0, tal)?),
            (None, Exakt::Antal(tal)) => Exakt::Antal(lagg(0, tal)?),
            (Some(Exakt::Ore(summa)), Exakt::Ore(tal)) => Exakt::Ore(lagg(summa, tal)?),
            (Some(Exakt::Antal(summa)), Exakt::Antal(tal)) => Exakt::Antal(lagg(summa, tal)?),
            _ => return None,
        });
    }
    summa
}

#[cfg(test)]
mod tests;
