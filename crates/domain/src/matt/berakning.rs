//! Calculation: from facts to a figure that carries its own explanation.

use super::register::{Arsfalt, Formel, Krav};
use super::{Matt, Urval};
use crate::faktum::{Faktum, FaktumSlag, Sakerhet};
use crate::id::{BidragId, FaktumId};
use crate::varde::Varde;
use std::collections::{BTreeSet, HashSet};

/// A figure and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harledning {
    /// Which measure.
    pub matt: Matt,
    /// About what.
    pub urval: Urval,
    /// The figure.
    pub utfall: Utfall,
    /// The terms, when the measure is made of other measures.
    pub led: Vec<Led>,
    /// The facts, when the measure is a sum of facts.
    pub rader: Vec<FaktumId>,
}

/// A figure with what a reader must know about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utfall {
    /// The figure, or why there is none.
    pub varde: Varde,
    /// The sum of the known parts, when some part is missing.
    pub kand_del: Option<i64>,
    /// How far the true figure may lie from this one, in öre; 0 when exact.
    pub halv: i64,
    /// Rests on a preliminary amount.
    pub preliminar: bool,
    /// Whether any fact lies behind it.
    pub har_fakta: bool,
}

impl Utfall {
    const fn tomt(varde: Varde) -> Self {
        Self {
            varde,
            kand_del: None,
            halv: 0,
            preliminar: false,
            har_fakta: false,
        }
    }
}

/// A term in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Led {
    /// How it enters the sum.
    pub tecken: Ledtecken,
    /// The term's own figure and explanation.
    pub harledning: Harledning,
}

/// How a term enters a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ledtecken {
    /// Added.
    Plus,
    /// Subtracted.
    Minus,
    /// Is the figure itself.
    Lika,
    /// The part in a share.
    Del,
    /// The whole in a share.
    Helhet,
}

/// Calculates a measure over the facts given, which must be those in force
/// ([`crate::faktum::gallande`]).
///
/// A sum too large for the books becomes unknown rather than wrong.
#[must_use]
pub fn berakna(matt: Matt, urval: &Urval, fakta: &[&Faktum]) -> Harledning {
    let (utfall, led, rader) = match matt.definition().formel {
        Formel::Fakta {
            slag,
            ar,
            med_insats,
            tomt,
        } => {
            let rader: Vec<&Faktum> = fakta
                .iter()
                .copied()
                .filter(|f| f.fakta.slag == slag)
                .filter(|f| !med_insats || f.galler().insats.is_some())
                .filter(|f| urval.omfattar(f.galler(), ar))
                .filter(|f| urval.ar.is_some() || !inom_urvalet(f, ar, fakta))
                .collect();
            (
                summa(&rader, tomt, urval.ar.is_none()),
                Vec::new(),
                rader.iter().map(|f| f.id).collect(),
            )
        }
        Formel::Plus(delar) => av_led(termer(Ledtecken::Plus, delar, urval, fakta)),
        Formel::Minus(forst, delar) => {
            let mut led = termer(Ledtecken::Plus, &[(forst, Krav::Kravs)], urval, fakta);
            led.extend(termer(Ledtecken::Minus, delar, urval, fakta));
            av_led(led)
        }
        Formel::Forsta(val) => forsta(matt, val, urval, fakta),
        Formel::Andel(del, helhet) => {
            andel(berakna(del, urval, fakta), berakna(helhet, urval, fakta))
        }
    };
    Harledning {
        matt,
        urval: urval.clone(),
        utfall,
        led,
        rader,
    }
}

type Svar = (Utfall, Vec<Led>, Vec<FaktumId>);

/// Over several years a year that nobody has decided is left out, and stands in the
/// derivation as undecided: a programme's last year must not hide what is decided before it.
fn utan_obeslutade(alla: &[Varde], flera_ar: bool) -> Vec<Varde> {
    let utelamna = flera_ar && alla.iter().any(|v| v.kant().is_some());
    alla.iter()
        .copied()
        .filter(|v| !(utelamna && *v == Varde::EjBeslutat))
        .collect()
}

