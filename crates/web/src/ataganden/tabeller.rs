//! The tables of what is promised: bound, on its way, needed, and what came to nothing.

use crate::adress;
use crate::ram::stor_forst;
use crate::siffror::{Siffror, kort_dag};
use utfall_app::medel::kategori;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::medel::atagande::{
    Atagande, Atagandelage, Finansieringslage, ataganden, finansieringslage, vantar_pa,
};
use utfall_domain::medel::post::Medelspost;
use utfall_vyer::komponent::{Lage, LageSlag, Lank, Text};
use utfall_vyer::sidor::Tabelldel;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Radrubrik, Tabell};

/// Years that stand beside each other.
const AREN: i16 = 3;

/// The parts of the page.
pub fn alla(s: &Siffror<'_>, ar: i16) -> Vec<Tabelldel> {
    let poster = s.bok.poster();
    let alla = ataganden(&poster);
    let med = |vilka: fn(Atagandelage) -> bool| -> Vec<(&Medelspost, &Atagande)> {
        alla.iter()
            .filter(|(_, a)| vilka(a.lage))
            .copied()
            .collect()
    };
    let mut ut = vec![
        del(
            s,
            ar,
            ("bundet", "Bundet: godkänt eller beslutat"),
            (Matt::Atagande, &med(Atagandelage::binder)),
            "Det här ska rymmas i verksamhetsplanen och budgeten för varje år.",
        ),
        del(
            s,
            ar,
            ("vantat", "På väg: ansökningar utan svar"),
            (Matt::VantatAtagande, &med(Atagandelage::pa_vag)),
            "Det binder inga pengar än. När ansökan är godkänd ändras läget, och beloppet flyttas \
             upp till det som är bundet.",
        ),
        fortsatter(s, ar),
    ];
    let inget = med(|lage| lage == Atagandelage::Utgatt);
    if !inget.is_empty() {
        ut.push(utgatt(s, &inget));
    }
    ut
}

fn del(
    s: &Siffror<'_>,
    ar: i16,
    (id, rubrik): (&str, &str),
    (matt, alla): (Matt, &[(&Medelspost, &Atagande)]),
    text: &str,
) -> Tabelldel {
    let aren: Vec<i16> = (ar..ar.saturating_add(AREN)).collect();
    let mut kolumner = vec![Kolumn::ord("Insats"), Kolumn::ord("Läge")];
    kolumner.extend(aren.iter().map(|ar| Kolumn::kr(ar.to_string())));
    kolumner.push(Kolumn::kr("Alla år"));
    let mut rader: Vec<Rad> = alla
        .iter()
        .map(|(p, a)| Rad::ny(radens(s, (p, a), (matt, &aren))))
        .collect();
    if !rader.is_empty() {
        let mut celler = vec![Cell::rubrik("Summa"), Cell::Kort(String::new(), false)];
        celler.extend(aren.iter().map(|ar| {
            let urval = Urval::default().ar(*ar);
            Cell::tal_eller(s.finns(matt, &urval).then(|| s.tal(matt, &urval)), "inget")
        }));
        celler.push(s.tal(matt, &Urval::default()).into());
        rader.push(Rad::av(RadSlag::Summa, celler));
    }
    let caption = match id {
        "bundet" => "Bundet, kronor",
        _ => "Väntat, kronor",
    };
    Tabelldel {
        id: id.into(),
        rubrik: rubrik.into(),
        text: text.into(),
        tabell: Tabell::ny(format!("{id}-t"), caption, kolumner, rader)
            .klass("bredd")
            .tomt(match id {
                "bundet" => "Inga pengar är bundna.",
                _ => "Ingen ansökan väntar på svar.",
            }),
    }
}

