//! What is kept about a person, for the person: all of it, told of in the journal, and to nobody
//! else.

use super::Varld;
use super::deltagare::{NUMMER, ge_uppdrag, registrera};
use axum::http::StatusCode;
use axum::http::header::CONTENT_DISPOSITION;
use utfall_behorighet::Roll;

/// R344: the register extract, as data and as a document.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_person_gets_all_that_is_kept_as_data_and_as_a_document() {
    let varld = Varld::ny().await;
    let insats = ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut delt, NUMMER, "Test Testsson").await;
    let fil = format!("{sida}/utdrag/utdrag.json");
    let svar = delt.hamta(&fil).await;
    assert_eq!(svar.status, StatusCode::OK, "{}", svar.text);
    let namn = svar
        .huvuden
        .get(CONTENT_DISPOSITION)
        .unwrap()
        .to_str()
        .unwrap();
    assert!(!namn.contains("850709") && !namn.contains("Test"), "{namn}");
    let json: serde_json::Value = serde_json::from_str(&svar.text).unwrap();
    assert_eq!(json["format"], "utfall-registerutdrag/1");
    let text = json.to_string();
    for ord in [
        "Test Testsson",
        "19850709-9805",
        insats.as_str(),
        "försörjningsstöd 50",
        "lång tid med ekonomiskt bistånd",
        "tolk",
        "\"steg\":\"borja\"",
    ] {
        assert!(text.contains(ord), "{ord}: {text}");
    }
    for andelse in ["pdf", "docx", "html", "xlsx"] {
        let svar = delt.hamta(&format!("{sida}/utdrag/utdrag.{andelse}")).await;
        assert_eq!(svar.status, StatusCode::OK, "{andelse}");
    }
    let svar = delt.hamta(&format!("{sida}/utdrag/utdrag.exe")).await;
    assert_eq!(svar.status, StatusCode::NOT_FOUND);

    // Told of, and nobody else's.
    let mut logg = varld.inloggad("uppsala", Roll::Loggkontrollant).await;
    let html = logg.hamta("/loggkontroll").await.text;
    assert_eq!(html.matches(">utdrag<").count(), 5, "{html}");
    let mut annan = varld.inloggad("ragunda", Roll::Deltagaransvarig).await;
    assert_eq!(annan.hamta(&fil).await.status, StatusCode::NOT_FOUND);
    for roll in [Roll::Ekonom, Roll::Loggkontrollant, Roll::Gallringsansvarig] {
        let mut b = varld.inloggad("uppsala", roll).await;
        assert_eq!(b.hamta(&fil).await.status, StatusCode::FORBIDDEN, "{roll}");
    }
}
