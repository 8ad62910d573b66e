//! General tables as facts: budgets of organisations, cost plans, statistics.

use super::{Oversattning, Stalle, Uttalande};
use std::collections::BTreeSet;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::underlag as u;
use utfall_domain::varde::Varde;

/// The rows of every table, without the sums: those are computed.
pub(super) fn tabeller(o: &mut Oversattning<'_>) {
    let papper = o.papper;
    for (nr, t) in papper.tabeller.iter().enumerate() {
        let versioner = versioner(&t.kolumner);
        for (radnr, rad) in t.rader.iter().enumerate() {
            let kolumner = t.kolumner.iter().zip(&versioner).zip(&rad.varden);
            for (vnr, ((kolumn, version), varde)) in kolumner.enumerate() {
                if let (Some(tal), false) = (varde, kolumn.summa) {
                    let sokvag = format!("tabeller[{nr}].rader[{radnr}].varden[{vnr}]");
                    cell(o, (t, rad), (kolumn, version.clone()), (*tal, sokvag));
                }
            }
        }
    }
}

/// The first column of a year is the one in force; later ones for the same year are
/// versions with the heading as name.
fn versioner(kolumner: &[u::Kolumn]) -> Vec<Option<String>> {
    let mut sedda = BTreeSet::new();
    kolumner
        .iter()
        .map(|k| {
            let forsta = sedda.insert(k.ar.map(|a| a.0));
            (!forsta && !k.summa).then(|| k.rubrik.clone())
        })
        .collect()
}

fn cell(
    o: &mut Oversattning<'_>,
    (t, rad): (&u::Tabell, &u::TabellRad),
    (kolumn, version): (&u::Kolumn, Option<String>),
    (tal, sokvag): (u::Tal, String),
) {
    let insats = t.insats.as_ref().and_then(|i| o.register.insats_av(i));
    let sort = Sort {
        rad: rad.slag,
        har_insats: insats.is_some(),
        statistik: o.papper.dokument.slag == u::PapperSlag::Statistik,
    };
    let Some((slag, varde)) = sort.slag_och_varde(tal) else {
        return;
    };
    let galler = Galler {
        insats,
        organisation: t
            .organisation
            .as_ref()
            .and_then(|x| o.register.organisation(x)),
        finansiar: rad
            .finansiar
            .as_ref()
            .and_then(|x| o.register.organisation(x)),
        ar: kolumn.ar.map(|a| a.0),
        kategori: Some(rad.etikett.clone()),
        version,
        ..Galler::default()
    };
    let faktum = NyttFaktum {
        precision: tal.belopp.map(|b| b.precision).unwrap_or_default(),
        kalla: o.kalla(&t.plats, rad.id.as_ref().map(|i| i.0.as_str())),
        ..NyttFaktum::nytt(slag, galler, Varde::Kant(varde))
    };
    let mut stallen = vec![Stalle::Cell(sokvag, tal.matt)];
    stallen.extend(kalkylens(o.papper, rad, tal));
    o.fakta.push(Uttalande { faktum, stallen });
}

/// A calculation beside the table states the row's amount once more.
fn kalkylens(papper: &u::Underlag, rad: &u::TabellRad, tal: u::Tal) -> Option<Stalle> {
    let id = rad.id.as_ref()?;
    let samma = |k: &u::Kalkyl| {
        k.rad.as_ref().is_some_and(|r| r.0 == id.0) && tal.belopp == Some(k.angivet)
    };
    let nr = papper.kalkyler.iter().position(samma)?;
    Some(Stalle::Belopp(format!("kalkyler[{nr}].angivet")))
}

/// What a cell's meaning depends on beside its unit.
struct Sort {
    rad: Option<u::RadSlag>,
    har_insats: bool,
    statistik: bool,
}

impl Sort {
    /// What kind of fact the cell is, with the value in that kind's unit; none when it is
    /// only a statement to be reviewed.
    fn slag_och_varde(&self, tal: u::Tal) -> Option<(FaktumSlag, i64)> {
        let helt = tal.varde / tal.matt.steg();
        match (tal.matt, self.rad) {
            (_, Some(u::RadSlag::Varde)) => None,
            (u::Matt::Kronor, Some(u::RadSlag::Intakt)) => Some((FaktumSlag::Intakt, tal.varde)),
            (u::Matt::Kronor, Some(u::RadSlag::Finansiering)) => {
                Some((FaktumSlag::Finansiering, tal.varde))
            }
            (u::Matt::Kronor, _) if self.har_insats => Some((FaktumSlag::Kostnad, tal.varde)),
            (u::Matt::Kronor, _) => Some((FaktumSlag::Budgetkostnad, tal.varde)),
            // A thousandth of a percentage point to a tenth of one.
            (u::Matt::Procent, _) if self.statistik => Some((
                FaktumSlag::Helarsekvivalent,
                avrundat_till_tiondelar(tal.varde),
            )),
            (u::Matt::Personer | u::Matt::Antal, _) => Some((FaktumSlag::Volym, helt)),
            (u::Matt::Procent | u::Matt::Promille, _) => None,
        }
    }
}

/// Thousandths of a percentage point to tenths, half away from zero.
const fn avrundat_till_tiondelar(tusendelar: i64) -> i64 {
    let (kvot, rest) = (tusendelar / 100, tusendelar % 100);
    if rest >= 50 {
        kvot.saturating_add(1)
    } else if rest <= -50 {
        kvot.saturating_sub(1)
    } else {
        kvot
    }
}