fn summa(rader: &[&Faktum], tomt: Varde, flera_ar: bool) -> Utfall {
    let mut utfall = Utfall {
        har_fakta: !rader.is_empty(),
        ..Utfall::tomt(tomt)
    };
    if rader.is_empty() {
        return utfall;
    }
    let varden: Vec<Varde> = rader.iter().map(|f| f.varde()).collect();
    let varden = utan_obeslutade(&varden, flera_ar);
    let kanda: Option<i64> = varden
        .iter()
        .filter_map(|v| v.kant())
        .try_fold(0_i64, i64::checked_add);
    let saknas = varden.into_iter().filter(|v| v.kant().is_none());
    utfall.halv = rader
        .iter()
        .map(|f| f.fakta.precision.halv())
        .fold(0, i64::saturating_add);
    utfall.preliminar = rader
        .iter()
        .any(|f| f.fakta.sakerhet == Sakerhet::Preliminar);
    match (kanda, varst(saknas)) {
        (None, _) => utfall.varde = Varde::Okant,
        (Some(kanda), None) => utfall.varde = Varde::Kant(kanda),
        (Some(kanda), Some(tecken)) => {
            utfall.varde = tecken;
            utfall.kand_del = rader
                .iter()
                .any(|f| f.varde().kant().is_some())
                .then_some(kanda);
        }
    }
    utfall
}

/// What a sum with missing parts shows: the reason that says most about why.
fn varst(saknas: impl IntoIterator<Item = Varde>) -> Option<Varde> {
    saknas.into_iter().min_by_key(|v| match v {
        Varde::Sekretess => 0,
        Varde::Okant => 1,
        Varde::EjBeslutat => 2,
        Varde::EjInrapporterat => 3,
        Varde::Kant(_) => 4,
    })
}

fn termer(tecken: Ledtecken, delar: &[(Matt, Krav)], urval: &Urval, fakta: &[&Faktum]) -> Vec<Led> {
    delar
        .iter()
        .map(|(matt, krav)| (berakna(*matt, urval, fakta), *krav))
        .filter(|(h, krav)| *krav == Krav::Kravs || h.utfall.har_fakta)
        .map(|(harledning, _)| Led { tecken, harledning })
        .collect()
}

fn av_led(led: Vec<Led>) -> Svar {
    let kanda: Option<Vec<i64>> = led
        .iter()
        .map(|l| l.harledning.utfall.varde.kant().map(|tal| (l.tecken, tal)))
        .map(|par| {
            par.and_then(|(t, tal)| {
                if t == Ledtecken::Minus {
                    tal.checked_neg()
                } else {
                    Some(tal)
                }
            })
        })
        .collect();
    let saknas = led
        .iter()
        .map(|l| l.harledning.utfall.varde)
        .filter(|v| v.kant().is_none());
    let varde = match (varst(saknas), kanda) {
        (Some(tecken), _) => tecken,
        (None, Some(tal)) => tal
            .into_iter()
            .try_fold(0_i64, i64::checked_add)
            .map_or(Varde::Okant, Varde::Kant),
        (None, None) => Varde::Okant,
    };
    let utfall = Utfall {
        varde,
        kand_del: None,
        halv: led
            .iter()
            .map(|l| l.harledning.utfall.halv)
            .fold(0, i64::saturating_add),
        preliminar: led.iter().any(|l| l.harledning.utfall.preliminar),
        har_fakta: led.iter().any(|l| l.harledning.utfall.har_fakta),
    };
    (utfall, led, Vec::new())
}

/// The first that has any fact, chosen for each grant and year by itself and then added:
/// one year's requisition must not hide the next year's grant.
fn forsta(matt: Matt, val: &[Matt], urval: &Urval, fakta: &[&Faktum]) -> Svar {
    let alla: Vec<Harledning> = val.iter().map(|m| berakna(*m, urval, fakta)).collect();
    if let Some(delar) = bidragsar(&alla, fakta).filter(|delar| delar.len() > 1) {
        let led = delar
            .into_iter()
            .map(|(bidrag, ar)| Urval {
                bidrag: Some(bidrag),
                ar: Some(ar),
                ..urval.clone()
            })
            .map(|urval| berakna(matt, &urval, fakta))
            .map(|harledning| Led {
                tecken: Ledtecken::Plus,
                harledning,
            })
            .collect();
        return ar_for_ar(led);
    }
    let vald = alla
        .iter()
        .find(|h| h.utfall.har_fakta)
        .or_else(|| alla.last());
    match vald {
        Some(h) => {
            let led = vec![Led {
                tecken: Ledtecken::Lika,
                harledning: h.clone(),
            }];
            (h.utfall, led, Vec::new())
        }
        None => (Utfall::tomt(Varde::Okant), Vec::new(), Vec::new()),
    }
}

