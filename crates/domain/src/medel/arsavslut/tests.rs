use super::super::post::{NyMedelspost, Postgaller};
use super::*;
use crate::id::{AnvandareId, FaktumId, HuvudmanId, MedelspostId};
use crate::organisation::Huvudman;
use crate::varde::Varde;
use jiff::Timestamp;
use std::collections::BTreeMap;

const BIDRAG: BidragId = BidragId::FORSTA;

/// A step with a grant's year, numbered in the one series of the books.
fn steg(nr: i64, ar: i16, steg: Avslutssteg) -> Medelspost {
    let om = Postgaller {
        bidrag: Some(BIDRAG),
        ar: Some(ar),
        ..Postgaller::default()
    };
    let id = MedelspostId::ny(nr).unwrap();
    Medelspost {
        post: NyMedelspost::forsta(id, om, Innehall::Arsavslut(steg)),
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::FORSTA,
    }
}

/// What is carried over, made after a closing.
fn overfort(nr: i64, fran_ar: i16, ar: i16, rattar: Option<i64>) -> Faktum {
    let galler = Galler {
        bidrag: Some(BIDRAG),
        ar: Some(ar),
        fran_ar: Some(fran_ar),
        ..Galler::default()
    };
    let mut fakta = NyttFaktum::nytt(FaktumSlag::Overfort, galler, Varde::Kant(100));
    fakta.efter_avslut = true;
    fakta.rattar = rattar.and_then(FaktumId::ny);
    Faktum {
        id: FaktumId::ny(nr).unwrap(),
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::FORSTA,
        fakta,
    }
}

fn bocker(medelsposter: Vec<Medelspost>, fakta: Vec<Faktum>) -> Bocker {
    Bocker {
        huvudman: Huvudman {
            id: HuvudmanId::FORSTA,
            slug: "a".into(),
            namn: "A".into(),
            pahittad: true,
        },
        lage: 0,
        organisationer: Vec::new(),
        bidrag: Vec::new(),
        beslut: Vec::new(),
        medelsposter,
        insatser: Vec::new(),
        fakta,
        underlag: Vec::new(),
        accepterade: Vec::new(),
        publiceringar: Vec::new(),
        rapporter: Vec::new(),
        inlasta: Vec::new(),
        anvandare: BTreeMap::new(),
    }
}

/// A transfer between a closed year and one that is open again changed the closed one; and so did
/// a correction that moved something out of a closed year.
#[test]
fn each_year_that_is_changed_must_have_been_open_again() {
    use Avslutssteg::{Oppna, Stang};
    let b = bocker(
        vec![
            steg(1, 2024, Stang),
            steg(2, 2025, Stang),
            steg(3, 2025, Oppna),
            steg(20, 2024, Oppna),
        ],
        vec![
            overfort(10, 2024, 2025, None),
            overfort(11, 2025, 2026, None),
            overfort(12, 2025, 2026, Some(10)),
            overfort(21, 2024, 2025, None),
        ],
    );
    let oppet: Vec<bool> = b
        .fakta
        .iter()
        .map(|f| vid_oppnat_igen(&b, BIDRAG, f))
        .collect();
    assert_eq!(
        oppet,
        [
            false, // 2024 was closed.
            true,  // 2025 was open again, and 2026 was never closed.
            false, // It takes the place of what was said of 2024.
            true,  // Both open again.
        ]
    );
    let orort = bocker(Vec::new(), vec![overfort(10, 2024, 2025, None)]);
    assert!(
        !vid_oppnat_igen(&orort, BIDRAG, &orort.fakta[0]),
        "aldrig stängt"
    );
}
