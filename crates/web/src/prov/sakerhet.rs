//! Sessions, forms from elsewhere, double submits, headers and limits.

use super::{LOSENORD, Varld, adresser, dolda, kodat, konto};
use crate::rutter::{Handtag, Metod};
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use jiff::SignedDuration;
use utfall_behorighet::Roll;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_gives_a_new_token_and_signing_out_ends_it() {
    let varld = Varld::ny().await;
    let mut b = varld.webblasare();
    // Fixation: a token set before signing in is never the one afterwards.
    b.kakor.insert("utfall".into(), "ab".repeat(32));
    b.logga_in(&konto("uppsala", Roll::Ekonom), LOSENORD).await;
    let token = b.kakor["utfall"].clone();
    assert_ne!(token, "ab".repeat(32));
    assert!(
        !b.kakor.contains_key("utfall-for"),
        "the form's cookie is gone"
    );
    assert_eq!(b.hamta("/medel").await.status, StatusCode::OK);

    let mut kopia = b.clone();
    let ut = b.fyll_i("/medel", "/logga-ut", &[]).await;
    assert_eq!((ut.status, ut.till()), (StatusCode::SEE_OTHER, "/logga-in"));
    let svar = kopia.hamta("/medel").await;
    assert_eq!(
        svar.till(),
        "/logga-in?till=%2Fmedel",
        "the old token opens nothing"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_again_ends_the_session_before() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let mut gammal = b.clone();
    let csrf = b.csrf("/medel").await;
    let namn = konto("uppsala", Roll::Revisor);
    let falt = [
        ("csrf", csrf.as_str()),
        ("konto", namn.as_str()),
        ("losenord", LOSENORD),
    ];
    assert_eq!(
        b.posta("/logga-in", &falt).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(gammal.hamta("/medel").await.status, StatusCode::SEE_OTHER);
    assert_eq!(b.hamta("/medel").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_ends_when_idle_and_after_ten_hours_however_used() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    for _ in 0..11 {
        varld.ga(SignedDuration::from_mins(50));
        assert_eq!(b.hamta("/medel").await.status, StatusCode::OK);
    }
    varld.ga(SignedDuration::from_mins(51));
    assert_eq!(
        b.hamta("/medel").await.status,
        StatusCode::SEE_OTHER,
        "ten hours"
    );

    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    varld.ga(SignedDuration::from_mins(60));
    assert_eq!(
        b.hamta("/medel").await.status,
        StatusCode::SEE_OTHER,
        "idle"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_and_an_unknown_account_answer_alike() {
    let varld = Varld::ny().await;
    let mut b = varld.webblasare();
    let fel = b
        .logga_in(&konto("uppsala", Roll::Ekonom), "fel lösenord här")
        .await;
    let okand = b.logga_in("finns.inte", "fel lösenord här").await;
    for svar in [&fel, &okand] {
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(svar.text.contains("Namnet eller lösenordet stämmer inte."));
        assert!(svar.text.contains("<title>Fel: "));
        assert!(!svar.text.contains("fel lösenord här"), "never sent back");
    }
    assert!(
        fel.text.contains("value=\"ekonom.uppsala\""),
        "what was typed is kept"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_attempts_are_told_to_wait_and_let_in_afterwards() {
    let varld = Varld::ny().await;
    let mut b = varld.webblasare();
    let namn = konto("uppsala", Roll::Ekonom);
    for _ in 0..10 {
        b.logga_in(&namn, "fel lösenord här").await;
    }
    let svar = b.logga_in(&namn, LOSENORD).await;
    assert_eq!(svar.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(svar.text.contains("Vänta 16 minuter"), "{}", svar.text);
    varld.ga(SignedDuration::from_mins(16));
    assert_eq!(
        b.logga_in(&namn, LOSENORD).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_returns_to_the_page_one_came_from_and_never_elsewhere() {
    let varld = Varld::ny().await;
    let namn = konto("uppsala", Roll::Ekonom);
    for (till, vart) in [
        ("/granskning?slag=fel", "/granskning?slag=fel"),
        ("//ond.se/medel", ""),
        ("https://ond.se/medel", ""),
        ("/journal", ""),
    ] {
        let mut b = varld.webblasare();
        let falt = [
            ("konto", namn.as_str()),
            ("losenord", LOSENORD),
            ("till", till),
        ];
        let svar = b.fyll_i("/logga-in", "/logga-in", &falt).await;
        let hem = svar.till().to_owned();
        if vart.is_empty() {
            assert!(
                hem.starts_with('/') && !hem.contains("ond") && hem != "/journal",
                "{hem}"
            );
        } else {
            assert_eq!(hem, vart);
        }
    }
}

/// What a forged form looks like: headers, and what the form holds.
struct Forfalskat {
    namn: &'static str,
    huvuden: Vec<(&'static str, &'static str)>,
    kropp: String,
}

fn forfalskade(ratt: &str, annans: &str) -> Vec<Forfalskat> {
    let med = |csrf: &str| kodat(&[("csrf", csrf), ("idempotens", "0123456789abcdef")]);
    let egen = ("sec-fetch-site", "same-origin");
    let typ = ("content-type", FORM);
    let fall = |namn, huvuden: &[(&'static str, &'static str)], kropp| Forfalskat {
        namn,
        huvuden: huvuden.to_vec(),
        kropp,
    };
    vec![
        fall("ingen token", &[typ, egen], med("")),
        fall("annans token", &[typ, egen], med(annans)),
        fall("halv token", &[typ, egen], med(ratt.get(..32).unwrap())),
        fall(
            "annan sajt",
            &[typ, ("sec-fetch-site", "cross-site")],
            med(ratt),
        ),
        fall(
            "samma sajt",
            &[typ, ("sec-fetch-site", "same-site")],
            med(ratt),
        ),
        fall(
            "annat ursprung",
            &[typ, ("origin", "https://ond.se")],
            med(ratt),
        ),
        fall("inget ursprung", &[typ, ("origin", "null")], med(ratt)),
        fall("text", &[("content-type", "text/plain"), egen], med(ratt)),
        fall(
            "json",
            &[("content-type", "application/json"), egen],
            "{}".to_owned(),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_from_elsewhere_change_nothing() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let ratt = b.csrf("/medel").await;
    let annans = varld
        .inloggad("uppsala", Roll::Ekonom)
        .await
        .csrf("/medel")
        .await;
    let mut rutter = 0;
    for (rutt, adress) in adresser(&varld.exempel["uppsala"]) {
        let far = rutt
            .atgard()
            .is_none_or(|a| utfall_behorighet::policy::roller(a).contains(&Roll::Forbundschef));
        if rutt.metod != Metod::Post || matches!(rutt.handtag, Handtag::Publikt(_)) || !far {
            continue;
        }
        rutter += 1;
        for fall in forfalskade(&ratt, &annans) {
            let mut bygg = b.begaran("POST", &adress);
            for (namn, varde) in &fall.huvuden {
                bygg = bygg.header(*namn, *varde);
            }
            let svar = b.sand(bygg.body(Body::from(fall.kropp)).unwrap()).await;
            assert_eq!(svar.status, StatusCode::FORBIDDEN, "{} {rutt:?}", fall.namn);
        }
    }
    assert!(rutter >= 10, "{rutter}");
    assert_eq!(
        b.hamta("/medel").await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn methods_are_not_overridden_and_unknown_ones_are_refused() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    for (metod, vantat) in [
        ("PUT", StatusCode::METHOD_NOT_ALLOWED),
        ("DELETE", StatusCode::METHOD_NOT_ALLOWED),
        ("TRACE", StatusCode::METHOD_NOT_ALLOWED),
        ("HEAD", StatusCode::OK),
    ] {
        let bygg = b.begaran("GET", "/medel").method(metod);
        let bygg = bygg.header("x-http-method-override", "GET");
        let svar = b.sand(bygg.body(Body::empty()).unwrap()).await;
        assert_eq!(svar.status, vantat, "{metod}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_sent_twice_has_its_effect_once_and_a_changed_one_is_new() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let insats = varld.exempel["uppsala"].insatser[0].clone();
    let sida = format!("/insatser/{insats}/andra");
    let html = b.hamta(&sida).await.text;
    let dolda = dolda(&html, &sida);
    let varde = |namn: &str| {
        dolda
            .iter()
            .find(|(n, _)| n == namn)
            .map(|(_, v)| v.clone())
            .unwrap()
    };
    let (csrf, nyckel, version) = (varde("csrf"), varde("idempotens"), varde("version"));
    let falt = |text: &'static str| {
        vec![
            ("csrf", csrf.as_str()),
            ("idempotens", nyckel.as_str()),
            ("version", version.as_str()),
            ("kommentar", text),
            ("lage", "okand"),
        ]
    };
    let (mut ena, mut andra) = (b.clone(), b.clone());
    let (falt_ena, falt_andra) = (falt("Ett."), falt("Ett."));
    let (ett, tva) = tokio::join!(ena.posta(&sida, &falt_ena), andra.posta(&sida, &falt_andra));
    assert_eq!(
        (ett.status, tva.status),
        (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
    );
    assert_eq!(ett.till(), tva.till());
    // Back in the browser, changed and sent again: never taken for the first one.
    let svar = b.posta(&sida, &falt("Två.")).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    assert!(
        svar.text.contains("Två.") && svar.text.contains("Ett."),
        "both texts to choose"
    );
    assert!(
        b.hamta(&format!("/insatser/{insats}"))
            .await
            .text
            .contains("Ett.")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_answer_has_its_headers() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    for (rutt, adress) in adresser(&varld.exempel["uppsala"]) {
        if rutt.metod == Metod::Post {
            continue;
        }
        let svar = b.hamta(&adress).await;
        let huvud = |namn: &str| {
            svar.huvuden
                .get(namn)
                .map_or("", |v| v.to_str().unwrap())
                .to_owned()
        };
        assert!(
            huvud("content-security-policy").starts_with("default-src 'none'"),
            "{adress}"
        );
        assert_eq!(huvud("x-content-type-options"), "nosniff");
        assert_eq!(huvud("referrer-policy"), "same-origin");
        if matches!(rutt.handtag, Handtag::Publikt(_)) {
            assert!(
                svar.huvuden.get(SET_COOKIE).is_none(),
                "{adress} sets a cookie"
            );
        } else {
            assert_eq!(huvud("cache-control"), "no-store", "{adress}");
        }
    }
    let okand = b.hamta("/finns/inte/alls").await;
    assert_eq!(okand.status, StatusCode::NOT_FOUND);
    assert!(okand.text.contains("Sidan finns inte"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_https_the_cookie_is_for_this_host_and_https_only() {
    let varld = Varld::med(crate::Installningar {
        https: true,
        ..crate::Installningar::default()
    })
    .await;
    let mut b = varld.webblasare();
    let svar = b.logga_in(&konto("uppsala", Roll::Ekonom), LOSENORD).await;
    let kaka = svar
        .huvuden
        .get_all(SET_COOKIE)
        .iter()
        .map(|v| v.to_str().unwrap())
        .find(|v| v.starts_with("__Host-utfall="))
        .unwrap();
    assert!(
        kaka.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"),
        "{kaka}"
    );
    assert!(svar.huvuden.contains_key("strict-transport-security"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_large_a_form_is_refused_in_words() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let insats = &varld.exempel["uppsala"].insatser[0];
    let stor = "a".repeat(600 * 1024);
    let sida = format!("/insatser/{insats}/andra");
    let svar = b.fyll_i(&sida, &sida, &[("kommentar", &stor)]).await;
    assert_eq!(svar.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(svar.text.contains("Det är för stort"));
    let styr = b.fyll_i(&sida, &sida, &[("kommentar", "a\u{0}b")]).await;
    assert_eq!(styr.status, StatusCode::BAD_REQUEST);
}
