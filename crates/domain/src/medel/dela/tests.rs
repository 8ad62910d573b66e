use super::*;
use proptest::prelude::*;

fn kr(delar: &[i64]) -> Vec<Ore> {
    delar.iter().map(|d| Ore(d * 100)).collect()
}

#[test]
fn halves_are_halves_and_the_odd_krona_goes_to_the_first() {
    let halva = [1, 1];
    assert_eq!(
        i_kronor(Ore(70_000_000), &halva),
        Ok(Some(kr(&[350_000, 350_000])))
    );
    assert_eq!(i_kronor(Ore(300), &halva), Ok(Some(kr(&[2, 1]))));
    assert_eq!(efter_vikt(Ore(1), &halva), Ok(Some(vec![Ore(1), Ore(0)])));
}

#[test]
fn a_pot_of_eight_and_six_millions_is_split_on_every_row() {
    // The paper's fifteen rows of a pot of 8 + 6 Mkr: each row adds up, and so do the sources.
    let rader = [
        1_400, 150, 100, 530, 2_070, 1_600, 1_500, 700, 500, 2_600, 300, 200, 150, 1_252, 235,
    ];
    let mut kallor = [0_i64, 0];
    for tkr in rader {
        let delar = i_kronor(Ore(tkr * 100_000), &[8, 6]).unwrap().unwrap();
        assert_eq!(delar.iter().map(|d| d.0).sum::<i64>(), tkr * 100_000);
        for (k, d) in kallor.iter_mut().zip(delar) {
            *k += d.0;
        }
    }
    assert_eq!(kallor.iter().sum::<i64>(), 13_287 * 100_000);
    assert!((kallor[0] - 13_287 * 100_000 * 8 / 14).abs() <= 15 * 100);
}

#[test]
fn without_weights_there_are_no_parts() {
    assert_eq!(efter_vikt(Ore(100), &[]), Ok(None));
    assert_eq!(efter_vikt(Ore(100), &[0, 0]), Ok(None));
    assert_eq!(efter_vikt(Ore(100), &[3, -1]), Ok(None));
    assert_eq!(efter_vikt(Ore(100), &[i64::MAX, 1]), Err(Overflow));
}

proptest! {
    #[test]
    fn parts_add_up_and_are_within_an_ore_of_their_share(
        belopp in -1_000_000_000_000_i64..1_000_000_000_000,
        vikter in prop::collection::vec(0_i64..1_000_000, 1..20),
    ) {
        let delar = efter_vikt(Ore(belopp), &vikter).unwrap();
        let summa: i64 = vikter.iter().sum();
        prop_assume!(summa > 0);
        let delar = delar.unwrap();
        prop_assert_eq!(delar.iter().map(|d| d.0).sum::<i64>(), belopp);
        for (d, v) in delar.iter().zip(&vikter) {
            let fel = i128::from(d.0) * i128::from(summa) - i128::from(belopp) * i128::from(*v);
            prop_assert!(fel.abs() < i128::from(summa));
            prop_assert!(*v > 0 || d.0 == 0);
        }
        let kronor = i_kronor(Ore(belopp / 100 * 100), &vikter).unwrap().unwrap();
        prop_assert_eq!(kronor.iter().map(|d| d.0).sum::<i64>(), belopp / 100 * 100);
        prop_assert!(kronor.iter().all(|d| d.0 % 100 == 0));
    }
}
