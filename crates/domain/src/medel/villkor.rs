//! The terms of a grant, in versions: what the money may be used for, until when, and what
//! happens to what is left.

use super::Bidrag;
use super::post::{Innehall, Medelspost};
use crate::faktum::kodat;
use crate::id::BidragId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

kodat! {
    /// Whether unspent money may be carried over to the next year.
    Overforing {
        /// Nobody has said.
        Okant = "okant", "okänt";
        /// Not at all.
        Nej = "nej", "nej";
        /// When the funder has said so for the year.
        MedMedgivande = "medgivande", "ja, med finansiärens medgivande";
        /// Without asking.
        Ja = "ja", "ja";
    }
}

kodat! {
    /// On what ground a funder may claim money back.
    Aterkravsgrund {
        /// Paid on wrong facts, or too high.
        FelGrund = "fel-grund", "pengarna har betalats ut på fel grund eller med för högt belopp";
        /// Not used, or for something else.
        AnnatAndamal = "annat-andamal", "pengarna har inte använts, eller använts till annat";
        /// No report.
        IngenRedovisning = "ingen-redovisning", "redovisningen har inte kommit in";
        /// Terms were broken.
        BrutnaVillkor = "brutna-villkor", "andra villkor i beslutet har inte följts";
        /// What the terms themselves say.
        Annat = "annat", "annan grund";
    }
}

/// How much may be carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grans {
    /// At most this many öre.
    Belopp(i64),
    /// At most these tenths of a per cent of the year's money.
    Promille(i64),
}

impl Grans {
    /// The limit in öre, of so much money.
    #[must_use]
    pub fn i_ore(self, av: i64) -> i64 {
        match self {
            Self::Belopp(ore) => ore,
            Self::Promille(promille) => {
                let del = i128::from(av).saturating_mul(i128::from(promille));
                i64::try_from(del.checked_div(1000).unwrap_or(0)).unwrap_or(i64::MAX)
            }
        }
    }
}

/// A version of the terms. What nobody has said is `None` or [`Overforing::Okant`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Villkor {
    /// The programme or call.
    pub program: Option<String>,
    /// First and last year of the programme.
    pub program_ar: Option<(i16, i16)>,
    /// What made the recipient eligible.
    pub behorighet: Option<String>,
    /// Who receives the money.
    pub mottagare: Option<String>,
    /// What it is for.
    pub andamal: Option<String>,
    /// First day that costs may be from. May lie before the decision.
    pub fran: Option<Date>,
    /// Last day that costs may be from.
    pub till: Option<Date>,
    /// Whether unspent money may be carried over.
    pub overforing: Overforing,
    /// How much of it.
    pub grans: Option<Grans>,
    /// Last day to request the money.
    pub rekvireras: Option<Date>,
    /// Last day to report.
    pub redovisas: Option<Date>,
    /// Last day to repay what is left.
    pub aterbetalas: Option<Date>,
    /// Grounds for claiming money back.
    pub aterkrav: Vec<Aterkravsgrund>,
    /// The same in the terms' own words.
    pub aterkrav_ord: Option<String>,
    /// How money is requested: form, address, what must be enclosed.
    pub rekvisitionsform: Option<String>,
    /// The ordinance or other ground, with its paragraph.
    pub lagstod: Option<String>,
    /// Diary number of the funder's decision.
    pub diarienummer: Option<String>,
}

impl Default for Villkor {
    fn default() -> Self {
        Self {
            program: None,
            program_ar: None,
            behorighet: None,
            mottagare: None,
            andamal: None,
            fran: None,
            till: None,
            overforing: Overforing::Okant,
            grans: None,
            rekvireras: None,
            redovisas: None,
            aterbetalas: None,
            aterkrav: Vec::new(),
            aterkrav_ord: None,
            rekvisitionsform: None,
            lagstod: None,
            diarienummer: None,
        }
    }
}

impl Villkor {
    /// What the grant itself says, as the papers or whoever entered it said it.
    #[must_use]
    pub fn av_bidrag(b: &Bidrag) -> Self {
        Self {
            program: b.program.clone(),
            program_ar: b.program_ar,
            andamal: b.andamal.clone(),
            overforing: match b.overforing_tillaten {
                Some(true) => Overforing::Ja,
                Some(false) => Overforing::Nej,
                None => Overforing::Okant,
            },
            diarienummer: b.diarienummer.clone(),
            ..Self::default()
        }
    }
}

/// The rows with a grant's terms, oldest first: those of one year, or of all.
fn versioner(poster: &[Medelspost], bidrag: BidragId) -> impl Iterator<Item = &Medelspost> {
    poster.iter().filter(move |p| {
        p.post.om.bidrag == Some(bidrag) && matches!(p.post.innehall, Innehall::Villkor(_))
    })
}

/// Every version of a grant's terms, newest first.
#[must_use]
pub fn alla(poster: &[Medelspost], bidrag: BidragId) -> Vec<&Medelspost> {
    let mut ut: Vec<&Medelspost> = versioner(poster, bidrag).collect();
    ut.reverse();
    ut
}

/// The row with the terms that hold for a year of the grant: the year's own, else those of
/// all years. `None` when nobody has entered any.
#[must_use]
pub fn raden(poster: &[Medelspost], bidrag: BidragId, ar: Option<i16>) -> Option<&Medelspost> {
    let eget = versioner(poster, bidrag).filter(|p| p.post.om.ar == ar);
    let alla = versioner(poster, bidrag).filter(|p| p.post.om.ar.is_none());
    eget.last().or_else(|| alla.last())
}

/// The terms that hold for a year of the grant. One truth: when somebody has entered terms
/// those hold, and what the papers said stands on the grant for those who ask.
#[must_use]
pub fn gallande(poster: &[Medelspost], b: &Bidrag, ar: Option<i16>) -> Villkor {
    match raden(poster, b.id, ar).map(|p| &p.post.innehall) {
        Some(Innehall::Villkor(villkor)) => villkor.clone(),
        _ => Villkor::av_bidrag(b),
    }
}

/// `om 23 dagar`, `i dag`, `för 2 dagar sedan`.
#[must_use]
pub fn om_dagar(idag: Date, dag: Date) -> String {
    let dagar = idag
        .until((jiff::Unit::Day, dag))
        .map_or(0, |s| i64::from(s.get_days()));
    match dagar {
        0 => "i dag".to_owned(),
        1 => "i morgon".to_owned(),
        -1 => "i går".to_owned(),
        d if d > 0 => format!("om {d} dagar"),
        d => format!("för {} dagar sedan", d.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_deadline_is_told_from_the_day_it_is_read() {
        let idag = date(2026, 11, 22);
        assert_eq!(om_dagar(idag, date(2026, 12, 15)), "om 23 dagar");
        assert_eq!(om_dagar(idag, idag), "i dag");
        assert_eq!(om_dagar(idag, date(2026, 11, 20)), "för 2 dagar sedan");
        assert_eq!(om_dagar(idag, date(2027, 3, 31)), "om 129 dagar");
    }

    #[test]
    fn a_limit_is_an_amount_or_a_share() {
        assert_eq!(Grans::Belopp(500).i_ore(9_999), 500);
        assert_eq!(Grans::Promille(100).i_ore(805_200_000), 80_520_000);
        assert_eq!(Grans::Promille(1000).i_ore(i64::MAX), i64::MAX);
    }
}
