//! What the others notice while a large file of accounts is read in: `inlasning PROGRAM
//! [ADRESS] [ANTAL]`, where the program is the release build, the address that of a PostgreSQL
//! (SQLite without) and the number how many vouchers the file has (200,000 without).
//!
//! People ask for pages at an even pace, each a little after the last, whether or not the one
//! before has been answered in time; a time is counted from when the page should have been asked
//! for. First without an import and then with one, round by round in the same run: the ratio
//! between the two p99 is what may fail the measurement.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use utfall_bench::{inom, kalibrera, minne, ms, processortid, rad, sie};
use utfall_testkit::natet::{Klient, Server};
use utfall_testkit::webb::dolda;

type Svar<T> = Result<T, Box<dyn Error>>;

/// People at work, a connection each.
const PERSONER: usize = 8;
/// Between two pages of one of them.
const TAKT: Duration = Duration::from_millis(250);
/// How long they are left in peace in each round.
const LUGNT: Duration = Duration::from_secs(15);
const OMGANGAR: usize = 3;
const ANTAL: u64 = 200_000;
/// What the order allows: their p99 at most doubles.
const STORSTA_KVOT: f64 = 2.0;
/// And the most memory over idle, in KiB.
const STORSTA_MINNE: u64 = 256 * 1_024;
const LOSENORD: &str = "en lång hemlig fras";
const LAS_IN: &str = "/bokforing/las-in";
/// What the people look at: their own books, and those that the import is of.
const SIDOR: [&str; 4] = ["/medel", "/journal", "/insatser", "/bokforing"];
/// Accounts: name, role and books. The last reads in the files.
const KONTON: [(&str, &str, &str); 3] = [
    ("chef", "forbundschef", "uppsala"),
    ("chef2", "forbundschef", "forsby"),
    ("ekonom", "ekonom", "forsby"),
];

fn main() -> Svar<()> {
    let mut ord = std::env::args().skip(1);
    let program = ord.next().ok_or("inlasning PROGRAM [ADRESS] [ANTAL]")?;
    let adress = ord.next().filter(|a| !a.is_empty());
    let antal = ord.next().map_or(Ok(ANTAL), |n| n.parse())?;
    let (program, mapp) = (Path::new(&program), tempfile::tempdir()?);
    let motor = adress.as_ref().map_or("SQLite", |_| "PostgreSQL");
    let plats = match adress {
        Some(adress) => ["--database".to_owned(), adress],
        None => ["--data".to_owned(), mapp.path().display().to_string()],
    };
    println!("Kalibrering före: {}", ms(kalibrera()));
    lagg_upp(program, &plats)?;
    let mut serve = Command::new(program);
    serve
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(&plats)
        .arg("--nyckel")
        .arg(mapp.path().join("utfall.nyckel"));
    let server = Server::starta(serve, |_| false)?;
    let mut m = Matning::ny(&server, antal)?;
    for nr in 0..OMGANGAR {
        m.omgang(nr)?;
    }
    println!("Kalibrering efter: {}", ms(kalibrera()));
    m.skriv(motor)
}

fn kor(program: &Path, ord: &[&str], plats: &[String; 2], in_text: &str) -> Svar<()> {
    let mut barn = Command::new(program)
        .args(ord)
        .args(plats)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    if let Some(mut ror) = barn.stdin.take() {
        writeln!(ror, "{in_text}")?;
    }
    let slut = barn.wait()?;
    let fel = || format!("{ord:?} slutade med {slut}").into();
    slut.success().then_some(()).ok_or_else(fel)
}

fn lagg_upp(program: &Path, plats: &[String; 2]) -> Svar<()> {
    let exempel = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exempel");
    for papper in ["uppsala", "forsby"] {
        let fil = exempel.join(format!("{papper}.json")).display().to_string();
        let ord = ["importera", "underlag", "--ny-huvudman", &fil];
        kor(program, &ord, plats, "")?;
    }
    for (namn, roll, huvudman) in KONTON {
        let ord = ["konto", namn, "--roll", roll, "--huvudman", huvudman];
        let ord = [&ord[..], &["--eget-losenord"]].concat();
        kor(program, &ord, plats, LOSENORD)?;
    }
    Ok(())
}

/// Times from when a page should have been asked for until it had come.
type Tider = Vec<Duration>;

