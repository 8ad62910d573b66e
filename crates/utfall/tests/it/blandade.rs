//! Random papers with several grants, funders, boards and years, money carried over, missing
//! figures, proposals, boards that have not all reported, and tables of two grants or printed
//! twice. What the books, the pages and the reports say is compared with arithmetic made from
//! the paper itself: a second, plain reading of it that knows no facts and no measures.

use crate::budgetar::{Prov, grupperat};
use crate::rapport::{docx_text, html_text, pdf_text};
use crate::stod::slatt;
use crate::webblasare::{Webblasare, bara_text};
use axum::http::StatusCode;
use proptest::prelude::{Just, Strategy, any};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utfall_app::Bok;
use utfall_app::installation::NyHuvudman;
use utfall_app::rapporter::Bidragsrapport;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::id::BidragId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::Format;
use utfall_domain::tid::PerDag;
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;

/// The years that are drawn.
const AR: std::ops::RangeInclusive<i16> = 2024..=2026;

/// An amount in kronor, if the paper states it.
type Sagt = Option<i64>;

/// One board's year: who, what it got and what it used.
type Namnd = (usize, Sagt, Sagt);

#[derive(Clone, Debug)]
struct Bidragsar {
    ar: i16,
    obeslutat: bool,
    tilldelat: Sagt,
    rekvirerat: Sagt,
    anvant: Sagt,
    in_: Sagt,
    ut: Sagt,
    namnder: Vec<Namnd>,
}

#[derive(Clone, Debug)]
struct Bidrag {
    finansiar: usize,
    ar: Vec<Bidragsar>,
}

#[derive(Clone, Debug)]
struct Insats {
    bidrag: Option<usize>,
    flera_ansvarar: bool,
    /// Year, budget, outcome.
    ekonomi: Vec<(i16, Sagt, Sagt)>,
}

#[derive(Clone, Debug)]
struct Rad {
    insats: usize,
    finansiar: Option<usize>,
    ar: i16,
    nytt: Sagt,
    over: Sagt,
    totalt: Sagt,
}

#[derive(Clone, Debug)]
struct Tabell {
    bidrag: Vec<usize>,
    forslag: bool,
    igen: bool,
    rader: Vec<Rad>,
}

#[derive(Clone, Debug)]
struct Papper {
    bidrag: Vec<Bidrag>,
    insatser: Vec<Insats>,
    tabeller: Vec<Tabell>,
}

/// Whole thousands, so that no two drawn amounts are within each other's rounding.
fn belopp() -> impl Strategy<Value = i64> {
    (20_i64..900).prop_map(|tusen| tusen * 1000)
}

fn kanske() -> impl Strategy<Value = Sagt> {
    proptest::option::weighted(0.7, belopp())
}

fn sallan() -> impl Strategy<Value = Sagt> {
    proptest::option::weighted(0.4, belopp())
}

fn bidragsar(ar: i16) -> impl Strategy<Value = Bidragsar> {
    let namnder = proptest::collection::vec((kanske(), kanske()), 0..3);
    let namnder = namnder.prop_map(|n| {
        let numrerade = n.into_iter().enumerate();
        numrerade
            .map(|(nr, (fick, anvant))| (nr, fick, anvant))
            .collect()
    });
    let pengar = (kanske(), sallan(), kanske(), sallan(), sallan());
    (any::<bool>(), pengar, namnder).prop_map(
        move |(obeslutat, (tilldelat, rekvirerat, anvant, in_, ut), namnder): (
            _,
            _,
            Vec<Namnd>,
        )| {
            // A total is never less than the boards that have reported.
            let namndernas: i64 = namnder.iter().filter_map(|n| n.2).sum();
            Bidragsar {
                ar,
                obeslutat: obeslutat && tilldelat.is_none(),
                tilldelat,
                rekvirerat,
                anvant: anvant.map(|a| a + namndernas),
                in_,
                ut,
                namnder,
            }
        },
    )
}

fn bidrag() -> impl Strategy<Value = Bidrag> {
    let ar = proptest::sample::subsequence(AR.collect::<Vec<_>>(), 1..=3)
        .prop_flat_map(|ar| ar.into_iter().map(bidragsar).collect::<Vec<_>>());
    (0_usize..2, ar).prop_map(|(finansiar, ar)| Bidrag { finansiar, ar })
}

