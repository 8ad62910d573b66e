use super::*;
use crate::tal::Tecken;

#[test]
fn percent_is_integer_arithmetic_within_bounds() {
    assert_eq!(procent(680_000, 2_400_000), "28.33%");
    assert_eq!(procent(503_586, 2_400_000), "20.98%");
    assert_eq!(procent(3, 2), "100.00%");
    assert_eq!(procent(-3, 2), "0.00%");
    assert_eq!(procent(1, 0), "0%");
    assert_eq!(procent(i64::MAX, i64::MAX), "100.00%");
}

#[test]
fn legend_is_computed_from_the_cells() {
    let rader = vec![Rad::ny(vec![
        Cell::rubrik("Personal"),
        TalVy::tecken(Tecken::Okant).into(),
        TalVy::ny("0", "/h").into(),
    ])];
    let tabell = Tabell::ny("t", "Kronor", vec![Kolumn::ord("Post")], rader);
    assert_eq!(
        tabell.teckenrad().tecken_i_raden(),
        [Tecken::Noll, Tecken::Okant]
    );
    let html = tabell.to_string();
    assert!(
        html.contains("okänt: uppgiften går inte att få fram"),
        "{html}"
    );
    assert!(!html.contains("sekretess"), "{html}");
}

#[test]
fn empty_table_is_a_sentence() {
    let tabell = Tabell::ny("t", "Kronor", vec![], vec![]).tomt("Här finns inga bidrag än.");
    assert_eq!(
        tabell.to_string(),
        "<p class=\"tomt\">Här finns inga bidrag än.</p>"
    );
}
