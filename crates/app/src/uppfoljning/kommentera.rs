//! A deviation is explained: a cause from the list, and words.

use super::{forsta_dagen, gallande_om, skriv};
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
use utfall_domain::medel::prognos::Avvikelseorsak;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// Explains the deviation of an insats and a year.
#[derive(Clone, Debug)]
pub struct KommenteraAvvikelse {
    /// Which insats.
    pub insats: InsatsId,
    /// Which year.
    pub ar: i16,
    /// Through which month the books are counted, 1–12.
    pub manad: i8,
    /// The cause.
    pub orsak: Avvikelseorsak,
    /// The words.
    pub ord: String,
}

impl Anvandningsfall for KommenteraAvvikelse {
    const ATGARD: Atgard = Atgard::KommenteraAvvikelse;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(prova_ar(self.ar, "ar"));
        fel.prova(forsta_dagen(self.ar, self.manad));
        fel.prova(prova_orsak(&self.ord).map_err(|p| p.i_falt("ord")));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let namn = bocker
            .insats(self.insats)
            .ok_or_else(Problem::finns_inte)?
            .namn
            .clone();
        self.brister(&bocker, miljo.idag()).neka()?;
        let dag = forsta_dagen(self.ar, self.manad)?;
        let bok = Bok::av(Arc::new(bocker), None);
        let urval = Urval {
            period: Some(dag),
            ..Urval::insats(self.insats).ar(self.ar)
        };
        let Varde::Kant(avvikelse) = bok.varde(Matt::PrognosAvvikelse, &urval) else {
            return Err(Problem::ogiltigt(
                "avvikelse-okand",
                format!("{namn} har ingen avvikelse att förklara: budget eller prognos saknas."),
                "Registrera det som saknas först.",
            ));
        };
        let galler = Galler {
            ar: Some(self.ar),
            period_fran: Some(dag.first_of_year()),
            period_till: Some(dag.last_of_month()),
            kategori: Some(self.orsak.text().to_owned()),
            ..om_insats(&bok, self.insats)
        };
        let id = miljo.faktum();
        let faktum = NyttFaktum {
            orsak: Some(prova_orsak(&self.ord)?),
            rattar: gallande_om(&bok, FaktumSlag::Avvikelsekommentar, self.insats, self.ar)
                .map(|f| f.id),
            ..NyttFaktum::nytt(
                FaktumSlag::Avvikelsekommentar,
                galler,
                Varde::Kant(avvikelse),
            )
        };
        Ok(Plan {
            handelse: Handelse {
                slag: "avvikelse-kommenterad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("Avvikelsen för {namn} {} förklarades.", self.ar),
                data: serde_json::json!({ "ar": self.ar, "orsak": self.orsak.kod() }),
            },
            andringar: vec![skriv(id, faktum)],
            svar: id,
        })
    }
}
