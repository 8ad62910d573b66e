use super::*;
use crate::faktum::{Galler, NyttFaktum, gallande};
use crate::id::{AnvandareId, BidragId, OrganisationId};
use crate::medel::parameter::Parameter;
use jiff::civil::date;
use proptest::prelude::*;

struct Bok(Vec<Faktum>);

impl Bok {
    fn med(mut self, slag: FaktumSlag, galler: Galler, kr: i64) -> Self {
        let nr = i64::try_from(self.0.len()).unwrap() + 1;
        self.0.push(Faktum {
            id: FaktumId::ny(nr).unwrap(),
            registrerad: jiff::Timestamp::UNIX_EPOCH,
            registrerad_av: AnvandareId::FORSTA,
            fakta: NyttFaktum::nytt(slag, galler, Varde::Kant(kr * 100)),
        });
        self
    }

    /// A share in hundredths of a per cent.
    fn sats(self, parameter: Parameter, ar: i16, andel: i64) -> Self {
        let galler = Galler {
            ar: Some(ar),
            kategori: Some(parameter.kod().into()),
            ..Galler::default()
        };
        let mut ut = self.med(parameter.slag(), galler, 0);
        ut.0.last_mut().unwrap().fakta.varde = Varde::Kant(andel);
        ut
    }

    fn kr(&self, matt: Matt, urval: &Urval) -> Option<i64> {
        let h = berakna(matt, urval, &gallande(&self.0, None));
        h.utfall.varde.kant().map(|ore| ore / 100)
    }
}

fn insats(nr: i64) -> Galler {
    Galler {
        insats: InsatsId::ny(nr),
        bidrag: BidragId::ny(1),
        ar: Some(2026),
        ..Galler::default()
    }
}

fn manaden(nr: i64, m: i8) -> Galler {
    let forsta = date(2026, m, 1);
    Galler {
        period_fran: Some(forsta),
        period_till: Some(forsta.last_of_month()),
        ..insats(nr)
    }
}

fn till(m: i8) -> Urval {
    Urval {
        period: Some(date(2026, m, 1)),
        ..Urval::default().ar(2026)
    }
}

use FaktumSlag as F;

/// Two insatser of 1 200 tkr. One at 100 tkr a month from January, one that began in April at
/// 50 tkr, with 40 tkr known to come in November.
fn boken() -> Bok {
    let mut bok = Bok(Vec::new())
        .med(
            F::Tilldelat,
            Galler {
                insats: None,
                ..insats(1)
            },
            2_500_000,
        )
        .med(F::Fordelat, insats(1), 1_200_000)
        .med(F::Fordelat, insats(2), 1_200_000);
    for m in 1..=6 {
        bok = bok.med(F::Anvant, manaden(1, m), 100_000);
        if m >= 4 {
            bok = bok.med(F::Anvant, manaden(2, m), 50_000);
        }
    }
    let post = Galler {
        kategori: Some("Mässa".into()),
        ..manaden(2, 11)
    };
    bok.med(F::Prognospost, post, 40_000)
}

