//! What each funder pays of, over all projects and years (R72).

use super::{Byggare, rad, rubrik};
use std::collections::BTreeSet;
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::sammanstallning::{Del, Siffercell, Siffertabell};
use utfall_domain::rapport::{Kolumn, Radslag};

/// Each funder's part of the projects that name one; nothing where no project does.
pub(super) fn i_projekten(b: &Byggare<'_>) -> Vec<Del> {
    let alla = Urval::default();
    let betalar: BTreeSet<OrganisationId> = b
        .bok
        .matt(Matt::Finansiering, &alla)
        .rader
        .into_iter()
        .filter_map(|id| b.bok.faktum(id)?.galler().finansiar)
        .collect();
    let mut namnda: Vec<(&str, OrganisationId)> = betalar
        .into_iter()
        .map(|id| (b.bok.organisationsnamn(id), id))
        .collect();
    namnda.sort_unstable();
    if namnda.is_empty() {
        return Vec::new();
    }
    let mut rader = Vec::new();
    for (namn, id) in namnda {
        rader.push(rad(Radslag::Grupp, namn, Vec::new()));
        let om = |i: &Insats| Urval::insats(i.id).for_finansiar(id);
        let egna = b.bok.insatser.iter();
        for i in egna.filter(|i| b.har(Matt::Finansiering, &om(i))) {
            let celler = vec![
                b.cell(Matt::Projektbudget, &Urval::insats(i.id)),
                b.cell(Matt::Finansiering, &om(i)),
                Siffercell::Raknad,
            ];
            rader.push(rad(Radslag::Vanlig, i.namn.clone(), celler));
        }
        let tom = || Siffercell::Text("\u{2013}".to_owned());
        let del = b.cell(Matt::Finansiering, &alla.clone().for_finansiar(id));
        let summa = format!("{namn}, alla projekt");
        rader.push(rad(Radslag::Delsumma, summa, vec![tom(), del, tom()]));
    }
    vec![
        rubrik(1, "Finansiärernas del av projekten", "finansiarernas-del"),
        Del::Tabell(Siffertabell {
            rubrik: "Vad varje finansiär betalar, alla projekt och år, kronor.".to_owned(),
            kolumner: vec![
                Kolumn::ord("Finansiär och projekt"),
                Kolumn::tal("Projektets budget"),
                Kolumn::tal("Finansiärens del"),
                Kolumn::andel("Del, %", 2, 1),
            ],
            rader,
            not: "Den som betalar 100 % betalar projektet ensam.".to_owned(),
        }),
    ]
}
