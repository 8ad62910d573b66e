//! When what is kept of a participant is to be destroyed, and how two people do it together
//! (arkivlagen 10 §; dataskyddsförordningen 5.1 e).
//!
//! Tillstand: gallring
//!
//! A rule rests on a decision. Without one nothing is due: the law's duty to keep comes first.
//! One person prepares a proposal, another confirms it, as it was seen.

mod protokoll;

pub use protokoll::{Antal, HUR, Protokoll, Protokollsinnehall};

use super::deltagande::{Deltagande, Lage};
use super::grovt::{Grovrad, Grovt};
use super::tabeller::matdag;
use crate::faktum::kodat;
use crate::id::{
    AnvandareId, DeltagandeId, GallringsforslagId, GallringsprotokollId, GallringsregelId,
    InsatsId, OrganisationId, PersonId,
};
use crate::problem::{Problem, ProblemSlag};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The longest time anything is kept by a rule, in months: a century.
pub const LANGST: u16 = 1_200;
/// The longest reference of a decision, in characters.
pub const LANGSTA_BETECKNING: usize = 80;

kodat! {
    /// What a rule is about.
    Gallringsslag {
        /// Everything that is kept of a participant in an initiative: who it is, what happened,
        /// and the consents.
        Deltagaruppgifter = "deltagaruppgifter", "uppgifter om deltagare";
    }
}

/// The decision a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gallringsbeslut {
    /// The day it was made.
    pub dag: Date,
    /// What it is called in the registry: `2026/14 § 7`.
    pub beteckning: String,
}

/// A rule: how long something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gallringsregel {
    /// Its number.
    pub id: GallringsregelId,
    /// What it is about.
    pub slag: Gallringsslag,
    /// Months after the last thing that is told of it ([`sista_faktum`]).
    pub manader: u16,
    /// The decision.
    pub beslut: Gallringsbeslut,
    /// First day.
    pub fran: Date,
    /// Last day; none: until another takes its place.
    pub till: Option<Date>,
}

impl Gallringsregel {
    /// Everything that is wrong with it today.
    #[must_use]
    pub fn brister(&self, idag: Date) -> Vec<Problem> {
        let mut fel = Vec::new();
        let mut nej = |falt: &str, kod, text: &str, atgard: &str| {
            fel.push(Problem::ogiltigt(kod, text, atgard).i_falt(falt));
        };
        if self.manader > LANGST {
            nej(
                "manader",
                "gallring-manader",
                "Så länge kan inget sparas enligt en regel.",
                "Skriv antalet månader, högst 1 200.",
            );
        }
        let beteckning = self.beslut.beteckning.trim();
        if beteckning.is_empty() {
            nej(
                "beteckning",
                "gallring-beslut",
                "Det står inte vilket beslut regeln vilar på.",
                "Skriv beslutets beteckning, till exempel 2026/14 § 7.",
            );
        } else if beteckning.chars().count() > LANGSTA_BETECKNING
            || beteckning.chars().any(char::is_control)
        {
            nej(
                "beteckning",
                "gallring-beteckning",
                "Beteckningen är för lång eller har tecken som inte går att skriva ut.",
                "Skriv den på en rad med högst 80 tecken.",
            );
        }
        if self.beslut.dag > idag {
            nej(
                "beslutad",
                "gallring-beslutsdag",
                "Beslutet är inte fattat än.",
                "Lägg in regeln när beslutet är fattat.",
            );
        }
        if self.fran < self.beslut.dag {
            // Arkivlagen 10 §: destroying needs the decision first.
            nej(
                "fran",
                "gallring-fore-beslut",
                "Regeln börjar gälla före beslutet.",
                "Skriv samma dag som beslutet eller en senare.",
            );
        }
        if self.till.is_some_and(|till| till < self.fran) {
            nej(
                "till",
                "gallring-dagar",
                "Regeln slutar gälla innan den börjar.",
                "Skriv en sista dag som är samma som den första eller senare.",
            );
        }
        fel
    }
}

/// The rule that holds on a day: the one that began last, if it has not ended. An older one does
/// not come back when the newer ends.
#[must_use]
pub fn gallande(
    regler: &[Gallringsregel],
    slag: Gallringsslag,
    dag: Date,
) -> Option<&Gallringsregel> {
    let borjat = regler.iter().filter(|r| r.slag == slag && r.fran <= dag);
    let sist = borjat.max_by_key(|r| (r.fran, r.id))?;
    sist.till.is_none_or(|till| dag <= till).then_some(sist)
}

