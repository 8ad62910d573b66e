//! An organisation changes its name from a day.

use super::{hitta, ledigt, rent_namn};
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::organisation::{NamnArt, Organisation, OrganisationsNamn};
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Another name from a day. The one before stays as the name it had until then.
#[derive(Clone, Debug)]
pub struct NyttNamn {
    /// The organisation's part of addresses.
    pub slug: String,
    /// The name.
    pub namn: String,
    /// The first day it is used: today or earlier, since the present name has no day.
    pub fran: Date,
}

impl Anvandningsfall for NyttNamn {
    const ATGARD: Atgard = Atgard::HanteraOrganisationer;
    type Laddat = Vec<Organisation>;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Organisation>, Problem> {
        Ok(store::organisation::alla(k, permit)?)
    }

    fn planera(&self, alla: Vec<Organisation>, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let o = hitta(&alla, &self.slug)?;
        let namn = rent_namn(&self.namn)?;
        ledigt(&alla, &namn, Some(o))?;
        if self.fran > miljo.idag() {
            return Err(Problem::ogiltigt(
                "organisation-fran",
                "Dagen har inte varit än.",
                "Skriv in det nya namnet den dag det börjar gälla.",
            )
            .i_falt("fran"));
        }
        if o.namn_den(Some(self.fran)) == namn {
            return Err(Problem::ogiltigt(
                "organisation-samma-namn",
                format!("Den hette redan {namn} den dagen."),
                "Skriv det nya namnet, eller en annan dag.",
            )
            .i_falt("namn"));
        }
        let fore = o.namn_den(Some(self.fran)).to_owned();
        Ok(Plan {
            handelse: Handelse {
                slag: "organisation-namn".into(),
                objekt: format!("organisation {}", o.id),
                text: format!("{fore} heter {namn} från {}.", self.fran),
                data: serde_json::json!({ "fran": self.fran.to_string() }),
            },
            andringar: vec![Andring::NyttNamn {
                organisation: o.id,
                namn: OrganisationsNamn {
                    namn,
                    art: NamnArt::Namn,
                    fran: Some(self.fran),
                },
            }],
            svar: (),
        })
    }
}
