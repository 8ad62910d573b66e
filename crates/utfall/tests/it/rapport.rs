//! The återrapport with the real typesetter: issued, frozen, found again, recomputed, and said
//! the same in every format.

use crate::stod::{akta, exempel, slatt, utfall_i};
use crate::webblasare::bara_text;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;
use utfall_app::Bok;
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::rapporter::{Rapportutslag, SkapaRapport};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Precision;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::tid::{PerDag, dag};
use utfall_domain::varde::Varde;
use utfall_testkit::{Varld, nu};

async fn bok(v: &Varld) -> Bok {
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    v.tjanst.bok(&chef, Atgard::LasaMedel, None).await.unwrap()
}

fn utfardad(bok: &Bok) -> Rapport {
    bok.rapporter
        .iter()
        .find(|r| matches!(r.lage, Rapportlage::Utfardad { .. }))
        .cloned()
        .expect("en utfärdad rapport")
}

async fn fil(v: &Varld, rapport: &Rapport, format: Format) -> Vec<u8> {
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    v.tjanst
        .utfardad_fil(&chef, rapport, format)
        .await
        .unwrap()
        .unwrap()
}

/// The words of a PDF, by the same program that reads it for the suite's reading order.
pub fn pdf_text(pdf: &[u8]) -> String {
    let mapp = tempfile::tempdir().unwrap();
    let fil = mapp.path().join("a.pdf");
    std::fs::write(&fil, pdf).unwrap();
    let svar = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8", "-nopgbrk"])
        .arg(&fil)
        .arg("-")
        .output()
        .expect("pdftotext (poppler-utils) ska finnas");
    assert!(svar.status.success(), "{svar:?}");
    let text = String::from_utf8(svar.stdout).unwrap();
    slatt(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words of a Word file.
pub fn docx_text(docx: &[u8]) -> String {
    let mut arkiv = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    arkiv
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    // Runs of one paragraph belong together; paragraphs and cells are apart.
    let xml = xml
        .replace("</w:p>", " </w:p>")
        .replace("<w:tab/>", " ")
        .replace("<w:br/>", " ");
    let mut ut = String::new();
    let mut i_tagg = false;
    for c in xml.chars() {
        match c {
            '<' => i_tagg = true,
            '>' => i_tagg = false,
            _ if !i_tagg => ut.push(c),
            _ => {}
        }
    }
    let ut = slatt(&crate::webblasare::avkodat(&ut));
    ut.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a workbook.
pub fn xlsx_text(xlsx: &[u8]) -> String {
    let mut arkiv = zip::ZipArchive::new(Cursor::new(xlsx)).unwrap();
    let mut xml = String::new();
    arkiv
        .by_name("xl/sharedStrings.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let ut = slatt(&bara_text(&xml.replace("</si>", " </si>")));
    ut.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a page.
pub fn html_text(html: &[u8]) -> String {
    let html = String::from_utf8(html.to_vec()).unwrap();
    let kropp = html.split("</head>").nth(1).unwrap_or(&html);
    slatt(&bara_text(kropp))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issued_report_is_frozen_found_again_and_refused_when_a_byte_is_flipped() {
    let v = akta().varld();
    let rapport = utfardad(&bok(&v).await);
    let Rapportlage::Utfardad {
        pdf_sha256, per, ..
    } = rapport.lage
    else {
        panic!("hit kommer inget prov")
    };
    assert_eq!(per, PerDag(dag(nu())));
    let pdf = fil(&v, &rapport, Format::Pdf).await;
    assert_eq!(<[u8; 32]>::from(Sha256::digest(&pdf)), pdf_sha256);
    let styrelse = v.aktor("uppsala", Roll::Styrelse).await;
    let utslag = v.tjanst.verifiera_rapport(&styrelse, &pdf).await.unwrap();
    let Rapportutslag::Utfardad(prov) = utslag else {
        panic!("{utslag:?}")
    };
    assert!(
        prov.indata_hel && prov.samma_satt == Some(true) && prov.skiljer.is_empty(),
        "{prov:?}"
    );
    assert_eq!(prov.rapport.id, rapport.id);
    // Any byte: the first, the last, and a hundred in between.
    for plats in (0..pdf.len())
        .step_by(pdf.len() / 100)
        .chain([pdf.len() - 1])
    {
        let mut andrad = pdf.clone();
        andrad[plats] ^= 1;
        let utslag = v
            .tjanst
            .verifiera_rapport(&styrelse, &andrad)
            .await
            .unwrap();
        assert_eq!(utslag, Rapportutslag::Okand, "byte {plats}");
    }
    // Another huvudman's report is as unknown as one that never was.
    let annan = v.aktor("ragunda", Roll::Styrelse).await;
    assert_eq!(
        v.tjanst.verifiera_rapport(&annan, &pdf).await.unwrap(),
        Rapportutslag::Okand
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_afterwards_leaves_the_issued_report_recomputable_as_of_its_day() {
    let v = akta().varld();
    let fore = bok(&v).await;
    let rapport = utfardad(&fore);
    let pdf = fil(&v, &rapport, Format::Pdf).await;
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    v.klocka.stall("2026-12-01T08:00:00Z".parse().unwrap());
    let f = fore
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Rekvirerat && f.varde().kant().is_some())
        .unwrap();
    let ratta = RattaFaktum {
        faktum: f.id,
        rattelse: Rattelse::NyttVarde(Varde::Kant(800_500_000), Precision::EXAKT),
        orsak: "Rätt rekvisition".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    v.tjanst.utfor(&ekonom, None, ratta).await.unwrap();
    let u = Urval::bidrag(rapport.bidrag.unwrap()).ar(2021);
    let efter = bok(&v).await;
    let nu_varde = efter.varde(Matt::AttAterbetala, &u);
    assert_ne!(
        nu_varde,
        fore.varde(Matt::AttAterbetala, &u),
        "räkenskaperna är andra nu"
    );
    let Rapportutslag::Utfardad(prov) = v.tjanst.verifiera_rapport(&ekonom, &pdf).await.unwrap()
    else {
        panic!("rapporten är inte längre känd")
    };
    assert!(
        prov.indata_hel && prov.samma_satt == Some(true) && prov.skiljer.is_empty(),
        "{prov:?}"
    );
    assert_eq!(
        fil(&v, &rapport, Format::Pdf).await,
        pdf,
        "filen är den som utfärdades"
    );
    // A new report for the same year has the new figure; the old keeps the old.
    let slug = v.tjanst.utfor(
        &ekonom,
        None,
        SkapaRapport {
            bidrag: rapport.bidrag.unwrap(),
            ar: 2021,
            mall: None,
        },
    );
    let slug = slug.await.unwrap();
    let ny = bok(&v)
        .await
        .rapporter
        .iter()
        .find(|r| r.slug == slug)
        .unwrap()
        .id;
    let visning = v
        .tjanst
        .forhandsvisa_rapport(&ekonom, ny, None, "http://x")
        .await
        .unwrap();
    assert_eq!(
        visning.indata.aterrapport().unwrap().att_aterbetala.varde,
        nu_varde
    );
}

/// A report issued before there were workbooks gets one of its frozen input: the same that would
/// have been kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_issued_before_there_were_workbooks_has_one_of_what_was_frozen() {
    let v = akta().varld();
    let rapport = utfardad(&bok(&v).await);
    let sparad = fil(&v, &rapport, Format::Xlsx).await;
    assert!(xlsx_text(&sparad).contains("Lovjobb"));
    let slapp = if utfall_testkit::provar_postgres() {
        "ALTER TABLE utfardad_rapport DISABLE TRIGGER USER; "
    } else {
        "DROP TRIGGER utfardad_rapport_andra; "
    };
    v.db.ingrip(&format!("{slapp}UPDATE utfardad_rapport SET xlsx = NULL;"));
    assert_eq!(fil(&v, &rapport, Format::Xlsx).await, sparad);
}

/// Positive control: when the frozen figures do not agree with the books of their day, or the
/// frozen input is another, the check says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_a_report_whose_input_was_changed_beside_the_program_is_not_whole() {
    let v = akta().varld();
    let rapport = utfardad(&bok(&v).await);
    let pdf = fil(&v, &rapport, Format::Pdf).await;
    let postgres = utfall_testkit::provar_postgres();
    v.db.ingrip(&if postgres {
        "ALTER TABLE utfardad_rapport DISABLE TRIGGER USER; \
         UPDATE utfardad_rapport SET indata = replace(indata, '805200000', '805200100');"
            .to_owned()
    } else {
        "DROP TRIGGER utfardad_rapport_andra; \
         UPDATE utfardad_rapport SET indata = replace(indata, '805200000', '805200100');"
            .to_owned()
    });
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let Rapportutslag::Utfardad(prov) = v.tjanst.verifiera_rapport(&chef, &pdf).await.unwrap()
    else {
        panic!("filen finns kvar")
    };
    assert!(
        !prov.indata_hel && prov.samma_satt == Some(false) && !prov.skiljer.is_empty(),
        "{prov:?}"
    );
}

/// A file that the command does not read is named as it was given, and told what it is.
#[test]
fn another_kind_of_file_is_told_what_it_is_and_what_to_do() {
    let db = akta().databas();
    let mapp = tempfile::tempdir().unwrap();
    let till = |namn: &str| mapp.path().join(namn).display().to_string();
    let skriv = |namn: &str| {
        let till = till(namn);
        let ord = [
            "rapport",
            "aterrapport",
            "--bidrag",
            "socialstyrelsen-2021",
            "--till",
            &till,
        ];
        utfall_i(&db, &ord)
    };
    skriv("a.pdf").slutar(0);
    // The same report as Word and as a page is no proof, and is not called false.
    for (namn, slag) in [("a.docx", "en Word-fil"), ("a.html", "en webbsida")] {
        skriv(namn).slutar(0);
        let svar = utfall_i(&db, &["verifiera", &till(namn)]).slutar(1);
        for ord in [namn, slag, "Bara PDF-filen", "som PDF"] {
            assert!(svar.fel.contains(ord), "{ord}: {}", svar.fel);
        }
        assert!(!svar.fel.contains("har den ändrats"), "{}", svar.fel);
    }
    // Nor is a report anything to review: the file is named as it was given.
    for namn in ["a.pdf", "a.docx"] {
        let svar = utfall_i(&db, &["granska", &till(namn)]).slutar(1);
        for ord in [namn, "underlag", "utfall verifiera"] {
            assert!(svar.fel.contains(ord), "{ord}: {}", svar.fel);
        }
        assert!(!svar.fel.contains("a.json"), "{}", svar.fel);
    }
    std::fs::write(till("papper.txt"), "Inget underlag.").unwrap();
    let svar = utfall_i(&db, &["granska", &till("papper.txt")]).slutar(1);
    assert!(svar.fel.contains("papper.txt, rad 1"), "{}", svar.fel);
}

/// The same through the command line, as the one who received the file does it.
#[test]
fn the_command_line_writes_the_issued_report_and_verifies_it() {
    let db = akta().databas();
    let mapp = tempfile::tempdir().unwrap();
    let till = |namn: &str| mapp.path().join(namn).display().to_string();
    let skriv = |namn: &str, mer: &[&str]| {
        let till = till(namn);
        let mut ord = vec!["rapport", "aterrapport", "--bidrag", "socialstyrelsen-2021"];
        ord.extend(["--till", till.as_str()]);
        ord.extend(mer);
        utfall_i(&db, &ord)
    };
    let svar = skriv("a.pdf", &[]).slutar(0);
    assert!(svar.ut.contains("den utfärdade rapporten"), "{}", svar.ut);
    let akta = utfall_i(&db, &["verifiera", &till("a.pdf")]).slutar(0);
    for ord in ["är äkta", "SHA-256", "Underlaget är oförändrat"] {
        assert!(akta.ut.contains(ord), "{ord}: {}", akta.ut);
    }
    let pdf = std::fs::read(till("a.pdf")).unwrap();
    let mut andrad = pdf.clone();
    let mitt = andrad.len() / 2;
    andrad[mitt] ^= 0x20;
    std::fs::write(till("andrad.pdf"), andrad).unwrap();
    let svar = utfall_i(&db, &["verifiera", &till("andrad.pdf")]).slutar(1);
    assert!(
        svar.fel.contains("eller så har den ändrats"),
        "{}",
        svar.fel
    );
    let svar = utfall_i(&db, &["verifiera", &exempel("uppsala")]).slutar(1);
    assert!(svar.fel.contains("inte en rapport"), "{}", svar.fel);

    // As of a day it is a draft, and says so on the paper.
    let svar = skriv("per.html", &["--per", "2026-11-20"]).slutar(0);
    assert!(svar.ut.contains("ett utkast"), "{}", svar.ut);
    assert!(html_text(&std::fs::read(till("per.html")).unwrap()).contains("Utkast"));
    assert!(
        !pdf_text(&pdf).contains("Utkast"),
        "den utfärdade är inget utkast"
    );
    let innan = skriv("innan.html", &["--per", "2020-01-01"]).slutar(0);
    assert!(innan.ut.contains("ett utkast"));
    let innan = html_text(&std::fs::read(till("innan.html")).unwrap());
    assert!(
        !innan.contains("8 052 000") && innan.contains("ej inrapporterat"),
        "{innan}"
    );
    let svar = utfall_i(
        &db,
        &[
            "rapport",
            "aterrapport",
            "--bidrag",
            "finns-inte",
            "--till",
            &till("b.pdf"),
        ],
    );
    let svar = svar.slutar(2);
    assert!(svar.fel.contains("utfall bidrag") && !Path::new(&till("b.pdf")).exists());
}

/// Every amount, every heading and every finding in all three formats, and no figure that is
/// in one of them only.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_three_formats_say_the_same_and_findings_are_in_them() {
    let v = akta().varld();
    let b = bok(&v).await;
    let rapport = utfardad(&b);
    let html = html_text(&fil(&v, &rapport, Format::Html).await);
    let docx = docx_text(&fil(&v, &rapport, Format::Docx).await);
    let pdf = pdf_text(&fil(&v, &rapport, Format::Pdf).await);
    let belopp = [
        "8 052 000",
        "7 287 841",
        "764 159",
        "1 432 841",
        "503 586",
        "Gottsunda",
    ];
    for (namn, text) in [("html", &html), ("docx", &docx), ("pdf", &pdf)] {
        for ord in belopp {
            assert!(text.contains(ord), "{namn}: {ord} saknas");
        }
        for insats in b.insatser.iter().filter(|i| i.bidrag == rapport.bidrag) {
            assert!(
                utan_bindestreck(text).contains(&utan_bindestreck(&insats.namn)),
                "{namn}: {} saknas",
                insats.namn
            );
        }
    }
    let tal = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !(c.is_ascii_digit() || c == ' '))
            .map(|t| t.split_whitespace().collect::<String>())
            .filter(|t| t.len() >= 6)
            .collect()
    };
    // Cells stand beside each other in running text, so whole runs differ; each amount of the
    // page is looked for in the other two.
    let i_html: BTreeSet<String> = b
        .fakta()
        .iter()
        .filter_map(|f| f.varde().kant())
        .map(|o| (o / 100).to_string())
        .collect();
    for (namn, text) in [("docx", &docx), ("pdf", &pdf)] {
        let text: String = text.chars().filter(|c| *c != ' ').collect();
        let sida: String = html.chars().filter(|c| *c != ' ').collect();
        for belopp in i_html.iter().filter(|t| t.len() >= 5 && sida.contains(*t)) {
            assert!(text.contains(belopp), "{namn}: {belopp}");
        }
    }
    assert!(!tal(&html).is_empty());
    // What does not add up stands in the report, with its sentence.
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let fynd = v
        .tjanst
        .fynd_kvar(&chef, &b, b.bidrag(rapport.bidrag.unwrap()).unwrap())
        .await
        .unwrap();
    assert!(fynd.len() >= 6);
    for f in &fynd {
        let forsta: String = slatt(&f.text).split(". ").next().unwrap().to_owned();
        for (namn, text) in [("html", &html), ("docx", &docx), ("pdf", &pdf)] {
            let (text, forsta) = (utan_bindestreck(text), utan_bindestreck(&forsta));
            assert!(text.contains(&forsta), "{namn}: {forsta}");
        }
    }
}

/// Without spaces and hyphens: a PDF breaks its lines where it must.
fn utan_bindestreck(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '‑'))
        .collect()
}

/// The office's reports name roles, never people.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_person_is_named_in_a_report() {
    let v = akta().varld();
    let rapport = utfardad(&bok(&v).await);
    let html = html_text(&fil(&v, &rapport, Format::Html).await);
    let slut = &html[html.find("Underskrift").unwrap_or(html.len() - 400)..];
    for roll in ["Stadsdirektör", "Utvecklingsdirektör"] {
        assert!(slut.contains(roll), "{slut}");
    }
    // Two words in a row that begin with capitals, where the first is a common given name.
    let namn = [
        "Anna",
        "Anders",
        "Maria",
        "Lars",
        "Karin",
        "Johan",
        "Eva",
        "Per",
        "Erik",
        "Kristina",
        "Lena",
        "Mikael",
        "Emma",
        "Karl",
        "Sara",
        "Peter",
        "Malin",
        "Fredrik",
        "Jenny",
        "Thomas",
        "Ulla",
        "Jan",
        "Ingrid",
        "Nils",
        "Elisabeth",
        "Mats",
        "Susanne",
        "Carola",
        "Joachim",
    ];
    let traffar = |text: &str| -> Vec<String> {
        let ord: Vec<&str> = text.split_whitespace().collect();
        ord.windows(2)
            .filter(|p| namn.contains(&p[0]) && p[1].starts_with(char::is_uppercase))
            .map(|p| p.join(" "))
            .collect()
    };
    for format in Format::ALLA {
        let bytes = fil(&v, &rapport, format).await;
        let text = match format {
            Format::Pdf => pdf_text(&bytes),
            Format::Docx => docx_text(&bytes),
            Format::Html => html_text(&bytes),
            Format::Xlsx => xlsx_text(&bytes),
        };
        assert_eq!(traffar(&text), Vec::<String>::new(), "{format:?}");
        assert!(!text.contains('@'), "{format:?}");
    }
    assert_eq!(
        traffar("som Anna Andersson säger"),
        ["Anna Andersson"],
        "kontroll"
    );
}

