//! Granskning over everything a huvudman has: the imported papers, and what has been
//! entered or corrected by hand.

mod acceptera;
mod om;
mod registret;

pub use acceptera::AccepteraFynd;
pub use om::papper_om_bidrag;
pub use registret::{REGISTER, registret};

use crate::Tjanst;
use crate::dorr::internt;
use crate::lasning::Bok;
use crate::underlag::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::bocker::AccepteratFynd;
use utfall_domain::granskning::{Allvar, Fynd, granska};
use utfall_domain::id::UnderlagId;
use utfall_domain::journal::Hash;
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;
use utfall_store as store;

/// Findings and statements of papers already read. A paper never changes, so its hash is
/// enough to know it by.
pub type Fyndhylla = Mutex<HashMap<Hash, Arc<Papper>>>;

/// A paper with its findings.
#[derive(Debug)]
pub struct Papper {
    /// Its statements.
    pub underlag: u::Underlag,
    /// What does not add up in it.
    pub fynd: Vec<Fynd>,
}

/// A finding in its place.
#[derive(Clone, Debug)]
pub struct Funnet {
    /// The finding.
    pub fynd: Fynd,
    /// The same finding has the same key; when its numbers change it is another.
    pub nyckel: String,
    /// The paper; `None` for what was entered by hand.
    pub underlag: Option<UnderlagId>,
    /// The grants whose statements it rests on, by slug; empty when they belong to none.
    pub bidrag: BTreeSet<String>,
    /// The explanation, when somebody has given one.
    pub accepterat: Option<AccepteratFynd>,
}

/// The key of a finding: 16 hexadecimal digits.
#[must_use]
pub fn nyckel(fynd: &Fynd) -> String {
    let mut summa = Sha256::new();
    for del in [fynd.regel, &fynd.dokument, &fynd.plats, &fynd.text] {
        summa.update(u64::try_from(del.len()).unwrap_or(u64::MAX).to_be_bytes());
        summa.update(del.as_bytes());
    }
    hex(&summa.finalize()).chars().take(16).collect()
}

impl Tjanst {
    /// Every finding in the books, with the explanations given.
    ///
    /// # Errors
    /// When the role may not read the granskning, or the database fails.
    pub async fn granska(&self, aktor: &Aktor) -> Result<Vec<Funnet>, Problem> {
        prova(aktor, Atgard::LasaGranskning)?;
        let bok = self.bok(aktor, Atgard::LasaGranskning, None).await?;
        self.funna(aktor, &bok).await
    }

    /// The errors and warnings about a grant that nobody had explained as of the books' day.
    ///
    /// # Errors
    /// As [`Tjanst::granska`].
    pub async fn fynd_kvar(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        bidrag: &Bidrag,
    ) -> Result<Vec<Fynd>, Problem> {
        let alla = self.funna(aktor, bok).await?;
        let papper = papper_om_bidrag(bok, bidrag.id);
        Ok(alla
            .into_iter()
            .filter(|f| f.accepterat.is_none() && f.fynd.allvar != Allvar::Upplysning)
            .filter(|f| f.ror(&bidrag.slug, &papper))
            .map(|f| f.fynd)
            .collect())
    }

    async fn funna(&self, aktor: &Aktor, bok: &Bok) -> Result<Vec<Funnet>, Problem> {
        let mut alla = Vec::new();
        let kant = |nar| bok.per_dag().is_none_or(|per| per.omfattar(nar));
        for huvud in bok.underlag.iter().filter(|u| kant(u.registrerad)) {
            let papper = self.papper(aktor, bok, huvud.id).await?;
            alla.extend(
                papper
                    .fynd
                    .iter()
                    .map(|f| funnet(bok, Some(huvud.id), &papper.underlag, f.clone())),
            );
        }
        if let Some(registret) = registret(bok)? {
            alla.extend(
                granska(&registret)
                    .into_iter()
                    .map(|f| funnet(bok, None, &registret, f)),
            );
        }
        Ok(alla)
    }

    /// An imported paper's statements and findings.
    ///
    /// # Errors
    /// When there is no such paper, or the database fails.
    pub async fn papper(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        id: UnderlagId,
    ) -> Result<Arc<Papper>, Problem> {
        let huvud = bok.underlag(id).ok_or_else(Problem::finns_inte)?;
        if let Some(kant) = self.fran_fyndhyllan(&huvud.sha256) {
            return Ok(kant);
        }
        let permit =
            prova(aktor, Atgard::LasaUnderlag).or_else(|_| prova(aktor, Atgard::LasaGranskning))?;
        let bytes = self
            .db
            .las(move |k| -> Result<Vec<u8>, Problem> {
                store::underlag::innehall(k, &permit, id)?.ok_or_else(Problem::finns_inte)
            })
            .await?;
        let underlag = u::las(&huvud.dokument, &bytes)
            .map_err(|_| internt(&format!("underlag {id} går inte längre att läsa")))?;
        let fynd = granska(&underlag);
        let papper = Arc::new(Papper { underlag, fynd });
        let mut hylla = self.fynd.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.insert(huvud.sha256, Arc::clone(&papper));
        Ok(papper)
    }

    fn fran_fyndhyllan(&self, hash: &Hash) -> Option<Arc<Papper>> {
        self.fynd
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(hash)
            .cloned()
    }
}

fn funnet(bok: &Bok, underlag: Option<UnderlagId>, papper: &u::Underlag, fynd: Fynd) -> Funnet {
    let nyckel = nyckel(&fynd);
    let accepterat = bok
        .accepterade
        .iter()
        .filter(|a| bok.per_dag().is_none_or(|per| per.omfattar(a.registrerad)))
        .rfind(|a| Some(a.underlag) == underlag && a.nyckel == nyckel)
        .cloned();
    Funnet {
        bidrag: om::bidragen(papper, &fynd),
        fynd,
        nyckel,
        underlag,
        accepterat,
    }
}
