//! The board's report of what is read in: how much of the accounts is in no figure, from which
//! files, and nothing of what the vouchers say.

use super::facit::Facit;
use super::{Forsby, PROJEKT, exempel};
use crate::rapport::{docx_text, html_text, xlsx_text};
use crate::rapportslag::ord_av;
use jiff::civil::date;
use std::collections::BTreeSet;
use utfall_app::bokforing::Kalla;
use utfall_app::rapporter::SkapaSammanstallning;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::medel::kontering::Behall;
use utfall_domain::medel::verifikation::Verifikationsurval;
use utfall_domain::pengar::Ore;
use utfall_domain::rapport::{Format, Sattare as _};
use utfall_domain::rapporter::{Rapport, Rapportslag};

const ADRESS: &str = "http://utfall.test";
const NAMN: &str = "Personsson";

async fn rapporten(f: &Forsby) -> Rapport {
    let slag = Rapportslag::Ekonomirapport {
        ar: 2026,
        till_manad: 9,
        namnd: None,
    };
    let tjanst = &f.varld.tjanst;
    let skapa = SkapaSammanstallning { slag };
    let slug = tjanst.utfor(&f.ekonom, None, skapa).await.unwrap();
    let bok = f.bok().await;
    bok.rapporter
        .iter()
        .find(|r| r.slug == slug)
        .unwrap()
        .clone()
}

async fn orden(f: &Forsby, r: &Rapport) -> String {
    let tjanst = &f.varld.tjanst;
    let visning = tjanst.forhandsvisa_rapport(&f.ekonom, r.id, None, ADRESS);
    ord_av(&visning.await.unwrap().indata.dokument())
}

/// What the report should say of two projects that nobody has mapped, by the file's own lines.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_says_how_much_of_the_accounts_belongs_nowhere_and_from_which_files() {
    let f = Forsby::ny().await;
    let mut koppling = f.koppling().await;
    let utan = ["2603", "2608"];
    koppling
        .regler
        .retain(|r| !r.objekt.iter().any(|(_, p)| utan.contains(&p.as_str())));
    assert_eq!(koppling.regler.len(), PROJEKT.len() + 1 - utan.len());
    f.koppla(koppling).await.unwrap();
    let oktober = exempel("oktober");
    f.las_in(&oktober).await.unwrap();
    let facit = Facit::av(&oktober);
    let inom = |dag| dag < date(2026, 10, 1);
    let kostnad = |konto: u32| konto >= 4000;
    let kopplat = |p: &Option<String>| {
        let mitt = p.as_deref();
        PROJEKT
            .iter()
            .any(|(nr, _)| Some(*nr) == mitt && !utan.contains(nr))
    };
    let (mut alla, mut okopplat) = (0_i64, 0_i64);
    for r in facit
        .rader
        .iter()
        .filter(|r| inom(r.dag) && kostnad(r.konto))
    {
        alla += r.ore;
        if !kopplat(&r.projekt) {
            okopplat += r.ore;
        }
    }
    assert!(okopplat > 0 && okopplat < alla);
    let (v_alla, v_utan) = verifikationer(&oktober, &utan);
    let r = rapporten(&f).await;
    let html = orden(&f, &r).await;
    let (_, del) = html.split_once("Bokföringen bakom rapporten").unwrap();
    let kr = |ore: i64| format!("{} kr", Ore(ore)).replace('\u{a0}', " ");
    for ord in [
        format!("{v_utan} av {v_alla} verifikationer ("),
        kr(okopplat),
        kr(alla),
        "prov.se: inläst".to_owned(),
        "räkenskapsåret 1 januari 2026 till 31 december 2026".to_owned(),
        format!("{} verifikationer.", facit.verifikationer()),
        "Se vilka konton".to_owned(),
    ] {
        assert!(del.contains(&ord), "{ord}: {del}");
    }
    // Control: mapped, nothing is outside.
    f.koppla(f.koppling().await).await.unwrap();
    let html = orden(&f, &r).await;
    let (_, del) = html.split_once("Bokföringen bakom rapporten").unwrap();
    assert!(!del.contains(&kr(okopplat)), "{del}");
}

/// Vouchers through September, and those of them with a cost or income that the mapping without
/// these projects leaves out.
fn verifikationer(innehall: &[u8], utan: &[&str]) -> (usize, usize) {
    let text: String = innehall.iter().map(|b| char::from(*b)).collect();
    let (mut alla, mut med) = (0, BTreeSet::new());
    let mut inne = false;
    for rad in text.lines() {
        let ord: Vec<&str> = rad.split_whitespace().collect();
        if ord.first() == Some(&"#VER") {
            inne = ord[3] < "20261001";
            alla += usize::from(inne);
        }
        if ord.first() == Some(&"#TRANS") && inne {
            let konto: u32 = ord[1].parse().unwrap();
            let (fore, _) = rad.split_once('}').unwrap();
            let projekt = PROJEKT.iter().find(|(nr, _)| {
                fore.contains(&format!("6 {nr}")) || fore.contains(&format!("6 \"{nr}\""))
            });
            let kopplad = projekt.is_some_and(|(nr, _)| !utan.contains(nr));
            if konto >= 3000 && !kopplad {
                med.insert(alla);
            }
        }
    }
    (alla, med.len())
}

/// Kept texts are for two roles: a board's report of the same vouchers has none of them, in any
/// format, nor what would be frozen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_reads_no_words_of_a_voucher_in_its_report() {
    let f = Forsby::ny().await;
    let mut koppling = f.koppling().await;
    koppling.behall = Behall {
        text: true,
        signatur: true,
        dimensioner: [7].into(),
    };
    f.koppla(koppling).await.unwrap();
    f.las_in(&exempel("oktober")).await.unwrap();
    let tjanst = &f.varld.tjanst;
    // Control: the words are kept, and whoever may read them does.
    let urval = Verifikationsurval::default();
    let sida = tjanst
        .verifikationer(&f.ekonom, urval, (0, 2_000))
        .await
        .unwrap();
    let mut funnet = false;
    for rad in sida.rader {
        let Kalla::Fil(v) = rad.kalla else { continue };
        let (v, ..) = tjanst.verifikation(&f.ekonom, v.id).await.unwrap();
        funnet |= format!("{v:?}").contains(NAMN);
    }
    assert!(funnet, "kontroll: ekonomen läser texten");
    let r = rapporten(&f).await;
    for roll in [Roll::Styrelse, Roll::Ekonom] {
        let aktor = f.med(roll).await;
        let visning = tjanst
            .forhandsvisa_rapport(&aktor, r.id, None, ADRESS)
            .await;
        let indata = visning.unwrap().indata;
        let json = indata.json().unwrap();
        assert!(json.contains("prov.se") && !json.contains(NAMN), "{roll:?}");
        for (format, text) in [
            (Format::Html, html_text as fn(&[u8]) -> String),
            (Format::Docx, docx_text),
            (Format::Xlsx, xlsx_text),
        ] {
            let fil = utfall_dokument::Sattverk.satt(&indata.dokument(), format);
            let text = text(&fil.unwrap());
            assert!(text.contains("Bokföringen bakom rapporten"), "{text}");
            assert!(!text.contains(NAMN), "{roll:?} {format:?}");
        }
    }
    // Control: who may read no reports reads no draft either.
    let adm = f.med(Roll::Administrator).await;
    assert!(tjanst.bok(&adm, Atgard::LasaRapporter, None).await.is_err());
    assert!(
        tjanst
            .forhandsvisa_rapport(&adm, r.id, None, ADRESS)
            .await
            .is_err()
    );
}
