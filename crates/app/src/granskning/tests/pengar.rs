//! What has been entered by hand beside a paper: only what a person did is told of it, and what
//! the paper's own findings tell is not told again.

use super::*;
use utfall_domain::faktum::{Galler, NyttFaktum};

/// What is said of what was entered by hand: the rules.
fn registrets(m: &Minne) -> Vec<&'static str> {
    let alla = m.fynd(None).into_iter();
    let egna = alla.filter(|f| f.underlag.is_none());
    egna.map(|f| f.fynd.regel).collect()
}

/// Enters a figure by hand about one of Uppsala's initiatives in 2021.
fn om_insats(m: &mut Minne, slag: FaktumSlag, vad: Option<&str>, varde: i64) -> FaktumId {
    let mut alla = m.bocker.insatser.iter();
    let insats = alla.find(|i| i.namn.contains("Corona")).unwrap().id;
    let galler = Galler {
        ar: Some(2021),
        kategori: vad.map(str::to_owned),
        ..crate::fakta::om_insats(&m.bocker, insats)
    };
    m.registrera(NyttFaktum::nytt(slag, galler, Varde::Kant(varde)));
    m.bocker.fakta.last().unwrap().id
}

#[test]
fn a_count_of_people_says_nothing_of_money() {
    let mut m = uppsala();
    let fore = m.fynd(None).len();
    let arbete = om_insats(&mut m, FaktumSlag::Resultat, Some("arbete"), 25);
    // The paper counts ten in all, who all went on to study.
    assert_eq!(registrets(&m), ["utfall-mot-personer"]);
    assert_eq!(m.fynd(None).len(), fore + 1);
    m.ratta_till(arbete, Rattelse::Stryk);
    assert!(registrets(&m).is_empty());
}

#[test]
fn money_entered_beside_an_error_in_the_paper_does_not_tell_it_again() {
    let mut m = uppsala();
    om_insats(&mut m, FaktumSlag::Medfinansiering, None, 1_000_000);
    assert!(registrets(&m).is_empty(), "{:?}", registrets(&m));
    // What the amount itself makes wrong is told: the boards have more than there is.
    let mut alla = m.bocker.fakta.iter();
    let namnd = alla.find(|f| f.fakta.slag == FaktumSlag::FordelatNamnd);
    let galler = namnd.unwrap().galler().clone();
    let nytt = NyttFaktum::nytt(FaktumSlag::FordelatNamnd, galler, Varde::Kant(100_000_000));
    m.registrera(nytt);
    assert!(
        registrets(&m).contains(&"summa-mot-delar"),
        "{:?}",
        registrets(&m)
    );
}

#[test]
fn what_is_left_when_an_amount_is_struck_is_told() {
    let mut m = uppsala();
    om_insats(&mut m, FaktumSlag::Medfinansiering, None, 1_000_000);
    let mut alla = m.bocker.fakta.iter();
    let namnd = alla.find(|f| f.fakta.slag == FaktumSlag::FordelatNamnd);
    let namnd = namnd.unwrap().id;
    m.ratta_till(namnd, Rattelse::Stryk);
    assert!(
        registrets(&m).contains(&"summa-mot-delar"),
        "{:?}",
        registrets(&m)
    );
}

#[test]
fn a_request_for_a_part_of_the_year_is_no_total_and_the_last_one_is() {
    for (del, talar) in [
        (Some(utfall_domain::faktum::DELREKVISITION), false),
        (None, true),
    ] {
        let mut m = Minne::ny("forsby");
        m.importera("forsby", include_str!("../../../../../exempel/forsby.json"));
        let bidrag = m.bocker.bidrag.iter().find(|b| b.slug == "sprak-yrke-2026");
        let galler = Galler {
            ar: Some(2026),
            kategori: del.map(str::to_owned),
            ..crate::fakta::om_bidrag(&m.bocker, bidrag.unwrap().id)
        };
        let varde = Varde::Kant(159_000_000);
        m.registrera(NyttFaktum::nytt(FaktumSlag::Rekvirerat, galler, varde));
        let sagt = registrets(&m).contains(&"summa-mot-delar");
        assert_eq!(sagt, talar, "{del:?}: {:?}", registrets(&m));
    }
}
