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
    assert!(fel.contains("999900-0012, inte 212000-3005"), "{fel}");
    assert!(!fel.contains(">Läs in filen<"), "{fel}");
    for (huvud, skrivet) in [(NUMMER, "999900-0012"), ("", "212000-3005"), (NUMMER, "")] {
        let ratt = granskad(&mut b, huvud, skrivet).await;
        assert!(ratt.contains(">Läs in filen<"), "control {skrivet}: {ratt}");
    }
    let kort = skicka_med(&mut b, "prov.se", &filen(NUMMER), &[("orgnr", "12")]).await;
    assert_eq!(kort.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kort.text.contains("tio siffror"), "{}", kort.text);
}

/// A file with nothing in it says that and nothing else, and what needs nothing is not shown.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_file_says_so_and_what_needs_nothing_is_not_said() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let (_, tom) = prova(&mut b, b"").await;
    assert!(
        tom.contains("Filen är tom") && tom.contains("Fel (1)"),
        "{tom}"
    );
    assert!(
        !tom.contains("#RAR 0") && !tom.contains("Varningar"),
        "{tom}"
    );
    let utan = String::from_utf8(filen(NUMMER)).unwrap();
    let utan = utan.replace("#FLAGGA 0\n", "").replace('ö', "o");
    let (_, sida) = prova(&mut b, utan.as_bytes()).await;
    assert!(
        sida.contains(">Läs in filen<") && sida.contains("999900-0012"),
        "{sida}"
    );
    assert!(
        !sida.contains("#FLAGGA") && !sida.contains("Varningar"),
        "{sida}"
    );
    assert!(sida.contains("1 ny, 0 ändrade"), "{sida}");
    // Control: what somebody should look at is.
    let (_, sida) = prova(&mut b, &filen(NUMMER)).await;
    assert!(sida.contains("Varningar (1)"), "{sida}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_called_as_an_initiative_is_mapped_with_one_press_and_asked_about_by_hand() {
    let varld = Varld::forsby_2026().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let (_, ja) = las_in(&mut b, &[]).await;
    let hit = ja.till().to_owned();
    let inne = klar(&mut b, &hit).await.text;
    for ord in [
        "Inga siffror ändrades",
        "En sak att koppla",
        "Till 12\u{a0}januari 2026.",
    ] {
        assert!(inne.contains(ord), "{ord}: {inne}");
    }
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

/// As many vouchers of 100 kr, from 12 January on, of the second company or of the first.
fn manga(nummer: &str, serie: &str, dagar: std::ops::RangeInclusive<u8>) -> Vec<u8> {
    let text = String::from_utf8(filen(&format!("#ORGNR {nummer}\n"))).unwrap();
    let text = match nummer {
        ANNAT => text.replace("Provbolaget", "Andra bolaget"),
        _ => text,
    };
    let (huvud, _) = text.split_once("#VER").unwrap();
    let ver = dagar.map(|dag| {
        format!(
            "#VER {serie} {dag} 202601{dag:02} \"\"\n{{\n#TRANS 5010 {{6 77 7 \"A{dag}\"}} 100.00\n\
             #TRANS 1930 {{}} -100.00\n}}\n"
        )
    });
    (huvud.to_owned() + &ver.collect::<String>()).into_bytes()
}

const EGET: &str = "999900-0012";
const ANNAT: &str = "999900-0020";
const DUBBELT: &str = "name=\"dubbla\"";

async fn prova(b: &mut Webblasare, innehall: &[u8]) -> (String, String) {
    let svar = skicka_med(b, "prov.se", innehall, &[]).await;
    let granska = svar.till().to_owned();
    let sida = b.hamta(&granska).await.text;
    (granska, sida)
}

/// Two companies that are both known: what is booked of the one is not read in of the other
/// without a question of its own. What is only the other's own asks nothing, and a coincidence
/// is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_booked_of_another_company_is_asked_about_before_it_counts_twice() {
    let varld = Varld::forsby_2026().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let forsta = [("ny-enhet", "Provbolaget")];
    let (granska, _) = prova(&mut b, &manga(EGET, "A", 12..=18)).await;
    let ja = b.fyll_i(&granska, &granska, &forsta).await;
    klar(&mut b, ja.till()).await;

    // The other company's own vouchers: asked once, since it is new here, and then known.
    let namnet = [("ny-enhet", "Andra bolaget")];
    let (granska, sida) = prova(&mut b, &manga(ANNAT, "B", 12..=14)).await;
    assert!(sida.contains("name=\"ny-enhet\"") && !sida.contains(DUBBELT));
    let ja = b.fyll_i(&granska, &granska, &namnet).await;
    klar(&mut b, ja.till()).await;
    let (_, sida) = prova(&mut b, &manga(ANNAT, "B", 12..=15)).await;
    assert!(!sida.contains("name=\"ny-enhet\"") && !sida.contains(DUBBELT));
    assert!(sida.contains(">Läs in filen<"), "{sida}");

    // Two that coincide are said, and nobody is stopped.
    let (granska, sida) = prova(&mut b, &manga(ANNAT, "A", 17..=19)).await;
    let sagt = "2 av filens verifikationer är också inlästa för Provbolaget (999900-0012)";
    assert!(sida.contains(sagt) && !sida.contains(DUBBELT), "{sida}");
    let ja = b.fyll_i(&granska, &granska, &[]).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    klar(&mut b, ja.till()).await;

    // More are asked about, and the company's name is no answer.
    let (granska, sida) = prova(&mut b, &manga(ANNAT, "A", 12..=16)).await;
    let sagt = "5 av filens verifikationer är redan inlästa för Provbolaget (999900-0012)";
    assert!(sida.contains(DUBBELT) && sida.contains(sagt), "{sida}");
    for svar in [vec![], namnet.to_vec()] {
        let nej = b.fyll_i(&granska, &granska, &svar).await;
        assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nej.text.contains(sagt), "{}", nej.text);
    }
    let ja = b.fyll_i(&granska, &granska, &[("dubbla", "ja")]).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
}
