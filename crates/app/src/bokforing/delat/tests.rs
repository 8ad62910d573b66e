//! The months that are asked for are divided as they are when all of them are.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::cell::Cell;
use utfall_domain::id::{BidragId, InsatsId, KonteringId};
use utfall_domain::medel::kontering::{Betalas, Regel};

const KONTON: [u32; 3] = [5010, 6110, 7510];

fn id<T>(ny: impl Fn(i64) -> Option<T>, nr: usize) -> T {
    ny(i64::try_from(nr).unwrap() + 1).unwrap()
}

/// Three accounts on each of two initiatives.
fn konteringar() -> Konteringar {
    let alla = (0..6).map(|nr| {
        let objekt = vec![(6, ["P1", "P2"][nr / 3].to_owned())];
        let kontering = Kontering::ny("999900-0012", KONTON[nr % 3], objekt);
        (id(KonteringId::ny, nr), (kontering, None))
    });
    alla.collect()
}

fn regler() -> Koppling {
    let regel = |(nr, projekt): (usize, &str)| Regel {
        objekt: vec![(6, projekt.to_owned())],
        till: Some(Till {
            insats: id(InsatsId::ny, nr),
            bidrag: None,
            organisation: None,
        }),
        ..Regel::default()
    };
    Koppling {
        regler: ["P1", "P2"].into_iter().enumerate().map(regel).collect(),
        ..Koppling::default()
    }
}

fn summor() -> impl Strategy<Value = Vec<Summa>> {
    let en = (0..6_usize, 2024..2027_i16, 1..=12_i8, -9_999..9_999_i64);
    prop::collection::btree_map((0..6_usize, 0..36_usize), en, 0..60).prop_map(|alla| {
        let summa = |(_, (kontering, ar, manad, ore))| Summa {
            kontering: id(KonteringId::ny, kontering),
            manad: date(ar, manad, 1),
            ore,
            antal: 1,
        };
        let mut ut: Vec<Summa> = alla.into_iter().map(summa).collect();
        ut.sort();
        ut.dedup_by_key(|s| (s.kontering, s.manad));
        ut
    })
}

proptest! {
    #[test]
    fn some_months_are_divided_as_when_all_are(
        summor in summor(),
        vikter in prop::collection::vec(1..9_i64, 1..4),
        konto in 0..3_usize,
        (fran, antal) in (0..36_i32, 1..8_i32),
    ) {
        let (konteringar, regler) = (konteringar(), regler());
        let vikter: Vec<(BidragId, i64)> =
            vikter.iter().enumerate().map(|(nr, v)| (id(BidragId::ny, nr), *v)).collect();
        // In one of the years a grant pays alone.
        let hemvist = |_: Till, ar: i16| Hemvist {
            betalas: Betalas::Av(vikter[..if ar == 2025 { 1 } else { vikter.len() }].to_vec()),
            organisation: None,
        };
        let vald = |k: &Kontering| k.konto == KONTON[konto];
        let forsta = date(2024, 1, 1) + jiff::Span::new().months(fran);
        let sista = forsta + jiff::Span::new().months(antal) - jiff::Span::new().days(1);
        let manad = |m: Date| inom_manad(m, (forsta, sista));
        let bokat = (&konteringar, summor.as_slice());
        let mut vantat = delningar(bokat, &regler, (vald, |_| true), hemvist);
        vantat.retain(|n, _| manad(n.manad));
        let raknade = Cell::new(0_usize);
        let svar = delningar(bokat, &regler, (vald, manad), |till, ar| {
            raknade.set(raknade.get() + 1);
            hemvist(till, ar)
        });
        prop_assert_eq!(svar, vantat);
        // And the others are not gone through: a sum is placed twice, and its fact once more.
        let inom = summor.iter().filter(|s| manad(s.manad)).count();
        prop_assert!(raknade.get() <= 3 * inom, "{} of {}", raknade.get(), inom);
    }
}
