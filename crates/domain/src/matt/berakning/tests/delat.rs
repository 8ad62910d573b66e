//! What is a part of a whole is counted as the whole is.

use super::*;

/// Initiative 2 has a plan of its own in both years, and money from grant 2 in the second.
fn planerat() -> Bok {
    Bok(Vec::new())
        .med(FaktumSlag::Budget, insats_av(None, 2, 2024), kr(70_000))
        .med(FaktumSlag::Budget, insats_av(None, 2, 2025), kr(90_000))
        .med(
            FaktumSlag::Fordelat,
            insats_av(Some(2), 2, 2025),
            kr(80_000),
        )
}

#[test]
fn what_grants_give_and_what_none_gives_add_up_to_the_budget() {
    let bok = planerat();
    let utan = Urval {
        utan_bidrag: true,
        ..Urval::default()
    };
    let ur_bidraget = Urval {
        bidrag: BidragId::ny(2),
        ..Urval::default()
    };
    // The plan counts the year that no grant pays, and not beside what the grant gives.
    assert_eq!(bok.varde(Matt::Budget, &utan), kr(70_000));
    assert_eq!(bok.varde(Matt::Budget, &ur_bidraget), kr(80_000));
    assert_eq!(bok.varde(Matt::Budget, &Urval::default()), kr(150_000));
    for (ar, tal) in [(2024, kr(70_000)), (2025, Varde::EjInrapporterat)] {
        let varde = bok.varde(Matt::Budget, &utan.clone().ar(ar));
        assert_eq!(varde.kant(), tal.kant(), "{ar}");
    }
}

#[test]
fn what_is_planned_for_an_undecided_year_is_too_much_of_nothing() {
    let bok = Bok(Vec::new())
        .med(FaktumSlag::Tilldelat, av_bidrag(2, 2025), kr(500_000))
        .med(FaktumSlag::Tilldelat, av_bidrag(2, 2026), Varde::EjBeslutat)
        .med(
            FaktumSlag::Fordelat,
            insats_av(Some(2), 2, 2025),
            kr(450_000),
        )
        .med(
            FaktumSlag::Fordelat,
            insats_av(Some(2), 2, 2026),
            kr(300_000),
        );
    let kvar = |u: &Urval| bok.varde(Matt::KvarAttFordela, u);
    assert_eq!(kvar(&Urval::default()), kr(50_000));
    assert_eq!(kvar(&Urval::default().ar(2025)), kr(50_000));
    assert_eq!(kvar(&Urval::default().ar(2026)), Varde::EjBeslutat);
}

#[test]
fn an_undecided_year_changes_nothing_of_what_is_carried_or_used() {
    let overfort = Galler {
        fran_ar: Some(2024),
        ..av_bidrag(2, 2025)
    };
    let klart = || {
        Bok(Vec::new())
            .med(FaktumSlag::Tilldelat, av_bidrag(2, 2024), kr(1_000))
            .med(FaktumSlag::Tilldelat, av_bidrag(2, 2025), kr(500))
            .med(FaktumSlag::Overfort, overfort.clone(), kr(200))
            .med(FaktumSlag::Fordelat, insats_av(Some(2), 2, 2024), kr(800))
            .med(FaktumSlag::Fordelat, insats_av(Some(2), 2, 2025), kr(700))
            .med(FaktumSlag::Anvant, insats_av(Some(2), 2, 2024), kr(800))
            .med(FaktumSlag::Anvant, insats_av(Some(2), 2, 2025), kr(700))
    };
    let obeslutat =
        |bok: Bok| bok.med(FaktumSlag::Tilldelat, av_bidrag(2, 2026), Varde::EjBeslutat);
    let alla = Urval::default();
    for matt in [Matt::KvarAttFordela, Matt::Kvar] {
        assert_eq!(klart().varde(matt, &alla), kr(0), "{matt:?}");
        assert_eq!(obeslutat(klart()).varde(matt, &alla), kr(0), "{matt:?}");
    }
    // What is booked in a year that is decided late is used all the same.
    let anvant = klart().med(FaktumSlag::Anvant, insats_av(Some(2), 2, 2026), kr(300));
    assert_eq!(obeslutat(anvant).varde(Matt::Kvar, &alla), kr(-300));
}
