//! What can name people is for those who keep the accounts and those who check them: on no
//! page, list or file of anybody else's, and no search finds it.

use super::{Svar, Varld, Webblasare, dolda, exempel, klar, skicka, vald};
use axum::http::StatusCode;
use utfall_behorighet::Roll;

const KOPPLING: &str = "/bokforing/koppling";
const LISTA: &str = "/bokforing/verifikationer";
/// An employee's number and name in the file.
const HEMLIG: [&str; 2] = ["HEMLIG01", "Personsson Prov"];

/// October's file with an employee who has a name in its register.
fn med_namn() -> Vec<u8> {
    let rader: Vec<Vec<u8>> = exempel("oktober")
        .split(|b| *b == b'\n')
        // A sum of the file as it was would say that it has been changed.
        .filter(|rad| !rad.starts_with(b"#KSUMMA"))
        .map(|rad| {
            let text: String = rad.iter().map(|b| char::from(*b)).collect();
            let text = text.replace(" 7 A01}", &format!(" 7 {}}}", HEMLIG[0]));
            let mut ut: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
            if rad.starts_with(b"#DIM 20") {
                ut.extend(format!("\n#OBJEKT 7 {} \"{}\"", HEMLIG[0], HEMLIG[1]).bytes());
            }
            ut
        })
        .collect();
    rader.join(&b'\n')
}

