//! One row of a distribution is split over several boards or grants. The parts add up to the
//! row to the öre, and the row is what it was. Who gets what is decided, so a split needs a
//! decision as much as another amount does.

use super::fordela::{andrad_av_annan, prova_ryms};
use super::{Beslutsval, efter_avslut};
use crate::Brister;
use crate::dorr::{Anvandningsfall, Plan};
use crate::fakta::prova_orsak;
use crate::lasning::Bok;
use crate::miljo::Miljo;
use jiff::civil::Date;
use std::collections::HashSet;
use std::sync::Arc;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{BeslutId, BidragId, FaktumId, InsatsId, OrganisationId};
use utfall_domain::journal::Handelse;
use utfall_domain::medel::dela::i_kronor;
use utfall_domain::medel::kalkyl::{HEL, procent};
use utfall_domain::pengar::{NBSP, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store as store;
use utfall_store::Las;

/// How large a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delstorlek {
    /// An amount.
    Belopp(Ore),
    /// Thousandths of a per cent of the row.
    Procent(i64),
}

/// A part of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Del {
    /// The board or party that gets it.
    pub organisation: Option<OrganisationId>,
    /// The grant that pays it.
    pub bidrag: Option<BidragId>,
    /// How large it is.
    pub storlek: Delstorlek,
}

/// Splits the amount of a cell.
#[derive(Clone, Debug)]
pub struct DelaFordelning {
    /// The grant that the amount is of; `None` for money that a paper does not tell apart.
    pub bidrag: Option<BidragId>,
    /// The row.
    pub insats: InsatsId,
    /// The year; `None` where the paper names none.
    pub ar: Option<i16>,
    /// The last fact of the cell that the person saw.
    pub sedd: Option<FaktumId>,
    /// The parts, all in amounts or all in per cent.
    pub delar: Vec<Del>,
    /// The decision behind it.
    pub beslut: Beslutsval,
    /// Why.
    pub orsak: String,
    /// Made after a year that it touches was closed.
    pub efter_avslut: bool,
}

/// The facts of a cell, in force.
#[must_use]
pub fn cellens_fakta(
    bok: &Bok,
    (bidrag, insats, ar): (Option<BidragId>, InsatsId, Option<i16>),
) -> Vec<&Faktum> {
    bok.fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
        .filter(|f| f.galler().bidrag == bidrag && f.galler().insats == Some(insats))
        .filter(|f| f.galler().ar == ar)
        .collect()
}

impl Anvandningsfall for DelaFordelning {
    const ATGARD: Atgard = Atgard::AndraFordelning;
    type Laddat = Bocker;
    /// How many parts there are.
    type Svar = usize;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn brister(&self, bocker: &Bocker, idag: Date) -> Brister {
        let bok = Bok::av(Arc::new(bocker.clone()), None);
        let mut fel = Brister::default();
        let nu = cellens_fakta(&bok, self.cell());
        let belopp = fel.prova(summa(&nu));
        let delade = belopp.and_then(|belopp| fel.prova(self.delade(belopp)));
        self.prova_delar(bocker, &mut fel);
        self.beslut
            .brister(bocker, idag, "Ett belopp delas upp", &mut fel);
        fel.prova(prova_orsak(&self.orsak));
        // Parts that cannot be read still take the whole from where it is.
        let nya = self.nya(&bok, &nu, (&delade.unwrap_or_default(), "", None));
        fel.prova(efter_avslut(bocker, nya, self.efter_avslut));
        fel
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<usize>, Problem> {
        let insats = bocker.insats(self.insats).ok_or_else(Problem::finns_inte)?;
        let namn = insats.namn.clone();
        let bok = Bok::av(Arc::new(bocker), None);
        let nu = cellens_fakta(&bok, self.cell());
        if nu.iter().map(|f| f.id).max() != self.sedd {
            return Err(andrad_av_annan());
        }
        self.brister(&bok, miljo.idag()).neka()?;
        let belopp = summa(&nu)?;
        let orsak = prova_orsak(&self.orsak)?;
        let (beslut, nytt_beslut) = self.beslut.plan(self.bidrag, miljo);
        let nya = self.nya(&bok, &nu, (&self.delade(belopp)?, &orsak, beslut));
        let nya = efter_avslut(&bok, nya, self.efter_avslut)?;
        for bidrag in self
            .delar
            .iter()
            .filter_map(|d| d.bidrag)
            .collect::<HashSet<_>>()
        {
            prova_ryms(&bok, bidrag, &inom(&nya, bidrag))?;
        }
        let antal = self.delar.len();
        let andringar = nytt_beslut
            .into_iter()
            .chain(nya.into_iter().map(|f| Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(f),
            }))
            .collect();
        Ok(Plan {
            andringar,
            handelse: Handelse {
                slag: "fordelning-delad".into(),
                objekt: format!("insats {}", self.insats),
                text: format!("Beloppet till {namn} delades i {antal} delar."),
                data: serde_json::json!({ "ar": self.ar, "delar": antal, "beslut": beslut }),
            },
            svar: antal,
        })
    }
}

