//! Drafts: what is said of them before they are sent, and whose they are.

use super::livet::ekonom;
use super::{BESLUT, Varld, roller};
use axum::http::StatusCode;
use utfall_behorighet::{Aktor, Atgard, Roll, prova};
use utfall_domain::id::AnvandareId;
use utfall_domain::rapporter::Rapportlage;

const SIDA: &str = "/medel/unga-framat/fordelning";
const NY: &str = "/rekvisitioner/ny";

/// What a form says of a requisition of the year's last 1 700 000 of 1 750 000 kr.
const SISTA: [(&str, &str); 7] = [
    ("riktning", "till-finansiar"),
    ("bidrag", "unga-framat"),
    ("fran", "2026-01-01"),
    ("till", "2026-12-31"),
    ("belopp", "1 700 000"),
    ("senast", "2022-02-20"),
    ("sista", "ja"),
];

/// A draft that makes the grant smaller than what is distributed says so with the amount and the
/// way there, before it is sent and while it waits; and that more is asked for than is booked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_says_what_it_leads_to_before_it_is_sent() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let villkor = "/medel/unga-framat/villkor";
    let frist = [("rekvireras", "2022-02-20"), ("orsak", "Beslutet")];
    b.spara(villkor, villkor, &frist).await;
    let lista = "href=\"/rekvisitioner?bidrag=unga-framat\"";
    assert!(b.hamta("/start").await.text.contains(lista));
    let sida = b.spara(NY, NY, &SISTA).await;
    let over = "30\u{a0}000\u{a0}kr för mycket blir fördelat 2026";
    let html = b.hamta(&sida).await.text;
    assert!(
        !html.contains("för mycket blir"),
        "inget är fördelat: {html}"
    );
    let bokfort = "1\u{a0}700\u{a0}000\u{a0}kr mer begärs än som är bokfört";
    assert!(html.contains(bokfort), "{html}");

    let html = b.hamta(SIDA).await.text;
    let cell = html.split(" name=\"").map(|d| d.split('"').next().unwrap());
    let mut celler = cell.into_iter();
    let cell = celler.find(|n| n.starts_with("b-") && n.ends_with("-2026"));
    let cell = cell.unwrap().to_owned();
    let mut falt = vec![
        (cell.as_str(), "1 730 000"),
        ("steg", "spara"),
        ("orsak", "Start"),
    ];
    falt.extend(BESLUT);
    b.spara(SIDA, SIDA, &falt).await;
    let html = b.hamta(&sida).await.text;
    assert!(
        html.contains(over) && html.contains(&format!("href=\"{SIDA}\"")),
        "{html}"
    );
    assert!(html.contains("Skickas senast"), "{html}");
    // What waits is done where it was begun.
    let start = b.hamta("/start").await.text;
    assert!(start.contains(&format!("href=\"{sida}\"")), "{start}");
    assert!(!start.contains(lista), "{start}");
    let listan = b.hamta("/rekvisitioner").await.text;
    assert!(listan.contains("20\u{a0}feb"), "{listan}");

    let steg = format!("{sida}/steg");
    let skickad = [
        ("handling", "skicka"),
        ("dag", "2022-02-01"),
        ("intygande", "Begärs i förskott."),
    ];
    b.spara(&sida, &steg, &skickad).await;
    let html = b.hamta(&sida).await.text;
    assert!(html.contains(over), "innan den är beviljad: {html}");
    assert!(!html.contains("mer begärs än"), "{html}");
    // What is sent is not to be sent.
    assert!(!html.contains("Skickas senast"), "{html}");
    let listan = b.hamta("/rekvisitioner").await.text;
    assert!(!listan.contains("20\u{a0}feb"), "{listan}");
    // The paper would say that nobody has entered where the money goes.
    let handling = [("slag", "rekvisition")];
    let id = sida.rsplit('/').next().unwrap();
    let falt = [&handling[..], &[("rekvisition", id)]].concat();
    let papper = b.spara(&sida, "/rapporter", &falt).await;
    let html = b.hamta(&papper).await.text;
    assert!(html.contains("vart pengarna ska betalas"), "{html}");
}

