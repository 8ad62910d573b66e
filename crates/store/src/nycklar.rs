//! A key per person, and how it is made to disappear.
//!
//! Three things lie in three places (docs/adr/0057): what a person's fields say is in the
//! database, sealed under the person's own key ([`Personnyckel`]); that key is in the database
//! too, wrapped by an installation key; the installation keys are in the key file
//! ([`Nyckelfil`]), outside the database and its backups. Beside the key file lie the
//! tombstones ([`Gravstenar`]): who is gone, so that an older database can not bring anybody
//! back. Equal personal numbers within one organisation are found by [`Blindvarde`].
//!
//! A running program has them opened together ([`Nyckelring`]), and every connection to the
//! database reaches them. What the database remembers of them is in [`Nyckelminne`].
//!
//! Invariant: there is no way to a person's key but through the tombstones.
//!
//! Nothing here draws random bytes or reads the clock; the caller hands them in. What was
//! handed in as a secret is cleared where it was taken from.

mod blind;
mod disk;
mod fel;
mod fil;
mod fyllnad;
mod gravstenar;
mod hemlig;
mod hex;
mod minne;
mod person;
pub mod personer;
mod ring;

#[cfg(test)]
mod prov;

use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};

pub use blind::Blindvarde;
pub use fel::Nyckelfel;
pub use fil::{InstallationsId, Nyckelfil, Nyckelnummer};
pub use gravstenar::{Begravning, Gravhuvud, Gravsten, Gravstenar, galler};
pub use hemlig::Klartext;
pub use minne::{Nyckelminne, borja, hoj_serien, las_minne, minns};
pub use person::{Falt, Inslagen, Personnyckel};
pub use ring::Nyckelring;

#[cfg(test)]
pub(crate) const TEXTER: &[&[crate::db::Sql]] = &[minne::TEXTER, personer::TEXTER];

/// Bytes of a nonce (RFC 8452 section 4).
pub const NONCE: usize = 12;

/// A person as one organisation knows them: the data subject (GDPR article 4.1) at one
/// controller of one huvudman. Whose key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Registrerad {
    /// Whose books.
    pub huvudman: HuvudmanId,
    /// The organisation that answers for the data (personuppgiftsansvarig).
    pub organisation: OrganisationId,
    /// The person, as numbered by the store.
    pub person: PersonId,
}

impl Registrerad {
    /// The same 24 bytes for the same person, and others for every other.
    fn bytes(self) -> [u8; 24] {
        let mut ut = [0; 24];
        let tal = [
            self.huvudman.nummer(),
            self.organisation.nummer(),
            self.person.nummer(),
        ];
        for (plats, tal) in ut.chunks_exact_mut(8).zip(tal) {
            plats.copy_from_slice(&tal.to_be_bytes());
        }
        ut
    }
}

/// Bytes of a seed for one use: equal for the same seed and use, and others for every other.
pub(crate) fn ur_fro(
    fro: &utfall_domain::deltagare::andring::Fro,
    etikett: &[u8],
) -> zeroize::Zeroizing<[u8; 32]> {
    blind::hmac(fro.bytes(), &[b"utfall/fro/1", etikett])
}
