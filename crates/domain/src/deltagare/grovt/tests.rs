use super::*;
use crate::deltagare::deltagande::Deltagandesteg;
use crate::deltagare::matt;
use crate::deltagare::rad::prov::{borja, situation, slut, uttrade};
use crate::deltagare::rad::{Anonyma, Period};
use crate::deltagare::tabeller::arstabell;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

fn person(n: i64) -> PersonId {
    PersonId::ny(n).unwrap()
}

/// As gallring makes it: by way of its text in the store, under another number.
fn grov(r: &Deltagarrad) -> Option<Deltagarrad> {
    let grovt = Grovt::av(&r.deltagande, r.alder)?;
    let text = serde_json::to_string(&grovt).unwrap();
    let grovt = serde_json::from_str(&text).unwrap();
    let rad = Grovrad {
        insats: r.insats,
        organisation: r.organisation,
        person: person(r.person.nummer() + 1_000),
        grovt,
    };
    Some(rad.rad().unwrap())
}

const LEVER_PA: [&str; 4] = ["forsorjningsstod", "lon", "a-kassa", "okant"];
const GOR: [&str; 5] = ["arbete", "studier", "arbetssokande", "okant", "finns-inte"];
const SLUT: [&str; 4] = ["arbete", "studier", "okant", "finns-inte"];

prop_compose! {
    fn lage()(pa in prop::collection::vec(0..LEVER_PA.len(), 1..3), gor in 0..GOR.len(),
              procent in prop::option::of(1_u8..=100)) -> Situation {
        let pa: Vec<_> = pa.into_iter().map(|i| LEVER_PA[i]).collect();
        situation(&pa, GOR[gor], procent)
    }
}

prop_compose! {
    fn rad()(vem in 1_i64..8, start in 0_i64..1_500, dagar in 0_i64..900,
             alder in prop::option::of(15_u16..70), fore in lage(), efter in lage(),
             sen in lage(), slut_i in 0..SLUT.len(), fullt in any::<bool>(),
             vag in prop::option::of(0..Vag::ALLA.len()), svarade in any::<bool>(),
             pagar in prop::bool::weighted(0.1), kon in any::<bool>()) -> Deltagarrad {
        let forsta = date(2018, 1, 1).checked_add(start.days()).unwrap();
        let sista = forsta.checked_add(dagar.days()).unwrap();
        let mut r = borja(vem, forsta, fore);
        r.alder = alder;
        r.deltagande.intrade.kon = if kon { "kvinna" } else { "man" }.to_owned();
        if pagar {
            return r;
        }
        let hur = if fullt { "fullfoljt" } else { "ej-fullfoljt" };
        let mut r = slut(r, uttrade(sista, hur, SLUT[slut_i], &["vardkontakt"], efter));
        if let Some(vag) = vag.map(|i| Vag::ALLA[i]) {
            let svar = Uppfoljning {
                vag,
                dag: vag.dag(sista).unwrap(),
                svar: if svarade { "svarade" } else { "ej-nadd" }.to_owned(),
                situation: svarade.then_some(sen),
            };
            r.deltagande = r.deltagande.ga(&Deltagandesteg::FoljUpp(svar)).unwrap();
        }
        r
    }
}

