//! What stays of a participation when the person has disappeared: enough for every measure to
//! be what it was, and nothing that leads back (ARCHITECTURE.md invariant 7).
//!
//! No person, no number of ours, no day, no free text, no answers to supplementary questions,
//! and no need, referrer, authority, kind of employment or exact age. Days are quarters and a
//! length, which is what the measures are made of: tables stand by quarters
//! ([`super::tabeller::matdag`]).

use super::deltagande::{
    Arbete, Bakgrund, Deltagande, Forsorjning, Intrade, Lage, Omfattning, Situation, Uppfoljning,
    Uttrade, Vag,
};
use super::kodlista::{OKANT, forval};
use super::rad::Deltagarrad;
use crate::id::{InsatsId, OrganisationId, PersonId};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A calendar quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kvartal {
    /// The year.
    pub ar: i16,
    /// Which of it, 1 to 4.
    pub nr: i8,
}

impl Kvartal {
    fn av(dag: Date) -> Self {
        Self {
            ar: dag.year(),
            nr: (dag.month() + 2) / 3,
        }
    }

    fn forsta(self) -> Option<Date> {
        let manad = self.nr.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
        Date::new(self.ar, manad, 1).ok()
    }
}

/// A participation, coarse. Only of one that has ended and was rightly registered: what goes on
/// is not destroyed, and what never was counts in nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grovt {
    /// When it began.
    pub borjade: Kvartal,
    /// When it ended.
    pub slutade: Kvartal,
    /// How long it was, in days, both ends counted; from 1.
    pub dagar: u32,
    /// Sex, as the person said: a code.
    pub kon: String,
    /// Home municipality, SCB's four digits; `None` when it was not known.
    pub kommun: Option<String>,
    /// The first age of the band of the age at the start, in whole years; `None` when unknown.
    pub alder: Option<u16>,
    /// Target groups: codes.
    pub malgrupper: BTreeSet<String>,
    /// Highest completed education: a code.
    pub utbildning: String,
    /// Time in public support before: a code.
    pub tid_i_forsorjning: String,
    /// How long since work or studies: a code.
    pub startlage: String,
    /// Why it ended: a code.
    pub anledning: String,
    /// How far the person came: a code.
    pub fullfoljande: String,
    /// Why it was not completed: a code; when it was not, and only then.
    pub avbrottsorsak: Option<String>,
    /// Where it ended, one: a code.
    pub sluttillstand: String,
    /// Help beside it: codes, overlapping.
    pub stod: BTreeSet<String>,
    /// Directly before.
    pub fore: Grovlage,
    /// Directly after.
    pub efter: Grovlage,
    /// What was told since, time by time.
    pub uppfoljt: BTreeMap<Vag, Grovsvar>,
}

/// What a person lived on and did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grovlage {
    /// The livelihoods without their extents: codes.
    pub forsorjning: BTreeSet<String>,
    /// The occupation: a code.
    pub sysselsattning: String,
    /// Whether the person had work.
    pub arbetade: bool,
    /// How much, in per cent of 40 hours a week; `None` without work and when it was not told.
    pub arbetstid: Option<Omfattning>,
}

/// What was told when the person was asked again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grovsvar {
    /// Whether there was an answer: a code.
    pub svar: String,
    /// The answer, when there was one.
    pub lage: Option<Grovlage>,
}

/// What stays, with where it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grovrad {
    /// In which initiative.
    pub insats: InsatsId,
    /// At which performer.
    pub organisation: OrganisationId,
    /// A number that stands for somebody and has been nobody's.
    pub person: PersonId,
    /// What stays.
    pub grovt: Grovt,
}

impl Grovrad {
    /// As a participation that gives the same in every measure by calendar year or quarter;
    /// `None` when its quarters and its length do not go together.
    #[must_use]
    pub fn rad(&self) -> Option<Deltagarrad> {
        Some(Deltagarrad {
            insats: self.insats,
            organisation: self.organisation,
            person: self.person,
            alder: self.grovt.alder,
            deltagande: self.grovt.deltagande()?,
        })
    }
}

