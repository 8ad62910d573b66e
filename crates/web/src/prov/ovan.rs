//! What somebody who had never seen the pages stumbled on.

use super::{Varld, dolda};
use axum::http::StatusCode;
use jiff::SignedDuration;
use utfall_behorighet::Roll;

/// The text of an element's part of the page, without tags.
fn ord(html: &str) -> String {
    let mut ut = String::new();
    for del in html.split('<') {
        ut.push_str(del.split_once('>').map_or(del, |(_, text)| text));
        ut.push(' ');
    }
    let rena: Vec<&str> = ut.split_whitespace().collect();
    rena.join(" ")
}

/// What stands between two marks.
fn mellan<'a>(html: &'a str, fran: &str, till: &str) -> &'a str {
    let (_, del) = html
        .split_once(fran)
        .unwrap_or_else(|| panic!("{fran} saknas: {html}"));
    del.split(till).next().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_corrections_of_one_day_are_two_rows() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let sida = "/harledning/anvant-insats";
    for belopp in ["681 000 kr", "682 500 kr"] {
        varld.ga(SignedDuration::from_mins(7));
        let html = b.hamta(sida).await.text;
        let till = html.split("href=\"/fakta/").last().unwrap();
        let till = format!("/fakta/{}", till.split('"').next().unwrap());
        let falt = [("belopp", belopp), ("orsak", "Fel i papperet")];
        b.spara(&till, &till, &falt).await;
    }
    let html = b.hamta(sida).await.text;
    let historik = mellan(&html, "id=\"historik-t\"", "</table>");
    let rader: Vec<String> = historik
        .split("<tr")
        .filter(|rad| rad.contains("scope=\"row\""))
        .map(ord)
        .collect();
    assert_eq!(rader.len(), 3, "{rader:#?}");
    for (rad, klockan, skillnad) in [(&rader[0], "10.14", "+1"), (&rader[1], "10.07", "")] {
        assert!(
            rad.contains(&format!("2 februari 2022 kl. {klockan}")),
            "{rad}"
        );
        assert!(rad.contains("En uppgift rättades: Fel i papperet"), "{rad}");
        assert!(rad.contains(skillnad), "{rad}");
    }
    assert!(rader[0].contains("+1 500"), "{rader:#?}");
    // What it was before is what it had become.
    let blev = |rad: &str| rad.split("10.07 ").nth(1).unwrap()[..9].to_owned();
    assert!(rader[0].contains(blev(&rader[1]).trim()), "{rader:#?}");
}

