//! A participant is entered.

use super::{forsta, insatsnamn, objekt, prova_oppen};
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::{Deltagarandring, Fro, NyttDeltagande, Person};
use utfall_domain::deltagare::deltagande::{Deltagande, Intrade, Lage, Listor};
use utfall_domain::deltagare::uppgifter::{Behandlingsgrund, Inskrivet, Kand, Uppgifter};
use utfall_domain::id::{DeltagandeId, InsatsId, OrganisationId, PersonId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::Problem;
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::{Behorighet, Deltagarbild, Insatsnamn};

/// Enters a participant.
#[derive(Clone, Debug)]
pub struct RegistreraDeltagare {
    /// In which initiative.
    pub insats: InsatsId,
    /// At which performer.
    pub organisation: OrganisationId,
    /// Who, as typed.
    pub vem: Inskrivet,
    /// On what ground it is kept, and what the person was told.
    pub grund: Behandlingsgrund,
    /// How it began.
    pub intrade: Intrade,
    /// What keys are made of.
    pub fro: Fro,
    /// Today.
    pub idag: Date,
}

/// What entering needs to know.
#[derive(Debug)]
pub struct Vidinskrivning {
    oppet: Behorighet,
    insatser: Vec<Insatsnamn>,
    redan: Vec<Deltagarbild>,
    kand: Option<PersonId>,
}

impl RegistreraDeltagare {
    fn uppgifter(&self) -> Result<Uppgifter, Vec<Problem>> {
        self.vem.las(self.idag)
    }

    /// Whether the same person takes part there already. Only what the assignment shows is
    /// compared: nothing tells that somebody is known elsewhere.
    fn dubblett(&self, uppgifter: &Uppgifter, redan: &[Deltagarbild]) -> Option<Problem> {
        let samma = |b: &&Deltagarbild| b.uppgifter.kand == uppgifter.kand;
        let pagar = |b: &Deltagarbild| {
            let steg: Vec<_> = b.steg.iter().map(|s| s.vad.clone()).collect();
            let d = Deltagande::av(&steg).ok()?;
            matches!(d.lage, Lage::Pagaende).then_some(d.intrade.dag)
        };
        let sedan = redan.iter().filter(samma).find_map(pagar)?;
        let text = format!(
            "Personen deltar redan i insatsen, sedan den {}.",
            tid::i_ord(sedan)
        );
        let atgard = "Öppna personen i listan. Ska personen börja om: avsluta det pågående först.";
        Some(Problem::ogiltigt("deltagare-finns", text, atgard).i_falt("kand"))
    }

    fn prova_information(&self) -> Option<Problem> {
        let dag = self.grund.information.dag;
        let (text, atgard) = if dag > self.idag {
            let text = "Personen har inte fått informationen än.";
            (text, "Skriv dagen då personen fick informationen.")
        } else if dag > self.intrade.dag {
            // Dataskyddsförordningen 13.1: when the data is obtained, not afterwards.
            let text = "Personen fick informationen först efter att ha börjat.";
            (
                text,
                "Skriv dagen då personen fick den. Det ska vara senast första dagen.",
            )
        } else {
            return None;
        };
        Some(Problem::ogiltigt("deltagare-information", text, atgard).i_falt("informerad"))
    }
}

impl Anvandningsfall for RegistreraDeltagare {
    const ATGARD: Atgard = Atgard::RegistreraDeltagare;
    type Laddat = Vidinskrivning;
    type Svar = DeltagandeId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vidinskrivning, Problem> {
        let oppet = store::deltagare::uppdrag::behorighet(k, permit, self.idag)?;
        let var = (self.insats, self.organisation);
        let kand = match self.uppgifter() {
            Ok(Uppgifter {
                kand: Kand::Nummer(nummer),
                ..
            }) if oppet.oppnar(var.0, var.1) => {
                store::deltagare::las::kand(k, permit, self.organisation, &nummer)?
            }
            _ => None,
        };
        Ok(Vidinskrivning {
            insatser: store::deltagare::las::insatser(k, &oppet)?,
            redan: store::deltagare::las::insatsens(k, &oppet, var)?,
            kand,
            oppet,
        })
    }

    fn brister(&self, laddat: &Vidinskrivning, idag: Date) -> Brister {
        let mut fel = Vec::new();
        match self.uppgifter() {
            Ok(uppgifter) => fel.extend(self.dubblett(&uppgifter, &laddat.redan)),
            Err(alla) => fel.extend(alla),
        }
        let listor = Listor { egna: &[], idag };
        fel.extend(listor.prova_intrade(&self.intrade));
        fel.extend(self.prova_information());
        Brister::default().med(fel)
    }

    fn planera(
        &self,
        laddat: Vidinskrivning,
        miljo: &mut Miljo,
    ) -> Result<Plan<DeltagandeId>, Problem> {
        prova_oppen(&laddat.oppet, self.insats, self.organisation)?;
        self.brister(&laddat, miljo.idag()).neka()?;
        let uppgifter = self.uppgifter().map_err(forsta)?;
        let id = miljo.deltagande();
        let person = laddat
            .kand
            .map_or_else(|| Person::Ny(miljo.person()), Person::Kand);
        let ny = NyttDeltagande {
            id,
            person,
            insats: self.insats,
            organisation: self.organisation,
            uppgifter,
            grund: self.grund.clone(),
            uppgiftsrad: miljo.personrad(),
            intrade: self.intrade.clone(),
            stegrad: miljo.personrad(),
            fro: self.fro.clone(),
        };
        let namn = insatsnamn(&laddat.insatser, self.insats);
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::NyttDeltagande(
                Box::new(ny),
            ))],
            handelse: Handelse {
                slag: "deltagare-registrerad".into(),
                objekt: objekt(id),
                text: format!("En deltagare registrerades i {namn}."),
                data: serde_json::json!({ "insats": self.insats }),
            },
            svar: id,
        })
    }
}
