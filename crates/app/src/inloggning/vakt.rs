//! How often one may try to sign in.
//!
//! In memory: the limit is against guessing, and a restart gives a guesser little. Two
//! limits, so that a stranger who hammers an account cannot lock its owner out: an address
//! the account has been signed in from has an allowance of its own.
//!
//! Names are counted in a fixed number of places, chosen by a secret. Nothing is thrown out
//! to make room, so a flood of made-up names resets nobody's count, and a name that exists
//! is counted like one that does not.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Attempts from one address at one account within [`KORT`].
pub const PER_ADRESS: usize = 10;
/// Attempts at one account from all unknown addresses within [`LANG`].
pub const PER_KONTO: usize = 20;
/// The window of [`PER_ADRESS`].
pub const KORT: SignedDuration = SignedDuration::from_mins(15);
/// The window of [`PER_KONTO`].
pub const LANG: SignedDuration = SignedDuration::from_hours(1);
/// Known addresses remembered per place.
const KANDA: usize = 20;
/// How often places where nothing counts any more are cleared.
const STADNING: SignedDuration = SignedDuration::from_mins(10);

/// Where a name is counted: one of 65 536. Two names in the same place share their limit.
type Plats = u16;
/// An address, as a number that says nothing of it.
type Fran = u64;

/// What has happened in a place. At most [`PER_KONTO`] attempts from unknown addresses and
/// [`PER_ADRESS`] from each known one: a few kilobytes.
#[derive(Default)]
struct Minne {
    forsok: VecDeque<(Timestamp, Fran)>,
    kanda: VecDeque<Fran>,
}

#[derive(Default)]
struct Tabell {
    platser: HashMap<Plats, Minne>,
    stadad: Option<Timestamp>,
}

/// Counts the attempts. One per server.
pub struct Forsoksvakt {
    hemlighet: [u8; 32],
    tabell: Mutex<Tabell>,
}

impl Forsoksvakt {
    /// Counts in places that this secret chooses. It must be random: whoever knows it can
    /// find names that share a place.
    #[must_use]
    pub fn ny(hemlighet: [u8; 32]) -> Self {
        Self {
            hemlighet,
            tabell: Mutex::default(),
        }
    }

    /// Asks to try once, and counts it.
    ///
    /// # Errors
    /// How long to wait, when there have been too many.
    pub fn prova(&self, konto: &str, adress: &str, nu: Timestamp) -> Result<(), SignedDuration> {
        let (plats, fran) = (self.plats(konto), self.fran(adress));
        let mut tabell = self.tabell.lock().unwrap_or_else(PoisonError::into_inner);
        stada(&mut tabell, nu);
        let minne = tabell.platser.entry(plats).or_default();
        minne
            .forsok
            .retain(|(nar, _)| nu.duration_since(*nar) < LANG);
        let harifran = minne.forsok.iter().filter(|(_, f)| *f == fran);
        let harifran = sparr(harifran, PER_ADRESS, KORT, nu);
        let alla = if minne.kanda.contains(&fran) {
            None
        } else {
            let okanda = minne
                .forsok
                .iter()
                .filter(|(_, f)| !minne.kanda.contains(f));
            sparr(okanda, PER_KONTO, LANG, nu)
        };
        if let Some(vanta) = harifran.max(alla) {
            return Err(vanta);
        }
        minne.forsok.push_back((nu, fran));
        Ok(())
    }

    /// It was the right person: the address is known and its attempts are forgiven.
    pub fn lyckades(&self, konto: &str, adress: &str) {
        let (plats, fran) = (self.plats(konto), self.fran(adress));
        let mut tabell = self.tabell.lock().unwrap_or_else(PoisonError::into_inner);
        let minne = tabell.platser.entry(plats).or_default();
        minne.forsok.retain(|(_, f)| *f != fran);
        // The one used last is the last to be forgotten.
        minne.kanda.retain(|f| *f != fran);
        minne.kanda.push_back(fran);
        if minne.kanda.len() > KANDA {
            minne.kanda.pop_front();
        }
    }

    fn plats(&self, konto: &str) -> Plats {
        let [a, b, ..] = self.summa(b"konto", konto.as_bytes());
        Plats::from_be_bytes([a, b])
    }

    /// An IPv6 subscriber has a whole /64 and counts as one.
    fn fran(&self, adress: &str) -> Fran {
        let natet = match adress.parse() {
            Ok(IpAddr::V6(ip)) => match ip.to_ipv4_mapped() {
                Some(v4) => v4.octets().to_vec(),
                None => ip.octets().into_iter().take(8).collect(),
            },
            Ok(IpAddr::V4(ip)) => ip.octets().to_vec(),
            Err(_) => adress.as_bytes().to_vec(),
        };
        let [a, b, c, d, e, f, g, h, ..] = self.summa(b"adress", &natet);
        Fran::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    fn summa(&self, syfte: &[u8], text: &[u8]) -> [u8; 32] {
        let mut summa = Sha256::new();
        summa.update(self.hemlighet);
        summa.update(syfte);
        summa.update([0]);
        summa.update(text);
        summa.finalize().into()
    }
}

/// How long until the oldest of the counted attempts leaves the window.
fn sparr<'a>(
    forsok: impl Iterator<Item = &'a (Timestamp, Fran)>,
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

/// Clears the places where nothing counts any more. A place that knows an address is kept:
/// the owner there must not be locked out by the next flood.
fn stada(tabell: &mut Tabell, nu: Timestamp) {
    let nyss = tabell
        .stadad
        .is_some_and(|nar| nu.duration_since(nar).abs() < STADNING);
    if nyss {
        return;
    }
    tabell.stadad = Some(nu);
    tabell.platser.retain(|_, minne| {
        minne
            .forsok
            .retain(|(nar, _)| nu.duration_since(*nar) < LANG);
        !minne.forsok.is_empty() || !minne.kanda.is_empty()
    });
}

#[cfg(test)]
mod tests;