/// Issues a draft: the last report of the list's first row.
async fn utfarda(b: &mut super::Webblasare, sida: &str) {
    let till = format!("{sida}/utfarda");
    b.spara(sida, &till, &[("last", "ja")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_report_begins_with_the_texts_of_the_last_and_is_told_from_it() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Forbundschef).await;
    varld.ga(SignedDuration::from_mins(9));
    let html = b.hamta("/rapporter").await.text;
    let utkast = html
        .split("href=\"")
        .filter_map(|del| del.split('"').next())
        .find(|href| href.starts_with("/rapporter/"))
        .unwrap()
        .to_owned();
    // The draft was started before anything was issued: its background is the grant's.
    let html = b.hamta(&utkast).await.text;
    assert!(html.contains("Hämtat från bidragets ändamål."), "{html}");
    let text = [
        ("slutsatser", "Fler kom i arbete."),
        ("bakgrund", "Vår bakgrund."),
    ];
    b.spara(&utkast, &utkast, &text).await;
    utfarda(&mut b, &utkast).await;

    let html = b.hamta("/rapporter").await.text;
    let tabell = ord(mellan(&html, "<tbody", "</table>"));
    for ord in [
        "kl. 10.09, ersätter den från kl. 10.00",
        "kl. 10.00. Ersatt av den från kl. 10.09",
    ] {
        assert!(tabell.contains(ord), "{ord}: {tabell}");
    }
    let html = b.hamta("/publicering").await.text;
    let val = ord(mellan(&html, "<select", "</select>"));
    for ord in ["utfärdad 2 februari 2022 kl. 10.00", "2022 kl. 10.09"] {
        assert_eq!(val.matches(ord).count(), 1, "{ord}: {val}");
    }

    let valt = mellan(&b.hamta("/rapporter").await.text, "<option value=\"", "\"").to_owned();
    let svar = b
        .fyll_i("/rapporter", "/rapporter", &[("bidrag", &valt)])
        .await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let ny = svar.till().to_owned();
    let html = b.hamta(&ny).await.text;
    for text in ["Fler kom i arbete.", "Vår bakgrund."] {
        assert!(html.contains(text), "{html}");
    }
    assert_eq!(html.matches("Hämtat från rapporten för 2021.").count(), 2);
    // What has been rewritten is one's own.
    b.spara(
        &ny,
        &ny,
        &[("slutsatser", "Nytt."), ("bakgrund", "Vår bakgrund.")],
    )
    .await;
    let html = b.hamta(&ny).await.text;
    assert_eq!(html.matches("Hämtat från rapporten för").count(), 1);
    assert!(!dolda(&html, &ny).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_amount_is_found_however_it_is_spaced() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    for sokt in ["764%20159", "764159", "764%C2%A0159%20kr"] {
        let html = b.hamta(&format!("/sok?q={sokt}")).await.text;
        let text = ord(mellan(&html, "<main", "</main>"));
        assert!(text.contains("Siffror"), "{sokt}: {text}");
        assert!(text.contains("764 159 kr"), "{sokt}: {text}");
        assert!(
            text.contains("Fynd") && text.contains("Förklaringen gäller"),
            "{text}"
        );
        let href = mellan(mellan(&html, "class=\"traffar\"", "</ul>"), "href=\"", "\"");
        let href = href.replace("&#38;", "&");
        let (sida, ankare) = href.split_once('#').unwrap();
        let sida = b.hamta(sida).await.text;
        assert!(sida.contains(&format!("id=\"{ankare}\"")), "{href}");
    }
    let html = b.hamta("/sok?q=64%20159").await.text;
    let text = ord(mellan(&html, "<main", "</main>"));
    assert!(!text.contains("764 159"), "{text}");
    let html = b.hamta("/sok?q=lovjobb").await.text;
    let text = ord(mellan(&html, "<main", "</main>"));
    assert!(
        text.contains("Insatser") && !text.contains("Siffror"),
        "{text}"
    );
}

/// The rows of the first table of a page, in words.
fn rader(html: &str) -> Vec<String> {
    let tabell = mellan(html, "<tbody", "</table>");
    tabell.split("<tr").skip(1).map(ord).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_is_counted_for_its_year_and_grants_can_be_chosen() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let html = b.hamta("/medel").await.text;
    let alla = rader(&html);
    let unga: Vec<&String> = alla
        .iter()
        .filter(|r| r.contains("Unga i arbete"))
        .collect();
    assert!(unga.len() > 2, "{unga:#?}");
    for rad in unga {
        assert_eq!(rad.contains("1 fel"), rad.contains("år 2025"), "{rad}");
    }
    assert!(
        !alla.iter().any(|r| r.contains("kommun (påhittad) från")),
        "{alla:#?}"
    );
    let ett_ar = rader(&b.hamta("/medel?ar=2026").await.text);
    assert!(!ett_ar.is_empty() && ett_ar.len() < alla.len());
    assert!(ett_ar.iter().all(|r| r.contains("2026")), "{ett_ar:#?}");
    let fynd = rader(&b.hamta("/medel?granskning=fynd").await.text);
    assert!(!fynd.is_empty() && fynd.len() < alla.len());
    assert!(
        fynd.iter()
            .all(|r| r.contains("fel") || r.contains("varning")),
        "{fynd:#?}"
    );
    let fran = mellan(&html, "id=\"finansiar\"", "</select>");
    let fran = fran
        .split("value=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let ur = rader(&b.hamta(&format!("/medel?ar=&finansiar={fran}")).await.text);
    assert!(!ur.is_empty() && ur.len() < alla.len());
    let tomt = b
        .hamta(&format!("/medel?ar=1999&finansiar={fran}"))
        .await
        .text;
    assert!(tomt.contains("Inget bidrag passar det du har valt."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_that_has_changed_is_published_in_one_act() {
    let varld = Varld::ny().await;
    let mut ekonom = varld.inloggad("uppsala", Roll::Ekonom).await;
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let knapp = "Publicera allt som har ändrats";
    let html = chef.hamta("/publicering").await.text;
    assert!(!html.contains(knapp) && html.contains("<summary>Dra tillbaka…"));
    varld.ga(SignedDuration::from_mins(5));
    let insats = &varld.exempel["uppsala"].publika_insatser[0];
    let html = ekonom.hamta(&format!("/insatser/{insats}")).await.text;
    let sida = mellan(&html, "href=\"/harledning/budget", "\"").replace("&#38;", "&");
    let html = ekonom
        .hamta(&format!("/harledning/budget{sida}"))
        .await
        .text;
    let till = format!("/fakta/{}", mellan(&html, "href=\"/fakta/", "\""));
    let falt = [("belopp", "123 456 kr"), ("orsak", "Fel i papperet")];
    ekonom.spara(&till, &till, &falt).await;

    let html = chef.hamta("/publicering").await.text;
    let del = ord(mellan(&html, "id=\"andrat\"", "</section>"));
    assert!(del.contains("blir 123 456 kr."), "{del}");
    let publik = format!("/uppsala/insatser/{insats}");
    assert!(!chef.hamta(&publik).await.text.contains("123\u{a0}456"));
    let mal = "/publicering/andrat";
    // Only what is open can be published again this way.
    let fel = chef
        .fyll_i("/publicering", mal, &[("vad", "insats:999")])
        .await;
    assert_eq!(fel.status, StatusCode::UNPROCESSABLE_ENTITY);
    chef.spara(
        "/publicering",
        mal,
        &[("allas-kommentar", "Budgeten är rättad.")],
    )
    .await;
    assert!(chef.hamta(&publik).await.text.contains("123\u{a0}456"));
    let html = chef.hamta("/publicering").await.text;
    assert!(!html.contains(knapp) && html.contains("Budgeten är rättad."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stops_a_withdrawal_is_in_sight() {
    let varld = Varld::ny().await;
    let mut chef = varld.inloggad("uppsala", Roll::Forbundschef).await;
    let html = chef.hamta("/publicering").await.text;
    assert!(!html.contains("<details open>"));
    let mal = mellan(&html, "action=\"/publicering/", "/dra-tillbaka\"").to_owned();
    let mal = mal.rsplit("action=\"/publicering/").next().unwrap();
    let till = format!("/publicering/{mal}/dra-tillbaka");
    let svar = chef.fyll_i("/publicering", &till, &[]).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(svar.text.matches("<details open>").count(), 1);
    let fel = mellan(&svar.text, "role=\"alert\"", "</div>");
    assert!(fel.contains(&format!("href=\"#skal-{mal}\"")), "{fel}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_board_is_told_of_the_money_and_not_of_repairs() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Styrelse).await;
    let html = b.hamta("/start").await.text;
    let text = ord(mellan(&html, "<main", "</main>"));
    assert!(
        text.contains("Läget just nu") && !text.contains("Att göra"),
        "{text}"
    );
    let pengar = text.find("Att röra sig med").unwrap();
    assert!(pengar < text.find("Senast hänt").unwrap());
    assert!(!html.contains("class=\"uppgifter\"") && html.contains("href=\"/granskning\""));
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let html = b.hamta("/start").await.text;
    assert!(html.contains("Att göra") && html.contains("class=\"uppgifter\""));

    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Styrelse).await;
    let text = ord(&b.hamta("/start").await.text);
    assert!(
        text.contains("känd del") && text.contains("bidragsår saknas"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn start_lists_a_finding_by_title_difference_and_place_and_granskning_by_its_sentence() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("ragunda", Roll::Ekonom).await;
    let start = b.hamta("/start").await.text;
    let granskning = ord(&b.hamta("/granskning").await.text);
    let uppgift = ord(mellan(&start, "<ul class=\"uppgifter\">", "</ul>"));
    for del in [
        "Rader mot angiven summa",
        "Skillnad 85 680 kr · Tabellen, rad 73",
    ] {
        assert!(uppgift.contains(del), "{del}: {uppgift}");
    }
    let mening = "men summan anges till 2 008 680 kr";
    assert!(granskning.contains(mening), "{granskning}");
    assert!(!ord(&start).contains(mening));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_is_headed_by_its_rule_and_said_once() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    for (papper, nyckel) in &varld.exempel["uppsala"].fynd {
        let html = b
            .hamta(&format!("/granskning/{papper}/{nyckel}"))
            .await
            .text;
        let h1 = ord(mellan(&html, "<h1>", "</h1>"));
        let ingress = ord(mellan(&html, "class=\"ingress\"", "</p>"));
        assert!(!h1.is_empty() && h1.chars().count() < 60, "{h1}");
        assert!(!ingress.starts_with(&h1), "{h1}: {ingress}");
        let regel = ord(mellan(&html, "Regel: ", "</p>"));
        assert_eq!(regel.trim(), h1.trim());
        let gor = html.find("Vad du kan göra").unwrap();
        assert!(gor < html.find("Raderna bakom").unwrap());
        if let Some(beror) = html.find("Vad det kan bero på") {
            assert!(beror < gor);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_paper_is_said_in_plain_words() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let sida = "/underlag/importera";
    let html = b.hamta(sida).await.text;
    let href = mellan(&html, "står under <a href=\"", "\"").to_owned();
    let (hjalp, ankare) = href.split_once('#').unwrap();
    assert!(
        b.hamta(hjalp)
            .await
            .text
            .contains(&format!("id=\"{ankare}\""))
    );
    let falt = mellan(&html, "name=\"fil\"", ">");
    assert!(!falt.contains("required"), "{falt}");
    let fore = html.split("name=\"text\"").next().unwrap();
    assert!(!fore.contains("(frivilligt)"));

    let svar = b
        .fyll_i(sida, sida, &[("text", "År;Belopp\n2021;1 000")])
        .await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        svar.text
            .contains("Filen är ingen JSON. Har du en tabell i Excel")
    );
    let annans = include_str!("../../../../exempel/ragunda.json");
    let svar = b.fyll_i(sida, sida, &[("text", annans)]).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        svar.text
            .contains("Papperet hör till Ragunda kommun, inte till Uppsala kommun.")
    );
    let fel = mellan(&svar.text, "role=\"alert\"", "</div>");
    assert!(!fel.contains("slug") && !fel.contains("dokument."), "{fel}");
}
