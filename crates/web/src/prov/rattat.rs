//! Figures and forms that have gone wrong once.

use super::{KOMMENTAR, Varld, dolda};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_shared_by_grants_without_years_is_shown() {
    let varld = Varld::sandviken().await;
    let mut b = varld.inloggad("sandviken", Roll::Ekonom).await;
    let medel = b.hamta("/medel").await.text;
    for text in [
        "14\u{a0}000\u{a0}000",
        "13\u{a0}287\u{a0}000",
        "713\u{a0}000",
    ] {
        assert!(medel.contains(text), "{text}: {medel}");
    }
    let rader = |html: &str| {
        let (_, del) = html.split_once("id=\"gemensamt\"").unwrap();
        let del = del.split("</section>").next().unwrap();
        del.matches("/insatser/").count()
    };
    assert_eq!(rader(&medel), 15, "{medel}");
    let slug = medel.split("href=\"/medel/").nth(1).unwrap();
    let slug = slug.split('"').next().unwrap();
    let ett = b.hamta(&format!("/medel/{slug}")).await.text;
    assert!(
        ett.contains("000\u{a0}000") && ett.contains("/medel#gemensamt"),
        "{ett}"
    );
    assert!(!ett.contains("· 0<") && ett.contains("utan år"), "{ett}");

    let publikt = b.hamta("/sandviken/pengar").await.text;
    for text in ["14\u{a0}000\u{a0}000", "13\u{a0}287\u{a0}000", KOMMENTAR] {
        assert!(publikt.contains(text), "{text}: {publikt}");
    }
    staplarna_ar_budgeten([&medel, &publikt]);
    for del in publikt.split("href=\"/sandviken/").skip(1) {
        let adress = del.split('"').next().unwrap().replace("&#38;", "&");
        let svar = b.hamta(&format!("/sandviken/{adress}")).await;
        assert_eq!(svar.status, StatusCode::OK, "{adress}");
    }
    let (_, om_allt) = publikt.split_once("harledning/fordelat").unwrap();
    let adress = om_allt.split('"').next().unwrap();
    let svar = b
        .hamta(&format!("/sandviken/harledning/fordelat{adress}"))
        .await;
    assert!(svar.text.contains("13\u{a0}287\u{a0}000"));
}

