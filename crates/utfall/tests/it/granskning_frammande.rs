//! A stranger's papers, written from the documentation alone, through the same commands.

use crate::stod::{ar_frisk, rot, utfall, utfall_i};
use utfall_testkit::Testdb;

/// The table of expected findings in the README: severity, rule, stated, computed, difference.
fn facit(rubrik: &str) -> Vec<[String; 5]> {
    let text = std::fs::read_to_string(mapp().join("README.md")).unwrap();
    let del = text.split(&format!("\n## {rubrik}\n")).nth(1).unwrap();
    let del = del.split("\n## ").next().unwrap();
    let mut ut: Vec<[String; 5]> = del
        .lines()
        .filter(|r| r.starts_with('|') && r.contains('`'))
        .map(|r| {
            let celler: Vec<String> = r
                .split('|')
                .map(|c| c.trim().replace(['`'], ""))
                .skip(1)
                .take(5)
                .collect();
            celler.try_into().unwrap()
        })
        .collect();
    ut.sort();
    ut
}

fn mapp() -> std::path::PathBuf {
    rot().join("crates/domain/src/underlag/prov/frammande")
}

fn funna(json: &serde_json::Value) -> Vec<[String; 5]> {
    let tal = |v: &serde_json::Value| match v {
        serde_json::Value::Null => "–".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        annat => annat.to_string(),
    };
    let mut ut: Vec<[String; 5]> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|f| ["allvar", "regel", "angivet", "beraknat", "skillnad"].map(|falt| tal(&f[falt])))
        .collect();
    ut.sort();
    ut
}

/// Judged alone, judged in the database, listed, and reported: nothing in the program knows
/// these papers.
#[test]
fn a_strangers_paper_works_unchanged_from_file_to_report() {
    for stam in ["alvnas", "hamnvik"] {
        let fil = mapp().join(format!("{stam}.json")).display().to_string();
        let vantat = facit(stam);
        assert!(vantat.len() >= 3, "{vantat:?}");
        let svar = utfall(["granska", &fil, "--format", "json"]).slutar(1);
        assert_eq!(funna(&svar.json()), vantat, "{stam}");

        let db = Testdb::ny();
        utfall_i(&db, &["importera", "underlag", "--ny-huvudman", &fil]).slutar(0);
        let svar = utfall_i(&db, &["granska", "--format", "json"]).slutar(1);
        assert_eq!(funna(&svar.json()), vantat, "{stam} ur databasen");
        ar_frisk(&db);
        utfall_i(&db, &["insatser"]).slutar(0);
        let bidrag = utfall_i(&db, &["bidrag"]).slutar(0).ut;
        for rad in bidrag.lines() {
            let slug = rad.split('\t').nth(1).unwrap();
            let till = tempfile::tempdir().unwrap();
            let till = till.path().join("r.html").display().to_string();
            let ord = ["rapport", "aterrapport", "--bidrag", slug, "--till", &till];
            utfall_i(&db, &ord).slutar(0);
        }
    }
}
