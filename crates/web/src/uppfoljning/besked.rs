//! What the forecast says, in sentences that name the insatser it comes from.

use super::budgetrader::budgetradernas_namn;
use super::tabeller::{bidragsurval, med_i_aret};
use super::{Valt, planerad_start};
use crate::adress;
use crate::siffror::{Siffror, antal};
use utfall_app::medel::{foljd_i_ord, ryms_i_overforingen};
use utfall_app::uppfoljning::{halva, saknade_kommentarer, sista_anvanda, sista_hela};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval, foljs};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::parameter::ska_forklaras;
use utfall_domain::medel::prognos::sen_start;
use utfall_domain::medel::rackvidd::Rackvidd;
use utfall_domain::tid;
use utfall_vyer::komponent::{Allvar, Besked, Lank, Text};

/// How many insatser a sentence names.
const FLEST: usize = 5;

/// The answer first: where the year is heading.
#[must_use]
pub fn ingress(s: &Siffror<'_>, valt: &Valt) -> Text {
    let till = valt.till();
    let Some(avvikelse) = s.kant(Matt::PrognosAvvikelse, &till) else {
        if s.finns(Matt::AnvantTill, &till) {
            return "Hela årets prognos går inte att räkna än: för någon insats saknas utfall \
                    eller budget."
                .into();
        }
        return format!("Inget utfall är registrerat för {} än.", valt.ar).into();
    };
    let tal = s.med_enhet(Matt::PrognosAvvikelse, &till);
    match avvikelse {
        0 => "Prognosen för hela året är lika stor som budgeten.".into(),
        n if n > 0 => Text::from("Prognosen pekar på ett överskott: ")
            .tal(tal)
            .ord(" av budgeten väntas bli kvar."),
        _ => Text::from("Prognosen pekar på ett underskott: budget minus prognos är ")
            .tal(tal)
            .ord("."),
    }
}

/// Each sentence that somebody should act on.
#[must_use]
pub fn alla(s: &Siffror<'_>, valt: &Valt) -> Vec<Besked> {
    let mut ut = Vec::new();
    ut.extend(halvt_bokfort(s, valt));
    ut.extend(poster(s, valt, true));
    ut.extend(poster(s, valt, false));
    ut.extend(sena(s, valt));
    ut.extend(budgetrader(s, valt));
    ut.extend(bidragen(s, valt));
    ut.extend(saknade(s, valt));
    ut
}

/// That the month shown is not booked to its end, or that later figures are left out because
/// theirs is not.
#[must_use]
pub fn halvt_bokfort(s: &Siffror<'_>, valt: &Valt) -> Option<Besked> {
    let halva = halva(s.bok, valt.ar, valt.manad);
    let manad = tid::manad(valt.manad);
    let slutar = |r: &Rackvidd| format!("{} slutar {}", r.foretag, tid::i_ord(r.till()));
    if !halva.is_empty() {
        let vilka: Vec<String> = halva.iter().map(slutar).collect();
        let mut text = Text::from(format!(
            "Bokföringen för {}. Utfallet är för lågt och prognosen räknar {manad} som en hel \
             månad, så den kan peka åt fel håll.",
            vilka.join(", och för ")
        ));
        let hela = sista_hela(s.bok, valt.ar).filter(|m| *m > 0 && *m < valt.manad);
        if let Some(hela) = hela {
            let hit = valt.till_manad(hela).i(adress::uppfoljning());
            let ord = format!("Visa till och med {}", tid::manad(hela));
            text = text.ord(" ").lank(Lank::ny(ord, hit)).ord(".");
        }
        return Some(Besked::ny(
            Allvar::Varning,
            format!("{manad} är inte helt bokförd"),
            text,
        ));
    }
    let senare = sista_anvanda(s.bok, &valt.helar()).filter(|m| *m > valt.manad)?;
    let nasta = halva_nasta(s, valt);
    if nasta.is_empty() {
        return None;
    }
    let vilka: Vec<String> = nasta.iter().map(slutar).collect();
    let hit = valt.till_manad(senare).i(adress::uppfoljning());
    Some(Besked::ny(
        Allvar::Upplysning,
        "det som är bokfört senare är inte med",
        Text::from(format!(
            "Bokföringen för {}. Den månaden är inte hel och räknas därför inte än. ",
            vilka.join(", och för ")
        ))
        .lank(Lank::ny(
            format!("Visa ändå till och med {}", tid::manad(senare)),
            hit,
        ))
        .ord("."),
    ))
}

