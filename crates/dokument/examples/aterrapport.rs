//! Sets the sample report in every format, to be looked at and to be checked by others.
//!
//! `cargo run -p utfall-dokument --example aterrapport -- DIR` writes `uppsala-2021.pdf`,
//! `.docx` and `.html`, and the same for the edge cases, into DIR (`target/dokument` if none).

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use utfall_dokument::Sattverk;
use utfall_domain::rapport::aterrapport::{Aterrapport, dokument};
use utfall_domain::rapport::{Dokument, Format, Sattare};
use utfall_domain::varde::Varde;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args()
        .nth(1)
        .map_or_else(|| "target/dokument".into(), PathBuf::from);
    fs::create_dir_all(&dir)?;
    let rapport: Aterrapport = serde_json::from_str(include_str!("../exempel/uppsala-2021.json"))?;
    skriv(&dir, "uppsala-2021", &dokument(&rapport))?;
    skriv(&dir, "utan-insatser", &dokument(&utan_insatser(&rapport)))?;
    skriv(&dir, "sextio-insatser", &dokument(&sextio(&rapport)))?;
    skriv(&dir, "inga-tal", &dokument(&inga_tal(&rapport)))?;
    Ok(())
}

fn skriv(dir: &std::path::Path, namn: &str, dokument: &Dokument) -> Result<(), Box<dyn Error>> {
    for format in Format::ALLA {
        let fil = dir.join(format!("{namn}.{}", format.andelse()));
        fs::write(&fil, Sattverk.satt(dokument, format)?)?;
        println!("{}", fil.display());
    }
    Ok(())
}

fn utan_insatser(rapport: &Aterrapport) -> Aterrapport {
    Aterrapport {
        insatser: Vec::new(),
        namnder: Vec::new(),
        ..rapport.clone()
    }
}

/// Six of each insats, with names that break lines.
fn sextio(rapport: &Aterrapport) -> Aterrapport {
    let mut ut = rapport.clone();
    ut.markning = Some("Påhittade uppgifter".to_owned());
    ut.insatser = (1..=6)
        .flat_map(|varv| {
            rapport
                .insatser
                .iter()
                .map(move |insats| (varv, insats.clone()))
        })
        .map(|(varv, mut insats)| {
            insats.namn = format!(
                "{} i stadsdelsförvaltningsområde nummer {varv}",
                insats.namn
            );
            insats
        })
        .collect();
    ut
}

/// Every kind of missing figure.
fn inga_tal(rapport: &Aterrapport) -> Aterrapport {
    let mut ut = rapport.clone();
    let slag = [
        Varde::Okant,
        Varde::EjBeslutat,
        Varde::EjInrapporterat,
        Varde::Sekretess,
    ];
    ut.rekvirerat.varde = Varde::EjBeslutat;
    ut.att_aterbetala.varde = Varde::EjInrapporterat;
    for (insats, varde) in ut.insatser.iter_mut().zip(slag.into_iter().cycle()) {
        insats.belopp.utfall.varde = varde;
        insats.belopp.avvikelse.varde = varde;
    }
    ut
}
