//! What a list must be to be one, whoever wrote it.

use super::{Kod, Kodlista, Listnamn, OKANT};
use crate::faktum::kodat;
use crate::problem::Problem;

const LANGSTA_KOD: usize = 40;
const LANGSTA_TEXT: usize = 120;
const LANGSTA_HJALP: usize = 500;

kodat! {
    /// The rule that a list or a version of it breaks.
    Skal {
        /// No codes.
        Tom = "kodlista-tom", "Listan har inga koder.";
        /// A code in other characters or too long.
        Kodform = "kodlista-kodform", "En kod skrivs med a–z, siffror och bindestreck.";
        /// A code twice.
        Dubbel = "kodlista-dubbel", "Samma kod står två gånger.";
        /// Two codes in the same place.
        Ordning = "kodlista-ordning", "Två koder har samma plats i ordningen.";
        /// A text or help that is empty, too long or cannot be shown.
        Text = "kodlista-text", "En text är tom, för lång eller har tecken som inte kan visas.";
        /// Two codes with the same text on the same day.
        SammaText = "kodlista-samma-text", "Två koder har samma text samtidigt.";
        /// Ends before it starts.
        Tid = "kodlista-tid", "En kod slutar gälla innan den börjar.";
        /// A mapping that is missing, or stands where there is none.
        Grupp = "kodlista-grupp", "En kod saknar sin grupp, eller har en som listan inte har.";
        /// No code for the unknown.
        Okant = "kodlista-okant", "Listan ska alltid ha koden för det okända.";
        /// The new version is of another list.
        AnnanLista = "kodlista-annan-lista", "Den nya versionen gäller en annan lista.";
        /// The new version does not start after the old one.
        Versionsdag = "kodlista-versionsdag", "Den nya versionen ska börja efter den gamla.";
        /// A code of the old version is not in the new one.
        Borttagen = "kodlista-borttagen", "En kod som har funnits är borta.";
        /// The same code, another meaning.
        Betydelse = "kodlista-betydelse", "En kod som har funnits har fått en annan betydelse.";
        /// A code of the old version gets another first day.
        Borjan = "kodlista-borjan", "En kod som har funnits har fått en annan första dag.";
        /// A code ends before the new version starts.
        SlutForut = "kodlista-slut-forut", "En kod slutar gälla innan den nya versionen börjar.";
        /// A new code is valid before its version.
        NyForut = "kodlista-ny-forut", "En ny kod gäller från en dag före den nya versionen.";
    }
}

/// A broken rule, and the code that breaks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brist {
    /// The rule.
    pub skal: Skal,
    /// The list.
    pub lista: Listnamn,
    /// The code, when it is one.
    pub kod: Option<String>,
}

impl Skal {
    /// What to do about it.
    #[must_use]
    pub const fn atgard(self) -> &'static str {
        match self {
            Self::Tom => "Skriv minst en kod.",
            Self::Kodform => "Skriv högst 40 tecken, som forsta-steget.",
            Self::Dubbel => "Ge den ena en egen kod.",
            Self::Ordning => "Ge varje kod ett eget tal.",
            Self::Text => "Skriv högst 120 tecken i texten och 500 i hjälpen, på en rad.",
            Self::SammaText => "Ändra den ena, så att det går att välja rätt.",
            Self::Tid => "Sista dagen ska vara första dagen eller senare.",
            Self::Grupp => {
                "Försörjning har grupp i försörjningsmåttet, sysselsättning har grupp i SUS och \
                 resultat vid avslut har hur långt det är. Andra listor har ingen."
            }
            Self::Okant => "Lägg till koden okant utan sista dag.",
            Self::AnnanLista => "Jämför med samma lista.",
            Self::Versionsdag => "Välj en senare dag.",
            Self::Borttagen => "Låt koden stå kvar, och skriv den sista dag som den får väljas.",
            Self::Betydelse => {
                "Ge det nya en egen kod och den gamla en sista dag. Är det bara orden som är \
                 andra: skriv samma_betydelse."
            }
            Self::Borjan => "Skriv samma första dag som förut.",
            Self::SlutForut => {
                "Sista dagen kan tidigast vara dagen före den nya versionen: det som redan är \
                 registrerat ska ha varit rätt."
            }
            Self::NyForut => "Skriv den nya versionens första dag eller en senare.",
        }
    }
}

