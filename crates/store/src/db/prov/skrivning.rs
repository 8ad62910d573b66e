//! Writers side by side: nothing lost with the rules kept, and lost with them broken.

use std::sync::{Arc, Barrier};

use super::super::{Db, DbFel, Infoga, P, Sql};
use super::{
    ALLA_RAKNARE, ANDRA_LOGG, LAS_LOGG, LAS_VARDE, NY_LOGG, NY_RAKNARE, SATT_VARDE,
    SKRIV_I_LASNING, SUMMA, TA_BORT_LOGG, bara_postgres, bara_sqlite, baser, oka, p, ra_klient,
    stammer,
};

#[test]
fn eight_writers_lose_nothing() {
    for bas in baser() {
        let db = bas.oppna();
        let tradar: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                std::thread::spawn(move || {
                    for _ in 0..50 {
                        db.skriv(oka).vanta().unwrap();
                    }
                })
            })
            .collect();
        tradar.into_iter().for_each(|t| t.join().unwrap());
        assert_eq!(stammer(&db), 400);
    }
}

/// The control: PostgreSQL's default isolation, which the façade never uses, loses 35 of 40
/// updates that all "succeeded" when eight writers read before any of them writes.
#[test]
fn broken_rule_loses_updates_on_postgres() {
    let Some(bas) = bara_postgres() else { return };
    let db = bas.oppna();
    let grind = Arc::new(Barrier::new(8));
    let tradar: Vec<_> = (0..8)
        .map(|_| {
            let (url, grind) = (bas.url().to_owned(), Arc::clone(&grind));
            std::thread::spawn(move || {
                let mut klient = ra_klient(&url);
                for _ in 0..5 {
                    let mut tx = klient.transaction().unwrap();
                    let rad = tx.query_one("SELECT varde FROM raknare WHERE id = 1", &[]);
                    let varde: i64 = rad.unwrap().get(0);
                    grind.wait();
                    let nytt = varde + 1;
                    tx.execute("UPDATE raknare SET varde = $1 WHERE id = 1", &[&nytt])
                        .unwrap();
                    tx.commit().unwrap();
                    grind.wait();
                }
            })
        })
        .collect();
    tradar.into_iter().for_each(|t| t.join().unwrap());
    let varde = db
        .las(|k| k.en(&LAS_VARDE, p![1_i64], |r| r.tal("varde")))
        .vanta();
    assert_eq!(varde, Ok::<_, DbFel>(5), "40 lyckade skrivningar, 35 borta");
}

/// The control on SQLite: a deferred transaction that read before another wrote cannot
/// write; nothing is lost but the work fails (SQLITE_BUSY_SNAPSHOT).
#[test]
fn broken_rule_fails_work_on_sqlite() {
    let Some(bas) = bara_sqlite() else { return };
    let _db = bas.oppna();
    let ra = || rusqlite::Connection::open(bas.fil()).unwrap();
    let (forsta, andra) = (ra(), ra());
    let las = |c: &rusqlite::Connection| {
        c.execute_batch("BEGIN").unwrap();
        c.query_row("SELECT varde FROM raknare WHERE id = 1", [], |r| {
            r.get::<_, i64>(0)
        })
        .unwrap()
    };
    let (a, b) = (las(&forsta), las(&andra));
    let skriv = |c: &rusqlite::Connection, v: i64| {
        c.execute("UPDATE raknare SET varde = ?1 WHERE id = 1", [v])?;
        c.execute_batch("COMMIT")
    };
    skriv(&forsta, a + 1).unwrap();
    let fel = skriv(&andra, b + 1).unwrap_err();
    assert_eq!(fel.sqlite_error().map(|e| e.extended_code), Some(517));
}

#[test]
fn refused_job_leaves_nothing_and_harms_no_other() {
    for bas in baser() {
        let db = bas.oppna();
        let svar: Vec<_> = (0..40_i64)
            .map(|n| {
                db.skriv(move |k| {
                    let nr = oka(k)?;
                    if n % 3 == 0 {
                        Err(DbFel::IngenRad)
                    } else {
                        Ok(nr)
                    }
                })
            })
            .collect();
        let (ja, nej): (Vec<_>, Vec<_>) = svar
            .into_iter()
            .map(super::super::Svar::vanta)
            .partition(Result::is_ok);
        assert_eq!((ja.len(), nej.len()), (26, 14));
        assert_eq!(stammer(&db), 26);
    }
}

#[test]
fn failed_statement_ends_the_job_alike_on_both_engines() {
    for bas in baser() {
        let db = bas.oppna();
        let svar = db.skriv(|k| {
            // The job forgets its error; the façade does not.
            let _ = k.kor(&NY_RAKNARE, p![1_i64, 7_i64]);
            let sedan = k.kor(&NY_RAKNARE, p![2_i64, 7_i64]);
            assert!(matches!(sedan, Err(DbFel::Unik { .. })), "{sedan:?}");
            Ok::<_, DbFel>(())
        });
        assert!(matches!(svar.vanta(), Err(DbFel::Unik { .. })));
        let rader = db
            .las(|k| k.alla(&ALLA_RAKNARE, p![], |r| r.tal("id")))
            .vanta();
        assert_eq!(rader, Ok::<_, DbFel>(vec![1]));
    }
}

