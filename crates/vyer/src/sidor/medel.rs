//! Medel: every grant, and what became of the money within each.

use askama::Template;

use crate::Sida;
use crate::exempel;
use crate::formular::Falt;
use crate::komponent::{Besked, Lage, Lank, Nyckeltalsrad, PerDatum, Text};
use crate::ram::{Ram, Sidhuvud};
use crate::tabell::{Cell, Kolumn, Rad, RadSlag, Radgrupp, Radrubrik, Stapel, Tabell};
use crate::tal::TalVy;

/// Medel, the overview.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "sidor/medel.html")]
pub struct Medel {
    /// Frame.
    pub ram: Ram,
    /// Head: the day above, what is left and what is to be repaid in the lead.
    pub huvud: Sidhuvud,
    /// Caption of the table of grants: unit and day.
    pub caption: String,
    /// Where the filter is sent (GET).
    pub filter_mal: String,
    /// Fields of the filter: year, funder, findings. None when the grants are few.
    pub filter: Vec<Falt>,
    /// The grants.
    pub bidrag: Vec<BidragRad>,
    /// Where the table of grants is fetched as CSV.
    pub csv_href: Option<String>,
    /// Where a new one is entered, for those who may.
    pub ny_href: Option<String>,
    /// One part per grant worth telling about.
    pub delar: Vec<MedelDel>,
    /// Chooses the day that the figures are seen from.
    pub per: PerDatum,
}

/// A grant in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidragRad {
    /// Programme and year.
    pub namn: String,
    /// The grant's page.
    pub href: String,
    /// Who gets it from whom.
    pub under: String,
    /// Used of what there is, in whole hundredths of a percent (9050 = 90.5 %), if reported.
    pub anvand_andel: Option<i64>,
    /// At disposal: allocated plus carried over.
    pub att_rora: TalVy,
    /// Distributed to insatser.
    pub fordelat: TalVy,
    /// Used.
    pub anvant: TalVy,
    /// Left.
    pub kvar: TalVy,
    /// Carried over to the next year.
    pub overfort: TalVy,
    /// To repay.
    pub aterbetala: TalVy,
    /// What granskning says; `None` when it found nothing.
    pub granskning: Option<Lage>,
}

/// What became of one grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MedelDel {
    /// Id of the heading.
    pub id: String,
    /// The finding, as a sentence.
    pub rubrik: String,
    /// What explains it.
    pub text: Text,
    /// Key figures.
    pub nyckeltal: Nyckeltalsrad,
    /// Notices, at most two.
    pub besked: Vec<Besked>,
    /// Its insatser.
    pub insatser: InsatsTabell,
    /// What to know about the precision of the figures.
    pub not: Text,
}

/// Budget, used and left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreTal {
    /// Budget.
    pub budget: TalVy,
    /// Used.
    pub anvant: TalVy,
    /// Left.
    pub kvar: TalVy,
}

impl TreTal {
    fn celler(&self, bara_budget: bool) -> Vec<Cell> {
        if bara_budget {
            return vec![self.budget.clone().into()];
        }
        vec![
            self.budget.clone().into(),
            self.anvant.clone().into(),
            self.kvar.clone().into(),
        ]
    }
}

/// An insats with its money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsatsRad {
    /// Name.
    pub namn: String,
    /// Its page; empty when the reader has none to go to.
    pub href: String,
    /// A second line: unit or comment.
    pub under: Option<String>,
    /// Budget as a weight for the bar, in öre.
    pub budget_vikt: Option<i64>,
    /// Used as a weight for the bar, in öre; `None` when not reported.
    pub anvant_vikt: Option<i64>,
    /// Money without a row in the paper: no link, and a dashed bar.
    pub utan_rad: bool,
    /// The figures.
    pub tal: TreTal,
}

/// Insatser of one board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InsatsGrupp {
    /// The board; empty when insatser are not grouped.
    pub namn: String,
    /// Its insatser.
    pub rader: Vec<InsatsRad>,
    /// Their sum.
    pub summa: Option<TreTal>,
}

