//! Reports of more than one grant: put together of figures, from the books.

mod ekonomi;
mod finansiarer;
mod memo;
mod not;
mod rekvisition;
mod skapa;
mod som_fil;

use super::bygg::{Ram, Utkast, bakom, rader, stycken, underskrifter};
use crate::lasning::Bok;
use jiff::civil::Date;
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::BidragId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::rapport::aterrapport::Siffra;
use utfall_domain::rapport::sammanstallning::{
    Del, MALL, Ord, Sammanstallning, Siffercell, Sifferrad,
};
use utfall_domain::rapport::{Led, Radslag, Underskrift};
use utfall_domain::rapporter::Rapportslag;
use utfall_domain::tid::{self, i_ord};

pub(super) use rekvisition::prova as prova_rekvisition;
pub use skapa::{SkapaSammanstallning, forslag, titel};
pub use som_fil::Onskad;

/// `januari–mars 2026`.
#[must_use]
pub fn period(ar: i16, till_manad: i8) -> String {
    match till_manad {
        1 => format!("januari {ar}"),
        nr => format!("januari\u{2013}{} {ar}", tid::manad(nr)),
    }
}

/// The input of a report of figures. An återrapport is none, and gives an empty one.
#[must_use]
pub fn sammanstall(
    bok: &Bok,
    slag: &Rapportslag,
    utkast: &Utkast,
    ram: &Ram<'_>,
) -> Sammanstallning {
    let bok = &bok.per(Some(ram.per));
    let b = Byggare {
        bok,
        ram,
        utkast,
        slag,
    };
    let (fakta, delar) = match slag {
        Rapportslag::Ekonomirapport {
            ar,
            till_manad,
            namnd,
        } => ekonomi::ekonomi(&b, *ar, *till_manad, *namnd),
        Rapportslag::Fordelningsmemo { ar, bidrag } => memo::memo(&b, *ar, bidrag),
        Rapportslag::Insatsnot { ar } => not::not(&b, *ar),
        Rapportslag::Rekvisition { sak } => rekvisition::rekvisition(&b, *sak),
        Rapportslag::Aterrapport { .. } => (Vec::new(), Vec::new()),
    };
    let mut ut = Sammanstallning {
        slag: slag.clone(),
        ident: ram.ident.to_owned(),
        markning: ram.markning(bok),
        huvudman: bok.huvudman.namn.clone(),
        titel: titel(bok, slag),
        underrubrik: bok.huvudman.namn.clone(),
        fakta: b.med_dag(fakta),
        delar,
        texter: b.texter(),
        per_dag: ram.per.0,
        datum: utfall_domain::tid::dag(ram.nu),
        skapad: ram.nu,
        underskrifter: b.underskrifter(),
        adress: ram.adress.to_owned(),
        bakom: None,
    };
    if ram.utfardas.is_some() {
        let siffror: Vec<Siffra> = ut.stallen().into_iter().map(|s| s.siffra.clone()).collect();
        let bidrag: Vec<BidragId> = bok.bidrag.iter().map(|b| b.id).collect();
        ut.bakom = Some(bakom(bok, (MALL, &bidrag), siffror.iter(), installning));
    }
    ut
}

/// What says how a forecast is made, and which limits hold: no figure's row, but a figure is not
/// counted alike without it.
const fn installning(slag: FaktumSlag) -> bool {
    use FaktumSlag as F;
    matches!(
        slag,
        F::Prognosmetod
            | F::Tjanstekostnad
            | F::Parameterbelopp
            | F::Parameterandel
            | F::Parameterdagar
    )
}

/// What the parts of a report are made with.
struct Byggare<'a> {
    bok: &'a Bok,
    ram: &'a Ram<'a>,
    utkast: &'a Utkast,
    slag: &'a Rapportslag,
}

type Fakta = Vec<(String, Vec<Ord>)>;

