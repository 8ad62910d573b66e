//! Who sees what over HTTP, on the whole demo world: the walls between huvudmän, between what
//! is published and what is not, and between one's own forms and everybody else's.

use crate::webblasare::{FORMULAR, Svar, Webblasare, bara_text, kodat, lankar, router};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use utfall_app::Bok;
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::publicering::{DraTillbaka, Publicera};
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::pengar::Precision;
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_domain::tid::{PerDag, dag};
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;
use utfall_testkit::{Varld, nu};
use utfall_web::rutter::{Exempel, Handtag, Metod, RUTTER, Rutt};

/// The roles that have an account in the demo.
const ROLLER: [Roll; 7] = [
    Roll::Administrator,
    Roll::Forbundschef,
    Roll::Ekonom,
    Roll::Insatsansvarig,
    Roll::Namndredovisare,
    Roll::Styrelse,
    Roll::Revisor,
];

async fn bok(v: &Varld, slug: &str) -> Bok {
    let chef = v.aktor(slug, Roll::Forbundschef).await;
    v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap()
}

async fn exempel(v: &Varld, slug: &str) -> Exempel {
    let bok = bok(v, slug).await;
    let chef = v.aktor(slug, Roll::Forbundschef).await;
    let funna = v.tjanst.granska(&chef).await.unwrap();
    Exempel {
        // No address leads to another's: each counts its own from one, and has ten. Forsby has
        // one more: two who dispose.
        konton: vec![if slug == "uppsala" { "1" } else { "11" }.into()],
        ..Exempel::av(&bok, &funna, slug)
    }
}

/// Things of the same shape that nobody has.
fn ingen(slug: &str) -> Exempel {
    let namn = || vec!["finns-inte-alls".to_owned()];
    let nummer = || vec!["99999999".to_owned()];
    Exempel {
        huvudman: slug.to_owned(),
        bidrag: namn(),
        forslag: vec![("finns-inte-alls".into(), "forslag-a".into())],
        rekvisitioner: nummer(),
        ataganden: nummer(),
        utlysningar: nummer(),
        bidragsar: vec![("finns-inte-alls".into(), "2021".into())],
        insatser: namn(),
        fynd: vec![("finns-inte-alls".into(), "0123456789abcdef".into())],
        underlag: namn(),
        matt: vec![("anvant".into(), vec![("bidrag".into(), "99999999".into())])],
        fakta: nummer(),
        rapporter: namn(),
        rapportfiler: vec![("finns-inte-alls".into(), "rapport.pdf".into())],
        rapportsiffror: vec![("finns-inte-alls".into(), "anvant".into(), Vec::new())],
        organisationer: namn(),
        deltagare: nummer(),
        konton: nummer(),
        publiceringar: nummer(),
        publika_bidrag: namn(),
        publika_insatser: namn(),
        publika_rapporter: namn(),
    }
}

fn adresser<'a>(rutt: &'a Rutt, exempel: &'a Exempel) -> impl Iterator<Item = String> + use<'a> {
    (rutt.exempel)(exempel)
        .into_iter()
        .map(|a| a.to_string())
        .take(2)
}

async fn besok(b: &mut Webblasare, rutt: &Rutt, adress: &str, csrf: &str) -> Svar {
    let metod = if rutt.metod == Metod::Post {
        Method::POST
    } else {
        Method::GET
    };
    let mut bygg = b.begaran(metod.as_str(), adress);
    let mut kropp = String::new();
    if rutt.metod == Metod::Post {
        bygg = bygg
            .header("sec-fetch-site", "same-origin")
            .header(CONTENT_TYPE, FORMULAR);
        kropp = kodat(&[
            ("csrf", csrf),
            ("idempotens", "0123456789abcdef"),
            ("skal", "Fel siffra"),
            ("orsak", "Fel siffra"),
            ("motivering", "Fel siffra"),
            ("version", "1"),
            ("stryk", "ja"),
        ]);
    }
    b.sand(bygg.body(Body::from(kropp)).unwrap()).await
}

/// The rows of everything but sessions: reading is signed in too.
fn rader(v: &Varld) -> BTreeMap<String, i64> {
    let mut rader = v.db.rader();
    rader.remove("session");
    rader
}

