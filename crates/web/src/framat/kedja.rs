//! The chain of money of one initiative over the years, with its gaps and its ends.

use crate::adress;
use crate::siffror::{Siffror, kort_dag};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::medel::kategori;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::BidragId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::atagande::{
    Atagande, Koppling, Utlysningslage, ataganden, utlysning, vantar_pa,
};
use utfall_domain::medel::post::Medelspost;
use utfall_domain::medel::villkor::gallande;
use utfall_domain::pengar::Ore;
use utfall_vyer::diagram::{Band, Bandrad, Bandslag, Markering, Tidsband};
use utfall_vyer::komponent::{Lage, LageSlag};
use utfall_vyer::tabell::{Cell, Kolumn, Rad, Radrubrik, Tabell};

/// A year's money from one source, or that there is none.
struct Lank {
    ar: i16,
    kalla: String,
    href: Option<String>,
    fran: Date,
    till: Date,
    slag: Bandslag,
    tal: Option<Cell>,
    ore: i64,
}

fn arets(ar: i16) -> (Date, Date) {
    (date(ar, 1, 1), date(ar, 12, 31))
}

/// The chain; `None` when nothing is known of any year.
pub fn kedjan(s: &Siffror<'_>, insats: &Insats) -> Option<Tidsband> {
    let poster = s.bok.poster();
    let mut lankar = fordelat(s, &poster, insats);
    lankar.extend(utlovat(s, &poster, insats));
    glapp(s, insats, &mut lankar);
    lankar.sort_by(|a, b| (a.ar, a.slag, &a.kalla).cmp(&(b.ar, b.slag, &b.kalla)));
    let aren = (lankar.first()?.ar, lankar.last()?.ar);
    let vantar = vantar_pa(&poster, insats.id).map(|u| u.namn.as_str());
    let rader = raderna(&lankar, aren);
    let markeringar = avtal(&poster, insats, aren);
    let fynd = fyndet(&lankar);
    Some(Tidsband {
        id: "kedja".into(),
        under: match aren {
            (a, b) if a == b => format!("Kronor {a}"),
            (a, b) => format!("Kronor {a}–{b}, varje bidrag för sig"),
        },
        titel: format!("Pengarna till {} år för år", insats.namn),
        beskrivning: lankar
            .iter()
            .map(|l| format!("{}: {}, {}", l.ar, l.kalla, ord(l, vantar)))
            .chain(markeringar.iter().map(|m| m.text.clone()))
            .map(|mening| format!("{mening}."))
            .collect::<Vec<_>>()
            .join(" "),
        tabell: tabellen(&lankar, vantar),
        fynd,
        aren,
        rader,
        markeringar,
    })
}

/// What is distributed, each grant and year by itself, until the grant's terms say.
fn fordelat(s: &Siffror<'_>, poster: &[Medelspost], insats: &Insats) -> Vec<Lank> {
    let par: BTreeSet<(i16, Option<BidragId>)> = s
        .om_insats(insats.id)
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
        .filter_map(|f| Some((f.galler().ar?, f.galler().bidrag)))
        .collect();
    par.into_iter()
        .filter_map(|(ar, bidrag)| {
            let urval = Urval {
                bidrag,
                utan_bidrag: bidrag.is_none(),
                ..Urval::insats(insats.id).ar(ar)
            };
            let ore = s.kant(Matt::Fordelat, &urval).filter(|tal| *tal > 0)?;
            let b = bidrag.and_then(|id| s.bok.bidrag(id));
            let (mut fran, mut till) = arets(ar);
            if let Some(b) = b {
                let v = gallande(poster, b, Some(ar));
                fran = v.fran.filter(|d| d.year() == ar).unwrap_or(fran);
                till = v.till.filter(|d| d.year() == ar).unwrap_or(till);
            }
            Some(Lank {
                ar,
                kalla: b.map_or_else(|| "Utan angivet bidrag".to_owned(), |b| b.namn.clone()),
                href: b.map(|b| adress::bidrag(&b.slug).per(s.bok.per_dag()).into()),
                fran,
                till: till.max(fran),
                slag: Bandslag::Fordelat,
                tal: Some(s.tal(Matt::Fordelat, &urval).into()),
                ore,
            })
        })
        .collect()
}

