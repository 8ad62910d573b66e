//! The sheet of one table.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, Image, RowNum, Worksheet, XlsxError};
use utfall_domain::rapport::{Dokument, Exakt, Figur, Kolumnslag, Rad, Radslag, Tabell, Text};

use super::celler::{
    DATA, HUVUD, Plats, Stil, Visning, cell, enda_lank, enda_tal, kol, ord, rad_av,
};
use super::{Blad, FORSTA, huvudrad};
use crate::docx::bild::Bild;

/// Widths of columns, in characters.
const SMALAST: usize = 12;
const BREDAST_ORD: usize = 60;
const BREDAST_TAL: usize = 28;
/// The picture is drawn so many pixels wide.
const BILDBREDD: u32 = 680;
/// A4.
const A4: u8 = 9;
/// With more columns than so the sheet is printed on its side.
const STAENDE: usize = 5;

/// Writes the sheet.
pub(super) fn skriv(
    blad: &mut Worksheet,
    dokument: &Dokument,
    innehall: &Blad<'_>,
) -> Result<(), XlsxError> {
    let tabell = innehall.tabell;
    blad.set_name(innehall.namn.as_str())?;
    blad.set_freeze_panes(DATA, 1)?;
    overst(blad, dokument, tabell)?;
    for (nr, kolumn) in tabell.kolumner.iter().enumerate() {
        let hoger = match kolumn.slag {
            Kolumnslag::Tal => FormatAlign::Right,
            Kolumnslag::Text => FormatAlign::Left,
        };
        blad.set_column_width(kol(nr), bredd(tabell, nr))?;
        plats(blad, HUVUD, kol(nr), Stil::Huvud.format().set_align(hoger))
            .text(&kolumn.rubrik, None)?;
    }
    let visningar: Vec<Visning> = (0..tabell.kolumner.len())
        .map(|k| visning(tabell, k))
        .collect();
    for (nr, rad) in tabell.rader.iter().enumerate() {
        raden(blad, tabell, (nr, rad), &visningar)?;
    }
    let sist = rad_av(tabell.rader.len()).saturating_add(1);
    let efter = noter(blad, tabell, sist)?;
    if let Some(figur) = innehall.figur {
        bilden(blad, figur, efter.saturating_add(1))?;
    }
    utskrift(blad, dokument, tabell)
}

/// Caption, what must stand on every sheet, and the way back.
fn overst(blad: &mut Worksheet, dokument: &Dokument, tabell: &Tabell) -> Result<(), XlsxError> {
    plats(blad, 0, 0, Stil::Stark.format().set_font_size(13)).text(&tabell.rubrik, None)?;
    plats(blad, 1, 0, Stil::Vanlig.format()).text(&huvudrad(dokument), None)?;
    let hem = format!("internal:'{FORSTA}'!A1");
    plats(blad, 2, 0, Stil::Vanlig.format()).text("Till rapportens text", Some(&hem))
}

fn plats(blad: &mut Worksheet, rad: RowNum, kolumn: ColNum, format: Format) -> Plats<'_> {
    Plats {
        blad,
        rad,
        kolumn,
        format,
    }
}

fn raden(
    blad: &mut Worksheet,
    tabell: &Tabell,
    (nr, rad): (usize, &Rad),
    visningar: &[Visning],
) -> Result<(), XlsxError> {
    let stil = match rad.slag {
        Radslag::Vanlig => Stil::Vanlig,
        Radslag::Grupp => Stil::Stark,
        Radslag::Delsumma => Stil::Delsumma,
        Radslag::Summa => Stil::Summa,
    };
    let pa_raden = rad_av(nr);
    let rubrik = stil.format().set_text_wrap().set_align(FormatAlign::Top);
    plats(blad, pa_raden, 0, rubrik).text(&ord(&rad.rubrik), utat(&rad.rubrik))?;
    for (kolumn, innehall) in (1..).zip(&rad.celler) {
        let tal = enda_tal(innehall);
        let lank = utat(innehall);
        let grund = stil.format().set_align(FormatAlign::Top);
        if let Some((exakt, enhet)) = tal {
            let visas = match visningar.get(kolumn) {
                Some(visning) if samma_slag(*visning, exakt) => *visning,
                _ => Visning::av(exakt),
            };
            let formel = tabell.formel(nr, kolumn);
            let format = grund.clone().set_align(FormatAlign::Right);
            let skrivet = plats(blad, pa_raden, kol(kolumn), format).tal(
                exakt,
                (visas, &enhet),
                formel.as_ref(),
                lank,
            )?;
            if skrivet {
                continue;
            }
        }
        let slag = tabell.kolumner.get(kolumn).map(|k| k.slag);
        let format = match slag {
            Some(Kolumnslag::Tal) => grund.set_align(FormatAlign::Right),
            _ => grund.set_text_wrap(),
        };
        plats(blad, pa_raden, kol(kolumn), format).text(&ord(innehall), lank)?;
    }
    Ok(())
}

/// The only link of a line, when it leads out of the document: anchors are on the first sheet.
fn utat(text: &[Text]) -> Option<&str> {
    enda_lank(text).filter(|url| !url.starts_with('#'))
}

