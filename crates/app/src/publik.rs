//! What the public reads: only what is published, through a permit of its own.

use crate::Tjanst;
use crate::lasning::Bok;
use std::sync::{Arc, PoisonError};
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::bocker::Bocker;
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::Rapport;
use utfall_store as store;

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

    /// A publisher's books, cut down to what is published.
    ///
    /// # Errors
    /// The same answer for one who does not exist and one who publishes nothing.
    pub async fn publik_bok(&self, slug: &str) -> Result<(Huvudman, Bok), Problem> {
        let sokt = slug.to_owned();
        let huvudman = self
            .db
            .las(move |k| -> Result<_, Problem> { Ok(store::publik::utgivare_med_slug(k, &sokt)?) })
            .await?
            .ok_or_else(Problem::finns_inte)?;
        let permit = prova(&Aktor::anonym(huvudman.id), Atgard::LasaPublicerat)?;
        let kand = self.publika_kanda(&huvudman);
        let svar = self
            .db
            .las_samtidigt(move |k| -> Result<Option<Bocker>, Problem> {
                let lage = store::publik::lage(k, &permit)?;
                match &kand {
                    Some(bocker) if bocker.lage == lage => Ok(None),
                    _ => Ok(Some(store::publik::las(k, &permit)?)),
                }
            })
            .await?;
        let bocker = match svar {
            Some(nya) => self.satt_publika(nya),
            None => self
                .publika_kanda(&huvudman)
                .ok_or_else(Problem::finns_inte)?,
        };
        Ok((huvudman, Bok::av(bocker, None)))
    }

    fn publika_kanda(&self, huvudman: &Huvudman) -> Option<Arc<Bocker>> {
        let hylla = self.publika.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.get(&huvudman.id).cloned()
    }

    fn satt_publika(&self, nya: Bocker) -> Arc<Bocker> {
        let nya = Arc::new(nya);
        let mut hylla = self.publika.lock().unwrap_or_else(PoisonError::into_inner);
        hylla.insert(nya.huvudman.id, Arc::clone(&nya));
        nya
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
        self.db
            .las(move |k| -> Result<_, Problem> {
                Ok(store::publik::rapportfil(k, &permit, id, format)?)
            })
            .await
    }
}
