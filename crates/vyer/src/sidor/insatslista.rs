//! Insatser: every one, in one table.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::formular::{Falt, FaltFel, FaltSlag, Felsammanfattning};
use crate::komponent::{Lage, LageSlag, Lank, PerDatum};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Tabell};
use crate::tal::{TalVy, Tecken};

/// The list of insatser, with a filter.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/insatslista.html")]
pub struct InsatsLista {
    /// Frame.
    pub ram: Ram,
    /// Head: how many, and their money, in the lead.
    pub huvud: Sidhuvud,
    /// Where the filter is sent (GET).
    pub filter_mal: String,
    /// Fields of the filter: words, year, funder.
    pub filter: Vec<Falt>,
    /// Where a new one is entered, for those who may.
    pub ny_href: Option<String>,
    /// Where the table is fetched as CSV.
    pub csv_href: Option<String>,
    /// A filter is on: an empty list then means "no hit".
    pub filtrerat: bool,
    /// The insatser.
    pub rader: Vec<InsatsListRad>,
    /// Chooses the day that the figures are seen from.
    pub per: PerDatum,
    /// To the other parts of a long list.
    pub bladdra: Vec<Lank>,
}

/// An insats in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsatsListRad {
    /// Name.
    pub namn: String,
    /// Its page.
    pub href: String,
    /// Who performs it.
    pub utforare: String,
    /// Years, in short: `2021`, `2020–2022`.
    pub ar: String,
    /// State.
    pub lage: Lage,
    /// Budget.
    pub budget: TalVy,
    /// Used.
    pub anvant: TalVy,
    /// Participants, as stated.
    pub deltagare: TalVy,
}

impl InsatsLista {
    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Insats"),
            Kolumn::ord("År"),
            Kolumn::ord("Läge"),
            Kolumn::kr("Budget"),
            Kolumn::kr("Använt"),
            Kolumn {
                enhet: "personer",
                ..Kolumn::tal("Deltagare")
            },
        ];
        let rader = self.rader.iter().map(|r| {
            Rad::ny(vec![
                Cell::rubriklank(&r.namn, &r.href, Some(r.utforare.clone())),
                Cell::Kort(r.ar.clone(), false),
                Cell::Lage(r.lage.clone()),
                r.budget.clone().into(),
                r.anvant.clone().into(),
                r.deltagare.clone().into(),
            ])
        });
        let tomt = if self.filtrerat {
            "Ingen insats passar. Ta bort något ur filtret."
        } else {
            "Här finns inga insatser än. Lägg upp en insats eller läs in ett underlag."
        };
        Tabell::ny(
            "insatser-t",
            "Kronor och antal personer",
            kolumner,
            rader.collect(),
        )
        .klass("bredd")
        .csv(self.csv_href.clone())
        .tomt(tomt)
    }
}

impl Sida for InsatsLista {
    const NAMN: &'static str = "insatslista";

    fn exempel() -> Vec<(&'static str, Self)> {
        let rad = |namn: &str, namnd: &str, budget, anvant| InsatsListRad {
            namn: namn.into(),
            href: format!("/insatser/{}", namn.to_lowercase().replace(' ', "-")),
            utforare: namnd.into(),
            ar: "2021".into(),
            lage: Lage::ny("Avslutad", LageSlag::Lugn),
            budget: kr(budget),
            anvant: kr(anvant),
            deltagare: TalVy::tecken(Tecken::Okant),
        };
        let ifylld = Self {
            ram: exempel::ram("Insatser"),
            huvud: Sidhuvud::ny(
                "Insatser",
                "Tio insatser delade på 8\u{a0}005\u{a0}000\u{a0}kr.",
            ),
            filter_mal: "/insatser".into(),
            filter: vec![
                Falt::ny("ord", "Namn", FaltSlag::Sok),
                exempel::val("ar", "År", &[("", "Alla år"), ("2021", "2021")]),
            ],
            ny_href: Some("/registrera/insats".into()),
            csv_href: Some("/insatser/tabell.csv".into()),
            filtrerat: false,
            rader: vec![
                rad(
                    "Meningsfullt lovjobb",
                    "Arbetsmarknadsnämnden",
                    1_400_000,
                    680_000,
                ),
                rad(
                    "Ungdomssamtal i Gottsunda",
                    "Arbetsmarknadsnämnden",
                    500_000,
                    503_586,
                ),
                rad("Sociala insatsgrupper", "Socialnämnden", 800_000, 800_000),
            ],
            per: exempel::per("/insatser"),
            bladdra: Vec::new(),
        };
        let (delvis, fel_dag, lang) = (delvis(&ifylld), fel_dag(&ifylld), lang(&ifylld));
        let mut tom = ifylld.clone();
        tom.rader.clear();
        tom.huvud.ingress = "Här finns inga insatser än.".into();
        let mut utan_traff = tom.clone();
        utan_traff.filtrerat = true;
        utan_traff.huvud.ingress = "Ingen av tio insatser passar.".into();
        vec![
            ("ifylld", ifylld),
            ("delvis", delvis),
            ("fel-dag", fel_dag),
            ("lang", lang),
            ("tom", tom),
            ("utan-traff", utan_traff),
        ]
    }
}

/// A list that comes in parts.
fn lang(ifylld: &InsatsLista) -> InsatsLista {
    InsatsLista {
        bladdra: vec![
            Lank::ny("Nästa, 201–400", "/insatser?sida=2"),
            Lank::ny("Visa alla 450 för utskrift", "/insatser?sida=alla"),
        ],
        ..ifylld.clone()
    }
}

/// A day that cannot be shown: said at the field, with the rest of the page as it was.
fn fel_dag(ifylld: &InsatsLista) -> InsatsLista {
    let mut sida = ifylld.clone();
    let fel = "Dagen ”skräp” finns inte. Skriv den som 2022-01-20.";
    sida.per.fel = Some(fel.into());
    sida.ram.fel = Some(Felsammanfattning {
        rubrik: "Dagen går inte att visa".into(),
        fel: vec![FaltFel {
            falt: "per".into(),
            text: fel.into(),
        }],
    });
    sida
}

/// A sum of which only a part is known.
fn delvis(ifylld: &InsatsLista) -> InsatsLista {
    let mut sida = ifylld.clone();
    if let Some(rad) = sida.rader.first_mut() {
        rad.anvant = TalVy::tecken(Tecken::EjInrapporterat)
            .lank("/harledning/anvant")
            .kand_del("680\u{a0}000");
    }
    sida
}
