//! Requisitions that an older version sent: what they ask for counted as requested at once.

use super::*;
use utfall_app::medel::raknas_som_rekvirerat;
use utfall_domain::bocker::Bocker;
use utfall_domain::medel::post::{Innehall, NyMedelspost, sakens};
use utfall_domain::medel::rekvisition::{Intygande, Rekvisitionssteg};

/// Sends a draft as it was done before.
#[derive(Clone, Debug)]
struct SkickaSomForr(MedelspostId);

impl Anvandningsfall for SkickaSomForr {
    const ATGARD: Atgard = Atgard::HanteraRekvisition;
    type Laddat = Bocker;
    type Svar = ();

    fn ladda(&self, permit: &Permit, k: &mut Las) -> Result<Bocker, Problem> {
        Ok(utfall_store::bocker::las(k, permit)?)
    }

    fn planera(&self, bocker: Bocker, miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        let rader = sakens(&bocker.medelsposter, self.0);
        let forra = rader.last().unwrap();
        let (id, om) = (miljo.faktum(), forra.post.om);
        let galler = Galler {
            bidrag: om.bidrag,
            ar: om.ar,
            finansiar: bocker.bidrag(om.bidrag.unwrap()).map(|b| b.finansiar),
            ..Galler::default()
        };
        let steg = Rekvisitionssteg::Skicka {
            dag: date(2022, 1, 20),
            intygande: Intygande {
                roll: "ekonom".into(),
                text: "Kostnaderna finns.".into(),
            },
        };
        let mut post = NyMedelspost::efter(forra, miljo.medelspost(), Innehall::Rekvisition(steg));
        post.om.faktum = Some(id);
        let faktum = NyttFaktum::nytt(FaktumSlag::Rekvirerat, galler, kr(200_000));
        Ok(Plan {
            andringar: vec![
                Andring::NyttFaktum {
                    id,
                    faktum: Box::new(faktum),
                },
                Andring::NyMedelspost(Box::new(post)),
            ],
            handelse: Handelse {
                slag: "prov".into(),
                objekt: "prov".into(),
                text: "Prov.".into(),
                data: serde_json::json!({}),
            },
            svar: (),
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_before_is_counted_as_asked_for_by_a_step_that_is_seen() {
    let p = Prov::nytt().await;
    let sak = p.gor(p.utkast(200_000, false)).await.unwrap();
    p.gor(SkickaSomForr(sak)).await.unwrap();
    assert_eq!(p.varde(Matt::Rekvirerat).await, kr(200_000), "som förr");
    let b = p.bok().await;
    assert!(raknas_som_rekvirerat(&b, &p.rekvisition(sak).await));
    p.steg(sak, H::SomBegart).await.unwrap();
    assert_eq!(p.varde(Matt::Begart).await, kr(200_000));
    assert_eq!(p.varde(Matt::Rekvirerat).await, Varde::EjInrapporterat);
    let r = p.rekvisition(sak).await;
    assert!(matches!(r.lage, Lage::Inskickad { .. }), "{r:?}");
    // Once is enough, and one that is sent now never needs it.
    let igen = p.steg(sak, H::SomBegart).await;
    assert_eq!(kod(igen), "rekvisition-raknas-ratt");
    p.steg(sak, H::Bevilja(15_000_000)).await.unwrap();
    assert_eq!(p.varde(Matt::Rekvirerat).await, kr(150_000));
    assert_eq!(p.varde(Matt::Begart).await, Varde::EjInrapporterat);
    let ny = p.gor(p.utkast(100_000, false)).await.unwrap();
    p.steg(ny, skicka()).await.unwrap();
    let nej = p.steg(ny, H::SomBegart).await;
    assert_eq!(kod(nej), "rekvisition-raknas-ratt");
}
