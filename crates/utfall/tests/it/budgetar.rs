//! Random budgets: the same sums in the books, on the page, in the file made of it, and in the
//! report's three formats.

use crate::rapport::{docx_text, html_text, pdf_text, xlsx_text};
use crate::stod::{slatt, slumpade};
use crate::webblasare::{Webblasare, bara_text};
use axum::http::StatusCode;
use proptest::prelude::{Strategy, any};
use serde_json::json;
use std::sync::Arc;
use utfall_app::Tjanst;
use utfall_app::demo::StalldKlocka;
use utfall_app::installation::{NyHuvudman, NyttKonto};
use utfall_app::rapporter::Bidragsrapport;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_dokument::Sattverk;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::Format;
use utfall_domain::tid::PerDag;
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;
use utfall_testkit::{Fro, Testdb, nu};
use utfall_web::{Installningar, Webb};

/// One initiative's year, in kronor, and whether the paper writes thousands.
#[derive(Clone, Copy, Debug)]
struct Rad {
    budget: i64,
    utfall: i64,
    tkr: bool,
}

fn rad() -> impl Strategy<Value = Rad> {
    (0_i64..3_000_000, 0_i64..3_000_000, any::<bool>()).prop_map(|(budget, utfall, tkr)| {
        let till = |tal: i64| if tkr { tal / 1000 * 1000 } else { tal };
        Rad {
            budget: till(budget),
            utfall: till(utfall),
            tkr,
        }
    })
}

fn skrivet(kr: i64, tkr: bool) -> String {
    if tkr {
        format!("{} tkr", kr / 1000)
    } else {
        format!("{kr} kr")
    }
}

/// `1 234 567`, with a plain minus.
pub(crate) fn grupperat(kr: i64) -> String {
    let siffror = kr.unsigned_abs().to_string();
    let grupper: Vec<&str> = siffror
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|g| std::str::from_utf8(g).unwrap())
        .collect();
    format!("{}{}", if kr < 0 { "-" } else { "" }, grupper.join(" "))
}

fn papper(slug: &str, rader: &[Rad]) -> serde_json::Value {
    let summa: i64 = rader.iter().map(|r| r.budget).sum();
    let insatser: Vec<_> = rader
        .iter()
        .enumerate()
        .map(|(nr, r)| {
            json!({
                "id": format!("i{nr}"),
                "namn": format!("Verksamhet {}", char::from(b'A' + u8::try_from(nr).unwrap())),
                "ansvariga": [if nr % 2 == 0 { "ena" } else { "andra" }],
                "bidrag": "stodet",
                "plats": "s. 1",
                "ekonomi": [{
                    "ar": 2021,
                    "budget": [{ "belopp": skrivet(r.budget, r.tkr), "plats": "s. 1" }],
                    "utfall": [{ "belopp": skrivet(r.utfall, r.tkr), "plats": "s. 1" }],
                }],
            })
        })
        .collect();
    json!({
        "format": "utfall-underlag/1",
        "dokument": {
            "titel": "Slumpad budget", "slag": "annat", "kalla": "Påhittat",
            "huvudman": { "slug": slug, "namn": "Provby", "slag": "kommun", "pahittat": true },
        },
        "organisationer": [
            { "id": "givaren", "namn": "Givaren", "slag": "myndighet" },
            { "id": "ena", "namn": "Ena nämnden", "slag": "namnd" },
            { "id": "andra", "namn": "Andra nämnden", "slag": "namnd" },
        ],
        "bidrag": [{
            "id": "stodet", "namn": "Stödet", "finansiar": "givaren", "plats": "s. 1",
            "ar": [{
                "ar": 2021, "status": "slutlig",
                "rekvirerat": [{ "belopp": format!("{summa} kr"), "plats": "s. 1" }],
            }],
        }],
        "insatser": insatser,
    })
}

