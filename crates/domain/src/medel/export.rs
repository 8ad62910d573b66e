//! Our own requisitions and distributions, on their way to the accounts: what they come to
//! now, less what has been handed over already.
//!
//! Invariant: what is handed over of a thing is always a difference, so that the files in
//! force together say what the thing comes to: nothing is handed over twice, and what is
//! changed afterwards follows in the next file.

use super::post::{Innehall, Medelspost, sakens};
use super::rekvisition::{Lage, Rekvisitionssteg, Riktning, alla};
use crate::bocker::Bocker;
use crate::faktum::{FaktumSlag, gallande};
use crate::id::{AnvandareId, BidragId, InsatsId, MedelspostId};
use crate::tid;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an amount handed over is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "sak", rename_all = "snake_case")]
pub enum Exportsak {
    /// A requisition that has been granted.
    Rekvisition {
        /// Its number.
        rekvisition: MedelspostId,
    },
    /// What an initiative has of a grant's year.
    Fordelning {
        /// The grant.
        bidrag: BidragId,
        /// The initiative.
        insats: InsatsId,
        /// The year.
        ar: i16,
    },
}

/// Which of it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exporturval {
    /// The year, which is a calendar year (LKBR 3 kap. 1 §).
    pub ar: i16,
    /// One grant, or all.
    pub bidrag: Option<BidragId>,
    /// Requisitions.
    pub rekvisitioner: bool,
    /// Distributions.
    pub fordelning: bool,
}

/// An amount that the accounts have not been told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exportpost {
    /// What it is about.
    pub sak: Exportsak,
    /// Which way a requisition goes; a distribution has none.
    pub riktning: Option<Riktning>,
    /// The grant, when it is of one.
    pub bidrag: Option<BidragId>,
    /// The initiative, when it is of one.
    pub insats: Option<InsatsId>,
    /// The day it is booked: when it happened, or the nearest day of the year.
    pub dag: Date,
    /// What is to be handed over, in öre: never 0, negative when something is taken back.
    pub ore: i64,
    /// What has been handed over before, in öre.
    pub forut: i64,
}

/// A row of a voucher that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rad {
    /// The account.
    pub konto: u32,
    /// Dimensions and objects.
    pub objekt: Vec<(u32, String)>,
    /// Öre, debit positive.
    pub ore: i64,
}

/// A voucher that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verifikation {
    /// Its day.
    pub dag: Date,
    /// What it says.
    pub text: String,
    /// Its rows, which sum to 0.
    pub rader: Vec<Rad>,
    /// What it is about, each with its öre.
    pub saker: Vec<(Exportsak, i64)>,
}

/// A file that was handed over: all that is needed to write it again, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The year.
    pub ar: i16,
    /// The version of the program that wrote it.
    pub program: String,
    /// The day it was written.
    pub skriven: Date,
    /// Whose accounts: organisation number in digits.
    pub orgnr: String,
    /// Whose accounts: name.
    pub namn: String,
    /// The series; empty lets the accounting system choose.
    pub serie: String,
    /// The accounts it was asked for with.
    pub konton: Exportkonton,
    /// Names of the accounts, when all that are used have one.
    pub kontonamn: BTreeMap<u32, String>,
    /// Names of the objects that are used.
    pub objekt: Vec<(u32, String, String)>,
    /// The vouchers.
    pub verifikationer: Vec<Verifikation>,
}

/// The accounts that it is booked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exportkonton {
    /// What a funder owes.
    pub fordran: Option<u32>,
    /// Income of grants, also between what is distributed and what is not.
    pub intakt: Option<u32>,
    /// What a party is paid.
    pub kostnad: Option<u32>,
    /// What we owe a party.
    pub skuld: Option<u32>,
}

/// A step in the life of a file that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "steg", rename_all = "snake_case")]
pub enum Exportsteg {
    /// Written.
    Skriven(Box<Export>),
    /// It never came into the accounts: what it had is handed over again.
    Tillbakatagen,
}

/// A file that was handed over, with where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exporterad {
    /// Its number.
    pub id: MedelspostId,
    /// The place of its last row: its row version.
    pub version: i64,
    /// Which in order, from 1.
    pub nr: usize,
    /// The file.
    pub export: Export,
    /// Why it was taken back, when it was.
    pub tillbaka: Option<String>,
    /// When it was written, and by whom.
    pub nar: (Timestamp, AnvandareId),
}

/// Every file that was handed over, in order.
#[must_use]
pub fn exporter(poster: &[Medelspost]) -> Vec<Exporterad> {
    let mut ut: Vec<Exporterad> = Vec::new();
    for post in poster {
        let Innehall::Export(steg) = &post.post.innehall else {
            continue;
        };
        match steg {
            Exportsteg::Skriven(export) => ut.push(Exporterad {
                id: post.post.sak,
                version: post.post.nr,
                nr: ut.len().saturating_add(1),
                export: export.as_ref().clone(),
                tillbaka: None,
                nar: (post.registrerad, post.registrerad_av),
            }),
            Exportsteg::Tillbakatagen => {
                if let Some(finns) = ut.iter_mut().find(|e| e.id == post.post.sak) {
                    finns.version = post.post.nr;
                    finns.tillbaka = Some(post.post.orsak.clone().unwrap_or_default());
                }
            }
        }
    }
    ut
}

