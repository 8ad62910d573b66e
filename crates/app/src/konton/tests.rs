use super::*;
use crate::dorr::Anvandningsfall;
use crate::miljo::Miljo;
use utfall_domain::andring::Andring;
use utfall_domain::id::AnvandareId;
use utfall_domain::konto::Kontolage;

fn konto(nr: i64, roller: &[Roll], lage: Kontolage) -> Konto {
    Konto {
        id: AnvandareId::ny(nr + 100).unwrap(),
        nr,
        inloggning: format!("konto{nr}"),
        visningsnamn: "Någon".into(),
        roller: roller.to_vec(),
        lage,
        demo: false,
    }
}

fn miljo() -> Miljo {
    Miljo::ny("2022-02-02T09:00:00Z".parse().unwrap(), 500)
}

const ADM: &[Roll] = &[Roll::Administrator];

fn byt(konton: &[Konto], nr: i64, sedda: &[Roll], roller: &[Roll]) -> Result<(), Problem> {
    let fall = AndraRoller {
        nr,
        sedda: sedda.to_vec(),
        roller: roller.to_vec(),
    };
    fall.planera(konton.to_vec(), &mut miljo()).map(drop)
}

#[test]
fn the_last_administrator_is_never_locked_out() {
    use Kontolage::{Aktivt, Avstangt, Startlosenord};
    let ensam = [konto(1, ADM, Aktivt), konto(2, &[Roll::Ekonom], Aktivt)];
    let stangd = [konto(1, ADM, Aktivt), konto(2, ADM, Avstangt)];
    let tva = [konto(1, ADM, Aktivt), konto(2, ADM, Startlosenord)];
    for (konton, gar) in [(&ensam[..], false), (&stangd[..], false), (&tva[..], true)] {
        let roller = byt(konton, 1, ADM, &[Roll::Ekonom]);
        let stang = StangAv { nr: 1 }.planera(konton.to_vec(), &mut miljo());
        if gar {
            roller.unwrap();
            assert_eq!(stang.unwrap().andringar.len(), 2, "closed, and out at once");
        } else {
            assert_eq!(roller.unwrap_err().kod, "konto-sista-administratoren");
            assert_eq!(stang.unwrap_err().kod, "konto-sista-administratoren");
        }
    }
    // Somebody else's roles are nobody's way out.
    byt(&ensam, 2, &[Roll::Ekonom], &[Roll::Revisor]).unwrap();
}

#[test]
fn office_and_person_roles_are_never_given_to_one_account() {
    let konton = [
        konto(1, ADM, Kontolage::Aktivt),
        konto(2, &[Roll::Ekonom], Kontolage::Aktivt),
    ];
    for roller in [
        &[Roll::Ekonom, Roll::Deltagaransvarig][..],
        &[Roll::Jobbtorgspart, Roll::Revisor],
        &[Roll::Administrator, Roll::Loggkontrollant],
        &[Roll::Driftansvarig],
    ] {
        let fel = byt(&konton, 2, &[Roll::Ekonom], roller).unwrap_err();
        assert_eq!(fel.kod, "konto-roller", "{roller:?}");
    }
    assert_eq!(
        byt(&konton, 2, &[Roll::Ekonom], &[]).unwrap_err().kod,
        "konto-utan-roll"
    );
    byt(&konton, 2, &[Roll::Ekonom], &[Roll::Deltagaransvarig]).unwrap();
    byt(
        &konton,
        2,
        &[Roll::Ekonom],
        &[Roll::Ekonom, Roll::Insatsansvarig],
    )
    .unwrap();
}

#[test]
fn roles_that_somebody_else_has_changed_are_not_overwritten() {
    let konton = [
        konto(1, ADM, Kontolage::Aktivt),
        konto(2, &[Roll::Ekonom], Kontolage::Aktivt),
    ];
    let fel = byt(&konton, 2, &[Roll::Revisor], &[Roll::Styrelse]).unwrap_err();
    assert_eq!(fel.kod, "konto-andrat");
    assert_eq!(byt(&konton, 9, &[], ADM).unwrap_err().kod, "finns-inte");
}

#[test]
fn a_starting_password_opens_a_closed_account_and_ends_its_sessions() {
    for (lage, slag) in [
        (Kontolage::Aktivt, "konto-startlosenord"),
        (Kontolage::Avstangt, "konto-oppnat"),
    ] {
        let fall = NyttStartlosenord {
            nr: 2,
            losenord: "$argon2id$nytt".into(),
        };
        let konton = vec![
            konto(1, ADM, Kontolage::Aktivt),
            konto(2, &[Roll::Ekonom], lage),
        ];
        let plan = fall.planera(konton, &mut miljo()).unwrap();
        assert_eq!(plan.handelse.slag, slag);
        assert!(
            !format!("{:?}", plan.handelse).contains("argon2"),
            "never in the journal"
        );
        assert!(matches!(
            &plan.andringar[..],
            [
                Andring::BytLosenord {
                    lage: Kontolage::Startlosenord,
                    ..
                },
                Andring::AvslutaSessioner { utom: None, .. },
            ]
        ));
    }
    let demo = Konto {
        demo: true,
        ..konto(1, ADM, Kontolage::Aktivt)
    };
    let fall = NyttStartlosenord {
        nr: 1,
        losenord: String::new(),
    };
    let fel = fall.planera(vec![demo], &mut miljo()).map(drop);
    assert_eq!(fel.unwrap_err().kod, "konto-demo");
}

#[test]
fn the_own_password_is_changed_only_from_the_one_that_was_checked() {
    let eget = |lage| utfall_store::anvandare::EgetKonto {
        id: AnvandareId::ny(7).unwrap(),
        inloggning: "ekonom".into(),
        losenord: "$gammalt".into(),
        lage,
        demo: false,
    };
    let fall = |fore: &str| BytLosenord {
        fore: fore.into(),
        efter: "$nytt".into(),
        session: [7; 32],
    };
    let plan = fall("$gammalt").planera(eget(Kontolage::Startlosenord), &mut miljo());
    assert!(matches!(
        &plan.unwrap().andringar[..],
        [
            Andring::BytLosenord { lage: Kontolage::Aktivt, .. },
            Andring::AvslutaSessioner { utom: Some(hash), .. },
        ] if *hash == [7; 32]
    ));
    let fel = fall("$annat")
        .planera(eget(Kontolage::Aktivt), &mut miljo())
        .map(drop);
    assert_eq!(fel.unwrap_err().kod, "losenord-andrat");
    let fel = fall("$gammalt")
        .planera(eget(Kontolage::Avstangt), &mut miljo())
        .map(drop);
    assert_eq!(fel.unwrap_err().kod, "konto-avstangt");
}
