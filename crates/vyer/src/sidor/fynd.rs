//! Fynd: one finding, with the rows behind it and what to do.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::formular::{Falt, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{Allvar, Besked, Lage, LageSlag, Lank, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Radrubrik, Tabell};
use crate::tal::TalVy;

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/fynd.html")]
pub struct Fynd {
    /// Frame.
    pub ram: Ram,
    /// Head: paper above, the finding's sentence as heading, the explanation as lead.
    pub huvud: Sidhuvud,
    /// How grave.
    pub allvar: Allvar,
    /// It is about what was entered by hand, and stands in no paper.
    pub for_hand: bool,
    /// What the paper says.
    pub angivet: Option<TalVy>,
    /// What the rows give.
    pub beraknat: Option<TalVy>,
    /// Stated minus computed.
    pub skillnad: Option<TalVy>,
    /// Unit of the three: `Kronor`, `Personer`.
    pub enhet: String,
    /// The rows that were compared.
    pub rader: Vec<FyndUnderlag>,
    /// Explanations that can be computed.
    pub mojligt: Vec<String>,
    /// What to do.
    pub atgard: Vec<Text>,
    /// Why the rule matters.
    pub varfor: String,
    /// The rule: stable code and its page in the handbook.
    pub regel: Lank,
    /// The facts have been corrected in the books, or the paper replaced: word and text.
    pub avklarat: Option<(String, Text)>,
    /// The warning has been accepted.
    pub accepterad: Option<Accepterad>,
    /// Accepts the warning, for those who may: form and motivation.
    pub acceptera: Option<(Formular, Falt)>,
}

/// An accepted warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepterad {
    /// Role and day: `Ekonom, 29 november 2021`.
    pub av: String,
    /// The motivation.
    pub motivering: String,
    /// Takes the acceptance back, for those who may.
    pub aterta: Option<Formular>,
}

/// A row that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FyndUnderlag {
    /// Ordinary, or sum for what was computed.
    pub slag: RadSlag,
    /// What it is.
    pub namn: String,
    /// How it is stated.
    pub star: String,
    /// Place in the paper, leading to the statement.
    pub plats: Text,
    /// The value.
    pub varde: TalVy,
}

impl Fynd {
    fn lage(&self) -> Lage {
        self.allvar.into()
    }

    fn accepterad_lage() -> Lage {
        Lage::ny("Accepterad", LageSlag::Lugn)
    }

    fn avklarat_lage(&self) -> Option<Lage> {
        let (ord, _) = self.avklarat.as_ref()?;
        Some(Lage::ny(ord.as_str(), LageSlag::Lugn))
    }

    fn upprakning(&self) -> Option<Tabell> {
        let tal = [&self.angivet, &self.beraknat, &self.skillnad];
        if tal.iter().all(|t| t.is_none()) {
            return None;
        }
        let angivet = if self.for_hand {
            "Angivet i böckerna"
        } else {
            "Angivet i papperet"
        };
        let namn = [
            angivet,
            "\u{2212}\u{a0}Beräknat av raderna",
            "=\u{a0}Skillnad",
        ];
        let slag = [RadSlag::Vanlig, RadSlag::Vanlig, RadSlag::Summa];
        let rader = namn
            .into_iter()
            .zip(tal)
            .zip(slag)
            .map(|((namn, tal), slag)| {
                Rad::av(
                    slag,
                    vec![Cell::rubrik(namn), Cell::tal_eller(tal.clone(), "saknas")],
                )
            });
        let kolumner = vec![Kolumn::ord("Del"), Kolumn::tal(&self.enhet)];
        let caption = "Det angivna minus det beräknade är skillnaden";
        Some(Tabell::ny("skillnad-t", caption, kolumner, rader.collect()).klass("uppst"))
    }

    fn radtabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Uppgift"),
            Kolumn::ord("Så står det"),
            Kolumn::ord("Plats"),
            Kolumn::tal("Värde"),
        ];
        let rader = self.rader.iter().map(|r| {
            let mut celler = vec![Cell::Rubrik(Radrubrik {
                text: r.namn.clone(),
                ..Radrubrik::default()
            })];
            if r.star.is_empty() && r.plats.tom() {
                celler.push(Cell::Bred("Räknat av raderna".to_owned(), 2));
            } else {
                let star = if r.star.is_empty() {
                    "räknat"
                } else {
                    &r.star
                };
                celler.extend([star.into(), r.plats.clone().into()]);
            }
            celler.push(r.varde.clone().into());
            Rad::av(r.slag, celler)
        });
        Tabell::ny(
            "rader-t",
            format!("{}, rad för rad", self.enhet),
            kolumner,
            rader.collect(),
        )
        .klass("bredd smal")
        .tomt("Fyndet gäller en uppgift som saknas. Därför finns inga rader.")
    }
}

impl Sida for Fynd {
    const NAMN: &'static str = "fynd";

