//! The second reading: plain arithmetic of the paper itself, that knows no facts and no measures.

use super::papper::{Bidragsar, Papper, Rad, Sagt, Tabell};
use std::collections::BTreeMap;
use utfall_domain::varde::Varde;

/// A figure or the reason why there is none, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Svar {
    EjBeslutat,
    EjInrapporterat,
    Kr(i64),
}

use Svar::{EjBeslutat, EjInrapporterat, Kr};

impl Svar {
    pub(super) fn varde(self) -> Varde {
        match self {
            EjBeslutat => Varde::EjBeslutat,
            EjInrapporterat => Varde::EjInrapporterat,
            Kr(kr) => Varde::Kant(kr * 100),
        }
    }

    pub(super) fn av(sagt: Sagt, annars: Self) -> Self {
        sagt.map_or(annars, Kr)
    }
}

/// Terms with their signs: a reason wins over numbers.
pub(super) fn summa(termer: &[(i64, Svar)]) -> Svar {
    let skal = termer
        .iter()
        .map(|(_, s)| *s)
        .filter(|s| !matches!(s, Kr(_)));
    skal.min().unwrap_or_else(|| {
        let tal = termer.iter().map(|(tecken, s)| match s {
            Kr(kr) => tecken * kr,
            _ => 0,
        });
        Kr(tal.sum())
    })
}

/// Adds what is stated; nothing when nothing is.
fn lagg_ihop(alla: impl IntoIterator<Item = i64>) -> Sagt {
    alla.into_iter().reduce(|a, b| a + b)
}

/// What the tables and budgets give an initiative from a grant in a year.
#[derive(Clone, Copy, Debug, Default)]
struct Fick {
    nytt: Sagt,
    over: Sagt,
}

fn till(plats: &mut Sagt, kr: Sagt) {
    if let Some(kr) = kr {
        *plats = Some(plats.unwrap_or(0) + kr);
    }
}

type Fordelat = BTreeMap<(Option<usize>, usize, i16), Fick>;

impl Papper {
    fn aret(&self, b: usize, ar: i16) -> Option<&Bidragsar> {
        self.bidrag.get(b)?.ar.iter().find(|a| a.ar == ar)
    }

    /// The grant that a row is of.
    fn radens(&self, t: &Tabell, r: &Rad) -> Option<usize> {
        if let [enda] = t.bidrag[..] {
            return Some(enda);
        }
        let betalar = |b: &usize| r.finansiar.is_none_or(|f| self.bidrag[*b].finansiar == f);
        let mojliga: Vec<usize> = t.bidrag.iter().copied().filter(betalar).collect();
        let insatsens = self.insatser[r.insats].bidrag;
        match mojliga[..] {
            [enda] => Some(enda),
            _ => insatsens.filter(|b| mojliga.contains(b)),
        }
    }

    /// The tables that hold: no copies, and no proposal beside another table of its grants.
    fn galler(&self) -> impl Iterator<Item = &Tabell> {
        let numrerade = self.tabeller.iter().enumerate();
        let galler = numrerade.filter(|(nr, t)| {
            let andra = self.tabeller.iter().enumerate().filter(|(x, _)| x != nr);
            let bredvid = andra
                .flat_map(|(_, x)| &x.bidrag)
                .any(|b| t.bidrag.contains(b));
            !(t.igen || t.forslag && bredvid)
        });
        galler.map(|(_, t)| t)
    }

    fn fordelat(&self) -> Fordelat {
        let mut ut = Fordelat::new();
        for t in self.galler() {
            for r in &t.rader {
                let (bidrag, (mut nytt, mut over)) = (self.radens(t, r), r.delar());
                let sager = |b: &usize| {
                    self.aret(*b, r.ar).is_some_and(|a| a.in_.is_some())
                        || self.aret(*b, r.ar - 1).is_some_and(|a| a.ut.is_some())
                };
                // Nobody says whose it is, and the grants already say what they carried over.
                if bidrag.is_none() && over.is_some() && t.bidrag.iter().any(sager) {
                    nytt = Some(nytt.unwrap_or(0) + over.unwrap_or(0));
                    over = None;
                }
                let fick = ut.entry((bidrag, r.insats, r.ar)).or_default();
                till(&mut fick.nytt, nytt);
                till(&mut fick.over, over);
            }
        }
        let pa_rader = ut.clone();
        for (nr, i) in self.insatser.iter().enumerate() {
            let Some(bidrag) = i.bidrag else { continue };
            for (ar, budget, _) in &i.ekonomi {
                let rader = || {
                    pa_rader
                        .iter()
                        .filter(|((_, x, y), _)| (*x, *y) == (nr, *ar))
                };
                let over = lagg_ihop(rader().filter_map(|(_, f)| f.over));
                let nytt = budget.map(|b| b - over.unwrap_or(0)).filter(|n| *n >= 0);
                if rader().all(|(_, f)| f.nytt.is_none()) && nytt.is_some() {
                    till(
                        &mut ut.entry((Some(bidrag), nr, *ar)).or_default().nytt,
                        nytt,
                    );
                }
            }
        }
        ut
    }

