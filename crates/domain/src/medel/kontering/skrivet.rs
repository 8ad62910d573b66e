//! Accounts and objects as a person writes them: `5000-5999, 6110` and `6:2601, 1:210`.

use super::Intervall;

/// Reads accounts and ranges of accounts. Nothing is all of them.
///
/// # Errors
/// The part that is neither.
pub fn las_konton(text: &str) -> Result<Vec<Intervall>, String> {
    delar(text)
        .map(|del| {
            let konto = |t: &str| {
                let t = t.trim();
                let siffror = (1..=9).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
                siffror.then(|| t.parse::<u32>().ok()).flatten()
            };
            let (fran, till) = del.split_once(['-', '–']).unwrap_or((del, del));
            match (konto(fran), konto(till)) {
                (Some(fran), Some(till)) => Ok(Intervall { fran, till }),
                _ => Err(del.to_owned()),
            }
        })
        .collect()
}

/// Reads dimensions with their objects: `6:2601`, and `projekt 2601` as the tables write it.
///
/// # Errors
/// The part that is no such pair.
pub fn las_objekt(text: &str) -> Result<Vec<(u32, String)>, String> {
    las_objekt_med(text, |_, _| None)
}

/// The same with the name of the object after it, as some tables write it: `heter` answers with
/// the object of a dimension that is written so, when there is one.
///
/// # Errors
/// The part that is no such pair.
pub fn las_objekt_med(
    text: &str,
    heter: impl Fn(u32, &str) -> Option<String>,
) -> Result<Vec<(u32, String)>, String> {
    let ett = |del: &str| -> Option<(u32, String)> {
        let (dim, objekt) = match del.split_once(':') {
            Some((dim, objekt)) => (dimension(dim)?, objekt.trim()),
            None => {
                let (ord, objekt) = del.split_once(char::is_whitespace)?;
                (dimension(ord).filter(|_| !ar_tal(ord))?, objekt.trim())
            }
        };
        if let Some(kand) = heter(dim, objekt) {
            return Some((dim, kand));
        }
        let entydigt = del.contains(':') || !objekt.contains(char::is_whitespace);
        (entydigt && !objekt.is_empty()).then(|| (dim, objekt.to_owned()))
    };
    delar(text)
        .flat_map(vid_och)
        .map(|del| ett(del).ok_or_else(|| del.to_owned()))
        .collect()
}

/// The number of a dimension: `6`, `dimension 6` or `projekt`.
fn dimension(ord: &str) -> Option<u32> {
    match ord.trim().to_lowercase().as_str() {
        "kostnadsställe" | "ansvar" => Some(1),
        "projekt" => Some(6),
        nr => nr
            .strip_prefix("dimension")
            .unwrap_or(nr)
            .trim()
            .parse()
            .ok(),
    }
}

fn ar_tal(ord: &str) -> bool {
    ord.bytes().all(|b| b.is_ascii_digit())
}

/// `projekt 2601 och kostnadsställe 210` as two. A name may have the word in it: it parts only
/// what begins with a dimension.
fn vid_och(del: &str) -> Vec<&str> {
    let mut ut = Vec::new();
    let mut rest = del;
    let mut sokt = 0;
    while let Some(plats) = rest.get(sokt..).and_then(|r| r.find(" och ")) {
        let plats = sokt.saturating_add(plats);
        let efter = plats.saturating_add(" och ".len());
        let (Some(fore), Some(nasta)) = (rest.get(..plats), rest.get(efter..)) else {
            break;
        };
        let forst = nasta.split([' ', ':']).next().unwrap_or_default();
        if dimension(forst).is_some() || forst.to_lowercase() == "dimension" {
            ut.push(fore.trim());
            (rest, sokt) = (nasta, 0);
        } else {
            sokt = efter;
        }
    }
    ut.push(rest.trim());
    ut
}

fn delar(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n'])
        .map(str::trim)
        .filter(|del| !del.is_empty())
}

/// Accounts as they are written: the opposite of [`las_konton`].
#[must_use]
pub fn skriv_konton(konton: &[Intervall]) -> String {
    let ord = |i: &Intervall| {
        if i.fran == i.till {
            i.fran.to_string()
        } else {
            format!("{}-{}", i.fran, i.till)
        }
    };
    konton.iter().map(ord).collect::<Vec<_>>().join(", ")
}

/// Objects as they are written: the opposite of [`las_objekt`].
#[must_use]
pub fn skriv_objekt(objekt: &[(u32, String)]) -> String {
    let ord = |(dim, objekt): &(u32, String)| format!("{dim}:{objekt}");
    objekt.iter().map(ord).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_what_is_not_is_named() {
        let konton = las_konton("5000-5999, 6110 ; 7000–7099").unwrap();
        assert_eq!(skriv_konton(&konton), "5000-5999, 6110, 7000-7099");
        assert_eq!(las_konton(" ").unwrap(), []);
        for fel in ["fem", "5000-", "-5", "50 00", "12345678901"] {
            assert_eq!(las_konton(&format!("5010,{fel}")).unwrap_err(), fel);
        }
        let objekt = las_objekt("Projekt:2601, 1: K 9").unwrap();
        assert_eq!(skriv_objekt(&objekt), "6:2601, 1:K 9");
        for fel in [
            "2601",
            "6:",
            "x:1",
            "6 2601",
            "projekt",
            "projekt 2601 Reserv",
        ] {
            assert_eq!(las_objekt(fel).unwrap_err(), fel);
        }
    }

    /// What the tables write can be copied to the field.
    #[test]
    fn what_the_tables_write_is_read() {
        let kontering = super::super::Kontering::ny(
            "",
            5010,
            vec![(1, "210".into()), (6, "2601".into()), (7, "K 9".into())],
        );
        let skrivet = kontering.to_string();
        let (_, skrivet) = skrivet.split_once(", ").unwrap();
        assert_eq!(las_objekt(skrivet).unwrap(), kontering.objekt);
        let regel = super::super::Regel {
            objekt: kontering.objekt.clone(),
            ..Default::default()
        };
        assert_eq!(las_objekt(&regel.to_string()).unwrap(), kontering.objekt);
        // With a name, that may have a comma's cousin in it.
        let heter = |dim: u32, ord: &str| {
            (dim == 6 && ord == "2690 Mark och vatten").then(|| "2690".to_owned())
        };
        let skrivet = "Projekt 2690 Mark och vatten och kostnadsställe 210";
        let vantat = vec![(6, "2690".to_owned()), (1, "210".to_owned())];
        assert_eq!(las_objekt_med(skrivet, heter).unwrap(), vantat);
    }
}
