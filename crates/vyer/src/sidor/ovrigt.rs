//! Search, help, definitions, one's own permissions, accessibility.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag};
use crate::komponent::{Fakta, Faktalista, Lage, LageSlag, Lank, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Tabell};

/// Search results. The words come in a GET; persons cannot be searched here.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/sok.html")]
pub struct Sok {
    /// Frame, without the search field of the top row (`sok_href: None`).
    pub ram: Ram,
    /// Head: how many hits in the lead.
    pub huvud: Sidhuvud,
    /// Where the search is sent.
    pub mal: String,
    /// The field (`q`).
    pub falt: Falt,
    /// Hits by kind.
    pub grupper: Vec<SokGrupp>,
}

/// Hits of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SokGrupp {
    /// `Insatser`, `Bidrag`, `Beslut`, `Fynd`.
    pub rubrik: String,
    /// The hits: link and a line about it.
    pub traffar: Vec<(Lank, String)>,
}

/// A text page: help or accessibility. Parts have an id so that rules can link to them.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/textsida.html")]
pub struct Textsida {
    /// Frame.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// The parts.
    pub delar: Vec<Textdel>,
}

/// A part of a text page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Textdel {
    /// Id of the heading.
    pub id: String,
    /// Heading.
    pub rubrik: String,
    /// Paragraphs.
    pub stycken: Vec<Text>,
    /// Terms and what they mean.
    pub fakta: Vec<Fakta>,
}

impl Textdel {
    /// A part of paragraphs.
    pub fn ny(id: &str, rubrik: &str, stycken: Vec<Text>) -> Self {
        Self {
            id: id.into(),
            rubrik: rubrik.into(),
            stycken,
            fakta: Vec::new(),
        }
    }

    /// With terms.
    #[must_use]
    pub fn med(mut self, fakta: Vec<Fakta>) -> Self {
        self.fakta = fakta;
        self
    }

    pub(crate) fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }
}

/// Om siffrorna: every measure with definition, formula and unit.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/om_siffrorna.html")]
pub struct OmSiffrorna {
    /// Frame.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// The measures.
    pub matt: Vec<MattRad>,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MattRad {
    /// Stable code; also the anchor.
    pub kod: String,
    /// Name.
    pub namn: String,
    /// What it means.
    pub definition: String,
    /// How it is computed, in words.
    pub formel: String,
    /// Unit.
    pub enhet: String,
    /// Who may see it.
    pub synlighet: String,
}

/// Min behörighet: what one's role may do.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/min_behorighet.html")]
pub struct MinBehorighet {
    /// Frame.
    pub ram: Ram,
    /// Head: role and huvudman.
    pub huvud: Sidhuvud,
    /// Account, role, signed in since.
    pub fakta: Vec<Fakta>,
    /// What can be done here, and by whom.
    pub rader: Vec<BehorighetsRad>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehorighetsRad {
    /// What one does: `Läsa om bidrag och fördelning`.
    pub vad: String,
    /// The role may.
    pub far: bool,
    /// Whom to ask otherwise.
    pub fraga: String,
}

impl OmSiffrorna {
    fn delar(&self) -> Vec<(&MattRad, Faktalista)> {
        let fakta = |m: &MattRad| {
            Faktalista::bred(vec![
                Fakta::ny("Så räknas det", m.formel.as_str()),
                Fakta::ny("Enhet", m.enhet.as_str()),
                Fakta::ny("Vem får se det", m.synlighet.as_str()),
            ])
        };
        self.matt.iter().map(|m| (m, fakta(m))).collect()
    }
}

impl MinBehorighet {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }

    fn tabell(&self) -> Tabell {
        let kolumner = ["Åtgärd", "Du", "Annars"].map(Kolumn::ord).to_vec();
        let rader = self.rader.iter().map(|r| {
            let lage = if r.far {
                Lage::ny("Får", LageSlag::Upplysning)
            } else {
                Lage::ny("Får inte", LageSlag::Lugn)
            };
            Rad::ny(vec![
                Cell::rubrik(&r.vad),
                Cell::Lage(lage),
                if r.fraga.is_empty() {
                    "Du gör det själv.".into()
                } else {
                    r.fraga.as_str().into()
                },
            ])
        });
        Tabell::ny(
            "behorighet-t",
            "Åtgärder i Utfall",
            kolumner,
            rader.collect(),
        )
    }
}

impl Sida for Sok {
    const NAMN: &'static str = "sok";

