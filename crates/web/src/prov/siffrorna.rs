//! What is told apart on the pages of a grant: what is asked for from what is granted, a board's
//! sum by what it is made of, decisions of this grant from others', and drafts from reports.

use super::livet::ekonom;
use super::{Varld, Webblasare};
use utfall_behorighet::Roll;

const NY: &str = "/rekvisitioner/ny";

/// Writes a requisition to the funder, and gives its page.
async fn skriv(b: &mut Webblasare, fran: &str, till: &str, belopp: &str) -> String {
    let falt = [
        ("riktning", "till-finansiar"),
        ("bidrag", "unga-framat"),
        ("fran", fran),
        ("till", till),
        ("belopp", belopp),
    ];
    b.spara(NY, NY, &falt).await
}

async fn steg(b: &mut Webblasare, sida: &str, handling: &str, mer: &[(&str, &str)]) {
    let mut falt = vec![("handling", handling), ("dag", "2022-02-01")];
    falt.extend_from_slice(mer);
    b.spara(sida, &format!("{sida}/steg"), &falt).await;
}

/// The words of the page without its marks.
fn ord(html: &str) -> String {
    let mut ut = String::new();
    let mut inne = true;
    for tecken in html.chars() {
        match tecken {
            '<' => inne = false,
            '>' => {
                inne = true;
                ut.push(' ');
            }
            '\u{a0}' if inne => ut.push(' '),
            tecken if inne => ut.push(tecken),
            _ => {}
        }
    }
    ut.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Money that is asked for is neither there nor to be repaid until it is granted: it has a row
/// of its own. Requisitions are called by numbers of their own, a draft that was thrown away is
/// listed for nobody, and the deadline is met when the last is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_is_told_from_what_is_granted() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let forsta = skriv(&mut b, "2026-01-01", "2026-06-30", "900 000").await;
    let andra = skriv(&mut b, "2026-07-01", "2026-12-31", "700 000").await;
    let slangd = skriv(&mut b, "2026-10-01", "2026-12-31", "123 456").await;
    assert!(b.hamta(&andra).await.text.contains("<h1>Rekvisition 2"));
    steg(&mut b, &slangd, "aterkalla", &[("orsak", "Fel bidrag")]).await;
    let lista = ord(&b.hamta("/rekvisitioner").await.text);
    assert!(!lista.contains("123 456"), "{lista}");
    assert!(lista.contains("1, Unga framåt") && lista.contains("2, Unga framåt"));
    // A caption that says what the heading above it says is read twice to those who listen.
    assert_eq!(lista.matches("Till finansiärer").count(), 1, "{lista}");
    let intyg = [("intygande", "Kostnaderna finns i bokföringen.")];
    steg(&mut b, &forsta, "skicka", &intyg).await;
    steg(&mut b, &andra, "skicka", &intyg).await;
    let medel = ord(&b.hamta("/medel/unga-framat?ar=2026").await.text);
    assert!(medel.contains("Begärt, inte beviljat 1 600 000"), "{medel}");
    let avslut = "/arsavslut/unga-framat/2026";
    let html = ord(&b.hamta(avslut).await.text);
    assert!(html.contains("Rekvirerat □ ej inrapporterat"), "{html}");
    assert!(html.contains("Begärt, inte beviljat 1 600 000"), "{html}");
    steg(&mut b, &forsta, "bevilja", &[("belopp", "850 000")]).await;
    let html = ord(&b.hamta(avslut).await.text);
    assert!(html.contains("Rekvirerat 850 000"), "{html}");
    let sidan = ord(&b.hamta(&andra).await.text);
    assert!(
        sidan.contains("varav rekvirerat 850 000 kr och begärt men inte beviljat 700 000 kr"),
        "{sidan}"
    );
    // The figure explains itself.
    let h = b.hamta("/harledning/begart?ar=2026").await.text;
    assert!(ord(&h).contains("Varför 700 000"), "{h}");
    steg(&mut b, &andra, "bevilja", &[("belopp", "700 000")]).await;
    let medel = ord(&b.hamta("/medel/unga-framat?ar=2026").await.text);
    assert!(!medel.contains("Begärt, inte beviljat"), "{medel}");
}

