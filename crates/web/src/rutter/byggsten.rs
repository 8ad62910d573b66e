//! What the rows of the table are made of.

use super::{Avdelning, Exempel, Handtag, Kropp, Metod, Plats, Rutt};
use crate::adress::Adress;

/// A handler as a plain function pointer.
macro_rules! h {
    ($stig:path) => {
        |a| Box::pin($stig(a))
    };
}
pub(in crate::rutter) use h;

pub(in crate::rutter) type Exempeladresser = fn(&Exempel) -> Vec<Adress>;

pub(in crate::rutter) const INGA: Exempeladresser = |_| Vec::new();

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
        avdelning: None,
        flik: None,
        kropp: Kropp::Formular,
        exempel,
    }
}

pub(in crate::rutter) const fn las(
    monster: &'static str,
    namn: &'static str,
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    rutt(Metod::Get, (monster, namn), handtag, exempel)
}

pub(in crate::rutter) const fn skriv(
    monster: &'static str,
    namn: &'static str,
    handtag: Handtag,
    exempel: Exempeladresser,
) -> Rutt {
    rutt(Metod::Post, (monster, namn), handtag, exempel)
}

impl Rutt {
    pub(in crate::rutter) const fn vid(mut self, plats: Plats) -> Self {
        self.plats = plats;
        self
    }

    /// A way in to a part of its room.
    pub(in crate::rutter) const fn avdelning(mut self, avdelning: Avdelning) -> Self {
        self.avdelning = Some(avdelning);
        self
    }

    /// One of several ways in, under these words.
    pub(in crate::rutter) const fn flik(mut self, ord: &'static str) -> Self {
        self.flik = Some(ord);
        self
    }

    pub(in crate::rutter) const fn tar_filer(mut self) -> Self {
        self.kropp = Kropp::Fil;
        self
    }

    pub(in crate::rutter) const fn tar_storfiler(mut self) -> Self {
        self.kropp = Kropp::Storfil;
        self
    }
}

pub(in crate::rutter) fn var<T>(alla: &[T], till: impl Fn(&T) -> Adress) -> Vec<Adress> {
    alla.iter().map(till).collect()
}

pub(in crate::rutter) fn matten(e: &Exempel, till: impl Fn(&str) -> Adress) -> Vec<Adress> {
    e.matt
        .iter()
        .map(|(matt, fraga)| {
            fraga.iter().fold(till(matt), |adress, (namn, varde)| {
                adress.fraga(namn, varde)
            })
        })
        .collect()
}

pub(in crate::rutter) fn rapportsiffror(
    e: &Exempel,
    till: impl Fn(&str, &str) -> Adress,
) -> Vec<Adress> {
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
