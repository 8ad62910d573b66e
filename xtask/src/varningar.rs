//! Builds, shows every warning once, and refuses if there was one.
//!
//! Warnings stay warnings to the compiler: one of them must not hide what the tests say.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Svar, kommando};

/// The refusal when there is nothing to run. Warnings alone give another.
pub const BYGGET_FOLL: &str = "Bygget föll.";

/// Runs a cargo build to its end.
///
/// # Errors
/// [`BYGGET_FOLL`] when it does not build, otherwise when anything warned.
pub fn bygg(cargo: &mut Command) -> Svar<()> {
    cargo
        .arg("--message-format=json-diagnostic-rendered-ansi")
        .stdout(Stdio::piped());
    let text = kommando::som_text(cargo);
    println!("$ {text}");
    let mut barn = cargo
        .spawn()
        .map_err(|fel| format!("Kunde inte starta `{text}`: {fel}"))?;
    let utdata = barn
        .stdout
        .take()
        .ok_or("Cargos utdata gick inte att läsa.")?;
    let mut sedda = BTreeSet::new();
    for rad in BufReader::new(utdata).lines() {
        let rad = rad.map_err(|fel| fel.to_string())?;
        // A library and its tests are built apart and say the same thing twice.
        if let Some(meddelande) = meddelande(&rad).filter(|text| !sedda.contains(text)) {
            println!("{meddelande}");
            sedda.insert(meddelande);
        }
    }
    let status = barn.wait().map_err(|fel| fel.to_string())?;
    if !status.success() {
        return Err(BYGGET_FOLL.to_owned());
    }
    if sedda.is_empty() {
        Ok(())
    } else {
        Err(format!("{} varningar", sedda.len()))
    }
}

/// What the compiler says in one line of cargo's account, as a person would see it.
fn meddelande(rad: &str) -> Option<String> {
    let varde: Value = serde_json::from_str(rad).ok()?;
    if varde.get("reason")? != "compiler-message" {
        return None;
    }
    let meddelande = varde.get("message")?;
    let raknas = matches!(meddelande.get("level")?.as_str()?, "warning" | "error");
    raknas
        .then(|| meddelande.get("rendered")?.as_str().map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varning_lases_och_annat_hoppas_over() {
        let rad = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"aj"}}"#;
        assert_eq!(meddelande(rad).as_deref(), Some("aj"));
        assert_eq!(meddelande(&rad.replace("warning", "note")), None);
        assert_eq!(
            meddelande(r#"{"reason":"build-finished","success":true}"#),
            None
        );
        assert_eq!(meddelande("running 0 tests"), None);
    }

    #[test]
    fn varning_faller_steget_men_inte_bygget() {
        let rad = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"aj"}}"#;
        let skal = |rad: &str, kod: u8| {
            let skript = format!("echo '{rad}'; exit {kod} #");
            bygg(Command::new("sh").args(["-c", &skript]))
        };
        assert_eq!(skal(rad, 0), Err("1 varningar".to_owned()));
        assert_eq!(skal(rad, 101), Err(BYGGET_FOLL.to_owned()));
        assert_eq!(skal("{}", 0), Ok(()));
    }
}
