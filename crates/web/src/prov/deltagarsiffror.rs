//! What came of the participants: exactly for the performer, with whoever is few hidden for the
//! office, and together with those who are only counted.

use super::deltagare::{NUMMER, forsta_insatsen, ge_uppdrag, registrera};
use super::{Svar, Varld, Webblasare};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_behorighet::Roll;

const ANONYMA: &str = "/deltagare/anonyma";
const SIFFROR: &str = "/deltagare/siffror";
const MATT: &str = "/deltagarmatt";

async fn rakna(b: &mut Webblasare, ar: &str, antal: &[(&str, &str)]) -> Svar {
    let html = b.hamta(ANONYMA).await.text;
    let (insats, _) = forsta_insatsen(&html);
    let mut falt = vec![("insats", insats.as_str()), ("ar", ar)];
    falt.extend(antal);
    b.fyll_i(ANONYMA, ANONYMA, &falt).await
}

/// The figure beside a fact's name.
fn fakta(html: &str, namn: &str) -> String {
    let efter = html.split(&format!("<dt>{namn}</dt>")).nth(1);
    let efter = efter.unwrap_or_else(|| panic!("{namn}: {html}"));
    let dd = efter.split("<dd>").nth(1).unwrap();
    dd.split("</dd>")
        .next()
        .unwrap()
        .trim()
        .replace('\u{a0}', " ")
}

async fn avsluta(b: &mut Webblasare, sida: &str) {
    let slut = format!("{sida}/avsluta");
    let falt = [
        ("dag", "2022-01-31"),
        ("anledning", "enligt-plan"),
        ("fullfoljande", "fullfoljt"),
        ("sluttillstand", "arbete"),
        ("forsorjning", "lon"),
        ("sysselsattning", "arbete"),
        ("typ", "visstid"),
        ("arbetstid", "75"),
        ("stod-vardkontakt", "ja"),
    ];
    let svar = b.fyll_i(&slut, &slut, &falt).await;
    assert_eq!(
        svar.till(),
        format!("{sida}?gjort=avslutad"),
        "{}",
        svar.text
    );
}

