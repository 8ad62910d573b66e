//! The functions the door and the readers call, with their signatures, until each has its
//! own module. Lager: replace them one by one (same names and signatures) and delete this file.

use crate::{DbFel, Skriv};
use jiff::Timestamp;
use utfall_behorighet::Permit;
use utfall_domain::andring::Andring;

/// Carries out one planned write for the permit's huvudman.
///
/// # Errors
/// What the database says; a version that is no longer the expected one is a conflict.
pub fn tillampa(_: &mut Skriv, _: &Permit, _: Timestamp, _: &Andring) -> Result<(), DbFel> {
    Err(DbFel::IngenRad)
}

/// The books.
pub mod bocker {
    use crate::{DbFel, Las};
    use utfall_behorighet::Permit;
    use utfall_domain::bocker::Bocker;

    /// Reads the books of the permit's huvudman.
    ///
    /// # Errors
    /// What the database says.
    pub fn las(_: &mut Las, _: &Permit) -> Result<Bocker, DbFel> {
        Err(DbFel::IngenRad)
    }

    /// Number of the huvudman's last journal entry; 0 when none.
    ///
    /// # Errors
    /// What the database says.
    pub fn lage(_: &mut Las, _: &Permit) -> Result<i64, DbFel> {
        Err(DbFel::IngenRad)
    }
}

/// The journal.
pub mod journal {
    use crate::{DbFel, Las, Skriv};
    use jiff::Timestamp;
    use utfall_behorighet::Permit;
    use utfall_domain::journal::{Handelse, Post};

    /// Appends an entry to the chain.
    ///
    /// # Errors
    /// What the database says.
    pub fn skriv(_: &mut Skriv, _: &Permit, _: Timestamp, _: &Handelse) -> Result<(), DbFel> {
        Err(DbFel::IngenRad)
    }

    /// The permit's huvudman's entries, newest first: at most `antal` before entry `fore`.
    ///
    /// # Errors
    /// What the database says.
    pub fn poster(
        _: &mut Las,
        _: &Permit,
        _fore: Option<i64>,
        _antal: i64,
    ) -> Result<Vec<Post>, DbFel> {
        Err(DbFel::IngenRad)
    }
}

/// Idempotency keys.
pub mod idempotens {
    use crate::{DbFel, Las, Skriv};
    use jiff::Timestamp;
    use utfall_behorighet::Permit;

    /// The answer given to this key before, by the same account for the same action.
    ///
    /// # Errors
    /// What the database says.
    pub fn hitta(_: &mut Las, _: &Permit, _: &str) -> Result<Option<String>, DbFel> {
        Err(DbFel::IngenRad)
    }

    /// Keeps the answer given to this key.
    ///
    /// # Errors
    /// What the database says.
    pub fn spara(_: &mut Skriv, _: &Permit, _: Timestamp, _: &str, _: &str) -> Result<(), DbFel> {
        Err(DbFel::IngenRad)
    }
}

/// Imported papers.
pub mod underlag {
    use crate::{DbFel, Las};
    use utfall_behorighet::Permit;
    use utfall_domain::id::UnderlagId;

    /// The file as it came.
    ///
    /// # Errors
    /// What the database says.
    pub fn innehall(_: &mut Las, _: &Permit, _: UnderlagId) -> Result<Vec<u8>, DbFel> {
        Err(DbFel::IngenRad)
    }
}

/// Reports' files.
pub mod rapporter {
    use crate::{DbFel, Las};
    use utfall_behorighet::Permit;
    use utfall_domain::id::RapportId;
    use utfall_domain::journal::Hash;
    use utfall_domain::rapport::Format;

    /// An issued report by the hash of its PDF, with its frozen input.
    ///
    /// # Errors
    /// What the database says.
    pub fn av_pdf_hash(
        _: &mut Las,
        _: &Permit,
        _: &Hash,
    ) -> Result<Option<(RapportId, String)>, DbFel> {
        Err(DbFel::IngenRad)
    }

    /// An issued report's file; `None` for a draft.
    ///
    /// # Errors
    /// What the database says.
    pub fn fil(_: &mut Las, _: &Permit, _: RapportId, _: Format) -> Result<Option<Vec<u8>>, DbFel> {
        Err(DbFel::IngenRad)
    }
}

/// Tenants.
pub mod huvudman {
    use crate::{DbFel, Las};
    use utfall_domain::organisation::Huvudman;

    /// The huvudman with this address part. Asked before anybody has a permit.
    ///
    /// # Errors
    /// What the database says.
    pub fn av_slug(_: &mut Las, _: &str) -> Result<Option<Huvudman>, DbFel> {
        Err(DbFel::IngenRad)
    }

    /// Every huvudman, in Swedish order: for the public list and the command line.
    ///
    /// # Errors
    /// What the database says.
    pub fn alla(_: &mut Las) -> Result<Vec<Huvudman>, DbFel> {
        Err(DbFel::IngenRad)
    }
}

/// Accounts.
pub mod anvandare {
    use crate::{DbFel, Las};

    /// Whether a name to sign in with is taken, by anyone in the installation.
    ///
    /// # Errors
    /// What the database says.
    pub fn upptagen(_: &mut Las, _: &str) -> Result<bool, DbFel> {
        Err(DbFel::IngenRad)
    }
}
