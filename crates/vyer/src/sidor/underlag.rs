//! Underlag: the papers that have been read, reading one more, and what one says.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{
    Allvar, Besked, Fakta, Faktalista, FyndRad, Fyndlista, Lage, LageSlag, Lank, Text,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Radgrupp, Radrubrik, Tabell};
use crate::tal::TalVy;

/// The papers that have been read.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/underlaglista.html")]
pub struct UnderlagLista {
    /// Frame.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// The papers, newest first.
    pub rader: Vec<UnderlagRad>,
    /// Where one more is read, for those who may.
    pub las_in_href: Option<String>,
}

/// A paper in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderlagRad {
    /// Title.
    pub namn: String,
    /// Its page.
    pub href: String,
    /// File and kind.
    pub under: String,
    /// When it was read: `1 feb 2022`.
    pub inlast: String,
    /// By whom: the role.
    pub av: String,
    /// How many statements it has.
    pub uppgifter: TalVy,
    /// What granskning says; `None` when it found nothing.
    pub granskning: Option<Lage>,
}

/// Reads a paper: file or text, preview, then yes.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/underlagimport.html")]
pub struct UnderlagImport {
    /// Frame, with the error summary when the file cannot be read at all.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// Uploads (`fil`, `text`) and shows the preview. Sends files.
    pub formular: Formular,
    /// Where the format is explained.
    pub format_href: String,
    /// The file.
    pub fil: Falt,
    /// Or its text, pasted.
    pub text: Falt,
    /// Whether the paper is public already.
    pub offentligt: Falt,
    /// What was read, before anything is saved.
    pub visning: Option<Importvisning>,
}

/// What a file would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Importvisning {
    /// What it is: `uppsala.json, 11 insatser och 62 uppgifter`.
    pub rubrik: String,
    /// How many of each kind.
    pub antal: Vec<Fakta>,
    /// Rows that cannot be read; nothing is saved while there are any.
    pub radfel: Vec<Radfel>,
    /// What granskning says already now.
    pub fynd: Vec<FyndRad>,
    /// Saves it; only when no row is wrong and no earlier version is in the way.
    pub bekrafta: Option<Formular>,
    /// What it would change as a new version of a paper that is there already.
    pub ersatter: Option<Ersattningsvisning>,
}

/// What a new version of a paper would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ersattningsvisning {
    /// Which version it would replace and how much changes, in a sentence or two.
    pub ingress: Text,
    /// What changes, row by row.
    pub rader: Vec<Andringsrad>,
    /// How many rows more there are than are shown.
    pub fler: usize,
    /// Why the earlier version is replaced.
    pub orsak: Falt,
    /// Replaces it.
    pub formular: Formular,
}

/// One fact that a new version of a paper touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andringsrad {
    /// What happens: `ändras`, `ny`, `stryks`, `behålls`.
    pub slag: Lage,
    /// What it is about.
    pub vad: String,
    /// What the books say; empty when nothing.
    pub fore: String,
    /// What the new version says; empty when nothing.
    pub nu: String,
}

/// Letters of a value that is not broken over lines.
const KORT: usize = 28;

