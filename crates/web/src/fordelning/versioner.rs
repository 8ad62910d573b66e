//! The version in force beside each proposal. To read only: a proposal is decided by a body,
//! and then entered as what is in force.

use super::tabell::med_i_tabellen;
use crate::siffror::{Siffror, text};
use std::collections::BTreeSet;
use utfall_domain::faktum::{Enhet, FaktumSlag};
use utfall_domain::id::InsatsId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;
use utfall_vyer::sidor::{VersionsRad, Versionsjamforelse};
use utfall_vyer::tabell::RadSlag;
use utfall_vyer::tal::{TalVy, Tecken};

/// `None` when there is no proposal.
pub fn jamforelse(s: &Siffror<'_>, b: &Bidrag) -> Option<Versionsjamforelse> {
    let egna = || {
        s.fakta()
            .iter()
            .filter(|f| f.fakta.slag == FaktumSlag::Fordelat && f.galler().bidrag == Some(b.id))
    };
    let versioner: BTreeSet<&str> = egna()
        .filter_map(|f| f.galler().version.as_deref())
        .collect();
    if versioner.is_empty() {
        return None;
    }
    let versioner: Vec<String> = versioner.into_iter().map(str::to_owned).collect();
    let ar: BTreeSet<i16> = egna().filter_map(|f| f.galler().ar).collect();
    let nya: BTreeSet<InsatsId> = egna().filter_map(|f| f.galler().insats).collect();
    let mut rader = Vec::new();
    for ar in ar {
        let urval = Urval::bidrag(b.id).ar(ar);
        let med = med_i_tabellen(s, b);
        let alla = s
            .bok
            .insatser
            .iter()
            .filter(|i| nya.contains(&i.id) || med.iter().any(|m| m.id == i.id));
        for i in alla {
            let urval = urval.clone().for_insats(i.id);
            rader.push(rad(s, (RadSlag::Vanlig, &i.namn), (ar, &urval), &versioner));
        }
        rader.push(rad(
            s,
            (RadSlag::Summa, "Alla insatser"),
            (ar, &urval),
            &versioner,
        ));
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
        (s.tal(matt, &urval), skillnaden(skillnad))
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
