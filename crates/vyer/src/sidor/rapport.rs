//! Rapporter: the list, and the writer of one återrapport.

use askama::Template;

use super::medel::InsatsTabell;
use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{
    Fakta, Faktalista, FyndRad, Fyndlista, Lage, LageSlag, Lank, Nyckeltalsrad, Text,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Tabell};

/// The reports.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/rapportlista.html")]
pub struct RapportLista {
    /// Frame.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// The reports, those that wait first.
    pub rader: Vec<RapportRad>,
    /// Starts a report on a grant, for those who may: form and choice of grant.
    pub skapa: Option<(Formular, Falt)>,
    /// Starts a report of another kind, for those who may.
    pub fler: Vec<NyRapport>,
}

/// A form that starts a report of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NyRapport {
    /// Its id on the page.
    pub id: String,
    /// What it makes.
    pub rubrik: String,
    /// For whom, with what in it.
    pub text: String,
    /// The form.
    pub formular: Formular,
    /// What is chosen.
    pub falt: Vec<Falt>,
    /// The button's words.
    pub knapp: String,
}

/// A report in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RapportRad {
    /// Title.
    pub namn: String,
    /// Its page.
    pub href: String,
    /// To whom, for what.
    pub under: String,
    /// The day its figures are seen from.
    pub per: String,
    /// State: `Utkast`, `Utfärdad`.
    pub lage: Lage,
    /// The files of an issued report.
    pub filer: Vec<Lank>,
}

/// Writes an återrapport: figures are filled in, words are yours.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/rapport.html")]
pub struct Rapport {
    /// Frame, with the error summary when something stopped it.
    pub ram: Ram,
    /// Head: to whom and as of when above, what remains in the lead.
    pub huvud: Sidhuvud,
    /// Drawn, used, to repay.
    pub nyckeltal: Nyckeltalsrad,
    /// The summary table that an återrapport opens with.
    pub insatser: Option<InsatsTabell>,
    /// The chapters. Their fields are locked once the report is issued.
    pub kapitel: Vec<Kapitel>,
    /// Findings that remain; shown before issuing, printed in the report.
    pub fynd: Vec<FyndRad>,
    /// What must be done before it can be issued, each with the way there.
    pub hinder: Vec<Text>,
    /// Saves the draft (`steg=spara`); `None` when locked. Carries the row version.
    pub spara: Option<Formular>,
    /// Issues with what stands in the fields: where the form is sent then, and "I have read the
    /// findings". `None` when locked or not allowed.
    pub utfarda: Option<(String, Falt)>,
    /// What was typed while somebody else issued the report: shown to be copied.
    pub osparat: Vec<Osparat>,
    /// Shows the draft as a paper.
    pub forhandsvisa: Vec<Lank>,
    /// What was issued.
    pub utfardad: Option<Utfardad>,
}

/// A chapter of free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kapitel {
    /// The field: label is the chapter's heading, help says what belongs there.
    pub falt: Falt,
    /// The paragraphs, for reading when the report is issued.
    pub stycken: Vec<String>,
}

/// A chapter that was typed too late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Osparat {
    /// The chapter's heading.
    pub rubrik: String,
    /// What was typed, with its line breaks.
    pub text: String,
}

/// An issued report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utfardad {
    /// When and by whom, as-of date, journal entry, hash.
    pub fakta: Vec<Fakta>,
    /// PDF, Word, HTML: text says kind and size.
    pub filer: Vec<Lank>,
}

