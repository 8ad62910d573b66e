//! Own capital, fees, shared staff, budget lines and co-financing, through the front door.

use super::uppfoljning::{bokfor, med_budget};
use super::{LOSENORD, Varld};
use axum::http::StatusCode;
use utfall_app::installation::NyttKonto;
use utfall_app::organisationer::LaggTill;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::organisation::OrganisationSlag;

fn har(text: &str, delar: &[&str]) {
    for del in delar {
        assert!(text.contains(del), "{del} saknas: {text}");
    }
}

/// Adds organisations to the register and gives their numbers.
async fn register(varld: &Varld, ekonom: &Aktor, namn: &[(&str, OrganisationSlag)]) -> Vec<String> {
    let tjanst = &varld.webb.tjanst;
    let drift = Aktor::drift(ekonom.huvudman());
    let konto = NyttKonto::ny(
        "adm.tomby",
        "Adm",
        LOSENORD,
        &[8; 16],
        &[Roll::Administrator],
    );
    let konto = tjanst.utfor(&drift, None, konto.unwrap()).await.unwrap();
    let adm = Aktor::ny(konto, drift.huvudman(), &[Roll::Administrator]).unwrap();
    for (namn, slag) in namn {
        let ny = LaggTill {
            namn: (*namn).to_owned(),
            slag: *slag,
            orgnr: String::new(),
            overordnad: String::new(),
        };
        tjanst.utfor(&adm, None, ny).await.unwrap();
    }
    let bok = tjanst.bok(ekonom, Atgard::LasaMedel, None).await.unwrap();
    let nummer = |namn: &str| {
        let o = bok.organisationer.iter().find(|o| o.namn_nu() == namn);
        o.unwrap().id.to_string()
    };
    namn.iter().map(|(namn, _)| nummer(namn)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn own_capital_is_compared_and_a_proposal_of_fees_is_read_in_both_ways() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    let org = register(
        &varld,
        &ekonom,
        &[
            ("Samverkan Norr", OrganisationSlag::Samordningsforbund),
            ("Samverkan Syd", OrganisationSlag::Samordningsforbund),
            ("Försäkringskassan", OrganisationSlag::Myndighet),
            ("Regionen", OrganisationSlag::Region),
            ("Tomby kommun", OrganisationSlag::Kommun),
        ],
    )
    .await;
    let sida = "/eget-kapital?ar=2021";
    for (part, del, belopp) in [
        (2, "stat", "2 517 000"),
        (3, "region", "1 258 500"),
        (4, "kommun", "1 258 500"),
    ] {
        let falt = [
            ("vad", "medel"),
            ("for-ar", "2021"),
            ("organisation", &*org[0]),
            ("part", &*org[part]),
            ("del", del),
            ("belopp", belopp),
            ("orsak", "Överenskommelsen"),
        ];
        b.spara(sida, "/eget-kapital", &falt).await;
    }
    for (forbund, belopp, lage) in [(0, "1 300 000", "preliminar"), (1, "200 000", "slutlig")] {
        let falt = [
            ("vad", "kapital"),
            ("for-ar", "2021"),
            ("organisation", &*org[forbund]),
            ("belopp", belopp),
            ("lage", lage),
            ("orsak", "Bokslutet"),
        ];
        b.spara(sida, "/eget-kapital", &falt).await;
    }
    let mal = [
        ("fran-och-med", "2021"),
        ("mal-eget-kapital", "700 000"),
        ("orsak", "Styrelsen"),
    ];
    b.spara("/parametrar/andra", "/parametrar/andra", &mal)
        .await;
    let text = b.hamta(sida).await.text;
    // 20 per cent of 5 034 000 is 1 006 800; 1 300 is 25,8 per cent and 293 200 over.
    har(
        &text,
        &[
            "Samverkan Norr har för stort eget kapital",
            "1\u{a0}006\u{a0}800",
            "293\u{a0}200",
            "25,8",
            "600\u{a0}000",
            "Samverkan Syd",
            "20\u{a0}procent (förslag)",
        ],
    );
    har(
        &b.hamta("/eget-kapital/tabell.csv").await.text,
        &["Samverkan Norr", "5034000"],
    );

    let satser = [
        ("fran-och-med", "2021"),
        ("serviceavgift", "2"),
        ("serviceavgift-forslag", "3"),
        ("medlemsavgift", "2 000"),
        ("orsak", "Medlemsmötet"),
    ];
    b.spara("/parametrar/andra", "/parametrar/andra", &satser)
        .await;
    let avgifter = format!("/avgifter?ar=2021&forbund={}", org[0]);
    let text = b.hamta(&avgifter).await.text;
    har(
        &text,
        &[
            "5\u{a0}034\u{a0}000",
            "10\u{a0}068",
            "Höjd till 3\u{a0}‰",
            "15\u{a0}102",
            "5\u{a0}034",
            "Höjd med 3\u{a0}‰",
            "blir 5\u{a0}‰",
            "25\u{a0}170",
            "stämmer",
        ],
    );
    assert!(!text.contains("stämmer inte"), "{text}");
    // External money of 2 517 kr takes half a per mille of it: a what-if that is not saved.
    let om = b.hamta(&format!("{avgifter}&externt=2517")).await.text;
    har(
        &om,
        &["Om ni får externa medel", "1,50\u{a0}‰", "7\u{a0}551"],
    );
    assert!(
        !b.hamta(&avgifter)
            .await
            .text
            .contains("Om ni får externa medel</h2>")
    );
    // The key may be another: the region's part on the municipalities.
    let nyckel = [
        ("fran-och-med", "2021"),
        ("nyckel-stat", "50"),
        ("nyckel-region", "0"),
        ("nyckel-kommun", "50"),
        ("orsak", "Förbundsordningen"),
    ];
    b.spara("/parametrar/andra", "/parametrar/andra", &nyckel)
        .await;
    let text = b.hamta(&avgifter).await.text;
    har(
        &text,
        &["stämmer inte", "följer inte nyckeln", "region, kommun"],
    );
    // What is missing is told at its field, and the board has no form.
    let fel = [("vad", "kapital"), ("for-ar", "2021"), ("belopp", "mycket")];
    let svar = b.fyll_i(sida, "/eget-kapital", &fel).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(&svar.text, &["Ingen är vald", "mycket", "Källan saknas"]);
    let fel = [
        ("vad", "medel"),
        ("for-ar", "2021"),
        ("part", &*org[3]),
        ("del", "region"),
    ];
    let text = b.fyll_i(sida, "/eget-kapital", &fel).await.text;
    let vald = |v: &str| format!("value=\"{v}\" selected");
    har(&text, &[&vald("region"), &vald(&org[3])]);
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    let deras = styrelse.hamta(sida).await.text;
    assert!(!deras.contains("Registrera eget kapital"), "{deras}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shared_staff_costs_its_share_of_self_cost_for_its_months() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    let org = register(
        &varld,
        &ekonom,
        &[("Samverkan Norr", OrganisationSlag::Samordningsforbund)],
    )
    .await;
    let kop = |uppgift, andel, fran, till| {
        vec![
            ("vad", "personal"),
            ("for-ar", "2026"),
            ("motpart", &*org[0]),
            ("kop", "kopt"),
            ("uppgift", uppgift),
            ("andel", andel),
            ("kostnad", "60 000"),
            ("fran", fran),
            ("till", till),
            ("orsak", "Avtal"),
        ]
    };
    // 5 + 20 + 25 per cent until June, and 80 per cent after it.
    for falt in [
        kop("Sekreterare", "5", "1", "6"),
        kop("Ekonom", "20", "1", "6"),
        kop("Administratör", "25", "1", "6"),
        kop("Samordnare", "80", "7", "12"),
    ] {
        b.spara("/avgifter?ar=2026", "/avgifter", &falt).await;
    }
    let text = b.hamta("/avgifter?ar=2026").await.text;
    // 18 000 + 72 000 + 90 000 = 180 000, and 288 000: 468 000 in all.
    har(
        &text,
        &[
            "18\u{a0}000",
            "72\u{a0}000",
            "90\u{a0}000",
            "288\u{a0}000",
            "468\u{a0}000",
            "Ekonom, 20 procent av heltid",
            "juli–december",
        ],
    );
    let bak = kop("Ekonom", "120", "9", "3");
    let svar = b.fyll_i("/avgifter?ar=2026", "/avgifter", &bak).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    har(&svar.text, &["Delen av heltid är inte mellan"]);
}

/// R69: half a million a year from one municipality, and what went to its own insats.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_member_gives_stands_beside_what_came_back_to_it() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    bokfor(&varld, &ekonom, 1, 90_000).await;
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
    let medlem = bok.insatser[0].ansvariga[0].to_string();
    let falt = [
        ("vad", "medlem"),
        ("for-ar", "2026"),
        ("organisation", &*medlem),
        ("belopp", "500 000"),
        ("orsak", "Budgeten"),
    ];
    b.spara("/avgifter?ar=2026", "/avgifter", &falt).await;
    let text = b.hamta("/avgifter?ar=2026").await.text;
    let del = text.split("id=\"medlemmar\"").nth(1).unwrap();
    har(
        del.split("</section>").next().unwrap(),
        &[
            "Arbetsmarknadsnämnden",
            "500\u{a0}000",
            "1\u{a0}200\u{a0}000",
            "90\u{a0}000",
            "en insats",
        ],
    );
    // Another year has nothing of it, and a second figure is not added by mistake.
    assert!(
        !b.hamta("/avgifter?ar=2025")
            .await
            .text
            .contains("id=\"medlemmar\"")
    );
    let igen = b.fyll_i("/avgifter?ar=2026", "/avgifter", &falt).await;
    har(&igen.text, &["Det finns redan en uppgift om det här"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn budget_lines_that_are_no_insatser_are_in_the_follow_up() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    for m in 1..=6 {
        bokfor(&varld, &ekonom, m, 100_000).await;
    }
    let sida = "/uppfoljning?ar=2026";
    for (slag, rad, belopp) in [
        ("budgetkostnad", "Konferenser och resor", "150 000"),
        ("anvant_rad", "Konferenser och resor", "20 000"),
        ("budgetkostnad", "Styrelsens arvoden", "550 000"),
    ] {
        let falt = [
            ("slag", slag),
            ("kategori", rad),
            ("belopp", belopp),
            ("orsak", "Styrelsen § 9"),
        ];
        b.spara(sida, "/uppfoljning/budgetrader", &falt).await;
    }
    let text = b.hamta(sida).await.text;
    har(
        &text,
        &[
            "pengar på budgetrader är inte använda",
            "Konferenser och resor",
            "130\u{a0}000",
            "Styrelsens arvoden",
            "550\u{a0}000",
        ],
    );
    let svar = b
        .fyll_i(sida, "/uppfoljning/budgetrader", &[("belopp", "5")])
        .await;
    har(&svar.text, &["Budgetraden saknar namn", "Källan saknas"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn co_financing_is_money_or_time_promised_or_given_and_unvalued_time_is_flagged() {
    let varld = Varld::ny().await;
    let (mut b, ekonom) = med_budget(&varld).await;
    let org = register(
        &varld,
        &ekonom,
        &[
            ("Tomby bostäder", OrganisationSlag::Bolag),
            ("Tomby IF", OrganisationSlag::Forening),
        ],
    )
    .await;
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(&ekonom, Atgard::LasaMedel, None).await.unwrap();
    let insats = bok.insatser[0].id.to_string();
    let sida = "/medfinansiering?ar=2026";
    let grund = |part: usize, lofte, slag| {
        vec![
            ("for-ar", "2026"),
            ("insats", &*insats),
            ("part", &*org[part]),
            ("lofte", lofte),
            ("slag", slag),
            ("orsak", "Avsiktsförklaringen"),
        ]
    };
    let mut pengar = grund(0, "utlovad", "pengar");
    pengar.push(("belopp", "300 000"));
    b.spara(sida, "/medfinansiering", &pengar).await;
    let mut givet = grund(0, "levererad", "pengar");
    givet.push(("belopp", "120 000"));
    b.spara(sida, "/medfinansiering", &givet).await;
    let mut tid = grund(1, "utlovad", "timmar");
    tid.push(("timmar", "200"));
    b.spara(sida, "/medfinansiering", &tid).await;
    let text = b.hamta(sida).await.text;
    har(
        &text,
        &[
            "300\u{a0}000",
            "120\u{a0}000",
            "180\u{a0}000",
            "arbetstid, ej värderad",
            "en uppgift är ej värderad",
            "200",
        ],
    );
    // Valued with a standard cost: 200 × 350, and then half of a position of 600 000.
    let schablon = [
        ("fran-och-med", "2026"),
        ("schablon", "Ideell timme"),
        ("schablon-belopp", "350"),
        ("orsak", "Finansiärens villkor"),
    ];
    b.spara("/parametrar/andra", "/parametrar/andra", &schablon)
        .await;
    tid.push(("schablon", "Ideell timme"));
    b.spara(sida, "/medfinansiering", &tid).await;
    let mut del = grund(1, "levererad", "del");
    del.extend([("andel", "10"), ("kostnad", "600 000")]);
    b.spara(sida, "/medfinansiering", &del).await;
    let text = b.hamta(sida).await.text;
    har(&text, &["70\u{a0}000", "60\u{a0}000", "370\u{a0}000"]);
    assert!(!text.contains("ej värderad"), "{text}");
    // It stands on the page of the insats too, and leads to how it was counted.
    let insatsen = b.hamta("/insatser/sommarjobb").await.text;
    har(&insatsen, &["Levererad medfinansiering", "180\u{a0}000"]);
    let h = format!("/harledning/medfinansiering?insats={insats}&ar=2026&kategori=arbetstid");
    har(&b.hamta(&h).await.text, &["200 timmar à 350"]);
    let svar = b
        .fyll_i(
            sida,
            "/medfinansiering",
            &[("slag", "timmar"), ("timmar", "många")],
        )
        .await;
    har(
        &svar.text,
        &[
            "Insatsen är inte vald",
            "Ingen är vald",
            "är inget antal",
            "Källan saknas",
        ],
    );
}
