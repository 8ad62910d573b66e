//! A grant is entered by hand.

use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_kalla;
use crate::miljo::Miljo;
use crate::namn::{ledig, organisation, prova_ar, prova_namn};
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::id::OrganisationId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::Bidrag;
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::pengar::{Ore, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::svensk::sokform;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// A year of the grant, as it was typed in one row of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bidragsar {
    /// Which row of the form, from 1: errors name its fields.
    pub rad: usize,
    /// The year.
    pub ar: i16,
    /// What the funder has granted, or why there is no amount.
    pub tilldelat: Varde,
    /// How exactly it was stated.
    pub precision: Precision,
    /// How settled it is.
    pub sakerhet: Sakerhet,
}

/// Enters a grant.
#[derive(Clone, Debug)]
pub struct SkapaBidrag {
    /// Its name.
    pub namn: String,
    /// The name of who gives it; entered in the register when it is new.
    pub finansiar: String,
    /// The programme or call.
    pub program: String,
    /// What it is for.
    pub andamal: String,
    /// Diary number.
    pub diarienummer: String,
    /// Whether unspent money may be carried over; `None` when the terms are unknown.
    pub overforing: Option<bool>,
    /// Its years: at least one.
    pub ar: Vec<Bidragsar>,
    /// Where the amounts come from.
    pub orsak: String,
}

impl Anvandningsfall for SkapaBidrag {
    const ATGARD: Atgard = Atgard::SkapaBidrag;
    type Laddat = Bocker;
    /// Its part of addresses.
    type Svar = String;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, _: Date) -> Brister {
        let mut fel = Brister::default();
        if let Some(namn) = fel.prova(prova_namn(&self.namn, "bidraget", "namn")) {
            fel.prova(prova_nytt(bocker, &namn));
        }
        fel.prova(prova_namn(&self.finansiar, "finansiären", "finansiar"));
        self.prova_aren(&mut fel);
        fel.prova(prova_kalla(&self.orsak));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<String>, Problem> {
        self.brister(&bocker, miljo.idag()).neka()?;
        let namn = prova_namn(&self.namn, "bidraget", "namn")?;
        let givare = prova_namn(&self.finansiar, "finansiären", "finansiar")?;
        let mut ar = self.ar.clone();
        let orsak = prova_kalla(&self.orsak)?;
        let (finansiar, ny) = organisation(&bocker, &givare, OrganisationSlag::Annan, miljo)?;
        let slug = ledig(&namn, bocker.bidrag.iter().map(|b| b.slug.as_str()))?;
        let id = miljo.bidrag();
        ar.sort_unstable_by_key(|a| a.ar);
        let bidrag = Bidrag {
            id,
            slug: slug.clone(),
            namn: namn.clone(),
            finansiar,
            program: text(&self.program),
            program_ar: None,
            ar: ar.iter().map(|a| a.ar).collect(),
            andamal: text(&self.andamal),
            overforing_tillaten: self.overforing,
            diarienummer: text(&self.diarienummer),
        };
        let fakta = ar.iter().map(|a| Andring::NyttFaktum {
            id: miljo.faktum(),
            faktum: Box::new(tilldelat(&bidrag, finansiar, a, &orsak)),
        });
        let fakta: Vec<Andring> = fakta.collect();
        Ok(Plan {
            andringar: ny
                .into_iter()
                .chain([Andring::NyttBidrag(bidrag)])
                .chain(fakta)
                .collect(),
            handelse: Handelse {
                slag: "bidrag-skapat".into(),
                objekt: format!("bidrag {id}"),
                text: format!("Bidraget {namn} lades upp."),
                data: serde_json::json!({ "ar": ar.iter().map(|a| a.ar).collect::<Vec<_>>() }),
            },
            svar: slug,
        })
    }
}

/// One more with the same name would be taken for the first.
fn prova_nytt(bocker: &Bocker, namn: &str) -> Result<(), Problem> {
    let sokt = sokform(namn);
    if bocker.bidrag.iter().all(|b| sokform(&b.namn) != sokt) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "bidrag-finns",
        format!("Bidraget {namn} finns redan."),
        "Öppna det under Medel, eller ge det nya ett namn som skiljer dem åt.",
    )
    .i_falt("namn"))
}

fn text(skrivet: &str) -> Option<String> {
    Some(skrivet.trim().to_owned()).filter(|t| !t.is_empty())
}

fn tilldelat(b: &Bidrag, finansiar: OrganisationId, ar: &Bidragsar, orsak: &str) -> NyttFaktum {
    let galler = Galler {
        bidrag: Some(b.id),
        finansiar: Some(finansiar),
        ar: Some(ar.ar),
        ..Galler::default()
    };
    NyttFaktum {
        precision: ar.precision,
        sakerhet: ar.sakerhet,
        orsak: Some(orsak.to_owned()),
        ..NyttFaktum::nytt(FaktumSlag::Tilldelat, galler, ar.tilldelat)
    }
}

impl SkapaBidrag {
    fn prova_aren(&self, fel: &mut Brister) {
        if self.ar.is_empty() {
            fel.prova::<()>(Err(Problem::ogiltigt(
                "bidrag-utan-ar",
                "Bidraget har inget år.",
                "Skriv minst ett år, också om beloppet inte är beslutat.",
            )
            .i_falt("ar-1")));
        }
        let mut sedda = BTreeSet::new();
        for a in &self.ar {
            if fel
                .prova(prova_ar(a.ar, &format!("ar-{}", a.rad)))
                .is_some()
            {
                fel.prova(prova_en_gang(a, &mut sedda));
            }
            fel.prova(prova_belopp(a));
        }
    }
}

fn prova_en_gang(a: &Bidragsar, sedda: &mut BTreeSet<i16>) -> Result<(), Problem> {
    if sedda.insert(a.ar) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "bidrag-samma-ar",
        format!("Året {} står två gånger.", a.ar),
        "Ta bort det ena, eller rätta året.",
    )
    .i_falt(format!("ar-{}", a.rad)))
}

fn prova_belopp(a: &Bidragsar) -> Result<(), Problem> {
    if a.tilldelat.kant().is_none_or(|tal| Ore(tal) >= Ore::NOLL) {
        return Ok(());
    }
    Err(Problem::ogiltigt(
        "bidrag-negativt",
        "Ett bidrag kan inte vara under noll.",
        "Skriv noll eller mer.",
    )
    .i_falt(format!("belopp-{}", a.rad)))
}

#[cfg(test)]
mod tests;
