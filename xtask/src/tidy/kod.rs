//! Rules about Rust source (and the few about other programs): length and forbidden words.

use super::lexer::Kod;
use super::{Anmarkning, Fil, Trad};

const MEST_RADER: usize = 600;
const MEST_FUNKTION: usize = 60;
const MEST_KOLUMNER: usize = 100;
/// Kinds of files that a person reads from top to bottom.
const LASTA: &[&str] = &[".rs", ".mjs", ".js", ".typ", ".sql", ".html", ".py"];
/// Crates whose code may be reached by a request: a panic there is an outage.
const I_TJANST: &[&str] = &[
    "app",
    "behorighet",
    "dokument",
    "domain",
    "sekretess",
    "sie",
    "store",
    "utfall",
    "vyer",
    "web",
];
/// The only place that may tell the two database engines apart (docs/adr, the ten rules).
const FASAD: &str = "crates/store/src/db/fasad";

fn rust(trad: &Trad) -> impl Iterator<Item = (&Fil, &Kod)> {
    trad.filer
        .iter()
        .filter_map(|fil| fil.kod.as_ref().map(|kod| (fil, kod)))
}

/// A file that nobody can keep in mind hides its faults. Tests are counted apart.
pub fn filrader(trad: &Trad) -> Vec<Anmarkning> {
    let lasta = trad.filer.iter().filter(|fil| !fil.ar_prov);
    lasta
        .filter(|fil| LASTA.iter().any(|slut| fil.stig.ends_with(slut)))
        .filter_map(|fil| {
            let alla = fil.text.as_ref()?.lines().count();
            let prov = fil
                .kod
                .as_ref()
                .map_or(0, |kod| kod.prov.iter().filter(|p| **p).count());
            let rader = alla.saturating_sub(prov);
            let text = format!("{rader} rader, högst {MEST_RADER}: dela filen efter ansvar");
            (rader > MEST_RADER).then(|| Anmarkning::ny("filrader", &fil.stig, 0, text))
        })
        .collect()
}

/// Blank lines and comments are free, so that nobody gains by leaving them out.
pub fn funktionsrader(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for (fil, kod) in rust(trad).filter(|(fil, _)| !fil.ar_prov) {
        for f in kod.funktioner() {
            if f.langd > MEST_FUNKTION && !kod.ar_prov(f.rad) {
                let text = format!("`{}` är {} rader, högst {MEST_FUNKTION}", f.namn, f.langd);
                svar.push(Anmarkning::ny("funktionsrader", &fil.stig, f.rad, text));
            }
        }
    }
    svar
}

/// rustfmt leaves long strings and comments alone; this does not. Addresses cannot be broken.
pub fn kolumner(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for (fil, _) in rust(trad) {
        let rader = fil.text.as_deref().unwrap_or_default().lines();
        for (nummer, rad) in rader.enumerate() {
            let bredd = rad.chars().count();
            if bredd > MEST_KOLUMNER && !rad.contains("https://") {
                let text = format!("{bredd} tecken, högst {MEST_KOLUMNER}");
                svar.push(Anmarkning::ny("kolumner", &fil.stig, nummer + 1, text));
            }
        }
    }
    svar
}

/// What may stop a program in the middle of a request, and what was never meant to stay.
pub fn forbjudet(trad: &Trad) -> Vec<Anmarkning> {
    let overallt = ["todo!", "unimplemented!", "dbg!"];
    let i_tjanst = [
        ".unwrap()",
        ".unwrap_err()",
        ".expect(",
        "panic!",
        "unreachable!",
    ];
    let mut svar = Vec::new();
    for (fil, kod) in rust(trad).filter(|(fil, _)| !fil.ar_prov) {
        let tjanst = fil.lada().is_some_and(|lada| I_TJANST.contains(&lada));
        let ord = overallt.iter().chain(i_tjanst.iter().filter(|_| tjanst));
        for ord in ord {
            for rad in rader_med(&kod.kod, ord).filter(|rad| !kod.ar_prov(*rad)) {
                let text = format!("`{ord}` utanför prov: ge ett namngivet fel i stället");
                svar.push(Anmarkning::ny("forbjudet", &fil.stig, rad, text));
            }
        }
    }
    svar
}

/// Engine differences live in one file; elsewhere the SQL text is the same for both. testkit
/// makes and drops databases for the tests and ships nothing.
pub fn databasord(trad: &Trad) -> Vec<Anmarkning> {
    let i_kod = ["rusqlite", "postgres::", "use postgres"];
    let i_text = [
        "PRAGMA",
        "::bigint",
        "ILIKE",
        "datetime(",
        "now()",
        "CURRENT_TIMESTAMP",
    ];
    let mut svar = Vec::new();
    let utanfor = |fil: &Fil| {
        let i_lada = fil.lada().is_some_and(|lada| lada != "testkit");
        i_lada && !fil.stig.starts_with(FASAD) && !fil.ar_prov
    };
    for (fil, kod) in rust(trad).filter(|(fil, _)| utanfor(fil)) {
        let traffar = i_kod.iter().map(|ord| (&kod.kod, ord));
        for (lager, ord) in traffar.chain(i_text.iter().map(|ord| (&kod.text, ord))) {
            for rad in rader_med(lager, ord).filter(|rad| !kod.ar_prov(*rad)) {
                let text = format!("`{ord}` hör hemma i {FASAD}");
                svar.push(Anmarkning::ny("databasord", &fil.stig, rad, text));
            }
        }
    }
    for fil in trad
        .filer
        .iter()
        .filter(|fil| fil.stig.ends_with(".sql") && utanfor(fil))
    {
        let rader: Vec<String> = fil
            .text
            .as_deref()
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect();
        for ord in i_text {
            for rad in rader_med(&rader, ord) {
                let text = format!("`{ord}` skiljer motorerna åt: samma SQL ska gå på båda");
                svar.push(Anmarkning::ny("databasord", &fil.stig, rad, text));
            }
        }
    }
    svar
}

fn rader_med(rader: &[String], ord: &str) -> impl Iterator<Item = usize> {
    rader
        .iter()
        .enumerate()
        .filter(move |(_, rad)| har_ord(rad, ord))
        .map(|(n, _)| n + 1)
}

/// The word stands there on its own: `todo!` is not found in `mytodo!`.
fn har_ord(rad: &str, ord: &str) -> bool {
    rad.match_indices(ord).any(|(plats, _)| {
        let fore = rad[..plats].chars().next_back();
        let forsta_i_ord = ord.starts_with(|t: char| t.is_alphanumeric());
        !(forsta_i_ord && fore.is_some_and(|t| t.is_alphanumeric() || t == '_'))
    })
}
