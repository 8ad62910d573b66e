//! How a figure comes about, for readers who see neither who registered it nor the journal:
//! on public pages, and in an issued report behind sign-in.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::komponent::{Lank, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::sidor::{Definition, FormelRad, Tecknad};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use crate::tal::TalVy;

/// The formula, the rows and the definition of one figure.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "komponent/uppstallning.html")]
pub struct Uppstallning {
    /// How to read the formula.
    pub formeltext: String,
    /// Columns of the formula.
    pub formelkolumner: Vec<String>,
    /// The formula with its figures.
    pub formel: Vec<FormelRad>,
    /// Caption of the rows.
    pub radtext: String,
    /// The rows.
    pub rader: Vec<PublikRad>,
    /// To the other rows, where they are many.
    pub bladdra: Vec<Lank>,
    /// What the measure means.
    pub definition: Definition,
    /// As of when, and when it was published.
    pub per: Text,
    /// Pages that show the figure.
    pub anvands: Vec<Lank>,
}

impl HtmlSafe for Uppstallning {}

/// A row behind a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublikRad {
    /// Ordinary or sum.
    pub slag: RadSlag,
    /// Unit or insats.
    pub namn: String,
    /// The paper and place in it, when the paper is public.
    pub kalla: String,
    /// Day of registration.
    pub datum: String,
    /// Uncertainty.
    pub sakerhet: String,
    /// The value.
    pub varde: TalVy,
}

/// The derivation of a figure printed in an issued report, behind sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/rapportharledning.html")]
pub struct RapportHarledning {
    /// Frame.
    pub ram: Ram,
    /// Head: report above, `Varför 764 159 kr?`
    pub huvud: Sidhuvud,
    /// What the figure is today.
    pub i_dag: Text,
    /// How it comes about.
    pub uppstallning: Uppstallning,
}

impl Uppstallning {
    fn formeltabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Del")];
        kolumner.extend(self.formelkolumner.iter().map(Kolumn::tal));
        let rader = self.formel.iter().map(FormelRad::rad).collect();
        Tabell::ny("formel", &self.formeltext, kolumner, rader).klass("uppst")
    }

    fn radtabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("Uppgift"),
            Kolumn::ord("Källa"),
            Kolumn::ord("Registrerad"),
            Kolumn::tal("Säkerhet"),
            Kolumn::tal("Värde"),
        ];
        let rader = self.rader.iter().map(|r| {
            let mut celler = vec![Cell::rubrik(&r.namn)];
            if r.kalla.is_empty() && r.datum.is_empty() {
                celler.push(Cell::Bred("Summan av raderna".to_owned(), 2));
            } else {
                let kalla = if r.kalla.is_empty() {
                    "anges inte"
                } else {
                    &r.kalla
                };
                celler.push(kalla.into());
                celler.push(Cell::Kort(r.datum.clone(), false));
            }
            celler.extend([Cell::sakerhet(&r.sakerhet), r.varde.clone().into()]);
            Rad::av(r.slag, celler)
        });
        Tabell::ny("rader-t", &self.radtext, kolumner, rader.collect())
            .klass("bredd")
            .tomt("Siffran har inga rader under sig.")
            .bladdra(self.bladdra.clone())
    }

    pub(crate) fn exempel() -> Self {
        let term = |tecken, namn: &str, tal| FormelRad {
            tecken,
            namn: namn.into(),
            under: None,
            tal: vec![kr(tal)],
        };
        let rad = |slag, namn: &str, kalla: &str, sakerhet: &str, tal| PublikRad {
            slag,
            namn: namn.into(),
            kalla: kalla.into(),
            datum: if kalla.is_empty() {
                String::new()
            } else {
                "20\u{a0}jan 2022".into()
            },
            sakerhet: sakerhet.into(),
            varde: kr(tal),
        };
        let v = RadSlag::Vanlig;
        Self {
            formeltext: "Rekvirerat minus använt är att betala tillbaka. Kronor.".into(),
            formelkolumner: vec!["Kronor".into()],
            formel: vec![
                term(Tecknad::Start, "Rekvirerat", 8_052_000),
                term(Tecknad::Minus, "Använt", 7_287_841),
                term(Tecknad::Lika, "Att betala tillbaka", 764_159),
            ],
            radtext: "Använt 2021 per nämnd, kronor".into(),
            rader: vec![
                rad(v, "Arbetsmarknadsnämnden", "§ 64", "±\u{a0}0", 1_432_841),
                rad(v, "Socialnämnden", "§ 64", "±\u{a0}0", 5_855_000),
                rad(RadSlag::Summa, "Använt", "", "", 7_287_841),
            ],
            bladdra: Vec::new(),
            definition: Definition {
                namn: "Att betala tillbaka".into(),
                text: "Det som har rekvirerats men inte använts när året är slut.".into(),
                formel: "rekvirerat − använt".into(),
                enhet: "kronor".into(),
                lank: Some(Lank::ny("Så räknar vi", "/uppsala/sa-raknar-vi").om("alla mått")),
            },
            per: "Siffror per 2\u{a0}februari 2022. Publicerad samma dag.".into(),
            anvands: vec![Lank::ny("Vart går pengarna", "/uppsala/pengar")],
        }
    }
}

impl Sida for RapportHarledning {
    const NAMN: &'static str = "rapportharledning";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = Self {
            ram: exempel::ram("Statistik och rapporter"),
            huvud: Sidhuvud::ny(
                "Varför 764\u{a0}159\u{a0}kr?",
                "Talet är det som står i rapporten.",
            )
            .overrad("Återrapport 2021 · Att betala tillbaka")
            .under(vec![Lank::ny("Rapporter", "/rapporter")]),
            i_dag: Text::from("I dag är siffran ")
                .tal(kr(717_159).enhet("kr"))
                .ord("."),
            uppstallning: Uppstallning::exempel(),
        };
        let mut tom = ifylld.clone();
        tom.i_dag = Text::default();
        tom.uppstallning.rader.clear();
        tom.uppstallning.anvands.clear();
        vec![("ifylld", ifylld), ("tom", tom)]
    }
}
