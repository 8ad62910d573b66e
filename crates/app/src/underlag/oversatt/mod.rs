//! From statements to objects and facts. Pure: reads the books, writes a plan.
//!
//! The rules, in one place (docs/format/underlag.md tells the writer the same):
//! * When one fact is stated in several places, the most exact statement holds; of equally
//!   exact ones the first. The others are kept as statements for granskning.
//! * What an earlier paper has already said of the same thing is not counted again.
//! * A proposal beside another distribution of the same grant is a version of its own.
//! * What the paper does not say becomes no fact at all, never a zero.
//! * An insats with several responsible bodies belongs to none of them in sums.

mod pengar;
mod personer;
mod register;
mod tabeller;

use crate::miljo::Miljo;
use register::Register;
use std::collections::HashSet;
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{FaktumSlag, Galler, Kalla, NyttFaktum, gallande};
use utfall_domain::id::UnderlagId;
use utfall_domain::problem::Problem;
use utfall_domain::underlag::Underlag;

/// What a paper became.
#[derive(Debug)]
pub struct Oversatt {
    /// The writes, objects before the facts about them.
    pub andringar: Vec<Andring>,
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
    let mut o = Oversattning {
        papper: underlag,
        underlag: id,
        register: Register::ny(bocker),
        fakta: Vec::new(),
    };
    o.register.organisationer(underlag, miljo)?;
    o.register.bidrag(underlag, miljo)?;
    o.register.beslut(underlag, miljo);
    o.register.insatser(underlag, miljo)?;
    pengar::bidrag(&mut o);
    pengar::fordelningar(&mut o, miljo)?;
    pengar::insatser(&mut o);
    pengar::finansiering(&mut o, miljo)?;
    pengar::luckor(&mut o);
    tabeller::tabeller(&mut o);
    personer::personer(&mut o, miljo)?;
    personer::volymer(&mut o);
    let redan = sagda(bocker);
    o.fakta.retain(|f| !redan.contains(&(f.slag, &f.galler)));
    let mut andringar = o.register.andringar();
    andringar.extend(o.fakta.into_iter().map(|f| Andring::NyttFaktum {
        id: miljo.faktum(),
        faktum: Box::new(f),
    }));
    Ok(Oversatt { andringar })
}

/// What the books already say. A second paper that states the same thing again is kept as a
/// statement and counted once; where the two differ the first holds until it is corrected.
fn sagda(bocker: &Bocker) -> HashSet<(FaktumSlag, &Galler)> {
    gallande(&bocker.fakta, None)
        .into_iter()
        .map(|f| (f.fakta.slag, f.galler()))
        .collect()
}

/// A translation under way.
struct Oversattning<'a> {
    papper: &'a Underlag,
    underlag: UnderlagId,
    register: Register<'a>,
    fakta: Vec<NyttFaktum>,
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
