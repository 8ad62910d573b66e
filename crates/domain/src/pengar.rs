//! Money as integer öre, and amounts that remember how exactly they were stated.
//!
//! Invariant: no float ever touches an amount (ARCHITECTURE.md invariant 1).

#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

use serde::{Deserialize, Serialize};
use std::fmt;

/// No-break space: keeps `8 052 000` on one line.
pub const NBSP: char = '\u{a0}';
/// The minus sign of Swedish typography.
pub const MINUS: char = '\u{2212}';

/// An amount in öre. Sums of 9·10¹⁶ kr fit; what does not fit is an error, never a wrap.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Ore(pub i64);

/// An amount became larger than the books can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("beloppet är större än systemet kan räkna med (92 000 biljoner kronor)")]
pub struct Overflow;

impl Ore {
    /// Nothing, known to be nothing. Not the same as unknown.
    pub const NOLL: Self = Self(0);

    /// The amount in öre of a whole number of kronor.
    ///
    /// # Errors
    /// [`Overflow`] when it does not fit.
    pub fn kronor(kr: i64) -> Result<Self, Overflow> {
        kr.checked_mul(100).map(Self).ok_or(Overflow)
    }

    /// Sum.
    ///
    /// # Errors
    /// [`Overflow`] when it does not fit.
    pub fn plus(self, annat: Self) -> Result<Self, Overflow> {
        self.0.checked_add(annat.0).map(Self).ok_or(Overflow)
    }

    /// Difference.
    ///
    /// # Errors
    /// [`Overflow`] when it does not fit.
    pub fn minus(self, annat: Self) -> Result<Self, Overflow> {
        self.0.checked_sub(annat.0).map(Self).ok_or(Overflow)
    }

    /// Sum of many.
    ///
    /// # Errors
    /// [`Overflow`] when it does not fit.
    pub fn summa(alla: impl IntoIterator<Item = Self>) -> Result<Self, Overflow> {
        alla.into_iter().try_fold(Self::NOLL, Self::plus)
    }

    /// Distance from zero, in öre.
    #[must_use]
    pub const fn absolut(self) -> u64 {
        self.0.unsigned_abs()
    }

    /// Whole kronor, rounded half away from zero.
    #[must_use]
    pub const fn hela_kronor(self) -> i64 {
        let (kvot, rest) = (self.0 / 100, self.0 % 100);
        if rest >= 50 {
            kvot.saturating_add(1)
        } else if rest <= -50 {
            kvot.saturating_sub(1)
        } else {
            kvot
        }
    }
}

/// `8 052 000` or `−3 586,50`: grouped with no-break spaces, öre only when there are any.
impl fmt::Display for Ore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            write!(f, "{MINUS}")?;
        }
        let belopp = self.0.unsigned_abs();
        write!(f, "{}", grupperat(belopp / 100))?;
        match belopp % 100 {
            0 => Ok(()),
            rest => write!(f, ",{rest:02}"),
        }
    }
}

/// A whole number grouped in threes with no-break spaces.
#[must_use]
pub fn grupperat(tal: u64) -> String {
    let siffror = tal.to_string();
    let mut ut = String::with_capacity(siffror.len().saturating_mul(2));
    for (plats, siffra) in siffror.chars().enumerate() {
        if plats > 0 && siffror.len().saturating_sub(plats).is_multiple_of(3) {
            ut.push(NBSP);
        }
        ut.push(siffra);
    }
    ut
}

/// A signed whole number, grouped, with a real minus sign.
#[must_use]
pub fn heltal(tal: i64) -> String {
    let tecken = if tal < 0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    format!("{tecken}{}", grupperat(tal.unsigned_abs()))
}

/// How exactly an amount was stated: the size of its last unit, in öre.
///
/// `680 tkr` has the unit 1 000 kr and so means 680 000 ± 500. An amount in kronor counts
/// as exact (± 0): the papers round nothing below the krona.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Precision(u32);

