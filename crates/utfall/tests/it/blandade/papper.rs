//! Drawing a paper, and writing it in the format.

use proptest::prelude::{Just, Strategy, any};
use serde_json::{Value, json};

/// The years that are drawn.
pub(super) const AR: std::ops::RangeInclusive<i16> = 2024..=2026;

/// An amount in kronor, if the paper states it.
pub(super) type Sagt = Option<i64>;

/// One board's year: who, what it got and what it used.
type Namnd = (usize, Sagt, Sagt);

#[derive(Clone, Debug)]
pub(super) struct Bidragsar {
    pub(super) ar: i16,
    pub(super) obeslutat: bool,
    pub(super) tilldelat: Sagt,
    pub(super) rekvirerat: Sagt,
    pub(super) anvant: Sagt,
    pub(super) in_: Sagt,
    pub(super) ut: Sagt,
    pub(super) namnder: Vec<Namnd>,
}

#[derive(Clone, Debug)]
pub(super) struct Bidrag {
    pub(super) finansiar: usize,
    pub(super) ar: Vec<Bidragsar>,
}

#[derive(Clone, Debug)]
pub(super) struct Insats {
    pub(super) bidrag: Option<usize>,
    pub(super) flera_ansvarar: bool,
    /// Year, budget, outcome.
    pub(super) ekonomi: Vec<(i16, Sagt, Sagt)>,
}

#[derive(Clone, Debug)]
pub(super) struct Rad {
    pub(super) insats: usize,
    pub(super) finansiar: Option<usize>,
    pub(super) ar: i16,
    pub(super) nytt: Sagt,
    pub(super) over: Sagt,
    pub(super) totalt: Sagt,
}

#[derive(Clone, Debug)]
pub(super) struct Tabell {
    pub(super) bidrag: Vec<usize>,
    pub(super) forslag: bool,
    pub(super) igen: bool,
    pub(super) rader: Vec<Rad>,
}

#[derive(Clone, Debug)]
pub(super) struct Papper {
    pub(super) bidrag: Vec<Bidrag>,
    pub(super) insatser: Vec<Insats>,
    pub(super) tabeller: Vec<Tabell>,
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

pub(super) fn papper() -> impl Strategy<Value = Papper> {
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
    pub(super) fn json(&self, slug: &str) -> Value {
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
    pub(super) fn delar(&self) -> (Sagt, Sagt) {
        match (self.nytt, self.over, self.totalt) {
            (None, None, t) => (t, None),
            (None, Some(o), Some(t)) => (Some(t - o), Some(o)),
            (Some(n), None, Some(t)) => (Some(n), Some(t - n)),
            (n, o, _) => (n, o),
        }
    }
}
