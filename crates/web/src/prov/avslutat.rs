//! A closed year at the forms: what stops them is told with the rest, what was typed stays, the
//! box and the reason are offered, and the correction is seen as one where it is shown.

use super::rum::{lagg_upp, tom};
use super::{BESLUT, Varld, Webblasare};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_behorighet::Roll;

const SIDA: &str = "/medel/unga-framat/fordelning";
const ANGRA: &str = "/medel/unga-framat/fordelning/angra";
const DELA: &str = "/medel/unga-framat/fordelning/dela";
/// The decision is older than the year's end, and is said to be the one all the same.
const ANDA: [(&str, &str); 1] = [("beslutet-galler", "ja")];
const ARET: &str = "/arsavslut/unga-framat/2026";
const RUTAN: &str = "name=\"efter-avslut\"";

/// A grant with 500 000 kr distributed to one initiative, and the year closed.
async fn avslutat(varld: &Varld) -> (Webblasare, String) {
    tom(varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let html = b.hamta(SIDA).await.text;
    let cell = html.split(" name=\"").map(|d| d.split('"').next().unwrap());
    let cell = cell
        .into_iter()
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .unwrap()
        .to_owned();
    let mut falt = vec![
        (cell.as_str(), "500 000"),
        ("steg", "spara"),
        ("orsak", "Start"),
    ];
    falt.extend(BESLUT);
    b.spara(SIDA, SIDA, &falt).await;
    for (sida, slag) in [
        ("/medel/unga-framat/registrera", "rekvirerat"),
        ("/insatser/sommarjobb/registrera", "anvant"),
    ] {
        let falt = [
            ("slag", slag),
            ("ar", "2026"),
            ("belopp", "500 000"),
            ("lage", "tal"),
            ("orsak", "Bokslutet"),
        ];
        b.spara(sida, sida, &falt).await;
    }
    let stang = format!("{ARET}/avsluta");
    b.spara(ARET, &stang, &[&BESLUT[..], &ANDA].concat()).await;
    varld.ga(SignedDuration::from_secs(60));
    (b, cell)
}

fn har(text: &str, delar: &[&str]) {
    let text = text.replace('\u{a0}', " ");
    for del in delar {
        assert!(text.contains(del), "{del} saknas: {text}");
    }
}

/// The correction of a fact: the year is told of before anything is typed, and again when the
/// box is forgotten; then the derivation, the year's page and the journal say what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_year_is_corrected_through_the_forms_and_the_correction_is_seen() {
    let varld = Varld::ny().await;
    let (mut b, cell) = avslutat(&varld).await;

    // The distribution: the box is not there until it is the question. All is told at once.
    assert!(!b.hamta(SIDA).await.text.contains(RUTAN));
    let mut falt = vec![
        (cell.as_str(), "450 000"),
        ("steg", "spara"),
        ("orsak", "Avtalet bröts i december"),
        ("beslut-instans", "Styrelsen"),
    ];
    let nej = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "Året 2026 är avslutat",
            RUTAN,
            "Beslutets dag saknas",
            "Det saknas vad som beslutades",
            "value=\"450 000\"",
            "value=\"Avtalet bröts i december\"",
            "value=\"Styrelsen\"",
        ],
    );
    falt.retain(|f| f.0 != "beslut-instans");
    falt.extend(BESLUT);
    let nej = b.fyll_i(SIDA, SIDA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "utan kryss");
    falt.push(("efter-avslut", "ja"));
    b.spara(SIDA, SIDA, &falt).await;
    let html = b.hamta(SIDA).await.text;
    har(&html, &["450 000", "rättelse efter avslut"]);

    varld.ga(SignedDuration::from_secs(60));

    // Taking it back, and splitting: the box stands there from the beginning.
    assert!(b.hamta(ANGRA).await.text.contains(RUTAN));
    let mut falt = vec![("orsak", "Avtalet höll")];
    let nej = b.fyll_i(ANGRA, ANGRA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "bara genom ett beslut",
            "Året 2026 är avslutat",
            "value=\"Avtalet höll\"",
        ],
    );
    falt.extend(BESLUT);
    let nej = b.fyll_i(ANGRA, ANGRA, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "utan kryss");
    falt.push(("efter-avslut", "ja"));
    b.spara(ANGRA, ANGRA, &falt).await;
    har(&b.hamta(SIDA).await.text, &["value=\"500 000\""]);
    let dela = b.hamta(DELA).await.text;
    assert!(dela.contains(RUTAN) && dela.contains("name=\"beslut\""));

    // Where it is shown: the year's page, the derivation and the journal.
    let aret = b.hamta(ARET).await.text;
    har(
        &aret,
        &[
            "2 uppgifter är rättade",
            "Rättat efter avslutet",
            "Avtalet bröts i december",
        ],
    );
    let rad = aret.split("id=\"rattelser-t\"").nth(1).unwrap();
    let lank = rad
        .split("href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let lank = lank.replace("&#38;", "&").replace("&amp;", "&");
    let harledning = b.hamta(lank.split('#').next().unwrap()).await.text;
    har(
        &harledning,
        &["rättelse efter avslut", "efter avslut: Ångrat"],
    );
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let journal = chef.hamta("/journal").await.text;
    har(&journal, &["Rättelse efter avslut av 2026."]);

    // The correction of a fact that is decided: decision and box, and what was typed stays.
    let ratta = harledning.split("/fakta/").nth(1).unwrap();
    let ratta = format!("/fakta/{}/ratta", ratta.split('/').next().unwrap());
    let html = b.hamta(&ratta).await.text;
    har(
        &html,
        &[
            RUTAN,
            "name=\"beslut\"",
            "Beloppet är beslutat",
            "Året 2026 är avslutat",
        ],
    );
    let mut falt = vec![("belopp", "480 000"), ("orsak", "Räknefel")];
    let nej = b.fyll_i(&ratta, &ratta, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "bara genom ett beslut",
            "value=\"480 000\"",
            "Räknefel",
            "Kryssa för det",
        ],
    );
    falt.extend(BESLUT);
    falt.push(("efter-avslut", "ja"));
    b.spara(&ratta, &ratta, &falt).await;
}

