//! A person's number: personnummer (lag 1991:481, 18 §) or samordningsnummer (18 a §).
//!
//! A value of this type has been checked, and the only way to its digits is to ask for them by
//! name ([`Identitetsnummer::tolv_siffror`], [`Identitetsnummer::tryckt`]). It is not shown, not
//! written as data and not in any refusal, and its memory is cleared when it is let go of
//! (docs/adr/0056-identitetsnummer.md). What is read from is the caller's: clear that too.

mod inlast;
mod nekat;

pub use nekat::{Alfabet, Nekat};

use crate::faktum::kodat;
use inlast::Inlast;
use jiff::civil::Date;
use std::fmt;
use zeroize::Zeroizing;

/// What is added to the day of birth in a samordningsnummer (lag 1991:481, 18 a §).
const SAMORDNING: i8 = 60;
/// Nobody with a number was born before: it was introduced in 1947, and the tax agency's
/// centuries are 18, 19 and 20.
const FORSTA_AR: i16 = 1800;
/// The birth numbers that the tax agency keeps for tests; nobody is given one.
const TESTSERIE: std::ops::RangeInclusive<u16> = 980..=999;

kodat! {
    /// Which of the two numbers it is.
    Nummerslag {
        /// Given to who is registered in the population (lag 1991:481, 18 §).
        Personnummer = "personnummer", "personnummer";
        /// Given to who is not and has not been (18 a §).
        Samordningsnummer = "samordningsnummer", "samordningsnummer";
    }
}

kodat! {
    /// The sex that a number tells: the last digit of the birth number is odd for men and even
    /// for women (lag 1991:481, 18 §). The codes are those of the code list; what the person
    /// says about themselves may be another.
    Kon {
        /// Even.
        Kvinna = "kvinna", "kvinna";
        /// Odd.
        Man = "man", "man";
    }
}

/// A checked personnummer or samordningsnummer. On the heap, so that moving it leaves no copy.
#[derive(Clone, PartialEq, Eq)]
pub struct Identitetsnummer {
    /// Twelve ASCII digits: `ÅÅÅÅMMDDNNNK`.
    siffror: Box<Zeroizing<[u8; 12]>>,
}

/// Digits that somebody asked for in clear. Cleared when let go of; copies of the text are the
/// caller's.
pub struct Klartext(Zeroizing<String>);

impl Klartext {
    /// The text itself.
    #[must_use]
    pub fn som_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Klartext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Klartext(dold)")
    }
}

impl fmt::Debug for Identitetsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identitetsnummer(dolt)")
    }
}

impl Identitetsnummer {
    /// Reads a number as people write it, on this day: ten or twelve digits, with `-` or `+`
    /// before the last four or without, ordinary and no-break spaces anywhere.
    ///
    /// Ten digits say nothing of the century. With a plus the person turns a hundred this year
    /// or did before; with a hyphen or without a sign they have not by the end of it (lag
    /// 1991:481, 18 § second paragraph: the sign changes with the year, not with the day). The
    /// plus means the latest such year. **A ten-digit number of a centenarian without its plus
    /// is another person's, and reads as such**: ask for twelve digits, or show the age.
    ///
    /// # Errors
    /// The reason by name. It never holds anything of the text.
    pub fn las(text: &str, dag: Date) -> Result<Self, Nekat> {
        let Inlast {
            mut siffror,
            tio,
            plus,
        } = Inlast::av(text)?;
        if tio {
            // The two free places come first.
            siffror.rotate_right(2);
            let ar = arhundrade(tal(siffror.get(2..4)), plus, dag);
            let hundra = ar.div_euclid(100);
            for (plats, siffra) in siffror.iter_mut().zip([hundra / 10, hundra % 10]) {
                *plats = u8::try_from(siffra).map_or(b'0', |s| b'0'.saturating_add(s));
            }
        }
        let nummer = Self { siffror };
        nummer.prova(plus, dag)?;
        Ok(nummer)
    }

    fn prova(&self, plus: bool, dag: Date) -> Result<(), Nekat> {
        if self.ar() < FORSTA_AR {
            return Err(Nekat::ForLangeSedan);
        }
        let fodd = self.datum().ok_or(Nekat::OmojligtDatum)?;
        if fodd > dag {
            return Err(Nekat::DagSomInteVarit);
        }
        if plus && dag.year().saturating_sub(fodd.year()) < 100 {
            return Err(Nekat::PlusForTidigt);
        }
        if self.fodelsenummer() == 0 {
            return Err(Nekat::Fodelsenummer);
        }
        if !self.kontrollsiffran_stammer() {
            return Err(Nekat::Kontrollsiffra);
        }
        Ok(())
    }

