//! Rows of another register, as participants: which column is what, and what each cell says.
//!
//! A row that does not hold is told of by its number, its column and its rule, never by what stood
//! there: the cells are about people.

mod rad;

pub use rad::Tolkad;

use crate::problem::Problem;
use crate::svensk::sokform;
use std::collections::BTreeMap;

macro_rules! kolumner {
    ($($(#[$doc:meta])* $namn:ident = $kravs:literal,
        [$rubrik:literal $(, $annan:literal)*];)+) => {
        /// What a column can be.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kolumn {
            $($(#[$doc])* $namn,)+
        }

        impl Kolumn {
            /// Every one, in the order of the template.
            pub const ALLA: &'static [Self] = &[$(Self::$namn,)+];

            /// The heading in the template.
            #[must_use]
            pub const fn rubrik(self) -> &'static str {
                match self { $(Self::$namn => $rubrik,)+ }
            }

            /// Whether a list must have it.
            #[must_use]
            pub const fn kravs(self) -> bool {
                match self { $(Self::$namn => $kravs,)+ }
            }

            /// Headings that mean it, in lower case: the template's first.
            const fn rubriker(self) -> &'static [&'static str] {
                match self { $(Self::$namn => &[$rubrik $(, $annan)*],)+ }
            }
        }
    };
}

kolumner! {
    /// Number or code.
    Vem = true, ["Personnummer eller kod", "personnummer", "person-nr", "pnr", "personnr",
        "samordningsnummer", "kod", "deltagare"];
    /// Name.
    Namn = false, ["Namn", "deltagarens namn", "förnamn och efternamn"];
    /// Protected data: yes or no.
    Skyddad = false, ["Skyddade personuppgifter", "skyddad", "skyddade uppgifter",
        "sekretessmarkering"];
    /// First day.
    Dag = true, ["Första dagen", "startdatum", "start", "inskriven", "inskrivningsdatum"];
    /// When the person was informed.
    Informerad = false, ["Fick informationen den", "informerad"];
    /// Sex.
    Kon = true, ["Kön"];
    /// Home municipality.
    Kommun = false, ["Hemkommun", "kommun", "folkbokföringskommun", "bostadskommun"];
    /// Education.
    Utbildning = false, ["Högsta avslutade utbildning", "utbildning", "utbildningsnivå"];
    /// Time in public support.
    Tid = false, ["Tid i offentlig försörjning"];
    /// How long since work or studies.
    Startlage = false, ["Senast i arbete eller studier", "startläge"];
    /// Who referred the person.
    Remittent = false, ["Vem hänvisade hit", "remittent", "initierad av"];
    /// Target groups, several.
    Malgrupper = false, ["Målgrupper", "målgrupp"];
    /// What must be arranged, several.
    Behov = false, ["Det som behöver ordnas", "behov", "anpassning"];
    /// Livelihood before, several with extent.
    Forsorjning = false, ["Försörjning före", "försörjning", "försörjning vid start"];
    /// Occupation before.
    Sysselsattning = false, ["Sysselsättning före", "sysselsättning",
        "sysselsättning vid start"];
    /// Last day.
    Slut = false, ["Sista dagen", "slutdatum", "slut", "utskriven", "avslutad"];
    /// Why it ended.
    Anledning = false, ["Varför det slutade", "avslutsanledning", "avslutningsorsak"];
    /// How far the person came.
    Fullfoljande = false, ["Fullföljande", "fullföljt"];
    /// Why it was not completed.
    Avbrott = false, ["Varför det inte fullföljdes", "avbrottsorsak"];
    /// Where the person went.
    Sluttillstand = false, ["Resultat", "sluttillstånd", "utfall"];
    /// Other help, several.
    Stod = false, ["Annat stöd", "stöd"];
    /// Livelihood after, several with extent.
    ForsorjningEfter = false, ["Försörjning efter", "försörjning vid avslut"];
    /// Occupation after.
    SysselsattningEfter = false, ["Sysselsättning efter", "sysselsättning vid avslut"];
    /// Kind of work after.
    Arbete = false, ["Typ av arbete efter", "typ av arbete"];
    /// Extent of work after.
    Arbetstid = false, ["Arbetstid efter, procent", "arbetstid", "omfattning"];
}

/// Where each column of a list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mappning {
    plats: BTreeMap<Kolumn, usize>,
    /// Headings that mean nothing here, as they stood: those columns are not read.
    pub lases_inte: Vec<String>,
}

/// A heading without what people put around it.
fn rubrikform(text: &str) -> String {
    let utan = text.trim().trim_end_matches(['*', ':', '?']);
    let ord: Vec<String> = utan.split_whitespace().map(sokform).collect();
    ord.join(" ")
}

fn kolumn_av(rubrik: &str) -> Option<Kolumn> {
    let form = rubrikform(rubrik);
    let lika = |k: &&Kolumn| k.rubriker().iter().any(|r| rubrikform(r) == form);
    Kolumn::ALLA.iter().find(lika).copied()
}

impl Mappning {
    /// Reads the row of headings, in any order.
    ///
    /// # Errors
    /// Columns that must be there and are not, and those that are there twice.
    pub fn av(rubriker: &[String]) -> Result<Self, Vec<Problem>> {
        let mut ut = Self {
            plats: BTreeMap::new(),
            lases_inte: Vec::new(),
        };
        let mut fel = Vec::new();
        for (nr, rubrik) in rubriker.iter().enumerate() {
            match kolumn_av(rubrik) {
                Some(kolumn) => {
                    if ut.plats.insert(kolumn, nr).is_some() {
                        fel.push(dubbel(kolumn));
                    }
                }
                None if rubrik.trim().is_empty() => {}
                None => ut.lases_inte.push(rubrik.trim().to_owned()),
            }
        }
        let saknas = Kolumn::ALLA
            .iter()
            .filter(|k| k.kravs() && !ut.plats.contains_key(k));
        fel.extend(saknas.map(|k| saknad(*k)));
        if fel.is_empty() { Ok(ut) } else { Err(fel) }
    }

    /// The columns that are read, in the order of the template.
    pub fn lases(&self) -> impl Iterator<Item = Kolumn> {
        self.plats.keys().copied()
    }
}

fn dubbel(kolumn: Kolumn) -> Problem {
    let text = format!("Två kolumner betyder {}.", kolumn.rubrik());
    Problem::ogiltigt("inlasning-kolumn-tva", text, "Ta bort den ena.").pa("rubrikraden")
}

fn saknad(kolumn: Kolumn) -> Problem {
    let text = format!("Kolumnen {} saknas.", kolumn.rubrik());
    let atgard = "Lägg till den, eller byt namn på den kolumn som är den.";
    Problem::ogiltigt("inlasning-kolumn-saknas", text, atgard).pa("rubrikraden")
}

#[cfg(test)]
mod tests;
