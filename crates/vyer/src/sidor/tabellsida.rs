//! A page of facts, tables and plain forms: registers, accounts and what is done to them.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltFel, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Allvar, Besked, Fakta, Faktalista, Lank, Nyckeltalsrad, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::sidor::Filter;
use crate::tabell::{Cell, Kolumn, Rad, Tabell};

/// Facts, tables and forms under headings: the register of organisations, the accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "sidor/tabellsida.html")]
pub struct Tabellsida {
    /// Frame, with the error summary when something stopped a form.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// What goes on while the page is shown; it is fetched again every second.
    pub forlopp: Option<Forlopp>,
    /// What the page shows: the choices.
    pub filter: Option<Filter>,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// Notices.
    pub besked: Vec<Besked>,
    /// What the page is about.
    pub fakta: Vec<Fakta>,
    /// The tables. Captions and ids are unique in the page.
    pub delar: Vec<Tabelldel>,
    /// The forms, for those who may.
    pub formular: Vec<Formulardel>,
}

/// How far something under way has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forlopp {
    /// In words: `1 200 av 6 000 verifikationer`.
    pub text: String,
    /// In percent, 0–100.
    pub procent: u8,
}

/// A table under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabelldel {
    /// Id of the heading.
    pub id: String,
    /// Heading.
    pub rubrik: String,
    /// What stands before the table.
    pub text: Text,
    /// The table.
    pub tabell: Tabell,
}

/// A form, under a heading unless the page's own is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formulardel {
    /// Id of the heading.
    pub id: String,
    /// Heading: `Lägg till en organisation`. Empty when the page has only this form.
    pub rubrik: String,
    /// What the button does, in words.
    pub text: Text,
    /// The form.
    pub formular: Formular,
    /// Its fields.
    pub falt: Vec<Falt>,
    /// Boxes to tick, after the fields.
    pub grupp: Option<Faltgrupp>,
    /// The words of the button: `Lägg till`.
    pub knapp: String,
    /// The button is not the first thing to do here.
    pub andra: bool,
    /// Back without sending.
    pub avbryt: Option<Lank>,
}

impl Formulardel {
    /// A form of these fields with the words of its button.
    pub fn ny(formular: Formular, falt: Vec<Falt>, knapp: impl Into<String>) -> Self {
        Self {
            id: "formular".into(),
            rubrik: String::new(),
            text: Text::default(),
            formular,
            falt,
            grupp: None,
            knapp: knapp.into(),
            andra: false,
            avbryt: None,
        }
    }

    /// Under a heading, with what it does.
    #[must_use]
    pub fn under(
        mut self,
        id: impl Into<String>,
        rubrik: impl Into<String>,
        text: impl Into<Text>,
    ) -> Self {
        self.id = id.into();
        self.rubrik = rubrik.into();
        self.text = text.into();
        self
    }

    /// With boxes to tick.
    #[must_use]
    pub fn med(mut self, grupp: Faltgrupp) -> Self {
        self.grupp = Some(grupp);
        self
    }

    /// Not the first thing to do here.
    #[must_use]
    pub fn andra(mut self) -> Self {
        self.andra = true;
        self
    }

    /// With a way back.
    #[must_use]
    pub fn avbryt(mut self, lank: Lank) -> Self {
        self.avbryt = Some(lank);
        self
    }

    /// The errors of its fields and boxes as a summary; `None` when there are none.
    #[must_use]
    pub fn felsammanfattning(&self, rubrik: &str) -> Option<Felsammanfattning> {
        let falt = Felsammanfattning::av(rubrik, &self.falt).map_or(Vec::new(), |f| f.fel);
        let fel: Vec<FaltFel> = falt
            .into_iter()
            .chain(self.grupp.as_ref().and_then(Faltgrupp::falt_fel))
            .collect();
        (!fel.is_empty()).then(|| Felsammanfattning {
            rubrik: rubrik.to_owned(),
            fel,
        })
    }
}

/// Boxes under a legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faltgrupp {
    /// Id, for its help and its error.
    pub id: String,
    /// The legend.
    pub etikett: String,
    /// A sentence of help.
    pub hjalp: String,
    /// What is wrong with the choice as a whole.
    pub fel: Option<String>,
    /// The boxes.
    pub falt: Vec<Falt>,
}