#[test]
fn a_forecast_is_used_plus_the_rest_plus_what_is_known_to_come() {
    let bok = boken();
    let (ett, tva) = (
        till(6).for_insats(InsatsId::ny(1).unwrap()),
        till(6).for_insats(InsatsId::ny(2).unwrap()),
    );
    assert_eq!(bok.kr(Matt::AnvantTill, &ett), Some(600_000));
    assert_eq!(bok.kr(Matt::PrognosHelar, &ett), Some(1_200_000));
    // Three months at 50 tkr, six more, and the fair.
    assert_eq!(bok.kr(Matt::AnvantTill, &tva), Some(150_000));
    assert_eq!(bok.kr(Matt::PrognosRest, &tva), Some(300_000));
    assert_eq!(bok.kr(Matt::Prognosposter, &tva), Some(40_000));
    assert_eq!(bok.kr(Matt::PrognosHelar, &tva), Some(490_000));
    assert_eq!(bok.kr(Matt::PrognosAvvikelse, &tva), Some(710_000));
    assert_eq!(bok.kr(Matt::PrognosHelar, &till(6)), Some(1_690_000));
    assert_eq!(bok.kr(Matt::PrognosAvvikelse, &till(6)), Some(710_000));
    // 710 of 2 400 is 29,6 per cent.
    let andel = berakna(Matt::PrognosAndel, &till(6), &gallande(&bok.0, None));
    assert_eq!(andel.utfall.varde, Varde::Kant(296));
    // Through March only the first had begun, and the other is expected by its budget.
    assert_eq!(bok.kr(Matt::AnvantTill, &till(3)), Some(300_000));
    let tva_mars = till(3).for_insats(InsatsId::ny(2).unwrap());
    assert_eq!(bok.kr(Matt::PrognosHelar, &tva_mars), Some(940_000));
}

#[test]
fn a_chosen_method_is_followed_and_an_own_figure_is_of_the_whole_year() {
    let egen = Galler {
        kategori: Some(Prognosmetod::Egen.kod().into()),
        ..insats(2)
    };
    let bok = boken().med(F::Prognosmetod, egen, 800_000);
    let tva = till(6).for_insats(InsatsId::ny(2).unwrap());
    assert_eq!(bok.kr(Matt::PrognosRest, &tva), Some(650_000));
    let h = berakna(Matt::PrognosRest, &tva, &gallande(&bok.0, None));
    assert_eq!(h.rader.len(), 1, "den egna bedömningen");
}

/// The paper says that the year's total is awaited; what one expects is not unknown for that.
#[test]
fn an_awaited_total_does_not_hide_an_own_figure_while_the_year_goes_on() {
    let egen = Galler {
        kategori: Some(Prognosmetod::Egen.kod().into()),
        ..insats(1)
    };
    let mut bok = Bok(Vec::new())
        .med(F::Fordelat, insats(1), 1_200_000)
        .med(F::Prognosmetod, egen, 900_000)
        .med(F::Anvant, insats(1), 0);
    bok.0.last_mut().unwrap().fakta.varde = Varde::EjInrapporterat;
    let u = till(6).for_insats(InsatsId::ny(1).unwrap());
    assert_eq!(bok.kr(Matt::PrognosHelar, &u), Some(900_000));
    assert_eq!(
        bok.kr(Matt::PrognosHelar, &Urval { period: None, ..u }),
        None
    );
}

#[test]
fn what_is_left_of_a_grant_and_room_for_more_are_told_before_the_year_is_over() {
    let bok = boken();
    let bidrag = Urval {
        bidrag: BidragId::ny(1),
        ..till(6)
    };
    assert_eq!(bok.kr(Matt::PrognosKvar, &bidrag), Some(810_000));
    // 100 nobody has got, and 710 that they are expected to leave.
    assert_eq!(bok.kr(Matt::Utrymme, &till(6)), Some(810_000));
}

#[test]
fn nothing_booked_at_all_is_unknown_and_not_zero() {
    let bok = Bok(Vec::new()).med(F::Fordelat, insats(1), 1_200_000);
    for matt in [Matt::AnvantTill, Matt::PrognosHelar, Matt::PrognosAvvikelse] {
        let h = berakna(matt, &till(6), &gallande(&bok.0, None));
        assert_eq!(h.utfall.varde, Varde::EjInrapporterat, "{}", matt.kod());
    }
}

