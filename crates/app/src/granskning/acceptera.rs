//! A finding is explained and left as it is.
//!
//! Tillstand: fynd

use super::{Papper, nyckel, samlat};
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::granskning::Allvar;
use utfall_domain::id::UnderlagId;
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
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

/// The books with the papers that may hold the finding.
#[derive(Debug)]
pub struct Laddat {
    bocker: Bocker,
    papper: Vec<(UnderlagId, Arc<Papper>)>,
}

impl Anvandningsfall for AccepteraFynd {
    const ATGARD: Atgard = Atgard::AccepteraFynd;
    type Laddat = Laddat;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Laddat, Problem> {
        let bocker = store::bocker::las(k, permit)?;
        let mut las = |huvud: &UnderlagHuvud| -> Result<(UnderlagId, Arc<Papper>), Problem> {
            let bytes = store::underlag::innehall(k, permit, huvud.id)?;
            let papper = Papper::las(huvud, &bytes.ok_or_else(Problem::finns_inte)?)?;
            Ok((huvud.id, Arc::new(papper)))
        };
        let eget = bocker
            .underlag(self.underlag)
            .ok_or_else(Problem::finns_inte)?;
        let eget = las(eget)?;
        // What two papers say differently takes the others too.
        let i_egna = eget.1.fynd.iter().any(|f| nyckel(f) == self.nyckel);
        let papper = if i_egna {
            vec![eget]
        } else {
            let alla = bocker.gallande_underlag(None).into_iter();
            alla.map(las).collect::<Result<_, _>>()?
        };
        Ok(Laddat { bocker, papper })
    }

    fn planera(&self, laddat: Laddat, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let bok = Bok::av(Arc::new(laddat.bocker), None);
        let huvud = bok
            .underlag(self.underlag)
            .ok_or_else(Problem::finns_inte)?;
        self.prova_fynd(&bok, laddat.papper)?;
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
    fn prova_fynd(&self, bok: &Bok, papper: Vec<(UnderlagId, Arc<Papper>)>) -> Result<(), Problem> {
        if bok.ersatt_av(self.underlag, None).is_some() {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "fynd-ersatt",
                "Papperet har ersatts av en ny version.",
                "Öppna den nya versionen. Finns fyndet kvar där kan du förklara det där.",
            ));
        }
        let alla: Vec<(&UnderlagHuvud, Arc<Papper>)> = papper
            .into_iter()
            .filter_map(|(id, papper)| Some((bok.underlag(id)?, papper)))
            .collect();
        let fynd = samlat::fynd_i(bok, &alla);
        let fynd = fynd
            .iter()
            .filter(|f| f.underlag == Some(self.underlag))
            .find(|f| f.nyckel == self.nyckel);
        match fynd.map(|f| f.fynd.allvar) {
            None => Err(Problem::finns_inte()),
            Some(Allvar::Fel) => Err(Problem::ogiltigt(
                "fynd-fel",
                "Ett fel kan inte lämnas som det är.",
                "Det finns två sätt. Är papperet fel och går att få rättat: läs in den rättade \
                 versionen under samma namn och ersätt den tidigare. Går papperet inte att \
                 ändra: rätta uppgiften i böckerna, på sidan om hur siffran räknas.",
            )),
            Some(Allvar::Varning | Allvar::Upplysning) => Ok(()),
        }
    }
}