/// Saves through the form that asks first; the answer that stopped it, else the last.
pub(super) async fn spara(b: &mut Webblasare, vad: &str, nr: &str, falt: &[(&str, &str)]) -> Svar {
    let sida = b.hamta(KOPPLING).await.text;
    let mut alla = dolda(&sida, KOPPLING);
    for (namn, varde) in &mut alla {
        match namn.as_str() {
            "vad" => vad.clone_into(varde),
            "nr" => nr.clone_into(varde),
            _ => {}
        }
    }
    alla.extend(falt.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    let par = |alla: &[(String, String)]| -> Vec<(String, String)> { alla.to_vec() };
    let prov = posta(b, &par(&alla)).await;
    if prov.status != StatusCode::OK {
        return prov;
    }
    let mut alla = dolda(&prov.text, KOPPLING);
    alla.push(("orsak".into(), "Enligt kodplanen".into()));
    posta(b, &alla).await
}

async fn posta(b: &mut Webblasare, alla: &[(String, String)]) -> Svar {
    let alla: Vec<(&str, &str)> = alla.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    b.posta(KOPPLING, &alla).await
}

fn syns(text: &str) -> bool {
    HEMLIG.iter().any(|ord| text.contains(ord))
}

/// The address of a voucher with the employee on a row.
async fn verifikationen(b: &mut Webblasare) -> String {
    let lista = b.hamta(&format!("{LISTA}?konto=5010")).await.text;
    for del in lista.split(&format!("href=\"{LISTA}/")).skip(1) {
        let adress = format!("{LISTA}/{}", del.split('"').next().unwrap());
        let text = b.hamta(&adress).await.text;
        if HEMLIG.iter().all(|ord| text.contains(ord)) {
            return adress;
        }
    }
    panic!("kontroll: ekonomen ser den anställda på ingen verifikation")
}

async fn inlast(varld: &Varld) -> (Webblasare, String, String) {
    let mut b = varld.inloggad("forsby", Roll::Ekonom).await;
    let ja = spara(&mut b, "behall", "0", &[("text", "ja"), ("dim7", "ja")]).await;
    assert_eq!(ja.till(), KOPPLING, "{}", ja.text);
    let insats = vald(&b.hamta(KOPPLING).await.text, "Anhörigstöd");
    let objekt = format!("7:{}", HEMLIG[0]);
    let regel = [("objekt", objekt.as_str()), ("insats", insats.as_str())];
    let ja = spara(&mut b, "ny", "0", &regel).await;
    assert_eq!(ja.till(), KOPPLING, "{}", ja.text);
    let svar = skicka(&mut b, "lon.se", &med_namn()).await;
    let granska = svar.till().to_owned();
    let falt = [("ny-enhet", "Forsby kommun (påhittad)")];
    let ja = b.fyll_i(&granska, &granska, &falt).await;
    assert_eq!(ja.status, StatusCode::SEE_OTHER, "{}", ja.text);
    let hit = ja.till().to_owned();
    klar(&mut b, &hit).await;
    let en = verifikationen(&mut b).await;
    (b, en, insats)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn employees_are_shown_to_two_roles_on_every_page_and_found_by_none() {
    let varld = Varld::forsby().await;
    let (_, en, _) = inlast(&varld).await;
    for roll in [
        Roll::Ekonom,
        Roll::Revisor,
        Roll::Forbundschef,
        Roll::Insatsansvarig,
        Roll::Namndredovisare,
        Roll::Styrelse,
    ] {
        let far = matches!(roll, Roll::Ekonom | Roll::Revisor);
        let mut b = varld.inloggad("forsby", roll).await;
        let fil = format!("{KOPPLING}/fil");
        for adress in [en.as_str(), KOPPLING, fil.as_str()] {
            let svar = b.hamta(adress).await;
            assert_eq!(svar.status, StatusCode::OK, "{roll:?} {adress}");
            assert_eq!(syns(&svar.text), far, "{roll:?} {adress}: {}", svar.text);
        }
        assert!(
            b.hamta(&en).await.text.contains("2601"),
            "{roll:?}: control"
        );
        for adress in [LISTA.to_owned(), format!("{LISTA}/tabell.csv")] {
            assert!(!syns(&b.hamta(&adress).await.text), "{roll:?} {adress}");
        }
        // By its project a list has rows; by the employee there is none, whoever asks.
        let rader = |text: &str| text.matches(&format!("href=\"{LISTA}/")).count();
        let projekt = b.hamta(&format!("{LISTA}?objekt=6:2601")).await.text;
        assert!(rader(&projekt) > 5, "{roll:?}: control");
        let sok = format!("{LISTA}?objekt=7:{}", HEMLIG[0]);
        let svar = b.hamta(&sok).await.text;
        assert!(svar.contains("går inte att söka på"), "{roll:?}: {svar}");
        let utan_csv = svar.replace(&format!("href=\"{LISTA}/tabell.csv"), "");
        assert_eq!(rader(&utan_csv), 0, "{roll:?}: {svar}");
        let csv = format!("{LISTA}/tabell.csv?objekt=7:{}", HEMLIG[0]);
        assert!(!b.hamta(&csv).await.text.contains("A 1"), "{roll:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_about_employees_are_kept_through_the_changes_of_those_who_do_not_see_them() {
    let varld = Varld::forsby().await;
    let (mut ekonom, _, insats) = inlast(&varld).await;
    let mut chef = varld.inloggad("forsby", Roll::Forbundschef).await;
    let sida = chef.hamta(KOPPLING).await.text;
    assert!(sida.contains("imension 7: visas inte"), "{sida}");
    // A rule of the chef's own goes in beside it, and takes nothing away.
    let egen = [("objekt", "6:2602"), ("insats", insats.as_str())];
    let ja = spara(&mut chef, "ny", "0", &egen).await;
    assert_eq!(ja.till(), KOPPLING, "{}", ja.text);
    let fil = ekonom.hamta(&format!("{KOPPLING}/fil")).await.text;
    assert!(
        fil.contains("7:HEMLIG01") && fil.contains("6:2602"),
        "{fil}"
    );
    // But neither a new one about somebody, nor a change of the one that is there.
    let om_nagon = [("objekt", "7:HEMLIG01"), ("slag", "balans")];
    for (vad, nr) in [("ny", "0"), ("andra", "1"), ("bort", "1")] {
        let nej = spara(&mut chef, vad, nr, &om_nagon).await;
        assert_eq!(nej.status, StatusCode::UNPROCESSABLE_ENTITY, "{vad}");
        assert!(
            nej.text.contains("Be en ekonom om det"),
            "{vad}: {}",
            nej.text
        );
    }
    // The file as the chef has it cannot be taken for the whole of it.
    let dold = chef.hamta(&format!("{KOPPLING}/fil")).await.text;
    let fel = spara(&mut ekonom, "fil", "0", &[("json", &dold)]).await;
    assert_eq!(fel.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(fel.text.contains("står inte i filen"), "{}", fel.text);
    let ja = spara(&mut ekonom, "bort", "1", &[]).await;
    assert_eq!(ja.till(), KOPPLING, "control: {}", ja.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_longer_kept_is_shown_to_nobody() {
    let varld = Varld::forsby().await;
    let (mut b, en, _) = inlast(&varld).await;
    let text = b.hamta(&en).await.text;
    assert!(text.contains("<dt>Text</dt>"), "control: {text}");
    let ja = spara(&mut b, "behall", "0", &[]).await;
    assert_eq!(ja.till(), KOPPLING, "{}", ja.text);
    for roll in [Roll::Ekonom, Roll::Revisor] {
        let mut b = varld.inloggad("forsby", roll).await;
        let text = b.hamta(&en).await.text;
        assert!(!syns(&text) && !text.contains("<dt>Text</dt>"), "{text}");
    }
}