/// T12 and the two ways to read "höja serviceavgiften": golden figures of the paper, with the
/// arithmetic done by hand.
#[test]
fn service_fee_of_the_paper_is_ten_and_fifteen_thousand_and_by_is_not_to() {
    let part = |kategori: &str, org: i64, kr: i64| {
        (
            Galler {
                ar: Some(2021),
                kategori: Some(kategori.into()),
                finansiar: OrganisationId::ny(org),
                ..Galler::default()
            },
            kr,
        )
    };
    let mut bok = Bok(Vec::new());
    for (galler, kr) in [
        part("stat", 1, 2_517_000),
        part("region", 2, 1_258_500),
        part("kommun", 3, 1_258_500),
    ] {
        bok = bok.med(F::Partsmedel, galler, kr);
    }
    let ar = Urval::default().ar(2021);
    assert_eq!(bok.kr(Matt::Partsmedel, &ar), Some(5_034_000));
    let nyckel = |p: Parameter| ar.clone().for_kategori(p.kod());
    let stat = nyckel(Parameter::NyckelStat);
    assert_eq!(bok.kr(Matt::EnligtNyckeln, &stat), Some(2_517_000));
    let region = nyckel(Parameter::NyckelRegion);
    assert_eq!(bok.kr(Matt::EnligtNyckeln, &region), Some(1_258_500));
    // Nobody has set a fee: it is undecided, not nothing.
    assert_eq!(bok.kr(Matt::Serviceavgift, &ar), None);
    // Two per mille, and a proposal of three.
    let till_tre = Bok(bok.0.clone())
        .sats(Parameter::Serviceavgift, 2019, 20)
        .sats(Parameter::ServiceavgiftForslag, 2021, 30);
    assert_eq!(till_tre.kr(Matt::Serviceavgift, &ar), Some(10_068));
    assert_eq!(till_tre.kr(Matt::ServiceavgiftTill, &ar), Some(15_102));
    assert_eq!(till_tre.kr(Matt::ServiceavgiftMerTill, &ar), Some(5_034));
    // Raised by three it would be five per mille.
    assert_eq!(till_tre.kr(Matt::ServiceavgiftMed, &ar), Some(25_170));
    // Raised by one is to three.
    let med_en = bok.sats(Parameter::Serviceavgift, 2019, 20).sats(
        Parameter::ServiceavgiftForslag,
        2021,
        10,
    );
    assert_eq!(med_en.kr(Matt::ServiceavgiftMed, &ar), Some(15_102));
    assert_eq!(med_en.kr(Matt::ServiceavgiftTill, &ar), Some(5_034));
}

/// One party may carry both quarters.
#[test]
fn both_quarters_may_be_one_partys() {
    let bok = Bok(Vec::new())
        .med(
            F::Partsmedel,
            Galler {
                ar: Some(2026),
                ..Galler::default()
            },
            4_000_000,
        )
        .sats(Parameter::NyckelStat, 2026, 5_000)
        .sats(Parameter::NyckelRegion, 2026, 0)
        .sats(Parameter::NyckelKommun, 2026, 5_000);
    let del = |p: Parameter| {
        bok.kr(
            Matt::EnligtNyckeln,
            &Urval::default().ar(2026).for_kategori(p.kod()),
        )
    };
    assert_eq!(del(Parameter::NyckelRegion), Some(0));
    assert_eq!(del(Parameter::NyckelKommun), Some(2_000_000));
}

/// R65: a target of 700 tkr against a forecast of 1 300 tkr; the ceiling is a proposal.
#[test]
fn own_capital_is_measured_against_its_ceiling_and_its_target() {
    let ar = |kategori: Option<&str>| Galler {
        ar: Some(2021),
        kategori: kategori.map(str::to_owned),
        ..Galler::default()
    };
    let bok = Bok(Vec::new())
        .med(F::EgetKapital, ar(None), 1_300_000)
        .med(F::Partsmedel, ar(Some("stat")), 4_000_000)
        .med(
            F::Parameterbelopp,
            ar(Some(Parameter::MalEgetKapital.kod())),
            700_000,
        );
    let u = Urval::default().ar(2021);
    assert_eq!(bok.kr(Matt::EgetKapitalOverMal, &u), Some(600_000));
    assert_eq!(bok.kr(Matt::EgetKapitalTak, &u), Some(800_000));
    assert_eq!(bok.kr(Matt::EgetKapitalOverTak, &u), Some(500_000));
    let andel = berakna(Matt::EgetKapitalAndel, &u, &gallande(&bok.0, None));
    assert_eq!(andel.utfall.varde, Varde::Kant(325));
}

