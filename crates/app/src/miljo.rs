//! What a plan may know of the world: the time and the next numbers. Nothing else.

use jiff::Timestamp;
use jiff::civil::Date;
use utfall_domain::id;

/// Where randomness comes from. The binary has the system's; tests have a seeded one.
pub trait Slump: Send + Sync {
    /// Fills the buffer.
    fn fyll(&self, buffert: &mut [u8]);
}

/// Handed to a plan: the instant of the transaction and numbers for what it makes.
#[derive(Debug)]
pub struct Miljo {
    nu: Timestamp,
    forsta: i64,
    nasta: i64,
}

macro_rules! nya {
    ($($(#[$doc:meta])* $funktion:ident -> $typ:ident;)+) => {$(
        $(#[$doc])*
        pub fn $funktion(&mut self) -> id::$typ {
            let nummer = self.nasta;
            self.nasta = self.nasta.saturating_add(1);
            // The series starts at 1, so the number is always valid.
            id::$typ::ny(nummer.max(1)).unwrap_or(id::$typ::FORSTA)
        }
    )+};
}

impl Miljo {
    /// A world at this instant whose next free number is `nasta`.
    #[must_use]
    pub const fn ny(nu: Timestamp, nasta: i64) -> Self {
        Self {
            nu,
            forsta: nasta,
            nasta,
        }
    }

    /// The instant of the change.
    #[must_use]
    pub const fn nu(&self) -> Timestamp {
        self.nu
    }

    /// The civil date in Stockholm.
    #[must_use]
    pub fn idag(&self) -> Date {
        utfall_domain::tid::dag(self.nu)
    }

    /// How many numbers the plan has used.
    #[must_use]
    pub const fn anvanda(&self) -> i64 {
        self.nasta - self.forsta
    }

    nya! {
        /// A number for a tenant.
        huvudman -> HuvudmanId;
        /// A number for an organisation.
        organisation -> OrganisationId;
        /// A number for a grant.
        bidrag -> BidragId;
        /// A number for a row about a grant.
        medelspost -> MedelspostId;
        /// A number for a decision.
        beslut -> BeslutId;
        /// A number for an initiative.
        insats -> InsatsId;
        /// A number for a cost calculation.
        kalkyl -> KalkylId;
        /// A number for a fact.
        faktum -> FaktumId;
        /// A number for a paper.
        underlag -> UnderlagId;
        /// A number for an account.
        anvandare -> AnvandareId;
        /// A number for a report.
        rapport -> RapportId;
        /// A number for a version of the mapping of accounts.
        koppling -> KopplingId;
        /// A number for a voucher.
        verifikation -> VerifikationId;
        /// A number for an act of publication.
        publicering -> PubliceringId;
        /// A number for an assignment to see participants.
        uppdrag -> UppdragId;
        /// A number for a person in the records of participants.
        person -> PersonId;
        /// A number for a participation.
        deltagande -> DeltagandeId;
        /// A number for a consent.
        samtycke -> SamtyckeId;
        /// A number for a sealed row about a participant.
        personrad -> PersonradId;
        /// A number for a rule of gallring.
        gallringsregel -> GallringsregelId;
        /// A number for a proposal of gallring.
        gallringsforslag -> GallringsforslagId;
        /// A number for a protocol of gallring.
        gallringsprotokoll -> GallringsprotokollId;
    }
}
