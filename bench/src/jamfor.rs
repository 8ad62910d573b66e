//! What others have published for reading SIE 4, run beside ours in a folder that is thrown
//! away: the crate `sie4` and the Python package `pysie-accounting`. Each gets the same
//! vouchers in the dialect that it reads. What cannot be fetched or breaks is told in words.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use utfall_sie::{Granskare, Kodning};

use crate::sie::fil;
use crate::{inom, kvoter, ms, rad};

const VARV: usize = 5;

/// A program in which another reader is built in.
const SIE4_RS: &str = r#"fn main() {
    let fil = std::env::args().nth(1).unwrap();
    let start = std::time::Instant::now();
    let mut poster = 0;
    let lasare = sie4::Reader::new(std::io::BufReader::new(std::fs::File::open(fil).unwrap()));
    for post in lasare {
        post.unwrap_or_else(|fel| panic!("{fel} efter {poster} poster"));
        poster += 1;
    }
    println!("{} {poster}", start.elapsed().as_secs_f64());
}
"#;
const SIE4_TOML: &str = "[package]\nname = \"prov\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
                         [dependencies]\nsie4 = \"=0.1.1\"\n[workspace]\n";
const PYSIE: &str = "import sys, time
from pysie_accounting import pysie
start = time.perf_counter()
sie = pysie.PySIE()
sie.sie_encoding = 'CP437'
sie.dftrans = pysie.pd.DataFrame({'SRU': [7000], 'Ink2': ['x']})
sie.open(sys.argv[1])
print(time.perf_counter() - start, len(sie.verifikat))
";

/// A folder with what could be fetched.
pub struct Jamforda {
    mapp: TempDir,
}

impl Jamforda {
    /// Makes the folder.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn ordna() -> Result<Self, Box<dyn Error>> {
        let mapp = TempDir::new()?;
        Ok(Self { mapp })
    }

    /// Runs each on so many vouchers, in turn with ours.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn kor(&self, antal: u64) -> Result<(), Box<dyn Error>> {
        let bytes = fil(antal, false);
        let stig = |namn: &str| self.mapp.path().join(namn);
        fs::write(stig("sie4.se"), for_sie4(&bytes))?;
        fs::write(stig("pysie.se"), for_pysie(&bytes))?;
        let (sie4, pysie) = (self.bygg_sie4(), self.hamta_pysie());
        visa("sie4 0.1.1 (Rust)", &bytes, || {
            svar(Command::new(sie4.as_ref()?).arg(stig("sie4.se")).output())
        });
        visa("pysie-accounting 0.0.2 (Python)", &bytes, || {
            let mut python = Command::new(pysie.as_ref()?);
            svar(python.args(["-c", PYSIE]).arg(stig("pysie.se")).output())
        });
        Ok(())
    }

    /// The program that `sie4` is built into.
    fn bygg_sie4(&self) -> Result<PathBuf, String> {
        let mapp = self.mapp.path().join("sie4");
        let skriv = || -> std::io::Result<()> {
            fs::create_dir_all(mapp.join("src"))?;
            fs::write(mapp.join("Cargo.toml"), SIE4_TOML)?;
            fs::write(mapp.join("src/main.rs"), SIE4_RS)
        };
        skriv().map_err(|fel| fel.to_string())?;
        let mal = mapp.join("target");
        let bygge = Command::new("cargo")
            .args(["build", "--release", "--quiet"])
            .env("CARGO_TARGET_DIR", &mal)
            .current_dir(&mapp)
            .output();
        lyckad(bygge).map_err(|fel| format!("gick inte att bygga: {fel}"))?;
        Ok(mal.join("release/prov"))
    }

    /// The Python that has `pysie-accounting`.
    fn hamta_pysie(&self) -> Result<PathBuf, String> {
        let mapp = self.mapp.path().join("py");
        let gors = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&mapp)
            .output();
        lyckad(gors).map_err(|fel| format!("gick inte att hämta: {fel}"))?;
        let python = mapp.join("bin/python");
        let hamta = Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "-q",
                "pysie-accounting==0.0.2",
                "pandas",
            ])
            .output();
        lyckad(hamta).map_err(|fel| format!("gick inte att hämta: {fel}"))?;
        Ok(python)
    }
}

