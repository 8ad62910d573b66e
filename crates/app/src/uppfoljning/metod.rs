//! A forecast method is chosen for an insats and a year.

use super::{gallande_om, skriv};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::{om_insats, prova_orsak};
use crate::lasning::Bok;
use crate::miljo::Miljo;
use crate::namn::prova_ar;
use jiff::civil::Date;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{FaktumId, InsatsId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::prognos::Prognosmetod;
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Chooses how the rest of the year is forecast.
#[derive(Clone, Debug)]
pub struct ValjPrognosmetod {
    /// Which insats.
    pub insats: InsatsId,
    /// Which year.
    pub ar: i16,
    /// The method.
    pub metod: Prognosmetod,
    /// The whole year's figure, for the own method and no other.
    pub eget: Option<Belopp>,
    /// Why; demanded for an own figure.
    pub skal: String,
}

impl ValjPrognosmetod {
    fn prova_eget(&self, bocker: &Bocker) -> Result<(), Problem> {
        let fel = |text: String, atgard: &str| {
            Err(Problem::ogiltigt("prognos-eget", text, atgard).i_falt("eget"))
        };
        match (self.metod, self.eget) {
            (Prognosmetod::Egen, None) => fel(
                "Beloppet för hela året saknas.".into(),
                "Skriv vad insatsen väntas kosta under hela året.",
            ),
            (Prognosmetod::Egen, Some(eget)) => {
                let urval = Urval::insats(self.insats).ar(self.ar);
                let bok = Bok::av(Arc::new(bocker.clone()), None);
                let anvant = bok.varde(Matt::AnvantInsats, &urval).kant().unwrap_or(0);
                if eget.ore.0 >= anvant {
                    return Ok(());
                }
                fel(
                    format!("Insatsen har redan använt {}\u{a0}kr.", Ore(anvant)),
                    "Skriv ett belopp för hela året som är minst så stort.",
                )
            }
            (_, Some(_)) => fel(
                "Ett eget belopp hör till egen bedömning.".into(),
                "Välj egen bedömning, eller ta bort beloppet.",
            ),
            (_, None) => Ok(()),
        }
    }

    fn orsak(&self) -> Result<String, Problem> {
        if self.metod == Prognosmetod::Egen || !self.skal.trim().is_empty() {
            return prova_orsak(&self.skal).map_err(|p| p.i_falt("skal"));
        }
        Ok(format!("Vald metod: {}", self.metod.text()))
    }
}

impl Anvandningsfall for ValjPrognosmetod {
    const ATGARD: Atgard = Atgard::Prognostisera;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(self.prova_eget(bocker));
        fel.prova(self.orsak());
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let insats = bocker.insats(self.insats).ok_or_else(Problem::finns_inte)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let id = miljo.faktum();
        let galler = Galler {
            ar: Some(self.ar),
            kategori: Some(self.metod.kod().to_owned()),
            ..om_insats(&bocker, self.insats)
        };
        let ore = self.eget.map_or(0, |b| b.ore.0);
        let faktum = NyttFaktum {
            precision: self.eget.map_or_else(Default::default, |b| b.precision),
            orsak: Some(self.orsak()?),
            rattar: gallande_om(&bocker, FaktumSlag::Prognosmetod, self.insats, self.ar)
                .map(|f| f.id),
            ..NyttFaktum::nytt(FaktumSlag::Prognosmetod, galler, Varde::Kant(ore))
        };
        Ok(Plan {
            handelse: Handelse {
                slag: "prognosmetod-vald".into(),
                objekt: format!("insats {}", self.insats),
                text: format!(
                    "Prognosen för {} {} följer {}.",
                    insats.namn,
                    self.ar,
                    self.metod.text()
                ),
                data: serde_json::json!({ "ar": self.ar, "metod": self.metod.kod() }),
            },
            andringar: vec![skriv(id, faktum)],
            svar: id,
        })
    }
}
