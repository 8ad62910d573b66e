use super::*;
use crate::bocker::UnderlagHuvud;
use crate::faktum::{FaktumSlag, Galler, NyttFaktum};
use crate::id::{AnvandareId, BidragId, HuvudmanId, InsatsId, OrganisationId};
use crate::medel::Bidrag;
use crate::organisation::Huvudman;
use crate::pengar::Precision;
use crate::rapport::aterrapport::Bakom;
use crate::varde::Varde;
use jiff::Timestamp;
use std::collections::BTreeMap;

const OFFENTLIGT: i64 = 1;
const EGET: i64 = 2;

fn papper(nr: i64) -> UnderlagHuvud {
    UnderlagHuvud {
        id: UnderlagId::ny(nr).unwrap(),
        dokument: "papper".into(),
        titel: "Papper".into(),
        offentligt: nr == OFFENTLIGT,
        sha256: [0; 32],
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::FORSTA,
        ersatter: None,
    }
}

fn bocker(fakta: Vec<Faktum>) -> Bocker {
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
        medelsposter: Vec::new(),
        insatser: Vec::new(),
        fakta,
        underlag: vec![papper(OFFENTLIGT), papper(EGET)],
        accepterade: Vec::new(),
        publiceringar: Vec::new(),
        rapporter: Vec::new(),
        inlasta: Vec::new(),
        anvandare: BTreeMap::new(),
    }
}

fn deltagare(nr: i64, antal: i64, papper: Option<i64>, rattar: Option<i64>) -> Faktum {
    let galler = Galler {
        ar: Some(2021),
        ..Galler::default()
    };
    Faktum {
        id: FaktumId::ny(nr).unwrap(),
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::FORSTA,
        fakta: NyttFaktum {
            kalla: papper.map(|nr| Kalla {
                underlag: UnderlagId::ny(nr).unwrap(),
                plats: format!("sid {nr}"),
                uttalande: None,
            }),
            rattar: rattar.and_then(FaktumId::ny),
            ..NyttFaktum::nytt(FaktumSlag::Deltagare, galler, Varde::Kant(antal))
        },
    }
}

/// Where the last of the facts is printed.
fn tryckt(fakta: &[Faktum]) -> Option<String> {
    let b = bocker(fakta.to_vec());
    let tryckta = Tryckta::i(&b);
    let sista = b.fakta.last().unwrap();
    tryckta.kalla(sista).map(|kalla| kalla.plats.clone())
}

#[test]
fn a_confirmed_figure_is_printed_where_the_one_it_confirms_is() {
    let i_papper = deltagare(1, 3, Some(OFFENTLIGT), None);
    let sida = Some("sid 1".to_owned());
    assert_eq!(tryckt(std::slice::from_ref(&i_papper)), sida);
    let bekraftat = deltagare(2, 3, None, Some(1));
    assert_eq!(tryckt(&[i_papper.clone(), bekraftat.clone()]), sida);
    // Also through a paper of the office's own, and twice.
    let eget = deltagare(2, 3, Some(EGET), Some(1));
    assert_eq!(tryckt(&[i_papper.clone(), eget.clone()]), sida);
    let igen = deltagare(3, 3, None, Some(2));
    assert_eq!(tryckt(&[i_papper, eget, igen]), sida);
    // What stands in no public paper is not printed by being confirmed.
    let hemligt = deltagare(1, 3, Some(EGET), None);
    assert_eq!(tryckt(&[hemligt, bekraftat]), None);
}

#[test]
fn another_figure_or_another_thing_is_not_printed() {
    let i_papper = deltagare(1, 3, Some(OFFENTLIGT), None);
    let annan = |andra: fn(&mut NyttFaktum)| {
        let mut f = deltagare(2, 3, None, Some(1));
        andra(&mut f.fakta);
        tryckt(&[i_papper.clone(), f])
    };
    assert_eq!(annan(|_| ()), Some("sid 1".to_owned()));
    assert_eq!(annan(|f| f.varde = Varde::Kant(4)), None);
    assert_eq!(annan(|f| f.varde = Varde::Okant), None);
    assert_eq!(annan(|f| f.slag = FaktumSlag::Resultat), None);
    assert_eq!(annan(|f| f.galler.ar = Some(2022)), None);
    assert_eq!(annan(|f| f.galler.insats = Some(InsatsId::FORSTA)), None);
    assert_eq!(annan(|f| f.precision = Precision::TUSENTAL), None);
    assert_eq!(annan(|f| f.cirka = true), None);
    // A changed figure in between: what follows is a person's own.
    let andrat = deltagare(2, 4, None, Some(1));
    let tillbaka = deltagare(3, 3, None, Some(2));
    assert_eq!(tryckt(&[i_papper, andrat, tillbaka]), None);
}

/// So that the derivation of a published report's figure is shown as its page is.
#[test]
fn a_report_freezes_where_a_confirmed_figure_is_printed() {
    let bidrag = Bidrag {
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
    };
    let fryst = |antal: i64| {
        let i_papper = deltagare(1, 3, Some(OFFENTLIGT), None);
        let b = bocker(vec![i_papper, deltagare(2, antal, None, Some(1))]);
        let bakom = Bakom::fryst(&b, "prov", &[bidrag.id], &[&b.fakta[1]]);
        let kalla = bakom.rader[0].fakta.kalla.clone();
        (kalla.map(|k| k.plats), bakom.papper.len())
    };
    assert_eq!(fryst(3), (Some("sid 1".to_owned()), 1));
    assert_eq!(fryst(4), (None, 0));
}
