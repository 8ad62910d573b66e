//! Money promised and hoped for on its pages: from an application that is not filed to what
//! the next plan and budget have to make room for.

mod mottagare;
mod utlysning;
mod vidare;

use super::rum::{lagg_upp, tom};
use super::{BESLUT, Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

async fn ekonom(varld: &Varld) -> Webblasare {
    tom(varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    b
}

/// The part of a page under the heading with this id.
fn del<'a>(html: &'a str, id: &str) -> &'a str {
    let start = format!("<section aria-labelledby=\"{id}\"");
    let efter = html
        .split_once(&start)
        .unwrap_or_else(|| panic!("{id}: {html}"));
    efter.1.split("</section>").next().unwrap()
}

/// The value of the choice with these words, off a page.
fn valet(html: &str, ord: &str) -> String {
    let fore = html
        .split_once(&format!(">{ord}"))
        .unwrap_or_else(|| panic!("{ord}: {html}"))
        .0;
    let (_, varde) = fore.rsplit_once("value=\"").unwrap();
    varde.split('"').next().unwrap().to_owned()
}

const NYTT: &str = "/ataganden/nytt";
const FRAMAT: &str = "/insatser/sommarjobb/framat";

/// Fills in one of the forms of an initiative's coming money.
async fn koppla(b: &mut Webblasare, gor: &str, falt: &[(&str, &str)]) -> String {
    let sida = format!("{FRAMAT}?gor={gor}");
    b.spara(&sida, FRAMAT, falt).await
}

/// Says what state the initiative is in, on its own page.
async fn lage(b: &mut Webblasare, kod: &str) {
    let andra = "/insatser/sommarjobb/andra";
    b.spara(andra, andra, &[("lage", kod)]).await;
}

/// Distributes to the initiative in 2026.
async fn fordela(b: &mut Webblasare, belopp: &str) {
    let fordelning = "/medel/unga-framat/fordelning";
    let html = b.hamta(fordelning).await.text;
    let cell = html
        .split(" name=\"")
        .map(|d| d.split('"').next().unwrap())
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .unwrap()
        .to_owned();
    let mut falt = vec![
        (cell.as_str(), belopp),
        ("steg", "spara"),
        ("orsak", "Start"),
    ];
    falt.extend(BESLUT);
    b.spara(fordelning, fordelning, &falt).await;
}

