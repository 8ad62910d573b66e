//! Publicering: what the public sees, as of when, and the act of showing or withdrawing it.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Handelse, Lage, LageSlag, Lank, Tidslinje};
use crate::ram::{Ram, Sidhuvud};

/// What is published, and the form that publishes.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/publicering.html")]
pub struct Publicering {
    /// Frame, with the error summary when something stopped it.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// What is public now.
    pub rader: Vec<PubliceringRad>,
    /// Publishes, for those who may: form, what (choice), as of (date), why.
    pub publicera: Option<(Formular, [Falt; 3])>,
    /// What has changed since it was published, for those who may publish it again.
    pub andrat: Option<Andrat>,
    /// All acts, newest first.
    pub akter: Tidslinje,
}

/// All that has changed, published again in one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andrat {
    /// Publishes what is listed, and nothing else.
    pub formular: Formular,
    /// A word to the reader.
    pub kommentar: Falt,
    /// The things.
    pub rader: Vec<AndratRad>,
}

/// Something public that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndratRad {
    /// What.
    pub namn: String,
    /// What would change for the reader, a sentence each.
    pub andringar: Vec<String>,
}

/// Something public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PubliceringRad {
    /// What, leading to its public page.
    pub lank: Lank,
    /// As of when its figures are seen, when it was published and by which role.
    pub under: String,
    /// State: `Publicerad`, `Ändrat sedan dess`.
    pub lage: Lage,
    /// Withdraws it, for those who may: form and reason.
    pub dra_tillbaka: Option<(Formular, Falt)>,
}

impl Sida for Publicering {
    const NAMN: &'static str = "publicering";

    fn exempel() -> Vec<(&'static str, Self)> {
        let falt = [
            exempel::val(
                "vad",
                "Vad",
                &[("", "Välj"), ("bidrag-1", "Sociala insatser 2021")],
            ),
            Falt::ny("per", "Siffror per dag", FaltSlag::Datum).varde("2022-02-02"),
            Falt::ny("kommentar", "Varför nu?", FaltSlag::Text)
                .hjalp("Står i journalen. Allmänheten ser den inte."),
        ];
        let ifylld = Self {
            ram: exempel::ram("Rapporter"),
            huvud: Sidhuvud::ny(
                "Publicering",
                "En sak är öppen för alla. Resten syns bara här.",
            ),
            rader: vec![PubliceringRad {
                lank: Lank::ny("Sociala insatser i utsatta områden 2021", "/uppsala/pengar"),
                under: "Siffror per 2\u{a0}februari 2022. Publicerad samma dag av förbundschef."
                    .into(),
                lage: Lage::ny("Ändrat sedan dess", LageSlag::Varning),
                dra_tillbaka: Some((
                    exempel::formular("/publicering/1/dra-tillbaka"),
                    Falt::ny("skal-1", "Skäl", FaltSlag::Text),
                )),
            }],
            publicera: Some((exempel::formular("/publicering"), falt)),
            andrat: Some(andrat()),
            akter: vec![Handelse {
                nar: "2\u{a0}februari 2022, 14.10".into(),
                datum: "2022-02-02 14:10".into(),
                text: "Förbundschefen publicerade bidraget.".into(),
                nu: true,
            }]
            .into(),
        };
        let mut tom = ifylld.clone();
        tom.rader.clear();
        tom.akter = Tidslinje::default();
        tom.andrat = None;
        tom.huvud.ingress = "Inget är publicerat än.".into();
        let mut fel = tom.clone();
        if let Some((_, falt)) = &mut fel.publicera {
            falt[0].fel = Some("Inget är valt. Välj vad som ska publiceras.".into());
            fel.ram.fel = Felsammanfattning::av("Inget publicerades", falt.iter());
        }
        let mut last = ifylld.clone();
        last.publicera = None;
        last.andrat = None;
        for r in &mut last.rader {
            r.dra_tillbaka = None;
        }
        vec![
            ("ifylld", ifylld),
            ("tom", tom),
            ("fel", fel),
            ("last", last),
        ]
    }
}

fn andrat() -> Andrat {
    Andrat {
        formular: exempel::formular("/publicering/andrat"),
        kommentar: Falt::ny("allas-kommentar", "Kommentar till läsaren", FaltSlag::Text)
            .frivilligt(),
        rader: vec![AndratRad {
            namn: "Sociala insatser i utsatta områden 2021".into(),
            andringar: vec![
                "Använt av insats, Lovjobb 2021: 680\u{a0}000\u{a0}kr blir \
                         720\u{a0}000\u{a0}kr."
                    .into(),
            ],
        }],
    }
}
