//! What positions and activities cost, computed from what they are made of.
//!
//! Everything is whole numbers: pay and prices in öre, shares in thousandths of a per cent
//! (as [`crate::insatser::Tjanst`] keeps them), and each row is rounded once, to whole kronor,
//! half away from zero. A calculation is no figure of the books. It becomes one when somebody
//! uses its sum as the amount of a cell of the distribution (docs/adr/0047).

mod utrakning;

pub use utrakning::{Faktor, Term, Utrakning, UtrakningFel};

use crate::insatser::Tjanst;
use crate::pengar::{NBSP, Ore, Overflow};
use serde::{Deserialize, Serialize};

/// The whole, in thousandths of a per cent.
pub const HEL: i64 = 100_000;
const MANADER: i64 = 12;

/// Names of the months, January first.
pub const MANADSNAMN: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// How pay during holidays is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "slag", rename_all = "snake_case")]
pub enum Semester {
    /// The monthly pay goes on during holidays; nothing is added.
    #[default]
    Ingar,
    /// A supplement for each day of holiday, in thousandths of a per cent of a month's pay
    /// (0,43 per cent by semesterlagen 16 a §; 0,605 by the municipalities' agreement).
    Dagtillagg {
        /// Days in a full year.
        dagar: i64,
        /// Supplement for a day.
        per_dag: i64,
    },
    /// Paid out instead of holidays, in thousandths of a per cent of the pay (12 per cent by
    /// semesterlagen 16 b §).
    Ersattning {
        /// The share.
        procent: i64,
    },
}

/// One position or several alike, for a part of one year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tjanstrad {
    /// What the person does, never who.
    pub benamning: String,
    /// How many; 1–999.
    pub antal: i64,
    /// Share of full time in thousandths of a per cent: 20 per cent is 20 000.
    pub andel: i64,
    /// First month, 1–12.
    pub fran_manad: i16,
    /// Last month, 1–12, not before the first.
    pub till_manad: i16,
    /// A month's pay for full time.
    pub manadslon: Ore,
    /// The employer's contributions and insurances (PO) in thousandths of a per cent of the
    /// pay: 40,15 per cent is 40 150.
    pub po: i64,
    /// Pay during holidays. Substitutes are never in it.
    pub semester: Semester,
}

/// A part of a manager's time: the manager's own cost by a rule, such as one of eighteen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ledningsrad {
    /// Whose work is led.
    pub benamning: String,
    /// What the manager costs in a year, contributions included.
    pub arskostnad: Ore,
    /// The rule as it was decided: `1/18` or `5,5 %`.
    pub regel: Andelsregel,
    /// Months of the year, 1–12.
    pub manader: i64,
}

/// A share as it was decided: a fraction or a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "slag", rename_all = "snake_case")]
pub enum Andelsregel {
    /// So many of so many: 1 of 18.
    Av {
        /// The part.
        del: i64,
        /// Of so many.
        av: i64,
    },
    /// Thousandths of a per cent.
    Procent {
        /// 5,5 per cent is 5 500.
        procent: i64,
    },
}

/// A cost by a formula: units × price × months, in as many terms as it takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kostnadsrad {
    /// What it is.
    pub benamning: String,
    /// The formula; with a standard rate from the settings, how many of it.
    pub utrakning: Utrakning,
    /// Where a rate that stands in the formula comes from: `Serviceförvaltningens schablon`.
    /// Empty for what is no standard rate, and for one from the settings.
    pub kalla: String,
    /// The year of that rate.
    pub kalla_ar: Option<i16>,
    /// The standard rate from the settings that the formula is multiplied by, as it was when
    /// this was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schablon: Option<Schablonsats>,
}

/// A standard rate as the settings had it for a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Schablonsats {
    /// What it is for: `Arbetsplats`.
    pub namn: String,
    /// The rate.
    pub belopp: Ore,
    /// The year it holds from.
    pub fran_ar: Option<i16>,
    /// Where the setting says it comes from.
    pub kalla: String,
}

/// A calculation for one initiative and year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kalkyl {
    /// Positions.
    pub tjanster: Vec<Tjanstrad>,
    /// Management.
    pub ledning: Vec<Ledningsrad>,
    /// Everything else.
    pub rader: Vec<Kostnadsrad>,
}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radsvar {
    /// What it is.
    pub benamning: String,
    /// Its cost in the year, in whole kronor.
    pub belopp: Ore,
    /// Its cost in a full year of the same.
    pub helar: Ore,
    /// How it was computed, made from the numbers.
    pub kommentar: String,
    /// Source and year of a standard rate; empty otherwise.
    pub kalla: String,
}

