//! Pages that are one form: an insats to change, a fact to correct.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Fakta, Faktalista, Lank, Text};
use crate::ram::{Ram, Sidhuvud};

/// Changes an insats. Carries the row version; somebody else's change meets
/// [`Konflikt`](super::Konflikt).
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/insats_andra.html")]
pub struct InsatsAndra {
    /// Frame, with the error summary when something stopped it.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// The form, with the row version.
    pub formular: Formular,
    /// Its fields, in order.
    pub falt: Vec<Falt>,
    /// Back without saving.
    pub avbryt_href: String,
}

/// Corrects a fact: the old one stays, the new one points at it.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/rattelse.html")]
pub struct Rattelse {
    /// Frame, with the error summary when something stopped it.
    pub ram: Ram,
    /// Head.
    pub huvud: Sidhuvud,
    /// What is registered now: what, value, place, when and by whom.
    pub nu: Vec<Fakta>,
    /// The form.
    pub formular: Formular,
    /// The new value.
    pub nytt: Falt,
    /// Why.
    pub orsak: Falt,
    /// The decision behind it, where one is needed, and that it is made after a closing.
    pub mer: Vec<Falt>,
    /// Which figures change, in words.
    pub foljd: Text,
    /// Back without correcting.
    pub avbryt_href: String,
}

impl Rattelse {
    fn faktalista(&self) -> Faktalista {
        Faktalista::bred(self.nu.clone())
    }
}

impl Sida for InsatsAndra {
    const NAMN: &'static str = "insats-andra";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::ram("Insatser"),
            huvud: Sidhuvud::ny("Ändra Meningsfullt lovjobb", "").under(vec![
                Lank::ny("Insatser", "/insatser"),
                Lank::ny("Meningsfullt lovjobb", "/insatser/lovjobb"),
            ]),
            formular: exempel::formular("/insatser/lovjobb/andra").med_version(3),
            falt: vec![
                Falt::ny("namn", "Namn", FaltSlag::Text).varde("Meningsfullt lovjobb"),
                Falt::ny("mal", "Mål", FaltSlag::Lang(4))
                    .hjalp("Ett mål per rad.")
                    .varde("Unga ska få ett första jobb."),
                Falt::ny("kommentar", "Kommentar till avvikelsen", FaltSlag::Lang(4)).frivilligt(),
                exempel::val(
                    "fortsattning",
                    "Fortsätter insatsen?",
                    &[("", "Inte beslutat"), ("ja", "Ja"), ("nej", "Nej")],
                ),
            ],
            avbryt_href: "/insatser/lovjobb".into(),
        };
        let mut fel = ifylld.clone();
        if let Some(namn) = fel.falt.first_mut() {
            namn.varde.clear();
            namn.fel = Some("Namn saknas. Skriv vad insatsen heter.".into());
        }
        fel.ram.fel = Felsammanfattning::av("Insatsen sparades inte", &fel.falt);
        vec![("ifylld", ifylld), ("fel", fel)]
    }
}

impl Sida for Rattelse {
    const NAMN: &'static str = "rattelse";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Medel"),
            huvud: Sidhuvud::ny(
                "Rätta en uppgift",
                "Den gamla uppgiften står kvar med orsaken.",
            )
            .overrad("Meningsfullt lovjobb · använt · 2021")
            .under(vec![Lank::ny(
                "Varför 764\u{a0}159\u{a0}kr?",
                "/harledning/aterbetala",
            )]),
            nu: vec![
                Fakta::ny(
                    "Registrerat värde",
                    Text::default().tal(exempel::kr(680_000)),
                ),
                Fakta::ny("Så står det", "680\u{a0}tkr, bilaga 1, rad 195"),
                Fakta::ny("Registrerad", "20\u{a0}januari 2022 av ekonom"),
            ],
            formular: exempel::formular("/ratta/195"),
            nytt: Falt::ny("nytt", "Nytt belopp i kronor", FaltSlag::Tal)
                .hjalp("Skriv hela kronor, till exempel 680 000."),
            orsak: Falt::ny("orsak", "Orsak", FaltSlag::Lang(3))
                .hjalp("Orsaken står i journalen och vid siffran."),
            mer: Vec::new(),
            foljd: "Två siffror räknas om: Använt och Att betala tillbaka.".into(),
            avbryt_href: "/harledning/aterbetala".into(),
        };
        let mut fel = tom.clone();
        fel.nytt = fel
            .nytt
            .varde("68o 000")
            .fel("Nytt belopp har en bokstav. Skriv bara siffror.");
        fel.orsak = fel
            .orsak
            .fel("Orsak saknas. Skriv varför uppgiften ändras.");
        fel.ram.fel = Felsammanfattning::av("Uppgiften rättades inte", [&fel.nytt, &fel.orsak]);
        let mut last = tom.clone();
        let text = "Det här är en rättelse efter att året avslutats";
        let kryss = Falt::ny("efter-avslut", text, FaltSlag::Kryss).frivilligt();
        last.mer = vec![kryss.fel("Året 2021 är avslutat. Kryssa för och skriv varför.")];
        last.ram.fel = Felsammanfattning::av("Uppgiften rättades inte", &last.mer);
        vec![("tom", tom), ("fel", fel), ("last", last)]
    }
}