/// Insatser by board with budget, used and left, and bars on one scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InsatsTabell {
    /// Id of the caption, unique in the page.
    pub id: String,
    /// Unit and how to read the bars.
    pub caption: String,
    /// The boards.
    pub grupper: Vec<InsatsGrupp>,
    /// Label and figures of the closing row.
    pub summa: Option<(String, TreTal)>,
    /// Where the same table is fetched as CSV.
    pub csv: Option<String>,
    /// Only budgets are known: one figure column, and bars that are outlines of the budget.
    pub bara_budget: bool,
    /// To the other parts of a long table.
    pub bladdra: Vec<Lank>,
}

impl InsatsTabell {
    /// The unit, and how to read the bars that are there: a fill is used money and nothing
    /// else, so what is not reported is said here, with the rows it concerns.
    #[must_use]
    pub fn las_stapeln(&self, enhet: &str) -> String {
        let rader = || self.grupper.iter().flat_map(|g| &g.rader);
        let utan: Vec<&str> = rader()
            .filter(|r| !r.utan_rad && r.budget_vikt.is_some() && r.anvant_vikt.is_none())
            .map(|r| r.namn.as_str())
            .collect();
        if !rader().any(|r| r.anvant_vikt.is_some()) {
            let per = if self.bara_budget {
                ""
            } else {
                " för varje insats"
            };
            return format!(
                "{enhet}. Stapeln visar budgeten. Vad som har använts är inte redovisat{per}."
            );
        }
        let vilka = match utan.as_slice() {
            [] => return format!("{enhet}. Stapeln visar använt, strecket budget."),
            [en] => (*en).to_owned(),
            [forsta @ .., sista] if forsta.len() < 3 => {
                format!("{} och {sista}", forsta.join(", "))
            }
            manga => format!("{} insatser, med tecken i stället för belopp", manga.len()),
        };
        format!(
            "{enhet}. Fylld stapel visar använt, strecket budget. Tom stapel visar budgeten: vad \
             som har använts är inte redovisat för {vilka}."
        )
    }

    /// As a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let rader = || self.grupper.iter().flat_map(|g| &g.rader);
        let hel = rader()
            .flat_map(|r| [r.budget_vikt, r.anvant_vikt])
            .flatten()
            .max()
            .unwrap_or_default();
        let mut grupper: Vec<Radgrupp> = self
            .grupper
            .iter()
            .map(|g| grupp(g, hel, self.bara_budget))
            .collect();
        if let Some((namn, tal)) = &self.summa {
            let mut celler = vec![Cell::rubrik(namn)];
            celler.extend(tal.celler(self.bara_budget));
            let rader = vec![Rad::av(RadSlag::Summa, celler)];
            grupper.push(Radgrupp {
                rubrik: String::new(),
                rader,
            });
        }
        let mut kolumner = vec![Kolumn::ord("Insats"), Kolumn::kr("Budget")];
        if !self.bara_budget {
            kolumner.extend([Kolumn::kr("Använt"), Kolumn::kr("Kvar")]);
        }
        Tabell {
            id: self.id.clone(),
            caption: self.caption.clone(),
            klass: "staplar",
            huvud: vec![kolumner],
            grupper,
            tomt: "Inga pengar ur just det här bidraget är fördelade på insatser.".into(),
            csv: self.csv.clone(),
            bladdra: self.bladdra.clone(),
            rutnat: None,
        }
    }
}

impl InsatsRad {
    fn stapel(&self, hel: i64) -> Stapel {
        let budget = self.budget_vikt;
        if self.utan_rad {
            return Stapel {
                hel,
                gles: budget,
                ..Stapel::default()
            };
        }
        match self.anvant_vikt {
            None => Stapel {
                hel,
                kontur: budget,
                ..Stapel::default()
            },
            anvant => Stapel {
                hel,
                spar: budget,
                fylld: anvant,
                streck: budget,
                ..Stapel::default()
            },
        }
    }
}