impl Ersattningsvisning {
    fn tabell(&self) -> Tabell {
        let kolumner = [
            "Uppgift",
            "Vad som händer",
            "I böckerna",
            "I den nya versionen",
        ]
        .map(Kolumn::ord)
        .to_vec();
        // In words: the signs for no number mean other things. An amount stands on one line, a
        // text of an initiative on several.
        let eller = |text: &str, annars: &str| match text {
            "" => Cell::Kort(annars.to_owned(), false),
            text if text.chars().count() <= KORT => Cell::Kort(text.to_owned(), false),
            text => Cell::Text(Text::from(text)),
        };
        let rader = self.rader.iter().map(|r| {
            Rad::ny(vec![
                Cell::rubrik(&r.vad),
                Cell::Lage(r.slag.clone()),
                eller(&r.fore, "finns inte"),
                eller(&r.nu, "sägs inte"),
            ])
        });
        let caption = "Uppgifter som ändras i böckerna";
        Tabell::ny("andringar-t", caption, kolumner, rader.collect())
            .klass("bredd smal")
            .tomt("Ingen uppgift ändras. Bara texten i papperet är en annan.")
    }
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radfel {
    /// Where: `rad 14, /bidrag/0/belopp`.
    pub plats: String,
    /// What is wrong.
    pub text: String,
    /// How to put it right.
    pub atgard: String,
    /// The rule: `UL-BELOPP`.
    pub regel: String,
}

/// What a paper says, statement by statement. Findings and derivations lead to the rows.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/underlag.html")]
pub struct Underlag {
    /// Frame.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// That it has been replaced, or what it replaced.
    pub version: Option<Besked>,
    /// File, reading, language, hash.
    pub fakta: Vec<Fakta>,
    /// The statements, by part of the paper.
    pub grupper: Vec<UppgiftsDel>,
    /// Its findings.
    pub fynd: Vec<FyndRad>,
}

/// Statements of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UppgiftsDel {
    /// Id of the caption, unique in the page.
    pub id: String,
    /// What they are about.
    pub rubrik: String,
    /// Unfolded from the start: the part that was asked for, or all of a short paper.
    pub oppen: bool,
    /// The statements.
    pub rader: Vec<UnderlagUppgift>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderlagUppgift {
    /// Anchor, unique in the page.
    pub id: String,
    /// What it is about.
    pub namn: String,
    /// The thing's page.
    pub href: Option<String>,
    /// The words of the paper; empty where it states a figure and nothing more.
    pub star: String,
    /// Place in the paper.
    pub plats: String,
    /// Uncertainty.
    pub sakerhet: String,
    /// The figure, where one is stated.
    pub varde: Option<TalVy>,
    /// Findings that use it.
    pub fynd: Vec<Lank>,
}

impl UnderlagLista {
    fn tabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Underlag"),
            Kolumn::ord("Inläst"),
            Kolumn::ord("Av"),
            Kolumn::tal("Uppgifter"),
            Kolumn::ord("Granskning"),
        ];
        let rader = self.rader.iter().map(|r| {
            Rad::ny(vec![
                Cell::rubriklank(&r.namn, &r.href, Some(r.under.clone())),
                Cell::Kort(r.inlast.clone(), false),
                r.av.as_str().into(),
                r.uppgifter.clone().into(),
                r.granskning
                    .clone()
                    .map_or_else(|| "inget fynd".into(), Cell::Lage),
            ])
        });
        Tabell::ny("underlag-t", "Antal uppgifter", kolumner, rader.collect())
            .klass("bredd smal")
            .tomt("Inget underlag är inläst. Börja med att läsa in ett papper.")
    }
}

impl Importvisning {
    fn lista(&self) -> Faktalista {
        Faktalista::bred(self.antal.clone())
    }

    fn fyndlista(&self) -> Fyndlista {
        self.fynd.clone().into()
    }

    fn feltabell(&self) -> Tabell {
        let kolumner = ["Plats", "Fel", "Gör så här", "Regel"]
            .map(Kolumn::ord)
            .to_vec();
        let rader = self.radfel.iter().map(|f| {
            Rad::ny(vec![
                Cell::rubrik(&f.plats),
                f.text.as_str().into(),
                f.atgard.as_str().into(),
                Cell::Kort(f.regel.clone(), false),
            ])
        });
        Tabell::ny(
            "radfel",
            "Inget sparas så länge något är fel",
            kolumner,
            rader.collect(),
        )
        .klass("bredd smal")
    }
}

impl UppgiftsDel {
    fn hur_manga(&self) -> String {
        match self.rader.len() {
            1 => "en uppgift".to_owned(),
            n => format!("{n}\u{a0}uppgifter"),
        }
    }

    fn tabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Uppgift"),
            Kolumn::ord("Så står det"),
            Kolumn::ord("Plats"),
            Kolumn::tal("Säkerhet"),
            Kolumn::tal("Värde"),
            Kolumn::ord("Fynd"),
        ];
        let rader = self.rader.iter().map(UnderlagUppgift::rad).collect();
        Tabell {
            id: self.id.clone(),
            caption: format!("{}, så som papperet säger det", self.rubrik),
            klass: "bredd",
            huvud: vec![kolumner],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader,
            }],
            tomt: "Papperet säger inget om det här.".into(),
            ..Tabell::default()
        }
    }
}

impl UnderlagUppgift {
    fn rad(&self) -> Rad {
        let mut fynd = Text::default();
        if self.fynd.is_empty() {
            fynd = fynd.ord("inget fynd");
        }
        for (i, lank) in self.fynd.iter().enumerate() {
            if i > 0 {
                fynd = fynd.ord(", ");
            }
            fynd = fynd.lank(lank.clone());
        }
        Rad::ny(vec![
            Cell::Rubrik(Radrubrik {
                text: self.namn.clone(),
                href: self.href.clone(),
                ..Radrubrik::default()
            }),
            Cell::text_eller(&self.star.as_str().into(), "ett tal"),
            self.plats.as_str().into(),
            Cell::sakerhet(&self.sakerhet),
            Cell::tal_eller(self.varde.clone(), "i ord"),
            fynd.into(),
        ])
        .id(&self.id)
    }
}

