//! What the pages say.

use super::{Varld, adresser};
use crate::rutter::Metod;
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
