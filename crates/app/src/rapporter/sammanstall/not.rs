//! The note about insatser in the annual accounts: this year beside the last.

use super::{Byggare, Fakta, finansiarer, ord, rad, rubrik};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::sammanstallning::{Del, Siffercell, Sifferrad, Siffertabell};
use utfall_domain::rapport::{Kolumn, Radslag};

pub(super) fn not(b: &Byggare<'_>, ar: i16) -> (Fakta, Vec<Del>) {
    let forra = ar.saturating_sub(1);
    let fakta = vec![("Räkenskapsår".to_owned(), vec![ord(ar.to_string())])];
    let mut delar = b.kapitel("principer");
    delar.extend(insatserna(b, (forra, ar)));
    delar.extend(bidragen(b, ar));
    delar.extend(finansiarer::i_projekten(b));
    delar.extend(b.preliminart(ar));
    delar.extend(b.kapitel("kommentar"));
    (fakta, delar)
}

fn insatserna(b: &Byggare<'_>, (forra, ar): (i16, i16)) -> Vec<Del> {
    let mut ut = vec![rubrik(1, "Kostnader för insatser", "insatser")];
    let celler = |urval: Urval| {
        vec![
            b.cell(Matt::AnvantInsats, &urval.clone().ar(ar)),
            b.cell(Matt::Budget, &urval.clone().ar(ar)),
            b.cell(Matt::Avvikelse, &urval.clone().ar(ar)),
            b.cell(Matt::AnvantInsats, &urval.ar(forra)),
            Siffercell::Raknad,
        ]
    };
    let med = |i: &&Insats| {
        let har = |matt, ar| b.har(matt, &Urval::insats(i.id).ar(ar));
        har(Matt::AnvantInsats, ar) || har(Matt::Budget, ar) || har(Matt::AnvantInsats, forra)
    };
    let mut rader: Vec<Sifferrad> = b
        .bok
        .insatser
        .iter()
        .filter(med)
        .map(|i| rad(Radslag::Vanlig, i.namn.clone(), celler(Urval::insats(i.id))))
        .collect();
    if rader.is_empty() {
        let text = format!("Ingen insats har kostnader {ar} eller {forra}.");
        ut.push(Del::Stycke {
            ord: vec![ord(text)],
        });
        return ut;
    }
    rader.push(rad(
        Radslag::Summa,
        "Summa insatser",
        celler(Urval::default()),
    ));
    ut.push(Del::Tabell(Siffertabell {
        rubrik: "Kostnader för insatser mot budget och mot året före, kronor.".to_owned(),
        kolumner: vec![
            Kolumn::ord("Insats"),
            Kolumn::tal(format!("Använt {ar}")),
            Kolumn::tal(format!("Budget {ar}")),
            Kolumn::skillnad("Avvikelse", 2, 1),
            Kolumn::tal(format!("Använt {forra}")),
            Kolumn::skillnad("Förändring", 1, 4),
        ],
        rader,
        not: String::new(),
    }));
    ut
}

/// How they were paid: each grant from what came in to what goes out of the year.
fn bidragen(b: &Byggare<'_>, ar: i16) -> Vec<Del> {
    const MATT: [Matt; 5] = [
        Matt::OverfortIn,
        Matt::Rekvirerat,
        Matt::Anvant,
        Matt::OverfortUt,
        Matt::AttAterbetala,
    ];
    let celler = |urval: &Urval| MATT.iter().map(|matt| b.cell(*matt, urval)).collect();
    let mut rader: Vec<Sifferrad> = b
        .bidrag(ar)
        .into_iter()
        .map(|bidrag| {
            let urval = Urval::bidrag(bidrag.id).ar(ar);
            rad(Radslag::Vanlig, bidrag.namn.clone(), celler(&urval))
        })
        .collect();
    if rader.is_empty() {
        return Vec::new();
    }
    let alla = celler(&Urval::default().ar(ar));
    rader.push(rad(Radslag::Summa, "Alla bidrag", alla));
    vec![
        rubrik(1, "Bidrag som betalar insatserna", "bidrag"),
        Del::Tabell(Siffertabell {
            rubrik: format!("Bidragen {ar}, kronor."),
            kolumner: vec![
                Kolumn::ord("Bidrag"),
                Kolumn::tal("Från tidigare år"),
                Kolumn::tal("Rekvirerat"),
                Kolumn::tal("Använt"),
                Kolumn::tal("Till senare år"),
                Kolumn::tal("Att betala tillbaka"),
            ],
            rader,
            not: String::new(),
        }),
    ]
}
