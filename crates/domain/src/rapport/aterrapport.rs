//! The återrapport: what a municipality tells the authority that gave the money.
//!
//! [`Aterrapport`] is the whole input, frozen when the report is issued; [`dokument`] is a pure
//! function of it. The order of the parts is that of the reports the authorities are used to,
//! with a summary table of all insatser before the running text (R310, R311).

mod bakom;
mod delar;
mod insats;

pub use bakom::{Bakom, FrystPapper, FrystRad};
pub(super) use delar::{fritext, saknas, upplagt};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::modell::{Beskedsslag, Dokument, Text};
use super::sammanstallning::{Del, som_block, stallen};
use crate::matt::{Matt, Urval};
use crate::pengar::Precision;
use crate::varde::Varde;

/// The template's name and version; see [`Dokument::mallversion`]. A new wording or setting is
/// a new version: a report is set again to be verified only by the version that set it.
pub const MALL: &str = "aterrapport-4";
/// The version before the funders' counted parts. What it set has none of them, and is set the
/// same today: such reports keep its name.
pub const MALL_UTAN_DELAR: &str = "aterrapport-3";
/// The version that set the reports issued before the rows behind their figures were frozen.
pub const MALL_UTAN_RADER: &str = "aterrapport-1";

/// Everything a report says. Free text is paragraphs in Swedish, as the writer left them: a line
/// break within one is the writer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aterrapport {
    /// What identifies the report for ever.
    pub ident: String,
    /// A mark every page must carry: "Påhittade uppgifter", "Utkast".
    pub markning: Option<String>,
    /// Who reports.
    pub huvudman: String,
    /// Who gave the money.
    pub finansiar: String,
    /// What the grant is for, in a few words: "Sociala insatser i utsatta områden".
    pub bidrag: String,
    /// The year of the grant.
    pub ar: i16,
    /// The reporter's case number.
    pub diarienummer: Option<String>,
    /// The decisions that asked for the report and that approve it.
    pub beslut: Option<Hanvisning>,
    /// What was drawn from the grant.
    pub rekvirerat: Siffra,
    /// What was carried over into the year; `None` when nothing is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overfort_in: Option<Siffra>,
    /// What was carried over to a later year; `None` when nothing is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overfort_ut: Option<Siffra>,
    /// What was used of it.
    pub anvant: Siffra,
    /// What goes back.
    pub att_aterbetala: Siffra,
    /// Why money goes back; may be empty.
    pub aterbetalning: Fritext,
    /// The boards that shared the money.
    pub namnder: Vec<Namnd>,
    /// The sum over the boards.
    pub summa_namnder: Belopp,
    /// The insatser, in the order of the decision.
    pub insatser: Vec<Insats>,
    /// The sum over the insatser.
    pub summa_insatser: Belopp,
    /// Why the grant exists and how it was shared.
    pub bakgrund: Fritext,
    /// What the insatser gave as a whole.
    pub slutsatser: Fritext,
    /// What yearly money does to long-term work.
    pub langsiktighet: Fritext,
    /// What the funder's template asks for besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub svar: Vec<Kapitelsvar>,
    /// What the funder has decided of the grant, as names and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub villkor: Vec<(String, String)>,
    /// The counted parts that the funder's template has besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delar: Vec<Del>,
    /// What does not add up and is left so.
    pub fynd: Vec<Fyndrad>,
    /// What the reporter wants the authority to know.
    pub meddelanden: Vec<String>,
    /// Figures are those registered up to and including this day.
    pub per_dag: Date,
    /// The date printed on the report.
    pub datum: Date,
    /// The instant written into the files.
    pub skapad: Timestamp,
    /// Who signs; may be empty.
    pub underskrifter: Vec<super::Underskrift>,
    /// The address that `harledning` paths are joined to: `https://utfall.kommunen.se`.
    pub adress: String,
    /// The rows behind the figures; `None` in drafts and in reports issued before they were
    /// frozen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bakom: Option<Bakom>,
}

/// What the funder's template asks for, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kapitelsvar {
    /// The field's name.
    pub namn: String,
    /// The heading.
    pub rubrik: String,
    /// Nobody has answered is said to be so.
    pub kravs: bool,
    /// The answer.
    pub text: Fritext,
}

/// Paragraphs, with the line breaks within them.
pub type Fritext = Vec<String>;

/// A figure, or why there is none, and where it explains itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Siffra {
    /// The value, in `enhet`.
    pub varde: Varde,
    /// The sum of the parts that are known, where a part of it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kand_del: Option<i64>,
    /// What it counts.
    pub enhet: Siffrenhet,
    /// How exactly an amount is known.
    #[serde(default)]
    pub precision: Precision,
    /// Its derivation: a path from `/`, or a whole address.
    pub harledning: Option<String>,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Siffrenhet {
    /// Öre; printed in kronor.
    Ore,
    /// Persons.
    Personer,
    /// Pieces of something the label names.
    Antal,
}

/// Budget, use and what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belopp {
    /// What was planned.
    pub budget: Siffra,
    /// What was used.
    pub utfall: Siffra,
    /// Budget minus use: below zero is overspent.
    pub avvikelse: Siffra,
}

/// A board and its part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Namnd {
    /// Its name.
    pub namn: String,
    /// Its money.
    pub belopp: Belopp,
}

/// One insats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insats {
    /// Its name.
    pub namn: String,
    /// Who answers for it.
    pub namnder: Vec<String>,
    /// What is done, and for whom.
    pub beskrivning: Fritext,
    /// Its money.
    pub belopp: Belopp,
    /// What the money was spent on, and why it differs.
    pub kommentar: Fritext,
    /// Counted results.
    pub resultattal: Vec<Resultattal>,
    /// What it gave and is thought to give.
    pub resultat: Fritext,
    /// What happens next.
    pub fortsattning: Fritext,
}

