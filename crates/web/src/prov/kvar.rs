//! A session that ends while somebody is writing.

use super::{LOSENORD, Svar, Varld, Webblasare, dolda, konto};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_behorighet::Roll;

const TEXT: &str = "Färre unga än väntat. <b>Och</b> \"annat\" & mer.";

/// Opens the form for an initiative's texts and fills it in; the fields as they are sent.
async fn skriv(b: &mut Webblasare, sida: &str) -> Vec<(String, String)> {
    let html = b.hamta(sida).await.text;
    let mut falt = dolda(&html, sida);
    falt.push(("kommentar".into(), TEXT.into()));
    falt.push(("lage".into(), "okand".into()));
    falt
}

async fn posta(b: &mut Webblasare, till: &str, falt: &[(String, String)]) -> Svar {
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    b.posta(till, &falt).await
}

/// The hidden fields of a form, as the person's browser would send them.
fn ur(html: &str, mal: &str) -> Vec<(String, String)> {
    let avkodat = |v: String| {
        v.replace("&#34;", "\"")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&")
    };
    dolda(html, mal)
        .into_iter()
        .map(|(n, v)| (n, avkodat(v)))
        .collect()
}

async fn logga_in(b: &mut Webblasare, html: &str, namn: &str, losenord: &str) -> Svar {
    let mut falt = ur(html, "/logga-in");
    falt.push(("konto".into(), namn.into()));
    falt.push(("losenord".into(), losenord.into()));
    posta(b, "/logga-in", &falt).await
}

