//! The workbook read back: its figures, its formulas, and what was typed into it.

mod las;

use super::*;
use crate::Sattverk;
use las::{Blad as Last, Bok, las};
use proptest::prelude::*;
use utfall_domain::rapport::aterrapport::{Aterrapport, dokument};
use utfall_domain::rapport::{Exakt, Format, Kolumn, Led, Rad, Radslag, Rubrik, Sattare, Text};
use utfall_domain::varde::Varde;

fn rapport() -> Aterrapport {
    serde_json::from_str(include_str!("../../exempel/uppsala-2021.json")).unwrap()
}

fn bok(dokument: &Dokument) -> Bok {
    las(&Sattverk.satt(dokument, Format::Xlsx).unwrap())
}

fn tabellerna(dokument: &Dokument) -> Vec<Tabell> {
    let dokument = dokument.stadad();
    let alla = super::tabeller(&dokument);
    alla.iter().map(|b| b.tabell.clone()).collect()
}

/// Every number of the sheet is the table's, and every formula gives its number. Gives how many
/// formulas there are.
fn stammer(blad: &Last, tabell: &Tabell) -> usize {
    let mut formler = 0;
    for rad in 0..tabell.rader.len() {
        for kolumn in 1..tabell.kolumner.len() {
            let plats = (
                u32::try_from(rad).unwrap() + 4,
                u32::try_from(kolumn).unwrap(),
            );
            let cell = blad.celler.get(&plats).cloned().unwrap_or_default();
            match tabell.exakt(rad, kolumn) {
                Some(Exakt::Ore(ore)) => {
                    assert_eq!(blad.tal(plats), Some(i128::from(ore)), "{plats:?}");
                }
                Some(Exakt::Antal(tal)) => {
                    assert_eq!(blad.tal(plats), Some(i128::from(tal) * 100), "{plats:?}");
                }
                Some(Exakt::Andel { .. }) => assert!(!cell.ar_text),
                None => assert!(cell.ar_text || cell == las::Cell::default(), "{cell:?}"),
            }
            if let Some(formel) = cell.formel {
                if !formel.contains('/') {
                    assert_eq!(Some(blad.raknat(&formel)), blad.tal(plats), "{formel}");
                }
                formler += 1;
            }
        }
    }
    formler
}

#[test]
fn every_figure_is_the_systems_and_every_formula_gives_it() {
    let dokument = dokument(&rapport());
    let (bok, tabeller) = (bok(&dokument), tabellerna(&dokument));
    assert_eq!(bok.blad.len(), tabeller.len() + 1);
    let formler: Vec<usize> = bok.blad[1..]
        .iter()
        .zip(&tabeller)
        .map(|(blad, tabell)| stammer(blad, tabell))
        .collect();
    // The account, the boards, the initiatives with a difference in each row and three sums.
    assert_eq!(formler[0], 1, "{formler:?}");
    let insatser = rapport().insatser.len();
    assert!(formler[2] >= insatser, "{formler:?}");
    let summa = &bok.blad[3];
    let sist = u32::try_from(insatser).unwrap() + 4;
    let formel = summa.celler[&(sist, 2)].formel.clone();
    assert_eq!(formel, Some(format!("SUM(C5:C{sist})")));
}

fn tabell(rader: Vec<(Radslag, Led, [Varde; 2])>) -> Dokument {
    let mut ut = dokument(&rapport());
    let rad = |(slag, led, tal): (Radslag, Led, [Varde; 2])| {
        let skillnad = match (tal[0].kant(), tal[1].kant()) {
            (Some(a), Some(b)) => Varde::Kant(a - b),
            _ => Varde::Okant,
        };
        let cell = |varde| {
            vec![Text::ore(
                varde,
                Some("https://utfall.test/h?a=1&b=2".into()),
            )]
        };
        Rad {
            slag,
            rubrik: vec![Text::ren("Rad")],
            celler: vec![cell(tal[0]), cell(tal[1]), cell(skillnad)],
            led,
        }
    };
    ut.block = vec![Block::Tabell(Tabell {
        rubrik: "Prov".into(),
        kolumner: vec![
            Kolumn::ord("Post"),
            Kolumn::tal("Budget"),
            Kolumn::tal("Använt"),
            Kolumn::skillnad("Avvikelse", 1, 2),
        ],
        rader: rader.into_iter().map(rad).collect(),
        not: Vec::new(),
    })];
    ut
}

