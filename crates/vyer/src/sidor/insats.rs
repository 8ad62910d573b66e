//! Insats: what it is for, what it cost and what came of it.

use askama::Template;

use crate::Sida;
use crate::diagram::{Band, Bandrad, Bandslag, Manadsstaplar, Markering, Tidsband};
use crate::exempel;
use crate::komponent::{
    Besked, Fakta, Faktalista, FyndRad, Fyndlista, Kvitto, Lank, Nyckeltalsrad, PerDatum, Text,
    Tidslinje,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use crate::tal::TalVy;

/// One insats on one page.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/insats.html")]
pub struct Insats {
    /// Frame.
    pub ram: Ram,
    /// Head: place and year above, what it is and gave in the lead.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// What was just saved.
    pub kvitto: Option<Kvitto>,
    /// Notices.
    pub besked: Vec<Besked>,
    /// Goals.
    pub mal: Vec<String>,
    /// What was done, in paragraphs.
    pub beskrivning: Vec<Text>,
    /// Comment on the deviation.
    pub kommentar: Vec<Text>,
    /// Performer, target group, time, state, continuation.
    pub fakta: Vec<Fakta>,
    /// Papers.
    pub dokument: Vec<Lank>,
    /// Decisions, newest first.
    pub beslut: Tidslinje,
    /// Money per year and funder.
    pub pengar: Vec<InsatsAr>,
    /// The grant that pays it, and where its money is distributed; empty when none does.
    pub pengar_ur: Text,
    /// The money of coming years; `None` for what is no initiative.
    pub framat: Option<Framat>,
    /// Positions.
    pub tjanster: Vec<Tjanst>,
    /// Volumes by month, with its table.
    pub volymer: Vec<Manadsstaplar>,
    /// Counts of participants and outcomes, as stated.
    pub resultat: Vec<Resultatrad>,
    /// What the counts do not say.
    pub resultat_not: Text,
    /// Findings that concern it.
    pub fynd: Vec<FyndRad>,
    /// Chooses the day that the figures are seen from.
    pub per: PerDatum,
    /// Where it is changed, for those who may.
    pub andra_href: Option<String>,
    /// Where a fact about it is entered, for those who may.
    pub registrera_href: Option<String>,
}

/// What an initiative lives on, year by year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framat {
    /// The chain of grants with its gaps, and its table.
    pub band: Option<Tidsband>,
    /// What it needs each year and lacks.
    pub tabeller: Vec<Tabell>,
    /// What it is an add-on to, and the way on.
    pub text: Text,
}

/// A year's money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsatsAr {
    /// Year and funder; `Summa` for the last row.
    pub namn: String,
    /// Ordinary or sum.
    pub slag: RadSlag,
    /// Budget.
    pub budget: TalVy,
    /// Used.
    pub anvant: TalVy,
    /// Left.
    pub kvar: TalVy,
}

/// A position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tjanst {
    /// What the person does, and when.
    pub namn: String,
    /// How many such positions.
    pub antal: TalVy,
    /// Share of full time.
    pub andel: TalVy,
    /// Months.
    pub manader: TalVy,
}

/// A count, as the paper states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resultatrad {
    /// What is counted.
    pub namn: String,
    /// Ordinary, or sum for everybody who took part.
    pub slag: RadSlag,
    /// The count or a sign.
    pub antal: TalVy,
    /// How it is stated and where, in short.
    pub kalla: Text,
}

impl Insats {
    fn faktalista(&self) -> Faktalista {
        self.fakta.clone().into()
    }

    fn fyndlista(&self) -> Fyndlista {
        self.fynd.clone().into()
    }

