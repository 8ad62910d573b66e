//! A formula as people write it: `12 mån × 135 kr + 12 mån × 150 kr`.

use crate::pengar::{Belopp, BeloppFel, Enhet, NBSP, Ore, Overflow};
use serde::{Deserialize, Serialize};

/// The most factors in a formula.
const FLEST: usize = 40;

/// A number with its word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Faktor {
    /// Hundredths: 190 is 19 000, `0,5` is 50.
    pub hundradelar: i64,
    /// What it counts, as it was written: `mån`, `kr`, `st`. May be empty.
    pub ord: String,
}

/// Factors that are multiplied.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term(pub Vec<Faktor>);

/// Terms that are added.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Utrakning(pub Vec<Term>);

/// Why a formula could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UtrakningFel {
    /// There is nothing in it.
    #[error("det finns inget tal")]
    Tom,
    /// A part is no number.
    #[error("”{0}” är inget tal")]
    IngetTal(String),
    /// More numbers than a formula has room for.
    #[error("det är fler än 40 tal")]
    ForManga,
}

impl Utrakning {
    /// Reads a formula. `×`, `*` and `x` multiply and `+` adds; a number may have a word after
    /// it, which is kept and means nothing to the sum.
    ///
    /// # Errors
    /// [`UtrakningFel`] names the part that is no number.
    pub fn las(text: &str) -> Result<Self, UtrakningFel> {
        let mut antal = 0_usize;
        let mut termer = Vec::new();
        for term in text.split('+') {
            let mut faktorer = Vec::new();
            for del in delar(term) {
                antal = antal.saturating_add(1);
                if antal > FLEST {
                    return Err(UtrakningFel::ForManga);
                }
                faktorer.push(Faktor::las(&del)?);
            }
            termer.push(Term(faktorer));
        }
        Ok(Self(termer))
    }

    /// The sum, in whole kronor: multiplied and added exactly, and rounded once.
    ///
    /// # Errors
    /// [`Overflow`] when it does not fit.
    pub fn belopp(&self) -> Result<Ore, Overflow> {
        let mut summa = Decimal {
            tal: 0,
            tiopotens: 0,
        };
        for term in &self.0 {
            summa = summa.plus(term.produkt()?)?;
        }
        let kronor = super::avrunda(summa.tal, tio_upphojt(summa.tiopotens)?).ok_or(Overflow)?;
        Ore::kronor(i64::try_from(kronor).map_err(|_| Overflow)?)
    }

    /// The same with every term multiplied by a rate: `2 platser` by 31 000 kr is
    /// `2 platser × 31 000 kr`.
    #[must_use]
    pub fn ganger(&self, sats: Ore) -> Self {
        let sats = Faktor {
            hundradelar: sats.0,
            ord: "kr".to_owned(),
        };
        let termer = self.0.iter().map(|Term(faktorer)| {
            let med = faktorer.iter().chain(std::iter::once(&sats));
            Term(med.cloned().collect())
        });
        Self(termer.collect())
    }

    /// `12 mån × 135 kr + 12 mån × 150 kr = 3 420 kr`; a lone number says only itself.
    #[must_use]
    pub fn kommentar(&self, belopp: Ore) -> String {
        let ensam = matches!(self.0.as_slice(), [Term(f)] if f.len() == 1);
        if ensam {
            return format!("{belopp}{NBSP}kr om året.");
        }
        format!("{self} = {belopp}{NBSP}kr.")
    }
}

/// An exact number: so many of the unit divided by ten this many times.
#[derive(Clone, Copy)]
struct Decimal {
    tal: i128,
    tiopotens: u32,
}

impl Decimal {
    fn plus(self, annat: Self) -> Result<Self, Overflow> {
        let tiopotens = self.tiopotens.max(annat.tiopotens);
        let sa_fin = |d: Self| {
            let ganger = tio_upphojt(tiopotens.saturating_sub(d.tiopotens))?;
            d.tal.checked_mul(ganger).ok_or(Overflow)
        };
        let tal = sa_fin(self)?.checked_add(sa_fin(annat)?).ok_or(Overflow)?;
        Ok(Self { tal, tiopotens })
    }
}

fn tio_upphojt(tiopotens: u32) -> Result<i128, Overflow> {
    10_i128.checked_pow(tiopotens).ok_or(Overflow)
}

impl Term {
    /// The product, with no more decimals than the factors have.
    fn produkt(&self) -> Result<Decimal, Overflow> {
        let mut ut = Decimal {
            tal: 1,
            tiopotens: 0,
        };
        // Nothing of something too large is nothing, in whichever order it was written.
        if self.0.iter().any(|f| f.hundradelar == 0) {
            return Ok(Decimal {
                tal: 0,
                tiopotens: 0,
            });
        }
        for f in &self.0 {
            let (mut tal, mut tiopotens) = (f.hundradelar, 2_u32);
            while tiopotens > 0 && tal % 10 == 0 {
                (tal, tiopotens) = (tal / 10, tiopotens.saturating_sub(1));
            }
            ut.tal = ut.tal.checked_mul(i128::from(tal)).ok_or(Overflow)?;
            ut.tiopotens = ut.tiopotens.saturating_add(tiopotens);
        }
        Ok(ut)
    }
}

/// The factors of a term as they were written. An `x` alone multiplies; one in a word is a
/// letter.
fn delar(term: &str) -> Vec<String> {
    let term = term.replace(['×', '*', '·'], "\u{0}");
    let term = term
        .split_inclusive(char::is_whitespace)
        .map(|ord| {
            if ord.trim().eq_ignore_ascii_case("x") {
                "\u{0}"
            } else {
                ord
            }
        })
        .collect::<String>();
    term.split('\u{0}').map(|d| d.trim().to_owned()).collect()
}

impl Faktor {
    fn las(text: &str) -> Result<Self, UtrakningFel> {
        if text.is_empty() {
            return Err(UtrakningFel::Tom);
        }
        let fel = || UtrakningFel::IngetTal(text.to_owned());
        let slut = text
            .char_indices()
            .rfind(|(_, c)| c.is_ascii_digit())
            .map(|(i, _)| i.saturating_add(1))
            .ok_or_else(fel)?;
        let (tal, ord) = text.split_at_checked(slut).ok_or_else(fel)?;
        let ore = match Belopp::las_tal(tal, Enhet::Kr) {
            Ok(b) if b.ore >= Ore::NOLL => b.ore.0,
            Ok(_) | Err(BeloppFel::ForStort) => return Err(fel()),
            Err(_) => return Err(fel()),
        };
        Ok(Self {
            hundradelar: ore,
            ord: ord.trim().to_owned(),
        })
    }
}

impl std::fmt::Display for Utrakning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (nr, Term(faktorer)) in self.0.iter().enumerate() {
            if nr > 0 {
                f.write_str(" + ")?;
            }
            for (nr, faktor) in faktorer.iter().enumerate() {
                if nr > 0 {
                    f.write_str(" × ")?;
                }
                write!(f, "{}", Ore(faktor.hundradelar))?;
                if !faktor.ord.is_empty() {
                    write!(f, "{NBSP}{}", faktor.ord)?;
                }
            }
        }
        Ok(())
    }
}
