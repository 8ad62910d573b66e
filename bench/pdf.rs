//! How long it takes to set a report of twelve pages as PDF/A-2a + PDF/UA-1, in process and
//! with new content every time.
//!
//! `cargo run --release -p utfall-dokument --example pdf` prints the figures. The target is
//! 140 ms of processor time. A calibration (SHA-256 of 64 MiB) stands beside, for the machine
//! is shared: compare the ratio between runs, not the time.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use utfall_dokument::Sattverk;
use utfall_domain::rapport::aterrapport::{Aterrapport, dokument};
use utfall_domain::rapport::{Format, Sattare, kanonisk};
use utfall_domain::varde::Varde;

const VARV: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let rapport: Aterrapport =
        serde_json::from_str(include_str!("../crates/dokument/exempel/uppsala-2021.json"))?;
    let (mut vagg, mut cpu, mut kalibrering) = (Vec::new(), Duration::ZERO, Duration::ZERO);
    let mut sist = Vec::new();
    for varv in 0..=VARV {
        let nytt = dokument(&andrad(&rapport, varv));
        let (start, fore) = (Instant::now(), processortid());
        sist = Sattverk.satt(&nytt, Format::Pdf)?;
        let (tid, anvant) = (start.elapsed(), processortid().saturating_sub(fore));
        if varv == 0 {
            println!(
                "första gången: vägg {} ms, processor {} ms",
                ms(tid),
                ms(anvant)
            );
        } else {
            vagg.push(tid);
            cpu += anvant;
            kalibrering += kalibrera()?;
        }
    }
    // The kernel counts processor time in steps of 10 ms: a mean of many rounds is exact enough.
    let antal = u32::try_from(VARV)?;
    let (vagg, cpu, kalibrering) = (median(vagg), cpu / antal, kalibrering / antal);
    println!(
        "{VARV} varv: vägg median {} ms, processor medel {} ms",
        ms(vagg),
        ms(cpu)
    );
    println!(
        "kalibrering {} ms; kvot {:.2}",
        ms(kalibrering),
        cpu.div_duration_f64(kalibrering)
    );
    println!("{} sidor, {} byte", sidor(&sist), sist.len());
    Ok(())
}

/// The sample with two insatser more, to fill twelve pages, and with other words and figures
/// everywhere: the typesetter remembers what it has set before.
fn andrad(rapport: &Aterrapport, varv: usize) -> Aterrapport {
    let mut ut = rapport.clone();
    ut.ident = format!("{}-{varv}", ut.ident);
    let fler: Vec<_> = ut.insatser.iter().take(2).cloned().collect();
    ut.insatser.extend(fler);
    for (nr, insats) in ut.insatser.iter_mut().enumerate() {
        insats.namn = format!("{} {varv}", insats.namn);
        let ore = i64::try_from(1_000_000 + varv * 7_919 + nr * 104_729).unwrap_or_default();
        insats.belopp.utfall.varde = Varde::Kant(ore * 100);
        let delar = [
            &mut insats.beskrivning,
            &mut insats.resultat,
            &mut insats.fortsattning,
        ];
        for text in delar.into_iter().flatten() {
            *text = format!("{text} Varv {varv}, insats {nr}.");
        }
    }
    ut
}

fn kalibrera() -> Result<Duration, Box<dyn Error>> {
    let data = "x".repeat(64 * 1024 * 1024);
    let fore = processortid();
    std::hint::black_box(kanonisk::sha256(&data)?);
    Ok(processortid().saturating_sub(fore))
}

/// Processor time of the process, all threads, in steps of 10 ms; wall time where there is no
/// /proc.
fn processortid() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let falt: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split(' ')
        .collect();
    let tal = |nr: usize| {
        falt.get(nr)
            .and_then(|f| f.parse::<u64>().ok())
            .unwrap_or_default()
    };
    Duration::from_millis((tal(12) + tal(13)) * 10)
}

fn median(mut tider: Vec<Duration>) -> Duration {
    tider.sort_unstable();
    tider.get(tider.len() / 2).copied().unwrap_or_default()
}

fn ms(tid: Duration) -> String {
    format!("{:.1}", tid.as_secs_f64() * 1_000.0)
}

fn sidor(pdf: &[u8]) -> usize {
    let marke = b"/Type/Page/";
    let ett = pdf.windows(marke.len()).filter(|del| del == marke).count();
    let blank = b"/Type /Page\n";
    ett + pdf.windows(blank.len()).filter(|del| del == blank).count()
}
