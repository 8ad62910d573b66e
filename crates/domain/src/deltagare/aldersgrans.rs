//! Support that ends with an age: who is near it, while there is time to do something (R157).

use super::deltagande::{Deltagande, Lage};
use super::kodlista::forval;
use jiff::ToSpan;
use jiff::civil::Date;

/// Support that somebody lives on and will grow out of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aldersgrans {
    /// What ends, in words.
    pub stod: String,
    /// The age at which it has ended.
    pub alder: u16,
    /// The birthday.
    pub dag: Date,
}

/// How long before it is told.
const MANADER: i64 = 12;

/// The support that ends within a year of who takes part and was born on a day; the first to end
/// of several. What ended before today is not told: it is no longer near.
#[must_use]
pub fn narmar_sig(fodd: Date, d: &Deltagande, idag: Date) -> Option<Aldersgrans> {
    if !matches!(d.lage, Lage::Pagaende) {
        return None;
    }
    let senast = idag.checked_add(MANADER.months()).ok()?;
    let har = |kod: &str| d.intrade.situation.forsorjning.iter().any(|f| f.kod == kod);
    let formerna = forval().stodformer.iter().filter(|form| har(&form.kod));
    formerna
        .filter_map(|form| {
            let alder = form.slutar_vid()?;
            Some(Aldersgrans {
                stod: form.text.clone(),
                alder,
                dag: fodd.checked_add(i64::from(alder).years()).ok()?,
            })
        })
        .filter(|g| idag <= g.dag && g.dag <= senast)
        .min_by_key(|g| g.dag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deltagare::deltagande::Deltagandesteg;
    use crate::deltagare::rad::prov::{borja, situation};
    use jiff::civil::date;

    fn med(stod: &[&str]) -> Deltagande {
        borja(1, date(2026, 1, 7), situation(stod, "ingen", None)).deltagande
    }

    /// Örnsköldsvik: an initiative must begin before the participant is 30, when
    /// aktivitetsersättning ends.
    #[test]
    fn who_will_be_thirty_within_a_year_on_aktivitetsersattning_is_told_of() {
        let d = med(&["forsorjningsstod", "aktivitetsersattning"]);
        let idag = date(2026, 11, 23);
        let grans = |fodd| narmar_sig(fodd, &d, idag).map(|g| (g.alder, g.dag));
        assert_eq!(grans(date(1997, 3, 1)), Some((30, date(2027, 3, 1))));
        assert_eq!(grans(date(1996, 11, 23)), Some((30, idag)), "i dag");
        assert_eq!(
            grans(date(1997, 11, 23)),
            Some((30, date(2027, 11, 23))),
            "om ett år"
        );
        assert_eq!(grans(date(1997, 11, 24)), None, "om mer än ett år");
        assert_eq!(grans(date(1996, 11, 22)), None, "i går");
    }

    #[test]
    fn other_support_and_an_ended_participation_are_not_told_of() {
        let (idag, fodd) = (date(2026, 11, 23), date(1997, 3, 1));
        assert_eq!(narmar_sig(fodd, &med(&["forsorjningsstod"]), idag), None);
        let d = med(&["aktivitetsersattning"]);
        let fel = Deltagandesteg::Felregistrera {
            dag: date(2026, 2, 1),
        };
        assert_eq!(narmar_sig(fodd, &d.ga(&fel).unwrap(), idag), None);
    }
}
