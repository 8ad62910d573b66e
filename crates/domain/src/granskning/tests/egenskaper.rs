//! What must hold for any paper, however it was written.

use super::*;
use crate::underlag::skriv;
use proptest::prelude::*;
use serde_json::{Value, json};

const KOMPLETT: &str = include_str!("../../underlag/tests/komplett.json");

fn las_om(varde: &Value) -> Underlag {
    let text = varde.to_string();
    las("prov", text.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}"))
}

fn papper(avsnitt: &Value) -> Underlag {
    let mut rot = json!({
        "format": "utfall-underlag/1",
        "dokument": { "titel": "Prov", "slag": "pm", "kalla": "Påhittat",
            "huvudman": { "slug": "prov", "namn": "Prov", "slag": "kommun", "pahittat": true } },
    });
    let rot_falt = rot.as_object_mut().expect("objekt");
    rot_falt.extend(avsnitt.as_object().expect("objekt").clone());
    las_om(&rot)
}

/// A distribution whose rows are in thousands, with a total in kronor.
fn fordelning(rader: &[i64], summa: i64) -> Underlag {
    let rader: Vec<_> = rader
        .iter()
        .map(|r| json!({ "etikett": "Rad", "belopp": [{ "nytt": format!("{r} tkr") }] }))
        .collect();
    papper(
        &json!({ "fordelningar": [{ "id": "f", "titel": "F", "status": "beslutad",
        "rader": rader, "plats": "s. 1",
        "summor": [{ "summa": format!("{summa} kr"), "cirka": true, "plats": "s. 1" }] }] }),
    )
}

#[test]
fn a_difference_at_the_edge_of_the_joint_precision_is_a_note_and_beyond_it_an_error() {
    // Two rows in thousands: together ± 1 000 kr. "Cirka" does not widen it.
    let allvar = |summa| {
        granska(&fordelning(&[680, 250], summa))
            .first()
            .map(|f| f.allvar)
    };
    assert_eq!(allvar(930_000), None);
    assert_eq!(allvar(931_000), Some(Allvar::Upplysning));
    assert_eq!(allvar(929_000), Some(Allvar::Upplysning));
    assert_eq!(allvar(931_001), Some(Allvar::Fel));
    assert_eq!(allvar(928_999), Some(Allvar::Fel));
}

/// How serious the one finding of a paper is; none when there is no finding.
fn allvar(avsnitt: &Value) -> Option<Allvar> {
    let fynd = granska(&papper(avsnitt));
    assert!(fynd.len() < 2, "{fynd:#?}");
    fynd.first().map(|f| f.allvar)
}

fn kostnader(rader: &[&str], summa: &str) -> Value {
    let rader: Vec<_> = rader
        .iter()
        .map(|r| json!({ "etikett": "R", "slag": "kostnad", "varden": [r] }))
        .collect();
    json!({ "tabeller": [{ "id": "t", "titel": "T", "plats": "s. 1",
        "kolumner": [{ "rubrik": "2025", "ar": 2025 }], "rader": rader,
        "summor": [{ "etikett": "S", "plus": ["kostnad"], "varden": [summa] }] }] })
}

#[test]
fn a_sum_of_rounded_kronor_or_ore_is_a_note_and_more_is_an_error() {
    let tredjedelar = ["333 333 kr"; 3];
    let not = Some(Allvar::Upplysning);
    assert_eq!(allvar(&kostnader(&tredjedelar, "999 999 kr")), None);
    assert_eq!(allvar(&kostnader(&tredjedelar, "1 000 000 kr")), not);
    assert_eq!(allvar(&kostnader(&tredjedelar, "1 000 001 kr")), not);
    assert_eq!(
        allvar(&kostnader(&tredjedelar, "1 000 002 kr")),
        Some(Allvar::Fel)
    );
    let oren = ["33,33 kr"; 3];
    assert_eq!(allvar(&kostnader(&oren, "100,00 kr")), not);
    assert_eq!(allvar(&kostnader(&oren, "100,01 kr")), not);
    assert_eq!(allvar(&kostnader(&oren, "99,96 kr")), Some(Allvar::Fel));
    // One row is the sum itself: rounding explains nothing.
    assert_eq!(allvar(&kostnader(&["500 kr"], "501 kr")), Some(Allvar::Fel));
    // In thousands that rounding decides, and alone.
    assert_eq!(
        allvar(&kostnader(&["1 tkr", "2 tkr"], "4 001 kr")),
        Some(Allvar::Fel)
    );
}

