//! Two proposals beside the distribution in force, and a change counted on trial: every
//! column, and every difference, is the one that the amounts give.

use super::Varld;
use axum::http::StatusCode;
use serde_json::json;
use utfall_behorighet::{Aktor, Roll};
use utfall_testkit::webb::Webblasare;

const IMPORT: &str = "/underlag/importera";
const SIDA: &str = "/medel/provstod/fordelning";

/// What a distribution gives each initiative in 2026 and 2027.
type Rader<'a> = &'a [(&'a str, [Option<&'a str>; 2])];

fn fordelning(titel: &str, status: &str, rader: Rader<'_>) -> serde_json::Value {
    let rader = rader.iter().map(|(insats, belopp)| {
        let ar = [2026, 2027].iter().zip(belopp);
        let belopp: Vec<_> = ar
            .filter_map(|(ar, b)| b.map(|b| json!({ "ar": ar, "nytt": b })))
            .collect();
        json!({ "etikett": insats, "insats": insats, "belopp": belopp })
    });
    json!({
        "id": utfall_domain::svensk::slug(titel), "titel": titel, "bidrag": ["provstod"],
        "status": status, "rader": rader.collect::<Vec<_>>(), "plats": "s. 2",
    })
}

/// A grant of 1 000 000 kr a year with a decision and two proposals.
fn papper() -> String {
    let insats = |id: &str| json!({ "id": id, "namn": id, "bidrag": "provstod", "plats": "s. 1" });
    let ar = |ar: i16| {
        let tilldelat = json!([{ "belopp": "1 000 000 kr", "plats": "s. 1" }]);
        json!({ "ar": ar, "status": "slutlig", "tilldelat": tilldelat })
    };
    json!({
        "format": "utfall-underlag/1",
        "dokument": {
            "titel": "Provet", "slag": "uppfoljning", "datum": "2022-01-10", "kalla": "Provet",
            "huvudman": { "slug": "uppsala", "namn": "Uppsala kommun", "slag": "kommun" },
        },
        "organisationer": [{ "id": "staten", "namn": "Staten", "slag": "myndighet" }],
        "bidrag": [{
            "id": "provstod", "namn": "Provstödet", "finansiar": "staten", "plats": "s. 1",
            "overforing": "ej-tillaten", "ar": [ar(2026), ar(2027)],
        }],
        "insatser": [insats("alfa"), insats("beta"), insats("gamma")],
        "fordelningar": [
            fordelning("Beslutet", "beslutad", &[
                ("alfa", [Some("400 000 kr"), Some("500 000 kr")]),
                ("beta", [Some("300 000 kr"), Some("0 kr")]),
            ]),
            fordelning("Förslag A", "forslag", &[
                ("alfa", [Some("450 000 kr"), Some("500 000 kr")]),
                ("beta", [Some("100 000 kr"), Some("25 000 kr")]),
            ]),
            fordelning("Förslag B", "forslag", &[
                ("alfa", [Some("400 000 kr"), None]),
                ("beta", [Some("300 000 kr"), Some("0 kr")]),
                ("gamma", [Some("200 000 kr"), None]),
            ]),
        ],
    })
    .to_string()
}

/// The rows of a table as the words of their cells.
fn rader(html: &str, id: &str) -> Vec<Vec<String>> {
    let (_, efter) = html.split_once(&format!("id=\"{id}\"")).unwrap();
    let tabell = efter.split("</table>").next().unwrap();
    let (_, kropp) = tabell.split_once("<tbody>").unwrap();
    let rader = kropp.split("<tr").skip(1);
    rader
        .map(|rad| {
            let celler = rad.split("<t").skip(1);
            celler.map(ord).collect()
        })
        .collect()
}

/// The words of a cell: no tags, and spaces that break.
fn ord(cell: &str) -> String {
    let utan: String = cell
        .split('<')
        .map(|del| del.split_once('>').map_or("", |(_, text)| text))
        .collect();
    utan.replace('\u{a0}', " ").trim().to_owned()
}

