//! A second process at the same time, and a process killed in the middle.
//!
//! The child is this test binary again, told by the environment to run `child` only.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::super::{Db, DbFel, Installningar, Mal};
use super::{PROVSCHEMA, Provbas, baser, oka, stammer, ur_miljon};

const MAL: &str = "UTFALL_BARN_MAL";
const ANTAL: &str = "UTFALL_BARN_ANTAL";

/// Not a test of its own: what the child does. Without the environment it does nothing.
#[test]
fn child() {
    let (Some(mal), Some(antal)) = (ur_miljon(MAL), ur_miljon(ANTAL)) else {
        return;
    };
    let mal = match mal.strip_prefix("fil:") {
        Some(fil) => Mal::Sqlite(fil.into()),
        None => Mal::Postgres(mal),
    };
    let db = Db::oppna_med(&mal, &Installningar::default(), PROVSCHEMA).unwrap();
    let tradar: Vec<_> = (0..4)
        .map(|_| {
            let (db, antal) = (db.clone(), antal.parse::<u32>().unwrap());
            std::thread::spawn(move || {
                for _ in 0..antal {
                    let nr = db.skriv(oka).vanta().unwrap();
                    println!("kvitto {nr}");
                }
            })
        })
        .collect();
    tradar.into_iter().for_each(|t| t.join().unwrap());
}

fn barn(bas: &Provbas, antal: u32) -> Child {
    let mal = match &bas.mal {
        Mal::Sqlite(fil) => format!("fil:{}", fil.display()),
        Mal::Postgres(url) => url.clone(),
    };
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "db::prov::processer::child",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(MAL, mal)
        .env(ANTAL, antal.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn kvitton(barn: &mut Child) -> impl Iterator<Item = i64> + use<> {
    let rader = BufReader::new(barn.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    rader.filter_map(|r| r.split("kvitto ").nth(1)?.trim().parse().ok())
}

#[test]
fn second_process_loses_nothing() {
    for bas in baser() {
        let db = bas.oppna();
        let mut barn = barn(&bas, 50);
        let tradar: Vec<_> = (0..4)
            .map(|_| {
                let db = db.clone();
                std::thread::spawn(move || {
                    for _ in 0..50 {
                        db.skriv(oka).vanta().unwrap();
                    }
                })
            })
            .collect();
        tradar.into_iter().for_each(|t| t.join().unwrap());
        assert_eq!(kvitton(&mut barn).count(), 200);
        assert!(barn.wait().unwrap().success());
        assert_eq!(stammer(&db), 400);
    }
}

#[test]
fn killed_process_loses_nothing_it_acknowledged() {
    for bas in baser() {
        let mut hogst = 0;
        for omgang in 1..=3 {
            let mut barn = barn(&bas, 100_000);
            // Kills in the middle of its work: after so many receipts.
            let mut rader = kvitton(&mut barn);
            let sedda: Vec<i64> = rader.by_ref().take(30 * omgang).collect();
            barn.kill().unwrap();
            let kvar: Vec<i64> = rader.collect();
            barn.wait().unwrap();
            let kvitterat = sedda.into_iter().chain(kvar).max().unwrap();
            let db = bas.oppna();
            let varde = stammer(&db);
            assert!(
                varde >= kvitterat,
                "{varde} sparade, {kvitterat} kvitterade"
            );
            assert!(kvitterat > hogst);
            // And the file can be written again.
            assert_eq!(db.skriv(oka).vanta(), Ok::<_, DbFel>(varde + 1));
            hogst = varde + 1;
        }
    }
}