    fn exempel() -> Vec<(&'static str, Self)> {
        let mut ram = exempel::ram("");
        ram.sok_href = None;
        let tom = Self {
            ram,
            huvud: Sidhuvud::ny("Sök", "Sök bland insatser, bidrag, beslut och fynd."),
            mal: "/sok".into(),
            falt: Falt::ny("q", "Sökord", FaltSlag::Sok),
            grupper: vec![],
        };
        let mut ifylld = tom.clone();
        ifylld.huvud.ingress = "Två träffar på ”lov”.".into();
        ifylld.falt.varde = "lov".into();
        ifylld.grupper = vec![
            SokGrupp {
                rubrik: "Insatser".into(),
                traffar: vec![(
                    Lank::ny("Meningsfullt lovjobb", "/insatser/lovjobb"),
                    "Arbetsmarknadsnämnden, 2021".into(),
                )],
            },
            SokGrupp {
                rubrik: "Fynd".into(),
                traffar: vec![(
                    Lank::ny(
                        "Lovjobben förklarar inte hela återbetalningen",
                        "/granskning/3",
                    ),
                    "Fel på 44\u{a0}159\u{a0}kr".into(),
                )],
            },
        ];
        let mut utan = tom.clone();
        utan.falt.varde = "zebra".into();
        utan.huvud.ingress = "Inget passar ”zebra”. Pröva ett kortare ord.".into();
        vec![("tom", tom), ("ifylld", ifylld), ("utan-traff", utan)]
    }
}

impl Sida for Textsida {
    const NAMN: &'static str = "textsida";

    fn exempel() -> Vec<(&'static str, Self)> {
        let sida = |rubrik: &str, delar| Self {
            ram: exempel::ram(""),
            huvud: Sidhuvud::ny(rubrik, ""),
            delar,
        };
        vec![
            ("hjalp", sida("Hjälp", crate::texter::hjalp())),
            (
                "tillganglighet",
                sida("Tillgänglighet", crate::texter::tillganglighet()),
            ),
        ]
    }
}

impl Sida for OmSiffrorna {
    const NAMN: &'static str = "om-siffrorna";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::ram(""),
            huvud: Sidhuvud::ny(
                "Om siffrorna",
                "Varje siffra kommer från ett mått på den här sidan.",
            ),
            matt: vec![MattRad {
                kod: "att-aterbetala".into(),
                namn: "Att betala tillbaka".into(),
                definition: "Det som rekvirerats men inte använts när året är slut.".into(),
                formel: "rekvirerat − använt".into(),
                enhet: "kronor".into(),
                synlighet: "alla, när bidraget är publicerat".into(),
            }],
        };
        vec![("ifylld", ifylld)]
    }
}

impl Sida for MinBehorighet {
    const NAMN: &'static str = "min-behorighet";

    fn exempel() -> Vec<(&'static str, Self)> {
        let rad = |vad: &str, far, fraga: &str| BehorighetsRad {
            vad: vad.into(),
            far,
            fraga: fraga.into(),
        };
        let ifylld = Self {
            ram: exempel::ram(""),
            huvud: Sidhuvud::ny("Min behörighet", "Du är ekonom i Uppsala."),
            fakta: vec![
                Fakta::ny("Konto", "ekonom.uppsala"),
                Fakta::ny("Roll", "Ekonom"),
                Fakta::ny("Inloggad sedan", "2\u{a0}februari 2022 kl. 08.12"),
            ],
            rader: vec![
                rad("Läsa om bidrag och fördelning", true, ""),
                rad("Rätta en uppgift", true, ""),
                rad("Publicera", false, "Fråga förbundschefen."),
            ],
        };
        vec![("ifylld", ifylld)]
    }
}
