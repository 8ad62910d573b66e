//! The records of an underlag, section by section.
//!
//! Two habits run through all of them. A fact that the paper states in several places is a
//! list with one [`Uppgift`] per place, never the one somebody thought right. And every
//! statement says where it stands (`plats`), so that a finding can be looked up.

mod huvud;
mod insatser;
mod ovrigt;
mod personer;
mod tabeller;

pub use huvud::*;
pub use insatser::*;
pub use ovrigt::*;
pub use personer::*;
pub use tabeller::*;

use super::las::post;

post! {
    /// Vad ett papper säger. Alla avsnitt utom `format` och `dokument` får utelämnas.
    Rot {
        /// Alltid `utfall-underlag/1`.
        format: Format,
        /// Papperet självt.
        dokument: Papper,
        /// De organisationer som papperet nämner.
        organisationer: Vec<Organisation>,
        /// Bidragen: hur mycket som kommit, använts och ska tillbaka, år för år.
        bidrag: Vec<Bidrag>,
        /// Beslut med paragraf och datum.
        beslut: Vec<Beslut>,
        /// Insatserna med budget, utfall och resultat.
        insatser: Vec<Insats>,
        /// Hur pengar fördelas på rader och år.
        fordelningar: Vec<Fordelning>,
        /// Andra tabeller med angivna summor.
        tabeller: Vec<Tabell>,
        /// Ett projekts budget och vem som betalar den.
        finansiering: Vec<Finansiering>,
        /// Medfinansiering i pengar eller arbetstid.
        medfinansiering: Vec<Medfinansiering>,
        /// Varför något avvek, med det belopp som förklaras.
        forklaringar: Vec<Forklaring>,
        /// Belopp med angiven uträkning: 12 × 135 kr.
        kalkyler: Vec<Kalkyl>,
        /// En andel i procent bredvid det antal den räknats ur: 6 % och 1 av 18.
        andelar: Vec<Andel>,
        /// Avgifter som en sats av ett underlag: 3 ‰ av 5 034 000 kr.
        avgifter: Vec<Avgift>,
        /// Antal som sägs i texten och de rader som räknas upp.
        antal: Vec<AntalUppgift>,
        /// Hur många personer och hur det gick för dem.
        personer: Vec<PersonUppgift>,
        /// Antal månad för månad.
        volymer: Vec<Volym>,
        /// Datum som sägs om en händelse.
        datum: Vec<DatumUppgift>,
        /// Ett protokolls justering och anslag.
        protokoll: Vec<Protokoll>,
        /// Påståenden som går att hålla mot siffrorna.
        pastaenden: Vec<Pastaende>,
        /// Tal som papperet säger saknas, och varför.
        luckor: Vec<Lucka>,
    }
}