/// The last day that anything told of a participation is about, or is still to be about: a
/// follow-up whose time has not been counts with the day it is for. `None` while it goes on.
#[must_use]
pub fn sista_faktum(d: &Deltagande) -> Option<Date> {
    match &d.lage {
        Lage::Pagaende => None,
        Lage::Felregistrerat { dag } => Some(*dag),
        Lage::Avslutat { uttrade, uppfoljt } => {
            let sagda = uppfoljt.values().map(|u| u.dag);
            let kvar = d.att_folja_upp().into_iter().map(|(_, dag)| dag);
            sagda.chain(kvar).chain([uttrade.dag]).max()
        }
    }
}

/// The day from which a participation is due; `None` while it goes on.
#[must_use]
pub fn forfaller(d: &Deltagande, regel: &Gallringsregel) -> Option<Date> {
    let sist = sista_faktum(d)?;
    sist.checked_add(i64::from(regel.manader).months()).ok()
}

/// A participation as those who dispose see it: a number of ours and years, never who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forfallet {
    /// Which.
    pub deltagande: DeltagandeId,
    /// In which initiative.
    pub insats: InsatsId,
    /// The year it began.
    pub borjade: i16,
    /// The year it ended.
    pub slutade: i16,
    /// The year it became due.
    pub forfoll: i16,
    /// How many rows there are about it: another number is another content.
    pub rader: i64,
}

/// What disposal must know of a participation. Made by the store, which opens nothing of who it
/// is but how old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gallringsunderlag {
    /// Which.
    pub id: DeltagandeId,
    /// Whose.
    pub person: PersonId,
    /// In which initiative.
    pub insats: InsatsId,
    /// Who answers for the data.
    pub organisation: OrganisationId,
    /// What its steps have made of it.
    pub deltagande: Deltagande,
    /// Age at the start; `None` of who is known by a code.
    pub alder: Option<u16>,
    /// How many rows there are about it.
    pub rader: i64,
    /// The day the last of its rows was entered.
    pub registrerat: Date,
}

impl Gallringsunderlag {
    /// The year it ended; the year it began while it goes on.
    #[must_use]
    pub fn slutar(&self) -> i16 {
        match &self.deltagande.lage {
            Lage::Avslutat { uttrade, .. } => uttrade.dag.year(),
            Lage::Felregistrerat { dag } => dag.year(),
            Lage::Pagaende => self.deltagande.intrade.dag.year(),
        }
    }

    fn forfallet(&self, regel: &Gallringsregel, dag: Date) -> Option<Forfallet> {
        let nar = forfaller(&self.deltagande, regel).filter(|nar| *nar <= dag)?;
        Some(Forfallet {
            deltagande: self.id,
            insats: self.insats,
            borjade: self.deltagande.intrade.dag.year(),
            slutade: self.slutar(),
            forfoll: nar.year(),
            rader: self.rader,
        })
    }
}

/// A row of a proposal: which, and how much there was about it when it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Forslagsrad {
    /// Which.
    pub deltagande: DeltagandeId,
    /// How many rows there were about it.
    pub rader: i64,
}

/// Where a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forslagslage {
    /// Somebody else is to confirm it.
    Forberett,
    /// It was taken back. Nothing was destroyed.
    Aterkallat,
    /// It was confirmed, and this protocol tells of it.
    Verkstallt(GallringsprotokollId),
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gallringsforslag {
    /// Its number.
    pub id: GallringsforslagId,
    /// By which rule.
    pub regel: GallringsregelId,
    /// What is to be destroyed, as it was seen.
    pub rader: Vec<Forslagsrad>,
    /// Who prepared it.
    pub av: AnvandareId,
    /// The day it was prepared.
    pub dag: Date,
    /// Where it is.
    pub lage: Forslagslage,
}

/// Why a proposal cannot be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gallringsvagran {
    /// It has been carried out or taken back.
    Slut,
    /// Who prepared it cannot confirm it.
    SammaPerson,
    /// Another rule holds now, or none.
    AnnanRegel,
    /// Something in it is not as it was when it was prepared.
    Andrat,
}

impl Gallringsforslag {
    /// Whether it may be taken back.
    ///
    /// # Errors
    /// [`Gallringsvagran::Slut`] when it is carried out or taken back already.
    pub fn aterkalla(&self) -> Result<(), Gallringsvagran> {
        if self.lage == Forslagslage::Forberett {
            return Ok(());
        }
        Err(Gallringsvagran::Slut)
    }

    /// Whether this account may carry it out on what is due now by the rule that holds.
    ///
    /// # Errors
    /// Why not.
    pub fn prova(
        &self,
        av: Option<AnvandareId>,
        regel: Option<GallringsregelId>,
        nu: &[Forfallet],
    ) -> Result<(), Gallringsvagran> {
        use Gallringsvagran as V;
        if self.lage != Forslagslage::Forberett {
            return Err(V::Slut);
        }
        if av.is_none() || av == Some(self.av) {
            return Err(V::SammaPerson);
        }
        if regel != Some(self.regel) {
            return Err(V::AnnanRegel);
        }
        let kvar = |rad: &Forslagsrad| {
            let som_da = |f: &Forfallet| (f.deltagande, f.rader) == (rad.deltagande, rad.rader);
            nu.iter().any(som_da)
        };
        if self.rader.is_empty() || !self.rader.iter().all(kvar) {
            return Err(V::Andrat);
        }
        Ok(())
    }
}

