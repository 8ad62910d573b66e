//! Where the pages of a PDF break.

use utfall_domain::rapport::aterrapport::dokument;
use utfall_domain::rapport::{
    Block, Dokument, Kolumn, Led, Rad, Radslag, Tabell, Text, Underskrift,
};
use utfall_domain::varde::Varde;

use super::hjalp::pdf_sidor;
use super::rapport;

fn tabell(rader: usize) -> Block {
    let rad = |nr: usize| Rad {
        slag: Radslag::Vanlig,
        rubrik: vec![Text::ren(format!("Insats{nr}slut"))],
        celler: vec![vec![Text::antal(Varde::Kant(1), None)]],
        led: Led::Plus,
    };
    Block::Tabell(Tabell {
        rubrik: "Tabellensrubrik".to_owned(),
        kolumner: vec![Kolumn::ord("Kolumnen"), Kolumn::tal("Antal")],
        rader: (1..=rader).map(rad).collect(),
        not: Vec::new(),
    })
}

/// So many paragraphs of a line before the block.
fn efter(stycken: usize, block: Vec<Block>) -> Dokument {
    let mut dokument = dokument(&rapport());
    let stycke = Block::Stycke {
        text: vec![Text::ren("Ett stycke.")],
    };
    dokument.block = std::iter::repeat_n(stycke, stycken).chain(block).collect();
    dokument
}

/// The pages that hold any of the words.
fn med(sidor: &[String], ord: &str) -> Vec<usize> {
    let funna = sidor.iter().enumerate().filter(|(_, s)| s.contains(ord));
    funna.map(|(nr, _)| nr).collect()
}

#[test]
fn a_table_that_fits_on_a_page_is_whole_and_a_longer_one_begins_with_three_rows() {
    let mut delades = 0;
    for stycken in (10..34).step_by(3) {
        let sidor = pdf_sidor(&efter(stycken, vec![tabell(11)]));
        assert_eq!(med(&sidor, "Insats1slut"), med(&sidor, "Insats11slut"));
        let sidor = pdf_sidor(&efter(stycken, vec![tabell(60)]));
        let forst = med(&sidor, "Tabellensrubrik");
        for rad in 1..=3 {
            assert_eq!(med(&sidor, &format!("Insats{rad}slut")), forst, "{stycken}");
        }
        delades += usize::from(med(&sidor, "Insats60slut") != forst);
    }
    // Positive control: the longer one did break.
    assert!(delades > 0);
}

#[test]
fn signatures_stand_together_on_a_page_that_says_something() {
    let namn = |roll: &str| Underskrift {
        namn: String::new(),
        roll: roll.to_owned(),
    };
    let rubrik = |text: &str, ankare: &str| {
        Block::Rubrik(utfall_domain::rapport::Rubrik {
            niva: 1,
            text: text.to_owned(),
            ankare: ankare.to_owned(),
        })
    };
    let slut = || {
        vec![
            rubrik("Tillkomsten", "tillkomst"),
            Block::Stycke {
                text: vec![Text::ren("Sistaorden.")],
            },
            rubrik("Underskrift", "underskrift"),
            Block::Underskrifter {
                namn: vec![namn("Ordförande"), namn("Förbundschef")],
            },
        ]
    };
    let mut antal = std::collections::BTreeSet::new();
    for stycken in 10..34 {
        let sidor = pdf_sidor(&efter(stycken, slut()));
        let sist = med(&sidor, "Förbundschef");
        for ord in ["Ordförande", "Sistaorden.", "Tillkomsten"] {
            assert_eq!(med(&sidor, ord), sist, "{ord} efter {stycken} stycken");
        }
        antal.insert(sidor.len());
    }
    assert!(antal.len() > 1, "ingen sida bröts");
}
