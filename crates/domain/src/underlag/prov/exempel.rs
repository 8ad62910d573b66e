//! The papers in `exempel/` can be read, and hold nothing that must not be there.

use super::bannlista::{ANTAL, NAMN};
use crate::granskning::{Allvar, granska};
use crate::underlag::{Underlag, las};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The papers: the five public ones (Örnsköldsvik's as six files) and the invented one.
const PAPPER: [&str; 11] = [
    "asf",
    "forsby",
    "helarsekvivalenter",
    "jobbtorg",
    "nns",
    "protokoll",
    "ragunda",
    "sandviken",
    "strangnas",
    "uppsala",
    "volymer",
];

fn mapp() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel"))
}

fn text(stam: &str) -> String {
    std::fs::read_to_string(mapp().join(format!("{stam}.json"))).expect("exemplet finns")
}

fn papper(stam: &str) -> Underlag {
    las(stam, text(stam).as_bytes()).unwrap_or_else(|p| panic!("{stam}: {p:#?}"))
}

#[test]
fn the_folder_holds_these_papers_and_no_others() {
    let finns: BTreeSet<String> = std::fs::read_dir(mapp())
        .expect("exempel finns")
        .map(|post| {
            post.expect("läsbar")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let ska = PAPPER.iter().map(|p| format!("{p}.json"));
    assert_eq!(
        finns,
        ska.chain(["README.md", "bokforing"].map(str::to_owned))
            .collect()
    );
}

#[test]
fn every_paper_can_be_read_and_belongs_to_its_huvudman() {
    for stam in PAPPER {
        let u = papper(stam);
        let huvudman = match stam {
            "forsby" | "ragunda" | "sandviken" | "strangnas" | "uppsala" => stam,
            _ => "ornskoldsvik",
        };
        assert_eq!(u.dokument.huvudman.slug.0, huvudman);
        assert_eq!(u.dokument.huvudman.pahittat, stam == "forsby", "{stam}");
    }
}

/// FNV-1a: enough to recognise a word without writing it down.
fn hash(ord: &str) -> u64 {
    ord.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The words of a text, lower case.
fn ord(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|o| !o.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The named people that a text mentions.
fn namngivna(text: &str) -> Vec<String> {
    let ord = ord(text);
    let par = ord.windows(2).map(|p| p.join(" "));
    ord.iter()
        .cloned()
        .chain(par)
        .filter(|o| NAMN.contains(&hash(o)))
        .collect()
}

#[test]
fn no_paper_names_a_person() {
    for stam in PAPPER {
        assert_eq!(namngivna(&text(stam)), Vec::<String>::new(), "{stam}");
    }
    // The list works: a name that is on it is found, whatever the case and the signs.
    assert_eq!(NAMN.len(), ANTAL);
    assert!(NAMN.is_sorted());
    let provnamn = "handläggare: Prov Provsson, Forsby";
    assert_eq!(namngivna(provnamn), ["provsson", "prov provsson"]);
}

/// Runs of digits that hyphens and spaces hold together, as phone numbers are written.
fn nummer(text: &str) -> Vec<String> {
    let mut ut = Vec::new();
    for bit in text.split(|c: char| !(c.is_ascii_digit() || c == '-' || c == '+')) {
        let siffror = bit.bytes().filter(u8::is_ascii_digit).count();
        let telefon = bit.starts_with('0') || bit.starts_with("+46");
        let personnummer = bit
            .split_once('-')
            .is_some_and(|(a, b)| matches!(a.len(), 6 | 8) && b.len() == 4);
        if (telefon && siffror >= 7) || personnummer {
            ut.push(bit.to_owned());
        }
    }
    ut
}

/// Streets with a house number.
fn adresser(text: &str) -> Vec<String> {
    ord(text)
        .windows(2)
        .filter(|p| p[0].ends_with("gatan") || p[0].ends_with("vägen"))
        .filter(|p| p[1].parse::<u16>().is_ok())
        .map(|p| p.join(" "))
        .collect()
}

#[test]
fn no_paper_has_a_phone_number_an_address_or_an_e_mail() {
    for stam in PAPPER {
        let text = text(stam);
        assert_eq!(nummer(&text), Vec::<String>::new(), "{stam}");
        assert!(!text.contains('@'), "{stam}");
        assert!(!text.contains("http") && !text.contains("www."), "{stam}");
        assert_eq!(adresser(&text), Vec::<String>::new(), "{stam}");
    }
    assert_eq!(adresser("Bor på Storgatan 4."), ["storgatan 4"]);
    assert_eq!(
        nummer("ring 070-1234567 eller 19121212-1212"),
        ["070-1234567", "19121212-1212"]
    );
}

#[test]
fn forsby_uses_all_five_kinds_of_no_number_and_has_only_planted_faults() {
    let u = papper("forsby");
    let orsaker: BTreeSet<_> = u.luckor.iter().map(|l| l.varfor.kod()).collect();
    let alla = ["ej-beslutat", "ej-inrapporterat", "okant", "sekretess"];
    assert_eq!(orsaker, BTreeSet::from(alla));
    let noll = u
        .insatser
        .iter()
        .flat_map(|i| &i.ekonomi)
        .flat_map(|e| &e.utfall);
    assert!(noll.into_iter().any(|u| u.belopp.ore.0 == 0), "noll kronor");
    let fynd = granska(&u);
    let fel = fynd.iter().filter(|f| f.allvar == Allvar::Fel).count();
    assert_eq!((fel, fynd.len()), (2, 3), "{fynd:#?}");
    assert_eq!((u.bidrag.len(), u.insatser.len()), (8, 21));
    assert!(
        u.organisationer
            .iter()
            .filter(|o| o.namn.contains("(påhitta"))
            .count()
            == 3
    );
}
