//! What the rules share: names, places, and how to choose among several statements of a fact.

use super::fynd::{Allvar, Enhet, Fynd, Rad};
use super::storhet::Storhet;
use crate::underlag::{
    Ar, Bidrag, BidragAr, Fordelning, Id, Insats, InsatsAr, OrgRef, RadRef, Tabell, TabellRef,
    Underlag, Uppgift,
};
use std::collections::BTreeMap;

/// Findings of one rule that are shown.
const FYND_MAX: usize = 500;

/// The paper under scrutiny, with its names looked up once.
pub(super) struct Kontext<'a> {
    pub u: &'a Underlag,
    namn: BTreeMap<&'a str, &'a str>,
    insatser: BTreeMap<&'a str, usize>,
    /// By grant: the initiatives that it pays. Under "" those that name no grant.
    betalda: BTreeMap<&'a str, Vec<usize>>,
    fordelningar: BTreeMap<&'a str, usize>,
    tabeller: BTreeMap<&'a str, usize>,
    /// By the id of a table's row: the table.
    tabellrader: BTreeMap<&'a str, usize>,
}

impl<'a> Kontext<'a> {
    pub fn ny(u: &'a Underlag) -> Self {
        let namn = u
            .organisationer
            .iter()
            .map(|o| (o.id.0.as_str(), o.namn.as_str()))
            .collect();
        let insatser = u
            .insatser
            .iter()
            .enumerate()
            .map(|(nr, i)| (i.id.0.as_str(), nr))
            .collect();
        let mut betalda: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (nr, insats) in u.insatser.iter().enumerate() {
            let bidrag = insats.bidrag.as_ref().map_or("", |b| b.0.as_str());
            betalda.entry(bidrag).or_default().push(nr);
        }
        let nummer = |nr: usize, id: &'a Id| (id.0.as_str(), nr);
        let fordelningar = u
            .fordelningar
            .iter()
            .enumerate()
            .map(|(nr, f)| nummer(nr, &f.id));
        let tabeller = u.tabeller.iter().enumerate();
        let rader = tabeller.clone().flat_map(|(nr, t)| {
            t.rader
                .iter()
                .filter_map(move |r| r.id.as_ref().map(|id| (id.0.as_str(), nr)))
        });
        Self {
            fordelningar: fordelningar.collect(),
            tabellrader: rader.collect(),
            tabeller: tabeller.map(|(nr, t)| nummer(nr, &t.id)).collect(),
            u,
            namn,
            insatser,
            betalda,
        }
    }

    /// The distribution with this id and where it is in the list.
    pub fn fordelning(&self, id: &TabellRef) -> Option<(usize, &'a Fordelning)> {
        let nr = *self.fordelningar.get(id.0.as_str())?;
        Some((nr, self.u.fordelningar.get(nr)?))
    }

