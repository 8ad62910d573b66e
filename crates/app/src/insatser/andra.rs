//! Somebody edits the texts of an initiative.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::journal::Handelse;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// The longest text of a field, in characters.
pub const LANGSTA_TEXT: usize = 20_000;

/// New texts for an initiative.
#[derive(Clone, Debug)]
pub struct AndraInsats {
    /// Which.
    pub insats: InsatsId,
    /// The version the person saw.
    pub version: i64,
    /// The texts.
    pub text: InsatsText,
    /// What happens afterwards.
    pub fortsattning: Fortsattning,
}

impl Anvandningsfall for AndraInsats {
    const ATGARD: Atgard = Atgard::AndraInsats;
    type Laddat = Bocker;
    /// The new version.
    type Svar = i64;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, _: &Bocker, _: Date) -> Brister {
        let t = &self.text;
        let mut fel = Brister::default();
        for (namn, text) in [
            ("beskrivning", &t.beskrivning),
            ("malgrupp", &t.malgrupp),
            ("mal", &t.mal),
            ("kommentar", &t.kommentar),
            ("resultat", &t.resultat),
            ("fortsattning", &t.fortsattning),
        ] {
            fel.prova(prova_text(namn, text));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<i64>, Problem> {
        let insats = bocker.insats(self.insats).ok_or_else(Problem::finns_inte)?;
        self.prova_version(insats)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        Ok(Plan {
            andringar: vec![Andring::AndraInsats {
                insats: self.insats,
                vantad_version: self.version,
                text: self.text.clone(),
                fortsattning: self.fortsattning,
            }],
            handelse: Handelse {
                slag: "insats-andrad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("Texterna för {} ändrades.", insats.namn),
                data: serde_json::json!({
                    "version": self.version + 1,
                    "fortsattning": self.fortsattning,
                    "falt": andrade_falt(&insats.text, &self.text),
                }),
            },
            svar: self.version + 1,
        })
    }
}

impl AndraInsats {
    fn prova_version(&self, insats: &Insats) -> Result<(), Problem> {
        if insats.version == self.version {
            return Ok(());
        }
        Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "insats-andrad-av-annan",
            "Någon annan har ändrat insatsen medan du skrev.",
            "Jämför texterna nedan, välj vad som ska gälla och spara igen.",
        ))
    }
}

/// Checks that a text is not too long.
pub(super) fn prova_text(falt: &str, text: &str) -> Result<(), Problem> {
    let tecken = text.chars().count();
    if tecken <= LANGSTA_TEXT {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "text-for-lang",
        format!("Texten är {tecken} tecken. Den får vara högst {LANGSTA_TEXT}."),
        "Korta texten eller lägg det utförliga i en bilaga.",
    )
    .i_falt(falt))
}

/// Which fields changed: the journal says which, not what, so that it never holds free text.
fn andrade_falt(fore: &InsatsText, efter: &InsatsText) -> Vec<&'static str> {
    [
        ("beskrivning", fore.beskrivning != efter.beskrivning),
        ("malgrupp", fore.malgrupp != efter.malgrupp),
        ("mal", fore.mal != efter.mal),
        ("kommentar", fore.kommentar != efter.kommentar),
        ("resultat", fore.resultat != efter.resultat),
        ("fortsattning", fore.fortsattning != efter.fortsattning),
    ]
    .into_iter()
    .filter_map(|(namn, andrat)| andrat.then_some(namn))
    .collect()
}
