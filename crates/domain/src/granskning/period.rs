//! `period-i-ordning`: nothing ends before it begins.

use super::fynd::{Allvar, Enhet, Fynd};
use super::kontext::{Kontext, citat, rad};
use crate::underlag::{Manad, Tidpunkt};

/// Does `till` certainly come before `fran`, as exactly as both are given?
fn fore(till: Tidpunkt, fran: Tidpunkt) -> bool {
    let manad = |t: Tidpunkt| match t {
        Tidpunkt::Ar(_) => None,
        Tidpunkt::Manad(m) => Some(m.manad),
        Tidpunkt::Dag(d) => Some(d.month()),
    };
    if till.ar() != fran.ar() {
        return till.ar() < fran.ar();
    }
    match (till, fran, manad(till), manad(fran)) {
        (Tidpunkt::Dag(till), Tidpunkt::Dag(fran), ..) => till < fran,
        (_, _, Some(till), Some(fran)) => till < fran,
        _ => false,
    }
}

/// The rule.
pub(super) fn i_ordning(k: &Kontext<'_>) -> Vec<Fynd> {
    let mut ut = Vec::new();
    for (nr, b) in k.u.bidrag.iter().enumerate() {
        if let Some(p) = &b.program
            && let (Some(fran), Some(till)) = (p.fran, p.till)
        {
            let sokvag = format!("bidrag[{nr}].program");
            let (fran, till) = (Tidpunkt::Ar(fran), Tidpunkt::Ar(till));
            ut.extend(prova(&p.namn, &sokvag, &b.plats, fran, till));
        }
    }
    for (nr, i) in k.u.insatser.iter().enumerate() {
        if let Some(p) = &i.period
            && let (Some(fran), Some(till)) = (p.fran, p.till)
        {
            ut.extend(prova(
                &i.namn,
                &format!("insatser[{nr}].period"),
                &p.plats,
                fran,
                till,
            ));
        }
        for (tnr, t) in i.tjanster.iter().enumerate() {
            let manad = |m: Option<Manad>| m.map(Tidpunkt::Manad);
            if let (Some(fran), Some(till)) = (manad(t.fran), manad(t.till)) {
                let sokvag = format!("insatser[{nr}].tjanster[{tnr}]");
                ut.extend(prova(&t.titel, &sokvag, &t.plats, fran, till));
            }
        }
    }
    k.signera("period-i-ordning", ut)
}

fn prova(namn: &str, sokvag: &str, plats: &str, fran: Tidpunkt, till: Tidpunkt) -> Option<Fynd> {
    if !fore(till, fran) {
        return None;
    }
    let text = format!(
        "{} sägs pågå från {fran} till {till}, alltså sluta innan det börjar. Vilken av tiderna \
         som är fel går inte att räkna ut.",
        citat(namn)
    );
    let rader = vec![
        rad(format!("{sokvag}.fran"), "Från", &fran.to_string(), plats),
        rad(format!("{sokvag}.till"), "Till", &till.to_string(), plats),
    ];
    let fynd = Fynd::utan_tal(Allvar::Fel, plats, Enhet::Datum);
    Some(
        fynd.sager(text, "Kontrollera tiderna och rätta den som är fel.")
            .pa(rader),
    )
}
