//! What happens after a finding: the paper is replaced, or the fact corrected in the books.

use super::{Varld, dolda};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_behorighet::Roll;
use utfall_testkit::webb::{Svar, Webblasare};

const SIDA: &str = "/underlag/importera";
const UPPSALA: &str = include_str!("../../../../exempel/uppsala.json");

fn hex(text: &str) -> String {
    text.bytes().map(|b| format!("{b:02x}")).collect()
}

/// Uppsala's paper with one requisition instead of two.
fn rattat() -> String {
    let nytt = UPPSALA.replace("8 052 000 kr", "8 005 000 kr");
    assert_ne!(nytt, UPPSALA);
    nytt
}

/// Shows a paper as if its file had been chosen.
async fn visa(b: &mut Webblasare, papper: &str) -> Svar {
    let falt = [("papper", &*hex(papper)), ("stam", "uppsala"), ("text", "")];
    b.fyll_i(SIDA, SIDA, &falt).await
}

/// Says yes to what was shown.
async fn ersatt(b: &mut Webblasare, visning: &str, orsak: &str) -> Svar {
    let mut falt = dolda(visning, SIDA);
    falt.push(("orsak".to_owned(), orsak.to_owned()));
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    b.posta(SIDA, &falt).await
}

/// The first finding's page whose row in the list has this text.
fn fyndets_sida(lista: &str, text: &str) -> String {
    let rad = lista
        .split("<li id=\"fynd-")
        .find(|li| li.contains(text))
        .unwrap_or_else(|| panic!("{text}: {lista}"));
    let (_, efter) = rad.split_once("href=\"/granskning/").unwrap();
    format!("/granskning/{}", efter.split('"').next().unwrap())
}

