//! Requisitions, what is left, and the closing of a year.

mod aldre;
mod bokfort;
mod kedjan;
mod namnden;
mod skydd;

use super::{AR, Prov, kr};
use jiff::civil::date;
use std::sync::Arc;
use utfall_app::fakta::{RattaFaktum, Rattelse, RegistreraFaktum, om_bidrag, om_insats};
use utfall_app::medel::{
    BeslutaAterbetalning, BetalaAterbetalning, DECEMBER, NyTilldelning, OppnaAr,
    RegistreraMedgivande, Rekvisitionshandling as H, SkrivRekvisition, StegRekvisition, checklista,
    foljd_i_ord, poster, ryms_i_overforingen,
};
use utfall_app::{Anvandningsfall, Bok, Miljo, Plan};
use utfall_behorighet::{Atgard, Permit, Roll};
use utfall_domain::andring::Andring;
use utfall_domain::faktum::{FaktumSlag, Galler, NyttFaktum, Sakerhet};
use utfall_domain::id::{FaktumId, MedelspostId};
use utfall_domain::journal::Handelse;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::aterbetalning::{Lage as Aterlage, Medgivande, alla as ater};
use utfall_domain::medel::rekvisition::{Lage, Rekvisition, Riktning, Uppgift, alla};
use utfall_domain::medel::villkor::{Grans, Overforing, Villkor};
use utfall_domain::pengar::Precision;
use utfall_domain::problem::Problem;
use utfall_domain::varde::Varde;
use utfall_store::Las;
use utfall_testkit::beslut;

impl Prov {
    pub(super) fn utkast(&self, kronor: i64, sista: bool) -> SkrivRekvisition {
        SkrivRekvisition {
            utkast: None,
            bidrag: self.bidrag,
            insats: None,
            organisation: None,
            uppgift: Uppgift {
                riktning: Riktning::TillFinansiar,
                belopp: kronor * 100,
                fran: date(AR, 1, 1),
                till: date(AR, 6, 30),
                sista,
                retroaktiv: None,
                senast: None,
            },
        }
    }

    async fn rekvisition(&self, sak: MedelspostId) -> Rekvisition {
        let b = self.bok().await;
        let alla = alla(&b.medelsposter);
        alla.into_iter().find(|r| r.id == sak).unwrap()
    }

    pub(super) async fn steg(
        &self,
        sak: MedelspostId,
        handling: H,
    ) -> Result<MedelspostId, Problem> {
        let version = self.rekvisition(sak).await.version;
        self.gor(StegRekvisition {
            sak,
            version,
            handling,
            dag: Some(date(2022, 2, 1)),
            orsak: "Enligt beskedet".into(),
            efter_avslut: false,
        })
        .await
    }

    async fn varde(&self, matt: Matt) -> Varde {
        self.bok().await.varde(matt, &self.urval())
    }

    async fn registrera(
        &self,
        slag: FaktumSlag,
        galler: Galler,
        varde: Varde,
    ) -> Result<FaktumId, Problem> {
        let mut faktum = NyttFaktum::nytt(slag, galler, varde);
        faktum.orsak = Some("Bokslutet".into());
        self.gor(RegistreraFaktum {
            faktum,
            tillkommer: false,
        })
        .await
    }

    async fn anvant(&self, kronor: i64) {
        let b = self.bok().await;
        let galler = Galler {
            ar: Some(AR),
            ..om_insats(&b, self.ett)
        };
        let fall = self.registrera(FaktumSlag::Anvant, galler, kr(kronor));
        fall.await.unwrap();
    }

    async fn villkor(&self, overforing: Overforing, grans: Option<Grans>) {
        let b = self.bok().await;
        let rad = utfall_domain::medel::villkor::raden(&b.medelsposter, self.bidrag, None);
        let fall = utfall_app::medel::AndraVillkor {
            bidrag: self.bidrag,
            ar: None,
            villkor: Villkor {
                overforing,
                grans,
                ..Villkor::default()
            },
            sedd: rad.map(|p| p.post.id),
            orsak: "Beslutet".into(),
        };
        self.gor(fall).await.unwrap();
    }

