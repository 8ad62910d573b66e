//! A file of participants as rows of cells: CSV as spreadsheets and registers save it.

use csv::ReaderBuilder;
use utfall_app::deltagare::{FLEST, Lista};
use utfall_domain::problem::Problem;

/// The largest file, in bytes.
pub const STORSTA: usize = 8 * 1024 * 1024;

/// The most columns: more is another kind of file.
const KOLUMNER: usize = 200;

fn fel(kod: &'static str, text: impl Into<String>, atgard: &str) -> Problem {
    Problem::ogiltigt(kod, text, atgard).i_falt("fil")
}

/// Reads the headings and the rows under them, each with its number as the spreadsheet counts.
///
/// # Errors
/// What is wrong with the file as a file: no word of what it holds.
pub fn las(bytes: &[u8]) -> Result<Lista, Problem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let text = "Filen är ett kalkylblad, inte en CSV-fil.";
        let atgard = "Öppna den i Excel och välj Spara som, CSV UTF-8.";
        return Err(fel("inlasning-kalkylblad", text, atgard));
    }
    if bytes.len() > STORSTA {
        let text = "Filen är större än 8 MB.";
        return Err(fel("inlasning-stor", text, "Dela den i flera filer."));
    }
    let text = avkodad(bytes);
    let mut lasare = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(avgransare(&text))
        .from_reader(text.as_bytes());
    let mut rader = Vec::new();
    for (nr, rad) in (1..).zip(lasare.records()) {
        let rad = rad.map_err(|_| {
            let text = format!("Rad {nr} går inte att läsa som CSV.");
            fel("inlasning-csv", text, "Spara om filen som CSV UTF-8.")
        })?;
        if rad.len() > KOLUMNER {
            let text = format!("Rad {nr} har fler än {KOLUMNER} kolumner.");
            return Err(fel(
                "inlasning-bred",
                text,
                "Kontrollera att det är rätt fil.",
            ));
        }
        let celler: Vec<String> = rad.iter().map(str::to_owned).collect();
        if celler.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        rader.push((nr, celler));
        if rader.len() > FLEST.saturating_add(1) {
            let text = format!("Filen har fler än {FLEST} deltagare.");
            return Err(fel("inlasning-lang", text, "Dela den i flera filer."));
        }
    }
    let mut alla = rader.into_iter();
    let Some((_, rubriker)) = alla.next() else {
        let text = "Filen är tom.";
        return Err(fel(
            "inlasning-tom-fil",
            text,
            "Välj en fil med rubriker och rader.",
        ));
    };
    Ok((rubriker, alla.collect()))
}

/// The text: UTF-8, or UTF-16 by its mark, or what Swedish programs wrote before (Latin 1).
fn avkodad(bytes: &[u8]) -> String {
    if let Some(utan) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let enheter = utan
            .chunks_exact(2)
            .filter_map(|par| Some(u16::from_le_bytes(par.try_into().ok()?)));
        return char::decode_utf16(enheter)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
    }
    let utan = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(utan) {
        Ok(text) => text.to_owned(),
        Err(_) => utan.iter().map(|b| char::from(*b)).collect(),
    }
}

/// What stands between the cells: what the row of headings has most of.
fn avgransare(text: &str) -> u8 {
    let forsta = text.lines().next().unwrap_or("");
    let antal = |c: char| forsta.matches(c).count();
    let vanligast = [';', '\t', ','].into_iter().rev().max_by_key(|c| antal(*c));
    match vanligast {
        Some('\t') => b'\t',
        Some(',') => b',',
        _ => b';',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_each_of_the_ways_that_programs_write_it() {
        let vantat = vec!["Kod".to_owned(), "Kön".to_owned()];
        let latin: Vec<u8> = "Kod;Kön\nH;man\n".chars().map(|c| c as u8).collect();
        let mut bred = vec![0xff, 0xfe];
        bred.extend(
            "Kod\tKön\r\nH\tman"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        );
        for bytes in [
            "\u{feff}Kod;Kön\r\n\r\nH;man\r\n".as_bytes(),
            "Kod,Kön\nH,man".as_bytes(),
            "\"Kod\";\"Kön\"\n\"H\";\"man\"".as_bytes(),
            &latin,
            &bred,
        ] {
            let (rubriker, rader) = las(bytes).unwrap();
            assert_eq!(rubriker, vantat);
            assert_eq!(rader.len(), 1);
            assert_eq!(rader[0].1, ["H", "man"]);
        }
    }

    #[test]
    fn rows_keep_the_numbers_of_the_spreadsheet() {
        let (_, rader) = las(b"Kod;Namn\nA;x\n;\nB;\"y\nz\"\nC;w\n").unwrap();
        let nr: Vec<usize> = rader.iter().map(|(nr, _)| *nr).collect();
        assert_eq!(nr, [2, 4, 5]);
    }

    #[test]
    fn what_is_no_list_is_refused_by_its_kind() {
        let kod = |bytes: &[u8]| las(bytes).unwrap_err().kod;
        assert_eq!(kod(b"PK\x03\x04xyz"), "inlasning-kalkylblad");
        assert_eq!(kod(b""), "inlasning-tom-fil");
        assert_eq!(kod(b"\n \n;;\n"), "inlasning-tom-fil");
        assert_eq!(kod(&vec![b'a'; STORSTA + 1]), "inlasning-stor");
        assert_eq!(kod(";".repeat(300).as_bytes()), "inlasning-bred");
        let lang = format!("Kod\n{}", "H\n".repeat(FLEST + 1));
        assert_eq!(kod(lang.as_bytes()), "inlasning-lang");
    }
}
