//! Which voucher of the books a voucher of a file is: the same, one that is otherwise now, or a
//! new one.
//!
//! A voucher without number is known by what it holds, without the dimensions that can name
//! people: what the mapping keeps of those makes it no other. Those that were written down with
//! such dimensions as a part of what they are known by are found by that too.

use std::collections::{BTreeSet, HashMap, HashSet};
use utfall_domain::id::VerifikationId;
use utfall_domain::journal::Hash;
use utfall_domain::medel::kontering::Behall;
use utfall_domain::medel::verifikation::{Innehall, Kand, identitet};
use utfall_sie::Verifikation;

/// What a voucher of a file was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Funnet {
    /// Not known; what it is known by from now on.
    Ny(Hash),
    /// Known, and as it was.
    Lika,
    /// Known, and holds something else now.
    Andrad(Hash, VerifikationId),
    /// Not known, and without rows: there is nothing to write down.
    Tom,
}

/// The vouchers that are known, and those of them that have been met.
pub(super) struct Igenkanning {
    kanda: HashMap<Hash, (Hash, VerifikationId)>,
    sedda: HashSet<VerifikationId>,
    forekomster: HashMap<Hash, u32>,
}

impl Igenkanning {
    pub(super) fn ny(kanda: &[Kand]) -> Self {
        let kanda = kanda.iter();
        Self {
            kanda: kanda.map(|k| (k.identitet, (k.innehall, k.id))).collect(),
            sedda: HashSet::new(),
            forekomster: HashMap::new(),
        }
    }

    /// What a voucher is, which holds `innehall` as it would be stored; and what else it may be
    /// known by, from when other dimensions that can name people were kept.
    pub(super) fn kann(&mut self, ver: &Verifikation, innehall: &Hash) -> (Funnet, Vec<Hash>) {
        let baser = baser(ver);
        let mojliga: Vec<(Hash, Hash)> = baser
            .iter()
            .map(|(bas, halla)| {
                let nr = self.forekomster.get(bas).copied().unwrap_or(0);
                (*bas, identitet(&ver.serie, &ver.nummer, halla, nr))
            })
            .collect();
        let nycklar = mojliga.iter().map(|(_, nyckel)| *nyckel).collect();
        (self.bland(ver, innehall, &mojliga), nycklar)
    }

    fn bland(&mut self, ver: &Verifikation, innehall: &Hash, mojliga: &[(Hash, Hash)]) -> Funnet {
        let kand = |(_, nyckel): &(Hash, Hash)| self.kanda.get(nyckel).copied();
        let samma = mojliga
            .iter()
            .find(|m| kand(m).is_some_and(|(har, _)| har == *innehall));
        let funnen = samma.or_else(|| mojliga.iter().find(|m| kand(m).is_some()));
        if let Some((bas, nyckel)) = funnen.copied()
            && let Some((har, id)) = self.kanda.get(&nyckel).copied()
        {
            self.rakna(bas);
            self.sedda.insert(id);
            return match har == *innehall {
                true => Funnet::Lika,
                false => Funnet::Andrad(nyckel, id),
            };
        }
        match mojliga.last() {
            Some((bas, nyckel)) if !ver.rader.is_empty() => {
                self.rakna(*bas);
                Funnet::Ny(*nyckel)
            }
            _ => Funnet::Tom,
        }
    }

    fn rakna(&mut self, bas: Hash) {
        let antal = self.forekomster.entry(bas).or_insert(0);
        *antal = antal.saturating_add(1);
    }

    /// The known ones that were not met, in order.
    pub(super) fn saknade(&self) -> Vec<VerifikationId> {
        let alla = self.kanda.values().map(|(_, id)| *id);
        let mut ut: Vec<VerifikationId> = alla.filter(|id| !self.sedda.contains(id)).collect();
        ut.sort_unstable();
        ut
    }
}

/// What a voucher can be known by, each with what it holds that way; what it is known by from
/// now on comes last.
fn baser(ver: &Verifikation) -> Vec<(Hash, Hash)> {
    let bas = |halla: Hash| (identitet(&ver.serie, &ver.nummer, &halla, 0), halla);
    if !ver.nummer.is_empty() {
        return vec![bas(Hash::default())];
    }
    let mut delar = delmangder(&som_kan_namnge(ver));
    // Those with the most dimensions first: they tell the most vouchers apart.
    delar.sort_by_key(|del| std::cmp::Reverse(del.len()));
    delar.iter().map(|del| bas(haller(ver, del))).collect()
}

/// What a voucher may have been written down as holding, by which dimensions that can name
/// people were kept then; `nu` is as they are kept now.
pub(super) fn kan_halla(ver: &Verifikation, nu: Hash) -> Vec<Hash> {
    let med = som_kan_namnge(ver);
    if med.is_empty() {
        return vec![nu];
    }
    let delar = delmangder(&med);
    delar.iter().map(|del| haller(ver, del)).collect()
}

/// The dimensions that can name people that a voucher has.
fn som_kan_namnge(ver: &Verifikation) -> BTreeSet<u32> {
    let objekt = ver.rader.iter().flat_map(|r| &r.objekt);
    let dimensioner = objekt.map(|(dim, _)| *dim);
    dimensioner.filter(|d| Behall::kan_namnge(*d)).collect()
}

/// Every choice of some dimensions, none and all of them too: there are three at most.
fn delmangder(med: &BTreeSet<u32>) -> Vec<BTreeSet<u32>> {
    let mut delar: Vec<BTreeSet<u32>> = vec![BTreeSet::new()];
    for dim in med {
        let fler: Vec<_> = delar
            .iter()
            .map(|del| del | &BTreeSet::from([*dim]))
            .collect();
        delar.extend(fler);
    }
    delar
}

/// What a voucher holds, of the dimensions that can name people only these.
fn haller(ver: &Verifikation, personer: &BTreeSet<u32>) -> Hash {
    let mut innehall = Innehall::ny(ver.datum);
    for rad in &ver.rader {
        let mut objekt = rad.objekt.clone();
        objekt.retain(|(dim, _)| !Behall::kan_namnge(*dim) || personer.contains(dim));
        innehall.rad(rad.konto, &objekt, rad.belopp);
    }
    innehall.klart()
}