/// R50, R51, R53: a planned cost hangs on an application that is not filed and binds nothing;
/// approved it is bound in each year's budget, 250/300/300 thousand and 850 in all, stands
/// beside the coming distribution, and is counted once when it is distributed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_applied_for_flows_into_the_coming_budgets_when_it_is_approved() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    assert!(
        b.hamta("/ataganden")
            .await
            .text
            .contains("Inget är utlovat för 2023 än.")
    );
    let belopp = [
        ("belopp-2024", "250 tkr"),
        ("belopp-2025", "300 000"),
        ("belopp-2026", "300 000"),
    ];
    let med = |fler: &[(&'static str, &'static str)]| [&belopp[..], fler].concat();
    // What is wrong is told all at once, and nothing typed is lost.
    let fel = [("belopp-2024", "mycket"), ("belopp-2025", "300 000")];
    let nej = b.fyll_i(NYTT, NYTT, &fel).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Det saknas vilken insats",
        "Det saknas hur säkra pengarna är",
        "value=\"mycket\"",
        "value=\"300 000\"",
        "Källan saknas",
    ] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let sokt = med(&[
        ("insats", "sommarjobb"),
        ("lage", "ej-inlamnad"),
        ("lamnas-senast", "2022-03-01"),
        ("orsak", "Nämndens plan"),
    ]);
    let utan = b.fyll_i(NYTT, NYTT, &sokt).await;
    assert!(
        utan.text.contains("Namnet på ansökan saknas"),
        "{}",
        utan.text
    );
    let sokt = [&sokt[..], &[("ansokan", "Ansökan dnr 17")]].concat();
    let sida = b.spara(NYTT, NYTT, &sokt).await;
    let html = b.hamta("/ataganden?ar=2024").await.text;
    let vantat = del(&html, "vantat");
    for ord in [
        "Sommarjobb",
        "Ansökan dnr 17, lämnas in senast 1\u{a0}mars\u{a0}2022",
        "Inte inlämnad",
        "250\u{a0}000",
        "850\u{a0}000",
    ] {
        assert!(vantat.contains(ord), "{ord}: {vantat}");
    }
    assert!(del(&html, "bundet").contains("Inga pengar är bundna"));
    // Approved: it is bound, year by year, by a decision and not without.
    let andra = format!("{sida}/andra");
    let godkant = med(&[
        ("lage", "planerat"),
        ("ansokan", "Ansökan dnr 17"),
        ("orsak", "Godkänd"),
    ]);
    let utan = b.fyll_i(&andra, &andra, &godkant).await;
    assert!(utan.text.contains("Pengar binds bara genom ett beslut"));
    let godkant = [&godkant[..], &BESLUT[..]].concat();
    b.spara(&andra, &andra, &godkant).await;
    for (ar, arets) in [
        ("2024", "250\u{a0}000"),
        ("2025", "300\u{a0}000"),
        ("2026", "300\u{a0}000"),
    ] {
        let html = b.hamta(&format!("/ataganden?ar={ar}")).await.text;
        assert!(html.contains(&format!("Av pengarna för {ar} är")), "{html}");
        let bundet = del(&html, "bundet");
        for ord in ["Sommarjobb", "Godkänt, planerat", arets, "850\u{a0}000"] {
            assert!(bundet.contains(ord), "{ar} {ord}: {bundet}");
        }
        assert!(del(&html, "vantat").contains("Ingen ansökan väntar"));
    }
    let csv = b.hamta("/ataganden/tabell.csv?ar=2024").await.text;
    assert!(
        csv.contains("Sommarjobb") && csv.contains("250000"),
        "{csv}"
    );
    // The coming year's distribution shows it before anything is distributed.
    let fordelning = "/medel/unga-framat/fordelning";
    let html = b.hamta(fordelning).await.text;
    let utlovat = del(&html, "ataganden");
    for ord in ["Sommarjobb", "2026", "300\u{a0}000", "inget"] {
        assert!(utlovat.contains(ord), "{ord}: {utlovat}");
    }
    // Distributed it would be counted twice, and that is told.
    let cell = html
        .split(" name=\"")
        .map(|d| d.split('"').next().unwrap())
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .unwrap()
        .to_owned();
    let mut falt = vec![
        (cell.as_str(), "300 000"),
        ("steg", "spara"),
        ("orsak", "Åtagandet"),
    ];
    falt.extend(BESLUT);
    b.spara(fordelning, fordelning, &falt).await;
    let html = b.hamta("/ataganden?ar=2026").await.text;
    assert!(
        html.contains("både utlovat och fördelat 2026: Sommarjobb"),
        "{html}"
    );
    let fordelat = [&godkant[..], &[("fordelat-2026", "ja")]].concat();
    b.spara(&andra, &andra, &fordelat).await;
    let html = b.hamta("/ataganden?ar=2026").await.text;
    assert!(!html.contains("både utlovat och fördelat"));
    assert!(del(&html, "bundet").contains("i fördelningen"), "{html}");
    let html = b.hamta(&sida).await.text;
    for ord in [
        "står i fördelningen och räknas där",
        "Inte inlämnad",
        "Nämndens plan",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    // Two at once: the second is told, and overwrites nothing.
    let gammalt = [&godkant[..], &[("version", "1")]].concat();
    let svar = b.fyll_i(&andra, &andra, &gammalt).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    assert!(
        !styrelse
            .hamta("/ataganden")
            .await
            .text
            .contains("Skriv in ett åtagande")
    );
    assert_eq!(styrelse.hamta(NYTT).await.status, StatusCode::FORBIDDEN);
}
