//! Parts that several pages share, behind sign-in and in public alike: the same figures,
//! told the same way.

mod summor;

pub use summor::{aterbetalningsmatt, utan_alla};

use crate::adress;
use crate::las;
use crate::sidval::Sidval;
use crate::siffror::Siffror;
use std::collections::{BTreeMap, BTreeSet};
use utfall_domain::faktum::{Enhet, FaktumSlag, Sakerhet};
use utfall_domain::id::OrganisationId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_domain::pengar::Ore;
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_vyer::diagram::{Flode, Kalla, Malpunkt};
use utfall_vyer::komponent::{Fakta, Text};
use utfall_vyer::sidor::{InsatsAr, InsatsGrupp, InsatsRad, InsatsTabell, Resultatrad, TreTal};
use utfall_vyer::tabell::RadSlag;

/// A grant and a year as one name.
#[must_use]
pub fn bidragsnamn(b: &Bidrag, ar: Option<i16>) -> String {
    match ar {
        None => b.namn.clone(),
        Some(ar) if !b.namn.ends_with(|c: char| c.is_ascii_digit()) => format!("{} {ar}", b.namn),
        Some(ar) if b.ar.len() <= 1 && b.namn.contains(&ar.to_string()) => b.namn.clone(),
        // "Unga i arbete 2024–2027" has four years, and each must be told from the others.
        Some(ar) => format!("{}, år {ar}", b.namn),
    }
}

/// A grant's years; a grant whose papers name none is shown once, without a year.
#[must_use]
pub fn bidragsar(b: &Bidrag) -> Vec<Option<i16>> {
    if b.ar.is_empty() {
        return vec![None];
    }
    b.ar.iter().copied().map(Some).collect()
}

/// Everything about a grant in a year, or in all when there is none to tell apart.
#[must_use]
pub fn bidragsurval(b: &Bidrag, ar: Option<i16>) -> Urval {
    Urval {
        ar,
        ..Urval::bidrag(b.id)
    }
}

/// A year in words.
#[must_use]
pub fn arsord(ar: Option<i16>) -> String {
    ar.map_or_else(|| "utan år".to_owned(), |ar| ar.to_string())
}

/// An id in the page for a part about a grant's year.
#[must_use]
pub fn arsid(forled: &str, b: &Bidrag, ar: Option<i16>) -> String {
    let ar = ar.map_or_else(|| "utan-ar".to_owned(), |ar| ar.to_string());
    format!("{forled}-{}-{ar}", b.slug)
}

/// The year a grant's page shows: the one asked for, or the latest that something is known of.
#[must_use]
pub fn valt_ar(b: &Bidrag, onskat: Option<i64>, s: &Siffror<'_>) -> Option<i16> {
    let onskat = onskat
        .and_then(|ar| i16::try_from(ar).ok())
        .filter(|ar| b.ar.contains(ar));
    let kant = |ar: &&i16| {
        let urval = Urval::bidrag(b.id).ar(**ar);
        s.kant(Matt::Tillgangligt, &urval).is_some() || s.kant(Matt::Fordelat, &urval).is_some()
    };
    onskat
        .or_else(|| b.ar.iter().filter(kant).max().copied())
        .or_else(|| b.ar.iter().max().copied())
}

impl Siffror<'_> {
    /// The page of an initiative, on the side of the wall where this page is. `None` in
    /// public for one that is not published itself, and for a reserve: it is a row and no
    /// initiative.
    #[must_use]
    pub fn insatsens_sida(&self, insats: &Insats) -> Option<String> {
        let Some(huvudman) = self.huvudman() else {
            return Some(adress::insats(&insats.slug).into());
        };
        if insats.reserv {
            return None;
        }
        gallande(&self.bok.publiceringar)
            .into_iter()
            .any(|akt| akt.vad == Publicerat::Insats(insats.id))
            .then(|| adress::publik_insats(huvudman, &insats.slug).into())
    }
}

/// The insatser that a grant's money goes to in a year, by board, with their sums.
#[must_use]
pub fn insatstabell(
    s: &Siffror<'_>,
    b: &Bidrag,
    ar: Option<i16>,
    id: &str,
    sida: Sidval,
) -> InsatsTabell {
    let urval = bidragsurval(b, ar);
    let mut tabell = tabell(s, &urval, med_i_bidraget(s, b, ar), sida);
    id.clone_into(&mut tabell.id);
    let enhet = ar.map_or_else(|| "Kronor".to_owned(), |ar| format!("Kronor {ar}"));
    tabell.caption = tabell.las_stapeln(&enhet);
    tabell
}

