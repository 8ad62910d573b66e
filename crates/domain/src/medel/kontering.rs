//! From booked rows to facts: which initiative an account with its objects belongs to, and
//! what the rows of a month then come to.
//!
//! Invariant: an import, its undoing, a new mapping and "what would change?" are one and the
//! same arithmetic: the rows in force through the mapping ([`onskade`]), against the facts in
//! force ([`skillnad`]). Nothing else makes a booked fact.

mod skrivet;
mod summor;
mod synligt;

pub use skrivet::{las_konton, las_objekt, las_objekt_med, skriv_konton, skriv_objekt};
pub use summor::{
    Andrad, Betalas, Delning, Faktanyckel, Hemvist, Hinder, Konteringar, Okopplat, Onskade, Summa,
    Varfor, onskade, skillnad,
};
pub use synligt::DOLT;

use crate::faktum::kodat;
use crate::id::{BidragId, InsatsId, OrganisationId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

kodat! {
    /// What the rows of an account are, to an initiative.
    Konteringsslag {
        /// Spent.
        Kostnad = "kostnad", "kostnad";
        /// Money from a funder.
        Bidragsintakt = "bidragsintakt", "bidragsintäkt";
        /// Other income: makes what was spent less.
        AnnanIntakt = "annan_intakt", "annan intäkt";
        /// Not counted: assets and debts, and what belongs to no initiative.
        Balans = "balans", "räknas inte";
    }
}

kodat! {
    /// What an account is, as its chart says (`#KTYP`).
    Kontotyp {
        /// Asset.
        Tillgang = "T", "tillgång";
        /// Debt.
        Skuld = "S", "skuld";
        /// Cost.
        Kostnad = "K", "kostnad";
        /// Income.
        Intakt = "I", "intäkt";
    }
}

/// The cost kind of what is earned beside grants.
pub const ANNAN_INTAKT: &str = "Annan intäkt";

/// An account with what its rows are marked with, in the books of one company.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Kontering {
    /// Organisation number of whose accounts: ten digits, or empty when the file does not say.
    pub orgnr: String,
    /// The account.
    pub konto: u32,
    /// Dimension and object, in order and each once.
    pub objekt: Vec<(u32, String)>,
}

impl Kontering {
    /// With the objects put in order.
    #[must_use]
    pub fn ny(orgnr: impl Into<String>, konto: u32, mut objekt: Vec<(u32, String)>) -> Self {
        objekt.sort();
        objekt.dedup();
        Self {
            orgnr: orgnr.into(),
            konto,
            objekt,
        }
    }

    /// What the account is: as its chart says, else by its first digit as in Kommun-BAS.
    #[must_use]
    pub fn slag(&self, typ: Option<Kontotyp>) -> Konteringsslag {
        let siffror = self.konto.to_string();
        let typ = typ.unwrap_or(match siffror.as_bytes().first() {
            Some(b'1' | b'2') => Kontotyp::Skuld,
            Some(b'3') => Kontotyp::Intakt,
            _ => Kontotyp::Kostnad,
        });
        match typ {
            Kontotyp::Tillgang | Kontotyp::Skuld => Konteringsslag::Balans,
            Kontotyp::Kostnad => Konteringsslag::Kostnad,
            // Kommun-BAS 35 and BAS 398: grants.
            Kontotyp::Intakt if siffror.starts_with("35") || siffror.starts_with("398") => {
                Konteringsslag::Bidragsintakt
            }
            Kontotyp::Intakt => Konteringsslag::AnnanIntakt,
        }
    }
}

impl fmt::Display for Kontering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "konto {}", self.konto)?;
        for (dim, objekt) in &self.objekt {
            match dim {
                1 => write!(f, ", kostnadsställe {objekt}")?,
                6 => write!(f, ", projekt {objekt}")?,
                dim => write!(f, ", dimension {dim}: {objekt}")?,
            }
        }
        Ok(())
    }
}

/// Accounts from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Intervall {
    /// The first.
    pub fran: u32,
    /// The last.
    pub till: u32,
}

impl Intervall {
    const ALLA: Self = Self {
        fran: 0,
        till: u32::MAX,
    };

    /// Whether it has the account.
    #[must_use]
    pub const fn har(self, konto: u32) -> bool {
        self.fran <= konto && konto <= self.till
    }

    const fn moter(self, annat: Self) -> bool {
        self.fran <= annat.till && annat.fran <= self.till
    }
}

impl fmt::Display for Intervall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fran == self.till {
            self.fran.fmt(f)
        } else {
            write!(f, "{}–{}", self.fran, self.till)
        }
    }
}

/// Where what is booked belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Till {
    /// The initiative.
    pub insats: InsatsId,
    /// The grant; when it is not said, those that distribute money to the initiative in the year
    /// of the rows.
    pub bidrag: Option<BidragId>,
    /// The board or party; the one that answers for the initiative when it is not said.
    pub organisation: Option<OrganisationId>,
}

