//! The protocol of what was destroyed: no number of a participation and nothing about a person.

use super::{Gallringsbeslut, Gallringsslag};
use crate::id::GallringsprotokollId;
use crate::rapport::{
    Block, Dokument, Faktarad, Faktaruta, Kolumn, Rad, Radslag, Rubrik, Tabell, Text,
};
use crate::tid;
use crate::varde::Varde;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How many participations of an initiative ended in a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Antal {
    /// The initiative's name, as it was.
    pub insats: String,
    /// The year they ended.
    pub ar: i16,
    /// How many.
    pub antal: i64,
}

/// What a protocol says. Frozen when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protokollsinnehall {
    /// Whose books.
    pub huvudman: String,
    /// The huvudman is invented.
    pub pahittad: bool,
    /// What was destroyed.
    pub slag: Gallringsslag,
    /// How long it was to be kept, in months.
    pub manader: u16,
    /// The decision.
    pub beslut: Gallringsbeslut,
    /// Who prepared it, an official.
    pub forberett_av: String,
    /// When.
    pub forberett: Date,
    /// Who confirmed it, another official.
    pub bekraftat_av: String,
    /// When.
    pub bekraftat: Timestamp,
    /// How many, by initiative and year.
    pub antal: Vec<Antal>,
}

/// A protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protokoll {
    /// Its number.
    pub id: GallringsprotokollId,
    /// What it says.
    pub innehall: Protokollsinnehall,
    /// Every key is destroyed. Else that was cut off, and remains to be done.
    pub klart: bool,
}

impl Protokollsinnehall {
    /// How many in all.
    #[must_use]
    pub fn summa(&self) -> i64 {
        self.antal
            .iter()
            .fold(0, |summa: i64, rad| summa.saturating_add(rad.antal))
    }

    /// The facts, as label and value.
    #[must_use]
    pub fn fakta(&self) -> Vec<(&'static str, String)> {
        let dag = tid::dag(self.bekraftat);
        vec![
            ("Gallrat", self.slag.text().to_owned()),
            (
                "Regel",
                format!("{} månader efter den sista uppgiften", self.manader),
            ),
            (
                "Gallringsbeslut",
                format!(
                    "{}, {}",
                    self.beslut.beteckning,
                    tid::i_ord(self.beslut.dag)
                ),
            ),
            (
                "Förberett",
                format!("{} av {}", tid::i_ord(self.forberett), self.forberett_av),
            ),
            (
                "Bekräftat",
                format!("{} av {}", tid::i_ord(dag), self.bekraftat_av),
            ),
            ("Antal deltaganden", self.summa().to_string()),
        ]
    }
}

/// What is said of how it was done.
pub const HUR: &str = "Varje persons nyckel är förstörd. Det som finns kvar i äldre \
                       säkerhetskopior går därför inte att läsa, och läses en sådan kopia \
                       tillbaka är personerna borta också i den. Kvar för statistiken finns \
                       uppgifter utan person och utan dagar.";

impl Protokoll {
    /// As a document.
    #[must_use]
    pub fn dokument(&self) -> Dokument {
        let i = &self.innehall;
        let rad = |(namn, ord): (&str, String)| Faktarad {
            namn: namn.to_owned(),
            varde: vec![Text::ren(ord)],
        };
        let block = vec![
            Block::Faktaruta(Faktaruta {
                rubrik: "Om gallringen".to_owned(),
                rader: i.fakta().into_iter().map(rad).collect(),
            }),
            Block::Rubrik(Rubrik {
                niva: 1,
                text: "Vad som gallrades".to_owned(),
                ankare: "gallrat".to_owned(),
            }),
            Block::Tabell(self.tabell()),
            Block::Stycke {
                text: vec![Text::ren(HUR)],
            },
        ];
        Dokument {
            mallversion: "gallringsprotokoll-1".to_owned(),
            titel: format!("Gallringsprotokoll {}", self.id),
            underrubrik: i.slag.text().to_owned(),
            sprak: "sv-SE".to_owned(),
            organisation: i.huvudman.clone(),
            datum: tid::dag(i.bekraftat),
            skapad: i.bekraftat,
            ident: format!("gallringsprotokoll-{}", self.id),
            nyckelord: vec!["gallring".to_owned()],
            markning: i.pahittad.then(|| "Påhittade uppgifter".to_owned()),
            block,
        }
    }

    fn tabell(&self) -> Tabell {
        let rad = |a: &Antal| Rad {
            slag: Radslag::Vanlig,
            rubrik: vec![Text::ren(a.insats.clone())],
            celler: vec![
                vec![Text::ren(a.ar.to_string())],
                vec![Text::antal(Varde::Kant(a.antal), None)],
            ],
            led: crate::rapport::Led::default(),
        };
        let summa = Rad {
            slag: Radslag::Summa,
            rubrik: vec![Text::ren("Summa")],
            celler: vec![
                vec![Text::ren("alla")],
                vec![Text::antal(Varde::Kant(self.innehall.summa()), None)],
            ],
            led: crate::rapport::Led::default(),
        };
        Tabell {
            rubrik: "Antal deltaganden, efter insats och året de slutade".to_owned(),
            kolumner: vec![
                Kolumn::ord("Insats"),
                Kolumn::ord("År"),
                Kolumn::tal("Antal"),
            ],
            rader: self.innehall.antal.iter().map(rad).chain([summa]).collect(),
            not: Vec::new(),
        }
    }
}
