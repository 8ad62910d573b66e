//! Calls for applications: what waits for one, and what a chain of them leaves open.

use super::super::{BESLUT, Varld, Webblasare};
use super::{FRAMAT, NYTT, del, ekonom, fordela, koppla, lage};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const UTLYSNING: &str = "/utlysningar/ny";

async fn ny_utlysning(b: &mut Webblasare) -> String {
    let falt = [
        ("namn", "Utlysning 2023"),
        ("lage", "besked-saknas"),
        ("orsak", "Finansiärens sida"),
    ];
    b.spara(UTLYSNING, UTLYSNING, &falt).await
}

/// R25, R26: a call whose answer is missing, the staff that depends on it and the warning
/// before their contracts end, at the set time and not before; the funding of the coming year
/// is awaited, then partial, none or full, with the gap in kronor.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_that_depends_on_a_call_is_warned_of_before_the_contracts_end() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let nej = b.fyll_i(UTLYSNING, UTLYSNING, &[("besked", "snart")]).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Namnet på utlysningen saknas",
        "Det saknas var utlysningen är",
        "value=\"snart\"",
    ] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let sida = ny_utlysning(&mut b).await;
    let nummer = sida.rsplit('/').next().unwrap().to_owned();
    let hanger = [
        ("utlysning", nummer.as_str()),
        ("omfattning", "Två tjänster och lägret"),
        ("avtal-till", "2022-12-31"),
        ("orsak", "Avtalen"),
    ];
    koppla(&mut b, "utlysning", &hanger).await;
    for adress in ["/utlysningar", sida.as_str()] {
        let html = b.hamta(adress).await.text;
        for ord in ["Besked saknas", "Sommarjobb", "31\u{a0}december\u{a0}2022"] {
            assert!(html.contains(ord), "{adress} {ord}: {html}");
        }
    }
    assert!(
        b.hamta(&sida)
            .await
            .text
            .contains("Två tjänster och lägret")
    );
    // 332 days before: told of only when that much time is asked for.
    let varning = "Avtal går ut utan pengar efteråt";
    assert!(!b.hamta("/start").await.text.contains(varning));
    let satt = [
        ("fran-och-med", "2022"),
        ("varsel-avtal", "340"),
        ("orsak", "Beslut i styrelsen"),
    ];
    b.spara("/parametrar/andra", "/parametrar/andra", &satt)
        .await;
    let start = b.hamta("/start").await.text;
    for ord in [varning, "om 332 dagar", "besked om utlysningen saknas"] {
        assert!(start.contains(ord), "{ord}: {start}");
    }
    let html = b.hamta("/insatser/sommarjobb").await.text;
    assert!(html.contains("avtal i Sommarjobb går ut 31"), "{html}");
    // What it needs, against what there is.
    let nej = b
        .fyll_i(
            &format!("{FRAMAT}?gor=behov"),
            FRAMAT,
            &[("ar", "2023"), ("behov", "0")],
        )
        .await;
    assert!(nej.text.contains("Behovet är noll") && nej.text.contains("Källan saknas"));
    let behov = [("ar", "2023"), ("behov", "400 000"), ("orsak", "Budgeten")];
    koppla(&mut b, "behov", &behov).await;
    let laget = async |b: &mut Webblasare| {
        let html = b.hamta("/ataganden?ar=2023").await.text;
        del(&html, "fortsatter").to_owned()
    };
    let nu = laget(&mut b).await;
    assert!(
        nu.contains("Väntar på utlysning") && nu.contains("400\u{a0}000"),
        "{nu}"
    );
    let nekad = [
        ("namn", "Utlysning 2023"),
        ("lage", "nekad"),
        ("orsak", "Brevet"),
    ];
    let andra = format!("{sida}/andra");
    b.spara(&andra, &andra, &nekad).await;
    let nu = laget(&mut b).await;
    assert!(nu.contains("Ingen finansiering"), "{nu}");
    assert!(
        b.hamta("/start")
            .await
            .text
            .contains("utlysningen ger inga pengar")
    );
    for (belopp, ord, saknas) in [
        ("150 000", "Delvis finansiering", "250\u{a0}000"),
        ("250 000", "Full finansiering", "inget"),
    ] {
        let falt = [
            ("insats", "sommarjobb"),
            ("lage", "beslutat"),
            ("belopp-2023", belopp),
            ("orsak", "Nämnden"),
        ];
        b.spara(NYTT, NYTT, &[&falt[..], &BESLUT[..]].concat())
            .await;
        let nu = laget(&mut b).await;
        assert!(nu.contains(ord) && nu.contains(saknas), "{ord}: {nu}");
        let egen = b.hamta(FRAMAT).await.text;
        assert!(del(&egen, "behov").contains(ord), "{egen}");
    }
    full_finansiering_sager_ett(&mut b, (varning, &andra)).await;
    // Granted, there is nothing to warn of; the history keeps each state.
    let beviljad = [
        ("namn", "Utlysning 2023"),
        ("lage", "beviljad"),
        ("orsak", "Beslutet"),
    ];
    b.spara(&andra, &andra, &beviljad).await;
    assert!(!b.hamta("/start").await.text.contains(varning));
    let html = b.hamta(&sida).await.text;
    let historik = del(&html, "historik");
    for ord in ["Besked saknas", "Nekad eller inställd", "Beviljad"] {
        assert!(historik.contains(ord), "{ord}: {historik}");
    }
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    assert!(!styrelse.hamta(FRAMAT).await.text.contains("gor=behov"));
    assert_eq!(
        styrelse.hamta(UTLYSNING).await.status,
        StatusCode::FORBIDDEN
    );
}

