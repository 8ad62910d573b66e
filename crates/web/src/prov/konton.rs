//! The accounts: handed out, changed and closed through the pages, and one's own password.

use super::{LOSENORD, Varld, Webblasare, dolda, konto};
use axum::http::StatusCode;
use utfall_app::installation::{NyHuvudman, NyttKonto};
use utfall_behorighet::{Aktor, Roll};

const NYTT: &str = "/konton/nytt";

fn startlosenord(html: &str) -> String {
    let (_, efter) = html.split_once("<dt>Startlösenord</dt><dd>").unwrap();
    efter.split('<').next().unwrap().to_owned()
}

/// Adds an account and gives its address and its starting password.
async fn lagg_upp(adm: &mut Webblasare, namn: &str, roll: &str) -> (String, String) {
    let falt = [
        ("inloggning", namn),
        ("visningsnamn", "En till"),
        (roll, "ja"),
    ];
    let svar = adm.fyll_i(NYTT, NYTT, &falt).await;
    assert_eq!(svar.status, StatusCode::OK, "{}", svar.text);
    let hit = svar.text.split("href=\"/konton/").nth(1).unwrap();
    let nr = hit.split('"').next().unwrap();
    (format!("/konton/{nr}"), startlosenord(&svar.text))
}

async fn byt(b: &mut Webblasare, gammalt: &str, nytt: &str, igen: &str) -> super::Svar {
    let falt = [
        ("losenord", gammalt),
        ("nytt-losenord", nytt),
        ("igen-losenord", igen),
    ];
    b.fyll_i("/losenord", "/losenord", &falt).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_account_must_change_its_starting_password_before_anything_else() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let (hit, start) = lagg_upp(&mut adm, "Ny.Ekonom", "roll-ekonom").await;
    assert!(!adm.hamta(&hit).await.text.contains(&start), "shown once");

    let mut b = varld.webblasare();
    b.logga_in("ny.ekonom", &start).await;
    for adress in ["/medel", "/start", "/behorighet"] {
        assert_eq!(b.hamta(adress).await.till(), "/losenord", "{adress}");
    }
    let insats = format!("/insatser/{}/andra", varld.exempel["uppsala"].insatser[0]);
    let csrf = b.csrf("/losenord").await;
    let skriv = b
        .posta(&insats, &[("csrf", &csrf), ("kommentar", "smyg")])
        .await;
    assert_eq!(skriv.till(), "/losenord", "nothing can be written either");

    for (gammalt, nytt, igen, sager) in [
        (
            "fel lösenord här",
            "fyra helt nya ord",
            "fyra helt nya ord",
            "stämmer inte",
        ),
        (&*start, "för kort", "för kort", "kortare än 12"),
        (&start, &start, &start, "samma som det du har"),
        (&start, "fyra helt nya ord", "fyra helt nya ro", "inte lika"),
    ] {
        let svar = byt(&mut b, gammalt, nytt, igen).await;
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY, "{sager}");
        assert!(svar.text.contains(sager), "{sager}: {}", svar.text);
        assert!(!svar.text.contains("fyra helt"), "never sent back");
    }
    assert_eq!(b.hamta("/medel").await.till(), "/losenord");
    let svar = byt(&mut b, &start, "fyra helt nya ord", "fyra helt nya ord").await;
    assert_eq!(
        (svar.status, svar.till()),
        (StatusCode::SEE_OTHER, "/start")
    );
    assert_eq!(b.hamta("/medel").await.status, StatusCode::OK);

    let mut c = varld.webblasare();
    assert_eq!(
        c.logga_in("ny.ekonom", &start).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let svar = c.logga_in("ny.ekonom", "fyra helt nya ord").await;
    assert_eq!(svar.till(), "/start");
    // Changed again from here: the other one is out, this one goes on.
    byt(
        &mut c,
        "fyra helt nya ord",
        "ännu fyra nya ord",
        "ännu fyra nya ord",
    )
    .await;
    assert_eq!(b.hamta("/medel").await.status, StatusCode::SEE_OTHER);
    assert_eq!(c.hamta("/medel").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_follow_the_hard_rule_and_hold_at_once() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let falt = [
        ("inloggning", "blandad"),
        ("visningsnamn", "Blandad"),
        ("roll-ekonom", "ja"),
        ("roll-deltagaransvarig", "ja"),
    ];
    let svar = adm.fyll_i(NYTT, NYTT, &falt).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        svar.text
            .contains("kan inte vara både ekonom och deltagaransvarig"),
        "{}",
        svar.text
    );
    assert!(
        svar.text.contains("value=\"blandad\""),
        "what was typed is kept"
    );
    let upptagen = konto("ragunda", Roll::Ekonom);
    let falt = [
        ("inloggning", &*upptagen),
        ("visningsnamn", "X"),
        ("roll-ekonom", "ja"),
    ];
    let svar = adm.fyll_i(NYTT, NYTT, &falt).await;
    assert!(svar.text.contains("är upptaget"), "{}", svar.text);

    let ekonomen = konto_nr(&mut adm, &konto("uppsala", Roll::Ekonom)).await;
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let (sida, mal) = (
        format!("/konton/{ekonomen}"),
        format!("/konton/{ekonomen}/roller"),
    );
    let fel = [("roll-ekonom", "ja"), ("roll-jobbtorgspart", "ja")];
    let svar = adm.fyll_i(&sida, &mal, &fel).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        svar.text.contains("href=\"#roll-administrator\""),
        "leads to the boxes"
    );
    assert_eq!(ekonom.hamta("/journal").await.status, StatusCode::FORBIDDEN);
    let svar = adm.fyll_i(&sida, &mal, &[("roll-revisor", "ja")]).await;
    assert_eq!(svar.till(), format!("{sida}?gjort=roller"));
    assert_eq!(
        ekonom.hamta("/journal").await.status,
        StatusCode::OK,
        "at once"
    );
    let journal = ekonom.hamta("/journal").await.text;
    assert!(
        journal.contains(&format!("Konto {ekonomen} fick andra roller.")),
        "{journal}"
    );
}