impl Brist {
    /// As a refusal for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let problem = Problem::ogiltigt(self.skal.kod(), self.skal.text(), self.skal.atgard());
        match &self.kod {
            Some(kod) => problem.pa(format!("{}, {kod}", self.lista.text())),
            None => problem.pa(self.lista.text()),
        }
    }
}

/// Whether it can be a code.
pub(super) fn kodform(kod: &str) -> bool {
    let tecken = |t: char| t.is_ascii_lowercase() || t.is_ascii_digit() || t == '-';
    !kod.is_empty() && kod.len() <= LANGSTA_KOD && kod.chars().all(tecken)
}

/// Whether it can be shown on a line.
pub(super) fn textform(text: &str) -> bool {
    visbar(text, LANGSTA_TEXT)
}

/// Whether it can be shown as help.
pub(super) fn hjalpform(hjalp: Option<&String>) -> bool {
    hjalp.is_none_or(|hjalp| visbar(hjalp, LANGSTA_HJALP))
}

fn visbar(text: &str, langst: usize) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= langst
        && !text.chars().any(char::is_control)
        && crate::tecken::otillatet(text).is_none()
}

impl Kodlista {
    /// Everything that is wrong with it, in the order of its codes; empty when it is a list.
    #[must_use]
    pub fn prova(&self) -> Vec<Brist> {
        let mut svar = Vec::new();
        let brist = |skal, kod: Option<&Kod>| Brist {
            skal,
            lista: self.lista,
            kod: kod.map(|k| k.kod.clone()),
        };
        if self.koder.is_empty() {
            svar.push(brist(Skal::Tom, None));
        }
        if !textform_kalla(&self.kalla) || !hjalpform(self.hjalp.as_ref()) {
            svar.push(brist(Skal::Text, None));
        }
        for (plats, kod) in self.koder.iter().enumerate() {
            let fore = self.koder.get(..plats).unwrap_or_default();
            svar.extend(self.skal_mot(kod, fore).map(|skal| brist(skal, Some(kod))));
        }
        let okant = self
            .finn(OKANT)
            .is_some_and(|k| k.till.is_none() && k.fran.is_none());
        if self.lista.kan_vara_okant() && !okant {
            svar.push(brist(Skal::Okant, None));
        }
        svar
    }

    /// What is wrong with a code by itself and beside those before it.
    fn skal_mot<'a>(&'a self, kod: &'a Kod, fore: &'a [Kod]) -> impl Iterator<Item = Skal> {
        let samtidigt = |annan: &Kod| {
            annan
                .till
                .is_none_or(|till| kod.fran.is_none_or(|f| f <= till))
                && kod
                    .till
                    .is_none_or(|till| annan.fran.is_none_or(|f| f <= till))
        };
        let sok = crate::svensk::sokform(kod.text.trim());
        let lika_text = |annan: &Kod| crate::svensk::sokform(annan.text.trim()) == sok;
        [
            (!kodform(&kod.kod), Skal::Kodform),
            (fore.iter().any(|k| k.kod == kod.kod), Skal::Dubbel),
            (fore.iter().any(|k| k.ordning == kod.ordning), Skal::Ordning),
            (
                !textform(&kod.text) || !hjalpform(kod.hjalp.as_ref()),
                Skal::Text,
            ),
            (
                fore.iter().any(|k| lika_text(k) && samtidigt(k)),
                Skal::SammaText,
            ),
            (
                kod.fran
                    .zip(kod.till)
                    .is_some_and(|(fran, till)| till < fran),
                Skal::Tid,
            ),
            (!self.har_sin_grupp(kod), Skal::Grupp),
        ]
        .into_iter()
        .filter_map(|(fel, skal)| fel.then_some(skal))
    }

    fn har_sin_grupp(&self, kod: &Kod) -> bool {
        (self.lista == Listnamn::Sysselsattning) == kod.sus.is_some()
            && (self.lista == Listnamn::Forsorjning) == kod.forsorjningsmatt.is_some()
            && (self.lista == Listnamn::Sluttillstand) == kod.resultat.is_some()
    }
}

/// A source may be as long as help.
pub(super) fn textform_kalla(kalla: &str) -> bool {
    visbar(kalla, LANGSTA_HJALP)
}
