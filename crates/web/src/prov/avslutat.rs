//! A closed year at the forms: what stops them is told with the rest, what was typed stays, the
//! box and the reason are offered, and the correction is seen as one where it is shown.

use super::rum::{lagg_upp, tom};
use super::{BESLUT, Varld, Webblasare};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_behorighet::Roll;

const SIDA: &str = "/medel/unga-framat/fordelning";
const ANGRA: &str = "/medel/unga-framat/fordelning/angra";
const DELA: &str = "/medel/unga-framat/fordelning/dela";
const ARET: &str = "/arsavslut/unga-framat/2026";
const RUTAN: &str = "name=\"efter-avslut\"";

/// A grant with 500 000 kr distributed to one initiative, and the year closed.
async fn avslutat(varld: &Varld) -> (Webblasare, String) {
    tom(varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let html = b.hamta(SIDA).await.text;
    let cell = html.split(" name=\"").map(|d| d.split('"').next().unwrap());
    let cell = cell
        .into_iter()
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .unwrap()
        .to_owned();
    let mut falt = vec![
        (cell.as_str(), "500 000"),
        ("steg", "spara"),
        ("orsak", "Start"),
    ];
    falt.extend(BESLUT);
    let svar = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    for (sida, slag) in [
        ("/medel/unga-framat/registrera", "rekvirerat"),
        ("/insatser/sommarjobb/registrera", "anvant"),
    ] {
        let falt = [
            ("slag", slag),
            ("ar", "2026"),
            ("belopp", "500 000"),
            ("lage", "tal"),
            ("orsak", "Bokslutet"),
        ];
        let svar = b.fyll_i(sida, sida, &falt).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    }
    let stang = format!("{ARET}/avsluta");
    let svar = b.fyll_i(ARET, &stang, &BESLUT).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    varld.ga(SignedDuration::from_secs(60));
    (b, cell)
}

fn har(text: &str, delar: &[&str]) {
    let text = text.replace('\u{a0}', " ");
    for del in delar {
        assert!(text.contains(del), "{del} saknas: {text}");
    }
}

/// The correction of a fact: the year is told of before anything is typed, and again when the
/// box is forgotten; then the derivation, the year's page and the journal say what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_year_is_corrected_through_the_forms_and_the_correction_is_seen() {
    let varld = Varld::ny().await;
    let (mut b, cell) = avslutat(&varld).await;

    // The distribution: the box is not there until it is the question. All is told at once.
    assert!(!b.hamta(SIDA).await.text.contains(RUTAN));
    let mut falt = vec![
        (cell.as_str(), "450 000"),
        ("steg", "spara"),
        ("orsak", "Avtalet bröts i december"),
        ("beslut-instans", "Styrelsen"),
    ];
    let nej = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "Året 2026 är avslutat",
            RUTAN,
            "Beslutets dag saknas",
            "Det saknas vad som beslutades",
            "value=\"450 000\"",
            "value=\"Avtalet bröts i december\"",
            "value=\"Styrelsen\"",
        ],
    );
    falt.retain(|f| f.0 != "beslut-instans");
    falt.extend(BESLUT);
    let nej = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "utan kryss");
    falt.push(("efter-avslut", "ja"));
    let svar = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let html = b.hamta(SIDA).await.text;
    har(&html, &["450 000", "rättelse efter avslut"]);

    varld.ga(SignedDuration::from_secs(60));

    // Taking it back, and splitting: the box stands there from the beginning.
    assert!(b.hamta(ANGRA).await.text.contains(RUTAN));
    let mut falt = vec![("orsak", "Avtalet höll")];
    let nej = b.fyll_i(ANGRA, ANGRA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "bara genom ett beslut",
            "Året 2026 är avslutat",
            "value=\"Avtalet höll\"",
        ],
    );
    falt.extend(BESLUT);
    let nej = b.fyll_i(ANGRA, ANGRA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "utan kryss");
    falt.push(("efter-avslut", "ja"));
    let svar = b.fyll_i(ANGRA, ANGRA, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    har(&b.hamta(SIDA).await.text, &["value=\"500 000\""]);
    let dela = b.hamta(DELA).await.text;
    assert!(dela.contains(RUTAN) && dela.contains("name=\"beslut\""));

    // Where it is shown: the year's page, the derivation and the journal.
    let aret = b.hamta(ARET).await.text;
    har(
        &aret,
        &[
            "2 uppgifter är rättade",
            "Rättat efter avslutet",
            "Avtalet bröts i december",
        ],
    );
    let rad = aret.split("id=\"rattelser-t\"").nth(1).unwrap();
    let lank = rad
        .split("href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let lank = lank.replace("&#38;", "&").replace("&amp;", "&");
    let harledning = b.hamta(lank.split('#').next().unwrap()).await.text;
    har(
        &harledning,
        &["rättelse efter avslut", "efter avslut: Ångrat"],
    );
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let journal = chef.hamta("/journal").await.text;
    har(&journal, &["Rättelse efter avslut av 2026."]);

    // The correction of a fact that is decided: decision and box, and what was typed stays.
    let ratta = harledning.split("/fakta/").nth(1).unwrap();
    let ratta = format!("/fakta/{}/ratta", ratta.split('/').next().unwrap());
    let html = b.hamta(&ratta).await.text;
    har(
        &html,
        &[
            RUTAN,
            "name=\"beslut\"",
            "Beloppet är beslutat",
            "Året 2026 är avslutat",
        ],
    );
    let mut falt = vec![("belopp", "480 000"), ("orsak", "Räknefel")];
    let nej = b.fyll_i(&ratta, &ratta, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "bara genom ett beslut",
            "value=\"480 000\"",
            "Räknefel",
            "Kryssa för det",
        ],
    );
    falt.extend(BESLUT);
    falt.push(("efter-avslut", "ja"));
    let svar = b.fyll_i(&ratta, &ratta, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
}

/// A new figure of a closed year: its form offers the box and asks why it comes so late.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_figure_of_a_closed_year_is_entered_with_the_box_and_why_it_comes_late() {
    let varld = Varld::ny().await;
    let (mut b, _) = avslutat(&varld).await;
    let sida = "/insatser/sommarjobb/registrera";
    assert!(!b.hamta(sida).await.text.contains(RUTAN));
    let mut falt = vec![
        ("slag", "ansokt"),
        ("ar", "2026"),
        ("belopp", "1 000"),
        ("enhet", "kr"),
        ("lage", "tal"),
        ("orsak", "Fakturan"),
    ];
    let nej = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            RUTAN,
            "value=\"1 000\"",
            "Fakturan",
            "Varför görs det efter avslutet?",
        ],
    );
    falt.push(("efter-avslut", "ja"));
    let nej = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &["Skälet till att det görs efter avslutet saknas", "checked"],
    );
    falt.push(("efter-avslut-varfor", "Kom i januari"));
    let svar = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let aret = b.hamta(ARET).await.text;
    har(&aret, &["Fakturan Efter avslut: Kom i januari"]);
    // Control: an open year asks nothing.
    let svar = b
        .fyll_i(
            sida,
            sida,
            &[
                ("slag", "ansokt"),
                ("ar", "2027"),
                ("belopp", "1 000"),
                ("enhet", "kr"),
                ("lage", "tal"),
                ("orsak", "Ansökan"),
            ],
        )
        .await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
}
