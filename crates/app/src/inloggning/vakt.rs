//! How often one may try to sign in.
//!
//! In memory: the limit is against guessing, and a restart gives a guesser little. Two
//! limits, so that a stranger who hammers an account cannot lock its owner out: an address
//! the account has been signed in from has an allowance of its own.

use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Attempts from one address at one account within [`KORT`].
pub const PER_ADRESS: usize = 10;
/// Attempts at one account from all unknown addresses within [`LANG`].
pub const PER_KONTO: usize = 20;
/// The window of [`PER_ADRESS`].
pub const KORT: SignedDuration = SignedDuration::from_mins(15);
/// The window of [`PER_KONTO`].
pub const LANG: SignedDuration = SignedDuration::from_hours(1);
/// Accounts remembered at most; beyond it the ones with the oldest attempt are forgotten.
const MINNE: usize = 10_000;
/// Known addresses remembered per account.
const KANDA: usize = 20;

#[derive(Default)]
struct Konto {
    forsok: VecDeque<(Timestamp, String)>,
    kanda: HashSet<String>,
}

/// Counts the attempts. One per server.
#[derive(Default)]
pub struct Forsoksvakt {
    konton: Mutex<HashMap<String, Konto>>,
}

impl Forsoksvakt {
    /// Asks to try once, and counts it.
    ///
    /// # Errors
    /// How long to wait, when there have been too many.
    pub fn prova(&self, konto: &str, adress: &str, nu: Timestamp) -> Result<(), SignedDuration> {
        let mut konton = self.konton.lock().unwrap_or_else(PoisonError::into_inner);
        glom(&mut konton, konto);
        let minne = konton.entry(konto.to_owned()).or_default();
        minne
            .forsok
            .retain(|(nar, _)| nu.duration_since(*nar) < LANG);
        let kand = minne.kanda.contains(adress);
        let harifran = sparr(
            minne.forsok.iter().filter(|(_, fran)| fran == adress),
            PER_ADRESS,
            KORT,
            nu,
        );
        let alla = if kand {
            None
        } else {
            sparr(
                minne
                    .forsok
                    .iter()
                    .filter(|(_, fran)| !minne.kanda.contains(fran)),
                PER_KONTO,
                LANG,
                nu,
            )
        };
        if let Some(vanta) = harifran.max(alla) {
            return Err(vanta);
        }
        minne.forsok.push_back((nu, adress.to_owned()));
        Ok(())
    }

    /// It was the right person: the address is known and its attempts are forgiven.
    pub fn lyckades(&self, konto: &str, adress: &str) {
        let mut konton = self.konton.lock().unwrap_or_else(PoisonError::into_inner);
        let minne = konton.entry(konto.to_owned()).or_default();
        minne.forsok.retain(|(_, fran)| fran != adress);
        if minne.kanda.len() < KANDA {
            minne.kanda.insert(adress.to_owned());
        }
    }
}

/// How long until the oldest of the counted attempts leaves the window.
fn sparr<'a>(
    forsok: impl Iterator<Item = &'a (Timestamp, String)>,
    tak: usize,
    fonster: SignedDuration,
    nu: Timestamp,
) -> Option<SignedDuration> {
    let inom: Vec<Timestamp> = forsok
        .map(|(nar, _)| *nar)
        .filter(|nar| nu.duration_since(*nar) < fonster)
        .collect();
    let forsta = inom.len().checked_sub(tak).and_then(|nr| inom.get(nr))?;
    Some(fonster - nu.duration_since(*forsta))
}

fn glom(konton: &mut HashMap<String, Konto>, undantag: &str) {
    if konton.len() < MINNE || konton.contains_key(undantag) {
        return;
    }
    let aldst = konton
        .iter()
        .min_by_key(|(_, minne)| minne.forsok.back().map(|(nar, _)| *nar))
        .map(|(namn, _)| namn.clone());
    if let Some(namn) = aldst {
        konton.remove(&namn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vid(sekund: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + sekund).unwrap()
    }

    #[test]
    fn ten_tries_from_one_address_then_wait_a_quarter() {
        let vakt = Forsoksvakt::default();
        for sekund in 0..10 {
            assert!(vakt.prova("ekonom", "10.0.0.1", vid(sekund)).is_ok());
        }
        let vanta = vakt.prova("ekonom", "10.0.0.1", vid(10)).unwrap_err();
        assert_eq!(vanta, SignedDuration::from_secs(890));
        assert!(vakt.prova("revisor", "10.0.0.1", vid(10)).is_ok());
        assert!(vakt.prova("ekonom", "10.0.0.1", vid(900)).is_ok());
    }

    #[test]
    fn ten_thousand_guesses_from_two_hundred_addresses_give_twenty_tries_an_hour() {
        let vakt = Forsoksvakt::default();
        let slappta = (0..10_000)
            .filter(|nr| {
                let adress = format!("10.0.0.{}", nr % 200);
                vakt.prova("ekonom", &adress, vid(nr / 3)).is_ok()
            })
            .count();
        assert_eq!(slappta, PER_KONTO);
    }

    #[test]
    fn the_owner_at_a_known_address_is_not_locked_out() {
        let vakt = Forsoksvakt::default();
        assert!(vakt.prova("ekonom", "192.0.2.7", vid(0)).is_ok());
        vakt.lyckades("ekonom", "192.0.2.7");
        for nr in 0..200 {
            let _ = vakt.prova("ekonom", &format!("10.0.0.{nr}"), vid(nr));
        }
        assert!(vakt.prova("ekonom", "10.0.1.1", vid(300)).is_err());
        assert!(vakt.prova("ekonom", "192.0.2.7", vid(300)).is_ok());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let vakt = Forsoksvakt::default();
        for nr in 0..12_000_i64 {
            let _ = vakt.prova(&format!("konto{nr}"), "10.0.0.1", vid(nr));
        }
        assert!(vakt.konton.lock().unwrap().len() <= MINNE);
    }
}