impl RapportLista {
    /// Those who only read are shown no drafts.
    const fn tomt(&self) -> &'static str {
        if self.skapa.is_none() && self.fler.is_empty() {
            "Ingen rapport är utfärdad."
        } else {
            "Ingen rapport är påbörjad."
        }
    }

    fn tabell(&self) -> Tabell {
        let kolumner = ["Rapport", "Per dag", "Läge", "Ladda ned"]
            .map(Kolumn::ord)
            .to_vec();
        let rader = self.rader.iter().map(|r| {
            let mut filer = Text::default();
            if r.filer.is_empty() {
                filer = filer.ord("inget än");
            }
            for (i, fil) in r.filer.iter().enumerate() {
                if i > 0 {
                    filer = filer.ord(", ");
                }
                filer = filer.lank(fil.clone().om(&r.namn));
            }
            Rad::ny(vec![
                Cell::rubriklank(&r.namn, &r.href, Some(r.under.clone())),
                Cell::Kort(r.per.clone(), false),
                Cell::Lage(r.lage.clone()),
                filer.into(),
            ])
        });
        Tabell::ny("rapporter-t", "Rapporter", kolumner, rader.collect())
            .klass("bredd smal")
            .tomt(self.tomt())
    }
}

impl Rapport {
    fn fyndlista(&self) -> Fyndlista {
        self.fynd.clone().into()
    }
}

impl Utfardad {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }
}

impl Sida for RapportLista {
    const NAMN: &'static str = "rapportlista";

    fn exempel() -> Vec<(&'static str, Self)> {
        let val = exempel::val("bidrag", "Bidrag", &[("1", "Sociala insatser 2021")]);
        let ifylld = Self {
            ram: exempel::ram("Rapporter"),
            huvud: Sidhuvud::ny("Rapporter", "En rapport väntar på att bli utfärdad."),
            rader: vec![
                RapportRad {
                    namn: "Återrapport 2021".into(),
                    href: "/rapporter/1".into(),
                    under: "Till Socialstyrelsen, sociala insatser".into(),
                    per: "2022-02-02".into(),
                    lage: Lage::ny("Utkast", LageSlag::Pagar),
                    filer: vec![],
                },
                RapportRad {
                    namn: "Återrapport 2020".into(),
                    href: "/rapporter/0".into(),
                    under: "Till Socialstyrelsen, sociala insatser".into(),
                    per: "2021-02-01".into(),
                    lage: Lage::ny("Utfärdad", LageSlag::Lugn),
                    filer: vec![
                        Lank::ny("PDF", "/rapporter/0/fil.pdf"),
                        Lank::ny("Word", "/rapporter/0/fil.docx"),
                    ],
                },
            ],
            skapa: Some((exempel::formular("/rapporter"), val)),
            fler: vec![NyRapport {
                id: "ny-ekonomi".into(),
                rubrik: "Ny ekonomirapport".into(),
                text: "Till nämnden eller styrelsen: budget, använt och avvikelse.".into(),
                formular: exempel::formular("/rapporter").med_dolt("slag", "ekonomirapport"),
                falt: vec![exempel::val(
                    "till",
                    "Till och med",
                    &[("2022-03", "januari–mars 2022")],
                )],
                knapp: "Skriv ekonomirapporten".into(),
            }],
        };
        let mut tom = ifylld.clone();
        tom.rader.clear();
        tom.skapa = None;
        tom.fler.clear();
        tom.huvud.ingress = "Ingen rapport är påbörjad.".into();
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}

impl Sida for Rapport {
    const NAMN: &'static str = "rapport";

