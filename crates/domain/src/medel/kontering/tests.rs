//! The arithmetic against an oracle that goes through plain lists and shares no code with it.

use super::*;
use crate::faktum::{Bokforingskalla, Faktum, FaktumSlag};
use crate::id::{FaktumId, KonteringId};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A number from 1 for a place from 0.
fn nr(plats: usize) -> i64 {
    i64::try_from(plats).unwrap() + 1
}

fn insats(nr: i64) -> InsatsId {
    InsatsId::ny(nr).unwrap()
}

fn till(nr: i64) -> Till {
    Till {
        insats: insats(nr),
        bidrag: None,
        organisation: None,
    }
}

fn konton(fran: u32, till: u32) -> Vec<Intervall> {
    vec![Intervall { fran, till }]
}

fn kontering(konto: u32, objekt: &[(u32, &str)]) -> Kontering {
    let objekt = objekt.iter().map(|(d, o)| (*d, (*o).to_owned())).collect();
    Kontering::ny("2120000000", konto, objekt)
}

fn raknas(k: &Koppling, kont: &Kontering) -> Option<(i64, Konteringsslag, Option<String>)> {
    match k.tolka(kont, None, 2026).unwrap() {
        Tolkning::Raknas {
            till,
            slag,
            kostnadsslag,
        } => Some((till.insats.nummer(), slag, kostnadsslag)),
        _ => None,
    }
}

#[test]
fn the_most_particular_rule_wins_for_each_thing_it_says() {
    let k = Koppling {
        regler: vec![
            Regel {
                objekt: vec![(6, "P1".into())],
                till: Some(till(1)),
                ..Regel::default()
            },
            Regel {
                objekt: vec![(1, "K9".into()), (6, "P1".into())],
                till: Some(till(2)),
                ..Regel::default()
            },
            Regel {
                konton: konton(5000, 5999),
                kostnadsslag: Some("Personal".into()),
                ..Regel::default()
            },
            Regel {
                konton: konton(5060, 5060),
                kostnadsslag: Some("Handledare".into()),
                ..Regel::default()
            },
            Regel {
                konton: konton(7000, 7099),
                objekt: vec![(6, "P1".into())],
                slag: Some(Konteringsslag::Balans),
                ..Regel::default()
            },
        ],
        ..Koppling::default()
    };
    assert!(k.krockar().is_empty());
    let personal = |nr| Some((nr, Konteringsslag::Kostnad, Some("Personal".to_owned())));
    assert_eq!(raknas(&k, &kontering(5010, &[(6, "P1")])), personal(1));
    let bada = kontering(5010, &[(6, "P1"), (1, "K9")]);
    assert_eq!(raknas(&k, &bada), personal(2));
    let handledare = raknas(&k, &kontering(5060, &[(6, "P1")])).unwrap();
    assert_eq!(handledare.2.as_deref(), Some("Handledare"));
    assert_eq!(raknas(&k, &kontering(7010, &[(6, "P1")])), None);
    assert_eq!(raknas(&k, &kontering(1930, &[(6, "P1")])), None, "balans");
    assert_eq!(
        k.tolka(&kontering(5010, &[(6, "P2")]), None, 2026),
        Ok(Tolkning::Okopplad(Konteringsslag::Kostnad))
    );
}

#[test]
fn the_chart_says_what_an_account_is_and_else_its_first_digit() {
    use Konteringsslag as S;
    let slag = |konto, typ| kontering(konto, &[]).slag(typ);
    for (konto, vantat) in [
        (1930, S::Balans),
        (2440, S::Balans),
        (3010, S::AnnanIntakt),
        (3510, S::Bidragsintakt),
        (3987, S::Bidragsintakt),
        (4010, S::Kostnad),
        (8410, S::Kostnad),
    ] {
        assert_eq!(slag(konto, None), vantat, "{konto}");
    }
    assert_eq!(slag(1930, Some(Kontotyp::Kostnad)), S::Kostnad);
    assert_eq!(slag(4010, Some(Kontotyp::Tillgang)), S::Balans);
}