/// Kronor and kronor with öre are written alike in a column; other kinds by themselves.
fn samma_slag(visning: Visning, tal: Exakt) -> bool {
    let kronor = |v| matches!(v, Visning::Kronor | Visning::MedOre);
    let for_sig = Visning::av(tal);
    visning == for_sig || kronor(visning) && kronor(for_sig)
}

/// How the numbers of a column are written: with öre when one of them has öre.
fn visning(tabell: &Tabell, kolumn: usize) -> Visning {
    let alla = (0..tabell.rader.len()).filter_map(|rad| tabell.exakt(rad, kolumn));
    let mut ut = None;
    for visning in alla.map(Visning::av) {
        if visning == Visning::MedOre {
            return visning;
        }
        ut = ut.or(Some(visning));
    }
    ut.unwrap_or(Visning::Kronor)
}

fn bredd(tabell: &Tabell, kolumn: usize) -> u16 {
    let langd = |text: &[Text]| ord(text).chars().count();
    let celler = tabell.rader.iter().filter_map(|rad| match kolumn {
        0 => Some(langd(&rad.rubrik)),
        nr => rad.celler.get(nr - 1).map(|cell| langd(cell)),
    });
    let slag = tabell.kolumner.get(kolumn).map(|k| k.slag);
    let bredast = match slag {
        Some(Kolumnslag::Tal) => BREDAST_TAL,
        _ => BREDAST_ORD,
    };
    let storst = celler.max().unwrap_or(0).saturating_add(2);
    u16::try_from(storst.clamp(SMALAST, bredast)).unwrap_or(u16::MAX)
}

/// What must be known to read the figures; gives the row after.
fn noter(blad: &mut Worksheet, tabell: &Tabell, fran: RowNum) -> Result<RowNum, XlsxError> {
    let mut rad = fran;
    let mut not = |text: &str| -> Result<(), XlsxError> {
        plats(blad, rad, 0, Stil::Vanlig.format()).text(text, None)?;
        rad = rad.saturating_add(1);
        Ok(())
    };
    if !tabell.not.is_empty() {
        not(&ord(&tabell.not))?;
    }
    for tecken in tabell.tecken() {
        let (sign, ord, betyder) = (tecken.tecken(), tecken.ord(), tecken.forklaring());
        not(&format!("{sign}\u{a0}{ord}: {betyder}"))?;
    }
    if utan_formel(tabell) {
        not(UTAN_FORMEL)?;
    }
    Ok(rad)
}

const UTAN_FORMEL: &str = "En summa utan formel är inte summan av just de här raderna: den står \
                           som systemet räknar den.";

/// A sum with a number that is not the sum of what is shown.
fn utan_formel(tabell: &Tabell) -> bool {
    tabell.rader.iter().enumerate().any(|(nr, rad)| {
        matches!(rad.slag, Radslag::Delsumma | Radslag::Summa)
            && (1..tabell.kolumner.len())
                .any(|k| tabell.exakt(nr, k).is_some() && tabell.formel(nr, k).is_none())
    })
}

/// The finding as a sentence, and the picture with its words for those who do not see it.
fn bilden(blad: &mut Worksheet, figur: &Figur, rad: RowNum) -> Result<(), XlsxError> {
    let bild = Bild::ny(figur.bild.svg("figur")).map_err(XlsxError::ParameterError)?;
    plats(blad, rad, 0, Stil::Stark.format()).text(&figur.rubrik, None)?;
    plats(blad, rad.saturating_add(1), 0, Stil::Vanlig.format()).text(&figur.lashjalp, None)?;
    let (bredd, hojd) = bild.storlek;
    let hojd = hojd.saturating_mul(BILDBREDD) / bredd.max(1);
    let bild = Image::new_from_buffer(&bild.png)?
        .set_scale_to_size(BILDBREDD, hojd, true)
        .set_alt_text(figur.alt.as_str());
    blad.insert_image(rad.saturating_add(2), 0, &bild)?;
    Ok(())
}

/// On paper: A4, as wide as the page, the header row again on every page.
fn utskrift(blad: &mut Worksheet, dokument: &Dokument, tabell: &Tabell) -> Result<(), XlsxError> {
    blad.set_paper_size(A4);
    if tabell.kolumner.len() > STAENDE {
        blad.set_landscape();
    }
    blad.set_print_fit_to_pages(1, 0);
    blad.set_repeat_rows(HUVUD, HUVUD)?;
    super::text::sidhuvud(blad, dokument);
    Ok(())
}

/// The name that screen readers know the header row and the row headings of a sheet by.
pub(super) fn rubrikomrade(nr: usize, blad: &Blad<'_>) -> (String, String) {
    let sista = blad.tabell.rader.len().saturating_sub(1);
    let hornet = cell(HUVUD, 0);
    let slut = cell(
        rad_av(sista),
        kol(blad.tabell.kolumner.len().saturating_sub(1)),
    );
    (
        format!("TitleRegion1.{hornet}.{slut}.{nr}"),
        format!("='{}'!${}${}", blad.namn, "A", HUVUD + 1),
    )
}
