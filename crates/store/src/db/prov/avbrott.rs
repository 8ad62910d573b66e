//! What must not bring the façade down: panics, lost connections, full queues and disks.

use std::sync::mpsc;
use std::time::Duration;

use super::super::tidtagare::Tidtagare;
use super::super::{Db, DbFel, Installningar, Mal, Migrering};
use super::{
    LAS_VARDE, NY_RAKNARE, PROVSCHEMA, TUNG, bara_postgres, bara_sqlite, baser, oka, p, ra_klient,
    stammer,
};

#[test]
fn panicking_job_poisons_nobody() {
    for bas in baser() {
        let db = bas.oppna();
        let svar: Vec<_> = (0..20)
            .map(|n| {
                db.skriv(move |k| {
                    let nr = oka(k)?;
                    assert!(n % 5 != 0, "det här jobbet går sönder med flit");
                    Ok::<_, DbFel>(nr)
                })
            })
            .collect();
        let nekade = svar
            .into_iter()
            .map(super::super::Svar::vanta)
            .filter(|s| *s == Err(DbFel::Panik));
        assert_eq!(nekade.count(), 4);
        assert_eq!(stammer(&db), 16);
        for _ in 0..20 {
            let las =
                db.las(|_| -> Result<(), DbFel> { panic!("en läsning går sönder med flit") });
            assert_eq!(las.vanta(), Err(DbFel::Panik));
        }
        assert_eq!(stammer(&db), 16);
    }
}

#[test]
fn lost_connection_is_opened_again() {
    let Some(bas) = bara_postgres() else { return };
    let db = bas.oppna();
    db.skriv(oka).vanta().unwrap();
    // A reader connects when its thread gets to run: one that has answered is there to be cut.
    assert_eq!(stammer(&db), 1);
    let bryt = |url: &str| {
        ra_klient(url)
            .execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                &[],
            )
            .unwrap()
    };
    assert!(bryt(bas.url()) >= 2, "skrivaren och läsarna");
    assert_eq!(db.skriv(oka).vanta(), Ok::<_, DbFel>(2));
    assert_eq!(stammer(&db), 2);
    // Lost in the middle of a job: the job is run again, and once only is kept.
    let url = bas.url().to_owned();
    let mut varv = 0;
    let svar = db.skriv(move |k| {
        let nr = oka(k)?;
        varv += 1;
        if varv == 1 {
            bryt(&url);
        }
        oka(k).map(|_| (nr, varv))
    });
    assert_eq!(svar.vanta(), Ok::<_, DbFel>((3, 2)));
    assert_eq!(stammer(&db), 4);
}

/// Lost between the job and COMMIT: nobody can know, nothing is run again, and that is said.
#[test]
fn connection_lost_at_commit_is_not_called_a_failure() {
    let Some(bas) = bara_postgres() else { return };
    let db = bas.oppna();
    let url = bas.url().to_owned();
    let mut varv = 0;
    let svar = db.skriv(move |k| {
        varv += 1;
        assert_eq!(varv, 1, "jobbet körs inte om");
        let nr = oka(k)?;
        ra_klient(&url)
            .execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                &[],
            )
            .unwrap();
        Ok::<_, DbFel>(nr)
    });
    assert_eq!(svar.vanta(), Err(DbFel::OklartUtfall));
    let fore = stammer(&db);
    assert_eq!(db.skriv(oka).vanta(), Ok::<_, DbFel>(fore + 1));
}

#[test]
fn full_queue_is_refused_at_once() {
    for bas in baser() {
        let inst = Installningar {
            skrivko: 3,
            lasko: 2,
            lasare: Some(1),
            ..Default::default()
        };
        let db = bas.oppna_med(&inst);
        let (slapp, vakt) = mpsc::channel::<()>();
        let (inne, borjat) = mpsc::channel::<()>();
        let spärr = db.skriv(move |_| {
            let _ = inne.send(());
            let _ = vakt.recv();
            Ok::<_, DbFel>(())
        });
        borjat.recv().unwrap();
        let koade: Vec<_> = (0..3).map(|_| db.skriv(oka)).collect();
        let start = Tidtagare::start();
        assert_eq!(db.skriv(oka).vanta(), Err(DbFel::Full));
        assert!(start.gatt() < Duration::from_millis(500));
        slapp.send(()).unwrap();
        spärr.vanta().unwrap();
        for svar in koade {
            svar.vanta().unwrap();
        }
        assert_eq!(stammer(&db), 3);
    }
}

