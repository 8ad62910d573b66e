//! What the tests share: running the program, reading its answers, and the demo world set by
//! the real typesetter.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use utfall_dokument::Sattverk;
use utfall_testkit::natet::Server;
use utfall_testkit::{Demomall, Testdb};

/// How the program ended.
#[derive(Debug)]
pub struct Utgang {
    /// The exit code; -1 when it was killed.
    pub kod: i32,
    /// Standard output.
    pub ut: String,
    /// Standard error.
    pub fel: String,
}

impl Utgang {
    /// Demands an exit code and gives the ending back.
    #[track_caller]
    pub fn slutar(self, kod: i32) -> Self {
        assert_eq!(self.kod, kod, "{self:#?}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.ut).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }
}

/// The program with these words, not yet started.
pub fn program<S: AsRef<std::ffi::OsStr>>(ord: impl IntoIterator<Item = S>) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_utfall"));
    program
        .args(ord)
        .stdin(Stdio::null())
        .env_remove("UTFALL_LOGG");
    program
}

/// Runs the program to its end.
pub fn utfall<S: AsRef<std::ffi::OsStr>>(ord: impl IntoIterator<Item = S>) -> Utgang {
    let svar = program(ord).output().expect("programmet går att starta");
    Utgang {
        kod: svar.status.code().unwrap_or(-1),
        ut: String::from_utf8(svar.stdout).expect("UTF-8"),
        fel: String::from_utf8(svar.stderr).expect("UTF-8"),
    }
}

/// Demands that the doctor finds nothing wrong, but for what the suite's own cluster gives up
/// on purpose: it runs without durability.
#[track_caller]
pub fn ar_frisk(db: &Testdb) {
    let svar = utfall_i(db, &["doktor"]);
    let vantat = |rad: &&str| {
        utfall_testkit::provar_postgres()
            && (rad.contains("fsync är off") || rad.contains("full_page_writes är off"))
    };
    let text = format!("{}\n{}", svar.ut, svar.fel);
    let fel: Vec<&str> = text
        .lines()
        .filter(|rad| rad.trim_start().starts_with("FEL"))
        .filter(|rad| !vantat(rad))
        .collect();
    assert!(fel.is_empty(), "{svar:#?}");
    assert!(text.contains("Journalens kedja är hel."), "{svar:#?}");
}

/// Runs the program against a database: the words, then where it is.
pub fn utfall_i(db: &Testdb, ord: &[&str]) -> Utgang {
    utfall(ord_i(db, ord))
}

/// The words of a command with where its database is and, for one that serves, its key file.
pub fn ord_i(db: &Testdb, ord: &[&str]) -> Vec<String> {
    let plats = match ord.first() {
        Some(&("serve" | "demo")) => db.ord_med_nyckel(),
        _ if ord.contains(&"interpellation") => db.ord_med_nyckel(),
        _ => db.ord().to_vec(),
    };
    ord.iter().map(|&o| o.to_owned()).chain(plats).collect()
}

/// A server under way, when it has printed so many lines after its address; the demo's when its
/// list of accounts has been printed.
pub fn server<S: AsRef<str>>(ord: &[S], rader: usize) -> Server {
    let demo = ord.first().is_some_and(|o| o.as_ref() == "demo");
    let fler = |lasta: &[String]| match demo {
        true => lasta.last().is_none_or(|r| !r.starts_with("Avsluta")),
        false => lasta.len() < rader,
    };
    Server::starta(program(ord.iter().map(AsRef::as_ref)), fler)
        .unwrap_or_else(|fel| panic!("{fel}"))
}

/// The project's root.
pub fn rot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A paper of exempel/.
pub fn exempel(stam: &str) -> String {
    rot()
        .join("exempel")
        .join(format!("{stam}.json"))
        .display()
        .to_string()
}

/// The demo world whose reports the real typesetter has set. Built once.
pub fn akta() -> &'static Demomall {
    static MALL: OnceLock<Demomall> = OnceLock::new();
    MALL.get_or_init(|| Demomall::ny(Arc::new(Sattverk)))
}

/// Non-breaking spaces and the minus sign as a keyboard writes them.
pub fn slatt(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace('\u{2212}', "-")
}

/// Tries so many drawn cases, the same ones each time, numbered from 0. The case that fails is
/// printed whole; the world has been written to, so no smaller one is sought.
pub fn slumpade<S: Strategy>(antal: u32, strategi: &S, prova: impl Fn(usize, &S::Value)) {
    let installning = Config {
        cases: antal,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..Config::default()
    };
    let slump = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let nummer = std::cell::Cell::new(0);
    TestRunner::new_with_rng(installning, slump)
        .run(strategi, |fall| {
            prova(nummer.replace(nummer.get() + 1), &fall);
            Ok::<(), TestCaseError>(())
        })
        .unwrap();
    assert_eq!(u32::try_from(nummer.get()), Ok(antal));
}
