mod delat;

use super::*;
use crate::faktum::{FaktumSlag, Galler, NyttFaktum, gallande};
use crate::id::{AnvandareId, BidragId, InsatsId, OrganisationId};
use crate::matt::Index;
use crate::pengar::Precision;
use jiff::Timestamp;
use proptest::prelude::*;

struct Bok(Vec<Faktum>);

impl Bok {
    fn med(mut self, slag: FaktumSlag, galler: Galler, varde: Varde) -> Self {
        let nr = i64::try_from(self.0.len()).unwrap() + 1;
        self.0.push(Faktum {
            id: FaktumId::ny(nr).unwrap(),
            registrerad: Timestamp::from_second(1_643_000_000 + nr).unwrap(),
            registrerad_av: AnvandareId::ny(1).unwrap(),
            fakta: NyttFaktum::nytt(slag, galler, varde),
        });
        self
    }

    fn varde(&self, matt: Matt, urval: &Urval) -> Varde {
        berakna(matt, urval, &gallande(&self.0, None)).utfall.varde
    }
}

fn kr(belopp: i64) -> Varde {
    Varde::Kant(belopp * 100)
}

fn ar(ar: i16) -> Galler {
    Galler {
        bidrag: BidragId::ny(1),
        ar: Some(ar),
        ..Galler::default()
    }
}

fn till(insats: i64, ar: i16) -> Galler {
    Galler {
        insats: InsatsId::ny(insats),
        ..self::ar(ar)
    }
}

fn namnd(org: i64, ar: i16) -> Galler {
    Galler {
        organisation: OrganisationId::ny(org),
        ..self::ar(ar)
    }
}

/// The figures of the five papers: Uppsala's grant for 2021.
fn uppsala() -> Bok {
    let mut bok = Bok(Vec::new())
        .med(FaktumSlag::Rekvirerat, ar(2021), kr(8_052_000))
        .med(FaktumSlag::AnvantNamnd, namnd(1, 2021), kr(1_432_841))
        .med(FaktumSlag::AnvantNamnd, namnd(2, 2021), kr(5_855_000));
    let tkr = [
        (440, 440),
        (375, 375),
        (1400, 680),
        (250, 250),
        (140, 140),
        (100, 100),
    ];
    let tkr2 = [(2400, 2400), (1600, 1600), (800, 800)];
    for (nr, (budget, utfall)) in (1..).zip(tkr.into_iter().chain(tkr2)) {
        bok = bok
            .med(FaktumSlag::Fordelat, till(nr, 2021), kr(budget * 1000))
            .med(FaktumSlag::Anvant, till(nr, 2021), kr(utfall * 1000));
        bok.0.last_mut().unwrap().fakta.precision = Precision::TUSENTAL;
    }
    bok.med(FaktumSlag::Fordelat, till(10, 2021), kr(500_000))
        .med(FaktumSlag::Anvant, till(10, 2021), kr(503_586))
}

#[test]
fn uppsala_repays_what_it_requisitioned_but_did_not_use() {
    let (bok, u) = (uppsala(), Urval::bidrag(BidragId::ny(1).unwrap()).ar(2021));
    assert_eq!(bok.varde(Matt::Anvant, &u), kr(7_287_841));
    assert_eq!(bok.varde(Matt::AnvantInsats, &u), kr(7_288_586));
    assert_eq!(bok.varde(Matt::Fordelat, &u), kr(8_005_000));
    assert_eq!(bok.varde(Matt::AttAterbetala, &u), kr(764_159));
    assert_eq!(bok.varde(Matt::KvarAttFordela, &u), kr(47_000));
    assert_eq!(bok.varde(Matt::Nyttjandegrad, &u), Varde::Kant(910));
    let samtal = u.clone().for_insats(InsatsId::ny(10).unwrap());
    assert_eq!(bok.varde(Matt::Avvikelse, &samtal), kr(-3_586));
}

#[test]
fn stated_thousands_carry_their_uncertainty() {
    let (bok, u) = (uppsala(), Urval::bidrag(BidragId::ny(1).unwrap()));
    let h = berakna(Matt::AnvantInsats, &u, &gallande(&bok.0, None));
    assert_eq!(h.utfall.halv, 9 * 500 * 100);
    assert_eq!(h.rader.len(), 10);
}

