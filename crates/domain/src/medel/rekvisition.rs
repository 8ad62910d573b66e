//! A requisition: money asked for, towards a funder or by a party.
//!
//! Tillstand: rekvisition

use super::post::{Innehall, Medelspost, Postgaller};
use crate::faktum::kodat;
use crate::id::MedelspostId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

kodat! {
    /// Which way the money is asked for.
    Riktning {
        /// We ask the funder.
        TillFinansiar = "till-finansiar", "till finansiären";
        /// A party or an initiative asks us.
        FranPart = "fran-part", "från en part";
    }
}

/// What a requisition says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uppgift {
    /// Which way.
    pub riktning: Riktning,
    /// The amount in öre, over 0.
    pub belopp: i64,
    /// First day of the period.
    pub fran: Date,
    /// Last day of the period.
    pub till: Date,
    /// The last one of the year: with it the year's money is requested.
    pub sista: bool,
    /// Why it begins before the decision, when it does.
    pub retroaktiv: Option<String>,
    /// Last day to send it, when there is one.
    pub senast: Option<Date>,
}

/// Who certifies that the money is asked for on right grounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intygande {
    /// The role of whoever certified it.
    pub roll: String,
    /// What is certified.
    pub text: String,
}

/// A step in its life, as a row says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "steg", rename_all = "snake_case")]
pub enum Rekvisitionssteg {
    /// Written, or written again.
    Utkast(Uppgift),
    /// Sent.
    Skicka {
        /// The day.
        dag: Date,
        /// Who certifies it.
        intygande: Intygande,
    },
    /// Granted, in whole or in part.
    Bevilja {
        /// The day.
        dag: Date,
        /// What was granted, in öre: over 0 and at most what was asked for.
        belopp: i64,
    },
    /// Refused.
    Avsla {
        /// The day.
        dag: Date,
    },
    /// Taken back before it was paid, no earlier than the step before.
    Aterkalla {
        /// The day.
        dag: Date,
    },
    /// The money has come, or has been paid.
    Betala {
        /// The day.
        dag: Date,
    },
    /// Sent before what is asked for was told apart from what has been requested, and from this
    /// day counted as asked for. It waits for its answer as before.
    SomBegart {
        /// The day.
        dag: Date,
    },
}

/// Where it is in its life, with what that state has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lage {
    /// Being written.
    Utkast,
    /// Sent and not answered.
    Inskickad {
        /// The day.
        dag: Date,
        /// Who certified it.
        intygande: Intygande,
    },
    /// Granted and not paid.
    Beviljad {
        /// The day.
        dag: Date,
        /// What was granted.
        belopp: i64,
    },
    /// Refused.
    Avslagen {
        /// The day.
        dag: Date,
    },
    /// Taken back.
    Aterkallad {
        /// The day.
        dag: Date,
    },
    /// Paid.
    Utbetald {
        /// The day.
        dag: Date,
        /// What was paid.
        belopp: i64,
    },
}

impl Lage {
    /// In words.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        match self {
            Self::Utkast => "utkast",
            Self::Inskickad { .. } => "inskickad",
            Self::Beviljad { .. } => "beviljad",
            Self::Avslagen { .. } => "avslagen",
            Self::Aterkallad { .. } => "återkallad",
            Self::Utbetald { .. } => "utbetald",
        }
    }

    /// The day of its last step; a draft has none.
    #[must_use]
    pub const fn dag(&self) -> Option<Date> {
        match self {
            Self::Utkast => None,
            Self::Inskickad { dag, .. }
            | Self::Beviljad { dag, .. }
            | Self::Avslagen { dag }
            | Self::Aterkallad { dag }
            | Self::Utbetald { dag, .. } => Some(*dag),
        }
    }

    /// Nothing more will happen to it.
    #[must_use]
    pub const fn avslutad(&self) -> bool {
        matches!(
            self,
            Self::Avslagen { .. } | Self::Aterkallad { .. } | Self::Utbetald { .. }
        )
    }
}

/// A requisition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rekvisition {
    /// Its number: that of its first row.
    pub id: MedelspostId,
    /// What it is called by: from 1, in the order they were begun in these books. It never
    /// changes, and no other of the huvudman's has it.
    pub nummer: usize,
    /// The number of its last row's place: its row version.
    pub version: i64,
    /// What it is about. `faktum` is the fact it has made.
    pub om: Postgaller,
    /// What it says.
    pub uppgift: Uppgift,
    /// Where it is.
    pub lage: Lage,
    /// When it was begun.
    pub skapad: Timestamp,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vagran {
    /// It has been sent and cannot be written again.
    RedanInskickad,
    /// It has not been sent.
    InteInskickad,
    /// It has not been granted.
    InteBeviljad,
    /// It has ended.
    Avslutad,
    /// More is granted than was asked for, or nothing.
    FelBelopp,
    /// The step lies before the one before it.
    FelDag,
}

