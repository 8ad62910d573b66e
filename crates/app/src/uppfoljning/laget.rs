//! Where each insats stands in a year: what deviates, whether it is explained, and how its
//! forecast is made.

use crate::lasning::Bok;
use jiff::civil::Date;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::InsatsId;
use utfall_domain::matt::{Matt, Urval, foljs, metod};
use utfall_domain::medel::parameter::ska_forklaras;
use utfall_domain::medel::prognos::mening;

/// Where one insats stands.
#[derive(Clone, Copy, Debug)]
pub struct Laget<'a> {
    /// Budget less the forecast, in öre; `None` when something is not known.
    pub avvikelse: Option<i64>,
    /// It is larger than the limit.
    pub ska_forklaras: bool,
    /// The newest explanation, whether it covers the deviation or not.
    pub kommentar: Option<&'a Faktum>,
    /// The explanation covers it: what has come since is within the limit.
    pub forklarad: bool,
}

/// An insats whose deviation nobody has explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saknad {
    /// Which.
    pub insats: InsatsId,
    /// How large, in öre.
    pub avvikelse: i64,
    /// There is an explanation, but the deviation has grown since.
    pub inaktuell: bool,
}

/// Where an insats stands, through the month of the selection. The selection names an insats
/// and a year.
#[must_use]
pub fn laget<'a>(bok: &'a Bok, urval: &Urval) -> Laget<'a> {
    let avvikelse = bok.varde(Matt::PrognosAvvikelse, urval).kant();
    let helar = Urval {
        period: None,
        ..urval.clone()
    };
    let budget = bok.varde(Matt::Budget, &helar).kant();
    let index = bok.index();
    let ar = urval.ar.unwrap_or_default();
    let over = |tal: i64| ska_forklaras(&index, ar, tal, budget);
    let ska = avvikelse.is_some_and(over);
    let kommentar = urval
        .insats
        .map_or_else(Vec::new, |id| bok.om_insats(id))
        .into_iter()
        .rfind(|f| f.fakta.slag == FaktumSlag::Avvikelsekommentar && f.galler().ar == urval.ar);
    let sedan = kommentar
        .and_then(|f| f.varde().kant())
        .zip(avvikelse)
        .map(|(da, nu)| nu.saturating_sub(da));
    Laget {
        avvikelse,
        ska_forklaras: ska,
        kommentar,
        forklarad: !ska || sedan.is_some_and(|tal| !over(tal)),
    }
}

/// The deviations of a year that nobody has explained, through a month (1–12; 12 is the whole
/// year). A year is not closed and a report is not issued while there are any.
#[must_use]
pub fn saknade_kommentarer(bok: &Bok, ar: i16, manad: i8) -> Vec<Saknad> {
    let period = Date::new(ar, manad, 1).ok();
    bok.insatser
        .iter()
        // Nobody answers for a reserve.
        .filter(|i| !i.reserv)
        .filter_map(|i| {
            let urval = Urval {
                period,
                ..Urval::insats(i.id).ar(ar)
            };
            let laget = laget(bok, &urval);
            let avvikelse = laget.avvikelse.filter(|_| !laget.forklarad)?;
            Some(Saknad {
                insats: i.id,
                avvikelse,
                inaktuell: laget.kommentar.is_some(),
            })
        })
        .collect()
}

/// The month an insats should begin in a year, when its positions say so.
#[must_use]
pub fn planerad_start(bocker: &Bocker, insats: InsatsId, ar: i16) -> Option<i8> {
    let i = bocker.insats(insats)?;
    if i.start_ar.is_some_and(|start| start < ar) {
        return None;
    }
    i.tjanster
        .iter()
        .filter(|t| t.ar == Some(ar))
        .filter_map(|t| i8::try_from(t.fran_manad?).ok())
        .min()
}

/// The method of an insats' forecast and what it gives, in words.
#[must_use]
pub fn metodord(bok: &Bok, urval: &Urval) -> String {
    let index = bok.index();
    let stor = |text: &str| {
        let mut tecken = text.chars();
        let forst = tecken.next().map(char::to_uppercase);
        forst
            .into_iter()
            .flatten()
            .chain(tecken)
            .collect::<String>()
    };
    let om = urval.insats.zip(urval.ar);
    match foljs(urval, &index) {
        Ok((vald, u, rest)) => {
            let planerad = om.and_then(|(insats, ar)| planerad_start(bok, insats, ar));
            format!("{}. {}", stor(vald.text()), mening(&u, rest, planerad))
        }
        Err(hinder) => {
            let vald = om.map_or("", |(insats, ar)| metod(insats, ar, &index).0.text());
            format!("{}. {}", stor(vald), hinder.text())
        }
    }
}
