//! Every figure explains itself: a crawl over every page that follows every figure to its
//! derivation and counts it again, from the rows shown and by a plain second implementation.

use crate::oberoende;
use crate::stod::slatt;
use crate::webblasare::{Webblasare, attribut, bara_text, fraga, lankar, router};
use axum::http::StatusCode;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use utfall_app::Bok;
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::faktum::{Enhet, FaktumSlag};
use utfall_domain::matt::{Formel, Matt, Urval};
use utfall_domain::pengar::Precision;
use utfall_domain::tid::{PerDag, dag};
use utfall_domain::varde::Varde;
use utfall_testkit::{Varld, nu};

const HUVUDMAN: [&str; 6] = [
    "forsby",
    "uppsala",
    "sandviken",
    "ragunda",
    "strangnas",
    "ornskoldsvik",
];

/// A value as a keyboard would write it on a page, without unit.
fn skrivet(varde: Varde, enhet: Enhet) -> String {
    let Varde::Kant(tal) = varde else {
        return varde.tecken().unwrap().ord().to_owned();
    };
    let tecken = if tal < 0 { "-" } else { "" };
    let abs = tal.unsigned_abs();
    match enhet {
        Enhet::Promille => format!("{tecken}{},{}", abs / 10, abs % 10),
        Enhet::Hundradelsprocent if abs % 100 == 0 => format!("{tecken}{}", abs / 100),
        Enhet::Hundradelsprocent => format!("{tecken}{},{:02}", abs / 100, abs % 100),
        Enhet::Ore if abs % 100 != 0 => format!("{tecken}{},{:02}", grupper(abs / 100), abs % 100),
        Enhet::Ore => format!("{tecken}{}", grupper(abs / 100)),
        Enhet::Personer | Enhet::Antal => format!("{tecken}{}", grupper(abs)),
    }
}

fn grupper(tal: u64) -> String {
    let siffror = tal.to_string();
    let mut ut = String::new();
    for (plats, siffra) in siffror.chars().enumerate() {
        if plats > 0 && (siffror.len() - plats).is_multiple_of(3) {
            ut.push(' ');
        }
        ut.push(siffra);
    }
    ut
}

/// What a page shows as a figure: its words and where it leads.
fn tal_pa_sidan(html: &str) -> Vec<(String, String)> {
    html.split("<a class=\"tal\" ")
        .skip(1)
        .map(|del| {
            let inne = del.split_once('>').unwrap().1.split("</a>").next().unwrap();
            // A sign has its word beside it for those who listen.
            let text = match inne.split_once("<span class=\"dold\">") {
                Some((_, ord)) => ord.split('<').next().unwrap(),
                None => inne,
            };
            // In a sentence the minus is a word.
            let efter = slatt(del.split_once("</a>").unwrap_or_default().1);
            let efter = efter.replace("<small>preliminärt</small> ", "");
            let minus = efter.trim_start().starts_with("kr för mycket är fördelat");
            let tecken = if minus { "-" } else { "" };
            let text = slatt(&bara_text(text));
            (format!("{tecken}{text}"), attribut(del, "href"))
        })
        .collect()
}

/// A derivation's address: measure, selection and day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fraga {
    stig: String,
    matt: Matt,
    fraga: String,
    per: Option<PerDag>,
    /// In public: the published thing that the link stands in.
    sak: Option<String>,
}

fn tolka(adress: &str) -> Option<Fraga> {
    let (stig, _) = adress.split_once('?').unwrap_or((adress, ""));
    let (_, matt) = stig.split_once("/harledning/")?;
    let par = fraga(adress);
    let urval = Urval::av_fraga(par.iter().map(|(n, v)| (n.as_str(), v.as_str()))).unwrap();
    let per = par
        .iter()
        .find(|(n, _)| n == "per")
        .map(|(_, v)| PerDag(v.parse().unwrap()));
    Some(Fraga {
        stig: stig.to_owned(),
        matt: Matt::av_kod(matt).unwrap_or_else(|| panic!("{adress}")),
        fraga: urval.fraga(),
        per,
        sak: par.iter().find(|(n, _)| n == "sak").map(|(_, v)| v.clone()),
    })
}

