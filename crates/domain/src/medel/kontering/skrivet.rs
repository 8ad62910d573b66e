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

/// Reads dimensions with their objects.
///
/// # Errors
/// The part that is no such pair.
pub fn las_objekt(text: &str) -> Result<Vec<(u32, String)>, String> {
    delar(text)
        .map(|del| {
            let (dim, objekt) = del.split_once(':').ok_or_else(|| del.to_owned())?;
            let dim = match dim.trim().to_lowercase().as_str() {
                "kostnadsställe" | "ansvar" => Some(1),
                "projekt" => Some(6),
                nr => nr.parse().ok(),
            };
            match (dim, objekt.trim()) {
                (Some(dim), objekt) if !objekt.is_empty() => Ok((dim, objekt.to_owned())),
                _ => Err(del.to_owned()),
            }
        })
        .collect()
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
        for fel in ["2601", "6:", "x:1"] {
            assert_eq!(las_objekt(fel).unwrap_err(), fel);
        }
    }
}
