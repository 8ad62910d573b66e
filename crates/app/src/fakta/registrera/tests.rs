use super::*;
use jiff::Timestamp;
use utfall_domain::faktum::Sakerhet;
use utfall_domain::id::{AnvandareId, HuvudmanId, OrganisationId};
use utfall_domain::medel::Bidrag;
use utfall_domain::organisation::Huvudman;
use utfall_domain::pengar::Precision;
use utfall_domain::varde::Varde;

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
        bidrag: vec![Bidrag {
            id: BidragId::FORSTA,
            slug: "b".into(),
            namn: "B".into(),
            finansiar: OrganisationId::FORSTA,
            program: None,
            program_ar: None,
            ar: vec![2026],
            andamal: None,
            overforing_tillaten: None,
            diarienummer: None,
        }],
        beslut: Vec::new(),
        medelsposter: Vec::new(),
        insatser: Vec::new(),
        fakta,
        underlag: Vec::new(),
        accepterade: Vec::new(),
        publiceringar: Vec::new(),
        rapporter: Vec::new(),
        inlasta: Vec::new(),
        anvandare: std::collections::BTreeMap::new(),
    }
}

fn tilldelat(ar: i16, varde: Varde) -> NyttFaktum {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(ar),
        ..Galler::default()
    };
    NyttFaktum {
        orsak: Some("Beslut".into()),
        ..NyttFaktum::nytt(FaktumSlag::Tilldelat, galler, varde)
    }
}

fn registrerat(nr: i64, fakta: NyttFaktum) -> Faktum {
    Faktum {
        id: FaktumId::ny(nr).unwrap(),
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::DRIFT,
        fakta,
    }
}

fn planera(fall: &RegistreraFaktum, fakta: Vec<Faktum>) -> Result<Plan<FaktumId>, Problem> {
    let mut miljo = Miljo::ny(Timestamp::UNIX_EPOCH, 100);
    fall.planera((bocker(fakta), Roll::Ekonom), &mut miljo)
}

fn fall(faktum: NyttFaktum) -> RegistreraFaktum {
    RegistreraFaktum {
        faktum,
        tillkommer: false,
    }
}

#[test]
fn an_awaited_figure_is_replaced_and_a_known_one_is_not_doubled() {
    let vantat = registrerat(7, tilldelat(2026, Varde::EjBeslutat));
    let ny = fall(tilldelat(2026, Varde::Kant(5)));
    let plan = planera(&ny, vec![vantat.clone()]).unwrap();
    let [Andring::NyttFaktum { faktum, .. }] = plan.andringar.as_slice() else {
        panic!("{:?}", plan.andringar);
    };
    assert_eq!(faktum.rattar, Some(vantat.id));

    let kant = registrerat(8, tilldelat(2026, Varde::Kant(5)));
    let nej = planera(&ny, vec![kant.clone()]).unwrap_err();
    assert_eq!(
        (nej.kod, nej.falt.as_deref()),
        ("faktum-finns-redan", Some("slag"))
    );
    let utover = RegistreraFaktum {
        tillkommer: true,
        ..ny.clone()
    };
    assert!(planera(&utover, vec![kant.clone()]).is_ok());
    // Another year, and another version, are other things.
    assert!(planera(&fall(tilldelat(2027, Varde::Kant(5))), vec![kant]).is_ok());
    let mut forslag = registrerat(9, tilldelat(2026, Varde::Kant(5)));
    forslag.fakta.galler.version = Some("Förslag A".into());
    assert!(planera(&ny, vec![forslag]).is_ok());
}

#[test]
fn a_grant_gets_the_year_that_something_is_said_of() {
    let plan = planera(&fall(tilldelat(2027, Varde::Kant(5))), Vec::new()).unwrap();
    assert!(
        plan.andringar.contains(&Andring::NyaBidragsar {
            bidrag: BidragId::FORSTA,
            ar: vec![2027]
        }),
        "{:?}",
        plan.andringar
    );
    let plan = planera(&fall(tilldelat(2026, Varde::Kant(5))), Vec::new()).unwrap();
    assert_eq!(plan.andringar.len(), 1);
}

#[test]
fn what_cannot_be_placed_is_refused_at_its_field() {
    let med = |slag, gor: fn(&mut NyttFaktum)| {
        let mut f = tilldelat(2026, Varde::Kant(5));
        f.slag = slag;
        f.sakerhet = Sakerhet::Slutlig;
        f.precision = Precision::EXAKT;
        gor(&mut f);
        f
    };
    for (faktum, falt) in [
        (med(FaktumSlag::Fordelat, |_| {}), "slag"),
        (med(FaktumSlag::Anvant, |_| {}), "insats"),
        (med(FaktumSlag::FordelatNamnd, |_| {}), "organisation"),
        (med(FaktumSlag::Overfort, |_| {}), "fran-ar"),
        (
            med(FaktumSlag::Overfort, |f| f.galler.fran_ar = Some(2026)),
            "fran-ar",
        ),
        (med(FaktumSlag::Volym, |_| {}), "kategori"),
        (
            med(FaktumSlag::Tilldelat, |f| f.galler.ar = Some(1066)),
            "ar",
        ),
        (
            med(FaktumSlag::Tilldelat, |f| f.galler.bidrag = None),
            "bidrag",
        ),
        (
            med(FaktumSlag::Tilldelat, |f| f.varde = Varde::Kant(-1)),
            "belopp",
        ),
        (med(FaktumSlag::Tilldelat, |f| f.orsak = None), "orsak"),
    ] {
        let nej = planera(&fall(faktum.clone()), Vec::new()).unwrap_err();
        assert_eq!(nej.falt.as_deref(), Some(falt), "{faktum:?}: {nej}");
    }
    let mut frammande = tilldelat(2026, Varde::Kant(5));
    frammande.galler.bidrag = BidragId::ny(99);
    let nej = planera(&fall(frammande), Vec::new()).unwrap_err();
    assert_eq!(nej.kod, "finns-inte");
}
