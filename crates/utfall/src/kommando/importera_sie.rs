//! `utfall importera sie`: the accounts are looked at, told of, and read in.

use super::{drift, las_fil, vald_huvudman};
use crate::kommandorad::Sieval;
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use utfall_app::Tjanst;
use utfall_app::bokforing::{
    Analys, Bekraftat, Inlast, Radanm, STORSTA_FIL, Siefil, SparaKoppling, las_koppling,
};
use utfall_behorighet::{Aktor, Atgard};
use utfall_domain::medel::verifikation::med_streck;
use utfall_domain::pengar::Ore;
use utfall_domain::problem::Problem;
use utfall_store::iofel::skal;

/// The largest mapping, in bytes.
const KOPPLING: usize = 4 * 1024 * 1024;
/// Accounts that belong nowhere and are told by name; of more there is only the number.
const FLEST: usize = 20;

/// Reads in files, one after the other; or says what they would change.
pub fn kor(
    plats: &Plats,
    filer: &[PathBuf],
    huvudman: Option<&str>,
    val: &Sieval,
) -> Result<Slut, Slut> {
    let mut oppna = Vec::new();
    for fil in filer {
        let orgnr = val.orgnr.as_deref().unwrap_or_default();
        oppna.push(oppna_fil(fil)?.for_orgnr(orgnr));
    }
    let tjanst = plats.tjanst()?;
    let aktor = drift(&vanta(vald_huvudman(&tjanst, huvudman))?);
    if let Some(fil) = &val.koppling {
        koppla(&tjanst, &aktor, fil, val)?;
    }
    let mut rader = Vec::new();
    for fil in &oppna {
        let analys = tjanst.analysera_sie(&aktor, fil)?;
        rader.push(om_filen(&analys));
        if val.prova || !analys.gar() {
            if !analys.gar() {
                let rest = rader.join("\n");
                return Err(Slut::Nekad(format!("{rest}\n{}", nekad(&analys))));
            }
            rader.push(skulle(&analys.synlig(&aktor)));
            continue;
        }
        let svar = Bekraftat {
            komplett: val.hel,
            ny_enhet: val.foretag.clone().unwrap_or_default(),
            dubbla: val.rakna_dubbla,
            efter_avslut: val.efter_avslut.clone(),
            for_hand_bada: val.rakna_bada,
        };
        let paborjad = tjanst
            .paborja_sie(&aktor, &analys, &svar)
            .map_err(|fel| med_flagga(&fel))?;
        let (saknas, antal) = (analys.utfall.saknas, analys.huvud.verifikationer);
        // What it was found to be is told, and may be large.
        drop(analys);
        let bar = forlopp(antal);
        let inlast = tjanst.fullfolj_sie(&paborjad, fil, |klara| {
            bar.set_position(u64::try_from(klara).unwrap_or(0));
        });
        bar.finish_and_clear();
        rader.push(resultat(saknas, &inlast?));
    }
    Ok(Slut::Bra(rader.join("\n")))
}

fn oppna_fil(fil: &Path) -> Result<Siefil, Slut> {
    let olaslig = |e: std::io::Error| {
        Slut::Fel(format!(
            "Filen {} går inte att läsa: {}. Kontrollera namnet och mappen.",
            fil.display(),
            skal(&e)
        ))
    };
    let namn = fil.file_name().map(|n| n.to_string_lossy().into_owned());
    let oppen = std::fs::File::open(fil).map_err(olaslig)?;
    let sie = Siefil::ny(namn.unwrap_or_default(), oppen).map_err(olaslig)?;
    if sie.bytes > STORSTA_FIL {
        let mib = STORSTA_FIL / 1024 / 1024;
        return Err(Slut::Nekad(format!(
            "Filen {} är större än {mib} MiB, som är det mesta som läses. Exportera ett år \
             i taget.",
            fil.display()
        )));
    }
    Ok(sie)
}

fn koppla(tjanst: &Tjanst, aktor: &Aktor, fil: &Path, val: &Sieval) -> Result<(), Slut> {
    let json = las_fil(fil, KOPPLING)?;
    vanta(async {
        let bok = tjanst.bok(aktor, Atgard::AndraKoppling, None).await?;
        let koppling = las_koppling(&json, &bok).map_err(|fel| Slut::av_alla(&fel))?;
        let nu = tjanst.bokforing(aktor).await?;
        if nu.hela_regler() == koppling {
            return Ok(());
        }
        if val.prova {
            let (_, andrade) = tjanst.prova_koppling(aktor, koppling).await?;
            return Err(Slut::Bra(format!(
                "Kopplingen skulle ändra {} uppgifter av det som redan är bokfört. Spara den \
                 (utan --prova) innan filen prövas.",
                andrade.len()
            )));
        }
        let fall = SparaKoppling {
            sedd: nu.versioner.first().map_or(0, |v| v.version),
            koppling,
            orsak: format!(
                "Ur filen {}.",
                fil.file_name().unwrap_or_default().display()
            ),
            efter_avslut: val.efter_avslut.is_some(),
        };
        tjanst.utfor(aktor, None, fall).await?;
        Ok(())
    })
}

