//! Participants who are only counted: those who did not want to be registered (doman.md 1.2).

use super::{insatsnamn, prova_oppen};
use crate::Tjanst;
use crate::brister::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::andring::Andring;
use utfall_domain::deltagare::andring::{Deltagarandring, NyttAnonymantal};
use utfall_domain::deltagare::kodlista::Listnamn;
use utfall_domain::deltagare::kodlista::version::gallande;
use utfall_domain::deltagare::rad::Anonyma;
use utfall_domain::id::{InsatsId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::deltagare::{Behorighet, Insatsnamn, Raknade};

/// At most so many of a sex in a year: more is a slip of the finger.
const FLEST: u64 = 100_000;
/// No register is older.
const FORSTA_AR: i16 = 1990;

/// Says how many were only counted in a year: what was said before no longer holds.
#[derive(Clone, Debug)]
pub struct RaknaAnonyma {
    /// In which initiative.
    pub insats: InsatsId,
    /// At which performer.
    pub organisation: OrganisationId,
    /// The calendar year.
    pub ar: i16,
    /// How many of each sex, by its code. What is left out is not said.
    pub antal: BTreeMap<String, u64>,
    /// How many times it had been said, as the person saw it; 0 for never.
    pub sedd: i64,
    /// Today.
    pub idag: Date,
}

/// What saying it needs to know.
#[derive(Debug)]
pub struct Vidrakning {
    oppet: Behorighet,
    insatser: Vec<Insatsnamn>,
    raknade: Vec<Raknade>,
}

/// What was counted in one's initiatives, and which those are.
#[derive(Clone, Debug)]
pub struct Raknat {
    /// The initiatives of one's assignments.
    pub insatser: Vec<Insatsnamn>,
    /// What has been said, by initiative and year.
    pub raknade: Vec<Raknade>,
}

impl RaknaAnonyma {
    fn fel(&self, idag: Date) -> Vec<Problem> {
        let mut fel = Vec::new();
        if !(FORSTA_AR..=idag.year()).contains(&self.ar) {
            let text = format!("Året ska vara {FORSTA_AR}–{}.", idag.year());
            let atgard = "Välj året då personerna deltog.";
            fel.push(Problem::ogiltigt("anonyma-ar", text, atgard).i_falt("ar"));
        }
        if self.antal.is_empty() {
            let text = "Inget antal är ifyllt.";
            let atgard = "Skriv hur många det var. Var det ingen: skriv 0.";
            fel.push(Problem::ogiltigt("anonyma-tomt", text, atgard).i_falt("kvinna"));
        }
        let lista = gallande(Listnamn::Kon, &[], idag);
        for (kon, antal) in &self.antal {
            if lista.is_none_or(|l| l.finn(kon).is_none()) {
                let text = "Könet finns inte i listan.";
                fel.push(Problem::ogiltigt("anonyma-kon", text, "Ladda om sidan."));
            }
            if *antal > FLEST {
                let text = format!("Antalet är över {FLEST}.");
                let atgard = "Kontrollera antalet siffror.";
                fel.push(Problem::ogiltigt("anonyma-for-manga", text, atgard).i_falt(kon));
            }
        }
        fel
    }

    fn sagt(&self, laddat: &Vidrakning) -> i64 {
        let var = (self.insats, self.organisation, self.ar);
        let samma = |r: &&Raknade| (r.anonyma.insats, r.anonyma.organisation, r.anonyma.ar) == var;
        laddat.raknade.iter().find(samma).map_or(0, |r| r.nr)
    }
}

impl Anvandningsfall for RaknaAnonyma {
    const ATGARD: Atgard = Atgard::RegistreraDeltagare;
    type Laddat = Vidrakning;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Vidrakning, Problem> {
        let oppet = store::deltagare::uppdrag::behorighet(k, permit, self.idag)?;
        Ok(Vidrakning {
            insatser: store::deltagare::las::insatser(k, &oppet)?,
            raknade: store::deltagare::anonyma::oppna(k, &oppet)?,
            oppet,
        })
    }

    fn brister(&self, _: &Vidrakning, idag: Date) -> Brister {
        Brister::default().med(self.fel(idag))
    }

    fn planera(&self, laddat: Vidrakning, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        prova_oppen(&laddat.oppet, self.insats, self.organisation)?;
        if self.sagt(&laddat) != self.sedd {
            return Err(Problem::nytt(
                ProblemSlag::Konflikt,
                "anonyma-andrat",
                "Någon annan har ändrat antalet medan du skrev.",
                "Gå tillbaka till sidan, se vad som står där och skriv igen.",
            ));
        }
        self.brister(&laddat, miljo.idag()).neka()?;
        let namn = insatsnamn(&laddat.insatser, self.insats);
        let ny = NyttAnonymantal {
            anonyma: Anonyma {
                insats: self.insats,
                organisation: self.organisation,
                ar: self.ar,
                antal: self.antal.clone(),
            },
            nr: self.sedd.saturating_add(1),
        };
        Ok(Plan {
            andringar: vec![Andring::Deltagare(Deltagarandring::Anonyma(ny))],
            handelse: Handelse {
                slag: "deltagare-raknade".into(),
                objekt: format!("insats {}", self.insats),
                text: format!(
                    "Deltagare utan uppgifter räknades i {namn} för {}.",
                    self.ar
                ),
                data: serde_json::json!({ "insats": self.insats, "ar": self.ar }),
            },
            svar: (),
        })
    }
}

impl Tjanst {
    /// How many were only counted in the initiatives of one's assignments. No persons, so nothing
    /// is told of it.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn raknade(&self, aktor: &Aktor) -> Result<Raknat, Problem> {
        let permit = prova(aktor, Atgard::LasaDeltagare)?;
        let idag = tid::dag(self.klocka.nu());
        self.db
            .las_samtidigt(move |k| -> Result<_, Problem> {
                let oppet = store::deltagare::uppdrag::behorighet(k, &permit, idag)?;
                Ok(Raknat {
                    insatser: store::deltagare::las::insatser(k, &oppet)?,
                    raknade: store::deltagare::anonyma::oppna(k, &oppet)?,
                })
            })
            .await
    }
}
