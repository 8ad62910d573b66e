//! An organisation is also called something else.

use super::{hitta, ledigt, rent_namn};
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationsNamn};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// A spelling or a short form that papers use. Papers read in from now on are matched by it.
#[derive(Clone, Debug)]
pub struct NyttAlias {
    /// The organisation's part of addresses.
    pub slug: String,
    /// What it is also called.
    pub namn: String,
}

impl Anvandningsfall for NyttAlias {
    const ATGARD: Atgard = Atgard::HanteraOrganisationer;
    type Laddat = Vec<Organisation>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Organisation>, Problem> {
        Ok(store::organisation::alla(k, permit)?)
    }

    fn planera(&self, alla: Vec<Organisation>, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let o = hitta(&alla, &self.slug)?;
        let namn = rent_namn(&self.namn)?;
        ledigt(&alla, &namn, Some(o))?;
        if o.heter(&namn) {
            return Err(Problem::ogiltigt(
                "organisation-samma-namn",
                format!("Den heter eller kallas redan {namn}."),
                "Du behöver inte göra något.",
            )
            .i_falt("namn"));
        }
        Ok(Plan {
            handelse: Handelse {
                slag: "organisation-alias".into(),
                objekt: format!("organisation {}", o.id),
                text: format!("{} kallas också {namn}.", o.namn_nu()),
                data: serde_json::json!({}),
            },
            andringar: vec![Andring::NyttNamn {
                organisation: o.id,
                namn: OrganisationsNamn {
                    namn,
                    art: NamnArt::Alias,
                    fran: None,
                },
            }],
            svar: (),
        })
    }
}
