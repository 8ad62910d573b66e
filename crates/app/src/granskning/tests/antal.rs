//! People and volumes that somebody has entered or corrected are put before the same rules.

use super::*;
use utfall_domain::faktum::{Galler, NyttFaktum};
use utfall_domain::insatser::Insats;

const STRANGNAS: &str = include_str!("../../../../../exempel/strangnas.json");

fn strangnas() -> Minne {
    let mut m = Minne::ny("strangnas");
    m.importera("strangnas", STRANGNAS);
    m
}

fn ragunda() -> Minne {
    let mut m = Minne::ny("ragunda");
    m.importera("ragunda", RAGUNDA);
    m
}

/// An initiative of a grant, with its facts' place.
fn insats(m: &Minne) -> Insats {
    let mut alla = m.bocker.insatser.iter();
    alla.find(|i| i.bidrag.is_some()).unwrap().clone()
}

/// Enters a count by hand, in 2022.
fn for_hand(m: &mut Minne, slag: FaktumSlag, ar: i16, vad: &str, varde: Varde) -> FaktumId {
    let galler = Galler {
        ar: Some(ar),
        kategori: Some(vad.to_owned()).filter(|v| !v.is_empty()),
        ..crate::fakta::om_insats(&m.bocker, insats(m).id)
    };
    m.registrera(NyttFaktum::nytt(slag, galler, varde));
    m.bocker.fakta.last().unwrap().id
}

fn deltagare(m: &mut Minne, ar: i16, antal: i64) -> FaktumId {
    for_hand(m, FaktumSlag::Deltagare, ar, "", Varde::Kant(antal))
}

fn resultat(m: &mut Minne, ar: i16, vad: &str, antal: i64) -> FaktumId {
    for_hand(m, FaktumSlag::Resultat, ar, vad, Varde::Kant(antal))
}

/// What is wrong with what was entered: rule, severity and difference.
fn registrets(m: &Minne) -> Vec<Funnet> {
    let alla = m.fynd(None).into_iter();
    alla.filter(|f| f.underlag.is_none()).collect()
}

fn kort(funna: &[Funnet]) -> Vec<(&str, &str, String)> {
    let skillnad = |f: &Funnet| f.fynd.skillnad.map_or("–".into(), |s| s.to_string());
    funna
        .iter()
        .map(|f| (f.fynd.regel, f.fynd.allvar.kod(), skillnad(f)))
        .collect()
}

#[test]
fn entered_people_are_held_against_how_far_they_came() {
    let mut m = ragunda();
    let lage = FaktumSlag::Deltagarlage;
    let alla = deltagare(&mut m, 2021, 60);
    assert!(registrets(&m).is_empty());
    let klara = for_hand(&mut m, lage, 2021, "fullföljde", Varde::Kant(50));
    let avbrot = for_hand(&mut m, lage, 2021, "avbröt", Varde::Kant(6));
    let funna = registrets(&m);
    let vantat = [("personer-mot-delar", "fel", "4".to_owned())];
    assert_eq!(kort(&funna), vantat, "{funna:#?}");
    let f = &funna[0];
    // It leads to what it is about: each row to its own fact, and the finding to the grant.
    assert_eq!(f.radernas, [vec![alla], vec![klara], vec![avbrot]]);
    assert_eq!(f.bakom, [alla, klara, avbrot]);
    let slug = &m.bocker.bidrag[0].slug;
    assert!(f.ror(slug, &BTreeSet::new()), "{f:#?}");
    assert_eq!(f.fynd.ar, [2021]);
    m.ratta(avbrot, Varde::Kant(10));
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    m.ratta_till(klara, Rattelse::Stryk);
    let vantat = [("personer-mot-delar", "varning", "50".to_owned())];
    assert_eq!(kort(&registrets(&m)), vantat);
}

#[test]
fn entered_outcomes_that_exclude_each_other_are_held_against_the_people() {
    let mut m = ragunda();
    deltagare(&mut m, 2021, 60);
    resultat(&mut m, 2021, "arbete", 30);
    // Help beside the outcome is counted for itself, however many it is.
    for_hand(&mut m, FaktumSlag::Hjalp, 2021, "vård", Varde::Kant(500));
    let studier = resultat(&mut m, 2021, "studier", 40);
    let vantat = [("utfall-mot-personer", "fel", "-10".to_owned())];
    assert_eq!(kort(&registrets(&m)), vantat);
    m.ratta(studier, Varde::Kant(20));
    let vantat = [("utfall-mot-personer", "varning", "10".to_owned())];
    assert_eq!(kort(&registrets(&m)), vantat);
    resultat(&mut m, 2021, "okänt", 10);
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    // Added on top of what was there, they are too many again.
    resultat(&mut m, 2021, "arbete", 5);
    let vantat = [("utfall-mot-personer", "fel", "-5".to_owned())];
    assert_eq!(kort(&registrets(&m)), vantat);
}