fn radens(
    s: &Siffror<'_>,
    (p, a): (&Medelspost, &Atagande),
    (matt, aren): (Matt, &[i16]),
) -> Vec<Cell> {
    let insats = p.post.om.insats.and_then(|id| s.bok.insats(id));
    let namn = insats.map_or("Insatsen finns inte", |i| i.namn.as_str());
    let till = adress::ett_atagande(&p.post.sak.to_string());
    let mut celler = vec![
        Cell::Rubrik(Radrubrik {
            text: namn.to_owned(),
            href: Some(till.per(s.bok.per_dag()).into()),
            under: ansokan(a),
            ..Radrubrik::default()
        }),
        Cell::Lage(laget(a.lage)),
    ];
    let urval = Urval {
        insats: p.post.om.insats,
        ..Urval::default()
    }
    .for_kategori(kategori(p.post.sak));
    celler.extend(aren.iter().map(|ar| {
        if a.fordelade.contains(ar) {
            return Cell::Kort("i fördelningen".into(), true);
        }
        match a.under(*ar) {
            Some(_) => s.tal(matt, &urval.clone().ar(*ar)).into(),
            None => Cell::Kort("inget".into(), true),
        }
    }));
    celler.push(if a.fordelade.len() >= a.belopp.len() {
        Cell::Kort("i fördelningen".into(), true)
    } else {
        s.tal(matt, &urval).into()
    });
    celler
}

/// The application and when it is to be filed.
pub fn ansokan(a: &Atagande) -> Option<String> {
    let namn = a.ansokan.namn.trim();
    let dag = a
        .ansokan
        .lamnas_senast
        .filter(|_| a.lage == Atagandelage::EjInlamnad)
        .map(|dag| format!("lämnas in senast {}", kort_dag(dag)));
    match (namn.is_empty(), dag) {
        (true, None) => None,
        (true, Some(dag)) => Some(stor_forst(&dag)),
        (false, None) => Some(namn.to_owned()),
        (false, Some(dag)) => Some(format!("{namn}, {dag}")),
    }
}

/// How settled a commitment is.
pub fn laget(lage: Atagandelage) -> Lage {
    let slag = match lage {
        Atagandelage::EjInlamnad => LageSlag::Varning,
        Atagandelage::Ansokt => LageSlag::Pagar,
        Atagandelage::Planerat => LageSlag::Upplysning,
        Atagandelage::Beslutat | Atagandelage::Utgatt => LageSlag::Lugn,
    };
    let ord = match lage {
        Atagandelage::EjInlamnad => "Inte inlämnad",
        Atagandelage::Ansokt => "Ansökt",
        Atagandelage::Planerat => "Godkänt, planerat",
        Atagandelage::Beslutat => "Beslutat",
        Atagandelage::Utgatt => "Blev inte av",
    };
    Lage::ny(ord, slag)
}

fn utgatt(s: &Siffror<'_>, alla: &[(&Medelspost, &Atagande)]) -> Tabelldel {
    let rader = alla.iter().map(|(p, a)| {
        let insats = p.post.om.insats.and_then(|id| s.bok.insats(id));
        let namn = insats.map_or("", |i| i.namn.as_str());
        let till = adress::ett_atagande(&p.post.sak.to_string());
        Rad::ny(vec![
            Cell::rubriklank(namn, till, ansokan(a)),
            p.post.orsak.clone().unwrap_or_default().into(),
        ])
    });
    let kolumner = ["Insats", "Varför"].map(Kolumn::ord).to_vec();
    Tabelldel {
        id: "utgatt".into(),
        rubrik: "Blev inte av".into(),
        text: Text::default(),
        tabell: Tabell::ny("utgatt-t", "Räknas inte", kolumner, rader.collect()),
    }
}

/// Whether an initiative has what it needs to go on a year.
pub fn laget_for(s: &Siffror<'_>, i: &Insats, ar: i16) -> Option<Finansieringslage> {
    let urval = Urval::insats(i.id).ar(ar);
    let pengar = [Matt::Fordelat, Matt::Atagande]
        .into_iter()
        .filter_map(|matt| s.kant(matt, &urval))
        .fold(0_i64, i64::saturating_add);
    let vantar = vantar_pa(&s.bok.poster(), i.id).is_some();
    finansieringslage(s.kant(Matt::Behov, &urval), pengar, vantar)
}

/// A state of funding with its word.
pub fn finansiering(lage: Option<Finansieringslage>) -> Cell {
    let Some(lage) = lage else {
        return Cell::Kort("behov inte angivet".into(), false);
    };
    let slag = match lage {
        Finansieringslage::Full => LageSlag::Lugn,
        Finansieringslage::Delvis => LageSlag::Varning,
        Finansieringslage::Ingen => LageSlag::Fel,
        Finansieringslage::Vantar => LageSlag::Pagar,
    };
    Cell::Lage(Lage::ny(stor_forst(lage.text()), slag))
}

