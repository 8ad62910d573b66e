//! The long proofs and the measurements: too slow for every push, each with its own command
//! and its own report.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::kommando::{kor as kor_program, program};
use crate::pg::{Kluster, Syfte};
use crate::svit::byggmapp;
use crate::{Svar, verktyg};

/// How much of a proof.
#[derive(Clone, Copy)]
pub struct Mangd {
    /// How many times something is done.
    pub antal: Option<u32>,
    /// How long something goes on.
    pub sekunder: Option<u32>,
}

/// One long proof: its name, what it shows, and how it is run.
struct Prov {
    namn: &'static str,
    visar: &'static str,
    kor: fn(&Path, Mangd) -> Svar<()>,
}

const LISTA: &[Prov] = &[
    Prov {
        namn: "bidragsar",
        visar: "bidragets år går ihop, mot ett facit av bara listor (--antal, annars 10000)",
        kor: bidragsar,
    },
    Prov {
        namn: "blandade",
        visar: "slumpade papper räknas som de säger, överallt där de visas (--antal, annars 1000)",
        kor: blandade,
    },
    Prov {
        namn: "bokforing",
        visar: "bokföringen blir summorna vad som än görs med den, på båda (--antal, annars 1000)",
        kor: bokforing,
    },
    Prov {
        namn: "dodad",
        visar: "servern dödas medan fyra skriver, på båda motorerna (--antal, annars 100)",
        kor: dodad,
    },
    Prov {
        namn: "fuzz",
        visar: "godtyckliga byte till läsarna, med täckning (--sekunder per mål, annars 60)",
        kor: fuzz,
    },
    Prov {
        namn: "fran-noll",
        visar: "från ett tomt bygge till demons första sida, som en nykomling gör",
        kor: fran_noll,
    },
    Prov {
        namn: "matt",
        visar: "starttid, minne, sidor per sekund, PDF och SIE i släppt bygge (bench/README.md)",
        kor: matt,
    },
    Prov {
        namn: "paket",
        visar: "läsaren av SIE går att packa och lägga ut för sig, utan något utanför lådan",
        kor: |rot, _| crate::paket::prova(rot),
    },
    Prov {
        namn: "rapporter",
        visar: "utfärdade rapporter räknas om, på båda motorerna (--antal, annars 100)",
        kor: rapporter,
    },
    Prov {
        namn: "inlasning",
        visar: "vad andra märker medan 200 000 verifikationer läses in (--antal verifikationer)",
        kor: inlasning,
    },
    Prov {
        namn: "stora",
        visar: "en miljon bokföringsrader och en rad på 1 GiB i 256 MiB (--antal rader)",
        kor: stora,
    },
];

/// Runs the named proof, or shows the list when no name is given.
///
/// # Errors
/// When the name is unknown or the proof fails.
pub fn kor(rot: &Path, namn: Option<&str>, mangd: Mangd) -> Svar<()> {
    let Some(namn) = namn else {
        println!("Långa prov ({}):", LISTA.len());
        for prov in LISTA {
            println!("  {:<10} {}", prov.namn, prov.visar);
        }
        return Ok(());
    };
    let prov = LISTA
        .iter()
        .find(|prov| prov.namn == namn)
        .ok_or_else(|| format!("Provet {namn} finns inte. `cargo xtask prov` visar listan."))?;
    (prov.kor)(rot, mangd)
}

/// A test of the suite, alone and with what it prints. The whole workspace is named so that
/// the suite's build is the one that is used.
fn ett_prov(rot: &Path, namn: &str) -> Command {
    let mut cargo = program("cargo", rot);
    cargo.args(["test", "--quiet", "--workspace", "--test", "it", "--"]);
    cargo.args(["--exact", "--nocapture", namn]);
    cargo
}

fn bidragsar(rot: &Path, mangd: Mangd) -> Svar<()> {
    let antal = mangd.antal.unwrap_or(10_000).to_string();
    let namn = "medel::egenskaper::a_grants_years_add_up_after_any_operations";
    kor_program(ett_prov(rot, namn).env("UTFALL_BIDRAGSAR", &antal))
}

fn blandade(rot: &Path, mangd: Mangd) -> Svar<()> {
    let antal = mangd.antal.unwrap_or(1_000).to_string();
    let namn = "blandade::mixed_papers_are_counted_as_they_say";
    kor_program(ett_prov(rot, namn).env("UTFALL_BLANDADE", &antal))
}