/// Nothing used is known: a bar is the outline of the budget, and says so.
fn staplarna_ar_budgeten(sidor: [&str; 2]) {
    for html in sidor {
        let (_, del) = html.split_once("id=\"gemensamt\"").unwrap();
        let del = del.split("</section>").next().unwrap();
        assert!(del.contains("Stapeln visar budgeten. Vad som har använts är inte redovisat."));
        assert!(
            !del.contains("class=\"f0\"") && del.contains("class=\"kontur\""),
            "{del}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_makes_a_public_page_say_what_they_like() {
    let varld = Varld::ny().await;
    let mut b = varld.webblasare();
    let insats = &varld.exempel["uppsala"].publika_insatser[0];
    let sida = b.hamta(&format!("/uppsala/insatser/{insats}")).await.text;
    assert!(sida.contains(KOMMENTAR), "{sida}");
    let (_, adress) = sida.split_once("href=\"/uppsala/harledning/").unwrap();
    let adress = adress.split('"').next().unwrap().replace("&#38;", "&");
    let adress = format!("/uppsala/harledning/{adress}");
    assert_eq!(b.hamta(&adress).await.status, StatusCode::OK, "{adress}");
    for ord in ["kategori=Skandal", "version=Skandal"] {
        let svar = b.hamta(&format!("{adress}&{ord}")).await;
        assert_eq!(svar.status, StatusCode::NOT_FOUND, "{ord}");
        // Nothing is said; the address is offered to those who sign in.
        let sagt = super::publik::ord(&svar.text);
        assert!(!sagt.contains("Skandal"), "{sagt}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_never_hides_that_somebody_else_saved() {
    let varld = Varld::ny().await;
    let mut ena = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let mut andra = varld.inloggad("uppsala", Roll::Ekonom).await;
    let bidrag = &varld.exempel["uppsala"].bidrag[0];
    let sida = format!("/medel/{bidrag}/fordelning");
    let html = ena.hamta(&sida).await.text;
    let falt: Vec<(String, String)> = celler(&html);
    let ([forsta, tredje], version) = (
        [falt[0].clone(), falt[2].clone()],
        varde(&dolda(&html, &sida), "version"),
    );
    let alla = |byt: &(String, String), nytt: &str| -> Vec<(String, String)> {
        falt.iter()
            .map(|(n, v)| {
                (
                    n.clone(),
                    if *n == byt.0 {
                        nytt.to_owned()
                    } else {
                        v.clone()
                    },
                )
            })
            .collect()
    };
    let lan = |alla: &[(String, String)], fler: [(&'static str, String); 6]| {
        let fler = fler.into_iter().map(|(n, v)| (n.to_owned(), v));
        alla.iter().cloned().chain(fler).collect::<Vec<_>>()
    };
    let skicka = |steg: &str, version: &str| {
        [
            ("steg", steg.to_owned()),
            ("orsak", "Beslut i nämnden".to_owned()),
            ("version", version.to_owned()),
            ("beslut-instans", "Kommunstyrelsen".to_owned()),
            ("beslut-datum", "2022-01-31".to_owned()),
            ("beslut-rubrik", "Fördelning".to_owned()),
        ]
    };
    // A preview keeps what was seen. With a reason it has no address: a reason may name
    // somebody, and addresses are written down.
    let mitt = lan(&alla(&forsta, "1"), skicka("rakna", &version));
    let visad = fyll_i(&mut ena, &sida, &mitt).await;
    assert_eq!(visad.status, StatusCode::OK, "{}", visad.text);
    assert!(
        visad.text.contains("value=\"Beslut i nämnden\""),
        "skälet är kvar"
    );
    assert!(visad.text.contains("Om du sparar") && celler(&visad.text)[0].1 == "1");
    let lankar = visad.text.split("href=\"").skip(1);
    for lank in lankar.map(|del| del.split('"').next().unwrap()) {
        assert!(
            !lank.contains("orsak") && !lank.contains("Beslut"),
            "{lank}"
        );
    }
    assert_ne!(
        celler(&ena.hamta(&sida).await.text)[0].1,
        "1",
        "inget är sparat"
    );
    let mut utan = mitt;
    utan.retain(|(namn, _)| namn != "orsak" && !namn.starts_with("beslut"));
    let visad = fyll_i(&mut ena, &sida, &utan).await;
    assert_eq!(visad.status, StatusCode::SEE_OTHER, "{}", visad.text);
    let omraknad = visad.till().to_owned();
    let visad = ena.hamta(&omraknad).await;
    assert_eq!(visad.status, StatusCode::OK, "{}", visad.text);
    assert_eq!(celler(&visad.text)[0].1, "1");
    for ord in ["csrf", "idempotens", "orsak"] {
        assert!(!omraknad.contains(ord), "{omraknad}");
    }
    let med_skal = ena.hamta(&format!("{omraknad}&orsak=Anna+sa+det")).await;
    assert!(!med_skal.text.contains("value=\"Anna sa det\""));
    assert_eq!(varde(&dolda(&visad.text, &sida), "version"), version);
    // Somebody else saves another cell; a preview and a save both say so.
    let deras = lan(&alla(&tredje, "2000"), skicka("spara", &version));
    let mut sparat = fyll_i(&mut andra, &sida, &deras).await;
    if sparat.status == StatusCode::UNPROCESSABLE_ENTITY {
        // A warning about the amount is answered.
        let mut deras = deras.clone();
        let kryss = sparat.text.split(" name=\"ok.").skip(1);
        deras.extend(kryss.map(|d| {
            let namn = d.split('"').next().unwrap();
            (format!("ok.{namn}"), "ja".to_owned())
        }));
        deras.push(("varfor".to_owned(), "Det är beslutat".to_owned()));
        sparat = fyll_i(&mut andra, &sida, &deras).await;
    }
    assert_eq!(sparat.status, StatusCode::SEE_OTHER, "{}", sparat.text);
    for steg in ["rakna", "spara"] {
        let mitt = lan(&alla(&forsta, "1"), skicka(steg, &version));
        let svar = fyll_i(&mut ena, &sida, &mitt).await;
        assert_eq!(svar.status, StatusCode::CONFLICT, "{steg}");
        let nu = celler(&svar.text);
        assert_eq!(nu[0].1, "1", "what I typed stays");
        assert_eq!(nu[2].1, "2\u{a0}000", "what I left alone is what is saved");
        assert_ne!(varde(&dolda(&svar.text, &sida), "version"), version);
    }
    // So does the preview that one comes back to.
    let igen = ena.hamta(&omraknad).await;
    assert_eq!(igen.status, StatusCode::CONFLICT);
    assert_eq!(celler(&igen.text)[2].1, "2\u{a0}000");
}

async fn fyll_i(b: &mut super::Webblasare, sida: &str, falt: &[(String, String)]) -> super::Svar {
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    b.fyll_i(sida, sida, &falt).await
}

fn varde(dolda: &[(String, String)], namn: &str) -> String {
    let par = dolda.iter().find(|(n, _)| n == namn).unwrap();
    par.1.clone()
}

/// The cells of the distribution form, with what is in them.
fn celler(html: &str) -> Vec<(String, String)> {
    html.split("<input")
        .map(|del| del.split('>').next().unwrap())
        .filter(|del| del.contains("name=\"b-"))
        .map(|del| {
            let attribut = |namn: &str| {
                let efter = del.split(&format!("{namn}=\"")).nth(1).unwrap();
                efter.split('"').next().unwrap().to_owned()
            };
            (attribut("name"), attribut("value"))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_afterwards_is_chosen_in_a_conflict_and_never_unknown() {
    let varld = Varld::ny().await;
    let mut ena = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let mut andra = ena.clone();
    let insats = &varld.exempel["uppsala"].insatser[0];
    let sida = format!("/insatser/{insats}/andra");
    let fel = ena.fyll_i(&sida, &sida, &[("lage", "påhittat")]).await;
    assert_eq!(fel.status, StatusCode::UNPROCESSABLE_ENTITY);
    let version = varde(&dolda(&ena.hamta(&sida).await.text, &sida), "version");
    let sparat = andra.fyll_i(&sida, &sida, &[("lage", "avslutad")]).await;
    assert_eq!(sparat.status, StatusCode::SEE_OTHER, "{}", sparat.text);
    let falt = [("lage", "ordinarie"), ("version", version.as_str())];
    let svar = ena.fyll_i(&sida, &sida, &falt).await;
    assert_eq!(svar.status, StatusCode::CONFLICT);
    for id in ["lage-ditt", "lage-deras"] {
        assert!(svar.text.contains(&format!("id=\"{id}\"")), "{}", svar.text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_is_public_only_when_somebody_says_so() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let sida = "/underlag/importera";
    let html = b.hamta(sida).await.text;
    let ruta = html.split("type=\"checkbox\"").nth(1).unwrap();
    let ruta = ruta.split('>').next().unwrap();
    assert!(ruta.contains("name=\"offentligt\"") && !ruta.contains("checked"));
    let papper = include_str!("../../../../exempel/uppsala.json");
    for (ja, ut) in [("ja", "ja"), ("", "")] {
        let falt = [("text", papper), ("offentligt", ja)];
        let visning = b.fyll_i(sida, sida, &falt).await;
        assert_eq!(visning.status, StatusCode::OK);
        assert_eq!(varde(&dolda(&visning.text, sida), "offentligt"), ut);
    }
}
