//! What came of the participants, as figures: the questions that SUS answered (doman.md 1.4).
//!
//! Everything here is exact counts. Who may see which of them, and what is hidden, is another
//! matter and not decided here: these figures are for the performer that has the participants.
//!
//! Invariant: the parts of a [`Fordelning`] are its total, and what is not known is one of them.

use super::deltagande::{Situation, Vag};
use super::kodlista::version::gallande;
use super::kodlista::{Listnamn, OKANT, SusGrupp};
use super::rad::{Anonyma, Deltagarrad, Period};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How many of each code, each participation in one: the parts are the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fordelning {
    /// The codes in the order of their list, those that nobody has left out.
    pub delar: Vec<(String, u64)>,
    /// All of them.
    pub alla: u64,
}

/// How many of each code, where one participation can have several: never added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlapp {
    /// The codes in the order of their list, those that nobody has left out.
    pub delar: Vec<(String, u64)>,
    /// How many participations they are of.
    pub av: u64,
    /// Of these, how many have none of the codes.
    pub utan: u64,
}

/// How many take part, begin and end (R149, R171).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Antal {
    /// Participations on any day of the period.
    pub deltaganden: u64,
    /// Different persons among them.
    pub personer: u64,
    /// That began in it.
    pub borjade: u64,
    /// That ended in it.
    pub slutade: u64,
    /// That went on on its last day and had not ended on it.
    pub kvar: u64,
}

/// Of those that ended, how many work or study afterwards (SUS' standard report).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArbeteEllerStudier {
    /// That ended.
    pub av: u64,
    /// That work or study directly afterwards.
    pub efter: u64,
    /// Of these, that did neither before, or that work more than before.
    pub borjade_eller_okade: u64,
    /// Of whom it is not known.
    pub okant: u64,
}

/// From one group to another: how many.
pub type Overgangar = BTreeMap<(SusGrupp, SusGrupp), u64>;

/// What was told a time after the end, of those that ended in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uppfoljt {
    /// Answered.
    pub svarade: u64,
    /// Of these, that work or study.
    pub i_mal: u64,
    /// Asked without an answer, whatever the reason.
    pub utan_svar: u64,
    /// It is time, and nobody has asked.
    pub forsenade: u64,
    /// It is not time yet.
    pub inte_an: u64,
}

/// How much of what is counted has data behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tackning {
    /// Participations with data.
    pub med: u64,
    /// All of them, those who are only counted too.
    pub alla: u64,
}

impl Tackning {
    /// In whole per cent, halves up; `None` of nobody.
    #[must_use]
    pub fn procent(self) -> Option<u64> {
        procent(self.med, self.alla)
    }
}

/// `del` of `hel` in whole per cent, halves up; `None` when there is nothing to be a part of.
#[must_use]
pub fn procent(del: u64, hel: u64) -> Option<u64> {
    let (del, hel) = (u128::from(del), u128::from(hel));
    let dubbelt = del.checked_mul(200)?.checked_add(hel)?;
    let svar = dubbelt.checked_div(hel.checked_mul(2)?)?;
    u64::try_from(svar).ok()
}

fn hur_manga<T>(alla: impl IntoIterator<Item = T>) -> u64 {
    u64::try_from(alla.into_iter().count()).unwrap_or(u64::MAX)
}

/// How many take part, begin and end in a period.
#[must_use]
pub fn antal(rader: &[Deltagarrad], period: Period) -> Antal {
    let med: Vec<&Deltagarrad> = rader.iter().filter(|r| r.deltog(period)).collect();
    let personer: BTreeSet<_> = med.iter().map(|r| (r.organisation, r.person)).collect();
    let slutade = |r: &&&Deltagarrad| r.uttrade().is_some_and(|u| period.har(u.dag));
    let kvar = |r: &&&Deltagarrad| r.uttrade().is_none_or(|u| period.till < u.dag);
    Antal {
        deltaganden: hur_manga(&med),
        personer: hur_manga(personer),
        borjade: hur_manga(med.iter().filter(|r| period.har(r.deltagande.intrade.dag))),
        slutade: hur_manga(med.iter().filter(slutade)),
        kvar: hur_manga(med.iter().filter(kvar)),
    }
}

/// Those that ended in a period.
fn avslutade(rader: &[Deltagarrad], period: Period) -> impl Iterator<Item = &Deltagarrad> {
    rader
        .iter()
        .filter(move |r| r.uttrade().is_some_and(|u| period.har(u.dag)))
}

/// In the order of the list; what the list does not have comes last.
fn i_listans_ordning(lista: Listnamn, antal: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let version = gallande(lista, &[], Date::MAX);
    let plats = |kod: &str| {
        version
            .and_then(|l| l.finn(kod))
            .map_or(u16::MAX, |k| k.ordning)
    };
    let mut ut: Vec<(String, u64)> = antal.into_iter().collect();
    ut.sort_by_key(|(kod, _)| plats(kod));
    ut
}

