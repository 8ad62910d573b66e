//! What is stated of results is the same wherever it stands, and an old report leads to the
//! newer one that is published.

use super::{Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::Roll;
use utfall_testkit::webb::bara_text;

/// What can be published under a name that begins so: `insats:3`.
async fn sak(b: &mut Webblasare, namn: &str) -> String {
    let html = b.hamta("/publicering").await.text;
    let (fore, _) = html.split_once(namn).unwrap();
    let (_, vad) = fore.rsplit_once("<option value=\"").unwrap();
    vad.split('"').next().unwrap().to_owned()
}

async fn publicera(b: &mut Webblasare, vad: &str) {
    let falt = [("vad", vad), ("per", "2022-02-02")];
    b.spara("/publicering", "/publicering", &falt).await;
}

/// A part of a page by its heading's id, in words.
fn del(html: &str, id: &str) -> String {
    let (_, del) = html.split_once(&format!("id=\"{id}\"")).unwrap();
    bara_text(del.split("</section>").next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counted_jobs_stand_on_both_sides_of_sign_in_and_beside_the_money() {
    let varld = Varld::ny().await;
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let namn = "Lovjobb för unga som behöver det mest";
    let vad = sak(&mut chef, &format!("Insats: {namn}")).await;
    let html = chef.hamta("/insatser?ord=lovjobb").await.text;
    let slug = html.split("href=\"/insatser/").nth(1).unwrap();
    let slug = slug.split(['"', '?']).next().unwrap().to_owned();
    let inne = del(
        &chef.hamta(&format!("/insatser/{slug}")).await.text,
        "resultat",
    );
    let ingen = "Inga resultat är redovisade";
    let talen = ["Sportlov 30", "Sommarlov 70", "Höstlov 40"];
    for tal in talen {
        assert!(inne.contains(tal), "{tal}: {inne}");
    }
    assert!(
        !inne.contains(ingen) && inne.contains("bilaga 1, rad 201"),
        "{inne}"
    );

    // What is entered by hand stands in no paper, so the table speaks of none.
    assert!(inne.contains("Antal, som de är registrerade"), "{inne}");

    let mut alla = varld.webblasare();
    let fore = del(&alla.hamta("/uppsala/pengar").await.text, "resultat");
    assert!(!fore.contains("Sportlov"), "inte publicerat än: {fore}");
    publicera(&mut chef, &vad).await;
    let sida = alla.hamta(&format!("/uppsala/insatser/{slug}")).await.text;
    let ute = del(&sida, "resultat");
    for tal in talen {
        assert!(ute.contains(tal), "{tal}: {ute}");
    }
    assert!(
        !ute.contains(ingen) && ute.contains("bilaga 1, rad 201"),
        "{ute}"
    );
    let pengar = alla.hamta("/uppsala/pengar").await.text;
    let rad = del(&pengar, "resultat");
    assert!(
        rad.contains("Sportlov 30 , Sommarlov 70 , Höstlov 40"),
        "{rad}"
    );
    // Each leads to its derivation, which is the number on the page.
    let (_, resultat) = pengar.split_once("id=\"resultat\"").unwrap();
    let href = resultat
        .split("href=\"/uppsala/harledning/")
        .nth(1)
        .unwrap();
    let href = href.split('"').next().unwrap().replace("&#38;", "&");
    let svar = alla.hamta(&format!("/uppsala/harledning/{href}")).await;
    assert_eq!(svar.status, StatusCode::OK);
    assert!(bara_text(&svar.text).contains("Varför 30"), "{}", svar.text);
}

/// Enters participants of 2021 by hand.
async fn registrera_deltagare(b: &mut Webblasare, insats: &str, antal: &str) {
    let sida = format!("/insatser/{insats}/registrera");
    let falt = [
        ("slag", "deltagare"),
        ("ar", "2021"),
        ("kategori", ""),
        ("belopp", antal),
        ("enhet", "antal"),
        ("lage", "tal"),
        ("orsak", "Deltagarlistan"),
    ];
    b.spara(&sida, &sida, &falt).await;
}

/// The results beside the money, and those on the initiative's public page.
async fn oppna_resultat(alla: &mut Webblasare, insats: &str) -> (String, String) {
    let pengar = alla.hamta("/uppsala/pengar").await.text;
    let sida = format!("/uppsala/insatser/{insats}");
    let sida = alla.hamta(&sida).await.text;
    (del(&pengar, "resultat"), del(&sida, "resultat"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_count_from_no_public_paper_is_not_beside_the_money() {
    let varld = Varld::ny().await;
    let insats = varld.exempel["uppsala"].publika_insatser[0].clone();
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    varld.ga(jiff::SignedDuration::from_mins(1));
    registrera_deltagare(&mut chef, &insats, "3").await;
    varld.ga(jiff::SignedDuration::from_mins(1));
    let inne = chef.hamta(&format!("/insatser/{insats}")).await.text;
    let namn = inne.split("<h1>").nth(1).unwrap();
    let namn = bara_text(namn.split("</h1>").next().unwrap());
    let inne = del(&inne, "resultat");
    assert!(inne.contains("Deltagare 3"), "{inne}");

    let vad = sak(&mut chef, &format!("Insats: {}", namn.trim())).await;
    publicera(&mut chef, &vad).await;
    let mut alla = varld.webblasare();
    let (vid_pengarna, pa_sidan) = oppna_resultat(&mut alla, &insats).await;
    for text in [&vid_pengarna, &pa_sidan] {
        let rader = text.replace("Deltagare och resultat", "");
        assert!(!rader.contains("Deltagare"), "{text}");
        assert!(!rader.contains('3'), "{text}");
    }
    assert!(
        vid_pengarna.contains("Inga resultat är redovisade i offentliga papper."),
        "{vid_pengarna}"
    );

    // The control: what a public paper says of another one stands there by the same acts, and
    // then it is said how many of them have.
    let lov = "Insats: Lovjobb för unga som behöver det mest";
    let vad = sak(&mut chef, lov).await;
    publicera(&mut chef, &vad).await;
    let (vid_pengarna, _) = oppna_resultat(&mut alla, &insats).await;
    assert!(vid_pengarna.contains("Sportlov 30"), "{vid_pengarna}");
    assert!(!vid_pengarna.contains("Deltagare"), "{vid_pengarna}");
    assert!(
        vid_pengarna.contains("En av 2 publicerade insatser har redovisat resultat i offentliga"),
        "{vid_pengarna}"
    );
}

/// Issues a new report of the first grant and year there are; gives its address.
async fn utfarda(chef: &mut Webblasare) -> String {
    let html = chef.hamta("/rapporter").await.text;
    let (_, val) = html.split_once("<select").unwrap();
    let (_, val) = val.split_once("<option value=\"").unwrap();
    let val = [("bidrag", val.split('"').next().unwrap())];
    let svar = chef.fyll_i("/rapporter", "/rapporter", &val).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let utkast = svar.till().to_owned();
    let till = format!("{utkast}/utfarda");
    chef.spara(&utkast, &till, &[("last", "ja")]).await;
    utkast
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_report_leads_to_the_latest_published_one_and_says_nothing_of_others() {
    let varld = Varld::ny().await;
    let gammal = &varld.exempel["uppsala"].publika_rapporter[0];
    let gammal = format!("/uppsala/rapporter/{gammal}");
    let mut alla = varld.webblasare();
    let mening = "Det finns en senare rapport.";
    let fore = alla.hamta(&gammal).await.text;
    assert!(!fore.contains(mening));

    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    varld.ga(jiff::SignedDuration::from_mins(9));
    let mellan = utfarda(&mut chef).await;
    varld.ga(jiff::SignedDuration::from_mins(9));
    let sista = utfarda(&mut chef).await;
    let (mellan, sista) = (format!("/uppsala{mellan}"), format!("/uppsala{sista}"));
    // That there are two later ones, nobody sees.
    assert_eq!(alla.hamta(&gammal).await.text, fore);

    let leder = |text: &str, till: &str| text.contains(&format!("href=\"{till}\""));
    let vad = sak(&mut chef, "2022 kl.\u{a0}10.09").await;
    publicera(&mut chef, &vad).await;
    let html = alla.hamta(&gammal).await.text;
    assert!(html.contains(mening) && leder(&html, &mellan), "{html}");
    assert!(bara_text(&html).contains("10.09"), "{html}");
    assert!(!leder(&html, &sista) && !html.contains("10.18"), "{html}");
    assert!(!alla.hamta(&mellan).await.text.contains(mening));

    let vad = sak(&mut chef, "2022 kl.\u{a0}10.18").await;
    publicera(&mut chef, &vad).await;
    for aldre in [&gammal, &mellan] {
        let html = alla.hamta(aldre).await.text;
        assert!(html.contains(mening) && leder(&html, &sista), "{html}");
        assert!(!leder(&html, &mellan), "{html}");
    }
    let senast = alla.hamta(&sista).await;
    assert_eq!(senast.status, StatusCode::OK);
    assert!(!senast.text.contains(mening));
    let fil = alla.hamta(&format!("{gammal}/rapport.pdf")).await;
    assert_eq!(fil.status, StatusCode::OK);
}
