//! Money promised and hoped for on its pages: from an application that is not filed to what
//! the next plan and budget have to make room for.

use super::rum::{lagg_upp, tom};
use super::{BESLUT, Varld, Webblasare};
use axum::http::StatusCode;
use utfall_app::fakta::{RegistreraFaktum, om_insats};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::varde::Varde;

async fn ekonom(varld: &Varld) -> Webblasare {
    tom(varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    b
}

async fn skicka(b: &mut Webblasare, sida: &str, mal: &str, falt: &[(&str, &str)]) -> String {
    let svar = b.fyll_i(sida, mal, falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{mal}: {}", svar.text);
    svar.till().to_owned()
}

/// The part of a page under the heading with this id.
fn del<'a>(html: &'a str, id: &str) -> &'a str {
    let start = format!("<section aria-labelledby=\"{id}\"");
    let efter = html
        .split_once(&start)
        .unwrap_or_else(|| panic!("{id}: {html}"));
    efter.1.split("</section>").next().unwrap()
}

const NYTT: &str = "/ataganden/nytt";

/// R50, R51, R53: a planned cost hangs on an application that is not filed and binds nothing;
/// approved it is bound in each year's budget, 250/300/300 thousand and 850 in all, stands
/// beside the coming distribution, and is counted once when it is distributed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_applied_for_flows_into_the_coming_budgets_when_it_is_approved() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    assert!(
        b.hamta("/ataganden")
            .await
            .text
            .contains("Inget är utlovat för 2023 än.")
    );
    let belopp = [
        ("belopp-2024", "250 tkr"),
        ("belopp-2025", "300 000"),
        ("belopp-2026", "300 000"),
    ];
    let med = |fler: &[(&'static str, &'static str)]| [&belopp[..], fler].concat();
    // What is wrong is told all at once, and nothing typed is lost.
    let fel = [("belopp-2024", "mycket"), ("belopp-2025", "300 000")];
    let nej = b.fyll_i(NYTT, NYTT, &fel).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Det saknas vilken insats",
        "Det saknas hur säkra pengarna är",
        "value=\"mycket\"",
        "value=\"300 000\"",
        "Källan saknas",
    ] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let sokt = med(&[
        ("insats", "sommarjobb"),
        ("lage", "ej-inlamnad"),
        ("lamnas-senast", "2022-03-01"),
        ("orsak", "Nämndens plan"),
    ]);
    let utan = b.fyll_i(NYTT, NYTT, &sokt).await;
    assert!(
        utan.text.contains("Namnet på ansökan saknas"),
        "{}",
        utan.text
    );
    let sokt = [&sokt[..], &[("ansokan", "Ansökan dnr 17")]].concat();
    let sida = skicka(&mut b, NYTT, NYTT, &sokt).await;
    let html = b.hamta("/ataganden?ar=2024").await.text;
    let vantat = del(&html, "vantat");
    for ord in [
        "Sommarjobb",
        "Ansökan dnr 17, lämnas in senast 1\u{a0}mar\u{a0}2022",
        "Inte inlämnad",
        "250\u{a0}000",
        "850\u{a0}000",
    ] {
        assert!(vantat.contains(ord), "{ord}: {vantat}");
    }
    assert!(del(&html, "bundet").contains("Inga pengar är bundna"));
    // Approved: it is bound, year by year, by a decision and not without.
    let andra = format!("{sida}/andra");
    let godkant = med(&[
        ("lage", "planerat"),
        ("ansokan", "Ansökan dnr 17"),
        ("orsak", "Godkänd"),
    ]);
    let utan = b.fyll_i(&andra, &andra, &godkant).await;
    assert!(utan.text.contains("Pengar binds bara genom ett beslut"));
    let godkant = [&godkant[..], &BESLUT[..]].concat();
    skicka(&mut b, &andra, &andra, &godkant).await;
    for (ar, arets) in [
        ("2024", "250\u{a0}000"),
        ("2025", "300\u{a0}000"),
        ("2026", "300\u{a0}000"),
    ] {
        let html = b.hamta(&format!("/ataganden?ar={ar}")).await.text;
        assert!(html.contains(&format!("Av pengarna för {ar} är")), "{html}");
        let bundet = del(&html, "bundet");
        for ord in ["Sommarjobb", "Godkänt, planerat", arets, "850\u{a0}000"] {
            assert!(bundet.contains(ord), "{ar} {ord}: {bundet}");
        }
        assert!(del(&html, "vantat").contains("Ingen ansökan väntar"));
    }
    let csv = b.hamta("/ataganden/tabell.csv?ar=2024").await.text;
    assert!(
        csv.contains("Sommarjobb") && csv.contains("250000"),
        "{csv}"
    );
    // The coming year's distribution shows it before anything is distributed.
    let fordelning = "/medel/unga-framat/fordelning";
    let html = b.hamta(fordelning).await.text;
    let utlovat = del(&html, "ataganden");
    for ord in ["Sommarjobb", "2026", "300\u{a0}000", "inget"] {
        assert!(utlovat.contains(ord), "{ord}: {utlovat}");
    }
    // Distributed it would be counted twice, and that is told.
    let cell = html
        .split(" name=\"")
        .map(|d| d.split('"').next().unwrap())
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .unwrap()
        .to_owned();
    let mut falt = vec![
        (cell.as_str(), "300 000"),
        ("steg", "spara"),
        ("orsak", "Åtagandet"),
    ];
    falt.extend(BESLUT);
    skicka(&mut b, fordelning, fordelning, &falt).await;
    let html = b.hamta("/ataganden?ar=2026").await.text;
    assert!(
        html.contains("både utlovat och fördelat 2026: Sommarjobb"),
        "{html}"
    );
    let fordelat = [&godkant[..], &[("fordelat-2026", "ja")]].concat();
    skicka(&mut b, &andra, &andra, &fordelat).await;
    let html = b.hamta("/ataganden?ar=2026").await.text;
    assert!(!html.contains("både utlovat och fördelat"));
    assert!(del(&html, "bundet").contains("i fördelningen"), "{html}");
    let html = b.hamta(&sida).await.text;
    for ord in [
        "står i fördelningen och räknas där",
        "Inte inlämnad",
        "Nämndens plan",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    // Two at once: the second is told, and overwrites nothing.
    let gammalt = [&godkant[..], &[("version", "1")]].concat();
    let svar = b.fyll_i(&andra, &andra, &gammalt).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    assert!(
        !styrelse
            .hamta("/ataganden")
            .await
            .text
            .contains("Skriv in ett åtagande")
    );
    assert_eq!(styrelse.hamta(NYTT).await.status, StatusCode::FORBIDDEN);
}