fn urval(f: &Fraga) -> Urval {
    let par = fraga(&format!("?{}", f.fraga));
    Urval::av_fraga(par.iter().map(|(n, v)| (n.as_str(), v.as_str()))).unwrap()
}

/// The rows in force that a derivation page shows, by the table's measure: number of the fact
/// and its words.
fn rader_pa_sidan(html: &str) -> BTreeMap<i64, String> {
    let mut ut = BTreeMap::new();
    for rad in html.split("<tr").skip(1) {
        let id = attribut(rad, "id");
        let Some(nr) = id.strip_prefix("f-").and_then(|nr| nr.parse().ok()) else {
            continue;
        };
        if attribut(rad, "class").contains("ersatt") {
            continue;
        }
        let tal = tal_pa_sidan(rad.split("</tr>").next().unwrap());
        let egen = tal.into_iter().find(|(_, href)| *href == format!("#{id}"));
        ut.insert(nr, egen.map(|(text, _)| text).unwrap_or_default());
    }
    ut
}

/// A number as written, in the measure's smallest step.
fn till_tal(text: &str, enhet: Enhet) -> Option<i64> {
    let rent: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (hela, del) = rent.split_once(',').unwrap_or((&rent, ""));
    let decimaler = match enhet {
        Enhet::Ore | Enhet::Hundradelsprocent => 2,
        Enhet::Promille => 1,
        Enhet::Personer | Enhet::Antal => 0,
    };
    format!("{hela}{del:0<decimaler$}").parse().ok()
}

struct Sedda {
    sidor: usize,
    tal: usize,
    harledningar: usize,
    summerade: usize,
}

/// Follows every link from these pages and checks every figure met.
async fn krypning(b: &mut Webblasare, bok: &Bok, fran: &[String], innanfor: &str) -> Sedda {
    let mut ko: VecDeque<String> = fran.iter().cloned().collect();
    let mut sidor = BTreeSet::new();
    let mut talen: BTreeMap<Fraga, BTreeSet<String>> = BTreeMap::new();
    let mut antal = 0;
    while let Some(adress) = ko.pop_front() {
        let publik = adress == "/"
            || HUVUDMAN
                .iter()
                .any(|h| adress.starts_with(&format!("/{h}/")));
        let utanfor = !adress.starts_with(innanfor)
            || (publik && innanfor == "/")
            || adress.contains("/fil/")
            || adress.contains(".pdf")
            || adress.contains(".docx")
            || tolka(&adress).is_some();
        if utanfor || !sidor.insert(adress.clone()) || sidor.len() > 300 {
            continue;
        }
        let svar = b.hamta(&adress).await;
        if svar.status == StatusCode::SEE_OTHER {
            ko.push_back(svar.till().to_owned());
            continue;
        }
        assert_eq!(svar.status, StatusCode::OK, "{adress}: {}", svar.text);
        for (text, href) in tal_pa_sidan(&svar.text) {
            if let Some(fraga) = tolka(&href) {
                antal += 1;
                talen
                    .entry(fraga)
                    .or_default()
                    .insert(format!("{text}|{adress}"));
            }
        }
        ko.extend(lankar(&svar.text));
    }
    let (mut sedda, mut summerade) = (BTreeSet::new(), 0);
    let mut ko: VecDeque<Fraga> = talen.keys().cloned().collect();
    while let Some(f) = ko.pop_front() {
        if !sedda.insert(f.clone()) || sedda.len() > 1500 {
            continue;
        }
        summerade += usize::from(en_harledning(b, bok, &f, &mut ko).await);
    }
    for (f, visade) in &talen {
        let vantat = skrivet(
            oberoende::varde(f.matt, &urval(f), &bok.fakta, f.per),
            f.matt.enhet(),
        );
        for visat in visade {
            let (text, sida) = visat.split_once('|').unwrap();
            assert_eq!(text, vantat, "{f:?} på {sida}");
        }
    }
    Sedda {
        sidor: sidor.len(),
        tal: antal,
        harledningar: sedda.len(),
        summerade,
    }
}

