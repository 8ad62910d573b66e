//! What a figure has been: its value after each time something was registered about it.

use super::rader::Rader;
use crate::adress::Adress;
use crate::fynd;
use crate::sidval::RADER;
use crate::siffror::{Siffror, klockan, kort_dag, text, utfall};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_domain::faktum::{Faktum, gallande};
use utfall_domain::matt::{Harledning, Utfall, berakna};
use utfall_domain::tid::{self, PerDag};
use utfall_vyer::sidor::HistorikRad;

/// Moments shown at most, the newest.
const FLEST: usize = 30;

/// The values, newest first, up to the day asked for: one row for each moment that something
/// was registered. Two corrections of the same day are two rows.
pub fn historik(
    s: &Siffror<'_>,
    h: &Harledning,
    per: Option<PerDag>,
    hit: &Adress,
) -> Vec<HistorikRad> {
    let rader = Rader::av(s, h);
    let mut stunder: BTreeMap<Timestamp, Vec<&Faktum>> = BTreeMap::new();
    for f in s.bok.fakta.iter().filter(|f| rader.hor_till(f)) {
        if per.is_none_or(|per| per.omfattar(f.registrerad)) {
            stunder.entry(f.registrerad).or_default().push(f);
        }
    }
    let mut ut: Vec<HistorikRad> = Vec::new();
    let mut fore: Option<(Utfall, String)> = None;
    let hoppas = stunder.len().saturating_sub(FLEST);
    let sista: BTreeMap<Date, Timestamp> = stunder.keys().map(|t| (tid::dag(*t), *t)).collect();
    for (nr, (stund, fakta)) in stunder.iter().enumerate() {
        // The value before the first row that is shown is wanted, those before it are not.
        if nr + 1 < hoppas {
            continue;
        }
        let nu = vardet(s, h, *stund);
        let rattat = fakta.iter().any(|f| f.fakta.rattar.is_some());
        let visat = |u: &Utfall| (u.varde, u.kand_del);
        let samma = fore
            .as_ref()
            .is_some_and(|(fore, _)| visat(fore) == visat(&nu))
            && !rattat;
        let dagens_sista = sista.get(&tid::dag(*stund)) == Some(stund);
        let i_delar = (rader.antal() > RADER).then_some(hit);
        let lank = lank(h, *stund, fakta, (dagens_sista, i_delar));
        if nr >= hoppas && !(samma && ut.len() > 1) {
            ut.push(rad(s, h, (*stund, fakta), (fore.as_ref(), (nu, &lank))));
        }
        fore = Some((nu, lank));
    }
    ut.reverse();
    ut
}

/// What the figure was just after a moment.
fn vardet(s: &Siffror<'_>, h: &Harledning, stund: Timestamp) -> Utfall {
    let kanda: Vec<Faktum> = s
        .bok
        .fakta
        .iter()
        .filter(|f| f.registrerad <= stund)
        .cloned()
        .collect();
    berakna(h.matt, &h.urval, &gallande(&kanda, None)).utfall
}

/// Where a value is told more of. The whole page can be seen as it was at the end of a day;
/// of what it was within a day its row tells.
fn lank(
    h: &Harledning,
    stund: Timestamp,
    fakta: &[&Faktum],
    (dagens_sista, i_delar): (bool, Option<&Adress>),
) -> String {
    if dagens_sista {
        let per = PerDag(tid::dag(stund));
        return crate::adress::harledning_av(h.matt, &h.urval, Some(per)).into();
    }
    let synlig = fakta.iter().find(|f| !f.fakta.struken);
    match (synlig, i_delar) {
        (None, _) => "#historik".to_owned(),
        (Some(f), None) => format!("#f-{}", f.id),
        // The row may stand in another part than the one shown.
        (Some(f), Some(hit)) => {
            let till = hit.clone().fraga("rad", &f.id.to_string());
            till.vid(&format!("f-{}", f.id)).into()
        }
    }
}

/// A value with where it is told more of.
type Lankat<'a> = (Utfall, &'a str);

fn rad(
    s: &Siffror<'_>,
    h: &Harledning,
    (stund, fakta): (Timestamp, &[&Faktum]),
    (fore, (nu, till)): (Option<&(Utfall, String)>, Lankat<'_>),
) -> HistorikRad {
    let enhet = h.matt.enhet();
    let andring = match (
        fore.and_then(|(fore, _)| fore.varde.kant()),
        nu.varde.kant(),
    ) {
        (Some(fore), Some(nu)) if fore != nu => {
            let skillnad = nu.saturating_sub(fore);
            let plus = if skillnad > 0 { "+" } else { "" };
            format!("{plus}{}", text(skillnad, enhet))
        }
        _ if fore.is_none() => "första".to_owned(),
        (Some(_), Some(_)) => "ingen".to_owned(),
        _ => "går inte att räkna".to_owned(),
    };
    let mut vem: Vec<String> = fakta
        .iter()
        .map(|f| fynd::namn(s.bok, f.registrerad_av))
        .collect();
    vem.sort_unstable();
    vem.dedup();
    HistorikRad {
        fran: format!("{} kl.\u{a0}{}", kort_dag(tid::dag(stund)), klockan(stund)),
        fore: fore.map(|(fore, lank)| utfall(fore, enhet).lank(lank.as_str())),
        varde: utfall(&nu, enhet).lank(till),
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