fn om_filen(a: &Analys) -> String {
    let h = &a.huvud;
    let orgnr = med_streck(&h.ar.orgnr);
    let mut ut = format!(
        "{}: {}, {} ({}), {}, {}, {} verifikationer, {} konton.",
        h.filnamn,
        if h.foretag.is_empty() {
            "utan namn"
        } else {
            &h.foretag
        },
        if h.ar.orgnr.is_empty() {
            "utan organisationsnummer"
        } else {
            &orgnr
        },
        h.program,
        a.ar().map_or_else(
            || "utan räkenskapsår".to_owned(),
            |ar| format!("{} till {}", ar.fran, ar.till)
        ),
        h.kodning,
        h.verifikationer,
        a.konton.0,
    );
    for anm in &a.varningar {
        ut.push_str(&format!("\n  varning{}", ord(anm)));
    }
    ut.push_str(&fler("varningar", a.antal_varningar, a.varningar.len()));
    ut
}

/// Where, the rule, what is wrong, and what to do.
fn ord(anm: &Radanm) -> String {
    let (var, regel) = (vid(anm.rad), anm.regel);
    format!("{var} [{regel}]: {}. {}", anm.text, anm.atgard)
}

fn fler(vad: &str, antal: u64, listade: usize) -> String {
    match antal.saturating_sub(u64::try_from(listade).unwrap_or(u64::MAX)) {
        0 => String::new(),
        n => format!("\n  och {n} {vad} till"),
    }
}

fn vid(rad: u64) -> String {
    match rad {
        0 => String::new(),
        rad => format!(", rad {rad}"),
    }
}

fn nekad(a: &Analys) -> String {
    let rader: Vec<String> = a.fel.iter().map(|f| format!("  fel{}", ord(f))).collect();
    let mut ut = rader.join("\n");
    ut.push_str(&fler("fel", a.antal_fel, a.fel.len()));
    if let Some(p) = a.hinder() {
        ut.push_str(&format!("\n{p}"));
    }
    ut
}

fn skulle(a: &Analys) -> String {
    let u = a.utfall;
    let mut ut = format!(
        "  Skulle läsa in {} nya, {} ändrade och känna igen {} verifikationer; {} fanns förut \
         men inte i filen. {} uppgifter skulle ändras. Inget har sparats.",
        u.nya,
        u.andrade,
        u.lika,
        u.saknas,
        a.fakta.len()
    );
    for o in a.okopplade.iter().take(FLEST) {
        ut.push_str(&format!(
            "\n  okopplat: {} ({}): {}",
            o.kontering,
            o.slag.text(),
            Ore(o.ore)
        ));
    }
    if a.okopplade.len() > FLEST {
        let fler = a.okopplade.len().saturating_sub(FLEST);
        ut.push_str(&format!("\n  och {fler} till"));
    }
    for v in a.for_hand.iter().take(FLEST) {
        ut.push_str(&format!(
            "\n  bokfört för hand samma månad: nummer {} {}: {}",
            v.nummer,
            v.datum,
            Ore(v.ore)
        ));
    }
    for v in a.saknade.iter().take(FLEST) {
        ut.push_str(&format!(
            "\n  inte i filen: {} {}: {}",
            v.namn,
            v.datum,
            Ore(v.ore)
        ));
    }
    if !a.avslutade.is_empty() {
        ut.push_str(&format!("\n  Ändrar år som är avslutade: {}", a.avslutade));
    }
    if let Some(dubbla) = &a.dubbla {
        ut.push_str(&format!(
            "\n  {} Är det en annan bokföring: lägg till --rakna-dubbla {}",
            dubbla.varfor(),
            dubbla.antal
        ));
    }
    if let Some(ny) = &a.ny_enhet {
        ut.push_str(&format!(
            "\n  {} Är det rätt: bekräfta med --foretag \"{}\"",
            ny.varfor(),
            ny.namn
        ));
    }
    ut
}

fn resultat(saknas: i64, svar: &Inlast) -> String {
    let u = svar.utfall;
    let okopplat = match svar.okopplade {
        0 => String::new(),
        n => format!(" {n} konton med objekt hör inte till någon insats än."),
    };
    format!(
        "  Inläst som nummer {}: {}, {saknas} fanns inte i filen. {} uppgifter ändrades.{okopplat}",
        svar.id,
        u.i_ord(),
        svar.fakta
    )
}

/// On the command line the company is confirmed by a flag.
fn med_flagga(fel: &Problem) -> Slut {
    if fel.kod == "sie-annat-foretag" {
        return Slut::Nekad(format!("{fel} Lägg till --foretag \"NAMNET\"."));
    }
    if fel.kod == "sie-dubbelt" {
        return Slut::Nekad(format!("{fel} Lägg i så fall till --rakna-dubbla ANTALET."));
    }
    if fel.kod == "sie-och-for-hand" {
        return Slut::Nekad(format!("{fel} Lägg i så fall till --rakna-bada."));
    }
    if fel.kod == "aret-avslutat" {
        return Slut::Nekad(format!("{fel} Lägg till --efter-avslut \"SKÄLET\"."));
    }
    Slut::av(fel)
}

/// A progress bar on standard error; hidden when it is no terminal.
fn forlopp(antal: i64) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(antal).unwrap_or(0));
    let mall = "Läser in verifikation {pos} av {len} {wide_bar} {percent} % {eta}";
    match ProgressStyle::with_template(mall) {
        Ok(stil) => bar.with_style(stil),
        Err(_) => bar,
    }
}
