use super::*;
use crate::rapporter::bygg::{Ram, Utkast, bygg};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use std::sync::Arc;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, FaktumSlag, Galler, NyttFaktum};
use utfall_domain::id::{AnvandareId, BidragId, FaktumId, HuvudmanId, OrganisationId, RapportId};
use utfall_domain::medel::Bidrag;
use utfall_domain::organisation::Huvudman;

fn bocker() -> Bocker {
    Bocker {
        huvudman: Huvudman {
            id: HuvudmanId::FORSTA,
            slug: "a".into(),
            namn: "A".into(),
            pahittad: true,
        },
        lage: 0,
        organisationer: Vec::new(),
        bidrag: vec![bidrag()],
        beslut: Vec::new(),
        insatser: Vec::new(),
        fakta: Vec::new(),
        underlag: Vec::new(),
        accepterade: Vec::new(),
        publiceringar: Vec::new(),
        rapporter: vec![rapport()],
        anvandare: std::collections::BTreeMap::new(),
    }
}

fn bidrag() -> Bidrag {
    Bidrag {
        id: BidragId::FORSTA,
        slug: "b".into(),
        namn: "B".into(),
        finansiar: OrganisationId::FORSTA,
        program: None,
        program_ar: None,
        ar: vec![2021],
        andamal: None,
        overforing_tillaten: None,
        diarienummer: None,
    }
}

fn utfardad() -> Timestamp {
    "2022-02-02T08:30:00Z".parse().unwrap()
}

fn rapport() -> Rapport {
    Rapport {
        id: RapportId::FORSTA,
        slug: "r".into(),
        titel: "R".into(),
        bidrag: BidragId::FORSTA,
        lage: Rapportlage::Utfardad {
            per: PerDag(date(2022, 2, 2)),
            tid: utfardad(),
            av: AnvandareId::FORSTA,
            indata_sha256: [0; 32],
            pdf_sha256: [0; 32],
        },
    }
}

fn rekvirerat(kr: i64, registrerad: Timestamp) -> Faktum {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    Faktum {
        id: FaktumId::FORSTA,
        registrerad,
        registrerad_av: AnvandareId::FORSTA,
        fakta: NyttFaktum::nytt(FaktumSlag::Rekvirerat, galler, Varde::Kant(kr * 100)),
    }
}

fn bok(fakta: Vec<Faktum>) -> Bok {
    Bok::av(Arc::new(Bocker { fakta, ..bocker() }), None)
}

/// How many figures differ once `fakta` are in the books of a report issued without them.
fn skillnader(fakta: Vec<Faktum>) -> usize {
    let ram = Ram {
        ident: "x",
        per: PerDag(date(2022, 2, 2)),
        nu: utfardad(),
        adress: "http://x",
        fynd: &[],
        utkast: false,
    };
    let utkast = Utkast {
        ar: 2021,
        ..Utkast::default()
    };
    let fryst = bygg(&bok(Vec::new()), &bidrag(), &utkast, &ram);
    skiljer(&bok(fakta), &rapport(), &fryst).len()
}

#[test]
fn what_is_registered_later_on_the_reports_day_is_no_difference() {
    assert_eq!(skillnader(vec![rekvirerat(7, utfardad() + 1.hours())]), 0);
    assert!(skillnader(vec![rekvirerat(7, utfardad() - 1.hours())]) > 0);
}
