//! Published insatser.

use askama::Template;

use crate::Sida;
use crate::diagram::{Andelar, Andelsrad, Manadsstaplar};
use crate::exempel::{self, kr};
use crate::komponent::{Besked, Fakta, Faktalista, Lank, Nyckeltal, Nyckeltalsrad, Text};
use crate::ram::{PublikRam, Sidhuvud};
use crate::sidor::{InsatsAr, Resultatrad};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use crate::tal::{TalVy, Tecken};

/// The published insatser.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/insatser.html")]
pub struct PublikInsatser {
    /// Frame.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// The insatser.
    pub rader: Vec<PublikInsatsRad>,
    /// Where the table is fetched as CSV.
    pub csv_href: Option<String>,
    /// To the other parts of a long list.
    pub bladdra: Vec<Lank>,
}

/// An insats in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublikInsatsRad {
    /// Name.
    pub namn: String,
    /// Its page.
    pub href: String,
    /// Who performs it.
    pub utforare: String,
    /// Years.
    pub ar: String,
    /// Budget.
    pub budget: TalVy,
    /// Used.
    pub anvant: TalVy,
}

/// One published insats.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/insats.html")]
pub struct PublikInsats {
    /// Frame.
    pub ram: PublikRam,
    /// Head: when it was published and as of when above.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// What does not add up, said openly.
    pub besked: Vec<Besked>,
    /// Goals.
    pub mal: Vec<String>,
    /// What was done.
    pub beskrivning: Vec<Text>,
    /// Performer, target group, time, continuation.
    pub fakta: Vec<Fakta>,
    /// Money per year.
    pub pengar: Vec<InsatsAr>,
    /// Volumes by month.
    pub volymer: Vec<Manadsstaplar>,
    /// The results as shares, when a public paper states them for everybody who took part.
    pub utfall: Option<Andelar>,
    /// Counts, as printed in a public paper.
    pub resultat: Vec<Resultatrad>,
    /// What the counts do not say.
    pub resultat_not: Text,
}

impl PublikInsatser {
    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Insats"),
            Kolumn::ord("År"),
            Kolumn::kr("Budget"),
            Kolumn::kr("Använt"),
        ];
        let rader = self.rader.iter().map(|r| {
            Rad::ny(vec![
                Cell::rubriklank(&r.namn, &r.href, Some(r.utforare.clone())),
                Cell::Kort(r.ar.clone(), false),
                r.budget.clone().into(),
                r.anvant.clone().into(),
            ])
        });
        Tabell::ny("insatser-t", "Kronor", kolumner, rader.collect())
            .tomt("Ingen insats är publicerad.")
            .csv(self.csv_href.clone())
            .bladdra(self.bladdra.clone())
    }
}

impl PublikInsats {
    fn faktalista(&self) -> Faktalista {
        self.fakta.clone().into()
    }

    fn pengatabell(&self) -> Tabell {
        let rader = self.pengar.iter().map(|p| {
            let tal = [&p.budget, &p.anvant, &p.kvar];
            let mut celler = vec![Cell::rubrik(&p.namn)];
            celler.extend(tal.into_iter().cloned().map(Cell::Tal));
            Rad::av(p.slag, celler)
        });
        let kolumner = vec![
            Kolumn::ord("År och finansiär"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::tal("Kvar"),
        ];
        Tabell::ny("pengar-t", "Kronor", kolumner, rader.collect())
            .tomt("Inga pengar är redovisade.")
    }

    fn resultattabell(&self) -> Tabell {
        let rader = self.resultat.iter().map(|r| {
            let celler = vec![
                Cell::rubrik(&r.namn),
                r.antal.clone().into(),
                Cell::text_eller(&r.kalla, "anges inte"),
            ];
            Rad::av(r.slag, celler)
        });
        let kolumner = vec![
            Kolumn::ord("Vad"),
            Kolumn::tal("Antal"),
            Kolumn::ord("Källa"),
        ];
        Tabell::ny(
            "resultat-t",
            "Antal, som de är registrerade",
            kolumner,
            rader.collect(),
        )
        .tomt(if self.volymer.is_empty() {
            "Inga resultat är redovisade."
        } else {
            "Inga resultat är redovisade utöver volymerna."
        })
    }
}

impl Sida for PublikInsatser {
    const NAMN: &'static str = "publik-insatser";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::publik_ram("Uppsala", "Insatser"),
            huvud: Sidhuvud::ny("Insatser", "Två insatser är publicerade."),
            csv_href: Some("/uppsala/insatser/tabell.csv".into()),
            bladdra: Vec::new(),
            rader: vec![
                PublikInsatsRad {
                    namn: "Meningsfullt lovjobb".into(),
                    href: "/uppsala/insatser/lovjobb".into(),
                    utforare: "Arbetsmarknadsnämnden".into(),
                    ar: "2021".into(),
                    budget: kr(1_400_000),
                    anvant: kr(680_000),
                },
                PublikInsatsRad {
                    namn: "Sociala insatsgrupper".into(),
                    href: "/uppsala/insatser/sig".into(),
                    utforare: "Socialnämnden".into(),
                    ar: "2021".into(),
                    budget: kr(800_000),
                    anvant: TalVy::tecken(Tecken::EjInrapporterat),
                },
            ],
        };
        let mut tom = ifylld.clone();
        tom.rader.clear();
        tom.huvud.ingress = "Ingen insats är publicerad just nu.".into();
        let mut lang = ifylld.clone();
        lang.bladdra = vec![
            Lank::ny("Nästa, 201–400", "/uppsala/insatser?sida=2"),
            Lank::ny("Visa alla 450 för utskrift", "/uppsala/insatser?sida=alla"),
        ];
        vec![("ifylld", ifylld), ("tom", tom), ("lang", lang)]
    }
}

