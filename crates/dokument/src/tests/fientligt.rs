//! Text that tries to be something else than text.

use proptest::prelude::*;
use utfall_domain::rapport::{
    Block, Dokument, Format, Kolumn, Led, Rad, Radslag, Sattare, Tabell, Text, stada,
};

use super::hjalp::{docx_text, html_text, pdf_text, ren, saknad};
use super::kort;
use crate::Sattverk;
use crate::pdf::varld::Varld;

/// What would be code, markup or a reference in one of the languages the setters write.
const FIENTLIGA: [&str; 18] = [
    "#panic(\"nej\")",
    "#read(\"/etc/passwd\")",
    "#sys.inputs #image(\"x.png\")",
    "$x^2$ @kalla <etikett> *fet* _kursiv_ `rå`",
    "= Rubrik\n- punkt + punkt / term: sak",
    "// kommentar /* kommentar */ -- --- ... ~",
    "\\ \\u{41} \\# \\n [block] {kod} (lista)",
    "\"citat\" 'citat' “citat”",
    "<script>alert(1)</script><!-- -->",
    "</style></title></svg></w:t></w:p>",
    "]]> <![CDATA[x]]> <?xml?> &amp; &lt; &#0;",
    "javascript:alert(1) https://länk.example",
    "%PDF-1.7 endobj /JavaScript (x)",
    "\u{202e}baklänges\u{202c} osynlig\u{200b}t mellanrum\u{feff}",
    "a\u{0}b\u{1}c\u{7f}d\u{85}e\u{fffe}f\u{ffff}g\u{1ffff}h\u{fdd0}i",
    "e\u{301} a\u{30a} o\u{308} ﬁ ½ ² № ™ Ω ≈ ← Ж 漢字",
    "😀 👩‍👩‍👧 🇸🇪 \u{e000} \u{10ffff}",
    "שלום مرحبا नमस्ते ไทย",
];

/// A document with the text in every place a user's text can come to.
fn overallt(text: &str) -> Dokument {
    let t = |ord: &str| vec![Text::ren(format!("{ord} {text}"))];
    let tabell = Tabell {
        rubrik: format!("Tabell {text}"),
        kolumner: vec![Kolumn::ord(format!("Post {text}")), Kolumn::ord("Text")],
        rader: vec![Rad {
            slag: Radslag::Vanlig,
            rubrik: t("Rad"),
            celler: vec![t("Cell")],
            led: Led::Plus,
        }],
        not: t("Not"),
    };
    let mut dokument = kort();
    dokument
        .block
        .retain(|block| !matches!(block, Block::Innehall { .. }));
    dokument.block.truncate(3);
    dokument.titel = format!("Titel {text}");
    dokument.organisation = format!("Org {text}");
    dokument.markning = Some(format!("Märke {text}"));
    dokument.nyckelord.push(text.to_owned());
    dokument.block.extend([
        Block::Stycke { text: t("Stycke") },
        Block::Lista {
            numrerad: true,
            punkter: vec![t("Punkt")],
        },
        Block::Tabell(tabell),
        Block::Stycke {
            text: vec![Text::lank(format!("Länk {text}"), "https://a.example/b")],
        },
    ]);
    dokument
}

#[test]
fn no_text_becomes_code_in_any_format() {
    for text in FIENTLIGA {
        let dokument = overallt(text);
        let rent = ren(&stada(text));
        let vantat = [
            "Titel", "Märke", "Stycke", "Punkt", "Tabell", "Cell", "Not", "Länk",
        ]
        .map(|ord| format!("{ord}{rent}"));
        let html = String::from_utf8(Sattverk.satt(&dokument, Format::Html).unwrap()).unwrap();
        assert_eq!(saknad(&vantat, &html_text(&html)), None, "{text}");
        assert!(!html.contains("<script") && !html.contains("<!--"));
        let docx = Sattverk.satt(&dokument, Format::Docx).unwrap();
        assert_eq!(saknad(&vantat, &docx_text(&docx)), None, "{text}");
        let pdf = Sattverk.satt(&dokument, Format::Pdf);
        assert!(pdf.is_ok(), "{text}: {pdf:?}");
        if text.is_ascii() {
            assert_eq!(
                saknad(&vantat, &pdf_text(&dokument.stadad())),
                None,
                "{text}"
            );
        }
    }
}

#[test]
fn the_template_can_read_nothing_but_its_document() {
    use typst::World as _;
    use typst::syntax::{RootedPath, VirtualPath, VirtualRoot};
    let varld = Varld::ny(&kort()).unwrap();
    for vag in ["/etc/passwd", "/Cargo.toml", "/dokument.json.bak"] {
        let id = RootedPath::new(VirtualRoot::Project, VirtualPath::new(vag).unwrap()).intern();
        assert!(
            varld.file(id).is_err() && varld.source(id).is_err(),
            "{vag}"
        );
    }
    assert!(varld.today(None).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 16, ..Default::default() })]

    #[test]
    fn any_text_at_all_can_be_set(
        text in "(\\PC|[#$@<>*_`\\\\\\[\\]{}\"'&%]|[\u{0}-\u{ff}]){1,40}",
    ) {
        let dokument = overallt(&text);
        for format in Format::ALLA {
            let svar = Sattverk.satt(&dokument, format);
            prop_assert!(svar.is_ok(), "{:?}: {:?}", format, svar.err());
        }
    }
}
