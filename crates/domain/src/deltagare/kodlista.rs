//! Code lists: what a person's situation is said with. Codes and never free text, so that what
//! is kept is no more than what is asked.
//!
//! The lists that ship stand in `crates/domain/data/kodlistor.json`, each with its source; what
//! is only proposed says so. A huvudman may have a version of its own from a day on
//! ([`version`]). What a code once meant it always means.

pub mod alder;
pub mod fraga;
mod katalog;
mod provning;
pub mod stodform;
pub mod version;

pub use katalog::{FORMAT, Katalog, forval};
pub use provning::{Brist, Skal};

use crate::faktum::kodat;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The code for what is not known, in every list where that can be.
pub const OKANT: &str = "okant";

kodat! {
    /// A list.
    Listnamn {
        /// Sex, as the person says.
        Kon = "kon", "Kön";
        /// Highest completed education.
        Utbildningsniva = "utbildningsniva", "Utbildningsnivå";
        /// Time in public support before the start.
        TidIForsorjning = "tid-i-forsorjning", "Tid i offentlig försörjning";
        /// What the person lives on; several at once.
        Forsorjning = "forsorjning", "Försörjning";
        /// What the person does.
        Sysselsattning = "sysselsattning", "Sysselsättning";
        /// The kind of work of who works.
        TypAvArbete = "typ-av-arbete", "Typ av arbete";
        /// Target groups that the person belongs to; several.
        Malgrupp = "malgrupp", "Målgrupp";
        /// The authorities whose status is told.
        Myndighet = "myndighet", "Myndighet";
        /// How the person stands with one of them.
        Myndighetsstatus = "myndighetsstatus", "Läge hos myndigheten";
        /// Who referred the person.
        Remittent = "remittent", "Remittent";
        /// What must be arranged for the person to take part; several. Never why.
        Behov = "behov", "Behov av anpassning";
        /// Why a participation ended.
        Avslutsanledning = "avslutsanledning", "Avslutsanledning";
        /// How far the person came.
        Fullfoljande = "fullfoljande", "Fullföljande";
        /// Why it was not completed.
        Avbrottsorsak = "avbrottsorsak", "Orsak till att det inte fullföljdes";
        /// Where it ended; each person in one.
        Sluttillstand = "sluttillstand", "Resultat vid avslut";
        /// Help beside the outcome; overlapping, never added up to persons.
        AnnatStod = "annat-stod", "Annat stöd som getts";
        /// Whether a follow-up was answered.
        Uppfoljningssvar = "uppfoljningssvar", "Svar på uppföljning";
        /// How far from work or studies the person was at the start.
        Startlage = "startlage", "Senast i arbete eller studier";
    }
}

kodat! {
    /// The four groups of SUS' report of occupation before and after.
    SusGrupp {
        /// In gainful work.
        Forvarvsarbete = "forvarvsarbete", "förvärvsarbete";
        /// In studies.
        Studier = "studier", "studier";
        /// Seeks work, and neither works nor studies.
        AktivtArbetssokande = "aktivt-arbetssokande", "aktivt arbetssökande";
        /// All others that have ended; SUS counts the unknown here.
        Ovriga = "ovriga", "övriga avslutade";
    }
}

kodat! {
    /// The group of a livelihood in SCB's and Försäkringskassan's försörjningsmått.
    Forsorjningsmatt {
        /// Sickness benefits.
        Ohalsa = "ohalsa", "ohälsa";
        /// Unemployment, labour market programmes, introduction.
        Arbetsmarknadsstod = "arbetsmarknadsstod", "arbetsmarknadsstöd";
        /// Economic assistance.
        EkonomisktBistand = "ekonomiskt-bistand", "ekonomiskt bistånd";
        /// Outside the measure: no public support.
        Ingen = "ingen", "ingen offentlig försörjning";
        /// Not known, which is not none.
        Okant = "okant", "okänt";
    }
}

kodat! {
    /// What an end state is worth as a result, so that steps on the way are not taken for
    /// nothing.
    Resultat {
        /// Work or studies.
        Mal = "mal", "arbete eller studier";
        /// Neither, and not unchanged.
        Steg = "steg", "steg på vägen";
        /// As before.
        Oforandrat = "oforandrat", "oförändrat";
        /// None of them.
        Annat = "annat", "annat";
        /// Not known.
        Okant = "okant", "okänt";
    }
}

