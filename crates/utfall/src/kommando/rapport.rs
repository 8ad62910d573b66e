//! `utfall rapport`: a report as a file.

use super::{drift, vald_huvudman};
use crate::kommandorad::{Aren, Bestallning, INTERPELLATION};
use crate::slut::Slut;
use crate::verklighet::{Plats, oppna_nycklar, tjanst, vanta};
use std::io::Write as _;
use std::path::Path;
use utfall_app::deltagare::Mattfraga;
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
    if b.mall == INTERPELLATION {
        let bytes = interpellation(plats, b, format)?;
        return skriven(b, &bytes, "svaret");
    }
    let ar = ett_ar(b)?;
    let tjanst = plats.tjanst()?;
    let (bytes, utfardad) = vanta(async {
        let onskad = match b.mall.as_str() {
            "ekonomirapport" => Some(Onskad::Ekonomirapport {
                ar,
                till_manad: b.manad,
            }),
            "fordelningsmemo" => Some(Onskad::Fordelningsmemo { ar }),
            "insatsnot" => Some(Onskad::Insatsnot { ar }),
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
            ar,
            per: b.per.map(PerDag),
            adress: b.adress.clone(),
            format,
        };
        Ok(tjanst.bidragsrapport(&drift(&huvudman), fraga).await?)
    })?;
    let lage = if utfardad {
        "den utfärdade rapporten"
    } else {
        "ett utkast"
    };
    skriven(b, &bytes, lage)
}

fn skriven(b: &Bestallning, bytes: &[u8], vad: &str) -> Result<Slut, Slut> {
    skriv_fil(&b.till, bytes).map_err(|e| {
        Slut::Fel(format!(
            "Filen {} går inte att skriva: {}. Välj en annan plats.",
            b.till.display(),
            skal(&e)
        ))
    })?;
    Ok(Slut::Bra(format!("Skrev {vad} till {}.", b.till.display())))
}

/// The year of a report that is about one.
fn ett_ar(b: &Bestallning) -> Result<Option<i16>, Slut> {
    match b.aren {
        Some(aren) if aren.ett().is_none() => Err(Slut::Fel(
            "Rapporten gäller ett år. Bara interpellation kan gälla flera.".into(),
        )),
        aren => Ok(aren.and_then(Aren::ett)),
    }
}

/// How many took part, and what came of them.
fn interpellation(plats: &Plats, b: &Bestallning, format: Format) -> Result<Vec<u8>, Slut> {
    let nyckelplats = plats.nyckelplats(b.nyckel.as_deref())?;
    let db = plats.oppna()?;
    oppna_nycklar(&db, &nyckelplats)?;
    let tjanst = tjanst(db);
    vanta(async {
        let huvudman = vald_huvudman(&tjanst, b.huvudman.as_deref()).await?;
        let fraga = Mattfraga {
            kommun: b.kommun.clone(),
            fran: b.aren.map(|aren| aren.fran),
            till: b.aren.map(|aren| aren.till),
        };
        let aktor = drift(&huvudman);
        Ok(tjanst.deltagarmatt_fil(&aktor, fraga, format).await?)
    })
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
