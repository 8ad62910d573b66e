//! What a file would change, as if its vouchers were in the books.

use super::analys::{Okopplad, Rader};
use super::dubbelt;
use super::fil::Genomgang;
use super::laddat::Bokfort;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use utfall_domain::id::KonteringId;
use utfall_domain::medel::kontering::{Andrad, Kontering, Summa};
use utfall_domain::medel::verifikation::Handverifikation;
use utfall_domain::problem::Problem;
use utfall_store::bokforing::Inbokat;

/// What a file would change.
#[derive(Debug, Default)]
pub(super) struct Foljder {
    /// The facts.
    pub(super) fakta: Vec<Andrad>,
    /// The accounts of the file that belong nowhere.
    pub(super) okopplade: Vec<Okopplad>,
    /// Vouchers by hand of the same initiatives and months.
    pub(super) for_hand: Vec<Handverifikation>,
    /// Why the facts cannot be told.
    pub(super) krock: Option<Problem>,
}

/// What the file would change, as if its vouchers were in the books: they are put among what was
/// read, and the accounts are taken out of what was gone through. There may be a million sums and
/// many accounts, and they are held once.
pub(super) fn foljder(bokfort: &mut Bokfort, gang: &mut Genomgang, gamla: &Rader) -> Foljder {
    bokfort.inbokat = Inbokat::default();
    let nummer = numrera(bokfort, gang);
    let summor = filens_summor(gang, &nummer, gamla);
    sla_ihop(Arc::make_mut(&mut bokfort.summor), summor);
    let (vill, fakta) = match bokfort.andringar(&bokfort.regler()) {
        Ok(svar) => svar,
        Err(fel) => {
            return Foljder {
                krock: Some(fel),
                ..Foljder::default()
            };
        }
    };
    let rader = gang.summor.keys();
    let rader = rader.filter_map(|(plats, manad)| Some((*nummer.get(*plats)?, *manad)));
    let for_hand = dubbelt::for_hand(bokfort, rader);
    let i_filen: BTreeSet<KonteringId> = nummer.into_iter().collect();
    let okopplade = vill
        .okopplade
        .into_iter()
        .filter(|(id, _)| i_filen.contains(id))
        .filter_map(|(id, o)| {
            Some(Okopplad {
                kontering: bokfort.konteringar.get(&id)?.0.clone(),
                slag: o.slag,
                ore: o.ore,
                antal: o.antal,
                varfor: o.varfor,
            })
        })
        .collect();
    Foljder {
        fakta,
        okopplade,
        for_hand,
        krock: None,
    }
}

/// Numbers of the file's accounts, by their places. Those that have none yet get one above all
/// that are: nothing is saved.
fn numrera(bokfort: &mut Bokfort, gang: &mut Genomgang) -> Vec<KonteringId> {
    let filens = std::mem::take(&mut gang.konteringar).tag();
    let alla = Arc::make_mut(&mut bokfort.konteringar);
    let mut nasta = alla.keys().last().map_or(0, |id| id.nummer());
    let kanda: HashMap<&Kontering, KonteringId> =
        alla.iter().map(|(id, (k, _))| (k, *id)).collect();
    let nummer: Vec<KonteringId> = filens
        .iter()
        .map(|k| {
            kanda.get(k).copied().unwrap_or_else(|| {
                nasta = nasta.saturating_add(1);
                KonteringId::ny(nasta).unwrap_or(KonteringId::FORSTA)
            })
        })
        .collect();
    for (id, k) in nummer.iter().zip(filens) {
        let typ = gang.typ(k.konto);
        alla.insert(*id, (k, typ));
    }
    nummer
}

/// What a file's new and changed vouchers come to, less those they take the place of.
fn filens_summor(gang: &Genomgang, nummer: &[KonteringId], gamla: &Rader) -> Vec<Summa> {
    let antal = gang.summor.len().saturating_add(gamla.len());
    let mut summor: Vec<Summa> = Vec::with_capacity(antal);
    for ((plats, manad), (ore, antal)) in &gang.summor {
        let Some(id) = nummer.get(*plats) else {
            continue;
        };
        summor.push(Summa {
            kontering: *id,
            manad: *manad,
            ore: *ore,
            antal: *antal,
        });
    }
    for ((id, manad), (ore, antal)) in gamla {
        summor.push(Summa {
            kontering: *id,
            manad: *manad,
            ore: ore.saturating_neg(),
            antal: antal.saturating_neg(),
        });
    }
    summor
}

/// Adds sums to others, one for each account and month. In place: there may be a million.
fn sla_ihop(alla: &mut Vec<Summa>, nya: Vec<Summa>) {
    alla.extend(nya);
    alla.sort_unstable_by_key(|s| (s.kontering, s.manad));
    alla.dedup_by(|ny, kvar| {
        let samma = (ny.kontering, ny.manad) == (kvar.kontering, kvar.manad);
        if samma {
            kvar.ore = kvar.ore.saturating_add(ny.ore);
            kvar.antal = kvar.antal.saturating_add(ny.antal);
        }
        samma
    });
}
