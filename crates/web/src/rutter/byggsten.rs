//! What the rows of the table are made of.

use super::{Exempel, Handtag, Kropp, Metod, Plats, Rutt};
use crate::adress::Adress;

/// A handler as a plain function pointer.
macro_rules! h {
    ($stig:path) => {
        |a| Box::pin($stig(a))
    };
}
pub(super) use h;

pub(super) type Exempeladresser = fn(&Exempel) -> Vec<Adress>;

pub(super) const INGA: Exempeladresser = |_| Vec::new();

const fn rutt(
    metod: Metod,
    (monster, namn): (&'static str, &'static str),
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    Rutt {
        metod,
        monster,
        namn,
        handtag,
        plats: Plats::Ingen,
        kropp: Kropp::Formular,
        exempel,
    }
}

pub(super) const fn las(
    monster: &'static str,
    namn: &'static str,
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    rutt(Metod::Get, (monster, namn), handtag, exempel)
}

pub(super) const fn skriv(
    monster: &'static str,
    namn: &'static str,
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    rutt(Metod::Post, (monster, namn), handtag, exempel)
}

impl Rutt {
    pub(super) const fn vid(mut self, plats: Plats) -> Self {
        self.plats = plats;
        self
    }

    pub(super) const fn tar_filer(mut self) -> Self {
        self.kropp = Kropp::Fil;
        self
    }
}

pub(super) fn var<T>(alla: &[T], till: impl Fn(&T) -> Adress) -> Vec<Adress> {
    alla.iter().map(till).collect()
}

pub(super) fn matten(e: &Exempel, till: impl Fn(&str) -> Adress) -> Vec<Adress> {
    e.matt
        .iter()
        .map(|(matt, fraga)| {
            fraga.iter().fold(till(matt), |adress, (namn, varde)| {
                adress.fraga(namn, varde)
            })
        })
        .collect()
}

pub(super) fn rapportsiffror(e: &Exempel, till: impl Fn(&str, &str) -> Adress) -> Vec<Adress> {
    e.rapportsiffror
        .iter()
        .map(|(rapport, matt, fraga)| {
            fraga
                .iter()
                .fold(till(rapport, matt), |adress, (namn, varde)| {
                    adress.fraga(namn, varde)
                })
        })
        .collect()
}
