use super::*;
use proptest::prelude::*;

/// Amounts in kronor, through a month.
fn u(manad: i8, utfall: &[(usize, i64)]) -> Prognosunderlag {
    let mut ut = Prognosunderlag {
        manad,
        bokfort: true,
        ..Prognosunderlag::default()
    };
    for (m, kr) in utfall {
        ut.utfall[m - 1] = Some(kr * 100);
    }
    ut
}

fn kr(metod: Prognosmetod, u: &Prognosunderlag) -> Result<i64, Hinder> {
    rest(metod, u).map(|r| r.belopp / 100)
}

#[test]
fn the_same_pace_goes_on() {
    // 300 000 in three months is 100 000 a month; nine remain.
    let tre = u(3, &[(1, 90_000), (2, 110_000), (3, 100_000)]);
    assert_eq!(kr(Prognosmetod::Linjar, &tre), Ok(900_000));
    assert_eq!(
        mening(&tre, rest(Prognosmetod::Linjar, &tre).unwrap(), None),
        "Samma takt som januari–mars (3 månader) i de 9 som är kvar."
    );
    // A booked month without a cost is part of the pace, and so is one that is missing.
    let hal = u(3, &[(1, 90_000), (3, 210_000)]);
    assert_eq!(kr(Prognosmetod::Linjar, &hal), Ok(900_000));
}

#[test]
fn a_late_start_is_not_taken_for_a_slow_pace() {
    // 200 000 in April and May. From January it would be 40 000 a month and 280 000 more.
    let sen = u(5, &[(4, 90_000), (5, 110_000)]);
    let rest = rest(Prognosmetod::Linjar, &sen).unwrap();
    assert_eq!(rest.belopp, 700_000 * 100);
    assert!(sen_start(&sen, None) && !sen_start(&sen, Some(4)));
    let ord = mening(&sen, rest, Some(2));
    assert_eq!(
        ord,
        "Kom igång senare än planerat: första kostnaden är i april, planerat var februari. Takten \
         räknas på april–maj (2 månader) och gäller de 7 som är kvar."
    );
}

#[test]
fn nothing_booked_is_a_late_start_only_where_others_are_booked() {
    let mut tyst = u(4, &[]);
    tyst.budget = Some(1_200_000 * 100);
    assert_eq!(kr(Prognosmetod::Linjar, &tyst), Ok(800_000));
    assert!(sen_start(&tyst, None));
    tyst.bokfort = false;
    assert_eq!(kr(Prognosmetod::Linjar, &tyst), Err(Hinder::IngetBokfort));
    assert!(!sen_start(&tyst, None));
}

#[test]
fn positions_cost_what_they_cost_in_the_months_that_remain() {
    let mut t = u(9, &[(1, 1)]);
    assert_eq!(kr(Prognosmetod::Tjanster, &t), Err(Hinder::IngaTjanster));
    let mut manader = [0_i64; 12];
    manader[9] = 5_000_000;
    manader[10] = 5_000_000;
    manader[8] = 900;
    t.tjanster = Some(manader);
    assert_eq!(kr(Prognosmetod::Tjanster, &t), Ok(100_000));
    // What the nine months cost is not nothing because nobody has booked it.
    t.utfall = [None; 12];
    assert_eq!(kr(Prognosmetod::Tjanster, &t), Ok(100_000));
    t.bokfort = false;
    assert_eq!(kr(Prognosmetod::Tjanster, &t), Err(Hinder::IngetBokfort));
}

#[test]
fn last_years_profile_is_used_of_this_years_money() {
    // By June a quarter was used last year: 100 of 400. This year 150, so 450 remain.
    let mut p = u(6, &[(6, 150_000)]);
    p.forra[2] = Some(100_000 * 100);
    p.forra[8] = Some(300_000 * 100);
    assert_eq!(kr(Prognosmetod::ForraAret, &p), Ok(450_000));
    p.forra[2] = None;
    assert_eq!(kr(Prognosmetod::ForraAret, &p), Err(Hinder::IngetForra));
}

