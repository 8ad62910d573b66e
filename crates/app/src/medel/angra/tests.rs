use super::*;
use crate::medel::{AndraFordelning, Andrad};
use crate::prov::{self, bocker};
use proptest::prelude::*;
use utfall_domain::faktum::Galler;
use utfall_domain::insatser::{Fortsattning, Insats, InsatsText};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::pengar::Belopp;
use utfall_domain::varde::Varde;

pub(crate) fn insats(nr: i64) -> Insats {
    Insats {
        id: InsatsId::ny(nr).unwrap(),
        slug: format!("i{nr}"),
        namn: format!("Insats {nr}"),
        bidrag: Some(BidragId::FORSTA),
        start_ar: None,
        slut_ar: None,
        ansvariga: Vec::new(),
        text: InsatsText::default(),
        fortsattning: Fortsattning::Okand,
        reserv: false,
        tjanster: Vec::new(),
        version: 1,
    }
}

fn tid(timme: usize) -> Timestamp {
    let tid: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    tid + jiff::SignedDuration::from_hours(i64::try_from(timme).unwrap())
}

/// Books of 1 000 000 kr for 2021 and two initiatives.
fn start() -> Bocker {
    let galler = Galler {
        bidrag: Some(BidragId::FORSTA),
        ar: Some(2021),
        ..Galler::default()
    };
    let nytt = NyttFaktum::nytt(FaktumSlag::Tilldelat, galler, Varde::Kant(100_000_000));
    Bocker {
        insatser: vec![insats(1), insats(2)],
        fakta: vec![prov::faktum(nytt, tid(0))],
        ..bocker()
    }
}

/// The books as the store would leave them.
pub(crate) fn efter<S>(mut b: Bocker, plan: Plan<S>, timme: usize) -> Bocker {
    for andring in plan.andringar {
        if let Andring::NyttFaktum { id, faktum } = andring {
            b.fakta.push(Faktum {
                id,
                registrerad: tid(timme),
                registrerad_av: AnvandareId::FORSTA,
                fakta: *faktum,
            });
        }
    }
    b
}

fn utfor<F: Anvandningsfall<Laddat = Bocker>>(
    b: &Bocker,
    timme: usize,
    fall: &F,
) -> Result<Bocker, Problem> {
    let nasta = b.fakta.iter().map(|f| f.id.nummer()).max().unwrap_or(0) + 1;
    let plan = fall.planera(b.clone(), &mut Miljo::ny(tid(timme), nasta))?;
    Ok(efter(b.clone(), plan, timme))
}

fn bok(b: &Bocker) -> Bok {
    Bok::av(Arc::new(b.clone()), None)
}

fn andra(b: &Bocker, timme: usize, celler: &[(i64, Option<i64>)]) -> Result<Bocker, Problem> {
    let celler = celler.iter().map(|(nr, kr)| Andrad {
        insats: InsatsId::ny(*nr).unwrap(),
        ar: 2021,
        belopp: kr.map(|kr| Belopp::exakt(Ore(kr * 100))),
    });
    let fall = AndraFordelning {
        bidrag: BidragId::FORSTA,
        sedd: version(&bok(b), BidragId::FORSTA),
        celler: celler.collect(),
        version: None,
        beslut: crate::prov::beslut(),
        efter_avslut: false,
        orsak: format!("Ändring {timme}"),
    };
    utfor(b, timme, &fall)
}

fn angra(b: &Bocker, timme: usize, sparning: FaktumId) -> Result<Bocker, Problem> {
    let fall = AngraFordelning {
        bidrag: BidragId::FORSTA,
        sparning,
        sedd: version(&bok(b), BidragId::FORSTA),
        orsak: "Fel belopp".into(),
        beslut: crate::prov::beslut(),
        efter_avslut: false,
    };
    utfor(b, timme, &fall)
}

fn celler(b: &Bocker) -> Vec<Option<i64>> {
    let bok = bok(b);
    let cell = |nr| {
        let urval = Urval::bidrag(BidragId::FORSTA).for_insats(InsatsId::ny(nr).unwrap());
        bok.varde(Matt::FordelatNytt, &urval.ar(2021)).kant()
    };
    vec![cell(1), cell(2)]
}

fn senaste(b: &Bocker) -> Sparning {
    sparningar(&bok(b), BidragId::FORSTA).remove(0)
}

