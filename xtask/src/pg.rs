//! A PostgreSQL cluster of our own: made in a temporary folder, on loopback and a free port,
//! gone afterwards. The suite never touches a server that somebody else uses.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use clap::ValueEnum;
use tempfile::TempDir;

use crate::{Svar, kommando};

/// Oldest version that the store's SQL is written for.
const MINSTA_VERSION: u32 = 15;
/// How long a new server may take before it answers, in tenths of a second.
const VANTA_TIONDELAR: u32 = 300;
/// Two runs can be given the same free port; then the later one tries again.
const FORSOK: u32 = 5;
const PREFIX: &str = "utfall-pg-";
/// `random_page_cost` is what docs/drift recommends: 4 chose table scans on indexed lists.
const INSTALLNINGAR: &[(&str, &str)] = &[
    ("listen_addresses", "127.0.0.1"),
    ("unix_socket_directories", ""),
    ("random_page_cost", "1.1"),
    ("max_connections", "300"),
    ("autovacuum_naptime", "5s"),
    ("timezone", "UTC"),
];
/// Durability is proved in `prov` on a server of its own; in the suite it would only cost time.
const UTAN_HALLBARHET: &[(&str, &str)] = &[
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("synchronous_commit", "off"),
];

/// What a cluster is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Syfte {
    /// Tests: quick, and gone with a crash of the machine.
    Snabbhet,
    /// A proof of durability: as in use.
    Hallbarhet,
}

/// What `cargo xtask pg` can do.
#[derive(Clone, Copy, ValueEnum)]
pub enum Order {
    /// Starta ett kluster och skriv dess adress
    Start,
    /// Stoppa klustret och ta bort det
    Stop,
}

/// A running cluster. Dropping it stops the server and removes its folder.
pub struct Kluster {
    server: Option<Child>,
    mapp: Option<TempDir>,
    bin: PathBuf,
    adress: String,
}

impl Kluster {
    /// Makes and starts a cluster that dies with this process.
    ///
    /// # Errors
    /// When PostgreSQL is missing or will not start; the text holds the end of its log.
    pub fn starta(syfte: Syfte) -> Svar<Self> {
        Self::starta_med(syfte, true)
    }

    /// The address for `UTFALL_TEST_PG`: a superuser that may create databases.
    pub fn adress(&self) -> &str {
        &self.adress
    }

    fn starta_med(syfte: Syfte, dor_med_oss: bool) -> Svar<Self> {
        stada();
        let bin = binarmapp()?;
        let mapp = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir()
            .map_err(|fel| format!("Kunde inte skapa en mapp för PostgreSQL: {fel}"))?;
        let losen = slumpord()?;
        initiera(&bin, mapp.path(), &losen)?;
        let mut sist = String::new();
        for _ in 0..FORSOK {
            let port = ledig_port()?;
            match starta_server(&bin, (mapp.path(), port), syfte, dor_med_oss) {
                Ok(server) => {
                    let adress = format!("postgresql://utfall:{losen}@127.0.0.1:{port}/postgres");
                    return Ok(Self {
                        server: Some(server),
                        mapp: Some(mapp),
                        bin,
                        adress,
                    });
                }
                Err(fel) => sist = fel,
            }
        }
        Err(format!(
            "PostgreSQL startade inte på {FORSOK} försök.\n{sist}"
        ))
    }

    fn behall(mut self) -> Svar<PathBuf> {
        self.server = None;
        let mapp = self.mapp.take().ok_or("Klustret har redan tagits bort.")?;
        Ok(mapp.keep())
    }
}