/// A sum over years where undecided ones are left out.
fn ar_for_ar(led: Vec<Led>) -> Svar {
    let varden: Vec<Varde> = led.iter().map(|l| l.harledning.utfall.varde).collect();
    let raknas = utan_obeslutade(&varden, true);
    let (mut utfall, led, rader) = av_led(led);
    if raknas.len() < varden.len() && raknas.iter().all(|v| v.kant().is_some()) {
        let summa = raknas
            .iter()
            .filter_map(|v| v.kant())
            .try_fold(0_i64, i64::checked_add);
        utfall.varde = summa.map_or(Varde::Okant, Varde::Kant);
    }
    (utfall, led, rader)
}

/// The grants and years behind some figures; `None` when a fact names none.
fn bidragsar(alla: &[Harledning], fakta: &[&Faktum]) -> Option<BTreeSet<(BidragId, i16)>> {
    let mut rader = HashSet::new();
    alla.iter().for_each(|h| samla(h, &mut rader));
    fakta
        .iter()
        .filter(|f| rader.contains(&f.id))
        .map(|f| Some((f.galler().bidrag?, f.galler().ar?)))
        .collect()
}

fn samla(h: &Harledning, rader: &mut HashSet<FaktumId>) {
    rader.extend(&h.rader);
    h.led.iter().for_each(|l| samla(&l.harledning, rader));
}

/// Whether carried-over money both leaves and enters a selection of all years: then it is the
/// same money, and counting it again would make the grant larger than it was.
fn inom_urvalet(f: &Faktum, arsfalt: Arsfalt, fakta: &[&Faktum]) -> bool {
    if f.fakta.slag != FaktumSlag::Overfort {
        return false;
    }
    let andra_sidan = match arsfalt {
        Arsfalt::Ar => f.galler().fran_ar,
        Arsfalt::FranAr => f.galler().ar,
    };
    fakta.iter().any(|x| {
        matches!(x.fakta.slag, FaktumSlag::Tilldelat | FaktumSlag::Rekvirerat)
            && x.galler().bidrag.is_some()
            && x.galler().bidrag == f.galler().bidrag
            && x.galler().ar.is_some()
            && x.galler().ar == andra_sidan
            && x.varde().kant().is_some()
    })
}

fn andel(del: Harledning, helhet: Harledning) -> Svar {
    let varde = match (del.utfall.varde, helhet.utfall.varde) {
        (Varde::Kant(_), Varde::Kant(0)) => Varde::Okant,
        (Varde::Kant(del), Varde::Kant(helhet)) => {
            let promille = avrundat(i128::from(del) * 1000, i128::from(helhet));
            i64::try_from(promille).map_or(Varde::Okant, Varde::Kant)
        }
        (Varde::Kant(_), saknas) | (saknas, _) => saknas,
    };
    let utfall = Utfall {
        varde,
        kand_del: None,
        halv: 0,
        preliminar: del.utfall.preliminar || helhet.utfall.preliminar,
        har_fakta: del.utfall.har_fakta && helhet.utfall.har_fakta,
    };
    let led = vec![
        Led {
            tecken: Ledtecken::Del,
            harledning: del,
        },
        Led {
            tecken: Ledtecken::Helhet,
            harledning: helhet,
        },
    ];
    (utfall, led, Vec::new())
}

/// Rounds half away from zero.
const fn avrundat(taljare: i128, namnare: i128) -> i128 {
    let (t, n) = if namnare < 0 {
        (-taljare, -namnare)
    } else {
        (taljare, namnare)
    };
    if t >= 0 {
        (2 * t + n) / (2 * n)
    } else {
        -((2 * -t + n) / (2 * n))
    }
}

#[cfg(test)]
mod tests;
