//! Which voucher numbers a file has used. Numbers mostly follow each other, so what is kept is
//! where each run begins and ends, and not every number.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// So many runs and odd numbers are kept; a file of a million vouchers has a handful.
const FLEST: usize = 1_000_000;
/// So many series are followed one by one.
const FLEST_SERIER: usize = 64;
/// The longest name of such a series, in bytes.
const LANGSTA_SERIE: usize = 64;

/// What a number was when it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mote {
    Nytt,
    Sett,
    /// There is no more room to remember it.
    Fullt,
}

/// A series' numbers.
#[derive(Debug, Default)]
struct Serie {
    namn: Vec<u8>,
    /// The last run, which the next number most often belongs to.
    fran: u64,
    till: u64,
    /// The other runs: first number and last.
    andra: BTreeMap<u64, u64>,
}

/// Every number so far.
#[derive(Debug, Default)]
pub(super) struct Nummer {
    serier: Vec<Serie>,
    /// Where the last number was found.
    senast: usize,
    /// Hashes of those that are no plain numbers.
    ovriga: HashSet<u64>,
    hash: RandomState,
}

impl Nummer {
    /// Remembers a number that is not empty, and says whether it has been met before.
    pub(super) fn ta(&mut self, serie: &[u8], nummer: &[u8]) -> Mote {
        if let (Some(tal), Some(plats)) = (vanligt(nummer), self.serie(serie)) {
            self.senast = plats;
            return match self.serier.get_mut(plats) {
                Some(serie) => serie.ta(tal),
                None => Mote::Fullt,
            };
        }
        let nyckel = self.hash.hash_one((serie, nummer));
        if self.ovriga.contains(&nyckel) {
            Mote::Sett
        } else if self.ovriga.len() >= FLEST {
            Mote::Fullt
        } else {
            self.ovriga.insert(nyckel);
            Mote::Nytt
        }
    }

    fn serie(&mut self, namn: &[u8]) -> Option<usize> {
        let ar = |s: &Serie| s.namn == namn;
        if self.serier.get(self.senast).is_some_and(ar) {
            return Some(self.senast);
        }
        let plats = self.serier.iter().position(ar);
        if plats.is_some() || self.serier.len() >= FLEST_SERIER || namn.len() > LANGSTA_SERIE {
            return plats;
        }
        self.serier.push(Serie {
            namn: namn.to_vec(),
            ..Serie::default()
        });
        Some(self.serier.len().saturating_sub(1))
    }
}

impl Serie {
    /// The run 0 to 0 is the one of a series without numbers: 0 itself is never plain.
    fn ta(&mut self, tal: u64) -> Mote {
        if tal.checked_sub(1) == Some(self.till) && !self.andra.contains_key(&tal) {
            if self.fran == 0 {
                self.fran = tal;
            }
            self.till = tal;
            return Mote::Nytt;
        }
        let fore = self.andra.range(..=tal).next_back();
        let sett = fore.is_some_and(|(_, till)| tal <= *till);
        if sett || (self.fran <= tal && tal <= self.till) {
            return Mote::Sett;
        }
        if self.andra.len() >= FLEST {
            return Mote::Fullt;
        }
        if self.fran > 0 {
            self.andra.insert(self.fran, self.till);
        }
        (self.fran, self.till) = (tal, tal);
        Mote::Nytt
    }
}

/// A number from 1 without zeros before it: two that are written alike are the same.
fn vanligt(text: &[u8]) -> Option<u64> {
    let [b'1'..=b'9', rest @ ..] = text else {
        return None;
    };
    if rest.len() > 17 || !rest.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let siffror = text.iter().map(|b| u64::from(b.wrapping_sub(b'0')));
    Some(siffror.fold(0, |tal, siffra| tal.wrapping_mul(10).wrapping_add(siffra)))
}

#[cfg(test)]
mod tests {
    use super::{Mote, Nummer};
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(512)
        })]

        #[test]
        fn a_number_is_new_exactly_once(
            alla in proptest::collection::vec(("[AB]?", "0?[0-9]{0,2}x?"), 0..120),
        ) {
            let (mut nummer, mut facit) = (Nummer::default(), HashSet::new());
            for (serie, tal) in &alla {
                let mote = nummer.ta(serie.as_bytes(), tal.as_bytes());
                let vantat = if facit.insert((serie, tal)) { Mote::Nytt } else { Mote::Sett };
                prop_assert_eq!(mote, vantat, "{} {}", serie, tal);
            }
        }
    }

    #[test]
    fn numbers_in_order_take_no_room() {
        let mut nummer = Nummer::default();
        for tal in 1..=10_000 {
            for serie in [b"A", b"B"] {
                assert_eq!(nummer.ta(serie, tal.to_string().as_bytes()), Mote::Nytt);
            }
        }
        assert_eq!((nummer.serier.len(), nummer.ovriga.len()), (2, 0));
        assert!(nummer.serier.iter().all(|s| s.andra.is_empty()));
        assert_eq!(nummer.ta(b"B", b"7777"), Mote::Sett);
    }
}