#[test]
fn constraints_have_names_a_use_case_can_match() {
    for bas in baser() {
        let db = bas.oppna();
        let skriv = |par: Vec<P<'static>>| db.skriv(move |k| k.kor(&NY_LOGG, &par)).vanta();
        let rad = |id: i64, raknare: i64, nr: i64| {
            p![id, raknare, nr, vec![1_u8], true, None::<String>].to_vec()
        };
        assert_eq!(skriv(rad(1, 1, 1)), Ok::<_, DbFel>(1));
        assert!(matches!(skriv(rad(2, 1, 1)), Err(DbFel::Unik { .. })));
        assert!(matches!(
            skriv(rad(2, 7, 2)),
            Err(DbFel::FrammandeNyckel { .. })
        ));
        assert!(matches!(skriv(rad(2, 1, 0)), Err(DbFel::Regel { .. })));
        let mut null = rad(2, 1, 2);
        null[2] = P::Tal(None);
        assert!(matches!(skriv(null), Err(DbFel::Regel { .. })));
        let mut nul = rad(2, 1, 2);
        nul[5] = P::from("a\0b");
        assert_eq!(skriv(nul), Err(DbFel::OgiltigText));
    }
}

#[test]
fn append_only_table_refuses_change_and_removal() {
    for bas in baser() {
        let db = bas.oppna();
        db.skriv(oka).vanta().unwrap();
        let andra = db.skriv(|k| k.kor(&ANDRA_LOGG, p!["ny"])).vanta();
        assert_eq!(andra, Err::<u64, _>(DbFel::BaraTillagg));
        let ta_bort = db.skriv(|k| k.kor(&TA_BORT_LOGG, p![])).vanta();
        assert_eq!(ta_bort, Err::<u64, _>(DbFel::BaraTillagg));
        assert_eq!(stammer(&db), 1);
    }
}

#[test]
fn reader_cannot_write() {
    for bas in baser() {
        let db = bas.oppna();
        let las = |k: &mut super::super::Las| k.en(&SKRIV_I_LASNING, p![], |r| r.tal("id"));
        assert_eq!(db.las(las).vanta(), Err(DbFel::LasareSkriver));
        assert_eq!(db.las_samtidigt(las).vanta(), Err(DbFel::LasareSkriver));
        assert_eq!(stammer(&db), 0);
    }
}

#[test]
fn reads_are_strict() {
    for bas in baser() {
        let db = bas.oppna();
        db.skriv(oka).vanta().unwrap();
        let null = db
            .las(|k| k.en(&SUMMA, p![1_000_i64], |r| r.tal("summa")))
            .vanta();
        assert!(matches!(null, Err(DbFel::Kolumn { .. })), "{null:?}");
        let kanske = db
            .las(|k| k.en(&SUMMA, p![1_000_i64], |r| r.tal_eller_null("summa")))
            .vanta();
        assert_eq!(kanske, Ok::<_, DbFel>(None));
        let text = db
            .las(|k| k.alla(&LAS_LOGG, p![], |r| r.tal("namn")))
            .vanta();
        assert!(matches!(text, Err(DbFel::Kolumn { .. })), "{text:?}");
        let saknas = db
            .las(|k| k.alla(&LAS_LOGG, p![], |r| r.tal("finns_inte")))
            .vanta();
        assert!(matches!(saknas, Err(DbFel::Kolumn { .. })), "{saknas:?}");
        let rad = db.las(|k| {
            k.en(&LAS_LOGG, p![], |r| {
                Ok((r.bool("publik")?, r.text_eller_null("namn")?))
            })
        });
        assert_eq!(rad.vanta(), Ok::<_, DbFel>((false, Some("Åsa".to_owned()))));
    }
}

#[test]
fn values_come_back_as_they_went_in() {
    for bas in baser() {
        let db = bas.oppna();
        for (nr, n) in (10_i64..).zip([i64::MAX, i64::MIN, 0, -1]) {
            db.skriv(move |k| k.kor(&NY_RAKNARE, p![nr, n]))
                .vanta()
                .map_err(|e: DbFel| e)
                .unwrap();
            let las = db
                .las(move |k| k.en(&LAS_VARDE, p![nr], |r| r.tal("varde")))
                .vanta();
            assert_eq!(las, Ok::<_, DbFel>(n));
        }
        let byten: Vec<u8> = (0..=255).collect();
        let kopia = byten.clone();
        db.skriv(move |k| {
            k.kor(
                &NY_LOGG,
                p![1_i64, 1_i64, 1_i64, &kopia, true, "Ärende «№ 1» \u{1f600}"],
            )
        })
        .vanta()
        .map_err(|e: DbFel| e)
        .unwrap();
        let rad = db.las(|k| {
            k.en(&LAS_LOGG, p![], |r| {
                Ok((r.bytes("kedja")?, r.text("namn")?))
            })
        });
        let vantat = (byten, "Ärende «№ 1» \u{1f600}".to_owned());
        assert_eq!(rad.vanta(), Ok::<_, DbFel>(vantat));
    }
}