impl Drop for Kluster {
    fn drop(&mut self) {
        let Some(mapp) = &self.mapp else { return };
        stoppa(&self.bin, mapp.path());
        if let Some(mut server) = self.server.take() {
            // The server has been told to stop; kill only covers one that did not listen.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// `cargo xtask pg start|stop`: a cluster that stays until it is stopped.
///
/// # Errors
/// When the cluster cannot be started, or there is none to stop.
pub fn kommando(rot: &Path, order: Order) -> Svar<()> {
    let minne = rot.join(".verktyg").join("pg");
    match order {
        Order::Start => {
            if minne.exists() {
                return Err(
                    "Ett kluster är redan igång; stoppa det med `cargo xtask pg stop`.".into(),
                );
            }
            let kluster = Kluster::starta_med(Syfte::Snabbhet, false)?;
            let adress = kluster.adress().to_owned();
            let mapp = kluster.behall()?;
            fs::create_dir_all(rot.join(".verktyg")).map_err(|fel| fel.to_string())?;
            fs::write(&minne, format!("{}\n{adress}\n", mapp.display()))
                .map_err(|fel| format!("Kunde inte skriva {}: {fel}", minne.display()))?;
            println!("UTFALL_TEST_PG={adress}");
            Ok(())
        }
        Order::Stop => {
            let text = fs::read_to_string(&minne).map_err(|_| "Inget kluster är igång.")?;
            let mapp = PathBuf::from(text.lines().next().unwrap_or_default());
            stoppa(&binarmapp()?, &mapp);
            fs::remove_dir_all(&mapp).map_err(|fel| format!("{}: {fel}", mapp.display()))?;
            fs::remove_file(&minne).map_err(|fel| fel.to_string())
        }
    }
}

/// The folder with `initdb`: Debian keeps one per version, others have it on the path.
///
/// # Errors
/// When no PostgreSQL of at least version 15 is found.
pub fn binarmapp() -> Svar<PathBuf> {
    let mut versioner: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|post| Some((post.file_name().to_str()?.parse().ok()?, post.path())))
        .filter(|(version, mapp)| *version >= MINSTA_VERSION && mapp.join("bin/initdb").exists())
        .collect();
    versioner.sort();
    if let Some((_, mapp)) = versioner.pop() {
        return Ok(mapp.join("bin"));
    }
    let svar = kommando::las(Command::new("pg_config").arg("--bindir"));
    let bin = PathBuf::from(svar.unwrap_or_default().trim());
    if bin.join("initdb").exists() {
        return Ok(bin);
    }
    Err(format!(
        "PostgreSQL {MINSTA_VERSION} eller senare saknas. Kör: apt-get install postgresql"
    ))
}

fn initiera(bin: &Path, mapp: &Path, losen: &str) -> Svar<()> {
    let fil = mapp.join("losen");
    fs::write(&fil, losen).map_err(|fel| format!("Kunde inte skriva {}: {fel}", fil.display()))?;
    if kommando::ar_root() {
        kommando::las(Command::new("chown").args(["-R", tjanstekonto()]).arg(mapp))?;
    }
    let mut initdb = som_tjanst(&bin.join("initdb"), &[]);
    initdb
        .args([
            "--username=utfall",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
        ])
        .args(["--locale=C", "--no-sync"])
        .arg(format!("--pwfile={}", fil.display()))
        .arg(format!("--pgdata={}", mapp.join("data").display()));
    kommando::las(&mut initdb).map(drop)
}

fn starta_server(
    bin: &Path,
    (mapp, port): (&Path, u16),
    syfte: Syfte,
    dor_med_oss: bool,
) -> Svar<Child> {
    let logg = mapp.join("logg");
    let ut = fs::File::create(&logg).map_err(|fel| format!("{}: {fel}", logg.display()))?;
    let fel_ut = ut.try_clone().map_err(|fel| fel.to_string())?;
    let flaggor: &[&str] = if dor_med_oss {
        &["--pdeathsig", "INT"]
    } else {
        &[]
    };
    let mut kommando = som_tjanst(&bin.join("postgres"), flaggor);
    kommando
        .arg("-D")
        .arg(mapp.join("data"))
        .arg("-p")
        .arg(port.to_string());
    let utan = match syfte {
        Syfte::Snabbhet => UTAN_HALLBARHET,
        Syfte::Hallbarhet => &[],
    };
    for (namn, varde) in INSTALLNINGAR.iter().chain(utan) {
        kommando.arg("-c").arg(format!("{namn}={varde}"));
    }
    let mut server = kommando
        .stdout(Stdio::from(ut))
        .stderr(Stdio::from(fel_ut))
        .spawn()
        .map_err(|fel| format!("Kunde inte starta PostgreSQL: {fel}"))?;
    for _ in 0..VANTA_TIONDELAR {
        if server.try_wait().map_err(|fel| fel.to_string())?.is_some() {
            break;
        }
        if svarar(bin, port) {
            return Ok(server);
        }
        sleep(Duration::from_millis(100));
    }
    let _ = server.kill();
    let _ = server.wait();
    Err(fs::read_to_string(&logg).unwrap_or_default())
}

fn svarar(bin: &Path, port: u16) -> bool {
    Command::new(bin.join("pg_isready"))
        .args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()])
        .status()
        .is_ok_and(|status| status.success())
}

