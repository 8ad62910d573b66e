//! From statements to objects and facts. Pure: reads the books, writes a plan.
//!
//! The rules, in one place (docs/format/underlag.md tells the writer the same):
//! * When one fact is stated in several places, the most exact statement holds; of equally
//!   exact ones the first. The others are kept as statements for granskning.
//! * What an earlier paper has already said of the same thing is not counted again. What it
//!   said was still to come is filled in.
//! * A proposal beside another distribution of the same grant is a version of its own.
//! * A table printed twice is counted once; a stated total tells the part that a row leaves out.
//! * A row of a distribution of several grants is of the one whose funder it names, or that
//!   pays for its initiative. Otherwise it is of none of them.
//! * What the paper does not say becomes no fact at all, never a zero.
//! * An insats with several responsible bodies belongs to none of them in sums.

mod fordelning;
mod pengar;
mod personer;
mod register;
mod tabeller;

use crate::miljo::Miljo;
use register::Register;
pub(super) use register::beskrivning;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, Kalla, NyttFaktum, gallande};
use utfall_domain::id::{BidragId, FaktumId, InsatsId, UnderlagId};
use utfall_domain::problem::Problem;
use utfall_domain::underlag::{self as u, Underlag};
use utfall_domain::varde::Varde;

/// What a paper became.
#[derive(Debug)]
pub struct Oversatt {
    /// The writes, objects before the facts about them.
    pub andringar: Vec<Andring>,
}

/// Where in a paper a fact stands: the path, and how a value is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stalle {
    /// A list of statements of one and the same fact.
    Uppgifter(String),
    /// An amount.
    Belopp(String),
    /// A whole number.
    Antal(String),
    /// A cell of a table, with its unit.
    Cell(String, u::Matt),
}

impl Stalle {
    /// The path, such as `insatser[3].ekonomi[0].utfall`.
    pub(crate) fn sokvag(&self) -> &str {
        match self {
            Self::Uppgifter(s) | Self::Belopp(s) | Self::Antal(s) | Self::Cell(s, _) => s,
        }
    }
}

/// A fact as a paper states it.
#[derive(Clone, Debug)]
pub(crate) struct Uttalande {
    /// The fact.
    pub(crate) faktum: NyttFaktum,
    /// Every place that states it; empty when the figure cannot be put back into the paper.
    pub(crate) stallen: Vec<Stalle>,
}

impl Uttalande {
    fn pa(faktum: NyttFaktum, stalle: Stalle) -> Self {
        Self {
            faktum,
            stallen: vec![stalle],
        }
    }

    const fn utan_stalle(faktum: NyttFaktum) -> Self {
        Self {
            faktum,
            stallen: Vec::new(),
        }
    }

    /// What makes two statements statements of the same fact.
    pub(crate) fn nyckel(&self) -> (FaktumSlag, &Galler) {
        (self.faktum.slag, &self.faktum.galler)
    }
}

/// All that a paper states, on the objects of these books.
#[derive(Default)]
pub(crate) struct Tolkat {
    /// The objects the books lack, in an order where everything comes before what points at it.
    pub(crate) objekt: Vec<Andring>,
    /// The facts, in the paper's order.
    pub(crate) uttalanden: Vec<Uttalande>,
    /// The initiatives, by the paper's own ids.
    pub(crate) insatser: BTreeMap<String, InsatsId>,
}

/// Reads a paper as facts. `fordelade` are the grants that had a distribution before it.
///
/// # Errors
/// A refusal when a name collides with something that cannot be the same thing.
pub(crate) fn tolka(
    underlag: &Underlag,
    id: UnderlagId,
    (bocker, fordelade): (&Bocker, BTreeSet<BidragId>),
    miljo: &mut Miljo,
) -> Result<Tolkat, Problem> {
    let mut o = Oversattning {
        papper: underlag,
        underlag: id,
        register: Register::ny(bocker, fordelade),
        fakta: Vec::new(),
    };
    o.register.organisationer(underlag, miljo)?;
    o.register.bidrag(underlag, miljo)?;
    o.register.beslut(underlag, miljo);
    o.register.insatser(underlag, miljo)?;
    pengar::bidrag(&mut o);
    fordelning::fordelningar(&mut o, miljo)?;
    pengar::insatser(&mut o);
    pengar::finansiering(&mut o, miljo)?;
    pengar::luckor(&mut o);
    tabeller::tabeller(&mut o);
    personer::personer(&mut o, miljo)?;
    personer::volymer(&mut o);
    Ok(Tolkat {
        objekt: o.register.andringar(),
        uttalanden: o.fakta,
        insatser: o.register.insatserna(),
    })
}

