use super::*;
use crate::deltagare::kodlista::{Kodlista, Listnamn, forval};
use crate::problem::Problem;
use jiff::civil::date;
use proptest::prelude::*;

const IDAG: Date = date(2026, 11, 23);

fn listor() -> Listor<'static> {
    Listor {
        egna: &[],
        idag: IDAG,
    }
}

fn situation() -> Situation {
    Situation {
        forsorjning: vec![
            Forsorjning {
                kod: "sjukersattning".into(),
                omfattning: Omfattning::ny(50),
            },
            Forsorjning {
                kod: "forsorjningsstod".into(),
                omfattning: None,
            },
        ],
        sysselsattning: "arbete".into(),
        arbete: Some(Arbete {
            typ: "visstid".into(),
            omfattning: Omfattning::ny(25),
        }),
    }
}

fn intrade(dag: Date) -> Intrade {
    Intrade {
        dag,
        kommun: Some("2284".into()),
        kon: "annat".into(),
        bakgrund: Bakgrund {
            utbildning: "gymnasial".into(),
            tid_i_forsorjning: "3-5".into(),
            startlage: "okant".into(),
            malgrupper: vec!["hemmasittare".into(), "fler-i-arbete".into()],
            remittent: "skola".into(),
            behov: vec!["tolk".into()],
            status: vec![("arbetsformedlingen".into(), "avslutad".into())],
        },
        situation: situation(),
    }
}

fn uttrade(dag: Date) -> Uttrade {
    Uttrade {
        dag,
        anledning: "enligt-plan".into(),
        fullfoljande: "fullfoljt".into(),
        avbrottsorsak: None,
        sluttillstand: "arbete".into(),
        stod: vec!["vardkontakt".into(), "boende".into()],
        situation: situation(),
    }
}

fn svar(vag: Vag, dag: Date) -> Uppfoljning {
    Uppfoljning {
        vag,
        dag,
        svar: "svarade".into(),
        situation: Some(situation()),
    }
}

fn koder(fel: &[Problem]) -> Vec<&str> {
    fel.iter().map(|f| f.kod).collect()
}

#[test]
fn what_is_filled_in_as_the_page_asks_is_taken() {
    assert_eq!(listor().prova_intrade(&intrade(date(2026, 1, 7))), []);
    let ut = uttrade(date(2026, 6, 30));
    assert_eq!(listor().prova_uttrade(&ut, date(2026, 1, 7)), []);
    let efter = svar(Vag::Tre, date(2026, 9, 30));
    assert_eq!(listor().prova_uppfoljning(&efter), []);
    let onadd = Uppfoljning {
        svar: "ej-nadd".into(),
        situation: None,
        ..efter
    };
    assert_eq!(listor().prova_uppfoljning(&onadd), []);
}

/// Each fault by itself, at its field; what is typed is never in the words.
#[test]
fn each_fault_of_the_beginning_is_told_by_name_and_field() {
    type Andra = fn(&mut Intrade);
    let fall: [(&str, &str, Andra); 14] = [
        ("deltagande-dag-framtid", "dag", |i| {
            i.dag = date(2026, 11, 24)
        }),
        ("deltagande-kommun", "kommun", |i| {
            i.kommun = Some("228x".into())
        }),
        ("deltagande-kommun", "kommun", |i| {
            i.kommun = Some("228".into())
        }),
        ("deltagande-kod", "kon", |i| i.kon = "hemligt".into()),
        ("deltagande-kod", "utbildning", |i| {
            i.bakgrund.utbildning = "hemligt".into();
        }),
        ("deltagande-kod-flera", "malgrupp", |i| {
            i.bakgrund.malgrupper = vec!["hemmasittare".into(), "hemmasittare".into()];
        }),
        ("deltagande-kod-ensam", "malgrupp", |i| {
            i.bakgrund.malgrupper = vec!["hemmasittare".into(), "okant".into()];
        }),
        ("deltagande-kod", "status", |i| {
            i.bakgrund.status = vec![("hemligt".into(), "okant".into())];
        }),
        ("deltagande-myndighet", "status", |i| {
            i.bakgrund.status = vec![("region".into(), "okant".into()); 2];
        }),
        ("deltagande-forsorjning", "forsorjning", |i| {
            i.situation.forsorjning.clear();
        }),
        ("deltagande-kod-ensam", "forsorjning", |i| {
            i.situation.forsorjning[0].kod = "okant".into();
        }),
        ("deltagande-omfattning", "forsorjning", |i| {
            i.situation.forsorjning[1].omfattning = Omfattning::ny(51);
        }),
        ("deltagande-arbete", "typ", |i| i.situation.arbete = None),
        ("deltagande-arbete-over", "sysselsattning", |i| {
            i.situation.sysselsattning = "studier".into();
        }),
    ];
    for (kod, falt, andra) in fall {
        let mut fel_ifyllt = intrade(date(2026, 1, 7));
        andra(&mut fel_ifyllt);
        let fel = listor().prova_intrade(&fel_ifyllt);
        assert_eq!(koder(&fel), [kod], "{falt}");
        assert_eq!(fel[0].falt.as_deref(), Some(falt), "{kod}");
        assert!(!format!("{} {}", fel[0].text, fel[0].atgard).contains("hemligt"));
    }
}

