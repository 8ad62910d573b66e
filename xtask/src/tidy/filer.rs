//! Rules about files as such: size, frozen migrations, addresses that do not belong in a tree.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Anmarkning, Fil, Trad};
use crate::Svar;

const MEST_BYTE: u64 = 1_000_000;
/// Large files that are there for a reason.
const STORA: &[(&str, &str)] = &[];
const MIGRATIONER: &str = "crates/store/migrations/";
const FRYSTA: &str = "crates/store/migrations/SHA256SUMS";

/// Everything in the tree can be read or has a reason to be large.
pub fn storlek(trad: &Trad) -> Vec<Anmarkning> {
    let stora = trad.filer.iter().filter(|fil| fil.storlek > MEST_BYTE);
    stora
        .filter(|fil| !STORA.iter().any(|(stig, _skal)| *stig == fil.stig))
        .map(|fil| {
            let text = format!(
                "{} byte, högst {MEST_BYTE}: skriv skälet i tidy/filer.rs",
                fil.storlek
            );
            Anmarkning::ny("storlek", &fil.stig, 0, text)
        })
        .collect()
}

/// A migration that somebody has run is never changed; a new one follows after it.
pub fn migrationer(trad: &Trad) -> Vec<Anmarkning> {
    let text = trad
        .fil(FRYSTA)
        .and_then(|fil| fil.text.as_deref())
        .unwrap_or_default();
    let mut svar = Vec::new();
    let mut sista = "";
    for (nummer, rad) in text.lines().enumerate() {
        let Some((summa, namn)) = rad.split_once("  ") else {
            continue;
        };
        sista = sista.max(namn);
        let fil = trad.fil(&format!("{MIGRATIONER}{namn}"));
        match fil.and_then(|fil| fil.text.as_deref()) {
            Some(innehall) if kontrollsumma(innehall) == summa => {}
            Some(_) => {
                let text = format!("{namn} är fryst men ändrad: skriv en ny migration");
                svar.push(Anmarkning::ny("migrationer", FRYSTA, nummer + 1, text));
            }
            None => {
                let text = format!("{namn} är fryst men borta");
                svar.push(Anmarkning::ny("migrationer", FRYSTA, nummer + 1, text));
            }
        }
    }
    for fil in ofrysta(trad, text).filter(|fil| namn(fil) < sista) {
        let text = "kommer före en fryst migration: ge den ett högre nummer";
        svar.push(Anmarkning::ny("migrationer", &fil.stig, 0, text));
    }
    svar
}

/// Writes the checksum of every migration that has none. Never changes one that is there.
///
/// # Errors
/// When the file cannot be written.
pub fn frys(rot: &Path, trad: &Trad) -> Svar<()> {
    let mut text = trad
        .fil(FRYSTA)
        .and_then(|fil| fil.text.clone())
        .unwrap_or_default();
    let gammal = text.clone();
    for fil in ofrysta(trad, &gammal) {
        let summa = kontrollsumma(fil.text.as_deref().unwrap_or_default());
        let _ = writeln!(text, "{summa}  {}", namn(fil));
    }
    fs::write(rot.join(FRYSTA), text).map_err(|fel| format!("{FRYSTA}: {fel}"))
}

fn ofrysta<'a>(trad: &'a Trad, frysta: &str) -> impl Iterator<Item = &'a Fil> {
    trad.filer
        .iter()
        .filter(|fil| fil.stig.starts_with(MIGRATIONER) && fil.stig.ends_with(".sql"))
        .filter(move |fil| {
            !frysta
                .lines()
                .any(|rad| rad.ends_with(&format!("  {}", namn(fil))))
        })
}

fn namn(fil: &Fil) -> &str {
    fil.stig.strip_prefix(MIGRATIONER).unwrap_or(&fil.stig)
}

fn kontrollsumma(innehall: &str) -> String {
    let mut svar = String::new();
    for byte in Sha256::digest(innehall.as_bytes()) {
        let _ = write!(svar, "{byte:02x}");
    }
    svar
}

/// Registries are reached through their ordinary clients, wherever a site has put them.
pub fn varden(trad: &Trad) -> Vec<Anmarkning> {
    // In two halves, so that the rule does not find itself.
    let halvor = [
        ("registry.npm", "js.org"),
        ("crates.io", "-index"),
        ("static.crates", ".io"),
        ("index.crates", ".io"),
        ("files.python", "hosted.org"),
        ("pypi", ".org/simple"),
        ("deb.debian", ".org"),
        ("registry.yarn", "pkg.com"),
    ];
    let ord: Vec<String> = halvor.iter().map(|(a, b)| format!("{a}{b}")).collect();
    // Cargo itself writes its default registry into the lock files.
    med_ord(
        "varden",
        trad,
        &ord,
        &["Cargo.lock", "fuzz/Cargo.lock"],
        "ett registers adress hör inte hemma här",
    )
}

/// Nothing may point outside the tree: what works on one machine must work on the next.
pub fn maskinstigar(trad: &Trad) -> Vec<Anmarkning> {
    let halvor = [("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/")];
    let ord: Vec<String> = halvor.iter().map(|(a, b)| format!("{a}{b}")).collect();
    med_ord("maskinstigar", trad, &ord, &[], "en stig på en viss maskin")
}

fn med_ord(
    regel: &'static str,
    trad: &Trad,
    ord: &[String],
    utom: &[&str],
    varfor: &str,
) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for fil in trad
        .filer
        .iter()
        .filter(|fil| !utom.contains(&fil.stig.as_str()))
    {
        for (nummer, rad) in fil.text.as_deref().unwrap_or_default().lines().enumerate() {
            if let Some(ord) = ord.iter().find(|ord| star_fritt(rad, ord)) {
                svar.push(Anmarkning::ny(
                    regel,
                    &fil.stig,
                    nummer + 1,
                    format!("`{ord}`: {varfor}"),
                ));
            }
        }
    }
    svar
}

/// An absolute path starts after a blank, a quote or the like: `src/work/` is none.
fn star_fritt(rad: &str, ord: &str) -> bool {
    rad.match_indices(ord).any(|(plats, _)| {
        let fore = rad[..plats].chars().next_back();
        !ord.starts_with('/') || !fore.is_some_and(|t| t.is_alphanumeric() || "./_-}".contains(t))
    })
}
