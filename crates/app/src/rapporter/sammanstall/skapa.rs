//! A report of figures is started.

use super::super::Utkast;
use super::super::skriv::ledig;
use super::bokforda_manader;
use crate::dorr::{Anvandningsfall, Plan, internt};
use crate::lasning::Bok;
use crate::miljo::Miljo;
use crate::uppfoljning::foljd_manad;
use jiff::civil::Date;
use utfall_behorighet::{Atgard, Permit};
use utfall_domain::andring::Andring;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::MedelspostId;
use utfall_domain::journal::Handelse;
use utfall_domain::medel::rekvisition::{Rekvisition, alla};
use utfall_domain::problem::Problem;
use utfall_domain::rapport::kanonisk;
use utfall_domain::rapporter::Rapportslag;
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::Las;

/// The years that a report may be about.
const AR: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Starts a report to the board, to those who decide, or for the annual accounts.
#[derive(Clone, Debug)]
pub struct SkapaSammanstallning {
    /// What it is, and about what.
    pub slag: Rapportslag,
}

impl Anvandningsfall for SkapaSammanstallning {
    const ATGARD: Atgard = Atgard::SkapaRapport;
    type Laddat = Bocker;
    /// The report's address part.
    type Svar = String;

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<String>, Problem> {
        prova(&bocker, &self.slag)?;
        let titel = titel(&bocker, &self.slag);
        let slug = ledig(&bocker, &grund(&bocker, &self.slag))?;
        let id = miljo.rapport();
        let utkast = Utkast {
            ar: ar(&bocker, &self.slag),
            ..Utkast::default()
        };
        Ok(Plan {
            andringar: vec![Andring::NyRapport {
                id,
                slug: slug.clone(),
                titel: titel.clone(),
                bidrag: None,
                slag: self.slag.clone(),
                utkast: kanonisk::json(&utkast).map_err(|e| internt(&e))?,
            }],
            handelse: Handelse {
                slag: "rapport-skapad".into(),
                objekt: format!("rapport {id}"),
                text: format!("{titel} påbörjades."),
                data: serde_json::to_value(&self.slag).map_err(|e| internt(&e))?,
            },
            svar: slug,
        })
    }
}

/// Refuses what no report can be about.
pub(super) fn prova(bocker: &Bocker, slag: &Rapportslag) -> Result<(), Problem> {
    let ar = ar(bocker, slag);
    if !AR.contains(&ar) {
        let text = format!("{ar} är inget år en rapport kan gälla.");
        let atgard = format!("Välj ett år från {} till {}.", AR.start(), AR.end());
        return Err(Problem::ogiltigt("rapport-ar", text, atgard).i_falt("ar"));
    }
    match slag {
        Rapportslag::Aterrapport { .. } => Err(Problem::ogiltigt(
            "rapport-slag",
            "En återrapport gäller ett bidrag.",
            "Välj vilket bidrag den ska redovisa.",
        )
        .i_falt("bidrag")),
        Rapportslag::Ekonomirapport {
            till_manad, namnd, ..
        } => {
            if !(1..=12).contains(till_manad) {
                return Err(Problem::ogiltigt(
                    "rapport-manad",
                    format!("Månad {till_manad} finns inte."),
                    "Välj en månad från januari till december.",
                )
                .i_falt("manad"));
            }
            match namnd {
                Some(id) if bocker.organisation(*id).is_none() => Err(Problem::finns_inte()),
                _ => Ok(()),
            }
        }
        Rapportslag::Fordelningsmemo { bidrag, .. } => {
            match bidrag.iter().all(|id| bocker.bidrag(*id).is_some()) {
                true => Ok(()),
                false => Err(Problem::finns_inte()),
            }
        }
        Rapportslag::Insatsnot { .. } => Ok(()),
        Rapportslag::Rekvisition { sak } => match rekvisitionen(bocker, *sak) {
            Some(_) => Ok(()),
            None => Err(Problem::finns_inte()),
        },
    }
}

fn rekvisitionen(bocker: &Bocker, sak: MedelspostId) -> Option<Rekvisition> {
    let alla = alla(&bocker.medelsposter);
    alla.into_iter().find(|r| r.id == sak)
}

