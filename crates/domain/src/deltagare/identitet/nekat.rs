//! Why a number was refused. Reasons alone: nothing in here can hold a digit of what was typed,
//! and no text has a digit of its own, so that one in a log is a fault that shows.

use crate::problem::Problem;
use std::fmt;

/// The reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nekat {
    /// Nothing was typed.
    Tomt,
    /// Neither ten digits nor twelve.
    Langd,
    /// More than one sign, or one that is not before the last four digits.
    TecknetsPlats,
    /// A plus before the year in which the person turns a hundred.
    PlusForTidigt,
    /// No such day.
    OmojligtDatum,
    /// A year before anybody with a number can have been born.
    ForLangeSedan,
    /// A day of birth after the day it is read on.
    DagSomInteVarit,
    /// Birth number three zeros, which nobody is given.
    Fodelsenummer,
    /// The last digit does not check the others.
    Kontrollsiffra,
    /// A letter in the place of the birth number's first digit: made up by a school or an
    /// agency while waiting for the true one.
    Interimsnummer,
    /// `TF` in that place: stands for somebody without a number, or whose identity is protected.
    TfNummer,
    /// A full-width digit, as in East Asian text.
    Helbreddssiffra,
    /// A digit of another script, or a raised, lowered or enclosed one.
    FrammandeSiffra,
    /// A character that takes no room.
    OsynligtTecken,
    /// A character that turns the direction of the text.
    Skrivriktning,
    /// A dash, a minus or the like, where only the plain hyphen is read.
    AnnatStreck,
    /// A letter, perhaps one that looks like a digit, and its alphabet.
    Bokstav(Alfabet),
    /// Any other character.
    AnnatTecken,
}

/// The alphabet of a letter that stood in place of a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alfabet {
    /// Latin: the letters O, l and I are often meant for nought and one.
    Latinskt,
    /// Cyrillic.
    Kyrilliskt,
    /// Greek.
    Grekiskt,
    /// Any other.
    Annat,
}

const TOLV: &str = "Skriv alla tolv siffror, med fyra för året: ÅÅÅÅMMDD-NNNN.";
const SKRIV_OM: &str =
    "Skriv numret på nytt med tangentbordets siffror, i stället för att klistra in det.";
const JAMFOR: &str = "Jämför siffra för siffra med handlingen.";

