//! The working rooms: entering by hand, fetching tables, other days, and the journal's filter.

use super::{Varld, Webblasare, konto};
use axum::http::StatusCode;
use utfall_app::installation::{NyHuvudman, NyttKonto};
use utfall_behorighet::{Aktor, Atgard, Roll};

/// A huvudman with accounts and nothing else.
pub(super) async fn tom(varld: &Varld) -> Aktor {
    let ny = NyHuvudman {
        slug: "tomby".into(),
        namn: "Tomby".into(),
        pahittad: false,
    };
    let tjanst = &varld.webb.tjanst;
    let drift = Aktor::drift(tjanst.skapa_huvudman(ny).await.unwrap());
    for roll in [Roll::Ekonom, Roll::Styrelse, Roll::Forbundschef] {
        let namn = konto("tomby", roll);
        let konto = NyttKonto::ny(&namn, roll.namn(), super::LOSENORD, &[9; 16], &[roll]);
        tjanst.utfor(&drift, None, konto.unwrap()).await.unwrap();
    }
    drift
}

const BIDRAG: &str = "/registrera/bidrag";
const INSATS: &str = "/registrera/insats";

fn bidraget() -> Vec<(&'static str, &'static str)> {
    vec![
        ("namn", "Unga framåt"),
        ("finansiar", "Länsstyrelsen"),
        ("ar-1", "2026"),
        ("belopp-1", "1 750 tkr"),
        ("lage-1", "slutlig"),
        ("ar-2", "2027"),
        ("lage-2", "ej-beslutat"),
        ("orsak", "Beslut 12 maj"),
    ]
}

pub(super) async fn lagg_upp(b: &mut Webblasare) {
    let svar = b.fyll_i(BIDRAG, BIDRAG, &bidraget()).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert_eq!(svar.till(), "/medel/unga-framat?sparat=upplagt");
    let falt = [
        ("namn", "Sommarjobb"),
        ("bidrag", "unga-framat"),
        ("ansvarig", "Arbetsmarknadsnämnden"),
        ("start", "2026"),
    ];
    let svar = b.fyll_i(INSATS, INSATS, &falt).await;
    assert_eq!(
        svar.till(),
        "/insatser/sommarjobb?sparat=upplagt",
        "{}",
        svar.text
    );
}