/// A new figure of a closed year: its form offers the box and asks why it comes so late.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_figure_of_a_closed_year_is_entered_with_the_box_and_why_it_comes_late() {
    let varld = Varld::ny().await;
    let (mut b, _) = avslutat(&varld).await;
    let sida = "/insatser/sommarjobb/registrera";
    assert!(!b.hamta(sida).await.text.contains(RUTAN));
    let mut falt = vec![
        ("slag", "ansokt"),
        ("ar", "2026"),
        ("belopp", "1 000"),
        ("enhet", "kr"),
        ("lage", "tal"),
        ("orsak", "Fakturan"),
    ];
    let nej = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            RUTAN,
            "value=\"1 000\"",
            "Fakturan",
            "Varför görs det efter avslutet?",
        ],
    );
    falt.push(("efter-avslut", "ja"));
    let nej = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &["Skälet till att det görs efter avslutet saknas", "checked"],
    );
    falt.push(("efter-avslut-varfor", "Kom i januari"));
    b.spara(sida, sida, &falt).await;
    let aret = b.hamta(ARET).await.text;
    har(&aret, &["Fakturan Efter avslut: Kom i januari"]);
    // Control: an open year asks nothing.
    b.spara(
        sida,
        sida,
        &[
            ("slag", "ansokt"),
            ("ar", "2027"),
            ("belopp", "1 000"),
            ("enhet", "kr"),
            ("lage", "tal"),
            ("orsak", "Ansökan"),
        ],
    )
    .await;
}

