//! The journal: who changed what and when, in an append-only hash chain.
//!
//! Invariant: an entry's hash covers its canonical bytes and the hash before it, so that
//! any changed, removed, added or reordered entry is detected (invariant 4). SHA-256,
//! because every municipality can check it with a tool it already has.

use crate::id::{AnvandareId, HuvudmanId, JournalId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 sum.
pub type Hash = [u8; 32];

/// The hash before the first entry.
pub const FORSTA: Hash = [0; 32];

/// What a use case says about itself in the journal. No personal data, ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handelse {
    /// Stable code, such as `underlag-importerat`.
    pub slag: String,
    /// What it concerns, such as `insats 17`.
    pub objekt: String,
    /// One sentence for a person.
    pub text: String,
    /// Machine-readable details as canonical JSON.
    pub data: serde_json::Value,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its number; consecutive from 1 in the whole installation.
    pub id: JournalId,
    /// Whose books it concerns.
    pub huvudman: HuvudmanId,
    /// When (UTC).
    pub tid: Timestamp,
    /// Who.
    pub anvandare: AnvandareId,
    /// In which role.
    pub roll: String,
    /// What.
    pub handelse: Handelse,
    /// The hash of the entry before.
    pub foregaende: Hash,
    /// The hash of this entry.
    pub hash: Hash,
}

/// The hash of an entry: SHA-256 over every field, each with its length before it, so that
/// text cannot be moved from one field to the next unnoticed.
#[must_use]
pub fn hash(post: &Post) -> Hash {
    let mut summa = Sha256::new();
    summa.update(b"utfall-journal-1");
    summa.update(post.foregaende);
    for tal in [
        post.id.nummer(),
        post.huvudman.nummer(),
        post.anvandare.nummer(),
    ] {
        summa.update(tal.to_be_bytes());
    }
    summa.update(post.tid.as_microsecond().to_be_bytes());
    let data = post.handelse.data.to_string();
    let h = &post.handelse;
    for text in [&post.roll, &h.slag, &h.objekt, &h.text, &data] {
        summa.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        summa.update(text.as_bytes());
    }
    summa.finalize().into()
}

/// Where and why a chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Kedjebrott {
    /// Numbers must be consecutive from 1.
    #[error("post {vantad} saknas: nästa post har nummer {funnen}")]
    Lucka {
        /// The number that should have come.
        vantad: i64,
        /// The number that came.
        funnen: i64,
    },
    /// The entry does not follow the one before.
    #[error("post {0} pekar inte på posten före: en post är borttagen, tillagd eller flyttad")]
    Foljd(i64),
    /// The entry's contents have been changed.
    #[error("post {0} har ändrats efter att den skrevs")]
    Andrad(i64),
    /// The last entry is not the one that was anchored.
    #[error("journalen slutar inte där den ska: de sista posterna är borttagna eller utbytta")]
    Avklippt,
}

/// Checks a chain entry by entry, so that only one needs to be in memory.
#[derive(Clone, Debug)]
pub struct Kontroll {
    nummer: i64,
    forra: Hash,
    ankare: Option<(i64, Hash)>,
    vid_ankare: Option<Hash>,
}

impl Kontroll {
    /// Before the first entry. `ankare` is a head (number and hash) kept outside.
    #[must_use]
    pub const fn ny(ankare: Option<(i64, Hash)>) -> Self {
        Self {
            nummer: 0,
            forra: FORSTA,
            ankare,
            vid_ankare: None,
        }
    }

    /// The number the next entry must have.
    #[must_use]
    pub const fn vantad(&self) -> i64 {
        self.nummer.saturating_add(1)
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// How it breaks the chain.
    pub fn nasta(&mut self, post: &Post) -> Result<(), Kedjebrott> {
        let (vantad, funnen) = (self.vantad(), post.id.nummer());
        if funnen != vantad {
            return Err(Kedjebrott::Lucka { vantad, funnen });
        }
        if post.foregaende != self.forra {
            return Err(Kedjebrott::Foljd(funnen));
        }
        if hash(post) != post.hash {
            return Err(Kedjebrott::Andrad(funnen));
        }
        (self.nummer, self.forra) = (funnen, post.hash);
        if self.ankare.is_some_and(|(n, _)| n == funnen) {
            self.vid_ankare = Some(post.hash);
        }
        Ok(())
    }

    /// After the last entry: its number and hash.
    ///
    /// # Errors
    /// [`Kedjebrott::Avklippt`] when the anchored entry is missing or another.
    pub fn slut(self) -> Result<(i64, Hash), Kedjebrott> {
        match self.ankare {
            Some((n, vantad)) if n > 0 && self.vid_ankare != Some(vantad) => {
                Err(Kedjebrott::Avklippt)
            }
            _ => Ok((self.nummer, self.forra)),
        }
    }
}

/// Checks a whole chain from its first entry, and its end against a known head if given.
///
/// # Errors
/// The first break found.
pub fn verifiera<'a>(
    poster: impl IntoIterator<Item = &'a Post>,
    huvud: Option<(i64, Hash)>,
) -> Result<(i64, Hash), Kedjebrott> {
    let mut kontroll = Kontroll::ny(huvud);
    for post in poster {
        kontroll.nasta(post)?;
    }
    kontroll.slut()
}
