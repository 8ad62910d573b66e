//! What is kept of who a participant is: as little as the work needs, and never where it could
//! be shown by mistake.

use crate::deltagare::identitet::{Identitetsnummer, Nekat};
use crate::deltagare::samtycke::{Behandling, Information};
use crate::problem::Problem;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// The longest name or code, in characters.
pub const LANGSTA_ORD: usize = 100;

/// A word about a person: a name, or the code somebody goes by. Not shown by `Debug`, and its
/// memory is cleared when it is let go of.
#[derive(Clone, PartialEq, Eq)]
pub struct Personord(Zeroizing<String>);

impl Personord {
    /// The words between the spaces, one space apart; `None` when there is nothing.
    #[must_use]
    pub fn ny(text: &str) -> Option<Self> {
        let mut ord = Zeroizing::new(String::with_capacity(text.len()));
        for del in text.split_whitespace() {
            if !ord.is_empty() {
                ord.push(' ');
            }
            ord.push_str(del);
        }
        (!ord.is_empty()).then_some(Self(ord))
    }

    /// The word, for who may see it. Copies of it are the caller's to clear.
    #[must_use]
    pub fn som_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Personord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personord(dolt)")
    }
}

/// By what a participant is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kand {
    /// Personnummer or samordningsnummer.
    Nummer(Identitetsnummer),
    /// A code that only the performer can read: for those who want none of their numbers here,
    /// and for protected identities.
    Kod(Personord),
}

/// Who a participant is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uppgifter {
    /// By what the person is known.
    pub kand: Kand,
    /// The name, where the work needs one.
    pub namn: Option<Personord>,
    /// The person's data is protected (sekretessmarkering or skyddad folkbokföring): out of
    /// every list, search, export and message.
    pub skyddad: bool,
}

/// The ground on which the data is kept, and what the person was told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behandlingsgrund {
    /// The ground (dataskyddsförordningen 6.1).
    pub grund: Behandling,
    /// What the person was told (dataskyddsförordningen 13).
    pub information: Information,
}

/// As somebody typed it. Not shown by `Debug`, and cleared when it is let go of.
#[derive(Clone)]
pub struct Inskrivet {
    kand: Zeroizing<String>,
    namn: Zeroizing<String>,
    skyddad: bool,
}

impl fmt::Debug for Inskrivet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Inskrivet(dolt)")
    }
}

impl Inskrivet {
    /// A number or a code, a name or nothing, and whether the box for protected data is ticked.
    #[must_use]
    pub fn ny(kand: &str, namn: &str, skyddad: bool) -> Self {
        Self {
            kand: Zeroizing::new(kand.to_owned()),
            namn: Zeroizing::new(namn.to_owned()),
            skyddad,
        }
    }

    /// Reads it: what has a digit in six places or more is meant for a number, everything else
    /// is a code.
    ///
    /// # Errors
    /// Everything that is wrong, each at its field, and nothing of what was typed.
    pub fn las(&self, idag: Date) -> Result<Uppgifter, Vec<Problem>> {
        let mut fel = Vec::new();
        let kand = self.kand(idag).map_err(|p| fel.push(p)).ok();
        let namn = Personord::ny(&self.namn);
        if self.namn.chars().count() > LANGSTA_ORD {
            fel.push(for_langt("namn"));
        }
        fel.extend(osynligt("namn", &self.namn));
        if self.skyddad && namn.is_some() {
            fel.push(skyddad_med("namn"));
        }
        match kand {
            Some(kand) if fel.is_empty() => Ok(Uppgifter {
                kand,
                namn,
                skyddad: self.skyddad,
            }),
            _ => Err(fel),
        }
    }

    fn kand(&self, idag: Date) -> Result<Kand, Problem> {
        let falt = "kand";
        if self.kand.chars().count() > LANGSTA_ORD {
            return Err(for_langt(falt));
        }
        let Some(ord) = Personord::ny(&self.kand) else {
            let text = "Det står inte vem det är.";
            let atgard = "Skriv personnummer eller samordningsnummer, eller en kod som bara ni \
                          kan läsa.";
            return Err(Problem::ogiltigt("deltagare-vem", text, atgard).i_falt(falt));
        };
        match Identitetsnummer::las(ord.som_str(), idag) {
            Ok(_) if self.skyddad => Err(skyddad_med(falt)),
            Ok(nummer) => Ok(Kand::Nummer(nummer)),
            Err(skal) if liknar_nummer(ord.som_str()) => Err(nekat(skal).i_falt(falt)),
            Err(_) => osynligt(falt, ord.som_str()).map_or(Ok(Kand::Kod(ord)), Err),
        }
    }
}

/// A character that is not seen makes two names of what looks like one, or turns the text
/// around it (Unicode's format characters, general category Cf, that text can hold).
fn osynligt(falt: &str, text: &str) -> Option<Problem> {
    let dold = |c: char| {
        matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{feff}'
        ) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    let tecken = text.chars().find(|c| dold(*c))?;
    let ord = crate::tecken::fel(tecken);
    Some(Problem::ogiltigt("deltagare-osynligt", ord, crate::tecken::ATGARD).i_falt(falt))
}

/// Whether it is meant to be a number: a code of the performer's own has fewer digits.
fn liknar_nummer(text: &str) -> bool {
    text.chars().filter(|c| c.is_numeric()).count() >= 6
}

fn nekat(skal: Nekat) -> Problem {
    skal.problem()
}

fn for_langt(falt: &str) -> Problem {
    let text = format!("Det är för långt. Högst {LANGSTA_ORD} tecken får plats.");
    Problem::ogiltigt("deltagare-for-langt", text, "Korta det.").i_falt(falt)
}

/// Skatteverket's marking is a warning that telling can harm (offentlighets- och sekretesslagen
/// 22 kap. 1 §): what is not kept cannot be told.
fn skyddad_med(falt: &str) -> Problem {
    let text = "Den som har skyddade personuppgifter registreras bara med en kod.";
    let atgard = "Skriv en kod som bara ni kan läsa, och lämna namnet tomt.";
    Problem::ogiltigt("deltagare-skyddad", text, atgard).i_falt(falt)
}

#[cfg(test)]
mod tests;