/// What a reader could tell two answers apart by.
fn skal(svar: &Svar) -> (StatusCode, BTreeMap<String, String>, &str) {
    let huvuden = svar
        .huvuden
        .iter()
        .map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned()))
        .collect();
    (svar.status, huvuden, &svar.text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_thing_answers_in_every_byte_like_one_that_does_not_exist() {
    let v = Varld::demo().await;
    let router = router(&v);
    let (annans, ingens) = (exempel(&v, "forsby").await, ingen("uppsala"));
    let egna = exempel(&v, "uppsala").await;
    let fore = rader(&v);
    let (mut par, mut egna_svar) = (0, 0);
    for roll in ROLLER {
        let mut b = Webblasare::som(&router, "uppsala", roll).await;
        let csrf = b.csrf("/behorighet").await;
        for rutt in RUTTER.iter() {
            if !matches!(rutt.handtag, Handtag::Inloggat(..)) || !rutt.exempel_har_ting() {
                continue;
            }
            let Some(ingens) = adresser(rutt, &ingens).next() else {
                continue;
            };
            let inget = besok(&mut b, rutt, &ingens, &csrf).await;
            for adress in adresser(rutt, &annans) {
                let ett = besok(&mut b, rutt, &adress, &csrf).await;
                assert_eq!(skal(&ett), skal(&inget), "{roll}: {adress} mot {ingens}");
                assert!(
                    [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&ett.status),
                    "{roll}: {adress}: {}",
                    ett.status
                );
                par += 1;
            }
            // Control: one's own thing answers otherwise.
            if rutt.metod == Metod::Get {
                for adress in adresser(rutt, &egna) {
                    let eget = besok(&mut b, rutt, &adress, &csrf).await;
                    egna_svar += usize::from(eget.status == StatusCode::OK);
                }
            }
        }
    }
    println!("{par} par");
    assert!(par > 120 && egna_svar > 40, "{par} {egna_svar}");
    assert_eq!(rader(&v), fore, "ingenting har ändrats hos någon");
}

trait MedTing {
    fn exempel_har_ting(&self) -> bool;
}

impl MedTing for Rutt {
    /// Whether the address names a thing that somebody owns.
    fn exempel_har_ting(&self) -> bool {
        self.monster.contains('{')
    }
}

/// Every public page there is, by its links.
async fn oppna_sidor(b: &mut Webblasare) -> BTreeMap<String, String> {
    let mut ko = VecDeque::from(["/".to_owned()]);
    let mut sidor = BTreeMap::new();
    while let Some(adress) = ko.pop_front() {
        let inloggning = ["/logga-in", "/start"]
            .iter()
            .any(|s| adress.starts_with(s));
        if inloggning || sidor.contains_key(&adress) || adress.contains("/harledning/") {
            continue;
        }
        let svar = b.hamta(&adress).await;
        assert_eq!(svar.status, StatusCode::OK, "{adress}: {}", svar.text);
        ko.extend(lankar(&svar.text));
        sidor.insert(adress, svar.text);
    }
    sidor
}

fn med(sidor: &BTreeMap<String, String>, ord: &str) -> BTreeSet<String> {
    sidor
        .iter()
        .filter(|(_, t)| t.contains(ord))
        .map(|(a, _)| a.clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_saved_is_public_only_when_somebody_publishes_it() {
    let v = Varld::demo().await;
    let router = router(&v);
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    let fil = crate::stod::rot().join("crates/domain/src/underlag/tests/komplett.json");
    let text = std::fs::read_to_string(fil).unwrap();
    let text = text
        .replace("exempelby", "uppsala")
        .replace("Exempelby kommun", "Uppsala kommun")
        .replace("Sommarjobb", "Kanariejobb");
    let innehall = text.into_bytes();
    let fall = ImporteraUnderlag {
        underlag: las("kanarie", &innehall).unwrap(),
        innehall,
        offentligt: false,
    };
    v.tjanst.utfor(&ekonom, None, fall).await.unwrap();
    let mut anonym = Webblasare::ny(&router);
    let sidor = oppna_sidor(&mut anonym).await;
    assert!(sidor.len() > 30, "{}", sidor.len());
    assert_eq!(med(&sidor, "Kanariejobb"), BTreeSet::new());
    let mut inne = Webblasare::som(&router, "uppsala", Roll::Styrelse).await;
    assert!(
        inne.hamta("/insatser").await.text.contains("Kanariejobb"),
        "kontroll"
    );

    let insats = bok(&v, "uppsala").await;
    let insats = insats
        .insatser
        .iter()
        .find(|i| i.namn == "Kanariejobb")
        .unwrap()
        .clone();
    let sida = format!("/uppsala/insatser/{}", insats.slug);
    // The page offers the address behind sign-in, which is made of the address asked for.
    let ingen = "x".repeat(insats.slug.len());
    let finns_inte = anonym.hamta(&format!("/uppsala/insatser/{ingen}")).await;
    let som_ingen = |mut svar: Svar| {
        svar.text = svar.text.replace(&insats.slug, &ingen);
        svar
    };
    let opublicerad = som_ingen(anonym.hamta(&sida).await);
    assert_eq!(skal(&opublicerad), skal(&finns_inte));
    assert_eq!(opublicerad.status, StatusCode::NOT_FOUND);

    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let fall = Publicera {
        vad: Publicerat::Insats(insats.id),
        per: PerDag(dag(nu())),
        kommentar: String::new(),
    };
    let akt = v.tjanst.utfor(&chef, None, fall).await.unwrap();
    let publicerad = anonym.hamta(&sida).await;
    assert_eq!(publicerad.status, StatusCode::OK);
    assert!(publicerad.text.contains("Kanariejobb"));

    let fall = DraTillbaka {
        publicering: akt,
        skal: "Publicerades av misstag".into(),
    };
    v.tjanst.utfor(&chef, None, fall).await.unwrap();
    let borta = som_ingen(anonym.hamta(&sida).await);
    assert_eq!(borta.status, StatusCode::NOT_FOUND);
    assert_eq!(skal(&borta), skal(&finns_inte), "som om den aldrig funnits");
    assert_eq!(
        med(&oppna_sidor(&mut anonym).await, "Kanariejobb"),
        BTreeSet::new()
    );
}

/// Withdrawing everything takes every public page of the huvudman away, and nobody else's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn withdrawing_everything_takes_the_publisher_away() {
    let v = Varld::demo().await;
    let router = router(&v);
    let chef = v.aktor("ragunda", Roll::Forbundschef).await;
    let mut anonym = Webblasare::ny(&router);
    let fore = oppna_sidor(&mut anonym).await;
    let ragundas: BTreeSet<String> = fore
        .keys()
        .filter(|a| a.starts_with("/ragunda/"))
        .cloned()
        .collect();
    assert!(ragundas.len() >= 3, "{ragundas:?}");
    for akt in gallande(&bok(&v, "ragunda").await.publiceringar) {
        let fall = DraTillbaka {
            publicering: akt.id,
            skal: "Dras tillbaka".into(),
        };
        v.tjanst.utfor(&chef, None, fall).await.unwrap();
    }
    let okand = anonym.hamta("/atlantis/pengar").await;
    for adress in &ragundas {
        let svar = anonym.hamta(adress).await;
        let om_siffror = adress.ends_with("sa-raknar-vi");
        assert!(
            svar.status == StatusCode::NOT_FOUND || om_siffror,
            "{adress}: {}",
            svar.status
        );
        if adress.ends_with("/pengar") {
            assert_eq!(skal(&svar), skal(&okand));
        }
    }
    let efter = oppna_sidor(&mut anonym).await;
    assert!(
        !efter.keys().any(|a| a.starts_with("/ragunda/")),
        "{:?}",
        efter.keys()
    );
    let andras = |sidor: &BTreeMap<String, String>| -> BTreeSet<String> {
        sidor
            .keys()
            .filter(|a| !a.starts_with("/ragunda/"))
            .cloned()
            .collect()
    };
    assert_eq!(andras(&fore), andras(&efter));
}

/// A correction's reason, the accounts' names and the journal stay inside.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_sees_neither_reasons_nor_accounts_nor_the_journal() {
    let v = Varld::demo().await;
    let router = router(&v);
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    let b = bok(&v, "uppsala").await;
    let f = b
        .fakta()
        .into_iter()
        .find(|f| f.galler().insats.is_some() && f.varde().kant().is_some())
        .unwrap()
        .clone();
    let ratta = RattaFaktum {
        faktum: f.id,
        rattelse: Rattelse::NyttVarde(
            Varde::Kant(f.varde().kant().unwrap() - 100),
            Precision::EXAKT,
        ),
        orsak: "KANARIEORSAK".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    v.tjanst.utfor(&ekonom, None, ratta).await.unwrap();
    let mut anonym = Webblasare::ny(&router);
    let sidor = oppna_sidor(&mut anonym).await;
    let mut harledningar: BTreeSet<String> = BTreeSet::new();
    for sida in sidor.values() {
        harledningar.extend(
            lankar(sida)
                .into_iter()
                .filter(|a| a.contains("/harledning/")),
        );
    }
    let uppsalas: Vec<String> = harledningar
        .into_iter()
        .filter(|a| a.starts_with("/uppsala/"))
        .collect();
    assert!(uppsalas.len() > 20, "{}", uppsalas.len());
    let mut alla = sidor;
    for adress in uppsalas {
        let svar = anonym.hamta(&adress).await;
        assert_eq!(svar.status, StatusCode::OK, "{adress}");
        alla.insert(adress, svar.text);
    }
    for (adress, html) in &alla {
        let text = bara_text(html);
        for ord in [
            "KANARIEORSAK",
            "Registrerad av",
            "registrerad av",
            "driftansvarig",
        ] {
            assert!(!text.contains(ord), "{adress}: {ord}");
        }
        let utgivarens = adress.matches('/').count() > 1 || adress == "/";
        for lank in [
            "href=\"/journal",
            "href=\"/fakta",
            "href=\"/underlag",
            "<script",
        ] {
            assert!(!utgivarens || !html.contains(lank), "{adress}: {lank}");
        }
    }
    // Control: inside it is told.
    let insats = b.insats(f.galler().insats.unwrap()).unwrap().clone();
    let mut inne = Webblasare::som(&router, "uppsala", Roll::Ekonom).await;
    let sida = inne.hamta(&format!("/insatser/{}", insats.slug)).await.text;
    let mut funnen = false;
    for lank in lankar(&sida)
        .iter()
        .filter(|a| a.starts_with("/harledning/"))
    {
        funnen |= inne.hamta(lank).await.text.contains("KANARIEORSAK");
    }
    assert!(funnen, "kontroll: skälet visas för den som loggat in");
}

/// Every route that changes something, with every way a foreign page could send its form.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_elsewhere_changes_not_one_row() {
    let v = Varld::demo().await;
    let router = router(&v);
    let ting = exempel(&v, "uppsala").await;
    let mut b = Webblasare::som(&router, "uppsala", Roll::Forbundschef).await;
    let ratt = b.csrf("/behorighet").await;
    let mut annan = Webblasare::som(&router, "uppsala", Roll::Ekonom).await;
    let annans = annan.csrf("/behorighet").await;
    assert!(!ratt.is_empty() && ratt != annans);
    let fore = rader(&v);
    let mut antal = 0;
    let falt = |csrf: &str| {
        kodat(&[
            ("csrf", csrf),
            ("idempotens", "0123456789abcdef"),
            ("skal", "Fel siffra"),
            ("orsak", "Fel siffra"),
            ("motivering", "Fel siffra"),
        ])
    };
    for rutt in RUTTER.iter().filter(|r| r.metod == Metod::Post) {
        if !matches!(rutt.handtag, Handtag::Inloggat(..)) {
            continue;
        }
        for adress in adresser(rutt, &ting) {
            type Falt<'a> = &'a [(&'a str, &'a str)];
            let fall: [(&str, Falt<'_>, String); 6] = [
                (
                    "ingen token",
                    &[("sec-fetch-site", "same-origin")],
                    falt(""),
                ),
                (
                    "annans token",
                    &[("sec-fetch-site", "same-origin")],
                    falt(&annans),
                ),
                (
                    "annan sajt",
                    &[("sec-fetch-site", "cross-site")],
                    falt(&ratt),
                ),
                (
                    "annat ursprung",
                    &[("origin", "https://ond.example")],
                    falt(&ratt),
                ),
                ("text", &[("content-type", "text/plain")], falt(&ratt)),
                ("ingenting", &[], String::new()),
            ];
            for (namn, huvuden, kropp) in fall {
                let mut bygg = b.begaran("POST", &adress);
                if !huvuden.iter().any(|(n, _)| *n == "content-type") {
                    bygg = bygg.header(CONTENT_TYPE, FORMULAR);
                }
                for (n, varde) in huvuden {
                    bygg = bygg.header(*n, *varde);
                }
                let svar = b.sand(bygg.body(Body::from(kropp)).unwrap()).await;
                assert_eq!(svar.status, StatusCode::FORBIDDEN, "{namn}: {adress}");
                antal += 1;
            }
        }
    }
    assert!(antal >= 60, "{antal}");
    assert_eq!(rader(&v), fore);
    // Control: one's own form, sent from its own page, does change.
    let akt = gallande(&bok(&v, "uppsala").await.publiceringar)[0].id;
    let mal = format!("/publicering/{akt}/dra-tillbaka");
    let falt = [
        ("csrf", ratt.as_str()),
        ("idempotens", "0123456789abcdef"),
        (&format!("skal-{akt}"), "Fel siffra"),
    ];
    let svar = b.posta(&mal, &falt).await;
    assert_eq!(svar.status, StatusCode::SEE_OTHER, "{}", svar.text);
    assert_eq!(rader(&v)["journal"], fore["journal"] + 1);
}
