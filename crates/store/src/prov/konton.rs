//! Accounts: what changes them, whose they are, and what a closed one opens.

use utfall_behorighet::{Aktor, Atgard, Roll, prova};
use utfall_domain::andring::{Andring, NyAnvandare};
use utfall_domain::id::AnvandareId;
use utfall_domain::journal::Hash;
use utfall_domain::konto::Kontolage;

use super::{A, B, Varld, chefen, huvudman_id, nu, varldar};
use crate::{DbFel, anvandare, inloggning, tillampa};

fn konto(nr: i64) -> AnvandareId {
    AnvandareId::ny(nr).unwrap()
}

/// A second account in A, signed in twice, beside the chef who is signed in once.
fn med_tva(v: &Varld) {
    let ny = NyAnvandare {
        id: konto(80),
        inloggning: "andra".to_owned(),
        roller: vec!["administrator".to_owned()],
        lage: Kontolage::Startlosenord,
        ..chefen()
    };
    v.gor(A, Atgard::HanteraAnvandare, vec![Andring::NyAnvandare(ny)])
        .unwrap();
    for (namn, token) in [("andra", [1_u8; 32]), ("andra", [2; 32]), ("chef", [3; 32])] {
        v.db.skriv(move |k| {
            let konto = inloggning::konto(k, namn)?.unwrap();
            inloggning::skapa_session(k, &token, &konto, nu())
        })
        .vanta()
        .unwrap();
    }
}

fn lever(v: &Varld) -> Vec<u8> {
    [1_u8, 2, 3]
        .into_iter()
        .filter(|nr| {
            let hash: Hash = [*nr; 32];
            v.db.las(move |k| inloggning::session(k, &hash))
                .vanta()
                .unwrap()
                .is_some()
        })
        .collect()
}

fn andra(v: &Varld) -> anvandare::Konto {
    let alla = v.las(A, Atgard::HanteraAnvandare, anvandare::alla).unwrap();
    alla.into_iter().find(|k| k.id == konto(80)).unwrap()
}

#[test]
fn an_account_gets_other_roles_a_password_and_is_closed() {
    for v in varldar() {
        med_tva(&v);
        assert_eq!(
            (andra(&v).nr, andra(&v).lage),
            (2, Kontolage::Startlosenord)
        );
        let roller = |roller: &[&str]| {
            let roller = roller.iter().map(|&r| r.to_owned()).collect();
            let andring = Andring::SattRoller {
                konto: konto(80),
                roller,
            };
            v.gor(A, Atgard::HanteraAnvandare, vec![andring])
        };
        roller(&["revisor", "ekonom"]).unwrap();
        assert_eq!(andra(&v).roller, [Roll::Ekonom, Roll::Revisor]);
        let fel = roller(&["revisor", "deltagaransvarig"]);
        assert!(matches!(fel, Err(DbFel::Regel { .. })), "{fel:?}");
        assert_eq!(
            andra(&v).roller,
            [Roll::Ekonom, Roll::Revisor],
            "nothing of it is kept"
        );

        let byt = Andring::BytLosenord {
            konto: konto(80),
            losenord: "$nytt".to_owned(),
            lage: Kontolage::Aktivt,
        };
        v.gor(A, Atgard::HanteraAnvandare, vec![byt]).unwrap();
        let funnet =
            v.db.las(|k| inloggning::konto(k, "andra"))
                .vanta()
                .unwrap()
                .unwrap();
        assert_eq!(
            (funnet.losenord.as_str(), funnet.lage),
            ("$nytt", Kontolage::Aktivt)
        );

        let stang = vec![
            Andring::StangAvKonto { konto: konto(80) },
            Andring::AvslutaSessioner {
                konto: konto(80),
                utom: None,
            },
        ];
        assert_eq!(lever(&v), [1, 2, 3]);
        v.gor(A, Atgard::HanteraAnvandare, stang).unwrap();
        assert_eq!(lever(&v), [3], "somebody else's session goes on");
        assert_eq!(andra(&v).lage, Kontolage::Avstangt);
    }
}

#[test]
fn one_session_can_be_spared() {
    for v in varldar() {
        med_tva(&v);
        let andring = Andring::AvslutaSessioner {
            konto: konto(80),
            utom: Some([2; 32]),
        };
        v.gor(A, Atgard::HanteraAnvandare, vec![andring]).unwrap();
        assert_eq!(lever(&v), [2, 3]);
    }
}

/// Another huvudman's administrator, and somebody who may only change the own password.
#[test]
fn nobody_changes_an_account_that_is_not_theirs_to_change() {
    for v in varldar() {
        med_tva(&v);
        let byt = |nr| Andring::BytLosenord {
            konto: konto(nr),
            losenord: "$stulet".to_owned(),
            lage: Kontolage::Aktivt,
        };
        let alla = [
            byt(80),
            Andring::StangAvKonto { konto: konto(80) },
            Andring::SattRoller {
                konto: konto(80),
                roller: vec!["ekonom".to_owned()],
            },
        ];
        for andring in alla {
            let svar = v.gor(B, Atgard::HanteraAnvandare, vec![andring.clone()]);
            let nekad = matches!(svar, Err(DbFel::IngenRad | DbFel::FrammandeNyckel { .. }));
            assert!(nekad, "{andring:?}: {svar:?}");
        }
        let utom = Andring::AvslutaSessioner {
            konto: konto(80),
            utom: None,
        };
        v.gor(B, Atgard::HanteraAnvandare, vec![utom.clone()])
            .unwrap();
        assert_eq!(lever(&v), [1, 2, 3], "nothing of A's has ended");

        let ekonom = Aktor::ny(konto(4), huvudman_id(A), &[Roll::Ekonom]).unwrap();
        let permit = prova(&ekonom, Atgard::BytaLosenord).unwrap();
        let som_ekonom = |andring: Andring| {
            let permit = permit.clone();
            v.db.skriv(move |k| tillampa(k, &permit, nu(), &andring))
                .vanta()
        };
        for andring in [byt(80), utom, Andring::StangAvKonto { konto: konto(4) }] {
            let svar = som_ekonom(andring);
            assert!(matches!(svar, Err(DbFel::FelPermit { .. })), "{svar:?}");
        }
        // Control: the own one can be changed with the same permit.
        som_ekonom(byt(4)).unwrap();
        let p = permit.clone();
        let eget = v.db.las(move |k| anvandare::eget(k, &p)).vanta().unwrap();
        assert_eq!(eget.losenord, "$stulet");
    }
}