#[test]
fn ragunda_has_money_to_distribute_and_nothing_reported() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, ar(2022), kr(1_750_000))
        .med(FaktumSlag::Fordelat, till(1, 2022), kr(460_000))
        .med(FaktumSlag::Fordelat, till(2, 2022), kr(635_000))
        .med(FaktumSlag::Fordelat, till(3, 2022), kr(400_000))
        .med(FaktumSlag::Fordelat, till(4, 2022), kr(250_000))
        .med(
            FaktumSlag::Overfort,
            Galler {
                fran_ar: Some(2021),
                ..till(4, 2022)
            },
            kr(140_000),
        );
    let u = Urval::bidrag(BidragId::ny(1).unwrap());
    assert_eq!(
        bok.varde(Matt::Tillgangligt, &u.clone().ar(2022)),
        kr(1_890_000)
    );
    assert_eq!(
        bok.varde(Matt::Fordelat, &u.clone().ar(2022)),
        kr(1_885_000)
    );
    assert_eq!(
        bok.varde(Matt::KvarAttFordela, &u.clone().ar(2022)),
        kr(5_000)
    );
    assert_eq!(
        bok.varde(Matt::OverfortUt, &u.clone().ar(2021)),
        kr(140_000)
    );
    assert_eq!(
        bok.varde(Matt::Anvant, &u.clone().ar(2022)),
        Varde::EjInrapporterat
    );
    assert_eq!(
        bok.varde(Matt::Kvar, &u.clone().ar(2022)),
        Varde::EjInrapporterat
    );
    assert_eq!(bok.varde(Matt::Tilldelat, &u.ar(2023)), Varde::EjBeslutat);
}

/// Granted 1,5 M a year; 300 000 left of the first year is used in the second.
fn tva_ar() -> Bok {
    let over = Galler {
        fran_ar: Some(2024),
        ..till(1, 2025)
    };
    Bok(Vec::new())
        .med(FaktumSlag::Rekvirerat, ar(2024), kr(1_800_000))
        .med(FaktumSlag::Rekvirerat, ar(2025), kr(1_200_000))
        .med(FaktumSlag::AnvantNamnd, ar(2024), kr(1_500_000))
        .med(FaktumSlag::AnvantNamnd, ar(2025), kr(1_480_000))
        .med(FaktumSlag::Overfort, over, kr(300_000))
}

#[test]
fn money_carried_in_is_repaid_when_it_is_not_used() {
    let (bok, u) = (tva_ar(), Urval::bidrag(BidragId::ny(1).unwrap()));
    assert_eq!(bok.varde(Matt::AttAterbetala, &u.clone().ar(2024)), kr(0));
    assert_eq!(
        bok.varde(Matt::AttAterbetala, &u.clone().ar(2025)),
        kr(20_000)
    );
    assert_eq!(bok.varde(Matt::AttAterbetala, &u), kr(20_000));
}

#[test]
fn money_carried_within_the_years_shown_is_counted_once() {
    let (bok, u) = (tva_ar(), Urval::bidrag(BidragId::ny(1).unwrap()));
    assert_eq!(
        bok.varde(Matt::Tillgangligt, &u.clone().ar(2025)),
        kr(1_500_000)
    );
    assert_eq!(bok.varde(Matt::Tillgangligt, &u), kr(3_000_000));
}

#[test]
fn each_year_chooses_for_itself_and_undecided_years_hide_nothing() {
    let bok = tva_ar()
        .med(FaktumSlag::Tilldelat, ar(2026), kr(4_000_000))
        .med(FaktumSlag::Tilldelat, ar(2027), Varde::EjBeslutat);
    let u = Urval::bidrag(BidragId::ny(1).unwrap());
    assert_eq!(bok.varde(Matt::Grundmedel, &u), kr(7_000_000));
    assert_eq!(bok.varde(Matt::Grundmedel, &u.ar(2027)), Varde::EjBeslutat);
}

#[test]
fn a_sum_with_an_unknown_part_says_so_and_keeps_the_known_part() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Medfinansiering, till(1, 2022), kr(300_000))
        .med(FaktumSlag::Medfinansiering, till(1, 2022), Varde::Okant);
    let h = berakna(
        Matt::Medfinansiering,
        &Urval::default(),
        &gallande(&bok.0, None),
    );
    assert_eq!(h.utfall.varde, Varde::Okant);
    assert_eq!(h.utfall.kand_del, Some(30_000_000));
}