/// The number of the account that signs in by this name.
async fn konto_nr(adm: &mut Webblasare, namn: &str) -> String {
    let lista = adm.hamta("/konton").await.text;
    let rad = lista.split("<tr").find(|rad| rad.contains(namn)).unwrap();
    let (_, efter) = rad.split_once("href=\"/konton/").unwrap();
    efter.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_locks_the_last_administrator_out() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let egen = konto_nr(&mut adm, &konto("uppsala", Roll::Administrator)).await;
    let sida = format!("/konton/{egen}");
    for (vag, falt) in [("roller", &[("roll-ekonom", "ja")][..]), ("stang-av", &[])] {
        let svar = adm.fyll_i(&sida, &format!("{sida}/{vag}"), falt).await;
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY, "{vag}");
        assert!(svar.text.contains("låsa er ute"), "{}", svar.text);
    }
    // Control: with one more it goes, and whoever closed the own account is out.
    lagg_upp(&mut adm, "reserven", "roll-administrator").await;
    adm.spara(&sida, &format!("{sida}/stang-av"), &[]).await;
    assert_eq!(adm.hamta("/konton").await.status, StatusCode::SEE_OTHER);
    let svar = adm
        .logga_in(&konto("uppsala", Roll::Administrator), LOSENORD)
        .await;
    assert!(svar.text.contains("Kontot är avstängt."), "{}", svar.text);
    let gissning = adm
        .logga_in(&konto("uppsala", Roll::Administrator), "fel lösenord")
        .await;
    assert!(
        !gissning.text.contains("avstängt"),
        "not told to a stranger"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_account_is_out_at_once_and_opens_with_a_new_starting_password() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let nr = konto_nr(&mut adm, &konto("uppsala", Roll::Ekonom)).await;
    let sida = format!("/konton/{nr}");
    let gor = |vag: &str| format!("{sida}/{vag}");

    adm.fyll_i(&sida, &gor("logga-ut"), &[]).await;
    assert_eq!(ekonom.hamta("/medel").await.status, StatusCode::SEE_OTHER);
    ekonom
        .logga_in(&konto("uppsala", Roll::Ekonom), LOSENORD)
        .await;
    assert_eq!(
        ekonom.hamta("/medel").await.status,
        StatusCode::OK,
        "the password still holds"
    );

    adm.fyll_i(&sida, &gor("stang-av"), &[]).await;
    assert_eq!(ekonom.hamta("/medel").await.status, StatusCode::SEE_OTHER);
    assert!(!adm.hamta(&sida).await.text.contains("Stäng av kontot"));

    let svar = adm.fyll_i(&sida, &gor("startlosenord"), &[]).await;
    let start = startlosenord(&svar.text);
    let ut = ekonom
        .logga_in(&konto("uppsala", Roll::Ekonom), LOSENORD)
        .await;
    assert_eq!(
        ut.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the old one is gone"
    );
    ekonom
        .logga_in(&konto("uppsala", Roll::Ekonom), &start)
        .await;
    assert_eq!(ekonom.hamta("/medel").await.till(), "/losenord");
}