#[test]
fn statement_has_a_time_limit() {
    for bas in baser() {
        let grans = Duration::from_millis(300);
        let inst = Installningar {
            tidsgrans_las: grans,
            tidsgrans_skriv: grans,
            lasare: Some(1),
            ..Default::default()
        };
        let db = bas.oppna_med(&inst);
        let start = Tidtagare::start();
        let tung = |k: &mut super::super::Las| k.en(&TUNG, p![], |r| r.tal("antal"));
        assert_eq!(db.las(tung).vanta(), Err(DbFel::Tidsgrans));
        let i_skrivning = db.skriv(move |k| {
            oka(k)?;
            tung(k)
        });
        // Jobs in the same group are not harmed by the one that took too long.
        let andra: Vec<_> = (0..5).map(|_| db.skriv(oka)).collect();
        assert_eq!(i_skrivning.vanta(), Err(DbFel::Tidsgrans));
        for svar in andra {
            svar.vanta().unwrap();
        }
        assert!(start.gatt() < Duration::from_secs(5), "{:?}", start.gatt());
        assert_eq!(stammer(&db), 5);
    }
}

#[test]
fn import_has_its_own_time_limit() {
    for bas in baser() {
        let inst = Installningar {
            tidsgrans_ensam: Duration::from_millis(300),
            ..Default::default()
        };
        let db = bas.oppna_med(&inst);
        let svar = db
            .skriv_ensam(|k| k.en(&TUNG, p![], |r| r.tal("antal")))
            .vanta();
        assert_eq!(svar, Err(DbFel::Tidsgrans));
        assert_eq!(db.skriv(oka).vanta(), Ok::<_, DbFel>(1));
    }
}

#[test]
fn foreign_lock_is_waited_for_and_then_named() {
    for bas in baser() {
        let inst = Installningar {
            vantan: Duration::from_millis(400),
            ..Default::default()
        };
        let db = bas.oppna_med(&inst);
        let annan = Db::oppna_med(&bas.mal, &Installningar::default(), PROVSCHEMA).unwrap();
        let (slapp, vakt) = mpsc::channel::<()>();
        let (inne, borjat) = mpsc::channel::<()>();
        let spärr = annan.skriv(move |k| {
            let nr = oka(k)?;
            let _ = inne.send(());
            let _ = vakt.recv();
            Ok::<_, DbFel>(nr)
        });
        borjat.recv().unwrap();
        assert_eq!(db.skriv(oka).vanta(), Err(DbFel::Upptagen));
        let las = db
            .las(|k| k.en(&LAS_VARDE, p![1_i64], |r| r.tal("varde")))
            .vanta();
        assert_eq!(las, Ok::<_, DbFel>(0), "läsare väntar inte på skrivare");
        slapp.send(()).unwrap();
        spärr.vanta().unwrap();
        assert_eq!(db.skriv(oka).vanta(), Ok::<_, DbFel>(2));
        assert_eq!(stammer(&db), 2);
    }
}

#[test]
fn full_disk_keeps_nothing_and_the_next_write_works() {
    let Some(bas) = bara_sqlite() else { return };
    let db = bas.oppna_med(&Installningar {
        sidtak: Some(40),
        ..Default::default()
    });
    let stor = |n: i64| {
        move |k: &mut super::super::Skriv| {
            for i in 0..n {
                let id = k.tag_id(1)? + 1_000_000;
                k.kor(&NY_RAKNARE, p![id, i])?;
            }
            Ok::<_, DbFel>(())
        }
    };
    assert_eq!(db.skriv(stor(50_000)).vanta(), Err(DbFel::FullDisk));
    assert_eq!(db.skriv(oka).vanta(), Ok::<_, DbFel>(1));
    assert_eq!(stammer(&db), 1);
}

#[test]
fn read_only_file_is_named() {
    let Some(bas) = bara_sqlite() else { return };
    drop(bas.oppna());
    let mut rattigheter = std::fs::metadata(bas.fil()).unwrap().permissions();
    rattigheter.set_readonly(true);
    std::fs::set_permissions(bas.fil(), rattigheter).unwrap();
    let fel = Db::oppna_med(&bas.mal, &Installningar::default(), PROVSCHEMA).err();
    assert_eq!(fel, Some(DbFel::SkrivskyddadDisk));
}

