//! The rules: made of what is called alike with one press, and a change of one says all that it
//! would count again.

use super::{Varld, Webblasare, dolda, exempel, klar, las_in, regel, skicka, vald};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

/// One press makes a rule for each project that is called as an initiative is, after what it
/// does has been seen; the others are left, and the press is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_called_as_an_initiative_is_mapped_with_one_press() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    las_in(&mut b, "oktober", "Forsby kommun (påhittad)").await;
    let koppling = "/bokforing/koppling";
    let sida = b.hamta(koppling).await.text;
    assert!(
        sida.contains("Koppla efter namn") && sida.contains("saker utan plats heter som var sin"),
        "{sida}"
    );
    let (_, formular) = sida.split_once("id=\"efter-namn\"").unwrap();
    let mut falt = dolda(formular, koppling);
    assert!(falt.contains(&("vad".into(), "forslag".into())), "{falt:?}");
    let skicka = async |b: &mut Webblasare, falt: &[(String, String)]| {
        let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        b.posta(koppling, &falt).await
    };
    let prov = skicka(&mut b, &falt).await;
    assert_eq!(prov.status, StatusCode::OK, "{}", prov.text);
    assert!(prov.text.contains("Inget är sparat än."), "{}", prov.text);
    assert!(
        b.hamta(koppling)
            .await
            .text
            .contains("Det finns inga regler än.")
    );
    falt = dolda(&prov.text, koppling);
    falt.push(("orsak".into(), "Projekten heter som insatserna".into()));
    let svar = skicka(&mut b, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let efter = b.hamta(koppling).await.text;
    assert!(
        efter.contains("8. Projekt 26") && !efter.contains("9. Projekt"),
        "{efter}"
    );
    assert!(!efter.contains("Koppla efter namn"), "{efter}");
    assert!(
        efter.contains("Projekt 2603 Coach på komvux"),
        "resten står kvar"
    );
}

/// A rule holds all years that it does not leave out: a change of it says which earlier years it
/// counts again, and how to let them be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_counts_an_earlier_year_again_says_which() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    las_in(&mut b, "oktober", "Forsby kommun (påhittad)").await;
    let sida = b.hamta("/bokforing/koppling").await.text;
    let (sommar, jobbet) = (
        vald(&sida, "Sommarjobb för alla"),
        vald(&sida, "Första jobbet"),
    );
    let falt = [("objekt", "6:2601"), ("insats", sommar.as_str())];
    let sparad = regel(&mut b, &falt).await;
    assert_eq!(sparad.status, StatusCode::SEE_OTHER, "{}", sparad.text);
    // A checksum of the other year would be wrong.
    let utan_summa = exempel("oktober");
    let rader = utan_summa.split_inclusive(|byte| *byte == b'\n');
    let rader = rader.filter(|rad| !rad.starts_with(b"#KSUMMA"));
    let mut nya: Vec<u8> = rader.flatten().copied().collect();
    for plats in 0..nya.len().saturating_sub(3) {
        if &nya[plats..plats + 4] == b"2026" {
            nya[plats + 3] = b'7';
        }
    }
    let svar = skicka(&mut b, "forsby-2027.se", &nya).await;
    let granska = svar.till().to_owned();
    let ja = b.fyll_i(&granska, &granska, &[]).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    let hit = ja.till().to_owned();
    klar(&mut b, &hit).await;
    let harledning = format!("/harledning/anvant-insats?insats={sommar}&ar=2027");
    assert!(
        b.hamta(&harledning).await.text.contains("faktum="),
        "regeln från 2026 räknar 2027"
    );
    let koppling = "/bokforing/koppling";
    let andra = format!("{koppling}?vad=andra&nr=1");
    let falt = [("objekt", "6:2601"), ("insats", jobbet.as_str())];
    let prov = b.fyll_i(&andra, koppling, &falt).await;
    assert_eq!(prov.status, StatusCode::OK, "{}", prov.text);
    assert!(
        prov.text.contains("iffrorna för 2026 ändras också"),
        "{}",
        prov.text
    );
}
