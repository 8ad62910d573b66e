//! What stands beside a distribution: saved calculations and explained warnings.

use crate::Tjanst;
use crate::lasning::Bok;
use std::collections::{BTreeSet, HashMap};
use utfall_behorighet::{Aktor, Atgard, Permit, prova};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::id::{BidragId, InsatsId};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::SparadKalkyl;
use utfall_domain::medel::varning::{Godtagen, Provad, Varning, varningar};
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_store as store;
use utfall_store::Las;

/// Calculations and explained warnings of a huvudman.
#[derive(Clone, Debug, Default)]
pub struct Fordelningsstod {
    /// Every calculation, in order of number.
    pub kalkyler: Vec<SparadKalkyl>,
    /// Every explained warning.
    pub godtagna: Vec<Godtagen>,
}

impl Fordelningsstod {
    /// Reads them.
    ///
    /// # Errors
    /// What went wrong in the database.
    pub(crate) fn las(k: &mut Las, permit: &Permit) -> Result<Self, Problem> {
        Ok(Self {
            kalkyler: store::fordelning::kalkyler(k, permit)?,
            godtagna: store::fordelning::godtagna(k, permit)?,
        })
    }

    /// The calculation that holds for an initiative and year: the last one saved.
    #[must_use]
    pub fn kalkyl(&self, insats: InsatsId, ar: i16) -> Option<&SparadKalkyl> {
        let egna = self.kalkyler.iter().rev();
        egna.into_iter()
            .find(|k| k.ny.insats == insats && k.ny.ar == ar)
    }

    /// Who explained this warning, and how.
    #[must_use]
    pub fn forklaring(&self, bidrag: BidragId, varning: &Varning) -> Option<&Godtagen> {
        self.godtagna.iter().find(|g| g.forklarar(bidrag, varning))
    }
}

impl Tjanst {
    /// What stands beside the distributions, for somebody who may do `atgard`.
    ///
    /// # Errors
    /// The refusal when the role does not allow it, or what went wrong in the database.
    pub async fn fordelningsstod(
        &self,
        aktor: &Aktor,
        atgard: Atgard,
    ) -> Result<Fordelningsstod, Problem> {
        let permit = prova(aktor, atgard)?;
        self.db
            .las_samtidigt(move |k| Fordelningsstod::las(k, &permit))
            .await
    }
}

/// What the initiatives got each year from the funder of a grant, whichever grant it came by.
#[must_use]
pub fn fran_finansiaren(bok: &Bok, bidrag: BidragId) -> HashMap<(InsatsId, i16), Ore> {
    let finansiar = bok.bidrag(bidrag).map(|b| b.finansiar);
    let mut ut: HashMap<(InsatsId, i16), Ore> = HashMap::new();
    for f in bok.fakta() {
        let g = f.galler();
        let samma = g.finansiar == finansiar || g.bidrag == Some(bidrag);
        if f.fakta.slag != FaktumSlag::Fordelat || !samma || g.version.is_some() {
            continue;
        }
        let (Some(insats), Some(ar), Some(tal)) = (g.insats, g.ar, f.varde().kant()) else {
            continue;
        };
        let summa = ut.entry((insats, ar)).or_default();
        *summa = Ore(summa.0.saturating_add(tal));
    }
    ut
}

/// The warnings of a grant's distribution, with these amounts in place of those in the books.
#[must_use]
pub fn varningar_i(
    bok: &Bok,
    stod: &Fordelningsstod,
    bidrag: BidragId,
    andrade: &[(InsatsId, i16, Option<Ore>)],
) -> Vec<Varning> {
    let nu = fran_finansiaren(bok, bidrag);
    let som_skrivet = |insats: InsatsId, ar: i16| {
        let skrivet = andrade.iter().find(|(i, a, _)| (*i, *a) == (insats, ar));
        match skrivet {
            Some((_, _, belopp)) => *belopp,
            None => nu.get(&(insats, ar)).copied(),
        }
    };
    let mut celler: BTreeSet<(InsatsId, i16)> =
        andrade.iter().map(|(i, ar, _)| (*i, *ar)).collect();
    let egna = bok.fakta().into_iter().filter(|f| {
        let g = f.galler();
        f.fakta.slag == FaktumSlag::Fordelat && g.bidrag == Some(bidrag) && g.version.is_none()
    });
    celler.extend(egna.filter_map(|f| f.galler().insats.zip(f.galler().ar)));
    let mut ut = Vec::new();
    for (id, ar) in celler {
        let nytt = andrade
            .iter()
            .find(|(i, a, _)| (*i, *a) == (id, ar))
            .map_or_else(|| i_bidraget(bok, bidrag, id, ar), |(_, _, b)| *b);
        let Some((insats, belopp)) = bok.insats(id).zip(nytt) else {
            continue;
        };
        ut.extend(varningar(&Provad {
            insats,
            ar,
            belopp,
            aret_fore: ar.checked_sub(1).and_then(|ar| som_skrivet(id, ar)),
            kalkyl: stod.kalkyl(id, ar).map(|k| k.ny.summa),
            beslutat: beslutat(bok, bidrag, ar),
        }));
    }
    ut
}

/// Whether anybody has decided or requisitioned the grant of a year. A year of which nothing
/// at all is said is left alone: nobody has said that it is undecided.
fn beslutat(bok: &Bok, bidrag: BidragId, ar: i16) -> bool {
    let utfall = bok
        .matt(Matt::Tillgangligt, &Urval::bidrag(bidrag).ar(ar))
        .utfall;
    utfall.varde != utfall_domain::varde::Varde::EjBeslutat
}

/// New money from a grant to an initiative in a year.
fn i_bidraget(bok: &Bok, bidrag: BidragId, insats: InsatsId, ar: i16) -> Option<Ore> {
    let urval = Urval::bidrag(bidrag).for_insats(insats).ar(ar);
    let utfall = bok.matt(Matt::FordelatNytt, &urval).utfall;
    utfall.har_fakta.then_some(())?;
    utfall.varde.kant().map(Ore)
}
