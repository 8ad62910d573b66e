//! An import killed in the middle: a whole paper or nothing.

use crate::stod::{ar_frisk, exempel, program, utfall_i};
use std::collections::BTreeMap;
use std::process::Stdio;
use utfall_app::demo::PAPPER;
use utfall_testkit::Testdb;

/// When the machine is slow the kills must come later, so the time is measured.
#[expect(
    clippy::disallowed_methods,
    reason = "provet mäter hur länge en inläsning tar"
)]
fn klocka() -> std::time::Instant {
    std::time::Instant::now()
}

/// A dozen operators killed in the middle: afterwards the books are as they were after some
/// whole paper, nothing that was acknowledged is gone, and the rest can be imported.
#[test]
fn a_killed_import_leaves_all_of_a_paper_or_nothing() {
    let facit = Testdb::ny();
    drop(facit.oppna());
    let mut lagen: Vec<BTreeMap<String, i64>> = vec![facit.rader()];
    let mut tider = Vec::new();
    for p in PAPPER {
        let start = klocka();
        utfall_i(
            &facit,
            &["importera", "underlag", "--ny-huvudman", &exempel(p.stam)],
        )
        .slutar(0);
        tider.push(start.elapsed());
        lagen.push(facit.rader());
    }
    // The huvudman is made in a transaction of its own, before its first paper.
    let huvudman: Vec<i64> = lagen.iter().map(|l| l["huvudman"]).collect();
    let mut mitt_i = 0;
    for varv in 0..12_u64 {
        let db = Testdb::ny();
        drop(db.oppna());
        let [val, plats] = db.ord();
        let mut kvitterade = 0;
        for (nr, p) in PAPPER.iter().enumerate() {
            let fil = exempel(p.stam);
            let mut barn = program([
                "importera",
                "underlag",
                "--ny-huvudman",
                fil.as_str(),
                &val,
                &plats,
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
            if nr == usize::try_from(varv).unwrap() % PAPPER.len() {
                // Spread over the time that this paper takes on this machine just now.
                std::thread::sleep(tider[nr] * u32::try_from(varv).unwrap() / 14);
                // SIGKILL: nothing can be tidied up.
                let _ = barn.kill();
                mitt_i += usize::from(!barn.wait().unwrap().success());
                break;
            }
            assert!(barn.wait().unwrap().success(), "{}", p.stam);
            kvitterade = nr + 1;
        }
        let har = db.rader();
        let hel = lagen.iter().position(|l| *l == har);
        let bara_huvudman = lagen.iter().zip(&huvudman).position(|(l, antal)| {
            let mut l = l.clone();
            l.insert("huvudman".into(), antal + 1);
            l.insert("journal".into(), l["journal"] + 1);
            l == har
        });
        let lage = hel.or(bara_huvudman);
        let lage = lage.unwrap_or_else(|| panic!("varv {varv}: ett halvt papper: {har:?}"));
        assert!(
            lage >= kvitterade,
            "varv {varv}: {kvitterade} var kvitterade, {lage} finns"
        );
        utfall_i(&db, &["verifiera"]).slutar(0);
        for p in &PAPPER[lage..] {
            utfall_i(
                &db,
                &["importera", "underlag", "--ny-huvudman", &exempel(p.stam)],
            )
            .slutar(0);
        }
        assert_eq!(db.rader(), *lagen.last().unwrap(), "varv {varv}");
        ar_frisk(&db);
    }
    assert!(mitt_i >= 6, "bara {mitt_i} av tolv dödades mitt i");
    // Control: half a paper is no such state.
    let mut halvt = lagen[1].clone();
    halvt.insert("faktum".into(), halvt["faktum"] - 1);
    assert!(!lagen.contains(&halvt));
}
