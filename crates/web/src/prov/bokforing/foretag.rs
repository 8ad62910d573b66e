//! What is asked before a file is read in: whose accounts it is of, and whether the same is booked
//! by hand; and afterwards one press for what is called as an initiative is.

use super::namn::spara;
use super::{Varld, Webblasare, dolda, klar, skicka_med, vald};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const FOR_HAND: &str = "/bokforing/for-hand";

/// One voucher of 100 kr in January, on a project that is called as an initiative is.
fn filen(huvud: &str) -> Vec<u8> {
    let text = format!(
        "#FLAGGA 0\n#PROGRAM Prov 1\n#FORMAT PC8\n#GEN 20260201\n#SIETYP 4\n{huvud}\
         #FNAMN \"Provbolaget\"\n#RAR 0 20260101 20261231\n#KONTO 1930 Bank\n#KONTO 5010 Lon\n\
         #DIM 6 Projekt\n#OBJEKT 6 77 \"Anhörigstöd\"\n#VER A 1 20260112 \"\"\n{{\n\
         #TRANS 5010 {{6 77}} 100.00\n#TRANS 1930 {{}} -100.00\n}}\n"
    );
    text.into_bytes()
}

const NUMMER: &str = "#ORGNR 999900-0012\n";

async fn las_in(b: &mut Webblasare, mer: &[(&str, &str)]) -> (String, super::Svar) {
    let svar = skicka_med(b, "prov.se", &filen(NUMMER), &[]).await;
    let granska = svar.till().to_owned();
    let mut falt = vec![("ny-enhet", "Provbolaget")];
    falt.extend(mer);
    let ja = b.fyll_i(&granska, &granska, &falt).await;
    (granska, ja)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_another_company_than_was_written_is_refused() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let granskad = async |b: &mut Webblasare, huvud: &str, skrivet: &str| {
        let svar = skicka_med(b, "prov.se", &filen(huvud), &[("orgnr", skrivet)]).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
        let till = svar.till().to_owned();
        b.hamta(&till).await.text
    };
    let fel = granskad(&mut b, NUMMER, "212000-3005").await;
    assert!(fel.contains("9999000012, inte 2120003005"), "{fel}");
    assert!(!fel.contains(">Läs in filen<"), "{fel}");
    for (huvud, skrivet) in [(NUMMER, "999900-0012"), ("", "212000-3005"), (NUMMER, "")] {
        let ratt = granskad(&mut b, huvud, skrivet).await;
        assert!(ratt.contains(">Läs in filen<"), "control {skrivet}: {ratt}");
    }
    let kort = skicka_med(&mut b, "prov.se", &filen(NUMMER), &[("orgnr", "12")]).await;
    assert_eq!(kort.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kort.text.contains("tio siffror"), "{}", kort.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_called_as_an_initiative_is_mapped_with_one_press_and_asked_about_by_hand() {
    let varld = Varld::forsby_2026().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let (_, ja) = las_in(&mut b, &[]).await;
    let hit = ja.till().to_owned();
    klar(&mut b, &hit).await;
    let koppling = "/bokforing/koppling";
    let fore = b.hamta(koppling).await.text;
    assert!(fore.contains(">Koppla efter namn<"), "{fore}");
    let ja = spara(&mut b, "forslag", "0", &[]).await;
    assert_eq!(ja.till(), koppling, "{}", ja.text);
    let efter = b.hamta(koppling).await.text;
    assert!(efter.contains("1. Projekt 77") && !efter.contains(">Koppla efter namn<"));
    assert!(
        efter.contains("Allt som är bokfört har sin plats"),
        "{efter}"
    );

    // Taken back, booked by hand, and read in again: it says which, and wants an answer.
    let angra = format!("{hit}/angra");
    b.fyll_i(&hit, &angra, &[("orsak", "Fel fil")]).await;
    let insats = vald(&b.hamta(FOR_HAND).await.text, "Anhörigstöd");
    let falt = [
        ("datum", "2026-01-20"),
        ("insats", insats.as_str()),
        ("slag", "kostnad"),
        ("belopp", "40"),
        ("vad", "En middag"),
    ];
    let ja = b.fyll_i(FOR_HAND, FOR_HAND, &falt).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    let (granska, nej) = las_in(&mut b, &[]).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Bokfört för hand samma månader (1)",
        "For hand 1",
        "räknas de två",
    ] {
        let ord = ord.replace("For", "För");
        assert!(nej.text.contains(&ord), "{ord}: {}", nej.text);
    }
    let mut alla = dolda(&nej.text, &granska);
    alla.push(("for-hand".into(), "ja".into()));
    let alla: Vec<(&str, &str)> = alla.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let ja = b.posta(&granska, &alla).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    klar(&mut b, ja.till()).await;
}

/// Two companies that are both known: what is booked of the one is not read in of the other
/// without a question. What is only the other's own asks nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_booked_of_another_company_is_asked_about_before_it_counts_twice() {
    let varld = Varld::forsby_2026().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let annan = |vad: &str| {
        let text = String::from_utf8(filen("#ORGNR 999900-0020\n")).unwrap();
        let text = text.replace("Provbolaget", "Andra bolaget");
        text.replace("#VER A 1 20260112", vad).into_bytes()
    };
    let (_, ja) = las_in(&mut b, &[]).await;
    klar(&mut b, ja.till()).await;
    let fraga = "name=\"ny-enhet\"";
    // The other company's own voucher: asked once, since it is new here, and then known.
    let svar = skicka_med(&mut b, "eget.se", &annan("#VER B 7 20260113"), &[]).await;
    let granska = svar.till().to_owned();
    let sida = b.hamta(&granska).await.text;
    assert!(sida.contains(fraga) && !sida.contains("redan inläst för"));
    let falt = [("ny-enhet", "Andra bolaget")];
    let ja = b.fyll_i(&granska, &granska, &falt).await;
    klar(&mut b, ja.till()).await;
    let svar = skicka_med(&mut b, "eget2.se", &annan("#VER B 8 20260114"), &[]).await;
    let sida = b.hamta(svar.till()).await.text;
    assert!(
        sida.contains(">Läs in filen<") && !sida.contains(fraga),
        "{sida}"
    );

    // The first company's voucher under the other's number.
    let svar = skicka_med(&mut b, "samma.se", &annan("#VER A 1 20260112"), &[]).await;
    let granska = svar.till().to_owned();
    let sida = b.hamta(&granska).await.text;
    let sagt = "En av filens verifikationer finns redan inläst för Provbolaget (9999000012)";
    assert!(sida.contains(fraga) && sida.contains(sagt), "{sida}");
    let nej = b.fyll_i(&granska, &granska, &[]).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains(sagt), "{}", nej.text);
    let ja = b.fyll_i(&granska, &granska, &falt).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
}
