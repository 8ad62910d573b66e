//! Fördelning: insats × year × funder, with running sums and what is left.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::{Falt, Formular};
use crate::komponent::{
    Besked, Flik, Flikrad, Kvitto, Lage, Lank, Nyckeltalsrad, PerDatum, Text, Tidslinje,
};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, CellFalt, Kolumn, Rad, RadSlag, Radgrupp, Radrubrik, Raknad, Tabell};
use crate::tal::TalVy;

/// One version of a grant's distribution, to read or to change.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/fordelning.html")]
pub struct Fordelning {
    /// Frame.
    pub ram: Ram,
    /// What was just saved.
    pub kvitto: Option<Kvitto>,
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
    /// To the other insatser, where they are many. The sums are of all of them.
    pub bladdra: Vec<Lank>,
    /// The form, for those who may change this version. Carries the row version. Posts each
    /// input of [`FordelningCell::Falt`], `orsak`, and `steg` = `rakna` or `spara`.
    pub formular: Option<Formular>,
    /// Why the amounts change; demanded when saving a decided version.
    pub orsak: Option<Falt>,
    /// The decision behind the change: one in the books, or a new one.
    pub beslutsfalt: Vec<Falt>,
    /// What saving would change, after "Räkna om".
    pub forhandsvisning: Option<Forhandsvisning>,
    /// Notices: what is left over, accepted warnings.
    pub besked: Vec<Besked>,
    /// The version in force beside each proposal; `None` when there is no proposal.
    pub jamforelse: Option<Versionsjamforelse>,
    /// Where the table is fetched as CSV.
    pub csv_href: Option<String>,
    /// Decisions and papers, newest first.
    pub beslut: Tidslinje,
    /// What the screen is worked with: unit, comparison, warnings, pasting and taking back.
    pub yta: Arbetsyta,
    /// Chooses the day that the figures are seen from.
    pub per: PerDatum,
}

/// What a distribution is worked with, besides its table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arbetsyta {
    /// What is left, in a sentence: told again as the amounts are typed.
    pub kvar: String,
    /// The unit of the table: `kr` or `tkr`.
    pub enhet: &'static str,
    /// Other ways to see the table: what the button sends, its words, and whether it is so now.
    pub visning: Vec<Visning>,
    /// Warnings, not yet explained and explained.
    pub varningar: Vec<Varningsrad>,
    /// Why what is ticked among them is right; in the form.
    pub varfor: Option<Falt>,
    /// Pasting without scripts: the text and where it begins. Empty for those who only read.
    pub klistra: Vec<Falt>,
    /// Where what this person just saved is taken back.
    pub angra: Option<String>,
    /// What has been saved, newest first.
    pub sparat: Vec<Sparningsrad>,
    /// Tables beside the distribution: heading with its id, and the table.
    pub tabeller: Vec<(&'static str, &'static str, Tabell)>,
}

/// A way to see the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visning {
    /// What the form's button sends as `visa`.
    pub varde: &'static str,
    /// Its words.
    pub text: &'static str,
    /// The same as an address, for those who only read.
    pub href: String,
    /// The table is seen so now.
    pub aktuell: bool,
}

/// A warning about an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Varningsrad {
    /// Name of its box; holds the amount, so that another amount has another box.
    pub namn: String,
    /// Row and column, for the script that takes the tick away when the amount changes.
    pub cell: String,
    /// What it says and what to do.
    pub text: String,
    /// Who explained it, and how; `None` while nobody has.
    pub forklaring: Option<String>,
    /// The box is ticked.
    pub kryssad: bool,
    /// It can be ticked here.
    pub kan: bool,
}

/// What somebody saved at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sparningsrad {
    /// When and by whom.
    pub nar: String,
    /// Why.
    pub orsak: String,
    /// The amounts: `Trampolin 2022: 400 000 → 500 000`.
    pub byten: Vec<String>,
    /// Where it is taken back; `None` when somebody has changed the amounts since, or for those
    /// who may not.
    pub angra: Option<String>,
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
    /// A figure made of the amounts that can be changed.
    Raknad(Raknad),
    /// No figure belongs here; in words why.
    Ord(&'static str),
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

/// The version in force and the proposals, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versionsjamforelse {
    /// The proposals' names.
    pub versioner: Vec<String>,
    /// An insats and year each, then a sum per year.
    pub rader: Vec<VersionsRad>,
}

