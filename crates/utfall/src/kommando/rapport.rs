//! `utfall rapport`: a report as a file.

use super::{drift, vald_huvudman};
use crate::kommandorad::Bestallning;
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use std::io::Write as _;
use std::path::Path;
use utfall_app::rapporter::{Bidragsrapport, Onskad};
use utfall_domain::rapport::Format;
use utfall_domain::tid::PerDag;
use utfall_store::iofel::skal;

/// Writes the report. An issued one is written as it was issued, byte by byte; otherwise it
/// is set as a draft and says so.
pub fn kor(plats: &Plats, b: &Bestallning) -> Result<Slut, Slut> {
    let andelse = b.till.extension().map(|a| a.to_string_lossy().into_owned());
    let format = andelse
        .as_deref()
        .and_then(Format::av_andelse)
        .ok_or_else(|| {
            Slut::Fel(format!(
                "Filen {} har ingen ändelse som går att skriva. Välj pdf, docx, xlsx eller html.",
                b.till.display()
            ))
        })?;
    let tjanst = plats.tjanst()?;
    let (bytes, utfardad) = vanta(async {
        let onskad = match b.mall.as_str() {
            "ekonomirapport" => Some(Onskad::Ekonomirapport {
                ar: b.ar,
                till_manad: b.manad,
            }),
            "fordelningsmemo" => Some(Onskad::Fordelningsmemo { ar: b.ar }),
            "insatsnot" => Some(Onskad::Insatsnot { ar: b.ar }),
            _ => None,
        };
        if let Some(onskad) = onskad {
            let huvudman = vald_huvudman(&tjanst, b.huvudman.as_deref()).await?;
            let (per, aktor) = (b.per.map(PerDag), drift(&huvudman));
            let fil = tjanst.sammanstallning(&aktor, onskad, per, &b.adress, format);
            return Ok(fil.await?);
        }
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
    skriv_fil(&b.till, &bytes).map_err(|e| {
        Slut::Fel(format!(
            "Filen {} går inte att skriva: {}. Välj en annan plats.",
            b.till.display(),
            skal(&e)
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

/// Writes a file whole or not at all: beside, and then in its place.
pub(super) fn skriv_fil(till: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let finns = std::fs::metadata(till).ok();
    // A pipe or a device cannot be replaced, and a file that is marked read-only is not.
    if finns
        .as_ref()
        .is_some_and(|m| !m.is_file() || m.permissions().readonly())
    {
        return std::fs::write(till, bytes);
    }
    let mapp = till.parent().filter(|m| !m.as_os_str().is_empty());
    let mut bygg = tempfile::Builder::new();
    bygg.prefix(".utfall-");
    #[cfg(unix)]
    bygg.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut fil = bygg.tempfile_in(mapp.unwrap_or(Path::new(".")))?;
    fil.write_all(bytes)?;
    fil.as_file().sync_all()?;
    fil.persist(till)?;
    Ok(())
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
