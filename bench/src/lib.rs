//! What the measurements share: processor time, medians, and a calibration that says how fast
//! this machine is just now. Figures from here never fail a test by themselves; only a ratio
//! within one run may.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

pub mod jamfor;
pub mod sie;

use std::fs;
use std::time::{Duration, Instant};

/// Steps of the calibration: a tenth of a second or so on a machine of 2024.
const STEG: u64 = 200_000_000;

/// A fixed piece of work that nothing but the processor decides: how long it takes here now.
#[must_use]
pub fn kalibrera() -> Duration {
    let start = Instant::now();
    let mut tal = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..STEG {
        tal ^= tal << 13;
        tal ^= tal >> 7;
        tal ^= tal << 17;
    }
    std::hint::black_box(tal);
    start.elapsed()
}

/// Processor time of a process, all its threads, in steps of 10 ms; nothing where there is no
/// `/proc`. `pid` is a number or `self`.
#[must_use]
pub fn processortid(pid: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let efter_namnet = stat.rsplit(')').next().unwrap_or_default();
    let falt: Vec<&str> = efter_namnet.split(' ').collect();
    let tal = |nr: usize| {
        let falt = falt.get(nr).and_then(|f| f.parse::<u64>().ok());
        falt.unwrap_or_default()
    };
    Duration::from_millis((tal(12) + tal(13)) * 10)
}

/// Memory that a process has in use, in KiB; 0 where there is no `/proc`.
#[must_use]
pub fn minne(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let rad = status.lines().find_map(|rad| rad.strip_prefix("VmRSS:"));
    rad.and_then(|rad| rad.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}

/// The time that `tusendel` thousandths of the times stay within; 500 is the median.
#[must_use]
pub fn inom(tider: &mut [Duration], tusendel: usize) -> Duration {
    tider.sort_unstable();
    let plats = tider.len().saturating_sub(1) * tusendel / 1_000;
    tider.get(plats).copied().unwrap_or_default()
}

/// The median of what the first took through what the second took, round by round.
#[must_use]
pub fn kvoter(taljare: &[Duration], namnare: &[Duration]) -> f64 {
    let par = taljare.iter().zip(namnare);
    let mut kvoter: Vec<f64> = par.map(|(t, n)| t.div_duration_f64(*n)).collect();
    kvoter.sort_unstable_by(f64::total_cmp);
    kvoter.get(kvoter.len() / 2).copied().unwrap_or_default()
}

/// Milliseconds with a decimal or two.
#[must_use]
pub fn ms(tid: Duration) -> String {
    format!("{:.2} ms", tid.as_secs_f64() * 1_000.0)
}

/// A line of the report: what, how much, and what DESIGN says it should be.
pub fn rad(vad: &str, matt: &str, mal: &str) {
    println!("  {vad:<44} {matt:>16}   {mal}");
}