#[test]
fn boards_that_together_miss_a_krona_are_a_note() {
    let bidrag = |summa: &str| {
        let en = |belopp: &str| json!([{ "belopp": belopp, "plats": "s. 1" }]);
        json!({
            "organisationer": [
                { "id": "g", "namn": "G", "slag": "myndighet" },
                { "id": "a", "namn": "A", "slag": "namnd" },
                { "id": "b", "namn": "B", "slag": "namnd" },
            ],
            "bidrag": [{ "id": "s", "namn": "S", "finansiar": "g", "plats": "s. 1", "ar": [{
                "ar": 2025, "status": "slutlig", "anvant": en(summa),
                "namnder": [{ "organisation": "a", "anvant": en("500 000 kr") },
                            { "organisation": "b", "anvant": en("333 333 kr") }],
            }] }],
        })
    };
    assert_eq!(allvar(&bidrag("833 334 kr")), Some(Allvar::Upplysning));
    assert_eq!(allvar(&bidrag("833 335 kr")), Some(Allvar::Fel));
}

#[test]
fn a_calculation_or_fee_that_was_rounded_is_a_note() {
    let kalkyl = |angivet: &str, antal: i64, pris: &str| {
        json!({ "kalkyler": [{ "etikett": "K", "angivet": angivet, "plats": "s. 1",
            "termer": [{ "etikett": "t", "antal": antal, "pris": pris }] }] })
    };
    let not = Some(Allvar::Upplysning);
    assert_eq!(allvar(&kalkyl("4 000 kr", 3, "1 333,33 kr")), not);
    assert_eq!(allvar(&kalkyl("1 000 kr", 7, "142,86 kr")), not);
    assert_eq!(
        allvar(&kalkyl("4 001 kr", 3, "1 333,33 kr")),
        Some(Allvar::Fel)
    );
    // A whole price is paid as it is, however many times.
    assert_eq!(allvar(&kalkyl("1 621 kr", 12, "135 kr")), Some(Allvar::Fel));
    let avgift = |sats: &str, belopp: &str| {
        json!({ "avgifter": [{ "etikett": "A", "sats": sats, "underlag": "1 000 000 kr",
            "belopp": belopp, "plats": "s. 1" }] })
    };
    assert_eq!(allvar(&avgift("33,3 %", "333 000 kr")), None);
    assert_eq!(allvar(&avgift("33,3 %", "333 333 kr")), not);
    assert_eq!(allvar(&avgift("33,3 %", "334 000 kr")), Some(Allvar::Fel));
    assert_eq!(allvar(&avgift("3 ‰", "3 100 kr")), Some(Allvar::Fel));
}

#[test]
fn money_that_leaves_one_year_and_enters_the_next_is_forbidden_once() {
    let en = json!([{ "belopp": "10 000 kr", "plats": "s. 1" }]);
    let t = papper(&json!({
        "organisationer": [{ "id": "g", "namn": "G", "slag": "myndighet" }],
        "bidrag": [{ "id": "s", "namn": "S", "finansiar": "g", "plats": "s. 1",
            "overforing": "ej-tillaten", "ar": [
                { "ar": 2024, "status": "slutlig", "overfort_ut": en },
                { "ar": 2025, "status": "slutlig", "overfort_in": en },
            ] }],
    }));
    let fynd = granska(&t);
    assert_eq!(fynd.len(), 1, "{fynd:#?}");
    assert_eq!(fynd[0].regel, "overfort-trots-forbud");
}

#[test]
fn rounded_with_cirka_is_the_same_amount_only_beside_itself() {
    let uppgifter = |andra: &str| {
        papper(
            &json!({ "finansiering": [{ "rubrik": "Drift", "plats": "s. 1", "budget": [
            { "belopp": "828 555 kr", "plats": "s. 9" },
            { "belopp": andra, "cirka": true, "plats": "s. 1" },
        ] }] }),
        )
    };
    assert_eq!(granska(&uppgifter("830 000 kr")), []);
    assert_eq!(granska(&uppgifter("828 600 kr")), []);
    assert_eq!(granska(&uppgifter("840 000 kr")).len(), 1);
    assert_eq!(granska(&uppgifter("828 000 kr")).len(), 1);
}

