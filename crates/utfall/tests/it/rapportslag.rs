//! Reports of many grants: to the board, to those who decide, in the annual accounts. Made,
//! issued and verified through the door, on the world of the papers.

use crate::rapport::{docx_text, html_text, xlsx_text};
use crate::stod::{akta, utfall_i};
use utfall_app::Bok;
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::medel::Beslutsval;
use utfall_app::rapporter::{
    Rapportutslag, SkapaRapport, SkapaSammanstallning, SparaRapport, Utfardande, Utkast,
    oforklarade,
};
use utfall_app::uppfoljning::{KommenteraAvvikelse, Saknad};
use utfall_behorighet::{Aktor, Roll};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::prognos::Avvikelseorsak;
use utfall_domain::pengar::Precision;
use utfall_domain::rapport::aterrapport::Siffra;
use utfall_domain::rapport::{Besked, Block, Dokument, Format, Indata, Text};
use utfall_domain::rapporter::{Aterrapportmall, Rapport, Rapportlage, Rapportslag};
use utfall_domain::tid::{PerDag, dag};
use utfall_domain::varde::Varde;
use utfall_testkit::Varld;

const ADRESS: &str = "http://utfall.test";

fn slagen() -> [Rapportslag; 3] {
    [
        Rapportslag::Ekonomirapport {
            ar: 2021,
            till_manad: 12,
            namnd: None,
        },
        Rapportslag::Fordelningsmemo {
            ar: 2022,
            bidrag: Vec::new(),
        },
        Rapportslag::Insatsnot { ar: 2021 },
    ]
}

/// The words of a document, in order: for worlds whose typesetter sets nothing.
pub fn ord_av(dokument: &Dokument) -> String {
    let rad = |rad: &[Text]| rad.iter().map(Text::visas).collect::<String>();
    let mut ut = vec![dokument.titel.clone()];
    ut.extend(dokument.markning.clone());
    for block in &dokument.block {
        match block {
            Block::Rubrik(r) => ut.push(r.text.clone()),
            Block::Stycke { text } | Block::Besked(Besked { text, .. }) => ut.push(rad(text)),
            Block::Lista { punkter, .. } => ut.extend(punkter.iter().map(|p| rad(p))),
            Block::Faktaruta(ruta) => {
                let rader = ruta.rader.iter();
                ut.extend(rader.map(|r| format!("{} {}", r.namn, rad(&r.varde))));
            }
            Block::Tabell(tabell) => {
                ut.push(tabell.rubrik.clone());
                ut.extend(tabell.kolumner.iter().map(|k| k.rubrik.clone()));
                for r in &tabell.rader {
                    ut.push(rad(&r.rubrik));
                    ut.extend(r.celler.iter().map(|c| rad(c)));
                }
                ut.push(rad(&tabell.not));
            }
            Block::Underskrifter { namn } => ut.extend(namn.iter().map(|n| n.roll.clone())),
            Block::Figur(_) | Block::Innehall { .. } | Block::Sidbrytning => {}
        }
    }
    ut.join(" ").replace('\u{a0}', " ")
}

async fn rapport(v: &Varld, aktor: &Aktor, slug: &str) -> (Bok, Rapport) {
    let bok = v
        .tjanst
        .bok(aktor, utfall_behorighet::Atgard::LasaRapporter, None)
        .await
        .unwrap();
    let rapport = bok.rapporter.iter().find(|r| r.slug == slug).unwrap();
    let rapport = rapport.clone();
    (bok, rapport)
}

async fn skapad(v: &Varld, aktor: &Aktor, slag: Rapportslag) -> (Bok, Rapport) {
    let skapa = SkapaSammanstallning { slag };
    let slug = v.tjanst.utfor(aktor, None, skapa).await.unwrap();
    rapport(v, aktor, &slug).await
}