fn insats(varld: &Varld) -> (String, String) {
    let insats = &varld.exempel["uppsala"].insatser[0];
    (
        format!("/insatser/{insats}"),
        format!("/insatser/{insats}/andra"),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_is_sent_after_signing_in_again_with_the_same_account() {
    let varld = Varld::ny().await;
    let (insats, sida) = insats(&varld);
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let falt = skriv(&mut b, &sida).await;
    varld.ga(SignedDuration::from_mins(61));
    let svar = posta(&mut b, &sida, &falt).await;
    assert_eq!(svar.status, StatusCode::FORBIDDEN);
    assert!(
        svar.text.contains("det du skrev finns kvar"),
        "{}",
        svar.text
    );

    let namn = konto("uppsala", Roll::Insatsansvarig);
    let fel = logga_in(&mut b, &svar.text, &namn, "fel lösenord här").await;
    assert_eq!(
        fel.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a slip loses nothing"
    );
    let inne = logga_in(&mut b, &fel.text, &namn, LOSENORD).await;
    assert_eq!(inne.status, StatusCode::OK, "{}", inne.text);
    assert!(
        inne.text.contains("Färre unga än väntat."),
        "seen before it is sent"
    );
    assert!(
        !b.hamta(&insats).await.text.contains("Färre unga"),
        "not sent by itself"
    );

    let kvar = ur(&inne.text, &sida);
    assert!(
        kvar.iter()
            .all(|(n, _)| !n.contains("losenord") && !n.starts_with("kvar"))
    );
    let svar = posta(&mut b, &sida, &kvar).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert!(
        b.hamta(&insats)
            .await
            .text
            .contains("Färre unga än väntat. &#60;b&#62;Och")
    );
    // Sent once more it is the same form: one effect.
    assert_eq!(
        posta(&mut b, &sida, &kvar).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_else_who_signs_in_gets_nothing_of_it() {
    let varld = Varld::ny().await;
    let (_, sida) = insats(&varld);
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let falt = skriv(&mut b, &sida).await;
    varld.ga(SignedDuration::from_mins(61));
    let svar = posta(&mut b, &sida, &falt).await;
    let annan = konto("uppsala", Roll::Ekonom);
    let inne = logga_in(&mut b, &svar.text, &annan, LOSENORD).await;
    assert_eq!(
        (inne.status, inne.till()),
        (StatusCode::SEE_OTHER, "/start")
    );
    assert!(!inne.text.contains("Färre unga"));
    // Nor from the tab that is still open, though the browser says the form is ours.
    let svar = posta(&mut b, &sida, &falt).await;
    assert_eq!(svar.status, StatusCode::FORBIDDEN);
    assert!(!svar.text.contains("Färre unga"), "{}", svar.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_in_again_in_another_window_one_sends_it_with_a_new_token() {
    let varld = Varld::ny().await;
    let (insats, sida) = insats(&varld);
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let falt = skriv(&mut b, &sida).await;
    varld.ga(SignedDuration::from_mins(61));
    b.logga_in(&konto("uppsala", Roll::Insatsansvarig), LOSENORD)
        .await;
    let svar = posta(&mut b, &sida, &falt).await;
    assert_eq!(svar.status, StatusCode::FORBIDDEN);
    assert!(
        svar.text.contains("Du har loggat in på nytt"),
        "{}",
        svar.text
    );
    let svar = posta(&mut b, &sida, &ur(&svar.text, &sida)).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert!(b.hamta(&insats).await.text.contains("Färre unga"));
}

/// What cannot be shown to be our own form is never given a token.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_elsewhere_is_not_kept() {
    use axum::body::Body;
    let varld = Varld::ny().await;
    let (_, sida) = insats(&varld);
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let falt = skriv(&mut b, &sida).await;
    let andras = skriv(
        &mut varld.inloggad("uppsala", Roll::Insatsansvarig).await,
        &sida,
    )
    .await;
    varld.ga(SignedDuration::from_mins(61));
    let utan: Vec<_> = falt.iter().filter(|(n, _)| n != "csrf").cloned().collect();
    for (namn, falt) in [("no token", &utan), ("another session's", &andras)] {
        let svar = posta(&mut b, &sida, falt).await;
        assert_eq!(
            (svar.status, svar.till()),
            (StatusCode::SEE_OTHER, "/logga-in"),
            "{namn}"
        );
    }
    let par: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    let fran = |huvud: &'static str| {
        b.begaran("POST", &sida)
            .header("sec-fetch-site", huvud)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(super::kodat(&par)))
            .unwrap()
    };
    let (annan, egen) = (fran("cross-site"), fran("same-origin"));
    let svar = b.sand(annan).await;
    assert_eq!(
        (svar.status, svar.till()),
        (StatusCode::SEE_OTHER, "/logga-in")
    );
    // Control: the same bytes from our own page are kept.
    assert!(b.sand(egen).await.text.contains("det du skrev finns kvar"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_much_is_told_and_passwords_are_never_kept() {
    let varld = Varld::ny().await;
    let (_, sida) = insats(&varld);
    let mut b = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let mut falt = skriv(&mut b, &sida).await;
    let losenord = b.hamta("/losenord").await.text;
    let mut byt = dolda(&losenord, "/losenord");
    for namn in ["losenord", "nytt-losenord", "igen-losenord"] {
        byt.push((namn.into(), "fyra hemliga ord här".into()));
    }
    varld.ga(SignedDuration::from_mins(61));
    let svar = posta(&mut b, "/losenord", &byt).await;
    assert_eq!(
        (svar.status, svar.till()),
        (StatusCode::SEE_OTHER, "/logga-in")
    );
    falt.push(("nytt-losenord".into(), "fyra hemliga ord här".into()));
    let svar = posta(&mut b, &sida, &falt).await;
    assert!(svar.text.contains("finns kvar") && !svar.text.contains("hemliga"));
    falt.push(("resultat".into(), "å".repeat(70_000)));
    let svar = posta(&mut b, &sida, &falt).await;
    assert_eq!(svar.status, StatusCode::FORBIDDEN);
    assert!(
        svar.text.contains("för stort för att tas med"),
        "{}",
        svar.text
    );
    assert!(svar.text.len() < 20_000);
    // Signing out when already out is no error.
    let ut = b.posta("/logga-ut", &[]).await;
    assert_eq!((ut.status, ut.till()), (StatusCode::SEE_OTHER, "/logga-in"));
}