#[test]
fn each_fault_of_the_end_is_told_by_name() {
    type Andra = fn(&mut Uttrade);
    let fall: [(&str, Andra); 7] = [
        ("deltagande-dag-framtid", |u| u.dag = date(2027, 1, 1)),
        ("deltagande-slut-fore-start", |u| u.dag = date(2026, 1, 6)),
        ("deltagande-felregistrering", |u| {
            u.anledning = "felregistrering".into();
        }),
        ("deltagande-pagar", |u| u.fullfoljande = "pagar".into()),
        ("deltagande-orsak", |u| {
            u.fullfoljande = "ej-fullfoljt".into()
        }),
        ("deltagande-orsak-over", |u| {
            u.avbrottsorsak = Some("ohalsa".into())
        }),
        ("deltagande-kod-ensam", |u| u.stod.push("inget".into())),
    ];
    for (kod, andra) in fall {
        let mut u = uttrade(date(2026, 6, 30));
        andra(&mut u);
        let fel = listor().prova_uttrade(&u, date(2026, 1, 7));
        assert_eq!(koder(&fel), [kod]);
    }
    let mut u = uttrade(date(2026, 6, 30));
    (u.fullfoljande, u.avbrottsorsak) = ("ej-fullfoljt".into(), Some("ohalsa".into()));
    assert_eq!(listor().prova_uttrade(&u, date(2026, 1, 7)), []);
}

#[test]
fn an_answer_belongs_to_who_answered() {
    let mut u = svar(Vag::Sex, date(2026, 9, 1));
    u.situation = None;
    assert_eq!(koder(&listor().prova_uppfoljning(&u)), ["deltagande-svar"]);
    let mut u = svar(Vag::Sex, date(2026, 9, 1));
    u.svar = "ville-inte".into();
    assert_eq!(
        koder(&listor().prova_uppfoljning(&u)),
        ["deltagande-svar-over"]
    );
}

/// A huvudman's own list holds from its day, and a code that has ended is refused after it.
#[test]
fn the_list_that_held_on_the_day_decides() {
    let lista = forval().lista(Listnamn::Remittent).unwrap();
    let mut egen: Kodlista = lista.clone();
    egen.galler_fran = date(2026, 3, 1);
    let skola = egen.koder.iter_mut().find(|k| k.kod == "skola").unwrap();
    skola.till = Some(date(2026, 3, 31));
    let egna = [egen];
    let listor = Listor {
        egna: &egna,
        idag: IDAG,
    };
    assert_eq!(listor.prova_intrade(&intrade(date(2026, 3, 31))), []);
    let fel = listor.prova_intrade(&intrade(date(2026, 4, 1)));
    assert_eq!(koder(&fel), ["deltagande-kod-dag"]);
    assert_eq!(listor.prova_intrade(&intrade(date(2026, 2, 1))), []);
}

#[test]
fn the_codes_that_rules_lean_on_are_in_the_lists() {
    let fall = [
        (Listnamn::Sysselsattning, "arbete"),
        (Listnamn::Fullfoljande, "pagar"),
        (Listnamn::Fullfoljande, "ej-fullfoljt"),
        (Listnamn::Uppfoljningssvar, "svarade"),
        (Listnamn::Avslutsanledning, "felregistrering"),
        (Listnamn::Avslutsanledning, AVLIDEN),
    ];
    for (namn, kod) in fall {
        let lista = forval().lista(namn).unwrap();
        assert!(lista.finn(kod).is_some(), "{kod}");
    }
}

