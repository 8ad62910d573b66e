//! The rules and the books, through the one door: what is entered, corrected and replaced.

use crate::stod::exempel;
use utfall_app::fakta::{RattaFaktum, Rattelse, RegistreraFaktum, om_insats};
use utfall_app::granskning::{Funnet, Fyndlage};
use utfall_app::insatser::AndraInsats;
use utfall_app::underlag::{ErsattUnderlag, ImporteraUnderlag};
use utfall_app::{Anvandningsfall, Bok};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::FaktumId;
use utfall_domain::insatser::{Fortsattning, Insats};
use utfall_domain::pengar::Precision;
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;
use utfall_testkit::Varld;

async fn bok(v: &Varld, chef: &Aktor) -> Bok {
    v.tjanst.bok(chef, Atgard::LasaMedel, None).await.unwrap()
}

async fn gor<F>(v: &Varld, vem: &Aktor, fall: F) -> F::Svar
where
    F: Anvandningsfall,
{
    v.tjanst.utfor(vem, None, fall).await.unwrap()
}

async fn registrera(v: &Varld, vem: &Aktor, slag: FaktumSlag, vad: &str, antal: i64) -> FaktumId {
    let bok = bok(v, vem).await;
    let galler = Galler {
        ar: Some(2021),
        kategori: Some(vad.to_owned()).filter(|v| !v.is_empty()),
        ..om_insats(&bok, bok.insatser[0].id)
    };
    let mut faktum = NyttFaktum::nytt(slag, galler, Varde::Kant(antal));
    faktum.orsak = Some("Deltagarlistan".into());
    let tillkommer = false;
    gor(v, vem, RegistreraFaktum { faktum, tillkommer }).await
}

async fn ratta(v: &Varld, vem: &Aktor, faktum: FaktumId, antal: i64) -> FaktumId {
    let rattelse = Rattelse::NyttVarde(Varde::Kant(antal), Precision::EXAKT);
    let orsak = "Enligt listan".to_owned();
    let fall = RattaFaktum {
        faktum,
        rattelse,
        orsak,
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    gor(v, vem, fall).await
}

fn kvar<'a>(funna: &'a [Funnet], regel: &str) -> Vec<&'a Funnet> {
    let alla = funna.iter();
    alla.filter(|f| f.fynd.regel == regel && f.kvar()).collect()
}

/// What is entered is held against the same rules as a paper, until it is put right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entered_people_are_put_before_the_rules() {
    let v = Varld::demo().await;
    let ekonom = v.aktor("ragunda", Roll::Ekonom).await;
    let alla = registrera(&v, &ekonom, FaktumSlag::Deltagare, "", 60).await;
    registrera(&v, &ekonom, FaktumSlag::Resultat, "arbete", 40).await;
    let studier = registrera(&v, &ekonom, FaktumSlag::Resultat, "studier", 30).await;
    let funna = v.tjanst.granska(&ekonom).await.unwrap();
    let fynd = kvar(&funna, "utfall-mot-personer");
    assert_eq!(fynd.len(), 1, "{fynd:#?}");
    assert_eq!(fynd[0].underlag, None);
    assert_eq!(fynd[0].radernas[0], [alla]);
    assert!(fynd[0].bakom.contains(&studier), "{fynd:#?}");
    ratta(&v, &ekonom, studier, 20).await;
    let funna = v.tjanst.granska(&ekonom).await.unwrap();
    assert!(kvar(&funna, "utfall-mot-personer").is_empty(), "{funna:#?}");
}

/// A corrected count of people in a paper settles what the paper had wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_corrected_count_in_a_paper_changes_what_the_rules_say() {
    let v = Varld::demo().await;
    let ekonom = v.aktor("strangnas", Roll::Ekonom).await;
    let b = bok(&v, &ekonom).await;
    let ima = b
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Deltagare && f.varde() == Varde::Kant(77))
        .unwrap()
        .id;
    let fel = ratta(&v, &ekonom, ima, 74).await;
    let funna = v.tjanst.granska(&ekonom).await.unwrap();
    assert_eq!(
        kvar(&funna, "personer-mot-delar").len(),
        1,
        "74 är också fel"
    );
    let ratt = ratta(&v, &ekonom, fel, 73).await;
    let funna = v.tjanst.granska(&ekonom).await.unwrap();
    let lage = |f: &&Funnet| f.fynd.regel == "personer-mot-delar";
    let lagen: Vec<&Fyndlage> = funna.iter().filter(lage).map(|f| &f.lage).collect();
    assert_eq!(lagen, [&Fyndlage::Rattat(vec![ratt])]);
}