fn summerad(tal: &[[i64; 2]]) -> Dokument {
    let vanlig = |t: &[i64; 2]| (Radslag::Vanlig, Led::Plus, t.map(Varde::Kant));
    let summa = |nr: usize| Varde::Kant(tal.iter().map(|t| t[nr]).sum());
    let mut rader: Vec<_> = tal.iter().map(vanlig).collect();
    rader.push((Radslag::Summa, Led::Plus, [summa(0), summa(1)]));
    tabell(rader)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 64, ..Default::default() })]

    #[test]
    fn sums_of_any_amounts_are_formulas_that_give_them(
        tal in prop::collection::vec(
            [-90_000_000_000_i64..90_000_000_000, -9_999_i64..9_999], 1..12),
    ) {
        let dokument = summerad(&tal);
        let bok = bok(&dokument);
        let tabell = tabellerna(&dokument).remove(0);
        // A difference in each row, and three sums.
        prop_assert_eq!(stammer(&bok.blad[1], &tabell), tal.len() + 3);
    }
}

#[test]
fn ore_are_shown_only_where_there_are_some_and_digits_are_never_lost() {
    let bok_ = |tal: &[[i64; 2]]| bok(&summerad(tal));
    let b = bok_(&[[123_456_700, 1_250]]);
    assert_eq!(b.blad[1].celler[&(4, 1)].varde, "1234567");
    assert_eq!(b.blad[1].celler[&(4, 2)].varde, "12.5");
    let stilar = &b.delar["xl/styles.xml"];
    assert!(stilar.contains("formatCode=\"#,##0;"), "{stilar}");
    assert!(stilar.contains("formatCode=\"#,##0.00;"), "{stilar}");
    assert!(!bok_(&[[100, 200]]).delar["xl/styles.xml"].contains("0.00"));
    // Sixteen digits are more than a spreadsheet keeps: words, never another number.
    let stort = 1_234_567_890_123_456;
    let b = bok_(&[[stort, 0]]);
    let cell = &b.blad[1].celler[&(4, 1)];
    assert!(
        cell.ar_text
            && cell
                .varde
                .contains("12\u{a0}345\u{a0}678\u{a0}901\u{a0}234,56")
    );
}

#[test]
fn a_sum_that_is_not_that_of_the_rows_stands_as_it_is_and_says_so() {
    let vanlig = |a, b| (Radslag::Vanlig, Led::Plus, [Varde::Kant(a), Varde::Kant(b)]);
    let rader = vec![
        vanlig(100, 100),
        (
            Radslag::Summa,
            Led::Plus,
            [Varde::Kant(300), Varde::Kant(100)],
        ),
    ];
    let b = bok(&tabell(rader));
    let cell = &b.blad[1].celler[&(5, 1)];
    assert_eq!((cell.varde.as_str(), &cell.formel), ("3", &None));
    assert!(
        b.blad[1].celler[&(5, 2)].formel.is_some(),
        "control: the other is a sum"
    );
    let not = |b: &Bok| b.delar["xl/sharedStrings.xml"].contains("En summa utan formel");
    assert!(not(&b));
    assert!(!not(&bok(&summerad(&[[1, 2]]))), "control");
}

#[test]
fn unknown_is_a_word_and_never_a_zero() {
    let rader = vec![
        (Radslag::Vanlig, Led::Plus, [Varde::Kant(500), Varde::Okant]),
        (
            Radslag::Vanlig,
            Led::Plus,
            [Varde::Kant(0), Varde::EjInrapporterat],
        ),
        (Radslag::Summa, Led::Plus, [Varde::Kant(500), Varde::Okant]),
    ];
    let b = bok(&tabell(rader));
    let cell = |rad, kolumn| b.blad[1].celler[&(rad, kolumn)].clone();
    assert!(cell(4, 2).ar_text && cell(4, 2).varde.contains("okänt"));
    assert!(cell(6, 2).ar_text && cell(6, 2).formel.is_none());
    assert_eq!(
        (cell(5, 1).varde.as_str(), cell(5, 1).ar_text),
        ("0", false)
    );
    assert_eq!(cell(6, 1).formel.as_deref(), Some("SUM(B5:B6)"));
}

