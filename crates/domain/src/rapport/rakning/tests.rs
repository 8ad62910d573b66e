//! Formulas give the figure that is printed, or there is none.

use super::*;
use crate::rapport::{Kolumn, Rad};
use crate::varde::Varde;

fn rad(slag: Radslag, led: Led, tal: &[i64]) -> Rad {
    let cell = |ore: &i64| vec![Text::ore(Varde::Kant(*ore), None)];
    Rad {
        slag,
        rubrik: vec![Text::ren("Rad")],
        celler: match slag {
            Radslag::Grupp => Vec::new(),
            _ => tal.iter().map(cell).collect(),
        },
        led,
    }
}

fn tabell(rader: Vec<Rad>) -> Tabell {
    Tabell {
        rubrik: "Prov".into(),
        kolumner: vec![
            Kolumn::ord("Post"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Avvikelse", 1, 2),
        ],
        rader,
        not: Vec::new(),
    }
}

use Led::{Minus, Plus};
use Radslag::{Delsumma, Grupp, Summa, Vanlig};

#[test]
fn a_sum_is_of_the_rows_above_and_a_difference_of_the_columns() {
    let t = tabell(vec![
        rad(Vanlig, Plus, &[500, 300, 200]),
        rad(Vanlig, Plus, &[100, 250, -150]),
        rad(Summa, Plus, &[600, 550, 50]),
    ]);
    assert_eq!(t.formel(2, 1), Some(Formel::Summa(vec![(0, 1)])));
    assert_eq!(t.formel(2, 3), Some(Formel::Summa(vec![(0, 1)])));
    let skillnad = Formel::Kolumner(Kolumnrakning::Skillnad { fran: 1, minus: 2 });
    assert_eq!(t.formel(1, 3), Some(skillnad));
    assert_eq!(t.formel(0, 1), None, "data is no formula");
    assert_eq!(t.formel(0, 0), None);
    assert_eq!(t.formel(9, 9), None);
}

#[test]
fn subtotals_are_added_and_not_their_rows_again() {
    let t = tabell(vec![
        rad(Grupp, Plus, &[]),
        rad(Vanlig, Plus, &[1, 0, 1]),
        rad(Vanlig, Plus, &[2, 0, 2]),
        rad(Delsumma, Plus, &[3, 0, 3]),
        rad(Grupp, Plus, &[]),
        rad(Vanlig, Plus, &[4, 0, 4]),
        rad(Delsumma, Plus, &[4, 0, 4]),
        rad(Summa, Plus, &[7, 0, 7]),
    ]);
    assert_eq!(t.formel(3, 1), Some(Formel::Summa(vec![(1, 2)])));
    assert_eq!(t.formel(6, 1), Some(Formel::Summa(vec![(5, 5)])));
    assert_eq!(t.formel(7, 1), Some(Formel::Summa(vec![(3, 3), (6, 6)])));
}

#[test]
fn an_account_on_paper_takes_away_what_is_taken_away() {
    let t = tabell(vec![
        rad(Vanlig, Plus, &[900, 0, 0]),
        rad(Vanlig, Minus, &[700, 0, 0]),
        rad(Summa, Plus, &[200, 0, 0]),
    ]);
    assert_eq!(
        t.formel(2, 1),
        Some(Formel::Led(vec![(Plus, 0), (Minus, 1)]))
    );
}

#[test]
fn where_rows_and_sum_differ_there_is_no_formula() {
    let mut t = tabell(vec![
        rad(Vanlig, Plus, &[500, 300, 199]),
        rad(Summa, Plus, &[501, 300, 201]),
    ]);
    assert_eq!(t.formel(1, 1), None, "the sum knows of more than the rows");
    assert_eq!(t.formel(0, 3), None, "the stated difference is another");
    // A missing part: the sum has a sign and no number.
    t.rader[0].celler[1] = vec![Text::ore(Varde::Okant, None)];
    t.rader[1].celler[1] = vec![Text::ore(Varde::Okant, None)];
    assert_eq!(t.exakt(1, 2), None);
    assert_eq!(t.formel(1, 2), None);
    // A sum beyond what can be counted is no formula, and no crash.
    let t = tabell(vec![
        rad(Vanlig, Plus, &[i64::MAX, 0, 0]),
        rad(Vanlig, Plus, &[1, 0, 0]),
        rad(Summa, Plus, &[i64::MIN, 0, 0]),
    ]);
    assert_eq!(t.formel(2, 1), None);
}

#[test]
fn a_share_is_of_the_columns_in_every_row_and_of_nothing_there_is_none() {
    let mut t = tabell(vec![
        rad(Vanlig, Plus, &[800, 200, 0]),
        rad(Summa, Plus, &[800, 200, 0]),
    ]);
    t.kolumner[3] = Kolumn::andel("Andel", 2, 1);
    for rad in &mut t.rader {
        rad.celler[2] = vec![Text::andel(200, 800).unwrap()];
        assert_eq!(rad.celler[2][0].visas(), "25,0\u{a0}%");
    }
    let andel = Formel::Kolumner(Kolumnrakning::Andel { del: 2, av: 1 });
    assert_eq!(t.formel(0, 3), Some(andel.clone()));
    assert_eq!(t.formel(1, 3), Some(andel));
    assert_eq!(Text::andel(1, 0), None);
    for (del, av, text) in [
        (1, 3, "33,3\u{a0}%"),
        (-1, 3, "\u{2212}33,3\u{a0}%"),
        (1, -3, "\u{2212}33,3\u{a0}%"),
        (5, 10_000, "0,1\u{a0}%"),
        (-4, 10_000, "0,0\u{a0}%"),
        (i64::MAX, 1, "922337203685477580700,0\u{a0}%"),
    ] {
        assert_eq!(Text::andel(del, av).unwrap().visas(), text);
    }
}