impl Underlag {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }

    fn fyndlista(&self) -> Fyndlista {
        self.fynd.clone().into()
    }
}

impl Sida for UnderlagLista {
    const NAMN: &'static str = "underlaglista";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::ram("Underlag"),
            huvud: Sidhuvud::ny("Underlag", "Ett papper är inläst. Det har tre fel."),
            rader: vec![UnderlagRad {
                namn: "Återrapport till Socialstyrelsen 2021".into(),
                href: "/underlag/1".into(),
                under: "uppsala.json".into(),
                inlast: "20\u{a0}jan 2022".into(),
                av: "Ekonom".into(),
                uppgifter: TalVy::ny("62", "/underlag/1"),
                granskning: Some(Lage::ny("3 fel", LageSlag::Fel)),
            }],
            las_in_href: Some("/underlag/las-in".into()),
        };
        let mut tom = ifylld.clone();
        tom.rader.clear();
        tom.huvud.ingress = "Inget papper är inläst än.".into();
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}

impl Sida for UnderlagImport {
    const NAMN: &'static str = "underlagimport";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Underlag"),
            huvud: Sidhuvud::ny(
                "Läs in underlag",
                "Du ser vad filen innehåller innan den sparas.",
            )
            .under(vec![Lank::ny("Underlag", "/underlag")]),
            formular: exempel::formular("/underlag/las-in").med_filer(),
            format_href: "/hjalp#format".into(),
            fil: Falt::ny("fil", "Fil", FaltSlag::Fil(".json".into()))
                .hjalp("En fil i formatet underlag, högst 5 MB.")
                .frivilligt(),
            text: Falt::ny("text", "Eller klistra in texten", FaltSlag::Lang(8)).frivilligt(),
            offentligt: Falt::ny(
                "offentligt",
                "Papperet är redan offentligt",
                FaltSlag::Kryss,
            ),
            visning: None,
        };
        let mut fel = tom.clone();
        fel.fil.fel = Some("Filen är tom. Välj en fil som innehåller ett underlag.".into());
        fel.ram.fel = Felsammanfattning::av("Filen lästes inte", [&fel.fil, &fel.text]);
        let mut radfel = tom.clone();
        radfel.visning = Some(radfelsvisning());
        radfel.ram.fel = Some(Felsammanfattning::utan_falt(
            "Papperet går inte att läsa in",
            "En rad är fel. Den står i tabellen nedan.",
        ));
        let mut visning = tom.clone();
        visning.visning = Some(ren_visning());
        let mut ersatter = tom.clone();
        ersatter.visning = Some(ny_version());
        let mut utan_skal = ersatter.clone();
        if let Some(e) = utan_skal.visning.as_mut().and_then(|v| v.ersatter.as_mut()) {
            e.orsak.fel = Some("Skälet saknas. Skriv kort varför.".into());
            utan_skal.ram.fel = Felsammanfattning::av("Papperet ersattes inte", [&e.orsak]);
        }
        vec![
            ("tom", tom),
            ("fel", fel),
            ("radfel", radfel),
            ("visning", visning),
            ("ersatter", ersatter),
            ("ersatter-utan-skal", utan_skal),
        ]
    }
}

impl Sida for Underlag {
    const NAMN: &'static str = "underlag";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::ram("Underlag"),
            huvud: Sidhuvud::ny(
                "Återrapport till Socialstyrelsen 2021",
                "62 uppgifter är inlästa. Tre av dem säger emot andra.",
            )
            .overrad("Underlag · inläst 20\u{a0}januari 2022")
            .under(vec![Lank::ny("Underlag", "/underlag")]),
            version: None,
            fakta: vec![
                Fakta::ny("Fil", "uppsala.json"),
                Fakta::ny("Inläst av", "Ekonom"),
                Fakta::ny("Papper", "Beslut § 64, tjänsteskrivelse, bilaga 1"),
            ],
            grupper: delar(),
            fynd: exempel::uppsala::fynd(),
        };
        let mut tom = ifylld.clone();
        tom.grupper.clear();
        tom.fynd.clear();
        tom.huvud.ingress = "Papperet innehåller inga uppgifter.".into();
        let mut ersatt = ifylld.clone();
        ersatt.version = Some(Besked::ny(
            Allvar::Upplysning,
            "papperet har ersatts",
            Text::from("Den version som gäller lästes in 3\u{a0}februari 2022: ")
                .lank(Lank::ny(
                    "Återrapport till Socialstyrelsen 2021",
                    "/underlag/2",
                ))
                .ord("."),
        ));
        vec![("ifylld", ifylld), ("tom", tom), ("ersatt", ersatt)]
    }
}

