//! What may explain a finding, as far as its own numbers tell: which row is as large as the
//! difference, whether digits have changed places or the unit is wrong, how far rounding goes.

use super::fynd::{Allvar, Enhet, Fynd, FyndVarde};
use super::storhet::Storhet;
use crate::underlag::{Matt, Tal};

/// Explanations that are shown of a kind: more than these would explain nothing.
const HOGST: usize = 3;

/// Rows among which two that make the difference together are looked for.
const RADER_I_PAR: usize = 40;

/// A row of the finding with its number.
struct Radtal<'a> {
    etikett: &'a str,
    plats: &'a str,
    varde: Storhet,
}

impl Radtal<'_> {
    fn namn(&self) -> String {
        format!("”{}” ({}, {})", self.etikett, self.varde, self.plats)
    }
}

/// The finding with the explanations that can be computed from it.
pub(super) fn med_forklaringar(mut fynd: Fynd) -> Fynd {
    if fynd.allvar == Allvar::Upplysning {
        return fynd;
    }
    let Some((angivet, beraknat)) = tal(&fynd) else {
        return fynd;
    };
    let skillnad = angivet.minus(beraknat);
    if skillnad.varde == 0 {
        return fynd;
    }
    let rader = rader(&fynd, angivet.matt);
    let mut mer: Vec<String> = Vec::new();
    mer.extend(siffror(angivet, beraknat));
    mer.extend(enhet(angivet, beraknat));
    let delar: Vec<&Radtal<'_>> = rader
        .iter()
        .filter(|r| r.varde.varde != angivet.varde && r.varde.varde != beraknat.varde)
        .collect();
    mer.extend(en_rad(&delar, skillnad));
    mer.extend(avrundning(&rader, skillnad));
    for mening in mer {
        if !fynd.mojligt.contains(&mening) {
            fynd.mojligt.push(mening);
        }
    }
    fynd
}

fn tal(fynd: &Fynd) -> Option<(Storhet, Storhet)> {
    let matt = match fynd.enhet {
        Enhet::Kr => Matt::Kronor,
        Enhet::Personer => Matt::Personer,
        Enhet::Antal => Matt::Antal,
        Enhet::Procent | Enhet::Datum => return None,
    };
    let storhet = |varde: Option<FyndVarde>| match (varde, matt) {
        (Some(FyndVarde::Tal(t)), Matt::Kronor) => Some(Storhet::exakt(matt, t / 10)),
        (Some(FyndVarde::Tal(t)), _) => Some(Storhet::exakt(matt, t)),
        _ => None,
    };
    Some((storhet(fynd.angivet)?, storhet(fynd.beraknat)?))
}

fn rader(fynd: &Fynd, matt: Matt) -> Vec<Radtal<'_>> {
    fynd.rader
        .iter()
        .filter_map(|r| {
            let varde = Storhet::from(Tal::tolka(&r.varde).ok()?);
            (varde.matt == matt).then_some(Radtal {
                etikett: &r.etikett,
                plats: &r.plats,
                varde,
            })
        })
        .collect()
}

/// Two neighbouring digits of the stated amount.
fn siffror(angivet: Storhet, beraknat: Storhet) -> Option<String> {
    angivet
        .omkastad(beraknat)
        .then(|| format!("Två siffror kan ha bytt plats: {angivet} i stället för {beraknat}."))
}

/// Thousands written as kronor, or a digit too many.
fn enhet(angivet: Storhet, beraknat: Storhet) -> Option<String> {
    let (a, b) = (angivet.varde.unsigned_abs(), beraknat.varde.unsigned_abs());
    let (stor, liten) = (a.max(b), a.min(b));
    let ganger = [
        (1_000_000, "en miljon"),
        (1000, "tusen"),
        (100, "hundra"),
        (10, "tio"),
    ]
    .into_iter()
    .find(|(n, _)| liten > 0 && liten.checked_mul(*n) == Some(stor))?;
    Some(format!(
        "Det ena beloppet är {} gånger det andra: enheten eller en nolla kan vara fel.",
        ganger.1
    ))
}

/// A row as large as the difference, or half of it, or with two digits that make it.
fn en_rad(rader: &[&Radtal<'_>], skillnad: Storhet) -> Vec<String> {
    let mal = skillnad.varde.abs();
    let lika: Vec<&&Radtal<'_>> = rader
        .iter()
        .filter(|r| r.varde.varde.abs() == mal)
        .collect();
    if !lika.is_empty() {
        let saga = |r: &&&Radtal<'_>| {
            format!(
                "Skillnaden är lika stor som {}: den kan vara räknad två gånger eller inte alls.",
                r.namn()
            )
        };
        return lika.iter().take(HOGST).map(saga).collect();
    }
    let halva = |r: &&&Radtal<'_>| r.varde.varde.abs().checked_mul(2) == Some(mal);
    if let Some(r) = rader.iter().find(halva) {
        return vec![format!(
            "Skillnaden är dubbelt så stor som {}: den kan vara dragen ifrån i stället för lagd \
             till, eller tvärtom.",
            r.namn()
        )];
    }
    let bytta: Vec<String> = rader.iter().filter_map(|r| bytt(r, skillnad)).collect();
    if !bytta.is_empty() {
        return bytta.into_iter().take(HOGST).collect();
    }
    par(rader, mal).into_iter().collect()
}

/// A row in which two digits have changed places would make just this difference.
fn bytt(rad: &Radtal<'_>, skillnad: Storhet) -> Option<String> {
    [skillnad.varde, skillnad.varde.checked_neg()?]
        .into_iter()
        .map(|d| Storhet::exakt(rad.varde.matt, rad.varde.varde.saturating_add(d)))
        .find(|annan| rad.varde.omkastad(*annan))
        .map(|annan| {
            format!(
                "Två siffror kan ha bytt plats i {}: {annan} skulle gå ihop.",
                rad.namn()
            )
        })
}

/// The only two rows that make the difference together.
fn par(rader: &[&Radtal<'_>], mal: i128) -> Option<String> {
    let rader = rader.get(..).filter(|r| r.len() <= RADER_I_PAR)?;
    let mut funna = Vec::new();
    for (nr, a) in rader.iter().enumerate() {
        for b in rader.iter().skip(nr.saturating_add(1)) {
            if a.varde.varde > 0 && a.varde.varde.checked_add(b.varde.varde) == Some(mal) {
                funna.push((a, b));
            }
        }
    }
    let [(a, b)] = funna.as_slice() else {
        return None;
    };
    Some(format!(
        "Skillnaden är lika stor som {} och {} tillsammans.",
        a.namn(),
        b.namn()
    ))
}

/// How much of the difference the rounding of the rows can make.
fn avrundning(rader: &[Radtal<'_>], skillnad: Storhet) -> Option<String> {
    let halv = rader
        .iter()
        .fold(0_i128, |s, r| s.saturating_add(r.varde.halv));
    if halv == 0 {
        return None;
    }
    let mal = skillnad.absolut();
    let mest = Storhet::exakt(skillnad.matt, halv);
    (halv < mal.varde).then(|| {
        format!("Avrundningen av raderna kan göra högst {mest}; den räcker inte till {mal}.")
    })
}
