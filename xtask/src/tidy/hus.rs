//! The walls of the house: which crate may know which (ARCHITECTURE.md).

use super::{Anmarkning, Fil, Trad};

/// A crate, the crates of ours it may use, and the libraries that only it may use.
struct Rum {
    namn: &'static str,
    far: &'static [&'static str],
}

const HUS: &[Rum] = &[
    Rum {
        namn: "domain",
        far: &[],
    },
    Rum {
        namn: "behorighet",
        far: &["domain"],
    },
    Rum {
        namn: "sekretess",
        far: &["domain"],
    },
    Rum {
        namn: "sie",
        far: &[],
    },
    Rum {
        namn: "store",
        far: &["domain", "behorighet"],
    },
    Rum {
        namn: "dokument",
        far: &["domain"],
    },
    Rum {
        namn: "vyer",
        far: &["domain"],
    },
    Rum {
        namn: "app",
        far: &["domain", "behorighet", "store", "sekretess", "sie"],
    },
    Rum {
        namn: "web",
        far: &["domain", "behorighet", "app", "vyer"],
    },
    Rum {
        namn: "utfall",
        far: &[
            "domain",
            "behorighet",
            "store",
            "app",
            "web",
            "vyer",
            "dokument",
            "sekretess",
            "sie",
        ],
    },
    Rum {
        namn: "testkit",
        far: &["domain", "behorighet", "store", "app"],
    },
];

/// Libraries that are kept behind a wall, and the rooms that may open it.
const BAKOM_VAGG: &[(&str, &[&str])] = &[
    ("axum", &["web", "utfall", "testkit"]),
    ("tower", &["web", "utfall", "testkit"]),
    ("typst", &["dokument"]),
    ("typst-kit", &["dokument"]),
    ("typst-layout", &["dokument"]),
    ("typst-pdf", &["dokument"]),
    ("rust_xlsxwriter", &["dokument"]),
    ("rusqlite", &["store", "testkit"]),
    ("postgres", &["store", "testkit"]),
    ("askama", &["vyer"]),
    ("csv", &["web"]),
    ("aes", &["store"]),
    ("aes-gcm-siv", &["store"]),
    ("hmac", &["store"]),
    ("polyval", &["store"]),
    ("zeroize", &["store", "domain"]),
    ("getrandom", &["utfall"]),
    ("tokio", &["store", "web", "utfall", "testkit", "app"]),
];

/// What a manifest asks for: the section, the name and the line.
struct Beroende<'a> {
    avdelning: &'a str,
    namn: &'a str,
    rad: usize,
}

/// Crates reach only what the map allows; testkit is for tests alone.
pub fn kanter(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for fil in trad.filer.iter().filter(|fil| ar_manifest(fil)) {
        let Some(lada) = fil.lada() else { continue };
        let Some(rum) = HUS.iter().find(|rum| rum.namn == lada) else {
            let text = format!("lådan {lada} finns inte på kartan: skriv in den i tidy/hus.rs");
            svar.push(Anmarkning::ny("kanter", &fil.stig, 0, text));
            continue;
        };
        for beroende in beroenden(fil.text.as_deref().unwrap_or_default()) {
            if let Some(text) = hinder(rum, &beroende) {
                svar.push(Anmarkning::ny("kanter", &fil.stig, beroende.rad, text));
            }
        }
    }
    svar
}

/// Lints that only some of the code takes on, and where they must stand.
const EGNA_LINTAR: &[(&str, &[&str])] = &[
    ("clippy::float_arithmetic", &["crates/domain/src/lib.rs"]),
    (
        "clippy::arithmetic_side_effects",
        &[
            "crates/domain/src/pengar.rs",
            "crates/domain/src/medel/mod.rs",
        ],
    ),
    (
        "clippy::string_slice",
        &[
            "crates/app/src/lib.rs",
            "crates/behorighet/src/lib.rs",
            "crates/dokument/src/lib.rs",
            "crates/domain/src/lib.rs",
            "crates/store/src/lib.rs",
            "crates/vyer/src/lib.rs",
            "crates/web/src/lib.rs",
        ],
    ),
];

/// Every crate obeys the workspace's lints, and those of its own that it has taken on.
pub fn lintar(trad: &Trad) -> Vec<Anmarkning> {
    let arvda = "[lints]\nworkspace = true";
    let mut svar = Vec::new();
    for fil in trad.filer.iter().filter(|fil| ar_manifest(fil)) {
        if !fil.text.as_deref().unwrap_or_default().contains(arvda) {
            let text = "saknar `[lints]` med `workspace = true`";
            svar.push(Anmarkning::ny("lintar", &fil.stig, 0, text));
        }
    }
    for (lint, stigar) in EGNA_LINTAR {
        for fil in stigar.iter().filter_map(|stig| trad.fil(stig)) {
            let satt = |rad: &str| rad.starts_with("#![") && rad.contains(lint);
            if !fil.text.as_deref().unwrap_or_default().lines().any(satt) {
                svar.push(Anmarkning::ny(
                    "lintar",
                    &fil.stig,
                    0,
                    format!("slår inte på {lint}"),
                ));
            }
        }
    }
    svar
}

fn ar_manifest(fil: &Fil) -> bool {
    matches!(fil.stig.as_str(), "xtask/Cargo.toml" | "bench/Cargo.toml")
        || (fil.stig.ends_with("/Cargo.toml")
            && fil.stig.matches('/').count() == 2
            && fil.lada().is_some())
}

fn hinder(rum: &Rum, beroende: &Beroende<'_>) -> Option<String> {
    let i_prov = beroende.avdelning == "dev-dependencies";
    if let Some(var) = beroende.namn.strip_prefix("utfall-") {
        // What is shipped keeps the walls; a test may look behind them.
        let far = i_prov || rum.far.contains(&var);
        return (!far).then(|| format!("{} får inte känna till {var}", rum.namn));
    }
    let (_, rummen) = BAKOM_VAGG.iter().find(|(namn, _)| *namn == beroende.namn)?;
    let far = i_prov || rummen.contains(&rum.namn);
    (!far).then(|| format!("bara {} får använda {}", rummen.join(", "), beroende.namn))
}

/// Reads the dependency sections: `name = …` and `name.workspace = true`.
fn beroenden(manifest: &str) -> Vec<Beroende<'_>> {
    let mut avdelning = "";
    let mut svar = Vec::new();
    for (nummer, rad) in manifest.lines().enumerate() {
        let rad = rad.trim();
        if let Some(inuti) = rad.strip_prefix('[') {
            avdelning = inuti.trim_end_matches(']');
            continue;
        }
        let Some((vanster, _)) = rad.split_once('=') else {
            continue;
        };
        if !avdelning.ends_with("dependencies") || rad.starts_with('#') {
            continue;
        }
        let namn = vanster.trim().split('.').next().unwrap_or_default();
        svar.push(Beroende {
            avdelning,
            namn,
            rad: nummer + 1,
        });
    }
    svar
}