#[test]
fn statements_of_one_read_agree() {
    for bas in baser() {
        let db = bas.oppna();
        let skrivare = db.clone();
        let (fore, efter) = db
            .las_samtidigt(move |k| {
                let fore = k.en(&LAS_VARDE, p![1_i64], |r| r.tal("varde"))?;
                skrivare.skriv(oka).vanta()?;
                let efter = k.en(&LAS_VARDE, p![1_i64], |r| r.tal("varde"))?;
                Ok::<_, DbFel>((fore, efter))
            })
            .vanta()
            .unwrap();
        assert_eq!(fore, efter);
        assert!(stammer(&db) >= 1);
    }
}

#[test]
fn bulk_insert_takes_any_number_of_rows() {
    const TILL: Infoga = Infoga {
        tabell: "raknare",
        kolumner: &["id", "varde"],
    };
    for bas in baser() {
        let db = bas.oppna();
        let mut id = 2;
        for antal in [0, 1, 2, 1_023, 1_024, 1_025, 5_000] {
            let forsta = id;
            let svar = db.skriv_ensam(move |k| {
                k.infoga(&TILL, (0..antal).map(|n| p![forsta + n, n].to_vec()))
            });
            assert_eq!(svar.vanta(), Ok::<_, DbFel>(u64::try_from(antal).unwrap()));
            id += antal;
        }
        let summa = db
            .las(|k| k.en(&SUMMA, p![1_i64], |r| r.tal("summa")))
            .vanta();
        let vantat: i64 = [1, 2, 1_023, 1_024, 1_025, 5_000]
            .map(|n: i64| n * (n - 1) / 2)
            .iter()
            .sum();
        assert_eq!(summa, Ok::<_, DbFel>(vantat));
    }
}

#[test]
fn ids_are_given_in_order_and_returned_by_a_refused_job() {
    for bas in baser() {
        let db = bas.oppna();
        let ta = |n: i64| db.skriv(move |k| k.tag_id(n)).vanta();
        assert_eq!(ta(3), Ok::<_, DbFel>(1));
        let nekad = db.skriv(|k| k.tag_id(5).and(Err::<(), _>(DbFel::IngenRad)));
        assert_eq!(nekad.vanta(), Err(DbFel::IngenRad));
        assert_eq!(ta(1), Ok(4));
        assert_eq!(ta(0), Ok(5));
        assert_eq!(ta(1), Ok(5));
        assert!(matches!(ta(-1), Err(DbFel::Regel { .. })));
        assert!(matches!(ta(i64::MAX), Err(DbFel::Regel { .. })));
    }
}

#[test]
fn parameters_are_places_not_names() {
    for bas in baser() {
        let db = bas.oppna();
        db.skriv(|k| k.kor(&SATT_VARDE, p![1_i64, 5_i64]))
            .vanta()
            .map_err(|e: DbFel| e)
            .unwrap();
        let fel = db
            .las(|k| k.alla(&LAS_VARDE, p![], |r| r.tal("varde")))
            .vanta();
        assert!(
            matches!(fel, Err(DbFel::Ovrigt { .. })),
            "för få parametrar: {fel:?}"
        );
        let fel = db
            .las(|k| k.alla(&LAS_VARDE, p![1_i64, 2_i64], |r| r.tal("varde")))
            .vanta();
        assert!(
            matches!(fel, Err(DbFel::Ovrigt { .. })),
            "för många: {fel:?}"
        );
    }
}

#[test]
fn threads_end_with_the_last_handle() {
    for bas in baser() {
        let db: Db = bas.oppna();
        db.skriv(oka).vanta().unwrap();
        drop(db);
        let db = bas.oppna();
        assert_eq!(stammer(&db), 1);
    }
}

/// More different statements than are remembered: all work, and the oldest are let go.
#[test]
fn prepared_statements_are_let_go_in_time() {
    for bas in baser() {
        let db = bas.oppna();
        let texter: Vec<Sql> = (0..300)
            .map(|nr| Sql {
                namn: "prov",
                text: format!("SELECT varde + {nr} AS varde FROM raknare WHERE id = $1").leak(),
            })
            .collect();
        let svar = db.skriv(move |k| {
            for (sql, nr) in texter.iter().chain(&texter).zip(0_i64..) {
                let varde = k.en(sql, p![1_i64], |r| r.tal("varde"))?;
                assert_eq!(varde, nr % 300);
            }
            Ok::<_, DbFel>(())
        });
        svar.vanta().unwrap();
        if bas.ar_postgres() {
            let antal = db
                .skriv(|k| k.en(&FORBEREDDA, p![], |r| r.tal("antal")))
                .vanta();
            assert!(antal.clone().is_ok_and(|n: i64| n <= 256), "{antal:?}");
        }
    }
}

/// PostgreSQL alone can tell.
const FORBEREDDA: Sql = Sql {
    namn: "prov",
    text: "SELECT COUNT(*) AS antal FROM pg_prepared_statements",
};
