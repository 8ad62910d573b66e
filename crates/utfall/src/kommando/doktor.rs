//! `utfall doktor`: is the installation well?

use super::{drift, huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use utfall_behorighet::Atgard;
use utfall_domain::problem::Problem;
use utfall_store as store;

/// Examines an installation and says what is wrong and how to put it right.
pub fn kor(plats: &Plats) -> Result<Slut, Slut> {
    let mut rader = Vec::new();
    let mut fel = 0_usize;
    let mut prov = |bra: bool, text: &str, annars: &str| {
        rader.push(if bra {
            format!("bra  {text}")
        } else {
            format!("FEL  {annars}")
        });
        fel += usize::from(!bra);
    };
    if let Plats::Mapp(mapp) = plats {
        prov(
            ensam_lasare(&mapp.join("utfall.db")),
            "Bara du kan läsa databasfilen.",
            "Andra på datorn kan läsa databasfilen. Ta bort deras rättigheter (chmod 600).",
        );
    }
    let tjanst = plats.tjanst()?;
    prov(true, "Databasen går att öppna och har rätt version.", "");
    let (alla, demo, journal, bocker) = vanta(async {
        let alla = huvudman(&tjanst).await?;
        let demo = tjanst
            .db()
            .las(|k| -> Result<bool, Problem> { Ok(store::installation::har_demokonton(k)?) })
            .await?;
        let journal = match alla.first() {
            Some(h) => tjanst.verifiera_journal(&drift(h), None).await?.is_ok(),
            None => true,
        };
        let mut bocker = true;
        for h in &alla {
            bocker &= tjanst.bok(&drift(h), Atgard::LasaMedel, None).await.is_ok();
        }
        Ok((alla.len(), demo, journal, bocker))
    })?;
    prov(
        journal,
        "Journalens kedja är hel.",
        "Journalens kedja är bruten. Kör utfall verifiera.",
    );
    prov(
        bocker,
        "Alla räkenskaper går att läsa.",
        "Några räkenskaper går inte att läsa. Se loggen och läs tillbaka en säkerhetskopia.",
    );
    rader.push(format!("     {alla} huvudmän."));
    if demo {
        rader.push("     Här finns demokonton: serve vägrar starta med den här databasen.".into());
    }
    let text = rader.join("\n");
    if fel == 0 {
        Ok(Slut::Bra(text))
    } else {
        Err(Slut::Nekad(text))
    }
}

/// Whether nobody but the owner can read the file. A file that does not exist is no fault.
#[cfg(unix)]
fn ensam_lasare(fil: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(fil).map_or(true, |m| m.permissions().mode().trailing_zeros() >= 6)
}

#[cfg(not(unix))]
fn ensam_lasare(_: &std::path::Path) -> bool {
    true
}