proptest! {
    /// Against an oracle of its own: plain tables of kronor, with its own way of dividing.
    #[test]
    fn rows_make_the_total_and_forecasts_are_not_below_what_is_used(
        celler in proptest::collection::vec((1_i64..5, 1_i8..13, 0_i64..900_000), 1..60),
        m in 1_i8..13,
    ) {
        let mut bok = Bok(Vec::new());
        let mut facit = std::collections::BTreeMap::<i64, [i64; 12]>::new();
        for (i, manad, kr) in celler {
            bok = bok.med(F::Anvant, manaden(i, manad), kr);
            facit.entry(i).or_default()[usize::try_from(manad - 1).unwrap()] += kr;
        }
        let urval = till(m);
        let hela = bok.kr(Matt::PrognosHelar, &urval);
        let delar: Vec<Option<i64>> = facit
            .keys()
            .map(|i| {
                let u = urval.clone().for_insats(InsatsId::ny(*i).unwrap());
                bok.kr(Matt::PrognosHelar, &u)
            })
            .collect();
        let summa: Option<i64> = delar.iter().copied().sum();
        prop_assert_eq!(hela, summa);
        for (nr, (i, ar)) in facit.iter().enumerate() {
            let mm = usize::try_from(m).unwrap();
            let hittills: i64 = ar[..mm].iter().sum();
            let u = urval.clone().for_insats(InsatsId::ny(*i).unwrap());
            if let Some(prognos) = delar[nr] {
                prop_assert!(prognos >= hittills);
                let borjan = bok.0.iter().filter(|f| f.galler().insats == InsatsId::ny(*i))
                    .filter_map(|f| f.galler().period_fran.map(|d| d.month()))
                    .filter(|x| *x <= m).min();
                if let Some(b) = borjan {
                    let n = i64::from(m - b + 1);
                    let dubbel = 2 * hittills * i64::from(12 - m);
                    let avrundat = (dubbel + n) / (2 * n);
                    prop_assert_eq!(prognos, hittills + avrundat);
                }
            }
            prop_assert_eq!(bok.kr(Matt::AnvantTill, &u).unwrap_or(0), hittills);
        }
    }
}

/// R92: positions that end in June end the forecast there, for the whole and for each kind.
#[test]
fn the_forecast_ends_with_the_positions() {
    let halvaret = Galler {
        period_fran: Some(date(2026, 1, 1)),
        period_till: Some(date(2026, 6, 30)),
        ..insats(1)
    };
    let mut bok = Bok(Vec::new())
        .med(FaktumSlag::Fordelat, insats(1), 600_000)
        .med(FaktumSlag::Tjanstekostnad, halvaret, 80_000);
    for m in 1..=6 {
        let galler = Galler {
            kategori: Some("Personal".into()),
            ..manaden(1, m)
        };
        bok = bok.med(FaktumSlag::Anvant, galler, 100_000);
    }
    let en = |m| till(m).for_insats(InsatsId::ny(1).unwrap());
    assert_eq!(bok.kr(Matt::PrognosHelar, &en(3)), Some(600_000));
    assert_eq!(bok.kr(Matt::PrognosHelar, &en(6)), Some(600_000));
    assert_eq!(bok.kr(Matt::PrognosAvvikelse, &en(8)), Some(0));
    let personal = Urval {
        kategori: Some("Personal".into()),
        ..en(4)
    };
    assert_eq!(bok.kr(Matt::PrognosHelar, &personal), Some(600_000));
}
