use super::*;
use crate::medel::Beslutsuppgift;
use crate::prov;
use utfall_domain::id::BeslutId;
use utfall_domain::medel::{Beslut, Bidrag};

fn beslut(id: i64, datum: Option<Date>, bidrag: Option<i64>) -> Beslut {
    Beslut {
        id: BeslutId::ny(id).unwrap(),
        instans: "Styrelsen".into(),
        paragraf: Some(id.to_string()),
        ar: Some(2021),
        datum,
        diarienummer: None,
        rubrik: "Om bidraget".into(),
        bidrag: bidrag.and_then(BidragId::ny),
        villkor: None,
    }
}

fn bocker(beslut: Vec<Beslut>) -> Bocker {
    let annat = Bidrag {
        id: BidragId::ny(2).unwrap(),
        namn: "Det andra".into(),
        ..prov::bidrag()
    };
    Bocker {
        bidrag: vec![prov::bidrag(), annat],
        beslut,
        ..prov::tomma("a")
    }
}

fn fall(beslut: Beslutsval) -> AvslutaAr {
    AvslutaAr {
        bidrag: BidragId::FORSTA,
        ar: 2021,
        beslut,
        fardigbokfort: String::new(),
        beslutet_galler: false,
        fynd: 0,
        lage: 0,
    }
}

/// A year is closed with a decision about the grant that was made when the year was over. Any
/// other is questioned, and taken when somebody says that it is the one.
#[test]
fn an_early_decision_or_one_about_another_grant_is_questioned() {
    let bocker = bocker(vec![
        beslut(1, Some(date(2022, 3, 1)), Some(1)),
        beslut(2, Some(date(2021, 12, 31)), None),
        beslut(3, Some(date(2021, 12, 30)), Some(1)),
        beslut(4, Some(date(2022, 3, 1)), Some(2)),
        // A paper that gives the paragraph's year and no day.
        beslut(5, None, Some(1)),
    ]);
    let idag = date(2022, 4, 1);
    let fragad = |fall: &AvslutaAr| {
        let fel = fall.brister(&bocker, idag).neka().unwrap_err();
        // The list itself is not done in these books.
        assert_eq!(fel.kod, "arsavslut-inte-klart");
        let alla = fall.brister(&bocker, idag).alla();
        let om = alla.into_iter().find(|p| p.kod == "arsavslut-beslut");
        om.map(|p| (p.text, p.falt))
    };
    for (id, vantat) in [
        (1, None),
        (2, None),
        (3, Some("fattat innan 2021 var slut")),
        (4, Some("är om Det andra")),
        (5, Some("fattat innan 2021 var slut")),
    ] {
        let valt = Beslutsval::Finns(BeslutId::ny(id).unwrap());
        let svar = fragad(&fall(valt.clone()));
        let falt = Some("beslutet-galler".to_owned());
        match vantat {
            None => assert_eq!(svar, None, "{id}"),
            Some(ord) => {
                let (text, i) = svar.unwrap();
                assert!(text.contains(ord) && i == falt, "{id}: {text}");
            }
        }
        let mut kryssat = fall(valt);
        kryssat.beslutet_galler = true;
        assert_eq!(fragad(&kryssat), None, "{id} med kryss");
    }
    for (dag, fragas) in [(date(2021, 6, 1), true), (date(2022, 2, 1), false)] {
        let nytt = Beslutsval::Nytt(Beslutsuppgift {
            instans: "Styrelsen".into(),
            datum: Some(dag),
            rubrik: "Avsluta året".into(),
            ..Beslutsuppgift::default()
        });
        assert_eq!(fragad(&fall(nytt)).is_some(), fragas, "{dag}");
    }
}
