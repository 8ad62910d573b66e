use super::*;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

fn org(nr: i64) -> OrganisationId {
    OrganisationId::ny(nr).unwrap()
}

fn samtycke() -> Samtycke {
    Samtycke {
        lamnar: org(1),
        till: [org(2), org(3)].into(),
        slag: [Uppgiftsslag::Forsorjning, Uppgiftsslag::Plan].into(),
        information: Information {
            text: "2026-01".into(),
            sprak: "sv".into(),
            dag: date(2026, 3, 2),
            satt: Informationssatt::Papper,
        },
        dag: date(2026, 3, 2),
        galler_till: None,
    }
}

fn fraga(till: i64, slag: Uppgiftsslag, dag: Date) -> Fraga {
    Fraga {
        lamnar: org(1),
        till: org(till),
        slag,
        dag,
    }
}

#[test]
fn a_consent_is_for_whom_and_what_it_names_and_from_its_day() {
    let lage = Samtyckeslage::lamna(samtycke()).unwrap();
    let plan = |till, dag| lage.lyfter(fraga(till, Uppgiftsslag::Plan, dag));
    assert!(plan(2, date(2026, 3, 2)) && plan(3, date(2030, 1, 1)));
    assert!(!plan(4, date(2026, 3, 2)), "någon annan");
    assert!(!plan(2, date(2026, 3, 1)), "dagen före");
    let behov = fraga(2, Uppgiftsslag::Behov, date(2026, 3, 2));
    assert!(!lage.lyfter(behov), "något annat");
    let annan = Fraga {
        lamnar: org(2),
        till: org(3),
        ..fraga(2, Uppgiftsslag::Plan, date(2026, 3, 2))
    };
    assert!(!lage.lyfter(annan), "en annan myndighets sekretess");
}

/// It is hidden the same day, and what had been told was rightly told.
#[test]
fn what_is_taken_back_is_hidden_at_once() {
    let lage = Samtyckeslage::lamna(samtycke()).unwrap();
    let lage = lage.aterkalla(date(2026, 5, 4)).unwrap();
    let plan = |dag| lage.lyfter(fraga(2, Uppgiftsslag::Plan, dag));
    assert!(plan(date(2026, 5, 3)));
    assert!(!plan(date(2026, 5, 4)) && !plan(date(2026, 5, 5)));
    assert_eq!(
        lage.aterkalla(date(2026, 5, 5)),
        Err(Samtyckesvagran::Aterkallat)
    );
}

#[test]
fn what_lifts_nothing_or_was_told_afterwards_is_no_consent() {
    type Andra = fn(&mut Samtycke);
    let fall: [(Samtyckesvagran, Andra); 4] = [
        (Samtyckesvagran::Tomt, |s| s.till.clear()),
        (Samtyckesvagran::Tomt, |s| s.slag.clear()),
        (Samtyckesvagran::InformationEfterat, |s| {
            s.information.dag = date(2026, 3, 3);
        }),
        (Samtyckesvagran::FelDag, |s| {
            s.galler_till = Some(date(2026, 3, 1));
        }),
    ];
    for (vagran, andra) in fall {
        let mut s = samtycke();
        andra(&mut s);
        assert_eq!(Samtyckeslage::lamna(s), Err(vagran));
    }
}

#[test]
fn the_steps_come_in_their_order() {
    use Samtyckessteg as S;
    let ater = S::Aterkalla {
        dag: date(2026, 5, 4),
    };
    let lamna = S::Lamna(samtycke());
    assert_eq!(Samtyckeslage::av(&[]), Err(Samtyckesvagran::InteLamnat));
    let bara_ater = std::slice::from_ref(&ater);
    assert_eq!(
        Samtyckeslage::av(bara_ater),
        Err(Samtyckesvagran::InteLamnat)
    );
    assert!(Samtyckeslage::av(&[lamna.clone(), ater.clone()]).is_ok());
    let tva = [lamna.clone(), lamna.clone()];
    assert_eq!(Samtyckeslage::av(&tva), Err(Samtyckesvagran::Lamnat));
    let tidigt = S::Aterkalla {
        dag: date(2026, 3, 1),
    };
    let fore = [lamna.clone(), tidigt];
    assert_eq!(Samtyckeslage::av(&fore), Err(Samtyckesvagran::FelDag));
    let json = serde_json::to_string(&lamna).unwrap();
    assert_eq!(serde_json::from_str::<S>(&json).unwrap(), lamna);
}

