//! Monthly volumes of the budget and debt advice, as views.

use crate::diagram::{Manad, Manadsserie, Manadsstaplar};
use crate::komponent::{Allvar, Besked, Lank, Nyckeltal};
use crate::ram::Sidhuvud;
use crate::sidor::Insats;
use crate::tal::{TalVy, Tecken, heltal};

fn serie(namn: &str, tal: [i64; 8], summa: i64) -> Manadsserie {
    let manader = [
        "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ];
    let tal = tal.into_iter().map(Some).chain([None, None]);
    Manadsserie {
        namn: namn.into(),
        manader: manader
            .into_iter()
            .zip(tal)
            .map(|(namn, antal)| Manad {
                namn: namn.into(),
                antal,
                tal: antal.map_or(TalVy::tecken(Tecken::EjInrapporterat), |a| {
                    TalVy::ny(heltal(a), "/harledning/volym")
                }),
            })
            .collect(),
        summa: TalVy::ny(heltal(summa), "/harledning/volym"),
    }
}

pub(crate) fn rad() -> Manadsstaplar {
    Manadsstaplar {
        id: "rad".into(),
        fynd: "Flest sökte råd i juni, färst i juli".into(),
        under: "Rådsökande per månad 2021. Oktober är räknad till och med den 14.".into(),
        titel: "Rådsökande per månad, mars till december 2021".into(),
        beskrivning: "Antalet steg från 10 i mars till 22 i juni, föll till 3 i juli och var 15 \
            i september. November och december är inte inrapporterade."
            .into(),
        caption: "Antal per månad 2021".into(),
        summarubrik: "Mars–okt".into(),
        serier: vec![
            serie("Sökte budgetråd", [10, 20, 20, 22, 3, 8, 15, 10], 108),
            serie(
                "Tjänstepersoner på föreläsning",
                [0, 6, 8, 0, 0, 0, 7, 2],
                23,
            ),
            serie(
                "Målgruppen på föreläsning",
                [0, 37, 104, 0, 0, 0, 71, 7],
                219,
            ),
        ],
    }
}

pub(crate) fn budgetrad(tom: Insats) -> Insats {
    Insats {
        huvud: Sidhuvud::ny(
            "Förstärkt budget- och skuldrådgivning",
            "Rådgivningen har tagit emot 108 rådsökande sedan mars.",
        )
        .overrad("Insats · Örnsköldsvik · 2021")
        .under(vec![Lank::ny("Insatser", "/insatser")]),
        nyckeltal: vec![
            Nyckeltal::ny(
                "Sökte råd",
                TalVy::ny("108", "/harledning/volym"),
                "till 14\u{a0}oktober",
            ),
            Nyckeltal::ny(
                "Kostnad hittills",
                TalVy::tecken(Tecken::EjInrapporterat),
                "väntas med nästa fil",
            ),
        ]
        .into(),
        besked: vec![Besked::ny(
            Allvar::Upplysning,
            "två månader är inte inrapporterade",
            "November och december räknas inte som noll.",
        )],
        volymer: vec![rad()],
        ..tom
    }
}
