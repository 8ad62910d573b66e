//! Money promised for coming years, and what hangs on it: calls and links.

use super::post::{Innehall, Medelspost};
use crate::faktum::{FaktumSlag, kodat};
use crate::id::{InsatsId, MedelspostId, OrganisationId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

kodat! {
    /// How settled a commitment is.
    Atagandelage {
        /// The application is not filed.
        EjInlamnad = "ej-inlamnad", "ansökan är inte inlämnad";
        /// Applied for.
        Ansokt = "ansokt", "ansökt";
        /// Approved, and planned into a coming budget.
        Planerat = "planerat", "godkänt och planerat i kommande budget";
        /// Decided.
        Beslutat = "beslutat", "beslutat";
        /// Did not come about.
        Utgatt = "utgatt", "blev inte av";
    }
}

impl Atagandelage {
    /// Whether the money is bound: it is taken of what there is in a coming year.
    #[must_use]
    pub const fn binder(self) -> bool {
        matches!(self, Self::Planerat | Self::Beslutat)
    }

    /// Whether it hangs on an application that has no answer.
    #[must_use]
    pub const fn pa_vag(self) -> bool {
        matches!(self, Self::EjInlamnad | Self::Ansokt)
    }

    /// The kind of fact its amounts are; none for what did not come about.
    #[must_use]
    pub const fn slag(self) -> Option<FaktumSlag> {
        match self {
            Self::Planerat | Self::Beslutat => Some(FaktumSlag::Atagande),
            Self::EjInlamnad | Self::Ansokt => Some(FaktumSlag::VantatAtagande),
            Self::Utgatt => None,
        }
    }
}

/// The application that a commitment hangs on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ansokan {
    /// What it is called, or its diary number; empty when nothing is said of one.
    pub namn: String,
    /// Last day to file it, while it is not filed.
    pub lamnas_senast: Option<Date>,
    /// The call it answers: the number of the call's first row.
    pub utlysning: Option<MedelspostId>,
}

/// A commitment to an initiative: its amounts are facts, one a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Atagande {
    /// How settled it is.
    pub lage: Atagandelage,
    /// Year and öre.
    pub belopp: Vec<(i16, i64)>,
    /// The application behind it.
    #[serde(default)]
    pub ansokan: Ansokan,
    /// The years whose amount stands in a distribution by now: there it is counted, and not
    /// here as well.
    #[serde(default)]
    pub fordelade: Vec<i16>,
}

impl Atagande {
    /// A commitment of these amounts, with nothing more said of it.
    #[must_use]
    pub fn ny(lage: Atagandelage, belopp: Vec<(i16, i64)>) -> Self {
        Self {
            lage,
            belopp,
            ansokan: Ansokan::default(),
            fordelade: Vec::new(),
        }
    }

    /// Its amount in a year.
    #[must_use]
    pub fn under(&self, ar: i16) -> Option<i64> {
        let mut alla = self.belopp.iter();
        alla.find(|(a, _)| *a == ar).map(|(_, ore)| *ore)
    }

    /// What it comes to in all years.
    #[must_use]
    pub fn totalt(&self) -> i64 {
        let alla = self.belopp.iter().map(|(_, ore)| *ore);
        alla.fold(0, i64::saturating_add)
    }
}

kodat! {
    /// Where a call is.
    Utlysningslage {
        /// Nobody knows whether it comes.
        BeskedSaknas = "besked-saknas", "besked saknas";
        /// Announced.
        Utlyst = "utlyst", "utlyst";
        /// Applied for.
        Ansokt = "ansokt", "ansökt";
        /// Granted.
        Beviljad = "beviljad", "beviljad";
        /// Refused, or never came.
        Nekad = "nekad", "nekad eller inställd";
    }
}

impl Utlysningslage {
    /// Whether the answer is still to come: what depends on it has no money yet.
    #[must_use]
    pub const fn oppen(self) -> bool {
        matches!(self, Self::BeskedSaknas | Self::Utlyst | Self::Ansokt)
    }
}

/// A call from a funder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utlysning {
    /// Its name.
    pub namn: String,
    /// Where it is.
    pub lage: Utlysningslage,
    /// When an answer is expected.
    pub besked: Option<Date>,
    /// Last day to apply.
    pub soks_senast: Option<Date>,
}

/// How an initiative hangs on something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "vad", rename_all = "snake_case")]
pub enum Koppling {
    /// Its staff and activity depend on a call.
    Beroende {
        /// The call: the number of its first row.
        utlysning: MedelspostId,
        /// The day contracts end.
        avtal_till: Option<Date>,
        /// Which staff and activity, without names: `två tjänster och sommarens läger`.
        #[serde(default)]
        omfattning: String,
    },
    /// It is an add-on to another initiative.
    Tillagg {
        /// The one it belongs to.
        till: InsatsId,
    },
    /// The money is passed on to the row's organisation, which reports back.
    Vidare {
        /// Who passes it on; the grantee itself when `None`. It is reported to.
        #[serde(default)]
        fran: Option<OrganisationId>,
        /// When it reports.
        redovisas: Option<Date>,
        /// What it reports.
        plikt: String,
        /// The day the report came.
        #[serde(default)]
        redovisat: Option<Date>,
    },
    /// What is known of its funding in a coming year (the row's year).
    Fortsattning {
        /// What it needs, in öre.
        behov: i64,
    },
    /// What was said holds no longer.
    Upphord,
}