impl Vagran {
    /// Stable code, what is wrong and how to put it right.
    #[must_use]
    pub const fn ord(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::RedanInskickad => (
                "rekvisition-inskickad",
                "Rekvisitionen är redan inskickad.",
                "Återkalla den och skriv en ny, om något är fel.",
            ),
            Self::InteInskickad => (
                "rekvisition-inte-inskickad",
                "Rekvisitionen är inte inskickad än.",
                "Skicka den först.",
            ),
            Self::InteBeviljad => (
                "rekvisition-inte-beviljad",
                "Rekvisitionen är inte beviljad än.",
                "Registrera först vad som beviljades.",
            ),
            Self::Avslutad => (
                "rekvisition-avslutad",
                "Rekvisitionen är avslutad.",
                "Skriv en ny rekvisition.",
            ),
            Self::FelBelopp => (
                "rekvisition-fel-belopp",
                "Det beviljade beloppet är noll eller mer än det som begärdes.",
                "Skriv det som beviljades, eller avslå rekvisitionen.",
            ),
            Self::FelDag => (
                "rekvisition-fel-dag",
                "Dagen ligger före steget innan.",
                "Skriv en senare dag.",
            ),
        }
    }
}

impl Rekvisition {
    /// A new one, from its first row; `None` when the row is not a draft.
    fn borja(post: &Medelspost, nummer: usize) -> Option<Self> {
        let Innehall::Rekvisition(Rekvisitionssteg::Utkast(uppgift)) = &post.post.innehall else {
            return None;
        };
        Some(Self {
            id: post.post.sak,
            nummer,
            version: post.post.nr,
            om: post.post.om,
            uppgift: uppgift.clone(),
            lage: Lage::Utkast,
            skapad: post.registrerad,
        })
    }

    /// The amount that counts: what was granted or paid, else what was asked for.
    #[must_use]
    pub const fn belopp(&self) -> i64 {
        match self.lage {
            Lage::Beviljad { belopp, .. } | Lage::Utbetald { belopp, .. } => belopp,
            _ => self.uppgift.belopp,
        }
    }

    /// Whether it takes of what there is: sent, granted or paid.
    #[must_use]
    pub const fn tar_av_ramen(&self) -> bool {
        matches!(
            self.lage,
            Lage::Inskickad { .. } | Lage::Beviljad { .. } | Lage::Utbetald { .. }
        )
    }

    /// Takes a step.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn ga(self, steg: &Rekvisitionssteg) -> Result<Self, Vagran> {
        let fore = self.lage.dag();
        let sedan = self.folj(steg)?;
        if sedan.lage.dag() < fore {
            return Err(Vagran::FelDag);
        }
        Ok(sedan)
    }

    /// A step as a row says it was taken, whatever its day: a row that was written before days
    /// were compared still happened.
    fn folj(self, steg: &Rekvisitionssteg) -> Result<Self, Vagran> {
        use Rekvisitionssteg as S;
        if self.lage.avslutad() {
            return Err(Vagran::Avslutad);
        }
        let lage = match (&self.lage, steg) {
            (Lage::Utkast, S::Utkast(uppgift)) => {
                return Ok(Self {
                    uppgift: uppgift.clone(),
                    ..self
                });
            }
            (_, S::Utkast(_)) => return Err(Vagran::RedanInskickad),
            (Lage::Utkast, S::Skicka { dag, intygande }) => Lage::Inskickad {
                dag: *dag,
                intygande: intygande.clone(),
            },
            (_, S::Skicka { .. }) => return Err(Vagran::RedanInskickad),
            (Lage::Inskickad { .. }, S::Bevilja { dag, belopp }) => {
                if *belopp <= 0 || *belopp > self.uppgift.belopp {
                    return Err(Vagran::FelBelopp);
                }
                Lage::Beviljad {
                    dag: *dag,
                    belopp: *belopp,
                }
            }
            (Lage::Inskickad { .. }, S::Avsla { dag }) => Lage::Avslagen { dag: *dag },
            (_, S::Bevilja { .. } | S::Avsla { .. }) => return Err(Vagran::InteInskickad),
            (Lage::Inskickad { .. }, S::SomBegart { .. }) => return Ok(self),
            (_, S::SomBegart { .. }) => return Err(Vagran::InteInskickad),
            (_, S::Aterkalla { dag }) => Lage::Aterkallad { dag: *dag },
            (Lage::Beviljad { belopp, .. }, S::Betala { dag }) => Lage::Utbetald {
                dag: *dag,
                belopp: *belopp,
            },
            (_, S::Betala { .. }) => return Err(Vagran::InteBeviljad),
        };
        Ok(Self { lage, ..self })
    }
}

