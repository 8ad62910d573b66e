//! A calculation is counted, saved and used as an amount of the distribution.

use super::Varld;
use axum::http::StatusCode;
use utfall_behorighet::Roll;
use utfall_testkit::webb::Webblasare;

const SIDA: &str = "/insatser/trampolin/kalkyl?ar=2022";
const MAL: &str = "/insatser/trampolin/kalkyl";

/// Half a position from June to December, a manager's share, and the telephone of the paper.
const FALT: [(&str, &str); 13] = [
    ("t-1-vad", "Coach"),
    ("t-1-antal", "1"),
    ("t-1-andel", "50"),
    ("t-1-fran", "6"),
    ("t-1-till", "12"),
    ("t-1-lon", "40 000"),
    ("t-1-po", "40,15"),
    ("t-1-semester", "ingar"),
    ("l-1-vad", "Coachen"),
    ("l-1-kostnad", "720 000 kr"),
    ("l-1-regel", "1/18"),
    ("l-1-manader", "7"),
    ("k-1-vad", "Telefon"),
];

fn falt(steg: &str) -> Vec<(&str, &str)> {
    let mut ut = FALT.to_vec();
    ut.extend([
        ("k-1-hur", "12 mån × 135 kr + 12 mån × 150 kr"),
        ("steg", steg),
    ]);
    ut
}