/// The largest files: how much memory each comes to is printed, and held to what is promised.
fn stora(rot: &Path, mangd: Mangd) -> Svar<()> {
    let antal = mangd.antal.unwrap_or(1_000_000).to_string();
    let prova = |namn: &str| {
        let mut cargo = ett_prov(rot, &format!("bokforing::minne::{namn}"));
        cargo.env("UTFALL_STORA", &antal);
        cargo
    };
    let rader = "a_million_rows_fit_in_the_memory_that_is_promised";
    println!("SQLite:");
    kor_program(&mut prova(
        "a_gibibyte_sent_to_the_page_is_refused_and_kept_nowhere",
    ))?;
    kor_program(prova(rader).env("UTFALL_TEST_MOTOR", "sqlite"))?;
    verktyg::ordna(rot, &[&verktyg::POSTGRESQL])?;
    let kluster = Kluster::starta(Syfte::Snabbhet)?;
    println!("PostgreSQL:");
    kor_program(
        prova(rader)
            .env("UTFALL_TEST_MOTOR", "postgres")
            .env("UTFALL_TEST_PG", kluster.adress()),
    )
}

fn bokforing(rot: &Path, mangd: Mangd) -> Svar<()> {
    let namn = "bokforing::sekvenser::\
                whatever_is_done_with_the_accounts_the_facts_are_the_sums_of_what_is_booked";
    let antal = mangd.antal.unwrap_or(1_000);
    pa_bada(rot, namn, ("UTFALL_BOKFORING", antal), Syfte::Snabbhet)
}

/// The facts and the frozen rows are read back from what the engine has kept.
fn rapporter(rot: &Path, mangd: Mangd) -> Svar<()> {
    let namn = "medel::rapporterna::\
                issued_reports_recompute_as_of_their_date_after_any_operations";
    let antal = mangd.antal.unwrap_or(100);
    pa_bada(rot, namn, ("UTFALL_RAPPORTER", antal), Syfte::Snabbhet)
}

/// On a PostgreSQL that waits for its disk as one in use does.
fn dodad(rot: &Path, mangd: Mangd) -> Svar<()> {
    let namn = "dodad::a_killed_server_has_everything_it_said_was_saved";
    let antal = mangd.antal.unwrap_or(100);
    pa_bada(rot, namn, ("UTFALL_DODA", antal), Syfte::Hallbarhet)
}

/// The same test as in the suite, many times over, first on SQLite and then on PostgreSQL.
fn pa_bada(rot: &Path, namn: &str, (variabel, antal): (&str, u32), syfte: Syfte) -> Svar<()> {
    let prova = || {
        let mut cargo = ett_prov(rot, namn);
        cargo.env(variabel, antal.to_string());
        cargo
    };
    println!("SQLite:");
    kor_program(prova().env("UTFALL_TEST_MOTOR", "sqlite"))?;
    verktyg::ordna(rot, &[&verktyg::POSTGRESQL])?;
    let kluster = Kluster::starta(syfte)?;
    println!("PostgreSQL:");
    kor_program(
        prova()
            .env("UTFALL_TEST_MOTOR", "postgres")
            .env("UTFALL_TEST_PG", kluster.adress()),
    )
}

/// What cargo-fuzz asks of the compiler, less the sanitizer, which only nightly has: stable
/// Rust counts the edges, libFuzzer steers by them, and a panic is the finding.
const TACKNING: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 --cfg fuzzing";