/// One insats in one year, in every version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionsRad {
    /// Ordinary or sum.
    pub slag: RadSlag,
    /// The insats and the year.
    pub namn: String,
    /// In force.
    pub galler: TalVy,
    /// In each proposal: the amount, and how much it is more than what is in force.
    pub forslag: Vec<(TalVy, TalVy)>,
}

impl Versionsjamforelse {
    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let mut forsta = vec![
            Kolumn {
                hojd: 2,
                ..Kolumn::ord("Insats och år")
            },
            Kolumn {
                hojd: 2,
                ..Kolumn::kr("Gällande")
            },
        ];
        let mut andra = Vec::new();
        for namn in &self.versioner {
            forsta.push(Kolumn::grupp(namn, 2));
            andra.extend([Kolumn::kr("Belopp"), Kolumn::kr("Skillnad")]);
        }
        let rader = self.rader.iter().map(|r| {
            let mut celler = vec![Cell::rubrik(&r.namn), r.galler.clone().into()];
            for (tal, skillnad) in &r.forslag {
                celler.extend([tal.clone().into(), skillnad.clone().into()]);
            }
            Rad::av(r.slag, celler)
        });
        Tabell {
            id: "versioner-t".into(),
            caption: "Kronor nya medel. Skillnaden är förslaget minus det gällande. Nämns en \
                      insats bara i det ena får den inget i det andra."
                .into(),
            klass: if self.versioner.len() > 1 {
                "bredd vid"
            } else {
                "bredd smal"
            },
            huvud: vec![forsta, andra],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader: rader.collect(),
            }],
            ..Tabell::default()
        }
    }
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
    /// Something was pasted that still stands in its field.
    fn klistrat(&self) -> bool {
        self.yta
            .klistra
            .iter()
            .any(|f| f.namn == "klistra" && !f.varde.is_empty())
    }

    fn flikrad(&self) -> Flikrad {
        Flikrad {
            namn: "Versioner".into(),
            flikar: self.versioner.clone(),
        }
    }

    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
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
            andra.extend(k.rubriker.iter().map(Kolumn::kr));
        }
        // Few columns fit a telephone; more than a page holds keep their width and scroll.
        let klass = match andra.len() {
            0..=2 => "jamn",
            3 => "bredd smal jamn",
            4..=7 => "bredd jamn",
            _ => "bredd vid",
        };
        Tabell {
            id: "fordelning".into(),
            caption: self.caption.clone(),
            klass,
            huvud: vec![forsta, andra],
            grupper: vec![Radgrupp {
                rubrik: String::new(),
                rader: self.rader.iter().map(FordelningRad::rad).collect(),
            }],
            tomt: "Inga insatser är med i fördelningen än.".into(),
            csv: self.csv_href.clone(),
            bladdra: self.bladdra.clone(),
            rutnat: self.formular.as_ref().map(|_| match self.yta.enhet {
                "tkr" => "tkr",
                _ => "kr",
            }),
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
            FordelningCell::Raknad(r) => Cell::Raknad(r.clone()),
            FordelningCell::Ord(ord) => Cell::Kort((*ord).to_owned(), true),
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
        let last = exempel::ragunda::last();
        let mut tom = last.clone();
        tom.rader.clear();
        tom.beslut = Tidslinje::default();
        let mut forslag = last.clone();
        forslag.jamforelse = Some(exempel::ragunda::jamforelse());
        let mut sparad = last.clone();
        sparad.kvitto = Some(exempel::kvitto());
        vec![
            ("forslag", forslag),
            ("last", last),
            ("sparad", sparad),
            ("andra", exempel::ragunda::andra()),
            ("fel", exempel::ragunda::fel()),
            ("omraknad", exempel::ragunda::omraknad()),
            ("tom", tom),
        ]
    }
}
