//! Any bytes at all to the readers of what comes from outside: the targets of `fuzz/` in short
//! form. The long form is `cargo xtask prov fuzz`.

#[path = "../../../../fuzz/src/lib.rs"]
mod mal;

use crate::stod::rot;
use std::fs;
use std::panic::catch_unwind;
use utfall_app::Slump as _;
use utfall_testkit::Fro;

/// Mutations of each file of the corpus.
const GANGER: usize = 60;
/// What papers and addresses are made of; a byte alone seldom gets past the first check.
const BITAR: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "-",
    "\u{2212}",
    "\u{a0}",
    "\u{202e}",
    "0",
    "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    ",5",
    " tkr",
    " Mkr",
    " kr",
    "2021-02-29",
    "-271821-04-20",
    "+275760-09-13",
    "9999-12-31",
    "1e9",
    "\\u0000",
    "\u{0}",
    "100,1 %",
    "#TRANS 1930 {} ",
    "\r\n}\r\n",
    "#KSUMMA",
    "\"belopp\":",
    "\"id\":",
];

/// The bytes with one to four places changed: a byte turned, a piece put in, taken out or
/// doubled.
fn muterat(slump: &Fro, bytes: &[u8]) -> Vec<u8> {
    let mut ut = bytes.to_vec();
    let nasta = |under: usize| {
        let mut fyra = [0; 4];
        slump.fyll(&mut fyra);
        usize::try_from(u32::from_be_bytes(fyra)).unwrap() % under.max(1)
    };
    for _ in 0..=nasta(4) {
        let plats = nasta(ut.len() + 1);
        let slut = (plats + nasta(40)).min(ut.len());
        match nasta(4) {
            0 if plats < ut.len() => ut[plats] ^= 1 << nasta(8),
            1 => drop(ut.splice(plats..slut, BITAR[nasta(BITAR.len())].bytes())),
            2 => drop(ut.drain(plats..slut)),
            _ => {
                let bit = ut[plats..slut].to_vec();
                drop(ut.splice(plats..plats, bit));
            }
        }
    }
    ut
}

/// The corpus of a target; for papers the real ones too, and for accounts those of Forsby.
fn korpus(namn: &str) -> Vec<Vec<u8>> {
    let mut mappar = vec![rot().join("fuzz/korpus").join(namn)];
    if namn == "underlag" {
        mappar.push(rot().join("exempel"));
    }
    if namn == "sie" {
        mappar.push(rot().join("exempel/bokforing"));
    }
    let mut filer: Vec<_> = mappar
        .iter()
        .flat_map(|mapp| fs::read_dir(mapp).unwrap())
        .map(|post| post.unwrap().path())
        .filter(|stig| stig.is_file())
        .collect();
    filer.sort();
    filer.iter().map(|fil| fs::read(fil).unwrap()).collect()
}

#[test]
fn no_bytes_from_outside_break_a_promise_of_the_readers() {
    let slump = Fro::ny(20_261_122);
    for (namn, mal) in mal::MAL {
        let korpus = korpus(namn);
        assert!(korpus.len() >= 8, "{namn}: {}", korpus.len());
        for fil in &korpus {
            mal(fil);
            for _ in 0..GANGER {
                let bytes = muterat(&slump, fil);
                let svar = catch_unwind(|| mal(&bytes));
                let text = String::from_utf8_lossy(&bytes);
                assert!(svar.is_ok(), "{namn} faller på: {text}");
            }
        }
    }
}

/// Positive control: the mutations do reach behind the first check, and make what was not there.
#[test]
fn control_the_mutations_reach_behind_the_first_check() {
    let slump = Fro::ny(7);
    let papper = fs::read(rot().join("exempel/ragunda.json")).unwrap();
    let lasta = (0..200)
        .filter(|_| utfall_domain::underlag::las("prov", &muterat(&slump, &papper)).is_ok())
        .count();
    assert!((5..195).contains(&lasta), "{lasta} av 200 gick att läsa");
    // What a fault that only one piece of bytes wakes would be found by.
    let funnet = (0..1_000).any(|_| {
        let bytes = muterat(&slump, b"{\"belopp\": \"1 k\"}");
        bytes.windows(4).any(|b| b == b"9999")
    });
    assert!(funnet, "kontroll");
}
