//! What the public reads: only what is published, through a permit of its own.

use crate::Tjanst;
use crate::dorr::internt;
use crate::lasning::Bok;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::id::HuvudmanId;
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::{OppnaBocker, Publicerat, Publicering};
use utfall_domain::rapport::Format;
use utfall_domain::rapport::Indata;
use utfall_domain::rapporter::Rapport;
use utfall_store as store;

/// What was last read for the public, per huvudman.
pub(crate) type Hylla = Mutex<HashMap<HuvudmanId, Arc<OppnaBocker>>>;

/// What a publisher shows: books for the pages about several things, and books of each
/// thing's own, as of its own act.
#[derive(Clone, Debug)]
pub struct Oppet(Arc<OppnaBocker>);

impl Oppet {
    /// Who publishes.
    #[must_use]
    pub fn huvudman(&self) -> &Huvudman {
        &self.0.huvudman
    }

    /// The acts in force.
    #[must_use]
    pub fn akter(&self) -> &[Publicering] {
        &self.0.akter
    }

    /// The act in force that shows a thing.
    #[must_use]
    pub fn akt(&self, vad: Publicerat) -> Option<&Publicering> {
        self.akter().iter().find(|akt| akt.vad == vad)
    }

    /// For pages about several things: each row follows its own act.
    #[must_use]
    pub fn samlat(&self) -> Bok {
        Bok::av(Arc::clone(&self.0.samlat), None)
    }

    /// A published grant or initiative, as its own act shows it.
    #[must_use]
    pub fn om(&self, vad: Publicerat) -> Option<Bok> {
        self.0
            .egna
            .get(&vad)
            .map(|bocker| Bok::av(Arc::clone(bocker), None))
    }
}

impl Tjanst {
    /// Those who have published something, in Swedish order.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub async fn utgivare(&self) -> Result<Vec<Huvudman>, Problem> {
        self.db
            .las(|k| -> Result<_, Problem> { Ok(store::publik::utgivare(k)?) })
            .await
    }

    /// What a publisher shows.
    ///
    /// # Errors
    /// The same answer for one who does not exist and one who publishes nothing.
    pub async fn oppet(&self, slug: &str) -> Result<Oppet, Problem> {
        let sokt = slug.to_owned();
        let huvudman = self
            .db
            .las(move |k| -> Result<_, Problem> { Ok(store::publik::utgivare_med_slug(k, &sokt)?) })
            .await?
            .ok_or_else(Problem::finns_inte)?;
        let permit = prova(&Aktor::anonym(huvudman.id), Atgard::LasaPublicerat)?;
        let kand = self.publika_kanda(huvudman.id);
        let lasta = kand.clone();
        let svar = self
            .db
            .las_samtidigt(move |k| -> Result<Option<OppnaBocker>, Problem> {
                let lage = store::publik::lage(k, &permit)?;
                match &lasta {
                    Some(bocker) if bocker.lage == lage => Ok(None),
                    _ => Ok(Some(store::publik::las(k, &permit)?)),
                }
            })
            .await?;
        let bocker = match svar {
            Some(nya) => self.satt_publika(nya),
            None => kand.ok_or_else(Problem::finns_inte)?,
        };
        Ok(Oppet(bocker))
    }

    fn publika_kanda(&self, huvudman: HuvudmanId) -> Option<Arc<OppnaBocker>> {
        let hylla = self.publika.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.get(&huvudman).cloned()
    }

    fn satt_publika(&self, nya: OppnaBocker) -> Arc<OppnaBocker> {
        let nya = Arc::new(nya);
        let mut hylla = self.publika.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.insert(nya.huvudman.id, Arc::clone(&nya));
        nya
    }

    /// The frozen input of a published report; `None` when it is not published.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub async fn publik_rapportindata(
        &self,
        huvudman: &Huvudman,
        rapport: &Rapport,
    ) -> Result<Option<Indata>, Problem> {
        let permit = prova(&Aktor::anonym(huvudman.id), Atgard::LasaPublicerat)?;
        let id = rapport.id;
        let json = self
            .db
            .las(move |k| -> Result<_, Problem> {
                Ok(store::publik::rapportindata(k, &permit, id)?)
            })
            .await?;
        json.map(|json| Indata::las(&json).map_err(|e| internt(&e)))
            .transpose()
    }

    /// A file of a published report.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub async fn publik_rapportfil(
        &self,
        huvudman: &Huvudman,
        rapport: &Rapport,
        format: Format,
    ) -> Result<Option<Vec<u8>>, Problem> {
        let permit = prova(&Aktor::anonym(huvudman.id), Atgard::LasaPublicerat)?;
        let id = rapport.id;
        let fil = self
            .db
            .las(move |k| -> Result<_, Problem> {
                Ok(store::publik::rapportfil(k, &permit, id, format)?)
            })
            .await?;
        match (fil, format) {
            (None, Format::Xlsx) => {
                let indata = self.publik_rapportindata(huvudman, rapport).await?;
                self.ur_indata(indata, format).await
            }
            (fil, _) => Ok(fil),
        }
    }
}
