//! Every printed figure of an issued report leads to a derivation of exactly that figure, for
//! anybody when the report is published and else for those who sign in, whatever has been
//! corrected in the books since.

use crate::rapport::docx_text;
use crate::stod::{akta, slatt};
use crate::webblasare::{Webblasare, avkodat, bara_text, lankar, router};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::publicering::DraTillbaka;
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::pengar::Precision;
use utfall_domain::publicering::{Publicerat, gallande};
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::varde::Varde;
use utfall_testkit::Varld;

async fn utfardad(v: &Varld) -> Rapport {
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let bok = v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap();
    let utfardade = |r: &&Rapport| matches!(r.lage, Rapportlage::Utfardad { .. });
    bok.rapporter.iter().find(utfardade).unwrap().clone()
}

async fn fil(v: &Varld, r: &Rapport, format: Format) -> Vec<u8> {
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let fil = v.tjanst.utfardad_fil(&chef, r, format).await;
    fil.unwrap().unwrap()
}

/// The figures of a report's page: the path each leads to, and its words.
fn siffror(html: &str) -> Vec<(String, String)> {
    html.split("<a ")
        .skip(1)
        .filter_map(|del| {
            let href = avkodat(del.split("href=\"").nth(1)?.split('"').next()?);
            let (_, stig) = href.split_once("/uppsala/rapporter/")?;
            let text = del.split_once('>')?.1.split("</a>").next()?;
            Some((
                format!("/uppsala/rapporter/{stig}"),
                slatt(&bara_text(text)),
            ))
        })
        .collect()
}

fn rubrik(html: &str) -> String {
    let h1 = html.split("<h1").nth(1).unwrap();
    let h1 = h1.split("</h1>").next().unwrap();
    slatt(&bara_text(&format!("<h1{h1}")))
}

/// The number or, where there is none, the word of the sign.
fn tryckt(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '-')
        .trim()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_link_of_an_issued_report_leads_to_the_number_it_stands_on() {
    let v = akta().varld();
    let r = utfardad(&v).await;
    let html = String::from_utf8(fil(&v, &r, Format::Html).await).unwrap();
    let alla = siffror(&html);
    assert!(alla.len() > 60, "{}", alla.len());
    // The books of today are others than those of the report.
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    let bok = v
        .tjanst
        .bok(&ekonom, Atgard::LasaMedel, None)
        .await
        .unwrap();
    v.klocka.stall("2026-12-01T08:00:00Z".parse().unwrap());
    for f in bok
        .fakta()
        .into_iter()
        .filter(|f| f.varde().kant().is_some())
    {
        let ratta = RattaFaktum {
            faktum: f.id,
            rattelse: Rattelse::NyttVarde(Varde::Kant(123_400), Precision::EXAKT),
            orsak: "Allt rättas".into(),
            beslut: utfall_testkit::beslut(),
            efter_avslut: false,
        };
        v.tjanst.utfor(&ekonom, None, ratta).await.unwrap();
    }
    let router = router(&v);
    let mut alla_som_vill = Webblasare::ny(&router);
    let mut styrelse = Webblasare::som(&router, "uppsala", Roll::Styrelse).await;
    let mut sedda = BTreeSet::new();
    for (stig, text) in &alla {
        let inne = stig.strip_prefix("/uppsala").unwrap();
        for (b, adress) in [(&mut alla_som_vill, stig.as_str()), (&mut styrelse, inne)] {
            let svar = b.hamta(adress).await;
            assert_eq!(svar.status, StatusCode::OK, "{adress}: {}", svar.text);
            let rubrik = rubrik(&svar.text);
            assert!(
                rubrik.contains(tryckt(text)),
                "{adress}: {text} mot {rubrik}"
            );
            // Every term's own link answers too, and says the same.
            for under in lankar(&svar.text)
                .iter()
                .filter(|l| l.contains("/harledning/"))
            {
                let samma = under.contains("/rapporter/");
                if samma && sedda.insert(under.clone()) {
                    assert_eq!(b.hamta(under).await.status, StatusCode::OK, "{under}");
                }
            }
        }
        sedda.insert(stig.clone());
    }
    // The one behind sign-in says what the figure is today.
    let anvant = alla
        .iter()
        .find(|(stig, _)| stig.contains("/anvant?"))
        .unwrap();
    let inne = anvant.0.strip_prefix("/uppsala").unwrap();
    let inne = bara_text(&styrelse.hamta(inne).await.text);
    assert!(inne.contains("I dag är siffran en annan"), "{inne}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_word_file_has_the_same_links_as_the_page() {
    let v = akta().varld();
    let r = utfardad(&v).await;
    let html = String::from_utf8(fil(&v, &r, Format::Html).await).unwrap();
    let docx = fil(&v, &r, Format::Docx).await;
    assert!(docx_text(&docx).contains("formeln och raderna bakom"));
    let mut arkiv = zip::ZipArchive::new(Cursor::new(&docx)).unwrap();
    let mut xml = String::new();
    let mut rels = arkiv.by_name("word/_rels/document.xml.rels").unwrap();
    rels.read_to_string(&mut xml).unwrap();
    let i_docx: BTreeSet<String> = xml
        .split("Target=\"")
        .skip(1)
        .map(|del| avkodat(del.split('"').next().unwrap()))
        .filter_map(|url| Some(url.split_once("/uppsala/rapporter/")?.1.to_owned()))
        .collect();
    let pa_sidan: BTreeSet<String> = siffror(&html)
        .into_iter()
        .map(|(stig, _)| stig.replacen("/uppsala/rapporter/", "", 1))
        .collect();
    assert_eq!(i_docx, pa_sidan);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_reports_links_offer_everybody_the_same_way_in() {
    let v = akta().varld();
    let r = utfardad(&v).await;
    let html = String::from_utf8(fil(&v, &r, Format::Html).await).unwrap();
    let (stig, text) = siffror(&html).into_iter().next().unwrap();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let bok = v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap();
    let akt = gallande(&bok.publiceringar)
        .into_iter()
        .find(|akt| akt.vad == Publicerat::Rapport(r.id))
        .unwrap()
        .id;
    let fall = DraTillbaka {
        publicering: akt,
        skal: "Prov".into(),
    };
    v.tjanst.utfor(&chef, None, fall).await.unwrap();
    let router = router(&v);
    let mut b = Webblasare::ny(&router);
    let inne = stig.strip_prefix("/uppsala").unwrap().to_owned();
    let borta = b.hamta(&stig).await;
    assert_eq!(borta.status, StatusCode::NOT_FOUND);
    assert!(lankar(&borta.text).contains(&inne), "{}", borta.text);
    // One that never was, of the same length, is the same page but for its address.
    let ingen = "x".repeat(r.slug.len());
    let aldrig = b.hamta(&stig.replace(&r.slug, &ingen)).await;
    assert_eq!(borta.text.replace(&r.slug, &ingen), aldrig.text);
    assert_eq!(borta.huvuden, aldrig.huvuden);
    let mut styrelse = Webblasare::som(&router, "uppsala", Roll::Styrelse).await;
    let svar = styrelse.hamta(&inne).await;
    assert_eq!(svar.status, StatusCode::OK, "{}", svar.text);
    assert!(rubrik(&svar.text).contains(tryckt(&text)));
}
