//! How fast the served program starts, how much memory it keeps, and how many pages a second
//! it gives, over loopback: `webb PROGRAM`, where the program is the release build.
//!
//! The one who asks shares the machine's cores with the server. Therefore each page stands
//! beside the server's own `/halsa` in the same run, taken by turns, and the ratio between
//! them is what may fail the measurement.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use utfall_bench::{inom, kalibrera, minne, ms, processortid, rad};
use utfall_testkit::natet::{Klient, Server};

type Svar<T> = Result<T, Box<dyn Error>>;

/// Connections at the same time, a thread each.
const SAMTIDIGA: usize = 16;
/// How long each page is asked for at a time, and how many times.
const OMGANG: Duration = Duration::from_secs(2);
const OMGANGAR: usize = 5;
const STARTER: usize = 15;
const SIDVISNINGAR: usize = 1_000;
/// The least that the page with fifty rows may give of what `/halsa` gives.
const MINSTA_KVOT: f64 = 0.05;
/// The password of every demo account, and of the one made here.
const DEMOLOSENORD: &str = "utfall-demo-2026";
const LOSENORD: &str = "en lång hemlig fras";
const PAPPER: [&str; 6] = [
    "uppsala",
    "sandviken",
    "ragunda",
    "strangnas",
    "protokoll",
    "forsby",
];

fn main() -> Svar<()> {
    let program = std::env::args().nth(1).ok_or("webb PROGRAM")?;
    let program = Path::new(&program);
    println!("Kalibrering före: {}", ms(kalibrera()));
    start_och_minne(program)?;
    let kvot = last(program)?;
    println!("Kalibrering efter: {}", ms(kalibrera()));
    if kvot < MINSTA_KVOT {
        return Err(format!("kvoten är {kvot:.3}, minst {MINSTA_KVOT}").into());
    }
    Ok(())
}

