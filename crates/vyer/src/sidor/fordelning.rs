//! Fördelning: insats × year × funder, with running sums and what is left.

use askama::Template;

use crate::Sida;
use crate::exempel::{self, kr};
use crate::formular::{Falt, FaltFel, FaltSlag, Felsammanfattning, Formular};
use crate::komponent::{
    Allvar, Besked, Flik, Flikrad, Handelse, Lage, Lank, Nyckeltal, Nyckeltalsrad, Text, Tidslinje,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, CellFalt, Kolumn, Rad, RadSlag, Radgrupp, Radrubrik, Tabell};
use crate::tal::{TalVy, Tecken};

/// One version of a grant's distribution, to read or to change.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/fordelning.html")]
pub struct Fordelning {
    /// Frame.
    pub ram: Ram,
    /// Head: version and state above, what is left in the lead.
    pub huvud: Sidhuvud,
    /// Left, distributed, co-financing.
    pub nyckeltal: Nyckeltalsrad,
    /// The versions.
    pub versioner: Vec<Flik>,
    /// Caption of the table: whose, unit, what can be changed.
    pub caption: String,
    /// Columns, by funder.
    pub kolumner: Vec<FordelningKolumner>,
    /// Insatser, then the sums.
    pub rader: Vec<FordelningRad>,
    /// The form, for those who may change this version. Carries the row version. Posts each
    /// input of [`FordelningCell::Falt`], `orsak`, and `steg` = `rakna` or `spara`.
    pub formular: Option<Formular>,
    /// Why the amounts change; demanded when saving a decided version.
    pub orsak: Option<Falt>,
    /// What saving would change, after "Räkna om".
    pub forhandsvisning: Option<Forhandsvisning>,
    /// Notices: what is left over, accepted warnings.
    pub besked: Vec<Besked>,
    /// Decisions and papers, newest first.
    pub beslut: Tidslinje,
}

/// The columns of one funder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FordelningKolumner {
    /// The funder.
    pub finansiar: String,
    /// Year and kind, with `\n` between: `2022\nnya medel`.
    pub rubriker: Vec<String>,
}

/// A cell of the distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FordelningCell {
    /// A figure or a sign.
    Tal(TalVy),
    /// A figure with a state under it: what is left, and that it is an error.
    TalMedLage(TalVy, Lage),
    /// An amount that can be changed.
    Falt(CellFalt),
    /// Nothing belongs here.
    Tom,
}

/// A row: an insats or a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FordelningRad {
    /// Ordinary for insatser; `Delsumma` for "Fördelat", `Summa` for "Kvar att fördela".
    pub slag: RadSlag,
    /// Name.
    pub namn: String,
    /// The insats' page.
    pub href: Option<String>,
    /// A second line: `En heltidstjänst`.
    pub under: Option<String>,
    /// Id and words of what is wrong in the row.
    pub fel: Option<(String, String)>,
    /// One cell per column.
    pub celler: Vec<FordelningCell>,
}

/// What saving would change, computed by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forhandsvisning {
    /// The effect in a sentence.
    pub text: Text,
    /// The amounts that change.
    pub rader: Vec<Andring>,
}

/// An amount before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andring {
    /// Which amount.
    pub namn: String,
    /// As it is.
    pub fore: TalVy,
    /// As it would be.
    pub efter: TalVy,
    /// After minus before.
    pub skillnad: TalVy,
}

impl Fordelning {
    fn flikrad(&self) -> Flikrad {
        Flikrad {
            namn: "Versioner".into(),
            flikar: self.versioner.clone(),
        }
    }

    fn tabell(&self) -> Tabell {
        let mut forsta = vec![Kolumn {
            hojd: 2,
            ..Kolumn::ord("Insats")
        }];
        let mut andra = Vec::new();
        for k in &self.kolumner {
            let en = k.rubriker.len() == 1;
            forsta.push(Kolumn {
                tal: en,
                ..Kolumn::grupp(&k.finansiar, k.rubriker.len())
            });
            andra.extend(k.rubriker.iter().map(Kolumn::tal));
        }
        Tabell {
            id: "fordelning".into(),
            caption: self.caption.clone(),
            klass: "bredd jamn",
            huvud: vec![forsta, andra],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader: self.rader.iter().map(FordelningRad::rad).collect(),
            }],
            tomt: "Inga insatser är med i fördelningen än.".into(),
        }
    }
}

impl FordelningRad {
    fn rad(&self) -> Rad {
        let mut celler = vec![Cell::Rubrik(Radrubrik {
            text: self.namn.clone(),
            href: self.href.clone(),
            under: self.under.clone(),
            fel: self.fel.clone(),
            stapel: None,
        })];
        celler.extend(self.celler.iter().map(|c| match c {
            FordelningCell::Tal(t) => Cell::Tal(t.clone()),
            FordelningCell::TalMedLage(t, l) => Cell::TalMedLage(t.clone(), l.clone()),
            FordelningCell::Falt(f) => Cell::Falt(f.clone()),
            FordelningCell::Tom => Cell::Tom,
        }));
        Rad::av(self.slag, celler)
    }
}

