//! Gallring through its pages: a decision's rule, one who prepares, another who confirms, and what
//! is left.

use super::bokforing::skicka_fil;
use super::deltagare::{forsta_insatsen, ge_uppdrag};
use super::{LOSENORD, Svar, Varld, Webblasare};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_app::installation::NyttKonto;
use utfall_behorighet::{Aktor, Roll};

const GALLRING: &str = "/gallring";
const REGEL: [(&str, &str); 4] = [
    ("manader", "24"),
    ("beteckning", "2021/14 § 7"),
    ("beslutad", "2021-01-12"),
    ("fran", "2021-02-01"),
];

/// Five who ended in 2015, of whom three in work, and one who goes on.
const LISTA: &str = "Kod;Namn;Start;Kön;Slut;Resultat;Sysselsättning efter\n\
    850709-9805;Borta Ettsson;2015-01-12;kvinna;2015-06-30;arbete;arbetar\n\
    H-2;Borta Tvåsson;2015-01-12;kvinna;2015-06-30;arbete;arbetar\n\
    H-3;Borta Tresson;2015-02-02;man;2015-09-30;arbete;arbetar\n\
    H-4;Borta Fyrsson;2015-02-02;man;2015-09-30;oförändrat;ingen sysselsättning\n\
    H-5;Borta Femsson;2015-03-02;man;2015-09-30;okänt;\n\
    H-6;Kvar Sexsson;2015-03-02;kvinna;;;\n";

async fn las_in(b: &mut Webblasare) {
    let sida = "/deltagare/las-in";
    let (insats, _) = forsta_insatsen(&b.hamta(sida).await.text);
    let mer = [("insats", insats.as_str())];
    let svar = skicka_fil(b, sida, ("lista.csv", LISTA.as_bytes()), &mer).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let granska = svar.till().to_owned();
    let svar = b.fyll_i(&granska, &granska, &[]).await;
    assert_eq!(svar.till(), "/deltagare?gjort=inlasta", "{}", svar.text);
}

/// Another with the same role: who confirms is never who prepared.
async fn den_andra(varld: &Varld) -> Webblasare {
    let id = varld.id["uppsala"];
    let roll = [Roll::Gallringsansvarig];
    let ny = NyttKonto::ny("andra.uppsala", "Den andra", LOSENORD, &[77; 16], &roll).unwrap();
    let tjanst = &varld.webb.tjanst;
    tjanst.utfor(&Aktor::drift(id), None, ny).await.unwrap();
    Webblasare::inloggad(&varld.router, "andra.uppsala", LOSENORD).await
}

async fn ny_regel(b: &mut Webblasare) -> Svar {
    b.fyll_i(GALLRING, "/gallring/regel", &REGEL).await
}

/// The office's row of a year.
async fn kontorets(varld: &Varld, ar: &str) -> String {
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let adress = format!("/deltagarmatt?fran={ar}&till={ar}");
    let html = ekonom.hamta(&adress).await.text;
    let tabell = html.split("id=\"aren-t\"").nth(1);
    let tabell = tabell.unwrap_or_else(|| panic!("{html}"));
    tabell.split("</table>").next().unwrap().to_owned()
}

