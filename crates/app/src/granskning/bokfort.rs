//! What boards report beside what is booked of the same grant, board and year.

use super::{Funnet, Fyndlage, REGISTER, nyckel};
use crate::lasning::Bok;
use crate::uppfoljning::bockerna;
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::granskning::{Bokfortsagt, Rad, granska_bokfort};
use utfall_domain::id::{BidragId, FaktumId, OrganisationId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Ore;
use utfall_domain::tid::i_ord;

/// A grant, a year and a board.
type Nyckel = (BidragId, i16, OrganisationId);

/// The findings, each with the facts behind its two rows.
pub(super) fn fynd(bok: &Bok) -> Vec<Funnet> {
    let mut sagda: BTreeSet<Nyckel> = BTreeSet::new();
    let mut bokfort: BTreeMap<Nyckel, Vec<&Faktum>> = BTreeMap::new();
    let mut utan_namnd: BTreeSet<(BidragId, i16)> = BTreeSet::new();
    for f in bok.fakta() {
        let g = f.galler();
        let (Some(bidrag), Some(ar), None) = (g.bidrag, g.ar, &g.version) else {
            continue;
        };
        let ur_bockerna = f.fakta.slag == FaktumSlag::Anvant && f.fakta.bokforing.is_some();
        match g.organisation {
            Some(namnd) if ur_bockerna => {
                bokfort.entry((bidrag, ar, namnd)).or_default().push(f);
            }
            Some(namnd) if f.fakta.slag == FaktumSlag::AnvantNamnd => {
                sagda.insert((bidrag, ar, namnd));
            }
            None if ur_bockerna => {
                utan_namnd.insert((bidrag, ar));
            }
            _ => {}
        }
    }
    sagda
        .into_iter()
        .filter(|(bidrag, ar, _)| !utan_namnd.contains(&(*bidrag, *ar)))
        .filter_map(|nyckel| ett(bok, nyckel, bokfort.get(&nyckel)?))
        .collect()
}

fn ett(bok: &Bok, (bidrag, ar, namnd): Nyckel, fakta: &[&Faktum]) -> Option<Funnet> {
    let urval = Urval::bidrag(bidrag).ar(ar);
    let redovisat = bok.matt(Matt::AnvantNamnd, &urval.clone().for_organisation(namnd));
    let sagt = redovisat.utfall.varde.kant()?;
    // Where something is stated beside the books the booked part is not what counts.
    let raknas = bok.matt(Matt::AnvantInsats, &urval).rader;
    let mut raknas = raknas.into_iter().filter_map(|id| bok.faktum(id));
    if raknas.any(|f| f.fakta.bokforing.is_none()) {
        return None;
    }
    let bokfort = fakta.iter().try_fold(0_i64, |summa, f| {
        f.varde().kant().and_then(|ore| summa.checked_add(ore))
    })?;
    let b = bok.bidrag(bidrag)?;
    let namnd = bok.organisationsnamn(namnd);
    let bokfort_till = bockerna(bok, &urval)
        .iter()
        .filter(|r| !r.hel(ar, 12))
        .map(|r| r.till())
        .min();
    let rad = |vad: &str, ore: i64, plats: &str| Rad {
        sokvag: String::new(),
        etikett: format!("{vad}, {namnd} {ar}"),
        varde: format!("{}\u{a0}kr", Ore(ore)),
        plats: plats.to_owned(),
        dokument: None,
    };
    let fall = Bokfortsagt {
        dokument: REGISTER.to_owned(),
        plats: format!("{} {ar}, {namnd}", b.namn),
        namnd: namnd.to_owned(),
        ar,
        sagt: (sagt, redovisat.utfall.halv),
        bokfort,
        bokfort_till: bokfort_till.map(i_ord),
        rader: vec![
            rad("Använt enligt nämnden", sagt, "nämndens redovisning"),
            rad("Bokfört", bokfort, "bokföringen"),
        ],
    };
    let fynd = granska_bokfort(&[fall]).pop()?;
    let bokforda: Vec<FaktumId> = fakta.iter().map(|f| f.id).collect();
    let radernas = vec![redovisat.rader.clone(), bokforda];
    Some(Funnet {
        nyckel: nyckel(&fynd),
        underlag: None,
        bidrag: BTreeSet::from([b.slug.clone()]),
        bakom: radernas.concat(),
        radernas,
        fynd,
        lage: Fyndlage::Kvar,
    })
}
