//! Forecast methods: how much more an insats is expected to use this year, and why, in words.
//!
//! Pure and in integers. What a method gives for the rest of the year is rounded to whole
//! kronor (half away from zero), and its sentence says so.

use crate::faktum::kodat;
use crate::pengar::Ore;
use crate::tid::manad;

kodat! {
    /// How the rest of a year is forecast.
    Prognosmetod {
        /// The same each month as in the months that have been booked.
        Linjar = "linjar", "samma takt som hittills";
        /// What the positions cost in the months that remain.
        Tjanster = "tjanster", "tjänsterna månad för månad";
        /// The same share in the remaining months as last year.
        ForraAret = "forra-aret", "samma fördelning över året som förra året";
        /// A figure of one's own, with a reason.
        Egen = "egen", "egen bedömning";
    }
}

kodat! {
    /// Why an insats deviates from its budget.
    Avvikelseorsak {
        /// The pandemic.
        Pandemi = "pandemi", "pandemi";
        /// It began late or takes longer.
        Forsening = "forsening", "försening";
        /// Nobody could be hired, or somebody left.
        Rekrytering = "rekrytering", "rekrytering";
        /// Fewer took part.
        FarreDeltagare = "farre-deltagare", "färre deltagare";
        /// Something else.
        Annat = "annat", "annat";
    }
}

/// Months of a year.
const MANADER: i64 = 12;

/// What a method can know of an insats and a year. Amounts in öre.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prognosunderlag {
    /// Through which month the books are known, 0–12.
    pub manad: i8,
    /// Used each month, January first; `None` where nothing is booked.
    pub utfall: [Option<i64>; 12],
    /// Used in the year without a month: a stated total.
    pub utan_manad: Option<i64>,
    /// Whether anything at all has been booked by month this year, also of others. Without it
    /// nothing is known, and silence is no late start.
    pub bokfort: bool,
    /// The year's budget.
    pub budget: Option<i64>,
    /// Used each month last year.
    pub forra: [Option<i64>; 12],
    /// What the positions cost each month; `None` when no cost is known.
    pub tjanster: Option<[i64; 12]>,
    /// The own figure for the whole year.
    pub egen: Option<i64>,
    /// The last month that anything is planned for, 0–12, when positions say so: nothing is
    /// expected after it. `None` when nobody has said.
    pub slut: Option<i8>,
}

/// What is expected for the rest of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Öre, on top of what is used.
    pub belopp: i64,
    /// Rounded to whole kronor.
    pub avrundat: bool,
    /// What it rests on.
    pub grund: Grund,
}

/// What an expected rest rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grund {
    /// The pace since this month; how many months.
    Takt {
        /// First month with a cost, 1–12.
        fran: i8,
        /// Months the pace is taken from.
        manader: i64,
    },
    /// Nothing is booked: the budget by month for those that remain.
    Budget,
    /// A stated total of the year is all of it.
    Arssumma,
    /// The year is over.
    Slut,
    /// The positions.
    Tjanster,
    /// Last year's profile: used by now and in all.
    Profil {
        /// Used through the same month, in öre.
        hittills: i64,
        /// Used in all.
        hela: i64,
    },
    /// The own figure.
    Egen {
        /// More has been used than it says.
        passerad: bool,
    },
}

/// Why a method gives no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hinder {
    /// Nothing is booked at all.
    IngetBokfort,
    /// Nothing is booked for the insats, and it has no budget to go by.
    IngenBudget,
    /// No position has a known cost.
    IngaTjanster,
    /// Nothing was booked by month last year through this month.
    IngetForra,
    /// There is no own figure.
    IngenEgen,
    /// Too large to count.
    ForStort,
}

impl Hinder {
    /// In words, with the remedy.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::IngetBokfort => {
                "Inget är bokfört per månad för året. Läs in bokföringen eller registrera \
                 utfallet."
            }
            Self::IngenBudget => {
                "Inget är bokfört på insatsen och den har ingen budget. Fördela pengar till den \
                 eller skriv en egen bedömning."
            }
            Self::IngaTjanster => {
                "Ingen tjänst har en känd månadskostnad. Skriv vad tjänsterna kostar eller välj \
                 en annan metod."
            }
            Self::IngetForra => {
                "Det finns inget bokfört per månad förra året att jämföra med. Välj en annan \
                 metod."
            }
            Self::IngenEgen => "Den egna bedömningen saknas. Skriv ett belopp.",
            Self::ForStort => "Beloppet är för stort att räkna med.",
        }
    }
}

impl Prognosunderlag {
    /// Used through the month, stated totals included; `None` when nothing is known.
    #[must_use]
    pub fn hittills(&self) -> Option<i64> {
        let kanda = self.kanda();
        if kanda.is_empty() && self.utan_manad.is_none() {
            return None;
        }
        let summa = kanda
            .iter()
            .try_fold(0_i64, |s, (_, b)| s.checked_add(*b))?;
        summa.checked_add(self.utan_manad.unwrap_or(0))
    }

