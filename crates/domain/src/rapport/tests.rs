use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::varde::{Tecken, Varde};

/// A setter that sets nothing: it proves the trait can be held as an object, and lists the
/// words in reading order.
struct Fejk;

impl Sattare for Fejk {
    fn satt(&self, dokument: &Dokument, _: Format) -> Result<Vec<u8>, SattFel> {
        prova(dokument).map_err(SattFel::Brister)?;
        kanonisk::json(&dokument.stadad())
            .map(String::into_bytes)
            .map_err(|fel| SattFel::Sattning(fel.to_string()))
    }
}

fn tomt() -> Dokument {
    Dokument {
        mallversion: "prov-1".into(),
        titel: "Prov".into(),
        underrubrik: String::new(),
        sprak: "sv-SE".into(),
        organisation: "Forsby".into(),
        datum: date(2026, 11, 22),
        skapad: Timestamp::UNIX_EPOCH,
        ident: "prov-1".into(),
        nyckelord: Vec::new(),
        markning: None,
        block: Vec::new(),
    }
}

fn med(block: Vec<Block>) -> Dokument {
    Dokument { block, ..tomt() }
}

fn rubrik(niva: u8, ankare: &str) -> Block {
    Block::Rubrik(Rubrik {
        niva,
        text: "Rubrik".into(),
        ankare: ankare.into(),
    })
}

fn tabell(bredd: usize) -> Tabell {
    Tabell {
        rubrik: "Belopp, kronor.".into(),
        kolumner: vec![Kolumn::ord("Post"), Kolumn::tal("Belopp")],
        rader: vec![Rad {
            slag: Radslag::Vanlig,
            rubrik: vec![Text::ren("Lön")],
            celler: vec![vec![Text::ore(Varde::Kant(100), None)]; bredd],
            led: Led::Plus,
        }],
        not: Vec::new(),
    }
}

fn koder(dokument: &Dokument) -> Vec<&'static str> {
    prova(dokument)
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|b| b.kod)
        .collect()
}

#[test]
fn a_sound_document_is_set_through_the_trait_object() {
    let sattare: Box<dyn Sattare> = Box::new(Fejk);
    let dokument = med(vec![rubrik(1, "a"), Block::Tabell(tabell(1))]);
    assert!(sattare.satt(&dokument, Format::Pdf).is_ok());
}

#[test]
fn headings_may_not_skip_a_level_nor_share_an_anchor() {
    assert_eq!(
        koder(&med(vec![rubrik(1, "a"), rubrik(2, "b"), rubrik(1, "c")])),
        [""; 0]
    );
    assert_eq!(koder(&med(vec![rubrik(2, "a")])), ["rapport-rubrik-niva"]);
    assert_eq!(
        koder(&med(vec![rubrik(1, "a"), rubrik(3, "b")])),
        ["rapport-rubrik-niva"]
    );
    assert_eq!(
        koder(&med(vec![rubrik(1, "a"), rubrik(1, "a")])),
        ["rapport-ankare-dubbelt"]
    );
    assert_eq!(koder(&med(vec![rubrik(1, "A b")])), ["rapport-ankare"]);
    assert_eq!(koder(&med(vec![rubrik(255, "a")])), ["rapport-rubrik-niva"]);
}

#[test]
fn a_table_needs_caption_heads_rows_and_full_width() {
    assert_eq!(
        koder(&med(vec![Block::Tabell(tabell(2))])),
        ["rapport-tabell-bredd"]
    );
    let mut utan = tabell(1);
    utan.rubrik = " \u{200b}".into();
    utan.kolumner[1].rubrik.clear();
    utan.rader[0].rubrik.clear();
    utan.rader[0].celler[0].clear();
    assert_eq!(
        koder(&med(vec![Block::Tabell(utan)])),
        [
            "rapport-tabell-rubrik",
            "rapport-tabell-huvud",
            "rapport-rad-rubrik",
            "rapport-cell-tom"
        ]
    );
}

#[test]
fn a_figure_needs_a_picture_in_words() {
    let figur = Figur {
        bild: diagram::Staplar { rader: Vec::new() },
        alt: String::new(),
        rubrik: String::new(),
        lashjalp: String::new(),
        tabell: None,
    };
    assert_eq!(
        koder(&med(vec![Block::Figur(figur)])),
        [
            "rapport-figur-alt",
            "rapport-figur-rubrik",
            "rapport-figur-tom"
        ]
    );
}

#[test]
fn links_lead_to_whole_addresses_or_to_anchors_that_exist() {
    let lank = |url: &str| {
        med(vec![Block::Stycke {
            text: vec![Text::lank("hit", url)],
        }])
    };
    for ond in [
        "javascript:alert(1)",
        "/bara/vag",
        "#saknas",
        "https://",
        "https://a\"b",
        "",
    ] {
        assert_eq!(koder(&lank(ond)), ["rapport-lank"], "{ond}");
    }
    for god in ["https://utfall.example/tal/1", "mailto:a@b.se"] {
        assert_eq!(koder(&lank(god)), [""; 0], "{god}");
    }
    let inom = vec![
        Block::Stycke {
            text: vec![Text::lank("hit", "#senare")],
        },
        rubrik(1, "senare"),
    ];
    assert_eq!(koder(&med(inom)), [""; 0]);
}

