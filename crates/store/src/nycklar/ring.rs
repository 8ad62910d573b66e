//! The keys of a running program: the key file with its tombstones, opened once.
//!
//! Shared by every connection ([`crate::Las::nycklar`]). Nobody's key is used without having
//! asked the tombstones, and they are asked as they are on the disk now, so that whoever
//! another process has buried is refused in this one too.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use utfall_domain::id::{HuvudmanId, OrganisationId, PersonId};

use super::{
    Begravning, Blindvarde, Gravhuvud, Gravstenar, Inslagen, InstallationsId, NONCE, Nyckelfel,
    Nyckelfil, Personnyckel, Registrerad,
};

/// An opened key file with its tombstones.
pub struct Nyckelring {
    fil: Nyckelfil,
    gravstenar: Mutex<Gravstenar>,
}

impl fmt::Debug for Nyckelring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nyckelring(…)")
    }
}

impl Nyckelring {
    /// Puts the two together.
    ///
    /// # Errors
    /// [`Nyckelfel::AnnanInstallation`] when they are not of one installation.
    pub fn ny(fil: Nyckelfil, gravstenar: Gravstenar) -> Result<Self, Nyckelfel> {
        gravstenar.hor_till(fil.id())?;
        Ok(Self {
            fil,
            gravstenar: Mutex::new(gravstenar),
        })
    }

    /// Which installation it is for.
    #[must_use]
    pub const fn id(&self) -> InstallationsId {
        self.fil.id()
    }

    /// That it belongs to the database ([`Nyckelfil::hor_till`]).
    ///
    /// # Errors
    /// [`Nyckelfel::AnnanInstallation`] when the database is of another.
    pub fn hor_till(&self, databasen: InstallationsId) -> Result<(), Nyckelfel> {
        self.fil.hor_till(databasen)
    }

    /// What the database is to remember of the tombstones.
    ///
    /// # Errors
    /// When the tombstones can not be read.
    pub fn huvud(&self) -> Result<Gravhuvud, Nyckelfel> {
        Ok(self.gravstenar()?.huvud())
    }

    /// That everything the database remembers is here ([`Gravstenar::prova_mot`]).
    ///
    /// # Errors
    /// [`Nyckelfel::Aldre`] when tombstones are missing or others than they were.
    pub fn prova_mot(&self, minns: &Gravhuvud) -> Result<(), Nyckelfel> {
        self.gravstenar()?.prova_mot(minns)
    }

    /// Of these, who are gone ([`Gravstenar::att_forstora`]).
    ///
    /// # Errors
    /// When the tombstones can not be read.
    pub fn att_forstora(
        &self,
        har: impl IntoIterator<Item = Registrerad>,
    ) -> Result<Vec<Registrerad>, Nyckelfel> {
        Ok(self.gravstenar()?.att_forstora(har))
    }

    /// The highest number of a person who is gone ([`Gravstenar::hogsta`]).
    ///
    /// # Errors
    /// When the tombstones can not be read.
    pub fn hogsta(&self) -> Result<Option<PersonId>, Nyckelfel> {
        Ok(self.gravstenar()?.hogsta())
    }

    /// A new key for a person from 32 random bytes, which are cleared, and its wrapped form
    /// for the database. `nonce` is random too.
    ///
    /// A transaction that is run again must draw anew: cleared bytes are refused.
    ///
    /// # Errors
    /// [`Nyckelfel::Begravd`] when the number has been somebody's who is gone, and
    /// [`Nyckelfel::Slump`] when the bytes were never filled.
    pub fn ny_personnyckel(
        &self,
        vems: Registrerad,
        slump: &mut [u8; 32],
        nonce: [u8; NONCE],
    ) -> Result<(Personnyckel, Inslagen), Nyckelfel> {
        let gravstenar = self.gravstenar()?;
        self.fil.ny_personnyckel(&gravstenar, vems, slump, nonce)
    }

    /// Opens a person's key.
    ///
    /// # Errors
    /// [`Nyckelfel::Begravd`] when the person is gone, whatever the database holds; otherwise
    /// when it is another person's, altered, or wrapped by a key that is not in the file.
    pub fn oppna_personnyckel(
        &self,
        vems: Registrerad,
        inslagen: &Inslagen,
    ) -> Result<Personnyckel, Nyckelfel> {
        let gravstenar = self.gravstenar()?;
        self.fil.oppna_personnyckel(&gravstenar, vems, inslagen)
    }

    /// The wrapped form under the newest installation key; `None` when it is that already.
    ///
    /// # Errors
    /// As [`Nyckelring::oppna_personnyckel`].
    pub fn rotera(
        &self,
        vems: Registrerad,
        inslagen: &Inslagen,
        nonce: [u8; NONCE],
    ) -> Result<Option<Inslagen>, Nyckelfel> {
        let gravstenar = self.gravstenar()?;
        self.fil.rotera(&gravstenar, vems, inslagen, nonce)
    }

    /// What to store for a personal number of twelve digits ([`Nyckelfil::blindvarde`]).
    ///
    /// # Errors
    /// [`Nyckelfel::Nummer`] for anything but twelve digits.
    pub fn blindvarde(
        &self,
        huvudman: HuvudmanId,
        organisation: OrganisationId,
        nummer: &str,
    ) -> Result<Blindvarde, Nyckelfel> {
        self.fil.blindvarde(huvudman, organisation, nummer)
    }

    /// What to look for, the newest first ([`Nyckelfil::blindvarden`]).
    ///
    /// # Errors
    /// As [`Nyckelring::blindvarde`].
    pub fn blindvarden(
        &self,
        huvudman: HuvudmanId,
        organisation: OrganisationId,
        nummer: &str,
    ) -> Result<Vec<Blindvarde>, Nyckelfel> {
        self.fil.blindvarden(huvudman, organisation, nummer)
    }

    /// Writes a person's tombstone and waits until it is on the disk; the wrapped key in the
    /// database is destroyed after that, in a transaction that also remembers the head
    /// ([`Nyckelring::huvud`], [`super::minns`]). May be done again without harm.
    ///
    /// # Errors
    /// As [`Gravstenar::begrav`].
    pub fn begrav(
        &self,
        vem: Registrerad,
        nar: Timestamp,
        beslut: &str,
    ) -> Result<Begravning, Nyckelfel> {
        self.las().begrav(vem, nar, beslut)
    }

    /// The tombstones as they are on the disk now.
    fn gravstenar(&self) -> Result<MutexGuard<'_, Gravstenar>, Nyckelfel> {
        let mut gravstenar = self.las();
        gravstenar.kom_ifatt()?;
        Ok(gravstenar)
    }

    fn las(&self) -> MutexGuard<'_, Gravstenar> {
        // Whoever panicked while writing has left them unsure, which they remember themselves.
        self.gravstenar
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
