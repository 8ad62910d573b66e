//! Identifiers as distinct types, so that an insats can never be passed where a bidrag
//! is meant. Numbers are handed out by the store inside the writing transaction.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $namn:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// Always 1 or more.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $namn(i64);

        impl $namn {
            /// The smallest id there is.
            pub const FORSTA: Self = Self(1);

            /// The id with this number, or `None` if it is below 1.
            #[must_use]
            pub const fn ny(nummer: i64) -> Option<Self> {
                if nummer >= 1 { Some(Self(nummer)) } else { None }
            }

            /// The number as stored.
            #[must_use]
            pub const fn nummer(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $namn {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A tenant: a municipality or samordningsförbund with its own books, wholly apart.
    HuvudmanId,
    /// A register entry within a huvudman: funder, board, performer, party, applicant.
    OrganisationId,
    /// A grant.
    BidragId,
    /// A decision with its paragraph.
    BeslutId,
    /// An initiative.
    InsatsId,
    /// A cost calculation.
    KalkylId,
    /// A fact in the ledger.
    FaktumId,
    /// An imported paper.
    UnderlagId,
    /// A file of the accounts that was read in.
    InlasningId,
    /// A version of how accounts lead to initiatives.
    KopplingId,
    /// An account with what it is marked with.
    KonteringId,
    /// A voucher.
    VerifikationId,
    /// A person who signs in. Never a participant.
    AnvandareId,
    /// A person in an organisation's records about participants. Never somebody who signs in.
    PersonId,
    /// A person's way through an initiative.
    DeltagandeId,
    /// That an account may see the participants of an initiative.
    UppdragId,
    /// A consent of a participant.
    SamtyckeId,
    /// A sealed row about a participant.
    PersonradId,
    /// A rule of when something is destroyed.
    GallringsregelId,
    /// A proposal to destroy.
    GallringsforslagId,
    /// A protocol of what was destroyed.
    GallringsprotokollId,
    /// A report, as draft or issued.
    RapportId,
    /// An act of publication.
    PubliceringId,
    /// A row about what happens to a grant besides its figures.
    MedelspostId,
    /// An entry in the journal.
    JournalId,
}

impl AnvandareId {
    /// The operator at the installation's command line. The first migration creates the
    /// account; it belongs to no huvudman, has no password and can never sign in.
    pub const DRIFT: Self = Self(1);
}
