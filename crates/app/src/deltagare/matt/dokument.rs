//! The answer to a council's two questions, as a document.

use super::tabeller::{Mattabell, Mattcell, Mattrad};
use super::{Deltagarmatt, Timestamp};
use utfall_domain::deltagare::skydd::TROSKEL;
use utfall_domain::rapport::{
    Block, Dokument, Faktarad, Faktaruta, Kolumn, Rad, Radslag, Rubrik, Tabell, Text,
};
use utfall_domain::svensk::stor_forst;
use utfall_domain::tid::{dag, i_ord};
use utfall_domain::varde::Varde;

const MALL: &str = "deltagarsvar-1";

fn rubrik(text: impl Into<String>, ankare: &str) -> Block {
    Block::Rubrik(Rubrik {
        niva: 1,
        text: text.into(),
        ankare: ankare.to_owned(),
    })
}

fn stycke(text: impl Into<String>) -> Block {
    Block::Stycke {
        text: vec![Text::ren(text)],
    }
}

fn cell(cell: Mattcell) -> Vec<Text> {
    vec![match cell {
        Mattcell::Antal(v) | Mattcell::Procent(v) => Text::antal(v, None),
        Mattcell::Ore(v) => Text::ore(v, None),
    }]
}

fn rad(rad: &Mattrad) -> Rad {
    let namn = if rad.alla {
        Text::stark(&rad.rubrik)
    } else {
        Text::ren(&rad.rubrik)
    };
    Rad {
        slag: Radslag::Vanlig,
        rubrik: vec![namn],
        celler: rad.celler.iter().copied().map(cell).collect(),
        led: Default::default(),
    }
}

fn tabell(t: &Mattabell) -> Vec<Block> {
    let mut ut = vec![rubrik(&t.rubrik, &t.id)];
    if !t.text.is_empty() {
        ut.push(stycke(&t.text));
    }
    if t.rader.is_empty() {
        ut.push(stycke("Ingen deltog."));
        return ut;
    }
    let kolumner = t.kolumner.iter().map(Kolumn::tal);
    ut.push(Block::Tabell(Tabell {
        rubrik: format!("{}.", t.rubrik),
        kolumner: std::iter::once(Kolumn::ord(t.vad))
            .chain(kolumner)
            .collect(),
        rader: t.rader.iter().map(rad).collect(),
        not: Vec::new(),
    }));
    ut
}

impl Deltagarmatt {
    /// The two questions and their answers.
    #[must_use]
    pub fn dokument(&self, nu: Timestamp) -> Dokument {
        let huvudman = &self.bok.huvudman;
        let mut block = vec![self.om(), self.kort_svar()];
        block.extend(tabell(&self.ar_for_ar()));
        block.extend(tabell(&self.insatserna()));
        block.extend(self.ur_papper().iter().flat_map(tabell));
        block.push(rubrik("Så är svaret gjort", "tillkomst"));
        block.extend(self.tillkomst().into_iter().map(stycke));
        Dokument {
            mallversion: MALL.to_owned(),
            titel: format!("Deltagare{} {}", self.varifran(), self.period()),
            underrubrik: "Hur många deltog, och vad blev det av dem?".to_owned(),
            sprak: "sv-SE".to_owned(),
            organisation: huvudman.namn.clone(),
            datum: dag(nu),
            skapad: nu,
            ident: format!("{}/deltagarmatt", huvudman.slug),
            nyckelord: vec!["deltagare".to_owned(), "utfall".to_owned()],
            markning: huvudman.pahittad.then(|| "Påhittade uppgifter".to_owned()),
            block,
        }
    }

    fn om(&self) -> Block {
        let rad = |namn: &str, text: String| Faktarad {
            namn: namn.to_owned(),
            varde: vec![Text::ren(text)],
        };
        let kommun = match self.varifran().strip_prefix(" från ") {
            Some(namn) => namn.to_owned(),
            None => "Alla".to_owned(),
        };
        Block::Faktaruta(Faktaruta {
            rubrik: "Om svaret".to_owned(),
            rader: vec![
                rad("Hemkommun", kommun),
                rad("År", self.period()),
                rad("Uppgifter till och med", i_ord(self.matdag)),
            ],
        })
    }

    fn kort_svar(&self) -> Block {
        if !self.nagon() {
            return stycke(
                "Ingen deltagare är registrerad de här åren. Tabellen med tal ur papper visar vad \
                 som annars är känt.",
            );
        }
        let tabell = self.ar_for_ar();
        let senaste = tabell.rader.last().map(|rad| {
            let text = |nr: usize| match rad.celler.get(nr) {
                Some(Mattcell::Antal(Varde::Kant(tal))) => tal.to_string(),
                _ => "ett dolt antal".to_owned(),
            };
            format!(
                "{}: {} deltog{}. {} gick till arbete, {} till studier och {} tog ett annat steg \
                 framåt. {} är fortfarande utanför, för {} är det inte känt och {} deltar än.",
                rad.rubrik,
                text(0),
                self.varifran(),
                text(1),
                text(2),
                text(3),
                stor_forst(&text(4)),
                text(5),
                text(6),
            )
        });
        stycke(senaste.unwrap_or_else(|| "Ingen deltog.".to_owned()))
    }

    /// How the figures come about and what is hidden, in sentences.
    #[must_use]
    pub fn tillkomst(&self) -> Vec<String> {
        let mut ut = vec![format!(
            "Siffrorna räknas av det som utförarna hade registrerat till och med {}, och står \
             stilla till nästa kvartal. Utfallet är det som gällde direkt efter avslutet.",
            i_ord(self.matdag)
        )];
        ut.push(format!(
            "Två punkter (..) står där färre än {TROSKEL} personer annars skulle synas, och där \
             ett annat tal skulle avslöja dem. Det betyder aldrig noll."
        ));
        ut
    }
}