#[test]
fn the_five_kinds_of_no_number_all_look_different_from_zero() {
    let varden = [
        Varde::Kant(0),
        Varde::Okant,
        Varde::EjBeslutat,
        Varde::EjInrapporterat,
        Varde::Sekretess,
    ];
    let visas: std::collections::BTreeSet<String> = varden
        .map(|v| Text::ore(v, None).visas())
        .into_iter()
        .collect();
    assert_eq!(visas.len(), 5);
    assert!(visas.contains("0") && visas.contains("◇\u{a0}ej beslutat"));
    assert_eq!(
        Text::ore(Varde::Kant(-70_000_050), None).visas(),
        "\u{2212}700\u{a0}000,50"
    );
}

#[test]
fn the_legend_lists_exactly_the_signs_in_use() {
    let mut tabell = tabell(1);
    assert_eq!(tabell.tecken(), []);
    for varde in [Varde::Sekretess, Varde::Okant, Varde::Sekretess] {
        tabell.rader[0].celler[0].push(Text::antal(varde, None));
    }
    assert_eq!(tabell.tecken(), [Tecken::Okant, Tecken::Sekretess]);
}

#[test]
fn canonical_json_sorts_keys_at_every_depth_and_survives_a_round_trip() {
    let dokument = med(vec![
        rubrik(1, "a"),
        Block::Tabell(tabell(1)),
        Block::Sidbrytning,
    ]);
    let json = kanonisk::json(&dokument).unwrap();
    assert!(json.starts_with(r#"{"block":[{"ankare":"a","niva":1,"slag":"rubrik","text":"#));
    let tillbaka: Dokument = serde_json::from_str(&json).unwrap();
    assert_eq!(tillbaka, dokument);
    assert_eq!(kanonisk::json(&tillbaka).unwrap(), json);
    assert_eq!(kanonisk::sha256(&"a").unwrap().len(), 64);
    assert_eq!(
        kanonisk::sha256(&serde_json::json!({"b": 1, "a": [true, null]})).unwrap(),
        kanonisk::sha256(&serde_json::json!({"a": [true, null], "b": 1})).unwrap()
    );
}

#[test]
fn cleaning_removes_what_would_make_print_and_data_disagree() {
    assert_eq!(
        stada("a\u{202e}b\u{200b}c\u{0}\nd\u{e000}\u{feff}"),
        "abc d"
    );
    assert_eq!(stada("a\u{30a}terrapport"), "återrapport");
    assert_eq!(stada("Ärende #1 $x @y <z> ©"), "Ärende #1 $x @y <z> ©");
    let dokument = med(vec![Block::Stycke {
        text: vec![Text::ren("\u{202e}ond")],
    }]);
    assert_eq!(
        dokument.stadad().block,
        [Block::Stycke {
            text: vec![Text::ren("ond")]
        }]
    );
}

#[test]
fn file_endings_name_formats_in_any_case() {
    assert_eq!(Format::av_andelse("DOCX"), Some(Format::Docx));
    assert_eq!(Format::av_andelse("odt"), None);
}

mod bild {
    use super::super::diagram::{MAX_STAPLAR, Stapel, Staplar};
    use crate::varde::Varde;
    use proptest::prelude::*;

    fn stapel(namn: &str, budget: Varde, utfall: Varde) -> Stapel {
        Stapel {
            namn: namn.into(),
            budget,
            utfall,
        }
    }

    #[test]
    fn the_picture_escapes_names_and_marks_overspending_and_missing_figures() {
        let bild = Staplar {
            rader: vec![
                stapel("<script>&\"", Varde::Kant(100), Varde::Kant(150)),
                stapel("Okänd", Varde::Kant(100), Varde::EjInrapporterat),
            ],
        };
        let svg = bild.svg("f1");
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;&amp;&quot;"));
        assert!(svg.contains("url(#f1-over)") && svg.contains("Över budget"));
        assert!(svg.contains("url(#f1-saknas)") && svg.contains(">ej inrapporterat av 1<"));
    }

    #[test]
    fn sixty_rows_become_the_largest_in_their_own_order() {
        let alla = (0..60)
            .map(|n| stapel(&n.to_string(), Varde::Kant(n), Varde::Okant))
            .collect();
        let bild = Staplar::storsta(alla);
        assert_eq!(bild.rader.len(), MAX_STAPLAR);
        assert_eq!(bild.rader[0].namn, "42");
    }

    proptest! {
        #[test]
        fn any_numbers_give_a_picture(
            tal in prop::collection::vec((any::<i64>(), any::<i64>()), 0..8), namn in "\\PC{0,90}"
        ) {
            let rader = tal
                .into_iter()
                .map(|(b, u)| stapel(&namn, Varde::Kant(b), Varde::Kant(u)))
                .collect();
            let svg = Staplar { rader }.svg("f");
            prop_assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
            prop_assert!(!svg.contains("width=\"-"));
        }
    }
}
