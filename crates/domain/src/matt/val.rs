//! Totals over several grants, initiatives and years: what can be told apart is counted by
//! itself and then added.

use super::berakning::{
    Harledning, Led, Ledtecken, Svar, Utfall, av_led, berakna, utan_obeslutade,
};
use super::{Grupp, Liggare, Matt, Urval};
use crate::faktum::{Faktum, FaktumSlag, Galler};
use crate::id::{BidragId, FaktumId, InsatsId};
use crate::varde::Varde;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a choice is made for: a grant, an initiative, or what names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sak {
    Bidrag(Option<BidragId>),
    Insats(Option<InsatsId>),
}

impl Sak {
    const fn av(per: Grupp, g: &Galler) -> Self {
        match per {
            Grupp::Bidrag => Self::Bidrag(g.bidrag),
            Grupp::Insats => Self::Insats(g.insats),
        }
    }

    /// The selection with only this in it.
    fn inom(self, urval: &Urval) -> Urval {
        let urval = urval.clone();
        match self {
            Self::Bidrag(bidrag) => Urval {
                utan_bidrag: bidrag.is_none(),
                bidrag,
                ..urval
            },
            Self::Insats(insats) => Urval {
                utan_insats: insats.is_none(),
                insats,
                ..urval
            },
        }
    }
}

/// The facts behind some figures.
fn bakom<'a>(alla: &[Harledning], fakta: &'a (impl Liggare + ?Sized)) -> Vec<&'a Faktum> {
    fn samla(h: &Harledning, rader: &mut HashSet<FaktumId>) {
        rader.extend(&h.rader);
        h.led.iter().for_each(|l| samla(&l.harledning, rader));
    }
    let mut rader = HashSet::new();
    alla.iter().for_each(|h| samla(h, &mut rader));
    fakta.med(&rader)
}

const fn plus(harledning: Harledning) -> Led {
    Led {
        tecken: Ledtecken::Plus,
        harledning,
    }
}

