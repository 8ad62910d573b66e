//! The paper of a requisition: made with one press, issued when it is certified, and frozen.

use super::{AR, Prov};
use crate::rapportslag::ord_av;
use jiff::civil::date;
use utfall_app::bokforing::NyForHand;
use utfall_app::medel::{AndraVillkor, Rekvisitionshandling as H, SkrivRekvisition};
use utfall_app::publicering::Publicera;
use utfall_app::rapporter::{Rapportutslag, SkapaSammanstallning, Utfardande};
use utfall_behorighet::{Aktor, Atgard, Roll};
use utfall_domain::id::{InsatsId, MedelspostId};
use utfall_domain::medel::kontering::{Konteringsslag, Till};
use utfall_domain::medel::rekvisition::{Riktning, Uppgift};
use utfall_domain::medel::villkor::Villkor;
use utfall_domain::problem::Problem;
use utfall_domain::publicering::Publicerat;
use utfall_domain::rapport::Format;
use utfall_domain::rapporter::{Rapport, Rapportslag};
use utfall_domain::tid::PerDag;

const ADRESS: &str = "http://utfall.test";
const INTYGANDE: &str = "Kostnaderna finns i bokföringen.";

impl Prov {
    async fn for_hand(&self, insats: InsatsId, manad: i8, slag: &str, kronor: i64) {
        let ny = NyForHand {
            datum: date(AR, manad, 10),
            till: Till {
                insats,
                bidrag: None,
                organisation: None,
            },
            slag: Konteringsslag::Kostnad,
            kostnadsslag: slag.into(),
            ore: kronor * 100,
            vad: "Anna Andersson, januarilön".into(),
            referens: "Faktura 4711".into(),
            efter_avslut: false,
        };
        self.gor(ny).await.unwrap();
    }

    async fn chef(&self) -> Aktor {
        self.v.aktor("forsby", Roll::Forbundschef).await
    }

    async fn handling(&self, sak: MedelspostId) -> Rapport {
        let slag = Rapportslag::Rekvisition { sak };
        let slug = self.gor(SkapaSammanstallning { slag }).await.unwrap();
        let bok = self.bok().await;
        bok.rapporter
            .iter()
            .find(|r| r.slug == slug)
            .unwrap()
            .clone()
    }

    /// The words of the paper: of the draft, or as issued.
    async fn orden(&self, r: &Rapport) -> String {
        let tjanst = &self.v.tjanst;
        let fryst = tjanst.rapportindata(&self.ekonom, r).await.unwrap();
        let indata = match fryst {
            Some(indata) => indata,
            None => {
                let visning = tjanst.forhandsvisa_rapport(&self.ekonom, r.id, None, ADRESS);
                visning.await.unwrap().indata
            }
        };
        // What is frozen holds no more than what is printed.
        let json = indata.json().unwrap();
        assert!(
            !json.contains("Andersson") && !json.contains("4711"),
            "{json}"
        );
        ord_av(&indata.dokument())
    }

    async fn utfarda(&self, r: &Rapport) -> Result<Vec<u8>, Problem> {
        let chef = self.chef().await;
        let tjanst = &self.v.tjanst;
        let per = PerDag(utfall_domain::tid::dag(tjanst.klocka().nu()));
        let sparat = Utfardande::sparat(r.id, 1);
        tjanst
            .utfarda_rapport(&chef, None, sparat, per, ADRESS)
            .await?;
        Ok(tjanst.utfardad_fil(&chef, r, Format::Pdf).await?.unwrap())
    }

    async fn villkoren(&self) {
        let fall = AndraVillkor {
            bidrag: self.bidrag,
            ar: None,
            villkor: Villkor {
                diarienummer: Some("PF 2022-9".into()),
                lagstod: Some("Förordning (2018:152)".into()),
                ..Villkor::default()
            },
            sedd: None,
            orsak: "Beslutet".into(),
        };
        self.gor(fall).await.unwrap();
    }
}

