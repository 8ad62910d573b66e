//! Sums of which a part is missing: said wherever they stand, in the same words, and nowhere
//! else.

use super::rum::{lagg_upp, tom};
use super::{Varld, Webblasare};
use axum::http::StatusCode;
use utfall_app::Bok;
use utfall_app::publicering::Publicera;
use utfall_app::rapporter::SkapaRapport;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapport::kanonisk;
use utfall_domain::tid::{self, PerDag};

const BELOPP: &str = "680\u{a0}000";
const DEL: &str = "känd del 680\u{a0}000";
const OBESLUTAT: &str = "ej beslutat ingår inte";

/// Says of an initiative what it has used in a year: a number, or why there is none.
async fn anvant(b: &mut Webblasare, insats: &str, ar: &str, (belopp, lage): (&str, &str)) {
    let sida = format!("/insatser/{insats}/registrera");
    let falt = [
        ("slag", "anvant"),
        ("ar", ar),
        ("belopp", belopp),
        ("lage", lage),
        ("orsak", "Bokslutet"),
    ];
    b.spara(&sida, &sida, &falt).await;
}

/// Gives both initiatives money in the first year.
async fn fordela(b: &mut Webblasare) {
    let sida = "/medel/unga-framat/fordelning";
    let html = b.hamta(sida).await.text;
    let namn = html
        .split(" name=\"")
        .skip(1)
        .map(|del| del.split('"').next().unwrap());
    let celler: Vec<&str> = namn
        .filter(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .collect();
    assert_eq!(celler.len(), 2);
    let mut falt: Vec<(&str, &str)> = celler.iter().map(|namn| (*namn, "500 000")).collect();
    falt.extend([("steg", "spara"), ("orsak", "Beslut")]);
    falt.extend(crate::prov::BESLUT);
    let svar = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    // It is said on the page one comes back to, and not where nothing was just saved.
    let sparat = "Sparat: fördelningen av";
    assert!(b.hamta(svar.till()).await.text.contains(sparat));
    for annan in [sida.to_owned(), format!("{sida}?sparat=1")] {
        assert!(!b.hamta(&annan).await.text.contains(sparat), "{annan}");
    }
}

/// One grant of two years, of which the second is not decided, and two initiatives of it: one
/// has used 680 000, and of the other the use in the first year is what is given.
async fn bocker(varld: &Varld, andra: (&str, &str)) -> (Webblasare, Aktor) {
    let drift = tom(varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let ny = "/registrera/insats";
    let falt = [
        ("namn", "Vinterjobb"),
        ("bidrag", "unga-framat"),
        ("ansvarig", "Arbetsmarknadsnämnden"),
        ("start", "2026"),
    ];
    b.spara(ny, ny, &falt).await;
    fordela(&mut b).await;
    anvant(&mut b, "sommarjobb", "2026", ("680 000", "tal")).await;
    anvant(&mut b, "vinterjobb", "2026", andra).await;
    // A second year of the one, so that what it has used in all is a sum too.
    anvant(&mut b, "sommarjobb", "2027", andra).await;
    (b, drift)
}

fn chef(bok: &Bok, drift: &Aktor) -> Aktor {
    let mut alla = bok.anvandare.iter();
    let (id, _) = alla
        .find(|(_, namn)| **namn == *Roll::Forbundschef.namn())
        .unwrap();
    Aktor::ny(*id, drift.huvudman(), &[Roll::Forbundschef]).unwrap()
}

async fn publicera(varld: &Varld, drift: &Aktor) {
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(drift, Atgard::LasaMedel, None).await.unwrap();
    let per = PerDag(tid::dag(tjanst.klocka().nu()));
    let chef = chef(&bok, drift);
    let bidrag = bok.bidrag.iter().map(|b| Publicerat::Bidrag(b.id));
    let insatser = bok.insatser.iter().map(|i| Publicerat::Insats(i.id));
    for vad in bidrag.chain(insatser) {
        let kommentar = String::new();
        let akt = Publicera {
            vad,
            per,
            kommentar,
        };
        tjanst.utfor(&chef, None, akt).await.unwrap();
    }
}

/// The rows that are sums: of a grant's first year, and of one initiative in all its years.
/// Of the second year nothing is known, nor of the second initiative.
fn summor(html: &str) -> Vec<String> {
    html.split("<tr")
        .skip(1)
        .map(|rad| rad.split("</tr>").next().unwrap().to_owned())
        .filter(|rad| rad.contains("/anvant") && rad.contains("ej inrapporterat"))
        .filter(|rad| !rad.contains("Vinterjobb"))
        .filter(|rad| {
            let av_bidrag = rad.contains("/anvant?") && !rad.contains("ar=2027");
            av_bidrag || rad.starts_with(" class=\"") || !rad.contains("ar=202")
        })
        .collect()
}

/// Pages with a sum of what is used, and a file of each where there is one.
const SIDOR: [&str; 7] = [
    "/medel",
    "/medel/unga-framat?ar=2026",
    "/insatser",
    "/insatser/sommarjobb",
    "/tomby/pengar/unga-framat",
    "/tomby/insatser",
    "/tomby/insatser/sommarjobb",
];
const FILER: [&str; 4] = [
    "/medel/tabell.csv",
    "/medel/unga-framat/tabell.csv?ar=2026",
    "/insatser/tabell.csv",
    "/tomby/insatser/tabell.csv",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sum_with_a_missing_part_says_how_much_is_known_wherever_it_stands() {
    let varld = Varld::ny().await;
    let (mut b, drift) = bocker(&varld, ("", "ej-inrapporterat")).await;
    publicera(&varld, &drift).await;
    for sida in SIDOR {
        let html = b.hamta(sida).await.text;
        let summor = summor(&html);
        assert!(!summor.is_empty(), "{sida}: {html}");
        for rad in summor {
            assert!(rad.contains(DEL), "{sida}: {rad}");
        }
    }
    for fil in FILER {
        let csv = b.hamta(fil).await.text;
        assert!(
            csv.contains("680000;ej inrapporterat, känd del"),
            "{fil}: {csv}"
        );
    }
    // The figure by itself, what it has been, and the key figures of the start page.
    for sida in ["/harledning/anvant-insats", "/start"] {
        let html = b.hamta(sida).await.text;
        assert!(html.contains(DEL), "{sida}: {html}");
    }
    for (sida, text) in rapporten(&varld, &drift, &mut b).await {
        let i_dokument = format!("\"kand_del\":\"{BELOPP}\"");
        assert!(
            text.contains(DEL) || text.contains(&i_dokument),
            "{sida}: {text}"
        );
    }
}

/// The preview of a report, and the report itself.
async fn rapporten(varld: &Varld, drift: &Aktor, b: &mut Webblasare) -> Vec<(String, String)> {
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(drift, Atgard::LasaMedel, None).await.unwrap();
    let ny = SkapaRapport {
        bidrag: bok.bidrag[0].id,
        ar: 2026,
        mall: None,
    };
    let chef = chef(&bok, drift);
    let slug = tjanst.utfor(&chef, None, ny).await.unwrap();
    let bok = tjanst
        .bok(&chef, Atgard::LasaRapporter, None)
        .await
        .unwrap();
    let id = bok.rapporter.iter().find(|r| r.slug == slug).unwrap().id;
    let visning = tjanst
        .forhandsvisa_rapport(&chef, id, None, "https://utfall.example")
        .await
        .unwrap();
    let fil = kanonisk::json(&visning.indata.dokument()).unwrap();
    let sida = format!("/rapporter/{slug}");
    let html = b.hamta(&sida).await.text;
    vec![(sida, html), ("rapporten".to_owned(), fil)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sum_that_is_all_known_says_nothing_more() {
    let varld = Varld::ny().await;
    let (mut b, drift) = bocker(&varld, ("20 000", "tal")).await;
    publicera(&varld, &drift).await;
    for sida in SIDOR.into_iter().chain(FILER) {
        let text = b.hamta(sida).await.text;
        assert!(!text.contains("känd del"), "{sida}: {text}");
    }
    let html = b.hamta("/medel/unga-framat?ar=2026").await.text;
    assert!(
        html.contains("700\u{a0}000") && html.contains(BELOPP),
        "{html}"
    );
    for (sida, text) in rapporten(&varld, &drift, &mut b).await {
        assert!(
            !text.contains("känd del") && !text.contains("kand_del"),
            "{sida}: {text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sum_that_leaves_a_year_out_says_so_and_the_year_itself_does_not() {
    let varld = Varld::ny().await;
    let (mut b, drift) = bocker(&varld, ("20 000", "tal")).await;
    publicera(&varld, &drift).await;
    let alla = b.hamta("/harledning/tillgangligt").await.text;
    assert!(alla.contains(OBESLUTAT), "{alla}");
    let publikt = b.hamta("/tomby/pengar").await.text;
    assert!(publikt.contains(OBESLUTAT), "{publikt}");
    let ett = b.hamta("/harledning/tillgangligt?ar=2026").await.text;
    assert!(!ett.contains(OBESLUTAT), "{ett}");
}