const OLIKA: &str = "anges olika";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_corrected_paper_replaces_the_earlier_one_and_its_finding_goes() {
    let varld = Varld::ny().await;
    varld.ga(SignedDuration::from_hours(24));
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let fore = b.hamta("/granskning").await.text;
    assert!(fore.contains(OLIKA), "{fore}");
    let gammalt_fynd = fyndets_sida(&fore, OLIKA);

    let visning = visa(&mut b, &rattat()).await;
    assert_eq!(visning.status, StatusCode::OK, "{}", visning.text);
    for text in [
        "Ersätt den tidigare versionen",
        "8\u{a0}052\u{a0}000\u{a0}kr",
        "8\u{a0}005\u{a0}000\u{a0}kr",
        "Ändras",
        "Ett fynd finns inte i den nya versionen: Samma uppgift, olika belopp (Skillnad 47",
    ] {
        assert!(visning.text.contains(text), "{text}: {}", visning.text);
    }
    assert!(!visning.text.contains("Spara underlaget"));
    // Nothing is saved before the yes.
    assert!(b.hamta("/granskning").await.text.contains(OLIKA));

    let utan_skal = ersatt(&mut b, &visning.text, "").await;
    assert_eq!(utan_skal.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(utan_skal.text.contains("<title>Fel: "));
    assert!(utan_skal.text.contains("Papperet ersattes inte"));
    let svar = ersatt(&mut b, &utan_skal.text, "Nämnden rättade bilagan").await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert_eq!(svar.till(), "/underlag/uppsala");

    let efter = b.hamta("/granskning").await.text;
    assert!(!efter.contains(OLIKA), "{efter}");
    // As of the day before it is there, and so is the figure.
    let igar = b.hamta("/granskning?per=2022-02-02").await.text;
    assert!(igar.contains(OLIKA), "{igar}");
    let slug = &varld.exempel["uppsala"].bidrag[0];
    let nu = b.hamta(&format!("/medel/{slug}?ar=2021")).await.text;
    let da = b
        .hamta(&format!("/medel/{slug}?ar=2021&per=2022-02-02"))
        .await
        .text;
    assert!(da.contains("8\u{a0}052\u{a0}000"), "{da}");
    assert!(!nu.contains("8\u{a0}052\u{a0}000"), "{nu}");

    let ny = b.hamta("/underlag/uppsala").await.text;
    assert!(ny.contains("ersätter en tidigare version"), "{ny}");
    assert!(ny.contains("Nämnden rättade bilagan"), "{ny}");
    let gammal = b.hamta("/underlag/uppsala?version=1").await;
    assert_eq!(gammal.status, StatusCode::OK);
    assert!(gammal.text.contains("har ersatts av en ny version"));
    assert!(gammal.text.contains("Papperet är ersatt"));
    let fynd = b.hamta(&gammalt_fynd).await.text;
    assert!(fynd.contains("Papperet är ersatt"), "{fynd}");
    assert_eq!(
        b.hamta("/underlag/uppsala?version=3").await.status,
        StatusCode::NOT_FOUND
    );
    let lista = b.hamta("/underlag").await.text;
    assert!(lista.contains("uppsala.json, version 2"), "{lista}");
    let mut revisor = varld.inloggad("uppsala", Roll::Revisor).await;
    let journal = revisor.hamta("/journal").await.text;
    assert!(journal.contains("ersattes av en ny version"), "{journal}");
    // The same file once more is refused in words.
    let igen = visa(&mut b, &rattat()).await;
    assert_eq!(igen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(igen.text.contains("Just den här versionen lästes in"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_is_corrected_in_the_books_from_its_own_page() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let sida = fyndets_sida(&b.hamta("/granskning").await.text, OLIKA);
    let fynd = b.hamta(&sida).await.text;
    assert!(fynd.contains("Vad det kan bero på"), "{fynd}");
    assert!(fynd.contains("ersätt den tidigare"), "{fynd}");
    let ratta = fynd
        .split("href=\"")
        .map(|del| del.split('"').next().unwrap())
        .find(|href| href.starts_with("/fakta/"))
        .unwrap_or_else(|| panic!("ingen rättelse: {fynd}"))
        .to_owned();
    // An error is not explained away, and the refusal says what to do instead.
    let csrf = b.csrf(&sida).await;
    let falt = [
        ("csrf", &*csrf),
        ("idempotens", "0123456789abcdef0123"),
        ("motivering", "Det är bara så"),
    ];
    let nej = b.posta(&sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nej.text);
    for text in ["ersätt den tidigare", "rätta uppgiften i böckerna"] {
        assert!(nej.text.contains(text), "{text}: {}", nej.text);
    }
    let start = b.hamta("/start").await.text;
    let falt = [("belopp", "8 005 000"), ("orsak", "Enligt rekvisitionen")];
    b.spara(&ratta, &ratta, &falt).await;
    let fynd = b.hamta(&sida).await.text;
    assert!(fynd.contains("Rättat i böckerna"), "{fynd}");
    assert!(fynd.contains("Enligt rekvisitionen"), "{fynd}");
    assert!(
        !fynd.contains("href=\"/fakta/"),
        "det finns inget kvar att rätta"
    );
    let lista = b.hamta("/granskning").await.text;
    assert!(lista.contains("Rättat i böckerna"), "{lista}");
    assert_ne!(start, b.hamta("/start").await.text);
    assert!(!b.hamta("/start").await.text.contains(OLIKA));
    // The paper's own page still says what the paper says.
    let papper = b.hamta("/underlag/uppsala").await.text;
    assert!(papper.contains(OLIKA), "{papper}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_with_wrong_rows_says_so_in_the_title() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let hel = visa(&mut b, &UPPSALA.replace("Lovjobb", "Sommarjobb")).await;
    assert!(!hel.text.contains("<title>Fel: "), "{}", hel.text);
    let trasig = visa(&mut b, &UPPSALA.replace("8 052 000 kr", "8 052 000 tkkr")).await;
    assert_eq!(trasig.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(trasig.text.contains("<title>Fel: "), "{}", trasig.text);
    assert!(trasig.text.contains("Papperet går inte att läsa in"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replaced_paper_shows_which_texts_follow_and_which_are_kept() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let sida = "/insatser/socialarbetare-mellanstadiet";
    let andra = format!("{sida}/andra");
    let formular = b.hamta(&andra).await.text;
    let mut falt = dolda(&formular, &andra);
    for (namn, text) in [("beskrivning", "Min egen text"), ("lage", "okand")] {
        falt.push((namn.to_owned(), text.to_owned()));
    }
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    let svar = b.posta(&andra, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);

    let mut nytt: serde_json::Value = serde_json::from_str(UPPSALA).unwrap();
    nytt["insatser"][0]["beskrivning"] = "Papperets nya text".into();
    nytt["insatser"][0]["tjanster"][0]["antal"] = serde_json::Value::Null;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let visning = visa(&mut b, &nytt.to_string()).await.text;
    for text in [
        "Tjänster, ”Socialarbetare i skolan",
        "följer med den nya versionen",
        "Min egen text",
        "Papperets nya text",
        "behålls som i registret",
    ] {
        assert!(visning.contains(text), "{text}: {visning}");
    }
    ersatt(&mut b, &visning, "Nämnden rättade").await;
    let efter = b.hamta(sida).await.text;
    assert!(efter.contains("Min egen text"), "{efter}");
    // A number of positions that the paper does not state has the sign for unknown.
    let (_, tabell) = efter.split_once("id=\"tjanster-t\"").unwrap();
    let rad = tabell.split("</tr>").nth(1).unwrap();
    assert!(rad.contains("Socialarbetare") && rad.contains('–'), "{rad}");
}

/// The printed sum is wrong and the rows are right: nothing in the books is to be changed, and
/// somebody says that what was granted is what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_whose_right_amount_is_in_the_books_is_settled_by_confirming_it() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let lista = b.hamta("/granskning").await.text;
    let sida = fyndets_sida(&lista, "summan anges till 2\u{a0}050\u{a0}000");
    let fynd = b.hamta(&sida).await.text;
    let (_, lank) = fynd
        .split_once(">Tilldelat, ")
        .unwrap_or_else(|| panic!("{fynd}"));
    assert!(lank.contains("2026"), "{fynd}");
    let (fore, _) = fynd.split_once(">Tilldelat, ").unwrap();
    let (_, ratta) = fore.rsplit_once("href=\"").unwrap();
    let ratta = ratta.split('"').next().unwrap().to_owned();
    let mut bekrafta = async |tal: &str| {
        let formular = b.hamta(&ratta).await.text;
        let mut falt = dolda(&formular, &ratta);
        falt.push(("belopp".to_owned(), tal.to_owned()));
        falt.push(("orsak".to_owned(), "Enligt beslutet".to_owned()));
        let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
        let svar = b.posta(&ratta, &falt).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
        b.hamta(&sida).await.text
    };
    let efter = bekrafta("2 000 000").await;
    assert!(efter.contains("Rättat i böckerna"), "{efter}");
    assert!(efter.contains("Enligt beslutet"), "{efter}");
}
