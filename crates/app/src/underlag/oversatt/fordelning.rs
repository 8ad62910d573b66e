//! Distributions as facts: which tables count, and which grant each row is of.

use super::{Oversattning, Stalle, Uttalande};
use crate::miljo::Miljo;
use std::collections::BTreeMap;
use utfall_domain::faktum::{FaktumSlag, Galler, Sakerhet};
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::pengar::{Belopp, Ore};
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;

/// A total less one of its parts: the other part. Within their rounding it is nothing, and
/// where the part is larger than the total there is no other part to speak of.
pub(super) fn rest(totalt: Belopp, del: Belopp) -> Option<Belopp> {
    let precision = totalt.precision.max(del.precision);
    let ore = totalt.ore.0.checked_sub(del.ore.0)?;
    let avrundning = totalt.precision.halv().saturating_add(del.precision.halv());
    let ore = if ore.saturating_abs() <= avrundning {
        0
    } else {
        ore
    };
    (ore >= 0).then_some(Belopp {
        ore: Ore(ore),
        precision,
        ..totalt
    })
}

/// Two amounts together, no more exact than either.
pub(super) fn plus(a: Belopp, b: Belopp) -> Belopp {
    Belopp {
        ore: Ore(a.ore.0.saturating_add(b.ore.0)),
        precision: a.precision.max(b.precision),
        ..a
    }
}

/// An amount of a row, told apart into what is new and what was carried over.
#[derive(Clone, Copy, Default)]
struct Radens {
    nytt: Option<(Belopp, Option<&'static str>)>,
    overfort: Option<(Belopp, Option<&'static str>)>,
}

/// What a row says, and where the figure stands as it is. A stated total tells the part that
/// the row leaves out.
fn radens(b: &u::RadBelopp) -> Radens {
    let nytt = b.nytt.map(|x| (x, Some("nytt")));
    let overfort = b.overfort.map(|x| (x, Some("overfort")));
    match (nytt, overfort, b.totalt) {
        (None, None, Some(totalt)) => Radens {
            nytt: Some((totalt, Some("totalt"))),
            overfort: None,
        },
        (None, Some((del, _)), Some(totalt)) => Radens {
            nytt: rest(totalt, del).map(|r| (r, None)),
            overfort,
        },
        (Some((del, _)), None, Some(totalt)) => Radens {
            nytt,
            overfort: rest(totalt, del)
                .filter(|r| r.ore.0 != 0)
                .map(|r| (r, None)),
        },
        (nytt, overfort, _) => Radens { nytt, overfort },
    }
}

/// Both parts as one.
fn ihop(r: Radens) -> Option<Belopp> {
    let delar = [r.nytt, r.overfort].into_iter().flatten().map(|(b, _)| b);
    delar.reduce(plus)
}

/// The grant that a row is of: the distribution's only one; of several the one whose funder
/// the row names, or else the one that pays for its initiative. Money that the paper does not
/// tell apart belongs to none.
fn radens_bidrag(
    o: &Oversattning<'_>,
    f: &u::Fordelning,
    rad: &u::FordelningRad,
) -> Option<BidragId> {
    if let [enda] = f.bidrag.as_slice() {
        return o.register.bidrag_av(enda);
    }
    let insats = rad.insats.as_ref().and_then(|i| o.register.insats_av(i));
    let insatsens = insats.and_then(|i| o.register.om_insats(i).0);
    let mut mojliga: Vec<BidragId> = if f.bidrag.is_empty() {
        insatsens.into_iter().collect()
    } else {
        let alla = f.bidrag.iter();
        alla.filter_map(|b| o.register.bidrag_av(b)).collect()
    };
    if let Some(betalar) = &rad.finansiar {
        let betalar = o.register.organisation(betalar);
        mojliga.retain(|b| o.register.finansiar(*b) == betalar);
    }
    match mojliga.as_slice() {
        [enda] => Some(*enda),
        flera => insatsens.filter(|b| flera.contains(b)),
    }
}

/// What makes a row of one table the same as a row of another: the initiative, the year and
/// who pays.
type Radnyckel<'a> = (&'a str, Option<i16>, Option<&'a str>);

fn radsummor(f: &u::Fordelning) -> BTreeMap<Radnyckel<'_>, Belopp> {
    let mut ut: BTreeMap<Radnyckel<'_>, Belopp> = BTreeMap::new();
    for r in &f.rader {
        let namn = r
            .insats
            .as_ref()
            .map_or(r.etikett.as_str(), |i| i.0.as_str());
        let betalar = r.finansiar.as_ref().map(|x| x.0.as_str());
        for b in &r.belopp {
            let Some(belopp) = ihop(radens(b)) else {
                continue;
            };
            let nyckel = (namn, b.ar.map(|a| a.0), betalar);
            let fore = ut.get(&nyckel).copied();
            ut.insert(nyckel, fore.map_or(belopp, |fore| plus(fore, belopp)));
        }
    }
    ut
}

/// Is the table an earlier one printed again, whole or in part? All its rows are then among
/// the other's, and at least half of them say the same. A table that gives the same
/// initiatives other amounts is a decision of its own.
fn upprepar(f: &u::Fordelning, tidigare: &u::Fordelning) -> bool {
    let samma_bidrag =
        f.bidrag == tidigare.bidrag || f.bidrag.iter().any(|b| tidigare.bidrag.contains(b));
    if !samma_bidrag || f.status != tidigare.status {
        return false;
    }
    let (rader, tidigares) = (radsummor(f), radsummor(tidigare));
    let lika = |a: Belopp, b: Belopp| {
        let avrundning = a.precision.halv().saturating_add(b.precision.halv());
        a.ore.0.saturating_sub(b.ore.0).saturating_abs() <= avrundning
    };
    let lika = rader
        .iter()
        .filter(|(nyckel, b)| tidigares.get(nyckel).is_some_and(|t| lika(**b, *t)))
        .count();
    !rader.is_empty()
        && rader.keys().all(|nyckel| tidigares.contains_key(nyckel))
        && lika.saturating_mul(2) >= rader.len()
}

/// How a distribution counts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Raknas {
    /// It is what holds.
    Ja,
    /// An earlier table of the paper, printed again.
    Upprepning,
    /// A proposal beside another distribution of the same grant: a version under its own
    /// name, which counts in no sum.
    Version(String),
}

