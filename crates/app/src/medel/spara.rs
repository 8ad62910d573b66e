//! A distribution is saved as a person sees it: the amounts, and the warnings that person says
//! why to leave. What is warned for and not explained is asked about before it is saved.

use super::stod::{Fordelningsstod, varningar_i};
use super::{AndraFordelning, Andrad, andrad_av_annan, version_av};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::InsatsId;
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::varning::{Varning, VarningRegel};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// A warning that somebody ticked: it holds for this amount only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kryssad {
    /// The row.
    pub insats: InsatsId,
    /// The column.
    pub ar: i16,
    /// What it is warned for.
    pub regel: VarningRegel,
    /// The amount it was ticked for.
    pub belopp: Ore,
}

impl Kryssad {
    /// Whether it is this warning that was ticked.
    #[must_use]
    pub fn ar(&self, v: &Varning) -> bool {
        (self.insats, self.ar, self.regel, self.belopp) == (v.insats, v.ar, v.regel, v.belopp)
    }
}

/// Saves what is typed in the distribution, and explains warnings.
#[derive(Clone, Debug)]
pub struct SparaFordelning {
    /// The amounts.
    pub andring: AndraFordelning,
    /// The warnings that were ticked.
    pub kryssade: Vec<Kryssad>,
    /// Why they are right.
    pub varfor: String,
}

/// The books, and what stands beside the distribution.
#[derive(Debug)]
pub struct Laddat {
    bocker: Bocker,
    stod: Fordelningsstod,
}

impl Anvandningsfall for SparaFordelning {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Laddat;
    /// How many amounts changed.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Laddat, Problem> {
        Ok(Laddat {
            bocker: store::bocker::las(k, permit)?,
            stod: Fordelningsstod::las(k, permit)?,
        })
    }

    fn brister(&self, laddat: &Laddat, idag: Date) -> Brister {
        let bok = Bok::av(Arc::new(laddat.bocker.clone()), None);
        let mut fel = Brister::default();
        if !self.bara_kryss(&bok) {
            fel = self.andring.brister(&laddat.bocker, idag);
        }
        let kryssade = self.kryssade(&bok, &laddat.stod);
        for v in self.oforklarade(&bok, &laddat.stod) {
            fel.prova::<()>(Err(oforklarad(&v)));
        }
        if !kryssade.is_empty() {
            fel.prova(prova_orsak(&self.varfor).map_err(|p| p.i_falt("varfor")));
        }
        fel
    }

    fn planera(&self, laddat: Laddat, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        let bok = Bok::av(Arc::new(laddat.bocker.clone()), None);
        // What somebody else has saved is told before anything is asked.
        let andring = &self.andring;
        if version_av(&bok, andring.bidrag, andring.version.as_deref()) != andring.sedd {
            return Err(andrad_av_annan());
        }
        let kryssade = self.kryssade(&bok, &laddat.stod);
        let varfor = prova_orsak(&self.varfor).map_err(|p| p.i_falt("varfor"));
        if let Some(v) = self.oforklarade(&bok, &laddat.stod).first() {
            return Err(oforklarad(v));
        }
        let mut plan = if self.bara_kryss(&bok) {
            let bidrag = bok.bidrag(self.andring.bidrag);
            bidrag.ok_or_else(Problem::finns_inte)?;
            Plan {
                andringar: Vec::new(),
                handelse: Handelse {
                    slag: "varning-godtagen".into(),
                    objekt: format!("bidrag {}", self.andring.bidrag),
                    text: "Varningar i en fördelning förklarades.".into(),
                    data: serde_json::json!({ "antal": kryssade.len() }),
                },
                svar: 0,
            }
        } else {
            self.andring.planera(laddat.bocker, miljo)?
        };
        for v in kryssade {
            plan.andringar.push(Andring::GodtaVarning {
                bidrag: self.andring.bidrag,
                insats: v.insats,
                ar: v.ar,
                regel: v.regel,
                belopp: v.belopp,
                motivering: varfor.clone()?,
            });
        }
        Ok(plan)
    }
}

impl SparaFordelning {
    fn andrade(&self) -> Vec<(InsatsId, i16, Option<Ore>)> {
        let celler = self.andring.celler.iter();
        celler
            .map(|c| (c.insats, c.ar, c.belopp.map(|b| b.ore)))
            .collect()
    }

    fn ar_andrad(&self, bok: &Bok, c: &Andrad) -> bool {
        let urval = Urval::bidrag(self.andring.bidrag)
            .for_insats(c.insats)
            .ar(c.ar);
        bok.varde(Matt::FordelatNytt, &urval).kant() != c.belopp.map(|b| b.ore.0)
    }

    /// No amount differs from the books: only warnings are explained.
    fn bara_kryss(&self, bok: &Bok) -> bool {
        !self.kryssade.is_empty() && !self.andring.celler.iter().any(|c| self.ar_andrad(bok, c))
    }

    /// The warnings there are, of those that were ticked and not explained before.
    fn kryssade(&self, bok: &Bok, stod: &Fordelningsstod) -> Vec<Varning> {
        let mut alla = varningar_i(bok, stod, self.andring.bidrag, &self.andrade());
        alla.retain(|v| {
            let forklarad = stod.forklaring(self.andring.bidrag, v).is_some();
            !forklarad && self.kryssade.iter().any(|k| k.ar(v))
        });
        alla
    }

    /// The warnings of the amounts that change, neither ticked nor explained before.
    fn oforklarade(&self, bok: &Bok, stod: &Fordelningsstod) -> Vec<Varning> {
        let andrade: BTreeSet<(InsatsId, i16)> = self
            .andring
            .celler
            .iter()
            .filter(|c| self.ar_andrad(bok, c))
            .map(|c| (c.insats, c.ar))
            .collect();
        let mut alla = varningar_i(bok, stod, self.andring.bidrag, &self.andrade());
        alla.retain(|v| {
            andrade.contains(&(v.insats, v.ar))
                && !self.kryssade.iter().any(|k| k.ar(v))
                && stod.forklaring(self.andring.bidrag, v).is_none()
        });
        alla
    }
}

/// The name of a warning's box in a form: another amount has another name.
#[must_use]
pub fn kryssnamn(v: &Varning) -> String {
    let regel = v.regel.kod();
    format!("ok.{regel}.{}.{}.{}", v.insats, v.ar, v.belopp.0)
}

/// The warning that a box of this name is about.
#[must_use]
pub fn kryss_av(namn: &str) -> Option<Kryssad> {
    let mut delar = namn.strip_prefix("ok.")?.split('.');
    Some(Kryssad {
        regel: VarningRegel::av_kod(delar.next()?)?,
        insats: delar.next()?.parse().ok().and_then(InsatsId::ny)?,
        ar: delar.next()?.parse().ok()?,
        belopp: Ore(delar.next()?.parse().ok()?),
    })
}

fn oforklarad(v: &Varning) -> Problem {
    Problem::ogiltigt(
        "fordelning-varning",
        v.text.clone(),
        "Ändra beloppet, eller kryssa för att det stämmer och skriv varför.",
    )
    .i_falt(kryssnamn(v))
}

#[cfg(test)]
mod tests;