fn av_bidrag(bidrag: i64, ar: i16) -> Galler {
    Galler {
        bidrag: BidragId::ny(bidrag),
        ..self::ar(ar)
    }
}

fn insats_av(bidrag: Option<i64>, insats: i64, ar: i16) -> Galler {
    Galler {
        bidrag: bidrag.and_then(BidragId::ny),
        ..till(insats, ar)
    }
}

/// One grant with boards, one with an initiative, and an initiative that no grant pays.
fn blandat() -> Bok {
    Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2025), kr(1_000_000))
        .med(FaktumSlag::AnvantNamnd, av_bidrag(1, 2025), kr(900_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(2, 2025), kr(500_000))
        .med(
            FaktumSlag::Fordelat,
            insats_av(Some(2), 2, 2025),
            kr(500_000),
        )
        .med(FaktumSlag::Anvant, insats_av(Some(2), 2, 2025), kr(400_000))
        .med(FaktumSlag::Anvant, insats_av(None, 3, 2025), kr(50_000))
        .med(FaktumSlag::Budget, insats_av(None, 3, 2025), kr(60_000))
}

#[test]
fn a_total_chooses_for_each_grant_and_for_what_has_none() {
    let bok = blandat();
    for u in [Urval::default(), Urval::default().ar(2025)] {
        assert_eq!(bok.varde(Matt::Anvant, &u), kr(1_350_000));
        assert_eq!(bok.varde(Matt::Budget, &u), kr(560_000));
        assert_eq!(bok.varde(Matt::Tillgangligt, &u), kr(1_500_000));
    }
}

#[test]
fn an_initiatives_budget_is_what_it_got_or_else_the_projects_never_both() {
    let bok = blandat().med(FaktumSlag::Budget, insats_av(None, 2, 2025), kr(500_000));
    let u = Urval::default();
    assert_eq!(bok.varde(Matt::Budget, &u), kr(560_000));
    let u = u.for_insats(InsatsId::ny(2).unwrap());
    assert_eq!(bok.varde(Matt::Budget, &u), kr(500_000));
}

#[test]
fn what_is_left_of_one_grant_is_not_what_another_or_none_has_used() {
    let bok = blandat();
    for u in [Urval::default(), Urval::default().ar(2025)] {
        assert_eq!(bok.varde(Matt::Kvar, &u), kr(200_000));
        // Nobody has distributed the first grant; of the second nothing is left.
        let h = berakna(Matt::KvarAttFordela, &u, &gallande(&bok.0, None));
        assert_eq!(h.utfall.varde, Varde::EjBeslutat);
        assert_eq!(h.utfall.kand_del, Some(0));
    }
}

#[test]
fn grants_that_share_a_distribution_are_counted_together() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2025), kr(800_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(2, 2025), kr(600_000))
        .med(
            FaktumSlag::Fordelat,
            insats_av(None, 1, 2025),
            kr(1_300_000),
        );
    assert_eq!(
        bok.varde(Matt::KvarAttFordela, &Urval::default()),
        kr(100_000)
    );
}

#[test]
fn a_requisition_without_year_makes_the_years_unknown_and_hides_no_grant() {
    let utan_ar = Galler {
        ar: None,
        ..av_bidrag(1, 2024)
    };
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2024), kr(1_000_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2025), kr(2_000_000))
        .med(FaktumSlag::Rekvirerat, utan_ar, kr(100_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(2, 2025), kr(500_000));
    let raknat = |matt, u: &Urval| berakna(matt, u, &gallande(&bok.0, None)).utfall;
    let alla = raknat(Matt::Grundmedel, &Urval::default());
    assert_eq!(alla.varde, Varde::Okant);
    assert_eq!(alla.kand_del, Some(60_000_000));
    let ett = raknat(Matt::Tillgangligt, &Urval::bidrag(BidragId::ny(1).unwrap()));
    assert_eq!((ett.varde, ett.kand_del), (Varde::Okant, Some(10_000_000)));
    assert_eq!(
        bok.varde(Matt::Grundmedel, &Urval::default().ar(2025)),
        kr(2_500_000)
    );
}

