//! What belongs nowhere yet, as things to map: what is booked with the same mark, and without a
//! mark on the same account; costs and income each by itself. The same count everywhere.

use super::Namnen;
use crate::siffror::antal;
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::bokforing::Okopplad;
use utfall_domain::medel::kontering::{Kontering, Konteringsslag, Varfor};

/// What one chooses a place for at once: the mark, or the account when there is none, and what
/// it is. A rule without a company is about all of them.
type Nyckel = (Option<(u32, String)>, Option<u32>, Konteringsslag);

/// A thing to map.
#[derive(Default)]
pub(super) struct Grupp {
    /// What it is called.
    pub(super) ord: BTreeSet<String>,
    /// The account, when it is marked with nothing.
    pub(super) ensamt: Option<u32>,
    /// Its accounts.
    pub(super) konton: BTreeSet<u32>,
    /// Debit less credit, in öre.
    pub(super) ore: i64,
    /// How many rows.
    pub(super) rader: i64,
    /// What it is marked with.
    pub(super) objekt: Vec<(u32, String)>,
    /// What that is called, company by company.
    pub(super) namn: BTreeSet<String>,
    /// Why it belongs nowhere.
    pub(super) varfor: BTreeSet<Varfor>,
    /// Costs or income.
    pub(super) slag: Option<Konteringsslag>,
    /// What has the same mark is another thing too: a rule of the mark alone is about both.
    pub(super) delad: bool,
}

impl Grupp {
    /// Whether it is a rule that is missing, and nothing else.
    pub(super) fn utan_regel(&self) -> bool {
        self.varfor.iter().all(|v| *v == Varfor::IngenRegel)
    }

    /// What it is called, with what it is called by another company.
    pub(super) fn heter(&self) -> String {
        let alla: Vec<&str> = self.ord.iter().map(String::as_str).collect();
        alla.join(" / ")
    }
}

/// By its project, else by its cost centre.
fn markning(k: &Kontering) -> Option<&(u32, String)> {
    let med = |dim: u32| k.objekt.iter().find(|(d, _)| *d == dim);
    med(6).or_else(|| med(1))
}

/// How many things there are to map.
pub fn antal_saker<'a>(okopplade: impl Iterator<Item = (&'a Kontering, Konteringsslag)>) -> usize {
    let nyckel = |(k, slag): (&'a Kontering, Konteringsslag)| {
        let markt = markning(k);
        let ensamt = markt.is_none().then_some(k.konto);
        (markt, ensamt, slag)
    };
    okopplade.map(nyckel).collect::<BTreeSet<_>>().len()
}

/// The same of what waits.
pub fn saker(okopplade: &[Okopplad]) -> usize {
    antal_saker(okopplade.iter().map(|o| (&o.kontering, o.slag)))
}

/// So many: `En sak att koppla`, `4 saker att koppla`; `inga` when there are none.
pub fn att_koppla(antal_saker: usize, inga: &str) -> String {
    antal(antal_saker, inga, "En sak att koppla", "saker att koppla")
}

/// The things to map. The largest first.
pub(super) fn grupper(okopplade: &[Okopplad], namnen: &Namnen) -> Vec<Grupp> {
    let mut ut: BTreeMap<Nyckel, Grupp> = BTreeMap::new();
    for o in okopplade {
        let k = &o.kontering;
        let markt = markning(k).cloned();
        let ensamt = markt.is_none().then_some(k.konto);
        let objekt: Vec<(u32, String)> = markt.clone().into_iter().collect();
        let grupp = ut.entry((markt, ensamt, o.slag)).or_default();
        if let Some((dim, nr)) = objekt.first() {
            let ensam = Kontering::ny(k.orgnr.clone(), k.konto, objekt.clone());
            grupp.ord.insert(namnen.objekt(&ensam));
            let namn = namnen.namn(&k.orgnr, &dim.to_string(), nr).to_owned();
            grupp.namn.insert(namn);
        } else {
            grupp.ord.insert(namnen.konto(k));
        }
        grupp.konton.insert(k.konto);
        grupp.varfor.extend(o.varfor.iter().copied());
        grupp.ore = grupp.ore.saturating_add(o.ore);
        grupp.rader = grupp.rader.saturating_add(o.antal);
        (grupp.objekt, grupp.ensamt, grupp.slag) = (objekt, ensamt, Some(o.slag));
    }
    let markta = |g: &Grupp| g.objekt.first().cloned();
    let mut per: BTreeMap<(u32, String), usize> = BTreeMap::new();
    for m in ut.values().filter_map(markta) {
        let antal = per.entry(m).or_insert(0);
        *antal = antal.saturating_add(1);
    }
    let mut ut: Vec<Grupp> = ut.into_values().collect();
    for g in &mut ut {
        g.delad = markta(g).is_some_and(|m| per.get(&m).is_some_and(|n| *n > 1));
    }
    ut.sort_by_key(|g| std::cmp::Reverse(g.ore.unsigned_abs()));
    ut
}
