//! Rules about the source itself: engine words in one folder, every text prepared.

use std::path::{Path, PathBuf};

use super::super::fasad::{Motor, Uppgift};
use super::super::{Db, Infoga, Installningar, Sql};
use super::baser;

fn rust_filer(mapp: &Path, ut: &mut Vec<PathBuf>) {
    for post in std::fs::read_dir(mapp).unwrap() {
        let stig = post.unwrap().path();
        if stig.is_dir() {
            rust_filer(&stig, ut);
        } else if stig.extension().is_some_and(|e| e == "rs") {
            ut.push(stig);
        }
    }
}

/// Words of one engine, or that only mean the same by luck. Outside `fasad/` nobody says
/// them; comments count too, or the next reader looks in the wrong place.
const ORD: &[&str] = &[
    "rusqlite",
    "postgres::",
    "PRAGMA",
    "::bigint",
    "ILIKE",
    " datetime(",
    "(datetime(",
    " now()",
    "(now()",
    "AUTOINCREMENT",
    "rowid",
    "strftime('",
    "GENERATED",
    "nextval",
    "jsonb",
    "ON CONFLICT DO",
];

#[test]
fn engine_words_are_in_one_folder() {
    let rot = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut filer = Vec::new();
    for lada in std::fs::read_dir(rot.parent().unwrap()).unwrap() {
        let kod = lada.unwrap().path().join("src");
        if kod.is_dir() {
            rust_filer(&kod, &mut filer);
        }
    }
    assert!(filer.len() > 10);
    let mut brott = Vec::new();
    for fil in filer {
        let namn = fil.to_string_lossy();
        if namn.contains("store/src/db/fasad/") || namn.contains("/prov/") {
            continue;
        }
        // The tests' own view of the tables, beside the program and never in it.
        if namn.ends_with("crates/testkit/src/databas.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&fil).unwrap();
        brott.extend(
            ORD.iter()
                .filter(|o| text.contains(**o))
                .map(|o| format!("{namn}: {o}")),
        );
    }
    assert!(brott.is_empty(), "{brott:#?}");
}

/// Every file that declares statements is in `crate::texter`.
#[test]
fn every_declared_text_is_registered() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut filer = Vec::new();
    rust_filer(&src, &mut filer);
    let deklarerade: usize = filer
        .iter()
        .filter(|f| !f.ends_with("db/sql.rs") && !f.to_string_lossy().contains("/prov/"))
        .map(|f| {
            let text = std::fs::read_to_string(f).unwrap();
            text.lines()
                .filter(|r| *r == "sql! {" || *r == "infogning! {")
                .count()
        })
        .sum();
    assert_eq!(crate::texter::antal_moduler(), deklarerade);
}

#[test]
fn every_text_means_the_same_on_both_engines() {
    let baser = baser();
    let mut motorer: Vec<Motor> = baser
        .iter()
        .map(|bas| {
            drop(Db::oppna(&bas.mal, &Installningar::default()).unwrap());
            Motor::oppna(&bas.mal, &Installningar::default(), Uppgift::Skriva).unwrap()
        })
        .collect();
    for Sql { namn, text } in crate::texter::alla() {
        jamfor(&mut motorer, namn, text);
    }
    for infogning in crate::texter::infogningar() {
        let Infoga { tabell, .. } = infogning;
        for rader in infogning.storlekar() {
            jamfor(&mut motorer, tabell, &infogning.text(rader));
        }
    }
}

/// The tests' own statements too, or they would prove something else than they say.
#[test]
fn the_tests_texts_mean_the_same_on_both_engines() {
    let baser = baser();
    let mut motorer: Vec<Motor> = baser
        .iter()
        .map(|bas| {
            drop(bas.oppna());
            Motor::oppna(&bas.mal, &Installningar::default(), Uppgift::Skriva).unwrap()
        })
        .collect();
    for Sql { namn, text } in super::TEXTER {
        jamfor(&mut motorer, namn, text);
    }
}

fn jamfor(motorer: &mut [Motor], namn: &str, text: &str) {
    let svar: Vec<_> = motorer
        .iter_mut()
        .map(|m| {
            m.beskriv(text)
                .unwrap_or_else(|e| panic!("{namn}: {e:?}\n{text}"))
        })
        .collect();
    for en in &svar {
        assert!(
            !en.kolumner.iter().any(|(_, t)| *t == Some("okänd")),
            "{namn}: {en:?}"
        );
        let typer = en.parametertyper.as_deref().unwrap_or_default();
        assert!(!typer.contains(&"okänd"), "{namn}: {typer:?}");
    }
    for par in svar.windows(2) {
        let [a, b] = par else { continue };
        assert_eq!(a.parametrar, b.parametrar, "{namn}: parametrar");
        assert_eq!(a.kolumner.len(), b.kolumner.len(), "{namn}: kolumner");
        for ((an, at), (bn, bt)) in a.kolumner.iter().zip(&b.kolumner) {
            assert_eq!(an, bn, "{namn}: kolumnnamn");
            // SQLite keeps a bool in an INTEGER and says nothing of expressions.
            let lika = match (at, bt) {
                (Some("bigint"), Some("bool")) | (None, _) | (_, None) => true,
                (a, b) => a == b,
            };
            assert!(lika, "{namn}: {an} är {at:?} och {bt:?}");
        }
    }
}