fn antal() -> Vec<Fakta> {
    vec![
        Fakta::ny("Bidrag", "1"),
        Fakta::ny("Insatser", "10"),
        Fakta::ny("Uppgifter med tal", "62"),
    ]
}

fn radfelsvisning() -> Importvisning {
    Importvisning {
        rubrik: "uppsala.json går inte att läsa in än".into(),
        antal: antal(),
        radfel: vec![Radfel {
            plats: "rad 14, /bidrag/0/belopp".into(),
            text: "Enheten ”tkkr” finns inte.".into(),
            atgard: "Skriv kr, tkr eller Mkr.".into(),
            regel: "UL-ENHET".into(),
        }],
        fynd: vec![],
        bekrafta: None,
        ersatter: None,
    }
}

fn ny_version() -> Importvisning {
    let rad = |slag: Lage, vad: &str, fore: &str, nu: &str| Andringsrad {
        slag,
        vad: vad.into(),
        fore: fore.into(),
        nu: nu.into(),
    };
    Importvisning {
        bekrafta: None,
        ersatter: Some(Ersattningsvisning {
            ingress: Text::from("Ett papper med samma namn lästes in 1\u{a0}feb 2022."),
            rader: vec![
                rad(
                    Lage::ny("Ändras", LageSlag::Pagar),
                    "Rekvirerat 2021, ”Stöd till unga”",
                    "8\u{a0}052\u{a0}000\u{a0}kr",
                    "8\u{a0}005\u{a0}000\u{a0}kr",
                ),
                rad(
                    Lage::ny("Behålls som den är", LageSlag::Lugn),
                    "Beskrivning, ”Lovjobb”",
                    "Ungdomar som behöver det mest får arbeta tre veckor med en handledare, och \
                     någon följer upp hur det gick för var och en.",
                    "Tre veckors arbete med handledare.",
                ),
            ],
            fler: 3,
            orsak: Falt::ny("orsak", "Varför ersätts papperet?", FaltSlag::Lang(3)),
            formular: exempel::formular("/underlag/las-in"),
        }),
        ..ren_visning()
    }
}

fn ren_visning() -> Importvisning {
    Importvisning {
        rubrik: "uppsala.json går att läsa in".into(),
        antal: antal(),
        radfel: vec![],
        fynd: exempel::uppsala::fynd().into_iter().take(2).collect(),
        bekrafta: Some(exempel::formular("/underlag").med_dolt("visning", "ab12")),
        ersatter: None,
    }
}

/// Id, what, how it is stated, where, amount.
type UppgiftData = (&'static str, &'static str, &'static str, &'static str, i64);

const HELHET: [UppgiftData; 2] = [
    (
        "u1",
        "Rekvirerat",
        "8 052 000 kronor",
        "§ 64, rad 19",
        8_052_000,
    ),
    (
        "u2",
        "Att betala tillbaka",
        "764 159 kr",
        "§ 64, rad 19",
        764_159,
    ),
];

const INSATSER: [UppgiftData; 2] = [
    ("u3", "Lovjobb, budget", "1 400 tkr", "Bilaga 1", 1_400_000),
    (
        "u4",
        "Lovjobb, utfall",
        "680 tkr",
        "Bilaga 1, rad 195",
        680_000,
    ),
];

fn delar() -> Vec<UppgiftsDel> {
    let rad = |(id, namn, star, plats, belopp): UppgiftData| UnderlagUppgift {
        id: id.into(),
        namn: namn.into(),
        href: None,
        star: star.replace(' ', "\u{a0}"),
        plats: plats.into(),
        sakerhet: if star.ends_with("tkr") {
            "±\u{a0}500".into()
        } else {
            "±\u{a0}0".into()
        },
        varde: Some(kr(belopp)),
        fynd: if id == "u1" {
            vec![Lank::ny("Fynd 1", "/granskning/1")]
        } else {
            vec![]
        },
    };
    let del = |id: &str, rubrik: &str, rader: [UppgiftData; 2]| UppgiftsDel {
        id: id.into(),
        rubrik: rubrik.into(),
        oppen: true,
        rader: rader.map(rad).to_vec(),
    };
    let mut ord = rad(("u5", "Bakgrund", "Orsaken", "Bilaga 1, rad 3", 0));
    ord.star = "Skillnaden beror på att färre ungdomar än väntat sökte lovjobb. ".repeat(6);
    ord.varde = None;
    let forklaringar = UppgiftsDel {
        id: "forkl".into(),
        rubrik: "Förklaringar".into(),
        oppen: false,
        rader: vec![ord],
    };
    vec![
        del("rekv", "Bidraget som helhet, kronor", HELHET),
        del("ins", "Insatserna, kronor", INSATSER),
        forklaringar,
    ]
}
