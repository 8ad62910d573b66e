use super::*;

fn insats(start_ar: Option<i16>, slut_ar: Option<i16>) -> Insats {
    Insats {
        id: InsatsId::FORSTA,
        slug: "alfa".into(),
        namn: "Alfa".into(),
        bidrag: None,
        start_ar,
        slut_ar,
        ansvariga: Vec::new(),
        text: crate::insatser::InsatsText::default(),
        fortsattning: crate::insatser::Fortsattning::Okand,
        reserv: false,
        tjanster: Vec::new(),
        version: 1,
    }
}

fn regler(insats: &Insats, kr: i64, fore: Option<i64>, kalkyl: Option<i64>) -> Vec<VarningRegel> {
    let cell = Provad {
        insats,
        ar: 2022,
        belopp: Ore(kr * 100),
        aret_fore: fore.map(|f| Ore(f * 100)),
        kalkyl: kalkyl.map(|k| Ore(k * 100)),
        beslutat: true,
    };
    varningar(&cell).iter().map(|v| v.regel).collect()
}

#[test]
fn an_ordinary_amount_is_not_asked_about() {
    let i = insats(Some(2021), Some(2023));
    assert_eq!(regler(&i, 400_000, Some(420_000), Some(400_000)), []);
    assert_eq!(
        regler(&i, 0, Some(420_000), Some(1)),
        [],
        "noll är ett beslut"
    );
    assert_eq!(regler(&insats(None, None), 1_000, None, None), []);
}

#[test]
fn each_rule_speaks_at_its_edge() {
    use VarningRegel as R;
    let hela = insats(None, None);
    assert_eq!(
        regler(&insats(Some(2023), None), 5_000, None, None),
        [R::UtanforAren]
    );
    assert_eq!(
        regler(&insats(None, Some(2021)), 5_000, None, None),
        [R::UtanforAren]
    );
    assert_eq!(regler(&hela, 999, None, None), [R::Enhet]);
    for (kr, ratt) in [(839_999, vec![]), (840_000, vec![R::Hopp])] {
        assert_eq!(regler(&hela, kr, Some(420_000), None), ratt, "{kr}");
    }
    for (kr, ratt) in [(210_001, vec![]), (210_000, vec![R::Hopp])] {
        assert_eq!(regler(&hela, kr, Some(420_000), None), ratt, "{kr}");
    }
    assert_eq!(regler(&hela, 420_000, None, Some(420_001)), [R::Kalkyl]);
}

#[test]
fn an_explanation_is_of_one_amount() {
    let i = insats(None, None);
    let cell = |kr: i64| Provad {
        insats: &i,
        ar: 2022,
        belopp: Ore(kr * 100),
        aret_fore: None,
        kalkyl: None,
        beslutat: true,
    };
    let v = |kr| varningar(&cell(kr)).remove(0);
    let g = Godtagen {
        bidrag: BidragId::FORSTA,
        insats: i.id,
        ar: 2022,
        regel: VarningRegel::Enhet,
        belopp: Ore(50_000),
        motivering: "Fika".into(),
        registrerad: Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::DRIFT,
    };
    assert!(g.forklarar(BidragId::FORSTA, &v(500)));
    assert!(
        !g.forklarar(BidragId::FORSTA, &v(501)),
        "ett annat belopp är inte förklarat"
    );
    assert!(!g.forklarar(BidragId::ny(2).unwrap(), &v(500)));
}

#[test]
fn an_amount_of_a_year_that_nobody_has_decided_is_asked_about() {
    let i = insats(None, None);
    let cell = |ore, beslutat| Provad {
        insats: &i,
        ar: 2027,
        belopp: Ore(ore),
        aret_fore: None,
        kalkyl: None,
        beslutat,
    };
    let varning = varningar(&cell(150_000_000, false)).remove(0);
    assert_eq!(varning.regel, VarningRegel::EjBeslutat);
    assert!(
        varning.text.contains("inget belopp är beslutat"),
        "{}",
        varning.text
    );
    assert_eq!(varningar(&cell(150_000_000, true)), []);
    assert_eq!(varningar(&cell(0, false)), [], "noll fördelar inget");
}