#[test]
fn an_own_figure_is_of_the_whole_year_and_never_less_than_what_is_used() {
    let mut e = u(6, &[(1, 250_000)]);
    assert_eq!(kr(Prognosmetod::Egen, &e), Err(Hinder::IngenEgen));
    e.egen = Some(400_000 * 100);
    assert_eq!(kr(Prognosmetod::Egen, &e), Ok(150_000));
    e.egen = Some(200_000 * 100);
    let passerad = rest(Prognosmetod::Egen, &e).unwrap();
    assert_eq!(passerad.belopp, 0);
    assert!(mening(&e, passerad, None).contains("passerat"));
}

#[test]
fn a_year_that_is_over_is_its_outcome_and_a_stated_total_is_all() {
    let slut = u(12, &[(1, 10)]);
    for metod in Prognosmetod::ALLA {
        assert_eq!(kr(*metod, &slut), Ok(0), "{}", metod.kod());
    }
    let mut total = u(6, &[]);
    total.utan_manad = Some(680_000 * 100);
    assert_eq!(kr(Prognosmetod::Linjar, &total), Ok(0));
}

#[test]
fn rounding_is_to_whole_kronor_and_is_told() {
    // 100 kr in three months: 300 more exactly. 100 kr in seven: 71,43 more.
    let jamn = u(3, &[(1, 100)]);
    let r = rest(Prognosmetod::Linjar, &jamn).unwrap();
    assert!(!r.avrundat && !mening(&jamn, r, None).contains("Avrundat"));
    let ojamn = u(7, &[(1, 100)]);
    let r = rest(Prognosmetod::Linjar, &ojamn).unwrap();
    assert_eq!((r.belopp, r.avrundat), (7_100, true));
    assert!(mening(&ojamn, r, None).ends_with("Avrundat till hela kronor."));
}

proptest! {
    /// With a second arithmetic: in tenths of a krona by long division, month by month.
    #[test]
    fn forecasts_are_never_below_what_is_used_and_agree_with_long_division(
        manad in 1_i8..12,
        utfall in proptest::array::uniform12(proptest::option::of(0_i64..90_000_000)),
        egen in 0_i64..900_000_000,
    ) {
        let underlag = Prognosunderlag {
            manad,
            utfall,
            bokfort: true,
            egen: Some(egen),
            budget: Some(1_200),
            forra: utfall,
            ..Prognosunderlag::default()
        };
        for metod in Prognosmetod::ALLA {
            if let Ok(r) = rest(*metod, &underlag) {
                prop_assert!(r.belopp >= 0, "{}", metod.kod());
            }
        }
        let hittills = underlag.hittills().unwrap_or(0);
        if let (Some(fran), Ok(r)) = (underlag.borjade(), rest(Prognosmetod::Linjar, &underlag)) {
            // |rest × n − used × months left| is at most half a krona of each of the n.
            let n = i64::from(manad - fran + 1);
            let skillnad = r.belopp * n - hittills * i64::from(12 - manad);
            prop_assert!(2 * skillnad.abs() <= 100 * n, "{skillnad} {r:?}");
        }
    }
}

/// An initiative that is planned to end in June costs nothing after June.
#[test]
fn the_pace_goes_on_no_longer_than_what_is_planned() {
    let mut juni = u(
        5,
        &[
            (1, 100_000),
            (2, 100_000),
            (3, 100_000),
            (4, 100_000),
            (5, 100_000),
        ],
    );
    juni.slut = Some(6);
    let vantat = rest(Prognosmetod::Linjar, &juni).unwrap();
    assert_eq!(vantat.belopp, 100_000 * 100);
    assert_eq!(
        mening(&juni, vantat, None),
        "Samma takt som januari–maj (5 månader) i de 1 som är kvar till och med juni, då \
         tjänsterna slutar."
    );
    juni.manad = 8;
    let vantat = rest(Prognosmetod::Linjar, &juni).unwrap();
    assert_eq!(vantat.belopp, 0);
    assert_eq!(
        mening(&juni, vantat, None),
        "Tjänsterna är planerade till och med juni, så inget mer väntas i år."
    );
    let mut tyst = u(4, &[]);
    (tyst.budget, tyst.slut) = (Some(1_200_000 * 100), Some(6));
    assert_eq!(kr(Prognosmetod::Linjar, &tyst), Ok(200_000));
}
