//! A measure's formula with its figures, and the same in a sentence.

use crate::siffror::{Siffror, enhet, enhet_i_rubrik, text};
use utfall_app::uppfoljning::metodord;
use utfall_domain::matt::{Formel, Harledning, Krav, Led, Ledtecken, Matt, Prognosdel, Urval};
use utfall_vyer::komponent::Text;
use utfall_vyer::sidor::{FormelRad, Tecknad};

/// One column: the books have one answer.
#[must_use]
pub fn kolumner(h: &Harledning) -> Vec<String> {
    vec![enhet_i_rubrik(h.matt.enhet()).to_owned()]
}

/// How to read the formula: names and signs, without figures.
#[must_use]
pub fn formeltext(h: &Harledning) -> String {
    let enhet = enhet_i_rubrik(h.matt.enhet());
    format!("{} {enhet}.", regel(h.matt))
}

/// A difference in words, without its full stop.
fn minus(forst: Matt, delar: &[(Matt, Krav)]) -> String {
    let alla = std::iter::once(forst).chain(delar.iter().map(|(m, _)| *m));
    let alla: Vec<String> = alla.map(|m| m.text().to_lowercase()).collect();
    crate::ram::stor_forst(&alla.join(" minus "))
}

/// A measure's formula in words.
#[must_use]
pub fn regel(matt: Matt) -> String {
    let namn = |m: Matt| m.text().to_lowercase();
    match matt.definition().formel {
        Formel::Fakta { slag, .. } => {
            format!("Summan av alla uppgifter om {}.", slag.text())
        }
        Formel::Plus(delar) => {
            let delar: Vec<String> = delar.iter().map(|(m, _)| namn(*m)).collect();
            format!("{}.", crate::ram::stor_forst(&delar.join(" plus ")))
        }
        Formel::Minus(forst, delar) => format!("{}.", minus(forst, delar)),
        Formel::MinusPerBidrag(forst, delar) => {
            format!("{}, bidrag för bidrag.", minus(forst, delar))
        }
        Formel::Brist(forst, delar) => format!(
            "{}, insats för insats och år för år. Bara det som saknas läggs ihop.",
            minus(forst, delar)
        ),
        Formel::Forsta(val, _) => {
            let val: Vec<String> = val.iter().map(|m| namn(*m)).collect();
            format!(
                "{}, det första som finns.",
                crate::ram::stor_forst(&val.join(", annars "))
            )
        }
        Formel::Andel(del, helhet) => {
            format!("{} delat med {}.", m_stor(del), namn(helhet))
        }
        Formel::Prognos(del) => prognosregel(del).to_owned(),
        Formel::Installning(_) => {
            "Den senast satta som gäller för året, från det år den sattes.".to_owned()
        }
        Formel::Ganger(bas, satser) => {
            let satser: Vec<&str> = satser.iter().map(|p| p.text()).collect();
            let sats = if satser.is_empty() {
                "partens del".to_owned()
            } else {
                satser.join(" plus ").to_lowercase()
            };
            format!("{} gånger {sats}.", m_stor(bas))
        }
        Formel::Motsatt(bas, kategori) => {
            format!(
                "{} som är {}, med omvänt tecken.",
                m_stor(bas),
                kategori.to_lowercase()
            )
        }
        Formel::MinusInstallning(bas, parameter) => {
            format!("{} minus {}.", m_stor(bas), parameter.text().to_lowercase())
        }
    }
}

/// The parts of a forecast in words.
const fn prognosregel(del: Prognosdel) -> &'static str {
    match del {
        Prognosdel::Till => "Summan av det som är använt till och med månaden.",
        Prognosdel::Rest => "Beräknat ur raderna med insatsens prognosmetod.",
        Prognosdel::Poster => "Summan av kända poster efter månaden.",
        Prognosdel::Helar => "Utfallet till och med månaden plus resten av året plus kända poster.",
        Prognosdel::Avvikelse => "Budget minus prognos helår.",
        Prognosdel::Andel => "Väntad avvikelse delat med budget.",
        Prognosdel::Kvar => "Att röra sig med minus prognos helår.",
        Prognosdel::Utrymme => "Kvar att fördela plus väntad avvikelse.",
    }
}

fn m_stor(matt: Matt) -> String {
    matt.text().to_owned()
}

/// The formula with its figures, each leading to its own derivation.
#[must_use]
pub fn formel(s: &Siffror<'_>, h: &Harledning) -> Vec<FormelRad> {
    let mut rader: Vec<FormelRad> = h
        .led
        .iter()
        .enumerate()
        .map(|(nr, led)| ledrad(s, nr, (h, led)))
        .collect();
    if h.led.is_empty() {
        let (namn, under) = i_botten(s, h);
        rader.push(FormelRad {
            tecken: Tecknad::Start,
            namn,
            under: Some(under),
            tal: vec![s.tal(h.matt, &h.urval)],
        });
    }
    rader.push(FormelRad {
        tecken: Tecknad::Lika,
        namn: h.matt.text().to_owned(),
        under: None,
        tal: vec![s.tal(h.matt, &h.urval)],
    });
    rader
}