/// A code of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kod {
    /// Stable, in a–z, digits and hyphens.
    pub kod: String,
    /// Place in the list; each its own.
    pub ordning: u16,
    /// What is shown.
    pub text: String,
    /// First day; none: as long as the list has been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fran: Option<Date>,
    /// Last day; none: until further.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub till: Option<Date>,
    /// Definition, where the text is not enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hjalp: Option<String>,
    /// SUS group; in the list of occupations only, and there always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sus: Option<SusGrupp>,
    /// Group in the försörjningsmått; in the list of livelihoods only, and there always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forsorjningsmatt: Option<Forsorjningsmatt>,
    /// What it is worth as a result; in the list of end states only, and there always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resultat: Option<Resultat>,
    /// Cannot be chosen together with another: unknown, none, outside.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ensam: bool,
    /// Tells of health or the like (dataskyddsförordningen 9): shown and kept with more care.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kanslig: bool,
    /// Proposed by us, not found in a source.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forslag: bool,
    /// In a new version: the text or the mapping is another than before, and means the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub samma_betydelse: bool,
}

/// A version of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kodlista {
    /// Which list.
    pub lista: Listnamn,
    /// First day of this version. The next one takes over from its own.
    pub galler_fran: Date,
    /// Where it comes from.
    pub kalla: String,
    /// What goes for all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hjalp: Option<String>,
    /// The codes, ended ones too.
    pub koder: Vec<Kod>,
}

/// Why a choice of codes cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valfel {
    /// The list has no such code.
    Finns,
    /// It has, but not on that day.
    Dag,
    /// One of the list can be chosen, and more were.
    Flera,
    /// The same code twice.
    Dubbel,
    /// A code that stands alone was chosen with another.
    Ensam,
}

impl Listnamn {
    /// Whether several codes can hold for a person at once.
    #[must_use]
    pub const fn flera(self) -> bool {
        matches!(
            self,
            Self::Forsorjning | Self::Malgrupp | Self::Behov | Self::AnnatStod
        )
    }

    /// Whether the answer can be unknown. An authority is named and not answered with.
    #[must_use]
    pub const fn kan_vara_okant(self) -> bool {
        !matches!(self, Self::Myndighet)
    }
}

impl Kod {
    /// Whether it can be chosen for a day.
    #[must_use]
    pub fn galler(&self, dag: Date) -> bool {
        self.fran.is_none_or(|fran| fran <= dag) && self.till.is_none_or(|till| dag <= till)
    }
}

impl Kodlista {
    /// The codes to choose among for a day, in order.
    #[must_use]
    pub fn koder_den(&self, dag: Date) -> Vec<&Kod> {
        let mut koder: Vec<&Kod> = self.koder.iter().filter(|kod| kod.galler(dag)).collect();
        koder.sort_by_key(|kod| kod.ordning);
        koder
    }

    /// A code, ended or not.
    #[must_use]
    pub fn finn(&self, kod: &str) -> Option<&Kod> {
        self.koder.iter().find(|k| k.kod == kod)
    }

    /// Whether these codes can be what is said of a person for a day. None is no fault here.
    ///
    /// # Errors
    /// The first reason that they cannot.
    pub fn prova_val(&self, valda: &[&str], dag: Date) -> Result<(), Valfel> {
        let mut sedda: Vec<&Kod> = Vec::new();
        for vald in valda {
            let kod = self.finn(vald).ok_or(Valfel::Finns)?;
            if !kod.galler(dag) {
                return Err(Valfel::Dag);
            }
            if sedda.contains(&kod) {
                return Err(Valfel::Dubbel);
            }
            sedda.push(kod);
        }
        match sedda.as_slice() {
            [] | [_] => Ok(()),
            _ if !self.lista.flera() => Err(Valfel::Flera),
            fler if fler.iter().any(|kod| kod.ensam) => Err(Valfel::Ensam),
            _ => Ok(()),
        }
    }

    /// Counts by code as counts by SUS' four groups, in their order. `None` when a code is not
    /// of the list, has no group or the sum is too large: a part is never left out unseen.
    #[must_use]
    pub fn per_sus<'a>(
        &self,
        antal: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> Option<Vec<(SusGrupp, u64)>> {
        let mut svar: Vec<(SusGrupp, u64)> = SusGrupp::ALLA.iter().map(|g| (*g, 0)).collect();
        for (kod, antal) in antal {
            let grupp = self.finn(kod)?.sus?;
            let (_, summa) = svar.iter_mut().find(|(g, _)| *g == grupp)?;
            *summa = summa.checked_add(antal)?;
        }
        Some(svar)
    }
}

#[cfg(test)]
mod tests;
