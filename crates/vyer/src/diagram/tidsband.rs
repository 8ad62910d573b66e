//! Money over the years as bands: which source pays when, where there is none, and what ends.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::tabell::Tabell;

/// What a band is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bandslag {
    /// Distributed.
    Fordelat,
    /// Promised.
    Utlovat,
    /// Applied for, or to be.
    Vantat,
    /// No money.
    Glapp,
}

impl Bandslag {
    const fn klass(self) -> &'static str {
        match self {
            Self::Fordelat => "f0",
            Self::Utlovat => "f1",
            Self::Vantat | Self::Glapp => "kontur prickad",
        }
    }
}

/// A stretch of time in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins, in thousandths of the chart from the left.
    pub fran: i64,
    /// Where it ends.
    pub till: i64,
    /// What it is.
    pub slag: Bandslag,
    /// What stands in it or after it: `250 000`, `glapp`.
    pub text: String,
}

/// A row: one source and its bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bandrad {
    /// The source, or `Inga pengar`.
    pub namn: String,
    /// Its bands.
    pub band: Vec<Band>,
}

/// A day that is marked across all rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markering {
    /// Where the day stands, in thousandths of the chart from the left.
    pub plats: i64,
    /// What happens then: `Avtalen går ut 31 dec 2026`.
    pub text: String,
}

/// The chart, with the table that holds the same.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "diagram/tidsband.html")]
pub struct Tidsband {
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
    /// First and last year.
    pub aren: (i16, i16),
    /// The rows.
    pub rader: Vec<Bandrad>,
    /// Days that are marked.
    pub markeringar: Vec<Markering>,
    /// The same as a table.
    pub tabell: Tabell,
}

impl HtmlSafe for Tidsband {}

/// Pixels of a row: its name, and its band below.
const RAD: i64 = 46;

/// A year as drawn.
struct Arsstreck {
    ar: i16,
    x: String,
    mitt: String,
}

/// A band as drawn. Widths in percent of the chart.
struct Ritat<'a> {
    band: &'a Band,
    x: String,
    bredd: String,
    mitt: String,
    y: i64,
    texty: i64,
}

/// A marked day as drawn.
struct RitadDag<'a> {
    markering: &'a Markering,
    x: String,
    ankare: &'static str,
    y: i64,
}

impl Tidsband {
    fn antal_ar(&self) -> i64 {
        i64::from(self.aren.1) - i64::from(self.aren.0) + 1
    }

    fn arsstreck(&self) -> Vec<Arsstreck> {
        let hela = self.antal_ar().max(1);
        (self.aren.0..=self.aren.1)
            .zip(0_i64..)
            .map(|(ar, i)| Arsstreck {
                ar,
                x: tiondel(i * 1_000 / hela),
                mitt: tiondel((2 * i + 1) * 1_000 / (2 * hela)),
            })
            .collect()
    }

    fn namnen(&self) -> Vec<(&str, i64)> {
        let alla = self.rader.iter().zip(0_i64..);
        alla.map(|(r, i)| (r.namn.as_str(), i * RAD + 14)).collect()
    }

    fn ritade(&self) -> Vec<Ritat<'_>> {
        let mut ut = Vec::new();
        for (rad, i) in self.rader.iter().zip(0_i64..) {
            for band in &rad.band {
                let x = band.fran.clamp(0, 1_000);
                let bredd = (band.till.clamp(0, 1_000) - x).max(4);
                ut.push(Ritat {
                    band,
                    x: tiondel(x + 2),
                    bredd: tiondel((bredd - 4).max(2)),
                    mitt: tiondel(x + bredd / 2),
                    y: i * RAD + 20,
                    texty: i * RAD + 34,
                });
            }
        }
        ut
    }

    fn dagar(&self) -> Vec<RitadDag<'_>> {
        let botten = self.botten();
        self.markeringar
            .iter()
            .zip(0_i64..)
            .map(|(m, i)| {
                let x = m.plats.clamp(0, 1_000);
                RitadDag {
                    markering: m,
                    x: tiondel(x),
                    ankare: if x > 500 { "end" } else { "start" },
                    y: botten + 42 + i * 20,
                }
            })
            .collect()
    }

    fn botten(&self) -> i64 {
        i64::try_from(self.rader.len()).unwrap_or(0) * RAD
    }

    fn hojd(&self) -> i64 {
        self.botten() + 30 + i64::try_from(self.markeringar.len()).unwrap_or(0) * 20
    }
}

fn tiondel(t: i64) -> String {
    format!("{}.{}%", t / 10, t % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tabell::Kolumn;

    #[test]
    fn a_band_stands_in_its_years_and_a_gap_is_drawn_as_one() {
        let band = |nr: i64, slag| Band {
            fran: nr * 250,
            till: nr * 250 + 250,
            slag,
            text: nr.to_string(),
        };
        let d = Tidsband {
            id: "f".into(),
            fynd: "Pengar till 2022".into(),
            under: String::new(),
            titel: "Pengar".into(),
            beskrivning: "Sedan inget.".into(),
            aren: (2021, 2024),
            rader: vec![
                Bandrad {
                    namn: "Bidraget".into(),
                    band: vec![band(0, Bandslag::Fordelat), band(1, Bandslag::Utlovat)],
                },
                Bandrad {
                    namn: "Inga pengar".into(),
                    band: vec![band(2, Bandslag::Glapp)],
                },
            ],
            markeringar: vec![Markering {
                plats: 373,
                text: "Avtalen går ut".into(),
            }],
            tabell: Tabell::ny("f-t", "Kronor", vec![Kolumn::ord("År")], Vec::new()),
        };
        let plats = |r: &Ritat<'_>| (r.x.clone(), r.bredd.clone(), r.y);
        let ritade: Vec<_> = d.ritade().iter().map(plats).collect();
        assert_eq!(ritade[0], ("0.2%".into(), "24.6%".into(), 20));
        assert_eq!(ritade[1], ("25.2%".into(), "24.6%".into(), 20));
        assert_eq!(ritade[2], ("50.2%".into(), "24.6%".into(), 66));
        assert_eq!(d.dagar()[0].x, "37.3%", "halva andra året");
        let html = d.to_string();
        for ord in [
            "kontur prickad",
            "Avtalen går ut",
            ">2024</text>",
            "Inga pengar",
            "f-t",
        ] {
            assert!(html.contains(ord), "{ord}: {html}");
        }
    }
}