fn fuzz(rot: &Path, mangd: Mangd) -> Svar<()> {
    let mapp = rot.join("fuzz");
    let mal = Command::new("rustc")
        .arg("-vV")
        .output()
        .map_err(|fel| format!("rustc svarar inte: {fel}"))?;
    let mal = String::from_utf8_lossy(&mal.stdout).into_owned();
    let mal = mal
        .lines()
        .find_map(|rad| rad.strip_prefix("host: "))
        .ok_or("rustc säger inte vilken maskin det bygger för.")?;
    // With a target named, the flags reach what is built and not the build scripts.
    kor_program(
        program("cargo", &mapp)
            .args(["build", "--release", "--bins", "--target", mal])
            .env("RUSTFLAGS", TACKNING)
            .env_remove("CARGO_TARGET_DIR"),
    )?;
    let byggt = mapp.join("target").join(mal).join("release");
    let tid = format!("-max_total_time={}", mangd.sekunder.unwrap_or(60));
    for namn in ["underlag", "belopp", "datum", "sie"] {
        // What is found on the way is kept apart from the corpus that is committed.
        let nytt = mapp.join("target").join("nytt").join(namn);
        let fynd = mapp.join("target").join("fynd").join(namn);
        for mapp in [&nytt, &fynd] {
            std::fs::create_dir_all(mapp).map_err(|fel| format!("{}: {fel}", mapp.display()))?;
        }
        let mut mal = program(byggt.join(namn), &mapp);
        mal.args([
            &tid,
            "-max_len=65536",
            "-print_final_stats=1",
            "-verbosity=0",
        ]);
        mal.arg(format!("-artifact_prefix={}/", fynd.display()));
        mal.args([nytt, mapp.join("korpus").join(namn)]);
        kor_program(&mut mal)
            .map_err(|fel| format!("{fel}\nByten som fällde målet ligger i {}", fynd.display()))?;
    }
    Ok(())
}

/// Everything is built in an empty folder; what cargo has fetched before is not fetched again.
fn fran_noll(rot: &Path, _: Mangd) -> Svar<()> {
    let tomt = tempfile::tempdir().map_err(|fel| format!("Kunde inte skapa en mapp: {fel}"))?;
    let start = Instant::now();
    let mut demo = program("cargo", rot);
    demo.args(["run", "--quiet", "--", "demo", "--listen", "127.0.0.1:0"]);
    let mut demo = demo
        .env("CARGO_TARGET_DIR", tomt.path())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|fel| format!("cargo startar inte: {fel}"))?;
    let mut adress = String::new();
    let ut = demo.stdout.take().ok_or("demon skriver inget")?;
    let last = BufReader::new(ut).read_line(&mut adress);
    let svar = last.map_err(|fel| fel.to_string()).and_then(|_| {
        let adress = adress.trim().trim_start_matches("Adress: http://");
        forsta_sidan(adress).map_err(|fel| format!("{adress:?}: {fel}"))
    });
    let tog = start.elapsed().as_secs_f64();
    let _ = demo.kill();
    let _ = demo.wait();
    if !svar?.starts_with("HTTP/1.1 200") {
        return Err("Den första sidan visades inte.".into());
    }
    println!("Från ett tomt bygge till den första sidan: {tog:.0} s (mål: högst 480 s)");
    Ok(())
}

fn forsta_sidan(adress: &str) -> std::io::Result<String> {
    let mut uttag = TcpStream::connect(adress)?;
    write!(
        uttag,
        "GET /logga-in HTTP/1.1\r\nHost: {adress}\r\nConnection: close\r\n\r\n"
    )?;
    let mut svar = String::new();
    uttag.read_to_string(&mut svar)?;
    Ok(svar)
}

/// The release build, and what the others notice while a large file is read in, on SQLite and
/// then on a PostgreSQL that waits for its disk as one in use does.
fn inlasning(rot: &Path, mangd: Mangd) -> Svar<()> {
    slapp(rot)?;
    let byggt: PathBuf = byggmapp(rot).join("release");
    let antal = mangd.antal.unwrap_or(200_000).to_string();
    let mata = |adress: &str| {
        let mut mat = program(byggt.join("inlasning"), rot);
        mat.arg(byggt.join("utfall")).args([adress, &antal]);
        kor_program(&mut mat)
    };
    let sqlite = mata("");
    verktyg::ordna(rot, &[&verktyg::POSTGRESQL])?;
    let kluster = Kluster::starta(Syfte::Hallbarhet)?;
    mata(kluster.adress()).and(sqlite)
}

/// The program and the measurements, built as they are released.
fn slapp(rot: &Path) -> Svar<()> {
    let bygg = ["build", "--release", "--package", "utfall"];
    kor_program(
        program("cargo", rot)
            .args(bygg)
            .args(["--package", "utfall-bench", "--bins"]),
    )
}

/// The release build, and every measurement of bench/ in one go.
fn matt(rot: &Path, _: Mangd) -> Svar<()> {
    slapp(rot)?;
    let byggt: PathBuf = byggmapp(rot).join("release");
    kor_program(&mut program(byggt.join("pdf"), rot))?;
    kor_program(program(byggt.join("sie"), rot).arg("--jamfor"))?;
    kor_program(program(byggt.join("webb"), rot).arg(byggt.join("utfall")))
}