fn uppsala(andra: impl Fn(&mut serde_json::Value)) -> (utfall_domain::underlag::Underlag, Vec<u8>) {
    let text = std::fs::read_to_string(exempel("uppsala")).unwrap();
    let mut papper: serde_json::Value = serde_json::from_str(&text).unwrap();
    andra(&mut papper);
    let bytes = serde_json::to_vec(&papper).unwrap();
    (las("uppsala", &bytes).unwrap(), bytes)
}

async fn forsta(v: &Varld, vem: &Aktor) -> Insats {
    let b = bok(v, vem).await;
    let ratt = |i: &&Insats| i.slug == "socialarbetare-mellanstadiet";
    b.insatser.iter().find(ratt).unwrap().clone()
}

/// Texts and positions are those of the version that holds, but for what somebody has written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replaced_paper_brings_its_texts_and_positions() {
    let v = Varld::demo().await;
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    let fore = forsta(&v, &ekonom).await;
    let mut text = fore.text.clone();
    text.resultat = "Skrivet för hand".into();
    let andra = AndraInsats {
        insats: fore.id,
        version: fore.version,
        text,
        fortsattning: Fortsattning::Delvis,
    };
    gor(&v, &v.aktor("uppsala", Roll::Forbundschef).await, andra).await;
    let ersatt = |(underlag, innehall), orsak: &str| ErsattUnderlag {
        underlag,
        innehall,
        offentligt: true,
        orsak: orsak.into(),
        sedd: None,
    };
    let nytt = uppsala(|p| {
        let i = &mut p["insatser"][0];
        i["kommentar"] = "Lön i sex månader.".into();
        i["resultat"] = "Ett annat resultat.".into();
        i["tjanster"] = serde_json::json!([
            { "titel": "kurator", "plats": "s. 1" },
            { "titel": "samordnare", "antal": 40_000, "plats": "s. 1" },
        ]);
    });
    let svar = gor(&v, &ekonom, ersatt(nytt, "Nämnden rättade")).await;
    let nu = forsta(&v, &ekonom).await;
    assert_eq!(nu.text.kommentar, "Lön i sex månader.");
    assert_eq!(nu.text.resultat, "Skrivet för hand");
    assert_eq!(nu.fortsattning, Fortsattning::Delvis);
    let antal: Vec<Option<i64>> = nu.tjanster.iter().map(|t| t.antal).collect();
    assert_eq!(antal, [None, Some(40_000)]);
    assert_eq!(nu.version, fore.version + 2);
    let texter = &svar.skillnad.texter;
    assert_eq!(texter.andrade.len(), 2, "{texter:#?}");
    assert_eq!(texter.behallna.len(), 1, "{texter:#?}");
    assert_eq!(texter.behallna[0].fore.as_deref(), Some("Skrivet för hand"));
    // As the paper was: back again, and what was written by hand still stands.
    let igen = gor(&v, &ekonom, ersatt(uppsala(|_| {}), "Tillbaka")).await;
    assert_eq!(igen.skillnad.texter.andrade.len(), 2);
    let nu = forsta(&v, &ekonom).await;
    assert_eq!(nu.tjanster, fore.tjanster);
    assert_eq!(nu.text.resultat, "Skrivet för hand");
}

/// A position that nobody has counted is unknown, and many are as many as they are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn positions_are_as_many_as_the_paper_says_and_unknown_when_it_does_not() {
    let v = Varld::demo().await;
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    let (_, bytes) = uppsala(|p| {
        p["bidrag"][0]["id"] = "annat".into();
        p["dokument"]["titel"] = "Ett annat".into();
        for i in p["insatser"].as_array_mut().unwrap() {
            i["bidrag"] = "annat".into();
        }
        for f in p["fordelningar"].as_array_mut().into_iter().flatten() {
            f["bidrag"] = serde_json::json!(["annat"]);
        }
        for b in p["beslut"].as_array_mut().into_iter().flatten() {
            b.as_object_mut().unwrap().remove("bidrag");
        }
        p["insatser"][0]["tjanster"][0]["antal"] = serde_json::Value::Null;
        p["insatser"][3]["tjanster"][0]["antal"] = 32_768.into();
    });
    let fall = ImporteraUnderlag {
        underlag: las("annat", &bytes).unwrap(),
        innehall: bytes,
        offentligt: false,
    };
    gor(&v, &ekonom, fall).await;
    let b = bok(&v, &ekonom).await;
    let nya = b.bidrag.iter().find(|b| b.slug == "annat").unwrap().id;
    let antal = |namn: &str| {
        let mut alla = b.insatser.iter();
        let i = alla.find(|i| i.bidrag == Some(nya) && i.slug.starts_with(namn));
        i.unwrap().tjanster[0].antal
    };
    assert_eq!(antal("socialarbetare-mellanstadiet"), None);
    assert_eq!(antal("ungdomssamtal"), Some(32_768));
}
