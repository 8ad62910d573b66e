//! Rules about the documents: links that lead somewhere, tests that exist, a page for each
//! state machine.

use super::krav::saknat_prov;
use super::{Anmarkning, Fil, Trad};

const TILLSTAND: &str = "docs/tillstand/";
const MARKE: &str = "//! Tillstand: ";

/// A link within the project leads to a file that exists, and to a heading that is in it.
pub fn lankar(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for fil in trad.filer.iter().filter(|fil| fil.stig.ends_with(".md")) {
        for (rad, mal) in lankar_i(fil.text.as_deref().unwrap_or_default()) {
            if let Some(text) = brister(trad, fil, mal) {
                svar.push(Anmarkning::ny("lankar", &fil.stig, rad, text));
            }
        }
    }
    svar
}

fn brister(trad: &Trad, fil: &Fil, mal: &str) -> Option<String> {
    let utat = ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| mal.starts_with(start));
    if utat {
        return None;
    }
    let (del, ankare) = mal
        .split_once('#')
        .map_or((mal, None), |(del, ankare)| (del, Some(ankare)));
    let stig = if del.is_empty() {
        fil.stig.clone()
    } else {
        upplos(&fil.stig, del)
    };
    if !trad.finns(&stig) {
        return Some(format!("länken {mal} leder ingenstans ({stig} finns inte)"));
    }
    let (ankare, text) = (ankare?, trad.fil(&stig)?.text.as_deref()?);
    let rubriker = text.lines().filter(|rad| rad.starts_with('#'));
    let finns = rubriker.map(ankarnamn).any(|namn| namn == ankare);
    (!finns && stig.ends_with(".md")).then(|| format!("{stig} har ingen rubrik för #{ankare}"))
}

/// The `](target)` of each line, code apart.
fn lankar_i(text: &str) -> Vec<(usize, &str)> {
    let mut svar = Vec::new();
    let mut i_kod = false;
    for (nummer, rad) in text.lines().enumerate() {
        if rad.trim_start().starts_with("```") {
            i_kod = !i_kod;
        }
        if i_kod {
            continue;
        }
        for (plats, _) in rad.match_indices("](") {
            if rad[..plats].matches('`').count() % 2 == 1 {
                continue;
            }
            let efter = &rad[plats + 2..];
            let mal = efter.split([')', ' ']).next().unwrap_or_default();
            svar.push((nummer + 1, mal));
        }
    }
    svar
}

/// The path that a link in `fran` means.
fn upplos(fran: &str, mal: &str) -> String {
    let mut delar: Vec<&str> = fran.split('/').collect();
    delar.pop();
    for del in mal.split('/') {
        match del {
            "." | "" => {}
            ".." => {
                delar.pop();
            }
            _ => delar.push(del),
        }
    }
    delar.join("/")
}

/// The anchor that a heading gets: small letters, hyphens for blanks, no punctuation.
fn ankarnamn(rubrik: &str) -> String {
    let text = rubrik.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|t| t.is_alphanumeric() || matches!(t, ' ' | '-' | '_'))
        .map(|t| if t == ' ' { '-' } else { t })
        .collect()
}

/// A test that a document names, as `file.rs::test` or `::test` in the same file, exists:
/// what is said to be shown must be shown. The file may be named from `crates/`.
pub fn prov(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for fil in trad.filer.iter().filter(|fil| fil.stig.ends_with(".md")) {
        let mut senast = String::new();
        for (nummer, rad) in fil.text.as_deref().unwrap_or_default().lines().enumerate() {
            for (stig, namn) in rad
                .split('`')
                .skip(1)
                .step_by(2)
                .filter_map(|kod| kod.split_once("::"))
            {
                if stig.ends_with(".rs") {
                    senast = hel_stig(trad, stig);
                } else if !stig.is_empty() || senast.is_empty() {
                    continue;
                }
                if let Some(text) = saknat_prov(trad, &format!("{senast}::{namn}")) {
                    svar.push(Anmarkning::ny("prov", &fil.stig, nummer + 1, text));
                }
            }
        }
    }
    svar
}

fn hel_stig(trad: &Trad, stig: &str) -> String {
    if trad.fil(stig).is_some() {
        stig.to_owned()
    } else {
        format!("crates/{stig}")
    }
}

/// A state machine says its name in its module's first lines and has a page with a diagram.
pub fn tillstand(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    let mut namngivna = Vec::new();
    for fil in trad.filer.iter().filter(|fil| fil.stig.ends_with(".rs")) {
        for (nummer, rad) in fil.text.as_deref().unwrap_or_default().lines().enumerate() {
            let Some(namn) = rad.strip_prefix(MARKE) else {
                continue;
            };
            let sida = format!("{TILLSTAND}{}.md", namn.trim());
            let text = trad.fil(&sida).and_then(|sida| sida.text.as_deref());
            if !text.is_some_and(|text| text.contains("stateDiagram")) {
                let text = format!("{sida} saknas eller har inget tillståndsdiagram");
                svar.push(Anmarkning::ny("tillstand", &fil.stig, nummer + 1, text));
            }
            namngivna.push(sida);
        }
    }
    let sidor = trad.filer.iter().filter(|fil| {
        fil.stig.starts_with(TILLSTAND)
            && fil.stig.ends_with(".md")
            && !fil.stig.ends_with("README.md")
    });
    for sida in sidor.filter(|sida| !namngivna.contains(&sida.stig)) {
        let text = "ingen modul säger `//! Tillstand:` med detta namn";
        svar.push(Anmarkning::ny("tillstand", &sida.stig, 0, text));
    }
    svar
}