/// Insatser with their money of a selection, by board, with their sums.
pub fn tabell<'a>(
    s: &Siffror<'_>,
    urval: &Urval,
    insatser: impl IntoIterator<Item = &'a Insats>,
    sida: Sidval,
) -> InsatsTabell {
    // Initiatives of several boards come last, and never in a board's sum.
    let nyckel = |i: &Insats| (i.ansvariga.len() != 1, i.ansvariga.clone());
    let mut insatser: Vec<&Insats> = insatser.into_iter().collect();
    insatser.sort_by_cached_key(|i| nyckel(i));
    let mut antal: BTreeMap<_, usize> = BTreeMap::new();
    for insats in &insatser {
        *antal.entry(nyckel(insats)).or_default() += 1;
    }
    let mut per_ansvarig: BTreeMap<(bool, Vec<OrganisationId>), Vec<&Insats>> = BTreeMap::new();
    for insats in sida.utsnitt(insatser) {
        per_ansvarig.entry(nyckel(insats)).or_default().push(insats);
    }
    let grupper: Vec<InsatsGrupp> = per_ansvarig
        .into_iter()
        .map(|(nyckel, insatser)| {
            let mut grupp = grupp(s, urval, &nyckel.1, &insatser);
            // A sum stands below all the rows that it is of.
            if antal.get(&nyckel) != Some(&insatser.len()) {
                grupp.summa = None;
            }
            grupp
        })
        .collect();
    let summa = (!grupper.is_empty()).then(|| {
        let tal = TreTal {
            budget: s.tal(Matt::Fordelat, urval),
            anvant: s.tal(Matt::AnvantInsats, urval),
            kvar: s.tal(Matt::Avvikelse, urval),
        };
        ("Alla insatser".to_owned(), tal)
    });
    InsatsTabell {
        grupper,
        summa,
        bara_budget: !s.finns(Matt::AnvantInsats, urval) && !s.finns(Matt::AnvantNamnd, urval),
        ..InsatsTabell::default()
    }
}

/// The insatser with money from a grant in a year.
#[must_use]
pub fn med_i_bidraget<'a>(s: &Siffror<'a>, b: &Bidrag, ar: Option<i16>) -> Vec<&'a Insats> {
    s.bok
        .insatser
        .iter()
        .filter(|i| {
            let urval = bidragsurval(b, ar).for_insats(i.id);
            s.finns(Matt::Budget, &urval)
                || s.finns(Matt::AnvantInsats, &urval)
                || s.finns(Matt::FordelatOverfort, &urval)
        })
        .collect()
}

fn grupp(
    s: &Siffror<'_>,
    urval: &Urval,
    ansvariga: &[OrganisationId],
    insatser: &[&Insats],
) -> InsatsGrupp {
    let ensam = ansvariga.len() == 1;
    let summa = ensam.then(|| summor::gruppsumma(s, urval, insatser));
    InsatsGrupp {
        namn: las::ansvariga(s.bok, ansvariga),
        rader: insatser.iter().map(|i| insatsrad(s, urval, i)).collect(),
        summa,
    }
}

fn insatsrad(s: &Siffror<'_>, urval: &Urval, insats: &Insats) -> InsatsRad {
    let urval = urval.clone().for_insats(insats.id);
    InsatsRad {
        namn: insats.namn.clone(),
        href: s.insatsens_sida(insats).unwrap_or_default(),
        under: None,
        budget_vikt: s.kant(Matt::Budget, &urval),
        anvant_vikt: s.kant(Matt::AnvantInsats, &urval),
        tal: tre_tal(s, &urval),
        utan_rad: false,
    }
}

/// Budget, used and left of an insats.
fn tre_tal(s: &Siffror<'_>, urval: &Urval) -> TreTal {
    TreTal {
        budget: s.tal(Matt::Budget, urval),
        anvant: s.tal(Matt::AnvantInsats, urval),
        kvar: s.tal(Matt::Avvikelse, urval),
    }
}

/// What to know about how exactly the amounts were stated; empty when all are exact.
#[must_use]
pub fn precision(s: &Siffror<'_>, urval: &Urval) -> Text {
    let storst = s
        .fakta()
        .iter()
        .filter(|f| f.fakta.slag.enhet() == Enhet::Ore)
        .filter(|f| urval.omfattar(f.galler(), utfall_domain::matt::Arsfalt::Ar))
        .map(|f| f.fakta.precision.halv())
        .max()
        .unwrap_or(0);
    if storst == 0 {
        return Text::default();
    }
    Text::from(format!(
        "Några belopp är avrundade. De kan skilja med upp till {}\u{a0}kr vardera.",
        Ore(storst)
    ))
}

