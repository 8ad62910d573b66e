//! What is booked of the period that a requisition asks for.

use crate::lasning::Bok;
use crate::uppfoljning::{sista_anvanda, sista_hela_av};
use jiff::civil::{Date, date};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::rekvisition::Rekvisition;

/// What is booked of a requisition's period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IPerioden {
    /// What the use is told of: the grant, the year and, of a party's, the initiative.
    pub urval: Urval,
    /// The month before the period, where that is in the same year; its first day.
    pub fore: Option<Date>,
    /// The last month of the period that is booked in full; its first day. `None` where no month
    /// of it is.
    pub hel: Option<Date>,
    /// What is used in the period's months that are booked in full, in öre; `None` where that is
    /// not known.
    pub ore: Option<i64>,
}

impl IPerioden {
    /// The selection through a month of the year.
    #[must_use]
    pub fn till(&self, manad: Date) -> Urval {
        Urval {
            period: Some(manad),
            ..self.urval.clone()
        }
    }
}

/// What is booked of a requisition's period on a day. A month that is not over, or that the
/// accounts do not cover in full, is not told of: it looks like a cheap month. Where no file is
/// read in, the last month that somebody has entered something of is the last one.
#[must_use]
pub fn i_perioden(bok: &Bok, r: &Rekvisition, idag: Date) -> IPerioden {
    let (fran, till) = (r.uppgift.fran, r.uppgift.till);
    let ar = fran.year();
    let urval = Urval {
        bidrag: r.om.bidrag,
        insats: r.om.insats,
        ar: Some(ar),
        ..Urval::default()
    };
    let av_bidraget = Urval {
        insats: None,
        ..urval.clone()
    };
    let hittills = match ar.cmp(&idag.year()) {
        std::cmp::Ordering::Less => 12,
        std::cmp::Ordering::Equal => idag.month(),
        std::cmp::Ordering::Greater => 0,
    };
    let bokfort = sista_hela_av(bok, &av_bidraget).or_else(|| sista_anvanda(bok, &urval));
    let sist = bokfort.unwrap_or(0).min(hittills).min(till.month());
    let manaden = |m: i8| Some(m).filter(|m| *m > 0).map(|m| date(ar, m, 1));
    let mut ut = IPerioden {
        fore: manaden(fran.month().saturating_sub(1)),
        hel: manaden(sist).filter(|_| sist >= fran.month()),
        ore: None,
        urval,
    };
    let kant = |manad: Date| bok.varde(Matt::AnvantTill, &ut.till(manad)).kant();
    ut.ore = ut.hel.and_then(kant).and_then(|anvant| {
        // Nothing told of before it is nothing used before it.
        let fore = ut.fore.and_then(kant).unwrap_or(0);
        anvant.checked_sub(fore)
    });
    ut
}