pub(crate) struct Prov {
    pub(crate) tjanst: Tjanst,
    pub(crate) router: axum::Router,
    pub(crate) mall: NyttKonto,
    db: Testdb,
}

/// What the case compares with: plain arithmetic over the rows.
struct Facit {
    budget: i64,
    utfall: i64,
}

impl Prov {
    /// The world, and what its use cases run on.
    pub(crate) fn ny() -> (tokio::runtime::Runtime, Self) {
        let korning = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        // The books are opened within it.
        let inne = korning.enter();
        let db = Testdb::ny();
        let klocka = Arc::new(StalldKlocka::ny(nu()));
        let slump = Arc::new(Fro::ny(7));
        let tjanst = Tjanst::ny(db.oppna(), klocka, slump, Arc::new(Sattverk));
        let router = Webb::ny(tjanst.clone(), Installningar::default()).router();
        let mall = NyttKonto::ny(
            "mallen",
            "Prov",
            "en lång hemlig fras",
            &[5; 16],
            &[Roll::Ekonom],
        );
        let prov = Self {
            tjanst,
            router,
            mall: mall.unwrap(),
            db,
        };
        drop(inne);
        (korning, prov)
    }

    async fn en_budget(&self, nr: usize, rader: &[Rad]) {
        let slug = format!("provby-{nr}");
        let ny = NyHuvudman {
            slug: slug.clone(),
            namn: "Provby".into(),
            pahittad: true,
        };
        let drift = Aktor::drift(self.tjanst.skapa_huvudman(ny).await.unwrap());
        let konto = self
            .mall
            .som(&format!("ekonom.{nr}"), "Prov", &[Roll::Ekonom])
            .unwrap();
        self.tjanst.utfor(&drift, None, konto).await.unwrap();
        let innehall = serde_json::to_vec(&papper(&slug, rader)).unwrap();
        let fall = ImporteraUnderlag {
            underlag: las("budget", &innehall).unwrap_or_else(|p| panic!("{p:#?}")),
            innehall,
            offentligt: false,
        };
        self.tjanst.utfor(&drift, None, fall).await.unwrap();
        let facit = Facit {
            budget: rader.iter().map(|r| r.budget).sum(),
            utfall: rader.iter().map(|r| r.utfall).sum(),
        };
        let bok = self
            .tjanst
            .bok(&drift, Atgard::LasaMedel, None)
            .await
            .unwrap();
        let u = Urval::bidrag(bok.bidrag[0].id).ar(2021);
        let ore = |kr: i64| Varde::Kant(kr * 100);
        assert_eq!(
            bok.varde(Matt::Fordelat, &u),
            ore(facit.budget),
            "räkenskaperna"
        );
        assert_eq!(
            bok.varde(Matt::AnvantInsats, &u),
            ore(facit.utfall),
            "räkenskaperna"
        );
        self.pa_sidorna(nr, rader, &facit).await;
        self.i_rapporten(&drift, nr, rader, &facit).await;
    }

    async fn pa_sidorna(&self, nr: usize, rader: &[Rad], facit: &Facit) {
        let konto = format!("ekonom.{nr}");
        let mut b = Webblasare::inloggad(&self.router, &konto, "en lång hemlig fras").await;
        let svar = b.hamta("/medel/stodet").await;
        assert_eq!(svar.status, StatusCode::OK, "{}", svar.text);
        innehaller("sidan", &slatt(&bara_text(&svar.text)), rader, facit);
        let fil = b.hamta("/medel/stodet/tabell.csv").await;
        assert_eq!(fil.status, StatusCode::OK);
        i_filen(&fil.text, rader, facit);
    }