    /// The table with this id.
    pub fn tabell(&self, id: &TabellRef) -> Option<&'a Tabell> {
        self.u.tabeller.get(*self.tabeller.get(id.0.as_str())?)
    }

    /// The table that has this row.
    pub fn tabell_med_rad(&self, id: &RadRef) -> Option<&'a Tabell> {
        self.u.tabeller.get(*self.tabellrader.get(id.0.as_str())?)
    }

    /// The name of an organisation, or its id when it is not described.
    pub fn org(&self, id: &OrgRef) -> String {
        (*self.namn.get(id.0.as_str()).unwrap_or(&id.0.as_str())).to_owned()
    }

    /// The initiative with this id and where it is in the list.
    pub fn insats(&self, id: &str) -> Option<(usize, &'a Insats)> {
        let nr = *self.insatser.get(id)?;
        Some((nr, self.u.insatser.get(nr)?))
    }

    /// Signs findings with the rule and the paper. Beyond [`FYND_MAX`] only that there are
    /// more is said: no paper has so many, but a hostile file may.
    pub fn signera(&self, regel: &'static str, fynd: impl IntoIterator<Item = Fynd>) -> Vec<Fynd> {
        let mut fynd: Vec<Fynd> = fynd.into_iter().take(FYND_MAX + 1).collect();
        if fynd.len() > FYND_MAX {
            fynd.truncate(FYND_MAX);
            let text = format!("Regeln har fler än {FYND_MAX} anmärkningar på papperet.");
            let fler = Fynd::utan_tal(Allvar::Upplysning, "hela papperet", Enhet::Antal);
            fynd.push(fler.sager(text, "Rätta de visade och granska igen."));
        }
        let signerat = |f: Fynd| Fynd {
            regel,
            dokument: self.u.stam.clone(),
            ..f
        };
        fynd.into_iter().map(signerat).collect()
    }

    /// The initiatives that a grant pays in a year, with their money that year. An
    /// initiative that names no grant belongs to the only one there is, and money that names
    /// no year to the grant's only year.
    pub fn betalda_av(
        &self,
        bidrag: &Bidrag,
        ar: Option<Ar>,
    ) -> Vec<(String, &'a Insats, &'a InsatsAr)> {
        let ensamt = if self.u.bidrag.len() == 1 {
            self.betalda.get("")
        } else {
            None
        };
        let namngivna = self.betalda.get(bidrag.id.0.as_str());
        let mut nummer: Vec<usize> = ensamt
            .into_iter()
            .chain(namngivna)
            .flatten()
            .copied()
            .collect();
        nummer.sort_unstable();
        let enda_aret = bidrag.ar.len() == 1;
        let mut ut = Vec::new();
        for (nr, insats) in nummer
            .iter()
            .filter_map(|nr| Some((nr, self.u.insatser.get(*nr)?)))
        {
            let enda_pengarna = insats.ekonomi.len() == 1;
            for (arnr, pengar) in insats.ekonomi.iter().enumerate() {
                let nagot_utan_ar = pengar.ar.is_none() || ar.is_none();
                if pengar.ar == ar || (nagot_utan_ar && enda_aret && enda_pengarna) {
                    ut.push((format!("insatser[{nr}].ekonomi[{arnr}]"), insats, pengar));
                }
            }
        }
        ut
    }
}

/// A year in words after a space, or nothing.
pub(super) fn om_ar(ar: Option<Ar>) -> String {
    ar.map_or_else(String::new, |ar| format!(" år {}", ar.0))
}

/// A name or title from the paper, in quotation marks so that the sentence around it holds.
pub(super) fn citat(namn: &str) -> String {
    format!("”{}”", namn.replace(['”', '“', '"'], "’"))
}

/// `a, b och c`.
pub(super) fn lista(delar: &[String]) -> String {
    match delar {
        [] => String::new(),
        [en] => en.clone(),
        [fore @ .., sist] => format!("{} och {sist}", fore.join(", ")),
    }
}

/// The places of several statements, each once.
pub(super) fn platser<'a>(alla: impl IntoIterator<Item = &'a str>) -> String {
    let mut ut: Vec<String> = Vec::new();
    for plats in alla {
        if !ut.iter().any(|p| p == plats) {
            ut.push(plats.to_owned());
        }
    }
    ut.join("; ")
}

/// A statement as a row of a finding.
pub(super) fn rad(sokvag: impl Into<String>, etikett: &str, varde: &str, plats: &str) -> Rad {
    Rad {
        sokvag: sokvag.into(),
        etikett: etikett.to_owned(),
        varde: varde.to_owned(),
        plats: plats.to_owned(),
        dokument: None,
    }
}

/// One fact of the paper: its statements, where they are and what they are called.
#[derive(Clone)]
pub(super) struct Fakta<'a> {
    pub uppgifter: &'a [Uppgift],
    pub sokvag: String,
    pub etikett: String,
    /// The year it is of.
    pub ar: Option<Ar>,
}

/// Statements of a fact that agree with each other.
pub(super) struct Version<'a> {
    /// The most exact of them.
    pub varde: Storhet,
    /// All of them.
    pub uppgifter: Vec<(usize, &'a Uppgift)>,
}

impl Version<'_> {
    /// Where it is stated.
    pub fn platser(&self) -> String {
        platser(self.uppgifter.iter().map(|(_, u)| u.plats.as_str()))
    }
}