/// The accounts that have begun on the month after the one shown, and not finished it.
fn halva_nasta(s: &Siffror<'_>, valt: &Valt) -> Vec<Rackvidd> {
    let nasta = valt.manad.saturating_add(1);
    let mut ut = halva(s.bok, valt.ar, nasta);
    ut.retain(|r| (r.till().year(), r.till().month()) == (valt.ar, nasta));
    ut
}

/// The selection of an insats through the month.
fn om(valt: &Valt, i: &Insats) -> Urval {
    valt.till().for_insats(i.id)
}

/// The insatser that cause a surplus (or an overspend), largest first.
fn poster(s: &Siffror<'_>, valt: &Valt, plus: bool) -> Option<Besked> {
    let index = s.bok.index();
    let mut med: Vec<(i64, &Insats)> = med_i_aret(s, valt.ar)
        .into_iter()
        .filter_map(|i| {
            let avvikelse = s.kant(Matt::PrognosAvvikelse, &om(valt, i))?;
            let budget = s.kant(Matt::Budget, &valt.helar().for_insats(i.id));
            let ratt = (avvikelse > 0) == plus && avvikelse != 0;
            (ratt && ska_forklaras(&index, valt.ar, avvikelse, budget)).then_some((avvikelse, i))
        })
        .collect();
    if med.is_empty() {
        return None;
    }
    med.sort_by_key(|(tal, _)| std::cmp::Reverse(tal.saturating_abs()));
    let fler = med.len().saturating_sub(FLEST);
    let mut text = Text::default();
    for (nr, (_, i)) in med.iter().take(FLEST).enumerate() {
        let href = valt.i(adress::uppfoljning_insats(&i.slug));
        text = text
            .ord(if nr == 0 { "" } else { ", " })
            .lank(Lank::ny(i.namn.clone(), href))
            .ord(" ")
            .tal(s.med_enhet(Matt::PrognosAvvikelse, &om(valt, i)));
    }
    let slut = match fler {
        0 => ".".to_owned(),
        n => format!(" och {n} till."),
    };
    let rubrik = if plus {
        "plusposter i prognosen"
    } else {
        "minusposter i prognosen"
    };
    let allvar = if plus {
        Allvar::Upplysning
    } else {
        Allvar::Varning
    };
    Some(Besked::ny(allvar, rubrik, text.ord(slut)))
}

/// Those that have begun later than planned, or not at all.
fn sena(s: &Siffror<'_>, valt: &Valt) -> Option<Besked> {
    let index = s.bok.index();
    let sena: Vec<(&Insats, Option<i8>)> = med_i_aret(s, valt.ar)
        .into_iter()
        .filter_map(|i| {
            let urval = om(valt, i);
            let (_, u, _) = foljs(&urval, &index).ok()?;
            let sen = sen_start(&u, planerad_start(s.bok, &urval));
            sen.then(|| (i, u.borjade()))
        })
        .collect();
    if sena.is_empty() {
        return None;
    }
    let mut text = Text::default();
    for (nr, (i, fran)) in sena.iter().take(FLEST).enumerate() {
        let nar = fran.map_or_else(
            || "har inte kommit igång".to_owned(),
            |m| format!("har kostnader först från {}", tid::manad(m)),
        );
        text = text
            .ord(if nr == 0 { "" } else { ". " })
            .lank(Lank::ny(
                i.namn.clone(),
                valt.i(adress::uppfoljning_insats(&i.slug)),
            ))
            .ord(format!(" {nar}"));
    }
    let fler = match sena.len().saturating_sub(FLEST) {
        0 => String::new(),
        n => format!(" {n} till har också kommit igång sent."),
    };
    Some(Besked::ny(
        Allvar::Upplysning,
        "kom igång senare än planerat",
        text.ord(format!(
            ". Prognosen räknar med det: takten tas från den första månaden med kostnader.{fler}"
        )),
    ))
}

