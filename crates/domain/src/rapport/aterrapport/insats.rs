//! One section for each insats, all laid out alike (R311).

use super::delar::{fritext, led, rubrik, upplagt};
use super::{Aterrapport, Insats, Siffra};
use crate::rapport::modell::{Block, Kolumn, Rad, Radslag, Tabell, Text};
use crate::rapport::rakning::Led;
use crate::varde::Varde;

/// The anchor of the insats with this number, counted from 1.
pub(super) fn ankare(nr: usize) -> String {
    format!("insats-{nr}")
}

pub(super) fn alla(rapport: &Aterrapport) -> Vec<Block> {
    if rapport.insatser.is_empty() {
        return Vec::new();
    }
    let mut block = vec![Block::Sidbrytning, rubrik(1, "Insatserna", "insatser")];
    for (nr, insats) in (1..).zip(&rapport.insatser) {
        block.extend(en(nr, insats, &rapport.adress));
    }
    block
}

fn en(nr: usize, insats: &Insats, adress: &str) -> Vec<Block> {
    let ankare = ankare(nr);
    let under = |text: &str, del: &str| rubrik(3, text, &format!("{ankare}-{del}"));
    let ord = if insats.namnder.len() > 1 {
        "Ansvariga nämnder: "
    } else {
        "Ansvarig nämnd: "
    };
    let ansvar = if insats.namnder.is_empty() {
        Text::antal(Varde::EjInrapporterat, None)
    } else {
        Text::ren(insats.namnder.join(", "))
    };
    let mut block = vec![
        rubrik(2, &insats.namn, &ankare),
        Block::Stycke {
            text: vec![Text::stark(ord), ansvar],
        },
        under("Beskrivning", "beskrivning"),
    ];
    block.extend(fritext(&insats.beskrivning));
    block.push(under("Budget och ekonomiskt utfall", "ekonomi"));
    block.push(Block::Tabell(uppstallning(insats, adress)));
    block.extend(kommentar(insats));
    block.push(under("Resultat och bedömd effekt", "resultat"));
    if !insats.resultattal.is_empty() {
        block.push(Block::Tabell(resultattal(insats, adress)));
    }
    block.extend(fritext(&insats.resultat));
    block.push(under("Fortsättning", "fortsattning"));
    block.extend(fritext(&insats.fortsattning));
    block
}

/// The account on paper: budget minus use is what is left.
fn uppstallning(insats: &Insats, adress: &str) -> Tabell {
    let belopp = &insats.belopp;
    let rad = |slag: Radslag, namn: &str, siffra: &Siffra| Rad {
        slag,
        rubrik: vec![Text::ren(namn)],
        celler: vec![vec![siffra.text(adress)]],
        led: led(namn),
    };
    Tabell {
        rubrik: format!("{}: budget och använda pengar, kronor.", insats.namn),
        kolumner: kolumner("Post", "Belopp"),
        rader: vec![
            rad(Radslag::Vanlig, "Budget", &belopp.budget),
            rad(Radslag::Vanlig, "\u{2212} Använt", &belopp.utfall),
            rad(Radslag::Summa, "= Avvikelse", &belopp.avvikelse),
        ],
        // How exactly they are known is said once, of the table of all insatser.
        not: Vec::new(),
    }
}

/// A comment is expected only when the money differs from the plan.
fn kommentar(insats: &Insats) -> Vec<Block> {
    let inled = || Text::stark("Kommentar: ");
    let mut skrivet = upplagt(&insats.kommentar);
    match skrivet.first_mut() {
        Some(Block::Stycke { text }) => text.insert(0, inled()),
        Some(_) => skrivet.insert(
            0,
            Block::Stycke {
                text: vec![Text::stark("Kommentar:")],
            },
        ),
        None if insats.belopp.avvikelse.varde == Varde::Kant(0) => {}
        None => skrivet.push(Block::Stycke {
            text: vec![inled(), Text::ren("ingen är skriven.")],
        }),
    }
    skrivet
}

fn resultattal(insats: &Insats, adress: &str) -> Tabell {
    let rader = insats.resultattal.iter().map(|tal| Rad {
        slag: Radslag::Vanlig,
        rubrik: vec![Text::ren(tal.namn.clone())],
        celler: vec![tal.siffra.med_enhet(adress)],
        led: Led::Plus,
    });
    Tabell {
        rubrik: format!("{}: räknade resultat.", insats.namn),
        kolumner: kolumner("Resultat", "Antal"),
        rader: rader.collect(),
        not: Vec::new(),
    }
}

fn kolumner(forsta: &str, andra: &str) -> Vec<Kolumn> {
    vec![Kolumn::ord(forsta), Kolumn::tal(andra)]
}