kodat! {
    /// Whether an initiative has the money it needs to go on a year.
    Finansieringslage {
        /// All of it.
        Full = "full", "full finansiering";
        /// Some of it.
        Delvis = "delvis", "delvis finansiering";
        /// Nothing.
        Ingen = "ingen", "ingen finansiering";
        /// Not all of it, and the answer to a call is awaited.
        Vantar = "vantar", "väntar på utlysning";
    }
}

/// Whether the money is enough. `behov` and `pengar` are in öre; nothing can be said where
/// nobody has said what is needed, unless a call is awaited.
#[must_use]
pub fn finansieringslage(
    behov: Option<i64>,
    pengar: i64,
    vantar: bool,
) -> Option<Finansieringslage> {
    match behov {
        Some(behov) if pengar >= behov => Some(Finansieringslage::Full),
        _ if vantar => Some(Finansieringslage::Vantar),
        Some(_) if pengar > 0 => Some(Finansieringslage::Delvis),
        Some(_) => Some(Finansieringslage::Ingen),
        None => None,
    }
}

/// The commitments as they stand, each with its last row.
#[must_use]
pub fn ataganden(poster: &[Medelspost]) -> Vec<(&Medelspost, &Atagande)> {
    super::post::sista(poster)
        .into_iter()
        .filter_map(|p| match &p.post.innehall {
            Innehall::Atagande(a) => Some((p, a)),
            _ => None,
        })
        .collect()
}

/// The calls as they stand, each with its last row.
#[must_use]
pub fn utlysningar(poster: &[Medelspost]) -> Vec<(&Medelspost, &Utlysning)> {
    let mut ut: Vec<(&Medelspost, &Utlysning)> = Vec::new();
    for p in poster {
        let Innehall::Utlysning(u) = &p.post.innehall else {
            continue;
        };
        match ut.iter_mut().find(|(q, _)| q.post.sak == p.post.sak) {
            Some(plats) => *plats = (p, u),
            None => ut.push((p, u)),
        }
    }
    ut
}

/// The links as they stand, each with its last row; those that hold no longer are left out.
#[must_use]
pub fn kopplingar(poster: &[Medelspost]) -> Vec<(&Medelspost, &Koppling)> {
    super::post::sista(poster)
        .into_iter()
        .filter_map(|p| match &p.post.innehall {
            Innehall::Koppling(Koppling::Upphord) => None,
            Innehall::Koppling(k) => Some((p, k)),
            _ => None,
        })
        .collect()
}

/// A call by the number of its first row.
#[must_use]
pub fn utlysning(poster: &[Medelspost], sak: MedelspostId) -> Option<&Utlysning> {
    let alla = utlysningar(poster).into_iter();
    alla.filter(|(p, _)| p.post.sak == sak)
        .map(|(_, u)| u)
        .next()
}

/// The call whose answer an initiative waits for, when there is one.
#[must_use]
pub fn vantar_pa(poster: &[Medelspost], insats: InsatsId) -> Option<&Utlysning> {
    kopplingar(poster)
        .into_iter()
        .filter(|(p, _)| p.post.om.insats == Some(insats))
        .filter_map(|(_, k)| match k {
            Koppling::Beroende { utlysning: sak, .. } => utlysning(poster, *sak),
            _ => None,
        })
        .find(|u| u.lage.oppen())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R25: full, partial, none or awaiting, and nothing said where nothing is known.
    #[test]
    fn what_is_needed_against_what_there_is() {
        use Finansieringslage as L;
        for (behov, pengar, vantar, ratt) in [
            (Some(400), 400, false, Some(L::Full)),
            (Some(400), 500, true, Some(L::Full)),
            (Some(400), 399, false, Some(L::Delvis)),
            (Some(400), 0, false, Some(L::Ingen)),
            (Some(400), 100, true, Some(L::Vantar)),
            (None, 100, false, None),
            (None, 0, true, Some(L::Vantar)),
        ] {
            assert_eq!(
                finansieringslage(behov, pengar, vantar),
                ratt,
                "{behov:?} {pengar}"
            );
        }
    }

    #[test]
    fn what_is_asked_for_is_awaited_and_what_is_approved_is_bound() {
        use Atagandelage as L;
        for lage in L::ALLA {
            let slag = match lage {
                L::EjInlamnad | L::Ansokt => Some(FaktumSlag::VantatAtagande),
                L::Planerat | L::Beslutat => Some(FaktumSlag::Atagande),
                L::Utgatt => None,
            };
            assert_eq!(lage.slag(), slag);
            assert!(!(lage.binder() && lage.pa_vag()));
        }
    }
}
