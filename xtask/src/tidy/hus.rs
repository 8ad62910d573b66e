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
        far: &["domain"],
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
    ("axum", &["web", "utfall"]),
    ("tower", &["web", "utfall"]),
    ("typst", &["dokument"]),
    ("typst-kit", &["dokument"]),
    ("typst-layout", &["dokument"]),
    ("typst-pdf", &["dokument"]),
    ("rusqlite", &["store"]),
    ("postgres", &["store"]),
    ("askama", &["vyer"]),
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

/// Every crate obeys the workspace's lints.
pub fn lintar(trad: &Trad) -> Vec<Anmarkning> {
    let manifest = trad.filer.iter().filter(|fil| ar_manifest(fil));
    manifest
        .filter(|fil| {
            !fil.text
                .as_deref()
                .unwrap_or_default()
                .contains("[lints]\nworkspace = true")
        })
        .map(|fil| {
            Anmarkning::ny(
                "lintar",
                &fil.stig,
                0,
                "saknar `[lints]` med `workspace = true`",
            )
        })
        .collect()
}

fn ar_manifest(fil: &Fil) -> bool {
    fil.stig == "xtask/Cargo.toml"
        || (fil.stig.ends_with("/Cargo.toml")
            && fil.stig.matches('/').count() == 2
            && fil.lada().is_some())
}

fn hinder(rum: &Rum, beroende: &Beroende<'_>) -> Option<String> {
    let i_prov = beroende.avdelning == "dev-dependencies";
    if let Some(var) = beroende.namn.strip_prefix("utfall-") {
        let far = rum.far.contains(&var) || (i_prov && (var == "testkit" || rum.namn == "utfall"));
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