fn insats(bidrag: usize) -> impl Strategy<Value = Insats> {
    let ar = proptest::sample::subsequence(AR.collect::<Vec<_>>(), 0..=3);
    let ekonomi = ar.prop_flat_map(|ar| {
        let ett = |ar| (Just(ar), kanske(), kanske());
        ar.into_iter().map(ett).collect::<Vec<_>>()
    });
    (
        proptest::option::weighted(0.8, 0..bidrag),
        any::<bool>(),
        ekonomi,
    )
        .prop_map(|(bidrag, flera_ansvarar, ekonomi)| Insats {
            bidrag,
            flera_ansvarar,
            ekonomi,
        })
}

/// A row states new money, carried-over money, both, or a total in place of one of them.
fn rad(insatser: usize) -> impl Strategy<Value = Rad> {
    (
        0..insatser,
        proptest::option::of(0_usize..2),
        AR,
        (belopp(), belopp(), 0_u8..6),
    )
        .prop_map(|(insats, finansiar, ar, (nytt, over, form))| {
            let (n, o, t) = match form {
                0 => (Some(nytt), None, None),
                1 => (None, Some(over), None),
                2 => (Some(nytt), Some(over), None),
                3 => (None, Some(over), Some(nytt + over)),
                4 => (Some(nytt), None, Some(nytt + over)),
                _ => (None, None, Some(nytt + over)),
            };
            Rad {
                insats,
                finansiar,
                ar,
                nytt: n,
                over: o,
                totalt: t,
            }
        })
}

fn tabell(bidrag: usize, insatser: usize) -> impl Strategy<Value = Tabell> {
    (
        proptest::sample::subsequence((0..bidrag).collect::<Vec<_>>(), 1..=bidrag.min(2)),
        proptest::bool::weighted(0.3),
        proptest::collection::vec(rad(insatser), 1..5),
    )
        .prop_map(|(bidrag, forslag, rader)| Tabell {
            bidrag,
            forslag,
            igen: false,
            rader,
        })
}

fn papper() -> impl Strategy<Value = Papper> {
    proptest::collection::vec(bidrag(), 1..4)
        .prop_flat_map(|bidrag| {
            let insatser = proptest::collection::vec(insats(bidrag.len()), 1..5);
            (Just(bidrag), insatser)
        })
        .prop_flat_map(|(bidrag, insatser)| {
            let tabeller = tabell(bidrag.len(), insatser.len());
            let tabeller = proptest::collection::vec(tabeller, 0..3);
            (Just(bidrag), Just(insatser), tabeller, any::<bool>())
        })
        .prop_map(|(bidrag, insatser, mut tabeller, igen)| {
            // The first table printed again, at the end.
            if let Some(forsta) = tabeller.first().filter(|_| igen).cloned() {
                tabeller.push(Tabell {
                    igen: true,
                    ..forsta
                });
            }
            Papper {
                bidrag,
                insatser,
                tabeller,
            }
        })
}

// ---- The paper as it is written ----

fn en(kr: Sagt) -> Value {
    let alla: Vec<Value> = kr
        .into_iter()
        .map(|kr| json!({ "belopp": format!("{kr} kr"), "plats": "s. 1" }))
        .collect();
    json!(alla)
}

fn satt(rot: &mut Value, falt: &str, kr: Sagt) {
    if let Some(kr) = kr {
        rot[falt] = format!("{kr} kr").into();
    }
}