/// The value of the choice with this text.
fn valet(html: &str, text: &str) -> String {
    let fore = html.split(&format!(">{text}</option>")).next().unwrap();
    let fore = fore.rsplit("value=\"").next().unwrap();
    fore.split('"').next().unwrap().to_owned()
}

/// Coming money, what an initiative needs and co-financing: each is entered into a closed year
/// only with the box and why, and is then seen on the year's page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn coming_money_and_co_financing_of_a_closed_year_are_entered_with_the_box() {
    let varld = Varld::ny().await;
    let (mut b, _) = avslutat(&varld).await;
    let framat = "/insatser/sommarjobb/framat";
    let medfin = b.hamta("/medfinansiering?ar=2026").await.text;
    let (insats, part) = (
        valet(&medfin, "Sommarjobb"),
        valet(&medfin, "Länsstyrelsen"),
    );
    type Ifyllt<'a> = Vec<(&'a str, &'a str)>;
    let formularen: [(&str, &str, Ifyllt<'_>); 3] = [
        (
            "/ataganden/nytt",
            "/ataganden/nytt",
            vec![
                ("insats", "sommarjobb"),
                ("lage", "ansokt"),
                ("ansokan", "Ansökan 17"),
                ("belopp-2026", "20 000"),
                ("belopp-2027", "30 000"),
                ("orsak", "Åtagandet"),
            ],
        ),
        (
            "/insatser/sommarjobb/framat?gor=behov",
            framat,
            vec![("ar", "2026"), ("behov", "9 000"), ("orsak", "Behovet")],
        ),
        (
            "/medfinansiering?ar=2026",
            "/medfinansiering",
            vec![
                ("insats", &insats),
                ("part", &part),
                ("lofte", "utlovad"),
                ("slag", "pengar"),
                ("belopp", "7 000"),
                ("orsak", "Avsikten"),
            ],
        ),
    ];
    for (sida, mal, mut falt) in formularen {
        let kallan = falt.last().unwrap().1;
        assert!(!b.hamta(sida).await.text.contains(RUTAN), "{sida}");
        let nej = b.fyll_i(sida, mal, &falt).await;
        assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "{sida}");
        har(
            &nej.text,
            &[
                RUTAN,
                "Året 2026 är avslutat",
                "Varför görs det efter avslutet?",
                kallan,
            ],
        );
        falt.push(("efter-avslut", "ja"));
        let nej = b.fyll_i(sida, mal, &falt).await;
        assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "{sida}");
        har(
            &nej.text,
            &["Skälet till att det görs efter avslutet saknas"],
        );
        falt.push(("efter-avslut-varfor", "Kom sent"));
        let svar = b.fyll_i(sida, mal, &falt).await;
        assert_eq!(svar.status, StatusCode::SEE_OTHER, "{sida}: {}", svar.text);
        let vantat = format!("{kallan} Efter avslut: Kom sent");
        har(&b.hamta(ARET).await.text, &[&vantat]);
        varld.ga(SignedDuration::from_secs(60));
    }
    har(&b.hamta(ARET).await.text, &["3 uppgifter är rättade"]);
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let journal = chef.hamta("/journal").await.text;
    let sagt = journal.matches("Rättelse efter avslut av 2026.").count();
    assert_eq!(sagt, 3, "{journal}");
    // Control: a need of an open year asks nothing.
    let falt = [("ar", "2027"), ("behov", "9 000"), ("orsak", "Behovet")];
    let sida = format!("{framat}?gor=behov");
    b.spara(&sida, framat, &falt).await;
}