    /// What the follow-up and the board's report say of so much that is left of the year.
    async fn blir_over(&self, kronor: i64) -> String {
        let b = self.bok().await;
        let bidrag = b.bidrag(self.bidrag).unwrap();
        let ryms = ryms_i_overforingen(&b, bidrag, AR, kronor * 100);
        let sagt = foljd_i_ord(&b, bidrag, AR, kronor * 100);
        let allt = sagt.starts_with("Får föras över") && !sagt.contains("Utan medgivande");
        assert_eq!(ryms, allt, "{sagt}");
        sagt.replace('\u{a0}', " ")
    }

    async fn for_over(&self, kronor: i64) -> Result<FaktumId, Problem> {
        let b = self.bok().await;
        let galler = Galler {
            ar: Some(AR + 1),
            fran_ar: Some(AR),
            ..om_bidrag(&b, self.bidrag)
        };
        self.registrera(FaktumSlag::Overfort, galler, kr(kronor))
            .await
    }

    async fn besluta(&self, kronor: i64) -> Result<MedelspostId, Problem> {
        let b = self.bok().await;
        let fore = utfall_domain::medel::aterbetalning::en(&b.medelsposter, self.bidrag, AR);
        self.gor(BeslutaAterbetalning {
            bidrag: self.bidrag,
            ar: AR,
            belopp: kronor * 100,
            forfaller: Some(date(2023, 3, 31)),
            konto: "3513".into(),
            beslut: beslut(),
            version: fore.map_or(0, |r| r.version),
            orsak: "Enligt beslutet".into(),
            efter_avslut: false,
        })
        .await
    }
}

fn skicka() -> H {
    H::Skicka {
        intygande: "Kostnaderna finns i bokföringen.".into(),
    }
}

fn kod<T>(svar: Result<T, Problem>) -> &'static str {
    svar.map_or_else(|p| p.kod, |_| "gick")
}

/// R14, R15, R52: a sent requisition is the one figure of what is requested, whole or in part,
/// before the decision only with a reason and never beyond what is granted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_requisition_makes_the_one_figure_and_stays_below_what_is_granted() {
    let p = Prov::nytt().await;
    let ett = p.gor(p.utkast(300_000, false)).await.unwrap();
    assert_eq!(p.varde(Matt::Rekvirerat).await, Varde::EjInrapporterat);
    let utan = H::Skicka {
        intygande: " ".into(),
    };
    assert_eq!(kod(p.steg(ett, utan).await), "rekvisition-intygande");
    assert_eq!(
        kod(p.steg(ett, H::Betala).await),
        "rekvisition-inte-beviljad"
    );
    p.steg(ett, skicka()).await.unwrap();
    // What is asked for is told apart: nothing of it has come, and nothing goes back.
    assert_eq!(p.varde(Matt::Begart).await, kr(300_000));
    assert_eq!(p.varde(Matt::Rekvirerat).await, Varde::EjInrapporterat);
    assert_eq!(p.varde(Matt::AttAterbetala).await, Varde::EjInrapporterat);
    // While more is to come, what is granted is what there is to distribute.
    assert_eq!(p.varde(Matt::Tillgangligt).await, kr(500_000));
    let r = p.rekvisition(ett).await;
    let Lage::Inskickad { intygande, .. } = &r.lage else {
        panic!("{r:?}")
    };
    assert_eq!(intygande.roll, "ekonom");
    // Granted in part: the same fact, corrected. It is changed nowhere else.
    p.steg(ett, H::Bevilja(25_000_000)).await.unwrap();
    assert_eq!(p.varde(Matt::Rekvirerat).await, kr(250_000));
    assert_eq!(p.varde(Matt::Begart).await, Varde::EjInrapporterat);
    let faktum = p.rekvisition(ett).await.om.faktum.unwrap();
    let ratta = RattaFaktum {
        faktum,
        rattelse: Rattelse::Stryk,
        orsak: "Fel".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(ratta).await, "faktum-har-agare");
    let b = p.bok().await;
    let galler = Galler {
        ar: Some(AR),
        ..om_bidrag(&b, p.bidrag)
    };
    let lost = p.registrera(FaktumSlag::Rekvirerat, galler, kr(1)).await;
    assert_eq!(kod(lost), "rekvisition-finns");
    p.steg(ett, H::Betala).await.unwrap();
    assert_eq!(kod(p.steg(ett, H::Aterkalla).await), "rekvisition-avslutad");
    // The ceiling counts what is sent; a withdrawn one makes room again.
    let tva = p.gor(p.utkast(250_001, true)).await.unwrap();
    assert_eq!(kod(p.steg(tva, skicka()).await), "rekvisition-over-taket");
    let tre = p.gor(p.utkast(250_000, true)).await.unwrap();
    p.steg(tre, skicka()).await.unwrap();
    assert_eq!(p.varde(Matt::Tillgangligt).await, kr(500_000));
    assert_eq!(p.varde(Matt::Begart).await, kr(250_000));
    assert_eq!(p.varde(Matt::BegartHittills).await, kr(500_000));
    p.steg(tre, H::Aterkalla).await.unwrap();
    assert_eq!(p.varde(Matt::Rekvirerat).await, kr(250_000));
    // Two who act on the same version: the second is told.
    let gammal = StegRekvisition {
        sak: tva,
        version: 7,
        handling: skicka(),
        dag: Some(date(2022, 2, 1)),
        orsak: String::new(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(gammal).await, "rekvisition-andrad-av-annan");
    // Before the decision.
    let sedd = p.bok().await.matt(Matt::Tilldelat, &p.urval()).rader[0];
    let besked = NyTilldelning {
        bidrag: p.bidrag,
        ar: AR,
        belopp: 50_000_000,
        precision: Precision::EXAKT,
        sakerhet: Sakerhet::Slutlig,
        benamning: "Slutlig".into(),
        datum: Some(date(2022, 1, 20)),
        sedd: Some(sedd),
        orsak: "Beslutet".into(),
        efter_avslut: false,
    };
    p.gor(besked).await.unwrap();
    let mut tidig = p.utkast(1_000, false);
    assert_eq!(p.nej(tidig.clone()).await, "rekvisition-retroaktiv");
    tidig.uppgift.retroaktiv = Some("Beslutet gäller från 1 januari".into());
    let id = p.gor(tidig).await.unwrap();
    let r = p.rekvisition(id).await;
    assert_eq!(r.uppgift.fran, date(AR, 1, 1));
    assert!(r.uppgift.retroaktiv.is_some());
}

