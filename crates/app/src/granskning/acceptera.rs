//! A finding is explained and left as it is.
//!
//! Tillstand: fynd

use super::nyckel;
use crate::dorr::{Anvandningsfall, Plan, internt};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::granskning::{Allvar, granska};
use utfall_domain::id::UnderlagId;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;
use utfall_store as store;
use utfall_store::Las;

/// Explains a finding. An error cannot be accepted: it must be corrected.
#[derive(Clone, Debug)]
pub struct AccepteraFynd {
    /// The paper.
    pub underlag: UnderlagId,
    /// Which finding.
    pub nyckel: String,
    /// Why it is left as it is.
    pub motivering: String,
}

impl Anvandningsfall for AccepteraFynd {
    const ATGARD: Atgard = Atgard::AccepteraFynd;
    type Laddat = (Bocker, Vec<u8>);
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Self::Laddat, Problem> {
        let bocker = store::bocker::las(k, permit)?;
        if bocker.underlag(self.underlag).is_none() {
            return Err(Problem::finns_inte());
        }
        let innehall = store::underlag::innehall(k, permit, self.underlag)?;
        Ok((bocker, innehall.ok_or_else(Problem::finns_inte)?))
    }

    fn planera(&self, (bocker, bytes): Self::Laddat, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let huvud = bocker
            .underlag(self.underlag)
            .ok_or_else(Problem::finns_inte)?;
        self.prova_fynd(huvud, &bytes)?;
        let motivering = prova_orsak(&self.motivering).map_err(|p| p.i_falt("motivering"))?;
        Ok(Plan {
            andringar: vec![Andring::AccepteraFynd {
                underlag: self.underlag,
                nyckel: self.nyckel.clone(),
                motivering,
            }],
            handelse: Handelse {
                slag: "fynd-accepterat".into(),
                objekt: format!("underlag {}", self.underlag),
                text: format!("Ett fynd i {} förklarades.", huvud.titel),
                data: serde_json::json!({ "fynd": self.nyckel }),
            },
            svar: (),
        })
    }
}

impl AccepteraFynd {
    fn prova_fynd(&self, huvud: &UnderlagHuvud, bytes: &[u8]) -> Result<(), Problem> {
        let underlag = u::las(&huvud.dokument, bytes)
            .map_err(|_| internt(&"underlaget går inte längre att läsa"))?;
        let fynd = granska(&underlag);
        let fynd = fynd.iter().find(|f| nyckel(f) == self.nyckel);
        match fynd.map(|f| f.allvar) {
            None => Err(Problem::finns_inte()),
            Some(Allvar::Fel) => Err(Problem::ogiltigt(
                "fynd-fel",
                "Ett fel kan inte lämnas som det är.",
                "Rätta papperet hos den som skrev det och läs in det rättade under ett nytt namn. \
                 Felet står kvar på det gamla.",
            )),
            Some(Allvar::Varning | Allvar::Upplysning) => Ok(()),
        }
    }
}
