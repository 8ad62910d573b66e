//! `utfall importera underlag`: papers become books.

use super::{drift, huvudman, las_fil, stam};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use utfall_app::Tjanst;
use utfall_app::installation::NyHuvudman;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::Aktor;
use utfall_domain::problem::Problem;
use utfall_domain::underlag::{Underlag, las};

/// Imports papers. All are read before the first is stored.
pub fn kor(plats: &Plats, filer: &[PathBuf], offentligt: bool) -> Result<Slut, Slut> {
    let mut lasta = Vec::new();
    let mut problem: Vec<Problem> = Vec::new();
    for fil in filer {
        let bytes = las_fil(fil)?;
        match las(&stam(fil), &bytes) {
            Ok(underlag) => lasta.push((underlag, bytes)),
            Err(fel) => problem.extend(fel),
        }
    }
    if !problem.is_empty() {
        return Err(Slut::av_alla(&problem));
    }
    let tjanst = plats.tjanst()?;
    vanta(async move {
        let forlopp = forlopp(lasta.len());
        let mut rader = Vec::new();
        for (underlag, innehall) in lasta {
            let aktor = aktor(&tjanst, &underlag).await?;
            let import = ImporteraUnderlag {
                underlag,
                innehall,
                offentligt,
            };
            let svar = tjanst.utfor(&aktor, None, import).await?;
            rader.push(format!(
                "{}: {} uppgifter, {} insatser, {} bidrag.",
                svar.dokument, svar.fakta, svar.insatser, svar.bidrag
            ));
            forlopp.inc(1);
        }
        forlopp.finish_and_clear();
        Ok(Slut::Bra(rader.join("\n")))
    })
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
