//! What a person has agreed to, and on what other ground something may be told.
//!
//! Tillstand: samtycke
//!
//! Two things that are often taken for one are apart here. That an authority **may tell** another
//! is a matter of secrecy (offentlighets- och sekretesslagen): the person's consent lifts it (10
//! kap. 1 § and 12 kap. 2 §), per authority that tells and kind of information, or a provision
//! does. That somebody **may process** the data is a matter of data protection
//! ([`Behandling`]): for an authority normally a task in the public interest and not consent.
//! Taking back the one does not undo the other.

use crate::faktum::kodat;
use crate::id::OrganisationId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

kodat! {
    /// A kind of information, as the sheet that the person signs lists them.
    Uppgiftsslag {
        /// Who the person is.
        Identitet = "identitet", "vem jag är";
        /// How to reach the person.
        Kontakt = "kontakt", "hur jag nås";
        /// What the person lives on.
        Forsorjning = "forsorjning", "vad jag lever på";
        /// Work, studies and how far from them.
        Arbete = "arbete", "arbete och studier";
        /// What must be arranged; tells of health (dataskyddsförordningen 9).
        Behov = "behov", "vad jag behöver för att kunna delta";
        /// What is planned and done.
        Plan = "plan", "min plan och vad som görs";
        /// What came of it.
        Resultat = "resultat", "hur det gick";
    }
}

kodat! {
    /// How the person got to know what the consent is about.
    Informationssatt {
        /// On a sheet of paper.
        Papper = "papper", "på papper";
        /// On a screen.
        Skarm = "skarm", "på skärm";
        /// Read out, by an interpreter too.
        Muntligt = "muntligt", "uppläst";
    }
}

/// What the person was told before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Information {
    /// Which version of the text.
    pub text: String,
    /// Its language, as in BCP 47: `sv`, `ar`.
    pub sprak: String,
    /// The day.
    pub dag: Date,
    /// How.
    pub satt: Informationssatt,
}

/// A consent: whose secrecy is lifted, towards whom and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Samtycke {
    /// The authority that may tell.
    pub lamnar: OrganisationId,
    /// Those it may tell.
    pub till: BTreeSet<OrganisationId>,
    /// What it may tell.
    pub slag: BTreeSet<Uppgiftsslag>,
    /// What the person was told first.
    pub information: Information,
    /// The day it was given.
    pub dag: Date,
    /// The last day, where one was agreed. It never outlives the participation.
    pub galler_till: Option<Date>,
}

/// A step, as a row says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "steg", rename_all = "snake_case")]
pub enum Samtyckessteg {
    /// Given.
    Lamna(Samtycke),
    /// Taken back: the person need not say why.
    Aterkalla {
        /// The day. What is hidden is hidden from its first hour.
        dag: Date,
    },
}

/// Where a consent is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Samtyckeslage {
    /// Holds, within its days.
    Lamnat(Samtycke),
    /// Taken back. What had been told until then was rightly told.
    Aterkallat {
        /// What it was.
        samtycke: Samtycke,
        /// The day.
        dag: Date,
    },
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samtyckesvagran {
    /// It has not been given.
    InteLamnat,
    /// It has been given already. A wider or narrower one is another one.
    Lamnat,
    /// It is taken back already. A new consent is another one.
    Aterkallat,
    /// The day is before the day it was given.
    FelDag,
    /// It lifts nothing: nobody to tell, or nothing.
    Tomt,
    /// The person was told what it was about only afterwards.
    InformationEfterat,
}

/// A provision that lets an authority tell without consent: a row with its paragraph, so that a
/// new law is new data and not new code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bestammelse {
    /// Stable code.
    pub kod: String,
    /// Where it stands: `10 kap. 2 § offentlighets- och sekretesslagen (2009:400)`.
    pub lagrum: String,
    /// Who it lets tell.
    pub lamnar: OrganisationId,
    /// Those it may tell.
    pub till: BTreeSet<OrganisationId>,
    /// What.
    pub slag: BTreeSet<Uppgiftsslag>,
    /// First day.
    pub fran: Date,
    /// Last day; none: until further.
    pub till_dag: Option<Date>,
}

kodat! {
    /// On what ground personal data is processed (dataskyddsförordningen 6.1).
    Behandling {
        /// 6.1 e, with the national law that gives the task.
        AllmantIntresse = "allmant-intresse", "uppgift av allmänt intresse";
        /// 6.1 c.
        RattsligForpliktelse = "rattslig-forpliktelse", "rättslig förpliktelse";
        /// 6.1 a; weak where the person depends on who asks.
        Samtycke = "samtycke", "samtycke till behandlingen";
    }
}

