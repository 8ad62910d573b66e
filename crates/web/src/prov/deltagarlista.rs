//! A list of participants: looked at with every fault told, read in after a yes, or not at all.

use super::bokforing::skicka_fil;
use super::deltagare::{NUMMER, forsta_insatsen, ge_uppdrag, registrera};
use super::{Svar, Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const SIDA: &str = "/deltagare/las-in";
const RUBRIKER: &str = "Kod;Namn;Startdatum;Kön;Hemkommun;Försörjning;Slutdatum;Resultat;\
                        Fullföljande;Sysselsättning efter;Anteckning";

async fn sand(b: &mut Webblasare, fil: &str) -> Svar {
    let (insats, _) = forsta_insatsen(&b.hamta(SIDA).await.text);
    let mer = [("insats", insats.as_str())];
    skicka_fil(b, SIDA, ("lista.csv", fil.as_bytes()), &mer).await
}

async fn delt(varld: &Varld) -> Webblasare {
    ge_uppdrag(varld, "uppsala").await;
    varld.inloggad("uppsala", Roll::Deltagaransvarig).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_looked_at_and_read_in_after_a_yes() {
    let varld = Varld::ny().await;
    let mut b = delt(&varld).await;
    let fil = format!(
        "{RUBRIKER}\n\
         {NUMMER};Test Testsson;2021-03-01;kvinna;Uppsala;försörjningsstöd 50;2021-10-31;arbete;\
         fullföljt;arbetar;en hemlig anteckning\n\
         H-7;;2021-05-03;man;okänd;;;;;;\n"
    );
    let svar = sand(&mut b, &fil).await;
    let granska = svar.till().to_owned();
    assert!(granska.starts_with("/deltagare/las-in/"), "{}", svar.text);
    let html = b.hamta(&granska).await.text;
    for ord in [
        "deltagare kan läsas in",
        "Inget är sparat än",
        "Anteckning",
        "Av dem avslutade",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    for dolt in ["Test Testsson", NUMMER, "hemlig"] {
        assert!(!html.contains(dolt), "{dolt}");
    }
    assert!(!b.hamta("/deltagare").await.text.contains("Test Testsson"));

    // It waits for the one who sent it, and for nobody else.
    let mut annan = varld.inloggad("ragunda", Roll::Deltagaransvarig).await;
    assert_eq!(annan.hamta(&granska).await.status, StatusCode::NOT_FOUND);

    let svar = b.fyll_i(&granska, &granska, &[]).await;
    assert_eq!(svar.till(), "/deltagare?gjort=inlasta", "{}", svar.text);
    let html = b.hamta("/deltagare?gjort=inlasta").await.text;
    for ord in [
        "deltagarna är inlästa",
        "Test Testsson",
        "H-7",
        "Avslutad 31",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    assert!(!html.contains("hemlig"));
    // Once.
    assert_eq!(b.hamta(&granska).await.status, StatusCode::NOT_FOUND);

    // The same list again is the same people on the same days.
    let svar = sand(&mut b, &fil).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sagt = "Personen är redan registrerad i insatsen från samma dag.";
    assert_eq!(svar.text.matches(sagt).count(), 2, "{}", svar.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_that_is_wrong_is_told_and_none_is_read_in() {
    let varld = Varld::ny().await;
    let mut b = delt(&varld).await;
    let fil = format!(
        "{RUBRIKER}\n\
         H-1;;2021-03-01;kvinna;;;;;;;\n\
         850709-9806;Fel Siffra;2021-03-01;kvinna;;;;;;;\n\
         H-2;;2031-03-01;man;;;;;;;\n\
         H-3;;2021-03-01;man;Storstad;;;;;;\n\
         H-1;;2021-03-01;man;;;;;;;\n\
         ８５０７０９-9805;;2021-03-01;man;;;;;;;\n\
         H-5;Namn\u{202e}nmaN;2021-03-01;man;;;;;;;\n\
         H-6;=HYPERLINK(1);2021-03-01;man;;;;;;;\n\
         850709-9805;;2021-03-01;man;;;2020-01-01;arbete;;;\n"
    );
    let svar = sand(&mut b, &fil).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    for rad in [
        "Rad 3",
        "Rad 4",
        "Rad 5, Hemkommun",
        "Rad 6",
        "Rad 7",
        "Rad 8",
        "Rad 9, Namn",
    ] {
        assert!(svar.text.contains(rad), "{rad}: {}", svar.text);
    }
    for ord in [
        "Samma person och dag står också på rad 2",
        "Sista dagen är före den första",
    ] {
        assert!(svar.text.contains(ord), "{ord}: {}", svar.text);
    }
    // Nothing of what stood in the list is in what is told of it.
    for dolt in ["850709", "Fel Siffra", "HYPERLINK", "Storstad", "nmaN"] {
        assert!(!svar.text.contains(dolt), "{dolt}: {}", svar.text);
    }
    assert!(
        b.hamta("/deltagare")
            .await
            .text
            .contains("Ingen är registrerad än")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_list_is_refused_before_it_is_read() {
    let varld = Varld::ny().await;
    let mut b = delt(&varld).await;
    for (fil, ord) in [
        ("", "Filen är tom"),
        ("PK\u{3}\u{4}xxxx", "Filen är ett kalkylblad"),
        (
            "Namn;Kön\nA;man\n",
            "Kolumnen Personnummer eller kod saknas",
        ),
        ("Kod;Start;Kön\n", "Listan har inga deltagare"),
    ] {
        let svar = sand(&mut b, fil).await;
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY, "{fil:?}");
        assert!(svar.text.contains(ord), "{ord}: {}", svar.text);
    }
    let mall = b.hamta("/deltagare/mall.csv").await;
    assert!(
        mall.text.contains("Personnummer eller kod;Namn;"),
        "{}",
        mall.text
    );
    // Somebody registered by hand is known again in a list.
    registrera(&mut b, NUMMER, "").await;
    let fil = format!("Kod;Start;Kön\n{NUMMER};2022-01-10;kvinna\n");
    let svar = sand(&mut b, &fil).await;
    assert!(svar.text.contains("redan registrerad"), "{}", svar.text);
}
