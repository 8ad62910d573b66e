//! The tables of follow-up.

use super::valt::Vy;
use super::{Valt, med_fil};
use crate::adress;
use crate::siffror::{Siffror, dag};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use utfall_app::uppfoljning::laget;
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{BidragId, InsatsId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::tid::{self, PerDag};
use utfall_vyer::komponent::{Lage, LageSlag, Lank, Text};
use utfall_vyer::sidor::Tabelldel;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Tabell};
use utfall_vyer::tal::TalVy;

/// The table in the chosen view.
#[must_use]
pub fn vyn(s: &Siffror<'_>, valt: &Valt) -> Tabelldel {
    let (rubrik, text, tabell) = match valt.vy {
        Vy::Insats => ("Insatserna", String::new(), insatser(s, valt)),
        Vy::Namnd => (
            "Nämnd för nämnd",
            "En insats med flera nämnder, eller ingen, står för sig.".to_owned(),
            namnder(s, valt),
        ),
        Vy::Finansiar => (
            "Finansiär för finansiär",
            String::new(),
            finansiarer(s, valt),
        ),
        Vy::Kostnadsslag => (
            "Kostnadsslag",
            "Prognosen görs för hela insatser. Här jämförs det planerade med utfallet.".to_owned(),
            kostnadsslag(s, valt),
        ),
        Vy::Manad => ("Månad för månad", String::new(), manader(s, valt)),
    };
    Tabelldel {
        id: "uppfoljning".into(),
        rubrik: rubrik.into(),
        text: if text.is_empty() {
            Text::default()
        } else {
            text.into()
        },
        tabell: med_fil(tabell, valt),
    }
}

/// The insatser that money is planned for or used by in a year.
#[must_use]
pub fn med_i_aret<'a>(s: &Siffror<'a>, ar: i16) -> Vec<&'a Insats> {
    use FaktumSlag as F;
    let med: BTreeSet<InsatsId> = s
        .fakta()
        .iter()
        .filter(|f| {
            matches!(
                f.fakta.slag,
                F::Anvant | F::Fordelat | F::Budget | F::Overfort | F::Prognospost
            )
        })
        .filter(|f| f.galler().ar == Some(ar) && f.galler().version.is_none())
        .filter_map(|f| f.galler().insats)
        .collect();
    let bok = s.bok;
    bok.insatser
        .iter()
        .filter(|i| med.contains(&i.id))
        .collect()
}

const HUVUD: [&str; 6] = [
    "Budget",
    "Utfall",
    "Prognos helår",
    "Avvikelse",
    "Avvikelse %",
    "Senast fastställd",
];

fn kolumner(forst: &str, sist: &str) -> Vec<Kolumn> {
    let mut ut = vec![Kolumn::ord(forst)];
    ut.extend(HUVUD.iter().map(|namn| {
        if namn.ends_with('%') {
            Kolumn::tal(*namn)
        } else {
            Kolumn::kr(*namn)
        }
    }));
    if !sist.is_empty() {
        ut.push(Kolumn::ord(sist));
    }
    ut
}

/// Budget, used, forecast, deviation in kronor and per cent, last settled.
fn talen(s: &Siffror<'_>, valt: &Valt, del: &Urval) -> Vec<Cell> {
    let till = Urval {
        period: valt.till().period,
        ..del.clone()
    };
    [
        (Matt::Budget, del),
        (Matt::AnvantTill, &till),
        (Matt::PrognosHelar, &till),
        (Matt::PrognosAvvikelse, &till),
        (Matt::PrognosAndel, &till),
        (Matt::Prognos, del),
    ]
    .map(|(matt, urval)| s.tal(matt, urval).into())
    .to_vec()
}

fn caption(valt: &Valt) -> String {
    format!(
        "Kronor {}. Utfall till och med {}.",
        valt.ar,
        tid::manad(valt.manad)
    )
}

fn insatser(s: &Siffror<'_>, valt: &Valt) -> Tabell {
    let alla = med_i_aret(s, valt.ar);
    let mut saknas = 0_usize;
    let mut rader: Vec<Rad> = alla
        .iter()
        .map(|i| {
            let urval = valt.helar().for_insats(i.id);
            let mut celler = vec![rubrik(s, valt, i)];
            celler.extend(talen(s, valt, &urval));
            let (cell, brist) = kommentar(s, valt, i);
            saknas = saknas.saturating_add(usize::from(brist));
            celler.push(cell);
            Rad::ny(celler)
        })
        .collect();
    if !rader.is_empty() {
        let mut celler = vec![Cell::rubrik("Summa")];
        celler.extend(talen(s, valt, &valt.helar()));
        celler.push(
            crate::siffror::antal(saknas, "alla är förklarade", "en saknas", "saknas").into(),
        );
        rader.push(Rad::av(RadSlag::Summa, celler));
    }
    Tabell::ny(
        "uppfoljning-t",
        caption(valt),
        kolumner("Insats", "Kommentar"),
        rader,
    )
    .klass("bredd")
    .tomt("Ingen insats har budget eller utfall för året.")
}

