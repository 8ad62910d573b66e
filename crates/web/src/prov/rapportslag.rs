//! Reports of many grants through the front door: one press from where the figures are followed.

use super::uppfoljning::{bokfor, med_budget};
use super::{Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

/// The selected option of the field with this name.
fn valt(html: &str, namn: &str) -> String {
    let (_, efter) = html.split_once(&format!("name=\"{namn}\"")).unwrap();
    let (falt, _) = efter.split_once("</select>").unwrap();
    let vald = falt
        .split("<option ")
        .find(|o| o.contains(" selected"))
        .unwrap_or_else(|| panic!("{namn}: inget valt"));
    let (_, vald) = vald.split_once("value=\"").unwrap();
    vald.split_once('"').unwrap().0.to_owned()
}

async fn skapad(b: &mut Webblasare, fran: &str, falt: &[(&str, &str)]) -> String {
    let svar = b.fyll_i(fran, "/rapporter", falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    svar.till().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_press_on_the_follow_up_page_makes_the_boards_report() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    for manad in 1..=4 {
        bokfor(&varld, &ekonom, manad, 10_000).await;
    }
    const SIDA: &str = "/uppfoljning?ar=2026&manad=4";
    let sida = b.hamta(SIDA).await;
    assert!(
        sida.text.contains("Skriv ekonomirapporten"),
        "{}",
        sida.text
    );
    let rapport = skapad(&mut b, SIDA, &[("slag", "ekonomirapport")]).await;
    assert_eq!(rapport, "/rapporter/ekonomirapport-2026-04");
    let text = b.hamta(&rapport).await.text;
    for ord in [
        "Ekonomirapport 2026 till och med april",
        "Det viktigaste",
        "Varför det blev så",
    ] {
        assert!(text.contains(ord), "{ord}: {text}");
    }
    // What is typed is saved and stands in every file.
    let spara = [("sammanfattning", "Vi håller budgeten."), ("version", "1")];
    b.spara(&rapport, &rapport, &spara).await;
    let html = b.hamta(&format!("{rapport}/utkast.html")).await.text;
    for ord in ["Vi håller budgeten.", "40\u{a0}000", "april"] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    for fil in ["utkast.pdf", "utkast.docx", "utkast.xlsx"] {
        let svar = b.hamta(&format!("{rapport}/{fil}")).await;
        assert_eq!(svar.status, StatusCode::OK, "{fil}");
    }
    // A second one of the same month is another report.
    let igen = skapad(&mut b, SIDA, &[("slag", "ekonomirapport")]).await;
    assert_eq!(igen, "/rapporter/ekonomirapport-2026-04-2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_offers_every_kind_with_the_likely_chosen_and_only_to_those_who_write() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    bokfor(&varld, &ekonom, 3, 10_000).await;
    let lista = b.hamta("/rapporter").await.text;
    assert_eq!(valt(&lista, "till"), "2026-03");
    assert_eq!(valt(&lista, "memoar"), "2027");
    assert_eq!(valt(&lista, "notar"), "2026");
    let memo = [("slag", "fordelningsmemo"), ("memoar", "2027")];
    let memo = skapad(&mut b, "/rapporter", &memo).await;
    assert_eq!(memo, "/rapporter/fordelning-2027");
    let text = b.hamta(&memo).await.text;
    assert!(text.contains("Förslag till beslut") && text.contains("står det annars saknas"));
    let not = skapad(
        &mut b,
        "/rapporter",
        &[("slag", "insatsnot"), ("notar", "2026")],
    )
    .await;
    assert_eq!(not, "/rapporter/insatsnot-2026");
    // What no report can be about is refused in words.
    let ond = [("slag", "ekonomirapport"), ("till", "2026-13")];
    let svar = b.fyll_i("/rapporter", "/rapporter", &ond).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.text.contains("Månad 13 finns inte."), "{}", svar.text);
    let okand = [("slag", "ekonomirapport"), ("namnd", "99999")];
    let svar = b.fyll_i("/rapporter", "/rapporter", &okand).await;
    assert_eq!(svar.status, StatusCode::NOT_FOUND);
    // Who only reads sees no drafts and no forms.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let lista = styrelse.hamta("/rapporter").await.text;
    assert!(!lista.contains("Not om insatser 2026"), "{lista}");
    assert!(!lista.contains("Skriv ekonomirapporten"), "{lista}");
    let sida = styrelse.hamta("/uppfoljning").await.text;
    assert!(!sida.contains("Skriv ekonomirapporten"), "{sida}");
}

/// A large deviation stops the issuing, with the way to explain it on the draft's own page; what is
/// issued is public first when somebody publishes it, and then with its files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_explained_issued_and_published_and_nothing_is_public_before() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    for manad in 1..=4 {
        bokfor(&varld, &ekonom, manad, 10_000).await;
    }
    const SIDA: &str = "/uppfoljning?ar=2026&manad=4";
    let rapport = skapad(&mut b, SIDA, &[("slag", "ekonomirapport")]).await;
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let text = chef.hamta(&rapport).await.text;
    let forklara = "/uppfoljning/insatser/sommarjobb?ar=2026&#38;manad=4&#38;\
                    rapport=ekonomirapport-2026-04#kommentar";
    for ord in [
        "Gör det här innan rapporten utfärdas",
        "Sommarjobb",
        forklara,
    ] {
        assert!(text.contains(ord), "{ord}: {text}");
    }
    let utfarda = format!("{rapport}/utfarda");
    let skrivet = [("sammanfattning", "Vi kom igång sent."), ("version", "1")];
    let nej = chef.fyll_i(&rapport, &utfarda, &skrivet).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "inte förklarad",
        "Sommarjobb",
        "Vi kom igång sent.",
        forklara,
    ] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let kommentar = "/uppfoljning/insatser/sommarjobb/kommentar";
    let falt = [
        ("avvikelseorsak", "rekrytering"),
        ("ord", "Två tjänster var tomma till mars."),
    ];
    // Asked for in a report, the words lead back to it; a report that is not there is no way.
    let insats = "/uppfoljning/insatser/sommarjobb?ar=2026&manad=4";
    let fel = format!("{insats}&rapport=ingen");
    let tom = [("avvikelseorsak", ""), ("ord", "")];
    let sida = b.hamta(&fel).await.text;
    assert!(!sida.contains("name=\"rapport\""), "{sida}");
    let insats = format!("{insats}&rapport=ekonomirapport-2026-04");
    let nej = b.fyll_i(&insats, kommentar, &tom).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains("name=\"rapport\""), "{}", nej.text);
    let svar = b.fyll_i(&insats, kommentar, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert_eq!(svar.till(), format!("{rapport}#hinder"));
    chef.spara(&rapport, &utfarda, &skrivet).await;
    // Issued is not public.
    let mut alla = varld.webblasare();
    let oppen = "/tomby/rapporter/ekonomirapport-2026-04";
    assert_eq!(alla.hamta(oppen).await.status, StatusCode::NOT_FOUND);
    let id = chef.hamta("/publicering").await.text;
    let (_, id) = id.split_once("value=\"rapport:").unwrap();
    let vad = format!("rapport:{}", id.split_once('"').unwrap().0);
    let publicera = [
        ("vad", vad.as_str()),
        ("per", "2022-02-02"),
        ("kommentar", ""),
    ];
    chef.spara("/publicering", "/publicering", &publicera).await;
    let sida = alla.hamta("/tomby/pengar").await.text;
    assert!(
        sida.contains(oppen) && sida.contains("Ekonomirapport, utfärdad"),
        "{sida}"
    );
    assert_eq!(alla.hamta(oppen).await.status, StatusCode::OK);
    for fil in ["rapport.pdf", "rapport.docx", "rapport.xlsx"] {
        let svar = alla.hamta(&format!("{oppen}/{fil}")).await;
        assert_eq!(svar.status, StatusCode::OK, "{fil}");
    }
    // A printed figure explains itself to anybody, but not the rows of what is for those inside.
    let html = alla.hamta(oppen).await.text;
    let lank = html
        .split("href=\"")
        .find(|l| l.contains("/harledning/"))
        .unwrap();
    let lank = lank.split('"').next().unwrap().replace("&#38;", "&");
    assert_eq!(alla.hamta(&lank).await.status, StatusCode::OK, "{lank}");
}