/// A rule: of these accounts, marked with all of these objects. What it leaves open other
/// rules may say, and last the account itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Regel {
    /// In whose accounts; all when it is not said.
    pub orgnr: Option<String>,
    /// The accounts; all of them when there are none here.
    pub konton: Vec<Intervall>,
    /// Dimension and object, all of which must be there.
    pub objekt: Vec<(u32, String)>,
    /// Where it belongs.
    pub till: Option<Till>,
    /// What it is.
    pub slag: Option<Konteringsslag>,
    /// What it went to, in a few words: `Löner`.
    pub kostnadsslag: Option<String>,
    /// The first year it holds; from the beginning when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fran_ar: Option<i16>,
    /// The last year it holds; for ever when it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub till_ar: Option<i16>,
}

/// How particular a rule is: objects first, then whose accounts, then that it holds certain
/// years, then how few accounts.
type Traff = (usize, bool, bool, u64);

impl Regel {
    fn intervall(&self) -> &[Intervall] {
        if self.konton.is_empty() {
            &[Intervall::ALLA]
        } else {
            &self.konton
        }
    }

    /// Whether it holds a year.
    #[must_use]
    pub fn galler_ar(&self, ar: i16) -> bool {
        self.fran_ar.is_none_or(|fran| fran <= ar) && self.till_ar.is_none_or(|till| ar <= till)
    }

    /// The years it holds, in words: `alla år`, `från 2027`, `2026–2027`.
    #[must_use]
    pub fn aren(&self) -> String {
        match (self.fran_ar, self.till_ar) {
            (None, None) => "alla år".to_owned(),
            (Some(fran), None) => format!("från {fran}"),
            (None, Some(till)) => format!("till och med {till}"),
            (Some(fran), Some(till)) if fran == till => format!("bara {fran}"),
            (Some(fran), Some(till)) => format!("{fran}–{till}"),
        }
    }

    const fn vissa_ar(&self) -> bool {
        self.fran_ar.is_some() || self.till_ar.is_some()
    }

    fn galler(&self, k: &Kontering, ar: i16) -> bool {
        self.galler_ar(ar)
            && self.orgnr.as_ref().is_none_or(|nr| *nr == k.orgnr)
            && self.intervall().iter().any(|i| i.har(k.konto))
            && self.objekt.iter().all(|o| k.objekt.contains(o))
    }

    fn traff(&self) -> Traff {
        let bredd = self.intervall().iter().map(|i| {
            u64::from(i.till)
                .saturating_sub(u64::from(i.fran))
                .saturating_add(1)
        });
        let bredd = bredd.fold(0, u64::saturating_add);
        let smal = u64::MAX.saturating_sub(bredd);
        (
            self.objekt.len(),
            self.orgnr.is_some(),
            self.vissa_ar(),
            smal,
        )
    }

    /// Whether some account can be of both, as far as accounts and objects say.
    fn moter(&self, annan: &Self) -> bool {
        let skilda = |(dim, ett): &(u32, String)| {
            let andras = annan.objekt.iter().filter(|(d, _)| d == dim);
            andras.clone().count() > 0 && !andras.clone().any(|(_, o)| o == ett)
        };
        let samma = match (&self.orgnr, &annan.orgnr) {
            (Some(en), Some(annan)) => en == annan,
            _ => true,
        };
        let konton = self.intervall().iter();
        let fran = self.fran_ar.max(annan.fran_ar);
        let till = [self.till_ar, annan.till_ar].into_iter().flatten().min();
        let samtidigt = fran.zip(till).is_none_or(|(fran, till)| fran <= till);
        samma
            && samtidigt
            && konton
                .flat_map(|en| annan.intervall().iter().map(move |b| en.moter(*b)))
                .any(|m| m)
            && !self.objekt.iter().any(skilda)
    }

    /// Why it goes before another that is less particular.
    fn skal_fore(&self, annan: &Self) -> &'static str {
        let (en, annan) = (self.traff(), annan.traff());
        if en.0 != annan.0 {
            "den säger fler objekt"
        } else if en.1 != annan.1 {
            "den gäller ett visst företag"
        } else if en.2 != annan.2 {
            "den gäller bara vissa år"
        } else {
            "den gäller färre konton"
        }
    }

    fn sager_emot(&self, annan: &Self) -> bool {
        fn olika<T: PartialEq>(en: Option<&T>, annan: Option<&T>) -> bool {
            en.zip(annan).is_some_and(|(en, annan)| en != annan)
        }
        olika(self.till.as_ref(), annan.till.as_ref())
            || olika(self.slag.as_ref(), annan.slag.as_ref())
            || olika(self.kostnadsslag.as_ref(), annan.kostnadsslag.as_ref())
    }
}

impl fmt::Display for Regel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut delar: Vec<String> = Vec::new();
        if !self.konton.is_empty() {
            let konton: Vec<String> = self.konton.iter().map(Intervall::to_string).collect();
            delar.push(format!("konto {}", konton.join(", ")));
        }
        for (dim, objekt) in &self.objekt {
            delar.push(match dim {
                1 => format!("kostnadsställe {objekt}"),
                6 => format!("projekt {objekt}"),
                dim => format!("dimension {dim}: {objekt}"),
            });
        }
        if let Some(orgnr) = &self.orgnr {
            delar.push(format!("hos {orgnr}"));
        }
        if delar.is_empty() {
            delar.push("alla konton".to_owned());
        }
        f.write_str(&delar.join(" och "))?;
        if self.vissa_ar() {
            write!(f, ", {}", self.aren())?;
        }
        Ok(())
    }
}

