//! A quantity with its precision: what the rules compute with.

use crate::pengar::{Belopp, MINUS, NBSP, Ore, grupperat};
use crate::underlag::{Antal, Matt, Tal};
use std::cmp::Ordering;
use std::fmt;

/// So much of a measure, give or take `halv`. The numbers are steps of the measure in i128,
/// which no permitted number of permitted values can overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Storhet {
    pub matt: Matt,
    pub varde: i128,
    pub halv: i128,
}

/// How a stated value stands to a computed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Utslag {
    /// The same.
    Lika,
    /// Not the same, but rounding of the stated values explains it.
    Avrundning,
    /// They cannot both be right.
    Skiljer,
}

impl Storhet {
    /// Nothing, exactly.
    pub const fn noll(matt: Matt) -> Self {
        Self {
            matt,
            varde: 0,
            halv: 0,
        }
    }

    /// Exactly so many persons or things.
    pub fn antal(matt: Matt, antal: Antal) -> Self {
        Self::exakt(matt, i128::from(antal.0) * i128::from(matt.steg()))
    }

    /// Exactly so many steps.
    pub const fn exakt(matt: Matt, varde: i128) -> Self {
        Self {
            matt,
            varde,
            halv: 0,
        }
    }

    pub fn plus(self, annan: Self) -> Self {
        let varde = self.varde.saturating_add(annan.varde);
        Self {
            varde,
            halv: self.halv.saturating_add(annan.halv),
            ..self
        }
    }

    pub fn minus(self, annan: Self) -> Self {
        let varde = self.varde.saturating_sub(annan.varde);
        Self {
            varde,
            halv: self.halv.saturating_add(annan.halv),
            ..self
        }
    }

    pub fn ganger(self, antal: i128) -> Self {
        let halv = self.halv.saturating_mul(antal.abs());
        Self {
            varde: self.varde.saturating_mul(antal),
            halv,
            ..self
        }
    }

    /// The sum; nothing when there is nothing to add or the measures differ.
    pub fn summa(alla: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut alla = alla.into_iter();
        let forst = alla.next()?;
        alla.try_fold(forst, |s, x| (s.matt == x.matt).then(|| s.plus(x)))
    }

    /// Compares a stated value with a computed one within their joint precision.
    pub fn mot(self, beraknat: Self) -> Utslag {
        let skillnad = self.varde.saturating_sub(beraknat.varde).saturating_abs();
        match skillnad.cmp(&self.halv.saturating_add(beraknat.halv)) {
            _ if skillnad == 0 => Utslag::Lika,
            Ordering::Greater => Utslag::Skiljer,
            Ordering::Less | Ordering::Equal => Utslag::Avrundning,
        }
    }

    /// How far a sum may be from its parts because each of them, and it, was rounded to whole
    /// kronor or whole öre: twice that, in öre. None where something is written in thousands,
    /// for then that rounding decides.
    pub fn kronors_avrundning(alla: impl IntoIterator<Item = Self>) -> Option<i128> {
        alla.into_iter().try_fold(0_i128, |s, x| {
            (x.matt == Matt::Kronor && x.halv == 0).then(|| s + x.minsta_steg())
        })
    }

    /// The least step that the amount seems to be written in: a krona, or an öre.
    pub const fn minsta_steg(self) -> i128 {
        if self.varde % 100 == 0 { 100 } else { 1 }
    }

    /// Can rounding of the stated sum and its parts to kronor or öre explain the difference?
    /// A single part is the sum itself, and rounding explains nothing.
    pub fn avrundad_summa(self, summa: Self, delar: &[Self]) -> bool {
        let alla = delar.iter().copied().chain([self]);
        let skillnad = self.varde.saturating_sub(summa.varde).saturating_abs();
        delar.len() > 1
            && Self::kronors_avrundning(alla)
                .is_some_and(|hogst| skillnad.saturating_mul(2) <= hogst)
    }

    /// Can both be right?
    pub fn forenlig(self, annan: Self) -> bool {
        self.mot(annan) != Utslag::Skiljer
    }

    /// Are the two the same but for two neighbouring digits that have changed places?
    pub fn omkastad(self, annan: Self) -> bool {
        if self.varde == annan.varde || self.varde < 0 || annan.varde < 0 {
            return false;
        }
        let (a, b) = (self.varde.to_string(), annan.varde.to_string());
        let (a, b) = (a.as_bytes(), b.as_bytes());
        if a.len() != b.len() {
            return false;
        }
        let olika: Vec<usize> = (0..a.len()).filter(|i| a.get(*i) != b.get(*i)).collect();
        match olika.as_slice() {
            [i, j] => *j == i + 1 && a.get(*i) == b.get(*j) && a.get(*j) == b.get(*i),
            _ => false,
        }
    }

    /// Says so when the stated value looks like the computed one with two digits swapped.
    pub fn om_omkastad(self, beraknat: Self) -> &'static str {
        if self.omkastad(beraknat) {
            " Två siffror kan ha bytt plats."
        } else {
            ""
        }
    }

    /// As a difference in words: per cent are then percentage points.
    pub fn som_skillnad(self) -> String {
        let text = self.to_string();
        match self.matt {
            Matt::Procent => text.replace('%', "procentenheter"),
            _ => text,
        }
    }

    /// Without sign.
    pub fn absolut(self) -> Self {
        Self {
            varde: self.varde.saturating_abs(),
            ..self
        }
    }

    /// Thousandths of the unit of a finding (kronor; per cent also for per mille).
    pub fn tusendelar(self) -> i128 {
        match self.matt {
            Matt::Kronor => self.varde.saturating_mul(10),
            Matt::Promille => self.varde / 10,
            Matt::Procent | Matt::Personer | Matt::Antal => self.varde,
        }
    }
}

impl From<Belopp> for Storhet {
    fn from(belopp: Belopp) -> Self {
        Self {
            matt: Matt::Kronor,
            varde: i128::from(belopp.ore.0),
            halv: i128::from(belopp.precision.halv()),
        }
    }
}

impl From<Tal> for Storhet {
    fn from(tal: Tal) -> Self {
        Self {
            matt: tal.matt,
            varde: tal.varde.into(),
            halv: tal.halv.into(),
        }
    }
}

/// What stands in a sentence in place of an amount that the books cannot hold.
const FOR_STORT: &str = "ett belopp som är för stort för att räknas";

/// In whole words: `8 052 000 kr`, `13,4 %`, `4 personer`.
impl fmt::Display for Storhet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.matt == Matt::Kronor {
            return match i64::try_from(self.varde) {
                Ok(ore) => write!(f, "{}{NBSP}kr", Ore(ore)),
                Err(_) => f.write_str(FOR_STORT),
            };
        }
        let (hela, rest) = (
            self.varde.unsigned_abs() / 1000,
            self.varde.unsigned_abs() % 1000,
        );
        let Ok(hela_tal) = u64::try_from(hela) else {
            return f.write_str(FOR_STORT);
        };
        if self.varde < 0 {
            write!(f, "{MINUS}")?;
        }
        write!(f, "{}", grupperat(hela_tal))?;
        if rest > 0 {
            write!(f, ",{}", format!("{rest:03}").trim_end_matches('0'))?;
        }
        match self.matt {
            Matt::Procent => write!(f, "{NBSP}%"),
            Matt::Promille => write!(f, "{NBSP}‰"),
            Matt::Personer if hela == 1 && rest == 0 => write!(f, "{NBSP}person"),
            Matt::Personer => write!(f, "{NBSP}personer"),
            Matt::Antal | Matt::Kronor => Ok(()),
        }
    }
}
