//! What is kept about a person, as files for the person.

use super::ur_stigen;
use crate::anrop::{Inloggat, Resultat};
use crate::rapporter;
use crate::svar::Svar;
use utfall_app::deltagare::Utdragsformat;
use utfall_domain::problem::Problem;

/// GET `/deltagare/{deltagare}/utdrag/{fil}`. The file's name says nothing of who it is.
pub async fn utdrag(a: Inloggat) -> Resultat {
    let id = ur_stigen(&a)?;
    let namn = a.stig.text("fil").to_owned();
    let (format, typ) = match namn.as_str() {
        "utdrag.json" => (Utdragsformat::Json, "application/json; charset=utf-8"),
        _ => {
            let (format, typ) = rapporter::typ(&namn).ok_or_else(Problem::finns_inte)?;
            (Utdragsformat::Dokument(format), typ)
        }
    };
    let tjanst = &a.webb.tjanst;
    let bytes = tjanst.registerutdrag(&a.session.aktor, id, format).await?;
    Ok(Svar::fil(typ, &format!("deltagande-{id}-{namn}"), bytes))
}