/// R155: those who are only counted are one calendar year's and of a sex, are said anew as a
/// whole, and are added to the others with how many have data.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_counted_are_added_to_the_registered_and_the_coverage_says_so() {
    let varld = Varld::ny().await;
    let insats = ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut delt, NUMMER, "").await;
    avsluta(&mut delt, &sida).await;

    for (ar, antal, fel) in [
        (
            "2022",
            [("kvinna", "nio"), ("man", "")],
            "Kvinna är inte ett helt antal",
        ),
        (
            "2022",
            [("kvinna", ""), ("man", "")],
            "Inget antal är ifyllt",
        ),
        (
            "2022",
            [("kvinna", "100001"), ("man", "")],
            "Antalet är över 100000",
        ),
        (
            "1889",
            [("kvinna", "9"), ("man", "")],
            "Året ska vara 1990–2022",
        ),
        (
            "2023",
            [("kvinna", "9"), ("man", "")],
            "Året ska vara 1990–2022",
        ),
        (
            "i fjol",
            [("kvinna", "9"), ("man", "")],
            "Året ska vara 1990–2022",
        ),
    ] {
        let svar = rakna(&mut delt, ar, &antal).await;
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY, "{ar}");
        assert!(svar.text.contains(fel), "{fel}: {}", svar.text);
        let skrivet = format!("value=\"{}\"", antal[0].1);
        assert!(svar.text.contains(&skrivet), "{skrivet}: {}", svar.text);
    }
    let svar = rakna(&mut delt, "2022", &[("kvinna", "4"), ("man", "6")]).await;
    assert_eq!(
        svar.till(),
        "/deltagare/anonyma?gjort=raknat",
        "{}",
        svar.text
    );
    // Said anew: this holds, and not the sum.
    let svar = rakna(&mut delt, "2022", &[("kvinna", "9"), ("man", "6")]).await;
    assert_eq!(
        svar.till(),
        "/deltagare/anonyma?gjort=raknat",
        "{}",
        svar.text
    );

    let html = delt.hamta(SIFFROR).await.text;
    assert!(html.contains(&insats), "{html}");
    assert_eq!(fakta(&html, "Deltaganden"), "1");
    assert_eq!(fakta(&html, "Med uppgifter"), "1 av 16 (6 %)");
    assert_eq!(
        fakta(&html, "I arbete eller studier efter"),
        "1 av 1 (100 %)"
    );
    assert_eq!(
        fakta(&html, "Av dem började eller arbetar mer"),
        "1 av 1 (100 %)"
    );
    assert_eq!(
        fakta(&html, "Tid i insatsen"),
        "22 dagar i mitten, 22 som längst"
    );
    for ord in [
        "Vårdkontakt",
        "Försörjningsstöd",
        "Förvärvsarbete",
        "Fullföljt",
        "12 månader",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    let tomt = delt.hamta("/deltagare/siffror?ar=2019").await.text;
    assert!(tomt.contains("ingen deltog det året"), "{tomt}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_counts_over_what_another_has_said_meanwhile() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut en = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let (insats, _) = forsta_insatsen(&en.hamta(ANONYMA).await.text);
    assert!(
        rakna(&mut en, "2021", &[("kvinna", "7")])
            .await
            .till()
            .contains("raknat")
    );
    // The form as it was before that: without the number of what it saw.
    let falt = [("insats", insats.as_str()), ("ar", "2021"), ("man", "5")];
    let dold = format!("sedd-{insats}-2021");
    let mut gammalt = falt.to_vec();
    gammalt.push((dold.as_str(), "0"));
    let svar = en.fyll_i(ANONYMA, ANONYMA, &gammalt).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    let html = en.hamta(ANONYMA).await.text;
    assert!(html.contains(">7<") && !html.contains(">5<"), "{html}");
}

/// The office sees the year as a whole after the quarter's end, and nothing that could be one
/// person. Who sees persons does not see the office's page, and the other way round.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_office_sees_a_year_after_the_quarter_and_no_few() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut delt, NUMMER, "").await;
    avsluta(&mut delt, &sida).await;
    rakna(&mut delt, "2022", &[("kvinna", "9"), ("man", "6")]).await;
    assert_eq!(delt.hamta(MATT).await.status, StatusCode::FORBIDDEN);

    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let html = ekonom.hamta(MATT).await.text;
    assert!(html.contains("ingen deltagare är registrerad"), "{html}");
    for adress in [SIFFROR, ANONYMA] {
        assert_eq!(ekonom.hamta(adress).await.status, StatusCode::FORBIDDEN);
    }
    varld.ga(SignedDuration::from_hours(24 * 90));
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let html = ekonom.hamta("/deltagarmatt?fran=2022&till=2022").await.text;
    assert!(html.contains("2022 till 31 mars 2022"), "{html}");
    let rad = html.split("2022 till 31 mars 2022").nth(1).unwrap();
    let rad = rad.split("</tr>").next().unwrap();
    assert!(rad.contains(">16<"), "{rad}");
    // One in work: hidden, and the fifteen with it.
    assert!(!rad.contains(">1<") && !rad.contains(">15<"), "{rad}");
    assert!(rad.contains("sekretess"), "{rad}");

    let fel = ekonom.hamta("/deltagarmatt?fran=2022&till=2018").await;
    assert_eq!(fel.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        fel.text.contains("Från år 2022 till år 2018 går baklänges"),
        "{}",
        fel.text
    );
    let fel = ekonom.hamta("/deltagarmatt?kommun=12x").await;
    assert!(
        fel.text.contains("Kommunkoden 12x finns inte"),
        "{}",
        fel.text
    );
    for format in ["pdf", "docx", "xlsx", "html"] {
        let fil = ekonom
            .hamta(&format!("/deltagarmatt/fil?format={format}"))
            .await;
        assert_eq!(fil.status, StatusCode::OK, "{format}");
    }
    let fil = ekonom.hamta("/deltagarmatt/fil?format=exe").await;
    assert_eq!(fil.status, StatusCode::NOT_FOUND);
}

/// R157: whose support ends with an age within a year stands in the list, and only they.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_tells_whose_support_ends_with_an_age_within_a_year() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    // Thirty on 14 September 2022, and on 9 July 2015.
    for nummer in ["920914-9807", NUMMER] {
        let sida = registrera(&mut delt, nummer, "").await;
        let start = format!("{sida}/start");
        let falt = [
            ("forsorjning", "aktivitetsersattning"),
            ("omfattning", ""),
            ("forsorjning-2", ""),
            ("omfattning-2", ""),
        ];
        let mut alla = ifylld_start();
        alla.extend(falt);
        let svar = delt.fyll_i(&start, &start, &alla).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    }
    let html = delt.hamta("/deltagare").await.text;
    let ord = "Fyller 30 år";
    assert_eq!(html.matches(ord).count(), 1, "{html}");
    assert!(html.contains("aktivitetsersättning slutar"), "{html}");
}

/// The beginning as somebody types it, without what they live on.
fn ifylld_start() -> Vec<(&'static str, &'static str)> {
    vec![
        ("kon", "kvinna"),
        ("kommun", "okänd"),
        ("dag", "2022-01-10"),
        ("sysselsattning", "ingen"),
        ("utbildning", "gymnasial"),
        ("tid", "3-5"),
        ("startlage", "3-5"),
        ("remittent", "socialtjansten"),
    ]
}
