//! Granskning: what does not add up.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::Falt;
use crate::komponent::{
    Flik, Flikrad, FyndRad, Fyndlista, Nyckeltal, Nyckeltalsrad, teckenrad_av_fynd,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tal::{TalVy, Teckenrad};

/// The findings, by paper.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/granskning.html")]
pub struct Granskning {
    /// Frame.
    pub ram: Ram,
    /// Head: when it ran above, how many and how grave in the lead.
    pub huvud: Sidhuvud,
    /// Errors, warnings, notes, largest difference.
    pub nyckeltal: Nyckeltalsrad,
    /// Filter by kind, with counts: `Alla 24`, `Fel 9` …
    pub flikar: Vec<Flik>,
    /// Filter by paper (`papper`); a GET form to this address, for more than one paper.
    pub papper: Option<(String, Falt)>,
    /// The findings shown.
    pub grupper: Vec<FyndGrupp>,
}

/// Findings of one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FyndGrupp {
    /// Id of the heading.
    pub id: String,
    /// The paper.
    pub rubrik: String,
    /// What it is and how many findings of each kind.
    pub under: String,
    /// Its findings.
    pub fynd: Vec<FyndRad>,
}

impl FyndGrupp {
    fn lista(&self) -> Fyndlista {
        self.fynd.clone().into()
    }
}

impl Granskning {
    fn flikrad(&self) -> Flikrad {
        Flikrad {
            namn: "Filtrera fynd".into(),
            flikar: self.flikar.clone(),
        }
    }

    fn teckenrad(&self) -> Teckenrad {
        teckenrad_av_fynd(self.grupper.iter().flat_map(|g| &g.fynd))
    }
}

impl Sida for Granskning {
    const NAMN: &'static str = "granskning";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Granskning"),
            huvud: Sidhuvud::ny("Granskning", "Inget att rätta. Alla uppgifter stämmer.")
                .overrad("Kördes 1\u{a0}februari 2022 kl. 16.20"),
            nyckeltal: Nyckeltalsrad::default(),
            flikar: vec![],
            papper: None,
            grupper: vec![],
        };
        let tal = |n: &str, slag: &str| TalVy::ny(n, format!("/granskning?allvar={slag}"));
        let fynd = exempel::uppsala::fynd();
        let ifylld = Self {
            huvud: Sidhuvud::ny(
                "Granskning",
                "Sju uppgifter stämmer inte med varandra. Tre av dem är fel som du måste rätta.",
            )
            .overrad("Kördes 1\u{a0}februari 2022 kl. 16.20"),
            nyckeltal: vec![
                Nyckeltal::ny("Fel", tal("3", "fel"), "ska rättas"),
                Nyckeltal::ny(
                    "Varningar",
                    tal("3", "varning"),
                    "kan accepteras med en kommentar",
                ),
                Nyckeltal::ny(
                    "Upplysningar",
                    tal("1", "upplysning"),
                    "kräver ingen åtgärd",
                ),
            ]
            .into(),
            flikar: vec![
                Flik::ny("Alla 7", "/granskning", true),
                Flik::ny("Fel 3", "/granskning?allvar=fel", false),
                Flik::ny("Varningar 3", "/granskning?allvar=varning", false),
                Flik::ny("Upplysningar 1", "/granskning?allvar=upplysning", false),
            ],
            papper: Some((
                "/granskning".into(),
                exempel::val(
                    "papper",
                    "Visa",
                    &[("", "Alla papper"), ("uppsala", "Uppsala")],
                ),
            )),
            grupper: vec![FyndGrupp {
                id: "uppsala".into(),
                rubrik: "Uppsala".into(),
                under: "Återrapport till Socialstyrelsen 2021. 3 fel, 3 varningar, 1 upplysning."
                    .into(),
                fynd,
            }],
            ..tom.clone()
        };
        vec![("tom", tom), ("ifylld", ifylld)]
    }
}
