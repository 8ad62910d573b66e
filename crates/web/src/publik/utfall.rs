//! Results as shares of everybody who took part.

use crate::delar;
use crate::siffror::Siffror;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::heltal;
use utfall_vyer::diagram::{Andelar, Andelsrad};

/// Groups that the chart tells apart, beside the one without a stated result.
const FLEST: usize = 4;
/// The group that no result is stated for, and the smallest ones together.
const UTAN: &str = "Utan angivet resultat";
const OVRIGA: &str = "Övriga grupper";

/// The chart of an initiative's results. `None` unless a public paper states how many took
/// part and every result, and the results are no more than those who took part.
#[must_use]
pub fn andelar(s: &Siffror<'_>, insats: &Insats) -> Option<Andelar> {
    let urval = Urval::insats(insats.id);
    let alla = s.kant(Matt::Deltagare, &urval).filter(|antal| *antal > 0)?;
    let mut grupper: Vec<(String, i64)> = Vec::new();
    for kategori in delar::kategorier(s, insats, Matt::Resultat) {
        let antal = s.kant(Matt::Resultat, &urval.clone().for_kategori(&kategori))?;
        if antal > 0 {
            grupper.push((crate::ram::stor_forst(&kategori), antal));
        }
    }
    let kanda: i64 = grupper.iter().map(|(_, antal)| antal).sum();
    let utan = alla.checked_sub(kanda).filter(|antal| *antal >= 0)?;
    let (namn, antal) = {
        grupper.sort_by_key(|(_, antal)| std::cmp::Reverse(*antal));
        grupper.first().cloned()?
    };
    let fynd = match utan {
        0 => format!("{namn}: {} av {}", heltal(antal), heltal(alla)),
        n => format!(
            "{namn}: {} av {}. För {} är inget resultat angivet.",
            heltal(antal),
            heltal(alla),
            heltal(n)
        ),
    };
    let mut visade = sammanslagna(grupper);
    visade.push((UTAN.to_owned(), utan));
    Some(diagram(insats, fynd, alla, &visade))
}

/// At most so many groups, the smallest together.
fn sammanslagna(mut grupper: Vec<(String, i64)>) -> Vec<(String, i64)> {
    if grupper.len() > FLEST {
        let resten: i64 = grupper.drain(FLEST - 1..).map(|(_, antal)| antal).sum();
        grupper.push((OVRIGA.to_owned(), resten));
    }
    grupper
}

fn diagram(insats: &Insats, fynd: String, alla: i64, grupper: &[(String, i64)]) -> Andelar {
    let i_ord: Vec<String> = grupper
        .iter()
        .filter(|(_, antal)| *antal > 0)
        .map(|(namn, antal)| format!("{namn}: {}", heltal(*antal)))
        .collect();
    let ihop = grupper.iter().any(|(namn, _)| namn == OVRIGA);
    let under = if ihop {
        "Hela stapeln är alla som deltog. De minsta grupperna är lagda ihop."
    } else {
        "Hela stapeln är alla som deltog."
    };
    Andelar {
        id: "utfall-d".to_owned(),
        fynd,
        under: under.to_owned(),
        titel: "Hur det gick för deltagarna".to_owned(),
        beskrivning: format!("{}.", i_ord.join(". ")),
        kategorier: grupper.iter().map(|(namn, _)| namn.clone()).collect(),
        rader: vec![Andelsrad {
            namn: insats.namn.clone(),
            under: format!("{} deltagare", heltal(alla)),
            delar: grupper
                .iter()
                .enumerate()
                .filter(|(_, (_, antal))| *antal > 0)
                .map(|(nr, (_, antal))| (nr, *antal, heltal(*antal)))
                .collect(),
        }],
    }
}