fn rubrik(s: &Siffror<'_>, valt: &Valt, i: &Insats) -> Cell {
    let urval = Urval {
        period: valt.till().period,
        ..valt.helar().for_insats(i.id)
    };
    let href = valt.i(adress::uppfoljning_insats(&i.slug));
    let metod = utfall_app::uppfoljning::metodord(s.bok, &urval);
    let kort = metod.split(". ").next().unwrap_or(&metod).to_owned();
    Cell::rubriklank(i.namn.clone(), href, Some(kort))
}

/// The comment of an insats, and whether one is missing.
fn kommentar(s: &Siffror<'_>, valt: &Valt, i: &Insats) -> (Cell, bool) {
    let urval = Urval {
        period: valt.till().period,
        ..valt.helar().for_insats(i.id)
    };
    let laget = laget(s.bok, &urval);
    let lank = |ord: &str| {
        let till = valt.i(adress::uppfoljning_insats(&i.slug)).vid("kommentar");
        Lank::ny(ord, till).om(i.namn.clone())
    };
    let cell = match (laget.kommentar, laget.forklarad) {
        (Some(f), true) => Cell::Text(Text::from(kommentarord(f))),
        (Some(_), false) => Cell::LageLank(
            Lage::ny("Inaktuell", LageSlag::Varning),
            lank("Förklara igen"),
        ),
        (None, false) => Cell::LageLank(Lage::ny("Saknas", LageSlag::Varning), lank("Förklara")),
        (None, true) if laget.avvikelse.is_none() => "går inte att räkna".into(),
        (None, true) => "behövs inte".into(),
    };
    (cell, !laget.forklarad)
}

/// `försening: Kom igång i april.`
#[must_use]
pub fn kommentarord(f: &Faktum) -> String {
    let orsak = f.galler().kategori.clone().unwrap_or_default();
    let ord = f.fakta.orsak.clone().unwrap_or_default();
    format!("{}: {ord}", crate::ram::stor_forst(&orsak))
}

fn namnder(s: &Siffror<'_>, valt: &Valt) -> Tabell {
    let alla = med_i_aret(s, valt.ar);
    let mut egna: BTreeSet<OrganisationId> = BTreeSet::new();
    let mut delade = Vec::new();
    for i in alla {
        match i.ansvariga.as_slice() {
            [en] => {
                egna.insert(*en);
            }
            _ => delade.push(i),
        }
    }
    let mut rader: Vec<(String, Urval)> = egna
        .into_iter()
        .map(|id| {
            let namn = s.bok.organisationsnamn(id).to_owned();
            (namn, valt.helar().for_organisation(id))
        })
        .collect();
    rader.extend(
        delade
            .into_iter()
            .map(|i| (i.namn.clone(), valt.helar().for_insats(i.id))),
    );
    grupptabell(s, valt, "Nämnd", rader)
}

fn finansiarer(s: &Siffror<'_>, valt: &Valt) -> Tabell {
    let alla: BTreeSet<OrganisationId> = s.bok.bidrag.iter().map(|b| b.finansiar).collect();
    let rader = alla
        .into_iter()
        .map(|id| {
            let namn = s.bok.organisationsnamn(id).to_owned();
            (namn, valt.helar().for_finansiar(id))
        })
        .filter(|(_, urval)| s.finns(Matt::Budget, urval) || s.finns(Matt::AnvantInsats, urval))
        .collect();
    grupptabell(s, valt, "Finansiär", rader)
}

fn grupptabell(s: &Siffror<'_>, valt: &Valt, forst: &str, rader: Vec<(String, Urval)>) -> Tabell {
    let tomt = rader.is_empty();
    let mut rader: Vec<Rad> = rader
        .into_iter()
        .map(|(namn, urval)| {
            let mut celler = vec![Cell::rubrik(namn)];
            celler.extend(talen(s, valt, &urval));
            Rad::ny(celler)
        })
        .collect();
    if !tomt {
        let mut celler = vec![Cell::rubrik("Alla insatser")];
        celler.extend(talen(s, valt, &valt.helar()));
        rader.push(Rad::av(RadSlag::Summa, celler));
    }
    Tabell::ny("uppfoljning-t", caption(valt), kolumner(forst, ""), rader)
        .klass("bredd")
        .tomt("Inget är planerat eller använt det året.")
}