/// R52: from a party: never beyond what its initiative has got.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_party_requests_what_its_initiative_has_got_and_no_more() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(100_000))]).await;
    let part = p.bok().await.organisationer[0].id;
    let fran_part = |kronor: i64, insats| {
        let mut fall = p.utkast(kronor, false);
        fall.uppgift.riktning = Riktning::FranPart;
        fall.insats = insats;
        fall.organisation = Some(part);
        fall
    };
    // Whom the money goes to must be known: their account is what two have seen to.
    let mut ingen = fran_part(1, Some(p.ett));
    ingen.organisation = None;
    assert_eq!(p.nej(ingen).await, "part-saknas");
    assert_eq!(p.nej(fran_part(1, None)).await, "insats-saknas");
    let ett = p.gor(fran_part(60_000, Some(p.ett))).await.unwrap();
    p.steg(ett, skicka()).await.unwrap();
    let tva = p.gor(fran_part(40_001, Some(p.ett))).await.unwrap();
    assert_eq!(kod(p.steg(tva, skicka()).await), "rekvisition-over-taket");
    let b = p.bok().await;
    let urval = p.urval().for_insats(p.ett);
    assert_eq!(b.varde(Matt::RekvireratAvPart, &urval), kr(60_000));
    assert_eq!(p.varde(Matt::Rekvirerat).await, Varde::EjInrapporterat);
}

