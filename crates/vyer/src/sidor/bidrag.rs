//! Bidrag: one grant.

use askama::Template;

use super::medel::InsatsTabell;
use crate::Sida;
use crate::diagram::Flode;
use crate::exempel;
use crate::komponent::{
    Besked, Fakta, Faktalista, FyndRad, Fyndlista, Kvitto, Lank, Nyckeltalsrad, PerDatum, Text,
    Tidslinje,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Tabell};
use crate::tal::TalVy;

/// A grant: what was given, where it went, what was decided and what does not add up.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/bidrag.html")]
pub struct Bidrag {
    /// Frame.
    pub ram: Ram,
    /// Head: funder and year above, what is left and to be repaid in the lead.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// What was just saved.
    pub kvitto: Option<Kvitto>,
    /// Notices.
    pub besked: Vec<Besked>,
    /// Where the money flows, when there is more than one row.
    pub flode: Option<Flode>,
    /// Insatser by board.
    pub insatser: InsatsTabell,
    /// What is registered about the grant itself, year by year.
    pub arsvis: Arsvis,
    /// What to know about the precision of the figures.
    pub not: Text,
    /// Purpose, terms, deadlines.
    pub fakta: Vec<Fakta>,
    /// Where a fact about it is entered, for those who may.
    pub registrera_href: Option<String>,
    /// Fördelning, återrapport, underlag, publication.
    pub lankar: Vec<Lank>,
    /// Decisions, newest first.
    pub beslut: Tidslinje,
    /// Findings that concern it.
    pub fynd: Vec<FyndRad>,
    /// Chooses the day that the figures are seen from.
    pub per: PerDatum,
}

/// Measures in rows, years in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arsvis {
    /// The years.
    pub ar: Vec<String>,
    /// Name of the measure, and its figure in each year.
    pub rader: Vec<(String, Vec<TalVy>)>,
}

impl Arsvis {
    fn tabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Uppgift")];
        kolumner.extend(self.ar.iter().map(Kolumn::kr));
        let rader = self.rader.iter().map(|(namn, tal)| {
            let mut celler = vec![Cell::rubrik(namn)];
            celler.extend(tal.iter().cloned().map(Cell::Tal));
            Rad::ny(celler)
        });
        let klass = if self.ar.len() > 3 { "bredd" } else { "" };
        Tabell::ny("arsvis-t", "Kronor", kolumner, rader.collect()).klass(klass)
    }
}

impl Bidrag {
    fn faktalista(&self) -> Faktalista {
        self.fakta.clone().into()
    }

    fn fyndlista(&self) -> Fyndlista {
        self.fynd.clone().into()
    }
}

impl Sida for Bidrag {
    const NAMN: &'static str = "bidrag";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = exempel::uppsala::bidragssida();
        let tom = Self {
            huvud: Sidhuvud {
                ingress: "Beslutet om beloppet är inte fattat.".into(),
                ..ifylld.huvud.clone()
            },
            nyckeltal: Nyckeltalsrad::default(),
            kvitto: None,
            besked: vec![],
            flode: None,
            insatser: InsatsTabell {
                id: "insatser-t".into(),
                ..InsatsTabell::default()
            },
            arsvis: Arsvis::default(),
            not: Text::default(),
            fakta: vec![],
            registrera_href: None,
            beslut: Tidslinje::default(),
            fynd: vec![],
            ..ifylld.clone()
        };
        let mut sparad = ifylld.clone();
        sparad.kvitto = Some(exempel::kvitto());
        vec![("ifylld", ifylld), ("tom", tom), ("sparad", sparad)]
    }
}