fn kostnadsslag(s: &Siffror<'_>, valt: &Valt) -> Tabell {
    let alla: BTreeSet<String> = s
        .fakta()
        .iter()
        .filter(|f| matches!(f.fakta.slag, FaktumSlag::Anvant | FaktumSlag::Kostnad))
        .filter(|f| f.galler().ar == Some(valt.ar))
        .filter_map(|f| f.galler().kategori.clone())
        .collect();
    let talen = |hela: &Urval| -> Vec<Cell> {
        let till = Urval {
            period: valt.till().period,
            ..hela.clone()
        };
        vec![
            s.tal(Matt::Kostnad, hela).into(),
            s.tal(Matt::AnvantTill, &till).into(),
            s.tal(Matt::AnvantInsats, hela).into(),
        ]
    };
    let mut rader: Vec<Rad> = alla
        .into_iter()
        .map(|kategori| {
            let mut celler = vec![Cell::rubrik(kategori.clone())];
            celler.extend(talen(&valt.helar().for_kategori(kategori)));
            Rad::ny(celler)
        })
        .collect();
    if !rader.is_empty() {
        let mut celler = vec![Cell::rubrik("Alla, också utan kostnadsslag")];
        celler.extend(talen(&valt.helar()));
        rader.push(Rad::av(RadSlag::Summa, celler));
    }
    let kolumner = vec![
        Kolumn::ord("Kostnadsslag"),
        Kolumn::kr("Planerat"),
        Kolumn::kr("Utfall"),
        Kolumn::kr(super::manader::hela_arets(s.bok, valt.ar)),
    ];
    Tabell::ny("uppfoljning-t", caption(valt), kolumner, rader)
        .tomt("Inget utfall har kostnadsslag det året.")
}

fn manader(s: &Siffror<'_>, valt: &Valt) -> Tabell {
    Tabell::ny(
        "uppfoljning-t",
        format!("Kronor {}", valt.ar),
        super::manader::kolumner(),
        super::manader::rader(s, valt.ar, &valt.helar()),
    )
}

/// What is expected to be left of each grant, and what the terms say of it.
#[must_use]
pub fn bidragen(s: &Siffror<'_>, valt: &Valt) -> Option<Tabelldel> {
    let rader: Vec<Rad> = s
        .bok
        .bidrag
        .iter()
        .filter(|b| b.ar.contains(&valt.ar))
        .map(|b| {
            let hela = Urval {
                bidrag: Some(b.id),
                ..valt.helar()
            };
            let till = Urval {
                period: valt.till().period,
                ..hela.clone()
            };
            Rad::ny(vec![
                Cell::rubriklank(b.namn.clone(), adress::bidrag(&b.slug), None),
                s.tal(Matt::Tillgangligt, &hela).into(),
                s.tal(Matt::AnvantTill, &till).into(),
                s.tal(Matt::PrognosHelar, &till).into(),
                s.tal(Matt::PrognosKvar, &till).into(),
                super::besked::foljd(s, valt, b).into(),
            ])
        })
        .collect();
    if rader.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Bidrag"),
        Kolumn::kr("Att röra sig med"),
        Kolumn::kr("Utfall"),
        Kolumn::kr("Prognos helår"),
        Kolumn::kr("Väntas bli kvar"),
        Kolumn::ord("Vad som händer med det"),
    ];
    Some(Tabelldel {
        id: "bidragen".into(),
        rubrik: "Vad som väntas bli kvar av bidragen".into(),
        text: Text::default(),
        tabell: Tabell::ny(
            "bidragen-t",
            format!("Bidragen, kronor {}", valt.ar),
            kolumner,
            rader,
        )
        .klass("bredd"),
    })
}

