//! Härledning: how a figure comes about, and how it has changed.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::komponent::{Allvar, Besked, Lank, PerDatum, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Radgrupp, Radrubrik, Tabell};
use crate::tal::{TalVy, Tecken};

/// The derivation of one figure.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/harledning.html")]
pub struct Harledning {
    /// Frame.
    pub ram: Ram,
    /// Head: measure, object and period above; `Varför 764 159 kr?`; the sum in words.
    pub huvud: Sidhuvud,
    /// How to read the formula: `Rekvirerat minus använt är att betala tillbaka. Kronor.`
    pub formeltext: String,
    /// Columns of the formula: one, or one per paper that says otherwise.
    pub formelkolumner: Vec<String>,
    /// The formula with its figures.
    pub formel: Vec<FormelRad>,
    /// Notices: two papers give two answers.
    pub besked: Vec<Besked>,
    /// The rows behind the figure.
    pub underlag: Vec<Underlagsrader>,
    /// To the other rows, where they are many.
    pub bladdra: Vec<Lank>,
    /// Where the rows are fetched as CSV.
    pub csv_href: Option<String>,
    /// What to know about the precision of the rows.
    pub not: Text,
    /// What the figure has been, newest first.
    pub historik: Vec<HistorikRad>,
    /// Chooses the day that the figure is seen from.
    pub per: PerDatum,
    /// What the measure means.
    pub definition: Definition,
    /// Pages that show the figure.
    pub anvands: Vec<Lank>,
}

/// What a row does in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tecknad {
    /// The first term.
    Start,
    /// Added.
    Plus,
    /// Subtracted.
    Minus,
    /// Divides what stands above.
    Delat,
    /// Multiplies what stands above.
    Ganger,
    /// The result.
    Lika,
}

impl Tecknad {
    fn tecken(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Plus => "+\u{a0}",
            Self::Minus => "\u{2212}\u{a0}",
            Self::Delat => "÷\u{a0}",
            Self::Ganger => "×\u{a0}",
            Self::Lika => "=\u{a0}",
        }
    }
}

/// A term of the formula, or its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormelRad {
    /// What it does.
    pub tecken: Tecknad,
    /// Name of the term.
    pub namn: String,
    /// A second line: by whom, from whom.
    pub under: Option<String>,
    /// One figure per column.
    pub tal: Vec<TalVy>,
}

/// Rows under one caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underlagsrader {
    /// Id of the caption.
    pub id: String,
    /// What the rows are, and unit.
    pub caption: String,
    /// The rows.
    pub rader: Vec<Underlagsrad>,
}

/// A fact behind the figure, or a sum of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underlagsrad {
    /// Ordinary for a fact.
    pub slag: RadSlag,
    /// Anchor: findings lead here.
    pub id: Option<String>,
    /// What the fact is about.
    pub namn: String,
    /// Its page.
    pub href: Option<String>,
    /// How it is stated: `Utfall: 680 tkr`.
    pub star: String,
    /// Place in the paper, leading to the statement.
    pub plats: Text,
    /// Uncertainty: `± 500`; empty for sums without one.
    pub sakerhet: String,
    /// When it was recorded and by whom: `2 feb 2022, ekonom`.
    pub registrerad: String,
    /// A replaced fact stays, struck through, with by what and why here.
    pub rattad: Option<String>,
    /// The amount.
    pub belopp: TalVy,
    /// Corrects the fact, for those who may.
    pub ratta: Option<Lank>,
}

/// A value the figure has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistorikRad {
    /// From this moment: `2 feb 2022 kl. 13.05`.
    pub fran: String,
    /// The value before it; `None` for the first.
    pub fore: Option<TalVy>,
    /// The value.
    pub varde: TalVy,
    /// Change from the one before: `+44 159`; empty where it cannot be computed.
    pub andring: String,
    /// What happened.
    pub vad: String,
    /// Who: the role.
    pub av: String,
}

/// What a measure means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// Name of the measure.
    pub namn: String,
    /// In plain words.
    pub text: String,
    /// The formula in words.
    pub formel: String,
    /// Unit.
    pub enhet: String,
    /// Where all measures are explained.
    pub lank: Option<Lank>,
}

