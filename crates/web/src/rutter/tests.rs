use super::*;
use std::collections::HashSet;
use utfall_domain::organisation::UPPTAGNA_SLUGGAR;

#[test]
fn names_and_paths_are_unique_with_the_method() {
    let mut sedda = HashSet::new();
    for rutt in RUTTER.iter() {
        assert!(sedda.insert((rutt.metod.namn(), rutt.namn)), "{rutt:?}");
        assert!(sedda.insert((rutt.metod.namn(), rutt.monster)), "{rutt:?}");
    }
}

#[test]
fn no_huvudman_can_have_the_name_of_a_page() {
    for rutt in RUTTER.iter() {
        let forst = rutt.monster.split('/').nth(1).unwrap();
        let fri = forst.is_empty() || forst == "{huvudman}";
        assert!(
            fri || UPPTAGNA_SLUGGAR.contains(&forst),
            "{forst} saknas bland de upptagna"
        );
    }
}

#[test]
fn a_path_belongs_to_its_route_only() {
    let rutt = RUTTER
        .iter()
        .find(|r| r.monster == "/statiskt/{fil}")
        .unwrap();
    assert!(rutt.passar("/statiskt/utfall.css"));
    for fel in [
        "/statiskt",
        "/statiskt/",
        "/statiskt/a/b",
        "/x/a",
        "statiskt/a",
        "",
    ] {
        assert!(!rutt.passar(fel), "{fel}");
    }
}

#[test]
fn only_post_changes_and_each_post_has_its_say_on_access() {
    for rutt in RUTTER.iter() {
        let skriver = rutt.atgard().is_some_and(|a| !a.kod().starts_with("lasa-"));
        if skriver && rutt.metod == Metod::Get {
            // A form's page demands what the form does; it changes nothing by itself.
            assert!(
                RUTTER
                    .iter()
                    .any(|r| r.metod == Metod::Post && r.atgard() == rutt.atgard())
            );
        }
        if rutt.metod == Metod::Post {
            assert!(!matches!(rutt.handtag, Handtag::Publikt(_)), "{rutt:?}");
        }
    }
}

#[test]
fn the_json_tells_all() {
    let json = json();
    assert_eq!(json.as_array().unwrap().len(), RUTTER.len());
    assert_eq!(json[0]["monster"], RUTTER[0].monster);
    let roller = |namn: &str| {
        let rutt = json.as_array().unwrap().iter().find(|r| r["namn"] == namn);
        rutt.unwrap()["roller"].as_array().unwrap().len()
    };
    assert_eq!(roller("halsa"), Roll::ALLA.len());
    assert_eq!(roller("publicera"), 1);
}
