//! Bidrag: one grant.

use askama::Template;

use super::medel::InsatsTabell;
use crate::Sida;
use crate::diagram::Flode;
use crate::exempel;
use crate::komponent::{
    Besked, Fakta, Faktalista, FyndRad, Fyndlista, Lank, Nyckeltalsrad, Text, Tidslinje,
};
use crate::ram::{Ram, Sidhuvud};

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
    /// Notices.
    pub besked: Vec<Besked>,
    /// Where the money flows, when there is more than one row.
    pub flode: Option<Flode>,
    /// Insatser by board.
    pub insatser: InsatsTabell,
    /// What to know about the precision of the figures.
    pub not: Text,
    /// Purpose, terms, deadlines.
    pub fakta: Vec<Fakta>,
    /// Fördelning, återrapport, underlag, publication.
    pub lankar: Vec<Lank>,
    /// Decisions, newest first.
    pub beslut: Tidslinje,
    /// Findings that concern it.
    pub fynd: Vec<FyndRad>,
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
            besked: vec![],
            flode: None,
            insatser: InsatsTabell {
                id: "insatser-t".into(),
                ..InsatsTabell::default()
            },
            not: Text::default(),
            fakta: vec![],
            beslut: Tidslinje::default(),
            fynd: vec![],
            ..ifylld.clone()
        };
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}
