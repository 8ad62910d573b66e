//! What must hold for any text and any number. Nothing that fails is written to a file.

use super::*;
use proptest::prelude::*;

fn installning() -> ProptestConfig {
    ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn nagon_dag() -> impl Strategy<Value = Date> {
    (1950_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(ar, manad, dag)| date(ar, manad, dag))
}

/// Any year and a day that mostly is one, also of a samordningsnummer; a birth number of the
/// series or 000.
fn nio_siffror() -> impl Strategy<Value = String> {
    let fodelsenummer = prop_oneof![19 => 980_u16..=999, 1 => Just(0_u16)];
    (
        0_u8..100,
        0_u8..=13,
        0_u8..=33,
        any::<bool>(),
        fodelsenummer,
    )
        .prop_map(|(ar, manad, dag, samordning, nummer)| {
            let dag = if samordning { dag + 60 } else { dag };
            format!("{ar:02}{manad:02}{dag:02}{nummer:03}")
        })
}

/// A number as somebody writes it, mostly with the right check digit.
fn skrivet() -> impl Strategy<Value = String> {
    let sekel = prop_oneof![4 => Just(""), 3 => Just("19"), 2 => Just("20"), 1 => Just("18"),
        1 => Just("17")];
    let tecken = prop_oneof![Just(""), Just("-"), Just("+"), Just(" - "), Just("\u{a0}+")];
    let siffra = prop_oneof![9 => Just(None), 1 => (0_u8..10).prop_map(Some)];
    (nio_siffror(), sekel, tecken, siffra).prop_map(|(nio, sekel, tecken, siffra)| {
        let siffra = siffra.map_or_else(|| andra::kontrollsiffra(&nio), |s| char::from(b'0' + s));
        format!("{sekel}{}{tecken}{}{siffra}", &nio[..6], &nio[6..])
    })
}

/// A valid number in ten digits with its sign.
fn giltigt() -> impl Strategy<Value = String> {
    (
        1_i16..220,
        1_i8..=12,
        1_i8..=28,
        any::<bool>(),
        980_u16..=999,
    )
        .prop_map(|(for_ar_sedan, manad, dag, samordning, nummer)| {
            let ar = i_dag().year() - for_ar_sedan;
            let dag = if samordning { dag + 60 } else { dag };
            let nio = format!("{:02}{manad:02}{dag:02}{nummer:03}", ar.rem_euclid(100));
            let tecken = if for_ar_sedan >= 100 { '+' } else { '-' };
            format!(
                "{}{tecken}{}{}",
                &nio[..6],
                &nio[6..],
                andra::kontrollsiffra(&nio)
            )
        })
}

/// Everything that can be said of an answer without asking for the digits.
fn sagt(svar: &Result<Identitetsnummer, Nekat>) -> String {
    match svar {
        Ok(nummer) => format!("{nummer:?}{:?}{:?}", nummer.tolv_siffror(), nummer.tryckt()),
        Err(nekat) => {
            let problem = nekat.problem();
            let json = serde_json::to_string(&problem).expect("skrivs");
            format!("{nekat:?} {nekat} {problem:?} {problem} {json} {svar:?}")
        }
    }
}

proptest! {
    #![proptest_config(installning())]

    #[test]
    fn two_ways_of_reading_agree(text in skrivet(), dag in nagon_dag()) {
        let ena = Identitetsnummer::las(&text, dag).ok();
        let ena = ena.map(|n| n.tolv_siffror().som_str().to_owned());
        prop_assert_eq!(ena, andra::las(&text, dag));
    }

    #[test]
    fn two_ways_of_reading_agree_on_any_digits_and_signs(
        text in "[0-9 +-]{0,16}", dag in nagon_dag()
    ) {
        let ena = Identitetsnummer::las(&text, dag).is_ok();
        prop_assert_eq!(ena, andra::las(&text, dag).is_some());
    }

    #[test]
    fn two_ways_of_counting_age_agree(text in giltigt(), efter in 0_i32..45_000) {
        use jiff::ToSpan;
        let nummer = nummer(&text);
        let dag = nummer.fodelsedatum().saturating_add(efter.days());
        prop_assert_eq!(nummer.alder(dag), Some(andra::alder(nummer.fodelsedatum(), dag)));
    }

    #[test]
    fn one_wrong_digit_is_always_refused(text in giltigt()) {
        prop_assert!(las(&text).is_ok());
        for (plats, ratt) in text.char_indices().filter(|(_, t)| t.is_ascii_digit()) {
            for fel in ('0'..='9').filter(|fel| *fel != ratt) {
                let mut andrat = text.clone();
                andrat.replace_range(plats..=plats, &fel.to_string());
                prop_assert!(las(&andrat).is_err());
            }
        }
    }

    #[test]
    fn nothing_that_is_said_holds_a_digit(text in skrivet(), dag in nagon_dag()) {
        let sagt = sagt(&Identitetsnummer::las(&text, dag));
        prop_assert!(!sagt.chars().any(char::is_numeric), "{}", sagt);
    }

    #[test]
    fn nothing_that_is_said_holds_a_digit_or_a_word_of_any_text(
        text in "(\\PC|[0-9+\u{200b}\u{202e}Tf-]){0,20}", dag in nagon_dag()
    ) {
        let sagt = sagt(&Identitetsnummer::las(&text, dag));
        prop_assert!(!sagt.chars().any(char::is_numeric), "{}", sagt);
        if text.trim().chars().count() > 3 {
            prop_assert!(!sagt.contains(text.trim()));
        }
    }

    #[test]
    fn what_is_read_is_told_alike_in_every_form(text in giltigt()) {
        let ett = nummer(&text);
        let tolv = ett.tolv_siffror();
        for skriven in [tolv.som_str(), ett.tryckt().som_str(), &format!(" {text}\u{a0}")] {
            prop_assert_eq!(&nummer(skriven), &ett);
        }
        prop_assert!(ett.ar_testnummer());
        let udda = (tolv.som_str().as_bytes()[10] - b'0') % 2 == 1;
        prop_assert_eq!(ett.kon() == Kon::Man, udda);
        let samordning = tolv.som_str()[6..8].parse::<u8>().unwrap() > 60;
        prop_assert_eq!(ett.slag() == Nummerslag::Samordningsnummer, samordning);
    }
}