impl Faltgrupp {
    fn falt_fel(&self) -> Option<FaltFel> {
        Some(FaltFel {
            falt: self.falt.first()?.id().to_owned(),
            text: self.fel.clone()?,
        })
    }

    /// The boxes; the first, where the summary leads, points at what is wrong.
    fn kryss(&self) -> Vec<Falt> {
        let mut falt = self.falt.clone();
        if let (Some(_), Some(forst)) = (&self.fel, falt.first_mut()) {
            *forst = forst.clone().fel_vid(format!("{}-fel", self.id));
        }
        falt
    }
}

impl Tabellsida {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.fakta.clone())
    }
}

impl Sida for Tabellsida {
    const NAMN: &'static str = "tabellsida";

    fn exempel() -> Vec<(&'static str, Self)> {
        let mut ut = register();
        ut.extend([
            ("konto", ett_konto()),
            ("nytt-konto-fel", nytt_konto()),
            ("startlosenord", startlosenord()),
            ("losenord", losenord()),
            ("skicka-igen", skicka_igen()),
            ("forlopp", forlopp()),
        ]);
        ut
    }
}

fn register() -> Vec<(&'static str, Tabellsida)> {
    let rad = |namn: &str, slag: &str| Rad::ny(vec![Cell::rubrik(namn), slag.into()]);
    let kolumner = ["Organisation", "Vad den är"].map(Kolumn::ord).to_vec();
    let rader = vec![
        rad("Socialnämnden", "Nämnd"),
        rad("Socialstyrelsen", "Finansiär"),
    ];
    let falt = vec![Falt::ny("namn", "Namn", FaltSlag::Text)];
    let ifylld = Tabellsida {
        ram: exempel::ram(""),
        huvud: Sidhuvud::ny("Organisationer", "Två organisationer står i registret."),
        delar: vec![Tabelldel {
            id: "register".into(),
            rubrik: "Registret".into(),
            text: Text::default(),
            tabell: Tabell::ny("register-t", "I bokstavsordning", kolumner, rader)
                .tomt("Registret är tomt."),
        }],
        formular: vec![
            Formulardel::ny(exempel::formular("/organisationer"), falt, "Lägg till").under(
                "lagg-till",
                "Lägg till en organisation",
                Text::default(),
            ),
        ],
        ..Tabellsida::default()
    };
    let mut fel = ifylld.clone();
    for del in &mut fel.formular {
        for f in &mut del.falt {
            f.fel = Some("Namn saknas. Skriv vad organisationen heter.".into());
        }
        fel.ram.fel = del.felsammanfattning("Organisationen lades inte till");
    }
    let mut tom = ifylld.clone();
    tom.formular.clear();
    tom.huvud.ingress = "Registret är tomt.".into();
    for del in &mut tom.delar {
        del.tabell.grupper.clear();
    }
    vec![("ifylld", ifylld), ("fel", fel), ("tom", tom)]
}

fn roller(vald: &str) -> Faltgrupp {
    let kryss = |kod: &str, namn: &str| {
        Falt::ny(format!("roll-{kod}"), namn, FaltSlag::Kryss).varde(if kod == vald {
            "ja"
        } else {
            ""
        })
    };
    Faltgrupp {
        id: "roller".into(),
        etikett: "Roller".into(),
        hjalp: "Roller på kontoret och roller som ser personer kan inte förenas.".into(),
        fel: None,
        falt: vec![kryss("ekonom", "Ekonom"), kryss("revisor", "Revisor")],
    }
}

fn ett_konto() -> Tabellsida {
    let formular = |till: &str| exempel::formular(&format!("/konton/3/{till}"));
    Tabellsida {
        ram: exempel::ram(""),
        huvud: Sidhuvud::ny("Ekonomen", "Kontot är öppet.")
            .under(vec![Lank::ny("Konton", "/konton")]),
        fakta: vec![
            Fakta::ny("Namn att logga in med", "ekonom.uppsala"),
            Fakta::ny("Roll", "Ekonom"),
        ],
        formular: vec![
            Formulardel::ny(formular("roller"), vec![], "Spara rollerna")
                .under("roll", "Ändra roller", "Gäller från nästa sida som öppnas.")
                .med(roller("ekonom")),
            Formulardel::ny(
                formular("startlosenord"),
                vec![],
                "Gör ett nytt startlösenord",
            )
            .under(
                "glomt",
                "Glömt lösenordet",
                "Det gamla slutar gälla genast.",
            )
            .andra(),
        ],
        ..Tabellsida::default()
    }
}

