//! A fact is corrected by a new fact that points at it.

use super::prova_orsak;
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::lasning::Bok;
use crate::medel::{Beslutsval, efter_avslut, prova_ryms};
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, NyttFaktum, gallande};
use utfall_domain::id::FaktumId;
use utfall_domain::journal::Handelse;
use utfall_domain::pengar::Precision;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// What the fact becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rattelse {
    /// Another figure, stated this exactly.
    NyttVarde(Varde, Precision),
    /// It never should have been there.
    Stryk,
}

/// Corrects a fact.
#[derive(Clone, Debug)]
pub struct RattaFaktum {
    /// Which fact.
    pub faktum: FaktumId,
    /// What it becomes.
    pub rattelse: Rattelse,
    /// Why.
    pub orsak: String,
    /// The decision behind it. Needed for an amount that a decision has distributed.
    pub beslut: Beslutsval,
    /// Made after the grant's year was closed.
    pub efter_avslut: bool,
}

/// What a decision has distributed is changed by a decision only, in whichever form. What is
/// read in a paper has no decision in the books yet, and is put right without one.
#[must_use]
pub fn kraver_beslut(f: &Faktum) -> bool {
    f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none() && f.fakta.beslut.is_some()
}

impl Anvandningsfall for RattaFaktum {
    const ATGARD: Atgard = Atgard::RattaFaktum;
    type Laddat = Bocker;
    type Svar = FaktumId;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let mut fel = Brister::default();
        let gammalt = bocker.fakta.iter().find(|f| f.id == self.faktum);
        if let Some(gammalt) = gammalt {
            fel.prova(self.prova_andring(gammalt));
        }
        fel.prova(prova_orsak(&self.orsak));
        if let Some(gammalt) = gammalt {
            if kraver_beslut(gammalt) {
                self.beslut
                    .brister(bocker, idag, "Ett beslutat belopp rättas", &mut fel);
            }
            let nytt = vec![self.nytt(gammalt, "")];
            fel.prova(prova_overford(bocker, gammalt, &nytt));
            fel.prova(efter_avslut(bocker, nytt, self.efter_avslut));
        }
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<FaktumId>, Problem> {
        let gammalt = bocker
            .fakta
            .iter()
            .find(|f| f.id == self.faktum)
            .cloned()
            .ok_or_else(Problem::finns_inte)?;
        prova_inte_bokfort(&gammalt)?;
        self.prova_gallande(&bocker)?;
        self.prova_agare(&bocker)?;
        self.brister(&bocker, miljo.idag()).neka()?;
        let orsak = prova_orsak(&self.orsak)?;
        let nytt = self.nytt(&gammalt, &orsak);
        let mut nytt = efter_avslut(&bocker, vec![nytt], self.efter_avslut)?
            .pop()
            .ok_or_else(Problem::finns_inte)?;
        let mut nytt_beslut = None;
        if kraver_beslut(&gammalt) {
            (nytt.beslut, nytt_beslut) = self.beslut.plan(gammalt.galler().bidrag, miljo);
        }
        let id = miljo.faktum();
        if let (FaktumSlag::Fordelat, None, Some(bidrag)) =
            (nytt.slag, &nytt.galler.version, nytt.galler.bidrag)
        {
            let bok = Bok::av(Arc::new(bocker), None);
            prova_ryms(&bok, bidrag, std::slice::from_ref(&nytt))?;
        }
        let faktum = Box::new(nytt);
        let ny = Andring::NyttFaktum { id, faktum };
        Ok(Plan {
            andringar: nytt_beslut.into_iter().chain([ny]).collect(),
            handelse: Handelse {
                slag: "faktum-rattat".into(),
                objekt: format!("faktum {}", self.faktum),
                text: self.handelsetext(&gammalt),
                data: serde_json::json!({ "rattar": self.faktum, "nytt": id }),
            },
            svar: id,
        })
    }
}