/// What a calculation comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kalkylsvar {
    /// Positions, management and other rows, in that order.
    pub rader: Vec<Radsvar>,
    /// The cost in the year.
    pub summa: Ore,
    /// The cost of going on for a full year.
    pub helar: Ore,
    /// The cost of the positions alone.
    pub loner: Ore,
    /// Full-time months of the positions, in hundred-thousandths: twelve of them are a year.
    pub heltidsmanader: i64,
}

impl Kalkylsvar {
    /// The positions' cost for one full-time year; `None` without positions.
    #[must_use]
    pub fn per_heltid(&self) -> Option<Ore> {
        per_heltid(self.loner, self.heltidsmanader)
    }
}

impl Kalkyl {
    /// Nothing has been written in it.
    #[must_use]
    pub fn tom(&self) -> bool {
        self.tjanster.is_empty() && self.ledning.is_empty() && self.rader.is_empty()
    }

    /// Computes every row and the sums.
    ///
    /// # Errors
    /// [`Overflow`] when an amount does not fit.
    pub fn rakna(&self) -> Result<Kalkylsvar, Overflow> {
        let mut ut = Kalkylsvar::default();
        for t in &self.tjanster {
            let rad = t.rakna()?;
            ut.loner = ut.loner.plus(rad.belopp)?;
            ut.heltidsmanader = ut
                .heltidsmanader
                .checked_add(t.heltidsmanader())
                .ok_or(Overflow)?;
            ut.rader.push(rad);
        }
        for l in &self.ledning {
            ut.rader.push(l.rakna()?);
        }
        for r in &self.rader {
            ut.rader.push(r.rakna()?);
        }
        ut.summa = Ore::summa(ut.rader.iter().map(|r| r.belopp))?;
        ut.helar = Ore::summa(ut.rader.iter().map(|r| r.helar))?;
        Ok(ut)
    }
}

impl Tjanstrad {
    /// Months of the year.
    #[must_use]
    pub fn manader(&self) -> i64 {
        i64::from(self.till_manad)
            .saturating_sub(i64::from(self.fran_manad))
            .saturating_add(1)
            .clamp(0, MANADER)
    }

    /// Full-time months in hundred-thousandths: number × share × months.
    #[must_use]
    pub fn heltidsmanader(&self) -> i64 {
        self.antal
            .saturating_mul(self.andel)
            .saturating_mul(self.manader())
    }

    fn kostnad(&self, manader: i64) -> Result<Ore, Overflow> {
        let hel = i128::from(HEL);
        let (till, ned) = match self.semester {
            Semester::Ingar => (1, 1),
            Semester::Dagtillagg { dagar, per_dag } => {
                let ned = hel.checked_mul(i128::from(MANADER)).ok_or(Overflow)?;
                let till = i128::from(dagar)
                    .checked_mul(i128::from(per_dag))
                    .and_then(|t| t.checked_add(ned))
                    .ok_or(Overflow)?;
                (till, ned)
            }
            Semester::Ersattning { procent } => (hel.saturating_add(i128::from(procent)), hel),
        };
        let taljare = [
            i128::from(manader),
            i128::from(self.andel),
            i128::from(self.antal),
            till,
            hel.saturating_add(i128::from(self.po)),
        ];
        let namnare = [hel, ned, hel];
        hela_kronor(self.manadslon, &taljare, &namnare)
    }

    fn rakna(&self) -> Result<Radsvar, Overflow> {
        Ok(Radsvar {
            benamning: self.benamning.clone(),
            belopp: self.kostnad(self.manader())?,
            helar: self.kostnad(MANADER)?,
            kommentar: self.kommentar(),
            kalla: String::new(),
        })
    }

    fn kommentar(&self) -> String {
        let antal = if self.antal == 1 {
            "1 tjänst".to_owned()
        } else {
            format!("{} tjänster", self.antal)
        };
        let semester = match self.semester {
            Semester::Ingar => "semesterlön ingår i månadslönen".to_owned(),
            Semester::Dagtillagg { dagar, per_dag } => format!(
                "semestertillägg {dagar} dagar × {} av månadslönen",
                procent(per_dag)
            ),
            Semester::Ersattning { procent: p } => format!("semesterersättning {}", procent(p)),
        };
        format!(
            "{antal} på {}, {}. {}{NBSP}kr i månaden × {} månader, PO {}, {semester}. Vikarie \
             ingår inte.",
            procent(self.andel),
            self.perioden(),
            self.manadslon,
            self.manader(),
            procent(self.po),
        )
    }

