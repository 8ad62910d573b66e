//! Random papers with several grants, funders, boards and years, money carried over, missing
//! figures, proposals, boards that have not all reported, and tables of two grants or printed
//! twice. What the books, the pages and the reports say is compared with arithmetic made from
//! the paper itself: a second, plain reading of it that knows no facts and no measures.

use crate::budgetar::{Prov, grupperat};
use crate::rapport::{docx_text, html_text, pdf_text, xlsx_text};
use crate::stod::{slatt, slumpade};
use crate::webblasare::{Webblasare, bara_text};
use axum::http::StatusCode;
use utfall_app::Bok;
use utfall_app::fakta::RegistreraFaktum;
use utfall_app::installation::NyHuvudman;
use utfall_app::rapporter::{Bidragsrapport, Rapportutslag, SkapaRapport, Utfardande};
use utfall_app::underlag::ImporteraUnderlag;
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::BidragId;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::Rapportlage;
use utfall_domain::tid::PerDag;
use utfall_domain::underlag::las;
use utfall_domain::varde::Varde;

mod facit;
mod papper;

use facit::Svar::{self, EjBeslutat, EjInrapporterat, Kr};
use facit::summa;
use papper::{AR, Bidrag, Bidragsar, Insats, Papper, Rad, Tabell, papper};

/// Every figure of the paper against the books.
fn jamfor(p: &Papper, bok: &Bok) {
    let lika = |matt: Matt, u: &Urval, vantat: Svar| {
        let varde = bok.varde(matt, u);
        assert_eq!(varde, vantat.varde(), "{} {u:?}\n{p:#?}", matt.kod());
    };
    for b in 0..p.bidrag.len() {
        let id = bidragets(bok, b);
        for ar in AR {
            let u = Urval::bidrag(id).ar(ar);
            let over = Svar::av(p.overfort(b, ar), EjBeslutat);
            lika(Matt::OverfortIn, &u, over);
            lika(Matt::Tillgangligt, &u, p.tillgangligt(b, ar));
            lika(Matt::Fordelat, &u, p.fordelat_av(b, ar));
            lika(Matt::Anvant, &u, p.anvant(b, ar).unwrap_or(EjInrapporterat));
            lika(Matt::Kvar, &u, p.kvar(b, ar));
            lika(Matt::AttAterbetala, &u, p.aterbetala(b, ar));
            let kvar = [(1, p.tillgangligt(b, ar)), (-1, p.fordelat_av(b, ar))];
            lika(Matt::KvarAttFordela, &u, summa(&kvar));
        }
    }
    let alla: Vec<i16> = AR.collect();
    lika(Matt::Anvant, &Urval::default(), p.anvant_i_allt(&alla));
    for ar in AR {
        let u = Urval::default().ar(ar);
        lika(Matt::Anvant, &u, p.anvant_i_allt(&[ar]));
        if !p.herrelost() && bok.matt(Matt::Kvar, &u).utfall.har_fakta {
            lika(Matt::Kvar, &u, p.kvar_i_allt(ar));
        }
    }
    let minus = bok
        .fakta
        .iter()
        .find(|f| f.varde().kant().is_some_and(|tal| tal < 0));
    assert!(minus.is_none(), "{minus:?}\n{p:#?}");
}

fn bidragets(bok: &Bok, nr: usize) -> BidragId {
    let slug = format!("b{nr}");
    bok.bidrag.iter().find(|b| b.slug == slug).unwrap().id
}

/// The known figures of a grant's year: what there is to use stands on its page, what was
/// distributed and used in its report too.
type Arets = (usize, i16, Vec<String>, Vec<String>);

fn sidornas(p: &Papper) -> Vec<Arets> {
    let text = |s: Svar| match s {
        Kr(kr) => Some(grupperat(kr)),
        _ => None,
    };
    let mut ut = Vec::new();
    for (nr, b) in p.bidrag.iter().enumerate() {
        for a in &b.ar {
            let anvant = p.anvant(nr, a.ar).unwrap_or(EjInrapporterat);
            let tillgangligt = text(p.tillgangligt(nr, a.ar));
            let tal = [p.fordelat_av(nr, a.ar), anvant].into_iter();
            let tal = tal.filter_map(text).collect();
            ut.push((nr, a.ar, tillgangligt.into_iter().collect(), tal));
        }
    }
    ut
}