/// R347, through the pages: what a decision lets go is destroyed by two people, and the figures
/// are as they were.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_decision_lets_go_is_destroyed_by_two_and_the_figures_stay() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    las_in(&mut delt).await;
    let mut en = varld.inloggad("uppsala", Roll::Gallringsansvarig).await;
    assert!(
        en.hamta(GALLRING)
            .await
            .text
            .contains("ingen regel gäller i dag")
    );
    let svar = ny_regel(&mut en).await;
    assert_eq!(svar.till(), "/gallring?gjort=regel", "{}", svar.text);
    // Not before the figures of an ended quarter have them.
    let html = en.hamta(GALLRING).await.text;
    assert!(html.contains("Inget ska gallras i dag"), "{html}");

    varld.ga(SignedDuration::from_hours(24 * 90));
    let fore = kontorets(&varld, "2015").await;
    assert!(fore.contains(">6<"), "{fore}");
    let mut en = varld.inloggad("uppsala", Roll::Gallringsansvarig).await;
    let svar = en.fyll_i(GALLRING, "/gallring/forbered", &[]).await;
    let forslag = svar.till().to_owned();
    assert!(forslag.starts_with("/gallring/forslag/"), "{}", svar.text);
    let html = en.hamta(&forslag).await.text;
    assert!(html.contains("en annan ska bekräfta"), "{html}");
    assert!(html.contains(">5<") && !html.contains("Borta"), "{html}");
    assert!(!html.contains("Gallra nu"), "{html}");
    let bekrafta = format!("{forslag}/bekrafta");
    let csrf = en.csrf(&forslag).await;
    let svar = en.posta(&bekrafta, &[("csrf", &csrf)]).await;
    let sagt = "Den som förbereder en gallring kan inte bekräfta den.";
    assert!(svar.text.contains(sagt), "{}", svar.text);

    let mut annan = den_andra(&varld).await;
    let svar = annan.fyll_i(&forslag, &bekrafta, &[]).await;
    let protokoll = svar.till().to_owned();
    assert!(
        protokoll.starts_with("/gallring/protokoll/"),
        "{}",
        svar.text
    );
    let html = annan.hamta(&protokoll).await.text;
    for ord in [
        "2021/14 § 7",
        "Den andra",
        "Antal deltaganden",
        "gallringsansvarig",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    assert!(!html.contains("inte klar"), "{html}");
    for andelse in ["pdf", "docx", "xlsx", "html"] {
        let fil = annan
            .hamta(&format!("{protokoll}/protokoll.{andelse}"))
            .await;
        assert_eq!(fil.status, StatusCode::OK, "{andelse}");
    }
    // Once.
    let csrf = annan.csrf(&forslag).await;
    let svar = annan.posta(&bekrafta, &[("csrf", &csrf)]).await;
    assert!(svar.text.contains("redan verkställt"), "{}", svar.text);

    assert_eq!(kontorets(&varld, "2015").await, fore);
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let html = delt.hamta("/deltagare").await.text;
    assert!(
        html.contains("Kvar Sexsson") && !html.contains("Borta"),
        "{html}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proposal_is_taken_back_and_a_rule_without_a_decision_is_refused() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    las_in(&mut delt).await;
    varld.ga(SignedDuration::from_hours(24 * 90));
    let mut b = varld.inloggad("uppsala", Roll::Gallringsansvarig).await;
    let html = b.hamta(GALLRING).await.text;
    assert!(!html.contains("Förbered gallringen"), "{html}");
    let csrf = b.csrf(GALLRING).await;
    let nyckel = [
        ("csrf", csrf.as_str()),
        ("idempotens", "0123456789abcdef0123456789abcdef"),
    ];
    let svar = b.posta("/gallring/forbered", &nyckel).await;
    assert!(
        svar.text.contains("Ingen regel om gallring gäller i dag"),
        "{}",
        svar.text
    );
    let fel = [
        ("manader", "två år"),
        ("beteckning", ""),
        ("beslutad", "2031-01-01"),
        ("fran", "2020-01-01"),
    ];
    let svar = b.fyll_i(GALLRING, "/gallring/regel", &fel).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Antalet månader går inte att läsa",
        "Det står inte vilket beslut",
        "Beslutet är inte fattat än",
        "Regeln börjar gälla före beslutet",
        "value=\"två år\"",
    ] {
        assert!(svar.text.contains(ord), "{ord}: {}", svar.text);
    }
    assert_eq!(ny_regel(&mut b).await.till(), "/gallring?gjort=regel");
    let forslag = b.fyll_i(GALLRING, "/gallring/forbered", &[]).await;
    let forslag = forslag.till().to_owned();
    let aterkalla = format!("{forslag}/aterkalla");
    let svar = b.fyll_i(&forslag, &aterkalla, &[]).await;
    assert_eq!(svar.till(), "/gallring?gjort=aterkallat", "{}", svar.text);
    let html = b.hamta(&forslag).await.text;
    assert!(
        html.contains("Återkallat") && !html.contains("Gallra nu"),
        "{html}"
    );

    // Another huvudman's proposal is nobody's, and so it is for every other role.
    let mut annan = varld.inloggad("ragunda", Roll::Gallringsansvarig).await;
    assert_eq!(annan.hamta(&forslag).await.status, StatusCode::NOT_FOUND);
    for roll in [Roll::Deltagaransvarig, Roll::Ekonom, Roll::Administrator] {
        let mut b = varld.inloggad("uppsala", roll).await;
        for adress in [GALLRING, forslag.as_str()] {
            assert_eq!(
                b.hamta(adress).await.status,
                StatusCode::FORBIDDEN,
                "{roll}"
            );
        }
    }
}