/// A requisition that is not sent is nobody's but theirs who write them, by its address too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_requisition_opens_only_for_those_who_write_them() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let sida = b.spara(NY, NY, &SISTA).await;
    let mut laser = varld.inloggad("tomby", Roll::Styrelse).await;
    assert_eq!(laser.hamta(&sida).await.status, StatusCode::NOT_FOUND);
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    assert_eq!(chef.hamta(&sida).await.status, StatusCode::OK);
    let steg = format!("{sida}/steg");
    let skickad = [
        ("handling", "skicka"),
        ("dag", "2022-02-01"),
        ("intygande", "Begärs i förskott."),
    ];
    b.spara(&sida, &steg, &skickad).await;
    assert_eq!(laser.hamta(&sida).await.status, StatusCode::OK, "skickad");
    // One that was thrown away before it was sent concerned nobody else.
    let kastad = b.spara(NY, NY, &SISTA).await;
    let bort = [
        ("handling", "aterkalla"),
        ("dag", "2022-02-01"),
        ("orsak", "Dubblett"),
    ];
    b.spara(&kastad, &format!("{kastad}/steg"), &bort).await;
    assert_eq!(laser.hamta(&kastad).await.status, StatusCode::NOT_FOUND);
    assert_eq!(b.hamta(&kastad).await.status, StatusCode::OK);
}

/// A report that is not issued, its files and its figures are there for those who write or issue
/// reports; to those who only read them there is none, whatever they guess of its address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_report_opens_only_for_those_who_write_or_issue() {
    let varld = Varld::ny().await;
    let drift = Aktor::drift(varld.id["uppsala"]);
    let bok = varld.webb.tjanst.bok(&drift, Atgard::LasaMedel, None);
    let bok = bok.await.unwrap();
    let slug = |utfardad: bool| {
        let mut alla = bok.rapporter.iter();
        let r = alla.find(|r| matches!(r.lage, Rapportlage::Utfardad { .. }) == utfardad);
        r.unwrap().slug.clone()
    };
    let (utkast, klar) = (slug(false), slug(true));
    let mut provade = [0; 3];
    for roll in roller() {
        let mut b = varld.inloggad("uppsala", roll).await;
        let aktor = Aktor::ny(AnvandareId::FORSTA, varld.id["uppsala"], &[roll]).unwrap();
        let laser = prova(&aktor, Atgard::LasaRapporter).is_ok();
        let skriver = [Atgard::SparaRapport, Atgard::UtfardaRapport]
            .into_iter()
            .any(|a| prova(&aktor, a).is_ok());
        let (nr, vantat) = match (laser, skriver) {
            (_, true) => (0, StatusCode::OK),
            (true, false) => (1, StatusCode::NOT_FOUND),
            (false, false) => (2, StatusCode::FORBIDDEN),
        };
        provade[nr] += 1;
        for fil in ["", "/utkast.pdf", "/utkast.xlsx"] {
            let adress = format!("/rapporter/{utkast}{fil}");
            let svar = b.hamta(&adress).await;
            assert_eq!(svar.status, vantat, "{adress} som {roll}");
        }
        let svar = b.hamta(&format!("/rapporter/{klar}")).await;
        let vantat = if laser {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(svar.status, vantat, "{klar} som {roll}");
    }
    assert!(provade.iter().all(|antal| *antal > 0), "{provade:?}");
}

/// A link to a form fills in what pages here link with, and nothing that whoever is signed in
/// would seem to have written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_fills_in_no_reason_and_no_decision() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let lank = "/medel/unga-framat/registrera?slag=aterbetalt&ar=2026&belopp=1%20000\
                &orsak=Enligt%20min%20order&kategori=annat";
    let html = b.hamta(lank).await.text;
    for ord in [
        "value=\"2026\"",
        "value=\"1 000\"",
        "value=\"aterbetalt\" selected",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    assert!(!html.contains("min order"), "{html}");
    let html = b.hamta("/beslut?beslut-instans=Min%20styrelse").await.text;
    assert!(!html.contains("Min styrelse"), "{html}");
}
