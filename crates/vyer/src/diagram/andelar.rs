//! Outcomes as shares: one full-width bar per insats, each part labelled.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::tabell::procent;

/// A bar: everybody who took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andelsrad {
    /// Name of the insats.
    pub namn: String,
    /// `77 deltagare`.
    pub under: String,
    /// The parts: index of the category, number, and the number as text.
    pub delar: Vec<(usize, i64, String)>,
}

/// Bars of shares. The last category is the unknown: hatched, and last in every bar.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "diagram/andelar.html")]
pub struct Andelar {
    /// Id, unique in the page; also prefix of the patterns' ids.
    pub id: String,
    /// The finding, as a sentence.
    pub fynd: String,
    /// What the whole bar is.
    pub under: String,
    /// Name of the chart for those who hear it.
    pub titel: String,
    /// Every bar in words.
    pub beskrivning: String,
    /// Names of the categories; at most four and, last, the unknown.
    pub kategorier: Vec<String>,
    /// The bars.
    pub rader: Vec<Andelsrad>,
}

impl HtmlSafe for Andelar {}

/// A part as drawn.
struct Del<'a> {
    fyllning: String,
    kategori: &'a str,
    text: &'a str,
    x: String,
    bredd: String,
    mitt: String,
}

impl Andelar {
    fn fyllning(&self, kategori: usize) -> String {
        let monster = match kategori {
            k if k + 1 == self.kategorier.len() => "gles",
            0 => "hel",
            1 => "lod",
            2 => "sned",
            _ => "prick",
        };
        format!("{}-{monster}", self.id)
    }

    /// Fillings and names, for the key shown on narrow screens.
    fn nyckel(&self) -> Vec<(String, &str)> {
        self.kategorier
            .iter()
            .enumerate()
            .map(|(i, k)| (self.fyllning(i), k.as_str()))
            .collect()
    }

    fn delar<'a>(&'a self, rad: &'a Andelsrad) -> Vec<Del<'a>> {
        let hel: i64 = rad.delar.iter().map(|(_, antal, _)| *antal).sum();
        let mut fore = 0;
        rad.delar
            .iter()
            .map(|(kategori, antal, text)| {
                let x = fore;
                fore += antal;
                Del {
                    fyllning: self.fyllning(*kategori),
                    kategori: self.kategorier.get(*kategori).map_or("", String::as_str),
                    text,
                    x: procent(x, hel),
                    bredd: procent(*antal, hel),
                    mitt: procent(2 * x + antal, 2 * hel),
                }
            })
            .collect()
    }

    /// Whether each part of the first bar has room for its name above it. Where one has not,
    /// the key tells them all.
    fn namn_ryms(&self) -> bool {
        let Some(rad) = self.rader.first() else {
            return true;
        };
        let hel: i64 = rad.delar.iter().map(|(_, antal, _)| *antal).sum();
        rad.delar.iter().all(|(kategori, antal, _)| {
            let namn = self.kategorier.get(*kategori);
            let tecken = namn.map_or(0, |namn| namn.chars().count());
            // A letter is at most a hundredth of the bar where names are shown above it.
            let bredd = i64::try_from(tecken).unwrap_or(i64::MAX);
            antal.saturating_mul(100) >= bredd.saturating_mul(hel)
        })
    }

    fn hojd(&self) -> usize {
        20 + 78 * self.rader.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_and_the_unknown_is_hatched() {
        let a = Andelar {
            id: "a".into(),
            fynd: "F".into(),
            under: "U".into(),
            titel: "T".into(),
            beskrivning: "B".into(),
            kategorier: vec!["Arbete".into(), "Okänt".into()],
            rader: vec![Andelsrad {
                namn: "IMA".into(),
                under: "4 deltagare".into(),
                delar: vec![(0, 3, "3".into()), (1, 1, "1".into())],
            }],
        };
        let delar = a.delar(&a.rader[0]);
        assert_eq!(
            (delar[0].bredd.as_str(), delar[1].x.as_str()),
            ("75.00%", "75.00%")
        );
        assert_eq!(delar[1].mitt, "87.50%");
        assert_eq!(delar[1].fyllning, "a-gles");
        assert!(a.namn_ryms());
    }

    #[test]
    fn names_that_would_run_into_each_other_stand_in_the_key_alone() {
        let mut a = Andelar {
            id: "a".into(),
            fynd: "F".into(),
            under: "U".into(),
            titel: "T".into(),
            beskrivning: "B".into(),
            kategorier: vec!["Arbete".into(), "Utredning genomförd".into()],
            rader: vec![Andelsrad {
                namn: "IMA".into(),
                under: "77 deltagare".into(),
                delar: vec![(0, 72, "72".into()), (1, 5, "5".into())],
            }],
        };
        assert!(!a.namn_ryms());
        let html = a.to_string();
        assert!(!html.contains("class=\"direkt\"") && html.contains("nyckel alltid"));
        a.rader[0].delar = vec![(0, 40, "40".into()), (1, 37, "37".into())];
        assert!(a.to_string().contains("class=\"direkt\""));
    }
}