/// What a figure without terms is made of, and how.
fn i_botten(s: &Siffror<'_>, h: &Harledning) -> (String, String) {
    if h.matt.definition().formel == Formel::Prognos(Prognosdel::Rest) {
        return (
            "Beräknat med insatsens metod".to_owned(),
            metodord(s.bok, &h.urval),
        );
    }
    let rader = crate::siffror::antal(h.rader.len(), "inga rader", "en rad", "rader");
    ("Summan av raderna nedan".to_owned(), rader)
}

/// What a term is about that the figure itself is not: the grant and the year of a part.
fn del_av(s: &Siffror<'_>, h: &Harledning, led: &Led) -> Option<String> {
    let (hela, del) = (&h.urval, &led.harledning.urval);
    if hela == del {
        return None;
    }
    let bara = Urval {
        bidrag: del.bidrag.filter(|_| hela.bidrag.is_none()),
        insats: del.insats.filter(|_| hela.insats.is_none()),
        ar: del.ar.filter(|_| hela.ar.is_none()),
        utan_bidrag: del.utan_bidrag && !hela.utan_bidrag,
        utan_insats: del.utan_insats && !hela.utan_insats,
        ..Urval::default()
    };
    Some(super::om(s.bok, &bara))
}

fn ledrad(s: &Siffror<'_>, nr: usize, (h, led): (&Harledning, &Led)) -> FormelRad {
    let tecken = match (led.tecken, nr) {
        (Ledtecken::Helhet, _) => Tecknad::Delat,
        (Ledtecken::Minus, _) => Tecknad::Minus,
        (Ledtecken::Ganger, _) => Tecknad::Ganger,
        (Ledtecken::Plus, nr) if nr > 0 => Tecknad::Plus,
        (Ledtecken::Plus | Ledtecken::Lika | Ledtecken::Del, _) => Tecknad::Start,
    };
    let under = (!led.harledning.utfall.har_fakta)
        .then(|| "inget är registrerat".to_owned())
        .or_else(|| del_av(s, h, led));
    FormelRad {
        tecken,
        namn: installningens_namn(&led.harledning)
            .unwrap_or_else(|| led.harledning.matt.text().to_owned()),
        under,
        tal: vec![s.tal(led.harledning.matt, &led.harledning.urval)],
    }
}

/// A setting is called by its own name.
fn installningens_namn(h: &Harledning) -> Option<String> {
    let namn = h.urval.kategori.as_deref()?;
    matches!(h.matt.definition().formel, Formel::Installning(_))
        .then(|| crate::parametrar::namn(namn))
}

/// What is known of a sum with a missing part, and what the rest is. Of a difference the
/// rest may as well be less than nothing, so it is not called the least.
fn kand_del(s: &Siffror<'_>, h: &Harledning) -> Option<String> {
    let del = h.utfall.kand_del.filter(|_| s.far_visas(h))?;
    let skal = h.utfall.varde.tecken()?.ord();
    let minst = match h.matt.definition().formel {
        Formel::MinusPerBidrag(..) => "",
        _ => "minst ",
    };
    let del = format!(
        "{minst}{}\u{a0}{}",
        text(del, h.matt.enhet()),
        enhet(h.matt.enhet())
    );
    Some(format!(
        "{} är känt; resten är {skal}.",
        crate::ram::stor_forst(&del)
    ))
}

/// The sum in a sentence, or the definition when there is nothing to add up.
#[must_use]
pub fn i_ord(s: &Siffror<'_>, h: &Harledning) -> Text {
    let definition = h.matt.definition().text;
    if let Some(del) = kand_del(s, h) {
        return Text::from(definition).ord(format!(" {del}"));
    }
    if h.led.len() < 2 || s.kant(h.matt, &h.urval).is_none() {
        return definition.into();
    }
    let mut text = Text::default();
    for (nr, led) in h
        .led
        .iter()
        .filter(|l| l.harledning.utfall.har_fakta)
        .enumerate()
    {
        let ord = match (led.tecken, nr) {
            (_, 0) => format!("{} ", led.harledning.matt.text()),
            (Ledtecken::Minus, _) => {
                format!(" minus {} ", led.harledning.matt.text().to_lowercase())
            }
            (Ledtecken::Ganger, _) => {
                format!(" gånger {} ", led.harledning.matt.text().to_lowercase())
            }
            (Ledtecken::Helhet, _) => {
                format!(" delat med {} ", led.harledning.matt.text().to_lowercase())
            }
            _ => format!(" plus {} ", led.harledning.matt.text().to_lowercase()),
        };
        text = text
            .ord(ord)
            .tal(s.tal(led.harledning.matt, &led.harledning.urval));
    }
    text.ord(" blir ")
        .tal(s.med_enhet(h.matt, &h.urval))
        .ord(".")
}
