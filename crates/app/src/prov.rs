//! What the tests of the plans share: books written down by hand, with one grant and one
//! report of it that has been issued. A test adds what it is about.

use jiff::Timestamp;
use jiff::civil::date;
use std::collections::BTreeMap;
use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::{Faktum, NyttFaktum};
use utfall_domain::id::{AnvandareId, BidragId, FaktumId, HuvudmanId, OrganisationId, RapportId};
use utfall_domain::medel::Bidrag;
use utfall_domain::organisation::Huvudman;
use utfall_domain::rapporter::{Rapport, Rapportlage};
use utfall_domain::tid::PerDag;

/// Books with nothing in them.
pub fn tomma(slug: &str) -> Bocker {
    Bocker {
        huvudman: Huvudman {
            id: HuvudmanId::FORSTA,
            slug: slug.into(),
            namn: slug.into(),
            pahittad: true,
        },
        lage: 0,
        organisationer: Vec::new(),
        bidrag: Vec::new(),
        beslut: Vec::new(),
        medelsposter: Vec::new(),
        insatser: Vec::new(),
        fakta: Vec::new(),
        underlag: Vec::new(),
        accepterade: Vec::new(),
        publiceringar: Vec::new(),
        rapporter: Vec::new(),
        inlasta: Vec::new(),
        anvandare: BTreeMap::new(),
    }
}

/// Books with [`bidrag`] and [`rapport`].
pub fn bocker() -> Bocker {
    Bocker {
        bidrag: vec![bidrag()],
        rapporter: vec![rapport()],
        ..tomma("a")
    }
}

/// A grant for 2021.
pub fn bidrag() -> Bidrag {
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

/// When [`rapport`] was issued.
pub fn utfardad() -> Timestamp {
    "2022-02-02T08:30:00Z".parse().unwrap()
}

/// The issued report of [`bidrag`].
pub fn rapport() -> Rapport {
    Rapport {
        id: RapportId::FORSTA,
        slug: "r".into(),
        titel: "R".into(),
        bidrag: Some(BidragId::FORSTA),
        slag: utfall_domain::rapporter::Rapportslag::ALLMAN,
        lage: Rapportlage::Utfardad {
            per: PerDag(date(2022, 2, 2)),
            tid: utfardad(),
            av: AnvandareId::FORSTA,
            indata_sha256: [0; 32],
            pdf_sha256: [0; 32],
        },
    }
}

/// The first fact of the books.
pub fn faktum(fakta: NyttFaktum, registrerad: Timestamp) -> Faktum {
    Faktum {
        id: FaktumId::FORSTA,
        registrerad,
        registrerad_av: AnvandareId::FORSTA,
        fakta,
    }
}

/// A decision that stands behind a change.
pub fn beslut() -> crate::medel::Beslutsval {
    crate::medel::Beslutsval::Nytt(crate::medel::Beslutsuppgift {
        instans: "Styrelsen".into(),
        datum: Some(date(2020, 1, 31)),
        rubrik: "Fördelning".into(),
        ..Default::default()
    })
}