/// More than so many flows are lines that nobody can tell apart.
const FLEST_FLODEN: usize = 60;

/// Where a grant's money flows in a year; `None` for fewer than two insatser, and for too many.
#[must_use]
pub fn flode(s: &Siffror<'_>, b: &Bidrag, ar: Option<i16>) -> Option<Flode> {
    let urval = bidragsurval(b, ar);
    let alla = med_i_bidraget(s, b, ar);
    let mut vagda: Vec<(i64, Malpunkt)> =
        alla.iter().filter_map(|i| malpunkt(s, &urval, i)).collect();
    if vagda.len() < 2 || vagda.len() > FLEST_FLODEN {
        return None;
    }
    vagda.sort_by_key(|(vikt, _)| std::cmp::Reverse(*vikt));
    // A reserve is somewhere the money goes, but no initiative.
    let reserver: BTreeSet<&str> = alla
        .iter()
        .filter(|i| i.reserv)
        .map(|i| i.namn.as_str())
        .collect();
    let reserv = |namn: &str| reserver.contains(namn);
    let till_insatser: Vec<(i64, &str)> = vagda
        .iter()
        .map(|(vikt, m)| (*vikt, m.namn.as_str()))
        .filter(|(_, namn)| !reserv(namn))
        .collect();
    let fynd = flodets_fynd(&till_insatser);
    let beskrivning = vagda
        .iter()
        .map(|(vikt, m)| format!("{}: {}\u{a0}kr", m.namn, Ore(*vikt)))
        .collect::<Vec<_>>()
        .join(". ");
    let mut mal: Vec<Malpunkt> = vagda.into_iter().map(|(_, m)| m).collect();
    let kvar = s.kant(Matt::KvarAttFordela, &urval);
    if let Some(kvar) = kvar.filter(|tal| *tal > 0) {
        mal.push(Malpunkt {
            namn: "Kvar att fördela".to_owned(),
            tal: s.tal(Matt::KvarAttFordela, &urval),
            fran: vec![(0, kvar)],
            utan_rad: true,
        });
    }
    Some(Flode {
        id: arsid("flode", b, ar),
        fynd,
        under: under_flodet(s, &urval, ar, kvar),
        titel: format!("Pengarna i {}", bidragsnamn(b, ar)),
        beskrivning,
        kallor: vec![kallan(s, b, &urval, kvar)],
        mal,
    })
}

/// What leaves the source is what arrives: all there was, with what is left on the right. Where
/// more is handed out than there is, no funder has given it, and none is said to.
fn kallan(s: &Siffror<'_>, b: &Bidrag, urval: &Urval, kvar: Option<i64>) -> Kalla {
    let fran = s.bok.organisationsnamn(b.finansiar);
    let overfort = s.kant(Matt::OverfortIn, urval).filter(|tal| *tal > 0);
    let (namn, hela) = match (kvar, overfort) {
        (Some(kvar), None) if kvar >= 0 => (fran.to_owned(), Matt::Tillgangligt),
        (Some(kvar), Some(_)) if kvar >= 0 => (format!("{fran}, och överfört"), Matt::Tillgangligt),
        _ => ("Fördelat".to_owned(), Matt::Fordelat),
    };
    Kalla {
        namn,
        tal: s.tal(hela, urval),
    }
}

/// How to read the flow, and what a reader must know of it: that nobody has decided it yet,
/// and that it is more than there is.
fn under_flodet(s: &Siffror<'_>, urval: &Urval, ar: Option<i16>, kvar: Option<i64>) -> String {
    let mut under = format!("Kronor {}, efter storlek", arsord(ar));
    if ar_forslag(s, urval) {
        under.push_str(". Enligt ett förslag, inte ett beslut");
    }
    let finns = s.kant(Matt::Tillgangligt, urval);
    if let (Some(kvar), Some(finns)) = (kvar.filter(|kvar| *kvar < 0), finns) {
        under.push_str(&format!(
            ". {}\u{a0}kr mer än de {}\u{a0}kr som finns",
            Ore(kvar.saturating_neg()),
            Ore(finns)
        ));
    }
    under
}

/// Whether what is handed out is no more than proposed.
#[must_use]
pub fn ar_forslag(s: &Siffror<'_>, urval: &Urval) -> bool {
    s.fakta().iter().any(|f| {
        f.fakta.slag == FaktumSlag::Fordelat
            && f.fakta.sakerhet == Sakerhet::Preliminar
            && f.galler().version.is_none()
            && urval.omfattar(f.galler(), utfall_domain::matt::Arsfalt::Ar)
    })
}

