//! The publishers, and where the money goes.

use askama::Template;

use crate::Sida;
use crate::diagram::{Andelar, Flode};
use crate::exempel;
use crate::komponent::{Besked, Lank, Nyckeltal, Nyckeltalsrad, Text};
use crate::ram::{PublikRam, Sidhuvud};
use crate::sidor::InsatsTabell;
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Radrubrik, Tabell};
use crate::tal::TalVy;

/// The list of publishers.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/start.html")]
pub struct PublikStart {
    /// Frame without publisher.
    pub ram: PublikRam,
    /// Head.
    pub huvud: Sidhuvud,
    /// Those who have published something.
    pub utgivare: Vec<Utgivare>,
    /// Where those who work here sign in.
    pub logga_in_href: String,
}

/// A publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utgivare {
    /// Name.
    pub namn: String,
    /// Its page on the money.
    pub href: String,
    /// What it has published, and when last.
    pub om: String,
    /// Invented.
    pub pahittat: bool,
    /// A few published figures; may be empty.
    pub nyckeltal: Nyckeltalsrad,
}

/// Where the money goes and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "publik/pengar.html")]
pub struct PublikPengar {
    /// Frame.
    pub ram: PublikRam,
    /// Head: when it was published and as of when above.
    pub huvud: Sidhuvud,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// The grants beside each other; `None` for one alone.
    pub oversikt: Option<PublikOversikt>,
    /// One part per published grant, when they are few, and what several share.
    pub delar: Vec<PengarDel>,
    /// Where the tables of the grants are fetched as CSV.
    pub csv_href: Option<String>,
    /// Outcomes as printed in an already public paper.
    pub utfall: Option<PublikUtfall>,
    /// What came of it, initiative by initiative; `None` when none is published.
    pub resultat: Option<PublikResultat>,
    /// The published reports, and what each is.
    pub rapporter: Vec<(Lank, String)>,
    /// Sources, and how to cite.
    pub kalla: Text,
}

/// The results of the published initiatives, as public papers state them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublikResultat {
    /// Name and page of an initiative, and its counts on one line. Those without are left out.
    pub rader: Vec<(String, String, Text)>,
    /// How many of the published initiatives have any, and where all are.
    pub not: Text,
}

impl PublikResultat {
    fn tabell(&self) -> Tabell {
        let rader = self.rader.iter().map(|(namn, href, tal)| {
            Rad::ny(vec![
                Cell::rubriklank(namn, href, None),
                Cell::from(tal.clone()),
            ])
        });
        let kolumner = vec![Kolumn::ord("Insats"), Kolumn::ord("Redovisat resultat")];
        let caption = "Antal, som offentliga papper anger dem";
        Tabell::ny("resultat-t", caption, kolumner, rader.collect())
            .tomt("Inga resultat är redovisade i offentliga papper.")
    }
}

/// The published grants beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublikOversikt {
    /// The grants.
    pub rader: Vec<PublikBidragRad>,
    /// The figures of all together; `None` for one that would not be the sum of its rows.
    pub summa: [Option<TalVy>; 3],
    /// As of when the rows and their sum hold.
    pub not: Text,
    /// Where the table is fetched as CSV.
    pub csv_href: Option<String>,
}

/// A published grant in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublikBidragRad {
    /// Its name.
    pub namn: String,
    /// Its page.
    pub href: String,
    /// Who gives it.
    pub under: String,
    /// As of when its figures are published.
    pub per: String,
    /// At disposal, distributed, used.
    pub tal: [TalVy; 3],
}

impl PublikOversikt {
    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        // One day for all stands in the page's head.
        let forst = self.rader.first().map(|rad| rad.per.as_str());
        let olika = self.rader.iter().any(|rad| Some(rad.per.as_str()) != forst);
        let mut kolumner = vec![Kolumn::ord("Bidrag")];
        if olika {
            kolumner.push(Kolumn::ord("Siffror per"));
        }
        kolumner.extend(["Att röra sig med", "Fördelat", "Använt"].map(Kolumn::kr));
        let mut rader: Vec<Rad> = self.rader.iter().map(|rad| rad.rad(olika)).collect();
        if self.summa.iter().any(Option::is_some) {
            let mut celler = vec![Cell::rubrik("Alla publicerade bidrag")];
            if olika {
                celler.push(Cell::Kort("var sin".to_owned(), false));
            }
            let tal = self.summa.iter().cloned();
            celler.extend(tal.map(|tal| match tal {
                Some(tal) => Cell::Tal(tal),
                None => Cell::Kort("räknas inte ihop".to_owned(), true),
            }));
            rader.push(Rad::av(RadSlag::Summa, celler));
        }
        Tabell::ny("oversikt-t", "Kronor, alla bidragets år", kolumner, rader)
            .klass("bredd smal")
            .csv(self.csv_href.clone())
    }
}

impl PublikBidragRad {
    fn rad(&self, med_dag: bool) -> Rad {
        let under = Some(self.under.clone());
        let mut celler = vec![Cell::rubriklank(&self.namn, &self.href, under)];
        if med_dag {
            celler.push(Cell::Kort(self.per.clone(), false));
        }
        celler.extend(self.tal.iter().cloned().map(Cell::Tal));
        Rad::ny(celler)
    }
}