/// Says why each insats deviates that must be explained before the report can be issued.
pub async fn forklara(v: &Varld, aktor: &Aktor, r: &Rapport) -> usize {
    let Rapportslag::Ekonomirapport { ar, till_manad, .. } = r.slag else {
        return 0;
    };
    let (bok, _) = rapport(v, aktor, &r.slug).await;
    let saknade = oforklarade(&bok, &r.slag);
    for saknad in &saknade {
        let fall = KommenteraAvvikelse {
            insats: saknad.insats,
            ar,
            manad: till_manad,
            orsak: Avvikelseorsak::Annat,
            ord: "Färre deltog än väntat.".into(),
        };
        v.tjanst.utfor(aktor, None, fall).await.unwrap();
    }
    saknade.len()
}

async fn utfarda(v: &Varld, aktor: &Aktor, r: &Rapport) -> Vec<u8> {
    forklara(v, aktor, r).await;
    let Rapportlage::Utkast { version, .. } = r.lage else {
        panic!("redan utfärdad")
    };
    let per = PerDag(dag(utfall_testkit::nu()));
    let sparat = Utfardande::sparat(r.id, version);
    let utfarda = v.tjanst.utfarda_rapport(aktor, None, sparat, per, ADRESS);
    utfarda.await.unwrap();
    fil(v, aktor, r, Format::Pdf).await
}

