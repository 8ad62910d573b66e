//! A grant's year, reckoned: what came in is what went somewhere.
//!
//! received + carried in = used of the grant + to repay + carried out + left. What is left is
//! never under 0; what the boards used beyond the grant is their own cost, and stands apart.

use crate::pengar::Ore;
use serde::{Deserialize, Serialize};

/// What is known of a grant's year, in öre, each 0 or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poster {
    /// Requisitioned and not refused.
    pub mottaget: i64,
    /// Carried over into the year.
    pub overfort_in: i64,
    /// Used, whoever pays.
    pub anvant: i64,
    /// Carried over to a later year.
    pub overfort_ut: i64,
    /// Decided to be repaid.
    pub aterbetalas: i64,
}

/// Where the money went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avrakning {
    /// Used of the grant.
    pub av_bidraget: i64,
    /// Used beyond the grant: the boards' own cost.
    pub egen_kostnad: i64,
    /// Left with nothing decided about it.
    pub kvar: i64,
    /// Carried over or to be repaid beyond what there is: not possible to settle.
    pub for_mycket: i64,
}

impl Poster {
    /// What there was.
    #[must_use]
    pub const fn finns(&self) -> i64 {
        self.mottaget.saturating_add(self.overfort_in)
    }

    /// Where it went.
    #[must_use]
    pub fn avrakna(&self) -> Avrakning {
        let bundet = self.overfort_ut.saturating_add(self.aterbetalas);
        let for_mycket = bundet.saturating_sub(self.finns()).max(0);
        let att_anvanda = self.finns().saturating_sub(bundet).max(0);
        let av_bidraget = self.anvant.clamp(0, att_anvanda);
        Avrakning {
            av_bidraget,
            egen_kostnad: self.anvant.saturating_sub(av_bidraget).max(0),
            kvar: att_anvanda.saturating_sub(av_bidraget),
            for_mycket,
        }
    }

    /// What remains when what is used and carried over is taken away: what is to be repaid
    /// unless something else is decided. Never under 0.
    #[must_use]
    pub fn att_aterbetala(&self) -> i64 {
        self.finns()
            .saturating_sub(self.anvant.max(0))
            .saturating_sub(self.overfort_ut)
            .max(0)
    }
}

/// To whole kronor, half a krona up: what is paid.
#[must_use]
pub fn hela_kronor(ore: i64) -> Ore {
    let upp = ore.saturating_add(50);
    Ore(upp.saturating_sub(upp.rem_euclid(100)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_is_what_went_somewhere() {
        let p = Poster {
            mottaget: 805_200_000,
            anvant: 728_784_100,
            ..Poster::default()
        };
        assert_eq!(p.att_aterbetala(), 76_415_900);
        assert_eq!(p.avrakna().kvar, 76_415_900);
        let beslutat = Poster {
            aterbetalas: 76_415_900,
            ..p
        };
        assert_eq!(beslutat.avrakna().kvar, 0);
        assert_eq!(beslutat.avrakna().av_bidraget, 728_784_100);
    }

    #[test]
    fn what_is_used_beyond_the_grant_is_the_boards_own_cost() {
        let a = Poster {
            mottaget: 100,
            anvant: 130,
            ..Poster::default()
        };
        assert_eq!(a.att_aterbetala(), 0);
        let a = a.avrakna();
        assert_eq!((a.av_bidraget, a.egen_kostnad, a.kvar), (100, 30, 0));
    }

    #[test]
    fn half_a_krona_is_rounded_up() {
        for (ore, kr) in [(0, 0), (49, 0), (50, 100), (76_415_949, 76_415_900)] {
            assert_eq!(hela_kronor(ore), Ore(kr));
        }
    }
}
