//! The budget lines that are no insatser.

use super::Valt;
use crate::delar::utan_alla;
use crate::siffror::Siffror;
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::matt::{Matt, Urval};
use utfall_vyer::sidor::Tabelldel;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};

/// Budget lines that are no insatser: conferences, travel, board remuneration.
#[must_use]
pub fn budgetrader(s: &Siffror<'_>, valt: &Valt) -> Option<Tabelldel> {
    let namnen = budgetradernas_namn(s, valt.ar);
    if namnen.is_empty() {
        return None;
    }
    let tal = |urval: &Urval| -> Vec<Cell> {
        BUDGETRADENS.map(|matt| s.tal(matt, urval).into()).to_vec()
    };
    let mut rader: Vec<Rad> = namnen
        .iter()
        .map(|namn| {
            let mut celler = vec![Cell::rubrik(namn.clone())];
            celler.extend(tal(&valt.helar().for_kategori(namn.clone())));
            Rad::ny(celler)
        })
        .collect();
    let mut celler = vec![Cell::rubrik("Summa")];
    let delvis = |matt: Matt| {
        let okand = |namn: &String| {
            s.kant(matt, &valt.helar().for_kategori(namn.clone()))
                .is_none()
        };
        namnen.iter().any(okand)
    };
    celler.extend(BUDGETRADENS.map(|matt| -> Cell {
        let tal = s.tal(matt, &valt.helar());
        match (delvis(matt), matt) {
            (false, _) => tal.into(),
            // What is taken away may be more than what is known.
            (true, Matt::AvvikelseRad) => utan_alla(tal, false).into(),
            (true, _) => utan_alla(tal, true).into(),
        }
    }));
    rader.push(Rad::av(RadSlag::Summa, celler));
    let kolumner = vec![
        Kolumn::ord("Budgetrad"),
        Kolumn::kr("Budget"),
        Kolumn::kr("Använt"),
        Kolumn::kr("Kvar"),
    ];
    Some(Tabelldel {
        id: "budgetrader".into(),
        rubrik: "Budgetrader som inte är insatser".into(),
        text: "Det som är kvar här påverkar årets resultat, men ingen insats.".into(),
        tabell: Tabell::ny(
            "budgetrader-t",
            format!("Budgetrader, kronor {}", valt.ar),
            kolumner,
            rader,
        ),
    })
}

/// What a budget line tells.
const BUDGETRADENS: [Matt; 3] = [Matt::Budgetkostnader, Matt::AnvantRad, Matt::AvvikelseRad];

/// The names of the budget lines of a year that are in force.
#[must_use]
pub fn budgetradernas_namn(s: &Siffror<'_>, ar: i16) -> BTreeSet<String> {
    s.fakta()
        .iter()
        .filter(|f| {
            matches!(
                f.fakta.slag,
                FaktumSlag::Budgetkostnad | FaktumSlag::AnvantRad
            )
        })
        .filter(|f| f.galler().ar == Some(ar) && f.galler().version.is_none())
        .filter_map(|f| f.galler().kategori.clone())
        .collect()
}
