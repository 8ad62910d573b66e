//! Large books: long tables come in parts, and nothing is computed twice over.

use super::Varld;
use serde_json::json;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Aktor, Roll};
use utfall_domain::underlag;

/// A paper of so many initiatives with money.
fn papper(antal: usize) -> Vec<u8> {
    let insatser: Vec<_> = (0..antal)
        .map(|nr| {
            json!({
                "id": format!("i{nr}"), "namn": format!("Insats {nr:04}"), "bidrag": "b1",
                "plats": "s. 1",
                "ekonomi": [{
                    "ar": 2021,
                    "budget": [{ "belopp": "2 kr", "plats": "s. 1" }],
                    "utfall": [{ "belopp": "1 kr", "plats": "s. 1" }],
                }],
            })
        })
        .collect();
    let papper = json!({
        "format": underlag::FORMAT,
        "dokument": {
            "titel": "Stor", "slag": "aterrapport", "kalla": "Påhittat",
            "huvudman": {
                "slug": "uppsala", "namn": "Uppsala kommun", "slag": "kommun", "pahittat": false,
            },
        },
        "organisationer": [{ "id": "verk", "namn": "Verket", "slag": "myndighet" }],
        "bidrag": [{
            "id": "b1", "namn": "B1", "finansiar": "verk", "plats": "s. 1",
            "ar": [{
                "ar": 2021, "status": "slutlig",
                "tilldelat": [{ "belopp": "1 000 000 kr", "plats": "s. 1" }],
            }],
        }],
        "insatser": insatser,
    });
    serde_json::to_vec(&papper).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_tables_come_in_parts_that_together_are_the_whole() {
    let varld = Varld::ny().await;
    let aktor = Aktor::drift(varld.id["uppsala"]);
    let innehall = papper(450);
    let fall = ImporteraUnderlag {
        underlag: underlag::las("stor", &innehall).unwrap(),
        innehall,
        offentligt: false,
    };
    varld.webb.tjanst.utfor(&aktor, None, fall).await.unwrap();
    let mut w = varld.inloggad("uppsala", Roll::Ekonom).await;
    for sida in ["/insatser?ord=Insats+0&ar=2021", "/medel/b1?ar=2021"] {
        let mut rader = Vec::new();
        for val in ["", "&sida=1", "&sida=2", "&sida=3", "&sida=alla"] {
            let svar = w.hamta(&format!("{sida}{val}")).await;
            assert_eq!(svar.status, 200);
            rader.push(svar.text.matches("href=\"/insatser/i").count());
        }
        assert_eq!(rader[0], rader[1], "{sida}");
        assert!(rader[0] >= 200 && rader[4] >= 450, "{sida}: {rader:?}");
        assert!(rader[3] < rader[2], "{sida}: {rader:?}");
        assert_eq!(rader[1] + rader[2] + rader[3], rader[4], "{sida}");
    }
    let svar = w.hamta("/insatser?ord=Insats+0&ar=2021&sida=2").await;
    for lank in ["1–200", "401–450", "Visa alla 450"] {
        assert!(svar.text.contains(lank), "{lank}");
    }
}
