use super::*;
use crate::medel::angra::tests::insats;
use crate::prov::{self, bocker};
use jiff::Timestamp;
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::medel::Bidrag;

const TID: &str = "2026-01-01T00:00:00Z";

fn tid() -> Timestamp {
    TID.parse().unwrap()
}

fn id<T>(ny: fn(i64) -> Option<T>, nr: i64) -> T {
    ny(nr).unwrap()
}

/// Two grants of 8 and 6 million in one pot, and a row of 1 400 001 kr that the paper gives to
/// neither.
fn pott() -> Bocker {
    let b = bocker();
    let andra = Bidrag {
        id: id(BidragId::ny, 2),
        slug: "b2".into(),
        finansiar: id(OrganisationId::ny, 2),
        ..b.bidrag[0].clone()
    };
    let faktum = |slag, bidrag: Option<i64>, kr: i64, insats: Option<i64>| {
        let galler = Galler {
            bidrag: bidrag.map(|nr| id(BidragId::ny, nr)),
            insats: insats.map(|nr| id(InsatsId::ny, nr)),
            ar: Some(2021),
            ..Galler::default()
        };
        NyttFaktum::nytt(slag, galler, Varde::Kant(kr * 100))
    };
    let alla = [
        faktum(FaktumSlag::Tilldelat, Some(1), 8_000_000, None),
        faktum(FaktumSlag::Tilldelat, Some(2), 6_000_000, None),
        faktum(FaktumSlag::Fordelat, None, 1_400_001, Some(1)),
    ];
    let fakta = (1..).zip(alla).map(|(nr, f)| Faktum {
        id: id(FaktumId::ny, nr),
        ..prov::faktum(f, tid())
    });
    Bocker {
        fakta: fakta.collect(),
        insatser: vec![insats(1)],
        bidrag: vec![b.bidrag[0].clone(), andra],
        ..b
    }
}

fn fall(delar: Vec<Del>) -> DelaFordelning {
    DelaFordelning {
        bidrag: None,
        insats: InsatsId::FORSTA,
        ar: Some(2021),
        sedd: Some(id(FaktumId::ny, 3)),
        delar,
        orsak: "Kommunstyrelsen § 12".into(),
        beslut: crate::prov::beslut(),
        efter_avslut: false,
    }
}

fn kalla(nr: i64, storlek: Delstorlek) -> Del {
    Del {
        organisation: None,
        bidrag: Some(id(BidragId::ny, nr)),
        storlek,
    }
}

fn namnd(nr: i64, storlek: Delstorlek) -> Del {
    Del {
        organisation: Some(id(OrganisationId::ny, nr)),
        bidrag: None,
        storlek,
    }
}

fn efter(fall: &DelaFordelning) -> Result<Bok, Problem> {
    let b = pott();
    let plan = fall.planera(b.clone(), &mut Miljo::ny(tid(), 10))?;
    let b = crate::medel::angra::tests::efter(b, plan, 1);
    Ok(Bok::av(Arc::new(b), None))
}

fn kr(bok: &Bok, urval: &Urval) -> i64 {
    bok.varde(Matt::FordelatNytt, urval).kant().unwrap() / 100
}

#[test]
fn a_row_of_the_pot_is_split_by_per_cent_and_each_source_has_its_part() {
    let tva = [
        kalla(1, Delstorlek::Procent(50_000)),
        kalla(2, Delstorlek::Procent(50_000)),
    ];
    let bok = efter(&fall(tva.to_vec())).unwrap();
    let i = Urval::insats(InsatsId::FORSTA).ar(2021);
    assert_eq!(kr(&bok, &i), 1_400_001, "raden är vad den var");
    let ett = Urval {
        bidrag: Some(BidragId::FORSTA),
        ..i.clone()
    };
    let tva = Urval {
        bidrag: BidragId::ny(2),
        ..i.clone()
    };
    assert_eq!((kr(&bok, &ett), kr(&bok, &tva)), (700_001, 700_000));
    let finansiar = i.for_finansiar(id(OrganisationId::ny, 2));
    assert_eq!(kr(&bok, &finansiar), 700_000, "finansiärens del följer med");
}

#[test]
fn a_row_is_split_over_boards_by_amount_and_counted_once_in_each() {
    let delar = vec![
        namnd(1, Delstorlek::Belopp(Ore(100_000_100))),
        namnd(2, Delstorlek::Belopp(Ore(40_000_000))),
    ];
    let bok = efter(&fall(delar)).unwrap();
    let i = Urval::insats(InsatsId::FORSTA).ar(2021);
    let per = |nr| {
        kr(
            &bok,
            &i.clone().for_organisation(id(OrganisationId::ny, nr)),
        )
    };
    assert_eq!(
        (kr(&bok, &i), per(1), per(2)),
        (1_400_001, 1_000_001, 400_000)
    );
}

#[test]
fn parts_that_do_not_make_the_whole_are_refused_with_the_difference() {
    let p = Delstorlek::Procent;
    let b = |kr: i64| Delstorlek::Belopp(Ore(kr * 100));
    for (delar, del) in [
        (vec![kalla(1, p(50_000)), kalla(2, p(40_000))], "90\u{a0}%"),
        (vec![kalla(1, p(100_000))], "100\u{a0}%"),
        (
            vec![kalla(1, b(1_400_000)), kalla(2, b(0))],
            "skiljer 1\u{a0}kr",
        ),
        (vec![kalla(1, b(1)), kalla(2, p(50_000))], "andra i procent"),
        (vec![kalla(1, p(50_000)), kalla(1, p(50_000))], "två gånger"),
        (
            vec![kalla(1, b(1_400_002)), kalla(2, b(-1))],
            "mindre än noll",
        ),
    ] {
        let fel = efter(&fall(delar)).unwrap_err();
        assert!(fel.text.contains(del), "{del}: {fel}");
    }
    let gammal = DelaFordelning {
        sedd: None,
        ..fall(Vec::new())
    };
    assert_eq!(
        efter(&gammal).unwrap_err().kod,
        "fordelning-andrad-av-annan"
    );
}

#[test]
fn a_source_never_gives_more_than_it_has() {
    let mut b = pott();
    b.fakta[1].fakta.varde = Varde::Kant(30_000_000);
    let delar = vec![
        kalla(1, Delstorlek::Procent(50_000)),
        kalla(2, Delstorlek::Procent(50_000)),
    ];
    let fel = fall(delar)
        .planera(b, &mut Miljo::ny(tid(), 10))
        .unwrap_err();
    assert_eq!(fel.kod, "fordelning-overskriden");
}
