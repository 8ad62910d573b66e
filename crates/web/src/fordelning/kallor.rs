//! Where an initiative's money comes from: each grant's part of every row, and what a paper
//! gives to a pot of several grants without telling them apart.

use crate::adress;
use crate::siffror::Siffror;
use std::collections::BTreeSet;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_vyer::komponent::Lank;
use utfall_vyer::tabell::{Cell, Kolumn, Rad, RadSlag, Radgrupp, Tabell};

/// The rows by source; `None` where everything is of one grant.
pub fn tabell(s: &Siffror<'_>, (b, insatser, kan): (&Bidrag, &[&Insats], bool)) -> Option<Tabell> {
    let egna: BTreeSet<_> = insatser.iter().map(|i| i.id).collect();
    let kallor = kallorna(s, &egna);
    if kallor.len() < 2 && kallor != BTreeSet::from([None]) {
        return None;
    }
    let mut kolumner = vec![Kolumn::ord("Insats")];
    for kalla in &kallor {
        let namn = kalla
            .and_then(|id| s.bok.bidrag(id))
            .map(|b| b.namn.as_str());
        kolumner.push(Kolumn::kr(namn.unwrap_or("Inte uppdelat")));
    }
    kolumner.push(Kolumn::kr("Tillsammans"));
    if kan {
        kolumner.push(Kolumn::ord("Dela upp"));
    }
    let rad = |i: Option<&Insats>| {
        let urval = i.map_or_else(Urval::default, |i| Urval::insats(i.id));
        let namn = i.map_or("Alla", |i| i.namn.as_str());
        let mut celler = vec![Cell::rubrik(namn)];
        for kalla in &kallor {
            let urval = Urval {
                bidrag: *kalla,
                utan_bidrag: kalla.is_none(),
                ..urval.clone()
            };
            celler.push(match s.finns(Matt::Fordelat, &urval) {
                true => s.tal(Matt::Fordelat, &urval).into(),
                false => Cell::Kort("inget".into(), true),
            });
        }
        celler.push(s.tal(Matt::Fordelat, &urval).into());
        if kan {
            celler.push(i.map_or_else(
                || Cell::Kort("varje rad för sig".into(), false),
                |i| {
                    let till = adress::dela_fordelning(&b.slug).fraga("insats", &i.slug);
                    Cell::Lank(Lank::ny("Dela", till).om(i.namn.clone()))
                },
            ));
        }
        celler
    };
    let mut rader: Vec<Rad> = insatser.iter().map(|i| Rad::ny(rad(Some(i)))).collect();
    // The sum is of all initiatives, so it stands only where all of them have their row.
    if insatser.len() == s.bok.insatser.len() {
        rader.push(Rad::av(RadSlag::Summa, rad(None)));
    }
    Some(Tabell {
        id: "kallor-t".into(),
        caption: "Kronor, alla år. Det som papperet inte delar upp kan du dela på bidrag.".into(),
        klass: "bredd smal",
        huvud: vec![kolumner],
        grupper: vec![Radgrupp {
            rubrik: String::new(),
            rader,
        }],
        ..Tabell::default()
    })
}

/// The grants that these initiatives get money from; `None` for what belongs to none.
fn kallorna(s: &Siffror<'_>, egna: &BTreeSet<InsatsId>) -> BTreeSet<Option<BidragId>> {
    let fakta = s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag == FaktumSlag::Fordelat);
    let fakta = fakta.filter(|f| f.galler().version.is_none());
    let fakta = fakta.filter(|f| f.galler().insats.is_some_and(|i| egna.contains(&i)));
    fakta.map(|f| f.galler().bidrag).collect()
}