#[test]
fn of_a_year_that_is_not_over_only_too_many_is_wrong() {
    let mut m = ragunda();
    deltagare(&mut m, 2022, 60);
    let arbete = resultat(&mut m, 2022, "arbete", 3);
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    m.ratta(arbete, Varde::Kant(61));
    assert_eq!(kort(&registrets(&m)).len(), 1);
}

#[test]
fn a_part_that_nobody_knows_is_not_missing() {
    let mut m = ragunda();
    deltagare(&mut m, 2021, 60);
    resultat(&mut m, 2021, "arbete", 30);
    let studier = for_hand(&mut m, FaktumSlag::Resultat, 2021, "studier", Varde::Okant);
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    resultat(&mut m, 2021, "praktik", 31);
    let vantat = [("utfall-mot-personer", "fel", "-1".to_owned())];
    assert_eq!(kort(&registrets(&m)), vantat);
    m.ratta_till(studier, Rattelse::Stryk);
    assert_eq!(kort(&registrets(&m)), vantat);
    // A count that no paper could state is no count, and stops nothing else.
    deltagare(&mut m, 2020, i64::MAX);
    resultat(&mut m, 2020, "arbete", i64::MAX);
    assert_eq!(kort(&registrets(&m)), vantat);
}

#[test]
fn an_entered_month_that_has_not_been_is_not_nothing() {
    let mut m = ragunda();
    let manaden = |m: &mut Minne, manad: i8, varde| {
        let dag = jiff::civil::date(2022, manad, 1);
        let galler = Galler {
            ar: Some(2022),
            period_fran: Some(dag),
            period_till: Some(dag.last_of_month()),
            kategori: Some("besök".into()),
            ..crate::fakta::om_insats(&m.bocker, insats(m).id)
        };
        m.registrera(NyttFaktum::nytt(FaktumSlag::Volym, galler, varde));
        m.bocker.fakta.last().unwrap().id
    };
    // It is the first of February.
    manaden(&mut m, 1, Varde::Kant(0));
    manaden(&mut m, 2, Varde::Kant(0));
    manaden(&mut m, 5, Varde::EjInrapporterat);
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    let april = manaden(&mut m, 4, Varde::Kant(0));
    let funna = registrets(&m);
    let vantat = [("framtida-manad-noll", "varning", "–".to_owned())];
    assert_eq!(kort(&funna), vantat, "{funna:#?}");
    assert_eq!(funna[0].bakom, [april]);
    assert!(
        funna[0]
            .fynd
            .text
            .contains("april 2022 står som 0 i besök (en rad)")
    );
    m.ratta(april, Varde::EjInrapporterat);
    let april = m.bocker.fakta.last().unwrap().id;
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
    // A zero that is registered when the month has come is a zero.
    for _ in 0..70 {
        m.nasta_dag();
    }
    m.ratta(april, Varde::Kant(0));
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
}

#[test]
fn a_corrected_count_of_people_settles_the_finding_of_the_paper() {
    let mut m = strangnas();
    assert_eq!(lage(&m, "personer-mot-delar"), [Fyndlage::Kvar]);
    let ima = m.faktum(FaktumSlag::Deltagare, 77);
    // Another wrong number is another wrong number, and is said once.
    m.ratta(ima, Varde::Kant(80));
    assert_eq!(lage(&m, "personer-mot-delar"), [Fyndlage::Kvar]);
    let ima = m.faktum(FaktumSlag::Deltagare, 80);
    m.ratta(ima, Varde::Kant(73));
    let nytt = m.bocker.fakta.last().unwrap().id;
    let lagen = lage(&m, "personer-mot-delar");
    assert_eq!(lagen, [Fyndlage::Rattat(vec![nytt])], "{lagen:#?}");
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
}

#[test]
fn a_correction_that_makes_a_paper_wrong_is_told_as_the_paper_counts() {
    let mut m = strangnas();
    // Fifteen came and four have left; the outcomes divide the four, and the rest are there.
    let arbete = m.faktum(FaktumSlag::Resultat, 3);
    m.ratta(arbete, Varde::Kant(5));
    let funna = registrets(&m);
    let vantat = [("utfall-mot-personer", "fel", "-2".to_owned())];
    assert_eq!(kort(&funna), vantat, "{funna:#?}");
    let nytt = m.bocker.fakta.last().unwrap().id;
    assert!(funna[0].bakom.contains(&nytt), "{funna:#?}");
    m.ratta(nytt, Varde::Kant(3));
    assert!(registrets(&m).is_empty(), "{:#?}", registrets(&m));
}