#[test]
fn it_begins_ends_goes_on_and_ends_again() {
    use Deltagandesteg as S;
    let (start, slut) = (date(2026, 1, 7), date(2026, 6, 30));
    let mut d = Deltagande::av(&[S::Borja(intrade(start)), S::Avsluta(uttrade(slut))]).unwrap();
    assert!(d.deltar(start) && d.deltar(slut));
    assert!(!d.deltar(date(2026, 1, 6)) && !d.deltar(date(2026, 7, 1)));
    let dagar: Vec<(Vag, Date)> = d.att_folja_upp();
    assert_eq!(
        dagar,
        [
            (Vag::Tre, date(2026, 9, 30)),
            (Vag::Sex, date(2026, 12, 30)),
            (Vag::Tolv, date(2027, 6, 30)),
            (Vag::Tjugofyra, date(2028, 6, 30)),
        ]
    );
    // A month before its time is in time; a day earlier is about another time.
    for (dag, ratt) in [(date(2026, 8, 29), false), (date(2026, 8, 30), true)] {
        let svaret = S::FoljUpp(svar(Vag::Tre, dag));
        assert_eq!(d.clone().ga(&svaret).is_ok(), ratt, "{dag}");
    }
    d = d
        .ga(&S::FoljUpp(svar(Vag::Tre, date(2026, 10, 1))))
        .unwrap();
    assert_eq!(d.att_folja_upp().len(), 3);
    // The end was later: what was told three months after it would be too early.
    let senare = S::Avsluta(uttrade(date(2026, 8, 31)));
    assert_eq!(d.clone().ga(&senare), Err(Vagran::FelDag));
    let dagen_fore = S::Ateruppta {
        dag: date(2026, 6, 29),
    };
    assert_eq!(d.clone().ga(&dagen_fore), Err(Vagran::FelDag));
    d = d.ga(&S::Ateruppta { dag: slut }).unwrap();
    assert_eq!(
        (d.att_folja_upp(), d.lage.clone()),
        (Vec::new(), Lage::Pagaende)
    );
    let forsent = S::FoljUpp(svar(Vag::Sex, date(2026, 12, 30)));
    assert_eq!(d.clone().ga(&forsent), Err(Vagran::Pagar));
    d = d.ga(&S::Avsluta(uttrade(date(2026, 8, 31)))).unwrap();
    assert_eq!(
        d.att_folja_upp().len(),
        4,
        "det som sades om det första slutet är borta"
    );
    let borta = d.ga(&S::Felregistrera { dag: slut }).unwrap();
    assert!(!borta.deltar(start) && borta.att_folja_upp().is_empty());
    let igen = S::Borja(intrade(start));
    assert_eq!(borta.ga(&igen), Err(Vagran::Felregistrerat));
}

/// Nobody calls to ask how it went for who has died.
#[test]
fn who_has_died_is_not_followed_up() {
    use Deltagandesteg as S;
    let mut ut = uttrade(date(2026, 6, 30));
    ut.anledning = AVLIDEN.into();
    let d = Deltagande::av(&[S::Borja(intrade(date(2026, 1, 7))), S::Avsluta(ut)]).unwrap();
    assert_eq!(d.att_folja_upp(), []);
}

#[test]
fn three_months_after_the_last_of_november_is_the_last_of_february() {
    assert_eq!(Vag::Tre.dag(date(2026, 11, 30)), Some(date(2027, 2, 28)));
    assert_eq!(
        Vag::Tjugofyra.dag(date(2028, 2, 29)),
        Some(date(2030, 2, 28))
    );
    assert_eq!(Vag::Tre.dag(Date::MAX), None);
}

#[test]
fn an_extent_is_one_to_a_hundred_also_from_a_file() {
    assert!(Omfattning::ny(0).is_none() && Omfattning::ny(101).is_none());
    assert!(serde_json::from_str::<Omfattning>("0").is_err());
    assert!(serde_json::from_str::<Omfattning>("101").is_err());
    let ett: Omfattning = serde_json::from_str("1").unwrap();
    assert_eq!(
        (ett.procent(), serde_json::to_string(&ett).unwrap()),
        (1, "1".into())
    );
}

