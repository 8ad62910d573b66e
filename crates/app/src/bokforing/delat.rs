//! What of a list of vouchers is counted at other grants, when several pay the same costs.

use super::uppslag::Uppslag;
use jiff::civil::Date;
use std::collections::BTreeMap;
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::medel::kontering::{
    Delning, Faktanyckel, Hemvist, Kontering, Konteringar, Koppling, Summa, Till, onskade,
};
use utfall_domain::medel::verifikation::Verifikationsurval;

/// What of a choice of vouchers is counted at other grants than the chosen one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Andras {
    /// In öre, below zero where the rows are costs; `None` when nothing is shared, or nobody can
    /// say how much.
    pub ore: Option<i64>,
    /// What the fact is a share of, when the choice is of one.
    pub delning: Option<Delning>,
    /// Something is shared, and the choice is of parts that the distribution does not divide.
    pub hela: bool,
}

/// Of what several grants pay within a choice, what is counted at the others. A month is divided
/// as a whole, and so is what is booked on some accounts in it; a single voucher or a part of a
/// month is not.
pub(super) fn andras(
    uppslag: &Uppslag,
    urval: &Verifikationsurval,
    (inom, nyckel): ((Date, Date), Option<&Faktanyckel>),
) -> Andras {
    if urval.bidrag.is_none() && nyckel.is_none() {
        return Andras::default();
    }
    let hit = |alla: &BTreeMap<Faktanyckel, Delning>| -> Vec<(FaktumSlag, Delning)> {
        let valda = alla.iter().filter(|(n, _)| hor_hit(n, urval, inom, nyckel));
        valda.map(|(n, d)| (n.slag, *d)).collect()
    };
    let alla = hit(&uppslag.delningar);
    if alla.is_empty() {
        return Andras::default();
    }
    if !delbart(urval, inom) {
        return Andras {
            hela: true,
            ..Andras::default()
        };
    }
    let valda = if urval.konton.is_empty() && urval.objekt.is_empty() {
        alla
    } else {
        let manad = |m: Date| nyckel.map_or(inom_manad(m, inom), |n| n.manad == m);
        hit(&av_konton(uppslag, urval, manad))
    };
    let mut ut = Andras::default();
    for (slag, d) in &valda {
        let andras = d.del.saturating_sub(d.helt);
        let andras = match (slag, nyckel) {
            (FaktumSlag::BokfortBidrag, None) => andras.saturating_neg(),
            _ => andras,
        };
        ut.ore = Some(andras.saturating_add(ut.ore.unwrap_or(0)));
    }
    ut.delning = nyckel.and_then(|_| Some(valda.first()?.1));
    ut
}

/// Whether a fact is of the choice.
fn hor_hit(
    n: &Faktanyckel,
    urval: &Verifikationsurval,
    (fran, till): (Date, Date),
    nyckel: Option<&Faktanyckel>,
) -> bool {
    let ratt = match nyckel {
        Some(vill) => n == vill && urval.bidrag.is_none_or(|vald| Some(vald) == n.bidrag),
        None => urval.bidrag == n.bidrag && inom_manad(n.manad, (fran, till)),
    };
    ratt && urval.insats.is_none_or(|vald| vald == n.insats)
        && urval.organisation.is_none_or(|o| Some(o) == n.organisation)
}

/// Whether a month, told by its first day, has days within some days.
fn inom_manad(manad: Date, (fran, till): (Date, Date)) -> bool {
    manad <= till && manad.last_of_month() >= fran
}

/// Whole months of some accounts, or of all: what the distribution divides.
fn delbart(urval: &Verifikationsurval, (fran, till): (Date, Date)) -> bool {
    let fran_hel = fran == fran.first_of_month() || fran == Date::MIN;
    let hela_verifikationer = urval.serie.is_none()
        && urval.nummer.is_none()
        && urval.belopp.is_none()
        && urval.inlasning.is_none();
    fran_hel && till == till.last_of_month() && hela_verifikationer
}

/// The shares of what is booked on the chosen accounts alone in some months, by the same
/// reckoning as the facts. Vouchers by hand have no account.
fn av_konton(
    uppslag: &Uppslag,
    urval: &Verifikationsurval,
    manad: impl Fn(Date) -> bool,
) -> BTreeMap<Faktanyckel, Delning> {
    let bokfort = &uppslag.bokfort;
    let vald = |k: &Kontering| {
        (urval.konton.is_empty() || urval.konton.iter().any(|i| i.har(k.konto)))
            && urval.objekt.iter().all(|o| k.objekt.contains(o))
    };
    let hemvist = |till, ar| bokfort.hemvist(till, ar);
    let bokat = (&*bokfort.konteringar, bokfort.summor.as_slice());
    delningar(bokat, &bokfort.regler(), (vald, manad), hemvist)
}

/// The shares of what is booked on some accounts in some months. A month is divided by itself, so
/// the others need not be gone through: this is done each time somebody looks at a list.
fn delningar(
    (konteringar, summor): (&Konteringar, &[Summa]),
    regler: &Koppling,
    (vald, manad): (impl Fn(&Kontering) -> bool, impl Fn(Date) -> bool),
    hemvist: impl Fn(Till, i16) -> Hemvist,
) -> BTreeMap<Faktanyckel, Delning> {
    let valt =
        |s: &&Summa| manad(s.manad) && konteringar.get(&s.kontering).is_some_and(|(k, _)| vald(k));
    let summor: Vec<Summa> = summor.iter().filter(valt).copied().collect();
    let svar = onskade(konteringar, &summor, &[], regler, hemvist);
    svar.map(|vill| vill.delningar).unwrap_or_default()
}

#[cfg(test)]
mod tests;
