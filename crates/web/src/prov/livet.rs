//! The life of a grant on its pages: terms with their deadlines, decisions, what is granted
//! version by version, and proposals.

use super::rum::{lagg_upp, tom};
use super::{BESLUT, Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

pub(super) async fn ekonom(varld: &Varld) -> Webblasare {
    tom(varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    b
}

/// R1, R15: the deadlines stand on the grant's page and among what is to be done, told from
/// the day they are read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terms_are_shown_with_how_far_away_each_deadline_is() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let sida = "/medel/unga-framat/villkor";
    let idag = utfall_domain::tid::dag(varld.webb.tjanst.klocka().nu());
    let dag = |dagar: i64| {
        let dag = idag.checked_add(jiff::SignedDuration::from_hours(24 * dagar));
        dag.unwrap().to_string()
    };
    let (redovisas, aterbetalas) = (dag(23), dag(-2));
    let falt = [
        ("andamal", "Fler unga i arbete"),
        ("mottagare", "Tomby kommun"),
        ("behorighet", "Hög arbetslöshet"),
        ("fran", "2022-01-01"),
        ("overforing", "medgivande"),
        ("grans", "12,5 %"),
        ("redovisas", redovisas.as_str()),
        ("aterbetalas", aterbetalas.as_str()),
        ("aterkrav-ingen-redovisning", "ja"),
        ("orsak", "Beslutet den 12 maj"),
    ];
    b.spara(sida, sida, &falt).await;
    let html = b.hamta("/medel/unga-framat").await.text;
    for ord in [
        "Fler unga i arbete",
        "Tomby kommun",
        "Hög arbetslöshet",
        "om 23 dagar",
        "för 2 dagar sedan",
        "om finansiären medger det, högst 12,5\u{a0}% av årets pengar",
        "redovisningen har inte kommit in",
        "Beslutet den 12 maj",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    let start = b.hamta("/start").await.text;
    for ord in [
        "Frister",
        "Redovisa till finansiären",
        "om 23 dagar",
        "Försenad",
    ] {
        assert!(start.contains(ord), "{ord}: {start}");
    }
    // What was typed is kept when something is wrong, and all of it is told.
    let svar = b
        .fyll_i(
            sida,
            sida,
            &[("mottagare", "Annan"), ("till", "x"), ("orsak", "")],
        )
        .await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(svar.text.contains("value=\"Annan\"") && svar.text.contains("Källan saknas"));
    // The form opens with what holds.
    assert!(b.hamta(sida).await.text.contains("value=\"12,5 %\""));
}

/// R3, R44, R10: the page of what is granted, and proposals beside what is decided.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preliminary_amount_says_so_and_a_proposal_is_decided() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let sida = "/medel/unga-framat/tilldelning";
    let falt = |belopp, sakerhet| {
        [
            ("ar", "2027"),
            ("benamning", "Preliminär 1"),
            ("datum", "2022-01-31"),
            ("belopp", belopp),
            ("sakerhet", sakerhet),
            ("orsak", "Finansiärens brev"),
        ]
    };
    b.spara(sida, sida, &falt("900 000", "preliminar")).await;
    let html = b.hamta(sida).await.text;
    assert!(
        html.contains("Preliminär 1") && html.contains("900\u{a0}000"),
        "{html}"
    );
    let medel = b.hamta("/medel/unga-framat?ar=2027").await.text;
    assert!(medel.contains("<small>preliminärt</small>"), "{medel}");
    let andra = b.hamta("/medel/unga-framat?ar=2026").await.text;
    let arets = andra.split("id=\"arsvis\"").next().unwrap();
    assert!(!arets.contains("preliminärt"), "det andra året är slutligt");
    // No distribution without a decision; with one it is saved.
    let sida = "/medel/unga-framat/fordelning";
    let html = b.hamta(sida).await.text;
    let cell = html.split(" name=\"").map(|d| d.split('"').next().unwrap());
    let cell = cell
        .into_iter()
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"));
    let cell = cell.unwrap().to_owned();
    let mut falt = vec![
        (cell.as_str(), "500 000"),
        ("steg", "spara"),
        ("orsak", "Start"),
    ];
    let nej = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains("bara genom ett beslut") && nej.text.contains("value=\"500 000\""));
    // None of what the decision needs is called voluntary, and the tiles are of what is typed.
    for ord in ["Vem har beslutat?", "Beslutets dag", "Vad beslutades?"] {
        let efter = nej.text.split(ord).nth(1).unwrap();
        let etiketten = efter.split("</label>").next().unwrap();
        assert!(!etiketten.contains("frivilligt"), "{ord}: {etiketten}");
    }
    falt.extend(BESLUT);
    b.spara(sida, sida, &falt).await;
    // Räkna om: the tile says what would be, and what is saved.
    let omraknad = format!("{sida}?steg=rakna&{cell}=600000&version=");
    let version = b.hamta(sida).await.text;
    let version = version.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let html = b.hamta(&format!("{omraknad}{version}")).await.text;
    for ord in [
        "om du sparar. Sparat nu: 500\u{a0}000",
        "Som det är sparat nu",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    // A slip of the day is undone by the decision that was just entered, and the time is told once.
    let html = b.hamta("/medel/unga-framat/fordelning/angra").await.text;
    let valt = html.split("name=\"beslut\"").nth(1).unwrap();
    let valt = valt.split("</select>").next().unwrap();
    let vald = valt.split(" selected").nth(1).unwrap();
    assert!(vald.contains("Kommunstyrelsen"), "{valt}");
    assert!(!html.contains("kl. 2022"), "{html}");
    let besluten = b.hamta("/beslut").await.text;
    assert!(besluten.contains("Kommunstyrelsen") && besluten.contains("bakom ett belopp"));
    let forslag = "/medel/unga-framat/forslag";
    let till = b.spara(forslag, forslag, &[("orsak", "Inför mötet")]).await;
    assert_eq!(till, "/medel/unga-framat/forslag/forslag-a");
    b.spara(&till, &till, &[(&cell, "600 000"), ("orsak", "Mer")])
        .await;
    let jamfor = b.hamta(forslag).await.text;
    assert!(
        jamfor.contains("+100\u{a0}000") && jamfor.contains("förslag A"),
        "{jamfor}"
    );
    let besluta = format!("{till}/besluta");
    let mut falt = vec![("orsak", "Beslutat")];
    let nej = b.fyll_i(&till, &besluta, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    falt.extend(BESLUT);
    b.spara(&till, &besluta, &falt).await;
    assert!(b.hamta(sida).await.text.contains("value=\"600\u{a0}000\""));
    assert_eq!(b.hamta(&till).await.status, StatusCode::NOT_FOUND);
    // A reinforcement has its own row.
    let forstark = "/medel/unga-framat/forstark";
    let mut falt = vec![
        ("insats", "sommarjobb"),
        ("ar", "2026"),
        ("belopp", "25 000"),
        ("orsak", "Fler platser"),
    ];
    falt.extend(BESLUT);
    b.spara(forstark, forstark, &falt).await;
    let html = b.hamta(forslag).await.text;
    for ord in [
        "Förstärkningar under året",
        "600\u{a0}000",
        "+25\u{a0}000",
        "625\u{a0}000",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
}

/// R14, R52, R13: a requisition is written, sent and granted on its page, a repayment decided
/// and paid on the year's, and the year is closed there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_requested_repaid_and_closed_on_its_pages() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let villkor = "/medel/unga-framat/villkor";
    let frister = [
        ("rekvireras", "2022-02-20"),
        ("aterbetalas", "2022-03-10"),
        ("orsak", "Beslutet"),
    ];
    b.spara(villkor, villkor, &frister).await;
    let start = b.hamta("/start").await.text;
    assert!(start.contains("Rekvirera pengarna") && start.contains("Betala tillbaka"));
    let ny = "/rekvisitioner/ny";
    let falt = [
        ("riktning", "till-finansiar"),
        ("bidrag", "unga-framat"),
        ("fran", "2026-01-01"),
        ("till", "2026-12-31"),
        ("belopp", "1 750 000"),
        ("sista", "ja"),
    ];
    let nej = b
        .fyll_i(ny, ny, &[("belopp", "x"), ("bidrag", "unga-framat")])
        .await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains("value=\"x\"") && nej.text.contains("Dagen saknas"));
    // A draft is written again as often as one likes, each time from what one saw.
    let mut forsta = falt;
    forsta[4].1 = "1 700 000";
    let sida = b.spara(ny, ny, &forsta).await;
    let utkast = format!("{sida}/utkast");
    let html = b.hamta(&sida).await.text;
    assert!(html.contains("Ändra utkastet"));
    // What the last one of the year does to the grant is said before it is sent.
    let mindre = "bidraget för 2026 blir 50\u{a0}000\u{a0}kr mindre";
    assert!(html.contains(mindre), "{html}");
    // Those who only read have not been asked for anything yet.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let listan = styrelse.hamta("/rekvisitioner").await.text;
    assert!(!listan.contains("1\u{a0}700\u{a0}000"), "{listan}");
    let html = b.hamta(&utkast).await.text;
    for ord in ["value=\"1 700 000\"", "value=\"2026-12-31\"", "checked"] {
        assert!(html.replace('\u{a0}', " ").contains(ord), "{ord}: {html}");
    }
    let mut gammal = forsta.to_vec();
    gammal.push(("version", "7"));
    let nej = b.fyll_i(&utkast, &utkast, &gammal).await;
    assert!(nej.text.contains("Någon annan har ändrat"), "{}", nej.text);
    let kvar = nej.text.replace('\u{a0}', " ");
    assert!(kvar.contains("value=\"1 700 000\""), "{kvar}");
    assert!(
        nej.text.contains("1\u{a0}700\u{a0}000\u{a0}kr för"),
        "{}",
        nej.text
    );
    let andrat = b.spara(&utkast, &utkast, &falt).await;
    assert_eq!(andrat, sida);
    assert!(!b.hamta(&sida).await.text.contains("mindre"));
    let steg = format!("{sida}/steg");
    let gor = |handling: &'static str| [("handling", handling), ("dag", "2022-02-01")];
    let nej = b.fyll_i(&sida, &steg, &gor("skicka")).await;
    assert!(
        nej.text.contains("Det saknas vad som intygas"),
        "{}",
        nej.text
    );
    let mut med = gor("skicka").to_vec();
    med.push(("intygande", "Kostnaderna finns i bokföringen."));
    b.spara(&sida, &steg, &med).await;
    let listan = styrelse.hamta("/rekvisitioner").await.text;
    assert!(listan.contains("1\u{a0}750\u{a0}000"), "{listan}");
    let senast = styrelse.hamta("/start").await.text;
    assert!(senast.contains("En rekvisition skickades"), "{senast}");
    assert!(b.hamta("/start").await.text.contains("Registrera svaret"));
    let mut beviljad = gor("bevilja").to_vec();
    beviljad.push(("belopp", "1 750 000"));
    b.spara(&sida, &steg, &beviljad).await;
    let start = b.hamta("/start").await.text;
    assert!(start.contains("Registrera utbetalningen"), "{start}");
    b.spara(&sida, &steg, &gor("betala")).await;
    let html = b.hamta(&sida).await.text;
    for ord in [
        "Intygat av ekonom",
        "Beviljad",
        "Utbetald",
        "1\u{a0}750\u{a0}000",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    assert!(b.hamta("/rekvisitioner").await.text.contains("Utbetald"));
    let skickad = b.hamta(&utkast).await;
    assert_eq!(skickad.status, StatusCode::SEE_OTHER, "inget utkast längre");
    // What is used, then what is left.
    let om = "/insatser/sommarjobb/registrera";
    let anvant = [
        ("slag", "anvant"),
        ("ar", "2026"),
        ("belopp", "1 700 000"),
        ("lage", "tal"),
        ("orsak", "Bokslutet"),
    ];
    b.spara(om, om, &anvant).await;
    let avslut = "/arsavslut/unga-framat/2026";
    let html = b.hamta(avslut).await.text;
    for ord in [
        "Kvar att göra",
        "50\u{a0}000",
        "i hela kronor",
        "varken överfört eller",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    let stang = format!("{avslut}/avsluta");
    let nej = b.fyll_i(avslut, &stang, &BESLUT).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains("hindrar avslutet"), "{}", nej.text);
    let mut falt = vec![
        ("belopp", "50 000"),
        ("forfaller", "2027-03-31"),
        ("konto", "3513"),
    ];
    falt.extend(BESLUT);
    // The year runs: what is not used yet is nothing to pay back.
    let medel = b.hamta("/medel/unga-framat?ar=2026").await.text;
    assert!(medel.contains("Ännu inte använt"), "{medel}");
    assert!(!medel.contains("Att betala tillbaka"), "{medel}");
    b.spara(avslut, &format!("{avslut}/aterbetalning"), &falt)
        .await;
    // Decided is not paid: that is said where the list is all done, and among what waits.
    let obetalt = "50\u{a0}000\u{a0}kr är kvar att betala";
    for sida in [avslut, "/start", "/medel"] {
        let html = b.hamta(sida).await.text;
        let sagt = html.contains(obetalt) || html.contains("är kvar att betala.");
        assert!(sagt, "{sida}: {html}");
    }
    let betala = format!("{avslut}/betala");
    let for_mycket = [("belopp", "50 001"), ("dag", "2022-02-01")];
    let nej = b.fyll_i(avslut, &betala, &for_mycket).await;
    assert!(nej.text.contains("Betalningen är större"), "{}", nej.text);
    b.spara(
        avslut,
        &betala,
        &[("belopp", "50 000"), ("dag", "2022-02-01")],
    )
    .await;
    // What is done is no longer among what is to be done.
    let start = b.hamta("/start").await.text;
    assert!(!start.contains("Rekvirera pengarna"), "{start}");
    assert!(!start.contains(obetalt), "{start}");
    let medel = b.hamta("/medel").await.text;
    assert!(medel.contains("och allt är betalt"), "{medel}");
    let kvar = "Betala tillbaka det som blev över</a>";
    assert_eq!(start.matches(kvar).count(), 0, "{start}");
    let lista = b.hamta("/arsavslut").await.text;
    assert_eq!(lista.matches("Öppet").count(), 1, "{lista}");
    // A decision from before the year is over is questioned, and taken with a tick.
    let nej = b.fyll_i(avslut, &stang, &BESLUT).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in ["fattat innan 2026 var slut", "name=\"beslutet-galler\""] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let orord = b.hamta(avslut).await.text;
    assert!(!orord.contains("beslutet-galler"), "{orord}");
    let med = [&BESLUT[..], &[("beslutet-galler", "ja")]].concat();
    b.spara(avslut, &stang, &med).await;
    let html = b.hamta(avslut).await.text;
    assert!(
        html.contains("Året är avslutat") && html.contains("3513"),
        "{html}"
    );
    assert!(!html.contains("Öppna året igen"), "bara förbundschefen");
    let sena = b.fyll_i(om, om, &anvant).await;
    assert_eq!(
        sena.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        sena.text
    );
}
