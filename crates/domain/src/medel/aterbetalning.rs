//! What is left when the year is over: consent to carry it over, and repayment.
//!
//! Tillstand: aterbetalning

use super::post::{Innehall, Medelspost, Postgaller};
use super::villkor::Grans;
use crate::id::{BidragId, FaktumId, MedelspostId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The funder's consent to carry money over from a year (`Postgaller::ar`) to a later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medgivande {
    /// Who said so at the funder: a role or unit, never a person's name.
    pub av: String,
    /// When.
    pub datum: Date,
    /// The year the money may be used in.
    pub till_ar: i16,
    /// How much.
    pub grans: Option<Grans>,
    /// On what condition.
    pub villkor: Option<String>,
}

/// The consent that holds for a year of a grant: the last one.
#[must_use]
pub fn medgivande(
    poster: &[Medelspost],
    bidrag: BidragId,
    fran: i16,
    till: i16,
) -> Option<&Medgivande> {
    poster.iter().rev().find_map(|p| match &p.post.innehall {
        Innehall::Medgivande(m)
            if (p.post.om.bidrag, p.post.om.ar) == (Some(bidrag), Some(fran))
                && m.till_ar == till =>
        {
            Some(m)
        }
        _ => None,
    })
}

/// A step of a repayment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "steg", rename_all = "snake_case")]
pub enum Aterbetalningssteg {
    /// Decided, or decided again.
    Besluta {
        /// What is to be repaid, in öre.
        belopp: i64,
        /// What the system counted that day, in öre, when it could.
        beraknat: Option<i64>,
        /// Last day to pay.
        forfaller: Date,
        /// The account it is booked on.
        konto: Option<String>,
    },
    /// A payment was made.
    Betala {
        /// How much, in öre, over 0.
        belopp: i64,
        /// The day.
        dag: Date,
    },
}

/// A repayment: what is decided and what has been paid of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aterbetalning {
    /// Its number: that of its first row.
    pub id: MedelspostId,
    /// The place of its last row: its row version.
    pub version: i64,
    /// What it is about. `faktum` is the decided amount.
    pub om: Postgaller,
    /// What is to be repaid.
    pub belopp: i64,
    /// What the system counted when it was decided.
    pub beraknat: Option<i64>,
    /// Last day to pay.
    pub forfaller: Date,
    /// The account it is booked on.
    pub konto: Option<String>,
    /// The payments, with the fact of each.
    pub betalt: Vec<(Date, i64, Option<FaktumId>)>,
}

/// Where it is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lage {
    /// Nothing is paid.
    Beslutad,
    /// Some of it is paid.
    DelvisBetald,
    /// All of it is paid.
    Betald,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vagran {
    /// The payment is more than what is left to pay; how much is left, in öre.
    ForMycket(i64),
    /// The decided amount is less than what is paid already, in öre.
    UnderBetalt(i64),
    /// The amount is 0 or less.
    IngetBelopp,
}

impl Aterbetalning {
    /// What has been paid.
    #[must_use]
    pub fn betalt(&self) -> i64 {
        let alla = self.betalt.iter().map(|(_, belopp, _)| *belopp);
        alla.fold(0, i64::saturating_add)
    }

    /// What is left to pay: never under 0.
    #[must_use]
    pub fn kvar(&self) -> i64 {
        self.belopp.saturating_sub(self.betalt()).max(0)
    }

    /// Where it is.
    #[must_use]
    pub fn lage(&self) -> Lage {
        match (self.betalt(), self.kvar()) {
            (_, 0) => Lage::Betald,
            (0, _) => Lage::Beslutad,
            _ => Lage::DelvisBetald,
        }
    }

