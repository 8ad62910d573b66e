//! A page of tables and, at most, one form: registers and other plain rooms.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Besked, Nyckeltalsrad, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Tabell};

/// Tables under headings, and a form: the register of organisations, accounts and roles.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/tabellsida.html")]
pub struct Tabellsida {
    /// Frame, with the error summary when something stopped the form.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// Notices.
    pub besked: Vec<Besked>,
    /// The tables. Captions and ids are unique in the page.
    pub delar: Vec<Tabelldel>,
    /// The form, for those who may.
    pub formular: Option<Formulardel>,
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

/// A form under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formulardel {
    /// Heading: `Lägg till en organisation`.
    pub rubrik: String,
    /// The form.
    pub formular: Formular,
    /// Its fields.
    pub falt: Vec<Falt>,
    /// The words of the button: `Lägg till`.
    pub knapp: String,
}

impl Sida for Tabellsida {
    const NAMN: &'static str = "tabellsida";

    fn exempel() -> Vec<(&'static str, Self)> {
        let rad = |namn: &str, slag: &str| Rad::ny(vec![Cell::rubrik(namn), slag.into()]);
        let kolumner = ["Organisation", "Vad den är"].map(Kolumn::ord).to_vec();
        let rader = vec![
            rad("Socialnämnden", "Nämnd"),
            rad("Socialstyrelsen", "Finansiär"),
        ];
        let ifylld = Self {
            ram: exempel::ram(""),
            huvud: Sidhuvud::ny("Organisationer", "Två organisationer står i registret."),
            nyckeltal: Nyckeltalsrad::default(),
            besked: vec![],
            delar: vec![Tabelldel {
                id: "register".into(),
                rubrik: "Registret".into(),
                text: Text::default(),
                tabell: Tabell::ny("register-t", "I bokstavsordning", kolumner, rader)
                    .tomt("Registret är tomt."),
            }],
            formular: Some(Formulardel {
                rubrik: "Lägg till en organisation".into(),
                formular: exempel::formular("/organisationer"),
                falt: vec![Falt::ny("namn", "Namn", FaltSlag::Text)],
                knapp: "Lägg till".into(),
            }),
        };
        let mut fel = ifylld.clone();
        if let Some(Formulardel { falt, .. }) = &mut fel.formular {
            for f in falt.iter_mut() {
                f.fel = Some("Namn saknas. Skriv vad organisationen heter.".into());
            }
            fel.ram.fel = Felsammanfattning::av("Organisationen lades inte till", &*falt);
        }
        let mut tom = ifylld.clone();
        tom.formular = None;
        tom.huvud.ingress = "Registret är tomt.".into();
        for del in &mut tom.delar {
            del.tabell.grupper.clear();
        }
        vec![("ifylld", ifylld), ("fel", fel), ("tom", tom)]
    }
}
