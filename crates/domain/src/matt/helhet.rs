//! A whole and its parts: a figure stated for all years, or for all boards, beside the
//! figures of each. The whole is counted and the parts are not added to it.

use super::{Liggare, Urval};
use crate::faktum::{Faktum, FaktumSlag, Galler};
use crate::id::{BidragId, InsatsId};
use std::collections::{HashMap, HashSet};

/// What an initiative used of a grant in a year.
type Bokfort = (Option<InsatsId>, Option<BidragId>, Option<i16>);

/// Whether a fact is the stated use of an initiative in a year: what somebody has said, and
/// not a sum of booked rows.
fn uppgivet(f: &Faktum) -> bool {
    let g = f.galler();
    f.fakta.bokforing.is_none() && g.period_fran.is_none() && g.insats.is_some()
}

/// The facts to add, without what somebody has stated of an initiative, a grant and a year
/// that the accounts tell of: it is the same money.
pub(super) fn utan_uppgivna<'a>(
    slag: FaktumSlag,
    rader: Vec<&'a Faktum>,
    fakta: &(impl Liggare + ?Sized),
) -> Vec<&'a Faktum> {
    if slag != FaktumSlag::Anvant || !rader.iter().any(|f| uppgivet(f)) {
        return rader;
    }
    let om = |g: &Galler| -> Bokfort { (g.insats, g.bidrag, g.ar) };
    let insatser: HashSet<InsatsId> = rader
        .iter()
        .filter(|f| uppgivet(f))
        .filter_map(|f| f.galler().insats)
        .collect();
    let bokforda: HashSet<Bokfort> = insatser
        .into_iter()
        .flat_map(|id| fakta.mojliga(slag, &Urval::insats(id)))
        .filter(|f| f.fakta.bokforing.is_some() && f.galler().version.is_none())
        .map(|f| om(f.galler()))
        .collect();
    let mut rader = rader;
    rader.retain(|f| !(uppgivet(f) && bokforda.contains(&om(f.galler()))));
    rader
}

/// What a whole leaves open that its parts name.
#[derive(Clone, Copy)]
struct Oppet {
    ar: bool,
    organisation: bool,
}

impl Oppet {
    /// Whether a fact leaves all of this open.
    const fn helt(self, g: &Galler) -> bool {
        (!self.ar || g.ar.is_none()) && (!self.organisation || g.organisation.is_none())
    }

    /// The whole that a fact would be a part of.
    fn helheten(self, g: &Galler) -> Galler {
        Galler {
            ar: g.ar.filter(|_| !self.ar),
            organisation: g.organisation.filter(|_| !self.organisation),
            ..g.clone()
        }
    }
}

/// Which openings make a whole of this kind of fact.
const fn oppningar(slag: FaktumSlag) -> &'static [Oppet] {
    const AR: Oppet = Oppet {
        ar: true,
        organisation: false,
    };
    const NAMND: Oppet = Oppet {
        ar: false,
        organisation: true,
    };
    const BADA: Oppet = Oppet {
        ar: true,
        organisation: true,
    };
    match slag {
        // Carried-over money has two years, and a share is no sum of shares.
        FaktumSlag::Overfort | FaktumSlag::Helarsekvivalent => &[],
        // A setting without a year is no sum of those with one.
        FaktumSlag::Parameterbelopp
        | FaktumSlag::Parameterandel
        | FaktumSlag::Parameterdagar
        | FaktumSlag::Prognosmetod => &[],
        // Elsewhere another body is other money.
        FaktumSlag::AnvantNamnd | FaktumSlag::FordelatNamnd => &[NAMND, AR, BADA],
        _ => &[AR],
    }
}

/// The facts to add, of one kind: a whole instead of its parts. Where the parts together
/// are more than the whole it is no whole of them, and they are counted instead.
pub(super) fn utan_delar(slag: FaktumSlag, rader: Vec<&Faktum>) -> Vec<&Faktum> {
    oppningar(slag)
        .iter()
        .fold(rader, |kvar, o| ett_slag(*o, kvar))
}

/// The known sums on each side of a whole.
#[derive(Clone, Copy, Default)]
struct Sidor {
    helhet: i128,
    delar: i128,
    halv: i128,
}