impl Harledning {
    fn formeltabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Del")];
        kolumner.extend(self.formelkolumner.iter().map(Kolumn::tal));
        let rader = self.formel.iter().map(FormelRad::rad).collect();
        Tabell::ny("formel", &self.formeltext, kolumner, rader).klass("uppst")
    }

    fn historiktabell(&self) -> Tabell {
        let kolumner = vec![
            Kolumn::ord("När"),
            Kolumn::tal("Blev"),
            Kolumn::tal("Var"),
            Kolumn::tal("Skillnad"),
            Kolumn::ord("Vad som hände"),
            Kolumn::ord("Av"),
        ];
        let rader = self.historik.iter().map(|h| {
            Rad::ny(vec![
                Cell::rubrik(&h.fran),
                h.varde.clone().into(),
                match &h.fore {
                    Some(fore) => fore.clone().into(),
                    None => Cell::Kort("inget".to_owned(), true),
                },
                Cell::Kort(h.andring.clone(), true),
                h.vad.as_str().into(),
                h.av.as_str().into(),
            ])
        });
        let caption = format!("{}, {}", self.definition.namn, self.definition.enhet);
        Tabell::ny("historik-t", caption, kolumner, rader.collect())
            .klass("bredd")
            .tomt("Siffran har inte ändrats.")
    }
}

impl FormelRad {
    pub(super) fn rad(&self) -> Rad {
        let mut celler = vec![Cell::Rubrik(Radrubrik {
            text: format!("{}{}", self.tecken.tecken(), self.namn),
            under: self.under.clone(),
            ..Radrubrik::default()
        })];
        celler.extend(self.tal.iter().cloned().map(Cell::Tal));
        let slag = if self.tecken == Tecknad::Lika {
            RadSlag::Summa
        } else {
            RadSlag::Vanlig
        };
        Rad::av(slag, celler)
    }
}

impl Underlagsrader {
    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let rattas = self.rader.iter().any(|r| r.ratta.is_some());
        let mut kolumner = vec![
            Kolumn::ord("Uppgift"),
            Kolumn::tal("Belopp"),
            Kolumn::tal("Säkerhet"),
            Kolumn::ord("Så står det"),
            Kolumn::ord("Plats"),
            Kolumn::ord("Registrerad"),
        ];
        if rattas {
            kolumner.push(Kolumn::ord("Rätta"));
        }
        let rader = self.rader.iter().map(|r| r.rad(rattas)).collect();
        Tabell {
            id: self.id.clone(),
            caption: self.caption.clone(),
            klass: "bredd",
            huvud: vec![kolumner],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader,
            }],
            tomt: "Inga uppgifter är registrerade.".into(),
            ..Tabell::default()
        }
    }
}

impl Underlagsrad {
    fn rad(&self, rattas: bool) -> Rad {
        let mut celler = vec![
            Cell::Rubrik(Radrubrik {
                text: self.namn.clone(),
                href: self.href.clone(),
                under: self.rattad.clone(),
                ..Radrubrik::default()
            }),
            self.belopp.clone().into(),
            Cell::sakerhet(&self.sakerhet),
        ];
        if self.star.is_empty() && self.plats.tom() {
            celler.push(Cell::Bred("Summan av raderna".to_owned(), 3));
        } else {
            celler.extend([
                self.star.as_str().into(),
                self.plats.clone().into(),
                self.registrerad.as_str().into(),
            ]);
        }
        if rattas {
            let annars = if self.rattad.is_some() {
                "ersatt"
            } else {
                "räknas ut"
            };
            let annars = Cell::Kort(annars.to_owned(), false);
            celler.push(self.ratta.clone().map_or(annars, Cell::Lank));
        }
        Rad {
            slag: if self.rattad.is_some() {
                RadSlag::Ersatt
            } else {
                self.slag
            },
            id: self.id.clone(),
            celler,
        }
    }
}

impl Sida for Harledning {
    const NAMN: &'static str = "harledning";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = ifylld();
        let mut tidigare = ifylld.clone();
        tidigare.per.varde = "2022-01-20".into();
        tidigare
            .huvud
            .overrad
            .push_str(" · som den var den 20\u{a0}januari 2022");
        tidigare.per.sedan_dess = Text::from("Sedan dess har en uppgift kommit till. ").lank(
            Lank::ny("Visa siffran som den är nu", "/harledning/aterbetala"),
        );
        let mut tom = ifylld.clone();
        tom.huvud = Sidhuvud::ny(
            "Varför inget tal?",
            "Använt för 2021 är inte inrapporterat.",
        )
        .overrad("Använt · Ragunda · 2021")
        .under(vec![Lank::ny("Medel", "/medel")]);
        tom.formelkolumner.truncate(1);
        for (f, t) in tom
            .formel
            .iter_mut()
            .zip([Tecken::Okant, Tecken::EjInrapporterat])
        {
            f.tal = vec![TalVy::tecken(t)];
        }
        tom.formel.truncate(1);
        tom.besked.clear();
        tom.historik.clear();
        for u in &mut tom.underlag {
            u.rader.clear();
        }
        vec![("ifylld", ifylld), ("tidigare", tidigare), ("tom", tom)]
    }
}

