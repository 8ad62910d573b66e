//! A person's key: wrapped by an installation key, and what it seals.
//!
//! Everything is AES-256-GCM-SIV (RFC 8452): a nonce that comes twice shows only that the same
//! text was sealed twice in the same place. What stands around a ciphertext (whose it is, and
//! where it lies) goes in as associated data, so that nothing can be moved to another person,
//! table, column or row. The forms:
//!
//! ```text
//! wrapped key  1 ‖ key number (4) ‖ nonce (12) ‖ ciphertext (32) ‖ tag (16)      65 bytes
//! value        1 ‖ nonce (12) ‖ ciphertext (padded text) ‖ tag (16)
//! ```

use std::fmt;

use aes_gcm_siv::aead::inout::InOutBuf;
use aes_gcm_siv::{AeadInOut, Aes256GcmSiv, KeyInit, Nonce, Tag};
use zeroize::Zeroizing;

use super::blind::harled;
use super::hemlig::{Hemlig, Klartext};
use super::{Gravstenar, NONCE, Nyckelfel, Nyckelfil, Nyckelnummer, Registrerad, fyllnad, galler};

const VERSION: u8 = 1;
const TAGG: usize = 16;
const OMSLAG: &[u8] = b"utfall/personnyckel/1";
const VARDE: &[u8] = b"utfall/uppgift/1";

/// Where a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Falt {
    /// The table, as in the migration.
    pub tabell: &'static str,
    /// The column.
    pub kolumn: &'static str,
    /// The row's id.
    pub rad: i64,
}

/// A person's key as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Inslagen {
    nyckel: Nyckelnummer,
    bytes: [u8; Self::LANGD],
}

impl Inslagen {
    /// Bytes of the stored form.
    pub const LANGD: usize = 1 + 4 + NONCE + 32 + TAGG;

    /// From the stored bytes.
    ///
    /// # Errors
    /// [`Nyckelfel::OppnarInte`] when they are not of a form that this version writes.
    pub fn ur_bytes(bytes: &[u8]) -> Result<Self, Nyckelfel> {
        let bytes: [u8; Self::LANGD] = bytes.try_into().map_err(|_| Nyckelfel::OppnarInte)?;
        match bytes {
            [VERSION, a, b, c, d, ..] => Ok(Self {
                nyckel: Nyckelnummer(u32::from_be_bytes([a, b, c, d])),
                bytes,
            }),
            _ => Err(Nyckelfel::OppnarInte),
        }
    }

    /// The bytes to store.
    #[must_use]
    pub const fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Which installation key wrapped it.
    #[must_use]
    pub const fn nyckel(&self) -> Nyckelnummer {
        self.nyckel
    }
}

impl fmt::Debug for Inslagen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inslagen(nyckel {}, …)", self.nyckel)
    }
}

/// A person's key, ready for use. It opens nothing that is not this person's.
pub struct Personnyckel {
    vems: Registrerad,
    hemlig: Hemlig,
}

impl fmt::Debug for Personnyckel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personnyckel(…)")
    }
}

impl Nyckelfil {
    /// A new key for a person from 32 random bytes, which are cleared, and its wrapped form.
    ///
    /// # Errors
    /// [`Nyckelfel::Begravd`] when the number has been somebody's who is gone: after an older
    /// database is read back its series must go on above [`Gravstenar::hogsta`].
    pub fn ny_personnyckel(
        &self,
        gravstenar: &Gravstenar,
        vems: Registrerad,
        slump: &mut [u8; 32],
        nonce: [u8; NONCE],
    ) -> Result<(Personnyckel, Inslagen), Nyckelfel> {
        let hemlig = Hemlig::tag(slump)?;
        self.lat_galla(gravstenar, vems)?;
        let nyckel = Personnyckel { vems, hemlig };
        let inslagen = self.sla_in(&nyckel, nonce)?;
        Ok((nyckel, inslagen))
    }

    /// Opens a person's key.
    ///
    /// # Errors
    /// [`Nyckelfel::Begravd`] when the person is gone, whatever the database holds; otherwise
    /// when it is another person's, altered, or wrapped by a key that is not in the file.
    pub fn oppna_personnyckel(
        &self,
        gravstenar: &Gravstenar,
        vems: Registrerad,
        inslagen: &Inslagen,
    ) -> Result<Personnyckel, Nyckelfel> {
        self.lat_galla(gravstenar, vems)?;
        self.packa_upp(vems, inslagen)
    }

    /// The wrapped form under the newest key; `None` when it is that already.
    ///
    /// # Errors
    /// As [`Nyckelfil::oppna_personnyckel`].
    pub fn rotera(
        &self,
        gravstenar: &Gravstenar,
        vems: Registrerad,
        inslagen: &Inslagen,
        nonce: [u8; NONCE],
    ) -> Result<Option<Inslagen>, Nyckelfel> {
        let nyckel = self.oppna_personnyckel(gravstenar, vems, inslagen)?;
        if inslagen.nyckel == self.nyaste().0 {
            return Ok(None);
        }
        self.sla_in(&nyckel, nonce).map(Some)
    }

    fn lat_galla(&self, gravstenar: &Gravstenar, vems: Registrerad) -> Result<(), Nyckelfel> {
        gravstenar.hor_till(self.id())?;
        if galler(gravstenar, vems) {
            Ok(())
        } else {
            Err(Nyckelfel::Begravd)
        }
    }