/// What is kept of a voucher besides accounts and amounts. Each can name a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Behall {
    /// The texts of vouchers and rows.
    pub text: bool,
    /// Who signed.
    pub signatur: bool,
    /// Which of the dimensions 7 (employee), 8 (customer) and 9 (supplier).
    pub dimensioner: BTreeSet<u32>,
}

impl Behall {
    /// The dimensions that can name people: dropped unless they are kept.
    pub const PERSONER: [u32; 3] = [7, 8, 9];

    /// Whether objects of a dimension are stored at all.
    #[must_use]
    pub fn dimension(&self, dim: u32) -> bool {
        !Self::kan_namnge(dim) || self.dimensioner.contains(&dim)
    }
}

/// How accounts lead to initiatives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Koppling {
    /// The rules; their order means nothing.
    pub regler: Vec<Regel>,
    /// What is kept of vouchers.
    pub behall: Behall,
}

/// Two rules that are equally particular and say different things of the same account, by
/// their places among the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Krock(pub usize, pub usize);

/// What the mapping makes of an account with its objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tolkning {
    /// Counted here.
    Raknas {
        /// Where.
        till: Till,
        /// As what.
        slag: Konteringsslag,
        /// What it went to.
        kostnadsslag: Option<String>,
    },
    /// Not counted.
    Balans,
    /// Nobody has said where it belongs.
    Okopplad(Konteringsslag),
}

impl Koppling {
    /// Rules that contradict each other, whatever is booked.
    #[must_use]
    pub fn krockar(&self) -> Vec<Krock> {
        let alla: Vec<(usize, &Regel)> = self.regler.iter().enumerate().collect();
        let mut ut = Vec::new();
        for (plats, (en, a)) in alla.iter().enumerate() {
            for (annan, b) in alla.iter().skip(plats.saturating_add(1)) {
                if a.traff() == b.traff() && a.sager_emot(b) && a.moter(b) {
                    ut.push(Krock(*en, *annan));
                }
            }
        }
        ut
    }

    /// Rules that can meet on the same account and say different things, where one goes before
    /// the other: the one that does, the other, and why.
    #[must_use]
    pub fn foretraden(&self) -> Vec<(usize, usize, &'static str)> {
        let alla: Vec<(usize, &Regel)> = self.regler.iter().enumerate().collect();
        let mut ut = Vec::new();
        for (en, a) in &alla {
            for (annan, b) in &alla {
                if a.traff() > b.traff() && a.sager_emot(b) && a.moter(b) {
                    ut.push((*en, *annan, a.skal_fore(b)));
                }
            }
        }
        ut
    }

    /// What this is, and where it belongs in a year: each answered by the most particular rule
    /// that says it.
    ///
    /// # Errors
    /// [`Krock`] when two rules that are equally particular say different things.
    pub fn tolka(&self, k: &Kontering, typ: Option<Kontotyp>, ar: i16) -> Result<Tolkning, Krock> {
        let traffar: Vec<(usize, Traff, &Regel)> = self
            .regler
            .iter()
            .enumerate()
            .filter(|(_, r)| r.galler(k, ar))
            .map(|(nr, r)| (nr, r.traff(), r))
            .collect();
        let slag = narmast(&traffar, |r| r.slag.as_ref())?;
        let slag = slag.copied().unwrap_or_else(|| k.slag(typ));
        if slag == Konteringsslag::Balans {
            return Ok(Tolkning::Balans);
        }
        let Some(till) = narmast(&traffar, |r| r.till.as_ref())?.copied() else {
            return Ok(Tolkning::Okopplad(slag));
        };
        let kostnadsslag = narmast(&traffar, |r| r.kostnadsslag.as_ref())?.cloned();
        Ok(Tolkning::Raknas {
            till,
            slag,
            kostnadsslag,
        })
    }
}

/// What the most particular of the rules that say anything says.
fn narmast<'a, T: PartialEq>(
    traffar: &[(usize, Traff, &'a Regel)],
    falt: impl Fn(&'a Regel) -> Option<&'a T>,
) -> Result<Option<&'a T>, Krock> {
    let mut bast: Option<(usize, Traff, &T)> = None;
    for (nr, traff, regel) in traffar {
        let Some(varde) = falt(regel) else { continue };
        match bast {
            Some((_, t, _)) if *traff < t => {}
            Some((forst, t, v)) if *traff == t => {
                if v != varde {
                    return Err(Krock(forst, *nr));
                }
            }
            _ => bast = Some((*nr, *traff, varde)),
        }
    }
    Ok(bast.map(|(_, _, v)| v))
}

#[cfg(test)]
mod tests;