/// An amount that is carried over stays within terms and consent when it is corrected too.
fn prova_overford(bocker: &Bocker, gammalt: &Faktum, nya: &[NyttFaktum]) -> Result<(), Problem> {
    let mindre = |ny: &NyttFaktum| {
        let tal = ny.varde.kant().zip(gammalt.varde().kant());
        ny.struken || tal.is_some_and(|(nytt, forr)| nytt <= forr)
    };
    nya.iter()
        .filter(|ny| ny.slag == FaktumSlag::Overfort && !mindre(ny))
        .try_for_each(|ny| crate::medel::prova_overforing(bocker, ny))
}

/// A sum of booked rows follows the accounts: a correction beside them would be counted twice
/// with the next file.
fn prova_inte_bokfort(gammalt: &Faktum) -> Result<(), Problem> {
    if gammalt.fakta.bokforing.is_none() {
        return Ok(());
    }
    Err(Problem::nytt(
        ProblemSlag::Konflikt,
        "faktum-bokfort",
        "Uppgiften är summan av det som är bokfört och rättas inte för hand.",
        "Gå till Medel, Bokföring. Rätta i ekonomisystemet och läs in filen på nytt, ändra \
         kopplingen, eller ta tillbaka verifikationen om den är inskriven för hand.",
    ))
}

impl RattaFaktum {
    /// The fact that takes the old one's place. That the old one was made after a closing does
    /// not make this one allowed there.
    fn nytt(&self, gammalt: &Faktum, orsak: &str) -> NyttFaktum {
        let mut nytt = gammalt.fakta.clone();
        nytt.rattar = Some(gammalt.id);
        nytt.orsak = Some(orsak.to_owned());
        nytt.efter_avslut = false;
        match self.rattelse {
            Rattelse::Stryk => nytt.struken = true,
            Rattelse::NyttVarde(varde, precision) => {
                (nytt.varde, nytt.precision) = (varde, precision);
                // The figure no longer comes from the paper.
                nytt.kalla = None;
            }
        }
        nytt
    }

    fn handelsetext(&self, gammalt: &Faktum) -> String {
        let bekraftat = match self.rattelse {
            Rattelse::NyttVarde(varde, precision) => {
                varde == gammalt.varde() && precision == gammalt.fakta.precision
            }
            Rattelse::Stryk => false,
        };
        let ord = if bekraftat {
            "bekräftades"
        } else {
            "rättades"
        };
        format!("Uppgiften {} {ord}.", gammalt.fakta.slag.text())
    }

    fn prova_gallande(&self, bocker: &Bocker) -> Result<(), Problem> {
        if gallande(&bocker.fakta, None)
            .iter()
            .any(|f| f.id == self.faktum)
        {
            return Ok(());
        }
        Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "faktum-redan-rattat",
            "Uppgiften är redan rättad av någon annan.",
            "Ladda om sidan och rätta den uppgift som gäller nu.",
        ))
    }

    /// What a requisition or a repayment has made is changed there: one figure, one place.
    fn prova_agare(&self, bocker: &Bocker) -> Result<(), Problem> {
        match crate::medel::agare(bocker, self.faktum) {
            None => Ok(()),
            Some(agare) => Err(Problem::ogiltigt(
                "faktum-har-agare",
                format!("Uppgiften hör till {agare}."),
                format!("Ändra den i {agare}, så följer siffran med."),
            )),
        }
    }

    /// What a paper says may be confirmed: it is then a person's word, also where the paper
    /// says something else as well. What a person has said is not said again.
    fn prova_andring(&self, gammalt: &Faktum) -> Result<(), Problem> {
        let samma = self.rattelse == Rattelse::NyttVarde(gammalt.varde(), gammalt.fakta.precision);
        if !samma || gammalt.fakta.kalla.is_some() {
            return Ok(());
        }
        Err(Problem::ogiltigt(
            "rattelse-utan-andring",
            "Det nya värdet är samma som det gamla.",
            "Skriv det rätta värdet, eller låt uppgiften vara.",
        )
        .i_falt("belopp"))
    }
}
