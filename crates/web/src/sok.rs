//! Search among what is not about persons: initiatives, grants, decisions, papers.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::harledning::om_faktum;
use crate::las;
use crate::siffror::antal;
use crate::svar::Svar;
use utfall_app::Bok;
use utfall_app::granskning::Funnet;
use utfall_behorighet::Atgard;
use utfall_domain::faktum::Faktum;
use utfall_domain::pengar::heltal;
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
        let funna = if a.far(Atgard::LasaGranskning) {
            a.webb.tjanst.granska(&a.session.aktor).await?
        } else {
            Vec::new()
        };
        grupper(&a, &bok, &funna, (&sokt, ord))
    };
    let traffar: usize = grupper.iter().map(|g| g.traffar.len()).sum();
    let ingress = if sokt.is_empty() {
        "Skriv ett belopp, eller ett ord ur namnet på en insats, ett bidrag, ett beslut eller ett \
         papper."
            .to_owned()
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

fn grupper(a: &Inloggat, bok: &Bok, funna: &[Funnet], (sokt, ord): (&str, &str)) -> Vec<SokGrupp> {
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
    let mut ut = vec![("Siffror", siffror(a, bok, ord)), ("Insatser", insatser)];
    if a.far(Atgard::LasaGranskning) {
        ut.push(("Fynd", fynd(bok, funna, ord, &har)));
    }
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
                let href = adress::underlagets_sida(bok, u);
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

/// The digits of an amount, however it is spaced; `None` for words and for short numbers,
/// which are years and paragraphs.
fn siffrorna(ord: &str) -> Option<String> {
    let utan = ord.trim().trim_end_matches("kronor").trim_end_matches("kr");
    let rena: String = utan
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .collect();
    (rena.len() >= 4 && rena.bytes().all(|b| b.is_ascii_digit())).then_some(rena)
}

/// The figures that are this amount: facts in force, each leading to its row.
fn siffror(a: &Inloggat, bok: &Bok, ord: &str) -> Vec<(Lank, String)> {
    let Some(sokt) = siffrorna(ord) else {
        return Vec::new();
    };
    if !a.far(Atgard::LasaHarledning) {
        return Vec::new();
    }
    let visat = |f: &Faktum| {
        let tal = f.varde().kant()?;
        let text = crate::siffror::text(tal, f.fakta.slag.enhet());
        let rena: String = text.chars().filter(char::is_ascii_digit).collect();
        (rena == sokt).then_some(text)
    };
    bok.fakta()
        .into_iter()
        .filter_map(|f| {
            let text = visat(f)?;
            let (om, _) = om_faktum(bok, f);
            let slag = crate::ram::stor_forst(f.fakta.slag.text());
            let enhet = crate::siffror::enhet(f.fakta.slag.enhet());
            let href = crate::rattelse::tillbaka(f);
            let lank = Lank::ny(format!("{slag}: {text}\u{a0}{enhet}"), href).om(om.clone());
            Some((lank, om))
        })
        .collect()
}

/// The findings that speak of it.
fn fynd(
    bok: &Bok,
    funna: &[Funnet],
    ord: &str,
    har: &impl Fn(&str) -> bool,
) -> Vec<(Lank, String)> {
    let belopp = siffrorna(ord);
    let talar = |text: &str| match &belopp {
        Some(sokt) => text.contains(|c: char| c.is_ascii_digit()) && i_text(text, sokt),
        None => har(text),
    };
    funna
        .iter()
        .filter(|f| talar(&f.fynd.text))
        .map(|f| {
            let om = las::underlag(bok, &f.fynd.dokument).map_or_else(
                |_| "Registrerat för hand".to_owned(),
                |papper| papper.titel.clone(),
            );
            (Lank::ny(f.fynd.text.clone(), crate::fynd::href(f)), om)
        })
        .collect()
}

/// Whether an amount stands in a text, spaced by threes or not, and not within a longer one.
fn i_text(text: &str, sokt: &str) -> bool {
    let med = heltal(sokt.parse().unwrap_or_default()).replace('\u{a0}', " ");
    let text = text.replace('\u{a0}', " ");
    [med.as_str(), sokt].into_iter().any(|belopp| {
        text.match_indices(belopp).any(|(nr, _)| {
            let fore = text.get(..nr).unwrap_or("").trim_end_matches(' ');
            let efter = text.get(nr + belopp.len()..).unwrap_or("");
            let siffra = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            !siffra(fore.chars().next_back()) && !siffra(efter.chars().next())
        })
    })
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