impl Papper {
    fn json(&self, slug: &str) -> Value {
        let organisationer = json!([
            { "id": "f0", "namn": "Stödverket", "slag": "myndighet" },
            { "id": "f1", "namn": "Regionen", "slag": "region" },
            { "id": "n0", "namn": "Ena nämnden", "slag": "namnd" },
            { "id": "n1", "namn": "Andra nämnden", "slag": "namnd" },
        ]);
        let bidrag = self.bidrag.iter().enumerate().map(|(nr, b)| {
            let ar: Vec<Value> = b.ar.iter().map(Bidragsar::json).collect();
            json!({ "id": format!("b{nr}"), "namn": format!("Stöd {nr}"), "plats": "s. 1",
                    "finansiar": format!("f{}", b.finansiar), "ar": ar })
        });
        let insatser = self.insatser.iter().enumerate().map(|(nr, i)| {
            let ekonomi = i
                .ekonomi
                .iter()
                .map(|(ar, b, u)| json!({ "ar": ar, "budget": en(*b), "utfall": en(*u) }));
            let ansvariga = if i.flera_ansvarar {
                &["n0", "n1"][..]
            } else {
                &["n0"]
            };
            let mut rot = json!({
                "id": format!("i{nr}"), "namn": format!("Verksamhet {nr}"), "plats": "s. 2",
                "ansvariga": ansvariga, "ekonomi": ekonomi.collect::<Vec<_>>(),
            });
            if let Some(b) = i.bidrag {
                rot["bidrag"] = format!("b{b}").into();
            }
            rot
        });
        let tabeller = self.tabeller.iter().enumerate().map(|(nr, t)| {
            let rader: Vec<Value> = t.rader.iter().map(Rad::json).collect();
            let bidrag: Vec<String> = t.bidrag.iter().map(|b| format!("b{b}")).collect();
            json!({ "id": format!("t{nr}"), "titel": format!("Tabell {nr}"), "bidrag": bidrag,
                    "status": if t.forslag { "forslag" } else { "beslutad" },
                    "rader": rader, "plats": format!("s. {}", nr + 3) })
        });
        json!({
            "format": "utfall-underlag/1",
            "dokument": {
                "titel": "Blandat papper", "slag": "annat", "kalla": "Påhittat",
                "huvudman": { "slug": slug, "namn": "Provby", "slag": "kommun", "pahittat": true },
            },
            "organisationer": organisationer,
            "bidrag": bidrag.collect::<Vec<_>>(),
            "insatser": insatser.collect::<Vec<_>>(),
            "fordelningar": tabeller.collect::<Vec<_>>(),
        })
    }
}

impl Bidragsar {
    fn json(&self) -> Value {
        let namnder: Vec<Value> = self
            .namnder
            .iter()
            .map(|(nr, fick, anvant)| {
                json!({ "organisation": format!("n{nr}"), "fordelat": en(*fick),
                        "anvant": en(*anvant) })
            })
            .collect();
        json!({ "ar": self.ar, "status": if self.obeslutat { "ej-beslutat" } else { "slutlig" },
                "tilldelat": en(self.tilldelat), "rekvirerat": en(self.rekvirerat),
                "anvant": en(self.anvant), "overfort_in": en(self.in_),
                "overfort_ut": en(self.ut), "namnder": namnder })
    }
}

impl Rad {
    fn json(&self) -> Value {
        let mut belopp = json!({ "ar": self.ar });
        satt(&mut belopp, "nytt", self.nytt);
        satt(&mut belopp, "overfort", self.over);
        satt(&mut belopp, "totalt", self.totalt);
        let mut rad = json!({ "etikett": "En rad", "insats": format!("i{}", self.insats),
                              "belopp": [belopp] });
        if let Some(f) = self.finansiar {
            rad["finansiar"] = format!("f{f}").into();
        }
        rad
    }

    /// New and carried over, with what the total tells of the one that is left out.
    fn delar(&self) -> (Sagt, Sagt) {
        match (self.nytt, self.over, self.totalt) {
            (None, None, t) => (t, None),
            (None, Some(o), Some(t)) => (Some(t - o), Some(o)),
            (Some(n), None, Some(t)) => (Some(n), Some(t - n)),
            (n, o, _) => (n, o),
        }
    }
}

// ---- The arithmetic of the paper ----

/// A figure or the reason why there is none, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Svar {
    EjBeslutat,
    EjInrapporterat,
    Kr(i64),
}

use Svar::{EjBeslutat, EjInrapporterat, Kr};

impl Svar {
    fn varde(self) -> Varde {
        match self {
            EjBeslutat => Varde::EjBeslutat,
            EjInrapporterat => Varde::EjInrapporterat,
            Kr(kr) => Varde::Kant(kr * 100),
        }
    }

    fn av(sagt: Sagt, annars: Self) -> Self {
        sagt.map_or(annars, Kr)
    }
}