    async fn i_rapporten(&self, drift: &Aktor, nr: usize, rader: &[Rad], facit: &Facit) {
        // A PDF takes the longest to set, so every eighth budget has one.
        for format in [Format::Html, Format::Docx, Format::Pdf] {
            if format == Format::Pdf && !nr.is_multiple_of(8) {
                continue;
            }
            let fraga = Bidragsrapport {
                bidrag: "stodet".into(),
                ar: Some(2021),
                per: Some(PerDag("2026-11-20".parse().unwrap())),
                adress: "http://utfall.test".into(),
                format,
            };
            let (bytes, utfardad) = self.tjanst.bidragsrapport(drift, fraga).await.unwrap();
            assert!(!utfardad);
            let text = match format {
                Format::Html => html_text(&bytes),
                Format::Xlsx => xlsx_text(&bytes),
                Format::Docx => docx_text(&bytes),
                Format::Pdf => pdf_text(&bytes),
            };
            innehaller(&format!("{format:?}"), &text, rader, facit);
        }
    }
}

/// The file cell by cell: each initiative's row, the boards' sums and the closing one.
fn i_filen(text: &str, rader: &[Rad], facit: &Facit) {
    let text = text.strip_prefix('\u{feff}').expect("byteordningsmärke");
    let mut falt = text
        .split("\r\n")
        .map(|rad| rad.split(';').collect::<Vec<_>>());
    let huvud = falt.next().unwrap();
    let kolumn = |namn: &str| {
        let plats = huvud.iter().position(|k| *k == namn);
        plats.unwrap_or_else(|| panic!("{namn} saknas i {huvud:?}"))
    };
    let (slag, namn) = (kolumn("Rad"), kolumn("Insats"));
    let (budget, anvant) = (kolumn("Budget (kr)"), kolumn("Använt (kr)"));
    let kvar = kolumn("Kvar (kr)");
    let mut delsummor = 0_i64;
    let mut antal = 0;
    for rad in falt.filter(|rad| rad.len() > 1) {
        let tal = |plats: usize| rad[plats].parse::<i64>().unwrap();
        assert_eq!(tal(kvar), tal(budget) - tal(anvant), "{rad:?}");
        match rad[slag] {
            "rad" => {
                let nr = usize::from(rad[namn].as_bytes().last().unwrap() - b'A');
                let facit = (rader[nr].budget, rader[nr].utfall);
                assert_eq!((tal(budget), tal(anvant)), facit, "{rad:?}");
                antal += 1;
            }
            "delsumma" => delsummor += tal(budget),
            "summa" => {
                assert_eq!(
                    (tal(budget), tal(anvant)),
                    (facit.budget, facit.utfall),
                    "{rad:?}"
                );
                assert_eq!(delsummor, facit.budget);
            }
            annat => panic!("{annat}"),
        }
    }
    assert_eq!(antal, rader.len());
    assert!(
        text.contains("\r\nsumma;") || text.contains(";summa;"),
        "{text}"
    );
}

/// The sums, and every row's two amounts.
fn innehaller(var: &str, text: &str, rader: &[Rad], facit: &Facit) {
    for kr in [facit.budget, facit.utfall] {
        let summa = grupperat(kr);
        assert!(
            text.contains(&summa),
            "{var}: summan {summa} saknas i {text}"
        );
    }
    for r in rader {
        for kr in [r.budget, r.utfall] {
            assert!(text.contains(&grupperat(kr)), "{var}: {kr} saknas i {text}");
        }
    }
}

#[test]
fn sixty_four_random_budgets_have_one_sum_wherever_it_is_shown() {
    let (korning, prov) = Prov::ny();
    let budgetar = proptest::collection::vec(rad(), 1..12);
    slumpade(64, &budgetar, |nr, rader| {
        korning.block_on(prov.en_budget(nr, rader));
    });
    assert_eq!(prov.db.rader()["underlag"], 64);
    // Control: a sum that is a krona off is not found.
    let fel = std::panic::catch_unwind(|| {
        let facit = Facit {
            budget: 1_234_568,
            utfall: 5,
        };
        innehaller("kontroll", "1 234 567 5", &[], &facit);
    });
    assert!(fel.is_err());
}