/// Translates a paper into writes on these books.
///
/// # Errors
/// A refusal when a name collides with something that cannot be the same thing.
pub fn oversatt(
    underlag: &Underlag,
    id: UnderlagId,
    bocker: &Bocker,
    miljo: &mut Miljo,
) -> Result<Oversatt, Problem> {
    let fordelade = fordelade(&bocker.fakta);
    let tolkat = tolka(underlag, id, (bocker, fordelade), miljo)?;
    let mut redan = sagda(bocker);
    let mut andringar = tolkat.objekt;
    for Uttalande { mut faktum, .. } in utan_kanda_rader(tolkat.uttalanden, bocker) {
        let nyckel = (faktum.slag, faktum.galler.clone());
        match redan.get(&nyckel) {
            None => {}
            // The books waited for the figure, and here it is.
            Some((id, vantas)) if vantas.vantas() && faktum.varde.kant().is_some() => {
                faktum.rattar = Some(*id);
                faktum.orsak = Some(format!("Uppgiften kom med {}.", underlag.dokument.titel));
                redan.remove(&nyckel);
            }
            Some(_) => continue,
        }
        andringar.push(Andring::NyttFaktum {
            id: miljo.faktum(),
            faktum: Box::new(faktum),
        });
    }
    Ok(Oversatt { andringar })
}

/// The grants that these facts distribute.
pub(crate) fn fordelade<'a>(fakta: impl IntoIterator<Item = &'a Faktum>) -> BTreeSet<BidragId> {
    let fordelat = |f: &&Faktum| f.fakta.slag == FaktumSlag::Fordelat;
    let alla = fakta.into_iter().filter(fordelat);
    alla.filter_map(|f| f.galler().bidrag).collect()
}

/// What a grant carried over, less what the rows of earlier papers already say of the same
/// money.
fn utan_kanda_rader(mut uttalanden: Vec<Uttalande>, bocker: &Bocker) -> Vec<Uttalande> {
    let pa_insats = |slag, g: &Galler| {
        slag == FaktumSlag::Overfort && g.insats.is_some() && g.version.is_none()
    };
    let egna: HashSet<Galler> = uttalanden
        .iter()
        .map(|x| &x.faktum)
        .filter(|f| pa_insats(f.slag, &f.galler))
        .map(|f| f.galler.clone())
        .collect();
    let mut kanda: HashMap<(BidragId, i16), i64> = HashMap::new();
    for f in gallande(&bocker.fakta, None) {
        let g = f.galler();
        if let (true, Some(bidrag), Some(ar), Some(tal)) =
            (pa_insats(f.fakta.slag, g), g.bidrag, g.ar, f.varde().kant())
            && !egna.contains(g)
        {
            let summa = kanda.entry((bidrag, ar)).or_default();
            *summa = summa.saturating_add(tal);
        }
    }
    uttalanden.retain_mut(|x| {
        let g = &x.faktum.galler;
        let hela = x.faktum.slag == FaktumSlag::Overfort && g.insats.is_none();
        let kant = g.bidrag.zip(g.ar).and_then(|nyckel| kanda.get(&nyckel));
        let (true, Some(kant), Varde::Kant(tal)) = (hela, kant, x.faktum.varde) else {
            return true;
        };
        let rest = tal.saturating_sub(*kant);
        x.faktum.varde = Varde::Kant(rest);
        x.stallen.clear();
        rest > x.faktum.precision.halv()
    });
    uttalanden
}

/// What the books already say. A second paper that states the same thing again is kept as a
/// statement and counted once; where the two differ the first holds until it is corrected,
/// and granskning says so.
fn sagda(bocker: &Bocker) -> HashMap<(FaktumSlag, Galler), (FaktumId, Varde)> {
    gallande(&bocker.fakta, None)
        .into_iter()
        .map(|f| ((f.fakta.slag, f.galler().clone()), (f.id, f.varde())))
        .collect()
}

/// A translation under way.
struct Oversattning<'a> {
    papper: &'a Underlag,
    underlag: UnderlagId,
    register: Register<'a>,
    fakta: Vec<Uttalande>,
}

impl Oversattning<'_> {
    fn kalla(&self, plats: &str, uttalande: Option<&str>) -> Option<Kalla> {
        Some(Kalla {
            underlag: self.underlag,
            plats: plats.to_owned(),
            uttalande: uttalande.map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests;