/// The sum below a board's rows is a figure of the register: it leads to its derivation, which
/// says which initiatives it is of and comes to the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sum_of_a_boards_rows_leads_to_what_it_is_made_of() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Styrelse).await;
    let sida = b.hamta("/medel/unga-i-arbete?ar=2025").await.text;
    let lank = sida.split("href=\"/harledning/budget?").skip(1);
    let lank = lank.map(|del| del.split_once("</a>").unwrap().0);
    let lankar: Vec<&str> = lank.filter(|del| del.contains("insatser=")).collect();
    assert!(!lankar.is_empty(), "{sida}");
    for lank in lankar {
        let (fraga, tal) = lank.split_once('"').unwrap();
        let tal = ord(&format!("<a{tal}"));
        let fraga = fraga.replace("&amp;", "&").replace("&#38;", "&");
        let h = ord(&b.hamta(&format!("/harledning/budget?{fraga}")).await.text);
        assert!(h.contains(&format!("Varför {tal} ")), "{fraga} {tal}: {h}");
    }
    // What is not in the books has no derivation.
    let nej = b.hamta("/harledning/budget?insatser=1.999999").await;
    assert_eq!(nej.status, axum::http::StatusCode::NOT_FOUND);
}

/// A distribution rests on a decision of its own grant: those come first, and another grant's
/// are in a group that says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decisions_of_the_grant_are_told_from_those_of_others() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let sida = b.hamta("/medel/unga-i-arbete/fordelning").await.text;
    let valet = sida.split("name=\"beslut\"").nth(1).unwrap();
    let valet = valet.split("</select>").next().unwrap();
    let (egna, andra) = valet
        .split_once("<optgroup label=\"Om andra bidrag\">")
        .unwrap();
    assert!(
        egna.contains("<optgroup label=\"Om det här bidraget\">"),
        "{valet}"
    );
    assert!(!egna.contains("(om "), "{egna}");
    let andras = andra.matches("<option").count();
    assert!(
        andras > 0 && andra.matches("(om ").count() == andras,
        "{andra}"
    );
}

/// A draft is no report: those who only read reports are not shown any, neither in the list nor
/// beside a requisition.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_of_reports_are_listed_for_those_who_write_them() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let sida = skriv(&mut b, "2026-01-01", "2026-06-30", "900 000").await;
    let intyg = [("intygande", "Kostnaderna finns i bokföringen.")];
    steg(&mut b, &sida, "skicka", &intyg).await;
    let falt = [
        ("slag", "rekvisition"),
        ("rekvisition", sida.rsplit('/').next().unwrap()),
    ];
    let utkast = b.spara(&sida, "/rapporter", &falt).await;
    assert!(
        b.hamta("/rapporter").await.text.contains(&utkast),
        "{utkast}"
    );
    assert!(b.hamta(&sida).await.text.contains(&utkast));
    let mut styrelse = varld.inloggad("tomby", Roll::Styrelse).await;
    for hit in ["/rapporter", sida.as_str()] {
        let html = styrelse.hamta(hit).await.text;
        assert!(
            !html.contains(&utkast) && !html.contains(">Utkast<"),
            "{hit}: {html}"
        );
    }
}

/// What no amount is registered for cannot be requested, and the draft says so before anybody
/// tries; a limit in per cent leads to what it is counted of; and a repayment that was entered
/// without a decision says where its payment is entered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_that_cannot_be_sent_and_a_repayment_without_decision_say_so() {
    let varld = Varld::ny().await;
    let mut b = ekonom(&varld).await;
    let utan = skriv(&mut b, "2027-01-01", "2027-06-30", "1 000").await;
    let html = b.hamta(&utan).await.text;
    assert!(html.contains("går inte att skicka än"), "{html}");
    let villkor = "/medel/unga-framat/villkor";
    let falt = [
        ("overforing", "ja"),
        ("grans", "10 %"),
        ("orsak", "Beslutet"),
    ];
    b.spara(villkor, villkor, &falt).await;
    let avslut = "/arsavslut/unga-framat/2026";
    let html = b.hamta(avslut).await.text;
    assert!(
        ord(&html).contains("högst 10 % av årets pengar. Årets pengar: 1 750 000 kr"),
        "{html}"
    );
    assert!(html.contains("/harledning/grundmedel?"), "{html}");
    let sida = "/medel/unga-framat/registrera";
    let falt = [
        ("slag", "aterbetalning"),
        ("ar", "2026"),
        ("belopp", "110 000"),
        ("lage", "tal"),
        ("orsak", "Finansiärens brev"),
    ];
    b.spara(sida, sida, &falt).await;
    let html = ord(&b.hamta(avslut).await.text);
    assert!(html.contains("betalningen registreras för sig"), "{html}");
    assert!(
        html.contains("Registrera betalningen som Återbetalt"),
        "{html}"
    );
}