/// What spreadsheets would take for a formula, a link or a format code.
const FIENTLIGA: [&str; 8] = [
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"https://ond.example\",\"klicka\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "{=1+1}",
    "_x0041_ &Lvänster &D \"0\";[Red]",
    "https://ond.example/ internal:'Rapport'!A1 file:///etc/passwd",
];

#[test]
fn what_is_typed_is_text_whatever_it_begins_with() {
    for text in FIENTLIGA {
        let mut d = summerad(&[[1, 2]]);
        d.titel = text.into();
        d.underrubrik = text.into();
        d.organisation = text.into();
        d.markning = Some(text.into());
        let ord = || vec![Text::ren(text)];
        d.block.insert(0, Block::Stycke { text: ord() });
        let rubrik = Rubrik {
            niva: 1,
            text: text.into(),
            ankare: "a".into(),
        };
        d.block.insert(0, Block::Rubrik(rubrik));
        if let Some(Block::Tabell(t)) = d.block.last_mut() {
            t.rubrik = text.into();
            t.kolumner[1].rubrik = text.into();
            t.rader[0].rubrik = ord();
            t.not = ord();
        }
        let b = bok(&d);
        let funna: Vec<&las::Cell> = b
            .blad
            .iter()
            .flat_map(|blad| blad.celler.values())
            .filter(|cell| cell.varde == text)
            .collect();
        // Title, line under it, heading, paragraph; caption, column, row, note.
        assert_eq!(funna.len(), 8, "{text}");
        assert!(
            funna.iter().all(|c| c.ar_text && c.formel.is_none()),
            "{text}"
        );
        // The only formulas are those of the table.
        let formler = b.blad.iter().flat_map(|blad| blad.celler.values());
        assert_eq!(formler.filter(|c| c.formel.is_some()).count(), 4, "{text}");
        let lankar: Vec<&String> = b
            .delar
            .iter()
            .filter(|(namn, _)| namn.ends_with(".rels") && namn.contains("sheet"))
            .map(|(_, xml)| xml)
            .collect();
        assert!(
            lankar.iter().all(|xml| !xml.contains("ond.example")),
            "{text}"
        );
        if text.starts_with(['=', '+', '-', '@']) {
            let stilar = &b.delar["xl/styles.xml"];
            assert!(stilar.contains("quotePrefix=\"1\""), "{text}");
        }
    }
}

#[test]
fn every_sheet_says_whose_it_is_and_what_is_marked() {
    let mut d = dokument(&rapport());
    d.markning = Some("Påhittade uppgifter".into());
    let b = bok(&d);
    assert!(b.blad.len() > 5);
    for blad in &b.blad {
        let rader = 0..3;
        let funnen = rader
            .filter_map(|rad| blad.celler.get(&(rad, 0)))
            .any(|c| c.varde.starts_with("Påhittade uppgifter · ") && c.varde.contains(&d.titel));
        assert!(funnen, "{}", blad.namn);
        assert!(
            blad.xml.contains("Påhittade uppgifter"),
            "på papper: {}",
            blad.namn
        );
    }
    let xml = &b.delar["docProps/core.xml"];
    let tid = d.skapad.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert!(
        xml.contains(&d.titel) && xml.contains("Påhittade uppgifter"),
        "{xml}"
    );
    assert_eq!(xml.matches(&tid).count(), 2, "tiden är dokumentets: {xml}");
    let egna = &b.delar["docProps/custom.xml"];
    assert!(egna.contains("sv-SE") && egna.contains(&d.ident), "{egna}");
}