impl Nekat {
    /// Every one, with each alphabet.
    pub const ALLA: &'static [Self] = &[
        Self::Tomt,
        Self::Langd,
        Self::TecknetsPlats,
        Self::PlusForTidigt,
        Self::OmojligtDatum,
        Self::ForLangeSedan,
        Self::DagSomInteVarit,
        Self::Fodelsenummer,
        Self::Kontrollsiffra,
        Self::Interimsnummer,
        Self::TfNummer,
        Self::Helbreddssiffra,
        Self::FrammandeSiffra,
        Self::OsynligtTecken,
        Self::Skrivriktning,
        Self::AnnatStreck,
        Self::Bokstav(Alfabet::Latinskt),
        Self::Bokstav(Alfabet::Kyrilliskt),
        Self::Bokstav(Alfabet::Grekiskt),
        Self::Bokstav(Alfabet::Annat),
        Self::AnnatTecken,
    ];

    /// Stable code.
    #[must_use]
    pub const fn kod(self) -> &'static str {
        match self {
            Self::Tomt => "identitet-tomt",
            Self::Langd => "identitet-langd",
            Self::TecknetsPlats => "identitet-tecknets-plats",
            Self::PlusForTidigt => "identitet-plus",
            Self::OmojligtDatum => "identitet-datum",
            Self::ForLangeSedan => "identitet-for-lange-sedan",
            Self::DagSomInteVarit => "identitet-framtid",
            Self::Fodelsenummer => "identitet-fodelsenummer",
            Self::Kontrollsiffra => "identitet-kontrollsiffra",
            Self::Interimsnummer => "identitet-interim",
            Self::TfNummer => "identitet-tf",
            Self::Helbreddssiffra => "identitet-helbredd",
            Self::FrammandeSiffra => "identitet-frammande-siffra",
            Self::OsynligtTecken => "identitet-osynligt",
            Self::Skrivriktning => "identitet-skrivriktning",
            Self::AnnatStreck => "identitet-streck",
            Self::Bokstav(_) => "identitet-bokstav",
            Self::AnnatTecken => "identitet-tecken",
        }
    }

    /// The rule that was broken.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Tomt => "Inget nummer är skrivet.",
            Self::Langd => "Ett personnummer har tio eller tolv siffror.",
            Self::TecknetsPlats => {
                "Bindestreck eller plustecken skrivs en gång, före de fyra sista siffrorna."
            }
            Self::PlusForTidigt => {
                "Plustecken skrivs från det år då personen fyller hundra (folkbokföringslagen, \
                 artonde paragrafen). Årtalet är senare än så."
            }
            Self::OmojligtDatum => "Numret börjar med en dag som inte finns.",
            Self::ForLangeSedan => {
                "Årtalet ligger före artonhundratalet, och ingen född då har haft personnummer."
            }
            Self::DagSomInteVarit => "Födelsedagen har inte varit än.",
            Self::Fodelsenummer => "De tre siffrorna efter födelsetiden är aldrig tre nollor.",
            Self::Kontrollsiffra => {
                "Den sista siffran stämmer inte med de andra: någon siffra är fel, eller två har \
                 bytt plats."
            }
            Self::Interimsnummer => {
                "Det är ett tillfälligt nummer (interimsnummer), med en bokstav i stället för \
                 siffra. Det är inget personnummer."
            }
            Self::TfNummer => {
                "Det är ett TF-nummer, som står för någon som saknar personnummer eller vars \
                 uppgifter är skyddade. Det är inget personnummer."
            }
            Self::Helbreddssiffra => {
                "Numret har siffror i helbredd, som i östasiatisk text. De ser ut som vanliga \
                 siffror men är andra tecken."
            }
            Self::FrammandeSiffra => {
                "Numret har siffror ur en annan skrift, eller upphöjda eller inramade siffror."
            }
            Self::OsynligtTecken => "Numret innehåller ett osynligt tecken.",
            Self::Skrivriktning => {
                "Numret innehåller ett osynligt tecken som vänder textens riktning, så att det \
                 kan se ut som ett annat nummer."
            }
            Self::AnnatStreck => "Strecket är ett tankstreck, minustecken eller liknande.",
            Self::Bokstav(alfabet) => alfabet.text(),
            Self::AnnatTecken => {
                "Ett personnummer har bara siffror, mellanslag och ett bindestreck eller \
                 plustecken."
            }
        }
    }

    /// What to do.
    #[must_use]
    pub const fn atgard(self) -> &'static str {
        match self {
            Self::Tomt
            | Self::Langd
            | Self::TecknetsPlats
            | Self::PlusForTidigt
            | Self::ForLangeSedan => TOLV,
            Self::OmojligtDatum => {
                "Jämför med handlingen. I ett samordningsnummer är dagen ökad med sextio."
            }
            Self::DagSomInteVarit => {
                "Skriv alla tolv siffror, med fyra för året. Den som fyller hundra i år eller \
                 har gjort det har plustecken före de fyra sista."
            }
            Self::Fodelsenummer | Self::Kontrollsiffra => JAMFOR,
            Self::Interimsnummer => {
                "Ta reda på personens personnummer eller samordningsnummer. Finns inget: \
                 registrera deltagaren utan personuppgifter."
            }
            Self::TfNummer => {
                "Har personen skyddade personuppgifter: registrera deltagaren utan \
                 personuppgifter. Ta annars reda på personnumret eller samordningsnumret."
            }
            Self::Helbreddssiffra
            | Self::FrammandeSiffra
            | Self::OsynligtTecken
            | Self::Skrivriktning
            | Self::Bokstav(_) => SKRIV_OM,
            Self::AnnatStreck => "Skriv ett vanligt bindestreck, eller utelämna strecket.",
            Self::AnnatTecken => "Ta bort de andra tecknen.",
        }
    }

    /// As a refusal for a person.
    #[must_use]
    pub fn problem(self) -> Problem {
        Problem::ogiltigt(self.kod(), self.text(), self.atgard())
    }
}

impl Alfabet {
    const fn text(self) -> &'static str {
        match self {
            Self::Latinskt => {
                "En bokstav står där en siffra ska stå. Vanligt är bokstaven O i stället för \
                 noll, och l eller I i stället för ett."
            }
            Self::Kyrilliskt => {
                "En kyrillisk bokstav står där en siffra ska stå. Några av dem ser ut som siffror."
            }
            Self::Grekiskt => {
                "En grekisk bokstav står där en siffra ska stå. Några av dem ser ut som siffror."
            }
            Self::Annat => "En bokstav ur ett annat alfabet står där en siffra ska stå.",
        }
    }
}

impl fmt::Display for Nekat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.text(), self.atgard())
    }
}

impl std::error::Error for Nekat {}