/// A double click must not show a password that does not open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_form_sent_twice_shows_the_password_that_holds() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let html = adm.hamta(NYTT).await.text;
    let mut falt: Vec<(String, String)> = dolda(&html, NYTT);
    for (namn, varde) in [
        ("inloggning", "dubbel"),
        ("visningsnamn", "D"),
        ("roll-ekonom", "ja"),
    ] {
        falt.push((namn.into(), varde.into()));
    }
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    let ett = startlosenord(&adm.posta(NYTT, &falt).await.text);
    let tva = startlosenord(&adm.posta(NYTT, &falt).await.text);
    assert_eq!(ett, tva);
    let svar = varld.webblasare().logga_in("dubbel", &tva).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER);
    // Another form is another password.
    let (_, annat) = lagg_upp(&mut adm, "tredje", "roll-ekonom").await;
    assert_ne!(annat, ett);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_huvudmans_accounts_do_not_exist() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let lista = adm.hamta("/konton").await.text;
    assert!(
        lista.contains("ekonom.uppsala") && !lista.contains("ragunda"),
        "{lista}"
    );
    // The numbers are the huvudman's own: both have one to twelve and none beyond.
    assert_eq!(adm.hamta("/konton/12").await.status, StatusCode::OK);
    assert_eq!(adm.hamta("/konton/13").await.status, StatusCode::NOT_FOUND);
    let csrf = adm.csrf("/konton").await;
    let falt = [("csrf", csrf.as_str()), ("idempotens", "0123456789abcdef")];
    for vag in ["roller", "startlosenord", "stang-av", "logga-ut"] {
        let svar = adm.posta(&format!("/konton/13/{vag}"), &falt).await;
        assert_eq!(svar.status, StatusCode::NOT_FOUND, "{vag}");
    }
}

/// The chain is the installation's; a huvudman sees its own numbers and nobody's count.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_counts_the_own_entries_only() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("ragunda", Roll::Revisor).await;
    let nummer = |html: &str| -> Vec<i64> {
        let rader = html.split("id=\"post-").skip(1);
        rader
            .map(|r| r.split('"').next().unwrap().parse().unwrap())
            .collect()
    };
    let fore = b.hamta("/journal").await.text;
    let egna = nummer(&fore);
    assert!(egna.len() > 15, "{egna:?}");
    assert_eq!(
        egna,
        (1..=i64::try_from(egna.len()).unwrap())
            .rev()
            .collect::<Vec<_>>(),
        "from one, no gaps"
    );
    let kontroll = async |b: &mut super::Webblasare| {
        // The answer leads to a page, which can be loaded again.
        let svar = b.fyll_i("/journal", "/journal", &[]).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER);
        let svar = b.hamta(svar.till()).await.text;
        let (_, efter) = svar.split_once("kedjan är hel").unwrap();
        efter.split("</div>").next().unwrap().to_owned()
    };
    let forst = kontroll(&mut b).await;
    assert!(
        forst.contains(&format!(
            "{}\u{a0}poster hos er är kontrollerade",
            egna.len()
        )),
        "{forst}"
    );
    // Somebody else writes: nothing of it is seen here.
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let falt = [
        ("inloggning", "en.till"),
        ("visningsnamn", "En"),
        ("roll-ekonom", "ja"),
    ];
    adm.fyll_i("/konton/nytt", "/konton/nytt", &falt).await;
    assert_eq!(nummer(&b.hamta("/journal").await.text), egna);
    assert_eq!(kontroll(&mut b).await, forst);
    assert!(!b.hamta("/journal").await.text.contains("kedjan är hel"));
    // Older pages are asked for by the own number.
    assert_eq!(nummer(&b.hamta("/journal?fore=4").await.text), [3, 2, 1]);
}

/// An administrator alone can do nothing with money, and is told what to do about it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_alone_is_told_who_is_missing() {
    let varld = Varld::ny().await;
    let ny = NyHuvudman {
        slug: "ensamby".into(),
        namn: "Ensamby".into(),
        pahittad: false,
    };
    let tjanst = &varld.webb.tjanst;
    let drift = Aktor::drift(tjanst.skapa_huvudman(ny).await.unwrap());
    let adm = Roll::Administrator;
    let ny = NyttKonto::ny("ensam", "Ensam", LOSENORD, &[4; 16], &[adm]);
    tjanst.utfor(&drift, None, ny.unwrap()).await.unwrap();
    let mut b = Webblasare::inloggad(&varld.router, "ensam", LOSENORD).await;
    let rad = "ingen kan registrera bidrag än";
    assert!(b.hamta("/konton").await.text.to_lowercase().contains(rad));
    let formular = b.hamta(NYTT).await.text;
    assert!(formular.contains("utfärdar rapporter och publicerar"));
    // What a role does is said at its box, and that some have nothing to do yet.
    assert!(formular.contains("har inget att göra i programmet än"));
    lagg_upp(&mut b, "ny.chef", "roll-forbundschef").await;
    assert!(!b.hamta("/konton").await.text.to_lowercase().contains(rad));
}
