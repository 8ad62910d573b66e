//! When a page cannot be shown: what happened and what to do.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::komponent::{Lank, Text};
use crate::ram::{Ram, Sidhuvud};

/// An error page (403, 404, 409, 413, 500, 503 …). Says nothing internal.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/felsida.html")]
pub struct FelSida {
    /// Frame; with nobody signed in when that is not known.
    pub ram: Ram,
    /// Head: what happened, as a sentence.
    pub huvud: Sidhuvud,
    /// What to do, one step per line.
    pub gor_sa: Vec<Text>,
    /// Ways on.
    pub lankar: Vec<Lank>,
    /// Stable code of the problem and, for 500, the number to report: `FEL-404`.
    pub kod: String,
}

impl Sida for FelSida {
    const NAMN: &'static str = "felsida";

    fn exempel() -> Vec<(&'static str, Self)> {
        let sida = |kod: &str, rubrik: &str, ingress: &str, gor_sa: &[&str]| Self {
            ram: exempel::ram(""),
            huvud: Sidhuvud::ny(rubrik, ingress),
            gor_sa: gor_sa.iter().map(|t| Text::from(*t)).collect(),
            lankar: vec![Lank::ny("Till startsidan", "/")],
            kod: kod.into(),
        };
        vec![
            (
                "404",
                sida(
                    "SIDA-SAKNAS",
                    "Sidan finns inte",
                    "Adressen leder ingenstans, eller så hör den till någon annan.",
                    &["Kontrollera adressen.", "Sök efter det du vill se."],
                ),
            ),
            (
                "403",
                sida(
                    "SAKNAR-BEHORIGHET",
                    "Du får inte göra det här",
                    "Rollen Revisor läser allt men ändrar inget.",
                    &["Be ekonomen eller förbundschefen om hjälp."],
                ),
            ),
            (
                "500",
                sida(
                    "INTERNT-FEL",
                    "Något gick fel hos oss",
                    "Inget sparades. Felet är antecknat.",
                    &[
                        "Försök igen om en stund.",
                        "Lämna felkoden om det händer igen.",
                    ],
                ),
            ),
            (
                "503",
                sida(
                    "KON-FULL",
                    "Många sparar just nu",
                    "Inget sparades. Vänta en halv minut.",
                    &[
                        "Gå tillbaka i webbläsaren. Det du skrev är kvar.",
                        "Skicka igen.",
                    ],
                ),
            ),
        ]
    }
}