/// What another has saved since the form was opened is told before it is replaced, and hours
/// that a share takes the place of hold no longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn co_financing_is_not_written_over_unseen_and_a_share_takes_the_place_of_hours() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let sida = "/medfinansiering?ar=2026";
    let mal = "/medfinansiering";
    let html = b.hamta(sida).await.text;
    let sedd = html.split("name=\"sedd\" value=\"").nth(1).unwrap();
    let sedd = sedd.split('"').next().unwrap().to_owned();
    let (insats, part) = (valet(&html, "Sommarjobb"), valet(&html, "Länsstyrelsen"));
    let grund = |slag| {
        vec![
            ("insats", &*insats),
            ("part", &*part),
            ("lofte", "utlovad"),
            ("slag", slag),
            ("orsak", "Avtalet"),
        ]
    };
    let mut timmar = grund("timmar");
    timmar.extend([("timmar", "4321"), ("pris", "100")]);
    b.spara(sida, mal, &timmar).await;
    har(&b.hamta(sida).await.text, &["4 321", "432 100"]);
    varld.ga(SignedDuration::from_secs(60));

    // Somebody who opened the form before that.
    let mut del = grund("del");
    del.extend([("andel", "10"), ("kostnad", "600 000")]);
    let mut gammal = del.clone();
    gammal.push(("sedd", &*sedd));
    let nej = b.fyll_i(sida, mal, &gammal).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(
        &nej.text,
        &[
            "Någon annan har sparat samma sak medan du arbetade: 432 100 kr.",
            "value=\"600 000\"",
        ],
    );
    assert!(
        !nej.text
            .contains(&format!("name=\"sedd\" value=\"{sedd}\"")),
        "nu är det sett"
    );
    b.spara(sida, mal, &del).await;
    let text = b.hamta(sida).await.text.replace('\u{a0}', " ");
    assert!(text.contains("60 000"), "{text}");
    assert!(!text.contains("4 321"), "timmarna gäller inte längre");
}

/// Opened again, changed and closed again: what was made meanwhile is seen as that, without
/// anybody having ticked a box.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_made_while_a_year_is_open_again_is_seen_as_that() {
    let varld = Varld::ny().await;
    let (mut b, _) = avslutat(&varld).await;
    let sida = "/insatser/sommarjobb/registrera";
    let uppgift = |ar, orsak| {
        vec![
            ("slag", "ansokt"),
            ("ar", ar),
            ("belopp", "1 000"),
            ("enhet", "kr"),
            ("lage", "tal"),
            ("orsak", orsak),
        ]
    };
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let oppna = format!("{ARET}/oppna");
    chef.spara(ARET, &oppna, &[("orsak", "En faktura saknas")])
        .await;
    varld.ga(SignedDuration::from_secs(60));
    for falt in [
        uppgift("2026", "Fakturan i juni"),
        uppgift("2027", "Nästa års ansökan"),
    ] {
        b.spara(sida, sida, &falt).await;
        varld.ga(SignedDuration::from_secs(60));
    }
    let stang = format!("{ARET}/avsluta");
    b.spara(ARET, &stang, &[&BESLUT[..], &ANDA].concat()).await;

    let aret = b.hamta(ARET).await.text;
    har(
        &aret,
        &[
            "En uppgift är rättad efter avslutet",
            "Fakturan i juni",
            "medan året var öppnat igen",
        ],
    );
    assert!(!aret.contains("Nästa års ansökan"), "ett öppet år");
    let rad = aret.split("id=\"rattelser-t\"").nth(1).unwrap();
    let lank = rad.split("href=\"").nth(1).unwrap();
    let lank = lank.split('"').next().unwrap();
    let lank = lank.replace("&#38;", "&").replace("&amp;", "&");
    let harledning = b.hamta(lank.split('#').next().unwrap()).await.text;
    har(&harledning, &["efter avslut medan året var öppnat igen"]);
    let journal = chef.hamta("/journal").await.text;
    let sagt = "Ändrat efter avslut, medan året var öppnat igen: 2026.";
    assert_eq!(journal.matches(sagt).count(), 1, "{journal}");
    // Closed again it takes the box, and is then a correction and no more.
    let falt = uppgift("2026", "Ännu en");
    let nej = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
}
