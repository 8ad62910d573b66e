//! Every route × every role × own, other's and nobody's things, against the written policy.

use super::{Varld, Webblasare, adresser, kodat, roller};
use crate::rutter::{Handtag, Metod, RUTTER, Rutt};
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use std::path::Path;
use utfall_behorighet::Roll;

/// The committed matrix, not the code, is the oracle.
fn policy(roll: Roll, rutt: &Rutt) -> Option<bool> {
    let fil = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/behorighet.txt");
    let facit = std::fs::read_to_string(fil).unwrap();
    let kod = rutt.atgard()?.kod();
    let rad = facit
        .lines()
        .find(|r| r.split(' ').next() == Some(kod))
        .unwrap();
    let nr = Roll::ALLA.iter().position(|r| *r == roll).unwrap();
    Some(rad.split_whitespace().nth(nr + 1).unwrap() == "✔")
}

async fn besok(b: &mut Webblasare, rutt: &Rutt, adress: &str, csrf: &str) -> StatusCode {
    let mut bygg = b.begaran(rutt.metod.namn(), adress);
    let kropp = if rutt.metod == Metod::Post {
        bygg = bygg
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        // The right token and key, but nothing else: enough to pass the gate, and too little
        // to change anything.
        kodat(&[("csrf", csrf), ("idempotens", "0123456789abcdef")])
    } else {
        String::new()
    };
    b.sand(bygg.body(Body::from(kropp)).unwrap()).await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_and_role_follows_the_written_policy() {
    let varld = Varld::ny().await;
    let egna = adresser(&varld.exempel["uppsala"]);
    let andras = adresser(&varld.exempel["ragunda"]);
    let mut celler = 0;
    for roll in roller() {
        let mut b = varld.inloggad("uppsala", roll).await;
        let csrf = b.csrf("/behorighet").await;
        for (rutt, adress) in egna.iter().filter(|(r, _)| r.namn != "logga-ut") {
            let status = besok(&mut b, rutt, adress, &csrf).await;
            let cell = format!("{} {adress} som {roll}: {status}", rutt.metod.namn());
            match policy(roll, rutt) {
                Some(false) => assert_eq!(status, StatusCode::FORBIDDEN, "{cell}"),
                _ => assert_ne!(status, StatusCode::FORBIDDEN, "{cell}"),
            }
            assert!(!status.is_server_error(), "{cell}");
            celler += 1;
        }
        let namngivna = andras.iter().filter(|(rutt, _)| rutt.monster.contains('{'));
        for (rutt, adress) in namngivna {
            if !matches!(rutt.handtag, Handtag::Inloggat(..)) || !(rutt.monster.contains('{')) {
                continue;
            }
            let status = besok(&mut b, rutt, adress, &csrf).await;
            let vantat = match policy(roll, rutt) {
                Some(true) => StatusCode::NOT_FOUND,
                _ => StatusCode::FORBIDDEN,
            };
            let cell = format!("{} {adress} (annans) som {roll}", rutt.metod.namn());
            assert_eq!(status, vantat, "{cell}");
            celler += 1;
        }
    }
    assert!(celler > RUTTER.len() * 12, "{celler}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_in_without_signing_in() {
    let varld = Varld::ny().await;
    let mut b = varld.webblasare();
    for (rutt, adress) in adresser(&varld.exempel["uppsala"]) {
        let status = besok(&mut b, rutt, &adress, "").await;
        if matches!(rutt.handtag, Handtag::Inloggat(..)) {
            assert_eq!(status, StatusCode::SEE_OTHER, "{rutt:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_thing_and_no_thing_are_the_same_page() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let mut par = 0;
    for (rutt, annans) in adresser(&varld.exempel["ragunda"]) {
        let laser = rutt.metod == Metod::Get
            && matches!(rutt.handtag, Handtag::Inloggat(..))
            && rutt.roller().contains(&Roll::Forbundschef);
        if !laser || !rutt.monster.contains('{') || annans.contains("harledning") {
            continue;
        }
        let ingens = rutt.monster.replace("{", "finns-inte-").replace('}', "");
        let (ett, inget) = (b.hamta(&annans).await, b.hamta(&ingens).await);
        assert_eq!(ett.status, StatusCode::NOT_FOUND, "{annans}");
        assert_eq!(ett.text, inget.text, "{annans} {ingens}");
        assert_eq!(ett.huvuden, inget.huvuden);
        par += 1;
    }
    assert!(par >= 6, "{par}");
}