/// Where an initiative's part of the money arrives; `None` when it has none.
fn malpunkt(s: &Siffror<'_>, urval: &Urval, insats: &Insats) -> Option<(i64, Malpunkt)> {
    let urval = urval.clone().for_insats(insats.id);
    let vikt = s.kant(Matt::Fordelat, &urval).filter(|tal| *tal > 0)?;
    let punkt = Malpunkt {
        namn: insats.namn.clone(),
        tal: s.tal(Matt::Fordelat, &urval),
        fran: vec![(0, vikt)],
        utan_rad: false,
    };
    Some((vikt, punkt))
}

/// How few insatser share at least half of the money, and how much that is: a sentence a
/// councillor could quote.
fn flodets_fynd(vagda: &[(i64, &str)]) -> String {
    let allt: i64 = vagda
        .iter()
        .map(|(vikt, _)| *vikt)
        .fold(0, i64::saturating_add);
    let (mut sa_langt, mut antal) = (0_i64, 0_usize);
    for (vikt, _) in vagda {
        if sa_langt.saturating_mul(2) >= allt {
            break;
        }
        sa_langt = sa_langt.saturating_add(*vikt);
        antal += 1;
    }
    let forst = vagda.first().map_or("", |(_, namn)| *namn);
    match antal {
        1 => format!("{forst} får minst hälften av pengarna"),
        n => {
            // The share as it is: three that take two thirds do not "take half".
            let procent = sa_langt.saturating_mul(100).checked_div(allt).unwrap_or(0);
            format!(
                "{n} av {} insatser får {procent}\u{a0}% av pengarna",
                vagda.len()
            )
        }
    }
}

/// An initiative's money per year and grant, then the sum.
#[must_use]
pub fn pengar(s: &Siffror<'_>, insats: &Insats) -> Vec<InsatsAr> {
    let ar: BTreeSet<(i16, Option<OrganisationId>)> = s
        .om_insats(insats.id)
        .iter()
        .filter(|f| f.galler().version.is_none())
        .filter(|f| {
            use FaktumSlag as F;
            matches!(
                f.fakta.slag,
                F::Fordelat | F::Overfort | F::Budget | F::Anvant
            )
        })
        .filter_map(|f| f.galler().ar)
        .map(|ar| (ar, None))
        .collect();
    let mut rader: Vec<InsatsAr> = ar
        .iter()
        .map(|(ar, _)| {
            let finansiar = finansiar(s, insats);
            pengarad(
                s,
                format!("{ar}{finansiar}"),
                RadSlag::Vanlig,
                &Urval::insats(insats.id).ar(*ar),
            )
        })
        .collect();
    let alla = Urval::insats(insats.id);
    // A paper may state a budget without saying for which year.
    if rader.is_empty() && (s.finns(Matt::Budget, &alla) || s.finns(Matt::AnvantInsats, &alla)) {
        let namn = format!("Utan angivet år{}", finansiar(s, insats));
        rader.push(pengarad(s, namn, RadSlag::Vanlig, &alla));
    }
    if rader.len() > 1 {
        rader.push(pengarad(s, "Summa".to_owned(), RadSlag::Summa, &alla));
    }
    rader
}

fn finansiar(s: &Siffror<'_>, insats: &Insats) -> String {
    insats
        .bidrag
        .and_then(|id| s.bok.bidrag(id))
        .map(|b| format!(", {}", s.bok.organisationsnamn(b.finansiar)))
        .unwrap_or_default()
}

fn pengarad(s: &Siffror<'_>, namn: String, slag: RadSlag, urval: &Urval) -> InsatsAr {
    InsatsAr {
        namn,
        slag,
        budget: s.tal(Matt::Budget, urval),
        anvant: s.tal(Matt::AnvantInsats, urval),
        kvar: s.tal(Matt::Avvikelse, urval),
    }
}