/// All that is needed is there: nothing on the page or on Start says that it waits for the
/// call, and what a person has said of the initiative is held against it.
async fn full_finansiering_sager_ett(b: &mut Webblasare, (varning, andra): (&str, &str)) {
    let ansokt = [
        ("namn", "Utlysning 2023"),
        ("lage", "ansokt"),
        ("orsak", "Vi sökte"),
    ];
    b.spara(andra, andra, &ansokt).await;
    assert!(!b.hamta("/start").await.text.contains(varning));
    let egen = b.hamta(FRAMAT).await.text;
    assert!(
        egen.contains("engarna för 2023 räcker utan Utlysning 2023"),
        "{egen}"
    );
    for ord in ["Väntar på utlysning", "avtal i Sommarjobb"] {
        assert!(!egen.contains(ord), "{ord}: {egen}");
    }
    let emot = "nsatsens läge stämmer inte med siffrorna";
    assert!(!egen.contains(emot), "ingen har sagt något om läget");
    lage(b, "vantar_utlysning").await;
    let egen = b.hamta(FRAMAT).await.text;
    assert!(egen.contains(emot) && egen.contains("väntar på besked från finansiären"));
    lage(b, "finansierad").await;
    assert!(!b.hamta(FRAMAT).await.text.contains(emot));
    // A year later that lacks money contradicts it.
    let behov = [("ar", "2024"), ("behov", "100 000"), ("orsak", "Budgeten")];
    koppla(b, "behov", &behov).await;
    let egen = b.hamta(FRAMAT).await.text;
    assert!(
        egen.contains(emot) && egen.contains("har 2024: väntar på utlysning"),
        "{egen}"
    );
}

/// R27: grants of one year as one chain with its gap and the day each ends, as a chart that is
/// read aloud and a table that says the same, without scripts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_of_one_year_grants_shows_its_gap_and_when_each_ends() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let tom = b.hamta("/insatser/sommarjobb").await.text;
    assert!(!del(&tom, "framat").contains("<svg"), "inget är känt");
    let villkor = "/medel/unga-framat/villkor";
    let falt = [
        ("fran", "2022-01-01"),
        ("till", "2026-11-30"),
        ("orsak", "Beslutet"),
    ];
    b.spara(villkor, villkor, &falt).await;
    fordela(&mut b, "300 000").await;
    // Two years before, with a year between that has nothing.
    let falt = [
        ("insats", "sommarjobb"),
        ("lage", "beslutat"),
        ("belopp-2024", "200 000"),
        ("orsak", "Nämnden"),
    ];
    b.spara(NYTT, NYTT, &[&falt[..], &BESLUT[..]].concat())
        .await;
    let html = b.hamta("/insatser/sommarjobb").await.text;
    let framat = del(&html, "framat");
    for ord in [
        "<svg",
        "role=\"img\"",
        "Ett glapp: inga säkra pengar 2025",
        "2024: Åtagande, utlovat, till och med 31\u{a0}december\u{a0}2024.",
        "2025: Inga säkra pengar, glapp.",
        "2026: Unga framåt, fördelat, till och med 30\u{a0}november\u{a0}2026.",
        ">glapp</text>",
        ">2025</text>",
    ] {
        assert!(framat.contains(ord), "{ord}: {framat}");
    }
    let tabell = framat.split_once("<table").unwrap().1;
    let rader: Vec<&str> = tabell.split("<tr").skip(2).collect();
    for (rad, ord) in rader.iter().zip([
        [
            "2024",
            "Åtagande",
            "200\u{a0}000",
            "31\u{a0}december\u{a0}2024",
            "Utlovat",
        ],
        ["2025", "Inga säkra pengar", "inget", "–", "Glapp"],
        [
            "2026",
            "Unga framåt",
            "300\u{a0}000",
            "30\u{a0}november\u{a0}2026",
            "Fördelat",
        ],
    ]) {
        for o in ord {
            assert!(rad.contains(o), "{o}: {rad}");
        }
    }
    assert_eq!(rader.len(), 3, "{tabell}");
}
