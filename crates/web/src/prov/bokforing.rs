//! The accounts through the pages: sent, looked at, read in, mapped, followed to the voucher,
//! and taken back.

mod delat;
mod foretag;
mod namn;
mod regler;

use super::{Svar, Varld, Webblasare, dolda};
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use utfall_behorighet::Roll;

const LAS_IN: &str = "/bokforing/las-in";

fn exempel(manad: &str) -> Vec<u8> {
    let mapp = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exempel/bokforing");
    std::fs::read(format!("{mapp}/forsby-2026-{manad}.se")).unwrap()
}

/// Sends a file as the page's own form would.
async fn skicka(b: &mut Webblasare, namn: &str, innehall: &[u8]) -> Svar {
    skicka_med(b, namn, innehall, &[]).await
}

/// The same with more filled in.
async fn skicka_med(b: &mut Webblasare, namn: &str, innehall: &[u8], mer: &[(&str, &str)]) -> Svar {
    skicka_fil(b, LAS_IN, (namn, innehall), mer).await
}

/// Sends a file with the form on a page that posts to itself.
pub(super) async fn skicka_fil(
    b: &mut Webblasare,
    adress: &str,
    (namn, innehall): (&str, &[u8]),
    mer: &[(&str, &str)],
) -> Svar {
    let sida = b.hamta(adress).await;
    let mut kropp = Vec::new();
    let mer = mer.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    for (falt, varde) in dolda(&sida.text, adress).into_iter().chain(mer) {
        let del = format!(
            "--GRANS\r\nContent-Disposition: form-data; name=\"{falt}\"\r\n\r\n{varde}\r\n"
        );
        kropp.extend(del.into_bytes());
    }
    let del = format!(
        "--GRANS\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{namn}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    kropp.extend(del.into_bytes());
    kropp.extend(innehall);
    kropp.extend(b"\r\n--GRANS--\r\n");
    let begaran = b
        .begaran("POST", adress)
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=GRANS")
        .body(Body::from(kropp));
    b.sand(begaran.unwrap()).await
}

/// The value of a choice with these words.
fn vald(html: &str, ord: &str) -> String {
    let (fore, _) = html.split_once(&format!("\">{ord}</option>")).unwrap();
    fore.rsplit('"').next().unwrap().to_owned()
}

/// Waits until an import is no longer under way.
async fn klar(b: &mut Webblasare, adress: &str) -> Svar {
    for _ in 0..200 {
        let svar = b.hamta(adress).await;
        if !svar.text.contains("<progress") {
            return svar;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("inläsningen blir inte klar");
}

async fn las_in(b: &mut Webblasare, manad: &str, foretag: &str) -> (String, Svar) {
    let svar = skicka(b, &format!("forsby-{manad}.se"), &exempel(manad)).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    let granska = svar.till().to_owned();
    let falt = [("ny-enhet", foretag)];
    let ja = b.fyll_i(&granska, &granska, &falt).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    let hit = ja.till().to_owned();
    let svar = klar(b, &hit).await;
    (hit, svar)
}

async fn regel(b: &mut Webblasare, falt: &[(&str, &str)]) -> Svar {
    let koppling = "/bokforing/koppling";
    let prov = b.fyll_i(koppling, koppling, falt).await;
    if prov.status != StatusCode::OK {
        return prov;
    }
    let mut alla = dolda(&prov.text, koppling);
    alla.push(("orsak".into(), "Enligt kodplanen".into()));
    let alla: Vec<(&str, &str)> = alla.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    b.posta(koppling, &alla).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_looked_at_read_in_followed_to_its_vouchers_and_taken_back() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let tom = b.hamta("/bokforing").await.text;
    assert!(tom.contains("Ingen fil är inläst än"));

    // Nothing chosen, and nothing that is SIE: told in the form, nothing kept.
    let ingen = skicka(&mut b, "", b"").await;
    assert_eq!(ingen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ingen.text.contains("Ingen fil är vald"));
    let fel = skicka(&mut b, "brev.se", b"Hej!\n").await;
    let fel = b.hamta(fel.till()).await.text;
    assert!(
        fel.contains("kan inte läsas in") && !fel.contains(">Läs in filen<"),
        "{fel}"
    );

    // The preview says what it is, and saves nothing; the company must be confirmed.
    let svar = skicka(&mut b, "C:\\bok\\forsby.se", &exempel("oktober")).await;
    let granska = svar.till().to_owned();
    let visad = b.hamta(&granska).await.text;
    for ord in [
        "Pröva forsby.se",
        "Forsby kommun (påhittad)",
        "PC8 (CP437)",
        "216 nya",
    ] {
        assert!(visad.contains(ord), "{ord}: {visad}");
    }
    assert!(!visad.contains("Personsson"), "no texts");
    let nej = b.fyll_i(&granska, &granska, &[("ny-enhet", "ja")]).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nej.text.contains("value=\"ja\""), "what was typed is left");
    assert!(
        b.hamta("/bokforing")
            .await
            .text
            .contains("Ingen fil är inläst än")
    );
    // Another huvudman's key, or none: the file is not there.
    assert_eq!(
        b.hamta("/bokforing/granska/ffff").await.status,
        StatusCode::NOT_FOUND
    );

    let (hit, inne) = las_in(&mut b, "oktober", "Forsby kommun (påhittad)").await;
    assert!(inne.text.contains("216 nya"), "{}", inne.text);
    assert!(
        b.hamta(&granska).await.status.is_success(),
        "the other upload still waits"
    );

    // The project that belongs nowhere is chosen once, and the figures follow.
    let kvar = b.hamta("/bokforing/koppling").await.text;
    assert!(kvar.contains("Projekt 2601 Sommarjobb för alla"), "{kvar}");
    let nr = vald(&kvar, "Sommarjobb för alla");
    let nej = regel(&mut b, &[("konton", "fem"), ("objekt", "2601")]).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "”fem” går inte att läsa",
        "”2601” går inte att läsa",
        "value=\"fem\"",
    ] {
        assert!(nej.text.contains(ord), "{ord}");
    }
    let sparad = regel(&mut b, &[("objekt", "6:2601"), ("insats", &nr)]).await;
    assert_eq!(sparad.status, StatusCode::SEE_OTHER, "{}", sparad.text);
    let efter = b.hamta("/bokforing/koppling").await.text;
    assert!(
        !efter.contains("Projekt 2601 Sommarjobb för alla</"),
        "asked once"
    );

    // From the figure to its vouchers, and from them to one of them.
    let sida = b
        .hamta(&format!("/harledning/anvant-insats?insats={nr}&ar=2026"))
        .await
        .text;
    let lank = sida
        .split("href=\"/bokforing/verifikationer?faktum=")
        .nth(1)
        .unwrap();
    let faktum = lank.split('"').next().unwrap();
    let lista = b
        .hamta(&format!("/bokforing/verifikationer?faktum={faktum}"))
        .await
        .text;
    assert!(lista.contains("Raderna i listan är hela talet"), "{lista}");
    let en = lista
        .split("href=\"/bokforing/verifikationer/")
        .nth(1)
        .unwrap();
    let en = format!(
        "/bokforing/verifikationer/{}",
        en.split('"').next().unwrap()
    );
    let verifikation = b.hamta(&en).await.text;
    assert!(
        verifikation.contains("Debet") && verifikation.contains("2601"),
        "{verifikation}"
    );
    assert!(
        !sida.contains("/ratta\""),
        "what is booked is not corrected by hand"
    );

    // Taken back with a reason, all of it.
    let angra = format!("{hit}/angra");
    let nej = b.fyll_i(&hit, &angra, &[("orsak", "")]).await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ja = b.fyll_i(&hit, &angra, &[("orsak", "Fel fil")]).await;
    assert_eq!(ja.till(), hit);
    assert!(b.hamta("/bokforing").await.text.contains("Ångrad"));
    assert_eq!(b.hamta(&en).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_huvudman_sees_neither_imports_nor_vouchers_nor_waiting_files() {
    let varld = Varld::ny().await;
    let mut b = varld.inloggad("uppsala", Roll::Ekonom).await;
    let svar = skicka(&mut b, "prov.se", &exempel("oktober")).await;
    let granska = svar.till().to_owned();
    assert!(
        b.hamta(&granska).await.text.contains("Forsby kommun"),
        "control"
    );
    let (hit, _) = las_in(&mut b, "november", "Forsby kommun (påhittad)").await;
    let lista = b.hamta("/bokforing/verifikationer").await.text;
    let en = lista
        .split("href=\"/bokforing/verifikationer/")
        .nth(1)
        .unwrap();
    let en = format!(
        "/bokforing/verifikationer/{}",
        en.split('"').next().unwrap()
    );
    assert_eq!(b.hamta(&en).await.status, StatusCode::OK, "control");
    let mut annan = varld.inloggad("ragunda", Roll::Ekonom).await;
    assert_eq!(annan.hamta(&hit).await.status, StatusCode::NOT_FOUND);
    assert_eq!(annan.hamta(&en).await.status, StatusCode::NOT_FOUND);
    assert_eq!(annan.hamta(&granska).await.status, StatusCode::NOT_FOUND);
    let mut chef = varld.inloggad("uppsala", Roll::Styrelse).await;
    assert_eq!(chef.hamta(&en).await.status, StatusCode::OK);
    assert_eq!(chef.hamta(LAS_IN).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voucher_by_hand_is_entered_and_taken_back_on_its_page() {
    let varld = Varld::forsby_2026().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let hit = "/bokforing/for-hand";
    let nr = vald(&b.hamta(hit).await.text, "Anhörigstöd");
    let nej = b
        .fyll_i(hit, hit, &[("belopp", "tolv"), ("vad", "Mat")])
        .await;
    assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "Datumet saknas",
        "Ingen insats är vald",
        "”tolv”",
        "value=\"tolv\"",
    ] {
        assert!(nej.text.contains(ord), "{ord}: {}", nej.text);
    }
    let falt = [
        ("datum", "2026-01-12"),
        ("insats", nr.as_str()),
        ("slag", "kostnad"),
        ("kostnadsslag", "Mat"),
        ("belopp", "1 250,50"),
        ("vad", "Två middagar"),
    ];
    let ja = b.fyll_i(hit, hit, &falt).await;
    assert_eq!(ja.till(), "/bokforing/for-hand?inskriven=1", "{}", ja.text);
    let sida = b.hamta(ja.till()).await.text;
    assert!(sida.contains("ummer 1 är inskrivet"), "{sida}");
    assert!(
        sida.contains("Två middagar") && sida.contains("1\u{a0}250,50"),
        "{sida}"
    );
    // A link says nothing of a voucher that the voucher does not: it is in force, and is neither
    // taken back nor written once more.
    let lank = b
        .hamta("/bokforing/for-hand?tillbakatagen=1&som=1")
        .await
        .text;
    assert!(!lank.contains("tillbakataget"), "{lank}");
    assert!(!lank.contains("value=\"Två middagar\""), "{lank}");
    let mut styrelse = varld.inloggad("forsby", Roll::Styrelse).await;
    let utan = styrelse.hamta(hit).await.text;
    assert!(
        utan.contains("Mat") && !utan.contains("Två middagar"),
        "the words are for two roles"
    );
    let tillbaka = "/bokforing/for-hand/1";
    let sida = "/bokforing/for-hand?tillbaka=1";
    let ja = b.fyll_i(sida, tillbaka, &[("orsak", "Fel insats")]).await;
    assert_eq!(
        ja.till(),
        "/bokforing/for-hand?tillbakatagen=1",
        "{}",
        ja.text
    );
    let sida = b.hamta(ja.till()).await.text;
    assert!(
        sida.contains("ummer 1 är tillbakataget") && sida.contains("for-hand?som=1#formular"),
        "{sida}"
    );
    // Only what was wrong has to be typed again.
    let igen = b.hamta("/bokforing/for-hand?som=1").await.text;
    for ord in [
        "value=\"2026-01-12\"",
        "value=\"1\u{a0}250,50\"",
        "value=\"Två middagar\"",
        "value=\"Mat\"",
    ] {
        assert!(igen.contains(ord), "{ord}: {igen}");
    }
    let tomt = b.fyll_i(hit, hit, &[("belopp", "")]).await;
    assert!(tomt.text.contains("Beloppet saknas."), "{}", tomt.text);
}

/// What waits is shown with its rows, written once, fetched and taken back; those who may not
/// are told so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_distributed_is_handed_over_as_a_file_once() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let hit = "/bokforing/export";
    let tom = b.hamta(&format!("{hit}?ar=2026")).await.text;
    assert!(
        tom.contains("insatser är inte med") && !tom.contains(">Gör filen<"),
        "{tom}"
    );
    let form = b.hamta("/bokforing/koppling").await.text;
    let insats = vald(&form, "Första jobbet");
    let svar = regel(&mut b, &[("objekt", "6:2602"), ("insats", &insats)]).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    // Nothing is booked, so no account can be proposed: it is asked for, at its field.
    let utan = b
        .hamta(&format!("{hit}?ar=2026&orgnr=212000-3005"))
        .await
        .text;
    assert!(utan.contains("Kontot för bidragsintäkten saknas"), "{utan}");
    let val = format!("{hit}?ar=2026&orgnr=212000-3005&intakt=3511&serie=U");
    let visad = b.hamta(&val).await.text;
    assert!(
        visad.contains("Fördelning 2026") && visad.contains("Projekt 2602"),
        "{visad}"
    );
    let dolt: Vec<(String, String)> = dolda(&visad, hit);
    let skickat: Vec<(&str, &str)> = dolt.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let gjord = b.posta(hit, &skickat).await;
    assert_eq!(gjord.status, StatusCode::SEE_OTHER, "{}", gjord.text);
    let en = gjord.till().to_owned();
    let sidan = b.hamta(&en).await.text;
    assert!(sidan.contains("Hämta forsby-2026-fil-1.si"), "{sidan}");
    let fil = b.hamta(&format!("{en}/fil")).await;
    assert!(fil.text.starts_with("#FLAGGA 0\r\n#KSUMMA"), "{}", fil.text);
    // The same form again, and the page: nothing new.
    assert_eq!(
        b.posta(hit, &skickat).await.till(),
        en,
        "one press is one file"
    );
    let igen = b.hamta(&val).await.text;
    assert!(!igen.contains(">Gör filen<"), "{igen}");
    assert!(!igen.contains("3511 "), "no voucher is shown");
    let tillbaka = format!("{en}/tillbaka");
    let utan = b.fyll_i(&en, &tillbaka, &[("orsak", "")]).await;
    assert_eq!(utan.status, StatusCode::UNPROCESSABLE_ENTITY);
    b.spara(&en, &tillbaka, &[("orsak", "Den lästes aldrig in")])
        .await;
    let igen = b.hamta(&val).await.text;
    assert!(igen.contains("en fil för året är tagen tillbaka") && igen.contains(">Gör filen<"));
    let mut revisor = varld.inloggad("forsby", Roll::Revisor).await;
    assert_eq!(revisor.hamta(&en).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        b.hamta("/bokforing/export/999999").await.status,
        StatusCode::NOT_FOUND
    );
}

/// The list is narrowed by its address alone, sums what it shows, and becomes a file; the texts
/// that are kept are on the voucher's own page, for those who may, and nowhere else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_is_narrowed_by_its_address_and_texts_stay_on_the_vouchers_page() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let koppling = "/bokforing/koppling";
    let behall = [("vad", "behall"), ("text", "ja"), ("signatur", "ja")];
    let svar = regel(&mut b, &behall).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    las_in(&mut b, "oktober", "Forsby kommun (påhittad)").await;

    let lista = "/bokforing/verifikationer";
    let val = "konto=5000-5999&fran=2026-03-01&till=2026-03-31&objekt=6%3A2602";
    let sida = b.hamta(&format!("{lista}?{val}")).await.text;
    assert!(
        sida.contains("value=\"5000-5999\"") && sida.contains(">Summa<"),
        "{sida}"
    );
    let csv = b.hamta(&format!("{lista}/tabell.csv?{val}")).await.text;
    let rader = csv.lines().filter(|r| r.starts_with("rad;")).count();
    assert_eq!(
        sida.matches("/bokforing/verifikationer/").count() - 1,
        rader,
        "{csv}"
    );
    assert!(csv.lines().last().unwrap().starts_with("summa;"), "{csv}");
    for fel in [
        "konto=fem",
        "fran=i+g%C3%A5r",
        "objekt=2601",
        "belopp=mycket",
    ] {
        let svar = b.hamta(&format!("{lista}?{fel}")).await.text;
        assert!(svar.contains("Urvalet går inte att läsa"), "{fel}: {svar}");
        assert!(svar.contains("Inga verifikationer"), "{fel}");
    }
    let saknas = b.hamta(&format!("{lista}?insats=finns-inte")).await;
    assert_eq!(saknas.status, StatusCode::NOT_FOUND);

    // Whoever is named is named on the voucher's own page, to two roles, and nowhere else.
    let namn = "Personsson";
    let alla = b.hamta(&format!("{lista}?sida=alla")).await.text;
    let mut med = None;
    for del in alla.split("href=\"/bokforing/verifikationer/").skip(1) {
        let en = format!("{lista}/{}", del.split('"').next().unwrap());
        if b.hamta(&en).await.text.contains(namn) {
            med = Some(en);
            break;
        }
    }
    let med = med.expect("någon verifikation har namnet kvar");
    let csv = b.hamta(&format!("{lista}/tabell.csv")).await.text;
    assert!(!alla.contains(namn) && !csv.contains(namn));
    for (roll, far) in [
        (Roll::Revisor, true),
        (Roll::Forbundschef, false),
        (Roll::Styrelse, false),
    ] {
        let mut annan = varld.inloggad("forsby", roll).await;
        assert_eq!(annan.hamta(&med).await.text.contains(namn), far, "{roll:?}");
        let sok = annan.hamta(&format!("/sok?ord={namn}")).await.text;
        assert!(!sok.contains("/bokforing/"), "{roll:?}: {sok}");
        for sida in ["/journal", "/uppfoljning", lista] {
            assert!(
                !annan.hamta(sida).await.text.contains(namn),
                "{roll:?} {sida}"
            );
        }
    }
    assert_eq!(b.hamta(koppling).await.status, StatusCode::OK);
}

/// A file to the fifteenth has half of November in it: the follow-up stays in October, says
/// so, and warns whoever chooses November all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_booked_halfway_is_not_counted_as_a_whole_one() {
    let varld = Varld::forsby().await;
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    las_in(&mut b, "november", "Forsby kommun (påhittad)").await;
    let kvar = b.hamta("/bokforing/koppling").await.text;
    let nr = vald(&kvar, "Sommarjobb för alla");
    regel(&mut b, &[("objekt", "6:2601"), ("insats", &nr)]).await;
    // What belongs nowhere is in no figure, and is told of first.
    let start = b.hamta("/start").await.text;
    let saker = |text: &str| -> Option<String> {
        let (fore, _) = text.split_once("saker att koppla")?;
        Some(
            fore.trim_end_matches(['\u{a0}', ' '])
                .rsplit(['>', ' '])
                .next()?
                .to_owned(),
        )
    };
    let antal = saker(&start).unwrap_or_else(|| panic!("{start}"));
    // The same count, and the same word, wherever it is told of.
    let koppling = b.hamta("/bokforing/koppling").await.text;
    let bokforing = b.hamta("/bokforing").await.text;
    assert_eq!(
        [&koppling, &bokforing].map(|t| saker(t).unwrap()),
        [&antal, &antal].map(Clone::clone)
    );
    let (_, tabell) = koppling.split_once("id=\"okopplade-t\"").unwrap();
    let (tabell, _) = tabell.split_once("</table>").unwrap();
    let (_, kropp) = tabell.split_once("<tbody").unwrap();
    assert_eq!(kropp.matches("<tr").count().to_string(), antal, "{kropp}");
    let sida = b.hamta("/uppfoljning?ar=2026").await.text;
    assert!(sida.contains("Till och med oktober 2026"), "{sida}");
    assert!(!sida.contains("inte helt bokförd"), "{sida}");
    // Nor is half a month proposed for a report.
    let nya = b.hamta("/rapporter").await.text;
    assert!(nya.contains("value=\"2026-10\" selected"), "{nya}");
    let vald = "/uppfoljning?ar=2026&manad=11";
    let sida = b.hamta(vald).await.text;
    assert!(sida.contains("november är inte helt bokförd"), "{sida}");
    assert!(sida.contains("slutar 15 november 2026"), "{sida}");
    assert!(sida.contains("Visa till och med oktober"), "{sida}");
    let fore = b.hamta("/uppfoljning?ar=2026&manad=10").await.text;
    assert!(!fore.contains("inte helt bokförd"), "{fore}");
    // Half a month says that it is, and no month after it has a sum of its own.
    let manader = b.hamta("/uppfoljning?ar=2026&visa=manader").await.text;
    assert!(manader.contains("November, till den 15<"), "{manader}");
    assert!(
        manader.contains("Oktober<") && manader.contains("December<"),
        "{manader}"
    );
    let (_, december) = manader.split_once("December<").unwrap();
    let (december, _) = december.split_once("</tr>").unwrap();
    assert!(!december.contains("anvant-till"), "{december}");
    let (_, november) = manader.split_once("November, till").unwrap();
    let (november, _) = november.split_once("</tr>").unwrap();
    assert!(november.contains("anvant-till"), "control: {november}");
    let personal = [("konton", "5000-5999"), ("kostnadsslag", "Personal")];
    regel(&mut b, &personal).await;
    let slag = b.hamta("/uppfoljning?ar=2026&visa=kostnadsslag").await.text;
    assert!(slag.contains("Utfall till 15 november") && !slag.contains("Utfall hela året"));
}
