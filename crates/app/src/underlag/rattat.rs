//! A paper with what the books say now put in the place of what it states: to see whether
//! what is wrong with the paper is still wrong in the books.

use super::kedja::Kedja;
use super::ord::{belopp, procent};
use super::oversatt::{Stalle, Tolkat, Uttalande, fordelade, tolka};
use crate::miljo::Miljo;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Enhet, Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::UnderlagId;
use utfall_domain::pengar::{NBSP, Precision};
use utfall_domain::problem::Problem;
use utfall_domain::underlag::{self as u, Underlag};
use utfall_domain::varde::Varde;

/// Numbers for objects that are made only to be looked at; no book has come so far.
const PAHITTADE: i64 = i64::MAX / 2;

/// Reads an imported paper again as the facts it became, on the books as they are.
///
/// # Errors
/// As [`tolka`].
pub(crate) fn tolka_igen(
    papper: &Underlag,
    id: UnderlagId,
    bocker: &Bocker,
) -> Result<Tolkat, Problem> {
    let mut miljo = Miljo::ny(Timestamp::UNIX_EPOCH, PAHITTADE);
    tolka(papper, id, (bocker, fordelade_fore(bocker, id)), &mut miljo)
}

/// The grants that were distributed before the first version of a paper. Numbers are given in
/// order, also over kinds of things.
pub(crate) fn fordelade_fore(
    bocker: &Bocker,
    id: UnderlagId,
) -> std::collections::BTreeSet<utfall_domain::id::BidragId> {
    let forst = bocker.versioner(id).last().map_or(id, |forst| *forst);
    let fore = |f: &&Faktum| f.id.nummer() < forst.nummer();
    fordelade(bocker.fakta.iter().filter(fore))
}

/// For each of a paper's statements the chain of the fact it is about, when that is certain.
pub(crate) fn kopplade<'b>(
    uttalanden: &[Uttalande],
    kedjor: &[Kedja<'b>],
    versioner: &[UnderlagId],
) -> Vec<Option<Kedja<'b>>> {
    let mut per: HashMap<(FaktumSlag, &Galler), Vec<Kedja<'b>>> = HashMap::new();
    for kedja in kedjor {
        per.entry(kedja.nyckel()).or_default().push(*kedja);
    }
    let mut platser: HashMap<(FaktumSlag, &Galler), Vec<usize>> = HashMap::new();
    for (nr, x) in uttalanden.iter().enumerate() {
        platser.entry(x.nyckel()).or_default().push(nr);
    }
    let mut ut = vec![None; uttalanden.len()];
    for (nyckel, nummer) in platser {
        let alla = per.remove(&nyckel).unwrap_or_default();
        for (nr, kedja) in nummer.iter().zip(para(&alla, nummer.len(), versioner)) {
            if let Some(plats) = ut.get_mut(*nr) {
                *plats = Some(kedja);
            }
        }
    }
    ut
}

/// The chains of so many statements of one thing: its own before another paper's, and several
/// only where they were all made by this paper, in its order. Otherwise none, for nobody can
/// say which is which.
fn para<'b>(alla: &[Kedja<'b>], antal: usize, versioner: &[UnderlagId]) -> Vec<Kedja<'b>> {
    let ur = |k: &Kedja<'_>| k.rot.fakta.kalla.as_ref().map(|kalla| kalla.underlag);
    let egna: Vec<Kedja<'b>> = alla
        .iter()
        .filter(|k| ur(k).is_some_and(|id| versioner.contains(&id)))
        .copied()
        .collect();
    let valda = if egna.is_empty() { alla.to_vec() } else { egna };
    let denna = versioner.first().copied();
    let sakert = antal == 1 || valda.iter().all(|k| ur(k) == denna);
    if valda.len() == antal && sakert {
        valda
    } else {
        Vec::new()
    }
}

/// The paper with these values in place of its own. None when it would no longer be a paper.
pub(crate) fn med_varden(papper: &Underlag, nya: &[(&[Stalle], &NyttFaktum)]) -> Option<Underlag> {
    let mut rot = u::skriv(papper);
    for (stallen, faktum) in nya {
        for stalle in *stallen {
            satt(&mut rot, stalle, faktum);
        }
    }
    let bytes = serde_json::to_vec(&rot).ok()?;
    u::las(&papper.stam, &bytes).ok()
}