    fn pengatabell(&self) -> Tabell {
        let rader = self.pengar.iter().map(|p| {
            let celler = vec![
                Cell::rubrik(&p.namn),
                p.budget.clone().into(),
                p.anvant.clone().into(),
                p.kvar.clone().into(),
            ];
            Rad::av(p.slag, celler)
        });
        let kolumner = vec![
            Kolumn::ord("År och finansiär"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::tal("Kvar"),
        ];
        Tabell::ny("pengar-t", "Kronor", kolumner, rader.collect())
            .tomt("Inga pengar är fördelade till insatsen.")
    }

    fn tjanstetabell(&self) -> Tabell {
        let rader = self.tjanster.iter().map(|t| {
            Rad::ny(vec![
                Cell::rubrik(&t.namn),
                t.antal.clone().into(),
                t.andel.clone().into(),
                t.manader.clone().into(),
            ])
        });
        let kolumner = vec![
            Kolumn::ord("Tjänst"),
            Kolumn::tal("Antal"),
            Kolumn::tal("Del av heltid"),
            Kolumn::tal("Månader"),
        ];
        Tabell::ny(
            "tjanster-t",
            "Antal tjänster, procent av heltid och antal månader",
            kolumner,
            rader.collect(),
        )
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
            Kolumn::ord("Så står det"),
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

impl Sida for Insats {
    const NAMN: &'static str = "insats";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Insatser"),
            huvud: Sidhuvud::ny("Modell för SSPF i lågstadiet", "Socialnämnden ansvarar.")
                .overrad("Insats · Uppsala · 2021")
                .under(vec![Lank::ny("Insatser", "/insatser")]),
            nyckeltal: Nyckeltalsrad::default(),
            kvitto: None,
            besked: vec![],
            mal: vec![],
            beskrivning: vec![],
            kommentar: vec![],
            fakta: vec![],
            dokument: vec![],
            beslut: Tidslinje::default(),
            pengar: vec![],
            pengar_ur: Text::from("Insatsen får pengar ur ")
                .lank(Lank::ny("stödet till unga i Gottsunda", "/medel/gottsunda"))
                .ord("."),
            framat: None,
            tjanster: vec![],
            volymer: vec![],
            resultat: vec![],
            resultat_not: Text::default(),
            fynd: vec![],
            per: exempel::per("/insatser/sspf"),
            andra_href: None,
            registrera_href: None,
        };
        vec![
            ("lovjobb", exempel::uppsala::lovjobb(tom.clone())),
            ("volymer", exempel::volymer::budgetrad(tom.clone())),
            ("framat", framat(tom.clone())),
            ("tom", tom),
        ]
    }
}

/// An initiative whose money ends before its need.
fn framat(tom: Insats) -> Insats {
    let band = |(fran, till), slag, text: &str| Band {
        fran,
        till,
        slag,
        text: text.into(),
    };
    let kolumner = ["År", "Pengar ur"].map(Kolumn::ord).to_vec();
    let rader = vec![
        Rad::ny(vec![Cell::rubrik("2021"), "Socialstyrelsen 2021".into()]),
        Rad::ny(vec![Cell::rubrik("2022"), "Inga säkra pengar".into()]),
    ];
    let behov = vec![Rad::ny(vec![
        Cell::rubrik("2022"),
        exempel::kr(400_000).into(),
    ])];
    Insats {
        framat: Some(Framat {
            band: Some(Tidsband {
                id: "kedja".into(),
                fynd: "Ett glapp: inga säkra pengar 2022".into(),
                under: "Kronor 2021–2022, varje bidrag för sig".into(),
                titel: "Pengarna år för år".into(),
                beskrivning: "2021: Socialstyrelsen. 2022: glapp.".into(),
                aren: (2021, 2022),
                rader: vec![
                    Bandrad {
                        namn: "Socialstyrelsen 2021".into(),
                        band: vec![band((0, 500), Bandslag::Fordelat, "400\u{a0}000")],
                    },
                    Bandrad {
                        namn: "Inga säkra pengar".into(),
                        band: vec![band((500, 1_000), Bandslag::Glapp, "glapp")],
                    },
                ],
                markeringar: vec![Markering {
                    plats: 500,
                    text: "Avtal går ut 31\u{a0}december\u{a0}2021".into(),
                }],
                tabell: Tabell::ny("kedja-t", "Kronor, år för år", kolumner, rader),
            }),
            tabeller: vec![Tabell::ny(
                "behov-t",
                "Fortsättning, kronor",
                vec![Kolumn::ord("År"), Kolumn::kr("Saknas")],
                behov,
            )],
            text: Text::default()
                .lank(Lank::ny(
                    "Mer om finansieringen framåt",
                    "/insatser/sspf/framat",
                ))
                .ord("."),
        }),
        ..tom
    }
}