/// R6: what may be carried over is what the terms and the funder's consent allow.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_is_carried_over_with_consent_and_within_its_limit() {
    let p = Prov::nytt().await;
    p.villkor(Overforing::Nej, None).await;
    assert_eq!(kod(p.for_over(1).await), "overforing-nekad");
    let sagt = p.blir_over(1).await;
    assert!(sagt.starts_with("Får inte föras över."), "{sagt}");
    // The forecast says the limit, and what is repaid beyond it.
    p.villkor(Overforing::Ja, Some(Grans::Promille(100))).await;
    assert_eq!(
        p.blir_over(50_000).await,
        "Får föras över till 2023 (högst 50 000 kr, 10 % av årets pengar)."
    );
    assert_eq!(
        p.blir_over(436_000).await,
        "Bara 50 000 kr får föras över till 2023 (högst 50 000 kr, 10 % av årets pengar). \
         Resten, 386 000 kr, ska betalas tillbaka efter årets slut."
    );
    p.villkor(Overforing::MedMedgivande, Some(Grans::Promille(100)))
        .await;
    assert_eq!(kod(p.for_over(1).await), "overforing-utan-medgivande");
    let sagt = p.blir_over(60_000).await;
    assert!(
        sagt.contains("Bara 50 000 kr får föras över till 2023 om finansiären medger det")
            && sagt.ends_with("Utan medgivande ska allt betalas tillbaka efter årets slut."),
        "{sagt}"
    );
    let medgivande = RegistreraMedgivande {
        bidrag: p.bidrag,
        fran_ar: AR,
        medgivande: Medgivande {
            av: "Bidragsenheten".into(),
            datum: date(2022, 2, 1),
            till_ar: AR + 1,
            grans: Some(Grans::Belopp(4_000_000)),
            villkor: Some("Bara till sommarjobb.".into()),
        },
        orsak: "Brev".into(),
    };
    let bakat = RegistreraMedgivande {
        medgivande: Medgivande {
            till_ar: AR,
            ..medgivande.medgivande.clone()
        },
        ..medgivande.clone()
    };
    assert_eq!(p.nej(bakat).await, "medgivande-ar");
    p.gor(medgivande).await.unwrap();
    // Ten per cent of 500 000 is 50 000, but the consent says 40 000.
    assert_eq!(kod(p.for_over(40_001).await), "overforing-over-gransen");
    p.for_over(40_000).await.unwrap();
    let b = p.bok().await;
    let till = Urval::bidrag(p.bidrag).ar(AR + 1);
    assert_eq!(b.varde(Matt::OverfortIn, &till), kr(40_000));
    assert_eq!(
        p.blir_over(1_000).await,
        "Bara 0 kr får föras över till 2023 enligt finansiärens medgivande (högst 40 000 kr, \
         enligt villkoren, varav 40 000 kr redan är överförda). Resten, 1 000 kr, ska betalas \
         tillbaka efter årets slut."
    );
}

/// R13: what is repaid is counted, decided with a decision, a due day and an account, and
/// paid; more than what is left cannot be paid.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repayment_is_counted_decided_and_paid_and_never_too_much() {
    let p = Prov::nytt().await;
    let r = p.gor(p.utkast(500_000, true)).await.unwrap();
    p.steg(r, skicka()).await.unwrap();
    p.fordela(&[(p.ett, Some(500_000))]).await;
    p.anvant(423_584).await;
    // Money that is asked for has not come: there is nothing of it to repay.
    assert_eq!(p.varde(Matt::AttAterbetala).await, Varde::EjInrapporterat);
    assert!(poster(&p.bok().await, p.bidrag, AR).is_none());
    p.steg(r, H::Bevilja(50_000_000)).await.unwrap();
    let b = p.bok().await;
    assert_eq!(
        poster(&b, p.bidrag, AR).unwrap().att_aterbetala(),
        7_641_600
    );
    assert_eq!(b.varde(Matt::AttAterbetala, &p.urval()), kr(76_416));
    let sak = p.besluta(76_416).await.unwrap();
    let b = p.bok().await;
    let r = ater(&b.medelsposter)
        .into_iter()
        .find(|r| r.id == sak)
        .unwrap();
    assert_eq!(r.beraknat, Some(7_641_600));
    assert_eq!(
        (r.konto.as_deref(), r.forfaller),
        (Some("3513"), date(2023, 3, 31))
    );
    assert!(r.om.beslut.is_some());
    assert_eq!(b.varde(Matt::Aterbetalning, &p.urval()), kr(76_416));
    let betala = |version: i64, kronor: i64| BetalaAterbetalning {
        sak,
        version,
        belopp: kronor * 100,
        dag: Some(date(2022, 2, 1)),
    };
    assert_eq!(p.nej(betala(1, 76_417)).await, "aterbetalning-for-mycket");
    p.gor(betala(1, 76_000)).await.unwrap();
    assert_eq!(p.nej(betala(1, 416)).await, "aterbetalning-andrad-av-annan");
    assert_eq!(p.nej(betala(2, 417)).await, "aterbetalning-for-mycket");
    assert_eq!(p.varde(Matt::KvarAttAterbetala).await, kr(416));
    assert_eq!(kod(p.besluta(75_999).await), "aterbetalning-under-betalt");
    p.gor(betala(2, 416)).await.unwrap();
    let b = p.bok().await;
    let r = ater(&b.medelsposter)
        .into_iter()
        .find(|r| r.id == sak)
        .unwrap();
    assert_eq!(r.lage(), Aterlage::Betald);
    assert_eq!(b.varde(Matt::Aterbetalt, &p.urval()), kr(76_416));
    // One authoritative amount here too.
    let ratta = RattaFaktum {
        faktum: r.om.faktum.unwrap(),
        rattelse: Rattelse::Stryk,
        orsak: "Fel".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(ratta).await, "faktum-har-agare");
}