impl Prov {
    /// One paper: read in, and compared in the books, on its pages and in a report.
    async fn ett_blandat(&self, nr: usize, p: &Papper) -> Aktor {
        let slug = format!("blandat-{nr}");
        let ny = NyHuvudman {
            slug: slug.clone(),
            namn: "Provby".into(),
            pahittad: true,
        };
        let drift = Aktor::drift(self.tjanst.skapa_huvudman(ny).await.unwrap());
        let konto = format!("blandat.{nr}");
        let ekonom = self.mall.som(&konto, "Prov", &[Roll::Ekonom]).unwrap();
        self.tjanst.utfor(&drift, None, ekonom).await.unwrap();
        let innehall = serde_json::to_vec(&p.json(&slug)).unwrap();
        let fall = ImporteraUnderlag {
            underlag: las("blandat", &innehall).unwrap_or_else(|fel| panic!("{fel:#?}")),
            innehall,
            offentligt: false,
        };
        self.tjanst.utfor(&drift, None, fall).await.unwrap();
        let bok = self.tjanst.bok(&drift, Atgard::LasaMedel, None).await;
        jamfor(p, &bok.unwrap());
        let mut b = Webblasare::inloggad(&self.router, &konto, "en lång hemlig fras").await;
        let medel = b.hamta("/medel").await;
        assert_eq!(medel.status, StatusCode::OK, "{}", medel.text);
        let medel = slatt(&bara_text(&medel.text));
        let alla = sidornas(p);
        for (bidrag, ar, tillgangligt, tal) in &alla {
            let var = format!("medel, b{bidrag} {ar}");
            innehaller(&var, &medel, tillgangligt, p);
            innehaller(&var, &medel, tal, p);
        }
        // One report of each paper, and every eighth as a PDF.
        let (bidrag, ar, _, tal) = &alla[nr % alla.len()];
        let format = match nr % 8 {
            0 => Format::Pdf,
            n if n % 2 == 0 => Format::Docx,
            _ => Format::Html,
        };
        let fraga = Bidragsrapport {
            bidrag: format!("b{bidrag}"),
            ar: Some(*ar),
            per: Some(PerDag("2026-11-20".parse().unwrap())),
            adress: "http://utfall.test".into(),
            format,
        };
        let (bytes, _) = self.tjanst.bidragsrapport(&drift, fraga).await.unwrap();
        let text = match format {
            Format::Html => html_text(&bytes),
            Format::Xlsx => xlsx_text(&bytes),
            Format::Docx => docx_text(&bytes),
            Format::Pdf => pdf_text(&bytes),
        };
        innehaller(&format!("{format:?}, b{bidrag} {ar}"), &text, tal, p);
        drift
    }

