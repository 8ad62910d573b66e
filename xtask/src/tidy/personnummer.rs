//! No real person's number stands in what we publish as examples or documents.

use super::{Anmarkning, Trad};

/// Where people's papers are shown.
const MAPPAR: &[&str] = &["exempel/", "docs/", "fuzz/korpus/"];
/// The birth numbers that the tax agency keeps for test numbers; nobody is given one.
const TESTSERIER: [std::ops::RangeInclusive<u32>; 2] = [238..=239, 980..=999];

/// A personal number or coordination number with the right check digit, outside the series for
/// tests.
pub fn personnummer(trad: &Trad) -> Vec<Anmarkning> {
    let mut svar = Vec::new();
    let filer = trad.filer.iter().filter(|fil| {
        let i_mapp = MAPPAR.iter().any(|mapp| fil.stig.starts_with(mapp));
        i_mapp || fil.stig == "README.md"
    });
    for fil in filer {
        for (nummer, rad) in fil.text.as_deref().unwrap_or_default().lines().enumerate() {
            if let Some(funnet) = forsta(rad) {
                let text =
                    format!("{funnet} kan vara någons personnummer: ta ur Skatteverkets testserie");
                svar.push(Anmarkning::ny("personnummer", &fil.stig, nummer + 1, text));
            }
        }
    }
    svar
}

/// The first such number of a line. Letters and digits beside it make it something else, such
/// as a checksum.
fn forsta(rad: &str) -> Option<&str> {
    let hor_till = |t: char| t.is_ascii_digit() || matches!(t, '-' | '+');
    let mut fran = 0;
    while let Some(start) = rad[fran..].find(|t: char| t.is_ascii_digit()) {
        let start = fran + start;
        let langd = rad[start..].find(|t| !hor_till(t));
        let slut = langd.map_or(rad.len(), |langd| start + langd);
        let bit = rad[start..slut].trim_end_matches(['-', '+']);
        let [fore, efter] = [rad[..start].chars().next_back(), rad[slut..].chars().next()];
        let intill = |tecken: Option<char>, fler: &str| {
            tecken.is_some_and(|t| t.is_alphanumeric() || fler.contains(t))
        };
        let fri = !intill(fore, "_.,") && !intill(efter, "_");
        if fri && ar_nagons(bit) {
            return Some(bit);
        }
        fran = slut;
    }
    None
}

/// `850709-9805`, `19850709-9805`, the same without the hyphen, or with a plus for a hundred.
fn ar_nagons(bit: &str) -> bool {
    let siffror: Vec<u32> = bit.chars().filter_map(|t| t.to_digit(10)).collect();
    let tecken: Vec<usize> = bit
        .match_indices(['-', '+'])
        .map(|(plats, _)| plats)
        .collect();
    let tio = match (siffror.as_slice(), tecken.as_slice()) {
        ([1, 8 | 9, ..] | [2, 0, ..], [] | [8]) if siffror.len() == 12 => &siffror[2..],
        (tio, [] | [6]) if tio.len() == 10 => tio,
        _ => return false,
    };
    let tal = |fran: usize, till: usize| tio[fran..till].iter().fold(0, |n, s| n * 10 + s);
    let (manad, dag, fodelsenummer) = (tal(2, 4), tal(4, 6), tal(6, 9));
    (1..=12).contains(&manad)
        && ((1..=31).contains(&dag) || (61..=91).contains(&dag))
        && kontrollsumma(tio).is_multiple_of(10)
        && !TESTSERIER
            .iter()
            .any(|serie| serie.contains(&fodelsenummer))
}

/// The digits doubled and single by turns, their own digits added (Luhn).
fn kontrollsumma(tio: &[u32]) -> u32 {
    let dubbla = |(plats, siffra): (usize, &u32)| {
        let tal = if plats % 2 == 0 { siffra * 2 } else { *siffra };
        tal / 10 + tal % 10
    };
    tio.iter().enumerate().map(dubbla).sum()
}
