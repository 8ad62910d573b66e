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
    let rapporterad = period(rader.first());
    let rader: Vec<Manadsserie> = rader
        .into_iter()
        .map(|serie| summerad(serie, rapporterad.clone()))
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

/// The months from the first that is reported to the last, by their places.
fn period(serie: Option<&Manadsserie>) -> std::ops::Range<usize> {
    let kant = |m: &Manad| m.antal.is_some();
    let manader = serie.map_or(&[][..], |serie| &serie.manader);
    let forst = manader.iter().position(kant).unwrap_or(0);
    let sist = manader.iter().rposition(kant).map_or(forst, |nr| nr + 1);
    forst..sist
}

/// The sum under the period's heading. Where a month outside of the period is missing, the
/// whole is not known and its sign leads to why; of the period's own months, when all of them
/// are known, the sum stands beside it as the known part.
fn summerad(serie: Manadsserie, period: std::ops::Range<usize>) -> Manadsserie {
    let manader = serie.manader.get(period).unwrap_or_default();
    let summa = manader
        .iter()
        .try_fold(0_i64, |summa, m| summa.checked_add(m.antal?));
    let okand = serie.summa.tecken.is_some();
    match summa.filter(|_| okand && !manader.is_empty()) {
        Some(summa) => Manadsserie {
            summa: serie.summa.kand_del(heltal(summa)),
            ..serie
        },
        None => serie,
    }
}

fn stor(text: &str) -> String {
    crate::ram::stor_forst(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use utfall_vyer::tal::{TalVy, Tecken};

    fn serie(antal: &[Option<i64>]) -> Manadsserie {
        let manad = |antal: &Option<i64>| Manad {
            namn: "mar".to_owned(),
            antal: *antal,
            tal: TalVy::tecken(Tecken::EjInrapporterat),
        };
        Manadsserie {
            namn: "Deltagare".to_owned(),
            manader: antal.iter().map(manad).collect(),
            summa: TalVy::tecken(Tecken::EjInrapporterat),
        }
    }

    #[test]
    fn the_sum_is_of_the_period_in_its_heading() {
        let summa = |antal: &[Option<i64>]| {
            let serie = serie(antal);
            let period = period(Some(&serie));
            summerad(serie, period).summa
        };
        let hel = summa(&[None, Some(3), Some(0), Some(4), None]);
        assert_eq!(hel.kand_del.as_deref(), Some("7"));
        // The figure is what its derivation says: that a month is awaited.
        assert_eq!(hel.tecken, Some(Tecken::EjInrapporterat));
        // A hole within the period leaves the sum unknown.
        assert_eq!(summa(&[None, Some(3), None, Some(4)]).kand_del, None);
        assert_eq!(summa(&[None, None]).kand_del, None);
    }
}