/// A counted result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resultattal {
    /// What is counted: "Ungdomar som fick ett samtal".
    pub namn: String,
    /// The figure.
    pub siffra: Siffra,
}

/// A reference that may be followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hanvisning {
    /// The words: "kommunstyrelsen 12 maj 2021, § 74".
    pub text: String,
    /// Path or address.
    pub url: Option<String>,
}

/// A finding that remains when the report is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fyndrad {
    /// How serious it is.
    pub allvar: Beskedsslag,
    /// The finding's own sentence.
    pub text: String,
    /// Where it is explained.
    pub url: Option<String>,
}

impl Aterrapport {
    /// Which template set it when it was issued.
    #[must_use]
    pub fn mall(&self) -> &str {
        self.bakom.as_ref().map_or(MALL_UTAN_RADER, |b| &b.mall)
    }

    /// It is set by the template of today as by the one that set it.
    #[must_use]
    pub fn har_dagens_mall(&self) -> bool {
        [MALL, MALL_UTAN_DELAR].contains(&self.mall())
    }

    /// Every figure it prints.
    pub fn siffror(&self) -> impl Iterator<Item = &Siffra> {
        let belopp = [&self.summa_namnder, &self.summa_insatser]
            .into_iter()
            .chain(self.namnder.iter().map(|n| &n.belopp))
            .chain(self.insatser.iter().map(|i| &i.belopp));
        [&self.rekvirerat, &self.anvant, &self.att_aterbetala]
            .into_iter()
            .chain(&self.overfort_in)
            .chain(&self.overfort_ut)
            .chain(belopp.flat_map(|b| [&b.budget, &b.utfall, &b.avvikelse]))
            .chain(
                self.insatser
                    .iter()
                    .flat_map(|i| i.resultattal.iter().map(|tal| &tal.siffra)),
            )
            .chain(stallen("", &self.delar).into_iter().map(|s| s.siffra))
    }
}

impl Siffra {
    /// Which measure of what it is, by its link; `None` when it has no link that says so.
    #[must_use]
    pub fn fraga(&self) -> Option<(Matt, Urval)> {
        let (stig, fraga) = self.harledning.as_deref()?.split_once('?')?;
        let (_, matt) = stig.rsplit_once("/harledning/")?;
        Some((Matt::av_kod(matt)?, Urval::av_text(fraga).ok()?))
    }

    /// The figure as text within a line, its derivation joined to `adress`. Of a sum with a
    /// missing part also what is known.
    pub(super) fn text(&self, adress: &str) -> Text {
        let url = self.harledning.as_deref().map(|url| absolut(adress, url));
        let skriv = |varde, url| match self.enhet {
            Siffrenhet::Ore => Text::ore(varde, url),
            Siffrenhet::Personer | Siffrenhet::Antal => Text::antal(varde, url),
        };
        let mut text = skriv(self.varde, url);
        if let Text::Tal(tal) = &mut text {
            let del = self.kand_del.map(Varde::Kant);
            tal.kand_del = del.map(|del| skriv(del, None).visas());
        }
        text
    }

    /// The figure followed by its unit, where a number stands alone in a sentence.
    pub(super) fn med_enhet(&self, adress: &str) -> Vec<Text> {
        let enhet = match self.enhet {
            Siffrenhet::Ore => "\u{a0}kr",
            Siffrenhet::Personer => " personer",
            Siffrenhet::Antal => "",
        };
        let mut ut = vec![self.text(adress)];
        let har_tal = self.varde.kant().is_some() || self.kand_del.is_some();
        if har_tal && !enhet.is_empty() {
            ut.push(Text::ren(enhet));
        }
        ut
    }
}

/// A path from `/` joined to the address of the installation; anything else as it is.
///
/// What may not stand in an address (spaces, å ä ö, quotation marks) is percent-encoded.
pub(super) fn absolut(adress: &str, url: &str) -> String {
    use std::fmt::Write as _;
    let hel = match url.strip_prefix('/') {
        Some(vag) => format!("{}/{vag}", adress.trim_end_matches('/')),
        None => url.to_owned(),
    };
    let mut ut = String::with_capacity(hel.len());
    for byte in hel.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\') {
            ut.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(ut, "%{byte:02X}");
        }
    }
    ut
}

/// The report as a document.
#[must_use]
pub fn dokument(rapport: &Aterrapport) -> Dokument {
    let mut block = delar::inledning(rapport);
    block.extend(delar::ekonomi(rapport));
    for del in &rapport.delar {
        block.extend(som_block(del, &rapport.adress));
    }
    block.extend(delar::overgripande(rapport));
    block.extend(insats::alla(rapport));
    block.extend(delar::avslutning(rapport));
    Dokument {
        mallversion: match rapport.mall() {
            MALL_UTAN_DELAR => MALL_UTAN_DELAR.to_owned(),
            _ => MALL.to_owned(),
        },
        titel: format!("Återrapport {}: {}", rapport.ar, rapport.bidrag),
        underrubrik: format!("Från {} till {}", rapport.huvudman, rapport.finansiar),
        sprak: "sv-SE".to_owned(),
        organisation: rapport.huvudman.clone(),
        datum: rapport.datum,
        skapad: rapport.skapad,
        ident: rapport.ident.clone(),
        nyckelord: vec![
            "återrapport".to_owned(),
            "statsbidrag".to_owned(),
            rapport.finansiar.clone(),
            rapport.ar.to_string(),
        ],
        markning: rapport.markning.clone(),
        block,
    }
}

#[cfg(test)]
mod tests;
