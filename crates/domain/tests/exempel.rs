//! The papers in `exempel/` can be read, and hold nothing that must not be there.

use std::path::PathBuf;
use utfall_domain::underlag::{Underlag, las};

fn mapp() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel"))
}

/// Every paper as file name and text.
fn filer() -> Vec<(String, String)> {
    let mut ut: Vec<_> = std::fs::read_dir(mapp())
        .expect("exempel finns")
        .map(|post| post.expect("läsbar").path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .map(|p| {
            let stam = p.file_stem().expect("namn").to_string_lossy().into_owned();
            (stam, std::fs::read_to_string(&p).expect("UTF-8"))
        })
        .collect();
    ut.sort();
    ut
}

fn papper() -> Vec<Underlag> {
    filer()
        .iter()
        .map(|(stam, text)| las(stam, text.as_bytes()).unwrap_or_else(|p| panic!("{p:#?}")))
        .collect()
}

#[test]
fn every_paper_can_be_read() {
    assert!(!papper().is_empty());
}