/// The first that has any fact, chosen for each grant (or initiative) and year by itself and
/// then added: one year's requisition must not hide the next year's grant, nor one grant's
/// boards another's initiatives.
pub(super) fn forsta(
    matt: Matt,
    (val, per): (&[Matt], Grupp),
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Svar {
    let alla: Vec<Harledning> = val.iter().map(|m| berakna(*m, urval, fakta)).collect();
    let rader = bakom(&alla, fakta);
    let saker: BTreeSet<Sak> = rader.iter().map(|f| Sak::av(per, f.galler())).collect();
    let urvalen: Vec<Urval> = if saker.len() > 1 {
        saker.into_iter().map(|sak| sak.inom(urval)).collect()
    } else {
        let ar: BTreeSet<Option<i16>> = rader.iter().map(|f| f.galler().ar).collect();
        if ar.len() > 1 && ar.contains(&None) {
            return utan_ar(alla, fakta);
        }
        let flera = ar.len() > 1;
        let ar = ar.into_iter().filter(|_| flera);
        ar.map(|ar| Urval {
            ar,
            ..urval.clone()
        })
        .collect()
    };
    if urvalen.is_empty() {
        let vald = i_helheten((val, per), urval, &rader, fakta);
        return ensam(alla, vald, fakta);
    }
    let led: Vec<Led> = urvalen
        .iter()
        .map(|u| plus(berakna(matt, u, fakta)))
        .collect();
    let raknas: Vec<Varde> = led.iter().map(|l| l.harledning.utfall.varde).collect();
    ihop(led, &raknas, urval.ar.is_none())
}

/// Whether a figure rests on nothing but requisitions for a part of the year, while more are
/// to come: it says what has been asked for, and not yet what there is.
fn bara_delar(h: &Harledning, fakta: &(impl Liggare + ?Sized)) -> bool {
    let rader = bakom(std::slice::from_ref(h), fakta);
    !rader.is_empty()
        && rader.iter().all(|f| {
            f.fakta.slag == FaktumSlag::Rekvirerat
                && f.galler().kategori.as_deref() == Some(crate::faktum::DELREKVISITION)
        })
}

/// Which is chosen for the whole of an initiative, when the selection is only what one funder
/// or grant pays of it: an initiative that grants pay for has no budget of its own beside
/// theirs, so that the funders' rows add up to the initiative.
fn i_helheten(
    (val, per): (&[Matt], Grupp),
    urval: &Urval,
    rader: &[&Faktum],
    fakta: &(impl Liggare + ?Sized),
) -> Option<usize> {
    let smalt = urval.bidrag.is_some() || urval.finansiar.is_some() || urval.utan_bidrag;
    if per != Grupp::Insats || !smalt {
        return None;
    }
    // Here all facts are of one initiative and one year, or there are none.
    let en = rader.first().map(|f| f.galler());
    let insats = urval.insats.or(en.and_then(|g| g.insats))?;
    let hela = Urval {
        insats: Some(insats),
        ar: urval.ar.or(en.and_then(|g| g.ar)),
        bidrag: None,
        finansiar: None,
        utan_bidrag: false,
        ..urval.clone()
    };
    let alla: Vec<Harledning> = val.iter().map(|m| berakna(*m, &hela, fakta)).collect();
    valet(&alla, fakta)
}

/// The one that is booked, or the first that has any fact.
fn valet(alla: &[Harledning], fakta: &(impl Liggare + ?Sized)) -> Option<usize> {
    let annat_finns = |nr: usize| {
        let sedan = alla.iter().skip(nr.saturating_add(1));
        sedan.into_iter().any(|h| h.utfall.har_fakta)
    };
    // The accounts are no report of somebody's: what others say is compared with them.
    let bokfort = |h: &Harledning| {
        let rader = bakom(std::slice::from_ref(h), fakta);
        rader.iter().any(|f| f.fakta.bokforing.is_some())
    };
    alla.iter().position(bokfort).or_else(|| {
        alla.iter()
            .enumerate()
            .position(|(nr, h)| h.utfall.har_fakta && !(annat_finns(nr) && bara_delar(h, fakta)))
    })
}

/// The one that is chosen, or the last of them when none is.
fn ensam(alla: Vec<Harledning>, vald: Option<usize>, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let vald = vald.or_else(|| valet(&alla, fakta));
    let vald = vald.unwrap_or(alla.len().saturating_sub(1));
    match alla.into_iter().nth(vald) {
        Some(harledning) => {
            let utfall = harledning.utfall;
            let tecken = Ledtecken::Lika;
            (utfall, vec![Led { tecken, harledning }], Vec::new())
        }
        None => (Utfall::tomt(Varde::Okant), Vec::new(), Vec::new()),
    }
}

/// Some facts name a year and some do not, so they cannot be told apart by year. When all
/// that would be chosen is of one measure it is that. Otherwise nobody knows whether the
/// second choice is needed beside the first, and only the first is known.
fn utan_ar(alla: Vec<Harledning>, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let mut per_ar: BTreeMap<Option<i16>, usize> = BTreeMap::new();
    for (nr, h) in alla.iter().enumerate() {
        for f in bakom(std::slice::from_ref(h), fakta) {
            per_ar.entry(f.galler().ar).or_insert(nr);
        }
    }
    let valda: BTreeSet<usize> = per_ar.into_values().collect();
    if valda.len() < 2 {
        return ensam(alla, None, fakta);
    }
    let led: Vec<Led> = alla
        .into_iter()
        .enumerate()
        .filter(|(nr, _)| valda.contains(nr))
        .map(|(_, h)| plus(h))
        .collect();
    let forst = led.first().map(|l| l.harledning.utfall);
    let (mut utfall, led, rader) = av_led(led);
    utfall.varde = Varde::Okant;
    utfall.kand_del = forst.and_then(|u| u.varde.kant().or(u.kand_del));
    (utfall, led, rader)
}

/// The sum of parts. Over several years those that nobody has decided are left out, and
/// stand in the derivation as undecided.
fn ihop(led: Vec<Led>, avgor: &[Varde], flera_ar: bool) -> Svar {
    let raknas = utan_obeslutade(avgor, flera_ar);
    let utelamna = raknas.len() < avgor.len();
    let (mut utfall, alla, rader) = av_led(led);
    if utelamna {
        let raknade = alla.iter().zip(avgor);
        let raknade = raknade.filter(|(_, v)| **v != Varde::EjBeslutat);
        let (av_dem, ..) = av_led(raknade.map(|(l, _)| l.clone()).collect());
        utfall.varde = av_dem.varde;
        utfall.kand_del = av_dem.kand_del;
        utfall.utan_obeslutat = true;
    }
    (utfall, alla, rader)
}

/// A difference counted for each grant by itself and then added; `None` when there are not
/// several to tell apart.
///
/// What an initiative outside all grants has used is left of none of them. But what is
/// granted or distributed without a named grant is of some of them, and then they can only
/// be counted together.
pub(super) fn per_bidrag(
    matt: Matt,
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
    termer: &[Led],
) -> Option<Svar> {
    let h: Vec<Harledning> = termer.iter().map(|l| l.harledning.clone()).collect();
    let rader = bakom(&h, fakta);
    let anvant = |f: &&Faktum| matches!(f.fakta.slag, FaktumSlag::Anvant | FaktumSlag::AnvantNamnd);
    let alla: BTreeSet<Option<BidragId>> = rader.iter().map(|f| f.galler().bidrag).collect();
    let utan = |f: &&&Faktum| f.galler().bidrag.is_none();
    if alla.len() < 2 || !rader.iter().filter(utan).all(anvant) {
        return beslutade_ar(matt, urval, fakta, termer);
    }
    let led: Vec<Led> = alla
        .into_iter()
        .filter(Option::is_some)
        .map(|b| plus(berakna(matt, &Sak::Bidrag(b).inom(urval), fakta)))
        .collect();
    // A grant that nobody has decided is left out; one that nobody has distributed is not.
    let beslutat: Vec<Varde> = led.iter().map(forsta_termen).collect();
    Some(ihop(led, &beslutat, urval.ar.is_none()))
}

/// What is left to distribute over several years of which some are not decided: what is
/// planned for those is too much of nothing, and is added again. Money
/// that is carried there is money, and what is distributed of it is counted; what is used is
/// used whatever is decided.
fn beslutade_ar(
    matt: Matt,
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
    termer: &[Led],
) -> Option<Svar> {
    let [forst, fordelat] = termer else {
        return None;
    };
    let obeslutat = forst.harledning.utfall.utan_obeslutat;
    if matt != Matt::KvarAttFordela || urval.ar.is_some() || !obeslutat {
        return None;
    }
    let h: Vec<Harledning> = termer.iter().map(|l| l.harledning.clone()).collect();
    let finns: BTreeSet<Option<i16>> = bakom(&h, fakta).iter().map(|f| f.galler().ar).collect();
    let ar: Vec<i16> = finns.iter().copied().collect::<Option<_>>()?;
    let i_aret = |matt: Matt, ar: i16| berakna(matt, &urval.clone().ar(ar), fakta);
    let planerat = ar.into_iter().filter_map(|ar| {
        let finns = i_aret(forst.harledning.matt, ar).utfall;
        let obeslutat = finns.har_fakta && finns.varde == Varde::EjBeslutat;
        let plan = obeslutat.then(|| i_aret(Matt::FordelatNytt, ar))?;
        let kand = plan.utfall.varde.kant().or(plan.utfall.kand_del);
        kand.map(|_| plus(plan))
    });
    let planerat: Vec<Led> = planerat.collect();
    if planerat.is_empty() {
        return None;
    }
    Some(av_led(
        [forst, fordelat]
            .into_iter()
            .cloned()
            .chain(planerat)
            .collect(),
    ))
}

/// What the first term of a difference came to.
fn forsta_termen(led: &Led) -> Varde {
    let forst = led.harledning.led.first();
    forst.map_or(Varde::Okant, |f| f.harledning.utfall.varde)
}

/// What is missing for each initiative and year that something is said of, added; `None` when
/// there is one to count, or when they cannot be told apart.
pub(super) fn brister(
    matt: Matt,
    forst: Matt,
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Option<Svar> {
    let behov = berakna(forst, urval, fakta);
    let rader = bakom(std::slice::from_ref(&behov), fakta);
    let alla: BTreeSet<(Option<InsatsId>, Option<i16>)> = rader
        .iter()
        .map(|f| (f.galler().insats, f.galler().ar))
        .collect();
    let ensam = alla.iter().all(|en| *en == (urval.insats, urval.ar));
    if ensam || alla.iter().any(|(i, ar)| i.is_none() || ar.is_none()) {
        return None;
    }
    let var_for_sig = alla.into_iter().map(|(insats, ar)| {
        let en = Urval {
            insats,
            ar,
            ..urval.clone()
        };
        berakna(matt, &en, fakta)
    });
    let saknas = var_for_sig.filter(|h| h.utfall.varde.kant().is_none_or(|tal| tal > 0));
    let (utfall, led, inga) = av_led(saknas.map(plus).collect());
    let utfall = Utfall {
        har_fakta: true,
        ..utfall
    };
    Some((utfall, led, inga))
}