#[test]
fn a_missing_part_is_not_zero() {
    let bidrag = |anvant_b: Value| {
        papper(&json!({
            "organisationer": [
                { "id": "g", "namn": "G", "slag": "myndighet" },
                { "id": "a", "namn": "A", "slag": "namnd" },
                { "id": "b", "namn": "B", "slag": "namnd" },
            ],
            "bidrag": [{ "id": "s", "namn": "S", "finansiar": "g", "plats": "s. 1", "ar": [{
                "ar": 2021, "status": "slutlig",
                "anvant": [{ "belopp": "100 kr", "plats": "s. 1" }],
                "namnder": [
                    { "organisation": "a", "anvant": [{ "belopp": "60 kr", "plats": "s. 1" }] },
                    { "organisation": "b", "anvant": anvant_b },
                ],
            }] }],
        }))
    };
    assert_eq!(granska(&bidrag(json!([]))), []);
    assert_eq!(
        granska(&bidrag(json!([{ "belopp": "40 kr", "plats": "s. 1" }]))),
        []
    );
    assert_eq!(
        granska(&bidrag(json!([{ "belopp": "0 kr", "plats": "s. 1" }]))).len(),
        1
    );
}

#[test]
fn a_transposed_digit_is_suggested() {
    let t = papper(
        &json!({ "tabeller": [{ "id": "t", "titel": "T", "plats": "s. 1",
        "kolumner": [{ "rubrik": "kr" }],
        "rader": [{ "etikett": "Hyra", "varden": ["4 370 kr"] },
                  { "etikett": "Lön", "varden": ["30 000 kr"] }],
        "summor": [{ "etikett": "Totalt", "varden": ["34 730 kr"] }] }] }),
    );
    let fynd = granska(&t);
    let text = fynd[0].text.replace('\u{a0}', " ");
    assert!(
        text.contains("Står det 4 730 kr i stället på raden ”Hyra”"),
        "{text}"
    );
}

#[test]
fn the_largest_amounts_do_not_overflow() {
    let max = "92 233 720 368 547 758 kr";
    let rad = json!({ "etikett": "R", "varden": [max, max] });
    let t = papper(&json!({
        "tabeller": [{ "id": "t", "titel": "T", "plats": "s. 1",
            "kolumner": [{ "rubrik": "2021", "ar": 2021 }, { "rubrik": "2022", "ar": 2022 }],
            "rader": [rad, rad, rad],
            "summor": [{ "etikett": "S", "varden": [max, "-1 kr"] }] }],
        "kalkyler": [{ "etikett": "K", "angivet": "1 kr", "plats": "s. 1",
            "termer": [{ "etikett": "t", "antal": 1_000_000_000, "pris": max }] }],
        "avgifter": [{ "etikett": "A", "sats": "999 %", "underlag": max, "belopp": "1 kr",
            "plats": "s. 1" }],
    }));
    let fynd = granska(&t);
    assert_eq!(fynd.len(), 4);
    serde_json::to_string(&fynd).expect("skrivbart");
    // Three times the largest is no amount that can be written, and so none is.
    let tak = "92\u{a0}233\u{a0}720\u{a0}368\u{a0}547\u{a0}758,07";
    for f in &fynd {
        assert!(!f.text.contains(tak), "{}", f.text);
        assert!(f.text.contains("för stort för att räknas"), "{}", f.text);
    }
}

#[test]
fn a_hostile_paper_is_answered_with_a_bounded_number_of_findings_and_rows() {
    let namnder: Vec<_> = (0..1_000)
        .map(|i| json!({ "id": format!("n{i}"), "namn": "N", "slag": "namnd" }))
        .collect();
    let en = |n: i64| json!([{ "belopp": format!("{n} kr"), "plats": "s. 1" }]);
    let rader: Vec<_> = (0..2_000)
        .map(|_| json!({ "etikett": "R", "varden": vec!["1 kr"; 20] }))
        .collect();
    let t = papper(&json!({
        "organisationer": namnder,
        "bidrag": [{ "id": "b", "namn": "B", "finansiar": "n0", "plats": "s. 1", "ar": [{
            "ar": 2021, "status": "slutlig",
            "rekvirerat": en(5), "anvant": en(3), "aterbetalas": en(1),
            "namnder": (0..1_000).map(|i| json!({
                "organisation": format!("n{i}"), "fordelat": en(1), "anvant": en(2),
            })).collect::<Vec<_>>(),
        }] }],
        "insatser": (0..1_000).map(|i| json!({
            "id": format!("i{i}"), "namn": "I", "ansvariga": [format!("n{i}")], "plats": "s. 1",
            "ekonomi": [{ "ar": 2021, "budget": en(3), "utfall": en(9) }],
        })).collect::<Vec<_>>(),
        "pastaenden": (0..1_000).map(|_| json!({
            "slag": "inga-ekonomiska-konsekvenser", "text": "Inga", "plats": "s. 1",
        })).collect::<Vec<_>>(),
        "tabeller": [{ "id": "t", "titel": "T", "plats": "s. 1",
            "kolumner": (0..20).map(|_| json!({ "rubrik": "K" })).collect::<Vec<_>>(),
            "rader": rader,
            "summor": (0..100).map(|_| json!({ "etikett": "S", "varden": vec!["7 kr"; 20] }))
                .collect::<Vec<_>>() }],
    }));
    let fynd = granska(&t);
    for r in REGLER {
        let antal = fynd.iter().filter(|f| f.regel == r.kod).count();
        assert!(antal <= 501, "{}: {antal}", r.kod);
    }
    assert!(fynd.iter().all(|f| f.rader.len() <= 200));
    assert!(fynd.iter().any(|f| f.plats == "hela papperet"));
}