fn rakna(koder: impl IntoIterator<Item = String>) -> (BTreeMap<String, u64>, u64) {
    let mut antal: BTreeMap<String, u64> = BTreeMap::new();
    let mut alla = 0_u64;
    for kod in koder {
        let plats = antal.entry(kod).or_default();
        *plats = plats.saturating_add(1);
        alla = alla.saturating_add(1);
    }
    (antal, alla)
}

fn fordelning(lista: Listnamn, koder: impl IntoIterator<Item = String>) -> Fordelning {
    let (antal, alla) = rakna(koder);
    Fordelning {
        delar: i_listans_ordning(lista, antal),
        alla,
    }
}

/// How far those that ended came (R168): the parts are all that ended.
#[must_use]
pub fn fullfoljande(rader: &[Deltagarrad], period: Period) -> Fordelning {
    let koder = avslutade(rader, period).filter_map(|r| r.uttrade());
    fordelning(
        Listnamn::Fullfoljande,
        koder.map(|u| u.fullfoljande.clone()),
    )
}

/// Why those that were not completed were not: the parts are those that were not.
#[must_use]
pub fn avbrottsorsaker(rader: &[Deltagarrad], period: Period) -> Fordelning {
    let koder = avslutade(rader, period).filter_map(|r| r.uttrade()?.avbrottsorsak.clone());
    fordelning(Listnamn::Avbrottsorsak, koder)
}

/// Where they went (R169): each in one, and those of whom it is not known are one of the parts.
#[must_use]
pub fn sluttillstand(rader: &[Deltagarrad], period: Period) -> Fordelning {
    let koder = avslutade(rader, period).filter_map(|r| r.uttrade());
    fordelning(
        Listnamn::Sluttillstand,
        koder.map(|u| u.sluttillstand.clone()),
    )
}

/// Why they ended.
#[must_use]
pub fn anledningar(rader: &[Deltagarrad], period: Period) -> Fordelning {
    let koder = avslutade(rader, period).filter_map(|r| r.uttrade());
    fordelning(
        Listnamn::Avslutsanledning,
        koder.map(|u| u.anledning.clone()),
    )
}

fn overlapp<'a>(lista: Listnamn, koder: impl Iterator<Item = Vec<&'a str>>) -> Overlapp {
    let mut antal: BTreeMap<String, u64> = BTreeMap::new();
    let (mut av, mut utan) = (0_u64, 0_u64);
    for egna in koder {
        av = av.saturating_add(1);
        let egna: BTreeSet<&str> = egna.into_iter().collect();
        if egna.is_empty() {
            utan = utan.saturating_add(1);
        }
        for kod in egna {
            let plats = antal.entry(kod.to_owned()).or_default();
            *plats = plats.saturating_add(1);
        }
    }
    Overlapp {
        delar: i_listans_ordning(lista, antal),
        av,
        utan,
    }
}

/// What other help was given on the way (R169): several each, and never added to the outcomes.
#[must_use]
pub fn stod(rader: &[Deltagarrad], period: Period) -> Overlapp {
    let alla = avslutade(rader, period).filter_map(|r| r.uttrade());
    let koder = alla.map(|u| u.stod.iter().map(String::as_str).collect());
    overlapp(Listnamn::AnnatStod, koder)
}

fn lever_pa(s: &Situation) -> Vec<&str> {
    s.forsorjning.iter().map(|f| f.kod.as_str()).collect()
}

/// What those that ended lived on before, and after: several sources each.
#[must_use]
pub fn forsorjning(rader: &[Deltagarrad], period: Period) -> (Overlapp, Overlapp) {
    let fore = avslutade(rader, period).map(|r| lever_pa(&r.deltagande.intrade.situation));
    let efter = avslutade(rader, period).filter_map(|r| Some(lever_pa(&r.uttrade()?.situation)));
    let lista = Listnamn::Forsorjning;
    (overlapp(lista, fore), overlapp(lista, efter))
}

/// SUS' group of an occupation. What no list has is among the others, as SUS counts it.
fn grupp(s: &Situation) -> SusGrupp {
    let version = gallande(Listnamn::Sysselsattning, &[], Date::MAX);
    let kod = version.and_then(|l| l.finn(&s.sysselsattning));
    kod.and_then(|k| k.sus).unwrap_or(SusGrupp::Ovriga)
}