fn nytt_konto() -> Tabellsida {
    let mut grupp = roller("");
    grupp.fel = Some("Ingen roll är vald. Välj minst en.".into());
    let falt = vec![
        Falt::ny("inloggning", "Namn att logga in med", FaltSlag::Konto)
            .hjalp("3 till 60 tecken: a–z, siffror, punkt, bindestreck och @.")
            .varde("ek")
            .fel("Inloggningsnamnet kan inte användas. Använd 3 till 60 tecken."),
    ];
    let del = Formulardel::ny(exempel::formular("/konton/nytt"), falt, "Lägg upp kontot")
        .med(grupp)
        .avbryt(Lank::ny("Avbryt", "/konton"));
    let mut sida = Tabellsida {
        ram: exempel::ram(""),
        huvud: Sidhuvud::ny("Lägg upp ett konto", "Kontot får ett startlösenord."),
        ..Tabellsida::default()
    };
    sida.ram.fel = del.felsammanfattning("Kontot lades inte upp");
    sida.formular.push(del);
    sida
}

fn startlosenord() -> Tabellsida {
    Tabellsida {
        ram: exempel::ram(""),
        huvud: Sidhuvud::ny("Startlösenord", "Kontot är upplagt.")
            .under(vec![Lank::ny("Konton", "/konton")]),
        besked: vec![Besked::ny(
            Allvar::Varning,
            "lösenordet visas bara nu",
            "Lämna det till personen själv. Det ska bytas vid första inloggningen.",
        )],
        fakta: vec![
            Fakta::ny("Namn att logga in med", "ekonom.uppsala"),
            Fakta::ny("Startlösenord", "k7mw-p3xr-9tqd-h4nv"),
        ],
        ..Tabellsida::default()
    }
}

fn losenord() -> Tabellsida {
    let falt = vec![
        Falt::ny("losenord", "Nuvarande lösenord", FaltSlag::Losenord),
        Falt::ny("nytt-losenord", "Nytt lösenord", FaltSlag::NyttLosenord)
            .hjalp("Minst 12 tecken. Fyra ord är lätt att minnas och svårt att gissa."),
    ];
    Tabellsida {
        ram: exempel::ram(""),
        huvud: Sidhuvud::ny("Byt lösenord", "Alla andra inloggningar avslutas."),
        formular: vec![Formulardel::ny(
            exempel::formular("/losenord"),
            falt,
            "Byt lösenord",
        )],
        ..Tabellsida::default()
    }
}

fn forlopp() -> Tabellsida {
    let del = Formulardel::ny(
        exempel::formular("/bokforing/inlasning/7/avbryt"),
        vec![],
        "Avbryt",
    );
    Tabellsida {
        ram: exempel::ram_forsby("Medel"),
        huvud: Sidhuvud::ny(
            "Läser in forsby.se",
            "Du kan lämna sidan. Inget syns förrän allt är inläst.",
        )
        .under(vec![Lank::ny("Bokföring", "/bokforing")]),
        forlopp: Some(Forlopp {
            text: "1\u{a0}200 av 6\u{a0}000 verifikationer".into(),
            procent: 20,
        }),
        formular: vec![del.andra()],
        ..Tabellsida::default()
    }
}

fn skicka_igen() -> Tabellsida {
    let formular = exempel::formular("/insatser/lovjobb/andra")
        .med_version(3)
        .med_dolt("kommentar", "Färre unga än väntat.");
    Tabellsida {
        ram: exempel::ram("Insatser"),
        huvud: Sidhuvud::ny(
            "Du är inloggad igen",
            "Det du skrev finns kvar, men är inte sparat än.",
        ),
        fakta: vec![Fakta::ny("Du skrev", "Färre unga än väntat.")],
        formular: vec![
            Formulardel::ny(formular, vec![], "Spara det jag skrev")
                .avbryt(Lank::ny("Kasta det", "/insatser")),
        ],
        ..Tabellsida::default()
    }
}