async fn las_in(b: &mut Webblasare) {
    let hex: String = papper().bytes().map(|b| format!("{b:02x}")).collect();
    let falt = [("papper", hex.as_str()), ("stam", "provet"), ("text", "")];
    let visning = b.fyll_i(IMPORT, IMPORT, &falt).await;
    assert_eq!(visning.status, StatusCode::OK, "{}", visning.text);
    let dolda = super::dolda(&visning.text, IMPORT);
    let falt: Vec<(&str, &str)> = dolda.iter().map(|(n, v)| (&**n, &**v)).collect();
    let svar = b.posta(IMPORT, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_proposal_stands_beside_what_is_in_force_with_its_difference() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    las_in(&mut b).await;
    let html = b.hamta(SIDA).await.text;
    let huvud = html.split("id=\"versioner-t\"").nth(1).unwrap();
    let huvud = huvud.split("</thead>").next().unwrap();
    let (a, bb) = (huvud.find("Förslag A"), huvud.find("Förslag B"));
    assert!(a.is_some() && a < bb, "{huvud}");
    assert_eq!(huvud.matches("Skillnad<").count(), 2, "{huvud}");
    // In force, then amount and difference of A, and of B. The differences of a column add up.
    let ej = "◇ej beslutat";
    let ratt = [
        [
            "alfa, 2026",
            "400 000",
            "450 000",
            "+50 000",
            "400 000",
            "0",
        ],
        [
            "beta, 2026",
            "300 000",
            "100 000",
            "−200 000",
            "300 000",
            "0",
        ],
        ["gamma, 2026", ej, ej, "–okänt", "200 000", "+200 000"],
        [
            "Alla insatser, 2026",
            "700 000",
            "550 000",
            "−150 000",
            "900 000",
            "+200 000",
        ],
        ["alfa, 2027", "500 000", "500 000", "0", ej, "−500 000"],
        ["beta, 2027", "0", "25 000", "+25 000", "0", "0"],
        ["gamma, 2027", ej, ej, "–okänt", ej, "–okänt"],
        [
            "Alla insatser, 2027",
            "500 000",
            "525 000",
            "+25 000",
            "0",
            "−500 000",
        ],
    ];
    assert_eq!(rader(&html, "versioner-t"), ratt);
    // The proposals change nothing of what is in force.
    let b_ar = b.hamta("/medel/provstod?ar=2026").await.text;
    assert!(
        b_ar.contains("700\u{a0}000") && !b_ar.contains("900\u{a0}000"),
        "{b_ar}"
    );
    // A proposed amount explains itself as the proposal's.
    let rad = html.split("beta, 2026").nth(1).unwrap();
    let lankar = rad.split("href=\"/harledning/").skip(1);
    let lankar: Vec<String> = lankar
        .map(|l| l.split('"').next().unwrap().replace("&#38;", "&"))
        .take(3)
        .collect();
    for (lank, summa) in lankar.iter().zip(["300 000", "100 000", "300 000"]) {
        let varfor = b.hamta(&format!("/harledning/{lank}")).await.text;
        let fraga = format!("Varför {summa} kr?").replace(' ', "\u{a0}");
        let fraga = fraga.replacen('\u{a0}', " ", 1);
        assert!(varfor.contains(&fraga), "{lank}: {varfor}");
    }
    let versioner: Vec<bool> = lankar.iter().map(|l| l.contains("version=")).collect();
    assert_eq!(versioner, [false, true, true], "{lankar:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trial_shows_before_after_and_the_difference_and_saves_nothing() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    las_in(&mut b).await;
    let drift = Aktor::drift(varld.id["uppsala"]);
    let lasa = utfall_behorighet::Atgard::LasaMedel;
    let bok = varld.webb.tjanst.bok(&drift, lasa, None).await.unwrap();
    let cell = |namn: &str, ar: i16| {
        let insats = bok.insatser.iter().find(|i| i.namn == namn).unwrap();
        format!("b-{}-{ar}", insats.id)
    };
    let (alfa, beta, gamma) = (cell("alfa", 2026), cell("beta", 2026), cell("gamma", 2027));
    let falt = [
        (alfa.as_str(), "425 000"),
        (beta.as_str(), "200 000"),
        (gamma.as_str(), "30 tkr"),
    ];
    let svar = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let html = b.hamta(svar.till()).await.text;
    let ratt = [
        ["alfa, 2026", "400 000", "425 000", "25 000"],
        ["beta, 2026", "300 000", "200 000", "−100 000"],
        ["gamma, 2027", "◇ej beslutat", "30 000", "30 000"],
    ];
    assert_eq!(rader(&html, "andringar"), ratt);
    let text = "Summan för bidraget minskar med ";
    assert!(
        html.contains(text) && html.contains("45\u{a0}000"),
        "{html}"
    );
    let kvar = b.hamta("/medel/provstod?ar=2026").await.text;
    assert!(
        kvar.contains("700\u{a0}000") && !kvar.contains("625\u{a0}000"),
        "{kvar}"
    );
}
