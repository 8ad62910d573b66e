//! Volumes by month: chart and table.

use crate::siffror::Siffror;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::heltal;
use utfall_domain::tid;
use utfall_vyer::diagram::{Manad, Manadsserie, Manadsstaplar};

/// One chart per kind of volume and year.
#[must_use]
pub fn diagram(s: &Siffror<'_>, insats: &Insats) -> Vec<Manadsstaplar> {
    let mut per_titel: BTreeMap<(String, i16), Serier> = BTreeMap::new();
    for f in s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Volym)
    {
        let g = f.galler();
        let (Some(ar), Some(manad), Some(kategori)) = (g.ar, g.period_fran, &g.kategori) else {
            continue;
        };
        if g.insats != Some(insats.id) {
            continue;
        }
        let titel = kategori.split(": ").next().unwrap_or(kategori).to_owned();
        let serier = per_titel.entry((titel, ar)).or_default();
        if !serier.kategorier.contains(kategori) {
            serier.kategorier.push(kategori.clone());
        }
        serier.manader.insert(manad);
    }
    per_titel
        .into_iter()
        .enumerate()
        .map(|(nr, ((titel, ar), serier))| {
            let urval = Urval::insats(insats.id).ar(ar);
            staplar(s, (nr, &titel, ar), &urval, &serier)
        })
        .collect()
}

#[derive(Default)]
struct Serier {
    kategorier: Vec<String>,
    manader: BTreeSet<Date>,
}

fn staplar(
    s: &Siffror<'_>,
    (nr, titel, ar): (usize, &str, i16),
    urval: &Urval,
    serier: &Serier,
) -> Manadsstaplar {
    let rader: Vec<Manadsserie> = serier
        .kategorier
        .iter()
        .map(|k| serie(s, urval, k, &serier.manader))
        .collect();
    let rapporterade: Vec<&Manad> = rader
        .first()
        .map(|serie| serie.manader.iter().filter(|m| m.antal.is_some()).collect())
        .unwrap_or_default();
    let period = match (rapporterade.first(), rapporterade.last()) {
        (Some(a), Some(b)) if a.namn != b.namn => format!("{}–{}", stor(&a.namn), b.namn),
        (Some(a), _) => stor(&a.namn),
        _ => "Summa".to_owned(),
    };
    let beskrivning = rapporterade
        .iter()
        .map(|m| format!("{} {}", m.namn, m.antal.map(heltal).unwrap_or_default()))
        .collect::<Vec<_>>()
        .join(", ");
    Manadsstaplar {
        id: format!("volym-{nr}"),
        fynd: fynd(&rapporterade, titel),
        under: format!("{titel}, antal per månad {ar}"),
        titel: format!("{titel} {ar}"),
        beskrivning,
        caption: format!("{titel}, antal per månad {ar}"),
        summarubrik: period,
        serier: rader,
    }
}

fn fynd(manader: &[&Manad], titel: &str) -> String {
    match manader.iter().max_by_key(|m| m.antal) {
        Some(m) => format!(
            "{titel}: flest i {}, {}",
            m.namn,
            m.antal.map(heltal).unwrap_or_default()
        ),
        None => format!("{titel}: inget är inrapporterat"),
    }
}

fn serie(s: &Siffror<'_>, urval: &Urval, kategori: &str, manader: &BTreeSet<Date>) -> Manadsserie {
    let urval = urval.clone().for_kategori(kategori);
    let manader = manader
        .iter()
        .map(|manad| {
            let urval = Urval {
                period: Some(*manad),
                ..urval.clone()
            };
            Manad {
                namn: tid::manad(manad.month()).chars().take(3).collect(),
                antal: s.kant(Matt::Volym, &urval),
                tal: s.tal(Matt::Volym, &urval),
            }
        })
        .collect();
    Manadsserie {
        namn: kategori
            .split_once(": ")
            .map_or(kategori, |(_, namn)| namn)
            .to_owned(),
        manader,
        summa: s.tal(Matt::Volym, &urval),
    }
}

fn stor(text: &str) -> String {
    crate::ram::stor_forst(text)
}
