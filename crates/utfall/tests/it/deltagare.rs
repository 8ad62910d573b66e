//! Participants in the whole program: what lies in the database, and what becomes of it when
//! the keys are not there.

mod gallring;

use crate::stod::utfall_i;
use jiff::Timestamp;
use utfall_app::deltagare::Sida;
use utfall_behorighet::Roll;
use utfall_domain::deltagare::uppgifter::Kand;
use utfall_domain::problem::Problem;
use utfall_store::nycklar::{Begravning, Registrerad};
use utfall_testkit::{Testdb, Varld};

/// Who there are: name, twelve digits, and whose the key is.
async fn personer(v: &Varld) -> Vec<(String, String, Registrerad)> {
    let aktor = v.aktor("forsby", Roll::Deltagaransvarig).await;
    let lista = v.tjanst.deltagarna(&aktor, Sida::Lista).await.unwrap();
    let alla = lista.insatser.into_iter().flat_map(|(_, alla)| alla);
    alla.map(|(bild, _)| {
        let Kand::Nummer(nummer) = &bild.uppgifter.kand else {
            panic!("demons deltagare har nummer");
        };
        let namn = bild.uppgifter.namn.as_ref().unwrap().som_str().to_owned();
        let vem = Registrerad {
            huvudman: aktor.huvudman(),
            organisation: bild.organisation,
            person: bild.person,
        };
        (namn, nummer.tolv_siffror().som_str().to_owned(), vem)
    })
    .collect()
}

/// The forms in which a word could stand in a file or a dump: as it is, in hexadecimal, as a
/// list of numbers, backwards, and in UTF-16.
fn former(text: &str) -> [String; 6] {
    let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
    let lista: Vec<String> = text.bytes().map(|b| b.to_string()).collect();
    [
        text.to_owned(),
        hex.to_uppercase(),
        hex,
        lista.join(", "),
        text.chars().rev().collect(),
        text.chars().flat_map(|c| [c, '\0']).collect(),
    ]
}

fn finns(i: &str, text: &str) -> bool {
    former(text).iter().any(|form| i.contains(form.as_str()))
}

/// Everything the database holds, and on SQLite every byte of its files beside that.
fn allt(db: &Testdb) -> String {
    let mut ut = db.innehall();
    let plats = db.nyckelplats();
    let mapp = plats.nyckelfil.parent().unwrap();
    for fil in std::fs::read_dir(mapp).unwrap() {
        let fil = fil.unwrap().path();
        if fil != plats.nyckelfil && fil != plats.gravstenar {
            ut.push_str(&String::from_utf8_lossy(&std::fs::read(fil).unwrap()));
        }
    }
    ut
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_about_a_person_can_be_read_in_the_database() {
    let v = Varld::demo().await;
    let alla = personer(&v).await;
    assert_eq!(alla.len(), 13);
    let bytes = allt(&v.db);
    // The search finds what is there in clear, in each form.
    assert!(finns(&bytes, "deltagaransvarig.forsby"));
    assert!(finns("50c3a5686974746164", "Påhittad"));
    assert!(finns("1\u{0}9\u{0}", "19") && finns("49, 57", "19") && finns("91", "19"));
    for (namn, nummer, _) in &alla {
        assert!(!finns(&bytes, namn), "{namn}");
        assert!(!finns(&bytes, nummer), "{namn}: tolv siffror");
        let tio = nummer.get(2..).unwrap();
        assert!(!finns(&bytes, tio), "{namn}: tio siffror");
        let (dag, fyra) = tio.split_at(6);
        assert!(!finns(&bytes, &format!("{dag}-{fyra}")), "{namn}: streck");
    }
    for kod in ["forsorjningsstod", "langtidsbidragare", "studiestod"] {
        assert!(!finns(&bytes, kod), "{kod}");
    }
}

/// R347: whoever is buried is gone from an older database too, before anybody is served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_buried_does_not_come_back_with_an_older_database() {
    let v = Varld::demo().await;
    let alla = personer(&v).await;
    let (namn, nummer, vem) = alla.first().unwrap().clone();
    let nar: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let begravd = v
        .tjanst
        .db()
        .las(move |k| -> Result<Begravning, Problem> {
            let ring = k.nycklar()?;
            Ok(ring.begrav(vem, nar, "prov 1").unwrap())
        })
        .await
        .unwrap();
    assert!(matches!(begravd, Begravning::Ny));
    // The database still has the wrapped key, as one that is read back has: it opens nothing.
    let kvar = personer(&v).await;
    assert_eq!(kvar.len(), alla.len() - 1);
    assert!(kvar.iter().all(|(n, ..)| *n != namn));
    let fore = v.db.innehall();
    // Opened anew it is destroyed first, and nobody finds the number again.
    drop(v.db.oppna());
    assert_ne!(fore, v.db.innehall());
    let bytes = allt(&v.db);
    assert!(!finns(&bytes, &namn) && !finns(&bytes, &nummer));
    assert_eq!(personer(&v).await.len(), alla.len() - 1);
}

/// Without its own keys nothing is served, and no new ones are made for persons who are there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_its_keys_refuses_and_makes_no_new_ones() {
    let v = Varld::demo().await;
    let plats = v.db.nyckelplats();
    let nyckel = std::fs::read(&plats.nyckelfil).unwrap();
    let hel = utfall_i(&v.db, &["demo", "--endast-data"]);
    hel.slutar(0);
    for (fil, kod) in [
        (&plats.nyckelfil, "[nyckel-saknas]"),
        (&plats.gravstenar, "[nyckel-halft]"),
    ] {
        let undan = fil.with_extension("undan");
        std::fs::rename(fil, &undan).unwrap();
        let svar = utfall_i(&v.db, &["demo", "--endast-data"]);
        assert!(svar.fel.contains(kod), "{svar:#?}");
        assert!(!fil.exists());
        assert_ne!(svar.kod, 0);
        std::fs::rename(&undan, fil).unwrap();
    }
    // Both of another installation.
    let annan = Testdb::ny();
    drop(annan.oppna_som(99));
    for (har, dar) in [
        (&plats.nyckelfil, annan.nyckelplats().nyckelfil),
        (&plats.gravstenar, annan.nyckelplats().gravstenar),
    ] {
        std::fs::copy(dar, har).unwrap();
    }
    let svar = utfall_i(&v.db, &["demo", "--endast-data"]);
    assert!(svar.fel.contains("nyckel-annan-installation"), "{svar:#?}");
    assert_ne!(std::fs::read(&plats.nyckelfil).unwrap(), nyckel);
}
