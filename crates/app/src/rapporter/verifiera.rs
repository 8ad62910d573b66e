//! An issued report is checked: by its hash, by setting it again, and by recalculating it.

mod siffror;

use crate::Tjanst;
use crate::dorr::internt;
use sha2::{Digest, Sha256};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::journal::Hash;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::{Format, Indata};
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_store as store;

pub use siffror::Skillnad;
use siffror::skillnader;

/// What a check of a PDF showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rapportutslag {
    /// No issued report has this hash: not ours, or changed.
    Okand,
    /// It is an issued report; the checks say how well it holds.
    Utfardad(Box<Rapportprov>),
}

/// The checks of an issued report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rapportprov {
    /// The report.
    pub rapport: Rapport,
    /// The frozen input still has its hash.
    pub indata_hel: bool,
    /// Setting the frozen input again gives the same bytes. `None` when another version of the
    /// template set the report: then only its hash says that the file is the one issued.
    pub samma_satt: Option<bool>,
    /// Figures that the books gave differently when it was issued. Every one is recalculated.
    pub skiljer: Vec<Skillnad>,
}

impl Tjanst {
    /// Checks a PDF against the reports issued in a huvudman's books.
    ///
    /// # Errors
    /// When the role may not check, or the database fails.
    pub async fn verifiera_rapport(
        &self,
        aktor: &Aktor,
        pdf: &[u8],
    ) -> Result<Rapportutslag, Problem> {
        let hash: Hash = Sha256::digest(pdf).into();
        let permit = prova(aktor, Atgard::LasaRapporter)?;
        let funnen = self
            .db
            .las(move |k| -> Result<_, Problem> {
                let id = store::rapporter::med_pdf(k, &permit, &hash)?.pop();
                match id {
                    Some(id) => Ok(store::rapporter::utfardad(k, &permit, id)?.map(|u| (id, u))),
                    None => Ok(None),
                }
            })
            .await?;
        let Some((id, utfardad)) = funnen else {
            return Ok(Rapportutslag::Okand);
        };
        let bok = self.bok(aktor, Atgard::LasaRapporter, None).await?;
        let rapport = bok.rapport(id).ok_or_else(Problem::finns_inte)?.clone();
        let fryst = Indata::las(&utfardad.indata).map_err(|e| internt(&e))?;
        let satt_igen = self.satt_igen(&fryst).await?;
        let indata_hash: Hash = Sha256::digest(&utfardad.indata).into();
        Ok(Rapportutslag::Utfardad(Box::new(Rapportprov {
            indata_hel: matches!(
                rapport.lage,
                Rapportlage::Utfardad { indata_sha256, .. }
                    if indata_sha256 == indata_hash
            ),
            samma_satt: satt_igen.map(|satt| satt == hash),
            skiljer: skillnader(&bok, &rapport, &fryst),
            rapport,
        })))
    }

    /// The hash of the report set again; `None` when another template set it.
    async fn satt_igen(&self, fryst: &Indata) -> Result<Option<Hash>, Problem> {
        if !fryst.har_dagens_mall() {
            return Ok(None);
        }
        let sattare = std::sync::Arc::clone(&self.sattare);
        let igen = fryst.dokument();
        let satt = tokio::task::spawn_blocking(move || sattare.satt(&igen, Format::Pdf))
            .await
            .map_err(|e| internt(&e))?;
        Ok(Some(satt.map_or([0; 32], |pdf| Sha256::digest(pdf).into())))
    }
}

#[cfg(test)]
mod tests;
