//! `utfall granska`: what does not add up, in papers or in a database.

use super::{Filslag, UNDERLAG, drift, huvudman, las_fil, stam, vald_huvudman};
use crate::slut::Slut;
use crate::verklighet::{Plats, vanta};
use std::fmt::Write as _;
use std::path::PathBuf;
use utfall_domain::granskning::{Allvar, Enhet, Fynd, FyndVarde, granska};
use utfall_domain::problem::Problem;
use utfall_domain::underlag::las;

/// Judges papers, or the papers and entries of a database.
pub fn kor(
    filer: &[PathBuf],
    plats: Option<&Plats>,
    onskad: Option<&str>,
    json: bool,
) -> Result<Slut, Slut> {
    let fynd = match (filer, plats) {
        ([], None) => {
            return Err(Slut::Fel(
                "Säg vad som ska granskas: en FIL eller --data MAPP.".into(),
            ));
        }
        ([], Some(plats)) => i_databasen(plats, onskad)?,
        (filer, _) => i_filer(filer)?,
    };
    let text = if json {
        serde_json::to_string_pretty(&fynd).map_err(|e| Slut::Fel(e.to_string()))?
    } else {
        som_text(&fynd)
    };
    if fynd.iter().any(|f| f.allvar == Allvar::Fel) {
        // The findings are the result, so they go where results go.
        let mut ut = std::io::stdout();
        let _ = std::io::Write::write_all(&mut ut, format!("{text}\n").as_bytes());
        return Err(Slut::Nekad(String::new()));
    }
    Ok(Slut::Bra(text))
}

fn i_filer(filer: &[PathBuf]) -> Result<Vec<Fynd>, Slut> {
    let mut fynd = Vec::new();
    let mut problem: Vec<Problem> = Vec::new();
    for fil in filer {
        let bytes = las_fil(fil, UNDERLAG)?;
        let stam = stam(fil);
        let namn = fil.file_name().unwrap_or_default().to_string_lossy();
        if let Some(slag) = Filslag::av(&bytes) {
            problem.push(inget_underlag(slag).pa(format!("{namn}, rad 1")));
            continue;
        }
        match las(&stam, &bytes) {
            Ok(underlag) => fynd.extend(granska(&underlag)),
            Err(fel) => problem.extend(fel.into_iter().map(|mut p| {
                // The paper is named by its stem; the file is what the person gave.
                let som_papper = format!("{stam}.json");
                p.plats = p.plats.map(|plats| plats.replacen(&som_papper, &namn, 1));
                p
            })),
        }
    }
    if problem.is_empty() {
        Ok(fynd)
    } else {
        Err(Slut::av_alla(&problem))
    }
}

/// A report, or a paper as it was printed: not what the rules read.
fn inget_underlag(slag: Filslag) -> Problem {
    Problem::ogiltigt(
        "underlag-json",
        format!("Filen är {}, inget underlag.", slag.ord()),
        "Granska läser underlag: JSON-filer enligt docs/format/underlag.md. En utfärdad rapport \
         kontrollerar du med utfall verifiera.",
    )
}

fn i_databasen(plats: &Plats, onskad: Option<&str>) -> Result<Vec<Fynd>, Slut> {
    let tjanst = plats.tjanst()?;
    vanta(async move {
        let valda = match onskad {
            Some(_) => vec![vald_huvudman(&tjanst, onskad).await?],
            None => huvudman(&tjanst).await?,
        };
        let mut fynd = Vec::new();
        for h in valda {
            let funna = tjanst.granska(&drift(&h)).await?;
            fynd.extend(funna.into_iter().filter(|f| f.kvar()).map(|f| f.fynd));
        }
        Ok(fynd)
    })
}

fn som_text(fynd: &[Fynd]) -> String {
    if fynd.is_empty() {
        return "Allt som går att räkna efter stämmer.".to_owned();
    }
    let mut ut = String::new();
    let mut dokument = "";
    for f in fynd {
        if f.dokument != dokument {
            dokument = &f.dokument;
            let _ = writeln!(ut, "\n{dokument}");
        }
        let _ = writeln!(ut, "  {:<10} {}", f.allvar.kod().to_uppercase(), f.text);
        if let (Some(a), Some(b), Some(s)) = (f.angivet, f.beraknat, f.skillnad) {
            let (a, b, s) = (tal(a, f.enhet), tal(b, f.enhet), tal(s, f.enhet));
            let _ = writeln!(ut, "             Angivet {a}, beräknat {b}, skillnad {s}.");
        }
        let _ = writeln!(ut, "             {} ({}) [{}]", f.atgard, f.plats, f.regel);
    }
    let _ = write!(ut, "\n{}.", hur_manga(fynd));
    ut.trim_start().to_owned()
}

/// How many findings there are of each kind.
pub(super) fn hur_manga(fynd: &[Fynd]) -> String {
    let antal = |allvar, en: &str, flera: &str| {
        let antal = fynd.iter().filter(|f| f.allvar == allvar).count();
        format!("{antal} {}", if antal == 1 { en } else { flera })
    };
    format!(
        "{}, {}, {}",
        antal(Allvar::Fel, "fel", "fel"),
        antal(Allvar::Varning, "varning", "varningar"),
        antal(Allvar::Upplysning, "upplysning", "upplysningar")
    )
}

fn tal(varde: FyndVarde, enhet: Enhet) -> String {
    let efter = match enhet {
        Enhet::Kr => " kr",
        Enhet::Personer => " personer",
        Enhet::Procent => " %",
        Enhet::Antal | Enhet::Datum => "",
    };
    match varde {
        FyndVarde::Tal(t) if t % 1000 == 0 => {
            let helt = i64::try_from(t / 1000).unwrap_or(i64::MAX);
            format!("{}{efter}", utfall_domain::pengar::heltal(helt))
        }
        annat => format!("{}{efter}", annat.to_string().replace('.', ",")),
    }
}
