//! What was looked at is what is read in.

use super::laddat::Bokfort;
use utfall_behorighet::Permit;
use utfall_domain::problem::{Problem, ProblemSlag};
use utfall_store as store;
use utfall_store::Las;

/// What a file was looked at against, besides the imports of its year: when it has changed the
/// file does something else than was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mot {
    /// The version of the mapping; 0 before the first.
    koppling: i64,
    /// How many vouchers by hand there were.
    for_hand: usize,
}

impl Mot {
    /// As it is now.
    pub(super) fn las(k: &mut Las, permit: &Permit) -> Result<Self, Problem> {
        let koppling = store::bokforing::koppling::gallande(k, permit)?;
        Ok(Self {
            koppling: koppling.map_or(0, |v| v.version),
            for_hand: store::bokforing::handverifikationer(k, permit)?.len(),
        })
    }

    pub(super) fn av(bokfort: &Bokfort) -> Self {
        Self {
            koppling: bokfort.koppling.as_ref().map_or(0, |v| v.version),
            for_hand: bokfort.for_hand.len(),
        }
    }

    /// Refuses what was looked at against something else.
    pub(super) fn prova(self, nu: Self) -> Result<(), Problem> {
        if nu == self {
            return Ok(());
        }
        Err(Problem::nytt(
            ProblemSlag::Konflikt,
            "sie-se-igen",
            "Kopplingen eller verifikationerna för hand har ändrats sedan filen prövades. Inget \
             har sparats.",
            "Välj filen igen och se vad den gör nu.",
        ))
    }
}
