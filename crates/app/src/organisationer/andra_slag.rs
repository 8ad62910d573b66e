//! An organisation turns out to be another kind of body than the register says.

use super::hitta;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::organisation::{Organisation, OrganisationSlag};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Says what kind of body an organisation is: a paper calls a company only a company.
#[derive(Clone, Debug)]
pub struct AndraSlag {
    /// The organisation's part of addresses.
    pub slug: String,
    /// What it is.
    pub slag: OrganisationSlag,
}

impl Anvandningsfall for AndraSlag {
    const ATGARD: Atgard = Atgard::HanteraOrganisationer;
    type Laddat = Vec<Organisation>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Organisation>, Problem> {
        Ok(store::organisation::alla(k, permit)?)
    }

    fn brister(&self, alla: &Vec<Organisation>, _: Date) -> Brister {
        let mut fel = Brister::default();
        if hitta(alla, &self.slug).is_ok_and(|o| o.slag == self.slag) {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "organisation-samma-slag",
                format!("Den är redan {}.", self.slag.text()),
                "Välj något annat, eller lämna det som det är.",
            )
            .i_falt("slag")));
        }
        fel
    }

    fn planera(&self, alla: Vec<Organisation>, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let o = hitta(&alla, &self.slug)?;
        self.brister(&alla, miljo.idag()).neka()?;
        Ok(Plan {
            handelse: Handelse {
                slag: "organisation-slag".into(),
                objekt: format!("organisation {}", o.id),
                text: format!(
                    "{} är {} i registret. Förut: {}.",
                    o.namn_nu(),
                    self.slag.text(),
                    o.slag.text()
                ),
                data: serde_json::json!({ "slag": self.slag.kod() }),
            },
            andringar: vec![Andring::SattOrganisationsslag {
                organisation: o.id,
                slag: self.slag,
            }],
            svar: (),
        })
    }
}
