//! Which of the grants are shown: by year, by funder, and those with something wrong.

use crate::anrop::Inloggat;
use crate::fynd;
use crate::siffror::Siffror;
use std::collections::BTreeSet;
use utfall_app::granskning::Funnet;
use utfall_domain::bocker::Bocker;
use utfall_domain::id::OrganisationId;
use utfall_domain::medel::Bidrag;
use utfall_vyer::formular::{Falt, FaltSlag};

/// Rows that one sees without a filter.
const FA: usize = 6;

/// What was chosen, and the fields to choose in.
pub struct Urvalet {
    ar: Option<i16>,
    finansiar: Option<OrganisationId>,
    fynd: bool,
    /// The fields; none when the rows are few.
    pub falt: Vec<Falt>,
}

impl Urvalet {
    /// Reads the address.
    pub fn av(a: &Inloggat, s: &Siffror<'_>, alla: &[(&Bidrag, Option<i16>)]) -> Self {
        let ar = a.fraga.tal("ar").and_then(|ar| i16::try_from(ar).ok());
        let finansiar = a.fraga.tal("finansiar").and_then(OrganisationId::ny);
        let mut ut = Self {
            ar,
            finansiar,
            fynd: a.fraga.text("granskning") == "fynd",
            falt: Vec::new(),
        };
        if alla.len() > FA {
            ut.falt = ut.valj(s.bok, alla);
        }
        ut
    }

    fn valj(&self, bocker: &Bocker, alla: &[(&Bidrag, Option<i16>)]) -> Vec<Falt> {
        let aren: BTreeSet<i16> = alla.iter().filter_map(|(_, ar)| *ar).collect();
        let aren = aren.iter().rev().map(|ar| (ar.to_string(), ar.to_string()));
        let mut fran: Vec<(String, String)> = alla
            .iter()
            .map(|(b, _)| {
                let namn = bocker.organisationsnamn(b.finansiar).to_owned();
                (b.finansiar.to_string(), namn)
            })
            .collect();
        fran.sort_by_key(|(_, namn)| utfall_domain::svensk::sorteringsnyckel(namn));
        fran.dedup();
        let med_alla = |ord: &str, val: Vec<(String, String)>| {
            let forst = (String::new(), ord.to_owned());
            FaltSlag::Val(std::iter::once(forst).chain(val).collect())
        };
        let text = |valt: Option<String>| valt.unwrap_or_default();
        let fel = vec![("fynd".to_owned(), "Med fel eller varningar".to_owned())];
        vec![
            Falt::ny("ar", "År", med_alla("Alla år", aren.collect()))
                .varde(text(self.ar.map(|ar| ar.to_string()))),
            Falt::ny("finansiar", "Finansiär", med_alla("Alla finansiärer", fran))
                .varde(text(self.finansiar.map(|id| id.to_string()))),
            Falt::ny("granskning", "Granskning", med_alla("Alla bidrag", fel))
                .varde(if self.fynd { "fynd" } else { "" }),
        ]
    }

    /// Whether a row is among those chosen.
    pub fn med(&self, bocker: &Bocker, (b, ar): (&Bidrag, Option<i16>), funna: &[Funnet]) -> bool {
        self.ar.is_none_or(|valt| ar == Some(valt))
            && self.finansiar.is_none_or(|valt| b.finansiar == valt)
            && (!self.fynd
                || fynd::om_bidragsar(bocker, funna, b, ar)
                    .into_iter()
                    .any(fynd::vantar))
    }
}