fn kor(program: &Path, ord: &[&str], in_text: &str) -> Svar<()> {
    let mut barn = Command::new(program)
        .args(ord)
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

/// Papers and an account, in a folder of their own.
fn lagg_upp(program: &Path, data: &str) -> Svar<()> {
    let exempel = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exempel");
    for papper in PAPPER {
        let fil = exempel.join(format!("{papper}.json")).display().to_string();
        kor(
            program,
            &[
                "importera",
                "underlag",
                &fil,
                "--ny-huvudman",
                "--data",
                data,
            ],
            "",
        )?;
    }
    let konto = [
        "konto",
        "chef",
        "--roll",
        "forbundschef",
        "--huvudman",
        "uppsala",
    ];
    let plats = ["--eget-losenord", "--data", data];
    kor(program, &[&konto[..], &plats].concat(), LOSENORD)
}

fn hamta(klient: &mut Klient, sida: &str) -> Svar<()> {
    let svar = klient.hamta(sida)?;
    let fel = || format!("{sida} svarar {}", svar.status).into();
    (svar.status == 200).then_some(()).ok_or_else(fel)
}

fn start_och_minne(program: &Path) -> Svar<()> {
    let mapp = tempfile::tempdir()?;
    let data = mapp.path().display().to_string();
    lagg_upp(program, &data)?;
    let starta = || {
        let mut serve = Command::new(program);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data", &data]);
        Server::starta(serve, |_| false)
    };
    let mut starter = Vec::new();
    for _ in 0..STARTER {
        let start = Instant::now();
        let server = starta()?;
        hamta(&mut Klient::ny(&server.adress), "/halsa")?;
        starter.push(start.elapsed());
    }
    let server = starta()?;
    let mut klient = Klient::ny(&server.adress);
    hamta(&mut klient, "/halsa")?;
    let vid_start = minne(server.pid());
    klient.logga_in("chef", LOSENORD)?;
    let sidor = ["/medel", "/insatser", "/granskning", "/journal"];
    for sida in sidor.iter().cycle().take(SIDVISNINGAR) {
        hamta(&mut klient, sida)?;
    }
    println!("Start och minne: SQLite, {} papper inlästa", PAPPER.len());
    let mib = |kib: u64| format!("{}.{} MiB", kib / 1_024, kib % 1_024 * 10 / 1_024);
    let (halften, langst) = (inom(&mut starter, 500), inom(&mut starter, 1_000));
    rad("start till svar, median", &ms(halften), "högst 300 ms");
    rad("start till svar, längst", &ms(langst), "");
    rad("minne efter start", &mib(vid_start), "högst 60 MiB");
    let efter = mib(minne(server.pid()));
    rad("minne efter 1 000 sidor", &efter, "högst 60 MiB");
    Ok(())
}

/// One page under load: what was asked, and what came of it.
struct Sida {
    namn: &'static str,
    mal: &'static str,
    begaran: Vec<u8>,
    tider: Vec<Duration>,
    per_sekund: Vec<f64>,
    cpu: Duration,
    byte: usize,
}

impl Sida {
    fn ny(namn: &'static str, mal: &'static str, klient: &mut Klient, stig: &str) -> Svar<Self> {
        let begaran = klient.begaran("GET", stig, None);
        let (status, _) = klient.skicka(&begaran)?;
        if status != 200 {
            return Err(format!("{stig} svarar {status}").into());
        }
        Ok(Self {
            namn,
            mal,
            begaran,
            tider: Vec::new(),
            per_sekund: Vec::new(),
            cpu: Duration::ZERO,
            byte: klient.langd(),
        })
    }

    /// Asks for it over all connections for a while.
    fn belasta(&mut self, server: &Server) -> Svar<()> {
        let (start, fore) = (Instant::now(), processortid(&server.pid().to_string()));
        let alla = std::thread::scope(|trad| {
            let tradar: Vec<_> = (0..SAMTIDIGA)
                .map(|_| trad.spawn(|| en_forbindelse(&server.adress, &self.begaran, start)))
                .collect();
            let svar = tradar
                .into_iter()
                .map(|t| t.join().map_err(|_| "en tråd föll")?);
            svar.collect::<Result<Vec<_>, String>>()
        })?;
        let tog = start.elapsed();
        self.cpu += processortid(&server.pid().to_string()).saturating_sub(fore);
        let tider = alla.concat();
        let antal = u32::try_from(tider.len())?;
        self.per_sekund.push(f64::from(antal) / tog.as_secs_f64());
        self.tider.extend(tider);
        Ok(())
    }

    fn skriv(&mut self) -> Svar<()> {
        println!(" {}, {} byte", self.namn, self.byte);
        let per_sekund = format!("{:.0}", median(&self.per_sekund));
        rad("svar per sekund, median av omgångar", &per_sekund, self.mal);
        rad("p50", &ms(inom(&mut self.tider, 500)), "");
        let mal = if self.mal.is_empty() {
            ""
        } else {
            "högst 10 ms"
        };
        rad("p99", &ms(inom(&mut self.tider, 990)), mal);
        let antal = u32::try_from(self.tider.len())?;
        rad("serverns processortid per svar", &ms(self.cpu / antal), "");
        Ok(())
    }
}

fn en_forbindelse(adress: &str, begaran: &[u8], start: Instant) -> Result<Vec<Duration>, String> {
    let mut klient = Klient::ny(adress);
    let mut tider = Vec::new();
    while start.elapsed() < OMGANG {
        let fore = Instant::now();
        let svar = klient.skicka(begaran).map_err(|fel| fel.to_string())?;
        tider.push(fore.elapsed());
        if svar.0 != 200 {
            return Err(format!("svaret är {}", svar.0));
        }
    }
    Ok(tider)
}

fn median(tal: &[f64]) -> f64 {
    let mut tal = tal.to_vec();
    tal.sort_unstable_by(f64::total_cmp);
    tal.get(tal.len() / 2).copied().unwrap_or_default()
}

/// The demo world under load; what part of `/halsa`'s speed the page with fifty rows has.
fn last(program: &Path) -> Svar<f64> {
    let mut demo = Command::new(program);
    demo.args(["demo", "--listen", "127.0.0.1:0"]);
    let fler = |rader: &[String]| rader.last().is_none_or(|rad| !rad.starts_with("Avsluta"));
    let server = Server::starta(demo, fler)?;
    let mut chef = Klient::ny(&server.adress);
    chef.logga_in("forbundschef.uppsala", DEMOLOSENORD)?;
    femtio_poster(&server)?;
    let journal = chef.hamta("/journal")?.text;
    let rader = journal
        .split("<tbody")
        .nth(1)
        .map_or(0, |del| del.matches("<tr").count());
    println!(
        "Sidor under last: {SAMTIDIGA} förbindelser med en tråd var, {OMGANGAR} omgångar à {} s \
         i tur och ordning",
        OMGANG.as_secs()
    );
    let mut anonym = Klient::ny(&server.adress);
    let mut sidor = [
        Sida::ny("/halsa", "", &mut anonym, "/halsa")?,
        Sida::ny("inloggad, /journal", "minst 6 000", &mut chef, "/journal")?,
        Sida::ny("inloggad, /medel", "", &mut chef, "/medel")?,
        Sida::ny(
            "publik, /uppsala/pengar",
            "",
            &mut anonym,
            "/uppsala/pengar",
        )?,
    ];
    for _ in 0..OMGANGAR {
        for sida in &mut sidor {
            sida.belasta(&server)?;
        }
    }
    for sida in &mut sidor {
        sida.skriv()?;
    }
    let [halsa, journal, ..] = &sidor;
    let kvoter: Vec<f64> = journal
        .per_sekund
        .iter()
        .zip(&halsa.per_sekund)
        .map(|(sida, halsa)| sida / halsa)
        .collect();
    let kvot = median(&kvoter);
    rad("rader på /journal", &rader.to_string(), "50");
    let mal = format!("minst {MINSTA_KVOT} (fäller)");
    rad(
        "/journal genom /halsa, median av kvoterna",
        &format!("{kvot:.3}"),
        &mal,
    );
    Ok(kvot)
}

/// Saves a text often enough that the journal fills a page.
fn femtio_poster(server: &Server) -> Svar<()> {
    let mut skrivare = Klient::ny(&server.adress);
    skrivare.logga_in("insatsansvarig.uppsala", DEMOLOSENORD)?;
    let lista = skrivare.hamta("/insatser")?.text;
    let (_, slug) = lista
        .split_once("href=\"/insatser/")
        .ok_or("inga insatser")?;
    let slug = slug.split(['"', '?', '#']).next().unwrap_or_default();
    let sida = format!("/insatser/{slug}/andra");
    for nr in 0..55 {
        let text = format!("Text nummer {nr}.");
        let falt = [("kommentar", text.as_str()), ("lage", "okand")];
        let (_, kropp) = skrivare.ifyllt(&sida, &falt)?;
        let svar = skrivare.posta(&sida, &kropp)?;
        if svar.status != 303 {
            return Err(format!("{sida} svarar {}", svar.status).into());
        }
    }
    Ok(())
}
