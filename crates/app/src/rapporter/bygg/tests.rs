use super::*;
use crate::prov;
use jiff::civil::{Date, date};
use std::sync::Arc;
use utfall_domain::faktum::{Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, BeslutId, MedelspostId};
use utfall_domain::medel::arsavslut::Avslutssteg;
use utfall_domain::medel::post::{Innehall, Medelspost, NyMedelspost, Postgaller};
use utfall_domain::varde::Varde;

fn beslut(id: i64, datum: Date) -> Beslut {
    Beslut {
        id: BeslutId::ny(id).unwrap(),
        instans: "Styrelsen".into(),
        paragraf: None,
        ar: None,
        datum: Some(datum),
        diarienummer: None,
        rubrik: "Om bidraget".into(),
        bidrag: Some(BidragId::FORSTA),
        villkor: None,
    }
}

/// What moves money, or is from another time, is not about the accounts; what asks for the report
/// and what approves it is, and so is the closing's, whatever else stands on it.
#[test]
fn the_decision_about_the_accounts_is_not_the_one_about_the_distribution() {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let mut fordelat = NyttFaktum::nytt(FaktumSlag::Fordelat, galler, Varde::Kant(100));
    fordelat.beslut = BeslutId::ny(2);
    let mut bocker = Bocker {
        beslut: vec![beslut(2, date(2022, 1, 10)), beslut(9, date(2023, 1, 1))],
        fakta: vec![prov::faktum(fordelat, prov::utfardad())],
        ..prov::bocker()
    };
    let valda = |bocker: &Bocker| {
        let bok = Bok::av(Arc::new(bocker.clone()), None);
        let besluten = om_redovisningen(&bok, BidragId::FORSTA, 2021).into_iter();
        besluten.map(|b| b.id.nummer()).collect::<Vec<i64>>()
    };
    assert_eq!(valda(&bocker), [0; 0], "fördelningens, och två år efter");
    bocker.beslut.push(Beslut {
        datum: None,
        ..beslut(5, date(2022, 1, 1))
    });
    bocker.beslut.push(beslut(3, date(2021, 5, 12)));
    assert_eq!(valda(&bocker), [3, 5], "den som begärde, och en utan dag");
    bocker.beslut[2].ar = Some(2020);
    assert_eq!(valda(&bocker), [3], "en paragraf från året före");
    // The closing stands on a decision about a distribution, as somebody has said that it does.
    let om = Postgaller {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        beslut: BeslutId::ny(2),
        ..Postgaller::default()
    };
    let stang = Innehall::Arsavslut(Avslutssteg::Stang);
    bocker.medelsposter.push(Medelspost {
        post: NyMedelspost::forsta(MedelspostId::FORSTA, om, stang),
        registrerad: prov::utfardad(),
        registrerad_av: AnvandareId::FORSTA,
    });
    assert_eq!(valda(&bocker), [3, 2], "avslutets");
}
