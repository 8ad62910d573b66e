//! The journal, read and checked.

use crate::Tjanst;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::id::JournalId;
use utfall_domain::journal::{Hash, Kedjebrott, Post};
use utfall_domain::problem::Problem;
use utfall_store as store;

/// The number and hash of the last entry, or where the chain breaks.
pub type Kedjeutslag = Result<(i64, Hash), Kedjebrott>;

impl Tjanst {
    /// Checks the whole installation's chain, and its end against a known head if given.
    ///
    /// # Errors
    /// When the role may not check, or the database fails. A broken chain is an answer.
    pub async fn verifiera_journal(
        &self,
        aktor: &Aktor,
        ankare: Option<(i64, Hash)>,
    ) -> Result<Kedjeutslag, Problem> {
        let permit = prova(aktor, Atgard::VerifieraJournal)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::journal::verifiera_kedja(k, &permit, ankare)?)
            })
            .await
    }

    /// A page of a huvudman's entries, newest first, before an entry.
    ///
    /// # Errors
    /// When the role may not read the journal, or the database fails.
    pub async fn journalsida(
        &self,
        aktor: &Aktor,
        fore: Option<JournalId>,
        antal: u32,
    ) -> Result<Vec<Post>, Problem> {
        let permit = prova(aktor, Atgard::LasaJournal)?;
        self.db
            .las(move |k| -> Result<_, Problem> {
                Ok(store::journal::sida(k, &permit, fore, antal)?)
            })
            .await
    }
}