    fn exempel() -> Vec<(&'static str, Self)> {
        let fel = fel();
        let mut varning = fel.clone();
        varning.allvar = Allvar::Varning;
        varning.acceptera = Some((
            exempel::formular("/granskning/4/acceptera"),
            Falt::ny("motivering", "Varför kan det vara så?", FaltSlag::Lang(3))
                .hjalp("Motiveringen står i journalen och i återrapporten."),
        ));
        let mut utan_motiv = varning.clone();
        if let Some((_, falt)) = &mut utan_motiv.acceptera {
            falt.fel = Some("Motivering saknas. Skriv varför det kan vara så.".into());
            utan_motiv.ram.fel = Felsammanfattning::av("Varningen är inte accepterad", [&*falt]);
        }
        let mut accepterad = varning.clone();
        accepterad.acceptera = None;
        accepterad.accepterad = Some(Accepterad {
            av: "Ekonom, 31\u{a0}januari 2022".into(),
            motivering: "Skillnaden kommer av att två belopp är avrundade.".into(),
            aterta: Some(exempel::formular("/granskning/4/aterta")),
        });
        let mut rattat = fel.clone();
        rattat.avklarat = Some((
            "Rättat i böckerna".into(),
            Text::from("Uppgiften rättades 3\u{a0}februari 2022: ")
                .lank(Lank::ny(
                    "Återbetalning 2021, 720\u{a0}000 kr",
                    "/harledning/x",
                ))
                .ord(". Papperet är oförändrat."),
        ));
        let mut for_hand = fel.clone();
        for_hand.for_hand = true;
        let mut utan_rader = fel.clone();
        utan_rader.rader.clear();
        utan_rader.angivet = None;
        utan_rader.beraknat = None;
        utan_rader.skillnad = None;
        vec![
            ("fel", fel),
            ("varning", varning),
            ("utan-motivering", utan_motiv),
            ("accepterad", accepterad),
            ("rattat", rattat),
            ("for-hand", for_hand),
            ("utan-rader", utan_rader),
        ]
    }
}

fn felrader() -> Vec<FyndUnderlag> {
    let rad = |slag, namn: &str, star: &str, plats: &str, belopp| FyndUnderlag {
        slag,
        namn: namn.into(),
        star: star.into(),
        plats: if plats.is_empty() {
            Text::default()
        } else {
            Text::default().lank(Lank::ny(plats, format!("/underlag/1#u{belopp}")))
        },
        varde: kr(belopp),
    };
    let v = RadSlag::Vanlig;
    vec![
        rad(
            v,
            "Att betala tillbaka",
            "764\u{a0}159 kr",
            "§ 64, rad 19",
            764_159,
        ),
        rad(
            v,
            "Lovjobb, budget",
            "1\u{a0}400 tkr",
            "Bilaga 1, rad 193",
            1_400_000,
        ),
        rad(
            v,
            "Lovjobb, utfall",
            "680 tkr",
            "Bilaga 1, rad 195",
            680_000,
        ),
        rad(RadSlag::Summa, "Lovjobb, kvar", "", "", 720_000),
    ]
}

fn fel() -> Fynd {
    Fynd {
        ram: exempel::ram("Granskning"),
        huvud: Sidhuvud::ny(
            "Lovjobben förklarar inte hela återbetalningen",
            "44\u{a0}159\u{a0}kr ryms inte i förklaringen.",
        )
        .overrad("Uppsala · återrapport 2021")
        .under(vec![Lank::ny("Granskning", "/granskning")]),
        allvar: Allvar::Fel,
        for_hand: false,
        angivet: Some(kr(764_159)),
        beraknat: Some(kr(720_000)),
        skillnad: Some(kr(44_159)),
        enhet: "Kronor".into(),
        rader: felrader(),
        mojligt: vec![
            "47\u{a0}000\u{a0}kr av skillnaden finns redan mellan beslutet och bilagan.".into(),
            "Nämnden redovisar 2\u{a0}841\u{a0}kr mer än raderna. Då blir resten 44\u{a0}159."
                .into(),
        ],
        atgard: vec![
            "Kontrollera beloppet i rekvisitionen.".into(),
            Text::from("Rätta beloppet, eller ändra förklaringen i ")
                .lank(Lank::ny("återrapporten", "/rapporter/1"))
                .ord("."),
        ],
        varfor: "Den som läser måste kunna se varför pengarna blev över.".into(),
        regel: Lank::ny(
            "forklaring-mot-avvikelse",
            "/hjalp#forklaring-mot-avvikelse",
        ),
        avklarat: None,
        accepterad: None,
        acceptera: None,
    }
}

impl Fynd {
    /// The notice that a settled finding carries.
    fn avklaratbesked(&self) -> Option<Besked> {
        let (ord, text) = self.avklarat.as_ref()?;
        let mut ord = ord.chars();
        let liten = ord.next().map(|c| c.to_lowercase().chain(ord).collect());
        let rubrik: String = liten.unwrap_or_default();
        Some(Besked::ny(Allvar::Upplysning, rubrik, text.clone()))
    }

    /// The notice that an accepted warning carries.
    fn acceptbesked(&self) -> Option<Besked> {
        let a = self.accepterad.as_ref()?;
        let text = format!("{}: ”{}”", a.av, a.motivering);
        Some(Besked::ny(
            Allvar::Upplysning,
            "varningen är accepterad",
            text,
        ))
    }
}
