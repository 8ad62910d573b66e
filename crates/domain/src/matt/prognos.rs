//! Figures of a year that is still going on: what is used through a month, and what is
//! expected of the rest by each insats' method.
//!
//! A selection's period is the month: its figures are through that month. Without one they
//! are of the whole year, and nothing is expected on top.

use super::berakning::{Harledning, Led, Ledtecken, Svar, Utfall, andel, av_led, berakna, summa};
use super::{Liggare, Matt, Prognosdel, Urval};
use crate::faktum::{Faktum, FaktumSlag};
use crate::id::{FaktumId, InsatsId};
use crate::medel::prognos::{Hinder, Prognosmetod, Prognosunderlag, Rest, rest};
use crate::varde::Varde;
use std::collections::{BTreeSet, HashSet};

/// The selection without its month.
fn grund(urval: &Urval) -> Urval {
    Urval {
        period: None,
        ..urval.clone()
    }
}

/// Through which month figures are counted: 12 without a month, 0 before the year.
fn manad(urval: &Urval) -> i8 {
    match (urval.period, urval.ar) {
        (Some(dag), Some(ar)) if dag.year() == ar => dag.month(),
        (Some(dag), Some(ar)) if dag.year() < ar => 0,
        _ => 12,
    }
}

/// The month of a fact about a year; `None` for what is said of the whole year.
fn faktummanad(f: &Faktum) -> Option<i8> {
    f.galler().period_fran.map(|dag| dag.month())
}

pub(super) fn berakna_del(del: Prognosdel, urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    match del {
        Prognosdel::Till => till(urval, fakta),
        Prognosdel::Rest => resten(urval, fakta),
        Prognosdel::Poster => poster(urval, fakta),
        Prognosdel::Helar => helar(urval, fakta),
        Prognosdel::Avvikelse => av_led(avvikelse(urval, fakta)),
        Prognosdel::Andel => andel(
            berakna(Matt::PrognosAvvikelse, urval, fakta),
            berakna(Matt::Budget, &grund(urval), fakta),
        ),
        Prognosdel::Kvar => av_led(vec![
            led(
                Ledtecken::Plus,
                berakna(Matt::Tillgangligt, &grund(urval), fakta),
            ),
            led(Ledtecken::Minus, berakna(Matt::PrognosHelar, urval, fakta)),
        ]),
        Prognosdel::Utrymme => utrymme(urval, fakta),
    }
}

const fn led(tecken: Ledtecken, harledning: Harledning) -> Led {
    Led { tecken, harledning }
}

/// The facts that the year's use is the sum of, in the ledger's order. During the year a
/// total that is awaited says nothing that one does not know.
fn anvanda<'a>(urval: &Urval, fakta: &'a (impl Liggare + ?Sized)) -> Vec<&'a Faktum> {
    let rader: HashSet<FaktumId> = berakna(Matt::AnvantInsats, &grund(urval), fakta)
        .rader
        .into_iter()
        .collect();
    let mut ut = fakta.med(&rader);
    ut.sort_by_key(|f| f.id);
    let pagar = manad(urval) < 12;
    ut.retain(|f| !(pagar && faktummanad(f).is_none() && f.varde().vantas()));
    ut
}

fn till(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let till = manad(urval);
    let rader: Vec<&Faktum> = anvanda(urval, fakta)
        .into_iter()
        .filter(|f| till == 12 || faktummanad(f).is_none_or(|m| m <= till))
        .collect();
    let utfall = summa(&rader, Varde::EjInrapporterat, urval.ar.is_none());
    (utfall, Vec::new(), rader.iter().map(|f| f.id).collect())
}

/// Facts of a kind within a selection, whatever their month.
fn inom<'a>(
    slag: FaktumSlag,
    urval: &Urval,
    fakta: &'a (impl Liggare + ?Sized),
) -> Vec<&'a Faktum> {
    let urval = grund(urval);
    fakta
        .mojliga(slag, &urval)
        .into_iter()
        .filter(|f| urval.omfattar(f.galler(), super::Arsfalt::Ar))
        .collect()
}

fn poster(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let till = manad(urval);
    let rader: Vec<&Faktum> = inom(FaktumSlag::Prognospost, urval, fakta)
        .into_iter()
        .filter(|f| till < 12 && faktummanad(f).is_none_or(|m| m > till))
        .collect();
    let utfall = summa(&rader, Varde::EjInrapporterat, urval.ar.is_none());
    (utfall, Vec::new(), rader.iter().map(|f| f.id).collect())
}

