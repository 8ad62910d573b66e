//! Support forms with rules of age and length, as reference data: a rule is what its source
//! says, and another law is another row.

use super::provning::{kodform, textform, textform_kalla};
use crate::problem::Problem;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A support form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stodform {
    /// Stable code.
    pub kod: String,
    /// Its name.
    pub text: String,
    /// First age, in whole years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alder_fran: Option<u16>,
    /// Last age, in whole years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alder_till: Option<u16>,
    /// Longest time, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hogst_manader: Option<u16>,
    /// First day of the rule; none: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fran: Option<Date>,
    /// Last day of the rule; none: until further.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub till: Option<Date>,
    /// Who says so.
    pub kalla: String,
    /// Not checked against the law.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forslag: bool,
}

impl Stodform {
    /// Whether somebody of this age can have it. A form without ages is for all.
    #[must_use]
    pub fn ar_for(&self, alder: u16) -> bool {
        self.alder_fran.is_none_or(|fran| fran <= alder)
            && self.alder_till.is_none_or(|till| alder <= till)
    }

    /// The first age at which it has ended.
    #[must_use]
    pub fn slutar_vid(&self) -> Option<u16> {
        self.alder_till?.checked_add(1)
    }

    /// What is wrong with it.
    #[must_use]
    pub fn prova(&self) -> Vec<Problem> {
        let aldrar = self.alder_fran.zip(self.alder_till);
        let dagar = self.fran.zip(self.till);
        let hel = kodform(&self.kod)
            && textform(&self.text)
            && textform_kalla(&self.kalla)
            && aldrar.is_none_or(|(fran, till)| fran <= till)
            && dagar.is_none_or(|(fran, till)| fran <= till)
            && self.hogst_manader != Some(0);
        if hel {
            return Vec::new();
        }
        let problem = Problem::ogiltigt(
            "stodform",
            "En stödform har en kod, en text och en källa, och slutar inte innan den börjar.",
            "Fyll i det som saknas, och skriv åldrar och dagar i ordning.",
        );
        vec![problem.pa(self.kod.clone())]
    }
}
