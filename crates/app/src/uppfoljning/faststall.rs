//! A forecast is settled: its figures are kept, so that one can see later what was said.

use super::{forsta_dagen, gallande_om, metodord, skriv};
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
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Settles the forecast of a year.
#[derive(Clone, Debug)]
pub struct FaststallPrognos {
    /// Which year.
    pub ar: i16,
    /// Through which month the books are counted, 1–12.
    pub manad: i8,
    /// For what: `Till styrelsen i april`.
    pub anmarkning: String,
}

/// The longest reason that is kept with a figure, in characters.
const LANGST: usize = 500;

impl Anvandningsfall for FaststallPrognos {
    const ATGARD: Atgard = Atgard::Prognostisera;
    type Laddat = Bocker;
    /// How many insatser it says something of.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(forsta_dagen(self.ar, self.manad));
        fel.prova(prova_orsak(&self.anmarkning).map_err(|p| p.i_falt("anmarkning")));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        self.brister(&bocker, miljo.idag()).neka()?;
        let forsta = forsta_dagen(self.ar, self.manad)?;
        let bok = Bok::av(Arc::new(bocker), None);
        let nya: Vec<NyttFaktum> = bok
            .insatser
            .iter()
            .filter_map(|i| self.for_insats(&bok, i.id, forsta))
            .collect();
        if nya.is_empty() {
            return Err(Problem::ogiltigt(
                "prognos-tom",
                "Det finns ingen prognos att fastställa.",
                "Läs in bokföringen, eller välj en metod som går att räkna med.",
            ));
        }
        let antal = nya.len();
        Ok(Plan {
            andringar: nya.into_iter().map(|f| skriv(miljo.faktum(), f)).collect(),
            handelse: Handelse {
                slag: "prognos-faststalld".into(),
                objekt: format!("prognos {}", self.ar),
                text: format!(
                    "Prognosen för {} fastställdes per {}: {antal} insatser.",
                    self.ar,
                    utfall_domain::tid::manad(self.manad)
                ),
                data: serde_json::json!({ "ar": self.ar, "manad": self.manad, "antal": antal }),
            },
            svar: antal,
        })
    }
}

impl FaststallPrognos {
    /// The figure of one insats; nothing when it has none.
    fn for_insats(
        &self,
        bok: &Bok,
        insats: utfall_domain::id::InsatsId,
        forsta: Date,
    ) -> Option<NyttFaktum> {
        let urval = Urval {
            period: Some(forsta),
            ..Urval::insats(insats).ar(self.ar)
        };
        let h = bok.matt(Matt::PrognosHelar, &urval);
        let Varde::Kant(tal) = h.utfall.varde else {
            return None;
        };
        let galler = Galler {
            ar: Some(self.ar),
            period_fran: Some(forsta.first_of_year()),
            period_till: Some(forsta.last_of_month()),
            ..om_insats(bok, insats)
        };
        let skal = format!("{}. {}", self.anmarkning.trim(), metodord(bok, &urval));
        Some(NyttFaktum {
            orsak: Some(skal.chars().take(LANGST).collect()),
            rattar: gallande_om(bok, FaktumSlag::Prognos, insats, self.ar).map(|f| f.id),
            ..NyttFaktum::nytt(FaktumSlag::Prognos, galler, Varde::Kant(tal))
        })
    }
}