/// The new facts of one grant. A correction that takes money from another grant is nothing
/// that this grant gets back.
fn inom(nya: &[NyttFaktum], bidrag: BidragId) -> Vec<NyttFaktum> {
    nya.iter()
        .filter(|f| f.galler.bidrag == Some(bidrag))
        .cloned()
        .collect()
}

impl DelaFordelning {
    const fn cell(&self) -> (Option<BidragId>, InsatsId, Option<i16>) {
        (self.bidrag, self.insats, self.ar)
    }

    /// What each part is, in kronor as far as it goes.
    fn delade(&self, belopp: Ore) -> Result<Vec<Ore>, Problem> {
        let mut i_belopp = Vec::new();
        let mut i_procent = Vec::new();
        for del in &self.delar {
            match del.storlek {
                Delstorlek::Belopp(ore) => i_belopp.push(ore),
                Delstorlek::Procent(p) => i_procent.push(p),
            }
        }
        if !i_belopp.is_empty() && !i_procent.is_empty() {
            return Err(fel_pa_delarna(
                "Några delar är i kronor och andra i procent.",
                "Skriv alla i kronor eller alla i procent.",
            ));
        }
        if i_procent.is_empty() {
            let summa = Ore::summa(i_belopp.iter().copied()).map_err(|f| for_stort(&f))?;
            return if summa == belopp && self.delar.len() > 1 {
                Ok(i_belopp)
            } else {
                Err(fel_summa(belopp, summa, self.delar.len()))
            };
        }
        let summa = i_procent.iter().fold(0_i64, |s, p| s.saturating_add(*p));
        if summa != HEL || self.delar.len() < 2 {
            return Err(fel_pa_delarna(
                &format!("Andelarna blir {} tillsammans.", procent(summa)),
                "Skriv minst två delar som tillsammans blir 100 procent.",
            ));
        }
        i_kronor(belopp, &i_procent)
            .map_err(|f| for_stort(&f))?
            .ok_or_else(|| fel_pa_delarna("Ingen del är större än noll.", "Skriv hur stora de är."))
    }