    /// Twelve digits without signs, for encryption and for a blind index. Never for a page, a
    /// log or a file.
    #[must_use]
    pub fn tolv_siffror(&self) -> Klartext {
        self.skrivet(None)
    }

    /// `ÅÅÅÅMMDD-NNNN`, for who may see it.
    #[must_use]
    pub fn tryckt(&self) -> Klartext {
        self.skrivet(Some(8))
    }

    /// The digits, with a hyphen before this place.
    fn skrivet(&self, streck: Option<usize>) -> Klartext {
        // All of it at once: a text that grows leaves its earlier self behind.
        let mut text = String::with_capacity(13);
        for (plats, siffra) in self.siffror.iter().enumerate() {
            if Some(plats) == streck {
                text.push('-');
            }
            text.push(char::from(*siffra));
        }
        Klartext(Zeroizing::new(text))
    }

    /// Which number it is.
    #[must_use]
    pub fn slag(&self) -> Nummerslag {
        if self.dag_som_skriven() > SAMORDNING {
            Nummerslag::Samordningsnummer
        } else {
            Nummerslag::Personnummer
        }
    }

    /// The day of birth that the number tells. It may be a day nearby in the month, when the
    /// numbers of the true one had run out (lag 1991:481, 18 § third paragraph).
    #[must_use]
    pub fn fodelsedatum(&self) -> Date {
        // `las` lets no number through whose day does not exist.
        self.datum().unwrap_or(Date::ZERO)
    }

    /// The sex that the number tells.
    #[must_use]
    pub fn kon(&self) -> Kon {
        if self.fodelsenummer().is_multiple_of(2) {
            Kon::Kvinna
        } else {
            Kon::Man
        }
    }

    /// Whether it is of the tax agency's series for tests, birth numbers 980–999, so that it is
    /// nobody's.
    #[must_use]
    pub fn ar_testnummer(&self) -> bool {
        TESTSERIE.contains(&self.fodelsenummer())
    }

    /// Age on a day in whole years, 0 and up; `None` before birth. Who was born on 29 February
    /// becomes a year older on 28 February when there is no 29th (lag 1930:173, 1 §: the last
    /// day of the month stands for the one that is missing; our reading).
    #[must_use]
    pub fn alder(&self, dag: Date) -> Option<u16> {
        let fodd = self.fodelsedatum();
        if dag < fodd {
            return None;
        }
        let ar = dag.year().saturating_sub(fodd.year());
        let fyller = fodd.day().min(dag.first_of_month().days_in_month());
        let fyllt = (dag.month(), dag.day()) >= (fodd.month(), fyller);
        u16::try_from(if fyllt { ar } else { ar.saturating_sub(1) }).ok()
    }

    fn ar(&self) -> i16 {
        tal(self.siffror.get(..4))
    }

    fn dag_som_skriven(&self) -> i8 {
        i8::try_from(tal(self.siffror.get(6..8))).unwrap_or(0)
    }

    fn fodelsenummer(&self) -> u16 {
        tal(self.siffror.get(8..11)).unsigned_abs()
    }

    fn datum(&self) -> Option<Date> {
        let manad = i8::try_from(tal(self.siffror.get(4..6))).ok()?;
        let skriven = self.dag_som_skriven();
        let dag = match skriven.checked_sub(SAMORDNING) {
            Some(dag) if dag > 0 => dag,
            _ => skriven,
        };
        Date::new(self.ar(), manad, dag).ok()
    }

    /// The digits after the century doubled and single by turns, their own digits added, end
    /// on zero.
    fn kontrollsiffran_stammer(&self) -> bool {
        let varden = self.siffror.iter().skip(2).map(|s| s.saturating_sub(b'0'));
        let summa: u8 = varden
            .zip([2_u8, 1].into_iter().cycle())
            .map(|(siffra, vikt)| siffra.saturating_mul(vikt))
            .map(|v| v / 10 + v % 10)
            .sum();
        summa.is_multiple_of(10)
    }
}

/// The latest year that ends on these two digits and that the sign allows on this day.
fn arhundrade(tva: i16, plus: bool, dag: Date) -> i16 {
    let senast = if plus {
        dag.year().saturating_sub(100)
    } else {
        dag.year()
    };
    senast.saturating_sub(senast.saturating_sub(tva).rem_euclid(100))
}

/// At most four ASCII digits as a number; 0 for none.
fn tal(siffror: Option<&[u8]>) -> i16 {
    siffror.unwrap_or_default().iter().fold(0, |n: i16, s| {
        n.saturating_mul(10)
            .saturating_add(i16::from(s.saturating_sub(b'0')))
    })
}

#[cfg(test)]
mod tests;