    /// First month with anything booked through the month, 1–12.
    #[must_use]
    pub fn borjade(&self) -> Option<i8> {
        self.kanda().first().map(|(m, _)| *m)
    }

    fn kanda(&self) -> Vec<(i8, i64)> {
        let manader = (1_i8..).zip(self.utfall);
        manader
            .filter(|(m, _)| *m <= self.manad)
            .filter_map(|(m, b)| Some((m, b?)))
            .collect()
    }

    fn kvar(&self) -> i64 {
        MANADER.saturating_sub(i64::from(self.manad)).max(0)
    }

    /// Months left of what is planned.
    fn planerade_kvar(&self) -> i64 {
        let slut = self.slut.map_or(MANADER, i64::from);
        slut.saturating_sub(i64::from(self.manad)).max(0)
    }

    /// The last planned month, when it is not the last of the year.
    fn slutar(&self) -> Option<i8> {
        self.slut.filter(|m| i64::from(*m) < MANADER)
    }
}

/// What a method expects for the rest of the year.
///
/// # Errors
/// Why it can say nothing: unknown is not zero.
pub fn rest(metod: Prognosmetod, u: &Prognosunderlag) -> Result<Rest, Hinder> {
    if u.kvar() == 0 {
        let klart = u.hittills().is_some();
        return if klart {
            Ok(jamnt(0, Grund::Slut))
        } else {
            Err(Hinder::IngetBokfort)
        };
    }
    match metod {
        Prognosmetod::Linjar => linjar(u),
        Prognosmetod::Tjanster => tjanster(u),
        Prognosmetod::ForraAret => forra_aret(u),
        Prognosmetod::Egen => egen(u),
    }
}

const fn jamnt(belopp: i64, grund: Grund) -> Rest {
    Rest {
        belopp,
        avrundat: false,
        grund,
    }
}

fn linjar(u: &Prognosunderlag) -> Result<Rest, Hinder> {
    let kanda = u.kanda();
    let Some((fran, _)) = kanda.first() else {
        return if u.utan_manad.is_some() {
            Ok(jamnt(0, Grund::Arssumma))
        } else if !u.bokfort {
            Err(Hinder::IngetBokfort)
        } else {
            let budget = u.budget.ok_or(Hinder::IngenBudget)?;
            kronor(budget, u.planerade_kvar(), MANADER, Grund::Budget)
        };
    };
    let manader = i64::from(u.manad)
        .saturating_sub(i64::from(*fran))
        .saturating_add(1);
    let hittills = kanda
        .iter()
        .try_fold(0_i64, |s, (_, b)| s.checked_add(*b))
        .ok_or(Hinder::ForStort)?;
    let grund = Grund::Takt {
        fran: *fran,
        manader,
    };
    kronor(hittills, u.planerade_kvar(), manader, grund)
}

fn tjanster(u: &Prognosunderlag) -> Result<Rest, Hinder> {
    let per_manad = u.tjanster.ok_or(Hinder::IngaTjanster)?;
    // What the months before have cost must be known, or be known to be nothing.
    if u.hittills().is_none() && !u.bokfort && u.manad > 0 {
        return Err(Hinder::IngetBokfort);
    }
    let summa = (1_i8..)
        .zip(per_manad)
        .filter(|(m, _)| *m > u.manad)
        .try_fold(0_i64, |s, (_, b)| s.checked_add(b))
        .ok_or(Hinder::ForStort)?;
    Ok(jamnt(summa, Grund::Tjanster))
}

fn forra_aret(u: &Prognosunderlag) -> Result<Rest, Hinder> {
    let summa = |till: i8| {
        (1_i8..)
            .zip(u.forra)
            .filter(|(m, _)| *m <= till)
            .filter_map(|(_, b)| b)
            .try_fold(0_i64, i64::checked_add)
            .ok_or(Hinder::ForStort)
    };
    let (hittills, hela) = (summa(u.manad)?, summa(12)?);
    if hittills <= 0 || hela < hittills {
        return Err(Hinder::IngetForra);
    }
    let nu = u.hittills().ok_or(Hinder::IngetBokfort)?;
    let rest = hela.saturating_sub(hittills);
    kronor(nu, rest, hittills, Grund::Profil { hittills, hela })
}

fn egen(u: &Prognosunderlag) -> Result<Rest, Hinder> {
    let egen = u.egen.ok_or(Hinder::IngenEgen)?;
    let rest = egen
        .checked_sub(u.hittills().unwrap_or(0))
        .ok_or(Hinder::ForStort)?;
    let passerad = rest < 0;
    Ok(jamnt(rest.max(0), Grund::Egen { passerad }))
}

