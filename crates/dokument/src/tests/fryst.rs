//! A report issued before there were other kinds of reports, and workbooks.

use sha2::{Digest, Sha256};
use utfall_domain::rapport::aterrapport::{Aterrapport, MALL_UTAN_DELAR, dokument};
use utfall_domain::rapport::{Format, Sattare, kanonisk};

use crate::Sattverk;

/// The frozen input as it stood in the database.
const INDATA: &str = include_str!("../../exempel/utfardad-mall-3.json");
/// The sums that were kept with it when it was issued.
const INDATA_SHA256: &str = "52a91e46f21e24e8f7a82f6d6008c01af4082f74ac8db26d61edb1020157eec0";
const PDF_SHA256: &str = "5ee128e1f8bad74ff91b93552196d9d9542d0c4c93f87f551943fc8e45c6309e";

fn hex(bytes: &[u8]) -> String {
    let summa: Vec<String> = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    summa.concat()
}

#[test]
fn a_report_issued_before_is_read_written_and_set_as_it_was() {
    assert_eq!(hex(INDATA.as_bytes()), INDATA_SHA256, "filen själv");
    let fryst: Aterrapport = serde_json::from_str(INDATA).unwrap();
    assert_eq!(fryst.mall(), MALL_UTAN_DELAR);
    assert!(fryst.har_dagens_mall());
    assert_eq!(kanonisk::json(&fryst).unwrap(), INDATA);
    let pdf = Sattverk.satt(&dokument(&fryst), Format::Pdf).unwrap();
    assert_eq!(hex(&pdf), PDF_SHA256);
}

#[test]
fn control_another_wording_gives_another_sum() {
    let mut fryst: Aterrapport = serde_json::from_str(INDATA).unwrap();
    fryst.bakgrund.push("Ett ord till.".into());
    let pdf = Sattverk.satt(&dokument(&fryst), Format::Pdf).unwrap();
    assert_ne!(hex(&pdf), PDF_SHA256);
}