#[test]
fn a_provision_holds_within_its_days_and_consent_is_named_first() {
    let bestammelse = Bestammelse {
        kod: "exempel".into(),
        lagrum: "10 kap. 2 § offentlighets- och sekretesslagen (2009:400)".into(),
        lamnar: org(1),
        till: [org(2)].into(),
        slag: [Uppgiftsslag::Plan].into(),
        fran: date(2026, 1, 1),
        till_dag: Some(date(2026, 12, 31)),
    };
    let bestammelser = [bestammelse];
    let om = |dag| fraga(2, Uppgiftsslag::Plan, dag);
    let utan = |dag| grund(om(dag), &[], &bestammelser);
    assert!(matches!(
        utan(date(2026, 1, 1)),
        Some(Grund::Bestammelse(_))
    ));
    assert!(utan(date(2025, 12, 31)).is_none() && utan(date(2027, 1, 1)).is_none());
    let samtycken = [Samtyckeslage::lamna(samtycke()).unwrap()];
    let med = grund(om(date(2026, 4, 1)), &samtycken, &bestammelser);
    assert!(matches!(med, Some(Grund::Samtycke(_))));
    let egen = fraga(1, Uppgiftsslag::Behov, date(2000, 1, 1));
    assert_eq!(grund(egen, &[], &[]), Some(Grund::Egen));
}

/// What the person sees on the sheet: a set of (who tells, who is told, what, day), filled in by
/// walking every day.
fn synligt(samtycken: &[(Samtycke, Option<Date>)], bestammelser: &[Bestammelse], f: Fraga) -> bool {
    let mut alla = BTreeSet::new();
    let mut dag = date(2026, 1, 1);
    while dag < date(2026, 3, 1) {
        for (s, ater) in samtycken {
            let slut = s.galler_till.unwrap_or(date(2027, 1, 1));
            if s.dag <= dag && dag <= slut && ater.is_none_or(|a| dag < a) {
                for till in &s.till {
                    alla.extend(s.slag.iter().map(|slag| (s.lamnar, *till, *slag, dag)));
                }
            }
        }
        for b in bestammelser {
            if b.fran <= dag && dag <= b.till_dag.unwrap_or(date(2027, 1, 1)) {
                for till in &b.till {
                    alla.extend(b.slag.iter().map(|slag| (b.lamnar, *till, *slag, dag)));
                }
            }
        }
        dag = dag.saturating_add(1.day());
    }
    f.lamnar == f.till || alla.contains(&(f.lamnar, f.till, f.slag, f.dag))
}

fn slagen() -> impl Strategy<Value = BTreeSet<Uppgiftsslag>> {
    let alla = Uppgiftsslag::ALLA.to_vec();
    prop::collection::btree_set(prop::sample::select(alla), 1..4)
}

fn dagen() -> impl Strategy<Value = Date> {
    (0_i32..59).prop_map(|n| date(2026, 1, 1).saturating_add(n.days()))
}

proptest! {
    /// For every party, kind and day: visible if and only if there is a valid consent or a
    /// provision.
    #[test]
    fn it_may_be_told_exactly_when_there_is_consent_or_law(
        satt in prop::collection::vec(
            (1_i64..4, 1_i64..4, slagen(), dagen(), prop::option::of(dagen()),
             prop::option::of(dagen())), 0..4),
        lagar in prop::collection::vec(
            (1_i64..4, 1_i64..4, slagen(), dagen(), prop::option::of(dagen())), 0..2),
        om in (1_i64..4, 1_i64..4, slagen(), dagen()),
    ) {
        let (mut lagen, mut enkla) = (Vec::new(), Vec::new());
        for (lamnar, till, slag, dag, sist, ater) in satt {
            let s = Samtycke {
                lamnar: org(lamnar),
                till: [org(till)].into(),
                slag,
                information: Information { dag, ..samtycke().information },
                dag,
                galler_till: sist.filter(|sist| *sist >= dag),
            };
            let ater = ater.filter(|a| *a >= dag);
            let mut lage = Samtyckeslage::lamna(s.clone()).unwrap();
            if let Some(a) = ater {
                lage = lage.aterkalla(a).unwrap();
            }
            lagen.push(lage);
            enkla.push((s, ater));
        }
        let lagar: Vec<Bestammelse> = lagar.into_iter().map(|(lamnar, till, slag, fran, sist)| {
            Bestammelse {
                kod: "prov".into(),
                lagrum: "prov".into(),
                lamnar: org(lamnar),
                till: [org(till)].into(),
                slag,
                fran,
                till_dag: sist,
            }
        }).collect();
        for slag in om.2 {
            let f = Fraga { lamnar: org(om.0), till: org(om.1), slag, dag: om.3 };
            let svar = grund(f, &lagen, &lagar).is_some();
            prop_assert_eq!(svar, synligt(&enkla, &lagar, f), "{:?}", f);
        }
    }
}
