//! What makes the two sides of an error agree in the books settles it, wherever the paper
//! states it and whenever it was decided; what does not leaves it.

use super::*;
use utfall_domain::faktum::Faktum;

const FORSBY: &str = include_str!("../../../../../exempel/forsby.json");
const JOBBTORG: &str = include_str!("../../../../../exempel/jobbtorg.json");

fn inlast(slug: &str, stam: &str, json: &str) -> Minne {
    let mut m = Minne::ny(slug);
    m.importera(stam, json);
    m
}

fn senast(m: &Minne) -> FaktumId {
    m.bocker.fakta.last().unwrap().id
}

/// The fact in force that these books have of a kind in a year of a grant.
fn om_bidrag(m: &Minne, slag: FaktumSlag, slug: &str, ar: i16) -> Faktum {
    let id = m.bocker.bidrag.iter().find(|b| b.slug == slug).unwrap().id;
    let bok = m.bok(None);
    let ratt = |f: &&&Faktum| {
        let g = f.galler();
        f.fakta.slag == slag && (g.bidrag, g.insats, g.ar) == (Some(id), None, Some(ar))
    };
    let fakta = bok.fakta();
    (*fakta.iter().find(ratt).unwrap()).clone()
}

#[test]
fn a_correction_from_before_a_new_version_settles_what_is_as_wrong_in_it() {
    let mut m = uppsala();
    let rekvirerat = m.faktum(FaktumSlag::Rekvirerat, 805_200_000);
    m.ratta(rekvirerat, Varde::Kant(800_500_000));
    let ratt = senast(&m);
    let tillbaka = m.faktum(FaktumSlag::Aterbetalning, 76_415_900);
    m.ratta(tillbaka, Varde::Kant(76_415_800));
    // The new version is another paper, and states the same two amounts as before.
    let igen = andrad(UPPSALA, &[("/dokument/titel", json!("Ny version"))]);
    m.ersatt("uppsala", &igen).unwrap();
    assert_eq!(lage(&m, "samma-uppgift"), [Fyndlage::Rattat(vec![ratt])]);
    // What was corrected to something else that is wrong is as wrong.
    assert_eq!(lage(&m, "rekvirerat-anvant-aterbetalt"), [Fyndlage::Kvar]);
    let fel = senast_av(&m, FaktumSlag::Aterbetalning);
    m.ratta(fel, Varde::Kant(71_715_900));
    let lagen = lage(&m, "rekvirerat-anvant-aterbetalt");
    assert!(
        matches!(lagen.as_slice(), [Fyndlage::Rattat(_)]),
        "{lagen:?}"
    );
}

fn senast_av(m: &Minne, slag: FaktumSlag) -> FaktumId {
    let mut alla = m.bocker.fakta.iter().rev();
    alla.find(|f| f.fakta.slag == slag).unwrap().id
}

#[test]
fn the_amount_that_the_books_already_hold_is_confirmed() {
    let mut papper: Value = serde_json::from_str(UPPSALA).unwrap();
    let sagt = papper["bidrag"][0]["ar"][0]["rekvirerat"]
        .as_array_mut()
        .unwrap();
    sagt.reverse();
    let mut m = inlast("uppsala", "uppsala", &papper.to_string());
    assert_eq!(lage(&m, "samma-uppgift"), [Fyndlage::Kvar]);
    let rekvirerat = m.faktum(FaktumSlag::Rekvirerat, 800_500_000);
    m.ratta(rekvirerat, Varde::Kant(800_500_000));
    let ord = senast(&m);
    assert_eq!(lage(&m, "samma-uppgift"), [Fyndlage::Rattat(vec![ord])]);
    // What a person has said is not said again.
    let igen = m.prova_ratta(ord, Varde::Kant(800_500_000)).unwrap_err();
    assert_eq!(igen.kod, "rattelse-utan-andring");
}

#[test]
fn a_printed_sum_is_wrong_when_somebody_confirms_what_was_granted() {
    // The reserve is counted twice in the sum; the rows are right.
    let mut m = inlast("forsby", "forsby", FORSBY);
    let summan = |m: &Minne| -> Funnet {
        let mut alla = m.fynd(None).into_iter();
        let ett = |f: &Funnet| f.fynd.regel == "rader-mot-summa" && f.fynd.ar == [2026];
        alla.find(ett).unwrap()
    };
    let tilldelat = om_bidrag(&m, FaktumSlag::Tilldelat, "psykisk-halsa", 2026);
    assert_eq!(tilldelat.varde(), Varde::Kant(200_000_000));
    assert!(summan(&m).kvar());
    assert!(summan(&m).bakom.contains(&tilldelat.id));
    m.ratta(tilldelat.id, Varde::Kant(210_000_000));
    assert!(summan(&m).kvar(), "det är inte heller raderna");
    let fel = senast(&m);
    m.ratta(fel, Varde::Kant(200_000_000));
    assert_eq!(summan(&m).lage, Fyndlage::Rattat(vec![senast(&m)]));

    let mut m = inlast("forsby", "forsby", FORSBY);
    m.ratta(tilldelat.id, Varde::Kant(200_000_000));
    assert_eq!(summan(&m).lage, Fyndlage::Rattat(vec![senast(&m)]));

    // Where more was distributed than anybody has granted, confirming it settles nothing.
    let mut m = inlast("ragunda", "ragunda", RAGUNDA);
    let tilldelat = om_bidrag(
        &m,
        FaktumSlag::Tilldelat,
        "tillvaxtverket-socioekonomi",
        2021,
    );
    m.ratta(tilldelat.id, tilldelat.varde());
    assert_eq!(lage(&m, "rader-mot-summa"), [Fyndlage::Kvar]);
}

#[test]
fn what_was_granted_is_one_fact_in_the_grant_and_in_its_distribution() {
    let mut m = inlast("ragunda", "ragunda", RAGUNDA);
    let tilldelat = om_bidrag(
        &m,
        FaktumSlag::Tilldelat,
        "tillvaxtverket-socioekonomi",
        2022,
    );
    assert_eq!(lage(&m, "fordelat-mot-tillgangligt"), [Fyndlage::Kvar]);
    m.ratta(
        tilldelat.id,
        Varde::Kant(tilldelat.varde().kant().unwrap() - 400_000),
    );
    assert_eq!(lage(&m, "fordelat-mot-tillgangligt"), [Fyndlage::Kvar]);
    let fel = senast(&m);
    m.ratta(
        fel,
        Varde::Kant(tilldelat.varde().kant().unwrap() - 500_000),
    );
    let lagen = lage(&m, "fordelat-mot-tillgangligt");
    assert_eq!(lagen, [Fyndlage::Rattat(vec![senast(&m)])]);
}

#[test]
fn a_row_that_a_calculation_states_too_is_corrected_in_both() {
    let mut m = inlast("ornskoldsvik", "jobbtorg", JOBBTORG);
    assert_eq!(lage(&m, "kalkyl-mot-resultat"), [Fyndlage::Kvar]);
    let telefon = m.faktum(FaktumSlag::Kostnad, 261_000);
    m.ratta(telefon, Varde::Kant(300_000));
    assert_eq!(lage(&m, "kalkyl-mot-resultat"), [Fyndlage::Kvar]);
    let fel = senast(&m);
    m.ratta(fel, Varde::Kant(342_000));
    let lagen = lage(&m, "kalkyl-mot-resultat");
    assert_eq!(lagen, [Fyndlage::Rattat(vec![senast(&m)])]);
}