#[test]
fn one_year_with_an_undecided_grant_is_undecided_with_the_rest_known() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2026), kr(300_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(2, 2026), Varde::EjBeslutat);
    let u = Urval::default().ar(2026);
    let h = berakna(Matt::Grundmedel, &u, &gallande(&bok.0, None));
    assert_eq!(h.utfall.varde, Varde::EjBeslutat);
    assert_eq!(h.utfall.kand_del, Some(30_000_000));
    assert_eq!(bok.varde(Matt::Grundmedel, &Urval::default()), kr(300_000));
    assert!(!h.utfall.utan_obeslutat);
}

#[test]
fn a_sum_that_leaves_an_undecided_year_out_says_so_through_every_formula() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2026), kr(300_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(1, 2027), Varde::EjBeslutat);
    let utan = |matt, u: &Urval| {
        let utfall = berakna(matt, u, &gallande(&bok.0, None)).utfall;
        (utfall.varde, utfall.utan_obeslutat)
    };
    let alla = Urval::default();
    for matt in [Matt::Tilldelat, Matt::Grundmedel, Matt::Tillgangligt] {
        assert_eq!(utan(matt, &alla), (kr(300_000), true), "{matt:?}");
        assert_eq!(utan(matt, &alla.clone().ar(2026)), (kr(300_000), false));
    }
}

#[test]
fn a_whole_is_counted_and_not_its_parts_too() {
    let utan_ar = |slag: FaktumSlag| {
        (
            slag,
            Galler {
                ar: None,
                ..till(1, 2024)
            },
        )
    };
    for slag in [
        FaktumSlag::Deltagare,
        FaktumSlag::Fordelat,
        FaktumSlag::Anvant,
    ] {
        let (slag, hela) = utan_ar(slag);
        let bok = Bok(Vec::new())
            .med(slag, hela, Varde::Kant(60))
            .med(slag, till(1, 2024), Varde::Kant(35))
            .med(slag, till(1, 2025), Varde::Kant(25));
        let matt = match slag {
            FaktumSlag::Deltagare => Matt::Deltagare,
            FaktumSlag::Fordelat => Matt::Fordelat,
            _ => Matt::AnvantInsats,
        };
        assert_eq!(
            bok.varde(matt, &Urval::default()),
            Varde::Kant(60),
            "{slag:?}"
        );
        assert_eq!(bok.varde(matt, &Urval::default().ar(2024)), Varde::Kant(35));
    }
}

#[test]
fn parts_that_are_more_than_the_whole_are_counted_instead() {
    let hela = Galler {
        ar: None,
        ..till(1, 2024)
    };
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Deltagare, hela, Varde::Kant(20))
        .med(FaktumSlag::Deltagare, till(1, 2024), Varde::Kant(25))
        .med(FaktumSlag::Deltagare, till(2, 2024), Varde::Kant(4));
    assert_eq!(
        bok.varde(Matt::Deltagare, &Urval::default()),
        Varde::Kant(29)
    );
}

#[test]
fn a_grants_total_holds_when_only_some_boards_have_reported() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Rekvirerat, ar(2025), kr(1_000_000))
        .med(FaktumSlag::AnvantNamnd, ar(2025), kr(1_000_000))
        .med(FaktumSlag::AnvantNamnd, namnd(1, 2025), kr(700_000))
        .med(
            FaktumSlag::AnvantNamnd,
            namnd(2, 2025),
            Varde::EjInrapporterat,
        );
    for u in [Urval::default(), Urval::default().ar(2025)] {
        assert_eq!(bok.varde(Matt::Anvant, &u), kr(1_000_000));
        assert_eq!(bok.varde(Matt::AttAterbetala, &u), kr(0));
        let namnd = |id| u.clone().for_organisation(OrganisationId::ny(id).unwrap());
        assert_eq!(bok.varde(Matt::Anvant, &namnd(1)), kr(700_000));
        assert_eq!(bok.varde(Matt::Anvant, &namnd(2)), Varde::EjInrapporterat);
    }
}

#[test]
fn carried_over_money_alone_is_distributed_and_nothing_at_all_is_undecided() {
    let over = Galler {
        fran_ar: Some(2024),
        ..till(1, 2025)
    };
    let bok = Bok(Vec::new()).med(FaktumSlag::Overfort, over, kr(300_000));
    let u = Urval::default().ar(2025);
    assert_eq!(bok.varde(Matt::Fordelat, &u), kr(300_000));
    assert_eq!(bok.varde(Matt::Fordelat, &u.ar(2026)), Varde::EjBeslutat);
}