impl From<Gallringsvagran> for Problem {
    fn from(v: Gallringsvagran) -> Self {
        let (slag, kod, text, atgard) = match v {
            Gallringsvagran::Slut => (
                ProblemSlag::Konflikt,
                "gallring-slut",
                "Förslaget är redan verkställt eller återkallat.",
                "Ladda om sidan och se vad som hände.",
            ),
            Gallringsvagran::SammaPerson => (
                ProblemSlag::Nekad,
                "gallring-samma-person",
                "Den som förbereder en gallring kan inte bekräfta den.",
                "Be en annan gallringsansvarig att pröva förslaget.",
            ),
            Gallringsvagran::AnnanRegel => (
                ProblemSlag::Konflikt,
                "gallring-annan-regel",
                "En annan regel gäller nu än när förslaget förbereddes.",
                "Återkalla förslaget och förbered ett nytt.",
            ),
            Gallringsvagran::Andrat => (
                ProblemSlag::Konflikt,
                "gallring-andrad",
                "Något i förslaget har ändrats sedan det förbereddes.",
                "Inget är gallrat. Återkalla förslaget och förbered ett nytt.",
            ),
        };
        Self::nytt(slag, kod, text, atgard)
    }
}

/// Those that are due by the rule on this day. The key is the person's: nothing of a person goes
/// before everything of that person is due, and nothing before the figures of a quarter that has
/// ended have it as it stands ([`matdag`]).
#[must_use]
pub fn forfallna(
    underlag: &[Gallringsunderlag],
    regel: &Gallringsregel,
    dag: Date,
) -> Vec<Forfallet> {
    let raknat = matdag(dag);
    let nar = |u: &Gallringsunderlag| {
        let forfallet = u.forfallet(regel, dag)?;
        (u.registrerat <= raknat).then_some(forfallet)
    };
    let kvar: BTreeSet<PersonId> = underlag
        .iter()
        .filter(|u| nar(u).is_none())
        .map(|u| u.person)
        .collect();
    let hela = underlag.iter().filter(|u| !kvar.contains(&u.person));
    hela.filter_map(nar).collect()
}

/// What stays of these, ordered by what it says: neither the order nor the numbers tell which
/// participation a row was. `nummer` gives numbers that have been nobody's; one stands for all of
/// a person's, so that persons are still counted once.
#[must_use]
pub fn grova(
    underlag: &[&Gallringsunderlag],
    mut nummer: impl FnMut() -> PersonId,
) -> Vec<Grovrad> {
    let mut personer: BTreeMap<PersonId, Vec<(InsatsId, OrganisationId, Grovt)>> = BTreeMap::new();
    for u in underlag {
        if let Some(grovt) = Grovt::av(&u.deltagande, u.alder) {
            let alla = personer.entry(u.person).or_default();
            alla.push((u.insats, u.organisation, grovt));
        }
    }
    let mut alla: Vec<_> = personer.into_values().collect();
    for ens in &mut alla {
        ens.sort();
    }
    alla.sort();
    let mut ut = Vec::new();
    for ens in alla {
        let person = nummer();
        ut.extend(
            ens.into_iter()
                .map(|(insats, organisation, grovt)| Grovrad {
                    insats,
                    organisation,
                    person,
                    grovt,
                }),
        );
    }
    ut
}

/// A write of disposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gallringsandring {
    /// A rule.
    NyRegel(Gallringsregel),
    /// A proposal.
    NyttForslag {
        /// Its number.
        id: GallringsforslagId,
        /// By which rule.
        regel: GallringsregelId,
        /// What is to be destroyed.
        rader: Vec<Forslagsrad>,
    },
    /// A proposal is taken back.
    Aterkalla(GallringsforslagId),
    /// A proposal is carried out: what stays is written, and the persons are in no list and no
    /// figure. Their keys are destroyed after it ([`Gallringsandring::Forstor`]).
    Verkstall {
        /// The protocol's number.
        id: GallringsprotokollId,
        /// What was carried out.
        forslag: GallringsforslagId,
        /// What the protocol says.
        innehall: Box<Protokollsinnehall>,
        /// Whose keys are destroyed.
        personer: Vec<PersonId>,
        /// What stays.
        grova: Vec<Grovrad>,
    },
    /// Tombstones are written, and then keys destroyed. Done again it does the rest.
    Forstor(GallringsprotokollId),
}

#[cfg(test)]
mod tests;