fn raknas(o: &Oversattning<'_>, nr: usize, f: &u::Fordelning) -> Raknas {
    let fordelningar = &o.papper.fordelningar;
    let annan = fordelningar
        .iter()
        .any(|x| x.id != f.id && x.bidrag.iter().any(|b| f.bidrag.contains(b)));
    let mut bidrag = f.bidrag.iter().filter_map(|b| o.register.bidrag_av(b));
    let redan = bidrag.any(|b| o.register.har_fordelning(b));
    if f.status == u::FordelningStatus::Forslag && (annan || redan) {
        Raknas::Version(f.titel.clone())
    } else if fordelningar.iter().take(nr).any(|t| upprepar(f, t)) {
        Raknas::Upprepning
    } else {
        Raknas::Ja
    }
}

/// Does a grant of a distribution itself say what was carried over to this year?
fn sager_overfort(o: &Oversattning<'_>, f: &u::Fordelning, ar: Option<i16>) -> bool {
    let fore = ar.and_then(|a| a.checked_sub(1));
    let bidrag = o.papper.bidrag.iter();
    let mut arliga = bidrag
        .filter(|b| f.bidrag.iter().any(|x| x.0 == b.id.0))
        .flat_map(|b| &b.ar);
    arliga.any(|a| {
        let aret = a.ar.map(|x| x.0);
        (aret == ar && !a.overfort_in.is_empty()) || (aret == fore && !a.overfort_ut.is_empty())
    })
}

/// What the rows that count and are of a grant carry over into a year; none when no row
/// says anything of it.
pub(super) fn overfort_pa_rader(o: &Oversattning<'_>, bidrag: BidragId, ar: i16) -> Option<Belopp> {
    let alla = o.papper.fordelningar.iter().enumerate();
    alla.filter(|(nr, f)| raknas(o, *nr, f) == Raknas::Ja)
        .flat_map(|(_, f)| f.rader.iter().map(move |r| (f, r)))
        .filter(|(f, r)| radens_bidrag(o, f, r) == Some(bidrag))
        .flat_map(|(_, r)| &r.belopp)
        .filter(|b| b.ar.is_some_and(|a| a.0 == ar))
        .filter_map(|b| radens(b).overfort)
        .map(|(b, _)| b)
        .reduce(plus)
}

/// How a grant is split on rows and years. A row without an initiative becomes one.
pub(super) fn fordelningar(o: &mut Oversattning<'_>, miljo: &mut Miljo) -> Result<(), Problem> {
    let papper = o.papper;
    for (nr, f) in papper.fordelningar.iter().enumerate() {
        let (fore, raknas) = (o.fakta.len(), raknas(o, nr, f));
        for (radnr, rad) in f.rader.iter().enumerate() {
            let bidrag = radens_bidrag(o, f, rad);
            let insats = radens_insats(o, rad, bidrag, miljo)?;
            let om = Galler {
                bidrag,
                insats: Some(insats),
                ..Galler::default()
            };
            let sokvag = format!("fordelningar[{nr}].rader[{radnr}]");
            fordelningsrad(o, (f, rad), om, &sokvag);
        }
        let sakerhet = match f.status {
            u::FordelningStatus::Beslutad => Sakerhet::Slutlig,
            u::FordelningStatus::Forslag => Sakerhet::Preliminar,
        };
        for x in o.fakta.iter_mut().skip(fore) {
            x.faktum.sakerhet = sakerhet;
        }
        if !matches!(raknas, Raknas::Version(_)) {
            summor(o, nr, f);
        }
        match raknas {
            Raknas::Ja => {}
            Raknas::Version(namn) => {
                for x in o.fakta.iter_mut().skip(fore) {
                    x.faktum.galler.version = Some(namn.clone());
                }
            }
            Raknas::Upprepning => {
                let igen = o.fakta.split_off(fore);
                igen.into_iter().for_each(|x| sagd_igen(&mut o.fakta, x));
            }
        }
    }
    Ok(())
}

