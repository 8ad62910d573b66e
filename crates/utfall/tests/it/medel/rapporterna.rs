//! Issued reports recompute to the same figures as of their date, whatever is done afterwards:
//! random operations on a grant, corrections among them, with reports issued in between.
//!
//! On the engine under test, through the door. `UTFALL_RAPPORTER` says how many seeds;
//! `cargo xtask prov rapporter` runs many on both engines.

use super::Prov;
use super::egenskaper::{AREN, Facit, Lek, Motor, Tal, varlden};
use crate::rapportslag::forklara;
use std::sync::Arc;
use utfall_app::Bok;
use utfall_app::fakta::{RattaFaktum, Rattelse};
use utfall_app::rapporter::{Rapportutslag, SkapaRapport, SkapaSammanstallning, Utfardande};
use utfall_behorighet::{Atgard, Roll};
use utfall_domain::faktum::FaktumSlag;
use utfall_domain::medel::rekvisition::alla;
use utfall_domain::pengar::Precision;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportslag};
use utfall_domain::tid::{PerDag, dag};
use utfall_domain::varde::Varde;

const ADRESS: &str = "http://utfall.test";

/// Two in the suite, or as many as `UTFALL_RAPPORTER` says.
#[expect(
    clippy::disallowed_methods,
    reason = "antalet är det långa provets enda inställning"
)]
fn antal() -> u64 {
    let sagt = std::env::var("UTFALL_RAPPORTER").ok();
    sagt.map_or(2, |n| n.parse().expect("UTFALL_RAPPORTER är ett antal"))
}

fn prov(lek: &Lek) -> &Prov {
    match &lek.motor {
        Motor::Dorr(p) => p,
        Motor::Ren(..) => panic!("genom dörren"),
    }
}

/// Time goes on: some hours or days.
fn vanta(p: &Prov, t: &mut Tal) {
    let timmar = i64::try_from(1 + t.nasta(30)).unwrap();
    let nu = p.v.tjanst.klocka().nu();
    p.v.klocka
        .stall(nu + jiff::SignedDuration::from_hours(timmar));
}