impl Precision {
    /// To the krona or the öre.
    pub const EXAKT: Self = Self(0);
    /// Thousands of kronor.
    pub const TUSENTAL: Self = Self(100_000);
    /// Millions of kronor.
    pub const MILJONTAL: Self = Self(100_000_000);

    /// A precision whose last unit is this many öre; a krona or less counts as exact.
    #[must_use]
    pub const fn steg(ore: u32) -> Self {
        if ore <= 100 { Self(0) } else { Self(ore) }
    }

    /// The size of the last unit in öre, 0 when exact.
    #[must_use]
    pub const fn enhet(self) -> i64 {
        self.0 as i64
    }

    /// Half the last unit in öre: how far the true amount may lie from the stated one.
    #[must_use]
    pub const fn halv(self) -> i64 {
        (self.0 / 2) as i64
    }
}

/// The unit an amount was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enhet {
    /// Kronor.
    Kr,
    /// Thousands of kronor.
    Tkr,
    /// Millions of kronor.
    Mkr,
}

impl Enhet {
    /// Öre in one unit.
    #[must_use]
    pub const fn ore(self) -> u32 {
        match self {
            Self::Kr => 100,
            Self::Tkr => 100_000,
            Self::Mkr => 100_000_000,
        }
    }
}

impl fmt::Display for Enhet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kr => "kr",
            Self::Tkr => "tkr",
            Self::Mkr => "Mkr",
        })
    }
}

/// An amount and how exactly it was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Belopp {
    /// The amount.
    pub ore: Ore,
    /// How exactly it was stated.
    pub precision: Precision,
    /// The unit it was written in.
    pub enhet: Enhet,
}

/// Why a written amount could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BeloppFel {
    /// There is no number in it.
    #[error("det finns inget tal")]
    IngetTal,
    /// The unit is missing or is not kr, tkr or Mkr.
    #[error("enheten saknas eller är inte kr, tkr eller Mkr")]
    Enhet,
    /// The digits do not form a number: letters, two decimal signs, groups of the wrong size.
    #[error("talet är felskrivet")]
    Felskrivet,
    /// More decimals than the unit has öre for.
    #[error("talet har fler decimaler än ören")]
    Decimaler,
    /// Larger than the books can hold.
    #[error("beloppet är för stort")]
    ForStort,
}

impl Belopp {
    /// An exact amount in kronor and öre.
    #[must_use]
    pub const fn exakt(ore: Ore) -> Self {
        Self {
            ore,
            precision: Precision::EXAKT,
            enhet: Enhet::Kr,
        }
    }

    /// Reads an amount as the papers write it: `8 052 000 kr`, `1 400 tkr`, `14 Mkr`,
    /// `12,5 Mkr`, `500.000 kr`, `-700 000 kr`, `1750000 kronor`.
    ///
    /// # Errors
    /// [`BeloppFel`] names what is wrong; nothing is guessed.
    pub fn las(text: &str) -> Result<Self, BeloppFel> {
        let text = text.trim();
        let slut = text
            .rfind(|c: char| c.is_ascii_digit())
            .ok_or(BeloppFel::IngetTal)?;
        let (tal, enhet) = text.split_at(slut.saturating_add(1));
        Self::las_tal(tal, enhet_av(enhet.trim())?)
    }

    /// Reads a bare number in a unit known from elsewhere, such as a column heading.
    ///
    /// # Errors
    /// As [`Belopp::las`].
    pub fn las_tal(text: &str, enhet: Enhet) -> Result<Self, BeloppFel> {
        let (negativt, siffror) = tecken_och_siffror(text)?;
        let (hela, decimaler) = siffror.split_once(',').unwrap_or((&siffror, ""));
        let delar = u32::try_from(decimaler.len()).map_err(|_| BeloppFel::Decimaler)?;
        let steg = 10_u32
            .checked_pow(delar)
            .filter(|n| enhet.ore().is_multiple_of(*n))
            .and_then(|n| enhet.ore().checked_div(n))
            .ok_or(BeloppFel::Decimaler)?;
        let tal: i64 = format!("{hela}{decimaler}")
            .parse()
            .map_err(|_| BeloppFel::ForStort)?;
        let ore = tal
            .checked_mul(i64::from(steg))
            .ok_or(BeloppFel::ForStort)?;
        let ore = if negativt {
            Ore(ore.saturating_neg())
        } else {
            Ore(ore)
        };
        Ok(Self {
            ore,
            precision: Precision::steg(steg),
            enhet,
        })
    }

