//! Accounts and who has seen them.

use super::*;
use crate::id::MedelspostId;
use crate::medel::post::{NyMedelspost, Postgaller};

/// R68: the paper's own number is right; one digit wrong, or two swapped, is seen.
#[test]
fn a_number_with_a_wrong_digit_is_no_number() {
    assert_eq!(las_bankgiro("188-4774").as_deref(), Some("1884774"));
    assert_eq!(las_bankgiro(" 999-9996 ").as_deref(), Some("9999996"));
    assert_eq!(las_plusgiro("12 34 56-6").as_deref(), Some("1234566"));
    for fel in ["188-4775", "18-4774", "188-47740", "", "ett", "0000000"] {
        assert_eq!(las_bankgiro(fel), None, "{fel}");
    }
    for fel in ["123456-7", "6", "123456789", "00"] {
        assert_eq!(las_plusgiro(fel), None, "{fel}");
    }
    let nr = "1884774";
    for plats in 0..nr.len() {
        for siffra in '0'..='9' {
            let mut annat: Vec<char> = nr.chars().collect();
            annat[plats] = siffra;
            let annat: String = annat.into_iter().collect();
            assert_eq!(las_bankgiro(&annat).is_some(), annat == nr, "{annat}");
        }
    }
    assert_eq!(bankgiro_i_ord("1884774"), "188-4774");
    assert_eq!(plusgiro_i_ord("1234566"), "123456-6");
}

fn rad(nr: i64, vem: i64, uppgift: Betalningsuppgift) -> Medelspost {
    let om = Postgaller {
        organisation: Some(OrganisationId::FORSTA),
        ..Postgaller::default()
    };
    let id = MedelspostId::ny(nr).unwrap();
    Medelspost {
        registrerad: Timestamp::from_second(nr).unwrap(),
        registrerad_av: AnvandareId::ny(vem).unwrap(),
        post: NyMedelspost {
            nr,
            sak: MedelspostId::FORSTA,
            ..NyMedelspost::forsta(id, om, Innehall::Betalning(uppgift))
        },
    }
}

/// R68: a new account is unseen until it is confirmed, a new reference is no new account.
#[test]
fn a_changed_account_is_unseen_until_somebody_confirms_it() {
    let till = |nr: &str, referens: &str| Betalningsuppgift {
        bankgiro: Some(nr.into()),
        referens: Some(referens.into()),
        ..Betalningsuppgift::default()
    };
    let bekraftar = |b: Betalningsuppgift| Betalningsuppgift {
        bekraftar: true,
        ..b
    };
    let alla = [
        rad(1, 1, till("1884774", "a")),
        rad(2, 2, bekraftar(till("1884774", "a"))),
        rad(3, 1, till("1884774", "b")),
        rad(4, 1, till("9999996", "b")),
        rad(5, 2, till("9999996", "c")),
        rad(6, 3, bekraftar(till("9999996", "c"))),
    ];
    let o = OrganisationId::FORSTA;
    let efter = |n: usize| laget(&alla[..n], o).unwrap();
    assert!(laget(&[], o).is_none());
    assert!(efter(1).obekraftad());
    assert!(!efter(2).obekraftad());
    assert!(!efter(3).obekraftad(), "bara referensen är ny");
    let ny = efter(4);
    assert!(ny.obekraftad());
    assert_eq!(ny.fore.unwrap().bankgiro.as_deref(), Some("1884774"));
    // Whoever changed the account is who changed it, though another wrote the reference.
    assert_eq!(efter(5).andrad_av.nummer(), 1);
    assert!(efter(5).obekraftad());
    assert_eq!(efter(6).bekraftad_av.unwrap().nummer(), 3);
    assert_eq!(efter(6).uppgift.referens.as_deref(), Some("c"));
}