fn grupp(g: &InsatsGrupp, hel: i64, bara_budget: bool) -> Radgrupp {
    let mut rader: Vec<Rad> = g
        .rader
        .iter()
        .map(|r| {
            let mut celler = vec![Cell::Rubrik(Radrubrik {
                text: r.namn.clone(),
                href: (!r.utan_rad && !r.href.is_empty()).then(|| r.href.clone()),
                under: r.under.clone(),
                fel: None,
                stapel: Some(r.stapel(hel)),
            })];
            celler.extend(r.tal.celler(bara_budget));
            Rad::ny(celler)
        })
        .collect();
    if let Some(summa) = &g.summa {
        let mut celler = vec![Cell::rubrik("Summa")];
        celler.extend(summa.celler(bara_budget));
        rader.push(Rad::av(RadSlag::Delsumma, celler));
    }
    Radgrupp {
        rubrik: g.namn.clone(),
        rader,
    }
}

impl Medel {
    /// The overview as a table.
    #[must_use]
    pub fn tabell(&self) -> Tabell {
        let rader = self.bidrag.iter().map(BidragRad::rad).collect();
        let kolumner = vec![
            Kolumn::ord("Bidrag, med använd del"),
            Kolumn::kr("Att röra sig med"),
            Kolumn::kr("Fördelat"),
            Kolumn::kr("Använt"),
            Kolumn::kr("Kvar"),
            Kolumn::kr("Överfört till nästa år"),
            Kolumn::kr("Att betala tillbaka"),
            Kolumn::ord("Granskning"),
        ];
        Tabell::ny("bidrag", &self.caption, kolumner, rader)
            .klass("bredd")
            .csv(self.csv_href.clone())
            .tomt(if self.filter.is_empty() {
                "Här finns inga bidrag än. Lägg upp ett bidrag eller läs in ett underlag."
            } else {
                "Inget bidrag passar det du har valt."
            })
    }
}

impl BidragRad {
    fn rad(&self) -> Rad {
        let hel = 10_000;
        let stapel = match self.anvand_andel {
            Some(andel) => Stapel {
                hel,
                spar: Some(hel),
                fylld: Some(andel),
                ..Stapel::default()
            },
            None => Stapel {
                hel,
                kontur: Some(9_900),
                ..Stapel::default()
            },
        };
        Rad::ny(vec![
            Cell::Rubrik(Radrubrik {
                text: self.namn.clone(),
                href: Some(self.href.clone()),
                under: Some(self.under.clone()),
                fel: None,
                stapel: Some(stapel),
            }),
            self.att_rora.clone().into(),
            self.fordelat.clone().into(),
            self.anvant.clone().into(),
            self.kvar.clone().into(),
            self.overfort.clone().into(),
            self.aterbetala.clone().into(),
            self.granskning
                .clone()
                .map_or_else(|| "inget fynd".into(), Cell::Lage),
        ])
    }
}

impl Sida for Medel {
    const NAMN: &'static str = "medel";

    fn exempel() -> Vec<(&'static str, Self)> {
        let tom = Self {
            ram: exempel::ram("Medel"),
            huvud: Sidhuvud::ny("Medel", "Här finns inga bidrag än."),
            caption: "Belopp i kronor den 2\u{a0}februari 2022".into(),
            filter_mal: "/medel".into(),
            filter: vec![],
            bidrag: vec![],
            csv_href: Some("/medel/tabell.csv".into()),
            ny_href: Some("/registrera/bidrag".into()),
            delar: vec![],
            per: exempel::per("/medel"),
        };
        let mut ifylld = tom.clone();
        ifylld.huvud = Sidhuvud::ny(
            "Medel",
            "Uppsala använde nio av tio kronor. Enligt beslutet ska 764\u{a0}159\u{a0}kr betalas \
                tillbaka.",
        )
        .overrad("Översikt den 2\u{a0}februari 2022");
        ifylld.bidrag = exempel::uppsala::bidrag();
        ifylld.delar = vec![exempel::uppsala::del()];
        let mut pahittat = ifylld.clone();
        pahittat.filter = vec![exempel::val(
            "ar",
            "År",
            &[("", "Alla år"), ("2021", "2021")],
        )];
        pahittat.ram = exempel::ram_forsby("Medel");
        vec![("tom", tom), ("ifylld", ifylld), ("pahittat", pahittat)]
    }
}

#[cfg(test)]
mod tests;
