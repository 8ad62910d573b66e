//! A reserve: a row of a distribution that nobody has got yet.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use crate::namn::{ledig, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_domain::svensk::sokform;
use utfall_store as store;
use utfall_store::Las;

/// Adds a reserve to a grant. Its money is distributed to it as to an initiative, and moved
/// from it by later decisions (`Forstark`).
#[derive(Clone, Debug)]
pub struct SkapaReserv {
    /// Which grant.
    pub bidrag: BidragId,
    /// Its name.
    pub namn: String,
}

impl Anvandningsfall for SkapaReserv {
    const ATGARD: Atgard = Atgard::SkapaInsats;
    type Laddat = Bocker;
    type Svar = InsatsId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        if let Some(namn) = fel.prova(prova_namn(&self.namn, "bufferten", "namn")) {
            let sokt = sokform(&namn);
            let samma = |i: &Insats| i.bidrag == Some(self.bidrag) && sokform(&i.namn) == sokt;
            if bocker.insatser.iter().any(samma) {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "insats-finns",
                    format!("Raden {namn} finns redan."),
                    "Använd den, eller ge den nya ett annat namn.",
                )
                .i_falt("namn")));
            }
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<InsatsId>, Problem> {
        let b = bocker.bidrag(self.bidrag).ok_or_else(Problem::finns_inte)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let namn = prova_namn(&self.namn, "bufferten", "namn")?;
        let slug = ledig(&namn, bocker.insatser.iter().map(|i| i.slug.as_str()))?;
        let id = miljo.insats();
        let handelse = Handelse {
            slag: "reserv-skapad".into(),
            objekt: format!("insats {id}"),
            text: format!("{namn} lades till i {}.", b.namn),
            data: serde_json::json!({ "bidrag": self.bidrag }),
        };
        let reserv = Insats {
            id,
            slug,
            namn,
            bidrag: Some(self.bidrag),
            start_ar: None,
            slut_ar: None,
            ansvariga: Vec::new(),
            text: InsatsText::default(),
            fortsattning: Fortsattning::Okand,
            tjanster: Vec::new(),
            reserv: true,
            version: 1,
        };
        Ok(Plan {
            andringar: vec![Andring::NyInsats(reserv)],
            handelse,
            svar: id,
        })
    }
}
