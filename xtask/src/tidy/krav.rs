//! docs/krav.toml: every requirement has a row, and every test that a row names exists.

use super::{Anmarkning, Fil, Trad};

const FIL: &str = "docs/krav.toml";
/// The modules of the requirements, in order, with the last number of each.
const MODULER: &[(&str, usize)] = &[
    ("medel", 77),
    ("insatser", 144),
    ("deltagare", 175),
    ("jobbtorg", 226),
    ("moten", 278),
    ("statistik", 309),
    ("rapporter", 330),
    ("publik", 343),
    ("admin", 363),
];
/// A module that says no to more than one requirement in five has not read the papers.
const EN_AV: usize = 5;

/// One row: its number, its line, and the keys with their values as they are written.
struct Rad<'a> {
    nummer: usize,
    rad: usize,
    nycklar: Vec<(&'a str, String)>,
}

/// All rows, exactly one of `prov`, `senare`, `nej` in each, and tests that exist.
pub fn krav(trad: &Trad) -> Vec<Anmarkning> {
    let Some(text) = trad.fil(FIL).and_then(|fil| fil.text.as_deref()) else {
        return Vec::new();
    };
    let rader = las(text);
    let mut svar = saknade(&rader);
    for rad in &rader {
        let brister = match rad.nycklar.as_slice() {
            [(nyckel, varde)] => provad(trad, nyckel, varde),
            _ => vec!["ska ha exakt en av prov, senare och nej".to_owned()],
        };
        let stalla =
            |text| Anmarkning::ny("krav", FIL, rad.rad, format!("R{}: {text}", rad.nummer));
        svar.extend(brister.into_iter().map(stalla));
    }
    svar.extend(for_manga_nej(&rader));
    svar
}

fn las(text: &str) -> Vec<Rad<'_>> {
    let mut svar: Vec<Rad<'_>> = Vec::new();
    let mut rader = text.lines().enumerate();
    while let Some((plats, rad)) = rader.next() {
        let nummer = rad
            .strip_prefix("[R")
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(nummer) = nummer.and_then(|text| text.parse().ok()) {
            svar.push(Rad {
                nummer,
                rad: plats + 1,
                nycklar: Vec::new(),
            });
        } else if let Some((nyckel, varde)) = rad.split_once('=').filter(|_| !rad.starts_with('#'))
        {
            let mut varde = varde.trim().to_owned();
            while varde.starts_with('[') && !varde.ends_with(']') {
                let Some((_, mer)) = rader.next() else { break };
                varde.push_str(mer.trim());
            }
            if let Some(sista) = svar.last_mut() {
                sista.nycklar.push((nyckel.trim(), varde));
            }
        }
    }
    svar
}

/// What stands between the quotes of a value, piece by piece.
fn citat(varde: &str) -> Vec<&str> {
    varde.split('"').skip(1).step_by(2).collect()
}

fn sista_nummer() -> usize {
    MODULER.last().map_or(0, |(_, sista)| *sista)
}

fn saknade(rader: &[Rad<'_>]) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    for nummer in 1..=sista_nummer() {
        let antal = rader.iter().filter(|rad| rad.nummer == nummer).count();
        if antal != 1 {
            let text = format!("R{nummer} har {antal} rader, ska ha en");
            svar.push(Anmarkning::ny("krav", FIL, 0, text));
        }
    }
    for rad in rader
        .iter()
        .filter(|rad| !(1..=sista_nummer()).contains(&rad.nummer))
    {
        svar.push(Anmarkning::ny(
            "krav",
            FIL,
            rad.rad,
            format!("R{} finns inte", rad.nummer),
        ));
    }
    svar
}

fn provad(trad: &Trad, nyckel: &str, varde: &str) -> Vec<String> {
    let citat = citat(varde);
    if citat.is_empty() || citat.iter().any(|text| text.trim().is_empty()) {
        return vec![format!("{nyckel} är tom")];
    }
    match nyckel {
        "prov" => citat
            .into_iter()
            .filter_map(|namn| saknat_prov(trad, namn))
            .collect(),
        "senare" if MODULER.iter().any(|(rum, _)| citat == [*rum]) => Vec::new(),
        "senare" => vec![format!("rummet {varde} finns inte")],
        "nej" => Vec::new(),
        _ => vec![format!("nyckeln {nyckel} finns inte")],
    }
}

/// Why the test that `file::test` names cannot be run; `None` when it can.
pub(super) fn saknat_prov(trad: &Trad, namn: &str) -> Option<String> {
    let Some((stig, prov)) = namn.split_once("::") else {
        return Some(format!("{namn} ska skrivas fil::prov"));
    };
    let Some(fil) = trad.fil(stig) else {
        return Some(format!("filen {stig} finns inte"));
    };
    let finns = if fil.kod.is_some() {
        ar_rustprov(fil, prov)
    } else {
        ar_webbprov(fil, prov)
    };
    (!finns).then(|| format!("{stig} har inget prov som heter {prov} (eller så hoppas det över)"))
}

/// A test function of this name that is not ignored. What `proptest!` makes counts too.
fn ar_rustprov(fil: &Fil, prov: &str) -> bool {
    let Some(kod) = &fil.kod else { return false };
    let namn = prov.rsplit("::").next().unwrap_or(prov);
    let start = format!("fn {namn}(");
    let ar_start = |rad: &String| {
        rad.trim_start()
            .trim_start_matches("async ")
            .starts_with(&start)
    };
    let Some(plats) = kod.kod.iter().position(ar_start) else {
        return false;
    };
    let fore = kod.kod[..plats].iter().rev().map(|rad| rad.trim());
    let marken: Vec<&str> = fore
        .take_while(|rad| rad.starts_with("#[") || rad.is_empty())
        .collect();
    let ar_marke = |marke: &&str| marke.ends_with("test]") || marke.starts_with("#[tokio::test(");
    marken.iter().any(ar_marke) && !marken.iter().any(|marke| marke.starts_with("#[ignore"))
}

/// `test('the title', …` of Node's test runner.
fn ar_webbprov(fil: &Fil, titel: &str) -> bool {
    let text = fil.text.as_deref().unwrap_or_default();
    ['\'', '"', '`']
        .iter()
        .any(|q| text.contains(&format!("test({q}{titel}{q}")))
}

fn for_manga_nej(rader: &[Rad<'_>]) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    let mut forsta = 1;
    for (modul, sista) in MODULER {
        let i_modulen = rader
            .iter()
            .filter(|rad| (forsta..=*sista).contains(&rad.nummer));
        let nej = i_modulen
            .filter(|rad| rad.nycklar.iter().any(|(n, _)| *n == "nej"))
            .count();
        let mest = (sista + 1 - forsta) / EN_AV;
        if nej > mest {
            let text = format!("{modul} säger nej till {nej} krav, högst {mest}");
            svar.push(Anmarkning::ny("krav", FIL, 0, text));
        }
        forsta = sista + 1;
    }
    svar
}
