//! Money passed on to others, and add-ons to what is financed already.

use super::super::rum::{lagg_upp, tom};
use super::super::{BESLUT, Varld};
use super::{FRAMAT, del, ekonom, koppla, valet};
use utfall_app::fakta::{RegistreraFaktum, om_insats};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::varde::Varde;

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
    b.spara(&andra, FRAMAT, &kom).await;
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
    b.spara(ny, ny, &falt).await;
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
    b.spara(fordelning, fordelning, &falt).await;
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