/// A year is closed when its list is done. After that no use case changes it unseen: what is
/// changed says that it was after the closing, and a figure that rests on it too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_year_changes_only_as_a_correction_that_is_seen() {
    let p = Prov::nytt().await;
    p.fordela(&[(p.ett, Some(500_000))]).await;
    let stang = |beslut| p.v.tjanst.infor_avslut(&p.ekonom, (p.bidrag, AR), beslut);
    let r = p.gor(p.utkast(500_000, true)).await.unwrap();
    p.steg(r, skicka()).await.unwrap();
    let fall = stang(beslut()).await.unwrap();
    assert_eq!(p.nej(fall).await, "arsavslut-inte-klart");
    p.anvant(490_000).await;
    p.steg(r, H::Bevilja(50_000_000)).await.unwrap();
    p.steg(r, H::Betala).await.unwrap();
    let b = p.bok().await;
    let kvar: Vec<_> = checklista(&b, (p.bidrag, AR), 0, date(2023, 1, 20))
        .into_iter()
        .filter(|punkt| !punkt.klar)
        .map(|punkt| punkt.kod)
        .collect();
    assert_eq!(kvar, ["overskott"]);
    p.besluta(10_000).await.unwrap();
    let b = p.bok().await;
    assert!(
        checklista(&b, (p.bidrag, AR), 0, date(2023, 1, 20))
            .iter()
            .all(|punkt| punkt.klar)
    );
    assert!(
        checklista(&b, (p.bidrag, AR), 1, date(2023, 1, 20))
            .iter()
            .any(|punkt| !punkt.klar),
        "ett fynd"
    );
    let mut fall = stang(beslut()).await.unwrap();
    fall.beslutet_galler = true;
    p.gor(fall).await.unwrap();
    let igen = stang(beslut()).await.unwrap();
    assert_eq!(p.nej(igen).await, "arsavslut-redan");
    // Whatever the way in.
    let mut andra = p.fordelning(&[(p.ett, Some(400_000))]).await;
    assert_eq!(p.nej(andra.clone()).await, "aret-avslutat");
    assert_eq!(kod(p.for_over(1).await), "aret-avslutat");
    let anvant = p.bok().await.matt(Matt::AnvantInsats, &p.urval()).rader[0];
    let ratta = RattaFaktum {
        faktum: anvant,
        rattelse: Rattelse::NyttVarde(kr(1), Precision::EXAKT),
        orsak: "Fel konto".into(),
        beslut: utfall_testkit::beslut(),
        efter_avslut: false,
    };
    assert_eq!(p.nej(ratta).await, "aret-avslutat");
    assert!(
        !p.bok()
            .await
            .matt(Matt::Fordelat, &p.urval())
            .utfall
            .efter_avslut
    );
    andra.efter_avslut = true;
    p.gor(andra).await.unwrap();
    let sedan = p.bok().await.matt(Matt::Fordelat, &p.urval()).utfall;
    assert!(sedan.efter_avslut && sedan.varde == kr(400_000));
    // A payment changes nothing of the year, and another year is open.
    let b = p.bok().await;
    let sak = ater(&b.medelsposter)
        .into_iter()
        .find(|r| r.om.bidrag == Some(p.bidrag));
    let betala = BetalaAterbetalning {
        sak: sak.unwrap().id,
        version: 1,
        belopp: 1_000_000,
        dag: Some(date(2022, 2, 1)),
    };
    p.gor(betala).await.unwrap();
    // Opening again is seen too, and is the head's to do.
    let oppna = OppnaAr {
        bidrag: p.bidrag,
        ar: AR,
        orsak: "Revisionen".into(),
    };
    assert_eq!(p.nej(oppna.clone()).await, "behorighet-nekad");
    let chef = p.v.aktor("forsby", Roll::Forbundschef).await;
    p.v.tjanst.utfor(&chef, None, oppna).await.unwrap();
    let b = p.bok().await;
    let rad = utfall_domain::medel::arsavslut::sista(&b.medelsposter, p.bidrag, AR).unwrap();
    assert_eq!(rad.post.nr, 2, "avslutet står kvar");
    p.for_over(0).await.unwrap();
}

