//! The refused files again, from where people stand: the command line and the page.

use super::dalig::{Fall, HUVUD, VER, alla, sie};
use super::kommandot::forsby;
use crate::stod::utfall_i;
use crate::webblasare::{Webblasare, bara_text, router};
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use std::collections::BTreeMap;
use utfall_behorighet::Roll;
use utfall_testkit::webb::dolda;
use utfall_testkit::{Testdb, Varld};

#[test]
fn the_command_refuses_each_with_its_rows_and_stores_nothing() {
    let db = forsby();
    let mapp = tempfile::tempdir().unwrap();
    let lagg = |namn: &str, innehall: &[u8]| {
        let fil = mapp.path().join(format!("{}.se", namn.replace(' ', "-")));
        std::fs::write(&fil, innehall).unwrap();
        fil.display().to_string()
    };
    let fore = db.avtryck();
    for Fall {
        namn,
        innehall,
        fel,
        ord,
    } in alla()
    {
        let fil = lagg(namn, &innehall);
        let med = ["importera", "sie", "--foretag", "Forsby prov (pahittat)"];
        let med: Vec<&str> = med.into_iter().chain([fil.as_str()]).collect();
        let svar = utfall_i(&db, &med).slutar(1);
        assert!(svar.ut.is_empty(), "{namn}: {}", svar.ut);
        assert!(svar.fel.contains(ord), "{namn}: {}", svar.fel);
        for (rad, regel) in fel {
            let var = match rad {
                0 => format!("  fel [{regel}]: "),
                rad => format!("  fel, rad {rad} [{regel}]: "),
            };
            let egen = svar.fel.lines().find(|r| r.starts_with(&var));
            let egen = egen.unwrap_or_else(|| panic!("{namn}: {var}: {}", svar.fel));
            // What is wrong, and then what to do.
            assert!(
                egen.matches(". ").count() >= 1 && egen.ends_with('.'),
                "{egen}"
            );
        }
        assert!(
            svar.fel.contains("Inget har sparats."),
            "{namn}: {}",
            svar.fel
        );
        assert_eq!(db.avtryck(), fore, "{namn}");
    }
    // Another company than the one whose books these are, until it is named.
    let bra = lagg("bra", &sie(HUVUD, VER));
    let svar = utfall_i(&db, &["importera", "sie", &bra]).slutar(1);
    assert!(svar.fel.contains("999900-0012") && svar.fel.contains("--foretag"));
    assert_eq!(db.avtryck(), fore);
    // Control: named, the same file is read in.
    let med = [
        "importera",
        "sie",
        "--foretag",
        "Forsby prov (pahittat)",
        &bra,
    ];
    utfall_i(&db, &med).slutar(0);
    assert_ne!(db.avtryck(), fore);
}

/// Everything but what it costs to be signed in.
fn utom_sessioner(db: &Testdb) -> BTreeMap<String, u64> {
    let mut ut = db.avtryck();
    assert!(ut.remove("session").is_some(), "{:?}", ut.keys());
    ut
}

async fn skicka(b: &mut Webblasare, innehall: &[u8]) -> crate::webblasare::Svar {
    let las_in = "/bokforing/las-in";
    let sida = b.hamta(las_in).await;
    let mut kropp = Vec::new();
    for (falt, varde) in dolda(&sida.text, las_in) {
        let huvud = format!("Content-Disposition: form-data; name=\"{falt}\"\r\n\r\n");
        kropp.extend(format!("--GRANS\r\n{huvud}{varde}\r\n").into_bytes());
    }
    let huvud = "Content-Disposition: form-data; name=\"fil\"; filename=\"prov.se\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n";
    kropp.extend(format!("--GRANS\r\n{huvud}").into_bytes());
    kropp.extend(innehall);
    kropp.extend(b"\r\n--GRANS--\r\n");
    let begaran = b
        .begaran("POST", las_in)
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=GRANS")
        .body(Body::from(kropp));
    b.sand(begaran.unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_tells_each_row_and_gives_no_button_and_stores_nothing() {
    let v = Varld::demo().await;
    let r = router(&v);
    let mut b = Webblasare::som(&r, "forsby", Roll::Ekonom).await;
    let fore = utom_sessioner(&v.db);
    for Fall {
        namn,
        innehall,
        fel,
        ord,
    } in alla()
    {
        let svar = skicka(&mut b, &innehall).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{namn}: {}", svar.text);
        let granska = svar.till().to_owned();
        let sida = b.hamta(&granska).await;
        let text = bara_text(&sida.text);
        assert!(
            text.to_lowercase().contains(&ord.to_lowercase()),
            "{namn}: {text}"
        );
        assert!(
            text.contains(&format!("Fel ({})", fel.len())),
            "{namn}: {text}"
        );
        assert!(text.contains("Gör så här"), "{namn}: {text}");
        for (rad, _) in &fel {
            let var = match rad {
                0 => "Filen".to_owned(),
                rad => format!("Rad {rad}"),
            };
            assert!(text.contains(&var), "{namn}: {var}: {text}");
        }
        assert!(!sida.text.contains(">Läs in filen<"), "{namn}");
        // Nor does a form that somebody has made up get it in.
        let csrf = b.csrf("/bokforing/las-in").await;
        let falt = [
            ("csrf", csrf.as_str()),
            ("ny-enhet", "Forsby prov (pahittat)"),
        ];
        let nej = b.posta(&granska, &falt).await;
        assert!(
            !nej.status.is_success() && nej.status != StatusCode::SEE_OTHER,
            "{namn}: {}",
            nej.status
        );
        assert_eq!(utom_sessioner(&v.db), fore, "{namn}");
    }
    // Control: the whole file has the button, and is in the books when it has been pressed.
    let svar = skicka(&mut b, &sie(HUVUD, VER)).await;
    let granska = svar.till().to_owned();
    let sida = b.hamta(&granska).await.text;
    assert!(sida.contains(">Läs in filen<"), "{sida}");
    assert_eq!(utom_sessioner(&v.db), fore, "a look stores nothing");
    let falt = [("ny-enhet", "Forsby prov (pahittat)")];
    let ja = b.fyll_i(&granska, &granska, &falt).await;
    let hit = ja.till().to_owned();
    for _ in 0..400 {
        if !b.hamta(&hit).await.text.contains("<progress") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert!(b.hamta(&hit).await.text.contains("1 ny,"));
    assert_ne!(utom_sessioner(&v.db), fore);
}
