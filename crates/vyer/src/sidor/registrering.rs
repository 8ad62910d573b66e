//! Pages where something is entered by hand: a grant, an insats, a fact.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Lank, Text};
use crate::ram::{Ram, Sidhuvud};

/// A form in parts.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/registrering.html")]
pub struct Registrering {
    /// Frame, with the error summary when something stopped it.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// The form.
    pub formular: Formular,
    /// Its parts, in order.
    pub delar: Vec<Faltdel>,
    /// The words of the button.
    pub knapp: String,
    /// What saving does, in words.
    pub foljd: Text,
    /// Back without saving.
    pub avbryt_href: String,
}

/// Fields that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faltdel {
    /// What they are about; empty for the first fields of a form.
    pub rubrik: String,
    /// A sentence of help; may be empty.
    pub hjalp: String,
    /// The fields.
    pub falt: Vec<Falt>,
    /// Side by side, where there is room.
    pub i_rad: bool,
    /// Sends the form for something else than saving it.
    pub knapp: Option<Delknapp>,
}

/// A button in a form that does not save: shows one more year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delknapp {
    /// Its words.
    pub text: String,
    /// What it sends: name.
    pub namn: String,
    /// What it sends: value.
    pub varde: String,
    /// Where to, with the place to go on from.
    pub mal: String,
}

impl Delknapp {
    /// A button with these words that sends `namn=varde` to `mal`.
    #[must_use]
    pub fn ny(
        text: impl Into<String>,
        namn: impl Into<String>,
        varde: impl Into<String>,
        mal: impl Into<String>,
    ) -> Self {
        Self {
            text: text.into(),
            namn: namn.into(),
            varde: varde.into(),
            mal: mal.into(),
        }
    }
}

impl Faltdel {
    /// Fields below each other.
    #[must_use]
    pub fn ny(rubrik: impl Into<String>, falt: Vec<Falt>) -> Self {
        Self {
            rubrik: rubrik.into(),
            falt,
            ..Self::default()
        }
    }

    /// Fields side by side.
    #[must_use]
    pub fn rad(rubrik: impl Into<String>, falt: Vec<Falt>) -> Self {
        Self {
            i_rad: true,
            ..Self::ny(rubrik, falt)
        }
    }

    /// With a button after the fields.
    #[must_use]
    pub fn knapp(mut self, knapp: Delknapp) -> Self {
        self.knapp = Some(knapp);
        self
    }

    /// With a sentence of help.
    #[must_use]
    pub fn hjalp(mut self, hjalp: impl Into<String>) -> Self {
        self.hjalp = hjalp.into();
        self
    }
}

impl Registrering {
    /// Every field, in page order.
    pub fn falt(&self) -> impl Iterator<Item = &Falt> {
        self.delar.iter().flat_map(|del| &del.falt)
    }

    /// Whether a button that does not save stands before the one that does.
    fn har_delknapp(&self) -> bool {
        self.delar.iter().any(|del| del.knapp.is_some())
    }
}

impl Sida for Registrering {
    const NAMN: &'static str = "registrering";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = tom();
        let mut ifylld = tom.clone();
        for (falt, varde) in ifylld.delar.iter_mut().flat_map(|del| &mut del.falt).zip([
            "rekvirerat",
            "2021",
            "8 052 000",
            "kr",
            "Tjänsteskrivelsen, sidan 2",
        ]) {
            falt.varde = varde.into();
        }
        let mut fel = ifylld.clone();
        if let Some(falt) = fel.delar.iter_mut().flat_map(|del| &mut del.falt).nth(2) {
            falt.varde = "8 o52 000".into();
            falt.fel = Some("Beloppet har en bokstav. Skriv bara siffror.".into());
        }
        if let Some(falt) = fel.delar.iter_mut().flat_map(|del| &mut del.falt).last() {
            falt.fel = Some(
                "Källan saknas. Skriv varifrån uppgiften kommer, till exempel vilket beslut."
                    .into(),
            );
        }
        fel.ram.fel = Felsammanfattning::av("Uppgiften sparades inte", fel.falt());
        let mut fler = ifylld.clone();
        if let Some(del) = fler.delar.get_mut(1) {
            *del = std::mem::take(del).knapp(Delknapp::ny(
                "Lägg till ett år",
                "steg",
                "fler-ar",
                "/registrera/bidrag#ar-2",
            ));
        }
        vec![
            ("tom", tom),
            ("ifylld", ifylld),
            ("fel", fel),
            ("fler", fler),
        ]
    }
}

fn tom() -> Registrering {
    Registrering {
        ram: exempel::ram("Medel"),
        huvud: Sidhuvud::ny(
            "Registrera en uppgift",
            "Uppgiften syns genast, och granskningen läser den.",
        )
        .under(vec![
            Lank::ny("Medel", "/medel"),
            Lank::ny("Sociala insatser 2021", "/medel/sociala-insatser-2021"),
        ]),
        formular: exempel::formular("/medel/sociala-insatser-2021/registrera"),
        delar: vec![
            Faltdel::rad(
                "",
                vec![
                    exempel::val(
                        "slag",
                        "Vad är det?",
                        &[("", "Välj"), ("rekvirerat", "Rekvirerat från finansiären")],
                    ),
                    Falt::ny("ar", "År", FaltSlag::Tal),
                ],
            ),
            Faltdel::rad(
                "Belopp eller antal",
                vec![
                    Falt::ny("belopp", "Tal", FaltSlag::Tal).frivilligt(),
                    exempel::val("enhet", "Enhet", &[("kr", "kr"), ("tkr", "tkr")]),
                ],
            )
            .hjalp("Finns det inget tal väljer du varför."),
            Faltdel::ny(
                "",
                vec![Falt::ny(
                    "orsak",
                    "Varifrån kommer uppgiften?",
                    FaltSlag::Lang(2),
                )],
            ),
        ],
        knapp: "Spara uppgiften".into(),
        foljd: "Uppgiften skrivs inte över om den rättas senare.".into(),
        avbryt_href: "/medel/sociala-insatser-2021".into(),
    }
}