    /// Takes a step. Paying more than is left is refused: nobody gives money away unseen.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn ga(mut self, steg: &Aterbetalningssteg) -> Result<Self, Vagran> {
        match steg {
            Aterbetalningssteg::Besluta {
                belopp,
                beraknat,
                forfaller,
                konto,
            } => {
                if *belopp < self.betalt() {
                    return Err(Vagran::UnderBetalt(self.betalt()));
                }
                self.belopp = *belopp;
                self.beraknat = *beraknat;
                self.forfaller = *forfaller;
                self.konto = konto.clone();
            }
            Aterbetalningssteg::Betala { belopp, dag } => {
                if *belopp <= 0 {
                    return Err(Vagran::IngetBelopp);
                }
                if *belopp > self.kvar() {
                    return Err(Vagran::ForMycket(self.kvar()));
                }
                self.betalt.push((*dag, *belopp, None));
            }
        }
        Ok(self)
    }
}

/// Every repayment, in the order they were decided.
#[must_use]
pub fn alla(poster: &[Medelspost]) -> Vec<Aterbetalning> {
    let mut ut: Vec<Aterbetalning> = Vec::new();
    for p in poster {
        let Innehall::Aterbetalning(steg) = &p.post.innehall else {
            continue;
        };
        let plats = ut.iter().position(|r| r.id == p.post.sak);
        match (plats.and_then(|nr| ut.get_mut(nr)), steg) {
            (Some(finns), _) => {
                let Ok(mut ny) = finns.clone().ga(steg) else {
                    continue;
                };
                ny.version = p.post.nr;
                match steg {
                    Aterbetalningssteg::Besluta { .. } => ny.om = p.post.om,
                    Aterbetalningssteg::Betala { .. } => {
                        if let Some(sista) = ny.betalt.last_mut() {
                            sista.2 = p.post.om.faktum;
                        }
                    }
                }
                *finns = ny;
            }
            (
                None,
                Aterbetalningssteg::Besluta {
                    belopp,
                    beraknat,
                    forfaller,
                    konto,
                },
            ) => ut.push(Aterbetalning {
                id: p.post.sak,
                version: p.post.nr,
                om: p.post.om,
                belopp: *belopp,
                beraknat: *beraknat,
                forfaller: *forfaller,
                konto: konto.clone(),
                betalt: Vec::new(),
            }),
            (None, Aterbetalningssteg::Betala { .. }) => {}
        }
    }
    ut
}

/// The repayment of a grant's year.
#[must_use]
pub fn en(poster: &[Medelspost], bidrag: BidragId, ar: i16) -> Option<Aterbetalning> {
    let om = |r: &Aterbetalning| (r.om.bidrag, r.om.ar) == (Some(bidrag), Some(ar));
    alla(poster).into_iter().find(om)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_paid_is_never_more_than_what_is_decided() {
        let r = Aterbetalning {
            id: MedelspostId::FORSTA,
            version: 1,
            om: Postgaller::default(),
            belopp: 76_415_900,
            beraknat: Some(76_415_900),
            forfaller: date(2022, 3, 31),
            konto: None,
            betalt: Vec::new(),
        };
        let betala = |belopp| Aterbetalningssteg::Betala {
            belopp,
            dag: date(2022, 3, 1),
        };
        assert_eq!(r.lage(), Lage::Beslutad);
        assert_eq!(
            r.clone().ga(&betala(76_415_901)),
            Err(Vagran::ForMycket(76_415_900))
        );
        assert_eq!(r.clone().ga(&betala(0)), Err(Vagran::IngetBelopp));
        let r = r.ga(&betala(76_000_000)).unwrap();
        assert_eq!((r.lage(), r.kvar()), (Lage::DelvisBetald, 415_900));
        assert_eq!(
            r.clone().ga(&betala(415_901)),
            Err(Vagran::ForMycket(415_900))
        );
        let mindre = Aterbetalningssteg::Besluta {
            belopp: 75_000_000,
            beraknat: None,
            forfaller: date(2022, 3, 31),
            konto: None,
        };
        assert_eq!(r.clone().ga(&mindre), Err(Vagran::UnderBetalt(76_000_000)));
        let r = r.ga(&betala(415_900)).unwrap();
        assert_eq!(r.lage(), Lage::Betald);
        assert_eq!(r.ga(&betala(1)), Err(Vagran::ForMycket(0)));
    }
}