/// What is asked: may this authority tell that one this, on this day?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraga {
    /// Who would tell.
    pub lamnar: OrganisationId,
    /// Who would be told.
    pub till: OrganisationId,
    /// What.
    pub slag: Uppgiftsslag,
    /// When.
    pub dag: Date,
}

impl Samtyckeslage {
    /// A consent that is given.
    ///
    /// # Errors
    /// Why it is none.
    pub fn lamna(samtycke: Samtycke) -> Result<Self, Samtyckesvagran> {
        if samtycke.till.is_empty() || samtycke.slag.is_empty() {
            return Err(Samtyckesvagran::Tomt);
        }
        if samtycke.dag < samtycke.information.dag {
            return Err(Samtyckesvagran::InformationEfterat);
        }
        if samtycke.galler_till.is_some_and(|sist| sist < samtycke.dag) {
            return Err(Samtyckesvagran::FelDag);
        }
        Ok(Self::Lamnat(samtycke))
    }

    /// What the steps make of it, in their order.
    ///
    /// # Errors
    /// The first reason that one of them cannot be taken.
    pub fn av(steg: &[Samtyckessteg]) -> Result<Self, Samtyckesvagran> {
        let (forsta, rest) = steg.split_first().ok_or(Samtyckesvagran::InteLamnat)?;
        let Samtyckessteg::Lamna(samtycke) = forsta else {
            return Err(Samtyckesvagran::InteLamnat);
        };
        rest.iter()
            .try_fold(Self::lamna(samtycke.clone())?, |lage, steg| match steg {
                Samtyckessteg::Lamna(_) => Err(Samtyckesvagran::Lamnat),
                Samtyckessteg::Aterkalla { dag } => lage.aterkalla(*dag),
            })
    }

    /// Taken back from this day on.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn aterkalla(self, dag: Date) -> Result<Self, Samtyckesvagran> {
        match self {
            Self::Aterkallat { .. } => Err(Samtyckesvagran::Aterkallat),
            Self::Lamnat(samtycke) if dag < samtycke.dag => Err(Samtyckesvagran::FelDag),
            Self::Lamnat(samtycke) => Ok(Self::Aterkallat { samtycke, dag }),
        }
    }

    /// What was agreed, whether it still holds or not.
    #[must_use]
    pub const fn samtycke(&self) -> &Samtycke {
        match self {
            Self::Lamnat(samtycke) | Self::Aterkallat { samtycke, .. } => samtycke,
        }
    }

    /// Whether it lifts the secrecy that is asked about. On the day it is taken back it does
    /// not, at any hour: the person is not to wait until tomorrow.
    #[must_use]
    pub fn lyfter(&self, f: Fraga) -> bool {
        let borta = match self {
            Self::Lamnat(_) => false,
            Self::Aterkallat { dag, .. } => *dag <= f.dag,
        };
        let s = self.samtycke();
        !borta
            && s.lamnar == f.lamnar
            && s.till.contains(&f.till)
            && s.slag.contains(&f.slag)
            && s.dag <= f.dag
            && s.galler_till.is_none_or(|sist| f.dag <= sist)
    }
}

impl Bestammelse {
    /// Whether it lets what is asked about be told.
    #[must_use]
    pub fn bryter(&self, f: Fraga) -> bool {
        self.lamnar == f.lamnar
            && self.till.contains(&f.till)
            && self.slag.contains(&f.slag)
            && self.fran <= f.dag
            && self.till_dag.is_none_or(|sist| f.dag <= sist)
    }
}

/// Why something may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grund<'a> {
    /// It is one's own.
    Egen,
    /// The person has agreed.
    Samtycke(&'a Samtycke),
    /// A provision says so.
    Bestammelse(&'a Bestammelse),
}

/// On what ground it may be told, if on any: one's own, the person's consent, or a provision.
#[must_use]
pub fn grund<'a>(
    f: Fraga,
    samtycken: &'a [Samtyckeslage],
    bestammelser: &'a [Bestammelse],
) -> Option<Grund<'a>> {
    if f.lamnar == f.till {
        return Some(Grund::Egen);
    }
    let samtyckt = samtycken.iter().find(|s| s.lyfter(f));
    let bruten = || bestammelser.iter().find(|b| b.bryter(f));
    samtyckt
        .map(|s| Grund::Samtycke(s.samtycke()))
        .or_else(|| bruten().map(Grund::Bestammelse))
}

#[cfg(test)]
mod tests;
