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
    let svar = b.fyll_i(&rapport, &rapport, &spara).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
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
    // Who only reads sees the reports and no forms.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let lista = styrelse.hamta("/rapporter").await.text;
    assert!(
        lista.contains("Ekonomi") || lista.contains("Not om insatser 2026"),
        "{lista}"
    );
    assert!(!lista.contains("Skriv ekonomirapporten"), "{lista}");
    let sida = styrelse.hamta("/uppfoljning").await.text;
    assert!(!sida.contains("Skriv ekonomirapporten"), "{sida}");
}
