//! A whole and its parts: a figure stated for all years, or for all boards, beside the
//! figures of each. The whole is counted and the parts are not added to it.

use crate::faktum::{Faktum, FaktumSlag, Galler};
use std::collections::HashMap;

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
    let har_delar: std::collections::HashSet<Galler> = rader
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
