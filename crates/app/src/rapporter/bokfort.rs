//! What a report says of the accounts behind it: which files, what belongs nowhere, and which
//! vouchers a figure is the sum of. Numbers and names of vouchers only, never what they say or
//! who signed them: the permit for those texts is never asked for here.

use crate::Tjanst;
use crate::bokforing::Bokfort;
use crate::lasning::Bok;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::{BidragId, InsatsId, KonteringId};
use utfall_domain::medel::kontering::{Faktanyckel, Konteringsslag, Tolkning};
use utfall_domain::medel::rekvisition::alla;
use utfall_domain::medel::verifikation::{Inlasningslage, Listad};
use utfall_domain::problem::Problem;
use utfall_domain::rapporter::Rapportslag;
use utfall_domain::tid;
use utfall_store as store;
use utfall_store::Las;
use utfall_store::bokforing::verifikationer::Sokning;

/// Names told of the vouchers of one kind of cost; of the rest how many there are.
const FLEST: usize = 40;

/// A file that was read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlast {
    /// Its name.
    pub filnamn: String,
    /// The day it was read in.
    pub dag: Date,
    /// The financial year it is of.
    pub ar: (Date, Date),
    /// Vouchers in it.
    pub verifikationer: i64,
}

/// The vouchers behind the use of one kind of cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verifikationer {
    /// Their names, in order of day: the first of them when they are many.
    pub namn: Vec<String>,
    /// How many there are.
    pub antal: usize,
}

/// What the accounts are like, for the period of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bokforingsbesked {
    /// The files in force with days in the period, in the order they were read in.
    pub inlasta: Vec<Inlast>,
    /// Vouchers entered by hand in the period.
    pub for_hand: usize,
    /// Vouchers of files in the period.
    pub verifikationer: usize,
    /// Of them with a row that belongs to no insats yet.
    pub okopplade: usize,
    /// What those rows come to as costs, in öre.
    pub okopplat: i64,
    /// What they come to as income, in öre.
    pub okopplad_intakt: i64,
    /// Every cost that is booked in the period on accounts that count, in öre.
    pub kostnader: i64,
    /// The vouchers of a requisition's figures, by kind of cost.
    pub bakom: BTreeMap<Option<String>, Verifikationer>,
}

/// What a report asks the accounts.
#[derive(Clone, Copy, Debug)]
struct Fraga {
    fran: Date,
    till: Date,
    /// Of whom the vouchers are told; `None` asks only how the accounts are mapped.
    av: Option<(Option<BidragId>, Option<InsatsId>)>,
}

impl Fraga {
    fn av(bok: &Bok, slag: &Rapportslag) -> Option<Self> {
        match slag {
            Rapportslag::Ekonomirapport { ar, till_manad, .. } => Some(Self {
                fran: date(*ar, 1, 1),
                till: Date::new(*ar, *till_manad, 1).ok()?.last_of_month(),
                av: None,
            }),
            Rapportslag::Rekvisition { sak } => {
                let r = alla(&bok.poster()).into_iter().find(|r| r.id == *sak)?;
                Some(Self {
                    fran: r.uppgift.fran,
                    till: r.uppgift.till,
                    av: Some((r.om.bidrag, r.om.insats)),
                })
            }
            Rapportslag::Aterrapport { .. }
            | Rapportslag::Fordelningsmemo { .. }
            | Rapportslag::Insatsnot { .. } => None,
        }
    }
}

impl Tjanst {
    /// What the accounts are like for a report, as they are mapped now; `None` for reports that
    /// say nothing of it.
    pub(super) async fn bokforingsbesked(
        &self,
        aktor: &Aktor,
        bok: &Bok,
        slag: &Rapportslag,
    ) -> Result<Option<Bokforingsbesked>, Problem> {
        let Some(fraga) = Fraga::av(bok, slag) else {
            return Ok(None);
        };
        let permit = prova(aktor, Atgard::LasaBokforing)?;
        let svar = self
            .db
            .las_samtidigt(move |k| las(k, &permit, fraga))
            .await?;
        Ok(Some(svar))
    }
}

fn las(k: &mut Las, permit: &Permit, fraga: Fraga) -> Result<Bokforingsbesked, Problem> {
    let bokfort = Bokfort::las(k, permit, (None, None))?;
    let mut ut = Bokforingsbesked {
        inlasta: inlasta(&bokfort, fraga),
        for_hand: bokfort
            .for_hand
            .iter()
            .filter(|v| (fraga.fran..=fraga.till).contains(&v.datum))
            .count(),
        ..Bokforingsbesked::default()
    };
    let tolkade = tolkade(&bokfort, fraga);
    let mut okopplade: BTreeSet<KonteringId> = BTreeSet::new();
    for s in bokfort.summor.iter() {
        if s.manad < fraga.fran.first_of_month() || s.manad > fraga.till || s.antal == 0 {
            continue;
        }
        match tolkade.get(&(s.kontering, s.manad.year())) {
            Some(Tolkning::Okopplad(slag)) => {
                okopplade.insert(s.kontering);
                if *slag == Konteringsslag::Kostnad {
                    ut.okopplat = ut.okopplat.saturating_add(s.ore);
                    ut.kostnader = ut.kostnader.saturating_add(s.ore);
                } else {
                    ut.okopplad_intakt = ut.okopplad_intakt.saturating_sub(s.ore);
                }
            }
            Some(Tolkning::Raknas {
                slag: Konteringsslag::Kostnad,
                ..
            }) => ut.kostnader = ut.kostnader.saturating_add(s.ore),
            _ => {}
        }
    }
    let inom = (fraga.fran, fraga.till);
    ut.verifikationer = sok(k, permit, inom, None)?.len();
    if !okopplade.is_empty() {
        ut.okopplade = sok(k, permit, inom, Some(&okopplade))?.len();
    }
    if let Some(av) = fraga.av {
        ut.bakom = bakom(k, permit, (&bokfort, &tolkade), (fraga, av))?;
    }
    Ok(ut)
}

