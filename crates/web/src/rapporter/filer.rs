//! A report's files: as issued, or the draft as it would look now.

use crate::adress;
use crate::anrop::{Inloggat, Resultat};
use crate::svar::Svar;
use utfall_domain::problem::Problem;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_vyer::komponent::Lank;

/// The formats with their endings, media types and names.
const FORMAT: [(Format, &str, &str, &str); 4] = [
    (Format::Pdf, "pdf", "application/pdf", "PDF"),
    (
        Format::Docx,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word",
    ),
    (
        Format::Xlsx,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel",
    ),
    (Format::Html, "html", "text/html; charset=utf-8", "HTML"),
];

/// The format a file name ends with, and its media type.
#[must_use]
pub fn typ(fil: &str) -> Option<(Format, &'static str)> {
    let slut = fil.rsplit_once('.')?.1;
    FORMAT
        .iter()
        .find(|(_, andelse, ..)| *andelse == slut)
        .map(|(format, _, typ, _)| (*format, *typ))
}

/// The formats, each as its ending and its name.
pub fn namn() -> impl Iterator<Item = (&'static str, &'static str)> {
    FORMAT.iter().map(|(_, andelse, _, namn)| (*andelse, *namn))
}

/// The files of an issued report.
#[must_use]
pub fn lankar(r: &Rapport) -> Vec<Lank> {
    FORMAT
        .iter()
        .map(|(_, andelse, _, namn)| {
            Lank::ny(
                *namn,
                adress::rapportfil(&r.slug, &format!("rapport.{andelse}")),
            )
        })
        .collect()
}

/// GET `/rapporter/{rapport}/{fil}`.
pub async fn fil(a: Inloggat) -> Resultat {
    let bok = a.bok().await?;
    let r = super::i_adressen(&a, &bok)?;
    let namn = a.stig.text("fil");
    let (format, typ) = typ(namn).ok_or_else(Problem::finns_inte)?;
    let aktor = &a.session.aktor;
    let bytes = match (namn.split('.').next(), &r.lage) {
        (Some("rapport"), Rapportlage::Utfardad { .. }) => {
            let fil = a.webb.tjanst.utfardad_fil(aktor, r, format).await?;
            fil.ok_or_else(Problem::finns_inte)?
        }
        (Some("utkast"), Rapportlage::Utkast { .. }) => {
            let adress = &a.webb.installningar.adress;
            let tjanst = &a.webb.tjanst;
            tjanst.rapportutkast(aktor, r, adress, format).await?
        }
        _ => return Err(Problem::finns_inte().into()),
    };
    Ok(Svar::fil(typ, &format!("{}-{namn}", r.slug), bytes))
}