impl Sida for PublikInsats {
    const NAMN: &'static str = "publik-insats";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = ifylld();
        let mut tom = ifylld.clone();
        tom.nyckeltal = Nyckeltalsrad::default();
        tom.mal.clear();
        tom.beskrivning.clear();
        tom.fakta.clear();
        tom.pengar.clear();
        tom.volymer.clear();
        tom.utfall = None;
        tom.resultat.clear();
        tom.resultat_not = Text::default();
        let mut pahittat = ifylld.clone();
        pahittat.ram.huvudman = "Forsby".into();
        pahittat.ram.pahittat = true;
        vec![("ifylld", ifylld), ("tom", tom), ("pahittat", pahittat)]
    }
}

fn ifylld() -> PublikInsats {
    let tal = |t: &str| TalVy::ny(t, "/uppsala/harledning/antal");
    PublikInsats {
        ram: exempel::publik_ram("Uppsala", "Insatser"),
        huvud: Sidhuvud::ny(
            "Meningsfullt lovjobb",
            "140 unga fick lovjobb. Det kostade hälften av vad som var tänkt.",
        )
        .overrad("Publicerad 2\u{a0}februari 2022 · siffror per samma dag")
        .under(vec![Lank::ny("Insatser", "/uppsala/insatser")]),
        nyckeltal: vec![
            Nyckeltal::ny("Budget", kr(1_400_000).enhet("kr"), "för 2021"),
            Nyckeltal::ny(
                "Använt",
                kr(680_000).enhet("kr"),
                "49\u{a0}procent av budgeten",
            ),
            Nyckeltal::ny("Lovjobb", tal("140"), "på tre lov"),
        ]
        .into(),
        besked: vec![],
        mal: vec!["Unga ska få ett första jobb.".into()],
        beskrivning: vec!["Unga fick jobb under sommaren, hösten och vintern.".into()],
        fakta: vec![
            Fakta::ny("Utförare", "Arbetsmarknadsnämnden"),
            Fakta::ny("Målgrupp", "Unga i utsatta områden"),
        ],
        pengar: vec![InsatsAr {
            namn: "2021, Socialstyrelsen".into(),
            slag: RadSlag::Vanlig,
            budget: kr(1_400_000),
            anvant: kr(680_000),
            kvar: kr(720_000),
        }],
        volymer: vec![exempel::volymer::rad()],
        utfall: Some(andelar()),
        resultat: resultat(),
        resultat_not: "Papperet räknar jobb, inte personer.".into(),
    }
}

fn resultat() -> Vec<Resultatrad> {
    let rad = |namn: &str, antal: TalVy, kalla: &str| Resultatrad {
        namn: namn.into(),
        slag: RadSlag::Vanlig,
        antal,
        kalla: kalla.into(),
    };
    let tal = |t: &str| TalVy::ny(t, "/uppsala/harledning/antal");
    vec![
        rad("Lovjobb", tal("140"), "bilaga 1"),
        rad("I arbete efteråt", tal("90"), "bilaga 1"),
        rad("Utan angivet resultat", tal("50"), ""),
        rad(
            "Nöjda med jobbet",
            TalVy::tecken(Tecken::Okant),
            "papperet säger inget",
        ),
    ]
}

fn andelar() -> Andelar {
    Andelar {
        id: "utfall-d".into(),
        fynd: "I arbete efteråt: 90 av 140. För 50 är inget resultat angivet.".into(),
        under: "Hela stapeln är alla som deltog.".into(),
        titel: "Hur det gick för deltagarna".into(),
        beskrivning: "I arbete efteråt: 90. Utan angivet resultat: 50.".into(),
        kategorier: vec!["I arbete efteråt".into(), "Utan angivet resultat".into()],
        rader: vec![Andelsrad {
            namn: "Meningsfullt lovjobb".into(),
            under: "140 deltagare".into(),
            delar: vec![(0, 90, "90".into()), (1, 50, "50".into())],
        }],
    }
}