/// A published grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PengarDel {
    /// Id of the heading.
    pub id: String,
    /// The finding, as a sentence.
    pub rubrik: String,
    /// What the grant is for.
    pub text: Text,
    /// Where the money flows.
    pub flode: Option<Flode>,
    /// The same figures as a table.
    pub insatser: InsatsTabell,
    /// What does not add up, said openly.
    pub besked: Vec<Besked>,
    /// The grant's own page.
    pub lank: Option<Lank>,
}

/// Outcomes: chart and table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublikUtfall {
    /// The finding, as a sentence.
    pub rubrik: String,
    /// Source and date.
    pub text: Text,
    /// The chart.
    pub andelar: Andelar,
    /// Caption of the table.
    pub caption: String,
    /// Heading of the first figure column: `Deltog`.
    pub helrubrik: String,
    /// The rows: everybody, then one figure per category of the chart.
    pub rader: Vec<UtfallRad>,
}

/// Outcomes of one insats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UtfallRad {
    /// Ordinary, or sum.
    pub slag: RadSlag,
    /// The insats.
    pub namn: String,
    /// Years and place.
    pub under: String,
    /// Everybody, then one per category.
    pub tal: Vec<TalVy>,
}

impl PublikUtfall {
    fn tabell(&self) -> Tabell {
        let mut kolumner = vec![Kolumn::ord("Insats"), Kolumn::tal(&self.helrubrik)];
        kolumner.extend(self.andelar.kategorier.iter().map(Kolumn::tal));
        let rader = self.rader.iter().map(|r| {
            let mut celler = vec![Cell::Rubrik(Radrubrik {
                text: r.namn.clone(),
                under: (!r.under.is_empty()).then(|| r.under.clone()),
                ..Radrubrik::default()
            })];
            celler.extend(r.tal.iter().cloned().map(Cell::Tal));
            Rad::av(r.slag, celler)
        });
        Tabell::ny("utfall-t", &self.caption, kolumner, rader.collect()).klass("bredd smal")
    }
}

impl Sida for PublikStart {
    const NAMN: &'static str = "publik-start";

    fn exempel() -> Vec<(&'static str, Self)> {
        let utgivare = |namn: &str, om: &str, pahittat| Utgivare {
            namn: namn.into(),
            href: format!("/{}/pengar", namn.to_lowercase()),
            om: om.into(),
            pahittat,
            nyckeltal: Nyckeltalsrad::default(),
        };
        let tom = Self {
            ram: exempel::publik_ram("", ""),
            huvud: Sidhuvud::ny(
                "Vart går pengarna – och vad blir det av dem?",
                "Kommuner får pengar för att fler ska komma i arbete. Här ser du vad de gav.",
            ),
            utgivare: vec![],
            logga_in_href: "/logga-in".into(),
        };
        let mut ifylld = tom.clone();
        let tal = |t: &str, href: &str| TalVy::ny(t, href);
        let mut sandviken = utgivare("Sandviken", "Ett bidrag och femton insatser", false);
        sandviken.nyckeltal = vec![
            Nyckeltal::ny(
                "Pengar",
                exempel::kr(14_000_000).enhet("kr"),
                "enligt rubriken",
            ),
            Nyckeltal::ny(
                "Insatser",
                tal("15", "/sandviken/insatser"),
                "texten säger 16",
            ),
        ]
        .into();
        ifylld.utgivare = vec![
            sandviken,
            utgivare("Forsby", "Ett bidrag och två insatser", true),
        ];
        vec![("tom", tom), ("ifylld", ifylld)]
    }
}

impl Sida for PublikPengar {
    const NAMN: &'static str = "publik-pengar";

    fn exempel() -> Vec<(&'static str, Self)> {
        let ifylld = exempel::sandviken::pengar();
        let mut tom = ifylld.clone();
        tom.huvud.ingress = "Inget är publicerat just nu.".into();
        tom.nyckeltal = Nyckeltalsrad::default();
        tom.delar.clear();
        tom.utfall = None;
        tom.resultat = Some(PublikResultat::default());
        tom.kalla = Text::default();
        let mut flera = tom.clone();
        flera.huvud.ingress = "Tre bidrag är publicerade.".into();
        flera.oversikt = Some(oversikt());
        vec![("ifylld", ifylld), ("tom", tom), ("flera", flera)]
    }
}

fn oversikt() -> PublikOversikt {
    let rad = |namn: &str, per: &str, tal: [TalVy; 3]| PublikBidragRad {
        namn: namn.into(),
        href: "/forsby/pengar/unga-i-arbete".into(),
        under: "Från Socialstyrelsen".into(),
        per: per.into(),
        tal,
    };
    let kr = exempel::kr;
    PublikOversikt {
        csv_href: Some("/uppsala/pengar/tabell.csv?tabell=oversikt".into()),
        rader: vec![
            rad(
                "Unga i arbete",
                "31\u{a0}jan 2026",
                [kr(4_000_000), kr(3_500_000), kr(1_200_000)],
            ),
            rad(
                "Digitalt för alla",
                "1\u{a0}okt 2026",
                [
                    kr(800_000),
                    kr(800_000),
                    TalVy::tecken(crate::tal::Tecken::EjInrapporterat),
                ],
            ),
        ],
        summa: [Some(kr(4_800_000)), Some(kr(4_300_000)), None],
        not: "Varje rad gäller sin egen dag, och summan lägger ihop raderna som de är.".into(),
    }
}
