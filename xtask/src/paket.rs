//! That the crate which reads and writes SIE can be packed and published by itself: what a
//! registry asks of it is said, and nothing goes with it that is not its own. Needs no network and
//! builds nothing.

use serde_json::Value;
use std::path::Path;

use crate::Svar;
use crate::kommando::{las, program};

const LADA: &str = "utfall-sie";
/// As crates.io takes them.
const FLEST_ORD: usize = 5;
const LANGSTA_ORD: usize = 20;
/// What cargo itself puts in a package.
const CARGOS: &[&str] = &[
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
];
/// What must be there.
const KRAVS: &[&str] = &["Cargo.toml", "LICENSE", "README.md", "src/lib.rs"];
/// Packs it as far as the list of files, and looks at every one of them.
///
/// # Errors
/// What hinders it from being published, all of it at once.
pub fn prova(rot: &Path) -> Svar<()> {
    let beskrivet = las(program("cargo", rot).args([
        "metadata",
        "--offline",
        "--no-deps",
        "--format-version=1",
    ]))?;
    let alla: Value = serde_json::from_str(&beskrivet).map_err(|fel| fel.to_string())?;
    let paket = alla["packages"].as_array().into_iter().flatten();
    let mut egna = paket.filter(|p| p["name"] == LADA);
    let paket = egna.next().ok_or("Lådan finns inte.")?;
    let lista = las(program("cargo", rot).args([
        "package",
        "--package",
        LADA,
        "--list",
        "--offline",
        "--allow-dirty",
    ]))?;
    let lista: Vec<&str> = lista.lines().collect();
    let mut fel = beskrivning(paket);
    fel.extend(filer(&lista));
    let mapp = rot.join("crates/sie");
    for namn in lista.iter().filter(|namn| !CARGOS.contains(*namn)) {
        let text = std::fs::read_to_string(mapp.join(namn));
        let text = text.map_err(|e| format!("{namn}: {e}"))?;
        fel.extend(innehall(namn, &text));
    }
    if fel.is_empty() {
        println!(
            "{LADA}: {} filer, och allt som ett register frågar efter.",
            lista.len()
        );
        return Ok(());
    }
    Err(fel.join("\n"))
}

/// What a registry asks of the manifest, as `cargo metadata` tells it.
fn beskrivning(paket: &Value) -> Vec<String> {
    let mut fel = Vec::new();
    for falt in ["description", "license", "readme"] {
        if paket[falt].as_str().unwrap_or_default().trim().is_empty() {
            fel.push(format!("Cargo.toml saknar {falt}."));
        }
    }
    for falt in ["keywords", "categories"] {
        let orden: Vec<&str> = paket[falt]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if orden.is_empty() || orden.len() > FLEST_ORD {
            fel.push(format!(
                "{falt} ska ha ett till {FLEST_ORD} ord och har {}.",
                orden.len()
            ));
        }
        let ratt = |ord: &&str| {
            let tecken = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            ord.bytes().all(tecken) && (falt == "categories" || ord.len() <= LANGSTA_ORD)
        };
        fel.extend(orden.iter().filter(|ord| !ratt(ord)).map(|ord| {
            format!(
                "{ord} i {falt} tas inte emot: gemener, siffror och bindestreck, högst \
                 {LANGSTA_ORD} tecken."
            )
        }));
    }
    for beroende in paket["dependencies"].as_array().into_iter().flatten() {
        let (namn, version) = (&beroende["name"], beroende["req"].as_str());
        if beroende["path"].is_string() || version.is_none_or(|v| v == "*") {
            fel.push(format!(
                "Beroendet {namn} finns inte i ett register, eller saknar version."
            ));
        }
    }
    fel
}

/// What goes with it: its sources, its examples, and what tells of it.
fn filer(lista: &[&str]) -> Vec<String> {
    let egen = |namn: &&&str| {
        let i_mapp = namn.starts_with("src/") || namn.starts_with("examples/");
        let rust = i_mapp && namn.ends_with(".rs") && !namn.split('/').any(|del| del == "..");
        rust || KRAVS.contains(*namn) || CARGOS.contains(*namn)
    };
    let saknas = KRAVS.iter().filter(|namn| !lista.contains(namn));
    let saknas = saknas.map(|namn| format!("{namn} följer inte med."));
    let andra = lista.iter().filter(|namn| !egen(namn));
    saknas
        .chain(andra.map(|namn| format!("{namn} hör inte till lådan.")))
        .collect()
}

/// What a file builds in from outside the crate. That it names no machine's folders is a rule of
/// every file here (`cargo xtask tidy`).
fn innehall(namn: &str, text: &str) -> Vec<String> {
    let mut fel = Vec::new();
    let djup = namn.matches('/').count();
    for (nr, rad) in (1_usize..).zip(text.lines()) {
        let hamtas = ["include_str!", "include_bytes!", "#[path"];
        let upp = rad.matches("../").count();
        if hamtas.iter().any(|ord| rad.contains(ord)) && upp > djup {
            fel.push(format!("{namn}:{nr}: något utanför lådan byggs in."));
        }
    }
    fel
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bra() -> Value {
        json!({
            "name": LADA, "description": "Reads SIE", "license": "EUPL-1.2",
            "readme": "README.md", "keywords": ["sie"], "categories": ["finance"],
            "dependencies": [{"name": "jiff", "req": "^0.2", "path": null}],
        })
    }

    #[test]
    fn what_a_registry_asks_for_must_be_said() {
        assert_eq!(beskrivning(&bra()), [""; 0]);
        let daliga = [
            ("description", json!(" ")),
            ("license", json!(null)),
            ("readme", json!(null)),
            ("keywords", json!([])),
            ("keywords", json!(["a", "b", "c", "d", "e", "f"])),
            ("keywords", json!(["SIE"])),
            ("keywords", json!(["en-mycket-lang-rad-av-ord"])),
            ("categories", json!(null)),
            (
                "dependencies",
                json!([{"name": "egen", "req": "*", "path": "/a"}]),
            ),
        ];
        for (falt, varde) in daliga {
            let mut paket = bra();
            paket[falt] = varde;
            assert_eq!(beskrivning(&paket).len(), 1, "{paket}");
        }
    }

    #[test]
    fn only_its_own_files_go_with_it() {
        let bra = [
            "Cargo.toml",
            "LICENSE",
            "README.md",
            "src/lib.rs",
            "examples/a/b.rs",
        ];
        assert_eq!(filer(&bra), [""; 0]);
        for annan in [
            "kvitton.csv",
            "src/minne.txt",
            ".env",
            "src/../../hemligt.rs",
        ] {
            assert_eq!(filer(&[&bra[..], &[annan]].concat()).len(), 1, "{annan}");
        }
        assert_eq!(filer(&bra[1..]), ["Cargo.toml följer inte med."]);
    }

    #[test]
    fn nothing_points_outside_it() {
        let inne = "#[doc = include_str!(\"../README.md\")]\n// ../../ is only said";
        assert_eq!(innehall("src/lib.rs", inne), [""; 0]);
        let ute = "include_bytes!(\"../../exempel/forsby.json\")";
        assert_eq!(innehall("src/lib.rs", ute).len(), 1);
        assert_eq!(innehall("src/prov/mod.rs", ute), [""; 0]);
    }
}
