//! An organisation changes its name from a day.

use super::{hitta, ledigt, rent_namn};
use crate::Brister;
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

    fn brister(&self, alla: &Vec<Organisation>, idag: Date) -> Brister {
        let mut fel = Brister::default();
        let namn = fel.prova(rent_namn(&self.namn));
        if let (Some(namn), Ok(o)) = (namn, hitta(alla, &self.slug)) {
            let ledigt = ledigt(alla, &namn, Some(o));
            fel.prova(ledigt.and_then(|()| self.prova_nytt(o, &namn)));
        }
        fel.prova(self.prova_dag(idag));
        fel
    }

    fn planera(&self, alla: Vec<Organisation>, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let o = hitta(&alla, &self.slug)?;
        self.brister(&alla, miljo.idag()).neka()?;
        let namn = rent_namn(&self.namn)?;
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

impl NyttNamn {
    fn prova_nytt(&self, o: &Organisation, namn: &str) -> Result<(), Problem> {
        if o.namn_den(Some(self.fran)) != namn {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "organisation-samma-namn",
            format!("Den hette redan {namn} den dagen."),
            "Skriv det nya namnet, eller en annan dag.",
        )
        .i_falt("namn"))
    }

    fn prova_dag(&self, idag: Date) -> Result<(), Problem> {
        if self.fran <= idag {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "organisation-fran",
            "Dagen har inte varit än.",
            "Skriv in det nya namnet den dag det börjar gälla.",
        )
        .i_falt("fran"))
    }
}
