//! Starts other programs. Every call shows what it runs, so that a red line in CI can be
//! repeated by hand.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Svar;

/// A command in `katalog` that never waits for keyboard input.
pub fn program(namn: impl AsRef<OsStr>, katalog: &Path) -> Command {
    let mut kommando = Command::new(namn);
    kommando.current_dir(katalog).stdin(Stdio::null());
    kommando
}

/// The command line as a person would type it.
pub fn som_text(kommando: &Command) -> String {
    let mut delar = vec![kommando.get_program().to_string_lossy().into_owned()];
    delar.extend(
        kommando
            .get_args()
            .map(|a| a.to_string_lossy().into_owned()),
    );
    delar.join(" ")
}

/// Runs the command with its output shown; an exit code other than 0 is an error.
pub fn kor(kommando: &mut Command) -> Svar<()> {
    let text = som_text(kommando);
    println!("$ {text}");
    let status = kommando
        .status()
        .map_err(|fel| format!("Kunde inte starta `{text}`: {fel}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{text}` slutade med {status}"))
    }
}

/// Runs the command and gives what it wrote to standard output; its errors come in the refusal.
pub fn las(kommando: &mut Command) -> Svar<String> {
    let text = som_text(kommando);
    let svar = kommando
        .output()
        .map_err(|fel| format!("Kunde inte starta `{text}`: {fel}"))?;
    if svar.status.success() {
        return Ok(String::from_utf8_lossy(&svar.stdout).into_owned());
    }
    let skrivet = String::from_utf8_lossy(&svar.stderr);
    Err(format!("`{text}` slutade med {}\n{skrivet}", svar.status))
}

/// Whether the program can be started at all (`--version` is asked for).
pub fn finns(namn: &str) -> bool {
    Command::new(namn)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// True when we run as root, who may install packages but may not run PostgreSQL.
pub fn ar_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|svar| svar.stdout.trim_ascii() == b"0")
}