fn satt(rot: &mut Value, stalle: &Stalle, faktum: &NyttFaktum) {
    let pekare = pekare(stalle.sokvag());
    let kant = faktum.varde.kant().filter(|_| !faktum.struken);
    let Some(tal) = kant else {
        return ta_bort(rot, &pekare);
    };
    let Some(plats) = rot.pointer_mut(&pekare) else {
        return;
    };
    match stalle {
        Stalle::Uppgifter(_) => {
            for uppgift in plats.as_array_mut().into_iter().flatten() {
                if let Some(falt) = uppgift.as_object_mut() {
                    falt.insert("belopp".into(), belopp(tal, faktum.precision).into());
                    falt.remove("cirka");
                }
            }
        }
        Stalle::Belopp(_) => *plats = belopp(tal, faktum.precision).into(),
        Stalle::Antal(_) => *plats = tal.into(),
        Stalle::Cell(_, matt) => *plats = cell(*matt, faktum, tal).into(),
    }
}

fn cell(matt: u::Matt, faktum: &NyttFaktum, tal: i64) -> String {
    match (matt, faktum.slag.enhet()) {
        (u::Matt::Kronor, _) => belopp(tal, faktum.precision),
        (_, Enhet::Promille) => procent(tal),
        (u::Matt::Personer, _) => format!("{tal}{NBSP}personer"),
        _ => format!("{tal}{NBSP}st"),
    }
}

/// An amount that nobody knows, or that should not be there, is left out; a cell is empty.
fn ta_bort(rot: &mut Value, pekare: &str) {
    let Some((over, namn)) = pekare.rsplit_once('/') else {
        return;
    };
    match rot.pointer_mut(over) {
        Some(Value::Object(falt)) => {
            falt.remove(namn);
        }
        Some(Value::Array(lista)) => {
            let nr: Option<usize> = namn.parse().ok();
            if let Some(plats) = nr.and_then(|nr| lista.get_mut(nr)) {
                *plats = Value::Null;
            }
        }
        _ => {}
    }
}

/// `bidrag[0].ar[1].tilldelat` as a JSON pointer.
fn pekare(sokvag: &str) -> String {
    let mut ut = String::from("/");
    for tecken in sokvag.chars() {
        match tecken {
            '[' | '.' => ut.push('/'),
            ']' => {}
            annat => ut.push(annat),
        }
    }
    ut
}

/// Whether a value is stated as exactly: the same figure in the same words.
pub(crate) fn samma(a: &NyttFaktum, b: &NyttFaktum) -> bool {
    let av = |f: &NyttFaktum| -> (Varde, Precision, bool, _) {
        (f.varde, f.precision, f.cirka, f.sakerhet)
    };
    !a.struken && !b.struken && av(a) == av(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_pointer() {
        assert_eq!(
            pekare("insatser[3].ekonomi[0].utfall[1]"),
            "/insatser/3/ekonomi/0/utfall/1"
        );
    }

    #[test]
    fn every_place_a_fact_was_read_from_is_in_the_paper_and_can_be_set() {
        let mut antal = 0;
        for (stam, json) in [
            ("uppsala", include_str!("../../../../exempel/uppsala.json")),
            ("ragunda", include_str!("../../../../exempel/ragunda.json")),
            ("forsby", include_str!("../../../../exempel/forsby.json")),
            ("volymer", include_str!("../../../../exempel/volymer.json")),
            ("nns", include_str!("../../../../exempel/nns.json")),
            (
                "helarsekvivalenter",
                include_str!("../../../../exempel/helarsekvivalenter.json"),
            ),
        ] {
            let papper = u::las(stam, json.as_bytes()).unwrap();
            let bocker = crate::prov::tomma(&papper.dokument.huvudman.slug.0);
            let id = UnderlagId::FORSTA;
            let uttalanden = tolka_igen(&papper, id, &bocker).unwrap().uttalanden;
            let kanda: Vec<&Uttalande> = uttalanden
                .iter()
                .filter(|x| x.faktum.varde.kant().is_some() && !x.stallen.is_empty())
                .collect();
            let rot = u::skriv(&papper);
            for x in &kanda {
                for stalle in &x.stallen {
                    let finns = rot.pointer(&pekare(stalle.sokvag()));
                    assert!(finns.is_some(), "{stam}: {stalle:?}");
                }
            }
            // Each fact's own value put back changes no fact.
            let nya: Vec<(&[Stalle], &NyttFaktum)> = kanda
                .iter()
                .map(|x| (x.stallen.as_slice(), &x.faktum))
                .collect();
            let igen = med_varden(&papper, &nya).unwrap_or_else(|| panic!("{stam}"));
            let varden = |p: &Underlag| -> Vec<(FaktumSlag, Varde)> {
                let alla = tolka_igen(p, id, &bocker).unwrap().uttalanden;
                alla.iter()
                    .map(|x| (x.faktum.slag, x.faktum.varde))
                    .collect()
            };
            assert_eq!(varden(&papper), varden(&igen), "{stam}");
            antal += kanda.len();
        }
        assert!(antal > 200, "{antal}");
    }
}
