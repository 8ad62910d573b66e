//! A figure of an issued report, as it was printed: from the rows frozen in the report, never
//! from the books of today.

use crate::Tjanst;
use crate::dorr::internt;
use crate::lasning::Bok;
use std::sync::Arc;
use utfall_behorighet::{Aktor, Atgard, prova};
use utfall_domain::matt::{Harledning, Matt, Urval};
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Indata;
use utfall_domain::rapport::aterrapport::Siffra;
use utfall_domain::rapporter::{Rapport, Rapportslag};
use utfall_domain::varde::Varde;
use utfall_store as store;

/// A printed figure, or a term of one.
#[derive(Clone, Debug)]
pub struct Rapportsiffra {
    /// Which measure.
    pub matt: Matt,
    /// About what.
    pub urval: Urval,
    /// As printed, or as the term was when the report was issued.
    pub varde: Varde,
    /// The frozen rows; `None` in reports issued before rows were frozen.
    pub bok: Option<Bok>,
}

/// How many of its first figures are about the whole of what a report of this kind is about. The
/// others begin with the first of many grants or insatser.
const fn huvudtalen(slag: &Rapportslag) -> usize {
    match slag {
        Rapportslag::Ekonomirapport { namnd: None, .. } => 4,
        Rapportslag::Rekvisition { .. } => 3,
        Rapportslag::Ekonomirapport { .. }
        | Rapportslag::Fordelningsmemo { .. }
        | Rapportslag::Insatsnot { .. }
        | Rapportslag::Aterrapport { .. } => 0,
    }
}

impl Rapportsiffra {
    /// The figure that a report's link asks for. `None` when the report neither prints it nor
    /// has it as a term of what it prints: its rows would not be all the rows there were.
    #[must_use]
    pub fn i(indata: &Indata, huvudman: &Huvudman, matt: Matt, urval: &Urval) -> Option<Self> {
        let tryckta = || {
            indata
                .siffror()
                .into_iter()
                .filter_map(|s| Some((s.fraga()?, s.varde)))
        };
        let tryckt = tryckta()
            .find(|((m, u), _)| *m == matt && u == urval)
            .map(|(_, varde)| varde);
        let bok = indata
            .bakom()
            .map(|bakom| Bok::av(Arc::new(bakom.bocker(huvudman.clone())), None));
        let varde = match (tryckt, &bok) {
            (Some(varde), _) => varde,
            (None, Some(bok)) => {
                tryckta().find_map(|((m, u), _)| led(&bok.matt(m, &u), matt, urval))?
            }
            (None, None) => return None,
        };
        Some(Self {
            matt,
            urval: urval.clone(),
            varde,
            bok,
        })
    }

    /// The report's main figures as printed, each with its measure: drawn, used, to repay; the
    /// first ones of a report to the board or of a requisition; none where they are of a part.
    #[must_use]
    pub fn huvudtal(indata: &Indata) -> Vec<&Siffra> {
        match indata {
            Indata::Aterrapport(a) => vec![&a.rekvirerat, &a.anvant, &a.att_aterbetala],
            Indata::Sammanstallning(sagd) => {
                // A figure that is told in words and then in a table is one figure.
                let mut ut: Vec<&Siffra> = Vec::new();
                for s in indata.siffror() {
                    let redan = ut.iter().any(|u| u.fraga() == s.fraga());
                    if ut.len() < huvudtalen(&sagd.slag) && !redan {
                        ut.push(s);
                    }
                }
                ut
            }
        }
    }
}

/// The value of a term somewhere under a figure.
fn led(h: &Harledning, matt: Matt, urval: &Urval) -> Option<Varde> {
    if h.matt == matt && h.urval == *urval {
        return Some(h.utfall.varde);
    }
    h.led.iter().find_map(|l| led(&l.harledning, matt, urval))
}

impl Tjanst {
    /// The frozen input of an issued report; `None` for a draft.
    ///
    /// # Errors
    /// When the role may not read reports, or the database fails.
    pub async fn rapportindata(
        &self,
        aktor: &Aktor,
        rapport: &Rapport,
    ) -> Result<Option<Indata>, Problem> {
        let permit = prova(aktor, Atgard::LasaRapporter)?;
        let id = rapport.id;
        let json = self
            .db
            .las(move |k| -> Result<_, Problem> { Ok(store::rapporter::indata(k, &permit, id)?) })
            .await?;
        json.map(|json| Indata::las(&json).map_err(|e| internt(&e)))
            .transpose()
    }
}

#[cfg(test)]
mod tests;