/// What is not used of budget lines that are no insatser.
fn budgetrader(s: &Siffror<'_>, valt: &Valt) -> Option<Besked> {
    let kvar: Vec<(String, Urval)> = budgetradernas_namn(s, valt.ar)
        .into_iter()
        .map(|namn| (namn.clone(), valt.helar().for_kategori(namn)))
        .filter(|(_, urval)| s.kant(Matt::AvvikelseRad, urval).is_some_and(|t| t > 0))
        .collect();
    if kvar.is_empty() {
        return None;
    }
    let mut text = Text::default();
    for (nr, (namn, urval)) in kvar.iter().take(FLEST).enumerate() {
        text = text
            .ord(if nr == 0 { "" } else { ", " })
            .ord(format!("{namn} "))
            .tal(s.med_enhet(Matt::AvvikelseRad, urval));
    }
    Some(Besked::ny(
        Allvar::Upplysning,
        "pengar på budgetrader är inte använda",
        text.ord("."),
    ))
}

/// What happens with money that is left of a grant, or that it lacks, in a sentence.
#[must_use]
pub fn foljd(s: &Siffror<'_>, valt: &Valt, b: &Bidrag) -> Text {
    let Some(kvar) = s.kant(Matt::PrognosKvar, &bidragsurval(valt, b.id)) else {
        return "Går inte att säga än.".into();
    };
    let text = Text::from(foljd_i_ord(s.bok, b, valt.ar, kvar));
    match crate::villkor::arets_pengar(s, b, valt.ar).filter(|_| kvar > 0) {
        Some(pengar) => text.ord(" Årets pengar: ").tal(pengar).ord("."),
        None => text,
    }
}

/// Grants of which money is expected to be paid back, or that do not suffice.
fn bidragen(s: &Siffror<'_>, valt: &Valt) -> Vec<Besked> {
    let index = s.bok.index();
    let av_aret = s.bok.bidrag.iter().filter(|b| b.ar.contains(&valt.ar));
    av_aret
        .filter_map(|b| {
            let urval = bidragsurval(valt, b.id);
            let kvar = s.kant(Matt::PrognosKvar, &urval)?;
            let viktigt = ska_forklaras(&index, valt.ar, kvar, None);
            if !viktigt || (kvar > 0 && ryms_i_overforingen(s.bok, b, valt.ar, kvar)) {
                return None;
            }
            let rubrik = if kvar > 0 {
                format!("pengar kan behöva betalas tillbaka av {}", b.namn)
            } else {
                format!("{} räcker inte", b.namn)
            };
            let text = Text::from("Väntas bli kvar: ")
                .tal(s.med_enhet(Matt::PrognosKvar, &urval))
                .ord(". ");
            let text = foljd(s, valt, b)
                .bitar
                .into_iter()
                .fold(text, |mut t, bit| {
                    t.bitar.push(bit);
                    t
                });
            Some(Besked::ny(Allvar::Varning, rubrik, text))
        })
        .collect()
}

/// Deviations that nobody has explained.
fn saknade(s: &Siffror<'_>, valt: &Valt) -> Option<Besked> {
    let saknade = saknade_kommentarer(s.bok, valt.ar, valt.manad);
    if saknade.is_empty() {
        return None;
    }
    let mut text = Text::default();
    for (nr, saknad) in saknade.iter().enumerate() {
        let Some(i) = s.bok.insats(saknad.insats) else {
            continue;
        };
        let href = valt.i(adress::uppfoljning_insats(&i.slug));
        // No link to a form that the reader does not have.
        let namn = if valt.forklarar {
            Lank::ny(format!("Förklara {}", i.namn), href.vid("kommentar"))
        } else {
            Lank::ny(i.namn.clone(), href)
        };
        text = text.ord(if nr == 0 { "" } else { ", " }).lank(namn);
    }
    let rubrik = antal(
        saknade.len(),
        "",
        "en avvikelse är inte förklarad",
        "avvikelser är inte förklarade",
    );
    Some(Besked::ny(
        Allvar::Varning,
        rubrik,
        text.ord(
            ". Året kan inte stängas och rapporten till styrelsen är inte klar förrän de är \
                  det.",
        ),
    ))
}