/// A hundred requests at once for the last hundred kronor: exactly a hundred kronor are
/// requested.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_requisitions_race_for_the_last_hundred_kronor() {
    let p = Prov::nytt().await;
    let nastan = p.gor(p.utkast(499_900, false)).await.unwrap();
    p.steg(nastan, skicka()).await.unwrap();
    let mut utkast = Vec::new();
    for _ in 0..100 {
        utkast.push(p.gor(p.utkast(10, false)).await.unwrap());
    }
    let p = Arc::new(p);
    let mut alla = tokio::task::JoinSet::new();
    for sak in utkast {
        let p = Arc::clone(&p);
        alla.spawn(async move { kod(p.steg(sak, skicka()).await) });
    }
    let svar = alla.join_all().await;
    let gick = svar.iter().filter(|kod| **kod == "gick").count();
    let nej = svar
        .iter()
        .filter(|kod| **kod == "rekvisition-over-taket")
        .count();
    assert_eq!((gick, nej), (10, 90), "{svar:?}");
    assert_eq!(p.varde(Matt::Begart).await, kr(500_000));
}

/// A requisition sent on what was seen before the door: what must not be done.
#[derive(Clone)]
struct UtanforDorren(NyttFaktum);

impl Anvandningsfall for UtanforDorren {
    const ATGARD: Atgard = Atgard::HanteraRekvisition;
    type Laddat = ();
    type Svar = ();

    fn ladda(&self, _: &Permit, _: &mut Las) -> Result<(), Problem> {
        Ok(())
    }

    fn planera(&self, (): (), miljo: &mut Miljo) -> Result<Plan<()>, Problem> {
        Ok(Plan {
            andringar: vec![Andring::NyttFaktum {
                id: miljo.faktum(),
                faktum: Box::new(self.0.clone()),
            }],
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

/// Positive control: the same race with the check before the transaction takes more than there
/// is. Were it not so, the test above would prove nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_checking_outside_the_door_requests_too_much() {
    let p = Arc::new(Prov::nytt().await);
    let nastan = p.gor(p.utkast(499_900, false)).await.unwrap();
    p.steg(nastan, skicka()).await.unwrap();
    let start = Arc::new(tokio::sync::Barrier::new(20));
    let mut alla = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (p, start) = (Arc::clone(&p), Arc::clone(&start));
        alla.spawn(async move {
            let b: Bok = p.bok().await;
            let kvar = |m| b.varde(m, &p.urval()).kant().unwrap();
            let ryms = kvar(Matt::Tilldelat) - kvar(Matt::BegartHittills) >= 1_000;
            start.wait().await;
            if ryms {
                let galler = Galler {
                    ar: Some(AR),
                    ..om_bidrag(&b, p.bidrag)
                };
                let nytt = NyttFaktum::nytt(FaktumSlag::Rekvirerat, galler, kr(10));
                p.gor(UtanforDorren(nytt)).await.unwrap();
            }
        });
    }
    alla.join_all().await;
    let b = p.bok().await;
    let tal = |m| b.varde(m, &p.urval()).kant().unwrap();
    assert!(tal(Matt::BegartHittills) > tal(Matt::Tilldelat));
}
