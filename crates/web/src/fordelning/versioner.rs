//! The version in force beside each proposal. To read only: a proposal is decided by a body,
//! and then entered as what is in force.

use super::tabell::med_i_tabellen;
use crate::sidval::Sidval;
use crate::siffror::{Siffror, text};
use std::collections::BTreeSet;
use utfall_domain::faktum::{Enhet, Faktum, FaktumSlag};
use utfall_domain::id::InsatsId;
use utfall_domain::insatser::Insats;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_vyer::sidor::{VersionsRad, Versionsjamforelse};
use utfall_vyer::tabell::RadSlag;
use utfall_vyer::tal::{TalVy, Tecken};

/// The grant's distribution, in force and proposed.
fn egna<'a>(s: &Siffror<'a>, b: &Bidrag) -> Vec<&'a Faktum> {
    let alla = s.fakta().iter().copied();
    alla.filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(b.id))
        .collect()
}

/// The initiatives that are in the distribution or in a proposal.
fn insatser<'a>(s: &Siffror<'a>, b: &Bidrag, egna: &[&Faktum]) -> Vec<&'a Insats> {
    let mut med: BTreeSet<InsatsId> = egna.iter().filter_map(|f| f.galler().insats).collect();
    med.extend(med_i_tabellen(s, b).iter().map(|i| i.id));
    let alla = s.bok.insatser.iter();
    alla.filter(|i| med.contains(&i.id)).collect()
}

/// How many initiatives the comparison has, in all parts; 0 when there is no proposal.
pub fn antal(s: &Siffror<'_>, b: &Bidrag) -> usize {
    let egna = egna(s, b);
    if egna.iter().all(|f| f.galler().version.is_none()) {
        return 0;
    }
    insatser(s, b, &egna).len()
}

/// `None` when there is no proposal. Of many initiatives those of the part, and the sums of
/// all of them.
pub fn jamforelse(s: &Siffror<'_>, b: &Bidrag, sida: Sidval) -> Option<Versionsjamforelse> {
    let egna = egna(s, b);
    let versioner: BTreeSet<&str> = egna
        .iter()
        .filter_map(|f| f.galler().version.as_deref())
        .collect();
    if versioner.is_empty() {
        return None;
    }
    let versioner: Vec<String> = versioner.into_iter().map(str::to_owned).collect();
    let ar: BTreeSet<i16> = egna.iter().filter_map(|f| f.galler().ar).collect();
    let visade = sida.utsnitt(insatser(s, b, &egna));
    let mut rader = Vec::new();
    for ar in ar {
        let urval = Urval::bidrag(b.id).ar(ar);
        for i in &visade {
            let urval = urval.clone().for_insats(i.id);
            rader.push(rad(s, (RadSlag::Vanlig, &i.namn), (ar, &urval), &versioner));
        }
        let alla = (RadSlag::Summa, "Alla insatser");
        rader.push(rad(s, alla, (ar, &urval), &versioner));
    }
    Some(Versionsjamforelse { versioner, rader })
}

fn rad(
    s: &Siffror<'_>,
    (slag, namn): (RadSlag, &str),
    (ar, galler): (i16, &Urval),
    versioner: &[String],
) -> VersionsRad {
    let matt = Matt::FordelatNytt;
    // What only one of the two speaks of gets nothing in the other, as in the sums: the
    // differences of a column add up to that of its sum.
    let belopp = |urval: &Urval| {
        if s.finns(matt, urval) {
            s.kant(matt, urval)
        } else {
            Some(0)
        }
    };
    let forslag = versioner.iter().map(|version| {
        let urval = Urval {
            version: Some(version.clone()),
            ..galler.clone()
        };
        let nagon = s.finns(matt, &urval) || s.finns(matt, galler);
        let skillnad = belopp(&urval)
            .zip(belopp(galler))
            .filter(|_| nagon)
            .and_then(|(ny, nu)| ny.checked_sub(nu));
        // A proposal is preliminary by being one: it need not say so at each amount.
        let tal = TalVy {
            preliminar: false,
            ..s.tal(matt, &urval)
        };
        (tal, skillnaden(skillnad))
    });
    VersionsRad {
        slag,
        namn: format!("{namn}, {ar}"),
        galler: s.tal(matt, galler),
        forslag: forslag.collect(),
    }
}

/// `+5 000`, or that it cannot be known.
fn skillnaden(skillnad: Option<i64>) -> TalVy {
    match skillnad {
        None => TalVy::tecken(Tecken::Okant),
        Some(tal) if tal > 0 => TalVy::utan_lank(format!("+{}", text(tal, Enhet::Ore))),
        Some(tal) => TalVy::utan_lank(text(tal, Enhet::Ore)),
    }
}