impl Byggare<'_> {
    fn siffra(&self, matt: Matt, urval: &Urval) -> Siffra {
        self.ram.siffra(self.bok, matt, urval)
    }

    fn cell(&self, matt: Matt, urval: &Urval) -> Siffercell {
        Siffercell::Siffra(self.siffra(matt, urval))
    }

    fn har(&self, matt: Matt, urval: &Urval) -> bool {
        self.bok.matt(matt, urval).utfall.har_fakta
    }

    /// Who signs: those whom somebody has written, after whoever certified a requisition.
    fn underskrifter(&self) -> Vec<Underskrift> {
        let intygar = match self.slag {
            Rapportslag::Rekvisition { sak } => rekvisition::Underlag::av(self, *sak),
            _ => None,
        };
        let forst = intygar.and_then(|u| u.underskrift());
        forst
            .into_iter()
            .chain(underskrifter(self.utkast))
            .collect()
    }

    fn med_dag(&self, mut fakta: Fakta) -> Fakta {
        let dag = vec![ord(i_ord(self.ram.per.0))];
        fakta.push(("Uppgifter till och med".to_owned(), dag));
        fakta
    }

    /// The chapters as they are kept with the report.
    fn texter(&self) -> Vec<(String, String)> {
        let alla = self.slag.kapitel().iter();
        alla.map(|k| (k.namn.to_owned(), self.utkast.text(k.namn).to_owned()))
            .filter(|(_, text)| !text.trim().is_empty())
            .collect()
    }

    /// A chapter with its heading. One that is not asked for and that nobody has written is left
    /// out.
    fn kapitel(&self, namn: &str) -> Vec<Del> {
        let Some(mall) = self.slag.kapitel().iter().find(|k| k.namn == namn) else {
            return Vec::new();
        };
        let stycken = stycken(self.utkast.text(namn));
        if stycken.is_empty() && !mall.kravs {
            return Vec::new();
        }
        vec![
            rubrik(1, mall.rubrik, &format!("text-{namn}")),
            Del::Fritext {
                stycken,
                kravs: mall.kravs,
            },
        ]
    }

    /// One point a line of a chapter.
    fn punkter(&self, namn: &str) -> Vec<Vec<Ord>> {
        let rader = rader(self.utkast.text(namn)).into_iter();
        rader.map(|rad| vec![ord(rad)]).collect()
    }

    /// The insatser that have a budget, or have used money, in a year.
    fn insatser(&self, ar: i16) -> Vec<&Insats> {
        let med_pengar = |i: &&Insats| {
            let urval = Urval::insats(i.id).ar(ar);
            [Matt::Budget, Matt::AnvantInsats]
                .iter()
                .any(|matt| self.har(*matt, &urval))
        };
        self.bok.insatser.iter().filter(med_pengar).collect()
    }

    /// The grants with money in a year.
    fn bidrag(&self, ar: i16) -> Vec<&Bidrag> {
        let med_pengar = |b: &&Bidrag| {
            let urval = Urval::bidrag(b.id).ar(ar);
            [
                Matt::Grundmedel,
                Matt::OverfortIn,
                Matt::Anvant,
                Matt::Fordelat,
            ]
            .iter()
            .any(|matt| self.har(*matt, &urval))
        };
        self.bok.bidrag.iter().filter(med_pengar).collect()
    }

    /// What the grants whose amount is only preliminary are, in words; empty when none is.
    fn preliminart(&self, ar: i16) -> Vec<Del> {
        let punkter: Vec<Vec<Ord>> = self
            .bidrag(ar)
            .into_iter()
            .filter_map(|b| {
                let urval = Urval::bidrag(b.id).ar(ar);
                let h = self.bok.matt(Matt::Tilldelat, &urval);
                h.utfall.preliminar.then(|| {
                    let siffra = Ord::Siffra(self.siffra(Matt::Tilldelat, &urval));
                    vec![
                        ord(format!("{}: ", b.namn)),
                        siffra,
                        ord(" är preliminärt."),
                    ]
                })
            })
            .collect();
        if punkter.is_empty() {
            return Vec::new();
        }
        vec![
            rubrik(1, "Det som vilar på preliminära belopp", "preliminart"),
            Del::Lista { punkter },
        ]
    }
}

fn ord(text: impl Into<String>) -> Ord {
    Ord::Text(text.into())
}

fn rubrik(niva: u8, text: &str, ankare: &str) -> Del {
    Del::Rubrik {
        niva,
        text: text.to_owned(),
        ankare: ankare.to_owned(),
    }
}

fn rad(slag: Radslag, namn: impl Into<String>, celler: Vec<Siffercell>) -> Sifferrad {
    Sifferrad {
        slag,
        namn: namn.into(),
        celler,
        led: Led::Plus,
    }
}

/// The months of a year that something was spent in, as the books have it.
fn bokforda_manader(bok: &Bok, ar: i16) -> BTreeSet<Date> {
    bok.fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Anvant)
        .filter_map(|f| f.galler().period_fran)
        .filter(|dag| dag.year() == ar)
        .collect()
}

/// With a capital first.
fn versal(text: &str) -> String {
    let mut tecken = text.chars();
    match tecken.next() {
        Some(forsta) => forsta.to_uppercase().chain(tecken).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