    /// As it was written: `680 tkr`.
    #[must_use]
    pub fn som_skrivet(&self) -> String {
        let per_enhet = i64::from(self.enhet.ore());
        let jamnt = self.ore.0.checked_rem(per_enhet) == Some(0);
        if let Some(hela) = self.ore.0.checked_div(per_enhet).filter(|_| jamnt) {
            format!("{}{NBSP}{}", heltal(hela), self.enhet)
        } else if self.enhet == Enhet::Kr {
            format!("{}{NBSP}kr", self.ore)
        } else {
            let tecken = if self.ore.0 < 0 {
                MINUS.to_string()
            } else {
                String::new()
            };
            let per_enhet = u64::from(self.enhet.ore());
            let hela = self.ore.absolut().checked_div(per_enhet).unwrap_or(0);
            let rest = self.ore.absolut().checked_rem(per_enhet).unwrap_or(0);
            let bredd = if self.enhet == Enhet::Tkr { 5 } else { 8 };
            let decimaler = format!("{rest:0bredd$}");
            let decimaler = decimaler.trim_end_matches('0');
            format!(
                "{tecken}{},{decimaler}{NBSP}{}",
                grupperat(hela),
                self.enhet
            )
        }
    }
}

fn enhet_av(text: &str) -> Result<Enhet, BeloppFel> {
    match text.to_lowercase().trim_end_matches('.') {
        "kr" | "kronor" | "krona" | "sek" | ":-" => Ok(Enhet::Kr),
        "tkr" | "tusen kronor" | "tusen" | "ksek" => Ok(Enhet::Tkr),
        "mkr" | "mnkr" | "msek" | "miljoner kronor" | "miljoner" | "miljon" => Ok(Enhet::Mkr),
        _ => Err(BeloppFel::Enhet),
    }
}

/// Digits with at most one decimal comma. A point or space counts as a thousands separator
/// only before exactly three digits, so that `1.5 Mkr` is refused instead of read as 15.
fn tecken_och_siffror(text: &str) -> Result<(bool, String), BeloppFel> {
    let text = text.trim();
    let (negativt, text) = match text.strip_prefix(['-', MINUS, '\u{2013}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hela, decimaler) = match text.split_once(',') {
        Some((hela, decimaler)) => (hela, Some(decimaler)),
        None => (text, None),
    };
    let grupper: Vec<&str> = hela
        .split([' ', NBSP, '\u{202f}', '\u{2009}', '.'])
        .collect();
    let ratt_grupperat = grupper.len() == 1
        || grupper.iter().enumerate().all(|(nr, grupp)| {
            if nr == 0 {
                (1..=3).contains(&grupp.len())
            } else {
                grupp.len() == 3
            }
        });
    let mut siffror = grupper.concat();
    if siffror.is_empty() || !ratt_grupperat {
        return Err(if siffror.is_empty() {
            BeloppFel::IngetTal
        } else {
            BeloppFel::Felskrivet
        });
    }
    if let Some(decimaler) = decimaler {
        if decimaler.is_empty() {
            return Err(BeloppFel::Felskrivet);
        }
        siffror.push(',');
        siffror.push_str(decimaler);
    }
    let rena = siffror.chars().all(|c| c.is_ascii_digit() || c == ',')
        && siffror.matches(',').count() <= 1;
    if rena {
        Ok((negativt, siffror))
    } else {
        Err(BeloppFel::Felskrivet)
    }
}

#[cfg(test)]
mod tests;
