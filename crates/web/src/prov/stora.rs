//! Large books: long tables come in parts, and nothing is computed twice over.

use super::Varld;
use serde_json::json;
use utfall_app::publicering::Publicera;
use utfall_app::rapporter::SkapaRapport;
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::publicering::Publicerat;
use utfall_domain::tid::{self, PerDag};
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

/// Uppsala with a grant of so many initiatives.
async fn stor(antal: usize) -> (Varld, Aktor) {
    let varld = Varld::ny().await;
    let aktor = Aktor::drift(varld.id["uppsala"]);
    let innehall = papper(antal);
    let fall = ImporteraUnderlag {
        underlag: underlag::las("stor", &innehall).unwrap(),
        innehall,
        offentligt: true,
    };
    varld.webb.tjanst.utfor(&aktor, None, fall).await.unwrap();
    (varld, aktor)
}

/// The row that closes the account.
fn summan(html: &str) -> Vec<String> {
    let rader = html.split("<tr class=\"").skip(1);
    rader
        .filter(|rad| rad.starts_with("summa") || rad.starts_with("delsumma"))
        .map(|rad| super::publik::ord(rad.split("</tr>").next().unwrap()))
        .collect()
}

/// Every part of a page together is the whole, the sums of each are those of the whole, and
/// the ways to the others stand there.
async fn i_delar(w: &mut super::Webblasare, sida: &str, rad: &str) {
    let med = |del: &str| {
        let mellan = if sida.contains('?') { '&' } else { '?' };
        format!("{sida}{mellan}sida={del}")
    };
    let rader = |html: &str| html.matches(rad).count();
    let forst = w.hamta(sida).await.text;
    let hela = w.hamta(&med("alla")).await.text;
    // What stands beside the table stands beside each part of it.
    let utover = rader(&forst) - 200;
    let mut antal = 0;
    for del in ["1", "2", "3"] {
        let html = w.hamta(&med(del)).await.text;
        antal += rader(&html) - utover;
        assert_eq!(summan(&html), summan(&hela), "{sida} {del}");
    }
    assert!(
        !summan(&hela).is_empty() || sida.contains("/uppsala/insatser"),
        "{sida}"
    );
    assert_eq!(antal, rader(&hela) - utover, "{sida}");
    assert!(antal >= 450 && rader(&hela) > rader(&forst), "{sida}");
    assert!(
        forst.contains("Nästa, 201–400") && forst.contains("sida=2"),
        "{sida}"
    );
    assert!(hela.contains("Visa i delar"), "{sida}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_with_hundreds_of_initiatives_comes_in_parts_wherever_it_is_shown() {
    let (varld, drift) = stor(450).await;
    let tjanst = &varld.webb.tjanst;
    let bok = tjanst.bok(&drift, Atgard::LasaMedel, None).await.unwrap();
    let b = bok.bidrag.iter().find(|b| b.slug == "b1").unwrap();
    let (id, _) = bok
        .anvandare
        .iter()
        .find(|(_, namn)| **namn == *Roll::Forbundschef.namn())
        .unwrap();
    let chef = Aktor::ny(*id, drift.huvudman(), &[Roll::Forbundschef]).unwrap();
    let per = PerDag(tid::dag(tjanst.klocka().nu()));
    let insatser = bok.insatser.iter().filter(|i| i.bidrag == Some(b.id));
    let insatser = insatser.map(|i| Publicerat::Insats(i.id));
    for vad in std::iter::once(Publicerat::Bidrag(b.id)).chain(insatser) {
        let kommentar = String::new();
        let akt = Publicera {
            vad,
            per,
            kommentar,
        };
        tjanst.utfor(&chef, None, akt).await.unwrap();
    }
    let (bidrag, ar) = (b.id, 2021);
    let rapport = SkapaRapport {
        bidrag,
        ar,
        mall: None,
    };
    let rapport = tjanst.utfor(&chef, None, rapport).await.unwrap();
    let mut w = varld.inloggad("uppsala", Roll::Ekonom).await;
    let fraga = format!("anvant-insats?bidrag={bidrag}&ar=2021");
    for (sida, rad) in [
        (format!("/harledning/{fraga}"), " id=\"f-"),
        ("/medel/b1/fordelning".to_owned(), "href=\"/insatser/i"),
        (format!("/rapporter/{rapport}"), "href=\"/insatser/i"),
        (
            format!("/uppsala/harledning/{fraga}"),
            "<td class=\"kort\">",
        ),
        (
            "/uppsala/pengar/b1".to_owned(),
            "href=\"/uppsala/insatser/i",
        ),
        ("/uppsala/insatser".to_owned(), "href=\"/uppsala/insatser/"),
    ] {
        i_delar(&mut w, &sida, rad).await;
    }
    // A list that is too long to stand among others is on its grant's page alone.
    let pengar = w.hamta("/uppsala/pengar").await.text;
    assert!(pengar.contains("/uppsala/pengar/b1") && !pengar.contains("/insatser/i0"));
    en_rad_hittas_i_sin_del(&mut w, &fraga).await;
    en_andring_foljer_med_till_nasta_del(&mut w).await;
}

/// Who corrects a row is led to the part it stands in.
async fn en_rad_hittas_i_sin_del(w: &mut super::Webblasare, fraga: &str) {
    let sist = w.hamta(&format!("/harledning/{fraga}&sida=3")).await.text;
    let ratta = sist.split("href=\"/fakta/").nth(40).unwrap();
    let ratta = format!("/fakta/{}", ratta.split('"').next().unwrap());
    let falt = [("belopp", "7 kr"), ("orsak", "Fel i papperet")];
    let svar = w.fyll_i(&ratta, &ratta, &falt).await;
    let (adress, rad) = svar.till().split_once('#').unwrap();
    let sida = w.hamta(adress).await.text;
    assert!(sida.contains(&format!(" id=\"{rad}\"")), "{adress}#{rad}");
}

/// What is typed in one part of the distribution is kept in the others, and saved with them.
async fn en_andring_foljer_med_till_nasta_del(w: &mut super::Webblasare) {
    let sida = "/medel/b1/fordelning";
    let html = w.hamta(sida).await.text;
    let namn = html.split(" name=\"b-").nth(1).unwrap();
    let namn = format!("b-{}", namn.split('"').next().unwrap());
    let svar = w
        .fyll_i(sida, sida, &[(&namn, "5000"), ("steg", "rakna")])
        .await;
    let andra = w.hamta(&format!("{}&sida=2", svar.till())).await.text;
    let dolt = format!("<input type=\"hidden\" name=\"{namn}\" value=\"5000\">");
    assert!(andra.contains(&dolt), "{andra}");
    assert!(!html.contains(&dolt));
    let till = format!("{}&sida=2", svar.till());
    let dolda = super::dolda(&andra, sida);
    let mut falt: Vec<(&str, &str)> = dolda
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    falt.extend([("steg", "spara"), ("orsak", "Beslut")]);
    falt.extend(super::BESLUT);
    let svar = w.posta(sida, &falt).await;
    assert!(
        svar.till()
            .starts_with("/medel/b1/fordelning?sida=2&sparat="),
        "{till}: {} {}",
        svar.till(),
        svar.text
    );
    let sparat = w.hamta(sida).await.text;
    let falt = sparat.split(&format!("name=\"{namn}\"")).nth(1).unwrap();
    assert!(
        falt.split('>')
            .next()
            .unwrap()
            .contains("value=\"5\u{a0}000\"")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_tables_come_in_parts_that_together_are_the_whole() {
    let (varld, _) = stor(450).await;
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
