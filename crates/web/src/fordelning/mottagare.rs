//! Who gets the money, by what kind of body it is: a board, a municipal company, a joint
//! board, a council.

use crate::adress;
use crate::ram::stor_forst;
use crate::siffror::Siffror;
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::{InsatsId, OrganisationId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::organisation::OrganisationSlag;
use utfall_domain::pengar::Ore;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Radgrupp, Tabell};
use utfall_vyer::tal::TalVy;

/// Of the rows of a group: the kind of body, or that several share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grupp {
    Slag(OrganisationSlag),
    Flera,
    Ingen,
}

/// A row: one body, or an initiative that several or none answer for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Vem {
    Organisation(OrganisationId),
    Insats(InsatsId),
    Inget,
}

type Rader = BTreeMap<Grupp, BTreeMap<Vem, i64>>;

/// The table; `None` when nothing is distributed, or all of it to boards.
pub fn tabell(s: &Siffror<'_>, b: &Bidrag) -> Option<Tabell> {
    let egna = |f: &&Faktum| f.galler().bidrag == Some(b.id);
    let fordelat = || {
        let alla = s.fakta().iter().copied();
        alla.filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().version.is_none())
    };
    let urval = if fordelat().any(|f| egna(&f)) {
        Urval::bidrag(b.id)
    } else {
        Urval {
            utan_bidrag: true,
            ..Urval::default()
        }
    };
    let fakta: Vec<&Faktum> = fordelat()
        .filter(|f| egna(f) || (urval.utan_bidrag && f.galler().bidrag.is_none()))
        .collect();
    let rader = raderna(s, &fakta);
    let bara_namnder = |g: &Grupp| *g == Grupp::Slag(OrganisationSlag::Namnd);
    if rader.is_empty() || rader.keys().all(bara_namnder) {
        return None;
    }
    let mut grupper: Vec<Radgrupp> = rader
        .iter()
        .map(|(grupp, rader)| gruppen(s, &urval, (grupp, rader)))
        .collect();
    grupper.push(Radgrupp {
        rubrik: String::new(),
        rader: vec![Rad::av(
            RadSlag::Summa,
            vec![
                Cell::rubrik("Fördelat"),
                s.tal(Matt::Fordelat, &urval).into(),
            ],
        )],
    });
    Some(Tabell {
        grupper,
        ..Tabell::ny(
            "mottagare-t",
            "Kronor, alla år. Det som flera ansvarar för räknas en gång.",
            vec![Kolumn::ord("Mottagare"), Kolumn::kr("Fördelat")],
            Vec::new(),
        )
    })
}

fn raderna(s: &Siffror<'_>, fakta: &[&Faktum]) -> Rader {
    let mut ut = Rader::new();
    for f in fakta {
        let Some(ore) = f.varde().kant() else {
            continue;
        };
        let g = f.galler();
        let (grupp, vem) = match (g.organisation, g.insats) {
            (Some(id), _) => {
                let slag = s.bok.organisation(id).map(|o| o.slag);
                let slag = slag.unwrap_or(OrganisationSlag::Annan);
                (Grupp::Slag(slag), Vem::Organisation(id))
            }
            (None, Some(id)) => {
                let ansvariga = s.bok.insats(id).map_or(0, |i| i.ansvariga.len());
                let grupp = if ansvariga > 1 {
                    Grupp::Flera
                } else {
                    Grupp::Ingen
                };
                (grupp, Vem::Insats(id))
            }
            (None, None) => (Grupp::Ingen, Vem::Inget),
        };
        let summa = ut.entry(grupp).or_default().entry(vem).or_default();
        *summa = summa.saturating_add(ore);
    }
    ut
}

fn gruppen(
    s: &Siffror<'_>,
    urval: &Urval,
    (grupp, rader): (&Grupp, &BTreeMap<Vem, i64>),
) -> Radgrupp {
    let rubrik = match grupp {
        Grupp::Slag(slag) => stor_forst(slag.text()),
        Grupp::Flera => "Flera tillsammans".to_owned(),
        Grupp::Ingen => "Ansvarig inte angiven".to_owned(),
    };
    let mut ut: Vec<Rad> = rader
        .iter()
        .map(|(vem, ore)| {
            let (namn, eget) = match vem {
                Vem::Organisation(id) => {
                    let o = s.bok.organisation(*id);
                    let href = o.map(|o| adress::organisation(&o.slug));
                    let namn = s.bok.organisationsnamn(*id);
                    let cell = match href {
                        Some(href) => Cell::rubriklank(namn, href, None),
                        None => Cell::rubrik(namn),
                    };
                    (cell, Some(urval.clone().for_organisation(*id)))
                }
                Vem::Insats(id) => {
                    let i = s.bok.insats(*id);
                    let namn = i.map_or("", |i| i.namn.as_str());
                    let vilka = i.map(|i| slagen(s, &i.ansvariga)).filter(|t| !t.is_empty());
                    let href = i.map_or_else(adress::insatser, |i| adress::insats(&i.slug));
                    (
                        Cell::rubriklank(namn, href, vilka),
                        Some(urval.clone().for_insats(*id)),
                    )
                }
                Vem::Inget => (Cell::rubrik("Utan insats"), None),
            };
            // A figure leads to its rows where a selection can name just these.
            let samma = eget.filter(|u| s.kant(Matt::Fordelat, u) == Some(*ore));
            let tal = match samma {
                Some(u) => s.tal(Matt::Fordelat, &u),
                None => TalVy::utan_lank(Ore(*ore).to_string()),
            };
            Rad::ny(vec![namn, tal.into()])
        })
        .collect();
    let summa = rader.values().copied().fold(0_i64, i64::saturating_add);
    let vad = match grupp {
        Grupp::Slag(slag) => format!("Till {}", slag.text()),
        Grupp::Flera => "Till flera tillsammans".to_owned(),
        Grupp::Ingen => "Utan ansvarig".to_owned(),
    };
    ut.push(Rad::av(
        RadSlag::Delsumma,
        vec![
            Cell::rubrik(vad),
            TalVy::utan_lank(Ore(summa).to_string()).into(),
        ],
    ));
    Radgrupp { rubrik, rader: ut }
}

/// The bodies that share an initiative, each with its kind.
fn slagen(s: &Siffror<'_>, ansvariga: &[OrganisationId]) -> String {
    let mut sedda = BTreeSet::new();
    let alla = ansvariga.iter().filter(|id| sedda.insert(**id));
    let ord: Vec<String> = alla
        .filter_map(|id| s.bok.organisation(*id))
        .map(|o| format!("{} ({})", o.namn_nu(), o.slag.text()))
        .collect();
    ord.join(", ")
}