/// Opens a derivation and counts it again; whether it was a sum of rows.
async fn en_harledning(b: &mut Webblasare, bok: &Bok, f: &Fraga, ko: &mut VecDeque<Fraga>) -> bool {
    let per = f
        .per
        .map(|per| format!("&per={}", per.0))
        .unwrap_or_default();
    let sak = f
        .sak
        .as_ref()
        .map(|sak| format!("&sak={sak}"))
        .unwrap_or_default();
    // All of a long list: the page shows it in parts.
    let hit = format!("{}?{}{per}{sak}&sida=alla", f.stig, f.fraga);
    let svar = b.hamta(&hit).await;
    assert_eq!(svar.status, StatusCode::OK, "{f:?}: {}", svar.text);
    let u = urval(f);
    let enhet = f.matt.enhet();
    let facit = oberoende::varde(f.matt, &u, &bok.fakta, f.per);
    assert_eq!(
        bok.per(f.per).varde(f.matt, &u),
        facit,
        "{f:?}: två uträkningar"
    );
    let rubrik = svar
        .text
        .split("<h1")
        .nth(1)
        .unwrap()
        .split("</h1>")
        .next()
        .unwrap();
    let rubrik = slatt(&bara_text(&format!("<h1{rubrik}")));
    assert!(
        rubrik.contains(&skrivet(facit, enhet)),
        "{f:?}: {rubrik} mot {facit:?}"
    );
    for (text, href) in tal_pa_sidan(&svar.text) {
        if let Some(led) = tolka(&href) {
            let vantat = oberoende::varde(led.matt, &urval(&led), &bok.fakta, led.per);
            assert_eq!(text, skrivet(vantat, led.matt.enhet()), "{f:?} → {led:?}");
            ko.push_back(led);
        }
    }
    let rader = rader_pa_sidan(&svar.text);
    // The rows shown are the very facts that the second implementation counts, with their
    // amounts, and for a plain sum they add up to the figure.
    let faktiska = oberoende::rader(f.matt, &u, &bok.fakta, f.per);
    let nummer: Vec<i64> = rader.keys().copied().collect();
    if !f.stig.starts_with("/harledning") {
        return false;
    }
    assert_eq!(
        nummer,
        faktiska.iter().map(|x| x.id.nummer()).collect::<Vec<_>>(),
        "{f:?}"
    );
    for x in &faktiska {
        let text = &rader[&x.id.nummer()];
        assert_eq!(
            *text,
            skrivet(x.varde(), x.fakta.slag.enhet()),
            "{f:?}: rad {}",
            x.id
        );
    }
    if let (Formel::Fakta { .. }, Varde::Kant(tal), false) =
        (f.matt.definition().formel, facit, rader.is_empty())
    {
        // Over several years those that nobody has decided stand as rows without amount.
        let med_tal = rader.values().filter(|t| *t != "ej beslutat");
        let summa: i64 = med_tal.map(|t| till_tal(t, enhet).unwrap()).sum();
        assert_eq!(summa, tal, "{f:?}");
        return true;
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_figure_on_every_page_is_the_sum_of_the_rows_it_leads_to() {
    let v = Varld::demo().await;
    let router = router(&v);
    let mut alla = 0;
    for slug in HUVUDMAN {
        let chef = v.aktor(slug, Roll::Forbundschef).await;
        let bok = v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap();
        let mut b = Webblasare::som(&router, slug, Roll::Forbundschef).await;
        let s = krypning(
            &mut b,
            &bok,
            &["/start".into(), "/medel".into(), "/insatser".into()],
            "/",
        )
        .await;
        println!(
            "{slug}: {} sidor, {} tal, {} härledningar, {} summerade rad för rad",
            s.sidor, s.tal, s.harledningar, s.summerade
        );
        alla += s.harledningar;
        assert!(s.sidor > 5, "{slug}");
    }
    assert!(alla > 300, "{alla}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_public_figure_is_counted_the_same() {
    let v = Varld::demo().await;
    let router = router(&v);
    let mut alla = 0;
    for slug in HUVUDMAN {
        let chef = v.aktor(slug, Roll::Forbundschef).await;
        let bok = v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap();
        let mut b = Webblasare::ny(&router);
        let fran = [format!("/{slug}/pengar")];
        let s = krypning(&mut b, &bok, &fran, &format!("/{slug}/")).await;
        println!(
            "{slug}: {} öppna sidor, {} tal, {} härledningar",
            s.sidor, s.tal, s.harledningar
        );
        alla += s.harledningar;
    }
    assert!(alla > 50, "{alla}");
}

/// Positive control: the second implementation, given one öre more somewhere, disagrees.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_one_ore_more_is_noticed() {
    let v = Varld::demo().await;
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let bok = v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap();
    let u = Urval::bidrag(bok.bidrag[0].id).ar(2021);
    let ratt = bok.varde(Matt::AttAterbetala, &u);
    assert_eq!(
        ratt,
        oberoende::varde(Matt::AttAterbetala, &u, &bok.fakta, None)
    );
    let mut fakta = bok.fakta.clone();
    let f = fakta
        .iter_mut()
        .find(|f| f.fakta.slag == FaktumSlag::Rekvirerat && f.galler().ar == Some(2021))
        .unwrap();
    f.fakta.varde = Varde::Kant(f.varde().kant().unwrap() + 1);
    assert_ne!(
        ratt,
        oberoende::varde(Matt::AttAterbetala, &u, &fakta, None)
    );
}

/// What was reported in February, and why it is different now.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_figure_can_be_asked_as_of_before_and_after_its_correction() {
    let v = Varld::demo().await;
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    let fore = v
        .tjanst
        .bok(&ekonom, Atgard::LasaMedel, None)
        .await
        .unwrap();
    let bidrag = fore.bidrag[0].id;
    let u = Urval::bidrag(bidrag).ar(2021);
    let rekvirerat = fore
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Rekvirerat && f.galler().bidrag == Some(bidrag))
        .unwrap()
        .clone();
    let gammalt = fore.varde(Matt::AttAterbetala, &u).kant().unwrap();
    let dag_fore = dag(nu());
    // Ten seconds to midnight is the same day; the correction comes on the next.
    v.klocka.stall("2026-11-20T23:00:00Z".parse().unwrap());
    let ratta = RattaFaktum {
        faktum: rekvirerat.id,
        rattelse: Rattelse::NyttVarde(
            Varde::Kant(rekvirerat.varde().kant().unwrap() - 4_700_000),
            Precision::EXAKT,
        ),
        orsak: "Rekvisitionen var 47 000 kr lägre".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    v.tjanst.utfor(&ekonom, None, ratta).await.unwrap();
    let bok = v
        .tjanst
        .bok(&ekonom, Atgard::LasaMedel, None)
        .await
        .unwrap();
    let nytt = gammalt - 4_700_000;
    let per = |d: &str| {
        bok.per(Some(PerDag(d.parse().unwrap())))
            .varde(Matt::AttAterbetala, &u)
    };
    assert_eq!(bok.varde(Matt::AttAterbetala, &u), Varde::Kant(nytt));
    assert_eq!(
        per("2026-11-21"),
        Varde::Kant(nytt),
        "midnatt i Stockholm är nästa dag"
    );
    assert_eq!(per("2026-11-20"), Varde::Kant(gammalt));
    assert_eq!(
        per("2026-11-19"),
        Varde::EjInrapporterat,
        "då var inget registrerat"
    );
    for d in ["2026-11-19", "2026-11-20", "2026-11-21"] {
        let d = PerDag(d.parse().unwrap());
        let oberoende = oberoende::varde(Matt::AttAterbetala, &u, &bok.fakta, Some(d));
        assert_eq!(bok.per(Some(d)).varde(Matt::AttAterbetala, &u), oberoende);
    }
    // The same on the page, which also says what has come since and why.
    let router = router(&v);
    let mut b = Webblasare::som(&router, "uppsala", Roll::Styrelse).await;
    let stig = format!("/harledning/att-aterbetala?{}", u.fraga());
    let da = b.hamta(&format!("{stig}&per={dag_fore}")).await.text;
    let da = slatt(&bara_text(&da));
    assert!(
        da.contains(&skrivet(Varde::Kant(gammalt), Enhet::Ore)),
        "{da}"
    );
    assert!(
        da.contains("registrerades senare, den 21 november 2026"),
        "{da}"
    );
    let nu_text = slatt(&bara_text(&b.hamta(&stig).await.text));
    assert!(
        nu_text.contains(&skrivet(Varde::Kant(nytt), Enhet::Ore)),
        "{nu_text}"
    );
    assert!(
        nu_text.contains("Rekvisitionen var 47 000 kr lägre"),
        "{nu_text}"
    );
}