#[test]
fn rules_that_are_equally_near_and_disagree_are_named() {
    let regel = |konton: Vec<Intervall>, nr| Regel {
        konton,
        till: Some(till(nr)),
        ..Regel::default()
    };
    let k = |regler| Koppling {
        regler,
        ..Koppling::default()
    };
    let krock = k(vec![
        regel(konton(5000, 5099), 1),
        regel(konton(6000, 6099), 2),
        regel(konton(5050, 5149), 2),
    ]);
    assert_eq!(krock.krockar(), [Krock(0, 2)]);
    assert_eq!(
        krock.tolka(&kontering(5060, &[]), None, 2026),
        Err(Krock(0, 2)),
        "and nothing is counted by chance"
    );
    assert!(krock.tolka(&kontering(5010, &[]), None, 2026).is_ok());
    // The same words, or one more particular than the other: no quarrel.
    for tyst in [
        vec![regel(konton(5000, 5099), 1), regel(konton(5050, 5149), 1)],
        vec![regel(konton(5000, 5099), 1), regel(konton(5050, 5060), 2)],
    ] {
        assert!(k(tyst).krockar().is_empty());
    }
    let projekt = |nr: i64, objekt: &str| Regel {
        objekt: vec![(6, objekt.to_owned())],
        till: Some(till(nr)),
        ..Regel::default()
    };
    assert!(
        k(vec![projekt(1, "A"), projekt(2, "B")])
            .krockar()
            .is_empty()
    );
    assert_eq!(k(vec![projekt(1, "A"), projekt(2, "A")]).krockar().len(), 1);
}

#[test]
fn income_makes_less_spent_and_grants_do_not() {
    let mut konteringar = Konteringar::new();
    for (nr, konto) in [(1, 5010), (2, 3010), (3, 3510)] {
        konteringar.insert(
            KonteringId::ny(nr).unwrap(),
            (kontering(konto, &[(6, "P1")]), None),
        );
    }
    let summor: Vec<Summa> = [(1, 10_000), (2, -3_000), (3, -50_000)]
        .into_iter()
        .map(|(nr, ore)| Summa {
            kontering: KonteringId::ny(nr).unwrap(),
            manad: date(2026, 3, 1),
            ore,
            antal: 1,
        })
        .collect();
    let koppling = Koppling {
        regler: vec![Regel {
            objekt: vec![(6, "P1".into())],
            till: Some(till(1)),
            ..Regel::default()
        }],
        ..Koppling::default()
    };
    let ut = onskade(&konteringar, &summor, &[], &koppling, |_, _| Hemvist {
        betalas: Betalas::Av(vec![(BidragId::ny(7).unwrap(), 1)]),
        organisation: None,
    })
    .unwrap();
    let tal: Vec<(FaktumSlag, Option<&str>, i64)> = ut
        .fakta
        .iter()
        .map(|(n, ore)| (n.slag, n.kategori.as_deref(), *ore))
        .collect();
    assert_eq!(
        tal,
        [
            (FaktumSlag::Anvant, None, 10_000),
            (FaktumSlag::Anvant, Some(ANNAN_INTAKT), -3_000),
            (FaktumSlag::BokfortBidrag, None, 50_000),
        ]
    );
    assert!(ut.fakta.keys().all(|n| n.bidrag == BidragId::ny(7)));
}

/// A row as the oracle sees it.
#[derive(Clone, Debug)]
struct Rad {
    kontering: usize,
    manad: i8,
    ore: i64,
}

const KONTON: [u32; 5] = [1930, 3010, 3510, 5010, 6110];
const PROJEKT: [&str; 3] = ["A", "B", "C"];