#[test]
fn what_was_saved_goes_back_to_what_was_before_and_can_be_taken_back_again() {
    let ett = andra(&start(), 1, &[(1, Some(400_000))]).unwrap();
    let tva = andra(&ett, 2, &[(1, Some(500_000)), (2, Some(100_000))]).unwrap();
    let s = senaste(&tva);
    assert_eq!(s.orsak, "Ändring 2");
    assert!(s.orord);
    let byten: Vec<_> = s.celler.iter().map(|c| (c.fore, c.efter)).collect();
    let kr = |kr: i64| Some(Ore(kr * 100));
    assert_eq!(byten, [(kr(400_000), kr(500_000)), (None, kr(100_000))]);

    let tillbaka = angra(&tva, 3, s.senast).unwrap();
    assert_eq!(celler(&tillbaka), celler(&ett));
    assert_eq!(
        tillbaka.fakta.len(),
        tva.fakta.len() + 2,
        "inget är borttaget"
    );
    assert!(senaste(&tillbaka).orsak.starts_with("Ångrat: "));

    let igen = angra(&tillbaka, 4, senaste(&tillbaka).senast).unwrap();
    assert_eq!(
        celler(&igen),
        celler(&tva),
        "ett ångrande går också att ångra"
    );
}

#[test]
fn an_earlier_saving_is_taken_back_only_where_nobody_has_changed_it_since() {
    let ett = andra(&start(), 1, &[(1, Some(400_000))]).unwrap();
    let tva = andra(&ett, 2, &[(2, Some(100_000))]).unwrap();
    let forsta = sparningar(&bok(&tva), BidragId::FORSTA).remove(1);
    assert!(forsta.orord, "den andra rörde en annan cell");
    let tillbaka = angra(&tva, 3, forsta.senast).unwrap();
    assert_eq!(celler(&tillbaka)[0], None);
    assert_eq!(celler(&tillbaka)[1], Some(10_000_000));

    let tre = andra(&tva, 3, &[(1, Some(1))]).unwrap();
    let fel = angra(&tre, 4, forsta.senast).unwrap_err();
    assert_eq!(fel.kod, "fordelning-andrad-sedan");
}

#[test]
fn what_would_be_too_much_or_was_seen_by_nobody_is_refused() {
    let ett = andra(&start(), 1, &[(1, Some(900_000))]).unwrap();
    let tva = andra(&ett, 2, &[(1, Some(100_000))]).unwrap();
    let minskning = senaste(&tva).senast;
    let tre = andra(&tva, 3, &[(2, Some(800_000))]).unwrap();
    assert_eq!(
        angra(&tre, 4, minskning).unwrap_err().kod,
        "fordelning-overskriden"
    );

    let gammal = AngraFordelning {
        bidrag: BidragId::FORSTA,
        sparning: minskning,
        sedd: None,
        orsak: "Fel belopp".into(),
        beslut: crate::prov::beslut(),
        efter_avslut: false,
    };
    assert_eq!(
        utfor(&tre, 4, &gammal).unwrap_err().kod,
        "fordelning-andrad-av-annan"
    );
    let inget = angra(&tre, 4, FaktumId::FORSTA).unwrap_err();
    assert_eq!(inget.kod, "finns-inte", "det papperet sa är ingen sparning");
}

proptest! {
    /// Whatever was saved, taking all of it back, last first, leaves the books as they began.
    #[test]
    fn taking_back_everything_gives_what_was_at_first(
        steg in prop::collection::vec((1_i64..3, prop::option::of(0_i64..400_000)), 1..12),
    ) {
        let mut b = start();
        let mut lagen = vec![celler(&b)];
        for (timme, (nr, kr)) in (1..).zip(&steg) {
            if let Ok(nasta) = andra(&b, timme, &[(*nr, *kr)]) {
                b = nasta;
                lagen.push(celler(&b));
            }
        }
        let alla: Vec<FaktumId> =
            sparningar(&bok(&b), BidragId::FORSTA).iter().map(|s| s.senast).collect();
        prop_assert_eq!(alla.len() + 1, lagen.len());
        lagen.pop();
        for (timme, sparning) in (100..).zip(alla) {
            b = angra(&b, timme, sparning).unwrap();
            prop_assert_eq!(Some(celler(&b)), lagen.pop());
        }
    }
}