struct Matning<'a> {
    server: &'a Server,
    antal: u64,
    vila: u64,
    utan: Vec<Tider>,
    med: Vec<Tider>,
    provat: Tider,
    inlast: Tider,
    processortid: Duration,
}

impl<'a> Matning<'a> {
    fn ny(server: &'a Server, antal: u64) -> Svar<Self> {
        let mut ny = Self {
            server,
            antal,
            vila: 0,
            utan: Vec::new(),
            med: Vec::new(),
            provat: Vec::new(),
            inlast: Vec::new(),
            processortid: Duration::ZERO,
        };
        // So that every page has been made once.
        let slut = AtomicBool::new(false);
        ny.arbeta(&slut, || {
            std::thread::sleep(Duration::from_secs(3));
            Ok(())
        })?;
        ny.vila = minne(server.pid());
        Ok(ny)
    }

    /// Everybody at work until what is to be done has been done.
    fn arbeta<T>(&self, slut: &AtomicBool, gor: impl FnOnce() -> Svar<T>) -> Svar<(Tider, T)> {
        std::thread::scope(|trad| {
            let tradar: Vec<_> = (0..PERSONER)
                .map(|nr| trad.spawn(move || en_person(&self.server.adress, nr, slut)))
                .collect();
            let svar = gor();
            slut.store(true, Ordering::Relaxed);
            let mut alla = Vec::new();
            for trad in tradar {
                alla.extend(trad.join().map_err(|_| "en tråd föll")??);
            }
            Ok((alla, svar?))
        })
    }

    fn omgang(&mut self, nr: usize) -> Svar<()> {
        let slut = AtomicBool::new(false);
        let (tider, ()) = self.arbeta(&slut, || {
            std::thread::sleep(LUGNT);
            Ok(())
        })?;
        self.utan.push(tider);
        let fil = filen(self.antal, nr);
        let slut = AtomicBool::new(false);
        let fore = processortid(&self.server.pid().to_string());
        let (tider, (provat, inlast)) = self.arbeta(&slut, || las_in(&self.server.adress, &fil))?;
        self.processortid += processortid(&self.server.pid().to_string()).saturating_sub(fore);
        self.med.push(tider);
        self.provat.push(provat);
        self.inlast.push(inlast);
        Ok(())
    }

    fn skriv(&mut self, motor: &str) -> Svar<()> {
        let antal = self.antal;
        println!("{motor}: {antal} verifikationer lästa in på sidan, {OMGANGAR} gånger");
        let mut kvoter = Vec::new();
        for (utan, med) in self.utan.iter_mut().zip(&mut self.med) {
            let (fore, efter) = (inom(utan, 990), inom(med, 990));
            let kvot = efter.div_duration_f64(fore);
            kvoter.push(kvot);
            let svar = format!("{} och {} sidor", utan.len(), med.len());
            let p50 = (ms(inom(utan, 500)), ms(inom(med, 500)));
            println!(
                "  {svar}: p50 {} och {}, p99 {} och {}, längst {} och {}, kvot {kvot:.2}",
                p50.0,
                p50.1,
                ms(fore),
                ms(efter),
                ms(inom(utan, 1_000)),
                ms(inom(med, 1_000))
            );
        }
        kvoter.sort_unstable_by(f64::total_cmp);
        let kvot = kvoter.get(kvoter.len() / 2).copied().unwrap_or_default();
        let s = |tider: &mut Tider| format!("{:.1} s", inom(tider, 500).as_secs_f64());
        rad("fil skickad och prövad, median", &s(&mut self.provat), "");
        rad("inläst, median", &s(&mut self.inlast), "");
        let cpu = self.processortid / u32::try_from(OMGANGAR)?;
        rad(
            "serverns processortid, sidorna med",
            &format!("{:.1} s", cpu.as_secs_f64()),
            "",
        );
        let over = mest(self.server.pid()).saturating_sub(self.vila);
        let mib = |kib: u64| format!("{} MiB", kib / 1_024);
        rad("minne i vila", &mib(self.vila), "");
        rad("mest minne över vila", &mib(over), "högst 256 MiB (fäller)");
        let mal = format!("högst {STORSTA_KVOT} (fäller)");
        rad(
            "andras p99 med genom utan, median",
            &format!("{kvot:.2}"),
            &mal,
        );
        if kvot > STORSTA_KVOT || over > STORSTA_MINNE {
            return Err(format!("{motor}: kvoten är {kvot:.2} och minnet {over} KiB").into());
        }
        Ok(())
    }
}

