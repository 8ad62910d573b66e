//! Reports of the same grant and year: which one replaces which.

use crate::siffror::{dag, klockan};
use jiff::Timestamp;
use utfall_domain::bocker::Bocker;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::tid;

/// An issued report among the others of its title.
pub struct Utgavor<'a> {
    rapport: &'a Rapport,
    /// When it was issued; `None` for a draft.
    tid: Option<Timestamp>,
    /// When the one that it replaces was.
    fore: Option<Timestamp>,
    /// When the one that replaces it was.
    efter: Option<Timestamp>,
}

fn utfardad(r: &Rapport) -> Option<Timestamp> {
    match r.lage {
        Rapportlage::Utfardad { tid, .. } => Some(tid),
        Rapportlage::Utkast { .. } => None,
    }
}

impl<'a> Utgavor<'a> {
    /// A report with those it is told from: of one grant, and for one year as the title says.
    #[must_use]
    pub fn av(bocker: &Bocker, rapport: &'a Rapport) -> Self {
        Self::bland(&bocker.rapporter, rapport)
    }

    fn bland(alla: &[Rapport], rapport: &'a Rapport) -> Self {
        let tid = utfardad(rapport);
        let andra = || {
            alla.iter()
                .filter(|r| r.bidrag == rapport.bidrag && r.titel == rapport.titel)
                .filter_map(|r| Some((utfardad(r)?, r.id)))
        };
        let denna = tid.map(|tid| (tid, rapport.id));
        Self {
            rapport,
            tid,
            fore: andra().filter(|a| Some(*a) < denna).map(|(t, _)| t).max(),
            efter: denna.and_then(|denna| andra().filter(|a| *a > denna).map(|(t, _)| t).min()),
        }
    }

    /// `Utfärdad`, or `Ersatt` when there is a later one.
    #[must_use]
    pub fn lage(&self) -> &'static str {
        if self.efter.is_some() {
            "Ersatt"
        } else {
            "Utfärdad"
        }
    }

    /// The title, with the time of issue where another report has the same title.
    #[must_use]
    pub fn namn(&self) -> String {
        let titel = &self.rapport.titel;
        match self.tid {
            Some(tid) if self.fore.is_some() || self.efter.is_some() => {
                format!("{titel}, utfärdad {}", nar(tid))
            }
            _ => titel.clone(),
        }
    }

    /// `Utfärdad 22 november 2026 kl. 12.59, ersätter den från kl. 12.50`. Empty for a draft.
    #[must_use]
    pub fn mening(&self) -> String {
        let Some(tid) = self.tid else {
            return String::new();
        };
        let mut ut = format!("Utfärdad {}", nar(tid));
        if let Some(fore) = self.fore {
            ut = format!("{ut}, ersätter den från {}", om_inte_samma(fore, tid));
        }
        if let Some(efter) = self.efter {
            ut = format!("{ut}. Ersatt av den från {}", om_inte_samma(efter, tid));
        }
        ut
    }
}

/// `22 november 2026 kl. 12.59`.
fn nar(t: Timestamp) -> String {
    format!("{} kl.\u{a0}{}", dag(tid::dag(t)), klockan(t))
}

/// The time alone, where the day is the one just told.
fn om_inte_samma(t: Timestamp, samma: Timestamp) -> String {
    if tid::dag(t) == tid::dag(samma) {
        format!("kl.\u{a0}{}", klockan(t))
    } else {
        nar(t)
    }
}

#[cfg(test)]
mod tests;
