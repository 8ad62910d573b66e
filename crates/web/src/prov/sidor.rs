//! What the pages say.

use super::{Varld, adresser};
use crate::rutter::{Avdelning, Metod, RUTTER};
use axum::http::StatusCode;
use std::collections::{BTreeSet, VecDeque};
use utfall_behorighet::Roll;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_opens_for_those_who_may() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    for (rutt, adress) in adresser(&varld.exempel["uppsala"]) {
        let far = rutt
            .atgard()
            .is_none_or(|a| utfall_behorighet::policy::roller(a).contains(&Roll::Forbundschef));
        if rutt.metod == Metod::Get && far && !(rutt.exempel)(&varld.exempel["uppsala"]).is_empty()
        {
            let svar = b.hamta(&adress).await;
            let ok = [StatusCode::OK, StatusCode::SEE_OTHER].contains(&svar.status);
            assert!(ok, "{adress}: {} {}", svar.status, svar.text);
        }
    }
}

/// What one does here stands in the menu of those who may, and nowhere else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_is_the_tasks_of_the_role() {
    let varld = Varld::ny().await;
    let alla = "Start Medel Insatser Deltagare Granskning Rapporter Publicering Underlag";
    for (roll, ord) in [
        (Roll::Ekonom, alla),
        (Roll::Styrelse, alla),
        (Roll::Administrator, ""),
    ] {
        let mut b = varld.inloggad("uppsala", roll).await;
        let html = b.hamta("/hjalp").await.text;
        let meny = html.split("aria-label=\"Huvudmeny\"").nth(1);
        let meny = meny.map_or("", |del| del.split("</nav>").next().unwrap());
        let sedda: Vec<&str> = meny
            .split("</a>")
            .filter_map(|del| Some(del.rsplit_once('>')?.1))
            .filter(|ord| !ord.is_empty())
            .collect();
        assert_eq!(sedda.join(" "), ord, "{roll:?}");
        let fot = html.split("<footer").nth(1).unwrap();
        for ord in ["Rapporter", "Publicering", "Underlag"] {
            assert!(!fot.contains(&format!(">{ord}<")), "{ord}: {fot}");
        }
    }
    // One is told where one is, in each room.
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    for (adress, ord) in [
        ("/granskning", "Granskning"),
        ("/rapporter", "Rapporter"),
        ("/publicering", "Publicering"),
        ("/underlag", "Underlag"),
    ] {
        let html = b.hamta(adress).await.text;
        assert!(
            html.contains(&format!("aria-current=\"page\">{ord}</a>")),
            "{html}"
        );
    }
}

/// The words of a row of links.
fn orden(html: &str, namn: &str) -> Vec<String> {
    let del = html.split(&format!("aria-label=\"{namn}\"")).nth(1);
    let del = del.map_or("", |del| del.split("</nav>").next().unwrap());
    let alla = del.split("</a>").filter_map(|del| del.rsplit_once('>'));
    let alla = alla.map(|(_, ord)| ord.trim().to_owned());
    alla.filter(|ord| !ord.is_empty()).collect()
}

/// The parts of the room Medel come in the order of a grant's year, each page says which part
/// it is, and those that share a part lead to each other. All but the first lead back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_parts_of_the_money_room_are_in_order_and_lead_back() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let alla: Vec<&str> = Avdelning::ALLA.iter().map(|del| del.ord()).collect();
    let ingangar = RUTTER.iter().filter_map(|r| Some((r, r.avdelning?)));
    for (rutt, del) in ingangar {
        let html = b.hamta(rutt.monster).await.text;
        assert_eq!(orden(&html, "I det här rummet"), alla, "{rutt:?}");
        let rad = html
            .split("aria-label=\"I det här rummet\"")
            .nth(1)
            .unwrap();
        let rad = rad.split("</nav>").next().unwrap();
        let vald = rad.split("aria-current=").nth(1).unwrap_or_default();
        assert!(
            vald.contains(&format!(">{}</a>", del.ord())),
            "{rutt:?} {rad}"
        );
        let flikar = orden(&html, "Sidor som hör ihop");
        assert_eq!(flikar.is_empty(), rutt.flik.is_none(), "{rutt:?}");
        if let Some(flik) = rutt.flik {
            assert!(flikar.len() > 1 && flikar.contains(&flik.to_owned()));
        }
        let tillbaka = html.contains("class=\"smulor\"") && html.contains(">Medel</a></li>");
        assert_eq!(tillbaka, del != Avdelning::Oversikt, "{rutt:?}");
    }
}