/// Every requisition, in the order they were begun.
#[must_use]
pub fn alla(poster: &[Medelspost]) -> Vec<Rekvisition> {
    let mut ut: Vec<Rekvisition> = Vec::new();
    for post in poster {
        let Innehall::Rekvisition(steg) = &post.post.innehall else {
            continue;
        };
        let plats = ut.iter().position(|r| r.id == post.post.sak);
        let Some(finns) = plats.and_then(|nr| ut.get_mut(nr)) else {
            let nummer = ut.len().saturating_add(1);
            ut.extend(Rekvisition::borja(post, nummer));
            continue;
        };
        // A row that does not follow from the one before was never written by the use cases.
        if let Ok(mut ny) = finns.clone().folj(steg) {
            ny.version = post.post.nr;
            ny.om = Postgaller {
                faktum: post.post.om.faktum.or(finns.om.faktum),
                beslut: post.post.om.beslut.or(finns.om.beslut),
                ..post.post.om
            };
            *finns = ny;
        }
    }
    ut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AnvandareId;
    use crate::medel::post::NyMedelspost;
    use jiff::civil::date;

    fn utkast() -> Rekvisition {
        Rekvisition {
            id: MedelspostId::FORSTA,
            nummer: 1,
            version: 1,
            om: Postgaller::default(),
            uppgift: Uppgift {
                riktning: Riktning::TillFinansiar,
                belopp: 100,
                fran: date(2026, 1, 1),
                till: date(2026, 6, 30),
                sista: false,
                retroaktiv: None,
                senast: None,
            },
            lage: Lage::Utkast,
            skapad: Timestamp::UNIX_EPOCH,
        }
    }

    fn skicka() -> Rekvisitionssteg {
        Rekvisitionssteg::Skicka {
            dag: date(2026, 3, 1),
            intygande: Intygande {
                roll: "ekonom".into(),
                text: "Kostnaderna finns.".into(),
            },
        }
    }

    #[test]
    fn it_goes_from_draft_to_paid_and_no_other_way() {
        use Rekvisitionssteg as S;
        let dag = date(2026, 4, 1);
        let r = utkast();
        let bevilja = |belopp| S::Bevilja { dag, belopp };
        assert_eq!(r.clone().ga(&bevilja(50)), Err(Vagran::InteInskickad));
        assert_eq!(r.clone().ga(&S::Betala { dag }), Err(Vagran::InteBeviljad));
        let r = r.ga(&skicka()).unwrap();
        assert!(r.tar_av_ramen());
        assert_eq!(r.clone().ga(&skicka()), Err(Vagran::RedanInskickad));
        let om = S::Utkast(utkast().uppgift);
        assert_eq!(r.clone().ga(&om), Err(Vagran::RedanInskickad));
        for fel in [0, -1, 101] {
            assert_eq!(r.clone().ga(&bevilja(fel)), Err(Vagran::FelBelopp));
        }
        let tidig = S::Bevilja {
            dag: date(2026, 2, 1),
            belopp: 50,
        };
        assert_eq!(r.clone().ga(&tidig), Err(Vagran::FelDag));
        let r = r.ga(&bevilja(60)).unwrap();
        assert_eq!(r.belopp(), 60);
        let r = r.ga(&S::Betala { dag }).unwrap();
        assert_eq!((r.belopp(), r.lage.avslutad()), (60, true));
        assert_eq!(r.ga(&S::Aterkalla { dag }), Err(Vagran::Avslutad));
    }

    #[test]
    fn a_refused_or_withdrawn_one_takes_nothing() {
        let dag = date(2026, 4, 1);
        let r = utkast().ga(&skicka()).unwrap();
        for steg in [
            Rekvisitionssteg::Avsla { dag },
            Rekvisitionssteg::Aterkalla { dag },
        ] {
            assert!(!r.clone().ga(&steg).unwrap().tar_av_ramen());
        }
        // Nobody takes back what is not sent yet, nor what was granted later.
        let fore = date(2000, 1, 1);
        let tidigt = Rekvisitionssteg::Aterkalla { dag: fore };
        assert_eq!(r.clone().ga(&tidigt), Err(Vagran::FelDag));
        assert!(utkast().ga(&tidigt).is_ok(), "ett utkast har ingen dag");
        let dag = date(2026, 3, 20);
        let beviljad = Rekvisitionssteg::Bevilja { dag, belopp: 60 };
        let r = r.ga(&beviljad).unwrap();
        let mellan = Rekvisitionssteg::Aterkalla {
            dag: date(2026, 3, 10),
        };
        assert_eq!(r.clone().ga(&mellan), Err(Vagran::FelDag));
        assert!(r.ga(&Rekvisitionssteg::Aterkalla { dag }).is_ok());
    }

    /// A row that was written before days were compared happened all the same: its fact is
    /// struck, so the requisition must not come back as sent.
    #[test]
    fn an_old_row_with_an_early_day_is_still_what_happened() {
        let om = Postgaller::default();
        let steg = [
            Rekvisitionssteg::Utkast(utkast().uppgift),
            skicka(),
            Rekvisitionssteg::Aterkalla {
                dag: date(2026, 1, 1),
            },
        ];
        let rader: Vec<Medelspost> = steg
            .into_iter()
            .zip(1_i64..)
            .map(|(steg, nr)| Medelspost {
                post: NyMedelspost {
                    nr,
                    ..NyMedelspost::forsta(MedelspostId::FORSTA, om, Innehall::Rekvisition(steg))
                },
                registrerad: Timestamp::UNIX_EPOCH,
                registrerad_av: AnvandareId::FORSTA,
            })
            .collect();
        let [r] = alla(&rader).try_into().unwrap();
        assert_eq!(r.lage.text(), "återkallad");
        assert!(!r.tar_av_ramen());
    }
}