/// What is promised or hoped for, as far as it does not stand in a distribution.
fn utlovat(s: &Siffror<'_>, poster: &[Medelspost], insats: &Insats) -> Vec<Lank> {
    let mut ut = Vec::new();
    let egna = ataganden(poster)
        .into_iter()
        .filter(|(p, a)| p.post.om.insats == Some(insats.id) && a.lage.slag().is_some());
    for (p, a) in egna {
        for (ar, ore) in a.belopp.iter().filter(|(ar, _)| !a.fordelade.contains(ar)) {
            let (fran, till) = arets(*ar);
            let (matt, slag) = match a.lage.binder() {
                true => (Matt::Atagande, Bandslag::Utlovat),
                false => (Matt::VantatAtagande, Bandslag::Vantat),
            };
            let urval = Urval::insats(insats.id).ar(*ar);
            let urval = urval.for_kategori(kategori(p.post.sak));
            ut.push(Lank {
                ar: *ar,
                kalla: atagandets_namn(a),
                href: Some(adress::ett_atagande(&p.post.sak.to_string()).into()),
                fran,
                till,
                slag,
                tal: Some(s.tal(matt, &urval).into()),
                ore: *ore,
            });
        }
    }
    ut
}

fn atagandets_namn(a: &Atagande) -> String {
    match a.ansokan.namn.trim() {
        "" => "Åtagande".to_owned(),
        namn => namn.to_owned(),
    }
}

/// The years between the first and the last that anything is known of, without money that
/// anybody has promised.
fn glapp(s: &Siffror<'_>, insats: &Insats, lankar: &mut Vec<Lank>) {
    let mut aren: BTreeSet<i16> = lankar.iter().map(|l| l.ar).collect();
    let behov = s.om_insats(insats.id);
    let behov = behov.iter().filter(|f| f.fakta.slag == FaktumSlag::Behov);
    aren.extend(behov.filter_map(|f| f.galler().ar));
    let saker = |l: &&Lank| matches!(l.slag, Bandslag::Fordelat | Bandslag::Utlovat);
    let med: BTreeSet<i16> = lankar.iter().filter(saker).map(|l| l.ar).collect();
    let (Some(forsta), Some(sista)) = (aren.first().copied(), aren.last().copied()) else {
        return;
    };
    for ar in (forsta..=sista).filter(|ar| !med.contains(ar)) {
        let (fran, till) = arets(ar);
        lankar.push(Lank {
            ar,
            kalla: "Inga säkra pengar".to_owned(),
            href: None,
            fran,
            till,
            slag: Bandslag::Glapp,
            tal: None,
            ore: 0,
        });
    }
}

/// The days that contracts end while the answer to a call is missing.
fn avtal(poster: &[Medelspost], insats: &Insats, aren: (i16, i16)) -> Vec<Markering> {
    let egna = super::egna(poster, insats).into_iter();
    egna.filter_map(|(_, k)| {
        let Koppling::Beroende {
            utlysning: sak,
            avtal_till: Some(dag),
            ..
        } = k
        else {
            return None;
        };
        let u = utlysning(poster, *sak)?;
        let med = (aren.0..=aren.1).contains(&dag.year());
        (med && u.lage != Utlysningslage::Beviljad).then(|| Markering {
            plats: plats(aren, *dag, true),
            text: format!("Avtal går ut {}", kort_dag(*dag)),
        })
    })
    .collect()
}

/// The finding: the first gap, or how far the money is safe.
fn fyndet(lankar: &[Lank]) -> String {
    let glapp: Vec<String> = lankar
        .iter()
        .filter(|l| l.slag == Bandslag::Glapp)
        .map(|l| l.ar.to_string())
        .collect();
    let sista = lankar.iter().filter(|l| l.slag != Bandslag::Glapp);
    let sista = sista
        .filter(|l| l.slag != Bandslag::Vantat)
        .map(|l| l.till)
        .max();
    match (glapp.as_slice(), sista) {
        ([], Some(dag)) => format!("Det finns pengar till och med {}", kort_dag(dag)),
        ([ett], _) => format!("Ett glapp: inga säkra pengar {ett}"),
        (flera, _) => format!("Inga säkra pengar {}", flera.join(", ")),
    }
}

