//! What a use case plans to write about participants. The store seals it under the person's key.

use super::deltagande::{Deltagandesteg, Intrade};
use super::gallring::Gallringsandring;
use super::rad::Anonyma;
use super::samtycke::Samtyckessteg;
use super::uppdrag::Uppdrag;
use super::uppgifter::{Behandlingsgrund, Uppgifter};
use crate::id::{
    DeltagandeId, InsatsId, OrganisationId, PersonId, PersonradId, SamtyckeId, UppdragId,
};
use jiff::civil::Date;
use std::fmt;
use zeroize::Zeroizing;

/// Random bytes that a plan carries to where keys are made of them, so that the same plan
/// carried out anew after a conflict gives the same. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Fro(Zeroizing<[u8; 32]>);

impl Fro {
    /// Of the random bytes that `fyll` puts in: no copy is left anywhere else.
    #[must_use]
    pub fn ny(fyll: impl FnOnce(&mut [u8; 32])) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        fyll(&mut bytes);
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Fro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fro(dolt)")
    }
}

/// Whose a new participation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// Somebody the organisation has had nothing to do with: a key is made.
    Ny(PersonId),
    /// Somebody it has a key for.
    Kand(PersonId),
}

/// A participation from its first step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NyttDeltagande {
    /// Its number.
    pub id: DeltagandeId,
    /// Whose.
    pub person: Person,
    /// In which initiative.
    pub insats: InsatsId,
    /// Who answers for the data.
    pub organisation: OrganisationId,
    /// Who it is.
    pub uppgifter: Uppgifter,
    /// On what ground that is kept.
    pub grund: Behandlingsgrund,
    /// The row that says who it is.
    pub uppgiftsrad: PersonradId,
    /// How it began.
    pub intrade: Intrade,
    /// The row that says so.
    pub stegrad: PersonradId,
    /// What keys are made of.
    pub fro: Fro,
}

/// How many were only counted in a year, said whole: what was said before no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NyttAnonymantal {
    /// How many of each sex.
    pub anonyma: Anonyma,
    /// The statement's place among those of the year, from 1: refused when it is taken.
    pub nr: i64,
}

/// A write about participants or who may see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deltagarandring {
    /// An account is let in to an initiative's participants.
    NyttUppdrag(Uppdrag),
    /// And is let out.
    AvslutaUppdrag {
        /// Which.
        uppdrag: UppdragId,
        /// The last day it opens anything.
        sist: Date,
    },
    /// A participation begins.
    NyttDeltagande(Box<NyttDeltagande>),
    /// And goes on.
    Steg {
        /// The row.
        rad: PersonradId,
        /// Which.
        deltagande: DeltagandeId,
        /// The step's place among its steps, from 1: refused when it is taken.
        nr: i64,
        /// The step.
        steg: Box<Deltagandesteg>,
        /// What its seal is made of.
        fro: Fro,
    },
    /// Who it is, said anew.
    Uppgifter {
        /// The row.
        rad: PersonradId,
        /// Which participation.
        deltagande: DeltagandeId,
        /// The version's place among the versions, from 1: refused when it is taken.
        nr: i64,
        /// Who it is.
        uppgifter: Box<Uppgifter>,
        /// On what ground that is kept.
        grund: Box<Behandlingsgrund>,
        /// What its seal is made of.
        fro: Fro,
    },
    /// A step of a consent.
    Samtycke {
        /// The row.
        rad: PersonradId,
        /// Of which participation.
        deltagande: DeltagandeId,
        /// Which consent.
        samtycke: SamtyckeId,
        /// The step's place among its steps, from 1: refused when it is taken.
        nr: i64,
        /// The step.
        steg: Box<Samtyckessteg>,
        /// What its seal is made of.
        fro: Fro,
    },
    /// How many were only counted in a year.
    Anonyma(NyttAnonymantal),
    /// What is kept is destroyed, by a decision.
    Gallring(Gallringsandring),
}
