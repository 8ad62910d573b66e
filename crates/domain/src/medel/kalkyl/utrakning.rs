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

    /// The sum, in whole kronor.
    ///
    /// # Errors
    /// [`Overflow`] when it does not fit.
    pub fn belopp(&self) -> Result<Ore, Overflow> {
        let mut summa: i128 = 0;
        for Term(faktorer) in &self.0 {
            // Each factor is in hundredths, and so is the amount: all but one are divided away.
            let mut produkt: i128 = 100;
            for f in faktorer {
                produkt = produkt
                    .checked_mul(i128::from(f.hundradelar))
                    .ok_or(Overflow)?;
                produkt = super::avrunda(produkt, 100).ok_or(Overflow)?;
            }
            summa = summa.checked_add(produkt).ok_or(Overflow)?;
        }
        let kronor = super::avrunda(summa, 100).ok_or(Overflow)?;
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