fn formel() -> Vec<FormelRad> {
    let rad = |tecken, namn: &str, under: &str, tal: &[i64]| FormelRad {
        tecken,
        namn: namn.into(),
        under: (!under.is_empty()).then(|| under.into()),
        tal: tal.iter().map(|t| kr(*t)).collect(),
    };
    vec![
        rad(
            Tecknad::Start,
            "Rekvirerat",
            "från \
                Socialstyrelsen",
            &[8_052_000, 8_005_000, 47_000],
        ),
        rad(
            Tecknad::Minus,
            "Använt",
            "av arbetsmarknadsnämnden",
            &[1_432_841, 1_432_841, 0],
        ),
        rad(
            Tecknad::Minus,
            "Använt",
            "av socialnämnden",
            &[5_855_000, 5_855_000, 0],
        ),
        rad(
            Tecknad::Lika,
            "Att betala tillbaka",
            "",
            &[764_159, 717_159, 47_000],
        ),
    ]
}

fn definition() -> Definition {
    Definition {
        namn: "Att betala tillbaka".into(),
        text: "Det som har rekvirerats från finansiären men inte använts när året är slut. \
                Det gäller om villkoren inte tillåter att pengarna förs över."
            .into(),
        formel: "rekvirerat − använt".into(),
        enhet: "kronor".into(),
        lank: Some(Lank::ny("Alla mått", "/om-siffrorna")),
    }
}

fn ifylld() -> Harledning {
    Harledning {
        ram: exempel::ram("Medel"),
        huvud: Sidhuvud::ny(
            "Varför 764\u{a0}159\u{a0}kr?",
            "Uppsala rekvirerade 8\u{a0}052\u{a0}000\u{a0}kr och använde \
                7\u{a0}287\u{a0}841\u{a0}kr. Resten ska betalas tillbaka till Socialstyrelsen.",
        )
        .overrad("Att betala tillbaka · Uppsala · 2021")
        .under(vec![
            Lank::ny("Medel", "/medel"),
            Lank::ny("Uppsala 2021", "/medel/1"),
        ]),
        formeltext: "Rekvirerat minus använt är att betala tillbaka. Kronor.".into(),
        formelkolumner: ["Enligt beslutet, § 64", "Enligt bilaga 1", "Skillnad"]
            .map(String::from)
            .to_vec(),
        formel: formel(),
        besked: vec![Besked::ny(
            Allvar::Varning,
            "två papper ger två svar",
            Text::from(
                "De tio insatserna summerar till 8\u{a0}005\u{a0}000\u{a0}kr. Det talar \
                för bilagan, men rekvisitionen avgör. ",
            )
            .lank(Lank::ny("Visa fyndet", "/granskning/1")),
        )],
        bladdra: Vec::new(),
        csv_href: Some("/harledning/aterbetala/tabell.csv?bidrag=1".into()),
        underlag: vec![Underlagsrader {
            id: "rader-t".into(),
            caption: "Arbetsmarknadsnämnden: använt 2021, kronor".into(),
            rader: exempel::uppsala::underlagsrader(),
        }],
        not: "Belopp som anges i tusental kan skilja 500\u{a0}kr åt båda hållen.".into(),
        historik: historik(),
        per: PerDatum {
            mal: "/harledning/aterbetala".into(),
            dolda: vec![("bidrag".into(), "1".into())],
            varde: "2022-02-02".into(),
            senast: "2022-02-02".into(),
            etikett: "Visa siffran som den var den".into(),
            ..PerDatum::default()
        },
        definition: definition(),
        anvands: vec![
            Lank::ny("Medel, översikt", "/medel"),
            Lank::ny("Återrapport 2021", "/rapporter/1"),
        ],
    }
}

fn historik() -> Vec<HistorikRad> {
    let rad = |fran: &str, (fore, varde), andring: &str, vad: &str, av: &str| HistorikRad {
        fran: fran.into(),
        fore,
        varde,
        andring: andring.into(),
        vad: vad.into(),
        av: av.into(),
    };
    vec![
        rad(
            "2\u{a0}feb 2022 kl.\u{a0}09.00",
            (Some(kr(720_000)), kr(764_159)),
            "+44\u{a0}159",
            "Tjänsteskrivelsen lästes in. Den bygger på 8\u{a0}052\u{a0}000\u{a0}kr.",
            "Ekonom",
        ),
        rad(
            "20\u{a0}jan 2022 kl.\u{a0}13.15",
            (Some(TalVy::tecken(Tecken::EjInrapporterat)), kr(720_000)),
            "går inte att räkna",
            "Lovjobbens utfall kom in.",
            "Insatsansvarig",
        ),
        rad(
            "31\u{a0}dec 2021 kl.\u{a0}00.00",
            (None, TalVy::tecken(Tecken::EjInrapporterat)),
            "första",
            "Året tog slut. Inget utfall var inrapporterat.",
            "Systemet",
        ),
    ]
}
