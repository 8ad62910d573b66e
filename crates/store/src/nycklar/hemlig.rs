//! Memory that is cleared when it is let go, and that says nothing of itself.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::Nyckelfel;

/// A 256-bit secret. It lies on the heap, so that moving it leaves no copy behind.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Hemlig(Box<[u8; 32]>);

impl Hemlig {
    /// Takes the bytes and clears the place they came from.
    ///
    /// # Errors
    /// [`Nyckelfel::Slump`] when every byte is the same: then nobody has filled them.
    pub fn tag(fran: &mut [u8; 32]) -> Result<Self, Nyckelfel> {
        let hemlig = Self::ur(fran);
        let forst = hemlig.0.first();
        if hemlig.0.iter().all(|b| Some(b) == forst) {
            return Err(Nyckelfel::Slump);
        }
        Ok(hemlig)
    }

    /// As [`Hemlig::tag`], for bytes that were computed and not drawn.
    pub(super) fn ur(fran: &mut [u8; 32]) -> Self {
        let mut plats = Box::new([0; 32]);
        plats.copy_from_slice(fran);
        fran.zeroize();
        Self(plats)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for Hemlig {
    /// Takes as long whatever they hold.
    fn eq(&self, annan: &Self) -> bool {
        self.0.as_slice().ct_eq(annan.0.as_slice()).into()
    }
}

impl Eq for Hemlig {}

impl fmt::Debug for Hemlig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hemlig(…)")
    }
}

/// What was sealed, opened. Cleared when it is let go.
pub struct Klartext(Zeroizing<Vec<u8>>);

impl Klartext {
    pub(super) const fn ny(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The bytes as they were sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, when it was a text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl fmt::Debug for Klartext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Klartext(…)")
    }
}