impl<'a> Fakta<'a> {
    pub fn ny(uppgifter: &'a [Uppgift], sokvag: String, etikett: impl Into<String>) -> Self {
        Self {
            uppgifter,
            sokvag,
            etikett: etikett.into(),
            ar: None,
        }
    }

    /// The same fact of a year.
    pub fn for_ar(self, ar: Option<Ar>) -> Self {
        Self { ar, ..self }
    }

    /// The first statement: what the paper reports.
    pub fn forsta(&self) -> Option<&'a Uppgift> {
        self.uppgifter.first()
    }

    /// The most exact statement; among equals the first, and "cirka" last.
    pub fn noggrannast(&self) -> Option<&'a Uppgift> {
        self.uppgifter
            .iter()
            .min_by_key(|u| (u.belopp.precision, u.cirka))
    }

    /// Its rows for a finding.
    pub fn rader(&self) -> Vec<Rad> {
        let alla = self.uppgifter.iter().enumerate();
        alla.map(|(nr, u)| {
            rad(
                format!("{}[{nr}]", self.sokvag),
                &self.etikett,
                &u.belopp.som_skrivet(),
                &u.plats,
            )
        })
        .collect()
    }

    /// The statements grouped by what they say.
    pub fn versioner(&self) -> Vec<Version<'a>> {
        let mut noga: Vec<(usize, &Uppgift)> = self.uppgifter.iter().enumerate().collect();
        noga.sort_by_key(|(_, u)| (u.belopp.precision, u.cirka));
        let mut ut: Vec<Version<'a>> = Vec::new();
        for (nr, u) in noga {
            let lika = ut.iter_mut().find(|v| samma_sak(v.varde, u));
            match lika {
                Some(v) => v.uppgifter.push((nr, u)),
                None => ut.push(Version {
                    varde: u.belopp.into(),
                    uppgifter: vec![(nr, u)],
                }),
            }
        }
        for v in &mut ut {
            v.uppgifter.sort_by_key(|(nr, _)| *nr);
        }
        ut.sort_by_key(|v| v.uppgifter.first().map(|(nr, _)| *nr));
        ut
    }
}

/// Does a statement say the same as a more exact value?
fn samma_sak(varde: Storhet, u: &Uppgift) -> bool {
    samma_varde(varde, u.belopp.into(), u.cirka)
}

/// Does `skrivet` say the same as a more exact value? "Cirka 830 000 kr" beside
/// 828 555 kr is the same number rounded to the digits written; that is no wider than the
/// digits themselves, and holds only between statements of one and the same fact.
pub(super) fn samma_varde(varde: Storhet, skrivet: Storhet, cirka: bool) -> bool {
    if skrivet.forenlig(varde) {
        return true;
    }
    let mut steg: i128 = 1;
    while skrivet.varde != 0 && skrivet.varde % (steg * 10) == 0 {
        steg *= 10;
    }
    cirka && (skrivet.varde - varde.varde).abs() <= steg / 2
}

/// The facts of one grant and year, by name.
pub(super) fn bidragsfakta<'a>(
    bidrag: &Bidrag,
    nr: usize,
    arnr: usize,
    ar: &'a BidragAr,
) -> Vec<Fakta<'a>> {
    let bas = format!("bidrag[{nr}].ar[{arnr}]");
    let om = format!("{} i {}", om_ar(ar.ar), citat(&bidrag.namn));
    [
        (&ar.tilldelat, "tilldelat", "Tilldelat"),
        (&ar.overfort_in, "overfort_in", "Överfört från tidigare år"),
        (&ar.rekvirerat, "rekvirerat", "Rekvirerat"),
        (&ar.anvant, "anvant", "Använt"),
        (&ar.aterbetalas, "aterbetalas", "Återbetalning"),
        (&ar.overfort_ut, "overfort_ut", "Överfört till nästa år"),
    ]
    .into_iter()
    .map(|(u, falt, vad)| Fakta::ny(u, format!("{bas}.{falt}"), format!("{vad}{om}")).for_ar(ar.ar))
    .collect()
}
