//! Where money flows: from funders on the left to insatser on the right.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::tal::TalVy;

/// A funder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kalla {
    /// Name.
    pub namn: String,
    /// What it gives, as in the table.
    pub tal: TalVy,
}

/// Where money ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malpunkt {
    /// Name of the insats.
    pub namn: String,
    /// What it gets, as in the table.
    pub tal: TalVy,
    /// What it gets from each funder, in öre: index of the funder and weight.
    pub fran: Vec<(usize, i64)>,
    /// Money that has no row yet: drawn hatched.
    pub utan_rad: bool,
}

/// Flow bars from funders to insatser. Names and amounts are HTML beside the drawing, in rows as
/// high as the text needs, so that nothing is cut on a phone or at 200 % text.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "diagram/flode.html")]
pub struct Flode {
    /// Id, unique in the page.
    pub id: String,
    /// The finding, as a sentence.
    pub fynd: String,
    /// Unit and how to read it.
    pub under: String,
    /// Name of the chart for those who hear it.
    pub titel: String,
    /// What it shows, in words.
    pub beskrivning: String,
    /// The funders; at most three are told apart.
    pub kallor: Vec<Kalla>,
    /// The insatser, largest first.
    pub mal: Vec<Malpunkt>,
}

impl HtmlSafe for Flode {}

/// A band as drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Band {
    klass: &'static str,
    d: String,
}

/// A bar as drawn, in tenths of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    y: i64,
    hojd: i64,
}

/// Height of one row in drawing units.
const RAD: i64 = 1_000;
/// The tallest bar: some air is left between rows.
const STORST: i64 = 860;

impl Flode {
    fn hojd(&self) -> i64 {
        RAD * i64::try_from(self.mal.len()).unwrap_or(1).max(1)
    }

    /// Drawing units of a weight: the largest insats fills its row.
    fn skala(&self, vikt: i64) -> i64 {
        let storst = self
            .mal
            .iter()
            .map(Malpunkt::vikt)
            .max()
            .unwrap_or(1)
            .max(1);
        let enheter = i128::from(vikt.max(0)) * i128::from(STORST) / i128::from(storst);
        i64::try_from(enheter).unwrap_or(STORST)
    }

    /// The funders' bars, one under the other in the middle of the height.
    fn vanster(&self) -> Vec<Block> {
        let hojd = |k: usize| -> i64 { self.mal.iter().map(|m| self.skala(m.fran_kalla(k))).sum() };
        let hojder: Vec<i64> = (0..self.kallor.len()).map(hojd).collect();
        let luft = 200;
        let antal = i64::try_from(hojder.len()).unwrap_or(1).max(1);
        let mut y = (self.hojd() - hojder.iter().sum::<i64>() - luft * (antal - 1)) / 2;
        hojder
            .into_iter()
            .map(|hojd| {
                let block = Block { y, hojd };
                y += hojd + luft;
                block
            })
            .collect()
    }

    /// The insatser's bars, each in the middle of its row.
    fn hoger(&self) -> Vec<Block> {
        let mitten = |(m, i): (&Malpunkt, i64)| {
            let hojd = self.skala(m.vikt()).max(12);
            Block {
                y: i * RAD + (RAD - hojd) / 2,
                hojd,
            }
        };
        self.mal.iter().zip(0_i64..).map(mitten).collect()
    }

    fn band(&self) -> Vec<Band> {
        let mut start: Vec<i64> = self.vanster().iter().map(|b| b.y).collect();
        let mut ut = Vec::new();
        for (mal, hoger) in self.mal.iter().zip(self.hoger()) {
            let mut slut = hoger.y;
            for (kalla, vikt) in &mal.fran {
                let Some(y0) = start.get_mut(*kalla) else {
                    continue;
                };
                let h = self.skala(*vikt);
                let (a, b, y1) = (*y0, *y0 + h, slut);
                let c = slut + h;
                let klass = match (mal.utan_rad, kalla) {
                    (true, _) => "band utan",
                    (_, 0) => "band",
                    (_, 1) => "band andra",
                    _ => "band tredje",
                };
                let d = format!("M4 {a}C50 {a} 50 {y1} 96 {y1}V{c}C50 {c} 50 {b} 4 {b}Z");
                ut.push(Band { klass, d });
                *y0 += h;
                slut += h;
            }
        }
        ut
    }
}

impl Malpunkt {
    fn vikt(&self) -> i64 {
        self.fran
            .iter()
            .fold(0, |summa, (_, v)| summa.saturating_add(*v))
    }

    fn fran_kalla(&self, kalla: usize) -> i64 {
        self.fran
            .iter()
            .filter(|(k, _)| *k == kalla)
            .map(|(_, v)| *v)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flode() -> Flode {
        let mal = |namn: &str, fran: Vec<(usize, i64)>| Malpunkt {
            namn: namn.into(),
            tal: TalVy::ny("1", "/h"),
            fran,
            utan_rad: false,
        };
        Flode {
            id: "f".into(),
            fynd: "Mest till A".into(),
            under: "Kronor".into(),
            titel: "Pengarnas väg".into(),
            beskrivning: "Från två finansiärer.".into(),
            kallor: vec![
                Kalla {
                    namn: "X".into(),
                    tal: TalVy::ny("3", "/h"),
                },
                Kalla {
                    namn: "Y".into(),
                    tal: TalVy::ny("1", "/h"),
                },
            ],
            mal: vec![mal("A", vec![(0, 200), (1, 100)]), mal("B", vec![(0, 100)])],
        }
    }

    #[test]
    fn what_leaves_a_funder_is_what_arrives() {
        let f = flode();
        let vanster: i64 = f.vanster().iter().map(|b| b.hojd).sum();
        let hoger: i64 = f.hoger().iter().map(|b| b.hojd).sum();
        assert!(
            (vanster - hoger).abs() <= 3,
            "{vanster} {hoger}: only rounding may differ"
        );
        assert_eq!(f.band().len(), 3);
        assert_eq!(
            f.band().iter().filter(|b| b.klass == "band andra").count(),
            1
        );
    }

    #[test]
    fn everything_stays_within_the_drawing() {
        let f = flode();
        for b in f.vanster().into_iter().chain(f.hoger()) {
            assert!(b.y >= 0 && b.y + b.hojd <= f.hojd(), "{b:?}");
        }
        let mut stort = flode();
        stort.mal[0].fran = vec![(0, i64::MAX), (7, 5)];
        assert!(
            !stort.to_string().is_empty(),
            "an unknown funder and a huge amount are drawn"
        );
    }
}
