//! What came of the money: the stated counts of every published initiative, on a line each.
//! Only what a public paper has printed, as on the initiative's own page.

use super::insatser::publika_insatser;
use super::om;
use crate::adress;
use crate::delar;
use crate::siffror::{Siffror, antal};
use crate::svar::Fel;
use crate::volymer;
use utfall_app::{Bok, Oppet};
use utfall_domain::insatser::Insats;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::Publicerat;
use utfall_vyer::komponent::{Lank, Text};
use utfall_vyer::sidor::Resultatrad;
use utfall_vyer::sidor::publik as v;
use utfall_vyer::tabell::RadSlag;
use utfall_vyer::tal::TalVy;

/// So many counts stand on an initiative's line; the rest on its page.
const FLEST_TAL: usize = 4;
/// So many initiatives are listed; all are in the list of initiatives.
const FLEST_RADER: usize = 30;

/// The results of the published initiatives; `None` when no initiative is published.
pub(super) fn alla(o: &Oppet, samlat: &Bok) -> Result<Option<v::PublikResultat>, Fel> {
    let ids = publika_insatser(o, samlat);
    if ids.is_empty() {
        return Ok(None);
    }
    let slug = &o.huvudman().slug;
    let mut rader = Vec::new();
    for id in &ids {
        let sak = Publicerat::Insats(*id);
        let (_, bok) = om(o, sak)?;
        let i = bok.insats(*id).ok_or_else(Problem::finns_inte)?;
        let sida: String = adress::publik_insats(slug, &i.slug).into();
        if let Some(tal) = rad(&Siffror::publika(&bok, slug, Some(sak)), i, &sida) {
            rader.push((i.namn.clone(), sida, tal));
        }
    }
    let not = match (rader.len(), ids.len()) {
        (har, alla) if har < alla || har > FLEST_RADER => {
            let har = antal(har, "Ingen", "En", "");
            Text::from(format!(
                "{} av {alla} publicerade insatser har redovisat resultat i offentliga papper. ",
                har.trim()
            ))
            .lank(Lank::ny("Alla insatser", adress::publik_insatser(slug)))
            .ord(".")
        }
        _ => Text::default(),
    };
    rader.truncate(FLEST_RADER);
    Ok(Some(v::PublikResultat { rader, not }))
}

/// An initiative's counts on one line; `None` when it has none that may be shown.
fn rad(s: &Siffror<'_>, i: &Insats, sida: &str) -> Option<Text> {
    let mut kanda: Vec<Resultatrad> = delar::resultat(s, i)
        .into_iter()
        .filter(|rad| redovisat(&rad.antal))
        .collect();
    // Everybody first, then what became of them.
    kanda.sort_by_key(|rad| rad.slag != RadSlag::Summa);
    let fler = kanda.len().saturating_sub(FLEST_TAL);
    kanda.truncate(FLEST_TAL);
    let mut ut = Text::default();
    for (nr, rad) in kanda.into_iter().enumerate() {
        let namn = rad.namn.strip_prefix("Resultat: ").unwrap_or(&rad.namn);
        let fore = if nr == 0 { "" } else { ", " };
        ut = ut.ord(format!("{fore}{namn} ")).tal(rad.antal);
    }
    let mer = match fler {
        0 if ut.tom() && !volymer::diagram(s, i).is_empty() => "Antal månad för månad".to_owned(),
        0 => String::new(),
        n => format!("{n} till"),
    };
    if !mer.is_empty() {
        let fore = if ut.tom() { "" } else { " och " };
        ut = ut.ord(fore).lank(Lank::ny(mer, sida).om(i.namn.clone()));
    }
    (!ut.tom()).then_some(ut)
}

/// Whether something is stated: a number, or a sum of which a part is known.
const fn redovisat(tal: &TalVy) -> bool {
    !tal.text.is_empty() || tal.kand_del.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use utfall_vyer::tal::Tecken;

    #[test]
    fn a_count_of_which_a_part_is_known_is_reported_and_a_sign_alone_is_not() {
        assert!(redovisat(&TalVy::utan_lank("7")));
        assert!(redovisat(&TalVy::utan_lank("0")));
        let okant = TalVy::tecken(Tecken::Okant);
        assert!(!redovisat(&okant));
        assert!(redovisat(&okant.kand_del("7")));
    }
}