/// From which occupation to which, in SUS' four groups: the sum is all that ended.
#[must_use]
pub fn overgangar(rader: &[Deltagarrad], period: Period) -> Overgangar {
    let mut ut = Overgangar::new();
    for r in avslutade(rader, period) {
        let Some(u) = r.uttrade() else { continue };
        let fran = grupp(&r.deltagande.intrade.situation);
        let plats = ut.entry((fran, grupp(&u.situation))).or_default();
        *plats = plats.saturating_add(1);
    }
    ut
}

fn i_mal(s: &Situation) -> bool {
    matches!(grupp(s), SusGrupp::Forvarvsarbete | SusGrupp::Studier)
}

/// Work in per cent; nothing of who does not work or whose extent is not told.
fn arbetstid(s: &Situation) -> Option<u8> {
    Some(s.arbete.as_ref()?.omfattning?.procent())
}

/// Of those that ended, how many work or study, and of these how many began or do more.
#[must_use]
pub fn arbete_eller_studier(rader: &[Deltagarrad], period: Period) -> ArbeteEllerStudier {
    let mut ut = ArbeteEllerStudier {
        av: 0,
        efter: 0,
        borjade_eller_okade: 0,
        okant: 0,
    };
    for r in avslutade(rader, period) {
        let Some(u) = r.uttrade() else { continue };
        let (fore, efter) = (&r.deltagande.intrade.situation, &u.situation);
        ut.av = ut.av.saturating_add(1);
        if efter.sysselsattning == OKANT {
            ut.okant = ut.okant.saturating_add(1);
        }
        if !i_mal(efter) {
            continue;
        }
        ut.efter = ut.efter.saturating_add(1);
        let mer = match (arbetstid(fore), arbetstid(efter)) {
            (Some(fore), Some(efter)) => efter > fore,
            _ => false,
        };
        if !i_mal(fore) || mer {
            ut.borjade_eller_okade = ut.borjade_eller_okade.saturating_add(1);
        }
    }
    ut
}

/// Of those that ended, how many work or study, group by group; one participation can be in several
/// groups, or in none. The groups in the order of their keys.
#[must_use]
pub fn uppdelat<K: Ord>(
    rader: &[Deltagarrad],
    period: Period,
    grupper: impl Fn(&Deltagarrad) -> Vec<K>,
) -> Vec<(K, ArbeteEllerStudier)> {
    let mut ut: BTreeMap<K, Vec<Deltagarrad>> = BTreeMap::new();
    for r in avslutade(rader, period) {
        for grupp in grupper(r) {
            ut.entry(grupp).or_default().push(r.clone());
        }
    }
    ut.into_iter()
        .map(|(grupp, rader)| (grupp, arbete_eller_studier(&rader, period)))
        .collect()
}

/// How long those that ended took part, in days: the lengths in order.
#[must_use]
pub fn langder(rader: &[Deltagarrad], period: Period) -> Vec<u32> {
    let mut ut: Vec<u32> = avslutade(rader, period)
        .filter_map(Deltagarrad::langd)
        .collect();
    ut.sort_unstable();
    ut
}

/// The middle of lengths in order, the lower of the two middle ones; `None` of nobody.
#[must_use]
pub fn median(langder: &[u32]) -> Option<u32> {
    let mitten = langder.len().checked_sub(1)?.checked_div(2)?;
    langder.get(mitten).copied()
}

/// What was told a time after the end, of those that ended in a period, as of a day.
#[must_use]
pub fn uppfoljt(rader: &[Deltagarrad], period: Period, (vag, per): (Vag, Date)) -> Uppfoljt {
    use super::deltagande::Lage;
    let mut ut = Uppfoljt::default();
    for r in avslutade(rader, period) {
        let Lage::Avslutat { uttrade, uppfoljt } = &r.deltagande.lage else {
            continue;
        };
        let plats = match uppfoljt.get(&vag) {
            Some(svar) => match &svar.situation {
                Some(s) => {
                    if i_mal(s) {
                        ut.i_mal = ut.i_mal.saturating_add(1);
                    }
                    &mut ut.svarade
                }
                None => &mut ut.utan_svar,
            },
            None if vag.dag(uttrade.dag).is_some_and(|dag| dag <= per) => &mut ut.forsenade,
            None => &mut ut.inte_an,
        };
        *plats = plats.saturating_add(1);
    }
    ut
}

/// How much of what is counted in a calendar year has data behind it.
#[must_use]
pub fn tackning(rader: &[Deltagarrad], anonyma: &[Anonyma], ar: i16) -> Tackning {
    let med = Period::ar(ar).map_or(0, |period| antal(rader, period).deltaganden);
    let utan = anonyma
        .iter()
        .filter(|a| a.ar == ar)
        .flat_map(|a| a.antal.values())
        .fold(0_u64, |summa, antal| summa.saturating_add(*antal));
    Tackning {
        med,
        alla: med.saturating_add(utan),
    }
}

#[cfg(test)]
mod tests;