#[test]
fn zero_is_known_and_nothing_is_not_zero() {
    let bok = Bok(Vec::new()).med(FaktumSlag::Overfort, ar(2021), kr(0));
    assert_eq!(
        bok.varde(Matt::OverfortIn, &Urval::default()),
        Varde::Kant(0)
    );
    assert_eq!(
        bok.varde(Matt::Anvant, &Urval::default()),
        Varde::EjInrapporterat
    );
}

#[test]
fn every_measure_is_defined_and_terminates() {
    for matt in Matt::ALLA {
        let definition = matt.definition();
        assert_eq!(definition.matt, *matt);
        assert!(definition.text.len() > 15, "{}", matt.kod());
        let _ = berakna(*matt, &Urval::default(), &Vec::new());
        assert_eq!(Matt::av_kod(matt.kod()), Some(*matt));
    }
}

/// The figure recomputed from the rows its derivation shows: what a reader would do.
fn ur_rader(h: &Harledning, fakta: &[Faktum]) -> i64 {
    if h.led.is_empty() {
        return fakta
            .iter()
            .filter(|f| h.rader.contains(&f.id))
            .filter_map(|f| f.varde().kant())
            .sum();
    }
    // A term that shows a sign adds nothing: undecided years in a sum of all years.
    h.led
        .iter()
        .filter(|l| l.harledning.utfall.varde.kant().is_some())
        .map(|l| match l.tecken {
            Ledtecken::Minus => -ur_rader(&l.harledning, fakta),
            _ => ur_rader(&l.harledning, fakta),
        })
        .sum()
}

proptest! {
    #[test]
    fn every_figure_equals_its_own_rows(
        poster in proptest::collection::vec(
            (0_usize..6, 1_i64..4, 2020_i16..2023, -9_999_i64..999_999),
            0..60,
        )
    ) {
        use FaktumSlag as F;
        let slag = [F::Rekvirerat, F::Fordelat, F::Anvant, F::AnvantNamnd, F::Overfort, F::Budget];
        let mut bok = Bok(Vec::new());
        for (s, insats, a, belopp) in poster {
            let galler = Galler { fran_ar: Some(a - 1), ..till(insats, a) };
            bok = bok.med(slag[s], galler, Varde::Kant(belopp));
        }
        let gallande = gallande(&bok.0, None);
        for matt in Matt::ALLA {
            for urval in [Urval::default(), Urval::default().ar(2021)] {
                let h = berakna(*matt, &urval, &gallande);
                let andel = matches!(*matt, Matt::Nyttjandegrad | Matt::PrognosAndel);
                if let (Varde::Kant(tal), false) = (h.utfall.varde, andel) {
                    prop_assert_eq!(tal, ur_rader(&h, &bok.0), "{}", matt.kod());
                }
            }
        }
    }
}

/// Any fact of a small world: few ids, so that they meet.
fn nagot_faktum() -> impl Strategy<Value = (NyttFaktum, bool)> {
    let slag = prop::sample::select(FaktumSlag::ALLA);
    let id = || prop::option::of(1_i64..4);
    let ar = || prop::option::of(2020_i16..2023);
    let varde = prop_oneof![
        (-5_i64..6).prop_map(Varde::Kant),
        Just(Varde::Okant),
        Just(Varde::EjBeslutat),
    ];
    let kategori = prop::option::of(prop::sample::select(vec!["a", "b"]));
    let version = prop::option::weighted(0.2, Just("justerad"));
    (
        (slag, id(), id(), id()),
        (ar(), ar(), kategori, version),
        varde,
        any::<bool>(),
    )
        .prop_map(
            |((slag, bidrag, insats, org), (ar, fran_ar, kategori, version), varde, rattar)| {
                let galler = Galler {
                    bidrag: bidrag.and_then(BidragId::ny),
                    insats: insats.and_then(InsatsId::ny),
                    organisation: org.and_then(OrganisationId::ny),
                    ar,
                    fran_ar,
                    kategori: kategori.map(str::to_owned),
                    version: version.map(str::to_owned),
                    ..Galler::default()
                };
                (NyttFaktum::nytt(slag, galler, varde), rattar)
            },
        )
}

