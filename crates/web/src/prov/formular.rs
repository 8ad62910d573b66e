//! Forms filled in by hand: all that is wrong is told at once, nothing typed is lost, and a
//! form is no longer than what is written in it.

use super::rum::tom;
use super::{Svar, Varld, Webblasare, konto};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const BIDRAG: &str = "/registrera/bidrag";
const INSATS: &str = "/registrera/insats";

/// Where the summary leads, line by line.
fn summerade(html: &str) -> Vec<&str> {
    let Some((_, efter)) = html.split_once("role=\"alert\"") else {
        return Vec::new();
    };
    let listan = efter.split("</ul>").next().unwrap();
    listan
        .split("href=\"#")
        .skip(1)
        .map(|del| del.split('"').next().unwrap())
        .collect()
}

/// Exactly these fields are wrong: said first in the page with a link to each, and at each.
fn fel_i(svar: &Svar, falten: &[&str]) {
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(summerade(&svar.text), falten, "{}", svar.text);
    let texter: Vec<&str> = svar
        .text
        .split("class=\"feltext\" id=\"")
        .skip(1)
        .map(|del| del.split('"').next().unwrap())
        .collect();
    let ratt: Vec<String> = falten.iter().map(|f| format!("{f}-fel")).collect();
    assert_eq!(texter, ratt, "{}", svar.text);
    for falt in falten {
        assert!(svar.text.contains(&format!("id=\"{falt}\"")), "{falt}");
    }
    let summan = svar.text.split("role=\"alert\"").nth(1).unwrap();
    let summan = summan.split("</ul>").next().unwrap();
    assert_eq!(summan.matches("<li>").count(), falten.len(), "{summan}");
}

fn kvar(svar: &Svar, skrivet: &[&str]) {
    for text in skrivet {
        assert!(svar.text.contains(text), "{text}: {}", svar.text);
    }
}

