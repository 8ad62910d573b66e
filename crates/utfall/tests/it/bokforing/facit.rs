//! The oracle: reads the lines of a file by itself, into plain lists. Shares no code with the
//! program.

use jiff::civil::{Date, date};

/// What a fact should say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rad {
    pub insats: String,
    pub intakt: bool,
    pub kategori: String,
    pub manad: Date,
    pub ore: i64,
}

/// A row that counts.
#[derive(Clone, Debug)]
pub struct Bokrad {
    pub dag: Date,
    pub konto: u32,
    pub projekt: Option<String>,
    pub ore: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Facit {
    pub rader: Vec<Bokrad>,
    verifikationer: usize,
}

impl Facit {
    pub fn av(innehall: &[u8]) -> Self {
        // Only digits and signs are read: the character set does not matter.
        let text: String = innehall.iter().map(|b| char::from(*b)).collect();
        let mut ut = Self::default();
        let mut dag = date(1, 1, 1);
        for rad in text.lines() {
            let mut ord = rad.split_whitespace();
            match ord.next() {
                Some("#VER") => {
                    let skrivet = ord.nth(2).unwrap();
                    let del = |fran, till: usize| skrivet[fran..till].parse::<i16>().unwrap();
                    let manad = i8::try_from(del(4, 6)).unwrap();
                    dag = date(del(0, 4), manad, i8::try_from(del(6, 8)).unwrap());
                    ut.verifikationer += 1;
                }
                Some("#TRANS") => {
                    let konto = ord.next().unwrap().parse().unwrap();
                    let (inne, efter) = rad.split_once('}').unwrap();
                    let (_, inne) = inne.split_once('{').unwrap();
                    let objekt: Vec<&str> = inne.split_whitespace().collect();
                    let projekt = objekt.chunks(2).find(|par| par[0] == "6");
                    let belopp = efter.split_whitespace().next().unwrap();
                    ut.rader.push(Bokrad {
                        dag,
                        konto,
                        projekt: projekt.map(|par| par[1].trim_matches('"').to_owned()),
                        ore: ore(belopp),
                    });
                }
                _ => {}
            }
        }
        ut
    }

    pub fn verifikationer(&self) -> usize {
        self.verifikationer
    }

    /// What the facts should be: each project with its initiative, and what pay is called.
    pub fn rader(&self, projekt: &[(&str, &str)], lon: &str) -> Vec<Rad> {
        let mut ut: Vec<Rad> = Vec::new();
        for rad in &self.rader {
            let mitt = rad.projekt.as_deref();
            let Some((_, insats)) = projekt.iter().find(|(nr, _)| Some(*nr) == mitt) else {
                continue;
            };
            let (intakt, kategori, ore) = match rad.konto {
                1000..3000 => continue,
                3500..3600 => (true, "", -rad.ore),
                3000..4000 => (false, "Annan intäkt", rad.ore),
                5000..6000 => (false, lon, rad.ore),
                _ => (false, "", rad.ore),
            };
            let manad = date(rad.dag.year(), rad.dag.month(), 1);
            let finns = ut.iter_mut().find(|r| {
                (r.insats.as_str(), r.intakt, r.kategori.as_str(), r.manad)
                    == (*insats, intakt, kategori, manad)
            });
            match finns {
                Some(r) => r.ore += ore,
                None => ut.push(Rad {
                    insats: (*insats).to_owned(),
                    intakt,
                    kategori: kategori.to_owned(),
                    manad,
                    ore,
                }),
            }
        }
        ut.sort();
        ut
    }
}

fn ore(text: &str) -> i64 {
    let (kr, ore) = text.split_once('.').unwrap_or((text, "0"));
    let minus = kr.starts_with('-');
    let tal = kr.trim_start_matches('-').parse::<i64>().unwrap() * 100
        + format!("{ore:0<2}").parse::<i64>().unwrap();
    if minus { -tal } else { tal }
}

/// What an amount becomes for each of several payers by their weights: whole öre, and those left
/// to the ones that lost most, the first first.
pub fn delat(hela: i64, vikter: &[i64]) -> Vec<i64> {
    let alla: i64 = vikter.iter().sum();
    let mut ut: Vec<i64> = vikter.iter().map(|v| hela.abs() * v / alla).collect();
    while ut.iter().sum::<i64>() < hela.abs() {
        let brist = |nr: usize| hela.abs() * vikter[nr] - ut[nr] * alla;
        let mest = (0..ut.len()).rev().max_by_key(|nr| brist(*nr)).unwrap();
        ut[mest] += 1;
    }
    ut.into_iter().map(|del| del * hela.signum()).collect()
}