/// Counts of participants and outcomes as the papers state them.
#[must_use]
pub fn resultat(s: &Siffror<'_>, insats: &Insats) -> Vec<Resultatrad> {
    let urval = Urval::insats(insats.id);
    let mut rader = Vec::new();
    for (matt, rubrik) in [
        (Matt::Deltagarlage, "Deltagare som"),
        (Matt::Resultat, "Resultat:"),
        (Matt::Hjalp, "Hjälp utöver resultatet:"),
    ] {
        for kategori in kategorier(s, insats, matt) {
            let urval = urval.clone().for_kategori(&kategori);
            let namn = format!("{rubrik} {kategori}");
            rader.push(resultatrad(s, namn, RadSlag::Vanlig, matt, &urval));
        }
    }
    for kategori in antal_utan_manad(s, insats) {
        let urval = urval.clone().for_kategori(&kategori);
        let namn = crate::ram::stor_forst(&kategori);
        rader.push(resultatrad(s, namn, RadSlag::Vanlig, Matt::Volym, &urval));
    }
    if s.finns(Matt::UtanResultat, &urval) && s.kant(Matt::UtanResultat, &urval) != Some(0) {
        let namn = "Utan angivet resultat".to_owned();
        rader.push(resultatrad(
            s,
            namn,
            RadSlag::Vanlig,
            Matt::UtanResultat,
            &urval,
        ));
    }
    if s.finns(Matt::Deltagare, &urval) {
        let namn = "Deltagare".to_owned();
        rader.push(resultatrad(
            s,
            namn,
            RadSlag::Summa,
            Matt::Deltagare,
            &urval,
        ));
    }
    rader
}

fn resultatrad(
    s: &Siffror<'_>,
    namn: String,
    slag: RadSlag,
    matt: Matt,
    urval: &Urval,
) -> Resultatrad {
    let harledning = s.matt(matt, urval);
    let platser: BTreeSet<String> = harledning
        .rader
        .iter()
        .filter_map(|id| s.faktum(*id))
        .map(|f| match &f.fakta.kalla {
            Some(kalla) => kalla.plats.clone(),
            None => "registrerat för hand".to_owned(),
        })
        .collect();
    let platser: Vec<String> = platser.into_iter().collect();
    Resultatrad {
        namn,
        slag,
        antal: s.tal(matt, urval),
        kalla: platser.join(", ").into(),
    }
}

/// What is counted and is no people (holiday jobs, visits), in the order of the papers. What is
/// counted month by month has a chart of its own.
fn antal_utan_manad(s: &Siffror<'_>, insats: &Insats) -> Vec<String> {
    let om = s.om_insats(insats.id);
    let volymer = || om.iter().filter(|f| f.fakta.slag == FaktumSlag::Volym);
    let per_manad: BTreeSet<&String> = volymer()
        .filter(|f| f.galler().period_fran.is_some())
        .filter_map(|f| f.galler().kategori.as_ref())
        .collect();
    let mut ut: Vec<String> = Vec::new();
    for kategori in volymer().filter_map(|f| f.galler().kategori.as_ref()) {
        if !per_manad.contains(kategori) && !ut.contains(kategori) {
            ut.push(kategori.clone());
        }
    }
    ut
}

/// The categories of an initiative's counts, in the order of the papers.
#[must_use]
pub fn kategorier(s: &Siffror<'_>, insats: &Insats, matt: Matt) -> Vec<String> {
    let slag = match matt {
        Matt::Deltagarlage => FaktumSlag::Deltagarlage,
        Matt::Hjalp => FaktumSlag::Hjalp,
        _ => FaktumSlag::Resultat,
    };
    let mut ut: Vec<String> = Vec::new();
    let om = s.om_insats(insats.id);
    for f in om.into_iter().filter(|f| f.fakta.slag == slag) {
        if let Some(kategori) = f.galler().kategori.clone()
            && !ut.contains(&kategori)
        {
            ut.push(kategori);
        }
    }
    ut
}

/// What an initiative is, for those who read.
#[must_use]
pub fn insatsfakta(s: &Siffror<'_>, insats: &Insats) -> Vec<Fakta> {
    let ej = |text: &str| {
        if text.is_empty() {
            "ej angivet".to_owned()
        } else {
            text.to_owned()
        }
    };
    vec![
        Fakta::ny("Ansvarig", las::ansvariga(s.bok, &insats.ansvariga)),
        Fakta::ny("Målgrupp", ej(&insats.text.malgrupp)),
        Fakta::ny("Tid", las::ar(insats.start_ar, insats.slut_ar)),
        Fakta::ny("Fortsättning", fortsattning(insats)),
    ]
}

/// What happens afterwards: the word, and what was written about it.
#[must_use]
pub fn fortsattning(insats: &Insats) -> String {
    let ord = crate::ram::stor_forst(insats.fortsattning.text());
    if insats.text.fortsattning.is_empty() {
        return format!("{ord}.");
    }
    format!("{ord}. {}", insats.text.fortsattning)
}

/// A text in paragraphs: a line each.
#[must_use]
pub fn stycken(text: &str) -> Vec<Text> {
    text.lines()
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .map(Text::from)
        .collect()
}

#[cfg(test)]
mod tests;
