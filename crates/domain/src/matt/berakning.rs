//! Calculation: from facts to a figure that carries its own explanation.

use super::register::{Arsfalt, Formel, Krav};
use super::{Liggare, Matt, Urval, helhet, installning, prognos, val};
use crate::faktum::{Faktum, FaktumSlag, Sakerhet};
use crate::id::FaktumId;
use crate::varde::Varde;

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
    /// A year that nobody has decided is left out of it.
    pub utan_obeslutat: bool,
    /// How far the true figure may lie from this one, in öre; 0 when exact.
    pub halv: i64,
    /// Rests on a preliminary amount.
    pub preliminar: bool,
    /// Rests on a correction made after the grant's year was closed.
    pub efter_avslut: bool,
    /// Whether any fact lies behind it.
    pub har_fakta: bool,
}

impl Utfall {
    pub(super) const fn tomt(varde: Varde) -> Self {
        Self {
            varde,
            kand_del: None,
            utan_obeslutat: false,
            halv: 0,
            preliminar: false,
            efter_avslut: false,
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
    /// What the first is multiplied by, in hundredths of a per cent.
    Ganger,
}

/// Calculates a measure over the facts given, which must be those in force
/// ([`crate::faktum::gallande`]).
///
/// A sum too large for the books becomes unknown rather than wrong.
#[must_use]
pub fn berakna(matt: Matt, urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Harledning {
    let (utfall, led, rader) = match matt.definition().formel {
        Formel::Fakta {
            slag,
            ar,
            med_insats,
            tomt,
        } => {
            let rader: Vec<&Faktum> = fakta
                .mojliga(slag, urval)
                .into_iter()
                .filter(|f| !med_insats || f.galler().insats.is_some())
                .filter(|f| urval.omfattar(f.galler(), ar))
                .filter(|f| urval.ar.is_some() || !inom_urvalet(f, ar, fakta))
                .collect();
            let rader = helhet::utan_uppgivna(slag, rader, fakta);
            let rader = helhet::utan_delar(slag, rader);
            (
                summa(&rader, tomt, urval.ar.is_none()),
                Vec::new(),
                rader.iter().map(|f| f.id).collect(),
            )
        }
        Formel::Plus(delar) => {
            let led = termer(Ledtecken::Plus, delar, urval, fakta);
            if led.is_empty() {
                let forst = delar.iter().take(1).map(|(matt, _)| (*matt, Krav::Kravs));
                let forst: Vec<_> = forst.collect();
                av_led(termer(Ledtecken::Plus, &forst, urval, fakta))
            } else {
                av_led(led)
            }
        }
        Formel::Minus(forst, delar) => av_led(skillnad(forst, delar, urval, fakta)),
        Formel::MinusPerBidrag(forst, delar) => {
            let led = skillnad(forst, delar, urval, fakta);
            val::per_bidrag(matt, urval, fakta, &led).unwrap_or_else(|| av_led(led))
        }
        Formel::Brist(forst, delar) => val::brister(matt, forst, urval, fakta)
            .unwrap_or_else(|| av_led(skillnad(forst, delar, urval, fakta))),
        Formel::Forsta(alla, per) => val::forsta(matt, (alla, per), urval, fakta),
        Formel::Andel(del, helhet) => {
            andel(berakna(del, urval, fakta), berakna(helhet, urval, fakta))
        }
        Formel::Prognos(del) => prognos::berakna_del(del, urval, fakta),
        Formel::Installning(slag) => installning::satt(slag, urval, fakta),
        Formel::Ganger(bas, satser) => installning::ganger(bas, satser, urval, fakta),
        Formel::Motsatt(bas, kategori) => motsatt((bas, kategori), urval, fakta),
        Formel::MinusInstallning(bas, parameter) => {
            installning::minus(bas, parameter, urval, fakta)
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

/// The part of a figure with this category, with the opposite sign.
fn motsatt((bas, kategori): (Matt, &str), urval: &Urval, fakta: &(impl Liggare + ?Sized)) -> Svar {
    let del = Urval {
        kategori: Some(kategori.to_owned()),
        ..urval.clone()
    };
    let del = berakna(bas, &del, fakta);
    let varde = match del.utfall.varde {
        Varde::Kant(tal) => tal.checked_neg().map_or(Varde::Okant, Varde::Kant),
        annat => annat,
    };
    let utfall = Utfall {
        varde,
        kand_del: del.utfall.kand_del.and_then(i64::checked_neg),
        ..del.utfall
    };
    let led = Led {
        tecken: Ledtecken::Minus,
        harledning: del,
    };
    (utfall, vec![led], Vec::new())
}

pub(super) type Svar = (Utfall, Vec<Led>, Vec<FaktumId>);

fn skillnad(
    forst: Matt,
    delar: &[(Matt, Krav)],
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Vec<Led> {
    let mut led = termer(Ledtecken::Plus, &[(forst, Krav::Kravs)], urval, fakta);
    led.extend(termer(Ledtecken::Minus, delar, urval, fakta));
    led
}

/// Over several years a year that nobody has decided is left out, and stands in the
/// derivation as undecided: a programme's last year must not hide what is decided before it.
pub(super) fn utan_obeslutade(alla: &[Varde], flera_ar: bool) -> Vec<Varde> {
    let utelamna = flera_ar && alla.iter().any(|v| v.kant().is_some());
    alla.iter()
        .copied()
        .filter(|v| !(utelamna && *v == Varde::EjBeslutat))
        .collect()
}

pub(super) fn summa(rader: &[&Faktum], tomt: Varde, flera_ar: bool) -> Utfall {
    let mut utfall = Utfall {
        har_fakta: !rader.is_empty(),
        ..Utfall::tomt(tomt)
    };
    if rader.is_empty() {
        return utfall;
    }
    let alla: Vec<Varde> = rader.iter().map(|f| f.varde()).collect();
    let varden = utan_obeslutade(&alla, flera_ar);
    utfall.utan_obeslutat = varden.len() < alla.len();
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
    utfall.efter_avslut = rader.iter().any(|f| f.fakta.efter_avslut);
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

fn termer(
    tecken: Ledtecken,
    delar: &[(Matt, Krav)],
    urval: &Urval,
    fakta: &(impl Liggare + ?Sized),
) -> Vec<Led> {
    delar
        .iter()
        .map(|(matt, krav)| (berakna(*matt, urval, fakta), *krav))
        .filter(|(h, krav)| *krav == Krav::Kravs || h.utfall.har_fakta)
        .map(|(harledning, _)| Led { tecken, harledning })
        .collect()
}

pub(super) fn av_led(led: Vec<Led>) -> Svar {
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
        kand_del: if varde.kant().is_none() {
            kand_del(&led)
        } else {
            None
        },
        utan_obeslutat: led.iter().any(|l| l.harledning.utfall.utan_obeslutat),
        halv: led
            .iter()
            .map(|l| l.harledning.utfall.halv)
            .fold(0, i64::saturating_add),
        preliminar: led.iter().any(|l| l.harledning.utfall.preliminar),
        efter_avslut: led.iter().any(|l| l.harledning.utfall.efter_avslut),
        har_fakta: led.iter().any(|l| l.harledning.utfall.har_fakta),
    };
    (utfall, led, Vec::new())
}

/// The known part of a sum. A difference with an unknown part has none: what is taken away
/// may be more than what is known.
fn kand_del(led: &[Led]) -> Option<i64> {
    if led.iter().any(|l| l.tecken != Ledtecken::Plus) {
        return None;
    }
    let mut kanda = led
        .iter()
        .filter_map(|l| {
            let u = l.harledning.utfall;
            u.varde.kant().or(u.kand_del)
        })
        .peekable();
    kanda.peek()?;
    kanda.try_fold(0_i64, i64::checked_add)
}

/// Whether carried-over money both leaves and enters a selection of all years: then it is the
/// same money, and counting it again would make the grant larger than it was.
fn inom_urvalet(f: &Faktum, arsfalt: Arsfalt, fakta: &(impl Liggare + ?Sized)) -> bool {
    if f.fakta.slag != FaktumSlag::Overfort {
        return false;
    }
    let andra_sidan = match arsfalt {
        Arsfalt::Ar => f.galler().fran_ar,
        Arsfalt::FranAr => f.galler().ar,
    };
    let (Some(bidrag), Some(ar)) = (f.galler().bidrag, andra_sidan) else {
        return false;
    };
    [FaktumSlag::Tilldelat, FaktumSlag::Rekvirerat]
        .into_iter()
        .flat_map(|slag| fakta.mojliga(slag, &Urval::bidrag(bidrag)))
        .any(|x| {
            x.galler().bidrag == Some(bidrag)
                && x.galler().ar == Some(ar)
                && x.varde().kant().is_some()
        })
}

pub(super) fn andel(del: Harledning, helhet: Harledning) -> Svar {
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
        utan_obeslutat: del.utfall.utan_obeslutat || helhet.utfall.utan_obeslutat,
        halv: 0,
        preliminar: del.utfall.preliminar || helhet.utfall.preliminar,
        efter_avslut: del.utfall.efter_avslut || helhet.utfall.efter_avslut,
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
