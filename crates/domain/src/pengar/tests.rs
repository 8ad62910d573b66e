use super::*;
use proptest::prelude::*;

fn las(text: &str) -> (i64, i64) {
    let belopp = Belopp::las(text).unwrap();
    (belopp.ore.0, belopp.precision.halv())
}

#[test]
fn papers_ways_of_writing_are_read() {
    assert_eq!(las("8 052 000 kr"), (805_200_000, 0));
    assert_eq!(las("1 400 tkr"), (140_000_000, 50_000));
    assert_eq!(las("680\u{a0}tkr"), (68_000_000, 50_000));
    assert_eq!(las("14 Mkr"), (1_400_000_000, 50_000_000));
    assert_eq!(las("12,5 Mkr"), (1_250_000_000, 5_000_000));
    assert_eq!(las("500.000 SEK"), (50_000_000, 0));
    assert_eq!(las("1750000kr"), (175_000_000, 0));
    assert_eq!(las("-700 000 kr"), (-70_000_000, 0));
    assert_eq!(las("\u{2212}3 586,50 kronor"), (-358_650, 0));
}

#[test]
fn a_wrong_amount_is_refused_by_name() {
    assert_eq!(Belopp::las("kr"), Err(BeloppFel::IngetTal));
    assert_eq!(Belopp::las("8 052 000"), Err(BeloppFel::Enhet));
    assert_eq!(Belopp::las("8 052 000 euro"), Err(BeloppFel::Enhet));
    assert_eq!(Belopp::las("1.5 Mkr"), Err(BeloppFel::Felskrivet));
    assert_eq!(Belopp::las("80 52 kr"), Err(BeloppFel::Felskrivet));
    assert_eq!(Belopp::las("1,2,3 kr"), Err(BeloppFel::Felskrivet));
    assert_eq!(Belopp::las("1,234 kr"), Err(BeloppFel::Decimaler));
    assert_eq!(
        Belopp::las("99999999999999999999 kr"),
        Err(BeloppFel::ForStort)
    );
    assert_eq!(
        Belopp::las("9 223 372 036 854 775 807 Mkr"),
        Err(BeloppFel::ForStort)
    );
}

#[test]
fn amounts_are_shown_as_swedes_write_them() {
    assert_eq!(Ore(805_200_000).to_string(), "8\u{a0}052\u{a0}000");
    assert_eq!(Ore(-358_650).to_string(), "\u{2212}3\u{a0}586,50");
    assert_eq!(Ore(0).to_string(), "0");
    assert_eq!(
        Belopp::las("680 tkr").unwrap().som_skrivet(),
        "680\u{a0}tkr"
    );
    assert_eq!(
        Belopp::las("12,5 Mkr").unwrap().som_skrivet(),
        "12,5\u{a0}Mkr"
    );
}

#[test]
fn sums_that_do_not_fit_are_errors() {
    assert_eq!(Ore(i64::MAX).plus(Ore(1)), Err(Overflow));
    assert_eq!(Ore(i64::MIN).minus(Ore(1)), Err(Overflow));
    assert_eq!(Ore::kronor(i64::MAX), Err(Overflow));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,40}") {
        let _ = Belopp::las(&text);
    }

    #[test]
    fn what_is_shown_is_read_back(ore in -1_000_000_000_000_i64..1_000_000_000_000) {
        let text = format!("{} kr", Ore(ore));
        prop_assert_eq!(Belopp::las(&text).map(|b| b.ore), Ok(Ore(ore)));
    }
}
