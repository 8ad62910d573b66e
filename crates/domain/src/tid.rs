//! Time that is passed in, and the meaning of *as of* a day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// Where "now" comes from. The binary has the real clock; tests have one they can set.
pub trait Klocka: Send + Sync {
    /// This instant.
    fn nu(&self) -> Timestamp;
}

/// The time zone of every civil date in Utfall.
#[must_use]
pub fn stockholm() -> TimeZone {
    // The zone database is compiled in; UTC is a fallback that only a broken build reaches.
    TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC)
}

/// The civil date in Stockholm at an instant.
#[must_use]
pub fn dag(tidpunkt: Timestamp) -> Date {
    tidpunkt.to_zoned(stockholm()).date()
}

/// *As of* a day: what was registered before midnight after it, Stockholm time.
///
/// Registered time, not accounting date: a late fact about an old period is new
/// (ARCHITECTURE.md invariant 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PerDag(pub Date);

impl PerDag {
    /// The first instant that is too late. The end of time for the last day there is.
    #[must_use]
    pub fn grans(self) -> Timestamp {
        self.0
            .checked_add(1.day())
            .ok()
            .and_then(|nasta| nasta.to_zoned(stockholm()).ok())
            .map_or(Timestamp::MAX, |midnatt| midnatt.timestamp())
    }

    /// Whether something registered at this instant counts.
    #[must_use]
    pub fn omfattar(self, registrerad: Timestamp) -> bool {
        registrerad < self.grans()
    }
}

const MANADER: [&str; 12] = [
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
const VECKODAGAR: [&str; 7] = [
    "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
];

/// `2 februari 2022`.
#[must_use]
pub fn i_ord(datum: Date) -> String {
    format!("{} {} {}", datum.day(), manad(datum.month()), datum.year())
}

/// The Swedish name of month 1–12; empty outside.
#[must_use]
pub fn manad(nummer: i8) -> &'static str {
    usize::try_from(nummer)
        .ok()
        .and_then(|n| n.checked_sub(1))
        .and_then(|n| MANADER.get(n))
        .copied()
        .unwrap_or("")
}

/// The Swedish name of the weekday, in lower case.
#[must_use]
pub fn veckodag(datum: Date) -> &'static str {
    let nummer = usize::try_from(datum.weekday().to_monday_zero_offset()).unwrap_or(0);
    VECKODAGAR.get(nummer).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn as_of_ends_at_midnight_in_stockholm_summer_and_winter() {
        let vinter = PerDag(date(2022, 2, 2)).grans();
        assert_eq!(vinter.to_string(), "2022-02-02T23:00:00Z");
        let sommar = PerDag(date(2022, 7, 1)).grans();
        assert_eq!(sommar.to_string(), "2022-07-01T22:00:00Z");
        assert!(PerDag(date(2022, 2, 2)).omfattar("2022-02-02T22:59:59.999Z".parse().unwrap()));
        assert!(!PerDag(date(2022, 2, 2)).omfattar(vinter));
    }

    #[test]
    fn days_with_a_clock_change_have_23_or_25_hours() {
        let timmar = |d: Date| {
            let fore = PerDag(d.yesterday().unwrap()).grans();
            PerDag(d).grans().duration_since(fore).as_hours()
        };
        assert_eq!(timmar(date(2027, 3, 28)), 23);
        assert_eq!(timmar(date(2027, 10, 31)), 25);
    }

    #[test]
    fn the_last_day_does_not_overflow() {
        assert_eq!(PerDag(Date::MAX).grans(), Timestamp::MAX);
    }

    #[test]
    fn dates_are_written_in_words() {
        assert_eq!(i_ord(date(2022, 2, 2)), "2 februari 2022");
        assert_eq!(veckodag(date(2022, 9, 10)), "lördag");
    }
}
