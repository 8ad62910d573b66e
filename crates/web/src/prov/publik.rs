//! The public pages: each as of its own act, each figure the one it leads to, and errors that
//! say nothing of what is not public.

use super::{Varld, Webblasare};
use axum::http::StatusCode;
use jiff::SignedDuration;
use std::collections::{BTreeSet, VecDeque};
use utfall_behorighet::Roll;

/// Text without elements and their attributes.
pub fn ord(html: &str) -> String {
    let mut ut = String::new();
    let mut i_tagg = false;
    for c in html.chars() {
        match c {
            '<' => i_tagg = true,
            '>' => i_tagg = false,
            _ if !i_tagg => ut.push(c),
            _ => {}
        }
    }
    ut
}

fn lankar(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .map(|del| del.split('"').next().unwrap().replace("&#38;", "&"))
        .collect()
}

/// The figures of a page: as shown, and where each leads.
fn siffror(html: &str) -> Vec<(String, String)> {
    html.split("<a class=\"tal\" ")
        .skip(1)
        .map(|del| {
            let href = del.split("href=\"").nth(1).unwrap();
            let href = href.split('"').next().unwrap().replace("&#38;", "&");
            let text = del.split_once('>').unwrap().1.split("</a>").next().unwrap();
            (ord(text), href)
        })
        .collect()
}

/// Corrects a fact of the grant's money to one initiative, the day after its publication,
/// and publishes the initiative anew, but not the grant.
async fn rattad_och_publicerad(varld: &Varld) -> (String, String) {
    let insats = varld.exempel["uppsala"].publika_insatser[0].clone();
    varld.ga(SignedDuration::from_hours(24));
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let sida = chef.hamta(&format!("/insatser/{insats}")).await.text;
    let (_, anvant) = siffror(&sida)
        .into_iter()
        .find(|(_, href)| href.contains("/anvant-insats?"))
        .unwrap();
    let rader = chef.hamta(&anvant).await.text;
    let ratta = lankar(&rader)
        .into_iter()
        .find(|l| l.ends_with("/ratta"))
        .unwrap();
    let falt = [("belopp", "123 456 kr"), ("orsak", "Bokslutet")];
    chef.spara(&ratta, &ratta, &falt).await;
    let val = chef.hamta("/publicering").await.text;
    let vad = val
        .split("<option value=\"")
        .map(|del| del.split('"').next().unwrap())
        .find(|varde| varde.starts_with("insats:"))
        .unwrap()
        .to_owned();
    let falt = [("vad", vad.as_str()), ("per", "2022-02-03")];
    chef.spara("/publicering", "/publicering", &falt).await;
    (insats, vad.replace(':', "-"))
}

const NYTT: &str = "123\u{a0}456";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_page_says_its_own_day_and_shows_no_later_figure() {
    let varld = Varld::ny().await;
    let (insats, _) = rattad_och_publicerad(&varld).await;
    let mut b = varld.webblasare();
    let insatsen = b.hamta(&format!("/uppsala/insatser/{insats}")).await.text;
    assert!(insatsen.contains(NYTT), "{insatsen}");
    assert!(
        insatsen.contains("kända 3\u{a0}februari 2022"),
        "{insatsen}"
    );
    let bidrag = varld.exempel["uppsala"].publika_bidrag[0].clone();
    for adress in [
        "/uppsala/pengar".to_owned(),
        format!("/uppsala/pengar/{bidrag}"),
    ] {
        let sida = b.hamta(&adress).await;
        assert_eq!(sida.status, StatusCode::OK);
        assert!(!sida.text.contains(NYTT), "{adress}: {}", sida.text);
        assert!(sida.text.contains("2\u{a0}februari 2022"), "{adress}");
    }
    let pengar = b.hamta("/uppsala/pengar").await.text;
    assert!(
        pengar.contains("olika dagar, från 2\u{a0}februari 2022 till 3\u{a0}februari 2022"),
        "{pengar}"
    );
}

/// Follows every figure of every public page of a publisher whose acts are of different days.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_figure_leads_to_exactly_the_number_on_the_page() {
    let varld = Varld::ny().await;
    rattad_och_publicerad(&varld).await;
    let mut b = varld.webblasare();
    let mut ko = VecDeque::from(["/uppsala/pengar".to_owned()]);
    let (mut sedda, mut prov) = (BTreeSet::new(), 0);
    while let Some(adress) = ko.pop_front() {
        if !sedda.insert(adress.clone()) {
            continue;
        }
        let svar = b.hamta(&adress).await;
        if adress.contains("/rapport.") {
            continue;
        }
        assert_eq!(svar.status, StatusCode::OK, "{adress}: {}", svar.text);
        for (text, href) in siffror(&svar.text) {
            if !href.contains("/harledning/") {
                continue;
            }
            let mal = b.hamta(&href).await;
            assert_eq!(mal.status, StatusCode::OK, "{href}: {}", mal.text);
            let h1 = mal.text.split("<h1>").nth(1).unwrap();
            let h1 = h1.split("</h1>").next().unwrap();
            if text.chars().any(|c| c.is_ascii_digit()) {
                assert!(ord(h1).contains(&text), "{adress}: {text} mot {h1}");
                prov += 1;
            }
        }
        let inre = |l: &String| l.starts_with("/uppsala/") && !l.contains('#');
        ko.extend(lankar(&svar.text).into_iter().filter(inre));
    }
    assert!(prov > 100, "{prov}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_acts_in_force_answer_and_only_about_what_they_show() {
    let varld = Varld::ny().await;
    let (_, sak) = rattad_och_publicerad(&varld).await;
    let nr = sak.rsplit('-').next().unwrap();
    let om = format!("/uppsala/harledning/anvant-insats?insats={nr}");
    let mut b = varld.webblasare();
    let mut visar = async |fraga: &str| {
        let svar = b.hamta(&format!("{om}{fraga}")).await;
        (svar.status, svar.text.contains(NYTT))
    };
    assert_eq!(visar(&format!("&sak={sak}")).await, (StatusCode::OK, true));
    assert_eq!(visar("").await, (StatusCode::OK, true));
    assert_eq!(visar("&sak=alla").await, (StatusCode::OK, false));
    let nej = (StatusCode::NOT_FOUND, false);
    for fel in ["insats-999999", "bidrag-1", "rapport-1", "insats", "x"] {
        assert_eq!(visar(&format!("&sak={fel}")).await, nej, "{fel}");
    }
    // Another published thing than the one the figure is about.
    let bidrag = b.hamta("/uppsala/pengar").await.text;
    let (_, bidrag) = bidrag.split_once("sak=bidrag-").unwrap();
    let bidrag = bidrag.split('"').next().unwrap();
    let annan = b.hamta(&format!("{om}&sak=bidrag-{bidrag}")).await;
    assert_eq!(annan.status, StatusCode::NOT_FOUND);
}

