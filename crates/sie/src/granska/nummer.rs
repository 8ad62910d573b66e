//! Which voucher numbers a file has used. Numbers mostly lie close, so what is kept is one bit
//! each, 64 to a block, and not every number.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// So many blocks and odd numbers are kept; a file of a million vouchers has some thousands.
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
    /// The block that the last number was in, and its bits. It is newer than in `block`.
    nu: (u64, u64),
    block: BTreeMap<u64, u64>,
}

/// Every number so far.
#[derive(Debug, Default)]
pub(super) struct Nummer {
    serier: Vec<Serie>,
    /// Blocks in all of them.
    block: usize,
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
                Some(serie) => serie.ta(tal, &mut self.block),
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
    #[inline]
    fn ta(&mut self, tal: u64, antal: &mut usize) -> Mote {
        let (block, bit) = (tal / 64, 1_u64.wrapping_shl((tal % 64) as u32));
        if block != self.nu.0 && !self.byt(block, antal) {
            return Mote::Fullt;
        }
        let sett = self.nu.1 & bit != 0;
        self.nu.1 |= bit;
        if sett { Mote::Sett } else { Mote::Nytt }
    }

    /// Takes up another block; false when there is no room for it.
    fn byt(&mut self, block: u64, antal: &mut usize) -> bool {
        if self.nu.1 != 0 {
            self.block.insert(self.nu.0, self.nu.1);
        }
        let bitar = self.block.get(&block).copied();
        if bitar.is_none() {
            if *antal >= FLEST {
                self.nu = (0, self.block.get(&0).copied().unwrap_or_default());
                return false;
            }
            *antal = antal.saturating_add(1);
        }
        self.nu = (block, bitar.unwrap_or_default());
        true
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
            alla in proptest::collection::vec(("[AB]?", "0?[0-9]{0,3}x?"), 0..300),
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
    fn numbers_in_order_take_a_bit_each_and_scattered_ones_are_bounded() {
        let mut nummer = Nummer::default();
        for tal in 1..=10_000 {
            for serie in [b"A", b"B"] {
                assert_eq!(nummer.ta(serie, tal.to_string().as_bytes()), Mote::Nytt);
            }
        }
        assert_eq!((nummer.serier.len(), nummer.ovriga.len()), (2, 0));
        assert!(nummer.block < 2 * 10_000 / 60, "{}", nummer.block);
        assert_eq!(nummer.ta(b"B", b"7777"), Mote::Sett);
        nummer.block = super::FLEST;
        assert_eq!(nummer.ta(b"A", b"999999"), Mote::Fullt);
        assert_eq!(nummer.ta(b"A", b"7"), Mote::Sett);
        assert_eq!(nummer.ta(b"A", b"10000"), Mote::Sett);
    }
}
