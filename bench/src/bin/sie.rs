//! How fast an accounting file is read and checked: `sie [FIL]`. Without a file the one of
//! `utfall_bench::sie` is made, of 100,000 vouchers. What is compared is run in turn within
//! each round, so that a busy machine is busy for all; the ratios are medians of the rounds.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use utfall_bench::jamfor::Jamforda;
use utfall_bench::sie::fil;
use utfall_bench::{inom, kalibrera, kvoter, minne, ms, processortid, rad};
use utfall_sie::{Granskare, Inlasning, Kodning};

const VARV: usize = 15;
const VERIFIKATIONER: u64 = 100_000;
const MAL: f64 = 250.0;
/// Asks for nothing but how memory grows.
const VAXT: &str = "--minne";

/// Something to time: what it is called, and what it does with a file's bytes.
struct Prov {
    namn: &'static str,
    kor: fn(&[u8]) -> u64,
    tider: Vec<Duration>,
    /// Processor time of all rounds: the kernel counts it in steps of 10 ms.
    cpu: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let argument: Vec<String> = std::env::args().skip(1).collect();
    if let [forst, fil] = argument.as_slice()
        && forst == VAXT
    {
        println!("{}", vax(fil)?);
        return Ok(());
    }
    let jamfor = argument.iter().any(|a| a == "--jamfor");
    let given = argument.iter().find(|a| !a.starts_with("--"));
    let utan = given.map_or_else(|| Ok(fil(VERIFIKATIONER, false)), std::fs::read)?;
    let med = fil(VERIFIKATIONER, true);
    let svar = Granskare::granska(&utan[..], Kodning::gissa(&utan));
    println!(
        "SIE: {} byte, {} verifikationer, {} rader, {} fel; {VARV} varv",
        utan.len(),
        svar.oversikt.verifikationer,
        svar.oversikt.rader,
        svar.antal_fel()
    );
    let svar = Granskare::granska(&med[..], Kodning::Cp437);
    if svar.oversikt.kontrollsumma.is_none() {
        return Err("kontrollsumman i den egna filen stämmer inte".into());
    }
    let vaxt = f64::from(vaxt()?) / 1024.0;
    let vaxt = format!("{vaxt:.1} MiB");
    let fore = kalibrera();
    let mut prov = proven();
    for _ in 0..VARV {
        for p in &mut prov {
            let bytes = if p.namn.ends_with("kontrollsumma") {
                &med
            } else {
                &utan
            };
            let (start, fore) = (Instant::now(), processortid("self"));
            black_box((p.kor)(black_box(bytes)));
            p.tider.push(start.elapsed());
            p.cpu += processortid("self").saturating_sub(fore);
        }
    }
    skriv(&prov, utan.len());
    rad(
        "kalibrering före, efter",
        &format!("{}, {}", ms(fore), ms(kalibrera())),
        "",
    );
    rad(
        "minne för en miljon rader ur en fil",
        &vaxt,
        "högst 256 MiB",
    );
    if jamfor {
        Jamforda::ordna()?.kor(VERIFIKATIONER)?;
    }
    Ok(())
}

fn proven() -> Vec<Prov> {
    let ny = |namn, kor| Prov {
        namn,
        kor,
        tider: Vec::new(),
        cpu: Duration::ZERO,
    };
    vec![
        ny("golv: bara radslut (memchr)", |b| {
            memchr::memchr_iter(b'\n', b).count() as u64
        }),
        ny("läst och granskad", |b| {
            Granskare::granska(b, Kodning::Cp437).oversikt.rader
        }),
        ny("läst och granskad, med kontrollsumma", |b| {
            Granskare::granska(b, Kodning::Cp437).oversikt.rader
        }),
        ny("därtill hela verifikationer med egna texter", |b| {
            let mut inlasning = Inlasning::ny(b, Kodning::Cp437);
            let mut rader = 0;
            while let Some(ver) = inlasning.nasta() {
                rader += ver.rader.len() as u64;
            }
            rader
        }),
        ny("gissa teckentabellen", |b| {
            u64::from(Kodning::gissa(b) == Kodning::Cp437)
        }),
    ]
}

fn skriv(prov: &[Prov], byte: usize) {
    let golv = prov.first().map(|p| p.tider.clone()).unwrap_or_default();
    for p in prov {
        let tid = inom(&mut p.tider.clone(), 500);
        let hastighet = format!("{:.0} MB/s", mb_per_s(byte, tid));
        let varv = u32::try_from(p.tider.len()).unwrap_or(1);
        let cpu = mb_per_s(byte, p.cpu / varv.max(1));
        let golv = kvoter(&p.tider, &golv);
        let mal = if p.namn.starts_with("läst") {
            format!("minst {MAL}; {cpu:.0} MB per processorsekund, {golv:.0} × golvets tid")
        } else {
            String::new()
        };
        rad(p.namn, &hastighet, &mal);
    }
}

/// How much memory grows while a million rows are read as whole vouchers from a file, in a
/// process of its own: KiB.
fn vaxt() -> Result<u32, Box<dyn Error>> {
    let mut plats = tempfile::NamedTempFile::new()?;
    plats.write_all(&fil(VERIFIKATIONER * 3, false))?;
    let svar = Command::new(std::env::current_exe()?)
        .arg(VAXT)
        .arg(plats.path())
        .output()?;
    Ok(String::from_utf8(svar.stdout)?.trim().parse()?)
}

/// The same, in that process.
fn vax(fil: &str) -> Result<u64, Box<dyn Error>> {
    let processen = std::process::id();
    let fore = minne(processen);
    let mut inlasning = Inlasning::ny(File::open(fil)?, Kodning::Cp437);
    let (mut mest, mut antal) = (0, 0_u64);
    while let Some(ver) = inlasning.nasta() {
        antal += ver.rader.len() as u64;
        if inlasning.rad() % 1_000 < 10 {
            mest = mest.max(minne(processen).saturating_sub(fore));
        }
    }
    if antal < 1_000_000 {
        return Err("filen är mindre än en miljon rader".into());
    }
    Ok(mest)
}

fn mb_per_s(byte: usize, tid: Duration) -> f64 {
    let byte = u32::try_from(byte).map_or(f64::MAX, f64::from);
    byte / tid.as_secs_f64() / 1e6
}