/// One press on the requisition's page makes its paper, which is found there afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_press_on_a_requisition_makes_its_paper() {
    let varld = Varld::ny().await;
    let (mut b, _) = med_budget(&varld).await;
    let ny = "/rekvisitioner/ny";
    let falt = [
        ("riktning", "till-finansiar"),
        ("bidrag", "unga-framat"),
        ("fran", "2026-01-01"),
        ("till", "2026-06-30"),
        ("belopp", "100 000"),
    ];
    let svar = b.fyll_i(ny, ny, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let sida = svar.till().to_owned();
    let sak = sida.rsplit('/').next().unwrap().to_owned();
    let text = b.hamta(&sida).await.text;
    assert!(text.contains("Skriv rekvisitionshandlingen"), "{text}");
    let skapa = [("slag", "rekvisition"), ("rekvisition", sak.as_str())];
    let rapport = skapad(&mut b, &sida, &skapa).await;
    assert_eq!(rapport, format!("/rapporter/rekvisition-{sak}"));
    let text = b.hamta(&rapport).await.text;
    for ord in ["Rekvisitionen är inte skickad", "Till rekvisitionen", &sida] {
        assert!(text.contains(ord), "{ord}: {text}");
    }
    let text = b.hamta(&sida).await.text;
    assert!(
        text.contains("Handlingar") && text.contains(&rapport),
        "{text}"
    );
    // A board reads the requisition and makes no papers.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let text = styrelse.hamta(&sida).await.text;
    assert!(!text.contains("Skriv rekvisitionshandlingen"), "{text}");
    let okand = [("slag", "rekvisition"), ("rekvisition", "99999")];
    let svar = b.fyll_i(&sida, "/rapporter", &okand).await;
    assert_eq!(svar.status, StatusCode::NOT_FOUND);
}