#[test]
fn header_rows_stay_and_pictures_have_words() {
    let d = dokument(&rapport());
    let b = bok(&d);
    for (blad, tabell) in b.blad[1..].iter().zip(tabellerna(&d)) {
        assert!(blad.xml.contains("ySplit=\"4\"") && blad.xml.contains("xSplit=\"1\""));
        for (nr, kolumn) in (0..).zip(&tabell.kolumner) {
            assert_eq!(blad.celler[&(3, nr)].varde, kolumn.rubrik);
        }
    }
    let bok = &b.delar["xl/workbook.xml"];
    assert!(bok.contains("TitleRegion1.A4.") && bok.contains("Print_Titles"));
    let bild = &b.delar["xl/drawings/drawing1.xml"];
    assert!(bild.contains("descr=\"Liggande stapeldiagram"), "{bild}");
}

#[test]
fn figures_lead_to_their_derivations_and_the_text_to_the_tables() {
    let d = summerad(&[[1, 2]]);
    let b = bok(&d);
    let rel = &b.delar["xl/worksheets/_rels/sheet2.xml.rels"];
    assert!(rel.contains("https://utfall.test/h?a=1&amp;b=2"), "{rel}");
    let lankar = b.blad[1].xml.matches("<hyperlink ").count();
    // Three in each of two rows, formulas too, and the way back.
    assert_eq!(lankar, 7);
    assert!(b.blad[0].xml.contains(&format!("'{}'!A1", b.blad[1].namn)));
}

/// Two tables under one heading: the second is called by what it counts.
#[test]
fn a_second_table_under_a_heading_has_a_name_of_its_own() {
    let mut d = summerad(&[[1, 2]]);
    let plats = d.block.iter().position(|b| matches!(b, Block::Tabell(_)));
    let Block::Tabell(mut annan) = d.block[plats.unwrap()].clone() else {
        panic!("dokumentet har en tabell")
    };
    annan.rubrik = "Eget kapital vid slutet av 2026, kronor.".into();
    d.block.insert(plats.unwrap() + 1, Block::Tabell(annan));
    let namn: Vec<String> = bok(&d).blad.iter().map(|b| b.namn.clone()).collect();
    assert_eq!(namn[2], "Eget kapital vid slutet av 2026", "{namn:?}");
    assert!(!namn.iter().any(|n| n.ends_with("(2)")), "{namn:?}");
}

#[test]
fn sheet_names_are_readable_short_and_unlike() {
    let mut upptagna = BTreeMap::from([("rapport".to_owned(), 1)]);
    let mut namn = |rubrik: &str| bladnamn(rubrik, &mut upptagna);
    assert_eq!(
        namn("Fördelning mellan nämnder"),
        "Fördelning mellan nämnder"
    );
    assert_eq!(
        namn("FÖRDELNING mellan nämnder"),
        "FÖRDELNING mellan nämnder (2)"
    );
    assert_eq!(namn("RAPPORT"), "RAPPORT (2)");
    assert_eq!(namn("a/b:c*d?e[f]g\\h'"), "a b c d e(f)g h");
    assert_eq!(namn("  "), "Tabell");
    assert_eq!(namn("History"), "Historik");
    let langt = "Unga som varken arbetar eller studerar i hela länet";
    for nr in 1..40 {
        let fatt = namn(langt);
        assert!(fatt.encode_utf16().count() <= 31, "{fatt}");
        assert_eq!(fatt.ends_with(')'), nr > 1, "{fatt}");
        assert!(fatt.contains('…'), "{fatt}");
    }
    assert!(namn(&"😀".repeat(40)).encode_utf16().count() <= 31);
}

#[test]
fn a_text_longer_than_a_cell_and_a_link_longer_than_a_link_are_no_errors() {
    let mut d = summerad(&[[1, 2]]);
    d.block.insert(
        0,
        Block::Stycke {
            text: vec![Text::lank(
                "ord ".repeat(20_000),
                format!("https://utfall.test/{}", "a".repeat(5_000)),
            )],
        },
    );
    assert!(Sattverk.satt(&d, Format::Xlsx).is_ok());
}