/// Follows every link from the first page and finds none that leads nowhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_link_leads_nowhere() {
    let varld = Varld::ny().await;
    for (huvudman, roll) in [("uppsala", Roll::Forbundschef), ("ragunda", Roll::Styrelse)] {
        let mut b = varld.inloggad(huvudman, roll).await;
        let mut ko = VecDeque::from(["/start".to_owned(), "/".to_owned()]);
        let mut sedda = BTreeSet::new();
        while let Some(adress) = ko.pop_front() {
            if !sedda.insert(adress.clone()) || sedda.len() > 400 {
                continue;
            }
            let svar = b.hamta(&adress).await;
            // Signed in, the sign-in page leads on.
            if adress.starts_with("/logga-in") {
                continue;
            }
            assert_eq!(svar.status, StatusCode::OK, "{adress}: {}", svar.text);
            for del in svar.text.split("href=\"").skip(1) {
                let till = del
                    .split('"')
                    .next()
                    .unwrap()
                    .replace("&amp;", "&")
                    .replace("&#38;", "&");
                let utan = till.split('#').next().unwrap().to_owned();
                let fil = utan.contains("/utkast.") || utan.contains("/rapport.");
                if utan.starts_with('/') && !utan.starts_with("/statiskt") && !fil {
                    ko.push_back(utan);
                }
                if let Some((sida, ankare)) = till.split_once('#')
                    && sida.is_empty()
                {
                    let id = format!("id=\"{ankare}\"");
                    assert!(svar.text.contains(&id), "{adress}: {till} saknas");
                }
            }
        }
        assert!(sedda.len() > 60, "{}", sedda.len());
    }
}

/// The flow of a grant's year as a reader sees it.
async fn flodet(b: &mut super::Webblasare, bidrag: &str, ar: i16) -> String {
    let sida = b.hamta(&format!("/medel/{bidrag}?ar={ar}")).await.text;
    let figur = sida.split("<figure class=\"flode\"").nth(1);
    let figur = figur.unwrap_or_else(|| panic!("inget diagram: {sida}"));
    super::publik::ord(figur.split("</figure>").next().unwrap())
}

/// A proposal is called one, and money that nobody has given is not said to come from a funder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flow_says_what_is_only_proposed_and_what_nobody_has_given() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("ragunda", Roll::Ekonom).await;
    let bidrag = &varld.exempel["ragunda"].bidrag[0];
    let forsta = flodet(&mut b, bidrag, 2021).await;
    for text in [
        "Enligt ett förslag, inte ett beslut",
        "173\u{a0}000\u{a0}kr mer än de 1\u{a0}750\u{a0}000\u{a0}kr som finns",
        "Fördelat 1\u{a0}923\u{a0}000",
    ] {
        assert!(forsta.contains(text), "{text}: {forsta}");
    }
    assert!(!forsta.contains("Tillväxtverket"), "{forsta}");
    let andra = flodet(&mut b, bidrag, 2022).await;
    let fran = "Tillväxtverket, och överfört 1\u{a0}890\u{a0}000";
    assert!(andra.contains(fran), "{andra}");
    // Control: what has been decided is no proposal, and its funder is the source.
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let beslutat = flodet(&mut b, &varld.exempel["uppsala"].bidrag[0], 2021).await;
    assert!(!beslutat.contains("förslag"), "{beslutat}");
    assert!(beslutat.contains("Socialstyrelsen"), "{beslutat}");
}

/// From an amount over its derivation to its own row in the paper.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_amount_leads_to_its_row_in_the_paper() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let insatser = b.hamta("/insatser").await.text;
    let (_, rad) = insatser.split_once("Lovjobb").unwrap();
    let (_, rad) = rad.split_once("/harledning/anvant-insats?").unwrap();
    let fraga = rad.split(['"', '#']).next().unwrap().replace("&#38;", "&");
    let adress = format!("/harledning/anvant-insats?{fraga}");
    let varfor = b.hamta(&adress).await.text;
    let till: Vec<String> = varfor
        .split("href=\"")
        .filter_map(|del| del.split('"').next())
        .filter(|href| href.starts_with("/underlag/"))
        .map(|href| href.replace("&#38;", "&"))
        .collect();
    assert!(!till.is_empty(), "{varfor}");
    for till in till {
        let (sida, ankare) = till.split_once('#').unwrap_or_else(|| panic!("{till}"));
        let papper = b.hamta(sida).await.text;
        let (_, rad) = papper.split_once(&format!("id=\"{ankare}\"")).unwrap();
        let rad = rad.split("</tr>").next().unwrap();
        assert!(rad.contains("680"), "{till}: {rad}");
    }
}
