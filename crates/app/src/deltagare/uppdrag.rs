//! An account is let in to the participants of an initiative, and out again.

use crate::Tjanst;
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Aktor, Atgard, Permit, Roll, prova};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::Deltagarandring;
use utfall_domain::deltagare::uppdrag::Uppdrag;
use utfall_domain::id::{AnvandareId, InsatsId, OrganisationId, UppdragId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;
use utfall_store::anvandare::Konto;
pub use utfall_store::deltagare::Uppdragslista;
use utfall_store::deltagare::Uppdragsrad;

/// Lets an account in to the participants of an initiative.
#[derive(Clone, Debug)]
pub struct TilldelaUppdrag {
    /// Whose assignment.
    pub konto: Option<AnvandareId>,
    /// Which initiative.
    pub insats: Option<InsatsId>,
    /// The performer that employs the person.
    pub organisation: Option<OrganisationId>,
    /// First day.
    pub fran: Date,
    /// Last day; none: until further.
    pub till: Option<Date>,
    /// When the person was taught what secrecy and the register demand.
    pub utbildad: Date,
}

impl Tjanst {
    /// Who may see the participants of what, has been able to, and could be let in.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn uppdragen(&self, aktor: &Aktor) -> Result<Uppdragslista, Problem> {
        let permit = prova(aktor, Atgard::LasaUppdrag)?;
        self.db
            .las_samtidigt(move |k| Ok(store::deltagare::uppdrag::alla(k, &permit)?))
            .await
    }
}

impl TilldelaUppdrag {
    fn uppdrag(&self, id: UppdragId) -> Option<Uppdrag> {
        Some(Uppdrag {
            id,
            konto: self.konto?,
            insats: self.insats?,
            organisation: self.organisation?,
            fran: self.fran,
            till: self.till,
            utbildad: self.utbildad,
        })
    }

    fn prova_kontot(&self, laddat: &Uppdragslista) -> Result<(), Problem> {
        let konto = laddat.konton.iter().find(|k| Some(k.id) == self.konto);
        let far = |k: &Konto| k.lage.far_logga_in() && k.roller.contains(&Roll::Deltagaransvarig);
        if konto.is_some_and(far) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "uppdrag-konto",
            "Kontot har inte rollen deltagaransvarig.",
            "Välj ett konto i listan. Be administratören ge rollen till den som saknar den.",
        )
        .i_falt("konto"))
    }

    fn prova_nytt(&self, laddat: &Uppdragslista) -> Result<(), Problem> {
        let samma = |u: &&Uppdragsrad| {
            let u = &u.uppdrag;
            (Some(u.konto), Some(u.insats), Some(u.organisation))
                == (self.konto, self.insats, self.organisation)
        };
        let krockar = |u: &Uppdragsrad| {
            let u = &u.uppdrag;
            u.till.is_none_or(|sist| self.fran <= sist)
                && self.till.is_none_or(|sist| u.fran <= sist)
        };
        if !laddat.uppdrag.iter().filter(samma).any(krockar) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "uppdrag-finns",
            "Kontot har redan ett uppdrag i insatsen de dagarna.",
            "Avsluta det först, eller välj dagar efter det.",
        )
        .i_falt("fran"))
    }
}

impl Anvandningsfall for TilldelaUppdrag {
    const ATGARD: Atgard = Atgard::TilldelaUppdrag;
    type Laddat = Uppdragslista;
    type Svar = UppdragId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Uppdragslista, Problem> {
        Ok(store::deltagare::uppdrag::alla(k, permit)?)
    }

    fn brister(&self, laddat: &Uppdragslista, idag: Date) -> Brister {
        let mut fel = Brister::default();
        fel.prova(self.prova_kontot(laddat));
        let insats = laddat.insatser.iter().find(|i| Some(i.id) == self.insats);
        if insats.is_none() {
            let text = "Det står inte vilken insats uppdraget gäller.";
            let p = Problem::ogiltigt("uppdrag-insats", text, "Välj en insats i listan.");
            fel.prova::<()>(Err(p.i_falt("insats")));
        }
        let utforare = laddat
            .organisationer
            .iter()
            .find(|o| Some(o.id) == self.organisation);
        let Some(utforare) = utforare else {
            let text = "Det står inte vilken verksamhet personen arbetar för.";
            let atgard = "Välj den i listan. Saknas den: lägg till den under Organisationer.";
            let p = Problem::ogiltigt("uppdrag-organisation", text, atgard);
            fel.prova::<()>(Err(p.i_falt("organisation")));
            return fel;
        };
        if let Some(uppdrag) = self.uppdrag(UppdragId::FORSTA) {
            for p in uppdrag.brister(utforare.slag, idag) {
                fel.prova::<()>(Err(p));
            }
            fel.prova(self.prova_nytt(laddat));
        }
        fel
    }

    fn planera(
        &self,
        laddat: Uppdragslista,
        miljo: &mut Miljo,
    ) -> Result<Plan<UppdragId>, Problem> {
        self.brister(&laddat, miljo.idag()).neka()?;
        let uppdrag = self
            .uppdrag(miljo.uppdrag())
            .ok_or_else(Problem::finns_inte)?;
        let insats = laddat.insatser.iter().find(|i| i.id == uppdrag.insats);
        let namn = insats.map_or("", |i| i.namn.as_str());
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::NyttUppdrag(uppdrag))],
            handelse: Handelse {
                slag: "uppdrag-tilldelat".into(),
                objekt: format!("uppdrag {}", uppdrag.id),
                text: format!("Ett konto fick uppdrag att se deltagarna i {namn}."),
                data: serde_json::json!({
                    "konto": uppdrag.konto,
                    "insats": uppdrag.insats,
                    "organisation": uppdrag.organisation,
                    "fran": uppdrag.fran.to_string(),
                    "till": uppdrag.till.map(|d| d.to_string()),
                    "utbildad": uppdrag.utbildad.to_string(),
                }),
            },
            svar: uppdrag.id,
        })
    }
}

/// Ends an assignment.
#[derive(Clone, Debug)]
pub struct AvslutaUppdrag {
    /// Which.
    pub uppdrag: UppdragId,
    /// The last day it opens anything.
    pub sist: Date,
}

impl Anvandningsfall for AvslutaUppdrag {
    const ATGARD: Atgard = Atgard::TilldelaUppdrag;
    type Laddat = Uppdragslista;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Uppdragslista, Problem> {
        Ok(store::deltagare::uppdrag::alla(k, permit)?)
    }

    fn planera(&self, laddat: Uppdragslista, _: &mut Miljo) -> Result<Plan<()>, Problem> {
        let rad = laddat.uppdrag.iter().find(|u| u.uppdrag.id == self.uppdrag);
        let u = rad.ok_or_else(Problem::finns_inte)?.uppdrag;
        if u.till.is_some_and(|sist| sist <= self.sist) {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "uppdrag-slut",
                "Uppdraget är redan avslutat.",
                "Ladda om sidan.",
            ));
        }
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::AvslutaUppdrag {
                uppdrag: u.id,
                sist: self.sist,
            })],
            handelse: Handelse {
                slag: "uppdrag-avslutat".into(),
                objekt: format!("uppdrag {}", u.id),
                text: "Ett uppdrag att se deltagare avslutades.".into(),
                data: serde_json::json!({ "konto": u.konto, "insats": u.insats,
                    "sist": self.sist.to_string() }),
            },
            svar: (),
        })
    }
}
