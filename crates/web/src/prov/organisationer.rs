//! The register of organisations through its pages.

use super::Varld;
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const NY: &str = "/organisationer/ny";

/// In Swedish order, by the names they have now: the first comes after the second.
fn in_swedish_order(lista: &str, efter: &str, fore: &str) {
    let namn: Vec<&str> = lista
        .split("href=\"/organisationer/")
        .skip(1)
        .filter_map(|r| r.split('>').nth(1)?.split('<').next())
        .filter(|namn| *namn != "Lägg till en organisation")
        .collect();
    let mut ratt = namn.clone();
    ratt.sort_by_cached_key(|n| utfall_domain::svensk::sorteringsnyckel(n));
    assert_eq!(namn, ratt);
    let plats = |sokt: &str| namn.iter().position(|n| *n == sokt);
    assert!(plats(efter) > plats(fore), "{namn:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_is_added_renamed_and_called_something_else() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let falt = [
        ("namn", "Ängsenheten"),
        ("slag", "enhet"),
        ("orgnr", "212000-3006"),
    ];
    let fel = adm.fyll_i(NY, NY, &falt).await;
    assert_eq!(fel.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(fel.text.contains("kontrollsiffran är fel") && fel.text.contains("Ängsenheten"));
    let falt = [("namn", "Ängsenheten"), ("slag", "enhet"), ("orgnr", "")];
    let svar = adm.fyll_i(NY, NY, &falt).await;
    assert_eq!(svar.till(), "/organisationer/angsenheten", "{}", svar.text);
    let igen = adm.fyll_i(NY, NY, &falt).await;
    assert!(
        igen.text.contains("heter eller kallas redan så"),
        "{}",
        igen.text
    );

    let sida = "/organisationer/angsenheten";
    let (namn, alias) = (format!("{sida}/namn"), format!("{sida}/alias"));
    let byt = [("namn", "Åsenheten"), ("fran", "2022-01-01")];
    assert_eq!(adm.fyll_i(sida, &namn, &byt).await.till(), sida);
    let imorgon = [("namn", "Östenheten"), ("fran", "2022-02-03")];
    let fel = adm.fyll_i(sida, &namn, &imorgon).await;
    assert!(
        fel.text.contains("Dagen har inte varit än."),
        "{}",
        fel.text
    );
    assert_eq!(
        adm.fyll_i(sida, &alias, &[("namn", "ÄE")]).await.till(),
        sida
    );
    let fel = adm.fyll_i(sida, &alias, &[("namn", "åsenheten")]).await;
    assert!(fel.text.contains("href=\"#alias\""), "{}", fel.text);

    let html = adm.hamta(sida).await.text;
    assert!(
        html.contains("<h1>Åsenheten</h1>") && html.contains("2022-01-01"),
        "{html}"
    );
    for namn in ["Ängsenheten", "ÄE"] {
        assert!(html.contains(namn), "{namn}: {html}");
    }
    let lista = adm.hamta("/organisationer").await.text;
    in_swedish_order(&lista, "Åsenheten", "Socialstyrelsen");
    let journal = varld
        .inloggad("uppsala", Roll::Revisor)
        .await
        .hamta("/journal")
        .await
        .text;
    assert!(
        journal.contains("Ängsenheten heter Åsenheten från 2022-01-01."),
        "{journal}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_the_register_without_forms_and_another_huvudmans_not_at_all() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let falt = [("namn", "Bara Uppsalas"), ("slag", "rad")];
    adm.fyll_i(NY, NY, &falt).await;
    let sida = "/organisationer/bara-uppsalas";
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let html = ekonom.hamta(sida).await.text;
    assert!(html.contains("Bara Uppsalas") && !html.contains("Spara namnet"));
    assert!(
        !ekonom
            .hamta("/organisationer")
            .await
            .text
            .contains("Lägg till")
    );
    assert_eq!(ekonom.hamta(NY).await.status, StatusCode::FORBIDDEN);
    let mut annan = varld.inloggad("ragunda", Roll::Administrator).await;
    assert_eq!(annan.hamta(sida).await.status, StatusCode::NOT_FOUND);
    let csrf = annan.csrf("/konton").await;
    let falt = [
        ("csrf", &*csrf),
        ("idempotens", "0123456789abcdef"),
        ("namn", "Stulen"),
        ("fran", "2022-01-01"),
    ];
    for vag in ["namn", "alias"] {
        let svar = annan.posta(&format!("{sida}/{vag}"), &falt).await;
        assert_eq!(svar.status, StatusCode::NOT_FOUND, "{vag}");
    }
}
