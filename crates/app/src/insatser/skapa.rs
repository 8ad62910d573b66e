//! An initiative is entered by hand.

use super::andra::prova_text;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::miljo::Miljo;
use crate::namn::{ledig, organisation, prova_ar, prova_namn};
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::BidragId;
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::journal::Handelse;
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::problem::Problem;
use utfall_domain::svensk::sokform;
use utfall_store as store;
use utfall_store::Las;

/// Enters an initiative.
#[derive(Clone, Debug)]
pub struct SkapaInsats {
    /// Its name.
    pub namn: String,
    /// The grant that pays it, when one does.
    pub bidrag: Option<BidragId>,
    /// The name of who answers for it; entered in the register when it is new. Empty when
    /// nobody is named.
    pub ansvarig: String,
    /// First year.
    pub start_ar: Option<i16>,
    /// Last year.
    pub slut_ar: Option<i16>,
    /// What it does and for whom.
    pub beskrivning: String,
    /// Who it is for.
    pub malgrupp: String,
    /// What it shall reach: a goal a line.
    pub mal: String,
}

impl Anvandningsfall for SkapaInsats {
    const ATGARD: Atgard = Atgard::SkapaInsats;
    type Laddat = Bocker;
    /// Its part of addresses.
    type Svar = String;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        if let Some(namn) = fel.prova(prova_namn(&self.namn, "insatsen", "namn")) {
            fel.prova(self.prova_ny(bocker, &namn));
        }
        if !self.ansvarig.trim().is_empty() {
            fel.prova(prova_namn(&self.ansvarig, "den ansvariga", "ansvarig"));
        }
        self.prova_aren(&mut fel);
        for (falt, text) in [
            ("beskrivning", &self.beskrivning),
            ("malgrupp", &self.malgrupp),
            ("mal", &self.mal),
        ] {
            fel.prova(prova_text(falt, text));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<String>, Problem> {
        if self.bidrag.is_some_and(|id| bocker.bidrag(id).is_none()) {
            return Err(Problem::finns_inte());
        }
        self.brister(&bocker, miljo.idag()).neka()?;
        let namn = prova_namn(&self.namn, "insatsen", "namn")?;
        let (ansvariga, ny) = match self.ansvarig.trim() {
            "" => (Vec::new(), None),
            ansvarig => {
                let ansvarig = prova_namn(ansvarig, "den ansvariga", "ansvarig")?;
                let (id, ny) = organisation(&bocker, &ansvarig, OrganisationSlag::Annan, miljo)?;
                (vec![id], ny)
            }
        };
        let slug = ledig(&namn, bocker.insatser.iter().map(|i| i.slug.as_str()))?;
        let id = miljo.insats();
        let insats = Insats {
            id,
            slug: slug.clone(),
            namn: namn.clone(),
            bidrag: self.bidrag,
            start_ar: self.start_ar,
            slut_ar: self.slut_ar,
            ansvariga,
            text: InsatsText {
                beskrivning: self.beskrivning.trim().to_owned(),
                malgrupp: self.malgrupp.trim().to_owned(),
                mal: self.mal.trim().to_owned(),
                ..InsatsText::default()
            },
            fortsattning: Fortsattning::Okand,
            tjanster: Vec::new(),
            reserv: false,
            version: 1,
        };
        Ok(Plan {
            andringar: ny.into_iter().chain([Andring::NyInsats(insats)]).collect(),
            handelse: Handelse {
                slag: "insats-skapad".into(),
                objekt: format!("insats {id}"),
                text: format!("Insatsen {namn} lades upp."),
                data: serde_json::json!({ "bidrag": self.bidrag }),
            },
            svar: slug,
        })
    }
}

impl SkapaInsats {
    fn prova_ny(&self, bocker: &Bocker, namn: &str) -> Result<(), Problem> {
        let sokt = sokform(namn);
        let samma = |i: &Insats| i.bidrag == self.bidrag && sokform(&i.namn) == sokt;
        if !bocker.insatser.iter().any(samma) {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "insats-finns",
            format!("Insatsen {namn} finns redan."),
            "Öppna den under Insatser, eller ge den nya ett namn som skiljer dem åt.",
        )
        .i_falt("namn"))
    }

    fn prova_aren(&self, fel: &mut Brister) {
        let mut ar = |ar: Option<i16>, falt| fel.prova(prova_ar(ar?, falt));
        let aren = (ar(self.start_ar, "start"), ar(self.slut_ar, "slut"));
        if let (Some(start), Some(slut)) = aren
            && slut < start
        {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "insats-ar-ordning",
                format!("Insatsen slutar {slut} men börjar {start}."),
                format!("Skriv ett sista år som är {start} eller senare."),
            )
            .i_falt("slut")));
        }
    }
}
