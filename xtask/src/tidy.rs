//! The house's rules as a test: what the compiler and clippy cannot see.
//!
//! A rule is a function from the tree of files to its remarks, and has a test in which a
//! small bad tree must be caught. `cargo xtask tidy` runs them, and so does the Rust suite.

mod dokument;
mod filer;
mod hus;
mod kod;
mod krav;
mod lexer;
mod personnummer;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use crate::Svar;
use lexer::Kod;

/// Folders that hold nothing of ours.
const UTANFOR: &[&str] = &[".git", ".verktyg", "target", "node_modules"];
/// Larger files are read only for their size; the rules are about text that people write.
const MEST_TEXT: u64 = 2_000_000;

/// One file of the project.
pub struct Fil {
    /// The path from the project's root, with `/` between its parts.
    pub stig: String,
    /// Size in bytes.
    pub storlek: u64,
    /// The contents, unless they are binary.
    pub text: Option<String>,
    /// The layers of a `.rs` file.
    pub kod: Option<Kod>,
    /// Whether the whole file is test: in a folder of tests, or a module that only tests build.
    pub ar_prov: bool,
}

impl Fil {
    /// A file with these bytes.
    pub fn ny(stig: &str, innehall: &[u8]) -> Self {
        let text = std::str::from_utf8(innehall).ok().map(str::to_owned);
        let kod = text
            .as_deref()
            .filter(|_| stig.ends_with(".rs"))
            .map(Kod::las);
        let storlek = u64::try_from(innehall.len()).unwrap_or(u64::MAX);
        Self {
            stig: stig.to_owned(),
            storlek,
            text,
            kod,
            ar_prov: false,
        }
    }

    /// The crate's folder name for a file in `crates/<name>/`.
    pub fn lada(&self) -> Option<&str> {
        self.stig.strip_prefix("crates/")?.split('/').next()
    }
}

/// The project as the rules see it.
pub struct Trad {
    pub filer: Vec<Fil>,
}

impl Trad {
    /// Reads every file that is ours.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn las(rot: &Path) -> Svar<Self> {
        let mut filer = Vec::new();
        samla(rot, rot, &mut filer)?;
        Ok(Self::av(filer))
    }

    /// The tree of these files.
    pub fn av(mut filer: Vec<Fil>) -> Self {
        filer.sort_by(|a, b| a.stig.cmp(&b.stig));
        let moduler: Vec<String> = filer.iter().flat_map(provmoduler).collect();
        for fil in &mut filer {
            let i_modul = |modul: &String| {
                fil.stig
                    .strip_prefix(modul.as_str())
                    .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            fil.ar_prov = fil.stig.contains("/tests/") || moduler.iter().any(i_modul);
        }
        Self { filer }
    }

    /// The file at this path.
    pub fn fil(&self, stig: &str) -> Option<&Fil> {
        self.filer.iter().find(|fil| fil.stig == stig)
    }

    /// Whether the path is a file, or a folder that holds one.
    pub fn finns(&self, stig: &str) -> bool {
        let mapp = format!("{}/", stig.trim_end_matches('/'));
        self.filer
            .iter()
            .any(|fil| fil.stig == stig || fil.stig.starts_with(&mapp))
    }
}

/// The paths, without ending, of the modules that the file declares for tests alone.
fn provmoduler(fil: &Fil) -> Vec<String> {
    let Some(kod) = &fil.kod else {
        return Vec::new();
    };
    let stam = fil.stig.trim_end_matches(".rs");
    let (mapp, namn) = stam.rsplit_once('/').unwrap_or(("", stam));
    let under = if matches!(namn, "mod" | "lib" | "main") {
        mapp
    } else {
        stam
    };
    let par = kod.kod.iter().zip(kod.kod.iter().skip(1));
    par.filter(|(marke, _)| marke.trim() == "#[cfg(test)]")
        .filter_map(|(_, rad)| {
            let rad = rad
                .trim()
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ");
            Some(format!(
                "{under}/{}",
                rad.strip_prefix("mod ")?.strip_suffix(';')?
            ))
        })
        .collect()
}

fn samla(rot: &Path, mapp: &Path, filer: &mut Vec<Fil>) -> Svar<()> {
    let poster = fs::read_dir(mapp).map_err(|fel| format!("{}: {fel}", mapp.display()))?;
    for post in poster {
        let post = post.map_err(|fel| fel.to_string())?;
        let (stig, namn) = (post.path(), post.file_name());
        if UTANFOR.iter().any(|utanfor| namn == *utanfor) {
            continue;
        }
        let sort = post.file_type().map_err(|fel| fel.to_string())?;
        if sort.is_dir() {
            samla(rot, &stig, filer)?;
        } else if sort.is_file() {
            filer.push(las_fil(rot, &stig)?);
        }
    }
    Ok(())
}

fn las_fil(rot: &Path, stig: &Path) -> Svar<Fil> {
    let fel = |fel: std::io::Error| format!("{}: {fel}", stig.display());
    let namn = stig
        .strip_prefix(rot)
        .unwrap_or(stig)
        .to_string_lossy()
        .replace('\\', "/");
    let storlek = fs::metadata(stig).map_err(fel)?.len();
    if storlek > MEST_TEXT {
        return Ok(Fil {
            stig: namn,
            storlek,
            text: None,
            kod: None,
            ar_prov: false,
        });
    }
    Ok(Fil::ny(&namn, &fs::read(stig).map_err(fel)?))
}

/// What a rule has to say about one place.
#[derive(Debug)]
pub struct Anmarkning {
    regel: &'static str,
    stig: String,
    rad: usize,
    text: String,
}

impl Anmarkning {
    /// A remark on a line (from 1; 0 when it concerns the whole file). The text says what is
    /// wrong and what to do.
    pub fn ny(regel: &'static str, stig: &str, rad: usize, text: impl Into<String>) -> Self {
        Self {
            regel,
            stig: stig.to_owned(),
            rad,
            text: text.into(),
        }
    }
}

/// A rule: what it has to say about the tree.
type Regel = fn(&Trad) -> Vec<Anmarkning>;

/// Every rule there is.
const REGLER: &[Regel] = &[
    kod::filrader,
    kod::funktionsrader,
    kod::kolumner,
    kod::forbjudet,
    kod::databasord,
    hus::kanter,
    hus::lintar,
    filer::storlek,
    filer::migrationer,
    filer::varden,
    filer::maskinstigar,
    dokument::lankar,
    dokument::prov,
    dokument::tillstand,
    krav::krav,
    personnummer::personnummer,
];

/// All remarks on the tree, in the order of the files.
pub fn granska(trad: &Trad) -> Vec<Anmarkning> {
    let mut alla: Vec<Anmarkning> = REGLER.iter().flat_map(|regel| regel(trad)).collect();
    alla.sort_by(|a, b| (&a.stig, a.rad).cmp(&(&b.stig, b.rad)));
    alla
}

/// `cargo xtask tidy`.
///
/// # Errors
/// When a file cannot be read or a rule has something to say.
pub fn kommando(rot: &Path, frys: bool) -> Svar<()> {
    let trad = Trad::las(rot)?;
    if frys {
        filer::frys(rot, &trad)?;
    }
    let anmarkningar = granska(&trad);
    for a in &anmarkningar {
        println!("{}:{}: {} [{}]", a.stig, a.rad, a.text, a.regel);
    }
    if anmarkningar.is_empty() {
        println!(
            "tidy: {} filer, {} regler, inget att anmärka",
            trad.filer.len(),
            REGLER.len()
        );
        return Ok(());
    }
    Err(format!("tidy: {} anmärkningar", anmarkningar.len()))
}