/// A fact of the grant gets another value, or none; whether the rules allowed it.
async fn ratta(lek: &Lek, t: &mut Tal) -> bool {
    let p = prov(lek);
    let bok = p.bok().await;
    let egna: Vec<_> = bok
        .fakta()
        .into_iter()
        .filter(|f| f.galler().bidrag == Some(lek.bidrag))
        .filter(|f| f.fakta.slag == FaktumSlag::Anvant)
        .map(|f| f.id)
        .collect();
    if egna.is_empty() {
        return false;
    }
    let nr = usize::try_from(t.nasta(1_000_000)).unwrap() % egna.len();
    let varde = match t.nasta(5) {
        0 => Varde::Okant,
        _ => Varde::Kant(i64::try_from(t.nasta(90_000)).unwrap()),
    };
    let fall = RattaFaktum {
        faktum: egna[nr],
        rattelse: Rattelse::NyttVarde(varde, Precision::EXAKT),
        orsak: "Rätt belopp".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    p.gor(fall).await.is_ok()
}

/// One report of each kind as the books are now.
async fn utfardade(lek: &Lek) -> Vec<(Rapport, Vec<u8>)> {
    let p = prov(lek);
    let chef = p.v.aktor("forsby", Roll::Forbundschef).await;
    let mut slagen = vec![
        Rapportslag::Ekonomirapport {
            ar: AREN[0],
            till_manad: 6,
            namnd: None,
        },
        Rapportslag::Fordelningsmemo {
            ar: AREN[1],
            bidrag: vec![lek.bidrag],
        },
        Rapportslag::Insatsnot { ar: AREN[0] },
    ];
    let skickad = alla(&p.bok().await.medelsposter)
        .into_iter()
        .rfind(|r| r.om.bidrag == Some(lek.bidrag) && r.tar_av_ramen());
    slagen.extend(skickad.map(|r| Rapportslag::Rekvisition { sak: r.id }));
    let mut slugar = Vec::new();
    for slag in slagen {
        slugar.push(p.gor(SkapaSammanstallning { slag }).await.unwrap());
    }
    for ar in AREN {
        let skapa = SkapaRapport {
            bidrag: lek.bidrag,
            ar,
            mall: Some(utfall_domain::rapporter::Aterrapportmall::Tillvaxtverket),
        };
        slugar.push(p.gor(skapa).await.unwrap());
    }
    let mut ut = Vec::new();
    for slug in slugar {
        let bok = p.bok().await;
        let r = bok.rapporter.iter().find(|r| r.slug == slug).unwrap();
        let r = r.clone();
        forklara(&p.v, &chef, &r).await;
        let per = PerDag(dag(p.v.tjanst.klocka().nu()));
        let sparat = Utfardande::sparat(r.id, 1);
        let tjanst = &p.v.tjanst;
        let svar = tjanst
            .utfarda_rapport(&chef, None, sparat, per, ADRESS)
            .await;
        svar.unwrap_or_else(|fel| panic!("{slug}: {fel:?}"));
        let pdf = tjanst.utfardad_fil(&chef, &r, Format::Pdf).await;
        ut.push((r, pdf.unwrap().unwrap()));
    }
    ut
}

/// What the books say today of the figures of a report, against what it printed.
async fn prova(lek: &Lek, (r, pdf): &(Rapport, Vec<u8>), vad: &str) -> usize {
    let p = prov(lek);
    let chef = p.v.aktor("forsby", Roll::Forbundschef).await;
    let utslag = p.v.tjanst.verifiera_rapport(&chef, pdf).await.unwrap();
    let Rapportutslag::Utfardad(svar) = utslag else {
        panic!("{vad}: {} är okänd", r.slug)
    };
    assert!(
        svar.indata_hel && svar.samma_satt == Some(true) && svar.skiljer.is_empty(),
        "{vad}: {}: {svar:?}",
        r.slug
    );
    // The same from the rows that were frozen, without the books.
    let fryst = p.v.tjanst.rapportindata(&chef, r).await.unwrap().unwrap();
    let bok =
        p.v.tjanst
            .bok(&chef, Atgard::LasaRapporter, None)
            .await
            .unwrap();
    let bakom = fryst.bakom().unwrap().bocker(bok.huvudman.clone());
    let da = Bok::av(Arc::new(bakom), None);
    let mut andrade = 0;
    for s in fryst.siffror() {
        let (matt, urval) = s.fraga().unwrap();
        assert_eq!(
            da.varde(matt, &urval),
            s.varde,
            "{vad}: {}: {}",
            r.slug,
            matt.kod()
        );
        andrade += usize::from(bok.varde(matt, &urval) != s.varde);
    }
    andrade
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn issued_reports_recompute_as_of_their_date_after_any_operations() {
    let mut andrade = 0;
    for fro in 1..=antal() {
        let (p, bidrag, insatser) = varlden().await;
        let mut lek = Lek {
            motor: Motor::Dorr(Box::new(p)),
            bidrag,
            insatser,
            facit: Facit::default(),
        };
        let mut t = Tal(fro);
        let mut rapporter = Vec::new();
        for _ in 0..2 {
            for _ in 0..12 {
                vanta(prov(&lek), &mut t);
                let (vad, gick, ska) = lek.op(&mut t).await;
                assert_eq!(gick, ska, "frö {fro}: {vad}");
            }
            rapporter.extend(utfardade(&lek).await);
        }
        for _ in 0..12 {
            // Within the second and the same day, too.
            if t.nasta(3) > 0 {
                vanta(prov(&lek), &mut t);
            } else {
                let nu = prov(&lek).v.tjanst.klocka().nu();
                let strax = nu + jiff::SignedDuration::from_millis(1);
                prov(&lek).v.klocka.stall(strax);
            }
            let _ = lek.op(&mut t).await;
            let _ = ratta(&lek, &mut t).await;
        }
        for rapport in &rapporter {
            andrade += prova(&lek, rapport, &format!("frö {fro}")).await;
        }
    }
    // Positive control: the books of today are others than those of the reports.
    assert!(andrade > 0, "ingen siffra ändrades");
}