/// Terms with their signs: a reason wins over numbers.
fn summa(termer: &[(i64, Svar)]) -> Svar {
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

    fn fordelat_av(&self, b: usize, ar: i16) -> Svar {
        let alla = self.fordelat();
        let fick = alla
            .iter()
            .filter(|((x, _, y), _)| (*x, *y) == (Some(b), ar));
        let delar = fick.flat_map(|(_, f)| [f.nytt, f.over]).flatten();
        Svar::av(lagg_ihop(delar), EjBeslutat)
    }

    /// Carried over into a year: what the grant says or, if it is more, what its rows say.
    fn overfort(&self, b: usize, ar: i16) -> Sagt {
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

    fn tillgangligt(&self, b: usize, ar: i16) -> Svar {
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
    fn anvant(&self, b: usize, ar: i16) -> Option<Svar> {
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

    fn kvar(&self, b: usize, ar: i16) -> Svar {
        let anvant = self.anvant(b, ar).unwrap_or(EjInrapporterat);
        summa(&[(1, self.tillgangligt(b, ar)), (-1, anvant)])
    }

    fn aterbetala(&self, b: usize, ar: i16) -> Svar {
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
    fn anvant_i_allt(&self, ar: &[i16]) -> Svar {
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
    fn kvar_i_allt(&self, ar: i16) -> Svar {
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
    fn herrelost(&self) -> bool {
        self.fordelat()
            .iter()
            .any(|((b, ..), f)| b.is_none() && f.over.is_some())
    }
}

// ---- The comparison ----

/// Every figure of the paper against the books.
fn jamfor(p: &Papper, bok: &Bok) {
    let lika = |matt: Matt, u: &Urval, vantat: Svar| {
        let varde = bok.varde(matt, u);
        assert_eq!(varde, vantat.varde(), "{} {u:?}\n{p:#?}", matt.kod());
    };
    for b in 0..p.bidrag.len() {
        let id = bidragets(bok, b);
        for ar in AR {
            let u = Urval::bidrag(id).ar(ar);
            let over = Svar::av(p.overfort(b, ar), EjBeslutat);
            lika(Matt::OverfortIn, &u, over);
            lika(Matt::Tillgangligt, &u, p.tillgangligt(b, ar));
            lika(Matt::Fordelat, &u, p.fordelat_av(b, ar));
            lika(Matt::Anvant, &u, p.anvant(b, ar).unwrap_or(EjInrapporterat));
            lika(Matt::Kvar, &u, p.kvar(b, ar));
            lika(Matt::AttAterbetala, &u, p.aterbetala(b, ar));
            let kvar = [(1, p.tillgangligt(b, ar)), (-1, p.fordelat_av(b, ar))];
            lika(Matt::KvarAttFordela, &u, summa(&kvar));
        }
    }
    let alla: Vec<i16> = AR.collect();
    lika(Matt::Anvant, &Urval::default(), p.anvant_i_allt(&alla));
    for ar in AR {
        let u = Urval::default().ar(ar);
        lika(Matt::Anvant, &u, p.anvant_i_allt(&[ar]));
        if !p.herrelost() && bok.matt(Matt::Kvar, &u).utfall.har_fakta {
            lika(Matt::Kvar, &u, p.kvar_i_allt(ar));
        }
    }
    let minus = bok
        .fakta
        .iter()
        .find(|f| f.varde().kant().is_some_and(|tal| tal < 0));
    assert!(minus.is_none(), "{minus:?}\n{p:#?}");
}

fn bidragets(bok: &Bok, nr: usize) -> BidragId {
    let slug = format!("b{nr}");
    bok.bidrag.iter().find(|b| b.slug == slug).unwrap().id
}

/// The known figures of a grant's year: what there is to use stands on its page, what was
/// distributed and used in its report too.
type Arets = (usize, i16, Vec<String>, Vec<String>);

fn sidornas(p: &Papper) -> Vec<Arets> {
    let text = |s: Svar| match s {
        Kr(kr) => Some(grupperat(kr)),
        _ => None,
    };
    let mut ut = Vec::new();
    for (nr, b) in p.bidrag.iter().enumerate() {
        for a in &b.ar {
            let anvant = p.anvant(nr, a.ar).unwrap_or(EjInrapporterat);
            let tillgangligt = text(p.tillgangligt(nr, a.ar));
            let tal = [p.fordelat_av(nr, a.ar), anvant].into_iter();
            let tal = tal.filter_map(text).collect();
            ut.push((nr, a.ar, tillgangligt.into_iter().collect(), tal));
        }
    }
    ut
}

impl Prov {
    /// One paper: read in, and compared in the books, on its pages and in a report.
    async fn ett_blandat(&self, nr: usize, p: &Papper) {
        let slug = format!("blandat-{nr}");
        let ny = NyHuvudman {
            slug: slug.clone(),
            namn: "Provby".into(),
            pahittad: true,
        };
        let drift = Aktor::drift(self.tjanst.skapa_huvudman(ny).await.unwrap());
        let konto = format!("blandat.{nr}");
        let ekonom = self.mall.som(&konto, "Prov", &[Roll::Ekonom]).unwrap();
        self.tjanst.utfor(&drift, None, ekonom).await.unwrap();
        let innehall = serde_json::to_vec(&p.json(&slug)).unwrap();
        let fall = ImporteraUnderlag {
            underlag: las("blandat", &innehall).unwrap_or_else(|fel| panic!("{fel:#?}")),
            innehall,
            offentligt: false,
        };
        self.tjanst.utfor(&drift, None, fall).await.unwrap();
        let bok = self.tjanst.bok(&drift, Atgard::LasaMedel, None).await;
        jamfor(p, &bok.unwrap());
        let mut b = Webblasare::inloggad(&self.router, &konto, "en lång hemlig fras").await;
        let medel = b.hamta("/medel").await;
        assert_eq!(medel.status, StatusCode::OK, "{}", medel.text);
        let medel = slatt(&bara_text(&medel.text));
        let alla = sidornas(p);
        for (bidrag, ar, tillgangligt, tal) in &alla {
            let var = format!("medel, b{bidrag} {ar}");
            innehaller(&var, &medel, tillgangligt, p);
            innehaller(&var, &medel, tal, p);
        }
        // One report of each paper, and every eighth as a PDF.
        let (bidrag, ar, _, tal) = &alla[nr % alla.len()];
        let format = match nr % 8 {
            0 => Format::Pdf,
            n if n % 2 == 0 => Format::Docx,
            _ => Format::Html,
        };
        let fraga = Bidragsrapport {
            bidrag: format!("b{bidrag}"),
            ar: Some(*ar),
            per: Some(PerDag("2026-11-20".parse().unwrap())),
            adress: "http://utfall.test".into(),
            format,
        };
        let (bytes, _) = self.tjanst.bidragsrapport(&drift, fraga).await.unwrap();
        let text = match format {
            Format::Html => html_text(&bytes),
            Format::Docx => docx_text(&bytes),
            Format::Pdf => pdf_text(&bytes),
        };
        innehaller(&format!("{format:?}, b{bidrag} {ar}"), &text, tal, p);
    }
}

fn innehaller(var: &str, text: &str, tal: &[String], p: &Papper) {
    for kr in tal {
        assert!(text.contains(kr), "{var}: {kr} saknas i {text}\n{p:#?}");
    }
}

fn prova(antal: u32) {
    let korning = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let prov = korning.block_on(async { Prov::ny() });
    let installning = Config {
        cases: antal,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..Config::default()
    };
    let slump = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut provare = TestRunner::new_with_rng(installning, slump);
    let nummer = std::cell::Cell::new(0);
    provare
        .run(&papper(), |p| {
            let nr = nummer.replace(nummer.get() + 1);
            korning.block_on(prov.ett_blandat(nr, &p));
            Ok::<(), TestCaseError>(())
        })
        .unwrap();
}

/// Forty in the suite, or as many as `UTFALL_BLANDADE` says.
#[expect(clippy::disallowed_methods, reason = "hur många papper står i miljön")]
fn hur_manga() -> u32 {
    let sagt = std::env::var("UTFALL_BLANDADE").ok();
    sagt.map_or(40, |n| n.parse().expect("UTFALL_BLANDADE är ett antal"))
}

#[test]
fn mixed_papers_are_counted_as_they_say() {
    prova(hur_manga());
}
