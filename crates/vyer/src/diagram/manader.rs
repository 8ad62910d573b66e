//! Columns by month.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::tabell::{Cell, Kolumn, Rad, Tabell};
use crate::tal::TalVy;

/// A month of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manad {
    /// `mar`.
    pub namn: String,
    /// The number, for the height; `None` when there is only a sign.
    pub antal: Option<i64>,
    /// The same number with its derivation, or the sign.
    pub tal: TalVy,
}

/// A row of the table under the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manadsserie {
    /// What is counted.
    pub namn: String,
    /// Its months.
    pub manader: Vec<Manad>,
    /// The sum of what is reported.
    pub summa: TalVy,
}

/// Columns of the first series, and a table with all of them.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "diagram/manader.html")]
pub struct Manadsstaplar {
    /// Id, unique in the page.
    pub id: String,
    /// The finding, as a sentence.
    pub fynd: String,
    /// What is shown, when.
    pub under: String,
    /// Name of the chart for those who hear it.
    pub titel: String,
    /// The course in words.
    pub beskrivning: String,
    /// Caption of the table.
    pub caption: String,
    /// Heading of the sum column: `Mars–okt`.
    pub summarubrik: String,
    /// The series; the first is drawn.
    pub serier: Vec<Manadsserie>,
}

impl HtmlSafe for Manadsstaplar {}

/// A column as drawn. Widths in percent of the chart, heights in pixels from the top.
struct Stapel<'a> {
    manad: &'a Manad,
    x: String,
    bredd: String,
    mitt: String,
    y: i64,
    hojd: i64,
}

/// Where columns stand on.
const BAS: i64 = 204;
/// The tallest column.
const HOJD: i64 = 180;

impl Manadsstaplar {
    fn staplar(&self) -> Vec<Stapel<'_>> {
        let Some(serie) = self.serier.first() else {
            return Vec::new();
        };
        let antal = i64::try_from(serie.manader.len()).unwrap_or(1).max(1);
        let storst = serie
            .manader
            .iter()
            .filter_map(|m| m.antal)
            .max()
            .unwrap_or(1)
            .max(1);
        // Tenths of a percent: each month has an equal part, three fifths of it the column.
        let del = 1_000 / antal;
        serie
            .manader
            .iter()
            .zip(0_i64..)
            .map(|(manad, i)| {
                let antal = manad.antal.unwrap_or(0).clamp(0, storst);
                let hojd = (antal * HOJD + storst / 2) / storst;
                let (x, bredd) = (i * del + del / 5, del * 3 / 5);
                Stapel {
                    manad,
                    x: tiondel(x),
                    bredd: tiondel(bredd),
                    mitt: tiondel(x + bredd / 2),
                    y: BAS - hojd,
                    hojd,
                }
            })
            .collect()
    }

    fn tabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Vad")];
        if let Some(s) = self.serier.first() {
            kolumner.extend(s.manader.iter().map(|m| Kolumn::tal(&m.namn)));
        }
        kolumner.push(Kolumn::tal(&self.summarubrik));
        let rader = self.serier.iter().map(|s| {
            let mut celler = vec![Cell::rubrik(&s.namn)];
            celler.extend(s.manader.iter().map(|m| Cell::Tal(m.tal.clone())));
            celler.push(Cell::Tal(s.summa.clone()));
            Rad::ny(celler)
        });
        Tabell::ny(
            format!("{}-t", self.id),
            &self.caption,
            kolumner,
            rader.collect(),
        )
        .klass("bredd smal")
    }
}

fn tiondel(t: i64) -> String {
    format!("{}.{}%", t / 10, t % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tal::Tecken;

    #[test]
    fn drawn_numbers_are_those_of_the_table() {
        let manad = |namn: &str, antal: Option<i64>| Manad {
            namn: namn.into(),
            antal,
            tal: antal.map_or(TalVy::tecken(Tecken::EjInrapporterat), |a| {
                TalVy::ny(a.to_string(), "/h")
            }),
        };
        let d = Manadsstaplar {
            id: "v".into(),
            fynd: "Flest i juni".into(),
            under: String::new(),
            titel: "Per månad".into(),
            beskrivning: "Från 10 till 22.".into(),
            caption: "Antal".into(),
            summarubrik: "Summa".into(),
            serier: vec![Manadsserie {
                namn: "Råd".into(),
                manader: vec![
                    manad("maj", Some(10)),
                    manad("jun", Some(22)),
                    manad("jul", None),
                ],
                summa: TalVy::ny("32", "/h"),
            }],
        };
        let staplar = d.staplar();
        assert_eq!(staplar[1].hojd, HOJD);
        assert_eq!(staplar[0].hojd, 82, "10/22 of 180");
        assert_eq!(staplar[2].hojd, 0);
        let html = d.to_string();
        for tal in ["10", "22"] {
            assert!(html.contains(&format!(">{tal}</text>")), "{html}");
            assert!(html.contains(&format!(">{tal}</a>")), "{html}");
        }
        assert!(html.contains(">□</text>"));
    }
}
