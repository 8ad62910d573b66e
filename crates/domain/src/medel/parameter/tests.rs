use super::*;
use crate::faktum::{Galler, NyttFaktum, gallande as i_kraft};
use crate::id::{AnvandareId, FaktumId};
use crate::varde::Varde;

fn satt(nr: i64, namn: &str, ar: i16, varde: i64) -> Faktum {
    let slag = Parameter::av_kod(namn).map_or(FaktumSlag::Parameterbelopp, Parameter::slag);
    let galler = Galler {
        ar: Some(ar),
        kategori: Some(namn.into()),
        ..Galler::default()
    };
    Faktum {
        id: FaktumId::ny(nr).unwrap(),
        registrerad: jiff::Timestamp::UNIX_EPOCH,
        registrerad_av: AnvandareId::FORSTA,
        fakta: NyttFaktum::nytt(slag, galler, Varde::Kant(varde)),
    }
}

#[test]
fn a_setting_holds_from_its_year_until_the_next() {
    let alla = [
        satt(1, "po", 2024, 3_875),
        satt(2, "po", 2026, 4_015),
        satt(3, "schablon: handledare", 2025, 25_000),
    ];
    let fakta = i_kraft(&alla, None);
    let po = |ar| varde(&fakta, Parameter::Po, ar);
    assert_eq!(
        [po(2023), po(2024), po(2025), po(2026), po(2030)],
        [None, Some(3_875), Some(3_875), Some(4_015), Some(4_015)]
    );
    assert_eq!(schabloner(&fakta), ["handledare"]);
    assert_eq!(schablon(&fakta, "handledare", 2026), Some(25_000));
    assert_eq!(schablon(&fakta, "handledare", 2024), None);
}

#[test]
fn a_proposal_is_told_from_what_somebody_has_set() {
    let tomt = i_kraft(&[], None);
    let tak = gallande(&tomt, Parameter::TakEgetKapital, 2026).unwrap();
    assert_eq!((tak.varde, tak.faktum), (2_000, None));
    assert_eq!(gallande(&tomt, Parameter::Serviceavgift, 2026), None);
    let alla = [satt(1, "tak-eget-kapital", 2025, 3_000)];
    let fakta = i_kraft(&alla, None);
    let tak = gallande(&fakta, Parameter::TakEgetKapital, 2026).unwrap();
    assert!(tak.varde == 3_000 && tak.faktum.is_some());
}

#[test]
fn the_key_of_the_law_makes_the_whole() {
    let summa: i64 = NYCKEL.iter().filter_map(|p| p.forslag()).sum();
    assert_eq!(summa, HELA);
}

#[test]
fn a_share_is_rounded_half_away_from_zero() {
    // 39,25 per cent of 1,02 kr is 40,035 öre.
    assert_eq!(del_av(102, 3_925), Some(40));
    assert_eq!(del_av(10, 5_500), Some(6));
    assert_eq!(del_av(-10, 5_500), Some(-6));
    assert_eq!(del_av(i64::MAX, HELA + 1), None);
}

#[test]
fn a_deviation_is_measured_against_both_limits() {
    let alla = [
        satt(1, "avvikelse-kr", 2026, 10_000_000),
        satt(2, "avvikelse-andel", 2026, 1_000),
    ];
    let fakta = i_kraft(&alla, None);
    let ska = |tal, budget| ska_forklaras(&fakta, 2026, tal, budget);
    assert!(!ska(10_000_000, None) && ska(10_000_001, None) && ska(-10_000_001, None));
    assert!(!ska(5_000, Some(50_000)) && ska(5_001, Some(50_000)));
    // Nothing set: the proposal of 50 000 kr, and no share.
    let tomt = i_kraft(&[], None);
    assert!(!ska_forklaras(&tomt, 2026, 5_000_000, Some(1)));
    assert!(ska_forklaras(&tomt, 2026, -5_000_001, Some(1)));
}