/// The method chosen for an insats and a year, and the fact that says so.
#[must_use]
pub fn metod(
    insats: InsatsId,
    ar: i16,
    fakta: &(impl Liggare + ?Sized),
) -> (Prognosmetod, Option<&Faktum>) {
    let urval = Urval::insats(insats).ar(ar);
    let vald = fakta
        .mojliga(FaktumSlag::Prognosmetod, &urval)
        .into_iter()
        .filter(|f| f.galler().insats == Some(insats) && f.galler().ar == Some(ar))
        .max_by_key(|f| f.id);
    let metod = vald
        .and_then(|f| f.galler().kategori.as_deref())
        .and_then(Prognosmetod::av_kod);
    (metod.unwrap_or(Prognosmetod::Linjar), vald)
}

/// What a forecast of one insats is made of, through the selection's month; `None` when the
/// selection names no insats or year, or when something used is not known.
#[must_use]
pub fn underlag(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Option<Prognosunderlag> {
    let (insats, ar) = (urval.insats?, urval.ar?);
    let mut u = Prognosunderlag {
        manad: manad(urval),
        ..Prognosunderlag::default()
    };
    for f in anvanda(urval, fakta) {
        let tal = f.varde().kant()?;
        match faktummanad(f) {
            Some(m) => lagg(&mut u.utfall, m, tal)?,
            None => u.utan_manad = Some(u.utan_manad.unwrap_or(0).checked_add(tal)?),
        }
    }
    u.bokfort = fakta
        .mojliga(FaktumSlag::Anvant, &Urval::default().ar(ar))
        .iter()
        .any(|f| f.galler().ar == Some(ar) && faktummanad(f).is_some_and(|m| m <= u.manad));
    u.budget = berakna(Matt::Budget, &grund(urval), fakta)
        .utfall
        .varde
        .kant();
    let forra = Urval {
        ar: ar.checked_sub(1),
        ..grund(urval)
    };
    for f in anvanda(&forra, fakta) {
        if let (Some(m), Some(tal)) = (faktummanad(f), f.varde().kant()) {
            lagg(&mut u.forra, m, tal)?;
        }
    }
    u.tjanster = tjanster(urval, ar, fakta);
    // The end is the whole initiative's, whichever kind of cost is asked for.
    let hela = Urval {
        kategori: None,
        ..urval.clone()
    };
    u.slut = tjanster(&hela, ar, fakta).and_then(|manader| {
        let sist = (1_i8..).zip(manader).filter(|(_, ore)| *ore != 0).last();
        sist.map(|(m, _)| m)
    });
    let (vald, faktum) = metod(insats, ar, fakta);
    if vald == Prognosmetod::Egen {
        u.egen = faktum.and_then(|f| f.varde().kant());
    }
    Some(u)
}

fn lagg(manader: &mut [Option<i64>; 12], manad: i8, tal: i64) -> Option<()> {
    let plats = usize::try_from(manad).ok()?.checked_sub(1)?;
    let cell = manader.get_mut(plats)?;
    *cell = Some(cell.unwrap_or(0).checked_add(tal)?);
    Some(())
}

/// What the positions cost each month of the year.
fn tjanster(urval: &Urval, ar: i16, fakta: &(impl Liggare + ?Sized)) -> Option<[i64; 12]> {
    let rader = inom(FaktumSlag::Tjanstekostnad, urval, fakta);
    if rader.is_empty() {
        return None;
    }
    let mut manader = [0_i64; 12];
    for f in rader {
        let tal = f.varde().kant()?;
        let g = f.galler();
        for (m, cell) in (1_i8..).zip(manader.iter_mut()) {
            let dag = jiff::civil::Date::new(ar, m, 1).ok()?;
            let med = g.period_fran.is_none_or(|fran| fran <= dag)
                && g.period_till.is_none_or(|till| till >= dag);
            if med {
                *cell = cell.checked_add(tal)?;
            }
        }
    }
    Some(manader)
}

/// What the insats' own method gives, and the material it was made of.
///
/// # Errors
/// Why it gives nothing.
pub fn foljs(
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Result<(Prognosmetod, Prognosunderlag, Rest), Hinder> {
    let u = underlag(urval, fakta).ok_or(Hinder::IngetBokfort)?;
    let vald = match (urval.insats, urval.ar) {
        (Some(insats), Some(ar)) => metod(insats, ar, fakta).0,
        _ => Prognosmetod::Linjar,
    };
    // Positions and an own figure are of the whole insats: a kind of cost goes on as it has.
    let av_helheten = matches!(vald, Prognosmetod::Tjanster | Prognosmetod::Egen);
    let vald = match urval.kategori {
        Some(_) if av_helheten => Prognosmetod::Linjar,
        _ => vald,
    };
    rest(vald, &u).map(|r| (vald, u, r))
}

fn resten(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let Ok((metod, _, rest)) = foljs(urval, fakta) else {
        return (Utfall::tomt(Varde::EjInrapporterat), Vec::new(), Vec::new());
    };
    let rader = if manad(urval) == 12 || rest.belopp == 0 {
        Vec::new()
    } else {
        grunden(metod, urval, fakta)
    };
    let utfall = Utfall {
        har_fakta: true,
        halv: if rest.avrundat { 50 } else { 0 },
        ..Utfall::tomt(Varde::Kant(rest.belopp))
    };
    (utfall, Vec::new(), rader)
}

/// The facts that a method looks at.
fn grunden(vald: Prognosmetod, urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Vec<FaktumId> {
    let ar = urval.ar.unwrap_or_default();
    let forra = Urval {
        ar: ar.checked_sub(1),
        ..grund(urval)
    };
    let hittills = || till(urval, fakta).2;
    match vald {
        Prognosmetod::Linjar => hittills(),
        Prognosmetod::Tjanster => inom(FaktumSlag::Tjanstekostnad, urval, fakta)
            .iter()
            .map(|f| f.id)
            .collect(),
        Prognosmetod::ForraAret => anvanda(&forra, fakta)
            .iter()
            .map(|f| f.id)
            .chain(hittills())
            .collect(),
        Prognosmetod::Egen => urval
            .insats
            .and_then(|insats| metod(insats, ar, fakta).1)
            .map(|f| f.id)
            .into_iter()
            .collect(),
    }
}

/// The insatser that something is said of in a selection: money to use, or used.
fn insatser(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> BTreeSet<InsatsId> {
    [
        FaktumSlag::Anvant,
        FaktumSlag::Fordelat,
        FaktumSlag::Overfort,
        FaktumSlag::Budget,
        FaktumSlag::Prognospost,
    ]
    .into_iter()
    .flat_map(|slag| inom(slag, urval, fakta))
    .filter_map(|f| f.galler().insats)
    .collect()
}

fn helar(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    if urval.insats.is_some() {
        return en_insats(urval, fakta);
    }
    let termer: Vec<Led> = insatser(urval, fakta)
        .into_iter()
        .map(|insats| {
            let urval = urval.clone().for_insats(insats);
            led(Ledtecken::Plus, berakna(Matt::PrognosHelar, &urval, fakta))
        })
        .collect();
    if termer.is_empty() {
        return (Utfall::tomt(Varde::EjInrapporterat), Vec::new(), Vec::new());
    }
    av_led(termer)
}

fn en_insats(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let hittills = berakna(Matt::AnvantTill, urval, fakta);
    let resten = berakna(Matt::PrognosRest, urval, fakta);
    let poster = berakna(Matt::Prognosposter, urval, fakta);
    // Nothing booked of one that shall begin later is no gap: the rest says what is expected.
    let ej_borjad = !hittills.utfall.har_fakta && resten.utfall.varde.kant().is_some();
    let mut termer = Vec::new();
    if !ej_borjad {
        termer.push(led(Ledtecken::Plus, hittills));
    }
    termer.push(led(Ledtecken::Plus, resten));
    if poster.utfall.har_fakta {
        termer.push(led(Ledtecken::Plus, poster));
    }
    av_led(termer)
}

fn avvikelse(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Vec<Led> {
    vec![
        led(Ledtecken::Plus, berakna(Matt::Budget, &grund(urval), fakta)),
        led(Ledtecken::Minus, berakna(Matt::PrognosHelar, urval, fakta)),
    ]
}

/// What nobody has got, and what those who have are expected to leave.
fn utrymme(urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let kvar = berakna(Matt::KvarAttFordela, &grund(urval), fakta);
    let vantat = berakna(Matt::PrognosAvvikelse, urval, fakta);
    let mut termer = vec![led(Ledtecken::Plus, kvar)];
    if vantat.utfall.varde.kant().is_some() {
        termer.push(led(Ledtecken::Plus, vantat));
    }
    av_led(termer)
}

#[cfg(test)]
mod tests;
