//! Kalkyl: what an initiative costs in a year, from positions, management and formulas.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Besked, Flik, Flikrad, Kvitto, Lank, Nyckeltal, Nyckeltalsrad, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::sidor::Faltdel;
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Radgrupp, Tabell};
use crate::tal::TalVy;

/// The calculation of one initiative and year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "sidor/kalkyl.html")]
pub struct Kalkyl {
    /// Frame, with the error summary when something stopped the form.
    pub ram: Ram,
    /// What was just saved.
    pub kvitto: Option<Kvitto>,
    /// Head.
    pub huvud: Sidhuvud,
    /// Cost, a full year, full-time years and what one costs.
    pub nyckeltal: Nyckeltalsrad,
    /// The years.
    pub ar: Vec<Flik>,
    /// Notices: that what is shown is not saved, that somebody else has saved.
    pub besked: Vec<Besked>,
    /// The rows as computed, the sum last; empty when nothing is written.
    pub rader: Vec<KalkylRad>,
    /// Which year the amounts are of.
    pub kolumn: String,
    /// Uses the sum as an amount of a distribution.
    pub anvand: Vec<Lank>,
    /// What a full-time year costs according to the books, beside this.
    pub jamforelse: Option<Tabell>,
    /// The form, for those who may. Carries the row version.
    pub formular: Option<Formular>,
    /// Its parts.
    pub delar: Vec<Faltdel>,
}

/// A row as computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KalkylRad {
    /// Ordinary, or the sum.
    pub slag: RadSlag,
    /// What it is.
    pub namn: String,
    /// How it was computed, and the source of a rate.
    pub hur: Text,
    /// In the year.
    pub belopp: TalVy,
    /// In a full year.
    pub helar: TalVy,
}

impl Kalkyl {
    fn flikrad(&self) -> Flikrad {
        Flikrad {
            namn: "År".into(),
            flikar: self.ar.clone(),
        }
    }

    /// Every field, in page order.
    pub fn falt(&self) -> impl Iterator<Item = &Falt> {
        self.delar.iter().flat_map(|del| &del.falt)
    }

    /// The rows as a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let rader = self.rader.iter().map(|r| {
            let celler = vec![
                Cell::rubrik(&r.namn),
                Cell::Text(r.hur.clone()),
                r.belopp.clone().into(),
                r.helar.clone().into(),
            ];
            Rad::av(r.slag, celler)
        });
        Tabell {
            id: "kalkylen".into(),
            caption: "Kronor, avrundat till hela kronor rad för rad. Ett helt år är samma sak \
                      januari till december."
                .into(),
            klass: "bredd smal",
            huvud: vec![vec![
                Kolumn::ord("Vad"),
                Kolumn::ord("Så är det räknat"),
                Kolumn::kr(self.kolumn.as_str()),
                Kolumn::kr("Ett helt år"),
            ]],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader: rader.collect(),
            }],
            tomt: "Inget är uträknat än.".into(),
            ..Tabell::default()
        }
    }
}

impl Sida for Kalkyl {
    const NAMN: &'static str = "kalkyl";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Medel"),
            huvud: Sidhuvud::ny("Kalkyl, Jobbtorg", "Ingen kalkyl är sparad för 2022."),
            kolumn: "2022".into(),
            ar: vec![
                Flik::ny("2022", "/insatser/jobbtorg/kalkyl?ar=2022", true),
                Flik::ny("2023", "/insatser/jobbtorg/kalkyl?ar=2023", false),
            ],
            formular: Some(exempel::formular("/insatser/jobbtorg/kalkyl").med_version(0)),
            delar: delar(""),
            ..Self::default()
        };
        let ifylld = ifylld(&tom);
        let mut fel = Self {
            delar: delar("Lönen ”mycket” går inte att läsa."),
            ..ifylld.clone()
        };
        fel.ram.fel = Felsammanfattning::av("Kalkylen sparades inte", fel.falt());
        let last = Self {
            formular: None,
            delar: Vec::new(),
            ..ifylld.clone()
        };
        vec![
            ("tom", tom),
            ("ifylld", ifylld),
            ("fel", fel),
            ("last", last),
        ]
    }
}

fn delar(fel: &str) -> Vec<Faltdel> {
    let falt = |namn: &str, etikett: &str, varde: &str| {
        Falt::ny(namn, etikett, FaltSlag::Tal).varde(varde)
    };
    let mut lon = falt("t-1-lon", "Månadslön, heltid", "41 800,45");
    if !fel.is_empty() {
        lon = lon.varde("mycket").fel(fel);
    }
    vec![
        Faltdel::rad(
            "Tjänst 1",
            vec![
                Falt::ny("t-1-vad", "Vad tjänsten gör", FaltSlag::Text).varde("Processledare"),
                falt("t-1-antal", "Antal", "1"),
                falt("t-1-andel", "Procent av heltid", "100"),
                lon,
                falt("t-1-po", "PO, procent", "40,15"),
            ],
        )
        .hjalp("Skriv aldrig vem, bara vad."),
        Faltdel::rad(
            "Kostnad 1",
            vec![
                Falt::ny("k-1-vad", "Vad", FaltSlag::Text).varde("Telefon"),
                Falt::ny("k-1-hur", "Uträkning", FaltSlag::Text)
                    .varde("12 mån × 135 kr + 12 mån × 150 kr"),
            ],
        ),
    ]
}

fn ifylld(tom: &Kalkyl) -> Kalkyl {
    let kr = |kr: i64| exempel::kr(kr);
    let rad = |namn: &str, hur: &str, belopp: i64| KalkylRad {
        slag: RadSlag::Vanlig,
        namn: namn.into(),
        hur: hur.into(),
        belopp: kr(belopp),
        helar: kr(belopp),
    };
    Kalkyl {
        huvud: Sidhuvud::ny(
            "Kalkyl, Jobbtorg",
            "Kalkylen för 2022 kommer till 706\u{a0}420 kr.",
        ),
        nyckeltal: vec![
            Nyckeltal::ny("Kostnad 2022", kr(706_420).enhet("kr"), "januari–december"),
            Nyckeltal::ny("Kostnad per heltid", kr(703_000).enhet("kr"), "och år"),
        ]
        .into(),
        rader: vec![
            rad("Processledare", "1 tjänst på 100 %, PO 40,15 %.", 703_000),
            rad(
                "Telefon",
                "12 mån × 135 kr + 12 mån × 150 kr = 3 420 kr.",
                3_420,
            ),
            KalkylRad {
                slag: RadSlag::Summa,
                ..rad("Summa", "Alla rader.", 706_420)
            },
        ],
        anvand: vec![Lank::ny(
            "Använd 706 420 kr i fördelningen",
            "/medel/2/fordelning?steg=rakna",
        )],
        ..tom.clone()
    }
}