/// Without the labels that `sie4` does not know, and without lists of objects.
fn for_sie4(bytes: &[u8]) -> Vec<u8> {
    let okanda: [&[u8]; 4] = [b"#KTYP", b"#SRU", b"#DIM", b"#OBJEKT"];
    let mut ut = Vec::new();
    for rad in bytes.split_inclusive(|b| *b == b'\n') {
        if okanda.iter().any(|etikett| rad.starts_with(etikett)) {
            continue;
        }
        let klammer = |tecken: u8| rad.iter().position(|b| *b == tecken);
        match (klammer(b'{'), klammer(b'}')) {
            (Some(fran), Some(till)) if fran < till => {
                let (fore, efter) = (rad.get(..=fran), rad.get(till..));
                ut.extend_from_slice(fore.unwrap_or_default());
                ut.extend_from_slice(efter.unwrap_or_default());
            }
            _ => ut.extend_from_slice(rad),
        }
    }
    ut
}

/// With quotation marks around the numbers of vouchers, which `pysie` demands.
fn for_pysie(bytes: &[u8]) -> Vec<u8> {
    let mut ut = Vec::new();
    for rad in bytes.split_inclusive(|b| *b == b'\n') {
        if !rad.starts_with(b"#VER ") {
            ut.extend_from_slice(rad);
            continue;
        }
        for (nr, falt) in rad.splitn(4, |b| *b == b' ').enumerate() {
            match nr {
                0 => ut.extend_from_slice(falt),
                2 => {
                    ut.extend_from_slice(b" \"");
                    ut.extend_from_slice(falt);
                    ut.push(b'"');
                }
                _ => {
                    ut.push(b' ');
                    ut.extend_from_slice(falt);
                }
            }
        }
    }
    ut
}

fn lyckad(kord: std::io::Result<Output>) -> Result<String, String> {
    let kord = kord.map_err(|fel| fel.to_string())?;
    if kord.status.success() {
        return Ok(String::from_utf8_lossy(&kord.stdout).into_owned());
    }
    let fel = String::from_utf8_lossy(&kord.stderr);
    // A panic says what it was on the line after the one that says where.
    let panik = fel.lines().skip_while(|rad| !rad.contains("panicked at"));
    let sista = || fel.lines().rfind(|rad| !rad.trim().is_empty());
    let rad = panik.skip(1).find(|rad| !rad.is_empty()).or_else(sista);
    Err(rad.unwrap_or("inget sades").trim().to_owned())
}

/// How long a reader took by its own clock, and how much it found.
type Last = (Duration, u64);

fn svar(kord: std::io::Result<Output>) -> Result<Last, String> {
    let text = lyckad(kord).map_err(|fel| format!("klarar inte filen: {fel}"))?;
    let mut ord = text.split_whitespace();
    let tid = ord.next().and_then(|o| o.parse().ok());
    let tid = tid.and_then(|t| Duration::try_from_secs_f64(t).ok());
    let antal = ord.next().and_then(|o| o.parse().ok());
    tid.zip(antal)
        .ok_or_else(|| format!("svarade »{}«", text.trim()))
}

/// Runs one in turn with ours, and writes the median of the ratios.
fn visa(namn: &str, bytes: &[u8], deras: impl Fn() -> Result<Last, String>) {
    let (mut alla, mut vara) = (Vec::new(), Vec::new());
    let mut hittat = 0;
    for _ in 0..VARV {
        let start = Instant::now();
        std::hint::black_box(Granskare::granska(bytes, Kodning::Cp437));
        vara.push(start.elapsed());
        match deras() {
            Ok((tid, antal)) => {
                alla.push(tid);
                hittat = antal;
            }
            Err(fel) => return rad(namn, "–", &fel),
        }
    }
    let ganger = format!("{:.0} × vår tid", kvoter(&alla, &vara));
    let tid = ms(inom(&mut alla, 500));
    rad(
        namn,
        &ganger,
        &format!("{tid}, hittade {hittat} verifikationer"),
    );
}
