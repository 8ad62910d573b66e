//! What a figure has been: its value after each day something was registered about it.

use super::rader::Rader;
use crate::fynd;
use crate::siffror::{Siffror, kort_dag, text, varde};
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_domain::faktum::{Faktum, gallande};
use utfall_domain::matt::{Harledning, berakna};
use utfall_domain::tid::{self, PerDag};
use utfall_domain::varde::Varde;
use utfall_vyer::sidor::HistorikRad;

/// Days shown at most, the newest.
const FLEST: usize = 30;

/// The values, newest first. Up to the day asked for.
pub fn historik(s: &Siffror<'_>, h: &Harledning, per: Option<PerDag>) -> Vec<HistorikRad> {
    let rader = Rader::av(s, h);
    let mut per_dag: BTreeMap<Date, Vec<&Faktum>> = BTreeMap::new();
    for f in s.bok.fakta.iter().filter(|f| rader.hor_till(f)) {
        if per.is_none_or(|per| per.omfattar(f.registrerad)) {
            per_dag.entry(tid::dag(f.registrerad)).or_default().push(f);
        }
    }
    let mut ut: Vec<HistorikRad> = Vec::new();
    let mut fore: Option<Varde> = None;
    for (dag, fakta) in &per_dag {
        let galler = gallande(&s.bok.fakta, Some(PerDag(*dag)));
        let nu = berakna(h.matt, &h.urval, &galler).utfall.varde;
        if fore == Some(nu) && ut.len() > 1 {
            continue;
        }
        ut.push(rad(s, h, (*dag, fakta), (fore, nu)));
        fore = Some(nu);
    }
    ut.reverse();
    ut.truncate(FLEST);
    ut
}

fn rad(
    s: &Siffror<'_>,
    h: &Harledning,
    (dag, fakta): (Date, &[&Faktum]),
    (fore, nu): (Option<Varde>, Varde),
) -> HistorikRad {
    let andring = match (fore.and_then(Varde::kant), nu.kant()) {
        (Some(fore), Some(nu)) if fore != nu => {
            let skillnad = nu.saturating_sub(fore);
            let plus = if skillnad > 0 { "+" } else { "" };
            format!("{plus}{}", text(skillnad, h.matt.enhet()))
        }
        _ => String::new(),
    };
    let mut vem: Vec<String> = fakta
        .iter()
        .map(|f| fynd::namn(s.bok, f.registrerad_av))
        .collect();
    vem.sort_unstable();
    vem.dedup();
    let lank = crate::adress::harledning_av(h.matt, &h.urval, Some(PerDag(dag)));
    HistorikRad {
        fran: kort_dag(dag),
        varde: varde(nu, h.matt.enhet()).lank(lank),
        andring,
        vad: vad(fakta),
        av: vem.join(", "),
    }
}

fn vad(fakta: &[&Faktum]) -> String {
    let rattade = fakta.iter().filter(|f| f.fakta.rattar.is_some()).count();
    let orsaker: Vec<&str> = fakta
        .iter()
        .filter(|f| f.fakta.rattar.is_some())
        .filter_map(|f| f.fakta.orsak.as_deref())
        .collect();
    let nya = fakta.len() - rattade;
    let mut delar = Vec::new();
    if nya > 0 {
        delar.push(crate::siffror::antal(
            nya,
            "",
            "En uppgift registrerades",
            "uppgifter registrerades",
        ));
    }
    if rattade > 0 {
        delar.push(crate::siffror::antal(
            rattade,
            "",
            "En uppgift rättades",
            "uppgifter rättades",
        ));
    }
    let mut text = delar.join(". ");
    if let Some(orsak) = orsaker.first() {
        text = format!("{text}: {orsak}");
    }
    text
}
