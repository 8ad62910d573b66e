//! `utfall importera underlag`: papers become books.

use super::granska::hur_manga;
use super::{UNDERLAG, drift, huvudman, las_fil, stam, vald_huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeSet;
use std::path::PathBuf;
use utfall_app::Tjanst;
use utfall_app::installation::NyHuvudman;
use utfall_app::underlag::{Ersatt, ErsattUnderlag, ImporteraUnderlag};
use utfall_behorighet::Aktor;
use utfall_domain::granskning::granska;
use utfall_domain::problem::Problem;
use utfall_domain::underlag::{Underlag, las};

/// Reads every file before the first is stored.
fn las_alla(filer: &[PathBuf]) -> Result<Vec<(Underlag, Vec<u8>)>, Slut> {
    let mut lasta = Vec::new();
    let mut problem: Vec<Problem> = Vec::new();
    for fil in filer {
        let bytes = las_fil(fil, UNDERLAG)?;
        match las(&stam(fil), &bytes) {
            Ok(underlag) => lasta.push((underlag, bytes)),
            Err(fel) => problem.extend(fel),
        }
    }
    if problem.is_empty() {
        Ok(lasta)
    } else {
        Err(Slut::av_alla(&problem))
    }
}

/// Replaces papers by corrected versions of them, and says what that changed.
pub fn ersatt(
    plats: &Plats,
    filer: &[PathBuf],
    offentligt: bool,
    orsak: &str,
) -> Result<Slut, Slut> {
    let lasta = las_alla(filer)?;
    let tjanst = plats.tjanst()?;
    vanta(async move {
        let mut rader = Vec::new();
        for (underlag, innehall) in lasta {
            let slug = underlag.dokument.huvudman.slug.0.as_str();
            let huvudman = vald_huvudman(&tjanst, Some(slug)).await?;
            let fall = ErsattUnderlag {
                underlag,
                innehall,
                offentligt,
                orsak: orsak.to_owned(),
                sedd: None,
            };
            let svar = tjanst.utfor(&drift(&huvudman), None, fall).await?;
            rader.push(andrat(&svar));
        }
        Ok(Slut::Bra(rader.join("\n")))
    })
}

/// What a new version changed: the numbers, then each change on a line.
fn andrat(svar: &Ersatt) -> String {
    let s = &svar.skillnad;
    let mut ut = format!(
        "{} är ersatt: {} nya uppgifter, {} ändrade, {} strukna, {} som förut.",
        svar.dokument,
        s.nya.len(),
        s.andrade.len(),
        s.strukna.len(),
        s.lika,
    );
    let grupper = [
        ("ändrad", &s.andrade),
        ("ny", &s.nya),
        ("struken", &s.strukna),
        ("behållen, bestämd för hand", &s.behallna),
        ("ändrad", &s.texter.andrade),
        ("behållen, står annorlunda i registret", &s.texter.behallna),
    ];
    for (ord, poster) in grupper {
        for p in poster {
            let fore = p.fore.as_deref().unwrap_or("finns inte");
            let nu = p.nu.as_deref().unwrap_or("sägs inte");
            ut.push_str(&format!("\n  {ord}: {}: {fore} → {nu}", p.vad));
        }
    }
    ut
}

/// Imports papers. All are read before the first is stored.
pub fn kor(
    plats: &Plats,
    filer: &[PathBuf],
    offentligt: bool,
    ny_huvudman: bool,
) -> Result<Slut, Slut> {
    let lasta = las_alla(filer)?;
    let tjanst = plats.tjanst()?;
    vanta(async move {
        if !ny_huvudman {
            prova_huvudman(&tjanst, &lasta).await?;
        }
        let forlopp = forlopp(lasta.len());
        let mut rader = Vec::new();
        for (underlag, innehall) in lasta {
            let aktor = aktor(&tjanst, &underlag).await?;
            let fynd = granska(&underlag);
            let import = ImporteraUnderlag {
                underlag,
                innehall,
                offentligt,
            };
            let svar = tjanst.utfor(&aktor, None, import).await?;
            rader.push(format!(
                "{}: {} uppgifter, {} insatser, {} bidrag. Granskningen: {}.",
                svar.dokument,
                svar.fakta,
                svar.insatser,
                svar.bidrag,
                hur_manga(&fynd)
            ));
            forlopp.inc(1);
        }
        forlopp.finish_and_clear();
        Ok(Slut::Bra(rader.join("\n")))
    })
}

/// A huvudman that is not there may be misspelt: making one must then be asked for. The
/// first of an empty installation has nothing to be confused with.
async fn prova_huvudman(tjanst: &Tjanst, lasta: &[(Underlag, Vec<u8>)]) -> Result<(), Slut> {
    let finns: BTreeSet<String> = huvudman(tjanst)
        .await?
        .into_iter()
        .map(|h| h.slug)
        .collect();
    let i_papperen: BTreeSet<&str> = lasta
        .iter()
        .map(|(u, _)| u.dokument.huvudman.slug.0.as_str())
        .collect();
    let saknas: Vec<&str> = i_papperen
        .into_iter()
        .filter(|slug| !finns.contains(*slug))
        .collect();
    if saknas.is_empty() || (finns.is_empty() && saknas.len() == 1) {
        return Ok(());
    }
    let finns: Vec<String> = finns.into_iter().collect();
    let har = if finns.is_empty() {
        "Här finns ingen.".to_owned()
    } else {
        format!("Här finns: {}.", finns.join(", "))
    };
    Err(Slut::Fel(format!(
        "Huvudmannen {} finns inte. {har} Rätta `dokument.huvudman.slug` i filen om den är \
         felstavad. Är det en ny huvudman: lägg till --ny-huvudman.",
        saknas.join(", ")
    )))
}

/// The operator in the paper's huvudman, which is created when it does not exist.
async fn aktor(tjanst: &Tjanst, underlag: &Underlag) -> Result<Aktor, Slut> {
    let papper = &underlag.dokument.huvudman;
    let alla = huvudman(tjanst).await?;
    if let Some(finns) = alla.iter().find(|h| h.slug == papper.slug.0) {
        return Ok(drift(finns));
    }
    let ny = NyHuvudman {
        slug: papper.slug.0.clone(),
        namn: papper.namn.clone(),
        pahittad: papper.pahittat,
    };
    Ok(Aktor::drift(tjanst.skapa_huvudman(ny).await?))
}

/// A progress bar on standard error; hidden when it is no terminal.
fn forlopp(antal: usize) -> ProgressBar {
    let stil = ProgressStyle::with_template("Läser in {pos} av {len} {wide_bar} {eta}");
    let bar = ProgressBar::new(u64::try_from(antal).unwrap_or(u64::MAX));
    match stil {
        Ok(stil) => bar.with_style(stil),
        Err(_) => bar,
    }
}
