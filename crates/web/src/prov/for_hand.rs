//! What has been entered by hand is put before the rules, and its findings lead to its facts.

use super::rum::{lagg_upp, rekvirera_och_betala_tillbaka, tom};
use super::{Varld, dolda};
use axum::http::StatusCode;
use utfall_app::rapporter::Bidragsrapport;
use utfall_behorighet::Roll;
use utfall_domain::rapport::Format;
use utfall_testkit::webb::Webblasare;

const SIDA: &str = "/insatser/sommarjobb/registrera";

/// Enters a count about the initiative, and gives the fact's number.
async fn registrera(
    b: &mut Webblasare,
    (slag, ar, vad, antal): (&str, &str, &str, &str),
) -> String {
    let falt = [
        ("slag", slag),
        ("ar", ar),
        ("kategori", vad),
        ("belopp", antal),
        ("enhet", "antal"),
        ("lage", "tal"),
        ("orsak", "Deltagarlistan"),
    ];
    let svar = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    svar.till().rsplit('=').next().unwrap().to_owned()
}

/// The page of the only finding about what was entered.
async fn fyndets_sida(b: &mut Webblasare) -> Option<String> {
    let lista = b.hamta("/granskning").await.text;
    let (_, efter) = lista.split_once("href=\"/granskning/registret/")?;
    let nyckel = efter.split('"').next().unwrap();
    Some(format!("/granskning/registret/{nyckel}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entered_people_that_do_not_add_up_are_found_and_put_right() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let alla = registrera(&mut b, ("deltagare", "2021", "", "60")).await;
    let klara = registrera(&mut b, ("deltagarlage", "2021", "fullföljde", "50")).await;
    let avbrot = registrera(&mut b, ("deltagarlage", "2021", "avbröt", "14")).await;

    let sida = fyndets_sida(&mut b).await.expect("64 av 60 ska sägas");
    let fynd = b.hamta(&sida).await;
    assert_eq!(fynd.status, StatusCode::OK);
    for text in [
        "Registrerat för hand",
        "Angivet i böckerna",
        "Sommarjobb 2021",
        "för många",
        "Rätta den uppgift som är fel",
    ] {
        assert!(fynd.text.contains(text), "{text}: {}", fynd.text);
    }
    // Each row leads to its own fact where it is counted, and the fact can be corrected.
    for nr in [&alla, &klara, &avbrot] {
        assert!(
            fynd.text.contains(&format!("#f-{nr}\"")),
            "{nr}: {}",
            fynd.text
        );
        let ratta = format!("href=\"/fakta/{nr}/ratta\"");
        assert!(fynd.text.contains(&ratta), "{nr}: {}", fynd.text);
    }
    for del in fynd.text.split("href=\"/").skip(1) {
        let adress = format!("/{}", del.split(['"', '#']).next().unwrap()).replace("&#38;", "&");
        if adress.starts_with("/harledning") || adress.starts_with("/granskning") {
            let svar = b.hamta(&adress).await;
            assert_eq!(svar.status, StatusCode::OK, "{adress}");
        }
    }
    // It stands on the page of the initiative and of the grant that pays it.
    for sida in ["/insatser/sommarjobb", "/medel/unga-framat"] {
        let text = b.hamta(sida).await.text;
        assert!(text.contains("för många"), "{sida}: {text}");
    }

    let ratta = format!("/fakta/{avbrot}/ratta");
    let formular = b.hamta(&ratta).await.text;
    let mut falt = dolda(&formular, &ratta);
    falt.push(("belopp".to_owned(), "10".to_owned()));
    falt.push(("orsak".to_owned(), "Två var med i båda".to_owned()));
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    let svar = b.posta(&ratta, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert_eq!(fyndets_sida(&mut b).await, None);
    let text = b.hamta("/insatser/sommarjobb").await.text;
    assert!(!text.contains("för många"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_what_was_entered_stands_in_the_report_until_it_is_read() {
    let varld = Varld::ny().await;
    let drift = tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Forbundschef).await;
    lagg_upp(&mut b).await;
    registrera(&mut b, ("deltagare", "2026", "", "60")).await;
    registrera(&mut b, ("deltagarlage", "2026", "fullföljde", "64")).await;
    rekvirera_och_betala_tillbaka(&mut b).await;
    let anvant = [
        ("slag", "anvant"),
        ("ar", "2026"),
        ("belopp", "1 000 000"),
        ("enhet", "kr"),
        ("lage", "tal"),
        ("orsak", "Bokslutet"),
    ];
    b.spara(SIDA, SIDA, &anvant).await;

    let valt = b.hamta("/rapporter").await.text;
    let (_, val) = valt.split_once("<option value=\"").unwrap();
    let val = val
        .split("<option value=\"")
        .map(|del| del.split('"').next().unwrap())
        .find(|v| v.ends_with(":2026"))
        .or_else(|| val.split('"').next())
        .unwrap()
        .to_owned();
    let svar = b
        .fyll_i("/rapporter", "/rapporter", &[("bidrag", &val)])
        .await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let rapport = svar.till().to_owned();
    let utkast = b.hamta(&rapport).await.text;
    for text in ["för många", "Återbetalning"] {
        assert!(utkast.contains(text), "{text}: {utkast}");
    }
    assert!(!utkast.contains("Inget återstår att förklara."), "{utkast}");
    // Nobody issues it without having seen that, and what the command writes says it too.
    let svar = b.fyll_i(&rapport, &format!("{rapport}/utfarda"), &[]).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fraga = Bidragsrapport {
        bidrag: "unga-framat".to_owned(),
        ar: Some(2026),
        per: None,
        adress: String::new(),
        format: Format::Html,
    };
    let tjanst = &varld.webb.tjanst;
    let (fil, utfardad) = tjanst.bidragsrapport(&drift, fraga).await.unwrap();
    let fil = String::from_utf8(fil).unwrap();
    assert!(!utfardad && fil.contains("för många"), "{fil}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_far_people_came_is_said_in_words_that_can_be_counted() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let falt = [
        ("slag", "deltagarlage"),
        ("ar", "2021"),
        ("kategori", "nästan klara"),
        ("belopp", "3"),
        ("enhet", "antal"),
        ("lage", "tal"),
        ("orsak", "Deltagarlistan"),
    ];
    let svar = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        svar.text.contains("fullföljde, avbröt, avslutade, är kvar"),
        "{}",
        svar.text
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entered_month_that_has_not_been_is_told() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    for (manad, vantat) in [("1", false), ("12", true)] {
        let falt = [
            ("slag", "volym"),
            ("ar", "2022"),
            ("manad", manad),
            ("kategori", "besök"),
            ("belopp", "0"),
            ("enhet", "antal"),
            ("lage", "tal"),
            ("orsak", "Besökslistan"),
        ];
        b.spara(SIDA, SIDA, &falt).await;
        let sida = fyndets_sida(&mut b).await;
        assert_eq!(sida.is_some(), vantat, "{manad}");
    }
    let sida = fyndets_sida(&mut b).await.unwrap();
    let fynd = b.hamta(&sida).await.text;
    assert!(fynd.contains("december 2022 står som 0"), "{fynd}");
}