fn rak(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

async fn ekonom() -> (Varld, Webblasare) {
    let varld = Varld::ny().await;
    let b = varld.inloggad("ragunda", Roll::Ekonom).await;
    (varld, b)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calculation_is_counted_saved_and_used_with_one_press() {
    let (_varld, mut b) = ekonom().await;
    let svar = b.fyll_i(SIDA, MAL, &falt("rakna")).await;
    assert_eq!(svar.status, StatusCode::OK, "{}", svar.text);
    let text = rak(&svar.text);
    // 40 000 × 7 × 1,4015 / 2 + 720 000 × 7/12 / 18 + 3 420.
    for del in [
        "196 210",
        "23 333",
        "3 420",
        "222 963",
        "inte sparat än",
        "336 360",
        "0,29",
    ] {
        assert!(text.contains(del), "{del}: {text}");
    }
    assert!(
        !text.contains("Använd"),
        "det som inte är sparat går inte att använda"
    );

    let svar = b.fyll_i(SIDA, MAL, &falt("spara")).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let till = svar.till().to_owned();
    let html = b.hamta(&till).await.text;
    let lank = html
        .split("href=\"")
        .find(|h| h.contains("steg=rakna"))
        .unwrap();
    let lank = lank
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let fordelning = rak(&b.hamta(lank.split('#').next().unwrap()).await.text);
    assert!(fordelning.contains("222 963"), "{fordelning}");
    assert!(fordelning.contains("Om du sparar"), "{fordelning}");

    // What is saved is what the form holds, and the same again is no change.
    let igen = b.fyll_i(SIDA, MAL, &falt("spara")).await;
    assert_eq!(igen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        igen.text.contains("Inget i kalkylen är ändrat."),
        "{}",
        igen.text
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_told_all_at_once_and_nothing_typed_is_lost() {
    let (_varld, mut b) = ekonom().await;
    let mut fel = falt("spara");
    for (namn, varde) in &mut fel {
        match *namn {
            "t-1-lon" => *varde = "mycket",
            "l-1-regel" => *varde = "en del",
            "k-1-hur" => *varde = "12 × några",
            _ => {}
        }
    }
    let svar = b.fyll_i(SIDA, MAL, &fel).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    for del in [
        "value=\"mycket\"",
        "value=\"en del\"",
        "value=\"12 × några\"",
        "href=\"#t-1-lon\"",
        "href=\"#l-1-regel\"",
        "href=\"#k-1-hur\"",
    ] {
        assert!(svar.text.contains(del), "{del}: {}", svar.text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_save_at_once_lose_nothing() {
    let (varld, mut b) = ekonom().await;
    let mut annan = varld.inloggad("ragunda", Roll::Forbundschef).await;
    let sida = b.hamta(SIDA).await.text;
    let dolda = super::dolda(&sida, MAL);
    annan.spara(SIDA, MAL, &falt("spara")).await;

    let mut min = falt("spara");
    min.retain(|(namn, _)| *namn != "t-1-lon");
    min.push(("t-1-lon", "41 000"));
    min.extend(dolda.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    let svar = b.posta(MAL, &min).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    assert!(
        svar.text.contains("value=\"41 000\""),
        "det skrivna står kvar"
    );
    let dolda = super::dolda(&svar.text, MAL);
    let mut igen = falt("spara");
    igen.retain(|(namn, _)| *namn != "t-1-lon");
    igen.push(("t-1-lon", "41 000"));
    igen.extend(dolda.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    let svar = b.posta(MAL, &igen).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);

    // Who may only read has no form, and none that is sent is taken.
    let mut styrelse = varld.inloggad("ragunda", Roll::Styrelse).await;
    let html = styrelse.hamta(SIDA).await.text;
    assert!(!html.contains("Spara kalkylen"), "{html}");
}

const INSTALLNINGAR: &str = "/parametrar/andra";

async fn satt(b: &mut Webblasare, falt: &[(&str, &str)]) {
    b.spara(INSTALLNINGAR, INSTALLNINGAR, falt).await;
}

fn plats(steg: &str) -> [(&str, &str); 4] {
    [
        ("k-1-vad", "Arbetsplats"),
        ("k-1-hur", "2 platser"),
        ("k-1-schablon", "Plats"),
        ("steg", steg),
    ]
}

/// R57: rates are chosen from the settings of the year; the calculation says which one it
/// used, from which year and whence, and a missing one is said and never nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standard_rate_is_the_settings_of_the_year_and_says_so() {
    let (_varld, mut b) = ekonom().await;
    let html = b.hamta(SIDA).await.text;
    assert!(html.contains("Inga schabloner är satta"), "{html}");
    assert!(html.contains("PO är inte bestämt för 2022"), "{html}");
    satt(
        &mut b,
        &[
            ("fran-och-med", "2023"),
            ("schablon", "Plats"),
            ("schablon-belopp", "33 000"),
            ("po", "41,25"),
            ("orsak", "Serviceförvaltningen"),
        ],
    )
    .await;
    // Set from 2023: 2022 has none, which is said.
    let nej = b.fyll_i(SIDA, MAL, &plats("spara")).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nej.text);
    for del in [
        "Schablonen Plats har inget belopp för 2022.",
        "href=\"#k-1-schablon\"",
        "Plats, inget belopp 2022",
        "value=\"2 platser\"",
    ] {
        assert!(nej.text.contains(del), "{del}: {}", nej.text);
    }
    satt(
        &mut b,
        &[
            ("fran-och-med", "2021"),
            ("schablon", "Plats"),
            ("schablon-belopp", "31 000"),
            ("po", "40,15"),
            ("orsak", "Serviceförvaltningens schablon"),
        ],
    )
    .await;
    let html = b.hamta(SIDA).await.text;
    assert!(html.contains("PO för 2022 är 40,15"), "{html}");
    assert!(html.contains("name=\"t-1-po\"") && html.contains("value=\"40,15\""));
    let alla = [&plats("spara")[..], &FALT[..8]].concat();
    b.spara(SIDA, MAL, &alla).await;
    let sparad = rak(&b.hamta(SIDA).await.text);
    for del in [
        "2 platser × 31 000 kr = 62 000 kr.",
        "Källa: schablonen Plats i inställningarna, gäller från 2021 \
         (Serviceförvaltningens schablon).",
        "Källa: PO i inställningarna, gäller från 2021 (Serviceförvaltningens schablon).",
        "<option value=\"Plats\" selected>Plats, 31 000 kr",
    ] {
        assert!(sparad.contains(del), "{del}: {sparad}");
    }
    // A later year has its own rate.
    let nasta = "/insatser/trampolin/kalkyl?ar=2023";
    let svar = rak(&b.fyll_i(nasta, MAL, &plats("rakna")).await.text);
    assert!(
        svar.contains("2 platser × 33 000 kr = 66 000 kr."),
        "{svar}"
    );
    // What is saved stays as it was when the setting is changed, and says so.
    satt(
        &mut b,
        &[
            ("fran-och-med", "2022"),
            ("schablon", "Plats"),
            ("schablon-belopp", "32 000"),
            ("orsak", "Nytt beslut"),
        ],
    )
    .await;
    let sparad = rak(&b.hamta(SIDA).await.text);
    for del in [
        "2 platser × 31 000 kr = 62 000 kr.",
        "chablonen Plats är ändrad",
        "Nu är den 32 000 kr.",
    ] {
        assert!(sparad.contains(del), "{del}: {sparad}");
    }
    let svar = rak(&b.fyll_i(SIDA, MAL, &plats("rakna")).await.text);
    assert!(
        svar.contains("2 platser × 32 000 kr = 64 000 kr."),
        "{svar}"
    );
    // A rate has one source.
    let tva = [&plats("spara")[..], &[("k-1-kalla", "Någon annan")]].concat();
    let svar = b.fyll_i(SIDA, MAL, &tva).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.text.contains("både en schablon"), "{}", svar.text);
}
