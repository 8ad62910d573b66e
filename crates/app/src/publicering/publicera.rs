//! Something is made public, as of a day.

use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::PubliceringId;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid::PerDag;
use utfall_store as store;
use utfall_store::Las;

/// Publishes something.
#[derive(Clone, Debug)]
pub struct Publicera {
    /// What.
    pub vad: Publicerat,
    /// As of when the figures are shown. Not after today.
    pub per: PerDag,
    /// A word to the reader; needed when it corrects an earlier publication.
    pub kommentar: String,
}

impl Anvandningsfall for Publicera {
    const ATGARD: Atgard = Atgard::Publicera;
    type Laddat = Bocker;
    type Svar = PubliceringId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<PubliceringId>, Problem> {
        let namn = namn(self.vad, &bocker).ok_or_else(Problem::finns_inte)?;
        if self.per.0 > miljo.idag() {
            return Err(Problem::ogiltigt(
                "publicering-framtid",
                "Dagen har inte varit än.",
                "Välj i dag eller en tidigare dag.",
            )
            .i_falt("per"));
        }
        self.prova_utfardad(&bocker)?;
        let id = miljo.publicering();
        Ok(Plan {
            andringar: vec![Andring::Publicera {
                id,
                vad: self.vad,
                per: self.per,
                kommentar: self.kommentar.trim().chars().take(500).collect(),
            }],
            handelse: Handelse {
                slag: "publicerat".into(),
                objekt: format!("{} {}", self.vad.kod(), self.vad.nummer()),
                text: format!("{namn} publicerades med siffrorna per {}.", self.per.0),
                data: serde_json::json!({ "publicering": id, "per": self.per }),
            },
            svar: id,
        })
    }
}

impl Publicera {
    fn prova_utfardad(&self, bocker: &Bocker) -> Result<(), Problem> {
        let Publicerat::Rapport(id) = self.vad else {
            return Ok(());
        };
        match bocker.rapport(id).map(|r| &r.lage) {
            Some(Rapportlage::Utfardad { .. }) => Ok(()),
            _ => Err(Problem::ogiltigt(
                "publicering-utkast",
                "Rapporten är inte utfärdad.",
                "Utfärda rapporten först. Ett utkast kan inte publiceras.",
            )),
        }
    }
}

/// The name of what is published, when it exists in these books.
pub(crate) fn namn(vad: Publicerat, bocker: &Bocker) -> Option<String> {
    match vad {
        Publicerat::Bidrag(id) => bocker.bidrag(id).map(|b| b.namn.clone()),
        Publicerat::Insats(id) => bocker.insats(id).map(|i| i.namn.clone()),
        Publicerat::Rapport(id) => bocker.rapport(id).map(|r| r.titel.clone()),
    }
}
