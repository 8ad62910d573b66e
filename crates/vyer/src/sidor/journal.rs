//! Journal: who did what, when, and that nothing has been changed since.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, FaltSlag, Formular};
use crate::komponent::{Allvar, Besked, Lank, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, Tabell};

/// The journal.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/journal.html")]
pub struct Journal {
    /// Frame.
    pub ram: Ram,
    /// Head: how many entries in the lead.
    pub huvud: Sidhuvud,
    /// What the latest check of the chain said.
    pub kontroll: Option<Besked>,
    /// Checks the chain now, for those who may.
    pub kontrollera: Option<Formular>,
    /// Where the filter is sent (GET).
    pub filter_mal: String,
    /// From, to, kind.
    pub filter: Vec<Falt>,
    /// The entries, newest first.
    pub rader: Vec<JournalRad>,
    /// Newer and older entries.
    pub bladdra: Vec<Lank>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRad {
    /// Its number among the huvudman's own.
    pub nr: String,
    /// When: `1 februari 2022 kl. 16.20`.
    pub nar: String,
    /// Who: the role, and the account for those who may see it.
    pub vem: String,
    /// What, in plain words.
    pub vad: Text,
    /// The first digits of its hash.
    pub hash: String,
}

impl Journal {
    fn tabell(&self) -> Tabell {
        let kolumner = ["Nummer", "När", "Vem", "Vad", "Kontrollsumma"]
            .map(Kolumn::ord)
            .to_vec();
        let rader = self.rader.iter().map(|r| {
            Rad::ny(vec![
                Cell::rubrik(&r.nr),
                Cell::Kort(r.nar.clone(), false),
                r.vem.as_str().into(),
                r.vad.clone().into(),
                Cell::Kort(r.hash.clone(), false),
            ])
            .id(format!("post-{}", r.nr))
        });
        Tabell::ny("journal-t", "Nyast först", kolumner, rader.collect())
            .klass("bredd smal")
            .tomt("Ingen post passar. Ta bort något ur filtret.")
    }
}

impl Sida for Journal {
    const NAMN: &'static str = "journal";

    fn exempel() -> Vec<(&'static str, Self)> {
        let rad = |nr: &str, nar: &str, vem: &str, vad: Text, hash: &str| JournalRad {
            nr: nr.into(),
            nar: nar.into(),
            vem: vem.into(),
            vad,
            hash: hash.into(),
        };
        let ifylld = Self {
            ram: exempel::ram("Journal"),
            huvud: Sidhuvud::ny("Journal", "214 poster. Ingen är ändrad."),
            kontroll: Some(Besked::ny(
                Allvar::Upplysning,
                "kedjan är hel",
                "Alla 214 poster kontrollerades den 2\u{a0}februari 2022 kl. 08.00.",
            )),
            kontrollera: Some(exempel::formular("/journal/kontrollera")),
            filter_mal: "/journal".into(),
            filter: vec![
                Falt::ny("fran", "Från", FaltSlag::Datum).frivilligt(),
                Falt::ny("till", "Till", FaltSlag::Datum).frivilligt(),
                exempel::val("slag", "Vad", &[("", "Allt"), ("rattelse", "Rättelser")]),
            ],
            rader: vec![
                rad(
                    "214",
                    "1 februari 2022 kl. 16.20",
                    "Ekonom",
                    Text::from(
                        "Rättade lovjobbens utfall från 690\u{a0}000 till 680\u{a0}000\u{a0}kr. ",
                    )
                    .lank(Lank::ny("Visa uppgiften", "/underlag/1#u4")),
                    "9f2c81a0",
                ),
                rad(
                    "213",
                    "20 januari 2022 kl. 09.40",
                    "Ekonom",
                    Text::from("Läste in underlaget uppsala.json. ")
                        .lank(Lank::ny("Visa underlaget", "/underlag/1")),
                    "04be77d1",
                ),
            ],
            bladdra: vec![Lank::ny("Äldre poster", "/journal?fore=213")],
        };
        let mut tom = ifylld.clone();
        tom.rader.clear();
        tom.bladdra.clear();
        tom.huvud.ingress = "Ingen av 214 poster passar.".into();
        let mut bruten = ifylld.clone();
        bruten.huvud.ingress = "Journalen är ändrad. Lita inte på den förrän det är utrett.".into();
        bruten.kontroll = Some(Besked::ny(
            Allvar::Fel,
            "kedjan är bruten vid post 198",
            "Stäng inte av systemet. Ring den som är ansvarig för informationssäkerhet.",
        ));
        vec![("ifylld", ifylld), ("tom", tom), ("bruten", bruten)]
    }
}