/// The year it is about; 0 for an återrapport, whose year is that of its draft.
fn ar(bocker: &Bocker, slag: &Rapportslag) -> i16 {
    match slag {
        Rapportslag::Rekvisition { sak } => {
            // One that does not exist is refused as such, not for its year.
            let funnen = rekvisitionen(bocker, *sak);
            funnen.map_or(*AR.start(), |r| r.uppgift.fran.year())
        }
        Rapportslag::Aterrapport { .. } => 0,
        Rapportslag::Ekonomirapport { ar, .. }
        | Rapportslag::Fordelningsmemo { ar, .. }
        | Rapportslag::Insatsnot { ar } => *ar,
    }
}

/// `Ekonomirapport 2026 till och med mars`.
#[must_use]
pub fn titel(bocker: &Bocker, slag: &Rapportslag) -> String {
    match slag {
        Rapportslag::Aterrapport { .. } => slag.text().to_owned(),
        Rapportslag::Ekonomirapport {
            ar,
            till_manad,
            namnd,
        } => {
            let vems = match namnd {
                Some(id) => format!(", {}", bocker.organisationsnamn(*id)),
                None => String::new(),
            };
            format!(
                "Ekonomirapport {ar} till och med {}{vems}",
                tid::manad(*till_manad)
            )
        }
        Rapportslag::Fordelningsmemo { ar, bidrag } => {
            let namn = bidrag.iter().filter_map(|id| bocker.bidrag(*id));
            let namn: Vec<&str> = namn.map(|b| b.namn.as_str()).collect();
            match namn.as_slice() {
                [] => format!("Fördelning av medel {ar}"),
                namn => format!("Fördelning av medel {ar}: {}", namn.join(", ")),
            }
        }
        Rapportslag::Insatsnot { ar } => format!("Not om insatser {ar}"),
        Rapportslag::Rekvisition { sak } => {
            let funnen = rekvisitionen(bocker, *sak);
            let om = funnen.map_or_else(String::new, |r| {
                let bidrag = r.om.bidrag.and_then(|id| bocker.bidrag(id));
                let insats = r.om.insats.and_then(|id| bocker.insats(id));
                let namn = insats.map_or_else(
                    || bidrag.map_or("", |b| b.namn.as_str()),
                    |i| i.namn.as_str(),
                );
                let ord = utfall_domain::tid::i_ord;
                let (fran, till) = (ord(r.uppgift.fran), ord(r.uppgift.till));
                format!(" {}: {namn}, {fran} till {till}", r.nummer)
            });
            format!("Rekvisition{om}")
        }
    }
}

pub(super) fn grund(bocker: &Bocker, slag: &Rapportslag) -> String {
    match slag {
        Rapportslag::Aterrapport { .. } => "aterrapport".to_owned(),
        Rapportslag::Ekonomirapport {
            ar,
            till_manad,
            namnd,
        } => {
            let vems = namnd.and_then(|id| bocker.organisation(id));
            let vems = vems.map_or_else(String::new, |o| format!("-{}", o.slug));
            format!("ekonomirapport-{ar}-{till_manad:02}{vems}")
        }
        Rapportslag::Fordelningsmemo { ar, bidrag } => {
            let vilket = match bidrag.as_slice() {
                [ett] => bocker.bidrag(*ett).map(|b| format!("{}-", b.slug)),
                _ => None,
            };
            format!("fordelning-{}{ar}", vilket.unwrap_or_default())
        }
        Rapportslag::Insatsnot { ar } => format!("insatsnot-{ar}"),
        Rapportslag::Rekvisition { sak } => format!("rekvisition-{sak}"),
    }
}

/// The year and month that a report to the board is most likely to be about: the latest month
/// that is booked; without bookings by month the latest year with money used, all of it when it
/// is over.
#[must_use]
pub fn forslag(bok: &Bok, i_dag: Date) -> (i16, i8) {
    let anvant = || {
        bok.fakta()
            .into_iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Anvant)
            .filter_map(|f| f.galler().ar)
    };
    let ar = anvant().max().unwrap_or_else(|| i_dag.year());
    // A month that is booked halfway is not a month to report.
    if bokforda_manader(bok, ar).is_empty() {
        let forra = match ar == i_dag.year() {
            true => i_dag.month().saturating_sub(1).max(1),
            false => 12,
        };
        return (ar, forra);
    }
    (ar, foljd_manad(bok, ar, i_dag))
}