#[test]
fn what_is_not_a_database_is_named() {
    let Some(bas) = bara_sqlite() else { return };
    std::fs::write(
        bas.fil(),
        "Det här är ett brev och ingen databas. ".repeat(200),
    )
    .unwrap();
    let fel = Db::oppna_med(&bas.mal, &Installningar::default(), PROVSCHEMA).err();
    assert!(matches!(fel, Some(DbFel::Skadad { .. })), "{fel:?}");
    let mappen = Mal::Sqlite(bas.fil().parent().unwrap().join("finns/inte/utfall.db"));
    let fel = Db::oppna_med(&mappen, &Installningar::default(), PROVSCHEMA).err();
    assert!(matches!(fel, Some(DbFel::KanInteOppna { .. })), "{fel:?}");
}

#[test]
fn wrong_address_is_named_without_the_password() {
    if bara_postgres().is_none() {
        return;
    }
    let mal = Mal::Postgres("postgres://a:hemligt@127.0.0.1:1/x".to_owned());
    let inst = Installningar {
        vantan: Duration::from_millis(200),
        ..Default::default()
    };
    let fel = Db::oppna_med(&mal, &inst, PROVSCHEMA).err().unwrap();
    assert_eq!(fel, DbFel::TappadAnslutning);
    let mal = Mal::Postgres("postgres://a:hemligt@127.0.0.1:port/x".to_owned());
    let fel = Db::oppna_med(&mal, &inst, PROVSCHEMA).err().unwrap();
    assert!(matches!(fel, DbFel::KanInteOppna { .. }), "{fel:?}");
    assert!(!format!("{fel} {fel:?}").contains("hemligt"));
    let mal = Mal::Postgres("postgres://a@127.0.0.1:1/x?sslmode=require".to_owned());
    let fel = Db::oppna_med(&mal, &inst, PROVSCHEMA).err().unwrap();
    assert!(fel.to_string().contains("kryptering"), "{fel}");
}

#[test]
fn newer_and_altered_databases_are_refused() {
    for bas in baser() {
        drop(bas.oppna());
        let aldre = PROVSCHEMA.get(..1).unwrap();
        let fel = Db::oppna_med(&bas.mal, &Installningar::default(), aldre)
            .err()
            .unwrap();
        assert_eq!(
            fel,
            DbFel::NyareDatabas {
                databas: 2,
                program: 1
            }
        );
        assert!(fel.to_string().contains("nyare version"));
        let mut andrat = PROVSCHEMA.to_vec();
        andrat[1].text = "CREATE TABLE annat (\n  id {ID}\n);\n";
        let fel = Db::oppna_med(&bas.mal, &Installningar::default(), &andrat).err();
        assert_eq!(fel, Some(DbFel::AndradMigrering { version: 2 }));
        let db = bas.oppna();
        assert_eq!(stammer(&db), 0);
    }
}

#[test]
fn failed_migration_leaves_nothing() {
    for bas in baser() {
        let mut trasig = PROVSCHEMA.to_vec();
        trasig.push(Migrering {
            version: 3,
            text: "CREATE TABLE halv (\n  id {ID}\n);\nINSERT INTO finns_inte (id) VALUES (1);\n",
        });
        let fel = Db::oppna_med(&bas.mal, &Installningar::default(), &trasig).err();
        assert!(matches!(fel, Some(DbFel::Ovrigt { .. })), "{fel:?}");
        trasig[2].text = "CREATE TABLE halv (\n  id {ID}\n);\n";
        Db::oppna_med(&bas.mal, &Installningar::default(), &trasig).unwrap();
    }
}

#[test]
fn several_servers_may_start_at_once() {
    for bas in baser() {
        std::thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| bas.oppna().skriv(oka).vanta().unwrap());
            }
        });
        assert_eq!(stammer(&bas.oppna()), 4);
    }
}

#[test]
fn answer_is_a_future_too() {
    for bas in baser() {
        let db = bas.oppna();
        let korning = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let nr = korning.block_on(async { db.skriv(oka).await });
        assert_eq!(nr, Ok::<_, DbFel>(1));
    }
}
