//! Those who get the money: what they are, and where it is paid.

use super::super::Varld;
use super::{del, ekonom, fordela, valet};
use axum::http::StatusCode;
use utfall_behorighet::{Aktor, Atgard, Roll};

/// R68: bankgiro with its check digit, plusgiro and reference; a changed account is marked and
/// not paid to until somebody else has confirmed it, and the history keeps what it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_account_is_paid_to_only_when_somebody_else_has_confirmed_it() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    fordela(&mut b, "300 000").await;
    let blankett = "/rekvisitioner/ny";
    let html = b.hamta(blankett).await.text;
    let part = valet(&html, "Arbetsmarknadsnämnden");
    let sida = format!("/organisationer/{part}/betalning");
    let fel = [
        ("bankgiro", "188-4775"),
        ("plusgiro", "1"),
        ("referens", "R1"),
    ];
    let nej = b.fyll_i(&sida, &sida, &fel).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Bankgironumret ”188-4775” stämmer inte",
        "Plusgironumret ”1” stämmer inte",
        "Skälet saknas",
        "value=\"188-4775\"",
        "value=\"R1\"",
    ] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let konto = [
        ("bankgiro", "188-4774"),
        ("referens", "44120000/02"),
        ("orsak", "Ansökan"),
    ];
    b.spara(&sida, &sida, &konto).await;
    // A requisition from that party says where the money goes, and stops before it is paid.
    let falt = [
        ("riktning", "fran-part"),
        ("bidrag", "unga-framat"),
        ("insats", "sommarjobb"),
        ("part", part.as_str()),
        ("fran", "2026-01-01"),
        ("till", "2026-06-30"),
        ("belopp", "100 000"),
    ];
    let rekvisition = b.spara(blankett, blankett, &falt).await;
    let steg = format!("{rekvisition}/steg");
    let gor = |h: &'static str, f: &[(&'static str, &'static str)]| {
        [&[("handling", h), ("dag", "2022-02-01")], f].concat()
    };
    let skickad = gor("skicka", &[("intygande", "Kostnaderna finns.")]);
    b.spara(&rekvisition, &steg, &skickad).await;
    let beviljad = gor("bevilja", &[("belopp", "100 000")]);
    b.spara(&rekvisition, &steg, &beviljad).await;
    let html = b.hamta(&rekvisition).await.text;
    for ord in [
        "bankgiro 188-4774, referens 44120000/02",
        "är inte bekräftat",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    let stopp = b.fyll_i(&rekvisition, &steg, &gor("betala", &[])).await;
    assert!(
        stopp.text.contains("ingen annan har bekräftat det"),
        "{}",
        stopp.text
    );
    // Whoever wrote it has no button, and is refused without it.
    let egen = b.hamta(&sida).await.text;
    assert!(egen.contains("Be någon annan") && !egen.contains("Bekräfta kontot</button>"));
    let bekrafta = format!("{sida}/bekrafta");
    let csrf = b.csrf(&sida).await;
    let tvang = [
        ("csrf", csrf.as_str()),
        ("idempotens", "0123456789abcdef"),
        ("version", "1"),
        ("hur", "Jag vet"),
    ];
    let nej = b.posta(&bekrafta, &tvang).await;
    assert!(
        nej.text.contains("Du ändrade uppgiften själv"),
        "{}",
        nej.text
    );
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    assert!(
        chef.hamta("/start")
            .await
            .text
            .contains("Konton att bekräfta")
    );
    chef.spara(&sida, &bekrafta, &[("hur", "Ringde växeln")])
        .await;
    assert!(
        !b.hamta(&rekvisition)
            .await
            .text
            .contains("är inte bekräftat")
    );
    b.spara(&rekvisition, &steg, &gor("betala", &[])).await;
    // Changed by the chef: marked again, told from what it was, and confirmed by the ekonom.
    let nytt = [
        ("bankgiro", "999-9996"),
        ("referens", "44120000/02"),
        ("orsak", "Nytt konto enligt mejl"),
    ];
    chef.spara(&sida, &sida, &nytt).await;
    let html = b.hamta(&format!("/organisationer/{part}")).await.text;
    for ord in [
        "bankgiro 999-9996",
        "är inte bekräftat",
        "Förut: bankgiro 188-4774",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    b.spara(&sida, &bekrafta, &[("hur", "Ringde numret i registret")])
        .await;
    let html = b.hamta(&sida).await.text;
    let historik = del(&html, "historik");
    for ord in [
        "bankgiro 188-4774",
        "bankgiro 999-9996",
        "Nytt konto enligt mejl",
        "Ringde växeln",
    ] {
        assert!(historik.contains(ord), "{ord}: {historik}");
    }
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let html = styrelse.hamta(&sida).await.text;
    assert!(html.contains("999-9996") && !html.contains("Spara ändringen"));
}

/// R38: a municipal company, a joint board and a council are told from boards, in the register
/// and in the distribution, whose kinds add up to all that is distributed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_distribution_tells_companies_and_joint_boards_from_boards() {
    let varld = Varld::sandviken().await;
    let mut adm = varld.inloggad("sandviken", Roll::Administrator).await;
    let html = adm.hamta("/organisationer").await.text;
    for (namn, slag, ord) in [
        ("Sandvikenhus", "kommunalt_bolag", "Kommunalt bolag"),
        (
            "Västra Gästriklands samhällsbyggnadsnämnd",
            "gemensam_namnd",
            "Gemensam nämnd",
        ),
    ] {
        let fore = html.split_once(&format!(">{namn}</a>")).unwrap().0;
        let till = fore
            .rsplit_once("href=\"")
            .unwrap()
            .1
            .split('"')
            .next()
            .unwrap();
        let mal = format!("{till}/slag");
        adm.spara(till, &mal, &[("slag", slag)]).await;
        assert!(adm.hamta(till).await.text.contains(ord), "{ord}");
        let igen = adm.fyll_i(till, &mal, &[("slag", slag)]).await;
        assert!(igen.text.contains("Den är redan"), "{}", igen.text);
    }
    let mut b = varld.inloggad("sandviken", Roll::Ekonom).await;
    let drift = Aktor::drift(varld.id["sandviken"]);
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(&drift, Atgard::LasaMedel, None).await.unwrap();
    let sida = format!("/medel/{}/fordelning", bok.bidrag[0].slug);
    let html = b.hamta(&sida).await.text;
    let mottagare = del(&html, "mottagare");
    for ord in [
        "Till gemensam nämnd",
        "Till nämnd",
        "Till flera tillsammans",
        "Sandvikenhus (kommunalt bolag)",
        "13\u{a0}287\u{a0}000",
    ] {
        assert!(mottagare.contains(ord), "{ord}: {mottagare}");
    }
    let tal = |rad: &str| -> i64 {
        let text = utfall_testkit::webb::bara_text(rad);
        let siffror: String = text.chars().filter(char::is_ascii_digit).collect();
        siffror.parse().unwrap()
    };
    let delar = mottagare.split("<tr").filter(|r| r.contains("delsumma"));
    let summa: i64 = delar.map(tal).sum();
    assert_eq!(summa, 13_287_000, "{mottagare}");
}
