//! A publication is withdrawn. That it was public stays in the books.

use super::publicera::namn;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::PubliceringId;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::publicering::gallande;
use utfall_store as store;
use utfall_store::Las;

/// Withdraws a publication.
#[derive(Clone, Debug)]
pub struct DraTillbaka {
    /// Which act of publication.
    pub publicering: PubliceringId,
    /// Why; shown to those who look for what was there.
    pub skal: String,
}

impl Anvandningsfall for DraTillbaka {
    const ATGARD: Atgard = Atgard::DraTillbaka;
    type Laddat = Bocker;
    type Svar = PubliceringId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<PubliceringId>, Problem> {
        let akt = bocker
            .publiceringar
            .iter()
            .find(|p| p.id == self.publicering)
            .ok_or_else(Problem::finns_inte)?;
        if !gallande(&bocker.publiceringar)
            .iter()
            .any(|p| p.id == akt.id)
        {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "publicering-galler-inte",
                "Publiceringen gäller inte längre.",
                "Ladda om sidan och se vad som är publicerat nu.",
            ));
        }
        let skal = prova_orsak(&self.skal)?;
        let id = miljo.publicering();
        let namn = namn(akt.vad, &bocker).unwrap_or_default();
        Ok(Plan {
            andringar: vec![Andring::DraTillbaka {
                id,
                publicering: akt.id,
                skal,
            }],
            handelse: Handelse {
                slag: "publicering-tillbakadragen".into(),
                objekt: format!("{} {}", akt.vad.kod(), akt.vad.nummer()),
                text: format!("{namn} togs bort från de öppna sidorna."),
                data: serde_json::json!({ "publicering": akt.id }),
            },
            svar: id,
        })
    }
}