/// The gap in kronor: nothing where there is enough.
pub fn gap(s: &Siffror<'_>, urval: &Urval) -> Cell {
    match s.kant(Matt::Finansieringsgap, urval) {
        Some(tal) if tal <= 0 => Cell::Kort("inget".into(), true),
        _ => s.tal(Matt::Finansieringsgap, urval).into(),
    }
}

/// The initiatives whose need of the year is known, or which wait for a call.
fn fortsatter(s: &Siffror<'_>, ar: i16) -> Tabelldel {
    let insatser = s.bok.insatser.iter().filter(|i| !i.reserv);
    let rader = insatser.filter_map(|i| {
        let urval = Urval::insats(i.id).ar(ar);
        let lage = laget_for(s, i, ar)?;
        let pengar =
            |matt| Cell::tal_eller(s.finns(matt, &urval).then(|| s.tal(matt, &urval)), "inget");
        Some(Rad::ny(vec![
            Cell::rubriklank(
                i.namn.clone(),
                adress::insats(&i.slug).per(s.bok.per_dag()),
                None,
            ),
            finansiering(Some(lage)),
            Cell::tal_eller(
                s.finns(Matt::Behov, &urval)
                    .then(|| s.tal(Matt::Behov, &urval)),
                "inte angivet",
            ),
            pengar(Matt::Fordelat),
            pengar(Matt::Atagande),
            gap(s, &urval),
        ]))
    });
    let kolumner = vec![
        Kolumn::ord("Insats"),
        Kolumn::ord("Finansiering"),
        Kolumn::kr("Behöver"),
        Kolumn::kr("Fördelat"),
        Kolumn::kr("Utlovat"),
        Kolumn::kr("Saknas"),
    ];
    Tabelldel {
        id: "fortsatter".into(),
        rubrik: format!("Insatser som ska fortsätta {ar}"),
        text: "Vad en insats behöver skrivs in på insatsens sida, under Finansiering framåt."
            .into(),
        tabell: Tabell::ny(
            "fortsatter-t",
            format!("Finansiering {ar}, kronor"),
            kolumner,
            rader.collect(),
        )
        .klass("bredd")
        .tomt("För ingen insats är det angivet vad den behöver."),
    }
}

/// What is promised to the initiatives of a grant's distribution, in its years and the one
/// after: money that the distribution has to make room for.
pub fn for_fordelning(s: &Siffror<'_>, b: &Bidrag, insatser: &[&Insats]) -> Option<Tabell> {
    let sista = b.ar.iter().max().copied()?;
    let mut aren = b.ar.clone();
    aren.push(sista.saturating_add(1));
    let poster = s.bok.poster();
    let alla = ataganden(&poster);
    let mut rader = Vec::new();
    for (p, a) in alla.iter().filter(|(_, a)| a.lage.binder()) {
        let Some(i) = insatser.iter().find(|i| Some(i.id) == p.post.om.insats) else {
            continue;
        };
        for ar in aren.iter().filter(|ar| a.under(**ar).is_some()) {
            let urval = Urval::insats(i.id).ar(*ar);
            let eget = urval.clone().for_kategori(kategori(p.post.sak));
            let fordelat = urval.clone();
            let har = s.finns(Matt::Fordelat, &fordelat);
            let utlovat = match a.fordelade.contains(ar) {
                true => Cell::Kort("i fördelningen".into(), true),
                false => s.tal(Matt::Atagande, &eget).into(),
            };
            let till = adress::ett_atagande(&p.post.sak.to_string());
            rader.push(Rad::ny(vec![
                Cell::Rubrik(Radrubrik {
                    text: i.namn.clone(),
                    under: Some(ar.to_string()),
                    ..Radrubrik::default()
                }),
                utlovat,
                Cell::tal_eller(har.then(|| s.tal(Matt::Fordelat, &fordelat)), "inget"),
                Cell::LageLank(
                    laget(a.lage),
                    Lank::ny("Visa", till).om(format!("åtagandet till {} {ar}", i.namn)),
                ),
            ]));
        }
    }
    if rader.is_empty() {
        return None;
    }
    let kolumner = vec![
        Kolumn::ord("Insats och år"),
        Kolumn::kr("Utlovat"),
        Kolumn::kr("Fördelat nu"),
        Kolumn::ord("Läge"),
    ];
    let caption = "Kronor som redan är utlovade. Fördelningen behöver ge plats för dem.";
    Some(Tabell::ny("ataganden-t", caption, kolumner, rader).klass("bredd smal"))
}
