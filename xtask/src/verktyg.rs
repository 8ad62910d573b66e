//! What the suite needs beyond Rust, and how it gets there.
//!
//! Debian's packages are installed where we may (root, or `sudo` without a password); npm's
//! and PyPI's go into the project's own folders. Where we may not, the text says exactly
//! what to install. Nothing that is missing makes the suite skip a step.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Svar, kommando, pg};

/// A program from Debian: how we see that it is there, and the package that brings it.
pub struct Verktyg {
    paket: &'static str,
    finns: fn() -> bool,
}

/// The database server and its tools.
pub const POSTGRESQL: Verktyg = Verktyg {
    paket: "postgresql",
    finns: || pg::binarmapp().is_ok(),
};
/// The browser of the browser suite.
pub const CHROMIUM: Verktyg = Verktyg {
    paket: "chromium",
    finns: || i_sokvag("chromium"),
};
/// `pdftotext` and `pdfinfo -struct`: the reading order of a PDF.
pub const POPPLER: Verktyg = Verktyg {
    paket: "poppler-utils",
    finns: || i_sokvag("pdftotext"),
};
/// Node runs the browser suite; playwright-core asks for this version or a later one.
pub const NODE: Verktyg = Verktyg {
    paket: "nodejs",
    finns: || nodversion() >= 20,
};
/// npm fetches what e2e/package-lock.json names.
pub const NPM: Verktyg = Verktyg {
    paket: "npm",
    finns: || i_sokvag("npm"),
};
/// Python runs the two PDF validators, in a folder of their own.
pub const PYTHON: Verktyg = Verktyg {
    paket: "python3-venv",
    finns: python_med_venv,
};

/// Two independent PDF validators and a reader of DOCX that share no code with us, pinned: a
/// new version is a decision, not an accident.
const VALIDERARE: &[&str] = &[
    "page-validation==0.11.0",
    "outloud==0.2.1",
    "python-docx==1.2.0",
];

/// Makes sure that every tool in the list is there.
///
/// # Errors
/// When something is missing and may not be installed, or the installation fails.
pub fn ordna(rot: &Path, lista: &[&Verktyg]) -> Svar<()> {
    let saknas = || -> Vec<&str> {
        lista
            .iter()
            .filter(|v| !(v.finns)())
            .map(|v| v.paket)
            .collect()
    };
    let paket = saknas();
    if paket.is_empty() {
        return Ok(());
    }
    let mut apt = apt_get().ok_or_else(|| {
        format!(
            "Det här saknas och får inte installeras härifrån. Kör som root:\n  {}",
            rad(&paket)
        )
    })?;
    println!("Installerar från Debian: {}", paket.join(" "));
    kommando::las(apt.current_dir(rot).arg("update"))?;
    let mut apt = apt_get().ok_or("apt-get försvann under installationen.")?;
    apt.args(["install", "--yes", "--no-install-recommends"])
        .args(&paket);
    kommando::las(
        apt.env("DEBIAN_FRONTEND", "noninteractive")
            .current_dir(rot),
    )?;
    let kvar = saknas();
    if kvar.is_empty() {
        Ok(())
    } else {
        Err(format!("Saknas än: {}", kvar.join(" ")))
    }
}

fn rad(paket: &[&str]) -> String {
    format!(
        "apt-get update && apt-get install --no-install-recommends {}",
        paket.join(" ")
    )
}

fn apt_get() -> Option<Command> {
    if !i_sokvag("apt-get") {
        return None;
    }
    if kommando::ar_root() {
        return Some(Command::new("apt-get"));
    }
    let utan_losen = Command::new("sudo").args(["-n", "true"]).output();
    if !utan_losen.is_ok_and(|svar| svar.status.success()) {
        return None;
    }
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "apt-get"]);
    Some(sudo)
}

/// The folder with the validators' programs, installed into the project's `.verktyg`.
///
/// # Errors
/// When Python or PyPI cannot be reached.
pub fn validerare(rot: &Path) -> Svar<PathBuf> {
    let venv = rot.join(".verktyg").join("venv");
    let klar = venv.join("installerat");
    let vill = VALIDERARE.join("\n");
    if fs::read_to_string(&klar).is_ok_and(|har| har == vill) {
        return Ok(venv.join("bin"));
    }
    kommando::las(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&venv),
    )?;
    println!("Installerar från PyPI: {}", VALIDERARE.join(" "));
    let mut pip = Command::new(venv.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"])
        .args(VALIDERARE);
    kommando::las(&mut pip)?;
    fs::write(&klar, vill).map_err(|fel| format!("{}: {fel}", klar.display()))?;
    Ok(venv.join("bin"))
}

/// Installs what e2e/package-lock.json names, unless just that is already there.
///
/// # Errors
/// When npm cannot be run or the registry cannot be reached.
pub fn nodmoduler(rot: &Path) -> Svar<()> {
    let e2e = rot.join("e2e");
    let las = fs::read_to_string(e2e.join("package-lock.json"))
        .map_err(|fel| format!("e2e/package-lock.json: {fel}"))?;
    let klar = e2e.join("node_modules").join(".utfall-las");
    if fs::read_to_string(&klar).is_ok_and(|har| har == las) {
        return Ok(());
    }
    println!("Installerar från npm enligt e2e/package-lock.json");
    let mut npm = kommando::program("npm", &e2e);
    kommando::las(npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&klar, las).map_err(|fel| format!("{}: {fel}", klar.display()))
}

/// Whether a program of this name lies in the search path.
fn i_sokvag(namn: &str) -> bool {
    let sokvag = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&sokvag).any(|mapp| mapp.join(namn).is_file())
}

/// The main version of Node, 0 when there is none.
fn nodversion() -> u32 {
    let svar = kommando::las(Command::new("node").arg("--version")).unwrap_or_default();
    let huvud = svar
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .unwrap_or_default();
    huvud.parse().unwrap_or(0)
}

fn python_med_venv() -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import venv, ensurepip"]);
    kommando::las(&mut python).is_ok()
}