    fn sla_in(&self, nyckel: &Personnyckel, nonce: [u8; NONCE]) -> Result<Inslagen, Nyckelfel> {
        let (nummer, hemlig) = self.nyaste();
        let mut bytes = Zeroizing::new(Vec::with_capacity(Inslagen::LANGD));
        bytes.push(VERSION);
        bytes.extend(nummer.0.to_be_bytes());
        let omslag = harled(hemlig, &[OMSLAG]);
        let bundet = self.bundet(nummer, nyckel.vems);
        bytes.extend(nonce);
        let fran = bytes.len();
        bytes.extend_from_slice(nyckel.hemlig.bytes());
        stang(&omslag, nonce, &bundet, &mut bytes, fran)?;
        Inslagen::ur_bytes(&bytes)
    }

    /// Without the tombstones: nothing outside this file reaches it but the test that shows
    /// what they are for.
    pub(super) fn packa_upp(
        &self,
        vems: Registrerad,
        inslagen: &Inslagen,
    ) -> Result<Personnyckel, Nyckelfel> {
        let hemlig = self.nyckel(inslagen.nyckel)?;
        let omslag = harled(hemlig, &[OMSLAG]);
        let bundet = self.bundet(inslagen.nyckel, vems);
        let rest = inslagen.bytes.get(5..).unwrap_or_default();
        let klart = oppna(&omslag, &bundet, rest)?;
        let mut nyckel = Zeroizing::new([0; 32]);
        if klart.len() != nyckel.len() {
            return Err(Nyckelfel::OppnarInte);
        }
        nyckel.copy_from_slice(&klart);
        let hemlig = Hemlig::ur(&mut nyckel);
        Ok(Personnyckel { vems, hemlig })
    }

    /// What a wrapped key is bound to; every part has a fixed length.
    fn bundet(&self, nummer: Nyckelnummer, vems: Registrerad) -> Vec<u8> {
        let nummer = nummer.0.to_be_bytes();
        let id = self.id();
        [OMSLAG, &nummer, id.bytes().as_slice(), &vems.bytes()].concat()
    }
}

impl Personnyckel {
    /// Whose it is.
    #[must_use]
    pub const fn vems(&self) -> Registrerad {
        self.vems
    }

    /// The value as it is stored in this place and no other.
    ///
    /// # Errors
    /// [`Nyckelfel::ForLang`] over 16 MiB.
    pub fn forsegla(
        &self,
        falt: Falt,
        varde: &[u8],
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, Nyckelfel> {
        if varde.len() > fyllnad::STORST {
            return Err(Nyckelfel::ForLang);
        }
        let fyllt = fyllnad::fylld(varde.len());
        // Room for all at once: the text must not be left in a vector that was outgrown.
        let rum = fyllt.saturating_add(1 + NONCE + TAGG);
        let mut ut = Zeroizing::new(Vec::with_capacity(rum));
        ut.push(VERSION);
        ut.extend(nonce);
        let fran = ut.len();
        fyllnad::fyll(&mut ut, varde);
        stang(&self.hemlig, nonce, &self.bundet(falt), &mut ut, fran)?;
        Ok(std::mem::take(&mut *ut))
    }

    /// The value that was sealed in this place.
    ///
    /// # Errors
    /// [`Nyckelfel::OppnarInte`] when it is altered, another person's or from another place.
    pub fn oppna(&self, falt: Falt, forseglat: &[u8]) -> Result<Klartext, Nyckelfel> {
        let [VERSION, rest @ ..] = forseglat else {
            return Err(Nyckelfel::OppnarInte);
        };
        let fyllt = oppna(&self.hemlig, &self.bundet(falt), rest)?;
        let text = fyllnad::ta_bort(fyllt).ok_or(Nyckelfel::OppnarInte)?;
        Ok(Klartext::ny(text))
    }

    /// What a value is bound to. The names carry their lengths, so that no two places read
    /// the same.
    fn bundet(&self, falt: Falt) -> Vec<u8> {
        let mut ut = [
            VARDE,
            &[VERSION],
            &self.vems.bytes(),
            &falt.rad.to_be_bytes(),
        ]
        .concat();
        for namn in [falt.tabell, falt.kolumn] {
            ut.extend(u64::try_from(namn.len()).unwrap_or(u64::MAX).to_be_bytes());
            ut.extend_from_slice(namn.as_bytes());
        }
        ut
    }
}

/// Seals what stands from `fran` on, and puts the tag after it.
pub(super) fn stang(
    hemlig: &Hemlig,
    nonce: [u8; NONCE],
    bundet: &[u8],
    bytes: &mut Vec<u8>,
    fran: usize,
) -> Result<(), Nyckelfel> {
    let text = bytes.get_mut(fran..).unwrap_or_default();
    let tagg = Aes256GcmSiv::new(hemlig.bytes().into())
        .encrypt_inout_detached(&nonce.into(), bundet, InOutBuf::from(text))
        .map_err(|_| Nyckelfel::ForLang)?;
    bytes.extend_from_slice(&tagg);
    Ok(())
}

/// Opens nonce ‖ ciphertext ‖ tag.
pub(super) fn oppna(
    hemlig: &Hemlig,
    bundet: &[u8],
    stangt: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Nyckelfel> {
    let delar = stangt.split_first_chunk::<NONCE>();
    let (nonce, rest) = delar.ok_or(Nyckelfel::OppnarInte)?;
    let delar = rest.split_last_chunk::<TAGG>();
    let (chiffer, tagg) = delar.ok_or(Nyckelfel::OppnarInte)?;
    let mut klart = Zeroizing::new(chiffer.to_vec());
    let (nonce, tagg) = (Nonce::from(*nonce), Tag::from(*tagg));
    Aes256GcmSiv::new(hemlig.bytes().into())
        .decrypt_inout_detached(&nonce, bundet, InOutBuf::from(klart.as_mut_slice()), &tagg)
        .map_err(|_| Nyckelfel::OppnarInte)?;
    Ok(klart)
}