/// Room for new initiatives, this year and the next.
#[must_use]
pub fn utrymme(s: &Siffror<'_>, valt: &Valt) -> Tabelldel {
    let rader = [Some(valt.ar), valt.ar.checked_add(1)]
        .into_iter()
        .flatten()
        .map(|ar| {
            let hela = Urval::default().ar(ar);
            let till = Urval {
                period: valt.till().period,
                ..hela.clone()
            };
            Rad::ny(vec![
                Cell::rubrik(ar.to_string()),
                s.tal(Matt::Tillgangligt, &hela).into(),
                s.tal(Matt::Fordelat, &hela).into(),
                s.tal(Matt::KvarAttFordela, &hela).into(),
                s.tal(Matt::PrognosAvvikelse, &till).into(),
                s.tal(Matt::Utrymme, &till).into(),
            ])
        })
        .collect();
    let kolumner = vec![
        Kolumn::ord("År"),
        Kolumn::kr("Att röra sig med"),
        Kolumn::kr("Fördelat enligt beslut"),
        Kolumn::kr("Kvar att fördela"),
        Kolumn::kr("Väntad avvikelse i insatserna"),
        Kolumn::kr("Utrymme"),
    ];
    Tabelldel {
        id: "utrymme".into(),
        rubrik: "Utrymme för nya insatser".into(),
        text: "Det som ingen insats har fått, och det som insatserna väntas lämna. Nästa år \
               räknas utan prognos."
            .into(),
        tabell: Tabell::ny("utrymme-t", "Utrymme, kronor", kolumner, rader).klass("bredd"),
    }
}

/// What was said earlier in the year: the settled forecasts, a row a day.
#[must_use]
pub fn historik(s: &Siffror<'_>, valt: &Valt) -> Option<Tabelldel> {
    let alla = faststallda(s, valt.ar, None);
    if alla.is_empty() {
        return None;
    }
    let rader = alla
        .iter()
        .rev()
        .map(|(nar, fakta)| historikrad(s, &valt.helar(), *nar, fakta))
        .collect();
    Some(Tabelldel {
        id: "historik".into(),
        rubrik: "Vad vi sade tidigare".into(),
        text: "Varje gång prognosen fastställdes. Siffran är summan som den var den dagen.".into(),
        tabell: historiktabell(rader),
    })
}

/// The table of settled forecasts.
#[must_use]
pub fn historiktabell(rader: Vec<Rad>) -> Tabell {
    let kolumner = vec![
        Kolumn::ord("Fastställd"),
        Kolumn::ord("Räknad till och med"),
        Kolumn::kr("Prognos helår"),
        Kolumn::ord("För vad, och metod"),
    ];
    Tabell::ny(
        "historik-t",
        "Fastställda prognoser, kronor",
        kolumner,
        rader,
    )
}

/// The settled forecasts of a year by the day they were settled, also those replaced since.
#[must_use]
pub fn faststallda<'a>(
    s: &Siffror<'a>,
    ar: i16,
    insats: Option<InsatsId>,
) -> BTreeMap<Date, Vec<&'a Faktum>> {
    let mut ut: BTreeMap<Date, Vec<&'a Faktum>> = BTreeMap::new();
    let (bok, per) = (s.bok, s.bok.per_dag());
    for f in &bok.fakta {
        let g = f.galler();
        let med = f.fakta.slag == FaktumSlag::Prognos
            && !f.fakta.struken
            && g.ar == Some(ar)
            && (insats.is_none() || g.insats == insats)
            && per.is_none_or(|per| per.omfattar(f.registrerad));
        if med {
            ut.entry(tid::dag(f.registrerad)).or_default().push(f);
        }
    }
    ut
}

/// A day's settled forecast.
#[must_use]
pub fn historikrad(s: &Siffror<'_>, urval: &Urval, nar: Date, fakta: &[&Faktum]) -> Rad {
    let da = s.bok.per(Some(PerDag(nar)));
    let varde = da.varde(Matt::Prognos, urval);
    let lank = adress::harledning_av(Matt::Prognos, urval, Some(PerDag(nar)));
    let tal = TalVy::av_varde(varde, |t| utfall_domain::pengar::Ore(t).to_string(), lank);
    let sist = fakta.last();
    let till = sist.and_then(|f| f.galler().period_till);
    let ord = sist.and_then(|f| f.fakta.orsak.clone()).unwrap_or_default();
    let ord = if fakta.len() > 1 {
        ord.split(". ").next().unwrap_or(&ord).to_owned()
    } else {
        ord
    };
    Rad::ny(vec![
        Cell::rubrik(dag(nar)),
        till.map_or_else(
            || "okänt".into(),
            |d| format!("{} {}", tid::manad(d.month()), d.year()).into(),
        ),
        tal.into(),
        ord.into(),
    ])
}

/// The money a grant's insatser have, for sentences.
#[must_use]
pub fn bidragsurval(valt: &Valt, bidrag: BidragId) -> Urval {
    Urval {
        bidrag: Some(bidrag),
        ..valt.till()
    }
}