/// The most memory a process has had, in KiB.
fn mest(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let rad = status.lines().find_map(|rad| rad.strip_prefix("VmHWM:"));
    rad.and_then(|rad| rad.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}

/// A file of its own company each round, so that none is known from before.
fn filen(antal: u64, nr: usize) -> Vec<u8> {
    let mut fil = sie::fil(antal, false);
    let hela = b"#ORGNR 222000-0000";
    if let Some(plats) = fil.windows(hela.len()).position(|f| f == hela) {
        let ny = format!("#ORGNR 222000-{:04}", nr + 1).into_bytes();
        fil.splice(plats..plats + hela.len(), ny);
    }
    fil
}

fn en_person(adress: &str, nr: usize, slut: &AtomicBool) -> Result<Tider, String> {
    let mut klient = Klient::ny(adress);
    let fel = |fel: std::io::Error| fel.to_string();
    let konto = KONTON.get(nr % 2).map_or("", |(namn, ..)| namn);
    klient.logga_in(konto, LOSENORD).map_err(fel)?;
    let mut tider = Vec::new();
    let forskjutning = TAKT / u32::try_from(PERSONER).unwrap_or(1) * u32::try_from(nr).unwrap_or(0);
    let mut nasta = Instant::now() + forskjutning;
    for sida in SIDOR.iter().cycle().skip(nr / 2) {
        if slut.load(Ordering::Relaxed) {
            break;
        }
        std::thread::sleep(nasta.saturating_duration_since(Instant::now()));
        let begaran = klient.begaran("GET", sida, None);
        let (status, _) = klient.skicka(&begaran).map_err(fel)?;
        if status != 200 {
            return Err(format!("{sida} svarar {status}"));
        }
        tider.push(nasta.elapsed());
        nasta += TAKT;
    }
    Ok(tider)
}

/// Sends a file as the page's form does, says yes, and waits until it is in the books: how long
/// it took to look at it, and to read it in.
fn las_in(adress: &str, fil: &[u8]) -> Svar<(Duration, Duration)> {
    let mut klient = Klient::ny(adress);
    klient.logga_in("ekonom", LOSENORD)?;
    let start = Instant::now();
    let sida = klient.hamta(LAS_IN)?.text;
    let (status, granska) = klient.skicka(&flerdelad(&klient, &dolda(&sida, LAS_IN), fil))?;
    if status != 303 {
        return Err(format!("filen svarades {status}").into());
    }
    let provat = start.elapsed();
    let start = Instant::now();
    // Each round is the same year of another company.
    let svar = [
        ("ny-enhet", "Samordningsförbundet Exempel"),
        ("dubbla", "ja"),
    ];
    let (_, kropp) = klient.ifyllt(&granska, &svar)?;
    let ja = klient.posta(&granska, &kropp)?;
    if ja.status != 303 {
        return Err(format!("ja svarades {}: {}", ja.status, ja.text).into());
    }
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let text = klient.hamta(&ja.till)?.text;
        if !text.contains("<progress") {
            let bra = text.contains("filen är inläst");
            let svar = (provat, start.elapsed());
            return bra.then_some(svar).ok_or_else(|| text.into());
        }
    }
}

fn flerdelad(klient: &Klient, falt: &[(String, String)], fil: &[u8]) -> Vec<u8> {
    let mut kropp = Vec::new();
    for (namn, varde) in falt {
        let huvud = format!("Content-Disposition: form-data; name=\"{namn}\"\r\n\r\n");
        kropp.extend(format!("--GRANS\r\n{huvud}{varde}\r\n").into_bytes());
    }
    let huvud = "Content-Disposition: form-data; name=\"fil\"; filename=\"stor.se\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n";
    kropp.extend(format!("--GRANS\r\n{huvud}").into_bytes());
    kropp.extend(fil);
    kropp.extend(b"\r\n--GRANS--\r\n");
    let begaran = klient.begaran("POST", LAS_IN, None);
    let huvud = String::from_utf8_lossy(&begaran).trim_end().to_owned();
    let mut ut = format!(
        "{huvud}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=GRANS\r\nContent-Length: {}\r\n\r\n",
        kropp.len()
    )
    .into_bytes();
    ut.extend(kropp);
    ut
}