    pub(super) fn fordelat_av(&self, b: usize, ar: i16) -> Svar {
        let alla = self.fordelat();
        let fick = alla
            .iter()
            .filter(|((x, _, y), _)| (*x, *y) == (Some(b), ar));
        let delar = fick.flat_map(|(_, f)| [f.nytt, f.over]).flatten();
        Svar::av(lagg_ihop(delar), EjBeslutat)
    }

    /// Carried over into a year: what the grant says or, if it is more, what its rows say.
    pub(super) fn overfort(&self, b: usize, ar: i16) -> Sagt {
        let nu = self.aret(b, ar).and_then(|a| a.in_);
        let sagt = nu.or_else(|| self.aret(b, ar - 1).and_then(|a| a.ut));
        let alla = self.fordelat();
        let fick = alla
            .iter()
            .filter(|((x, _, y), _)| (*x, *y) == (Some(b), ar));
        let rader = lagg_ihop(fick.filter_map(|(_, f)| f.over));
        sagt.max(rader)
    }

    fn grund(&self, b: usize, ar: i16) -> Svar {
        let aret = self.aret(b, ar);
        Svar::av(aret.and_then(|a| a.rekvirerat.or(a.tilldelat)), EjBeslutat)
    }

    pub(super) fn tillgangligt(&self, b: usize, ar: i16) -> Svar {
        let over = self.overfort(b, ar).map(|kr| (1, Kr(kr)));
        let mut termer = vec![(1, self.grund(b, ar))];
        termer.extend(over);
        summa(&termer)
    }

    /// What the initiatives of a grant (or of none) have used, when any of them says so.
    fn insatsernas(&self, b: Option<usize>, ar: i16) -> Sagt {
        let insatser = self.insatser.iter().filter(|i| i.bidrag == b);
        let arets = insatser.flat_map(|i| &i.ekonomi).filter(|(y, ..)| *y == ar);
        lagg_ihop(arets.filter_map(|(_, _, utfall)| *utfall))
    }

    /// Used, when the paper says anything of it.
    pub(super) fn anvant(&self, b: usize, ar: i16) -> Option<Svar> {
        let insatsernas = self.insatsernas(Some(b), ar).map(Kr);
        let Some(aret) = self.aret(b, ar) else {
            return insatsernas;
        };
        let sagda = lagg_ihop(aret.namnder.iter().filter_map(|n| n.2));
        let alla = aret.namnder.iter().all(|n| n.2.is_some());
        match (sagda, aret.anvant) {
            (Some(namnderna), _) if alla => Some(Kr(namnderna)),
            (_, Some(totalt)) => Some(Kr(totalt)),
            (Some(_), None) => Some(EjInrapporterat),
            (None, None) => insatsernas,
        }
    }

    pub(super) fn kvar(&self, b: usize, ar: i16) -> Svar {
        let anvant = self.anvant(b, ar).unwrap_or(EjInrapporterat);
        summa(&[(1, self.tillgangligt(b, ar)), (-1, anvant)])
    }

    pub(super) fn aterbetala(&self, b: usize, ar: i16) -> Svar {
        let rekvirerat = self.aret(b, ar).and_then(|a| a.rekvirerat);
        let mut termer = vec![
            (1, Svar::av(rekvirerat, EjInrapporterat)),
            (-1, self.anvant(b, ar).unwrap_or(EjInrapporterat)),
        ];
        termer.extend(self.overfort(b, ar).map(|kr| (1, Kr(kr))));
        termer.extend(self.overfort(b, ar + 1).map(|kr| (-1, Kr(kr))));
        summa(&termer)
    }

    /// Used of all grants and of none, in these years.
    pub(super) fn anvant_i_allt(&self, ar: &[i16]) -> Svar {
        let alla = || (0..self.bidrag.len()).flat_map(|b| ar.iter().map(move |y| (b, *y)));
        let mut termer: Vec<_> = alla().filter_map(|(b, y)| self.anvant(b, y)).collect();
        termer.extend(ar.iter().filter_map(|y| self.insatsernas(None, *y)).map(Kr));
        let termer: Vec<_> = termer.into_iter().map(|s| (1, s)).collect();
        if termer.is_empty() {
            EjInrapporterat
        } else {
            summa(&termer)
        }
    }

    /// What is left to use of all grants together in a year: each grant by itself. A grant
    /// that the paper says nothing of that year is not one of them.
    pub(super) fn kvar_i_allt(&self, ar: i16) -> Svar {
        let namnd = |b: &usize| {
            let aret = self.aret(*b, ar);
            let pengar = aret
                .is_some_and(|a| a.obeslutat || a.tilldelat.is_some() || a.rekvirerat.is_some());
            pengar || self.overfort(*b, ar).is_some() || self.anvant(*b, ar).is_some()
        };
        let alla: Vec<usize> = (0..self.bidrag.len()).filter(namnd).collect();
        let termer: Vec<_> = alla.iter().map(|b| (1, self.kvar(*b, ar))).collect();
        if termer.is_empty() {
            return EjBeslutat;
        }
        summa(&termer)
    }

    /// Carried-over money on rows that are of no known grant.
    pub(super) fn herrelost(&self) -> bool {
        self.fordelat()
            .iter()
            .any(|((b, ..), f)| b.is_none() && f.over.is_some())
    }
}