/// The oracle's own reading: the last digit of the world is written out by hand.
fn facit(rader: &[Rad], ager: [Option<i64>; 3]) -> Vec<(i64, &'static str, String, i8, i64)> {
    let mut ut: Vec<(i64, &'static str, String, i8, i64)> = Vec::new();
    for rad in rader {
        let (konto, projekt) = (KONTON[rad.kontering % 5], rad.kontering / 5);
        let Some(insats) = ager[projekt] else {
            continue;
        };
        let (slag, kategori, ore) = match konto {
            1930 => continue,
            3010 => ("anvant", "Annan intäkt", rad.ore),
            3510 => ("bokfort_bidrag", "", -rad.ore),
            5010 => ("anvant", "Löner", rad.ore),
            _ => ("anvant", "", rad.ore),
        };
        let finns = ut.iter_mut().find(|(i, s, k, m, _)| {
            (*i, *s, k.as_str(), *m) == (insats, slag, kategori, rad.manad)
        });
        match finns {
            Some(rad) => rad.4 += ore,
            None => ut.push((insats, slag, kategori.to_owned(), rad.manad, ore)),
        }
    }
    ut.sort();
    ut
}

fn regler(ager: [Option<i64>; 3]) -> Koppling {
    let mut regler = vec![Regel {
        konton: konton(5000, 5999),
        kostnadsslag: Some("Löner".into()),
        ..Regel::default()
    }];
    for (nr, projekt) in ager.into_iter().zip(PROJEKT) {
        regler.extend(nr.map(|nr| Regel {
            objekt: vec![(6, projekt.into())],
            till: Some(till(nr)),
            ..Regel::default()
        }));
    }
    Koppling {
        regler,
        ..Koppling::default()
    }
}

fn alla_konteringar() -> Konteringar {
    (0..15_usize)
        .map(|plats| {
            let k = kontering(KONTON[plats % 5], &[(6, PROJEKT[plats / 5])]);
            (KonteringId::ny(nr(plats)).unwrap(), (k, None))
        })
        .collect()
}

fn som_summor(rader: &[Rad]) -> Vec<Summa> {
    rader
        .iter()
        .map(|r| Summa {
            kontering: KonteringId::ny(nr(r.kontering)).unwrap(),
            manad: date(2026, r.manad, 1),
            ore: r.ore,
            antal: 1,
        })
        .collect()
}

fn liggare(fakta: &mut Vec<Faktum>, andrade: &[Andrad]) {
    for a in andrade {
        let id = FaktumId::ny(nr(fakta.len())).unwrap();
        fakta.push(Faktum {
            id,
            registrerad: "2026-05-01T08:00:00Z".parse().unwrap(),
            registrerad_av: crate::id::AnvandareId::FORSTA,
            fakta: a.faktum(Bokforingskalla::default(), "prov"),
        });
    }
}

fn som_facit(fakta: &[Faktum]) -> Vec<(i64, &'static str, String, i8, i64)> {
    let mut ut: Vec<_> = crate::faktum::gallande(fakta, None)
        .iter()
        .map(|f| {
            let g = f.galler();
            (
                g.insats.unwrap().nummer(),
                f.fakta.slag.kod(),
                g.kategori.clone().unwrap_or_default(),
                g.period_fran.unwrap().month(),
                f.varde().kant().unwrap(),
            )
        })
        .collect();
    ut.sort();
    ut
}

fn rader() -> impl Strategy<Value = Vec<Rad>> {
    let rad = (0..15_usize, 1..=4_i8, -5_000..5_000_i64);
    prop::collection::vec(
        rad.prop_map(|(kontering, manad, ore)| Rad {
            kontering,
            manad,
            ore,
        }),
        0..40,
    )
}

fn ager() -> impl Strategy<Value = [Option<i64>; 3]> {
    prop::array::uniform3(prop::option::of(1..=3_i64))
}

proptest! {
    /// Whatever is booked and however it is mapped, again and again: the facts in force are
    /// the oracle's, a second look changes nothing, and no key has two facts.
    #[test]
    fn facts_follow_the_books_through_any_sequence(
        steg in prop::collection::vec((rader(), ager()), 1..6),
    ) {
        let konteringar = alla_konteringar();
        let mut fakta: Vec<Faktum> = Vec::new();
        for (rader, ager) in steg {
            let vill = onskade(
                &konteringar, &som_summor(&rader), &[], &regler(ager),
                |_, _| Hemvist::default(),
            ).unwrap();
            let gallande: Vec<Faktum> =
                crate::faktum::gallande(&fakta, None).into_iter().cloned().collect();
            liggare(&mut fakta, &skillnad(&vill.fakta, &gallande));
            prop_assert_eq!(som_facit(&fakta), facit(&rader, ager));
            let gallande = crate::faktum::gallande(&fakta, None);
            let nycklar: BTreeSet<Faktanyckel> =
                gallande.iter().filter_map(|f| Faktanyckel::av(&f.fakta)).collect();
            prop_assert_eq!(nycklar.len(), gallande.len());
            let gallande: Vec<Faktum> = gallande.into_iter().cloned().collect();
            prop_assert!(skillnad(&vill.fakta, &gallande).is_empty());
            let okopplat: i64 = vill.okopplade.values().map(|o| o.ore).sum();
            let vantat: i64 = rader.iter()
                .filter(|r| KONTON[r.kontering % 5] != 1930 && ager[r.kontering / 5].is_none())
                .map(|r| r.ore).sum();
            prop_assert_eq!(okopplat, vantat, "nothing is lost between the two");
        }
    }
}

#[test]
fn which_rule_goes_before_which_is_told_with_why() {
    let regel = |konton: &str, objekt: &str, ord: &str| Regel {
        konton: las_konton(konton).unwrap(),
        objekt: las_objekt(objekt).unwrap(),
        kostnadsslag: Some(ord.into()),
        ..Regel::default()
    };
    let koppling = Koppling {
        regler: vec![
            regel("5000-5999", "", "Personal"),
            regel("5010", "", "Lön"),
            regel("", "6:2601", "Projekt"),
            regel("7000-7999", "", "Annat"),
            // Says the same as the first: nothing goes before anything.
            regel("5100-5199", "", "Personal"),
        ],
        ..Koppling::default()
    };
    let fler = "den säger fler objekt";
    assert_eq!(
        koppling.foretraden(),
        [
            (1, 0, "den gäller färre konton"),
            (2, 0, fler),
            (2, 1, fler),
            (2, 3, fler),
            (2, 4, fler),
        ]
    );
}