    fn perioden(&self) -> String {
        let namn = |m: i16| {
            let nr = usize::try_from(m).ok().and_then(|m| m.checked_sub(1));
            nr.and_then(|nr| MANADSNAMN.get(nr)).copied().unwrap_or("?")
        };
        if self.fran_manad == self.till_manad {
            return namn(self.fran_manad).to_owned();
        }
        format!("{}–{}", namn(self.fran_manad), namn(self.till_manad))
    }
}

impl Ledningsrad {
    fn kostnad(&self, manader: i64) -> Result<Ore, Overflow> {
        let (del, av) = match self.regel {
            Andelsregel::Av { del, av } => (del, av),
            Andelsregel::Procent { procent } => (procent, HEL),
        };
        let taljare = [i128::from(del), i128::from(manader)];
        hela_kronor(
            self.arskostnad,
            &taljare,
            &[i128::from(av), i128::from(MANADER)],
        )
    }

    fn rakna(&self) -> Result<Radsvar, Overflow> {
        let manader = match self.manader {
            MANADER => String::new(),
            n => format!(" × {n} av 12 månader"),
        };
        let regel = match self.regel {
            Andelsregel::Av { del, av } => format!("{del} av {av} medarbetare"),
            Andelsregel::Procent { procent: p } => format!("{} av arbetstiden", procent(p)),
        };
        Ok(Radsvar {
            benamning: self.benamning.clone(),
            belopp: self.kostnad(self.manader)?,
            helar: self.kostnad(MANADER)?,
            kommentar: format!(
                "{regel}: {}{NBSP}kr om året × {}{manader}.",
                self.arskostnad, self.regel
            ),
            kalla: String::new(),
        })
    }
}

impl Kostnadsrad {
    fn rakna(&self) -> Result<Radsvar, Overflow> {
        let utrakning = match &self.schablon {
            Some(sats) => self.utrakning.ganger(sats.belopp),
            None => self.utrakning.clone(),
        };
        let belopp = utrakning.belopp()?;
        let kalla = match (&self.schablon, self.kalla.is_empty(), self.kalla_ar) {
            (Some(sats), ..) => sats.kallan(),
            (None, true, _) => String::new(),
            (None, false, Some(ar)) => format!("{}, {ar}", self.kalla),
            (None, false, None) => self.kalla.clone(),
        };
        Ok(Radsvar {
            benamning: self.benamning.clone(),
            belopp,
            helar: belopp,
            kommentar: utrakning.kommentar(belopp),
            kalla,
        })
    }
}

impl Schablonsats {
    /// Which rate it is, from which year and whence: `schablonen Arbetsplats i inställningarna,
    /// gäller från 2022 (Serviceförvaltningens beslut)`.
    #[must_use]
    pub fn kallan(&self) -> String {
        let fran = self
            .fran_ar
            .map(|ar| format!(", gäller från {ar}"))
            .unwrap_or_default();
        let varifran = match self.kalla.trim() {
            "" => String::new(),
            kalla => format!(" ({})", kalla.trim_end_matches('.')),
        };
        format!("schablonen {} i inställningarna{fran}{varifran}", self.namn)
    }
}

/// `1/18`, `5,5 %`.
impl std::fmt::Display for Andelsregel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Av { del, av } => write!(f, "{del}/{av}"),
            Self::Procent { procent: p } => f.write_str(&procent(*p)),
        }
    }
}

impl Andelsregel {
    /// Reads `1/18`, `1 av 18` or `5,5 %`. The share must be above nothing and at most all.
    #[must_use]
    pub fn las(text: &str) -> Option<Self> {
        let text = text.trim();
        let delad = text.split_once('/').or_else(|| text.split_once(" av "));
        if let Some((del, av)) = delad {
            let (del, av) = (del.trim().parse().ok()?, av.trim().parse().ok()?);
            return (0 < del && del <= av && av <= 10_000).then_some(Self::Av { del, av });
        }
        let procent = las_procent(text)?;
        (0 < procent && procent <= HEL).then_some(Self::Procent { procent })
    }
}

