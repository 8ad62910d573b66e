//! Lists as people have them: columns in any order and with any of their names, and every way a
//! cell can be wrong told by row, column and rule.

use super::*;
use jiff::civil::date;

const BLAD: &str = "deltagare-2026-1";

fn ord(rad: &str) -> Vec<String> {
    rad.split('|').map(str::to_owned).collect()
}

fn tolka(rubriker: &str, rad: &str) -> Result<Tolkad, Vec<String>> {
    let m = Mappning::av(&ord(rubriker)).map_err(|fel| plats(&fel))?;
    m.tolka(2, &ord(rad), BLAD).map_err(|fel| plats(&fel))
}

fn plats(fel: &[Problem]) -> Vec<String> {
    fel.iter()
        .map(|p| format!("{}: {}", p.plats.clone().unwrap_or_default(), p.text))
        .collect()
}

#[test]
fn columns_come_in_any_order_and_under_the_names_people_use() {
    let m = Mappning::av(&ord("Slutdatum|KÖN*| PNR |Anteckning|startdatum:|")).unwrap();
    let lases: Vec<_> = m.lases().map(Kolumn::rubrik).collect();
    assert_eq!(
        lases,
        [
            "Personnummer eller kod",
            "Första dagen",
            "Kön",
            "Sista dagen"
        ]
    );
    assert_eq!(m.lases_inte, ["Anteckning"]);
    for kolumn in Kolumn::ALLA {
        assert_eq!(kolumn_av(kolumn.rubrik()), Some(*kolumn));
    }
    // No heading means two columns.
    let mut alla: Vec<String> = Kolumn::ALLA
        .iter()
        .flat_map(|k| k.rubriker().iter().map(|r| rubrikform(r)))
        .collect();
    let antal = alla.len();
    alla.sort();
    alla.dedup();
    assert!(alla.len() >= antal - 1, "{alla:?}");
}

#[test]
fn columns_that_are_missing_or_there_twice_are_named() {
    let fel = Mappning::av(&ord("Namn|Kön|kön")).unwrap_err();
    assert_eq!(
        plats(&fel),
        [
            "rubrikraden: Två kolumner betyder Kön.",
            "rubrikraden: Kolumnen Personnummer eller kod saknas.",
            "rubrikraden: Kolumnen Första dagen saknas.",
        ]
    );
}

#[test]
fn a_row_becomes_a_participation_by_words_and_by_codes() {
    let t = tolka(
        "Kod|Startdatum|Kön|Hemkommun|Målgrupper|Försörjning|Slutdatum|Resultat|Fullföljande|\
         Sysselsättning efter|Typ av arbete efter|arbetstid|Försörjning efter",
        "H-7|2025-03-01 00:00:00|Kvinna|Strängnäs kommun|Utrikes född; nyanlanda|\
         Försörjningsstöd 50; aktivitetsersättning 50 %|20251031|arbete|Fullföljt|arbetar|\
         Tidsbegränsad anställning|75 %|lön eller eget företag",
    )
    .unwrap();
    let i = &t.intrade;
    assert_eq!(
        (i.dag, i.kommun.as_deref()),
        (date(2025, 3, 1), Some("0486"))
    );
    assert_eq!((i.kon.as_str(), t.rad), ("kvinna", 2));
    assert_eq!(i.bakgrund.malgrupper, ["utrikes-fodda", "nyanlanda"]);
    let en = |f: &crate::deltagare::deltagande::Forsorjning| {
        (f.kod.clone(), f.omfattning.map(|o| o.procent()))
    };
    let pa: Vec<_> = i.situation.forsorjning.iter().map(en).collect();
    let pa: Vec<_> = pa.iter().map(|(k, o)| (k.as_str(), *o)).collect();
    assert_eq!(
        pa,
        [
            ("forsorjningsstod", Some(50)),
            ("aktivitetsersattning", Some(50))
        ]
    );
    assert_eq!(i.bakgrund.utbildning, "okant");
    assert_eq!(t.grund.information.dag, date(2025, 3, 1));
    let u = t.uttrade.unwrap();
    assert_eq!(
        (u.dag, u.sluttillstand.as_str()),
        (date(2025, 10, 31), "arbete")
    );
    assert_eq!(
        (u.fullfoljande.as_str(), u.avbrottsorsak),
        ("fullfoljt", None)
    );
    let arbete = u.situation.arbete.unwrap();
    assert_eq!(arbete.typ, "visstid");
    assert_eq!(arbete.omfattning.map(|o| o.procent()), Some(75));
}

#[test]
fn every_wrong_cell_is_told_by_row_and_column_and_never_by_what_stood_there() {
    let rubriker = "Kod|Startdatum|Kön|Hemkommun|Försörjning|Slutdatum|Skyddad|Namn";
    for (rad, vantat) in [
        ("H-7||kvinna", "rad 2, Första dagen: Dagen saknas."),
        (
            "H-7|1 mars|kvinna",
            "rad 2, Första dagen: Dagen går inte att läsa.",
        ),
        (
            "H-7|20250231|kvinna",
            "rad 2, Första dagen: Dagen går inte att läsa.",
        ),
        (
            "H-7|2025-03-01|flicka",
            "rad 2, Kön: Det som står finns inte i listan Kön.",
        ),
        (
            "H-7|2025-03-01|kvinna|Storstad",
            "rad 2, Hemkommun: Kommunen finns inte.",
        ),
        (
            "H-7|2025-03-01|kvinna||försörjningsstöd 300",
            "rad 2, Försörjning före: Omfattningen är inte 1–100 procent.",
        ),
        (
            "H-7|2025-03-01|kvinna|||i våras",
            "rad 2, Sista dagen: Dagen går inte att läsa.",
        ),
        (
            "H-7|2025-03-01|kvinna||||kanske",
            "rad 2, Skyddade personuppgifter: Cellen är varken ja eller nej.",
        ),
        (
            "H-7|2025-03-01|kvinna|||||=cmd|' /C calc'!A0",
            "rad 2, Namn: Cellen börjar med ett tecken som kalkylprogram räknar på.",
        ),
    ] {
        let fel = tolka(rubriker, rad).unwrap_err();
        assert_eq!(fel, [vantat], "{rad}");
    }
    let fel = tolka("Kod|Start|Kön|Resultat", "H-7|2025-03-01|man|arbete").unwrap_err();
    assert_eq!(
        fel,
        ["rad 2, Resultat: Det står hur det slutade, men inte vilken dag."]
    );
}

#[test]
fn a_short_row_is_read_with_its_last_cells_empty() {
    let t = tolka("Kod|Start|Kön|Namn|Slut", "H-7|2025-03-01|man").unwrap();
    assert!(t.uttrade.is_none());
}