    fn exempel() -> Vec<(&'static str, Self)> {
        let utkast = utkast();
        let mut fel = utkast.clone();
        if let Some((_, falt)) = &mut fel.utfarda {
            falt.fel = Some("Du har inte läst fynden. Läs dem och kryssa i rutan.".into());
            fel.ram.fel = Felsammanfattning::av("Rapporten är inte utfärdad", [&*falt]);
        }
        let mut hindrad = utkast.clone();
        hindrad.hinder = vec![
            Text::from("Lovjobb: avvikelsen är större än gränsen. ")
                .lank(Lank::ny("Förklara", "/uppfoljning/insatser/lovjobb").om("Lovjobb")),
        ];
        hindrad.ram.fel = Some(Felsammanfattning::utan_falt(
            "Rapporten utfärdades inte",
            "En avvikelse är inte förklarad. Förklara den under Uppföljning.",
        ));
        let mut last = utkast.clone();
        last.huvud.overrad = "Utfärdad den 2\u{a0}februari 2022 · till Socialstyrelsen".into();
        last.huvud.ingress = "Rapporten är låst. Den ser likadan ut för alltid.".into();
        last.spara = None;
        last.utfarda = None;
        last.forhandsvisa.clear();
        last.utfardad = Some(Utfardad {
            fakta: vec![
                Fakta::ny(
                    "Utfärdad",
                    "2\u{a0}februari 2022 kl. 14.05 av nämndredovisare",
                ),
                Fakta::ny("Siffror per", "2\u{a0}februari 2022"),
                Fakta::ny("Journalpost", "215"),
                Fakta::ny(
                    "Kontrollsumma",
                    "9f2c81a004be77d19f2c81a004be77d19f2c81a004be77d19f2c81a004be77d1",
                ),
            ],
            filer: vec![
                Lank::ny("PDF, 84 kB", "/rapporter/1/fil.pdf"),
                Lank::ny("Word, 31 kB", "/rapporter/1/fil.docx"),
                Lank::ny("Webbsida", "/rapporter/1/fil.html"),
            ],
        });
        let mut for_sent = last.clone();
        for_sent.osparat = vec![Osparat {
            rubrik: "Slutsatser".into(),
            text: "Fler kom i arbete.\n- genom jobben\n- genom utbildningen".into(),
        }];
        for_sent.ram.fel = Some(Felsammanfattning::utan_falt(
            "Rapporten sparades inte",
            "Rapporten är utfärdad och kan inte ändras.",
        ));
        vec![
            ("utkast", utkast),
            ("fel", fel),
            ("hindrad", hindrad),
            ("last", last),
            ("for-sent", for_sent),
        ]
    }
}

fn utkast() -> Rapport {
    let kapitel = |namn: &str, rubrik: &str, hjalp: &str, text: &str| Kapitel {
        falt: Falt::ny(namn, rubrik, FaltSlag::Lang(6))
            .hjalp(hjalp)
            .varde(text)
            .frivilligt(),
        stycken: text.lines().map(str::to_owned).collect(),
    };
    Rapport {
        ram: exempel::ram("Rapporter"),
        huvud: Sidhuvud::ny(
            "Återrapport 2021",
            "Tre fel återstår. De står i rapporten om du inte rättar dem först.",
        )
        .overrad("Utkast · till Socialstyrelsen · siffror per 2\u{a0}februari 2022")
        .under(vec![Lank::ny("Rapporter", "/rapporter")]),
        nyckeltal: exempel::uppsala::nyckeltal().into(),
        insatser: Some(exempel::uppsala::insatser()),
        kapitel: vec![
            kapitel(
                "bakgrund",
                "Bakgrund",
                "Varför finns bidraget, och hur delades det upp?",
                "Tio insatser fick del av bidraget. Två nämnder delade på dem.",
            ),
            kapitel(
                "aterbetalning",
                "Varför pengar betalas tillbaka",
                "Förklara hela beloppet.",
                "Lovjobben kostade mindre än planerat.",
            ),
            kapitel(
                "slutsatser",
                "Slutsatser",
                "Vad gav insatserna tillsammans?",
                "",
            ),
        ],
        fynd: exempel::uppsala::fynd().into_iter().take(3).collect(),
        hinder: vec![],
        spara: Some(exempel::formular("/rapporter/1").med_version(4)),
        utfarda: Some((
            "/rapporter/1/utfarda".into(),
            Falt::ny(
                "last",
                "Jag har läst fynden och vill utfärda ändå",
                FaltSlag::Kryss,
            ),
        )),
        osparat: vec![],
        forhandsvisa: vec![Lank::ny("Visa utkastet som PDF", "/rapporter/1/utkast.pdf")],
        utfardad: None,
    }
}
