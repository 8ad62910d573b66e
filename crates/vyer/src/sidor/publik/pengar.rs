//! The publishers, and where the money goes.

use askama::Template;

use crate::Sida;
use crate::diagram::{Andelar, Flode};
use crate::exempel;
use crate::komponent::{Besked, Nyckeltal, Nyckeltalsrad, Text};
use crate::ram::{PublikRam, Sidhuvud};
use crate::sidor::InsatsTabell;
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Radrubrik, Tabell};
use crate::tal::TalVy;

/// The list of publishers.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/start.html")]
pub struct PublikStart {
    /// Frame without publisher.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// Those who have published something.
    pub utgivare: Vec<Utgivare>,
    /// Where those who work here sign in.
    pub logga_in_href: String,
}

/// A publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utgivare {
    /// Name.
    pub namn: String,
    /// Its page on the money.
    pub href: String,
    /// What it has published, and when last.
    pub om: String,
    /// Invented.
    pub pahittat: bool,
    /// A few published figures; may be empty.
    pub nyckeltal: Nyckeltalsrad,
}

/// Where the money goes and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/pengar.html")]
pub struct PublikPengar {
    /// Frame.
    pub ram: PublikRam,
    /// Head: when it was published and as of when above.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// One part per published grant.
    pub delar: Vec<PengarDel>,
    /// Outcomes as printed in an already public paper.
    pub utfall: Option<PublikUtfall>,
    /// Sources, and how to cite.
    pub kalla: Text,
}

/// A published grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PengarDel {
    /// Id of the heading.
    pub id: String,
    /// The finding, as a sentence.
    pub rubrik: String,
    /// What the grant is for.
    pub text: Text,
    /// Where the money flows.
    pub flode: Option<Flode>,
    /// The same figures as a table.
    pub insatser: InsatsTabell,
    /// What does not add up, said openly.
    pub besked: Vec<Besked>,
}

/// Outcomes: chart and table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublikUtfall {
    /// The finding, as a sentence.
    pub rubrik: String,
    /// Source and date.
    pub text: Text,
    /// The chart.
    pub andelar: Andelar,
    /// Caption of the table.
    pub caption: String,
    /// Heading of the first figure column: `Deltog`.
    pub helrubrik: String,
    /// The rows: everybody, then one figure per category of the chart.
    pub rader: Vec<UtfallRad>,
}

/// Outcomes of one insats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UtfallRad {
    /// Ordinary, or sum.
    pub slag: RadSlag,
    /// The insats.
    pub namn: String,
    /// Years and place.
    pub under: String,
    /// Everybody, then one per category.
    pub tal: Vec<TalVy>,
}

impl PublikUtfall {
    fn tabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Insats"), Kolumn::tal(&self.helrubrik)];
        kolumner.extend(self.andelar.kategorier.iter().map(Kolumn::tal));
        let rader = self.rader.iter().map(|r| {
            let mut celler = vec![Cell::Rubrik(Radrubrik {
                text: r.namn.clone(),
                under: (!r.under.is_empty()).then(|| r.under.clone()),
                ..Radrubrik::default()
            })];
            celler.extend(r.tal.iter().cloned().map(Cell::Tal));
            Rad::av(r.slag, celler)
        });
        Tabell::ny("utfall-t", &self.caption, kolumner, rader.collect()).klass("bredd smal")
    }
}

impl Sida for PublikStart {
    const NAMN: &'static str = "publik-start";

    fn exempel() -> Vec<(&'static str, Self)> {
        let utgivare = |namn: &str, om: &str, pahittat| Utgivare {
            namn: namn.into(),
            href: format!("/{}/pengar", namn.to_lowercase()),
            om: om.into(),
            pahittat,
            nyckeltal: Nyckeltalsrad::default(),
        };
        let tom = Self {
            ram: exempel::publik_ram("", ""),
            huvud: Sidhuvud::ny(
                "Vart går pengarna – och vad blir det av dem?",
                "Kommuner får pengar för att fler ska komma i arbete. Här ser du vad de gav.",
            ),
            utgivare: vec![],
            logga_in_href: "/logga-in".into(),
        };
        let mut ifylld = tom.clone();
        let tal = |t: &str, href: &str| TalVy::ny(t, href);
        let mut sandviken = utgivare("Sandviken", "Ett bidrag och femton insatser", false);
        sandviken.nyckeltal = vec![
            Nyckeltal::ny(
                "Pengar",
                exempel::kr(14_000_000).enhet("kr"),
                "enligt rubriken",
            ),
            Nyckeltal::ny(
                "Insatser",
                tal("15", "/sandviken/insatser"),
                "texten säger 16",
            ),
        ]
        .into();
        ifylld.utgivare = vec![
            sandviken,
            utgivare("Forsby", "Ett bidrag och två insatser", true),
        ];
        vec![("tom", tom), ("ifylld", ifylld)]
    }
}

impl Sida for PublikPengar {
    const NAMN: &'static str = "publik-pengar";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = exempel::sandviken::pengar();
        let mut tom = ifylld.clone();
        tom.huvud.ingress = "Inget är publicerat just nu.".into();
        tom.nyckeltal = Nyckeltalsrad::default();
        tom.delar.clear();
        tom.utfall = None;
        tom.kalla = Text::default();
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}