fn ett_slag(o: Oppet, rader: Vec<&Faktum>) -> Vec<&Faktum> {
    let mut helheter: HashMap<&Galler, Sidor> = rader
        .iter()
        .filter(|f| o.helt(f.galler()) && f.varde().kant().is_some())
        .map(|f| (f.galler(), Sidor::default()))
        .collect();
    if helheter.is_empty() {
        return rader;
    }
    for f in &rader {
        let helt = o.helt(f.galler());
        let Some(sidor) = helheter.get_mut(&o.helheten(f.galler())) else {
            continue;
        };
        let tal = f.varde().kant().map_or(0, i128::from);
        sidor.halv += i128::from(f.fakta.precision.halv());
        if helt {
            sidor.helhet += tal;
        } else {
            sidor.delar += tal;
        }
    }
    let racker = |g: &Galler| {
        helheter
            .get(&o.helheten(g))
            .map(|s| s.delar <= s.helhet + s.halv)
    };
    let har_delar: HashSet<Galler> = rader
        .iter()
        .filter(|f| !o.helt(f.galler()))
        .map(|f| o.helheten(f.galler()))
        .collect();
    rader
        .iter()
        .copied()
        .filter(|f| {
            let g = f.galler();
            match racker(g) {
                None => true,
                Some(racker) if o.helt(g) => racker || !har_delar.contains(g),
                Some(racker) => !racker,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::faktum::{Bokforingskalla, Faktum, FaktumSlag, Galler, NyttFaktum, gallande};
    use crate::id::{AnvandareId, BidragId, FaktumId, InsatsId};
    use crate::matt::{Index, Matt, Urval, berakna};
    use crate::varde::Varde;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn faktum(nr: i64, insats: i64, ore: i64, manad: Option<i8>) -> Faktum {
        let period = manad.map(|m| date(2026, m, 1));
        let galler = Galler {
            insats: InsatsId::ny(insats),
            bidrag: BidragId::ny(1),
            ar: Some(2026),
            period_fran: period,
            period_till: period.map(|d| d.last_of_month()),
            kategori: period.map(|_| "Löner".to_owned()),
            ..Galler::default()
        };
        Faktum {
            id: FaktumId::ny(nr).unwrap(),
            registrerad: Timestamp::UNIX_EPOCH,
            registrerad_av: AnvandareId::FORSTA,
            fakta: NyttFaktum {
                bokforing: period.map(|_| Bokforingskalla::default()),
                ..NyttFaktum::nytt(FaktumSlag::Anvant, galler, Varde::Kant(ore))
            },
        }
    }

    /// What somebody has stated of the year and what the accounts tell of it is the same money.
    #[test]
    fn the_accounts_go_before_what_is_stated_of_the_same_year() {
        let fakta = [
            faktum(1, 7, 900, None),
            faktum(2, 7, 300, Some(3)),
            faktum(3, 7, 200, Some(4)),
            // Another initiative has no accounts: what is stated counts.
            faktum(4, 8, 500, None),
        ];
        let index = Index::ny(&fakta, None);
        let tal = |urval: Urval| {
            let plan = berakna(Matt::AnvantInsats, &urval, &gallande(&fakta, None));
            let ur_index = berakna(Matt::AnvantInsats, &urval, &index.over(&fakta));
            assert_eq!(plan, ur_index);
            plan.utfall.varde.kant().unwrap()
        };
        assert_eq!(tal(Urval::insats(InsatsId::ny(7).unwrap()).ar(2026)), 500);
        assert_eq!(tal(Urval::insats(InsatsId::ny(8).unwrap()).ar(2026)), 500);
        assert_eq!(tal(Urval::bidrag(BidragId::FORSTA)), 1_000);
        let mars = Urval {
            period: Some(date(2026, 3, 1)),
            ..Urval::insats(InsatsId::ny(7).unwrap())
        };
        assert_eq!(tal(mars), 300);
        let utan_bok = [faktum(1, 7, 900, None)];
        let urval = Urval::insats(InsatsId::ny(7).unwrap());
        let alla = gallande(&utan_bok, None);
        let ensam = berakna(Matt::AnvantInsats, &urval, &alla);
        assert_eq!(ensam.utfall.varde, Varde::Kant(900));
    }
}
