//! A whole import is taken back.

use super::laddat::Bokfort;
use super::uppslag::Beraknat;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::miljo::Miljo;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::faktum::Bokforingskalla;
use utfall_domain::id::InlasningId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::verifikation::{Inlasning, Inlasningslage};
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store::Las;

/// Takes an import back. The latest of a company's year goes first: an earlier one lies under
/// it.
#[derive(Clone, Debug)]
pub struct AngraInlasning {
    /// Which.
    pub id: InlasningId,
    /// Why.
    pub orsak: String,
    /// Made after a year that it touches was closed.
    pub efter_avslut: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Angrat {
    /// How many facts changed.
    pub fakta: usize,
}

impl AngraInlasning {
    fn prova<'a>(&self, bokfort: &'a Bokfort) -> Result<&'a Inlasning, Problem> {
        let egen = bokfort.inlasningar.iter().find(|i| i.id == self.id);
        let egen = egen.ok_or_else(Problem::finns_inte)?;
        let nej = |kod, text: String, atgard: String| {
            Err(Problem::nytt(ProblemSlag::Konflikt, kod, text, atgard))
        };
        if !egen.lage.far_bli(Inlasningslage::Angrad) {
            return nej(
                "inlasning-inte-inne",
                format!(
                    "Inläsningen är {}, så det finns inget att ångra.",
                    egen.lage.text()
                ),
                "Gå till listan över inläsningar.".into(),
            );
        }
        match bokfort.av_aret(&egen.ar).last() {
            Some(sist) if *sist != egen.id => {
                let sist = bokfort.inlasningar.iter().find(|i| i.id == *sist);
                let namn = sist.map(|i| i.filnamn.as_str()).unwrap_or_default();
                nej(
                    "inlasning-senare-finns",
                    "En senare fil för samma år är inläst ovanpå den här.".into(),
                    format!("Ångra {namn} först."),
                )
            }
            _ => Ok(egen),
        }
    }
}

impl Anvandningsfall for AngraInlasning {
    const ATGARD: Atgard = Atgard::AngraInlasning;
    const I_FORVAG: bool = true;
    type Laddat = Beraknat;
    type Svar = Angrat;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Beraknat, Problem> {
        Ok(Bokfort::las(k, permit, (None, Some(self.id)))?.into())
    }

    fn berakna(&self, laddat: Beraknat) -> Beraknat {
        let regler = laddat.bokfort.regler();
        laddat.med_andringar(&regler, None)
    }

    fn brister(&self, _: &Beraknat, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_orsak(&self.orsak));
        fel
    }

    fn planera(&self, laddat: Beraknat, miljo: &mut Miljo) -> Result<Plan<Angrat>, Problem> {
        self.prova(&laddat.bokfort)?;
        let orsak = prova_orsak(&self.orsak)?;
        let regler = laddat.bokfort.regler();
        let (bokfort, _, andrade) = laddat.delar(&regler)?;
        let egen = self.prova(&bokfort)?;
        bokfort.prova_avslut(&andrade, self.efter_avslut)?;
        let kalla = Bokforingskalla {
            inlasning: Some(self.id),
            koppling: bokfort.koppling.as_ref().map(|v| v.id),
        };
        let skal = format!("Inläsningen av {} ångrades.", egen.filnamn);
        let mut andringar = vec![Andring::InlasningAngrad {
            inlasning: self.id,
            orsak: orsak.clone(),
        }];
        let efter = self.efter_avslut.then_some(orsak.as_str());
        andringar.extend(bokfort.som_fakta(&andrade, kalla, (&skal, efter), miljo));
        let fakta = andrade.len();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "bokforing-angrad".into(),
                objekt: format!("inläsning {}", self.id),
                text: format!(
                    "Inläsningen av bokföringen för {} ångrades.",
                    super::aret(&egen.ar)
                ),
                data: serde_json::json!({
                    "sha256": crate::underlag::hex(&egen.sha256),
                    "fakta": fakta,
                }),
            },
            svar: Angrat { fakta },
        })
    }
}