proptest! {
    #[test]
    fn the_index_gives_what_a_scan_of_all_facts_gives(
        fakta in prop::collection::vec(nagot_faktum(), 0..60),
        (bidrag, insats, org) in (
            prop::option::of(1_i64..5),
            prop::option::of(1_i64..5),
            prop::option::of(1_i64..5),
        ),
        ar in prop::option::of(2020_i16..2023),
        kategori in prop::option::of(Just("a".to_owned())),
    ) {
        let mut bok = Bok(Vec::new());
        for (nytt, rattar) in fakta {
            bok = bok.med(nytt.slag, nytt.galler.clone(), nytt.varde);
            let nr = i64::try_from(bok.0.len()).unwrap();
            // Some correct the one before, and of these some strike it.
            if rattar && nr > 1 {
                let sist = bok.0.last_mut().unwrap();
                sist.fakta.rattar = FaktumId::ny(nr - 1);
                sist.fakta.struken = nr % 3 == 0;
            }
        }
        let urval = Urval {
            bidrag: bidrag.and_then(BidragId::ny),
            insats: insats.and_then(InsatsId::ny),
            organisation: org.and_then(OrganisationId::ny),
            ar,
            kategori,
            ..Urval::default()
        };
        let alla = gallande(&bok.0, None);
        let index = Index::ny(&bok.0, None);
        let index = index.over(&bok.0);
        prop_assert_eq!(index.alla(), alla.clone());
        for matt in Matt::ALLA {
            prop_assert_eq!(berakna(*matt, &urval, &index), berakna(*matt, &urval, &alla));
        }
        if let Some(id) = urval.insats {
            let om: Vec<&Faktum> = alla
                .iter()
                .copied()
                .filter(|f| f.galler().insats == Some(id))
                .collect();
            prop_assert_eq!(index.om_insats(id), om);
        }
    }
}

/// What one board says of its part does not take the place of what the accounts say of all.
#[test]
fn what_is_booked_is_not_replaced_by_what_a_board_says() {
    let u = Urval::bidrag(BidragId::ny(1).unwrap()).ar(2021);
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Rekvirerat, ar(2021), kr(8_052_000))
        .med(FaktumSlag::AnvantNamnd, namnd(1, 2021), kr(1_432_841))
        .med(FaktumSlag::Anvant, till(1, 2021), kr(7_287_841));
    assert_eq!(
        bok.varde(Matt::Anvant, &u),
        kr(1_432_841),
        "uppgett mot uppgett"
    );
    let mut bokfort = bok;
    bokfort.0.last_mut().unwrap().fakta.bokforing = Some(crate::faktum::Bokforingskalla {
        inlasning: None,
        koppling: None,
    });
    assert_eq!(bokfort.varde(Matt::Anvant, &u), kr(7_287_841));
    assert_eq!(bokfort.varde(Matt::AttAterbetala, &u), kr(764_159));
    assert_eq!(
        bokfort.varde(Matt::AnvantNamnd, &u),
        kr(1_432_841),
        "jämförs"
    );
}

/// A board's initiatives, whether what is said of them names the board or not; the address says
/// which they are.
#[test]
fn a_selection_of_initiatives_is_the_sum_of_each() {
    let bok = uppsala();
    let insatser = [3, 1, 10].map(|nr| InsatsId::ny(nr).unwrap());
    let urval = Urval::bidrag(BidragId::FORSTA).ar(2021);
    let tre = urval.clone().for_insatser(insatser);
    for matt in [Matt::Budget, Matt::Fordelat, Matt::AnvantInsats] {
        let var_for_sig: i64 = insatser
            .iter()
            .filter_map(|id| bok.varde(matt, &urval.clone().for_insats(*id)).kant())
            .sum();
        assert_eq!(bok.varde(matt, &tre), Varde::Kant(var_for_sig), "{matt:?}");
        assert_ne!(bok.varde(matt, &urval), bok.varde(matt, &tre), "{matt:?}");
    }
    assert_eq!(tre.fraga(), "bidrag=1&insatser=1.3.10&ar=2021");
    assert_eq!(Urval::av_text(&tre.fraga()), Ok(tre));
    assert_eq!(Urval::av_text("insatser=1.x"), Err("insatser"));
    // None is no restriction, and what is kept of older selections has no such name.
    let utan = urval.clone().for_insatser([]);
    assert_eq!(utan, urval);
    assert!(!serde_json::to_string(&urval).unwrap().contains("insatser"));
}
