//! Which grants a finding speaks of. A paper may be about many, and a report to one funder
//! must not carry what is wrong with another's grant.

use super::Funnet;
use super::registret::bidrag_id;
use crate::lasning::Bok;
use std::collections::BTreeSet;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::Faktum;
use utfall_domain::granskning::Fynd;
use utfall_domain::id::{BidragId, UnderlagId};
use utfall_domain::medel::Bidrag;
use utfall_domain::underlag::Underlag;

/// The grants whose statements a finding rests on, by designation. Empty when the statements
/// belong to no grant.
pub(super) fn bidragen(underlag: &Underlag, fynd: &Fynd) -> BTreeSet<String> {
    fynd.rader
        .iter()
        .filter(|rad| rad.dokument.is_none())
        .flat_map(|rad| bakom(underlag, &rad.sokvag))
        .collect()
}

/// The grants that a finding in the register speaks of, by slug: those of the facts behind it,
/// of the initiatives that they are about, and of the statements it rests on.
pub(super) fn registrets(
    bok: &Bok,
    underlag: &Underlag,
    fynd: &Fynd,
    fakta: &[&Faktum],
) -> BTreeSet<String> {
    let insatsens = |f: &&Faktum| f.galler().insats.and_then(|id| bok.insats(id)?.bidrag);
    let egna = fakta.iter().filter_map(|f| f.galler().bidrag);
    let deras = egna.chain(fakta.iter().filter_map(insatsens));
    let sagda: BTreeSet<String> = bidragen(underlag, fynd);
    let i_texten = |b: &&Bidrag| sagda.contains(&bidrag_id(b.id));
    let i_texten = bok.bidrag.iter().filter(i_texten);
    deras
        .filter_map(|id| bok.bidrag(id))
        .chain(i_texten)
        .map(|b| b.slug.clone())
        .collect()
}

/// The grants behind a path such as `fordelningar[3].rader[1]`.
fn bakom(underlag: &Underlag, sokvag: &str) -> Vec<String> {
    let Some((lista, rest)) = sokvag.split_once('[') else {
        return Vec::new();
    };
    let Some(nr) = rest.split_once(']').and_then(|(nr, _)| nr.parse().ok()) else {
        return Vec::new();
    };
    let nr: usize = nr;
    let en = |bidrag: Option<&String>| bidrag.cloned().into_iter().collect();
    match lista {
        "bidrag" => en(underlag.bidrag.get(nr).map(|b| &b.id.0)),
        "fordelningar" => underlag
            .fordelningar
            .get(nr)
            .map(|f| f.bidrag.iter().map(|b| b.0.clone()).collect())
            .unwrap_or_default(),
        "insatser" => en(underlag
            .insatser
            .get(nr)
            .and_then(|i| i.bidrag.as_ref())
            .map(|b| &b.0)),
        "beslut" => en(underlag
            .beslut
            .get(nr)
            .and_then(|b| b.bidrag.as_ref())
            .map(|b| &b.0)),
        _ => Vec::new(),
    }
}

impl Funnet {
    /// Whether it concerns the grant with this slug: its own statements are behind it, or
    /// nobody's are and it stands in one of the grant's `papper`.
    #[must_use]
    pub fn ror(&self, slug: &str, papper: &BTreeSet<UnderlagId>) -> bool {
        if self.bidrag.is_empty() {
            return self.underlag.is_some_and(|u| papper.contains(&u));
        }
        self.bidrag.contains(slug)
    }
}

/// The papers that facts about a grant were read from, and the later versions of them.
#[must_use]
pub fn papper_om_bidrag(bocker: &Bocker, bidrag: BidragId) -> BTreeSet<UnderlagId> {
    let papper = bocker
        .fakta
        .iter()
        .filter(|f| f.galler().bidrag == Some(bidrag))
        .filter_map(|f| f.fakta.kalla.as_ref().map(|kalla| kalla.underlag))
        .collect();
    med_versioner(bocker, papper)
}

/// These papers and the later versions of them: what a new version says as before was read
/// from the earlier one.
#[must_use]
pub fn med_versioner(bocker: &Bocker, mut papper: BTreeSet<UnderlagId>) -> BTreeSet<UnderlagId> {
    for u in bocker.underlag.iter().filter(|u| u.ersatter.is_some()) {
        if bocker.versioner(u.id).iter().any(|id| papper.contains(id)) {
            papper.insert(u.id);
        }
    }
    papper
}