/// What the steps are to a reader who knows only lists of days: no state machine.
fn enkelt(steg: &[(u8, Date)]) -> Option<(Date, Option<Date>, bool)> {
    let mut sett: Option<(Date, Option<Date>, bool)> = None;
    let mut svar: Vec<(i64, Date)> = Vec::new();
    for &(slag, dag) in steg {
        let Some((start, slut, fel)) = sett else {
            sett = (slag == 0).then_some((dag, None, false));
            sett?;
            continue;
        };
        if fel {
            return None;
        }
        let for_tidigt = |slut: Date, (m, d): (i64, Date)| {
            let nar = slut.saturating_add(m.months());
            d < nar.saturating_sub(1.month())
        };
        sett = match (slag, slut) {
            (0, None) => Some((dag, None, false)),
            (0, Some(s)) if dag <= s => Some((dag, slut, false)),
            (1, _) if dag < start => None,
            (1, Some(_)) if svar.iter().any(|s| for_tidigt(dag, *s)) => None,
            (1, _) => Some((start, Some(dag), false)),
            (2, Some(s)) if dag >= s => {
                svar.clear();
                Some((start, None, false))
            }
            (3, Some(s)) if !for_tidigt(s, (3, dag)) => {
                svar.retain(|(m, _)| *m != 3);
                svar.push((3, dag));
                Some((start, slut, false))
            }
            (4, _) if dag >= start => Some((start, slut, true)),
            _ => None,
        };
        sett?;
    }
    sett
}

proptest! {
    #[test]
    fn any_steps_are_to_the_states_what_they_are_to_a_list_of_days(
        steg in prop::collection::vec((0_u8..5, 0_i32..700), 1..8)
    ) {
        let fran = date(2025, 1, 1);
        let dagar: Vec<(u8, Date)> = std::iter::once((0, fran))
            .chain(steg.iter().map(|(slag, n)| (*slag, fran.saturating_add(n.days()))))
            .collect();
        let stegen: Vec<Deltagandesteg> = dagar.iter().map(|(slag, dag)| match slag {
            0 => Deltagandesteg::Borja(intrade(*dag)),
            1 => Deltagandesteg::Avsluta(uttrade(*dag)),
            2 => Deltagandesteg::Ateruppta { dag: *dag },
            3 => Deltagandesteg::FoljUpp(svar(Vag::Tre, *dag)),
            _ => Deltagandesteg::Felregistrera { dag: *dag },
        }).collect();
        let (mut nu, mut sedda) = (Deltagande::forsta(&stegen[0]).unwrap(), vec![dagar[0]]);
        for (steg, dag) in stegen.iter().zip(&dagar).skip(1) {
            sedda.push(*dag);
            let facit = enkelt(&sedda);
            match nu.clone().ga(steg) {
                Err(_) => {
                    prop_assert_eq!(facit, None, "{:?}", sedda);
                    sedda.pop();
                }
                Ok(sedan) => {
                    let (start, slut, fel) = facit.unwrap();
                    prop_assert_eq!(sedan.intrade.dag, start);
                    let borta = matches!(sedan.lage, Lage::Felregistrerat { .. });
                    prop_assert_eq!(borta, fel);
                    if let Lage::Avslutat { uttrade, .. } = &sedan.lage {
                        prop_assert_eq!(Some(uttrade.dag), slut);
                    } else if !fel {
                        prop_assert_eq!(slut, None);
                    }
                    nu = sedan;
                }
            }
        }
    }

    /// Steps come back from the form that they are stored in.
    #[test]
    fn a_step_survives_being_written_down(n in 0_i32..3000) {
        let dag = date(2020, 1, 1).saturating_add(n.days());
        for steg in [
            Deltagandesteg::Borja(intrade(dag)),
            Deltagandesteg::Avsluta(uttrade(dag)),
            Deltagandesteg::FoljUpp(svar(Vag::Tjugofyra, dag)),
            Deltagandesteg::Ateruppta { dag },
            Deltagandesteg::Felregistrera { dag },
        ] {
            let json = serde_json::to_string(&steg).unwrap();
            prop_assert_eq!(serde_json::from_str::<Deltagandesteg>(&json).unwrap(), steg);
        }
    }
}