impl Grovt {
    /// Of a participation and the person's age at its start; `None` when it goes on or should
    /// never have been registered.
    #[must_use]
    pub fn av(d: &Deltagande, alder: Option<u16>) -> Option<Self> {
        let Lage::Avslutat { uttrade, uppfoljt } = &d.lage else {
            return None;
        };
        let i = &d.intrade;
        let ord = |koder: &[String]| koder.iter().cloned().collect();
        let svar = |(vag, u): (&Vag, &Uppfoljning)| {
            let lage = u.situation.as_ref().map(Grovlage::av);
            let svar = u.svar.clone();
            (*vag, Grovsvar { svar, lage })
        };
        Some(Self {
            borjade: Kvartal::av(i.dag),
            slutade: Kvartal::av(uttrade.dag),
            dagar: dagar(i.dag, uttrade.dag)?,
            kon: i.kon.clone(),
            kommun: i.kommun.clone(),
            alder: alder.and_then(bandets_forsta),
            malgrupper: ord(&i.bakgrund.malgrupper),
            utbildning: i.bakgrund.utbildning.clone(),
            tid_i_forsorjning: i.bakgrund.tid_i_forsorjning.clone(),
            startlage: i.bakgrund.startlage.clone(),
            anledning: uttrade.anledning.clone(),
            fullfoljande: uttrade.fullfoljande.clone(),
            avbrottsorsak: uttrade.avbrottsorsak.clone(),
            sluttillstand: uttrade.sluttillstand.clone(),
            stod: ord(&uttrade.stod),
            fore: Grovlage::av(&i.situation),
            efter: Grovlage::av(&uttrade.situation),
            uppfoljt: uppfoljt.iter().map(svar).collect(),
        })
    }

    /// The first days in its quarters that have its length.
    fn dagarna(&self) -> Option<(Date, Date)> {
        let till_sista = Span::new().try_days(self.dagar.checked_sub(1)?).ok()?;
        let fran_slutet = self.slutade.forsta()?.checked_sub(till_sista).ok()?;
        let fran = self.borjade.forsta()?.max(fran_slutet);
        let till = fran.checked_add(till_sista).ok()?;
        let ratt = (Kvartal::av(fran), Kvartal::av(till)) == (self.borjade, self.slutade);
        ratt.then_some((fran, till))
    }

    fn deltagande(&self) -> Option<Deltagande> {
        let (fran, till) = self.dagarna()?;
        let okant = || OKANT.to_owned();
        let lista = |koder: &BTreeSet<String>| koder.iter().cloned().collect();
        let svar = |(vag, s): (&Vag, &Grovsvar)| {
            let svar = Uppfoljning {
                vag: *vag,
                dag: vag.dag(till)?,
                svar: s.svar.clone(),
                situation: s.lage.as_ref().map(Grovlage::situation),
            };
            Some((*vag, svar))
        };
        Some(Deltagande {
            intrade: Intrade {
                dag: fran,
                kommun: self.kommun.clone(),
                kon: self.kon.clone(),
                bakgrund: Bakgrund {
                    utbildning: self.utbildning.clone(),
                    tid_i_forsorjning: self.tid_i_forsorjning.clone(),
                    startlage: self.startlage.clone(),
                    malgrupper: lista(&self.malgrupper),
                    remittent: okant(),
                    behov: Vec::new(),
                    status: Vec::new(),
                },
                situation: self.fore.situation(),
            },
            lage: Lage::Avslutat {
                uttrade: Box::new(Uttrade {
                    dag: till,
                    anledning: self.anledning.clone(),
                    fullfoljande: self.fullfoljande.clone(),
                    avbrottsorsak: self.avbrottsorsak.clone(),
                    sluttillstand: self.sluttillstand.clone(),
                    stod: lista(&self.stod),
                    situation: self.efter.situation(),
                }),
                uppfoljt: self.uppfoljt.iter().map(svar).collect::<Option<_>>()?,
            },
        })
    }
}

impl Grovlage {
    fn av(s: &Situation) -> Self {
        Self {
            forsorjning: s.forsorjning.iter().map(|f| f.kod.clone()).collect(),
            sysselsattning: s.sysselsattning.clone(),
            arbetade: s.arbete.is_some(),
            arbetstid: s.arbete.as_ref().and_then(|a| a.omfattning),
        }
    }

    fn situation(&self) -> Situation {
        let pa = |kod: &String| Forsorjning {
            kod: kod.clone(),
            omfattning: None,
        };
        Situation {
            forsorjning: self.forsorjning.iter().map(pa).collect(),
            sysselsattning: self.sysselsattning.clone(),
            arbete: self.arbetade.then(|| Arbete {
                typ: OKANT.to_owned(),
                omfattning: self.arbetstid,
            }),
        }
    }
}

/// The first age of the band of an age; 0 of those younger than the first band.
fn bandets_forsta(alder: u16) -> Option<u16> {
    let band = forval().aldersband.as_ref()?.band(alder);
    Some(band.fran.unwrap_or(0))
}

fn dagar(fran: Date, till: Date) -> Option<u32> {
    let mellan = (till - fran).get_days();
    u32::try_from(mellan).ok()?.checked_add(1)
}

#[cfg(test)]
mod tests;