/// Thousandths of a per cent from `40,15`, `40,15 %` or `100`; at most three decimals.
#[must_use]
pub fn las_procent(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (hela, decimaler) = text.split_once(',').unwrap_or((text, ""));
    let siffror = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let ratt = (1..=4).contains(&hela.len()) && decimaler.len() <= 3;
    if !ratt || !siffror(hela) || !siffror(decimaler) || text.ends_with(',') {
        return None;
    }
    let hela: i64 = hela.parse().ok()?;
    let decimaler: i64 = format!("{decimaler:0<3}").parse().ok()?;
    hela.checked_mul(1_000)?.checked_add(decimaler)
}

/// `40,15 %` from thousandths of a per cent.
#[must_use]
pub fn procent(tusendelar: i64) -> String {
    let (hela, rest) = (tusendelar.div_euclid(1_000), tusendelar.rem_euclid(1_000));
    if rest == 0 {
        return format!("{hela}{NBSP}%");
    }
    let decimaler = format!("{rest:03}");
    format!("{hela},{}{NBSP}%", decimaler.trim_end_matches('0'))
}

/// Full-time years in words, `0,58`, from hundred-thousandths of full-time months.
#[must_use]
pub fn arsarbetare_i_ord(heltidsmanader: i64) -> String {
    let hundradelar = avrunda(i128::from(heltidsmanader), 12_000).unwrap_or(0);
    let (hela, rest) = (hundradelar.div_euclid(100), hundradelar.rem_euclid(100));
    if rest == 0 {
        return hela.to_string();
    }
    let decimaler = format!("{rest:02}");
    format!("{hela},{}", decimaler.trim_end_matches('0'))
}

/// Full-time months that these positions have in a year, in hundred-thousandths. `None` when
/// the paper leaves out how many, how much or when: unknown is not nothing.
#[must_use]
pub fn heltidsmanader_ar(tjanster: &[Tjanst], ar: i16) -> Option<i64> {
    let mut summa = 0_i64;
    for t in tjanster {
        let fran_ar = t.ar?;
        let till_ar = t.till_ar.unwrap_or(fran_ar);
        if ar < fran_ar || ar > till_ar {
            continue;
        }
        let fran = if ar == fran_ar { t.fran_manad? } else { 1 };
        let till = if ar == till_ar { t.till_manad? } else { 12 };
        let manader = i64::from(till)
            .checked_sub(i64::from(fran))?
            .checked_add(1)?;
        let tal = t
            .antal?
            .checked_mul(t.andel?)?
            .checked_mul(manader.max(0))?;
        summa = summa.checked_add(tal)?;
    }
    (summa > 0).then_some(summa)
}

/// What a known amount is for one full-time year, when it paid so many hundred-thousandths of
/// full-time months: the full-year equivalent that part-time and part-year positions are
/// compared by. `None` when there was no time at all.
#[must_use]
pub fn per_heltid(belopp: Ore, heltidsmanader: i64) -> Option<Ore> {
    if heltidsmanader <= 0 {
        return None;
    }
    let ar = [i128::from(HEL), i128::from(MANADER)];
    hela_kronor(belopp, &ar, &[i128::from(heltidsmanader)]).ok()
}

/// The amount times these, divided by those, in whole kronor and rounded once.
fn hela_kronor(belopp: Ore, ganger: &[i128], delat: &[i128]) -> Result<Ore, Overflow> {
    let mut taljare = i128::from(belopp.0);
    for g in ganger {
        taljare = taljare.checked_mul(*g).ok_or(Overflow)?;
    }
    let mut namnare: i128 = 100;
    for d in delat {
        namnare = namnare.checked_mul(*d).ok_or(Overflow)?;
    }
    let kronor = avrunda(taljare, namnare).ok_or(Overflow)?;
    Ore::kronor(i64::try_from(kronor).map_err(|_| Overflow)?)
}

/// Half away from zero; `None` when the divisor is nothing.
fn avrunda(taljare: i128, namnare: i128) -> Option<i128> {
    let kvot = taljare.checked_div(namnare)?;
    let rest = taljare.checked_rem(namnare)?;
    let halva = rest.checked_mul(2)?.abs() >= namnare.abs();
    let steg = if (taljare < 0) == (namnare < 0) {
        1
    } else {
        -1
    };
    if halva {
        kvot.checked_add(steg)
    } else {
        Some(kvot)
    }
}

#[cfg(test)]
mod tests;
