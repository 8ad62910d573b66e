//! Granskning over everything a huvudman has: the imported papers, and what has been
//! entered or corrected by hand.
//!
//! Tillstand: fynd

mod acceptera;
mod bokfort;
mod om;
mod registret;
mod samlat;
mod stallen;

pub use acceptera::AccepteraFynd;
pub use om::{med_versioner, papper_om_bidrag};
pub use registret::REGISTER;
#[cfg(test)]
pub(crate) use samlat::alla;

use crate::Tjanst;
use crate::dorr::internt;
use crate::lasning::Bok;
use crate::underlag::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::bocker::{AccepteratFynd, UnderlagHuvud};
use utfall_domain::granskning::{Allvar, Fynd, granska};
use utfall_domain::id::{FaktumId, HuvudmanId, UnderlagId};
use utfall_domain::journal::Hash;
use utfall_domain::medel::Bidrag;
use utfall_domain::problem::Problem;
use utfall_domain::tid::PerDag;
use utfall_domain::underlag as u;
use utfall_store as store;

/// What has been read and reviewed already.
#[derive(Debug, Default)]
pub struct Fyndhylla {
    /// Papers by hash: a paper never changes.
    papper: Mutex<HashMap<Hash, Arc<Papper>>>,
    /// All findings of a huvudman as of now, with the journal's last number when they were
    /// found: while it stands still so do they.
    nu: Mutex<HashMap<HuvudmanId, Funna>>,
}

/// The journal's last number, and the findings then.
type Funna = (i64, Arc<Vec<Funnet>>);

/// A paper with its findings.
#[derive(Debug)]
pub struct Papper {
    /// Its statements.
    pub underlag: u::Underlag,
    /// What does not add up in it.
    pub fynd: Vec<Fynd>,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fyndlage {
    /// It waits for somebody.
    Kvar,
    /// Somebody has explained it; never an error.
    Forklarat(AccepteratFynd),
    /// The paper is as wrong as before, but the facts have been corrected in the books, and
    /// with the corrections in its place the rule is silent. The corrections, in order.
    Rattat(Vec<FaktumId>),
    /// The paper has been replaced by a new version of it.
    Ersatt(UnderlagId),
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
    /// The facts in force behind its rows: what can be corrected.
    pub bakom: Vec<FaktumId>,
    /// The same row by row, for what stands in the books and in no paper.
    pub radernas: Vec<Vec<FaktumId>>,
    /// Where it stands.
    pub lage: Fyndlage,
}

impl Funnet {
    /// Whether it still waits for somebody.
    #[must_use]
    pub fn kvar(&self) -> bool {
        self.lage == Fyndlage::Kvar
    }
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
    /// Every finding in the books as they are now, with where each stands.
    ///
    /// # Errors
    /// When the role may not read the granskning, or the database fails.
    pub async fn granska(&self, aktor: &Aktor) -> Result<Vec<Funnet>, Problem> {
        self.granska_per(aktor, None).await
    }

    /// Every finding as of a day: in the papers that held then, with what was corrected and
    /// explained then.
    ///
    /// # Errors
    /// As [`Tjanst::granska`].
    pub async fn granska_per(
        &self,
        aktor: &Aktor,
        per: Option<PerDag>,
    ) -> Result<Vec<Funnet>, Problem> {
        prova(aktor, Atgard::LasaGranskning)?;
        let bok = self.bok(aktor, Atgard::LasaGranskning, per).await?;
        Ok(self.funna(aktor, &bok).await?.to_vec())
    }

    /// The errors and warnings about a grant that waited for somebody as of the books' day.
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
            .iter()
            .filter(|f| f.kvar() && f.fynd.allvar != Allvar::Upplysning)
            .filter(|f| f.ror(&bidrag.slug, &papper))
            .map(|f| f.fynd.clone())
            .collect())
    }

    /// The findings in one paper, also one that has been replaced.
    ///
    /// # Errors
    /// As [`Tjanst::granska`], and when there is no such paper.
    pub async fn fynd_i_papper(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        id: UnderlagId,
    ) -> Result<Vec<Funnet>, Problem> {
        prova(aktor, Atgard::LasaUnderlag).or_else(|_| prova(aktor, Atgard::LasaGranskning))?;
        let Some(ny) = bok.ersatt_av(id, bok.per_dag()) else {
            let alla = self.funna(aktor, bok).await?;
            let mina = alla.iter().filter(|f| f.underlag == Some(id));
            return Ok(mina.cloned().collect());
        };
        let papper = self.papper(aktor, bok, id).await?;
        let ersatt = |f: &Fynd| Funnet {
            bidrag: om::bidragen(&papper.underlag, f),
            nyckel: nyckel(f),
            underlag: Some(id),
            bakom: Vec::new(),
            radernas: Vec::new(),
            fynd: f.clone(),
            lage: Fyndlage::Ersatt(ny.id),
        };
        Ok(papper.fynd.iter().map(ersatt).collect())
    }

    async fn funna(&self, aktor: &Aktor, bok: &Bok) -> Result<Arc<Vec<Funnet>>, Problem> {
        let nu = bok.per_dag().is_none();
        if let Some(kanda) = self.fynd.kanda(bok).filter(|_| nu) {
            return Ok(kanda);
        }
        let mut papper: Vec<(&UnderlagHuvud, Arc<Papper>)> = Vec::new();
        for huvud in bok.gallande_underlag(bok.per_dag()) {
            papper.push((huvud, self.papper(aktor, bok, huvud.id).await?));
        }
        let alla = samlat::alla(bok, &papper)?;
        let alla = Arc::new(alla);
        if nu {
            self.fynd.spara(bok, &alla);
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
        if let Some(kant) = self.fynd.papper(&huvud.sha256) {
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
        let papper = Arc::new(Papper::las(huvud, &bytes)?);
        let mut hylla = self
            .fynd
            .papper
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        hylla.insert(huvud.sha256, Arc::clone(&papper));
        Ok(papper)
    }
}

impl Papper {
    /// A paper that has been imported, from its bytes.
    pub(crate) fn las(huvud: &UnderlagHuvud, bytes: &[u8]) -> Result<Self, Problem> {
        let underlag = u::las(&huvud.dokument, bytes)
            .map_err(|_| internt(&format!("underlag {} går inte längre att läsa", huvud.id)))?;
        Ok(Self::granskat(underlag))
    }

    /// Statements with what the rules say of them.
    fn granskat(underlag: u::Underlag) -> Self {
        let fynd = granska(&underlag);
        Self { underlag, fynd }
    }
}

impl Fyndhylla {
    fn papper(&self, hash: &Hash) -> Option<Arc<Papper>> {
        let hylla = self.papper.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.get(hash).cloned()
    }

    fn kanda(&self, bok: &Bok) -> Option<Arc<Vec<Funnet>>> {
        let hylla = self.nu.lock().unwrap_or_else(PoisonError::into_inner);
        let (lage, funna) = hylla.get(&bok.huvudman.id)?;
        (*lage == bok.lage).then(|| Arc::clone(funna))
    }

    fn spara(&self, bok: &Bok, funna: &Arc<Vec<Funnet>>) {
        let mut hylla = self.nu.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.insert(bok.huvudman.id, (bok.lage, Arc::clone(funna)));
    }
}

#[cfg(test)]
mod tests;
