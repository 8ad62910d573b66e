//! What a file declares: accounts, dimensions and objects with their names.

use crate::kodning::Text;
use crate::poster::{Kontotyp, Post};
use std::collections::BTreeMap;

/// So much memory a register may take, counted in bytes of text and 64 for each entry. A real
/// chart with every object is under a mebibyte.
pub(super) const STORST_REGISTER: usize = 1 << 25;
const PER_POST: usize = 64;

/// A declared account (`#KONTO`, `#KTYP`, `#ENHET`, `#SRU`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Konto {
    /// Its name.
    pub namn: String,
    /// What it is, if the file says so.
    pub typ: Option<Kontotyp>,
    /// The unit of its quantities; empty when it has none.
    pub enhet: String,
    /// Where it stands in a tax return; the last one said, empty when none is.
    pub sru: String,
}

/// A declared dimension (`#DIM`, `#UNDERDIM`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub namn: String,
    /// The dimension it is a part of.
    pub over: Option<u32>,
}

/// Everything that a file declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// Accounts by number. One that has a type and no `#KONTO` is not here.
    pub konton: BTreeMap<u32, Konto>,
    /// Dimensions by number.
    pub dimensioner: BTreeMap<u32, Dimension>,
    /// Names of objects by dimension and number. Of dimensions 7 to 9 they can name people.
    pub objekt: BTreeMap<u32, BTreeMap<String, String>>,
    storlek: usize,
}

impl Register {
    /// The name of an object, if the file declares it.
    #[must_use]
    pub fn objektets_namn(&self, dim: u32, nummer: &str) -> Option<&str> {
        let namn = self.objekt.get(&dim)?.get(nummer)?;
        Some(namn)
    }

    /// Takes a record; false when the register is full. Records that declare nothing, and
    /// what is said of an account that is not declared, are passed over.
    pub(super) fn ta(&mut self, post: &Post<'_>) -> bool {
        match post {
            Post::Konto { konto, namn } => {
                let Some(namn) = self.text(*namn) else {
                    return false;
                };
                self.konton.entry(*konto).or_default().namn = namn;
            }
            Post::Ktyp { konto, typ } => {
                if let Some(konto) = self.konton.get_mut(konto) {
                    konto.typ = Some(*typ);
                }
            }
            Post::Enhet { konto, enhet } => {
                let Some(enhet) = self.text(*enhet) else {
                    return false;
                };
                if let Some(konto) = self.konton.get_mut(konto) {
                    konto.enhet = enhet;
                }
            }
            Post::Sru { konto, kod } => {
                let Some(kod) = self.text(*kod) else {
                    return false;
                };
                if let Some(konto) = self.konton.get_mut(konto) {
                    konto.sru = kod;
                }
            }
            Post::Dim { dim, namn, over } => {
                let Some(namn) = self.text(*namn) else {
                    return false;
                };
                let ny = Dimension { namn, over: *over };
                self.dimensioner.insert(*dim, ny);
            }
            Post::Objekt { dim, objekt, namn } => {
                let (Some(nummer), Some(namn)) = (self.text(*objekt), self.text(*namn)) else {
                    return false;
                };
                self.objekt.entry(*dim).or_default().insert(nummer, namn);
            }
            _ => {}
        }
        true
    }

    /// A text to keep, if there is room for it.
    fn text(&mut self, text: Text<'_>) -> Option<String> {
        let ny = text.las().into_owned();
        let storlek = self.storlek.saturating_add(ny.len());
        self.storlek = storlek.saturating_add(PER_POST);
        (self.storlek <= STORST_REGISTER).then_some(ny)
    }
}