/// R14, R52: amount in figures, period, what it rests on with its vouchers, who certifies it; not
/// issued before it is sent, and as it was sent whatever is granted afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_paper_of_a_requisition_has_its_ground_and_stays_as_it_was_issued() {
    let p = Prov::nytt().await;
    p.villkoren().await;
    p.fordela(&[(p.ett, Some(200_000))]).await;
    p.for_hand(p.ett, 1, "Personal", 40_000).await;
    p.for_hand(p.ett, 2, "Lokaler", 10_000).await;
    let mut utkast = p.utkast(100_000, false);
    utkast.uppgift.senast = Some(date(AR, 9, 1));
    let sak = p.gor(utkast).await.unwrap();
    let r = p.handling(sak).await;
    assert_eq!(r.slug, format!("rekvisition-{sak}"));
    let ord = p.orden(&r).await;
    assert!(ord.contains("Rekvisitionen är inte skickad"), "{ord}");
    // Control: what a voucher says is in the books, for who may read it.
    let for_hand = p.v.tjanst.for_hand(&p.ekonom).await.unwrap();
    assert!(format!("{for_hand:?}").contains("Andersson"));
    let nej = p.utfarda(&r).await.unwrap_err();
    assert_eq!(nej.kod, "rekvisition-inte-skickad");
    p.steg(sak, skicka()).await.unwrap();
    let pdf = p.utfarda(&r).await.unwrap();
    let chef = p.chef().await;
    let html = p.orden(&r).await;
    for ord in [
        "Provfonden",
        "PF 2022-9",
        "Förordning (2018:152)",
        "100 000 kr",
        "1 januari 2022 till 30 juni 2022",
        "Beviljat och väntande",
        "Provbidraget 500 000 100 000 400 000",
        "Kvar att begära",
        // Half of it is booked.
        "Det begärda beloppet är större än det som är bokfört i perioden.",
        "Personal: en verifikation: för hand 1.",
        "Lokaler: en verifikation: för hand 2.",
        INTYGANDE,
        "i rollen ekonom",
        "Ekonom, som intygar uppgifterna",
        "Betalas till inte registrerat",
        "Påhittade uppgifter",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    // When we were to send it is nothing that the funder is told.
    assert!(!html.contains("1 september 2022"), "{html}");
    for (slag, tal) in [
        ("Personal", "40 000"),
        ("Lokaler", "10 000"),
        ("använt", "50 000"),
    ] {
        assert!(html.contains(&format!("{slag} {tal}")), "{slag}: {html}");
    }
    // Less is granted later, and more is booked: the paper is what was issued, and holds.
    p.v.klocka.stall("2026-12-01T08:00:00Z".parse().unwrap());
    p.steg(sak, H::Bevilja(6_000_000)).await.unwrap();
    p.for_hand(p.ett, 2, "Lokaler", 99).await;
    let utslag = p.v.tjanst.verifiera_rapport(&chef, &pdf).await.unwrap();
    let Rapportutslag::Utfardad(prov) = utslag else {
        panic!("okänd")
    };
    assert!(
        prov.indata_hel && prov.samma_satt == Some(true) && prov.skiljer.is_empty(),
        "{prov:?}"
    );
    // It is for the funder, not for the portal.
    let publicera = Publicera {
        vad: Publicerat::Rapport(r.id),
        per: PerDag(date(2026, 11, 20)),
        kommentar: String::new(),
    };
    let nej = p.v.tjanst.utfor(&chef, None, publicera).await.unwrap_err();
    assert_eq!(nej.kod, "publicering-rapportslag");
    // What is withdrawn makes no paper.
    p.steg(sak, H::Aterkalla).await.unwrap();
    let nej = p.utfarda(&p.handling(sak).await).await.unwrap_err();
    assert_eq!(nej.kod, "rekvisition-utan-verkan");
}

fn skicka() -> H {
    H::Skicka {
        intygande: INTYGANDE.into(),
    }
}

/// The other way: a party asks us, of what its initiative has got; the period begins in the year,
/// so what is used in it is told from what was used before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partys_requisition_has_its_paper_too() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(200_000))]).await;
    p.for_hand(p.ett, 1, "Personal", 40_000).await;
    p.for_hand(p.ett, 2, "Personal", 15_000).await;
    p.for_hand(p.tva, 2, "Personal", 7_000).await;
    let part = p.bok().await;
    let part = part
        .organisationer
        .iter()
        .find(|o| o.heter("Socialnämnden"));
    let skriv = SkrivRekvisition {
        utkast: None,
        bidrag: p.bidrag,
        insats: Some(p.ett),
        organisation: Some(part.unwrap().id),
        uppgift: Uppgift {
            riktning: Riktning::FranPart,
            belopp: 1_500_000,
            fran: date(AR, 2, 1),
            till: date(AR, 3, 31),
            sista: false,
            retroaktiv: None,
            senast: None,
        },
    };
    let sak = p.gor(skriv).await.unwrap();
    p.steg(sak, skicka()).await.unwrap();
    let r = p.handling(sak).await;
    let html = p.orden(&r).await;
    for ord in [
        "Från Socialnämnden",
        "Till Forsby kommun",
        "Insats Ettan",
        "Socialnämnden rekvirerar 15 000 kr av Forsby kommun (påhittad)",
        // Given, asked for, left; used before, through the period, in it.
        "Ettan 200 000 15 000 185 000",
        "Personal 40 000 55 000 15 000",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    assert!(!html.contains("7 000"), "en annans kostnader: {html}");
    assert!(!html.contains("större än det som är bokfört"), "{html}");
    // The period ends in March and the books in February.
    assert!(html.contains("Till och med februari"), "{html}");
    assert!(!html.contains("Till och med mars"), "{html}");
    p.utfarda(&r).await.unwrap();
    // Control: whoever may read no reports gets none.
    let adm = p.v.aktor("forsby", Roll::Administrator).await;
    let nej = p.v.tjanst.bok(&adm, Atgard::LasaRapporter, None).await;
    assert!(nej.is_err());
}

/// On the last requisition of the year the rest is not left to ask for, and what was asked for
/// and refused is not counted among what is granted or waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_requisition_says_that_the_rest_is_not_asked_for() {
    let p = Prov::nytt().await;
    let forsta = p.gor(p.utkast(200_000, false)).await.unwrap();
    p.steg(forsta, skicka()).await.unwrap();
    p.steg(forsta, H::Bevilja(15_000_000)).await.unwrap();
    let sak = p.gor(p.utkast(100_000, true)).await.unwrap();
    p.steg(sak, skicka()).await.unwrap();
    let html = p.orden(&p.handling(sak).await).await;
    for ord in [
        "Provbidraget 500 000 250 000 250 000",
        "Begärs inte",
        "resten begärs inte",
        "Inget är bokfört på bidraget för perioden.",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }
    for ord in ["Kvar att begära", "Begärt hittills"] {
        assert!(!html.contains(ord), "{ord}: {html}");
    }
}
