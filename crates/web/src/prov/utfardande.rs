//! What is typed in a report is what is issued, and nothing typed is lost.

use super::{Varld, Webblasare, dolda};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const SKRIVET: &str = "Skrivet utan att spara.\n- en punkt till";

/// The address of Uppsala's draft.
async fn utkast(b: &mut Webblasare) -> String {
    let html = b.hamta("/rapporter").await.text;
    html.split("href=\"")
        .filter_map(|del| del.split('"').next())
        .find(|href| href.starts_with("/rapporter/"))
        .unwrap()
        .to_owned()
}

/// What a chapter's field holds.
fn falt(html: &str, namn: &str) -> String {
    let (_, del) = html.split_once(&format!(" id=\"{namn}\"")).unwrap();
    let (_, del) = del.split_once('>').unwrap();
    del.split("</textarea>").next().unwrap().trim().to_owned()
}

/// The hidden fields of a page that was opened a while ago, with these.
fn med<'a>(
    dolda: &'a [(String, String)],
    falt: &[(&'static str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let dolda = dolda.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    dolda.chain(falt.iter().copied()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_in_the_fields_is_what_is_issued() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let sida = utkast(&mut b).await;
    let till = format!("{sida}/utfarda");
    // The button sends the form that the fields stand in, so it works without scripts.
    let html = b.hamta(&sida).await.text;
    let (fore, _) = html.split_once(&format!("formaction=\"{till}\"")).unwrap();
    let formular = &fore[fore.rfind("<form").unwrap()..];
    assert!(formular.contains(" id=\"slutsatser\"") && !formular.contains("</form>"));
    b.spara(&sida, &till, &[("slutsatser", SKRIVET), ("last", "ja")])
        .await;
    let html = b.hamta(&sida).await.text;
    assert!(html.contains("Rapporten är utfärdad och ändras inte"));
    assert!(html.contains("Skrivet utan att spara."), "{html}");
    let fil = b.hamta(&format!("{sida}/rapport.html")).await.text;
    assert!(fil.contains("Skrivet utan att spara."), "{fil}");
    // A line that begins with a dash is a point of a list, and not the end of a sentence.
    assert!(
        fil.contains("\"text\":\"en punkt till\"") && !fil.contains("- en punkt"),
        "{fil}"
    );
    // One act: saved with the issuing, by the same entry.
    let journal = b.hamta("/journal").await.text;
    let sparat = "Texterna sparades samtidigt.";
    assert_eq!(journal.matches(sparat).count(), 1, "{journal}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_issued_as_saved_is_not_saved_again() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let sida = utkast(&mut b).await;
    b.spara(&sida, &sida, &[("slutsatser", "Sparat först.")])
        .await;
    // Line breaks come from a browser as two characters, and are no change.
    let falt = [("slutsatser", "Sparat först."), ("last", "ja")];
    b.spara(&sida, &format!("{sida}/utfarda"), &falt).await;
    let journal = b.hamta("/journal").await.text;
    assert!(!journal.contains("Texterna sparades samtidigt."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_issue_keeps_what_was_typed_in_its_fields() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let sida = utkast(&mut b).await;
    let till = format!("{sida}/utfarda");
    let fore = falt(&b.hamta(&sida).await.text, "bakgrund");
    let svar = b.fyll_i(&sida, &till, &[("slutsatser", SKRIVET)]).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.text.contains("Rapporten utfärdades inte"));
    assert_eq!(falt(&svar.text, "slutsatser"), SKRIVET);
    assert_eq!(falt(&svar.text, "bakgrund"), fore);
    // Nothing was saved, and a chapter that is too long stops it at its field.
    assert_eq!(falt(&b.hamta(&sida).await.text, "slutsatser"), "");
    let lang = "ord ".repeat(6_000);
    let falten = [("slutsatser", SKRIVET), ("bakgrund", &lang), ("last", "ja")];
    let svar = b.fyll_i(&sida, &till, &falten).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(falt(&svar.text, "slutsatser"), SKRIVET);
    assert_eq!(falt(&svar.text, "bakgrund"), lang.trim());
    assert!(svar.text.contains("href=\"#bakgrund\""));
    let (_, last) = svar.text.split_once("<input type=\"checkbox\"").unwrap();
    assert!(last.split('>').next().unwrap().contains("checked"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_saved_meanwhile_is_neither_issued_over_nor_lost() {
    let varld = Varld::ny().await;
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let sida = utkast(&mut chef).await;
    let till = format!("{sida}/utfarda");
    let oppen = dolda(&chef.hamta(&sida).await.text, &till);
    ekonom
        .spara(&sida, &sida, &[("slutsatser", "Ekonomens ord.")])
        .await;
    // With the findings unread too: the page must not take the other's version for its own.
    for last in ["", "ja"] {
        let falt = [("slutsatser", SKRIVET), ("last", last)];
        let svar = chef.posta(&till, &med(&oppen, &falt)).await;
        assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
        assert!(svar.text.contains("Ekonomens ord."), "{}", svar.text);
        assert!(svar.text.contains("Skrivet utan att spara."));
    }
    assert!(chef.hamta(&sida).await.text.contains("Spara utkastet"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_in_a_report_that_another_issued_is_shown_to_be_copied() {
    let varld = Varld::ny().await;
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let sida = utkast(&mut chef).await;
    let oppen = dolda(&ekonom.hamta(&sida).await.text, &sida);
    chef.spara(&sida, &format!("{sida}/utfarda"), &[("last", "ja")])
        .await;
    let falt = [("slutsatser", SKRIVET)];
    let svar = ekonom.posta(&sida, &med(&oppen, &falt)).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    let (_, del) = svar.text.split_once("id=\"osparat\"").unwrap();
    let del = del.split("</section>").next().unwrap();
    assert!(del.contains(SKRIVET), "{del}");
    // It is told apart from what was issued.
    assert_eq!(svar.text.matches("Skrivet utan att spara.").count(), 1);
}
