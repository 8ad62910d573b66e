//! `utfall rapport`: a report as a file.

use super::{drift, vald_huvudman};
use crate::kommandorad::Bestallning;
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use utfall_app::rapporter::Bidragsrapport;
use utfall_domain::rapport::Format;
use utfall_domain::tid::PerDag;

/// Writes the report. An issued one is written as it was issued, byte by byte; otherwise it
/// is set as a draft and says so.
pub fn kor(plats: &Plats, b: &Bestallning) -> Result<Slut, Slut> {
    let andelse = b.till.extension().map(|a| a.to_string_lossy().into_owned());
    let format = andelse
        .as_deref()
        .and_then(Format::av_andelse)
        .ok_or_else(|| {
            Slut::Fel(format!(
                "Filen {} har ingen ändelse som går att skriva. Välj pdf, docx eller html.",
                b.till.display()
            ))
        })?;
    let tjanst = plats.tjanst()?;
    let (bytes, utfardad) = vanta(async {
        let huvudman = match &b.huvudman {
            Some(slug) => vald_huvudman(&tjanst, Some(slug)).await?,
            None => tjanst_huvudman(&tjanst, &b.bidrag).await?,
        };
        let fraga = Bidragsrapport {
            bidrag: b.bidrag.clone(),
            ar: b.ar,
            per: b.per.map(PerDag),
            adress: b.adress.clone(),
            format,
        };
        Ok(tjanst.bidragsrapport(&drift(&huvudman), fraga).await?)
    })?;
    std::fs::write(&b.till, bytes).map_err(|e| {
        Slut::Fel(format!(
            "Filen {} går inte att skriva: {e}. Välj en annan plats.",
            b.till.display()
        ))
    })?;
    let lage = if utfardad {
        "den utfärdade rapporten"
    } else {
        "ett utkast"
    };
    Ok(Slut::Bra(format!(
        "Skrev {lage} till {}.",
        b.till.display()
    )))
}

/// The one huvudman that has a grant with this name.
async fn tjanst_huvudman(
    tjanst: &utfall_app::Tjanst,
    bidrag: &str,
) -> Result<utfall_domain::organisation::Huvudman, Slut> {
    let mut traffar = Vec::new();
    for h in super::huvudman(tjanst).await? {
        let atgard = utfall_behorighet::Atgard::LasaRapporter;
        let bok = tjanst.bok(&drift(&h), atgard, None).await?;
        if bok.bidrag.iter().any(|b| b.slug == bidrag) {
            traffar.push(h);
        }
    }
    match traffar.len() {
        1 => traffar.pop().ok_or_else(|| Slut::Fel(String::new())),
        0 => Err(Slut::Fel(format!(
            "Bidraget {bidrag} finns inte. Skriv utfall bidrag för att se vilka som finns."
        ))),
        _ => Err(Slut::Fel(format!(
            "Flera huvudmän har ett bidrag som heter {bidrag}. Välj en med --huvudman."
        ))),
    }
}
