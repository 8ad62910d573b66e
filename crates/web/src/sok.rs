//! Search among what is not about persons: initiatives, grants, decisions, papers.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::las;
use crate::siffror::antal;
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_behorighet::Atgard;
use utfall_domain::svensk::sokform;
use utfall_vyer::formular::{Falt, FaltSlag};
use utfall_vyer::komponent::Lank;
use utfall_vyer::ram::Sidhuvud;
use utfall_vyer::sidor::{Sok, SokGrupp};

/// Hits shown of each kind.
const FLEST: usize = 50;

/// GET `/sok`.
pub async fn sok(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let ord = a.fraga.text("q");
    let sokt = sokform(ord.trim());
    let grupper = if sokt.is_empty() {
        Vec::new()
    } else {
        grupper(&a, &bok, &sokt)
    };
    let traffar: usize = grupper.iter().map(|g| g.traffar.len()).sum();
    let ingress = if sokt.is_empty() {
        "Skriv ett ord ur namnet på en insats, ett bidrag, ett beslut eller ett papper.".to_owned()
    } else {
        format!(
            "{} på ”{ord}”.",
            antal(traffar, "Ingen träff", "En träff", "träffar")
        )
    };
    let mut ram = a.ram();
    ram.sok_href = None;
    let sida = Sok {
        ram,
        huvud: Sidhuvud::ny("Sök", ingress),
        mal: adress::sok().into(),
        falt: Falt::ny(
            "q",
            "Sök insats, bidrag, beslut eller papper",
            FaltSlag::Sok,
        )
        .varde(ord),
        grupper,
    };
    Svar::sida(&sida)
}

fn grupper(a: &Inloggat, bok: &Bok, sokt: &str) -> Vec<SokGrupp> {
    // Every word, in any order, and whatever kind of space stands between "§" and its number.
    let har = |text: &str| {
        let text = sokform(text);
        sokt.split_whitespace().all(|ord| text.contains(ord))
    };
    let insatser = bok
        .insatser
        .iter()
        .filter(|i| har(&i.namn) || har(&i.text.beskrivning))
        .map(|i| {
            let om = las::ansvariga(bok, &i.ansvariga);
            (Lank::ny(i.namn.clone(), adress::insats(&i.slug)), om)
        })
        .collect();
    let mut ut = vec![("Insatser", insatser)];
    if a.far(Atgard::LasaMedel) {
        ut.push(("Bidrag", bidrag(bok, &har)));
        ut.push(("Beslut", beslut(bok, &har)));
    }
    if a.far(Atgard::LasaUnderlag) {
        let papper = bok
            .underlag
            .iter()
            .filter(|u| har(&u.titel) || har(&u.dokument))
            .map(|u| {
                let href = adress::ett_underlag(&u.dokument);
                (
                    Lank::ny(u.titel.clone(), href),
                    format!("{}.json", u.dokument),
                )
            })
            .collect();
        ut.push(("Underlag", papper));
    }
    ut.into_iter()
        .filter(|(_, traffar)| !traffar.is_empty())
        .map(|(rubrik, mut traffar): (&str, Vec<(Lank, String)>)| {
            traffar.truncate(FLEST);
            SokGrupp {
                rubrik: rubrik.to_owned(),
                traffar,
            }
        })
        .collect()
}

fn bidrag(bok: &Bok, har: &impl Fn(&str) -> bool) -> Vec<(Lank, String)> {
    bok.bidrag
        .iter()
        .filter(|b| har(&b.namn) || har(bok.organisationsnamn(b.finansiar)))
        .map(|b| {
            let om = bok.organisationsnamn(b.finansiar).to_owned();
            (Lank::ny(b.namn.clone(), adress::bidrag(&b.slug)), om)
        })
        .collect()
}

/// A decision is read on its grant's page.
fn beslut(bok: &Bok, har: &impl Fn(&str) -> bool) -> Vec<(Lank, String)> {
    bok.beslut
        .iter()
        .filter(|x| har(&x.rubrik) || har(&x.kort()))
        .filter_map(|x| {
            let b = x.bidrag.and_then(|id| bok.bidrag(id))?;
            Some((
                Lank::ny(x.kort(), adress::bidrag(&b.slug)).om(b.namn.clone()),
                x.rubrik.clone(),
            ))
        })
        .collect()
}
