//! What is stated of results is the same wherever it stands, and an old report says that there
//! is a newer one.

use super::{Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::Roll;
use utfall_testkit::webb::bara_text;

/// What can be published under a name that begins so: `insats:3`.
async fn sak(b: &mut Webblasare, namn: &str) -> String {
    let html = b.hamta("/publicering").await.text;
    let (fore, _) = html.split_once(namn).unwrap();
    let (_, vad) = fore.rsplit_once("<option value=\"").unwrap();
    vad.split('"').next().unwrap().to_owned()
}

async fn publicera(b: &mut Webblasare, vad: &str) {
    let falt = [("vad", vad), ("per", "2022-02-02")];
    let svar = b.fyll_i("/publicering", "/publicering", &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
}

/// A part of a page by its heading's id, in words.
fn del(html: &str, id: &str) -> String {
    let (_, del) = html.split_once(&format!("id=\"{id}\"")).unwrap();
    bara_text(del.split("</section>").next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counted_jobs_stand_on_both_sides_of_sign_in_and_beside_the_money() {
    let varld = Varld::ny().await;
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let namn = "Lovjobb för unga som behöver det mest";
    let vad = sak(&mut chef, &format!("Insats: {namn}")).await;
    let html = chef.hamta("/insatser?ord=lovjobb").await.text;
    let slug = html.split("href=\"/insatser/").nth(1).unwrap();
    let slug = slug.split(['"', '?']).next().unwrap().to_owned();
    let inne = del(
        &chef.hamta(&format!("/insatser/{slug}")).await.text,
        "resultat",
    );
    let ingen = "Inga resultat är redovisade";
    let talen = ["Sportlov 30", "Sommarlov 70", "Höstlov 40"];
    for tal in talen {
        assert!(inne.contains(tal), "{tal}: {inne}");
    }
    assert!(
        !inne.contains(ingen) && inne.contains("bilaga 1, rad 201"),
        "{inne}"
    );

    // What is entered by hand stands in no paper, so the table speaks of none.
    assert!(inne.contains("Antal, som de är registrerade"), "{inne}");

    let mut alla = varld.webblasare();
    let fore = del(&alla.hamta("/uppsala/pengar").await.text, "resultat");
    assert!(!fore.contains("Sportlov"), "inte publicerat än: {fore}");
    publicera(&mut chef, &vad).await;
    let sida = alla.hamta(&format!("/uppsala/insatser/{slug}")).await.text;
    let ute = del(&sida, "resultat");
    for tal in talen {
        assert!(ute.contains(tal), "{tal}: {ute}");
    }
    assert!(
        !ute.contains(ingen) && ute.contains("bilaga 1, rad 201"),
        "{ute}"
    );
    let pengar = alla.hamta("/uppsala/pengar").await.text;
    let rad = del(&pengar, "resultat");
    assert!(
        rad.contains("Sportlov 30 , Sommarlov 70 , Höstlov 40"),
        "{rad}"
    );
    // Each leads to its derivation, which is the number on the page.
    let (_, resultat) = pengar.split_once("id=\"resultat\"").unwrap();
    let href = resultat
        .split("href=\"/uppsala/harledning/")
        .nth(1)
        .unwrap();
    let href = href.split('"').next().unwrap().replace("&#38;", "&");
    let svar = alla.hamta(&format!("/uppsala/harledning/{href}")).await;
    assert_eq!(svar.status, StatusCode::OK);
    assert!(bara_text(&svar.text).contains("Varför 30"), "{}", svar.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_count_from_no_public_paper_is_not_beside_the_money() {
    let varld = Varld::ny().await;
    let insats = varld.exempel["uppsala"].publika_insatser[0].clone();
    let mut alla = varld.webblasare();
    let text = del(&alla.hamta("/uppsala/pengar").await.text, "resultat");
    let sida = alla
        .hamta(&format!("/uppsala/insatser/{insats}"))
        .await
        .text;
    // The published one has stated none: said so in both places, and only there.
    assert!(del(&sida, "resultat").contains("Inga resultat är redovisade."));
    assert!(
        text.contains("Inga resultat är redovisade i offentliga papper."),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_report_tells_of_the_one_that_replaces_it_and_stays_where_it_is() {
    let varld = Varld::ny().await;
    let gammal = &varld.exempel["uppsala"].publika_rapporter[0];
    let gammal = format!("/uppsala/rapporter/{gammal}");
    let mut alla = varld.webblasare();
    let mening = "Det finns en senare rapport.";
    assert!(!alla.hamta(&gammal).await.text.contains(mening));

    varld.ga(jiff::SignedDuration::from_mins(9));
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let html = chef.hamta("/rapporter").await.text;
    let utkast = html
        .split("href=\"")
        .filter_map(|del| del.split('"').next())
        .find(|href| href.starts_with("/rapporter/"))
        .unwrap()
        .to_owned();
    let till = format!("{utkast}/utfarda");
    let svar = chef.fyll_i(&utkast, &till, &[("last", "ja")]).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let html = alla.hamta(&gammal).await.text;
    let text = bara_text(&html);
    assert!(text.contains(mening), "{text}");
    assert!(
        text.contains("kl. 10.09") || text.contains("10.09"),
        "{text}"
    );
    let ny = format!("/uppsala{utkast}");
    assert!(text.contains("Den är inte publicerad än.") && !html.contains(&ny));

    let vad = sak(&mut chef, "2022 kl.\u{a0}10.09").await;
    publicera(&mut chef, &vad).await;
    let html = alla.hamta(&gammal).await.text;
    assert!(
        html.contains(mening) && html.contains(&format!("href=\"{ny}\"")),
        "{html}"
    );
    let senare = alla.hamta(&ny).await;
    assert_eq!(senare.status, StatusCode::OK);
    assert!(!senare.text.contains(mening));
    let fil = alla.hamta(&format!("{gammal}/rapport.pdf")).await;
    assert_eq!(fil.status, StatusCode::OK);
}