/// A report issued by an earlier version of the program, before rows were frozen with reports
/// and with another wording: still verified, by its hash, its input and the books.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_from_an_earlier_version_still_verifies() {
    let fore = akta().varld();
    let rapport = utfardad(&bok(&fore).await);
    let chef = fore.aktor("uppsala", Roll::Forbundschef).await;
    let indata = fore.tjanst.rapportindata(&chef, &rapport).await.unwrap();
    // A copy of the same world, where nothing has been read yet.
    let v = akta().varld();
    let mut gammal = indata.unwrap().aterrapport().unwrap().clone();
    gammal.bakom = None;
    let json = utfall_domain::rapport::kanonisk::json(&gammal).unwrap();
    let pdf = b"%PDF-1.7 satt av en tidigare version".to_vec();
    let (hex_pdf, hex_json) = (hex(&pdf), hex(json.as_bytes()));
    let (indata_sha, pdf_sha) = (hex(&Sha256::digest(&json)), hex(&Sha256::digest(&pdf)));
    let postgres = utfall_testkit::provar_postgres();
    let bytes = |hex: &str| {
        if postgres {
            format!("decode('{hex}', 'hex')")
        } else {
            format!("x'{hex}'")
        }
    };
    let text = if postgres {
        format!("convert_from({}, 'UTF8')", bytes(&hex_json))
    } else {
        format!("CAST({} AS TEXT)", bytes(&hex_json))
    };
    let lossa = if postgres {
        "ALTER TABLE utfardad_rapport DISABLE TRIGGER USER;"
    } else {
        "DROP TRIGGER utfardad_rapport_andra;"
    };
    v.db.ingrip(&format!(
        "{lossa} UPDATE utfardad_rapport SET indata = {text}, pdf = {}, indata_sha256 = {}, \
         pdf_sha256 = {};",
        bytes(&hex_pdf),
        bytes(&indata_sha),
        bytes(&pdf_sha)
    ));
    let Rapportutslag::Utfardad(prov) = v.tjanst.verifiera_rapport(&chef, &pdf).await.unwrap()
    else {
        panic!("rapporten är inte längre känd")
    };
    assert!(
        prov.indata_hel && prov.samma_satt.is_none() && prov.skiljer.is_empty(),
        "{prov:?}"
    );
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
