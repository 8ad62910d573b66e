//! How far what is booked reaches, and which months it covers in full.
//!
//! A month that is booked halfway looks like a cheap month: a forecast that takes its pace from
//! it turns a deficit into a surplus. A file says nothing sure of where it ends, so its last
//! voucher does: a month is covered when something is booked on its last working day or later,
//! or in its last week by a file that was read in when the month was over.

use super::verifikation::Bokforingsar;
use crate::id::InlasningId;
use crate::tid::{self, PerDag};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

/// Within how many days of a month's end the last voucher of a finished month lies.
const SISTA_VECKAN: i8 = 7;

/// A file of accounts that is, or has been, in the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlast {
    /// Its number.
    pub inlasning: InlasningId,
    /// Whose accounts of which year.
    pub ar: Bokforingsar,
    /// The company's name, as the file says it.
    pub foretag: String,
    /// The day of its last voucher that no later file has put aside; `None` when it has none.
    pub sist: Option<Date>,
    /// When it came into the books.
    pub galler: Timestamp,
    /// When it was taken back, when it was.
    pub angrad: Option<Timestamp>,
}

/// How far the accounts of a company's year reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rackvidd {
    /// Whose accounts of which year.
    pub ar: Bokforingsar,
    /// The company's name, as the latest file says it.
    pub foretag: String,
    /// The day of the last voucher.
    pub sist: Date,
    /// The day the latest file was read in.
    pub inlast: Date,
}

impl Rackvidd {
    /// The day that the accounts reach: the last voucher, but no day to come. Accruals are
    /// booked months ahead, and say nothing of the days between.
    #[must_use]
    pub fn till(&self) -> Date {
        if self.inlast < self.ar.fran {
            return self.sist;
        }
        self.sist.min(self.inlast)
    }

    /// Whether the year of the accounts has this month in it.
    #[must_use]
    pub fn har(&self, ar: i16, manad: i8) -> bool {
        sista_dagen(ar, manad).is_some_and(|dag| self.ar.fran <= dag && dag <= self.ar.till)
    }

    /// Whether the month is booked to its end.
    #[must_use]
    pub fn hel(&self, ar: i16, manad: i8) -> bool {
        let Some(slut) = sista_dagen(ar, manad).filter(|_| self.har(ar, manad)) else {
            return false;
        };
        let vecka = slut.day().saturating_sub(SISTA_VECKAN);
        let till = self.till();
        let i_sista_veckan =
            (till.year(), till.month()) == (ar, manad) && till.day() > vecka && self.inlast > slut;
        till >= sista_vardagen(slut) || i_sista_veckan
    }

    /// The last month of a year that is booked to its end; 0 when not even January is, and
    /// `None` when the accounts are of another year.
    #[must_use]
    pub fn sista_hela(&self, ar: i16) -> Option<i8> {
        if !(1..=12).any(|m| self.har(ar, m)) {
            return None;
        }
        Some((1..=12).rev().find(|m| self.hel(ar, *m)).unwrap_or(0))
    }
}

fn sista_dagen(ar: i16, manad: i8) -> Option<Date> {
    Date::new(ar, manad, 1).ok().map(Date::last_of_month)
}

/// The last Monday to Friday of the month that ends this day.
fn sista_vardagen(slut: Date) -> Date {
    let tillbaka = match slut.weekday() {
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        _ => 0,
    };
    slut.saturating_sub(jiff::Span::new().days(tillbaka))
}

/// How far each company's years reach, as the books were on a day (now when `None`).
#[must_use]
pub fn rackvidder(inlasta: &[Inlast], per: Option<PerDag>) -> Vec<Rackvidd> {
    let fore = |tid: Timestamp| per.is_none_or(|per| per.omfattar(tid));
    let mut ut: Vec<Rackvidd> = Vec::new();
    for i in inlasta {
        if !fore(i.galler) || i.angrad.is_some_and(fore) {
            continue;
        }
        let inlast = tid::dag(i.galler);
        match (ut.iter_mut().find(|r| r.ar == i.ar), i.sist) {
            (Some(r), sist) => {
                r.sist = sist.map_or(r.sist, |dag| dag.max(r.sist));
                r.inlast = r.inlast.max(inlast);
                r.foretag.clone_from(&i.foretag);
            }
            (None, Some(sist)) => ut.push(Rackvidd {
                ar: i.ar.clone(),
                foretag: i.foretag.clone(),
                sist,
                inlast,
            }),
            (None, None) => {}
        }
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn till(sist: Date, inlast: Date) -> Rackvidd {
        Rackvidd {
            ar: Bokforingsar {
                orgnr: "1".into(),
                fran: date(2026, 1, 1),
                till: date(2026, 12, 31),
            },
            foretag: "F".into(),
            sist,
            inlast,
        }
    }

    #[test]
    fn a_month_is_whole_when_its_end_is_booked_and_never_halfway() {
        let idag = date(2026, 11, 23);
        assert_eq!(till(date(2026, 11, 15), idag).sista_hela(2026), Some(10));
        assert_eq!(
            till(date(2026, 11, 29), date(2026, 11, 30)).sista_hela(2026),
            Some(10)
        );
        assert_eq!(
            till(date(2026, 11, 30), date(2026, 11, 30)).sista_hela(2026),
            Some(11)
        );
        // 31 October 2026 is a Saturday.
        assert_eq!(till(date(2026, 10, 30), idag).sista_hela(2026), Some(10));
        assert_eq!(till(date(2026, 10, 29), idag).sista_hela(2026), Some(10));
        // A file of a month that is over, whose last voucher lies in its last week, has it all.
        let sedan = date(2026, 12, 1);
        assert_eq!(till(date(2026, 11, 24), sedan).sista_hela(2026), Some(11));
        assert_eq!(till(date(2026, 11, 23), sedan).sista_hela(2026), Some(10));
        assert_eq!(till(date(2026, 1, 2), idag).sista_hela(2026), Some(0));
        let nyar = date(2027, 1, 2);
        assert_eq!(till(date(2026, 12, 31), nyar).sista_hela(2026), Some(12));
        assert_eq!(till(date(2026, 12, 31), nyar).sista_hela(2025), None);
        // What is booked ahead does not make the months before it whole.
        assert_eq!(till(date(2026, 12, 31), idag).sista_hela(2026), Some(10));
    }

    #[test]
    fn an_import_that_is_taken_back_reaches_nowhere_after_that() {
        let nar = |dag: &str| format!("2026-{dag}T10:00:00Z").parse().unwrap();
        let en = |nr, sist, galler, angrad: Option<&str>| Inlast {
            inlasning: InlasningId::ny(nr).unwrap(),
            ar: till(sist, sist).ar,
            foretag: "F".into(),
            sist: Some(sist),
            galler: nar(galler),
            angrad: angrad.map(nar),
        };
        let alla = [
            en(1, date(2026, 9, 30), "10-05", None),
            en(2, date(2026, 10, 30), "11-05", Some("11-20")),
        ];
        let sist = |per: Option<Date>| rackvidder(&alla, per.map(PerDag))[0].sist;
        assert_eq!(sist(None), date(2026, 9, 30));
        assert_eq!(sist(Some(date(2026, 11, 10))), date(2026, 10, 30));
        assert!(rackvidder(&alla, Some(PerDag(date(2026, 10, 1)))).is_empty());
    }
}
