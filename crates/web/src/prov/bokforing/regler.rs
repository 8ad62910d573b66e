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
        sida.contains("Koppla efter namn") && sida.contains("saker att koppla heter som var sin"),
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

/// What the table writes goes in the field, with its name too; and of costs and income with the
/// same mark the one that is not to count is named by its accounts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_table_writes_is_what_the_field_takes() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    las_in(&mut b, "oktober", "Forsby kommun (påhittad)").await;
    let koppling = "/bokforing/koppling";
    let sida = b.hamta(koppling).await.text;
    let nr = vald(&sida, "Sommarjobb för alla");
    assert!(sida.contains("Projekt 2601 Sommarjobb för alla"), "{sida}");
    for skrivet in ["projekt 2601", "Projekt 2601 Sommarjobb för alla"] {
        let falt = [("objekt", skrivet), ("insats", nr.as_str())];
        let prov = b.fyll_i(koppling, koppling, &falt).await;
        assert_eq!(prov.status, StatusCode::OK, "{skrivet}: {}", prov.text);
    }
    let nej = b
        .fyll_i(koppling, koppling, &[("objekt", "projekt 2601 Annat")])
        .await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nej.text.contains("projekt 2601, eller 6:2601"),
        "{}",
        nej.text
    );

    // Costs and income apart: each a row, and the way to nothing names the row's accounts.
    let (_, tabell) = sida.split_once("id=\"okopplade-t\"").unwrap();
    let (tabell, _) = tabell.split_once("</table>").unwrap();
    let rad_av = |tabell: &str, vilken: &str| {
        let alla = tabell.split("<tr").filter(|r| r.contains(vilken));
        alla.map(str::to_owned).next().unwrap()
    };
    let rad = |slag: &str| {
        let alla = tabell.split("<tr").filter(|r| r.contains("Projekt 2608 "));
        let alla: Vec<&str> = alla.filter(|r| r.contains(slag)).collect();
        assert_eq!(alla.len(), 1, "{slag}: {tabell}");
        alla[0].to_owned()
    };
    let (kostnad, intakt) = (rad(">Kostnad<"), rad(">Annan intäkt<"));
    assert!(
        kostnad.contains("6010") && !kostnad.contains("3110"),
        "{kostnad}"
    );
    assert!(
        intakt.contains("konton=3110") && intakt.contains("slag=balans"),
        "{intakt}"
    );
    // A mark with one kind of rows is not tied to its accounts.
    let ensam = rad_av(tabell, "Projekt 2601 ");
    assert!(
        ensam.contains("slag=balans") && !ensam.contains("konton=5010"),
        "{ensam}"
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
