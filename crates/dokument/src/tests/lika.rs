//! Whatever the report holds, the three formats say it, all of it, in the same order.

use proptest::prelude::*;
use utfall_domain::pengar::Precision;
use utfall_domain::rapport::aterrapport::{
    Aterrapport, Belopp, Insats, Siffra, Siffrenhet, dokument,
};
use utfall_domain::rapport::{Block, Dokument, Format, Sattare};
use utfall_domain::varde::Varde;

use super::hjalp::{docx_text, html_text, pdf_text, saknad, texter};
use super::rapport;
use crate::Sattverk;

fn varde() -> impl Strategy<Value = Varde> {
    prop_oneof![
        4 => (-1_000_000_000_000_i64..1_000_000_000_000).prop_map(Varde::Kant),
        1 => Just(Varde::Kant(0)),
        1 => Just(Varde::Okant),
        1 => Just(Varde::EjBeslutat),
        1 => Just(Varde::EjInrapporterat),
        1 => Just(Varde::Sekretess),
    ]
}

prop_compose! {
    fn siffra()(varde in varde(), tkr in any::<bool>(), lank in any::<bool>()) -> Siffra {
        Siffra {
            kand_del: varde.kant().is_none().then_some(1_234_500),
            varde,
            enhet: Siffrenhet::Ore,
            precision: if tkr { Precision::TUSENTAL } else { Precision::EXAKT },
            harledning: lank.then(|| "/tal/1".to_owned()),
        }
    }
}

prop_compose! {
    fn belopp()(budget in siffra(), utfall in siffra(), avvikelse in siffra()) -> Belopp {
        Belopp { budget, utfall, avvikelse }
    }
}

fn stycken() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-zåäö ,.]{0,200}", 0..3)
}

prop_compose! {
    fn insats()(
        namn in "[A-ZÅÄÖ][a-zåäö]{0,30}( [a-zåäö]{1,40}){0,6}",
        namnder in prop::collection::vec("[A-Z][a-zåäö]{3,20}nämnden", 0..3),
        (beskrivning, kommentar, resultat, fortsattning) in
            (stycken(), stycken(), stycken(), stycken()),
        belopp in belopp(),
    ) -> Insats {
        Insats {
            namn, namnder, beskrivning, belopp, kommentar,
            resultattal: Vec::new(), resultat, fortsattning,
        }
    }
}

prop_compose! {
    fn slumpad()(
        insatser in prop::collection::vec(insats(), 0..4),
        (summa_namnder, summa_insatser) in (belopp(), belopp()),
        (rekvirerat, anvant, att_aterbetala) in (siffra(), siffra(), siffra()),
        (bakgrund, slutsatser) in (stycken(), stycken()),
    ) -> Aterrapport {
        Aterrapport {
            insatser, summa_namnder, summa_insatser, rekvirerat, anvant, att_aterbetala,
            bakgrund, slutsatser, ..rapport()
        }
    }
}

/// Contents have page numbers on paper only.
fn utan_innehall(dokument: Dokument) -> Dokument {
    let block = dokument
        .block
        .into_iter()
        .filter(|b| !matches!(b, Block::Innehall { .. }));
    Dokument {
        block: block.collect(),
        ..dokument
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 8, ..Default::default() })]

    #[test]
    fn page_pdf_and_docx_say_the_same_in_the_same_order(rapport in slumpad()) {
        let dokument = utan_innehall(dokument(&rapport));
        let texter = texter(&dokument.stadad());
        let html = String::from_utf8(Sattverk.satt(&dokument, Format::Html).unwrap()).unwrap();
        let docx = Sattverk.satt(&dokument, Format::Docx).unwrap();
        prop_assert_eq!(saknad(&texter, &html_text(&html)), None, "HTML");
        prop_assert_eq!(saknad(&texter, &docx_text(&docx)), None, "DOCX");
        prop_assert_eq!(saknad(&texter, &pdf_text(&dokument.stadad())), None, "PDF");
        prop_assert!(Sattverk.satt(&dokument, Format::Pdf).is_ok());
    }
}
