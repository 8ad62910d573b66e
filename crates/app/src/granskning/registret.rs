//! What has been entered by hand, put as a paper so that the same rules read it.

use crate::dorr::internt;
use crate::lasning::Bok;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utfall_domain::id::{BidragId, OrganisationId};
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_domain::underlag as u;
use utfall_domain::varde::Varde;

/// The short name of this paper in findings.
pub const REGISTER: &str = "registret";

/// The grants, and the initiatives that no grant pays, that somebody has entered or corrected
/// figures of by hand, as a paper.
/// `None` when everything comes from papers: their own findings say it then.
///
/// # Errors
/// A fault in the program, when the books cannot be put as a paper.
pub fn registret(bok: &Bok) -> Result<Option<u::Underlag>, Problem> {
    let bidrag: Vec<&Bidrag> = bok.bidrag.iter().filter(|b| for_hand(bok, b.id)).collect();
    let finns = |b: &BidragId| bidrag.iter().any(|x| x.id == *b);
    let insatser: Vec<&Insats> = bok
        .insatser
        .iter()
        .filter(|i| match &i.bidrag {
            Some(b) => finns(b),
            None => insats_for_hand(bok, i),
        })
        .collect();
    if bidrag.is_empty() && insatser.is_empty() {
        return Ok(None);
    }
    let papper = json!({
        "format": u::FORMAT,
        "dokument": {
            "titel": "Uppgifter som registrerats för hand",
            "slag": "annat",
            "huvudman": {
                "slug": bok.huvudman.slug,
                "namn": bok.huvudman.namn,
                "slag": "annan",
                "pahittat": bok.huvudman.pahittad,
            },
            "kalla": "Utfall",
        },
        "organisationer": organisationer(bok, &bidrag, &insatser),
        "bidrag": bidrag.iter().map(|b| ett_bidrag(bok, b)).collect::<Vec<_>>(),
        "insatser": insatser.iter().map(|i| en_insats(bok, i)).collect::<Vec<_>>(),
    });
    let bytes = serde_json::to_vec(&papper).map_err(|e| internt(&e))?;
    u::las(REGISTER, &bytes)
        .map(Some)
        .map_err(|p| internt(&format!("{p:?}")))
}

fn for_hand(bok: &Bok, bidrag: BidragId) -> bool {
    bok.fakta()
        .iter()
        .any(|f| f.galler().bidrag == Some(bidrag) && f.fakta.kalla.is_none())
}

fn insats_for_hand(bok: &Bok, i: &Insats) -> bool {
    bok.fakta()
        .iter()
        .any(|f| f.galler().insats == Some(i.id) && f.fakta.kalla.is_none())
}

fn organisationer(bok: &Bok, bidrag: &[&Bidrag], insatser: &[&Insats]) -> Vec<Value> {
    let namnder = bok
        .fakta()
        .into_iter()
        .filter_map(|f| f.galler().organisation);
    let alla: BTreeSet<OrganisationId> = bidrag
        .iter()
        .map(|b| b.finansiar)
        .chain(insatser.iter().flat_map(|i| i.ansvariga.iter().copied()))
        .chain(namnder)
        .collect();
    alla.into_iter()
        .map(|id| json!({ "id": org(id), "namn": bok.organisationsnamn(id), "slag": "annan" }))
        .collect()
}

fn ett_bidrag(bok: &Bok, b: &Bidrag) -> Value {
    let ar: Vec<Value> = b.ar.iter().map(|ar| ett_ar(bok, b, *ar)).collect();
    json!({
        "id": format!("bidrag-{}", b.id),
        "namn": b.namn,
        "finansiar": org(b.finansiar),
        "plats": "registret",
        "ar": ar,
    })
}

fn ett_ar(bok: &Bok, b: &Bidrag, ar: i16) -> Value {
    let urval = Urval::bidrag(b.id).ar(ar);
    let uppgift = |matt: Matt, urval: &Urval| uppgifter(bok, matt, urval, &b.namn);
    let namnder: BTreeSet<OrganisationId> = bok
        .fakta()
        .into_iter()
        .filter(|f| urval.omfattar(f.galler(), utfall_domain::matt::Arsfalt::Ar))
        .filter_map(|f| f.galler().organisation)
        .collect();
    let namnder: Vec<Value> = namnder
        .into_iter()
        .map(|id| {
            let u = urval.clone().for_organisation(id);
            json!({
                "organisation": org(id),
                "fordelat": uppgift(Matt::FordelatNamnd, &u),
                "anvant": uppgift(Matt::AnvantNamnd, &u),
            })
        })
        .collect();
    json!({
        "ar": ar,
        "status": "slutlig",
        "tilldelat": uppgift(Matt::Tilldelat, &urval),
        "overfort_in": uppgift(Matt::OverfortIn, &urval),
        "rekvirerat": uppgift(Matt::Rekvirerat, &urval),
        "anvant": uppgift(Matt::Anvant, &urval),
        "aterbetalas": uppgift(Matt::Aterbetalning, &urval),
        "overfort_ut": uppgift(Matt::OverfortUt, &urval),
        "namnder": namnder,
    })
}

fn en_insats(bok: &Bok, i: &Insats) -> Value {
    let ar: BTreeSet<i16> = bok
        .fakta()
        .into_iter()
        .filter(|f| f.galler().insats == Some(i.id))
        .filter_map(|f| f.galler().ar)
        .collect();
    let ekonomi: Vec<Value> = ar
        .into_iter()
        .map(|ar| {
            let urval = Urval::insats(i.id).ar(ar);
            json!({
                "ar": ar,
                "budget": uppgifter(bok, Matt::Fordelat, &urval, &i.namn),
                "utfall": uppgifter(bok, Matt::AnvantInsats, &urval, &i.namn),
            })
        })
        .collect();
    let mut ut = json!({
        "id": format!("insats-{}", i.id),
        "namn": i.namn,
        "ansvariga": i.ansvariga.iter().map(|id| org(*id)).collect::<Vec<_>>(),
        "ekonomi": ekonomi,
        "plats": "registret",
    });
    if let (Some(falt), Some(b)) = (ut.as_object_mut(), i.bidrag) {
        falt.insert("bidrag".into(), format!("bidrag-{b}").into());
    }
    ut
}

/// The measure as one statement, when there is a known figure.
fn uppgifter(bok: &Bok, matt: Matt, urval: &Urval, plats: &str) -> Vec<Value> {
    let utfall = bok.matt(matt, urval).utfall;
    match utfall.varde {
        Varde::Kant(ore) if utfall.har_fakta => {
            vec![json!({ "belopp": format!("{} kr", Ore(ore)), "plats": plats })]
        }
        _ => Vec::new(),
    }
}

fn org(id: OrganisationId) -> String {
    format!("org-{id}")
}