fn stoppa(bin: &Path, mapp: &Path) {
    let data = mapp.join("data");
    let mut stopp = som_tjanst(&bin.join("pg_ctl"), &[]);
    stopp
        .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
        .arg(data);
    // A server that is already gone makes pg_ctl complain; the folder is removed all the same.
    let _ = kommando::las(&mut stopp);
}

/// PostgreSQL refuses to run as root, so root hands the program to the service account.
/// `setpriv` also lets the server die with us when we are killed.
fn som_tjanst(program: &Path, flaggor: &[&str]) -> Command {
    let mut kommando = if kommando::ar_root() {
        let konto = tjanstekonto();
        let mut setpriv = Command::new("setpriv");
        setpriv
            .arg(format!("--reuid={konto}"))
            .arg(format!("--regid={konto}"));
        setpriv.arg("--clear-groups").args(flaggor).arg(program);
        setpriv
    } else if flaggor.is_empty() || !kommando::finns("setpriv") {
        Command::new(program)
    } else {
        let mut setpriv = Command::new("setpriv");
        setpriv.args(flaggor).arg(program);
        setpriv
    };
    kommando
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::null());
    kommando
}

fn tjanstekonto() -> &'static str {
    let finns = Command::new("id")
        .arg("postgres")
        .output()
        .is_ok_and(|svar| svar.status.success());
    if finns { "postgres" } else { "nobody" }
}

/// Removes what a killed run left behind: a folder whose server no longer lives.
fn stada() {
    for post in fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        if !post.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let pidfil = post.path().join("data/postmaster.pid");
        let pid = fs::read_to_string(pidfil)
            .ok()
            .and_then(|t| Some(t.lines().next()?.to_owned()));
        let gammal = post
            .metadata()
            .and_then(|m| m.modified())
            .ok()
            .is_some_and(ar_timgammal);
        let lever = pid.is_some_and(|pid| Path::new("/proc").join(pid).exists());
        if gammal && !lever {
            let _ = fs::remove_dir_all(post.path());
        }
    }
}

fn ar_timgammal(andrad: std::time::SystemTime) -> bool {
    andrad
        .elapsed()
        .is_ok_and(|alder| alder > Duration::from_secs(3600))
}

fn ledig_port() -> Svar<u16> {
    let lyssnare = TcpListener::bind("127.0.0.1:0").map_err(|fel| fel.to_string())?;
    Ok(lyssnare.local_addr().map_err(|fel| fel.to_string())?.port())
}

fn slumpord() -> Svar<String> {
    use std::io::Read;
    let mut byte = [0_u8; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut fil| fil.read_exact(&mut byte))
        .map_err(|fel| format!("Kunde inte läsa slumptal: {fel}"))?;
    Ok(byte.iter().map(|b| format!("{b:02x}")).collect())
}
