//! An organisation enters the register.

use super::{ledigt, rent_namn};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::journal::Handelse;
use utfall_domain::organisation::{
    NamnArt, Organisation, OrganisationSlag, OrganisationsNamn, las_orgnr,
};
use utfall_domain::problem::Problem;
use utfall_domain::svensk::slug;
use utfall_store as store;
use utfall_store::Las;

/// A new organisation. The answer is its part of addresses.
#[derive(Clone, Debug)]
pub struct LaggTill {
    /// Its name.
    pub namn: String,
    /// What kind of body it is.
    pub slag: OrganisationSlag,
    /// Organisation number as typed; empty when it is not known.
    pub orgnr: String,
    /// The part of addresses of the organisation it belongs to; empty for none.
    pub overordnad: String,
}

impl Anvandningsfall for LaggTill {
    const ATGARD: Atgard = Atgard::HanteraOrganisationer;
    type Laddat = Vec<Organisation>;
    type Svar = String;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vec<Organisation>, Problem> {
        Ok(store::organisation::alla(k, permit)?)
    }

    fn brister(&self, alla: &Vec<Organisation>, _: Date) -> Brister {
        let mut fel = Brister::default();
        if let Some(namn) = fel.prova(rent_namn(&self.namn)) {
            fel.prova(ledigt(alla, &namn, None));
        }
        fel.prova(self.orgnr(alla));
        fel.prova(self.over(alla));
        fel
    }

    fn planera(&self, alla: Vec<Organisation>, miljo: &mut Miljo) -> Result<Plan<String>, Problem> {
        self.brister(&alla, miljo.idag()).neka()?;
        let namn = rent_namn(&self.namn)?;
        let ny = Organisation {
            id: miljo.organisation(),
            slug: ledig_slug(&alla, &namn),
            slag: self.slag,
            orgnr: self.orgnr(&alla)?,
            overordnad: self.over(&alla)?.map(|o| o.id),
            namn: vec![OrganisationsNamn {
                namn: namn.clone(),
                art: NamnArt::Namn,
                fran: None,
            }],
        };
        Ok(Plan {
            handelse: Handelse {
                slag: "organisation-ny".into(),
                objekt: format!("organisation {}", ny.id),
                text: format!("{namn} lades till i organisationsregistret."),
                data: serde_json::json!({ "slag": ny.slag.kod() }),
            },
            svar: ny.slug.clone(),
            andringar: vec![Andring::NyOrganisation(ny)],
        })
    }
}

impl LaggTill {
    /// The organisation it belongs to.
    fn over<'a>(&self, alla: &'a [Organisation]) -> Result<Option<&'a Organisation>, Problem> {
        let over = self.overordnad.trim();
        if over.is_empty() {
            return Ok(None);
        }
        let funnen = alla.iter().find(|o| o.slug == over);
        funnen.map(Some).ok_or_else(|| {
            Problem::ogiltigt(
                "organisation-overordnad",
                "Den överordnade organisationen finns inte i registret.",
                "Välj en av dem som står i listan.",
            )
            .i_falt("overordnad")
        })
    }

    fn orgnr(&self, alla: &[Organisation]) -> Result<Option<String>, Problem> {
        if self.orgnr.trim().is_empty() {
            return Ok(None);
        }
        let fel = |text: String, atgard: &str| {
            Problem::ogiltigt("organisation-orgnr", text, atgard).i_falt("orgnr")
        };
        let nr = las_orgnr(&self.orgnr).ok_or_else(|| {
            fel(
                "Organisationsnumret stämmer inte: kontrollsiffran är fel eller siffror saknas."
                    .into(),
                "Skriv tio siffror, till exempel 212000-3005, eller lämna fältet tomt.",
            )
        })?;
        match alla
            .iter()
            .find(|o| o.orgnr.as_deref() == Some(nr.as_str()))
        {
            None => Ok(Some(nr)),
            // Units of a municipality share its number.
            Some(o) if o.slug == self.overordnad.trim() => Ok(Some(nr)),
            Some(o) => Err(fel(
                format!("{} har redan det numret.", o.namn_nu()),
                "Är det en del av den: välj den under Hör till.",
            )),
        }
    }
}

/// `ny` is the form's own address.
fn ledig_slug(alla: &[Organisation], namn: &str) -> String {
    let grund = match slug(namn) {
        tom if tom.is_empty() => "organisation".to_owned(),
        grund => grund,
    };
    let upptagen = |s: &str| s == "ny" || alla.iter().any(|o| o.slug == s);
    let numrerade = (2..10_000_u32).map(|nr| format!("{grund}-{nr}"));
    std::iter::once(grund.clone())
        .chain(numrerade)
        .find(|s| !upptagen(s))
        .unwrap_or(grund)
}
