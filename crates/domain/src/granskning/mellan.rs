//! `samma-uppgift-i-papper`: one fact that two papers state differently. The books count such
//! a fact once, as the paper says that was imported first; this says when that is a choice.

use super::fynd::{Allvar, Fynd, Rad};
use super::kontext::{citat, platser, samma_varde};
use super::storhet::Storhet;
use crate::faktum::{Enhet, FaktumSlag, Galler, Sakerhet};
use crate::pengar::Precision;
use crate::underlag::{Ar, Matt};
use std::collections::HashMap;

/// What one paper says, as the facts it would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papperssagt {
    /// The paper's short name.
    pub dokument: String,
    /// Its title.
    pub titel: String,
    /// It is no paper but what a person has registered in the books.
    pub for_hand: bool,
    /// Its statements.
    pub sagt: Vec<Sagt>,
}

/// One statement of a fact with a known value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sagt {
    /// What kind of fact.
    pub slag: FaktumSlag,
    /// What it is about. Two statements about the same are statements of one fact.
    pub galler: Galler,
    /// What it is called: `Rekvirerat 2021 i ”Stöd till unga”`.
    pub etikett: String,
    /// The value, in the unit of its kind.
    pub varde: i64,
    /// How exactly it is stated (money only).
    pub precision: Precision,
    /// The paper said "cirka".
    pub cirka: bool,
    /// How settled it is.
    pub sakerhet: Sakerhet,
    /// The value as the paper has it.
    pub skrivet: String,
    /// Where in the paper.
    pub plats: String,
    /// The JSON path within the underlag.
    pub sokvag: String,
}

type Nyckel<'a> = (FaktumSlag, &'a Galler);

/// What a paper says of one fact, all its statements together: two rows of the same
/// initiative and year are one amount.
struct Samlat<'a> {
    papper: &'a Papperssagt,
    sagt: Vec<&'a Sagt>,
    varde: Storhet,
}

impl Samlat<'_> {
    fn cirka(&self) -> bool {
        self.sagt.iter().any(|s| s.cirka)
    }

    fn preliminar(&self) -> bool {
        self.sagt.iter().any(|s| s.sakerhet == Sakerhet::Preliminar)
    }

    /// `i ”Återrapport 2021” (s. 3)`.
    fn var(&self) -> String {
        if self.papper.for_hand {
            return "i böckerna (registrerat för hand)".to_owned();
        }
        format!("i {} ({})", citat(&self.papper.titel), self.platser())
    }

    fn platser(&self) -> String {
        platser(self.sagt.iter().map(|s| s.plats.as_str()))
    }

    fn rader(&self, annat: bool) -> impl Iterator<Item = Rad> {
        self.sagt.iter().map(move |s| Rad {
            sokvag: s.sokvag.clone(),
            etikett: s.etikett.clone(),
            varde: s.skrivet.clone(),
            plats: s.plats.clone(),
            dokument: annat.then(|| self.papper.dokument.clone()),
        })
    }
}

/// The rule.
pub(super) fn samma_uppgift(papper: &[Papperssagt]) -> Vec<Fynd> {
    let mut forst: HashMap<Nyckel<'_>, Samlat<'_>> = HashMap::new();
    let mut ut = Vec::new();
    for p in papper {
        for (nyckel, har) in samla(p) {
            match forst.get(&nyckel) {
                Some(fore) if !lika(fore, &har) => ut.push(olika(fore, &har)),
                Some(_) => {}
                None => {
                    forst.insert(nyckel, har);
                }
            }
        }
    }
    ut
}

/// A fact belongs to a grant or an initiative, or to an organisation's own budget. What a
/// table counts without saying whose may be two things with one name.
fn har_agare(s: &Sagt) -> bool {
    let egen_budget = matches!(s.slag, FaktumSlag::Intakt | FaktumSlag::Budgetkostnad);
    s.galler.bidrag.is_some()
        || s.galler.insats.is_some()
        || (egen_budget && s.galler.organisation.is_some())
}

fn samla(papper: &Papperssagt) -> Vec<(Nyckel<'_>, Samlat<'_>)> {
    let mut ordning: Vec<Nyckel<'_>> = Vec::new();
    let mut per: HashMap<Nyckel<'_>, Samlat<'_>> = HashMap::new();
    for s in papper.sagt.iter().filter(|s| har_agare(s)) {
        let nyckel = (s.slag, &s.galler);
        let varde = storhet(s);
        per.entry(nyckel)
            .and_modify(|alla| {
                alla.varde = alla.varde.plus(varde);
                alla.sagt.push(s);
            })
            .or_insert_with(|| {
                ordning.push(nyckel);
                Samlat {
                    papper,
                    sagt: vec![s],
                    varde,
                }
            });
    }
    ordning
        .into_iter()
        .filter_map(|nyckel| Some((nyckel, per.remove(&nyckel)?)))
        .collect()
}

fn storhet(s: &Sagt) -> Storhet {
    let varde = i128::from(s.varde);
    match s.slag.enhet() {
        Enhet::Ore => Storhet {
            matt: Matt::Kronor,
            varde,
            halv: s.precision.halv().into(),
        },
        Enhet::Personer => Storhet::exakt(Matt::Personer, varde.saturating_mul(1000)),
        Enhet::Antal => Storhet::exakt(Matt::Antal, varde.saturating_mul(1000)),
        // Stated to a tenth of a per cent.
        Enhet::Hundradelsprocent => Storhet::exakt(Matt::Procent, varde.saturating_mul(10)),
        Enhet::Promille => Storhet {
            matt: Matt::Procent,
            varde: varde.saturating_mul(100),
            halv: 50,
        },
    }
}

fn lika(a: &Samlat<'_>, b: &Samlat<'_>) -> bool {
    samma_varde(a.varde, b.varde, b.cirka()) || samma_varde(b.varde, a.varde, a.cirka())
}

fn olika(fore: &Samlat<'_>, har: &Samlat<'_>) -> Fynd {
    let etikett = har.sagt.first().map_or("", |s| s.etikett.as_str());
    let skillnad = har.varde.minus(fore.varde);
    let text = format!(
        "{etikett} är {} {} men {} {}. Skillnaden är {}. Siffrorna räknar med {}, som kom först.",
        har.varde,
        har.var(),
        fore.varde,
        fore.var(),
        skillnad.absolut().som_skillnad(),
        fore.varde,
    );
    let atgard = "Ta reda på vilket som gäller. Är det papperet här: rätta uppgiften i böckerna. \
                  Är det det andra: förklara skillnaden, eller ersätt papperet med ett rättat.";
    let fynd = Fynd {
        regel: "samma-uppgift-i-papper",
        dokument: har.papper.dokument.clone(),
        ..Fynd::tal(Allvar::Varning, &har.platser(), har.varde, fore.varde)
    };
    let fynd = fynd.sager(text, atgard);
    let fynd = match (fore.preliminar(), har.preliminar()) {
        (true, false) => fynd.kan_bero_pa("Det tidigare beloppet är preliminärt."),
        (false, true) => fynd.kan_bero_pa("Det senare beloppet är preliminärt."),
        _ => fynd,
    };
    let om = har.sagt.first().map(|s| &s.galler);
    let aren = om
        .into_iter()
        .flat_map(|g| g.ar.into_iter().chain(g.fran_ar));
    fynd.pa(har.rader(false).chain(fore.rader(true)).collect())
        .for_ar(aren.map(Ar))
}