/// Somewhere in the value, one part is replaced, removed or doubled.
fn mutera(varde: &mut Value, steg: &[u16], med: &Value) {
    let Some((forst, rest)) = steg.split_first() else {
        *varde = med.clone();
        return;
    };
    let nr = usize::from(*forst);
    match varde {
        Value::Array(lista) if !lista.is_empty() => {
            let nr = nr % (lista.len() + 1);
            if let Some(del) = lista.get_mut(nr) {
                mutera(del, rest, med);
            } else {
                let forsta = lista[0].clone();
                lista.push(forsta);
            }
        }
        Value::Object(falt) if !falt.is_empty() => {
            let namn = falt.keys().nth(nr % falt.len()).cloned().expect("finns");
            if rest.is_empty() && nr % 3 == 0 {
                falt.remove(&namn);
            } else {
                mutera(&mut falt[&namn], rest, med);
            }
        }
        annat => *annat = med.clone(),
    }
}

fn nagot() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!([])),
        Just(json!({})),
        any::<i64>().prop_map(|n| json!(n)),
        any::<i64>().prop_map(|n| json!(format!("{n} kr"))),
        (0..5_000_i64).prop_map(|n| json!(format!("{n} tkr"))),
        (0..400_i64).prop_map(|n| json!(n)),
        (0..200_u16, 0..10_u16).prop_map(|(a, b)| json!(format!("{a},{b} %"))),
        (1890..2110_i16, 0..14_i8, 0..33_i8)
            .prop_map(|(y, m, d)| json!(format!("{y:04}-{m:02}-{d:02}"))),
        ".{0,12}".prop_map(|t| json!(t)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = las("prov", &bytes);
    }

    #[test]
    fn a_file_with_broken_bytes_is_refused_in_swedish_or_read(
        byten in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = KOMPLETT.as_bytes().to_vec();
        for (plats, byte) in byten {
            let nr = plats.index(bytes.len());
            bytes[nr] = byte;
        }
        match las("prov", &bytes) {
            Ok(underlag) => drop(granska(&underlag)),
            Err(problem) => {
                prop_assert!(!problem.is_empty());
                for p in problem {
                    let plats = p.plats.unwrap_or_default();
                    prop_assert!(plats.starts_with("prov.json"), "{plats}");
                    prop_assert!(!p.text.is_empty() && !p.atgard.is_empty());
                }
            }
        }
    }

    #[test]
    fn a_mutated_paper_never_panics_and_survives_being_written(
        andringar in proptest::collection::vec(
            (proptest::collection::vec(any::<u16>(), 1..7), nagot()), 1..4),
    ) {
        let mut varde: Value = serde_json::from_str(KOMPLETT).expect("json");
        for (steg, med) in &andringar {
            mutera(&mut varde, steg, med);
        }
        if let Ok(underlag) = las("prov", varde.to_string().as_bytes()) {
            let fynd = granska(&underlag);
            let igen = las("prov", skriv(&underlag).to_string().as_bytes());
            prop_assert_eq!(igen.map(|u| granska(&u)), Ok(fynd));
        }
    }

    #[test]
    fn the_order_of_rows_does_not_change_what_is_found(
        mut rader in proptest::collection::vec(1..5_000_i64, 2..9),
        fel in -90_000..90_000_i64,
    ) {
        let summa = rader.iter().sum::<i64>() * 1000 + fel;
        let fore = granska(&fordelning(&rader, summa));
        rader.reverse();
        let efter = granska(&fordelning(&rader, summa));
        let tal = |f: &[Fynd]| f.iter().map(|f| (f.allvar, f.skillnad)).collect::<Vec<_>>();
        prop_assert_eq!(tal(&fore), tal(&efter));
        prop_assert_eq!(fore.is_empty(), fel == 0);
        let inom = fel.abs() <= 500 * i64::try_from(rader.len()).expect("få");
        prop_assert!(fore.iter().all(|f| (f.allvar == Allvar::Upplysning) == inom));
    }
}
