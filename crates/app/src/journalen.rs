//! The journal, read and checked.

use crate::Tjanst;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::journal::{Hash, Kedjebrott, Post};
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_store as store;

pub use utfall_store::journal::{EgenKontroll, EgenPost, Sida};

/// The number and hash of the last entry, or where the chain breaks.
pub type Kedjeutslag = Result<(i64, Hash), Kedjebrott>;

/// Which entries somebody looks for. What is `None` is not restricted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journalvillkor {
    /// Only of this kind.
    pub slag: Option<String>,
    /// Only about one of these: `insats 17`, `faktum 203`.
    pub objekt: Option<BTreeSet<String>>,
    /// Only from this day, Stockholm time.
    pub fran: Option<Date>,
    /// Only to and including this day.
    pub till: Option<Date>,
}

impl Journalvillkor {
    fn passar(&self, post: &Post) -> bool {
        let (h, dag) = (&post.handelse, tid::dag(post.tid));
        self.slag.as_ref().is_none_or(|slag| *slag == h.slag)
            && self.fran.is_none_or(|fran| dag >= fran)
            && self.till.is_none_or(|till| dag <= till)
            && self
                .objekt
                .as_ref()
                .is_none_or(|alla| alla.contains(&h.objekt))
    }
}

/// Entries found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journaltraffar {
    /// The entries, newest first.
    pub poster: Vec<EgenPost>,
    /// The huvudman's own number to go on before; `None` when all has been looked through.
    pub fortsatt: Option<i64>,
}

/// Entries read at a time, and looked through at most in one request.
const BLOCK: u32 = 500;
const FLEST: usize = 20_000;

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

    /// What those who see participants have done and read, newest first, before an entry's
    /// number.
    ///
    /// # Errors
    /// When the role does not check the reading, or the database fails.
    pub async fn lasningar(
        &self,
        aktor: &Aktor,
        fore: Option<i64>,
        antal: u32,
    ) -> Result<Vec<Post>, Problem> {
        let permit = prova(aktor, Atgard::LasaPersonlogg)?;
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                Ok(store::journal::personer(k, &permit, fore, antal)?)
            })
            .await
    }

    /// The entries of a huvudman that fit, newest first, before one of its own numbers. At
    /// most 20 000 are looked through at a time; the answer says where to go on.
    ///
    /// # Errors
    /// As [`Tjanst::journalsida`].
    pub async fn sok_i_journalen(
        &self,
        aktor: &Aktor,
        villkor: &Journalvillkor,
        fore: Option<i64>,
        antal: usize,
    ) -> Result<Journaltraffar, Problem> {
        let permit = prova(aktor, Atgard::LasaJournal)?;
        let villkor = villkor.clone();
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                let (mut fore, mut lasta, mut poster) = (fore, 0, Vec::new());
                loop {
                    let block = store::journal::sida(k, &permit, fore, BLOCK)?.poster;
                    if block.is_empty() {
                        break;
                    }
                    for egen in block {
                        (fore, lasta) = (Some(egen.nr), lasta + 1);
                        if villkor.passar(&egen.post) {
                            poster.push(egen);
                        }
                        if poster.len() >= antal || lasta >= FLEST {
                            let fortsatt = fore.filter(|nr| *nr > 1);
                            return Ok(Journaltraffar { poster, fortsatt });
                        }
                    }
                }
                Ok(Journaltraffar {
                    poster,
                    fortsatt: None,
                })
            })
            .await
    }
}