impl Forhandsvisning {
    fn tabell(&self) -> Tabell {
        let rader = self.rader.iter().map(|r| {
            Rad::ny(vec![
                Cell::rubrik(&r.namn),
                r.fore.clone().into(),
                r.efter.clone().into(),
                r.skillnad.clone().into(),
            ])
        });
        let kolumner = vec![
            Kolumn::ord("Belopp"),
            Kolumn::tal("Nu"),
            Kolumn::tal("Efter"),
            Kolumn::tal("Skillnad"),
        ];
        Tabell::ny(
            "andringar",
            "Det som ändras, kronor",
            kolumner,
            rader.collect(),
        )
        .tomt("Inga belopp är ändrade.")
    }
}

impl Sida for Fordelning {
    const NAMN: &'static str = "fordelning";

    fn exempel() -> Vec<(&'static str, Self)> {
        let last = lasbar();
        let andra = andra();
        let mut fel = andra.clone();
        let text = "Årssumman för 2021 är 85\u{a0}680\u{a0}kr högre än raderna";
        if let Some(rad) = fel.rader.iter_mut().find(|r| r.namn == "Att fördela") {
            rad.fel = Some(("ars21-fel".into(), format!("{text}.")));
            rad.under = Some("Lägg till en rad eller ändra till 1\u{a0}923\u{a0}000.".into());
            rad.celler[0] = FordelningCell::Falt(CellFalt {
                namn: "ars21".into(),
                varde: "2\u{a0}008\u{a0}680".into(),
                etikett: "Årssumma 2021, kronor".into(),
                fel_id: Some("ars21-fel".into()),
            });
        }
        fel.ram.fel = Some(Felsammanfattning {
            rubrik: "Ett fel hindrar beslut".into(),
            fel: vec![FaltFel {
                falt: "ars21".into(),
                text: text.into(),
            }],
        });
        let mut omraknad = andra.clone();
        omraknad.forhandsvisning = Some(Forhandsvisning {
            text: "Alla pengar för 2022 blir fördelade.".into(),
            rader: vec![Andring {
                namn: "Handledning, AMI, nya medel 2022".into(),
                fore: kr(250_000),
                efter: TalVy::utan_lank("255\u{a0}000"),
                skillnad: TalVy::utan_lank("+5\u{a0}000"),
            }],
        });
        let mut tom = last.clone();
        tom.rader.clear();
        tom.beslut = Tidslinje::default();
        vec![
            ("last", last),
            ("andra", andra),
            ("fel", fel),
            ("omraknad", omraknad),
            ("tom", tom),
        ]
    }
}

fn lasbar() -> Fordelning {
    Fordelning {
        ram: exempel::ram("Medel"),
        huvud: Sidhuvud::ny(
            "Fördelning, Ragunda 2022",
            "5\u{a0}000\u{a0}kr är kvar att fördela. Summan för 2021 stämmer inte med raderna.",
        )
        .overrad("Beslutad 2020")
        .under(vec![
            Lank::ny("Medel", "/medel"),
            Lank::ny("Socioekonomiskt arbete", "/medel/2"),
        ]),
        nyckeltal: vec![
            Nyckeltal::ny(
                "Kvar att fördela 2022",
                kr(5_000).enhet("kr"),
                "av 1\u{a0}890\u{a0}000 kr",
            ),
            Nyckeltal::ny(
                "Fördelat 2022",
                kr(1_885_000).enhet("kr"),
                "varav 140\u{a0}000 överfört",
            ),
            Nyckeltal::ny(
                "Kommunens arbetstid",
                TalVy::tecken(Tecken::Okant),
                "utlovad, men inte värderad i kronor",
            ),
        ]
        .into(),
        versioner: vec![
            Flik::ny("Beslutad 2021", "/medel/2/fordelning", true),
            Flik::ny("Förslag för 2022", "/medel/2/fordelning?version=2", false),
        ],
        caption: "Ragunda, kronor".into(),
        kolumner: vec![
            FordelningKolumner {
                finansiar: "Tillväxt\u{ad}verket".into(),
                rubriker: [
                    "2021\nbeslutat",
                    "2022\nnya medel",
                    "2022\növerfört",
                    "2022\ntotalt",
                    "2022\nlöpande",
                ]
                .map(String::from)
                .to_vec(),
            },
            FordelningKolumner {
                finansiar: "Kommunen".into(),
                rubriker: vec!["Arbetstid\n2022".into()],
            },
        ],
        rader: ragunda_rader(),
        formular: None,
        orsak: None,
        forhandsvisning: None,
        besked: vec![Besked::ny(
            Allvar::Varning,
            "5\u{a0}000\u{a0}kr är inte fördelade 2022",
            Text::from("Fördela dem eller förklara varför de väntar. ")
                .lank(Lank::ny("Visa fyndet", "/granskning/r2")),
        )],
        beslut: vec![
            Handelse {
                nar: "22\u{a0}november 2021".into(),
                datum: "2021-11-22".into(),
                text: "Arbetsgruppen föreslår ny fördelning för 2022.".into(),
                nu: true,
            },
            Handelse {
                nar: "2020".into(),
                datum: "2020".into(),
                text: Text::from("Kommunstyrelsen fördelade pengarna för 2021 och 2022. ")
                    .lank(Lank::ny("Läs § 220/2020", "/beslut/220")),
                nu: false,
            },
        ]
        .into(),
    }
}

