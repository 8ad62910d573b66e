//! Pages of follow-up: figures and notices, a filter, tables, and the forms that change them.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag};
use crate::komponent::{
    Allvar, Besked, Fakta, Faktalista, Kvitto, Lage, LageSlag, Lank, Nyckeltal, Nyckeltalsrad,
    PerDatum, Text,
};
use crate::ram::{Ram, Sidhuvud};
use crate::sidor::{Formulardel, Tabelldel};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

/// Follow-up, own capital, fees, co-financing and settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "sidor/ekonomi.html")]
pub struct Ekonomisida {
    /// Frame, with the error summary when something stopped a form.
    pub ram: Ram,
    /// Head, with the answer in its lead.
    pub huvud: Sidhuvud,
    /// What was just saved.
    pub kvitto: Option<Kvitto>,
    /// What the page is about: the choices.
    pub filter: Option<Filter>,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// Notices.
    pub besked: Vec<Besked>,
    /// Facts.
    pub fakta: Vec<Fakta>,
    /// The tables. Captions and ids are unique in the page.
    pub delar: Vec<Tabelldel>,
    /// The forms, for those who may.
    pub formular: Vec<Formulardel>,
    /// The ways on.
    pub lankar: Vec<Lank>,
    /// Chooses the day that the figures are seen from.
    pub per: Option<PerDatum>,
}

/// A form of choices, sent as a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Where it is sent.
    pub mal: String,
    /// The choices.
    pub falt: Vec<Falt>,
    /// The words of the button.
    pub knapp: String,
    /// A sentence of help below; may be empty.
    pub hjalp: String,
}

impl Ekonomisida {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }

    /// The table with this id, for the file of it.
    #[must_use]
    pub fn tabell(&self, id: &str) -> Option<&Tabell> {
        let delar = self.delar.iter();
        delar.map(|d| &d.tabell).find(|t| t.id == id)
    }
}

impl Sida for Ekonomisida {
    const NAMN: &'static str = "ekonomi";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = ifylld();
        let mut fel = ifylld.clone();
        for del in &mut fel.formular {
            for f in &mut del.falt {
                f.fel = Some("Skälet saknas. Skriv kort varför.".into());
            }
            fel.ram.fel = del.felsammanfattning("Prognosen fastställdes inte");
        }
        let mut tom = ifylld.clone();
        tom.huvud.ingress = "Inget är bokfört för 2026 än.".into();
        tom.kvitto = None;
        tom.nyckeltal = Nyckeltalsrad::default();
        tom.besked.clear();
        tom.fakta.clear();
        for del in &mut tom.delar {
            del.tabell.grupper.clear();
        }
        let mut last = ifylld.clone();
        last.formular.clear();
        last.kvitto = None;
        last.ram = exempel::ram_forsby("Medel");
        vec![
            ("ifylld", ifylld),
            ("fel", fel),
            ("tom", tom),
            ("last", last),
        ]
    }
}

fn ifylld() -> Ekonomisida {
    Ekonomisida {
        ram: exempel::ram("Medel"),
        huvud: Sidhuvud::ny(
            "Uppföljning 2026",
            "Prognosen pekar på ett överskott. Plusposter: Lovjobb.",
        )
        .overrad("Till och med augusti"),
        kvitto: Some(exempel::kvitto()),
        filter: Some(Filter {
            mal: "/uppfoljning".into(),
            falt: vec![exempel::val(
                "ar",
                "År",
                &[("2026", "2026"), ("2025", "2025")],
            )],
            knapp: "Visa".into(),
            hjalp: String::new(),
        }),
        nyckeltal: vec![
            Nyckeltal::ny("Budget", exempel::kr(2_000_000).enhet("kr"), "hela året"),
            Nyckeltal::ny("Prognos", exempel::kr(1_600_000).enhet("kr"), "hela året"),
        ]
        .into(),
        besked: vec![Besked::ny(
            Allvar::Varning,
            "en avvikelse är inte förklarad",
            "Förklara den innan rapporten skrivs.",
        )],
        fakta: vec![Fakta::ny("Gräns för avvikelse", "50 000 kr (förslag)")],
        delar: vec![Tabelldel {
            id: "insatser".into(),
            rubrik: "Insatserna".into(),
            text: Text::default(),
            tabell: tabell(),
        }],
        formular: vec![
            Formulardel::ny(
                exempel::formular("/uppfoljning/faststall"),
                vec![Falt::ny("anmarkning", "För vad", FaltSlag::Text)],
                "Fastställ prognosen",
            )
            .under("faststall", "Fastställ prognosen", "Siffrorna sparas."),
        ],
        lankar: vec![Lank::ny("Inställningar", "/parametrar")],
        per: Some(exempel::per("/uppfoljning")),
    }
}

fn tabell() -> Tabell {
    let kolumner = vec![
        Kolumn::ord("Insats"),
        Kolumn::kr("Budget"),
        Kolumn::kr("Prognos"),
        Kolumn::ord("Kommentar"),
    ];
    let rader = vec![
        Rad::ny(vec![
            Cell::rubriklank("Lovjobb", "/uppfoljning/lovjobb", None),
            exempel::kr(2_000_000).into(),
            exempel::kr(1_600_000).into(),
            Cell::LageLank(
                Lage::ny("Saknas", LageSlag::Varning),
                Lank::ny("Förklara", "/uppfoljning/lovjobb#kommentar").om("Lovjobb"),
            ),
        ]),
        Rad::av(
            RadSlag::Summa,
            vec![
                Cell::rubrik("Summa"),
                exempel::kr(2_000_000).into(),
                exempel::kr(1_600_000).into(),
                "en saknas".into(),
            ],
        ),
    ];
    Tabell::ny("insatser-t", "Kronor", kolumner, rader)
        .tomt("Ingen insats har budget eller utfall för året.")
        .csv(Some("/uppfoljning/tabell.csv".into()))
}
