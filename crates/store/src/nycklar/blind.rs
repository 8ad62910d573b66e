//! The blind index: the same personal number within one organisation is found without being
//! read. HMAC-SHA-256 (RFC 2104) under a key of its own per huvudman and organisation, so
//! that two organisations' values have nothing to do with each other, cut to 16 bytes: at ten
//! million persons the chance that any two numbers share a value is below 1 in 10^24.
//!
//! There are few enough numbers to try them all, so the value protects only as long as the
//! installation key is unknown. It goes with the person at disposal.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use utfall_domain::id::{HuvudmanId, OrganisationId};
use zeroize::{Zeroize, Zeroizing};

use super::hemlig::Hemlig;
use super::{Nyckelfel, Nyckelfil, Nyckelnummer};

const ETIKETT: &[u8] = b"utfall/blindindex/1";

/// The value under which a number is found, and the installation key it was made with.
/// Compared without telling where it differs.
#[derive(Clone, Copy)]
pub struct Blindvarde {
    nyckel: Nyckelnummer,
    varde: [u8; 16],
}

impl Blindvarde {
    /// Bytes of the stored form.
    pub const LANGD: usize = 20;

    /// Which installation key it was made with: after a rotation it is made anew.
    #[must_use]
    pub const fn nyckel(&self) -> Nyckelnummer {
        self.nyckel
    }

    /// As stored: the key's number, four bytes with the highest first, then the value.
    #[must_use]
    pub fn bytes(&self) -> [u8; Self::LANGD] {
        let mut ut = [0; Self::LANGD];
        let (nummer, varde) = ut.split_at_mut(4);
        nummer.copy_from_slice(&self.nyckel.0.to_be_bytes());
        varde.copy_from_slice(&self.varde);
        ut
    }
}

impl PartialEq for Blindvarde {
    fn eq(&self, annat: &Self) -> bool {
        self.bytes().ct_eq(&annat.bytes()).into()
    }
}

impl Eq for Blindvarde {}

impl fmt::Debug for Blindvarde {
    /// Not the value: with it a reader of a log could follow a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blindvarde(nyckel {}, …)", self.nyckel)
    }
}

impl Nyckelfil {
    /// What to store for a personal number of twelve digits, made with the newest key.
    ///
    /// # Errors
    /// [`Nyckelfel::Nummer`] for anything but twelve digits.
    pub fn blindvarde(
        &self,
        huvudman: HuvudmanId,
        organisation: OrganisationId,
        nummer: &str,
    ) -> Result<Blindvarde, Nyckelfel> {
        let (nyckel, hemlig) = self.nyaste();
        rakna(nyckel, hemlig, (huvudman, organisation), nummer)
    }

    /// What to look for: one value per key there is, the newest first, so that a row is found
    /// also while a rotation is under way.
    ///
    /// # Errors
    /// As [`Nyckelfil::blindvarde`].
    pub fn blindvarden(
        &self,
        huvudman: HuvudmanId,
        organisation: OrganisationId,
        nummer: &str,
    ) -> Result<Vec<Blindvarde>, Nyckelfel> {
        let vems = (huvudman, organisation);
        let rakna = |n| rakna(n, self.nyckel(n)?, vems, nummer);
        self.nummer().rev().map(rakna).collect()
    }
}

fn rakna(
    nyckel: Nyckelnummer,
    hemlig: &Hemlig,
    (huvudman, organisation): (HuvudmanId, OrganisationId),
    nummer: &str,
) -> Result<Blindvarde, Nyckelfel> {
    if nummer.len() != 12 || !nummer.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Nyckelfel::Nummer);
    }
    let vems = [huvudman.nummer(), organisation.nummer()].map(i64::to_be_bytes);
    let egen = harled(hemlig, &[ETIKETT, &vems.concat()]);
    let hel = hmac(egen.bytes(), &[nummer.as_bytes()]);
    let mut varde = [0; 16];
    for (plats, b) in varde.iter_mut().zip(hel.iter()) {
        *plats = *b;
    }
    Ok(Blindvarde { nyckel, varde })
}

/// A key of its own for one use of an installation key. The label is what keeps uses apart:
/// no label is the beginning of another, and what follows it has a fixed length.
pub(super) fn harled(hemlig: &Hemlig, delar: &[&[u8]]) -> Hemlig {
    Hemlig::ur(&mut hmac(hemlig.bytes(), delar))
}

/// HMAC-SHA-256 of the parts one after the other.
pub(super) fn hmac(nyckel: &[u8; 32], delar: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // A key shorter than the block is filled out with zeros (RFC 2104 section 2): done here,
    // so that no length can be refused.
    let mut block = Zeroizing::new([0; 64]);
    for (plats, b) in block.iter_mut().zip(nyckel) {
        *plats = *b;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for del in delar {
        mac.update(del);
    }
    let mut svar = mac.finalize().into_bytes();
    let ut = Zeroizing::new(svar.into());
    svar.as_mut_slice().zeroize();
    ut
}