async fn fil(v: &Varld, aktor: &Aktor, r: &Rapport, format: Format) -> Vec<u8> {
    let fil = v.tjanst.utfardad_fil(aktor, r, format).await;
    fil.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_is_made_of_measures_set_in_every_format_issued_and_verified() {
    let v = akta().varld();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    for slag in slagen() {
        let (bok, r) = skapad(&v, &chef, slag.clone()).await;
        assert_eq!((r.bidrag, &r.slag), (None, &slag));
        let visning = v
            .tjanst
            .forhandsvisa_rapport(&chef, r.id, None, ADRESS)
            .await
            .unwrap();
        let siffror = visning.indata.siffror();
        assert!(siffror.len() >= 10, "{slag:?}: {}", siffror.len());
        for s in siffror {
            let (matt, urval) = s.fraga().expect("varje siffra har en härledning");
            assert_eq!(bok.varde(matt, &urval), s.varde, "{slag:?} {}", matt.kod());
        }
        for format in Format::ALLA {
            let utkast = v.tjanst.rapportutkast(&chef, &r, ADRESS, format).await;
            assert!(utkast.is_ok(), "{slag:?} {format:?}: {utkast:?}");
        }
        let pdf = utfarda(&v, &chef, &r).await;
        let Rapportutslag::Utfardad(prov) = v.tjanst.verifiera_rapport(&chef, &pdf).await.unwrap()
        else {
            panic!("{slag:?} är okänd")
        };
        assert!(
            prov.indata_hel && prov.samma_satt == Some(true) && prov.skiljer.is_empty(),
            "{slag:?}: {prov:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_boards_report_has_the_answer_first_and_explains_the_deviations() {
    let v = akta().varld();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let [ekonomi, ..] = slagen();
    let (bok, r) = skapad(&v, &chef, ekonomi).await;
    assert_eq!(r.titel, "Ekonomirapport 2021 till och med december");
    assert_eq!(r.slug, "ekonomirapport-2021-12");
    let utkast = |format| v.tjanst.rapportutkast(&chef, &r, ADRESS, format);
    let html = html_text(&utkast(Format::Html).await.unwrap());
    let ordning = [
        "Så ligger vi till",
        "Att betala tillbaka",
        "Per insats",
        "Plusposter och minusposter",
        "Lovjobb för unga som behöver det mest",
        "Per nämnd",
    ];
    let mut kvar = html.as_str();
    for ord in ordning {
        kvar = kvar
            .split_once(ord)
            .unwrap_or_else(|| panic!("{ord}: {html}"))
            .1;
    }
    // R41: the largest plus item is first, with its amount.
    let plus = html.split_once("mindre än budgeten").unwrap().1;
    let ord: String = plus.chars().take(120).collect();
    assert!(
        ord.contains("Lovjobb") && ord.contains("720 000 kr"),
        "{ord}"
    );
    let minus = html.split_once("mer än budgeten").unwrap().1;
    assert!(minus.contains("Ungdomssamtal i Gottsunda"), "{minus}");
    // The same words in Word and in the workbook.
    let docx = docx_text(&utkast(Format::Docx).await.unwrap());
    let xlsx = xlsx_text(&utkast(Format::Xlsx).await.unwrap());
    for text in [docx, xlsx] {
        assert!(
            text.contains("Så ligger vi till") && text.contains("Lovjobb"),
            "{text}"
        );
    }
    let aret = Urval::default().ar(2021);
    assert_eq!(bok.varde(Matt::Anvant, &aret), Varde::Kant(728_784_100));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_has_its_own_report_of_what_it_answers_for() {
    let v = akta().varld();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let bok = v
        .tjanst
        .bok(&chef, utfall_behorighet::Atgard::LasaRapporter, None)
        .await
        .unwrap();
    let namnd = bok
        .organisationer
        .iter()
        .find(|o| o.heter("Arbetsmarknadsnämnden"));
    let namnd = namnd.unwrap().id;
    let slag = Rapportslag::Ekonomirapport {
        ar: 2021,
        till_manad: 12,
        namnd: Some(namnd),
    };
    let (_, r) = skapad(&v, &chef, slag).await;
    let fil = v.tjanst.rapportutkast(&chef, &r, ADRESS, Format::Html);
    let html = html_text(&fil.await.unwrap());
    assert!(html.contains("Arbetsmarknadsnämnden"), "{html}");
    assert!(html.contains("Lovjobb"), "{html}");
    assert!(
        !html.contains("Fokus pojkar"),
        "den hör till socialnämnden: {html}"
    );
}

/// The use of one of these insatser becomes much larger; its name, and what makes it as it was.
async fn andrad_mycket(
    v: &Varld,
    aktor: &Aktor,
    bok: &Bok,
    saknade: &[Saknad],
) -> (String, RattaFaktum) {
    let bland = |id| saknade.iter().any(|s| Some(s.insats) == id);
    let faktum = bok.fakta().into_iter().find(|f| {
        f.fakta.slag == FaktumSlag::Anvant
            && f.galler().ar == Some(2021)
            && bland(f.galler().insats)
            && f.varde().kant().is_some()
    });
    let faktum = faktum.unwrap();
    let var = faktum.varde().kant().unwrap();
    let ratta = |faktum, ore| RattaFaktum {
        faktum,
        rattelse: Rattelse::NyttVarde(Varde::Kant(ore), Precision::EXAKT),
        orsak: "Prov".into(),
        beslut: Beslutsval::Saknas,
        efter_avslut: false,
    };
    let nytt = ratta(faktum.id, var + 500_000_000);
    let nytt = v.tjanst.utfor(aktor, None, nytt).await.unwrap();
    let insats = bok.insats(faktum.galler().insats.unwrap()).unwrap();
    (insats.namn.clone(), ratta(nytt, var))
}

/// A board is told why: without the words the report is not issued, and the draft says which are
/// missing, each with the way to write it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_report_waits_until_each_large_deviation_is_explained() {
    let v = akta().varld();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let [ekonomi, ..] = slagen();
    let (bok, r) = skapad(&v, &chef, ekonomi.clone()).await;
    let saknade = oforklarade(&bok, &ekonomi);
    assert!(!saknade.is_empty());
    let utkast = |r: Rapport| {
        let (v, chef) = (&v, &chef);
        async move {
            let fil = v.tjanst.rapportutkast(chef, &r, ADRESS, Format::Html);
            String::from_utf8(fil.await.unwrap()).unwrap()
        }
    };
    let html = utkast(r.clone()).await;
    assert!(html.contains("går inte att utfärda förrän"), "{html}");
    // What is said of an insats in general, of whichever year, explains nothing.
    let ord = html_text(html.as_bytes());
    let orsaker = ord.split_once("Plusposter och minusposter").unwrap().1;
    assert!(orsaker.contains("Inte förklarad."), "{orsaker}");
    let kommentarer: Vec<&str> = saknade
        .iter()
        .filter_map(|s| bok.insats(s.insats))
        .map(|i| i.text.kommentar.trim())
        .filter(|k| !k.is_empty())
        .collect();
    assert!(!kommentarer.is_empty(), "ingen kommentar att ta fel på");
    for k in kommentarer {
        let borjan: String = k.chars().take(30).collect();
        assert!(!orsaker.contains(&borjan), "{k}: {orsaker}");
    }
    let per = PerDag(dag(utfall_testkit::nu()));
    let sparat = || Utfardande::sparat(r.id, 1);
    let utfarda = || v.tjanst.utfarda_rapport(&chef, None, sparat(), per, ADRESS);
    let nej = utfarda().await.unwrap_err();
    assert_eq!(nej.kod, "rapport-oforklarat");
    for saknad in &saknade {
        let i = bok.insats(saknad.insats).unwrap();
        assert!(nej.text.contains(&i.namn), "{}", nej.text);
        let till = format!(
            "/uppfoljning/insatser/{}?ar=2021&amp;manad=12#kommentar",
            i.slug
        );
        assert!(html.contains(&till), "{till}: {html}");
    }
    assert_eq!(forklara(&v, &chef, &r).await, saknade.len());
    let html = utkast(r.clone()).await;
    assert!(!html.contains("går inte att utfärda förrän"), "{html}");
    assert!(html.contains("Färre deltog än väntat."), "{html}");
    // One that the deviation has outgrown is told with its day, and is no explanation.
    let (insats, sparad) = andrad_mycket(&v, &chef, &bok, &saknade).await;
    let ord = html_text(utkast(r.clone()).await.as_bytes());
    let sagt = format!("{insats}: ");
    let orsaker = ord.split_once("Plusposter och minusposter").unwrap().1;
    let (_, punkt) = orsaker.split_once(&sagt).unwrap();
    let punkt: String = punkt.chars().take(160).collect();
    assert!(
        punkt.contains("Inte förklarad som den är nu. Förklaringen den ")
            && punkt.contains("Färre deltog än väntat."),
        "{punkt}"
    );
    assert_eq!(utfarda().await.unwrap_err().kod, "rapport-oforklarat");
    v.tjanst.utfor(&chef, None, sparad).await.unwrap();
    assert_eq!(forklara(&v, &chef, &r).await, 0);
    utfarda().await.unwrap();
    // A board that answers for none of them has nothing to explain.
    let ingen = Rapportslag::Ekonomirapport {
        ar: 2021,
        till_manad: 12,
        namnd: bok
            .organisationer
            .iter()
            .find(|o| o.heter("Socialstyrelsen"))
            .map(|o| o.id),
    };
    assert!(oforklarade(&bok, &ingen).is_empty());
}

/// R72: a funder's part over all projects stands in the report itself, with those it pays alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_funders_part_of_the_projects_stands_in_the_boards_report() {
    let v = akta().varld();
    let chef = v.aktor("strangnas", Roll::Forbundschef).await;
    let slag = Rapportslag::Ekonomirapport {
        ar: 2021,
        till_manad: 12,
        namnd: None,
    };
    let (_, r) = skapad(&v, &chef, slag).await;
    let fil = v.tjanst.rapportutkast(&chef, &r, ADRESS, Format::Html);
    let html = html_text(&fil.await.unwrap());
    let (_, del) = html.split_once("Vad varje finansiär betalar").unwrap();
    for ord in [
        "alla projekt \u{2013} 16 485 598 \u{2013}",
        "alla projekt \u{2013} 2 327 000 \u{2013}",
        "3 100 000 3 100 000 100,0 %",
        "2 027 000 2 027 000 100,0 %",
        "9 405 600 4 150 500 44,1 %",
    ] {
        assert!(del.contains(ord), "{ord}: {del}");
    }
}

/// A correction afterwards leaves the issued report as it was, and it still verifies; a changed
/// frozen figure is found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issued_report_is_recomputed_as_of_its_day_and_a_changed_figure_is_found() {
    let v = akta().varld();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let [ekonomi, ..] = slagen();
    let (bok, r) = skapad(&v, &chef, ekonomi).await;
    let pdf = utfarda(&v, &chef, &r).await;
    v.klocka.stall("2026-12-01T08:00:00Z".parse().unwrap());
    let anvant = bok
        .fakta()
        .into_iter()
        .find(|f| f.fakta.slag == FaktumSlag::Anvant && f.varde().kant().is_some())
        .unwrap();
    let ratta = RattaFaktum {
        faktum: anvant.id,
        rattelse: Rattelse::NyttVarde(Varde::Kant(123_400), Precision::EXAKT),
        orsak: "Rätt belopp".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    let ekonom = v.aktor("uppsala", Roll::Ekonom).await;
    v.tjanst.utfor(&ekonom, None, ratta).await.unwrap();
    let prov = |pdf: Vec<u8>| {
        let (v, chef) = (&v, &chef);
        async move {
            match v.tjanst.verifiera_rapport(chef, &pdf).await.unwrap() {
                Rapportutslag::Utfardad(prov) => prov,
                Rapportutslag::Okand => panic!("okänd"),
            }
        }
    };
    let efter = prov(pdf.clone()).await;
    assert!(
        efter.skiljer.is_empty() && efter.samma_satt == Some(true),
        "{efter:?}"
    );
    // The figures of the issued report are those of its frozen rows.
    let fryst = v.tjanst.rapportindata(&chef, &r).await.unwrap().unwrap();
    let bakom = fryst.bakom().unwrap();
    let da = Bok::av(
        std::sync::Arc::new(bakom.bocker(bok.huvudman.clone())),
        None,
    );
    for (matt, urval) in fryst.siffror().into_iter().filter_map(Siffra::fraga) {
        let tryckt = fryst
            .siffror()
            .into_iter()
            .find(|s| s.fraga() == Some((matt, urval.clone())))
            .unwrap();
        assert_eq!(da.varde(matt, &urval), tryckt.varde, "{}", matt.kod());
    }
    // Control: the frozen figure is changed beside the program.
    let lossa = if utfall_testkit::provar_postgres() {
        "ALTER TABLE utfardad_rapport DISABLE TRIGGER USER;"
    } else {
        "DROP TRIGGER utfardad_rapport_andra;"
    };
    v.db.ingrip(&format!(
        "{lossa} UPDATE utfardad_rapport SET indata = replace(indata, '805200000', '805200100') \
         WHERE rapport = {};",
        r.id
    ));
    let andrad = prov(pdf).await;
    assert!(
        !andrad.indata_hel && !andrad.skiljer.is_empty(),
        "{andrad:?}"
    );
}

/// The same from the command line: what is not said is what is most likely, and what is issued
/// is written as it was issued.
#[test]
fn the_command_line_writes_every_kind() {
    let db = akta().databas();
    let mapp = tempfile::tempdir().unwrap();
    let till = |namn: &str| mapp.path().join(namn).display().to_string();
    let skriv = |mall: &str, namn: &str, mer: &[&str]| {
        let till = till(namn);
        let mut ord = vec!["rapport", mall, "--huvudman", "uppsala", "--till", &till];
        ord.extend(mer);
        utfall_i(&db, &ord)
    };
    let svar = skriv("ekonomirapport", "e.html", &[]).slutar(0);
    assert!(svar.ut.contains("ett utkast"), "{}", svar.ut);
    let html = std::fs::read(till("e.html")).unwrap();
    assert!(html_text(&html).contains("Ekonomirapport 2021 till och med december"));
    skriv("fordelningsmemo", "f.docx", &["--ar", "2022"]).slutar(0);
    let docx = std::fs::read(till("f.docx")).unwrap();
    assert!(docx_text(&docx).contains("Fördelning av medel 2022"));
    skriv("insatsnot", "n.xlsx", &["--ar", "2021"]).slutar(0);
    let xlsx = std::fs::read(till("n.xlsx")).unwrap();
    assert!(xlsx_text(&xlsx).contains("Not om insatser 2021"));
    // Wrong use is told before anything is read.
    skriv("ekonomirapport", "m.pdf", &["--manad", "13"]).slutar(2);
    skriv("aterrapport", "a.pdf", &[]).slutar(2);
    let svar = skriv("insatsnot", "n.pdf", &["--ar", "1"]).slutar(1);
    assert!(svar.fel.contains("1 är inget år"), "{}", svar.fel);
}

/// What a funder asks for and nobody has written is marked; the template follows the funder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_funders_template_asks_its_questions_and_marks_the_gaps() {
    let v = akta().varld();
    let chef = v.aktor("uppsala", Roll::Forbundschef).await;
    let bok = v
        .tjanst
        .bok(&chef, utfall_behorighet::Atgard::LasaRapporter, None)
        .await
        .unwrap();
    let bidrag = bok.bidrag.iter().find(|b| b.slug == "socialstyrelsen-2021");
    let skapa = |mall| SkapaRapport {
        bidrag: bidrag.unwrap().id,
        ar: 2021,
        mall,
    };
    let slug = v.tjanst.utfor(&chef, None, skapa(None)).await.unwrap();
    let (_, r) = rapport(&v, &chef, &slug).await;
    let mall = Aterrapportmall::Socialstyrelsen;
    assert_eq!(
        r.slag,
        Rapportslag::Aterrapport { mall },
        "efter finansiären"
    );
    let html = || async {
        let fil = v.tjanst.rapportutkast(&chef, &r, ADRESS, Format::Html);
        html_text(&fil.await.unwrap())
    };
    let fore = html().await;
    assert!(fore.contains("Hur medlen användes för ändamålet"), "{fore}");
    assert_eq!(
        fore.matches("Saknas. Ingen har skrivit").count(),
        2,
        "{fore}"
    );
    let mut utkast = Utkast {
        ar: 2021,
        ..Utkast::default()
    };
    utkast.skriv("andamal", "Pengarna gick till lovjobb.".into());
    let spara = SparaRapport {
        rapport: r.id,
        version: 1,
        utkast,
    };
    v.tjanst.utfor(&chef, None, spara).await.unwrap();
    let efter = html().await;
    assert!(efter.contains("Pengarna gick till lovjobb."), "{efter}");
    assert_eq!(
        efter.matches("Saknas. Ingen har skrivit").count(),
        1,
        "{efter}"
    );
    // Issued, the answers are frozen and read back.
    let (_, r) = rapport(&v, &chef, &slug).await;
    let pdf = utfarda(&v, &chef, &r).await;
    let fryst = v.tjanst.rapportindata(&chef, &r).await.unwrap().unwrap();
    assert_eq!(
        Utkast::av(&fryst).text("andamal"),
        "Pengarna gick till lovjobb."
    );
    assert!(matches!(&fryst, Indata::Aterrapport(a) if a.svar.len() == 2));
    let utslag = v.tjanst.verifiera_rapport(&chef, &pdf).await.unwrap();
    assert!(matches!(utslag, Rapportutslag::Utfardad(p) if p.skiljer.is_empty()));
    // Control: the general template asks for nothing more than it did.
    let allman = skapa(Some(Aterrapportmall::Allman));
    let slug = v.tjanst.utfor(&chef, None, allman).await.unwrap();
    let (_, r) = rapport(&v, &chef, &slug).await;
    assert_eq!(r.slag, Rapportslag::ALLMAN);
    let fil = v.tjanst.rapportutkast(&chef, &r, ADRESS, Format::Html);
    assert!(!html_text(&fil.await.unwrap()).contains("Saknas."));
}