/// What has been handed over of each thing, in öre, over the files in force.
#[must_use]
pub fn exporterat(poster: &[Medelspost]) -> BTreeMap<Exportsak, i64> {
    let mut ut = BTreeMap::new();
    for e in exporter(poster).iter().filter(|e| e.tillbaka.is_none()) {
        for (sak, ore) in e.export.verifikationer.iter().flat_map(|v| &v.saker) {
            let summa: &mut i64 = ut.entry(*sak).or_default();
            *summa = summa.saturating_add(*ore);
        }
    }
    ut
}

/// What the accounts have not been told of: the requisitions in the order they were begun,
/// then the distributions by grant and initiative.
#[must_use]
pub fn vantande(bocker: &Bocker, urval: &Exporturval) -> Vec<Exportpost> {
    let forut = exporterat(&bocker.medelsposter);
    let mut ut = Vec::new();
    if urval.rekvisitioner {
        ut.extend(rekvisitioner(bocker, urval, &forut));
    }
    if urval.fordelning {
        ut.extend(fordelning(bocker, urval, &forut));
    }
    ut
}

fn inom(dag: Date, ar: i16) -> Date {
    dag.clamp(date(ar, 1, 1), date(ar, 12, 31))
}

fn vald(urval: &Exporturval, bidrag: Option<BidragId>) -> bool {
    urval.bidrag.is_none() || urval.bidrag == bidrag
}

fn rekvisitioner(
    bocker: &Bocker,
    urval: &Exporturval,
    forut: &BTreeMap<Exportsak, i64>,
) -> Vec<Exportpost> {
    let mut ut = Vec::new();
    for r in alla(&bocker.medelsposter) {
        let egna = sakens(&bocker.medelsposter, r.id);
        let beviljad = egna.iter().rev().find_map(|p| match &p.post.innehall {
            Innehall::Rekvisition(Rekvisitionssteg::Bevilja { dag, .. }) => Some(*dag),
            _ => None,
        });
        let (dag, nu) = match r.lage {
            Lage::Beviljad { belopp, .. } | Lage::Utbetald { belopp, .. } => (beviljad, belopp),
            Lage::Aterkallad { dag } => (Some(dag), 0),
            Lage::Utkast | Lage::Inskickad { .. } | Lage::Avslagen { .. } => continue,
        };
        let Some(dag) = dag else { continue };
        let sak = Exportsak::Rekvisition { rekvisition: r.id };
        let har = forut.get(&sak).copied().unwrap_or(0);
        let ar = r.om.ar.unwrap_or_else(|| dag.year());
        if ar != urval.ar || !vald(urval, r.om.bidrag) || nu == har {
            continue;
        }
        ut.push(Exportpost {
            sak,
            riktning: Some(r.uppgift.riktning),
            bidrag: r.om.bidrag,
            insats: r.om.insats,
            dag: inom(dag, ar),
            ore: nu.saturating_sub(har),
            forut: har,
        });
    }
    ut
}

fn fordelning(
    bocker: &Bocker,
    urval: &Exporturval,
    forut: &BTreeMap<Exportsak, i64>,
) -> Vec<Exportpost> {
    // Each with what it comes to and the day of the latest decision behind it.
    let mut nu: BTreeMap<(BidragId, InsatsId), (i64, Date)> = BTreeMap::new();
    for f in gallande(&bocker.fakta, None) {
        let g = f.galler();
        let (FaktumSlag::Fordelat, Some(bidrag), Some(insats)) = (f.fakta.slag, g.bidrag, g.insats)
        else {
            continue;
        };
        let (Some(ar), None, Some(ore)) = (g.ar, &g.version, f.varde().kant()) else {
            continue;
        };
        let reserv = bocker.insats(insats).is_none_or(|i| i.reserv);
        if ar != urval.ar || reserv || !vald(urval, Some(bidrag)) {
            continue;
        }
        let beslut = bocker.beslut.iter().find(|b| Some(b.id) == f.fakta.beslut);
        let dag = beslut.and_then(|b| b.datum);
        let dag = dag.unwrap_or_else(|| tid::dag(f.registrerad));
        let rad = nu.entry((bidrag, insats)).or_insert((0, dag));
        rad.0 = rad.0.saturating_add(ore);
        rad.1 = rad.1.max(dag);
    }
    // What was handed over and is no longer distributed is taken back.
    for sak in forut.keys() {
        if let Exportsak::Fordelning { bidrag, insats, ar } = sak
            && *ar == urval.ar
            && vald(urval, Some(*bidrag))
        {
            nu.entry((*bidrag, *insats))
                .or_insert((0, date(*ar, 12, 31)));
        }
    }
    let mut ut = Vec::new();
    for ((bidrag, insats), (ore, dag)) in nu {
        let ar = urval.ar;
        let sak = Exportsak::Fordelning { bidrag, insats, ar };
        let har = forut.get(&sak).copied().unwrap_or(0);
        if ore != har {
            ut.push(Exportpost {
                sak,
                riktning: None,
                bidrag: Some(bidrag),
                insats: Some(insats),
                dag: inom(dag, ar),
                ore: ore.saturating_sub(har),
                forut: har,
            });
        }
    }
    ut
}