/// The files in force with days in the period.
fn inlasta(bokfort: &Bokfort, fraga: Fraga) -> Vec<Inlast> {
    let mut ut: Vec<_> = bokfort
        .inlasningar
        .iter()
        .filter(|i| i.lage == Inlasningslage::Galler)
        .filter(|i| i.ar.fran <= fraga.till && i.ar.till >= fraga.fran)
        .collect();
    ut.sort_by_key(|i| i.id);
    ut.into_iter()
        .map(|i| Inlast {
            filnamn: i.filnamn.clone(),
            dag: tid::dag(i.registrerad),
            ar: (i.ar.fran, i.ar.till),
            verifikationer: i.verifikationer,
        })
        .collect()
}

/// What the mapping makes of each account in each year of the period, and which facts that is.
type Tolkade = BTreeMap<(KonteringId, i16), Tolkning>;

/// What the mapping makes of each account. One that two rules quarrel of belongs nowhere, nor
/// does one that no grant pays.
fn tolkade(bokfort: &Bokfort, fraga: Fraga) -> Tolkade {
    let regler = bokfort.regler();
    let mut ut = Tolkade::new();
    for ar in fraga.fran.year()..=fraga.till.year() {
        for (id, (kontering, typ)) in bokfort.konteringar.iter() {
            let okopplad = Tolkning::Okopplad(kontering.slag(*typ));
            let tolkning = regler.tolka(kontering, *typ, ar).unwrap_or(okopplad);
            let tolkning = match (&tolkning, nycklar(bokfort, &tolkning, ar)) {
                (Tolkning::Raknas { slag, .. }, None) => Tolkning::Okopplad(*slag),
                _ => tolkning,
            };
            ut.insert((*id, ar), tolkning);
        }
    }
    ut
}

/// The facts that rows of a year are counted in, of its first month; `None` of none.
fn nycklar(bokfort: &Bokfort, tolkning: &Tolkning, ar: i16) -> Option<Vec<Faktanyckel>> {
    let (nyckel, _) = Faktanyckel::for_rader(tolkning, date(ar, 1, 1))?;
    let alla = nyckel.hemma(|till, ar| bokfort.hemvist(till, ar)).ok()?;
    Some(alla.into_iter().map(|(nyckel, _)| nyckel).collect())
}

/// The vouchers in force within a time, with a row on any of these accounts.
fn sok(
    k: &mut Las,
    permit: &Permit,
    inom: (Date, Date),
    konteringar: Option<&BTreeSet<KonteringId>>,
) -> Result<Vec<Listad>, Problem> {
    let sokning = Sokning {
        inom,
        inlasning: None,
        konteringar,
        serie: None,
        nummer: None,
        belopp: None,
        med_summor: false,
    };
    let funna = store::bokforing::verifikationer::sok(k, permit, &sokning)?;
    Ok(funna.into_iter().map(|(listad, _)| listad).collect())
}

/// The vouchers of the use of a grant or an insats, by kind of cost.
fn bakom(
    k: &mut Las,
    permit: &Permit,
    (bokfort, tolkade): (&Bokfort, &Tolkade),
    (fraga, (bidrag, insats)): (Fraga, (Option<BidragId>, Option<InsatsId>)),
) -> Result<BTreeMap<Option<String>, Verifikationer>, Problem> {
    let hor_hit = |n: &Faktanyckel| {
        n.slag == FaktumSlag::Anvant
            && bidrag.is_none_or(|b| n.bidrag == Some(b))
            && insats.is_none_or(|i| n.insats == i)
    };
    let mut konton: BTreeMap<(Option<String>, i16), BTreeSet<KonteringId>> = BTreeMap::new();
    for ((id, ar), tolkning) in tolkade {
        for nyckel in nycklar(bokfort, tolkning, *ar).into_iter().flatten() {
            if hor_hit(&nyckel) {
                konton
                    .entry((nyckel.kategori, *ar))
                    .or_default()
                    .insert(*id);
            }
        }
    }
    let mut ut: BTreeMap<Option<String>, Verifikationer> = BTreeMap::new();
    for ((kategori, ar), konton) in konton {
        let inom = (
            fraga.fran.max(date(ar, 1, 1)),
            fraga.till.min(date(ar, 12, 31)),
        );
        let listade = sok(k, permit, inom, Some(&konton))?;
        if listade.is_empty() {
            continue;
        }
        let del = ut.entry(kategori).or_default();
        del.antal = del.antal.saturating_add(listade.len());
        let plats = FLEST.saturating_sub(del.namn.len());
        let namn = listade.into_iter().take(plats).map(|v| v.namn);
        del.namn.extend(namn);
    }
    for v in &bokfort.for_hand {
        let Some((nyckel, _)) = v.summa() else {
            continue;
        };
        let mut hemma = nyckel.hemma(|till, ar| bokfort.hemvist(till, ar));
        let hit = hemma.iter_mut().flatten().any(|(n, _)| hor_hit(n));
        if hit && (fraga.fran..=fraga.till).contains(&v.datum) {
            let del = ut.entry(nyckel.kategori).or_default();
            del.antal = del.antal.saturating_add(1);
            if del.namn.len() < FLEST {
                del.namn.push(format!("för hand {}", v.nummer));
            }
        }
    }
    Ok(ut)
}