/// Where a day stands between the first and the last year, in thousandths: its beginning, or
/// its end.
fn plats((forsta, sista): (i16, i16), dag: Date, slutet: bool) -> i64 {
    let hela = i64::from(sista) - i64::from(forsta) + 1;
    let ar = i64::from(dag.year()) - i64::from(forsta);
    let dagar = i64::from(dag.day_of_year()) - i64::from(!slutet);
    let arets = i64::from(dag.days_in_year()).max(1);
    (ar * 1_000 + dagar * 1_000 / arets) / hela.max(1)
}

fn raderna(lankar: &[Lank], aren: (i16, i16)) -> Vec<Bandrad> {
    let mut rader: BTreeMap<(bool, i16, String), Vec<Band>> = BTreeMap::new();
    let forst = |l: &Lank| {
        let samma = lankar
            .iter()
            .filter(|x| x.kalla == l.kalla && x.slag == l.slag);
        samma.map(|x| x.ar).min().unwrap_or(l.ar)
    };
    for l in lankar {
        let sist = l.slag == Bandslag::Glapp;
        rader
            .entry((sist, forst(l), l.kalla.clone()))
            .or_default()
            .push(Band {
                fran: plats(aren, l.fran, false),
                till: plats(aren, l.till, true),
                slag: l.slag,
                text: match l.slag {
                    Bandslag::Glapp => "glapp".to_owned(),
                    Bandslag::Vantat => format!("{} sökt", Ore(l.ore)),
                    _ => Ore(l.ore).to_string(),
                },
            });
    }
    rader
        .into_iter()
        .map(|((_, _, namn), band)| Bandrad { namn, band })
        .collect()
}

fn ord(l: &Lank, vantar: Option<&str>) -> String {
    match l.slag {
        Bandslag::Fordelat => format!("fördelat, till och med {}", kort_dag(l.till)),
        Bandslag::Utlovat => format!("utlovat, till och med {}", kort_dag(l.till)),
        Bandslag::Vantat => "sökt, utan svar".to_owned(),
        Bandslag::Glapp => match vantar {
            Some(namn) => format!("glapp, väntar på {namn}"),
            None => "glapp".to_owned(),
        },
    }
}

fn tabellen(lankar: &[Lank], vantar: Option<&str>) -> Tabell {
    let rader = lankar.iter().map(|l| {
        let (word, slag) = match l.slag {
            Bandslag::Fordelat => ("Fördelat", LageSlag::Lugn),
            Bandslag::Utlovat => ("Utlovat", LageSlag::Upplysning),
            Bandslag::Vantat => ("Sökt, utan svar", LageSlag::Pagar),
            Bandslag::Glapp => ("Glapp", LageSlag::Fel),
        };
        let till = match (l.slag, vantar) {
            (Bandslag::Glapp, Some(namn)) => Cell::Text(format!("väntar på {namn}").into()),
            (Bandslag::Glapp, None) => Cell::Kort("–".into(), false),
            _ => Cell::Kort(kort_dag(l.till), false),
        };
        Rad::ny(vec![
            Cell::Rubrik(Radrubrik {
                text: l.ar.to_string(),
                ..Radrubrik::default()
            }),
            match &l.href {
                Some(href) => Cell::Lank(
                    utfall_vyer::komponent::Lank::ny(l.kalla.clone(), href.clone())
                        .om(l.ar.to_string()),
                ),
                None => l.kalla.clone().into(),
            },
            match &l.tal {
                Some(cell) => cell.clone(),
                None => Cell::Kort("inget".into(), true),
            },
            till,
            Cell::Lage(Lage::ny(word, slag)),
        ])
    });
    let kolumner = vec![
        Kolumn::ord("År"),
        Kolumn::ord("Pengar ur"),
        Kolumn::kr("Belopp"),
        Kolumn::ord("Till och med"),
        Kolumn::ord("Läge"),
    ];
    Tabell::ny("kedja-t", "Kronor, år för år", kolumner, rader.collect()).klass("bredd smal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stands_where_it_is_among_the_years() {
        let aren = (2021, 2024);
        for (dag, slutet, ratt) in [
            (date(2021, 1, 1), false, 0),
            (date(2021, 12, 31), true, 250),
            (date(2022, 6, 30), true, 373),
            (date(2024, 12, 31), true, 1_000),
        ] {
            assert_eq!(plats(aren, dag, slutet), ratt, "{dag}");
        }
    }
}
