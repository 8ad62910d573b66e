//! The memo to those who decide how money is shared: the coming year beside the last.

use super::{Byggare, Fakta, ord, rad, rubrik, versal};
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::BidragId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::rapport::sammanstallning::{Del, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Kolumn, Radslag};

pub(super) fn memo(b: &Byggare<'_>, ar: i16, valda: &[BidragId]) -> (Fakta, Vec<Del>) {
    let forra = ar.saturating_sub(1);
    let fakta = vec![(
        "Gäller".to_owned(),
        vec![ord(format!("{ar}, bredvid {forra}"))],
    )];
    let mut delar = b.kapitel("bakgrund");
    let bidragen: Vec<&Bidrag> = b
        .bok
        .bidrag
        .iter()
        .filter(|bidrag| match valda {
            [] => {
                let med = |ar: &i16| med_pengar(b, bidrag.id, *ar);
                [forra, ar].iter().any(med) || !forslagen(b, bidrag.id, ar).is_empty()
            }
            valda => valda.contains(&bidrag.id),
        })
        .collect();
    if bidragen.is_empty() {
        let text = format!("Inga bidrag har medel {forra} eller {ar}.");
        delar.push(Del::Stycke {
            ord: vec![ord(text)],
        });
    }
    for (nr, bidrag) in (1..).zip(bidragen) {
        delar.push(rubrik(1, &bidrag.namn, &format!("bidrag-{nr}")));
        delar.push(Del::Tabell(att_fordela(b, bidrag, (forra, ar))));
        delar.extend(fordelningen(b, bidrag, (forra, ar)));
    }
    delar.extend(b.preliminart(ar));
    delar.extend(b.kapitel("motivering"));
    delar.extend(b.kapitel("forslag"));
    (fakta, delar)
}

fn med_pengar(b: &Byggare<'_>, bidrag: BidragId, ar: i16) -> bool {
    let urval = Urval::bidrag(bidrag).ar(ar);
    [Matt::Grundmedel, Matt::Fordelat, Matt::OverfortIn]
        .iter()
        .any(|matt| b.har(*matt, &urval))
}

/// What there is to share, both years.
fn att_fordela(b: &Byggare<'_>, bidrag: &Bidrag, (forra, ar): (i16, i16)) -> Siffertabell {
    let raden = |slag, namn: &str, matt| {
        let cell = |ar| b.cell(matt, &Urval::bidrag(bidrag.id).ar(ar));
        rad(slag, namn, vec![cell(forra), cell(ar), Siffercell::Raknad])
    };
    Siffertabell {
        rubrik: "Medel att fördela, kronor.".to_owned(),
        kolumner: vec![
            Kolumn::ord("Post"),
            Kolumn::tal(forra.to_string()),
            Kolumn::tal(ar.to_string()),
            Kolumn::skillnad("Ändring", 2, 1),
        ],
        rader: vec![
            raden(Radslag::Vanlig, "Att röra sig med", Matt::Tillgangligt),
            raden(Radslag::Vanlig, "Fördelat", Matt::Fordelat),
            raden(Radslag::Vanlig, "Kvar att fördela", Matt::KvarAttFordela),
        ],
        not: String::new(),
    }
}

/// Each insats: last year's budget and use, what is decided now, and each proposal.
fn fordelningen(b: &Byggare<'_>, bidrag: &Bidrag, (forra, ar): (i16, i16)) -> Option<Del> {
    let forslag = forslagen(b, bidrag.id, ar);
    let urval = |ar: i16| Urval::bidrag(bidrag.id).ar(ar);
    let version = |urval: Urval, version: &str| Urval {
        version: Some(version.to_owned()),
        ..urval
    };
    let med = |i: &&Insats| {
        let har = |matt, urval: Urval| b.har(matt, &urval.for_insats(i.id));
        har(Matt::Fordelat, urval(forra))
            || har(Matt::AnvantInsats, urval(forra))
            || har(Matt::Fordelat, urval(ar))
            || forslag
                .iter()
                .any(|v| har(Matt::Fordelat, version(urval(ar), v)))
    };
    let beslutat = forslag.is_empty() || b.har(Matt::Fordelat, &urval(ar));
    let celler = |insats: Option<&Insats>| {
        let om = |urval: Urval| match insats {
            Some(i) => urval.for_insats(i.id),
            None => urval,
        };
        let mut ut = vec![
            b.cell(Matt::Fordelat, &om(urval(forra))),
            b.cell(Matt::AnvantInsats, &om(urval(forra))),
        ];
        if beslutat {
            ut.push(b.cell(Matt::Fordelat, &om(urval(ar))));
            ut.push(Siffercell::Raknad);
        }
        for v in &forslag {
            ut.push(b.cell(Matt::Fordelat, &om(version(urval(ar), v))));
            ut.push(Siffercell::Raknad);
        }
        ut
    };
    let mut rader: Vec<Sifferrad> = b
        .bok
        .insatser
        .iter()
        .filter(med)
        .map(|i| rad(Radslag::Vanlig, i.namn.clone(), celler(Some(i))))
        .collect();
    if rader.is_empty() {
        return None;
    }
    rader.push(rad(Radslag::Summa, "Summa", celler(None)));
    let kolumner = kolumnerna((forra, ar), beslutat, &forslag);
    Some(Del::Tabell(Siffertabell {
        rubrik: format!("Fördelning {ar} bredvid {forra}, kronor."),
        kolumner,
        rader,
        not: om_forslagen(forslag.is_empty(), forra),
    }))
}

fn om_forslagen(inga: bool, forra: i16) -> String {
    match inga {
        true => String::new(),
        false => format!(
            "Mot {forra} är förslaget minus budgeten {forra}. Ett förslag gäller först när det är \
             beslutat."
        ),
    }
}

/// Last year, what is decided when anything is, and each proposal with what it changes.
fn kolumnerna((forra, ar): (i16, i16), beslutat: bool, forslag: &BTreeSet<String>) -> Vec<Kolumn> {
    let mut kolumner = vec![
        Kolumn::ord("Insats"),
        Kolumn::tal(format!("Budget {forra}")),
        Kolumn::tal(format!("Använt {forra}")),
    ];
    if beslutat {
        kolumner.push(Kolumn::tal(format!("Beslutat {ar}")));
        kolumner.push(Kolumn::skillnad("Ändring", 3, 1));
    }
    for v in forslag {
        let nr = kolumner.len();
        kolumner.push(Kolumn::tal(versal(v)));
        kolumner.push(Kolumn::skillnad(format!("Mot {forra}"), nr, 1));
    }
    kolumner
}

/// The proposals for a year, by name.
fn forslagen(b: &Byggare<'_>, bidrag: BidragId, ar: i16) -> BTreeSet<String> {
    b.bok
        .fakta()
        .into_iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat)
        .map(|f| f.galler())
        .filter(|g| g.bidrag == Some(bidrag) && g.ar == Some(ar))
        .filter_map(|g| g.version.clone())
        .collect()
}
