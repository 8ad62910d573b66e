//! How long it takes to set a report of twelve pages as PDF/A-2a + PDF/UA-1, in process and
//! with new content every time.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::time::{Duration, Instant};

use utfall_bench::{inom, kalibrera, ms, processortid, rad};
use utfall_dokument::Sattverk;
use utfall_domain::rapport::aterrapport::{Aterrapport, dokument};
use utfall_domain::rapport::{Format, Sattare};
use utfall_domain::varde::Varde;

const VARV: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let rapport: Aterrapport = serde_json::from_str(include_str!(
        "../../../crates/dokument/exempel/uppsala-2021.json"
    ))?;
    let (mut vagg, mut cpu, mut kalibrering) = (Vec::new(), Duration::ZERO, Vec::new());
    let (mut sist, mut forst) = (Vec::new(), Duration::ZERO);
    for varv in 0..=VARV {
        let nytt = dokument(&andrad(&rapport, varv));
        let (start, fore) = (Instant::now(), processortid("self"));
        sist = Sattverk.satt(&nytt, Format::Pdf)?;
        let (tid, anvant) = (start.elapsed(), processortid("self").saturating_sub(fore));
        if varv == 0 {
            forst = tid;
        } else {
            vagg.push(tid);
            cpu += anvant;
            kalibrering.push(kalibrera());
        }
    }
    println!("PDF: {VARV} varv, nytt innehåll varje gång");
    rad("sidor", &sidor(&sist).to_string(), "12");
    rad("första gången, väggtid", &ms(forst), "");
    rad("väggtid, median", &ms(inom(&mut vagg, 500)), "");
    // The kernel counts processor time in steps of 10 ms: a mean of many rounds is exact enough.
    let cpu = cpu / u32::try_from(VARV)?;
    let kalibrering = inom(&mut kalibrering, 500);
    rad("processortid, medel", &ms(cpu), "högst 140 ms");
    rad("kalibrering bredvid, median", &ms(kalibrering), "");
    let kvot = format!("{:.2}", cpu.div_duration_f64(kalibrering));
    rad("processortid genom kalibrering", &kvot, "");
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

fn sidor(pdf: &[u8]) -> usize {
    let marke = b"/Type/Page/";
    let ett = pdf.windows(marke.len()).filter(|del| del == marke).count();
    let blank = b"/Type /Page\n";
    ett + pdf.windows(blank.len()).filter(|del| del == blank).count()
}