async fn ekonom(varld: &Varld) -> Webblasare {
    tom(varld).await;
    varld.inloggad("tomby", Roll::Ekonom).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_tells_of_every_fault_at_once() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    // What cannot be read, and what the use case refuses, together.
    let falt = [
        ("namn", ""),
        ("finansiar", " "),
        ("andamal", "Unga mellan 16 och 24"),
        ("ar-1", "tjugo"),
        ("belopp-1", "mycket"),
        ("ar-2", "2027"),
        ("belopp-2", "-5"),
        ("ar-3", "2027"),
        ("belopp-3", "700 000"),
        ("belopp-4", "9 tkr"),
        ("orsak", ""),
    ];
    let svar = b.fyll_i(BIDRAG, BIDRAG, &falt).await;
    let alla = [
        "namn",
        "finansiar",
        "ar-1",
        "belopp-1",
        "belopp-2",
        "ar-3",
        "ar-4",
        "orsak",
    ];
    fel_i(&svar, &alla);
    let skrivet = ["Unga mellan", "tjugo", "mycket", "-5", "700 000", "9 tkr"];
    kvar(&svar, &skrivet);
    // A year that cannot be read is not also missing.
    let falt = [("namn", "X1"), ("finansiar", "Y"), ("ar-2", "tjugo")];
    let svar = b.fyll_i(BIDRAG, BIDRAG, &falt).await;
    fel_i(&svar, &["ar-2", "belopp-2", "orsak"]);
    let svar = b.fyll_i(BIDRAG, BIDRAG, &[("orsak", "Beslut")]).await;
    fel_i(&svar, &["namn", "finansiar", "ar-1"]);
    assert!(
        b.hamta("/medel").await.text.contains("Lägg upp"),
        "inget är sparat"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_grant_form_begins_with_one_year_and_grows_without_losing_a_word() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let ar_i = |html: &str| {
        (1..=10)
            .filter(|nr| html.contains(&format!("name=\"ar-{nr}\"")))
            .collect::<Vec<_>>()
    };
    let html = b.hamta(BIDRAG).await.text;
    assert_eq!(ar_i(&html), [1]);
    assert!(
        html.contains("formaction=\"/registrera/bidrag#ar-2\">Lägg till ett år"),
        "{html}"
    );
    // Enter in a field saves: the first button of the form is the one that does.
    let knapp = html.split("<button").nth(1).unwrap();
    assert!(
        html.find("name=\"steg\"").unwrap() > html.find("class=\"forst\"").unwrap(),
        "{knapp}"
    );
    let mut falt = vec![
        ("namn", "Unga framåt"),
        ("andamal", "För unga\r\nutan arbete"),
        ("overforing", "nej"),
        ("ar-1", "tjugo"),
        ("belopp-1", "1 750 tkr"),
        ("lage-1", "preliminar"),
        ("steg", "fler-ar"),
    ];
    let svar = b.fyll_i(BIDRAG, BIDRAG, &falt).await;
    assert_eq!(svar.status, StatusCode::OK, "nothing is refused yet");
    assert!(summerade(&svar.text).is_empty());
    assert_eq!(ar_i(&svar.text), [1, 2]);
    kvar(
        &svar,
        &[
            "value=\"Unga framåt\"",
            "För unga\r\nutan arbete",
            "value=\"nej\" selected",
            "value=\"tjugo\"",
            "value=\"1 750 tkr\"",
            "value=\"preliminar\" selected",
            "#ar-3\"",
        ],
    );
    // An added year stays when something else is wrong, and ten is all there is.
    falt.retain(|(n, _)| *n != "steg");
    falt.push(("ar-2", ""));
    let svar = b.fyll_i(BIDRAG, BIDRAG, &falt).await;
    assert_eq!(ar_i(&svar.text), [1, 2]);
    fel_i(&svar, &["finansiar", "ar-1", "orsak"]);
    falt.extend([("ar-9", "2030"), ("steg", "fler-ar")]);
    let svar = b.fyll_i(BIDRAG, BIDRAG, &falt).await;
    assert_eq!(ar_i(&svar.text), (1..=10).collect::<Vec<_>>());
    assert!(!svar.text.contains("Lägg till ett år"));
    assert!(
        !b.hamta("/medel").await.text.contains("Unga framåt"),
        "inget är sparat"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_initiative_tells_of_every_fault_at_once() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let falt = [
        ("namn", "!"),
        ("bidrag", "finns-inte"),
        ("ansvarig", "?"),
        ("start", "tjugo"),
        ("slut", "1066"),
        ("malgrupp", "Unga utan arbete"),
    ];
    let svar = b.fyll_i(INSATS, INSATS, &falt).await;
    fel_i(&svar, &["namn", "bidrag", "ansvarig", "start", "slut"]);
    kvar(&svar, &["tjugo", "1066", "Unga utan arbete"]);

    let ny = [("namn", "Sommarjobb"), ("start", "2026")];
    b.spara(INSATS, INSATS, &ny).await;
    let andra = "/insatser/sommarjobb/andra";
    let lang = "å".repeat(20_001);
    let falt = [
        ("beskrivning", lang.as_str()),
        ("malgrupp", "Unga"),
        ("resultat", lang.as_str()),
        ("lage", "finns-inte"),
    ];
    let svar = b.fyll_i(andra, andra, &falt).await;
    fel_i(&svar, &["beskrivning", "resultat", "lage"]);
    kvar(&svar, &["\nUnga</textarea>"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_tells_of_every_fault_at_once_whatever_it_is() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let e = &varld.exempel["uppsala"];
    let om_bidrag = format!("/medel/{}/registrera", e.bidrag[0]);
    let om_insats = format!("/insatser/{}/registrera", e.insatser[0]);
    type Fall<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);
    let fallen: [Fall<'_>; 7] = [
        (
            &om_bidrag,
            &[("belopp", "mycket"), ("lage", "tal")],
            &["slag", "ar", "belopp", "orsak"],
        ),
        (
            &om_bidrag,
            &[("slag", "overfort"), ("ar", "1066"), ("belopp", "-5")],
            &["ar", "fran-ar", "belopp", "orsak"],
        ),
        // The year is wrong, and so nothing is said of the order of the two.
        (
            &om_bidrag,
            &[("slag", "overfort"), ("fran-ar", "2020"), ("belopp", "x")],
            &["ar", "belopp", "orsak"],
        ),
        (
            &om_bidrag,
            &[("slag", "fordelat_namnd"), ("ar", "2021"), ("belopp", "")],
            &["belopp", "organisation", "orsak"],
        ),
        (
            &om_insats,
            &[("slag", "volym"), ("ar", "tjugo"), ("belopp", "5,5")],
            &["ar", "manad", "belopp", "kategori", "orsak"],
        ),
        (
            &om_insats,
            &[("ar", "2021"), ("belopp", ""), ("organisation", "0")],
            &["slag", "belopp", "organisation", "orsak"],
        ),
        // A figure that is there already is no reason to hide that the source is missing.
        (
            &om_bidrag,
            &[("slag", "rekvirerat"), ("ar", "2021"), ("belopp", "5")],
            &["slag", "orsak"],
        ),
    ];
    for (sida, falt, fel) in fallen {
        let svar = b.fyll_i(sida, sida, falt).await;
        fel_i(&svar, fel);
        for (_, skrivet) in falt.iter().filter(|(namn, _)| *namn != "organisation") {
            let finns = svar.text.contains(&format!("value=\"{skrivet}\""));
            assert!(finns, "{skrivet}: {}", svar.text);
        }
    }
    // A correction has a value and a reason.
    let ratta = format!("/fakta/{}/ratta", e.fakta[0]);
    let svar = b
        .fyll_i(&ratta, &ratta, &[("belopp", "mycket"), ("orsak", "x")])
        .await;
    fel_i(&svar, &["belopp", "orsak"]);
    kvar(&svar, &["value=\"mycket\""]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_tells_of_every_fault_at_once() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let ny = "/organisationer/ny";
    let falt = [("orgnr", "212000-3006"), ("overordnad", "finns-inte")];
    let svar = adm.fyll_i(ny, ny, &falt).await;
    fel_i(&svar, &["namn", "slag", "orgnr", "overordnad"]);
    kvar(&svar, &["212000-3006"]);

    let falt = [("namn", "Enheten"), ("slag", "enhet")];
    let sida = adm.fyll_i(ny, ny, &falt).await.till().to_owned();
    let till = format!("{sida}/namn");
    for (fran, namn) in [("i dag", ""), ("2022-02-03", "")] {
        let svar = adm
            .fyll_i(&sida, &till, &[("namn", namn), ("fran", fran)])
            .await;
        fel_i(&svar, &["namn", "fran"]);
        kvar(&svar, &[fran]);
    }
    // What the name is changed to is looked at also when the day is wrong.
    let samma = [("namn", "Enheten"), ("fran", "2022-02-03")];
    fel_i(&adm.fyll_i(&sida, &till, &samma).await, &["namn", "fran"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_tells_of_every_fault_at_once() {
    let varld = Varld::ny().await;
    let mut adm = varld.inloggad("uppsala", Roll::Administrator).await;
    let nytt = "/konton/nytt";
    let fel_i_kontot = |svar: &Svar, falten: &[&str]| {
        assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(summerade(&svar.text), falten, "{}", svar.text);
    };
    let svar = adm.fyll_i(nytt, nytt, &[("inloggning", "å")]).await;
    fel_i_kontot(&svar, &["inloggning", "visningsnamn", "roll-administrator"]);
    for text in ["inloggning-fel", "visningsnamn-fel", "roller-fel"] {
        assert!(svar.text.contains(&format!("id=\"{text}\"")), "{text}");
    }
    kvar(&svar, &["value=\"å\""]);
    // That the name is taken is told with the rest.
    let upptagen = konto("ragunda", Roll::Ekonom);
    let falt = [
        ("inloggning", upptagen.as_str()),
        ("visningsnamn", "Någon"),
        ("roll-ekonom", "ja"),
        ("roll-jobbtorgspart", "ja"),
    ];
    let svar = adm.fyll_i(nytt, nytt, &falt).await;
    fel_i_kontot(&svar, &["inloggning", "roll-administrator"]);
    kvar(&svar, &["är upptaget", "value=\"Någon\""]);
    let kryssade = svar.text.matches(" checked").count();
    assert_eq!(kryssade, 2, "{}", svar.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_goals_of_an_initiative_are_written_changed_and_shown_one_by_one() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let sida = "/insatser/sommarjobb";
    let andra = format!("{sida}/andra");
    assert!(b.hamta(INSATS).await.text.contains("Ett mål per rad."));
    let lang = "å".repeat(20_001);
    let falt = [("namn", "!"), ("mal", lang.as_str())];
    fel_i(&b.fyll_i(INSATS, INSATS, &falt).await, &["namn", "mal"]);
    let falt = [
        ("namn", "Sommarjobb"),
        ("mal", "Femtio unga får jobb\r\n\r\n  Tio går vidare  "),
    ];
    b.spara(INSATS, INSATS, &falt).await;
    let html = b.hamta(sida).await.text;
    let lista = "<h2 id=\"mal\">Mål</h2><div class=\"text\"><ol><li>Femtio unga får jobb</li>\
                 <li>Tio går vidare</li></ol></div>";
    assert!(html.contains(lista), "{html}");

    // Somebody else changes the goals meanwhile: both are shown, and none is lost.
    let gammal = b.hamta(&andra).await.text;
    let byt = [("mal", "Sextio unga får jobb"), ("lage", "okand")];
    b.spara(&andra, &andra, &byt).await;
    let html = b.hamta(sida).await.text;
    assert!(
        html.contains("<ol><li>Sextio unga får jobb</li></ol>"),
        "{html}"
    );
    let mut falt = super::dolda(&gammal, &andra);
    falt.push(("mal".into(), "Sjuttio unga får jobb".into()));
    falt.push(("lage".into(), "okand".into()));
    let falt: Vec<(&str, &str)> = falt.iter().map(|(n, v)| (&**n, &**v)).collect();
    let svar = b.posta(&andra, &falt).await;
    assert_eq!(svar.status, StatusCode::CONFLICT);
    kvar(&svar, &["Sextio unga får jobb", "Sjuttio unga får jobb"]);
    // The journal says that the texts were changed, and not to what.
    let mut chef = varld.inloggad("tomby", Roll::Forbundschef).await;
    let journal = chef.hamta("/journal?slag=insats-andrad").await.text;
    assert!(
        journal.contains("Texterna för Sommarjobb ändrades."),
        "{journal}"
    );
    assert!(!journal.contains("Sextio unga"), "{journal}");
}
