//! The journal, read and checked.

use crate::Tjanst;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::journal::{Hash, Kedjebrott};
use utfall_domain::problem::Problem;
use utfall_store as store;

pub use utfall_store::journal::{EgenKontroll, EgenPost, Sida};

/// The number and hash of the last entry, or where the chain breaks.
pub type Kedjeutslag = Result<(i64, Hash), Kedjebrott>;

impl Tjanst {
    /// Checks the whole installation's chain, and its end against a known head if given. The
    /// answer counts everybody's entries: it is for the operator.
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

    /// Checks the whole installation's chain and tells of the huvudman's own part of it: the
    /// others' entries are counted by nobody but the operator.
    ///
    /// # Errors
    /// When the role may not check, or the database fails. A broken chain is an answer.
    pub async fn kontrollera_journal(&self, aktor: &Aktor) -> Result<EgenKontroll, Problem> {
        let permit = prova(aktor, Atgard::VerifieraJournal)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::journal::kontrollera_egen(k, &permit)?)
            })
            .await
    }

    /// A page of a huvudman's entries, newest first, before one of its own numbers.
    ///
    /// # Errors
    /// When the role may not read the journal, or the database fails.
    pub async fn journalsida(
        &self,
        aktor: &Aktor,
        fore: Option<i64>,
        antal: u32,
    ) -> Result<Sida, Problem> {
        let permit = prova(aktor, Atgard::LasaJournal)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::journal::sida(k, &permit, fore, antal)?)
            })
            .await
    }
}
