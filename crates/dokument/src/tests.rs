//! The three formats against each other, against hostile text and against themselves.

mod disposition;
mod fientligt;
mod fryst;
mod hjalp;
mod lika;
mod sidor;

use utfall_domain::rapport::aterrapport::{Aterrapport, dokument};
use utfall_domain::rapport::{Dokument, Format, SattFel, Sattare};

use crate::Sattverk;

fn rapport() -> Aterrapport {
    serde_json::from_str(include_str!("../exempel/uppsala-2021.json")).unwrap()
}

fn kort() -> Dokument {
    let mut kort = rapport();
    kort.insatser.truncate(2);
    dokument(&kort)
}

#[test]
fn the_same_document_gives_the_same_bytes_in_every_format() {
    let dokument = kort();
    for format in Format::ALLA {
        let (en, tva) = (
            Sattverk.satt(&dokument, format),
            Sattverk.satt(&dokument, format),
        );
        assert!(en.is_ok_and(|en| Ok(en) == tva), "{format:?}");
    }
}

#[test]
fn another_instant_or_identity_gives_another_pdf() {
    let dokument = kort();
    let pdf = |dokument: &Dokument| Sattverk.satt(dokument, Format::Pdf).unwrap();
    let forsta = pdf(&dokument);
    let annan = Dokument {
        ident: "annan".into(),
        ..dokument.clone()
    };
    assert_ne!(pdf(&annan), forsta);
    let senare = Dokument {
        skapad: jiff::Timestamp::UNIX_EPOCH,
        ..dokument
    };
    assert_ne!(pdf(&senare), forsta);
}

#[test]
fn the_pdf_declares_both_standards_and_its_language() {
    let pdf = Sattverk.satt(&kort(), Format::Pdf).unwrap();
    let finns = |ord: &str| pdf.windows(ord.len()).any(|del| del == ord.as_bytes());
    for ord in [
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
        "/Lang",
    ] {
        assert!(finns(ord), "{ord}");
    }
}

#[test]
fn a_document_that_breaks_a_rule_is_refused_with_every_fault() {
    let mut dokument = kort();
    dokument.titel.clear();
    dokument.sprak.clear();
    for format in Format::ALLA {
        let Err(SattFel::Brister(brister)) = Sattverk.satt(&dokument, format) else {
            panic!("{format:?} sattes");
        };
        let koder: Vec<_> = brister.iter().map(|brist| brist.kod).collect();
        assert_eq!(koder, ["rapport-titel", "rapport-sprak"]);
    }
}