    /// Enters a count of people about the only initiative, and issues the report of the first
    /// grant: its frozen input, and its file.
    async fn utfarda_den_forsta(&self, drift: &Aktor, ar: i16) -> (String, Vec<u8>) {
        let bok = self.tjanst.bok(drift, Atgard::LasaMedel, None).await;
        let bok = bok.unwrap();
        let ny = self
            .mall
            .som("chefen.utfardar", "Prov", &[Roll::Forbundschef]);
        let konto = self.tjanst.utfor(drift, None, ny.unwrap()).await.unwrap();
        let chef = Aktor::ny(konto, drift.huvudman(), &[Roll::Forbundschef]).unwrap();
        let galler = Galler {
            insats: Some(bok.insatser[0].id),
            ar: Some(ar),
            ..Galler::default()
        };
        let mut faktum = NyttFaktum::nytt(FaktumSlag::Deltagare, galler, Varde::Kant(3));
        faktum.orsak = Some("Deltagarlistan".into());
        let fall = RegistreraFaktum {
            faktum,
            tillkommer: false,
        };
        self.tjanst.utfor(&chef, None, fall).await.unwrap();
        let bidrag = bidragets(&bok, 0);
        let rapport = self.tjanst.utfor(
            &chef,
            None,
            SkapaRapport {
                bidrag,
                ar,
                mall: None,
            },
        );
        rapport.await.unwrap();
        let bok = self.tjanst.bok(&chef, Atgard::LasaMedel, None).await;
        let rapport = bok.unwrap().rapporter[0].clone();
        let Rapportlage::Utkast { version, .. } = rapport.lage else {
            panic!("redan utfärdad");
        };
        let per = PerDag("2026-11-20".parse().unwrap());
        let fall = Utfardande::sparat(rapport.id, version);
        let svar = self
            .tjanst
            .utfarda_rapport(&chef, None, fall, per, "http://utfall.test");
        svar.await.unwrap();
        let fil = async |format| {
            let fil = self.tjanst.utfardad_fil(&chef, &rapport, format).await;
            fil.unwrap().expect("rapporten är utfärdad")
        };
        (html_text(&fil(Format::Html).await), fil(Format::Pdf).await)
    }
}

fn innehaller(var: &str, text: &str, tal: &[String], p: &Papper) {
    for kr in tal {
        assert!(text.contains(kr), "{var}: {kr} saknas i {text}\n{p:#?}");
    }
}

/// Forty in the suite, or as many as `UTFALL_BLANDADE` says.
#[expect(clippy::disallowed_methods, reason = "hur många papper står i miljön")]
fn hur_manga() -> u32 {
    let sagt = std::env::var("UTFALL_BLANDADE").ok();
    sagt.map_or(40, |n| n.parse().expect("UTFALL_BLANDADE är ett antal"))
}

#[test]
fn mixed_papers_are_counted_as_they_say() {
    let (korning, prov) = Prov::ny();
    slumpade(hur_manga(), &papper(), |nr, p| {
        korning.block_on(prov.ett_blandat(nr, p));
    });
}

/// Found by the long form: an initiative of one grant that another grant pays too.
#[test]
fn what_a_grant_gives_anothers_initiative_is_in_its_report() {
    let (korning, prov) = Prov::ny();
    let bidrag = |finansiar| Bidrag {
        finansiar,
        ar: vec![Bidragsar {
            ar: 2026,
            obeslutat: false,
            tilldelat: Some(900_000),
            rekvirerat: None,
            anvant: None,
            in_: None,
            ut: None,
            namnder: Vec::new(),
        }],
    };
    let rad = Rad {
        insats: 0,
        finansiar: None,
        ar: 2026,
        nytt: Some(482_000),
        over: None,
        totalt: None,
    };
    let papper = Papper {
        bidrag: vec![bidrag(0), bidrag(1)],
        insatser: vec![Insats {
            bidrag: Some(1),
            flera_ansvarar: false,
            ekonomi: Vec::new(),
        }],
        tabeller: vec![Tabell {
            bidrag: vec![0],
            forslag: false,
            igen: false,
            rader: vec![rad],
        }],
    };
    // The first grant's report, as a PDF and as a Word file.
    let drift = korning.block_on(prov.ett_blandat(0, &papper));
    korning.block_on(prov.ett_blandat(2, &papper));
    let (text, pdf) = korning.block_on(prov.utfarda_den_forsta(&drift, 2026));
    // Whom the initiative reached is told in the report of its own grant, and only there.
    assert!(text.contains("redovisas i sin helhet med Stöd 1"), "{text}");
    assert!(!text.contains("Deltagare"), "{text}");
    let svar = korning.block_on(prov.tjanst.verifiera_rapport(&drift, &pdf));
    let Rapportutslag::Utfardad(utslag) = svar.unwrap() else {
        panic!("inte utfärdad här");
    };
    assert_eq!(utslag.skiljer, Vec::new());
}