fn andra() -> Fordelning {
    let mut sida = lasbar();
    sida.huvud.overrad = "Förslag för 2022 · inte beslutat".into();
    sida.versioner = vec![
        Flik::ny("Beslutad 2021", "/medel/2/fordelning", false),
        Flik::ny("Förslag för 2022", "/medel/2/fordelning?version=2", true),
    ];
    sida.caption = "Ragunda, kronor. Fält med ram går att ändra.".into();
    sida.formular = Some(exempel::formular("/medel/2/fordelning").med_version(7));
    sida.orsak = Some(
        Falt::ny("orsak", "Varför ändras beloppen?", FaltSlag::Text)
            .hjalp("Orsaken står i journalen och i beslutsunderlaget."),
    );
    for (i, rad) in sida.rader.iter_mut().enumerate() {
        if rad.slag == RadSlag::Vanlig && rad.namn != "Att fördela" {
            let Some(FordelningCell::Tal(tal)) = rad.celler.get(1).cloned() else {
                continue;
            };
            rad.celler[1] = FordelningCell::Falt(CellFalt {
                namn: format!("belopp-{i}"),
                varde: tal.text,
                etikett: format!("{}, nya medel 2022, kronor", rad.namn),
                fel_id: None,
            });
        }
    }
    sida
}

fn ragunda_rader() -> Vec<FordelningRad> {
    let rad = |slag, namn: &str, under: &str, tal: &[Option<i64>]| FordelningRad {
        slag,
        namn: namn.into(),
        href: None,
        under: (!under.is_empty()).then(|| under.into()),
        fel: None,
        celler: tal
            .iter()
            .map(|t| t.map_or(FordelningCell::Tom, |t| FordelningCell::Tal(kr(t))))
            .collect(),
    };
    let okant = || FordelningCell::Tal(TalVy::tecken(Tecken::Okant));
    let ar = |a, b, c, d, e| [a, b, c, d, e].map(Some);
    let tjanst = "En heltidstjänst";
    let vanlig = RadSlag::Vanlig;
    let mut rader = vec![
        rad(
            vanlig,
            "Trampolinen, socialtjänsten",
            tjanst,
            &ar(453_000, 460_000, 0, 460_000, 460_000),
        ),
        rad(
            vanlig,
            "Trampolinen, elevhälsan",
            tjanst,
            &ar(630_000, 635_000, 0, 635_000, 1_095_000),
        ),
        rad(
            vanlig,
            "Handledning, Anders Olovskolan",
            tjanst,
            &ar(420_000, 400_000, 0, 400_000, 1_495_000),
        ),
        rad(
            vanlig,
            "Handledning, AMI",
            tjanst,
            &ar(420_000, 250_000, 140_000, 390_000, 1_885_000),
        ),
    ];
    for r in &mut rader {
        r.celler.push(okant());
    }
    let sum = |a, b, c, d| [Some(a), Some(b), Some(c), Some(d), None];
    let mut fordelat = rad(
        RadSlag::Delsumma,
        "Fördelat",
        "",
        &sum(1_923_000, 1_745_000, 140_000, 1_885_000),
    );
    fordelat.celler.push(okant());
    rader.push(fordelat);
    let mut att = rad(
        vanlig,
        "Att fördela",
        "",
        &sum(2_008_680, 1_750_000, 140_000, 1_890_000),
    );
    att.celler.push(FordelningCell::Tom);
    rader.push(att);
    let mut kvar = rad(
        RadSlag::Summa,
        "Kvar att fördela",
        "",
        &sum(85_680, 5_000, 0, 5_000),
    );
    kvar.celler[0] = FordelningCell::TalMedLage(kr(85_680), Allvar::Fel.into());
    kvar.celler[1] = FordelningCell::TalMedLage(kr(5_000), Allvar::Varning.into());
    kvar.celler.push(FordelningCell::Tom);
    rader.push(kvar);
    rader
}