/// Enters what the grant was requisitioned and repaid in 2026.
pub(super) async fn rekvirera_och_betala_tillbaka(b: &mut Webblasare) {
    let sida = "/medel/unga-framat/registrera";
    for (slag, belopp) in [("rekvirerat", "1 750 000"), ("aterbetalning", "1 000 000")] {
        let falt = [
            ("slag", slag),
            ("ar", "2026"),
            ("belopp", belopp),
            ("lage", "tal"),
            ("orsak", "Bokslutet"),
        ];
        b.spara(sida, sida, &falt).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn empty_books_are_begun_by_hand_and_every_figure_explains_itself() {
    let varld = Varld::ny().await;
    let drift = tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    let start = b.hamta("/start").await.text;
    for steg in [BIDRAG, INSATS, "/underlag/importera"] {
        assert!(
            start.contains(&format!("href=\"{steg}\"")),
            "{steg}: {start}"
        );
    }
    // Nothing is said to be right, or to be begun, where there is nothing.
    let granskning = b.hamta("/granskning").await.text;
    assert!(granskning.contains("inget att granska än") && !granskning.contains("stämmer."));
    let rapporter = b.hamta("/rapporter").await.text;
    assert!(rapporter.contains("När det finns ett bidrag under Medel"));
    // Those who may not begin are told who may, and are not told that all is well.
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let deras = styrelse.hamta("/start").await.text;
    assert!(deras.contains("Ekonomen eller förbundschefen") && !deras.contains(BIDRAG));

    lagg_upp(&mut b).await;
    let sida = b.hamta("/medel/unga-framat?sparat=upplagt").await.text;
    for text in [
        "Sparat: Unga framåt",
        "1\u{a0}750\u{a0}000",
        "Länsstyrelsen",
        "ej beslutat",
    ] {
        assert!(sida.contains(text), "{text}: {sida}");
    }
    assert!(!b.hamta("/start").await.text.contains("Börja här"));

    // A fact about the initiative shows at once, on its page and in the grant's sums.
    let sida = "/insatser/sommarjobb/registrera";
    let falt = [
        ("slag", "anvant"),
        ("ar", "2026"),
        ("belopp", "680"),
        ("enhet", "tkr"),
        ("lage", "tal"),
        ("orsak", "Bokslutet"),
    ];
    let svar = b.fyll_i(sida, sida, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let insats = b.hamta(svar.till()).await.text;
    assert!(insats.contains("Sparat: använt av insats"), "{insats}");
    assert!(insats.contains("680\u{a0}000"), "{insats}");
    let medel = b.hamta("/medel/unga-framat").await.text;
    assert!(medel.contains("680\u{a0}000"), "{medel}");
    let harledning = insats.split("/harledning/anvant-insats?").nth(1).unwrap();
    let fraga = harledning.split('"').next().unwrap().replace("&#38;", "&");
    let fraga = fraga.split('#').next().unwrap();
    let varfor = b
        .hamta(&format!("/harledning/anvant-insats?{fraga}"))
        .await
        .text;
    for text in [
        "680\u{a0}tkr",
        "Bokslutet",
        "Ekonom",
        "Registrerad för hand",
    ] {
        assert!(varfor.contains(text), "{text}: {varfor}");
    }
    // The page says which grant pays, and where its money is distributed.
    for href in ["/medel/unga-framat", "/medel/unga-framat/fordelning"] {
        let lank = format!("href=\"{href}\"");
        let (_, pengar) = insats.split_once("id=\"pengar\"").unwrap();
        assert!(pengar.contains(&lank), "{href}: {insats}");
    }
    // The rules read it: requisitioned is not what is used and repaid.
    rekvirera_och_betala_tillbaka(&mut b).await;
    let funna = varld.webb.tjanst.granska(&drift).await.unwrap();
    assert!(
        !funna.is_empty(),
        "granskningen läser det som är inlagt för hand"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    let byt = |namn: &'static str, varde: &'static str| {
        let mut falt = bidraget();
        falt.retain(|(n, _)| *n != namn);
        falt.push((namn, varde));
        falt
    };
    for (namn, varde) in [
        ("namn", ""),
        ("namn", "!!!"),
        ("finansiar", " "),
        ("ar-1", "tjugo"),
        ("ar-1", "1066"),
        ("ar-2", "2026"),
        ("belopp-1", "mycket"),
        ("belopp-1", "-5"),
        ("belopp-2", "5"),
        ("orsak", ""),
    ] {
        let svar = b.fyll_i(BIDRAG, BIDRAG, &byt(namn, varde)).await;
        assert_eq!(
            svar.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{namn}={varde}"
        );
        let fel = format!("id=\"{namn}-fel\"");
        assert!(svar.text.contains(&fel), "{namn}={varde}: {}", svar.text);
        assert!(
            svar.text.contains(&format!("href=\"#{namn}\"")),
            "{namn}={varde}"
        );
        for skrivet in ["Unga framåt", "1 750 tkr", "Beslut 12 maj"] {
            let eget = bidraget().iter().any(|(n, v)| *n == namn && *v == skrivet);
            assert!(
                eget || svar.text.contains(skrivet),
                "{namn}={varde}: {skrivet}"
            );
        }
    }
    assert!(
        !b.hamta("/medel").await.text.contains("Unga framåt"),
        "inget är sparat"
    );
    lagg_upp(&mut b).await;
    let igen = b.fyll_i(BIDRAG, BIDRAG, &bidraget()).await;
    assert!(igen.text.contains("finns redan"), "{}", igen.text);

    let sida = "/insatser/sommarjobb/registrera";
    let fraga = |slag, ar, belopp, lage| {
        vec![
            ("slag", slag),
            ("ar", ar),
            ("belopp", belopp),
            ("lage", lage),
            ("orsak", "Enligt bokslutet"),
        ]
    };
    for (falt, fel) in [
        (fraga("", "2026", "5", "tal"), "slag"),
        (fraga("tilldelat", "2026", "5", "tal"), "slag"),
        (fraga("budget", "2026", "5", "tal"), "slag"),
        (fraga("anvant", "", "5", "tal"), "ar"),
        (fraga("anvant", "2031", "5", "tal"), "ar"),
        (fraga("anvant", "2026", "", "tal"), "belopp"),
        (fraga("anvant", "2026", "5", "okant"), "belopp"),
        (fraga("deltagare", "2026", "5,5", "tal"), "belopp"),
        (fraga("resultat", "2026", "5", "tal"), "kategori"),
        (fraga("volym", "2026", "5", "tal"), "manad"),
    ] {
        let svar = b.fyll_i(sida, sida, &falt).await;
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY, "{falt:?}");
        assert!(
            svar.text.contains(&format!("id=\"{fel}-fel\"")),
            "{falt:?}: {}",
            svar.text
        );
        assert!(svar.text.contains("Enligt bokslutet"), "{falt:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_figure_is_not_doubled_by_mistake_and_an_awaited_one_is_filled_in() {
    let varld = Varld::ny().await;
    let drift = tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let sida = "/medel/unga-framat/registrera";
    let tilldelat = |ar, belopp| {
        vec![
            ("slag", "tilldelat"),
            ("ar", ar),
            ("belopp", belopp),
            ("lage", "tal"),
            ("orsak", "Nytt beslut"),
        ]
    };
    let nej = b.fyll_i(sida, sida, &tilldelat("2026", "5 000")).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains("finns redan") && nej.text.contains("name=\"tillkommer\""));
    let mut ja = tilldelat("2026", "5 000");
    ja.push(("tillkommer", "ja"));
    assert_eq!(
        b.fyll_i(sida, sida, &ja).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        b.hamta("/medel/unga-framat?ar=2026")
            .await
            .text
            .contains("1\u{a0}755\u{a0}000")
    );
    // 2027 was not decided: now it is, and the sum is known.
    let ratt = b.fyll_i(sida, sida, &tilldelat("2027", "900 000")).await;
    assert_eq!(ratt.status, StatusCode::SEE_OTHER, "{}", ratt.text);
    // 2028 was no year of the grant: now it is.
    let nytt = b.fyll_i(sida, sida, &tilldelat("2028", "800 000")).await;
    assert_eq!(nytt.status, StatusCode::SEE_OTHER, "{}", nytt.text);
    let bok = varld
        .webb
        .tjanst
        .bok(&drift, Atgard::LasaMedel, None)
        .await
        .unwrap();
    assert_eq!(bok.bidrag[0].ar, [2026, 2027, 2028]);
    let medel = b.hamta("/medel").await.text;
    for summa in ["1\u{a0}755\u{a0}000", "900\u{a0}000", "800\u{a0}000"] {
        assert!(medel.contains(summa), "{summa}: {medel}");
    }
    // Sent twice, saved once.
    let html = b.hamta(sida).await.text;
    let mut falt: Vec<(String, String)> = super::dolda(&html, sida);
    for (n, v) in tilldelat("2029", "1") {
        falt.push((n.to_owned(), v.to_owned()));
    }
    let lan: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (ett, tva) = (b.posta(sida, &lan).await, b.posta(sida, &lan).await);
    assert_eq!(ett.till(), tva.till());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_tells_only_of_what_is_there() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let e = &varld.exempel["uppsala"];
    let annans = &varld.exempel["ragunda"].fakta[0];
    for spar in [annans.as_str(), "999999", "skräp", ""] {
        let insats = format!("/insatser/{}?sparat={spar}", e.insatser[0]);
        let bidrag = format!("/medel/{}?sparat={spar}", e.bidrag[0]);
        for sida in [insats, bidrag] {
            assert!(!b.hamta(&sida).await.text.contains("Sparat:"), "{sida}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_that_cannot_be_shown_is_said_at_the_field_and_the_page_is_kept() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let e = &varld.exempel["uppsala"];
    let sidor = [
        "/medel".to_owned(),
        "/insatser".to_owned(),
        format!("/medel/{}", e.bidrag[0]),
        format!("/medel/{}/fordelning", e.bidrag[0]),
        format!("/insatser/{}", e.insatser[0]),
        "/harledning/anvant".to_owned(),
    ];
    for sida in &sidor {
        let nu = b.hamta(sida).await;
        assert_eq!(nu.status, StatusCode::OK, "{sida}");
        assert!(
            nu.text.contains("id=\"per\"") && !nu.text.contains("per-fel"),
            "{sida}"
        );
        for (per, ord) in [
            ("skrap", "finns inte"),
            ("2022-02-30", "finns inte"),
            ("2099-01-01", "har inte varit än"),
        ] {
            let svar = b.hamta(&format!("{sida}?per={per}")).await;
            assert_eq!(
                svar.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{sida} {per}"
            );
            assert!(
                svar.text.contains("id=\"per-fel\"") && svar.text.contains(ord),
                "{sida}"
            );
            let tabeller = |html: &str| html.matches("<td").count();
            assert_eq!(
                tabeller(&svar.text),
                tabeller(&nu.text),
                "{sida}: resten är kvar"
            );
        }
        let fore = b.hamta(&format!("{sida}?per=2001-01-01")).await;
        assert_eq!(fore.status, StatusCode::OK, "{sida}");
        assert!(
            fore.text.contains("var inget registrerat än"),
            "{sida}: {}",
            fore.text
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_are_fetched_as_files_with_the_figures_of_the_page() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let e = &varld.exempel["uppsala"];
    let publik = ["/uppsala/pengar".to_owned(), "/uppsala/insatser".to_owned()];
    let egna = [
        "/medel".to_owned(),
        "/insatser".to_owned(),
        format!("/medel/{}", e.bidrag[0]),
        format!("/medel/{}/fordelning", e.bidrag[0]),
        "/harledning/anvant".to_owned(),
    ];
    for sida in egna.iter().chain(&publik) {
        let html = b.hamta(sida).await.text;
        let fil = html
            .split("href=\"")
            .skip(1)
            .map(|del| del.split('"').next().unwrap().replace("&#38;", "&"))
            .find(|href| href.contains("/tabell.csv"))
            .unwrap_or_else(|| panic!("{sida} har ingen fil"));
        let svar = b.hamta(&fil).await;
        assert_eq!(svar.status, StatusCode::OK, "{fil}");
        assert_eq!(svar.huvuden["content-type"], "text/csv; charset=utf-8");
        let namn = svar.huvuden["content-disposition"].to_str().unwrap();
        assert!(namn.contains("-2022-02-02.csv"), "{namn}");
        assert!(
            svar.text.starts_with('\u{feff}') && svar.text.ends_with("\r\n"),
            "{fil}"
        );
        let tal: Vec<String> = svar
            .text
            .split(['\r', '\n', ';'])
            .filter(|t| t.len() > 5 && t.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
            .map(str::to_owned)
            .collect();
        assert!(tal.len() > 1, "{fil}: {}", svar.text);
        for tal in tal {
            let ore = tal.parse::<i64>().unwrap() * 100;
            let pa_sidan = utfall_domain::pengar::Ore(ore).to_string();
            assert!(html.contains(&pa_sidan), "{fil}: {tal} står inte på {sida}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_is_filtered_by_kind_thing_and_day() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let sida = "/insatser/sommarjobb/registrera";
    let falt = [
        ("slag", "anvant"),
        ("ar", "2026"),
        ("belopp", "5"),
        ("lage", "tal"),
        ("orsak", "Bokslutet"),
    ];
    b.fyll_i(sida, sida, &falt).await;
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let poster = |html: &str| html.matches("id=\"post-").count();
    let alla = chef.hamta("/journal").await.text;
    assert!(poster(&alla) > 3, "{alla}");
    let ett = chef.hamta("/journal?slag=bidrag-skapat").await.text;
    assert_eq!(poster(&ett), 1, "{ett}");
    assert!(ett.contains("Bidraget Unga framåt lades upp."));
    // About the initiative is also what is said about a fact of it.
    let insats = alla.split("<option value=\"insats ").nth(1).unwrap();
    let nr = insats.split('"').next().unwrap();
    let om = chef
        .hamta(&format!("/journal?objekt=insats+{nr}"))
        .await
        .text;
    assert_eq!(poster(&om), 2, "{om}");
    for (dagar, antal) in [
        ("fran=2022-02-02&till=2022-02-02", poster(&alla)),
        ("fran=2022-02-03", 0),
        ("till=2022-02-01", 0),
    ] {
        let svar = chef.hamta(&format!("/journal?{dagar}")).await.text;
        assert_eq!(poster(&svar), antal, "{dagar}");
    }
    for fel in ["slag=x", "objekt=x", "fran=x"] {
        let svar = chef.hamta(&format!("/journal?{fel}")).await;
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY, "{fel}");
        assert!(svar.text.contains("-fel\""), "{fel}");
    }
}

/// What has been granted and not handed out is no undecided money.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_grant_is_headed_by_what_there_is_to_hand_out() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let rubrik = |sida: String| {
        let h2 = sida.split("<h2").nth(1).unwrap_or_default();
        h2.split("</h2>").next().unwrap_or_default().to_owned()
    };
    let beslutat = b.hamta("/medel/unga-framat?ar=2026").await.text;
    assert!(
        beslutat.contains("1\u{a0}750\u{a0}000\u{a0}kr att fördela"),
        "{}",
        rubrik(beslutat)
    );
    let obeslutat = b.hamta("/medel/unga-framat?ar=2027").await.text;
    assert!(
        obeslutat.contains("inget belopp är beslutat än"),
        "{}",
        rubrik(obeslutat)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repayment_that_was_only_registered_can_be_paid_where_the_page_says() {
    let varld = Varld::ny().await;
    tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    rekvirera_och_betala_tillbaka(&mut b).await;
    let kvar = "1\u{a0}000\u{a0}000 kr är kvar att betala";
    let start = b.hamta("/start").await.text;
    assert!(start.contains("Inte betalt"), "{start}");
    let arsavslut = b.hamta("/arsavslut/unga-framat/2026").await.text;
    let lank = arsavslut
        .split("href=\"")
        .find(|l| l.contains("Registrera betalningen som Återbetalt"));
    let till = lank
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    // The form knows what is paid, of which year.
    let html = b.hamta(&till).await.text;
    for vald in [
        "value=\"aterbetalt\" selected",
        "value=\"2026\"",
        "1\u{a0}000\u{a0}000",
    ] {
        assert!(html.contains(vald), "{vald}: {html}");
    }
    let sida = "/medel/unga-framat/registrera";
    let betalt = [
        ("slag", "aterbetalt"),
        ("ar", "2026"),
        ("belopp", "1 000 000"),
        ("lage", "tal"),
        ("orsak", "Kontoutdrag"),
    ];
    b.spara(sida, sida, &betalt).await;
    let start = b.hamta("/start").await.text;
    assert!(!start.contains("Inte betalt"), "{start}");
    assert!(!start.contains(kvar), "{start}");
    let medel = b.hamta("/medel").await.text;
    assert!(medel.contains("och allt är betalt"), "{medel}");
}