/// `belopp × ganger ÷ delat`, rounded half away from zero to whole kronor.
fn kronor(belopp: i64, ganger: i64, delat: i64, grund: Grund) -> Result<Rest, Hinder> {
    let fel = Hinder::ForStort;
    let taljare = i128::from(belopp)
        .checked_mul(i128::from(ganger))
        .ok_or(fel)?;
    let namnare = i128::from(delat).checked_mul(100).ok_or(fel)?;
    let halva = namnare.checked_div(2).ok_or(fel)?;
    let halva = if taljare < 0 {
        halva.saturating_neg()
    } else {
        halva
    };
    let kr = taljare
        .checked_add(halva)
        .and_then(|t| t.checked_div(namnare))
        .ok_or(fel)?;
    let belopp = kr.checked_mul(100).ok_or(fel)?;
    let exakt = belopp.checked_mul(i128::from(delat)) == Some(taljare);
    Ok(Rest {
        belopp: i64::try_from(belopp).map_err(|_| fel)?,
        avrundat: !exakt,
        grund,
    })
}

/// What a forecast says and rests on, for those who ask where it comes from. `planerad` is the
/// month the insats should have begun, when it is known.
#[must_use]
pub fn mening(u: &Prognosunderlag, rest: Rest, planerad: Option<i8>) -> String {
    let kvar = u.kvar();
    let manader = if kvar == 1 { "månaden" } else { "månaderna" };
    let mut ut = match rest.grund {
        Grund::Slut => "Året är slut: prognosen är utfallet.".to_owned(),
        Grund::Arssumma => "Utfallet är angivet för hela året: prognosen är utfallet.".to_owned(),
        Grund::Budget => sen_start_utan_kostnad(u),
        Grund::Takt { fran, manader: n } => takt(u, (fran, n), planerad),
        Grund::Tjanster => format!(
            "De {kvar} {manader} som är kvar kostar vad tjänsterna kostar: {}\u{a0}kr.",
            Ore(rest.belopp)
        ),
        Grund::Profil { hittills, hela } => format!(
            "Förra året var {}\u{a0}kr av {}\u{a0}kr använt till och med {}. Samma del används i \
             år.",
            Ore(hittills),
            Ore(hela),
            manad(u.manad)
        ),
        Grund::Egen { passerad: false } => "Egen bedömning av hela året.".to_owned(),
        Grund::Egen { passerad: true } => {
            "Utfallet har passerat den egna bedömningen. Skriv en ny.".to_owned()
        }
    };
    if rest.avrundat {
        ut.push_str(" Avrundat till hela kronor.");
    }
    ut
}

fn i_ord(m: i8) -> &'static str {
    if m < 1 { "förra året" } else { manad(m) }
}

fn takt(u: &Prognosunderlag, (fran, n): (i8, i64), planerad: Option<i8>) -> String {
    let kvar = u.planerade_kvar();
    if let (Some(slut), 0) = (u.slutar(), kvar) {
        return format!(
            "Tjänsterna är planerade till och med {}, så inget mer väntas i år.",
            i_ord(slut)
        );
    }
    let kvar = match u.slutar() {
        Some(slut) => format!(
            "{kvar} som är kvar till och med {}, då tjänsterna slutar",
            i_ord(slut)
        ),
        None => format!("{kvar} som är kvar"),
    };
    let period = if fran == u.manad {
        manad(fran).to_owned()
    } else {
        format!("{}–{}", manad(fran), manad(u.manad))
    };
    let ord = if n == 1 { "månad" } else { "månader" };
    if fran <= planerad.unwrap_or(1) {
        return format!("Samma takt som {period} ({n} {ord}) i de {kvar}.");
    }
    let plan = planerad.map_or_else(String::new, |m| format!(", planerat var {}", manad(m)));
    format!(
        "Kom igång senare än planerat: första kostnaden är i {}{plan}. Takten räknas på {period} \
         ({n} {ord}) och gäller de {kvar}.",
        manad(fran)
    )
}

fn sen_start_utan_kostnad(u: &Prognosunderlag) -> String {
    format!(
        "Har inte kommit igång: ingen kostnad till och med {}. De {} månader som är kvar{} räknas \
         med budgeten per månad.",
        manad(u.manad),
        u.planerade_kvar(),
        u.slutar()
            .map_or_else(String::new, |m| format!(" till och med {}", i_ord(m)))
    )
}

/// Whether an insats began later than planned (January when nothing is planned).
#[must_use]
pub fn sen_start(u: &Prognosunderlag, planerad: Option<i8>) -> bool {
    match u.borjade() {
        Some(fran) => fran > planerad.unwrap_or(1),
        None => u.bokfort && u.utan_manad.is_none() && u.manad >= planerad.unwrap_or(1),
    }
}

#[cfg(test)]
mod tests;