/// The totals of a grant's distribution say once more what was granted. Where nothing was
/// carried over they are the same money, and the printed sum of the rows is too.
fn summor(o: &mut Oversattning<'_>, nr: usize, f: &u::Fordelning) {
    let [bidrag] = f.bidrag.as_slice() else {
        return;
    };
    let id = o.register.bidrag_av(bidrag);
    for (snr, s) in f.summor.iter().enumerate() {
        let ar = s.ar.map(|a| a.0);
        let rader = f.rader.iter().flat_map(|r| &r.belopp);
        let mut arets = rader.filter(|b| b.ar == s.ar);
        let overfort = s.overfort.is_some()
            || arets.any(|b| radens(b).overfort.is_some())
            || sager_overfort(o, f, ar);
        let tilldelat = o.fakta.iter_mut().find(|x| {
            let g = &x.faktum.galler;
            x.faktum.slag == FaktumSlag::Tilldelat && (g.bidrag, g.ar) == (id, ar)
        });
        let Some(tilldelat) = tilldelat else {
            continue;
        };
        let falten = [
            ("tilldelat", s.tilldelat.is_some()),
            ("summa", s.summa.is_some() && !overfort),
        ];
        for (falt, _) in falten.into_iter().filter(|(_, sagt)| *sagt) {
            let sokvag = format!("fordelningar[{nr}].summor[{snr}].{falt}");
            tilldelat.stallen.push(Stalle::Belopp(sokvag));
        }
    }
}

/// A row printed again: one more place where the fact stands, where it says the same. The
/// most exact statement holds.
fn sagd_igen(fakta: &mut [Uttalande], igen: Uttalande) {
    let Some(forst) = fakta.iter_mut().find(|x| x.nyckel() == igen.nyckel()) else {
        return;
    };
    let noggrannare = igen.faktum.precision < forst.faktum.precision;
    if noggrannare || igen.faktum.varde == forst.faktum.varde {
        forst.stallen.extend(igen.stallen);
    }
    if noggrannare {
        forst.faktum = igen.faktum;
    }
}

fn radens_insats(
    o: &mut Oversattning<'_>,
    rad: &u::FordelningRad,
    bidrag: Option<BidragId>,
    miljo: &mut Miljo,
) -> Result<InsatsId, Problem> {
    if let Some(id) = rad.insats.as_ref().and_then(|i| o.register.insats_av(i)) {
        return Ok(id);
    }
    let ansvariga = rad
        .organisationer
        .iter()
        .filter_map(|x| o.register.organisation(x))
        .collect();
    let id = o
        .register
        .insats_av_rad(&rad.etikett, bidrag, ansvariga, miljo)?;
    if rad.reserv {
        o.register.ar_reserv(id);
    }
    Ok(id)
}

fn fordelningsrad(
    o: &mut Oversattning<'_>,
    (f, rad): (&u::Fordelning, &u::FordelningRad),
    om: Galler,
    sokvag: &str,
) {
    let plats = rad.plats.as_ref().unwrap_or(&f.plats);
    let betalar = rad.finansiar.as_ref();
    let om = Galler {
        organisation: om.insats.and_then(|i| o.register.om_insats(i).1),
        finansiar: betalar
            .and_then(|x| o.register.organisation(x))
            .or_else(|| om.bidrag.and_then(|x| o.register.finansiar(x))),
        ..om
    };
    let fore = o.fakta.len();
    for (nr, b) in rad.belopp.iter().enumerate() {
        let stalle = |falt: Option<&str>| {
            let stalle = falt.map(|f| Stalle::Belopp(format!("{sokvag}.belopp[{nr}].{f}")));
            (plats.as_str(), stalle)
        };
        let galler = Galler {
            ar: b.ar.map(|a| a.0),
            ..om.clone()
        };
        let r = radens(b);
        // Where the paper says neither whose carried-over money a row has, nor leaves it out
        // of the grants', it is told with the new money: counted, and once.
        if galler.bidrag.is_none() && r.overfort.is_some() && sager_overfort(o, f, galler.ar) {
            if let Some(allt) = ihop(r) {
                o.belopp(FaktumSlag::Fordelat, galler, allt, stalle(None));
            }
            continue;
        }
        if let Some((nytt, falt)) = r.nytt {
            o.belopp(FaktumSlag::Fordelat, galler.clone(), nytt, stalle(falt));
        }
        if let Some((overfort, falt)) = r.overfort {
            let fran_ar = galler.ar.and_then(|a| a.checked_sub(1));
            let galler = Galler { fran_ar, ..galler };
            o.belopp(FaktumSlag::Overfort, galler, overfort, stalle(falt));
        }
    }
    let uttalande = rad.id.as_ref().map(|i| i.0.as_str());
    for x in o.fakta.iter_mut().skip(fore) {
        if let Some(kalla) = x.faktum.kalla.as_mut() {
            kalla.uttalande = uttalande.map(str::to_owned);
        }
    }
}
