use super::*;

fn rad(namn: &str, anvant: Option<i64>) -> InsatsRad {
    let tal = TalVy::utan_lank("1");
    InsatsRad {
        namn: namn.to_owned(),
        href: String::new(),
        under: None,
        budget_vikt: Some(100),
        anvant_vikt: anvant,
        utan_rad: false,
        tal: TreTal {
            budget: tal.clone(),
            anvant: tal.clone(),
            kvar: tal,
        },
    }
}

fn tabell(rader: Vec<InsatsRad>, bara_budget: bool) -> InsatsTabell {
    let grupper = vec![InsatsGrupp {
        rader,
        ..InsatsGrupp::default()
    }];
    InsatsTabell {
        grupper,
        bara_budget,
        ..InsatsTabell::default()
    }
}

/// Filled bars, and outlines.
fn staplar(tabell: &InsatsTabell) -> (usize, usize) {
    let html = tabell.tabell().render().expect("renders");
    let antal = |klass: &str| html.matches(&format!("class=\"{klass}\"")).count();
    (antal("f0"), antal("kontur"))
}

#[test]
fn a_bar_is_filled_by_what_is_used_and_by_nothing_else() {
    let inget = tabell(vec![rad("A", None), rad("B", None)], true);
    assert_eq!(staplar(&inget), (0, 2));
    assert_eq!(
        inget.las_stapeln("Kronor"),
        "Kronor. Stapeln visar budgeten. Vad som har använts är inte redovisat."
    );
    let namnd = tabell(vec![rad("A", None)], false);
    assert!(namnd.las_stapeln("Kronor").ends_with("för varje insats."));
    let allt = tabell(vec![rad("A", Some(7)), rad("B", Some(0))], false);
    assert_eq!(staplar(&allt), (2, 0));
    assert_eq!(
        allt.las_stapeln("Kronor 2021"),
        "Kronor 2021. Stapeln visar använt, strecket budget."
    );
}

#[test]
fn where_some_is_not_reported_the_caption_says_for_which_rows() {
    let en = tabell(vec![rad("A", Some(7)), rad("B", None)], false);
    assert_eq!(staplar(&en), (1, 1));
    assert!(en.las_stapeln("Kronor").ends_with("inte redovisat för B."));
    let tva = tabell(
        vec![rad("A", Some(7)), rad("B", None), rad("C", None)],
        false,
    );
    assert!(tva.las_stapeln("Kronor").ends_with("för B och C."));
    let manga = ["B", "C", "D", "E", "F"].map(|namn| rad(namn, None));
    let manga = tabell(
        manga.into_iter().chain([rad("A", Some(7))]).collect(),
        false,
    );
    assert!(manga.las_stapeln("Kronor").contains("för 5 insatser, med"));
}