    fn prova_delar(&self, bocker: &Bocker, fel: &mut Brister) {
        let mut sedda = HashSet::new();
        for (nr, del) in (1_usize..).zip(&self.delar) {
            let falt = format!("del-{nr}-vem");
            if !sedda.insert((del.organisation, del.bidrag)) {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "delning-dubbel",
                    "Samma del står två gånger.",
                    "Lägg ihop dem till en.",
                )
                .i_falt(&falt)));
            }
            let b = del.bidrag.and_then(|id| bocker.bidrag(id));
            if b.is_some_and(|b| self.ar.is_some_and(|ar| !b.ar.contains(&ar))) {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "delning-fel-ar",
                    "Bidraget omfattar inte det året.",
                    "Välj ett bidrag som har pengar för året.",
                )
                .i_falt(&falt)));
            }
            let minus = match del.storlek {
                Delstorlek::Belopp(ore) => ore < Ore::NOLL,
                Delstorlek::Procent(p) => p < 0,
            };
            if minus {
                fel.prova::<()>(Err(Problem::ogiltigt(
                    "delning-negativ",
                    "En del är mindre än noll.",
                    "Skriv noll eller mer.",
                )
                .i_falt(format!("del-{nr}-storlek"))));
            }
        }
    }

    /// The parts in the place of what was: each takes the place of one fact as long as there
    /// are any, and the rest are struck.
    fn nya(
        &self,
        bok: &Bok,
        nu: &[&Faktum],
        (delar, orsak, beslut): (&[Ore], &str, Option<BeslutId>),
    ) -> Vec<NyttFaktum> {
        let mal = nu.first();
        let mut gamla = nu.iter();
        // What all of it was called, its parts are called.
        let kategori = mal.and_then(|f| f.galler().kategori.clone());
        let kategori =
            kategori.filter(|k| nu.iter().all(|f| f.galler().kategori.as_ref() == Some(k)));
        let mut ut: Vec<NyttFaktum> = Vec::new();
        for (del, ore) in self.delar.iter().zip(delar) {
            let ersatter = gamla.next();
            let fakta = ersatter.or(mal).map(|f| f.fakta.clone());
            let bidrag = del.bidrag.or(self.bidrag);
            let galler = Galler {
                bidrag,
                insats: Some(self.insats),
                organisation: del.organisation,
                finansiar: bidrag.and_then(|b| bok.bidrag(b)).map(|b| b.finansiar),
                ar: self.ar,
                kategori: kategori.clone(),
                ..Galler::default()
            };
            let nytt = NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(ore.0));
            ut.push(NyttFaktum {
                beslut,
                sakerhet: fakta.as_ref().map_or(nytt.sakerhet, |f| f.sakerhet),
                rattar: ersatter.map(|f| f.id),
                orsak: Some(orsak.to_owned()),
                ..nytt
            });
        }
        ut.extend(gamla.map(|f| NyttFaktum {
            rattar: Some(f.id),
            orsak: Some(orsak.to_owned()),
            beslut,
            struken: true,
            efter_avslut: false,
            ..f.fakta.clone()
        }));
        ut
    }
}

fn summa(nu: &[&Faktum]) -> Result<Ore, Problem> {
    let alla: Option<Vec<Ore>> = nu.iter().map(|f| f.varde().kant().map(Ore)).collect();
    let alla = alla.filter(|a| !a.is_empty()).ok_or_else(|| {
        fel_pa_delarna(
            "Det finns inget belopp att dela.",
            "Skriv först beloppet i fördelningen.",
        )
    })?;
    Ore::summa(alla).map_err(|f| for_stort(&f))
}

fn fel_pa_delarna(text: &str, atgard: &str) -> Problem {
    Problem::ogiltigt("delning-summa", text, atgard).i_falt("del-1-storlek")
}

fn fel_summa(belopp: Ore, summa: Ore, antal: usize) -> Problem {
    if antal < 2 {
        return fel_pa_delarna("Det är bara en del.", "Skriv minst två delar.");
    }
    let skillnad = Ore(belopp.0.saturating_sub(summa.0));
    fel_pa_delarna(
        &format!(
            "Delarna blir {summa}{NBSP}kr tillsammans, men beloppet är {belopp}{NBSP}kr. Det \
             skiljer {skillnad}{NBSP}kr."
        ),
        "Ändra någon del så att de går ihop.",
    )
}

fn for_stort(fel: &utfall_domain::pengar::Overflow) -> Problem {
    fel_pa_delarna(
        &format!("Delarna går inte att räkna: {fel}."),
        "Kontrollera beloppen.",
    )
}

#[cfg(test)]
mod tests;
