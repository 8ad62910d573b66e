//! `utfall doktor`: is the installation well? Each rule with its outcome, and what to do.

use super::konto::forsta_kommandot;
use super::{drift, huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use std::path::Path;
use utfall_app::Tjanst;
use utfall_app::konton::har_administrator;
use utfall_behorighet::Atgard;
use utfall_domain::organisation::Huvudman;
use utfall_domain::problem::Problem;
use utfall_store as store;

/// Free space below which writing may stop any day, in mebibytes.
const FOR_LITE: u64 = 100;
/// Free space below which somebody should look, in mebibytes.
const SNART: u64 = 1_024;

/// The lines, and whether any of them is a fault.
#[derive(Default)]
struct Journal {
    rader: Vec<String>,
    fel: bool,
}

impl Journal {
    fn bra(&mut self, text: &str) {
        self.rader.push(format!("bra  {text}"));
    }

    /// Worth knowing; no fault.
    fn obs(&mut self, text: &str) {
        self.rader.push(format!("obs  {text}"));
    }

    fn fel(&mut self, text: &str) {
        self.rader.push(format!("FEL  {text}"));
        self.fel = true;
    }

    fn prov(&mut self, bra: bool, text: &str, annars: &str) {
        if bra {
            self.bra(text);
        } else {
            self.fel(annars);
        }
    }

    fn text(&self) -> String {
        self.rader.join("\n")
    }
}

/// Examines an installation and says what is wrong and how to put it right.
pub fn kor(plats: &Plats) -> Result<Slut, Slut> {
    let mut j = Journal::default();
    if let Plats::Mapp(mapp) = plats {
        rattigheter(&mut j, mapp);
    }
    let tjanst = match plats.tjanst() {
        Ok(tjanst) => tjanst,
        Err(slut) => {
            let (Slut::Fel(text) | Slut::Nekad(text) | Slut::Bra(text) | Slut::Databas(text, _)) =
                slut;
            j.fel(&format!("Databasen går inte att öppna. {text}"));
            return Err(Slut::Fel(j.text()));
        }
    };
    let mut j = vanta(async move {
        motorn(&mut j, &tjanst, plats).await?;
        innehallet(&mut j, &tjanst, plats).await?;
        Ok(j)
    })?;
    match plats {
        Plats::Mapp(mapp) => disken(&mut j, ledigt(mapp)),
        Plats::Databas(_) => {
            j.obs("Diskens utrymme syns inte härifrån: se efter på den maskin som har PostgreSQL.")
        }
    }
    if j.fel {
        Err(Slut::Nekad(j.text()))
    } else {
        Ok(Slut::Bra(j.text()))
    }
}

fn rattigheter(j: &mut Journal, mapp: &Path) {
    match andras_rattigheter(mapp) {
        Some(lage) if lage & 0o022 != 0 => j.fel(
            "Andra på datorn kan byta ut filerna i mappen. Ta bort deras rättigheter (chmod 700).",
        ),
        Some(lage) if lage != 0 => {
            j.obs("Andra på datorn kan se vilka filer mappen har. Ta bort det (chmod 700).");
        }
        _ => j.bra("Bara du kommer åt mappen."),
    }
    let oppna = ["utfall.db", "utfall.db-wal", "utfall.db-shm"]
        .into_iter()
        .filter(|namn| andras_rattigheter(&mapp.join(namn)).is_some_and(|lage| lage != 0))
        .collect::<Vec<_>>()
        .join(", ");
    j.prov(
        oppna.is_empty(),
        "Bara du kan läsa databasfilen.",
        &format!("Andra på datorn kan läsa {oppna}. Ta bort deras rättigheter (chmod 600)."),
    );
}

async fn motorn(j: &mut Journal, tjanst: &Tjanst, plats: &Plats) -> Result<(), Slut> {
    let db = tjanst.db();
    let version = db
        .las(|k| -> Result<i64, Problem> { Ok(store::installation::schema(k)?) })
        .await?;
    j.bra(&format!(
        "Databasen går att öppna. Den har version {version}, som är programmets."
    ));
    let regler = db
        .las(|k| -> Result<_, Problem> { Ok(k.regler()?) })
        .await?;
    for regel in regler {
        let annars = format!("{}. {}", regel.text, regel.atgard);
        j.prov(regel.bra, &format!("{}.", regel.text), &annars);
    }
    if matches!(plats, Plats::Databas(_)) {
        j.obs("PostgreSQL prövar sina egna filer med pg_amcheck; det görs inte härifrån.");
        return Ok(());
    }
    let funnet = db
        .las(|k| -> Result<_, Problem> { Ok(k.undersok()?) })
        .await?;
    j.prov(
        funnet.is_empty(),
        "Filens sidor, index och kopplingar hänger ihop.",
        &format!(
            "Filen är skadad: {}. Stoppa, spara en kopia av filen som den är och läs tillbaka en \
             säkerhetskopia.",
            funnet.join("; ")
        ),
    );
    Ok(())
}

async fn innehallet(j: &mut Journal, tjanst: &Tjanst, plats: &Plats) -> Result<(), Slut> {
    let alla = huvudman(tjanst).await?;
    let kedja = match alla.first() {
        Some(h) => tjanst.verifiera_journal(&drift(h), None).await?.is_ok(),
        None => true,
    };
    j.prov(
        kedja,
        "Journalens kedja är hel.",
        "Journalens kedja är bruten. Kör utfall verifiera.",
    );
    let mut trasiga = Vec::new();
    for h in &alla {
        if tjanst
            .bok(&drift(h), Atgard::LasaMedel, None)
            .await
            .is_err()
        {
            trasiga.push(h.namn.as_str());
        }
    }
    j.prov(
        trasiga.is_empty(),
        &format!("Alla räkenskaper går att läsa: {} huvudmän.", alla.len()),
        &format!(
            "Räkenskaperna går inte att läsa hos {}. Se loggen och läs tillbaka en \
             säkerhetskopia.",
            trasiga.join(", ")
        ),
    );
    konton(j, tjanst, plats, &alla).await
}

async fn konton(
    j: &mut Journal,
    tjanst: &Tjanst,
    plats: &Plats,
    alla: &[Huvudman],
) -> Result<(), Slut> {
    if alla.is_empty() {
        let kommando = forsta_kommandot(plats, None);
        j.obs(&format!(
            "Ingen huvudman är upplagd. Lägg upp er: {kommando}"
        ));
    }
    for h in alla {
        if !har_administrator(&tjanst.konton(&drift(h)).await?) {
            let kommando = forsta_kommandot(plats, Some(h));
            j.obs(&format!(
                "{} har ingen administratör. Lägg upp en: {kommando}",
                h.namn
            ));
        }
    }
    let demo = tjanst
        .db()
        .las(|k| -> Result<bool, Problem> { Ok(store::installation::har_demokonton(k)?) })
        .await?;
    if demo {
        j.obs("Här finns demokonton: serve vägrar starta med den här databasen, demo visar den.");
    }
    Ok(())
}

/// `ledigt` is free mebibytes; `None` when nobody knows.
fn disken(j: &mut Journal, ledigt: Option<u64>) {
    match ledigt {
        None => j.obs("Diskens utrymme går inte att läsa här."),
        Some(mib) if mib < FOR_LITE => j.fel(&format!(
            "Disken har bara {mib} MiB ledigt. Frigör plats: när den är full sparas inget."
        )),
        Some(mib) if mib < SNART => {
            j.obs(&format!("Disken har {mib} MiB ledigt. Frigör plats snart."));
        }
        Some(mib) => j.bra(&format!("Disken har {} GiB ledigt.", mib / 1_024)),
    }
}

#[cfg(unix)]
fn ledigt(mapp: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(mapp).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize) / (1_024 * 1_024))
}

#[cfg(not(unix))]
fn ledigt(_: &Path) -> Option<u64> {
    None
}

/// What others than the owner may do with it; `None` when it does not exist.
#[cfg(unix)]
fn andras_rattigheter(fil: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let lage = std::fs::metadata(fil).ok()?.permissions().mode();
    Some(lage & 0o077)
}

#[cfg(not(unix))]
fn andras_rattigheter(_: &Path) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_well_soon_full_or_full() {
        for (ledigt, borjar, fel) in [
            (Some(2_048), "bra  Disken har 2 GiB", false),
            (Some(1_023), "obs  Disken har 1023 MiB", false),
            (Some(99), "FEL  Disken har bara 99 MiB", true),
            (None, "obs  ", false),
        ] {
            let mut j = Journal::default();
            disken(&mut j, ledigt);
            assert!(j.text().starts_with(borjar), "{}", j.text());
            assert_eq!(j.fel, fel);
        }
    }
}
