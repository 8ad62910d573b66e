//! Money that several grants share: the papers say what each grant gives and what each
//! initiative gets, but not from which grant.

use crate::adress;
use crate::delar;
use crate::sidval::Sidval;
use crate::siffror::Siffror;
use std::collections::BTreeSet;
use utfall_domain::faktum::{Faktum, FaktumSlag};
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_vyer::komponent::{Lank, Nyckeltal, Text};
use utfall_vyer::sidor::publik::PengarDel;
use utfall_vyer::sidor::{InsatsTabell, MedelDel};

/// Id of the heading.
const ID: &str = "gemensamt";

/// Distributed, and to no grant's account.
fn ar_gemensamt(f: &Faktum) -> bool {
    f.fakta.slag == FaktumSlag::Fordelat
        && f.galler().bidrag.is_none()
        && f.galler().version.is_none()
}

/// Whether some money is distributed out of no grant in particular.
#[must_use]
pub fn finns(s: &Siffror<'_>) -> bool {
    s.fakta().iter().any(|f| ar_gemensamt(f))
}

fn insatser<'a>(s: &Siffror<'a>) -> Vec<&'a Insats> {
    let med: BTreeSet<InsatsId> = s
        .fakta()
        .iter()
        .filter(|f| ar_gemensamt(f))
        .filter_map(|f| f.galler().insats)
        .collect();
    let bok = s.bok;
    bok.insatser
        .iter()
        .filter(|i| med.contains(&i.id))
        .collect()
}

fn rubrik(s: &Siffror<'_>) -> &'static str {
    if s.bok.bidrag.len() > 1 {
        "Fördelat gemensamt ur flera bidrag"
    } else {
        "Fördelat utan angivet bidrag"
    }
}

fn tabell(s: &Siffror<'_>, sida: Sidval) -> InsatsTabell {
    let alla = Urval::default();
    let insatser = insatser(s);
    let hit = match s.huvudman() {
        Some(huvudman) => adress::publik_pengar(huvudman),
        None => adress::medel().per(s.bok.per_dag()),
    };
    let bladdra = sida.lankar(insatser.len(), &hit);
    let mut tabell = delar::tabell(s, &alla, insatser, sida);
    tabell.bladdra = bladdra;
    // Where other money is distributed grant by grant, sums of everything would not be the
    // sums of these rows.
    let bara_gemensamt = s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat)
        .all(|f| ar_gemensamt(f));
    if !bara_gemensamt {
        tabell.summa = None;
        for grupp in &mut tabell.grupper {
            grupp.summa = None;
        }
    }
    tabell.id = format!("t-{ID}");
    tabell.caption = tabell.las_stapeln("Kronor");
    tabell
}

/// What all grants give together, and what of it is distributed. In public not what is left:
/// initiatives that are not published would make it look like more than it is.
#[must_use]
pub fn nyckeltal(s: &Siffror<'_>) -> Vec<Nyckeltal> {
    let alla = Urval::default();
    let publikt = s.huvudman().is_some();
    [
        (Matt::Tillgangligt, "alla bidrag tillsammans"),
        (
            Matt::Fordelat,
            if publikt {
                "till publicerade insatser"
            } else {
                "till insatser"
            },
        ),
        (Matt::KvarAttFordela, "som ingen insats har fått"),
    ]
    .into_iter()
    .filter(|(matt, _)| s.finns(*matt, &alla))
    .filter(|(matt, _)| !publikt || *matt != Matt::KvarAttFordela)
    .map(|(matt, villkor)| Nyckeltal::ny(matt.text(), s.med_enhet(matt, &alla), villkor))
    .collect()
}

/// The part of the overview; `None` when each distributed krona has its grant.
#[must_use]
pub fn del(s: &Siffror<'_>, sida: Sidval) -> Option<MedelDel> {
    finns(s).then(|| MedelDel {
        id: ID.to_owned(),
        rubrik: rubrik(s).to_owned(),
        text: "Papperen säger vad varje insats får, men inte ur vilket bidrag.".into(),
        nyckeltal: nyckeltal(s).into(),
        besked: Vec::new(),
        insatser: tabell(s, sida),
        not: delar::precision(s, &Urval::default()),
    })
}

/// The same for the public. Each row is as of its own initiative's act.
#[must_use]
pub fn publik_del(s: &Siffror<'_>, olika_dagar: bool, sida: Sidval) -> Option<PengarDel> {
    let mut text = "Papperen säger vad varje insats får, men inte ur vilket bidrag.".to_owned();
    if olika_dagar {
        text.push_str(" Varje rad gäller den dag som insatsen är publicerad per.");
    }
    finns(s).then(|| PengarDel {
        id: ID.to_owned(),
        rubrik: rubrik(s).to_owned(),
        text: text.into(),
        flode: None,
        insatser: tabell(s, sida),
        besked: Vec::new(),
        lank: None,
    })
}

/// On the page of a grant without a distribution of its own: where to find it.
#[must_use]
pub fn not(s: &Siffror<'_>, b: &Bidrag) -> Option<Text> {
    let egen = s.finns(Matt::Fordelat, &Urval::bidrag(b.id));
    (!egen && finns(s)).then(|| {
        Text::default()
            .ord("Pengarna är fördelade tillsammans med andra bidrag. Se ")
            .lank(Lank::ny(rubrik(s).to_lowercase(), adress::medel().vid(ID)))
            .ord(".")
    })
}