/// The day of the act and no other: neither a later one nor one before a correction.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_day_than_the_published_one_is_refused_in_words() {
    let varld = Varld::ny().await;
    let (_, sak) = rattad_och_publicerad(&varld).await;
    let nr = sak.rsplit('-').next().unwrap();
    let om = format!("/uppsala/harledning/anvant-insats?insats={nr}&sak={sak}");
    let mut b = varld.webblasare();
    let ratt = b.hamta(&format!("{om}&per=2022-02-03")).await;
    assert_eq!(ratt.status, StatusCode::OK, "{}", ratt.text);
    for dag in ["2022-02-02", "2022-02-04", "2022-02-30", "igår"] {
        let svar = b.hamta(&format!("{om}&per={dag}")).await;
        assert_eq!(svar.status, StatusCode::NOT_FOUND, "{dag}");
        assert!(svar.text.contains("kända 3\u{a0}februari 2022"), "{dag}");
        let till = lankar(&svar.text);
        assert!(till.contains(&om), "{dag}: {till:?}");
        assert_eq!(b.hamta(&om).await.status, StatusCode::OK);
        // The report printed with the figures of that day has their derivations.
        let rapport = till.iter().any(|l| l.starts_with("/uppsala/rapporter/"));
        assert_eq!(rapport, dag == "2022-02-02", "{dag}: {till:?}");
    }
}

async fn fel(b: &mut Webblasare, adress: &str) -> (StatusCode, String) {
    let svar = b.hamta(adress).await;
    (svar.status, svar.text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_of_public_addresses_stand_in_the_public_frame_and_reveal_nothing() {
    let varld = Varld::ny().await;
    let mut b = varld.webblasare();
    let opublicerad = varld.exempel["uppsala"].insatser[1].clone();
    for (adress, inne) in [
        (
            format!("/uppsala/insatser/{opublicerad}"),
            format!("/insatser/{opublicerad}"),
        ),
        (
            "/uppsala/insatser/finns-inte".into(),
            "/insatser/finns-inte".into(),
        ),
        (
            "/ingen/insatser/finns-inte".into(),
            "/insatser/finns-inte".into(),
        ),
        ("/uppsala/rapporter/x?a=b".into(), "/rapporter/x?a=b".into()),
        (
            "/uppsala/harledning/x?ar=1".into(),
            "/harledning/x?ar=1".into(),
        ),
        ("/uppsala/pengar/x".into(), String::new()),
        ("/uppsala/x/y".into(), String::new()),
        ("/x".into(), String::new()),
    ] {
        let (status, text) = fel(&mut b, &adress).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{adress}");
        assert!(text.contains("använder inga kakor"), "{adress}: {text}");
        assert!(!text.contains("<script"), "{adress}");
        let till = lankar(&text);
        assert_eq!(till.contains(&inne), !inne.is_empty(), "{adress}: {till:?}");
    }
    // What is not published and what does not exist are the same page, but for the address.
    let (_, ett) = fel(&mut b, &format!("/uppsala/insatser/{opublicerad}")).await;
    let (_, inget) = fel(&mut b, "/uppsala/insatser/finns-inte").await;
    assert_eq!(ett.replace(&opublicerad, "finns-inte"), inget);
    // The other side keeps its own frame.
    let (_, inne) = fel(&mut b, "/medel/x/y/z").await;
    assert!(!inne.contains("använder inga kakor"), "{inne}");
}

/// The address that one writes from memory; and nothing for those who publish nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_publishers_name_alone_leads_to_its_money() {
    let varld = Varld::ny().await;
    super::rum::tom(&varld).await;
    let mut b = varld.webblasare();
    let svar = b.hamta("/uppsala").await;
    assert_eq!(
        (svar.status, svar.till()),
        (StatusCode::SEE_OTHER, "/uppsala/pengar")
    );
    let (utan, ingen) = (b.hamta("/tomby").await, b.hamta("/ingen").await);
    assert_eq!(utan.status, StatusCode::NOT_FOUND);
    assert_eq!(utan.text, ingen.text);
}