/// The value of the choice with these words, off a page.
fn valet(html: &str, ord: &str) -> String {
    let fore = html
        .split_once(&format!(">{ord}"))
        .unwrap_or_else(|| panic!("{ord}: {html}"))
        .0;
    let (_, varde) = fore.rsplit_once("value=\"").unwrap();
    varde.split('"').next().unwrap().to_owned()
}

const UTLYSNING: &str = "/utlysningar/ny";
const FRAMAT: &str = "/insatser/sommarjobb/framat";

/// Fills in one of the forms of an initiative's coming money.
async fn koppla(b: &mut Webblasare, gor: &str, falt: &[(&str, &str)]) -> String {
    let sida = format!("{FRAMAT}?gor={gor}");
    skicka(b, &sida, FRAMAT, falt).await
}

async fn ny_utlysning(b: &mut Webblasare) -> String {
    let falt = [
        ("namn", "Utlysning 2023"),
        ("lage", "besked-saknas"),
        ("orsak", "Finansiärens sida"),
    ];
    skicka(b, UTLYSNING, UTLYSNING, &falt).await
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
        for ord in ["Besked saknas", "Sommarjobb", "31\u{a0}dec\u{a0}2022"] {
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
    skicka(&mut b, "/parametrar/andra", "/parametrar/andra", &satt).await;
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
    skicka(&mut b, &andra, &andra, &nekad).await;
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
        skicka(&mut b, NYTT, NYTT, &[&falt[..], &BESLUT[..]].concat()).await;
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
    skicka(&mut b, &andra, &andra, &beviljad).await;
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
    skicka(b, andra, andra, &ansokt).await;
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

/// Says what state the initiative is in, on its own page.
async fn lage(b: &mut Webblasare, kod: &str) {
    let andra = "/insatser/sommarjobb/andra";
    let svar = b.fyll_i(andra, andra, &[("lage", kod)]).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
}

/// Distributes to the initiative in 2026.
async fn fordela(b: &mut Webblasare, belopp: &str) {
    let fordelning = "/medel/unga-framat/fordelning";
    let html = b.hamta(fordelning).await.text;
    let cell = html
        .split(" name=\"")
        .map(|d| d.split('"').next().unwrap())
        .find(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .unwrap()
        .to_owned();
    let mut falt = vec![
        (cell.as_str(), belopp),
        ("steg", "spara"),
        ("orsak", "Start"),
    ];
    falt.extend(BESLUT);
    skicka(b, fordelning, fordelning, &falt).await;
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
    skicka(&mut b, villkor, villkor, &falt).await;
    fordela(&mut b, "300 000").await;
    // Two years before, with a year between that has nothing.
    let falt = [
        ("insats", "sommarjobb"),
        ("lage", "beslutat"),
        ("belopp-2024", "200 000"),
        ("orsak", "Nämnden"),
    ];
    skicka(&mut b, NYTT, NYTT, &[&falt[..], &BESLUT[..]].concat()).await;
    let html = b.hamta("/insatser/sommarjobb").await.text;
    let framat = del(&html, "framat");
    for ord in [
        "<svg",
        "role=\"img\"",
        "Ett glapp: inga säkra pengar 2025",
        "2024: Åtagande, utlovat, till och med 31\u{a0}dec\u{a0}2024.",
        "2025: Inga säkra pengar, glapp.",
        "2026: Unga framåt, fördelat, till och med 30\u{a0}nov\u{a0}2026.",
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
            "31\u{a0}dec\u{a0}2024",
            "Utlovat",
        ],
        ["2025", "Inga säkra pengar", "inget", "–", "Glapp"],
        [
            "2026",
            "Unga framåt",
            "300\u{a0}000",
            "30\u{a0}nov\u{a0}2026",
            "Fördelat",
        ],
    ]) {
        for o in ord {
            assert!(rad.contains(o), "{o}: {rad}");
        }
    }
    assert_eq!(rader.len(), 3, "{tabell}");
}

/// R77: the grantee passes the money on to one who spends it and reports back, and that one
/// further on; each step has its duty and its day, on Start until the report has come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_passed_on_is_reported_back_step_by_step() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let sida = format!("{FRAMAT}?gor=vidare");
    let html = b.hamta(&sida).await.text;
    let (forst, sedan) = (
        valet(&html, "Arbetsmarknadsnämnden"),
        valet(&html, "Länsstyrelsen"),
    );
    let nej = b
        .fyll_i(&sida, FRAMAT, &[("organisation", ""), ("orsak", "Avtal")])
        .await;
    assert!(
        nej.text
            .contains("Det saknas vem pengarna förs vidare till"),
        "{}",
        nej.text
    );
    let steg = [
        ("organisation", forst.as_str()),
        ("plikt", "Bokslut och antal deltagare"),
        ("redovisas", "2022-03-01"),
        ("orsak", "Avtalet"),
    ];
    koppla(&mut b, "vidare", &steg).await;
    let nasta = [
        ("fran", forst.as_str()),
        ("organisation", sedan.as_str()),
        ("plikt", "Närvarolistor utan namn"),
        ("redovisas", "2022-01-20"),
        ("orsak", "Avtalet"),
    ];
    koppla(&mut b, "vidare", &nasta).await;
    let html = b.hamta(FRAMAT).await.text;
    let vidare = del(&html, "fors-vidare");
    let rader: Vec<&str> = vidare.split("<tr").skip(2).collect();
    for (rad, ord) in rader.iter().zip([
        ["Länsstyrelsen", "Tomby", "Enligt bidragets villkor"],
        [
            "Tomby",
            "Arbetsmarknadsnämnden",
            "Bokslut och antal deltagare",
        ],
        [
            "Arbetsmarknadsnämnden",
            "Länsstyrelsen",
            "Närvarolistor utan namn",
        ],
    ]) {
        for o in ord {
            assert!(rad.contains(o), "{o}: {rad}");
        }
    }
    assert!(
        rader[1].contains("om 27 dagar") && rader[2].contains("Försenad"),
        "{vidare}"
    );
    let start = b.hamta("/start").await.text;
    for ord in [
        "Redovisning från Arbetsmarknadsnämnden",
        "Redovisning från Länsstyrelsen",
    ] {
        assert!(start.contains(ord), "{ord}: {start}");
    }
    // The same step twice is refused; the report comes, and the deadline goes.
    let igen = b.fyll_i(&sida, FRAMAT, &steg).await;
    assert!(igen.text.contains("Det ledet finns redan"), "{}", igen.text);
    let andra = rader[2]
        .split("href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let andra = andra.replace("&amp;", "&").replace("&#38;", "&");
    let kom = [&nasta[..], &[("redovisat", "2022-02-01")]].concat();
    skicka(&mut b, &andra, FRAMAT, &kom).await;
    let start = b.hamta("/start").await.text;
    assert!(!start.contains("Redovisning från Länsstyrelsen"), "{start}");
    assert!(b.hamta(FRAMAT).await.text.contains("Redovisat 1"));
}

/// R39: an add-on leads to the initiative it belongs to, both get money the same year, and the
/// same kind of cost in both is warned of; another kind is not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_add_on_is_warned_of_when_the_same_kind_of_cost_is_in_both() {
    let varld = Varld::ny().await;
    let drift = tom(&varld).await;
    let mut b = varld.inloggad("tomby", Roll::Ekonom).await;
    lagg_upp(&mut b).await;
    let ny = "/registrera/insats";
    let falt = [
        ("namn", "Läger"),
        ("bidrag", "unga-framat"),
        ("ansvarig", "Arbetsmarknadsnämnden"),
        ("start", "2026"),
    ];
    skicka(&mut b, ny, ny, &falt).await;
    let sjalv = b
        .fyll_i(
            &format!("{FRAMAT}?gor=tillagg"),
            FRAMAT,
            &[("till", "sommarjobb"), ("orsak", "Ansökan")],
        )
        .await;
    assert!(
        sjalv.text.contains("inget tillägg till sig själv"),
        "{}",
        sjalv.text
    );
    koppla(
        &mut b,
        "tillagg",
        &[("till", "lager"), ("orsak", "Ansökan")],
    )
    .await;
    let html = b.hamta("/insatser/sommarjobb").await.text;
    assert!(
        del(&html, "framat").contains("Insatsen är ett tillägg till"),
        "{html}"
    );
    let html = b.hamta("/insatser/lager").await.text;
    assert!(
        del(&html, "framat").contains("Till insatsen hör tillägget"),
        "{html}"
    );
    assert!(!html.contains("får båda pengar"), "inget är fördelat");
    // Both get money.
    let fordelning = "/medel/unga-framat/fordelning";
    let html = b.hamta(fordelning).await.text;
    let celler: Vec<String> = html
        .split(" name=\"")
        .map(|d| d.split('"').next().unwrap())
        .filter(|n| n.starts_with("b-") && n.ends_with("-2026"))
        .map(str::to_owned)
        .collect();
    let mut falt = vec![("steg", "spara"), ("orsak", "Start")];
    falt.extend(celler.iter().map(|c| (c.as_str(), "100 000")));
    falt.extend(BESLUT);
    skicka(&mut b, fordelning, fordelning, &falt).await;
    let html = b.hamta(FRAMAT).await.text;
    assert!(
        html.contains("Sommarjobb och Läger får båda pengar 2026"),
        "{html}"
    );
    // What is used, by kind of cost.
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(&drift, Atgard::LasaMedel, None).await.unwrap();
    let mut konton = bok.anvandare.iter();
    let (konto, _) = konton
        .find(|(_, namn)| **namn == *Roll::Ekonom.namn())
        .unwrap();
    let aktor = Aktor::ny(*konto, drift.huvudman(), &[Roll::Ekonom]).unwrap();
    let id = |slug: &str| bok.insatser.iter().find(|i| i.slug == slug).unwrap().id;
    let anvant = |slug: &str, kategori: &str, kronor: i64| {
        let galler = Galler {
            ar: Some(2026),
            kategori: Some(kategori.into()),
            ..om_insats(&bok, id(slug))
        };
        let varde = Varde::Kant(kronor * 100);
        RegistreraFaktum {
            tillkommer: false,
            faktum: NyttFaktum {
                orsak: Some("Bokslutet".into()),
                ..NyttFaktum::nytt(FaktumSlag::Anvant, galler, varde)
            },
        }
    };
    for fall in [
        anvant("lager", "Personal", 40_000),
        anvant("sommarjobb", "Lokaler", 30_000),
    ] {
        tjanst.utfor(&aktor, None, fall).await.unwrap();
    }
    let html = b.hamta(FRAMAT).await.text;
    assert!(!html.contains("samma slags kostnad"), "olika slag: {html}");
    let fall = anvant("sommarjobb", "Personal", 25_000);
    tjanst.utfor(&aktor, None, fall).await.unwrap();
    for sida in [FRAMAT, "/insatser/lager"] {
        let html = b.hamta(sida).await.text;
        for ord in [
            "samma slags kostnad i två finansierade insatser 2026: Personal",
            "25\u{a0}000",
            "40\u{a0}000",
        ] {
            assert!(html.contains(ord), "{sida} {ord}: {html}");
        }
    }
}

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
    skicka(&mut b, &sida, &sida, &konto).await;
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
    let rekvisition = skicka(&mut b, blankett, blankett, &falt).await;
    let steg = format!("{rekvisition}/steg");
    let gor = |h: &'static str, f: &[(&'static str, &'static str)]| {
        [&[("handling", h), ("dag", "2022-02-01")], f].concat()
    };
    let skickad = gor("skicka", &[("intygande", "Kostnaderna finns.")]);
    skicka(&mut b, &rekvisition, &steg, &skickad).await;
    let beviljad = gor("bevilja", &[("belopp", "100 000")]);
    skicka(&mut b, &rekvisition, &steg, &beviljad).await;
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
    skicka(&mut chef, &sida, &bekrafta, &[("hur", "Ringde växeln")]).await;
    assert!(
        !b.hamta(&rekvisition)
            .await
            .text
            .contains("är inte bekräftat")
    );
    skicka(&mut b, &rekvisition, &steg, &gor("betala", &[])).await;
    // Changed by the chef: marked again, told from what it was, and confirmed by the ekonom.
    let nytt = [
        ("bankgiro", "999-9996"),
        ("referens", "44120000/02"),
        ("orsak", "Nytt konto enligt mejl"),
    ];
    skicka(&mut chef, &sida, &sida, &nytt).await;
    let html = b.hamta(&format!("/organisationer/{part}")).await.text;
    for ord in [
        "bankgiro 999-9996",
        "är inte bekräftat",
        "Förut: bankgiro 188-4774",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    skicka(
        &mut b,
        &sida,
        &bekrafta,
        &[("hur", "Ringde numret i registret")],
    )
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
        skicka(&mut adm, till, &mal, &[("slag", slag)]).await;
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
