//! Supplementary questions of a huvudman: asked besides the lists, with codes, numbers and days
//! for answers. There are no free-text answers: what nobody can write nobody need dispose of.

use super::provning::{hjalpform, kodform, textform};
use crate::problem::Problem;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fraga {
    /// Stable code.
    pub kod: String,
    /// Place among the questions.
    pub ordning: u16,
    /// The question.
    pub text: String,
    /// What the answers are.
    pub svar: Svarsslag,
    /// First day it is asked.
    pub fran: Date,
    /// Last day; none: until further.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub till: Option<Date>,
    /// What is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hjalp: Option<String>,
}

/// The kind of answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Svarsslag {
    /// Yes or no.
    JaNej,
    /// One of these.
    EnAv(Vec<Alternativ>),
    /// A whole number within these, both in it.
    Heltal {
        /// The smallest.
        minst: i64,
        /// The largest.
        hogst: i64,
    },
    /// A day.
    Datum,
}

/// One of the answers to choose among.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternativ {
    /// Stable code.
    pub kod: String,
    /// What is shown.
    pub text: String,
}

/// An answer. Unknown is one, to any question; unanswered is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Svar {
    /// Yes or no.
    JaNej(bool),
    /// One of the codes.
    Kod(String),
    /// A whole number.
    Heltal(i64),
    /// A day.
    Datum(Date),
    /// Asked, and not known.
    Okant,
}

impl Fraga {
    /// Whether it is asked on a day.
    #[must_use]
    pub fn galler(&self, dag: Date) -> bool {
        self.fran <= dag && self.till.is_none_or(|till| dag <= till)
    }

    /// Whether it can be answered so.
    #[must_use]
    pub fn tar(&self, svar: &Svar) -> bool {
        match (&self.svar, svar) {
            (_, Svar::Okant)
            | (Svarsslag::JaNej, Svar::JaNej(_))
            | (Svarsslag::Datum, Svar::Datum(_)) => true,
            (Svarsslag::EnAv(alla), Svar::Kod(kod)) => alla.iter().any(|a| a.kod == *kod),
            (Svarsslag::Heltal { minst, hogst }, Svar::Heltal(tal)) => {
                (minst..=hogst).contains(&tal)
            }
            _ => false,
        }
    }

    fn hel(&self) -> bool {
        let svar = match &self.svar {
            Svarsslag::JaNej | Svarsslag::Datum => true,
            Svarsslag::Heltal { minst, hogst } => minst <= hogst,
            Svarsslag::EnAv(alla) => {
                let koder: HashSet<&str> = alla.iter().map(|a| a.kod.as_str()).collect();
                let texter: HashSet<&str> = alla.iter().map(|a| a.text.trim()).collect();
                let hela = alla.iter().all(|a| kodform(&a.kod) && textform(&a.text));
                hela && alla.len() >= 2 && koder.len() == alla.len() && texter.len() == alla.len()
            }
        };
        svar && kodform(&self.kod)
            && textform(&self.text)
            && hjalpform(self.hjalp.as_ref())
            && self.till.is_none_or(|till| self.fran <= till)
    }
}

/// The questions to ask on a day, in order.
#[must_use]
pub fn fragor_den(fragor: &[Fraga], dag: Date) -> Vec<&Fraga> {
    let mut svar: Vec<&Fraga> = fragor.iter().filter(|fraga| fraga.galler(dag)).collect();
    svar.sort_by_key(|fraga| (fraga.ordning, &fraga.kod));
    svar
}

/// What is wrong with them.
#[must_use]
pub fn prova(fragor: &[Fraga]) -> Vec<Problem> {
    let mut sedda = HashSet::new();
    let mut svar = Vec::new();
    for fraga in fragor {
        let problem = if !sedda.insert(&fraga.kod) {
            Problem::ogiltigt(
                "fraga-dubbel",
                "Två frågor har samma kod.",
                "Ge den ena en egen kod.",
            )
        } else if !fraga.hel() {
            Problem::ogiltigt(
                "fraga",
                "Frågan eller något av dess svar saknar kod eller text, eller slutar innan den \
                 börjar.",
                "En fråga med koder har minst två olika svar. Minsta talet är högst det största.",
            )
        } else {
            continue;
        };
        svar.push(problem.pa(fraga.kod.clone()));
    }
    svar
}

/// What is wrong with new questions after old ones: a question stays, ended or not, and what it
/// asks and what its answers mean stays with it. Answers may be added.
#[must_use]
pub fn prova_nya(gamla: &[Fraga], nya: &[Fraga]) -> Vec<Problem> {
    let mut svar = prova(nya);
    for fore in gamla {
        let nu = nya.iter().find(|fraga| fraga.kod == fore.kod);
        let samma = nu.is_some_and(|nu| {
            nu.text == fore.text && nu.fran == fore.fran && rymmer(&nu.svar, &fore.svar)
        });
        if !samma {
            let problem = Problem::ogiltigt(
                "fraga-andrad",
                "En fråga som har ställts är borta eller frågar något annat.",
                "Ge frågan en sista dag och det nya en egen kod.",
            );
            svar.push(problem.pa(fore.kod.clone()));
        }
    }
    svar
}

/// Whether every answer that could be given still can, and means the same.
fn rymmer(nu: &Svarsslag, fore: &Svarsslag) -> bool {
    match (nu, fore) {
        (Svarsslag::EnAv(nu), Svarsslag::EnAv(fore)) => fore.iter().all(|a| nu.contains(a)),
        (
            Svarsslag::Heltal { minst, hogst },
            Svarsslag::Heltal {
                minst: forut,
                hogst: forut_hogst,
            },
        ) => minst <= forut && forut_hogst <= hogst,
        _ => nu == fore,
    }
}
