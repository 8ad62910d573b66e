//! PDF by Typst: PDF/A-2a and PDF/UA-1 in one file.
//!
//! The template reads the document as JSON from a file that exists only in memory; it never
//! becomes source text. The world around the template has two kinds of files, that JSON and
//! the pictures, and answers everything else with "access denied".

mod ersatt;
pub(crate) mod varld;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use jiff::tz::TimeZone;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use utfall_domain::rapport::{Dokument, SattFel};

use ersatt::Niva;
use varld::Varld;

/// Layout recurses as deep as the document nests, and debug frames are wide.
const STACK: usize = 16 * 1024 * 1024;

/// How many documents ago something must last have been used to be dropped from the memory
/// that the typesetter keeps between documents.
const MINNE: usize = 2;

/// Sets the document on a thread of its own, with room for recursion, and turns a panic in the
/// typesetter into an error.
pub(crate) fn satt(dokument: &Dokument) -> Result<Vec<u8>, SattFel> {
    thread::scope(|omfang| {
        thread::Builder::new()
            .name("sattning".to_owned())
            .stack_size(STACK)
            .spawn_scoped(omfang, || {
                catch_unwind(AssertUnwindSafe(|| satt_har(dokument)))
            })
            .map_err(|fel| SattFel::Sattning(fel.to_string()))?
            .join()
            .and_then(|svar| svar)
            .unwrap_or_else(|_| Err(SattFel::Sattning("typsättaren avbröts".to_owned())))
    })
}

/// Characters no font has are replaced first; should a cluster of characters still lack a
/// shape, which PDF/A forbids, everything outside plain Latin is spelled out.
fn satt_har(dokument: &Dokument) -> Result<Vec<u8>, SattFel> {
    let svar = en_gang(&ersatt::ersatt(dokument, Niva::Otackta))
        .or_else(|_| en_gang(&ersatt::ersatt(dokument, Niva::UtomLatin)));
    comemo::evict(MINNE);
    svar
}

fn en_gang(dokument: &Dokument) -> Result<Vec<u8>, SattFel> {
    typst_pdf::pdf(&sidor(dokument)?, &installningar(dokument)?).map_err(|fel| orsak(&fel))
}

/// The pages before they are written as PDF.
pub(crate) fn sidor(dokument: &Dokument) -> Result<PagedDocument, SattFel> {
    let varld = Varld::ny(dokument).map_err(SattFel::Sattning)?;
    typst::compile(&varld).output.map_err(|fel| orsak(&fel))
}

fn installningar(dokument: &Dokument) -> Result<PdfOptions, SattFel> {
    let standarder = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|fel| SattFel::Sattning(fel.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(dokument.ident.clone()),
        creator: Smart::Custom(Some(format!("Utfall, {}", dokument.mallversion))),
        timestamp: tidpunkt(dokument),
        page_ranges: None,
        standards: standarder,
        tagged: true,
        pretty: false,
    })
}

fn tidpunkt(dokument: &Dokument) -> Option<Timestamp> {
    let tid = dokument.skapad.to_zoned(TimeZone::UTC);
    let del = |tal: i8| u8::try_from(tal).ok();
    let tid = Datetime::from_ymd_hms(
        i32::from(tid.year()),
        del(tid.month())?,
        del(tid.day())?,
        del(tid.hour())?,
        del(tid.minute())?,
        del(tid.second())?,
    )?;
    Some(Timestamp::new_utc(tid))
}

fn orsak(fel: &[SourceDiagnostic]) -> SattFel {
    let rader: Vec<String> = fel.iter().map(|f| f.message.to_string()).collect();
    SattFel::Sattning(rader.join("; "))
}