proptest! {
    /// Every measure of every year is what it was, whoever of them has disappeared.
    #[test]
    fn measures_are_unchanged_when_a_person_becomes_coarse(
        rader in prop::collection::vec(rad(), 1..25),
        borta in prop::collection::btree_set(1_i64..8, 0..8)
    ) {
        // A person goes whole: not who takes part still.
        let kvar = |p: PersonId| {
            !borta.contains(&p.nummer())
                || rader.iter().any(|r| r.person == p && r.uttrade().is_none())
        };
        let grova: Vec<_> = rader
            .iter()
            .map(|r| if kvar(r.person) { r.clone() } else { grov(r).unwrap() })
            .collect();
        let anonyma: [Anonyma; 0] = [];
        let per = date(2026, 9, 30);
        for ar in 2017..2026 {
            let p = Period::ar(ar).unwrap();
            prop_assert_eq!(matt::antal(&rader, p), matt::antal(&grova, p));
            prop_assert_eq!(matt::fullfoljande(&rader, p), matt::fullfoljande(&grova, p));
            prop_assert_eq!(matt::avbrottsorsaker(&rader, p), matt::avbrottsorsaker(&grova, p));
            prop_assert_eq!(matt::sluttillstand(&rader, p), matt::sluttillstand(&grova, p));
            prop_assert_eq!(matt::anledningar(&rader, p), matt::anledningar(&grova, p));
            prop_assert_eq!(matt::stod(&rader, p), matt::stod(&grova, p));
            prop_assert_eq!(matt::forsorjning(&rader, p), matt::forsorjning(&grova, p));
            prop_assert_eq!(matt::overgangar(&rader, p), matt::overgangar(&grova, p));
            prop_assert_eq!(
                matt::arbete_eller_studier(&rader, p), matt::arbete_eller_studier(&grova, p));
            prop_assert_eq!(matt::langder(&rader, p), matt::langder(&grova, p));
            for vag in Vag::ALLA {
                for per in [per, date(2022, 3, 31), date(2021, 12, 31)] {
                    prop_assert_eq!(
                        matt::uppfoljt(&rader, p, (*vag, per)),
                        matt::uppfoljt(&grova, p, (*vag, per)));
                }
            }
            prop_assert_eq!(
                arstabell(&rader, &anonyma, ar, per), arstabell(&grova, &anonyma, ar, per));
        }
    }
}

#[test]
fn nothing_finer_than_it_must_be_stays() {
    let s = || situation(&["lon"], "arbete", Some(75));
    let mut r = borja(7, date(2020, 11, 23), s());
    r.alder = Some(34);
    r.deltagande.intrade.bakgrund.behov = vec!["tolk".into()];
    r.deltagande.intrade.bakgrund.status = vec![("arbetsformedlingen".into(), "avslutad".into())];
    let r = slut(
        r,
        uttrade(date(2021, 9, 8), "fullfoljt", "arbete", &[], s()),
    );
    let g = Grovt::av(&r.deltagande, r.alder).unwrap();
    assert_eq!((g.borjade.nr, g.slutade.nr, g.dagar), (4, 3, 290));
    assert_eq!(g.alder, Some(30));
    let text = serde_json::to_string(&g).unwrap();
    // The search finds what stays.
    assert!(text.contains("kvinna") && text.contains("0486"));
    for fint in [
        "-11-",
        "-09-",
        "34",
        "tolk",
        "egen",
        "visstid",
        "arbetsformedlingen",
    ] {
        assert!(!text.contains(fint), "{fint}: {text}");
    }
}

#[test]
fn what_goes_on_or_never_was_leaves_nothing() {
    let dag = date(2020, 11, 23);
    let r = borja(1, dag, situation(&["okant"], "okant", None));
    assert_eq!(Grovt::av(&r.deltagande, None), None);
    let fel = r
        .deltagande
        .ga(&Deltagandesteg::Felregistrera { dag })
        .unwrap();
    assert_eq!(Grovt::av(&fel, None), None);
}

#[test]
fn quarters_and_a_length_that_do_not_go_together_are_nothing() {
    let s = || situation(&["okant"], "okant", None);
    let r = borja(1, date(2020, 1, 1), s());
    let r = slut(r, uttrade(date(2020, 2, 1), "okant", "okant", &[], s()));
    let grovt = Grovt::av(&r.deltagande, None).unwrap();
    assert!(grovt.dagarna().is_some());
    for dagar in [0, 92, u32::MAX] {
        assert_eq!(
            Grovt {
                dagar,
                ..grovt.clone()
            }
            .dagarna(),
            None,
            "{dagar}"
        );
    }
}
