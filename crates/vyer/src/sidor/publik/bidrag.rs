//! A published grant on a page of its own.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::komponent::{Fakta, Faktalista, Handelse, Lank, Nyckeltalsrad, Text, Tidslinje};
use crate::ram::{PublikRam, Sidhuvud};
use crate::sidor::publik::PengarDel;

/// One published grant, as of its own act.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/bidrag.html")]
pub struct PublikBidrag {
    /// Frame.
    pub ram: PublikRam,
    /// Head: when it was published and as of when above.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// One part per year.
    pub delar: Vec<PengarDel>,
    /// Funder, programme, years, case number.
    pub fakta: Vec<Fakta>,
    /// The decisions, newest first.
    pub beslut: Tidslinje,
    /// Its published reports.
    pub rapporter: Vec<Lank>,
    /// Sources.
    pub kalla: Text,
}

impl PublikBidrag {
    fn faktalista(&self) -> Faktalista {
        self.fakta.clone().into()
    }
}

impl Sida for PublikBidrag {
    const NAMN: &'static str = "publik-bidrag";

    fn exempel() -> Vec<(&'static str, Self)> {
        let pengar = exempel::sandviken::pengar();
        let ifylld = Self {
            ram: pengar.ram,
            huvud: pengar
                .huvud
                .under(vec![Lank::ny("Pengarna", "/sandviken/pengar")]),
            nyckeltal: pengar.nyckeltal,
            delar: pengar.delar,
            fakta: vec![Fakta::ny("Finansiär", "Tillväxtverket")],
            beslut: vec![Handelse {
                nar: "14\u{a0}oktober 2021, § 63".into(),
                datum: "2021-10-14".into(),
                text: "Fördelning av medel".into(),
                nu: true,
            }]
            .into(),
            rapporter: vec![Lank::ny("Återrapport 2021", "/sandviken/rapporter/r-2021")],
            kalla: pengar.kalla,
        };
        let mut tom = ifylld.clone();
        tom.nyckeltal = Nyckeltalsrad::default();
        tom.delar.clear();
        tom.beslut = Tidslinje::default();
        tom.rapporter.clear();
        tom.kalla = Text::default();
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}
